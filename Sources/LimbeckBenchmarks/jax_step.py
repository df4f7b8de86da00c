"""Training steps of a Poisson problem in JAX beside Limbeck's, on one thread, alternated in one run.

    swift build -c release --product LimbeckBenchmarks
    python Sources/LimbeckBenchmarks/jax_step.py .build/release/LimbeckBenchmarks

Both take a 2-64x4-1 tanh network, the loss mean (u_xx + u_yy + f)^2 inside plus mean u^2 on the boundary,
its gradient and an Adam update. JAX gets its fastest form: the Laplacian is carried forward with the value
and the gradient, (u, u_x, u_y, lap u) of all points stacked into one product a layer, and the whole step is
compiled. Times are medians of processor time, which a busy machine lengthens less than the clock's.
Needs jax (tested with 0.10).
"""

import argparse
import os
import statistics
import subprocess
import time

os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[name] = "1"

import jax
import jax.numpy as jnp

jax.config.update("jax_enable_x64", True)
WIDTHS = [2, 64, 64, 64, 64, 1]


def initial(key, dtype):
    layers = []
    for inputs, outputs in zip(WIDTHS, WIDTHS[1:]):
        key, own = jax.random.split(key)
        scale = (2 / (inputs + outputs)) ** 0.5
        weights = scale * jax.random.normal(own, (inputs, outputs), dtype)
        layers.append((weights, jnp.zeros(outputs, dtype)))
    return layers


def value(layers, points):
    a = points
    for weights, biases in layers[:-1]:
        a = jnp.tanh(a @ weights + biases)
    return (a @ layers[-1][0] + layers[-1][1])[:, 0]


def laplacian(layers, points):
    count = points.shape[0]
    weights, biases = layers[0]
    z = points @ weights + biases
    x, y = jnp.broadcast_to(weights[0], z.shape), jnp.broadcast_to(weights[1], z.shape)
    second = jnp.zeros((), points.dtype)
    for weights, biases in layers[1:]:
        a = jnp.tanh(z)
        slope = 1 - a * a
        bend = slope * (second - 2 * a * (x * x + y * y))
        stacked = jnp.concatenate([a, slope * x, slope * y, bend]) @ weights
        z, x, y, second = (stacked[i * count:(i + 1) * count] for i in range(4))
        z = z + biases
    return second[:, 0]


def make_step(interior, boundary, dtype):
    """A compiled step, and its arguments."""
    keys = jax.random.split(jax.random.PRNGKey(0), 3)
    points = jax.random.uniform(keys[0], (interior, 2), dtype)
    along = jax.random.uniform(keys[1], (boundary,), dtype)
    sides = jnp.arange(boundary) % 4
    edge = jnp.stack([
        jnp.where(sides == 0, 0, jnp.where(sides == 1, 1, along)),
        jnp.where(sides == 2, 0, jnp.where(sides == 3, 1, along)),
    ], 1).astype(dtype)
    source = 2 * jnp.pi**2 * jnp.sin(jnp.pi * points[:, 0]) * jnp.sin(jnp.pi * points[:, 1])
    source = source.astype(dtype)

    def loss(layers):
        inside = laplacian(layers, points) + source
        return jnp.mean(inside**2) + jnp.mean(value(layers, edge) ** 2)

    @jax.jit
    def step(state):
        layers, first, second, count = state
        error, slope = jax.value_and_grad(loss)(layers)
        count = count + 1
        tree = jax.tree_util.tree_map
        first = tree(lambda m, g: 0.9 * m + 0.1 * g, first, slope)
        second = tree(lambda v, g: 0.999 * v + 0.001 * g * g, second, slope)
        rate = 1e-3 * jnp.sqrt(1 - 0.999**count) / (1 - 0.9**count)
        layers = tree(
            lambda w, m, v: w - (rate * m / (jnp.sqrt(v) + 1e-8)).astype(dtype),
            layers, first, second)
        return (layers, first, second, count), error

    layers = initial(keys[2], dtype)
    zeros = jax.tree_util.tree_map(jnp.zeros_like, layers)
    return step, (layers, zeros, zeros, jnp.zeros((), dtype))


def milliseconds(step, state, steps):
    times = []
    for _ in range(steps):
        start = time.process_time()
        state, error = step(state)
        error.block_until_ready()
        times.append(1e3 * (time.process_time() - start))
    return statistics.median(times), state


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("benchmark", help="the program LimbeckBenchmarks")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    print(f"jax {jax.__version__}, one thread, median of {options.rounds} rounds")
    for interior, boundary, steps in [(1000, 200, 40), (10_000, 400, 6)]:
        peers = []
        for dtype in (jnp.float32, jnp.float64):
            step, state = make_step(interior, boundary, dtype)
            _, state = milliseconds(step, state, 3)
            peers.append((step, state))
        theirs, ours = ([], []), ([], [])
        for _ in range(options.rounds):
            for index, (step, state) in enumerate(peers):
                median, state = milliseconds(step, state, steps)
                peers[index] = (step, state)
                theirs[index].append(median)
            printed = subprocess.run(
                [options.benchmark, "--interior", str(interior), "--boundary", str(boundary),
                 "--steps", str(steps)], check=True, capture_output=True, text=True).stdout
            for times, text in zip(ours, printed.split()):
                times.append(float(text))
        for precision, mine, other in zip(("Float", "Double"), ours, theirs):
            mine, other = statistics.median(mine), statistics.median(other)
            print(f"{interior} + {boundary} points, {precision}: {mine:.2f} ms, "
                  f"jax {other:.2f} ms, {other / mine:.2f} times as fast")


if __name__ == "__main__":
    main()
