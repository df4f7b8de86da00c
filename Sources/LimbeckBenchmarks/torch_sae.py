"""Trainings of sparse autoencoders in torch beside Limbeck's, alternated in one run.

    swift build -c release --product LimbeckBenchmarks
    python Sources/LimbeckBenchmarks/torch_sae.py .build/release/LimbeckBenchmarks --size 64-512

Both take whole steps in single precision on the same number of threads: forward, backward, Adam (torch's
fused one), decoder rows back to length one. Both begin with as many active features as they are to have.
Dead features are not looked after in torch, as they are here. Each variant has several forms in torch, of
which the fastest counts:

    eager      dense products and autograd
    bag        TopK's decoder as an embedding bag, autograd
    by hand    TopK's gradient written out, dense products for the matrices
    sparse     the gradient written out, products with active entries alone (compressed rows)
    compiled   the eager form through torch.compile, where --compile names the variant

The gradients that are written out are first compared with autograd's. Numbers are vectors a second,
medians over the rounds. Needs torch (tested with 2.13).
"""

import argparse
import json
import statistics
import subprocess
import time
import warnings

import torch
import torch.nn.functional as F

warnings.filterwarnings("ignore", "Sparse")
# Width, features, active ones, rows of a batch, steps of a timing.
SIZES = {"64-512": (64, 512, 8, 1024, 20), "768-6144": (768, 6144, 32, 4096, 1)}
FORMS = {
    "topk": ["eager", "bag", "by hand", "sparse"], "batchtopk": ["eager", "sparse"],
    "l1": ["eager", "sparse"], "jumprelu": ["eager", "sparse"], "gated": ["eager", "sparse"],
}
WINDOW = 0.1
PENALTY = 0.1


class Jump(torch.autograd.Function):
    """a H(a - t), with a window in place of the delta function; with `counts`, H(a - t) alone."""

    @staticmethod
    def forward(context, a, t, counts):
        context.save_for_backward(a, t)
        context.counts = counts
        return (a > t).to(a.dtype) if counts else a * (a > t)

    @staticmethod
    def backward(context, slope):
        a, t = context.saved_tensors
        window = ((a - t).abs() < WINDOW / 2) * slope / WINDOW
        if context.counts:
            return None, -window.sum(0), None
        return (a > t) * slope, -(t * window).sum(0), None


def transposed(sparse):
    """A matrix of compressed rows, with rows and columns exchanged."""
    columns = sparse.to_sparse_csc()
    return torch.sparse_csr_tensor(
        columns.ccol_indices(), columns.row_indices(), columns.values(), sparse.shape[::-1])


class Training:
    """The parameters of a variant, batches and steps."""

    def __init__(self, variant, samples, features, k, rows):
        self.variant, self.samples, self.k, self.rows = variant, samples, k, rows
        decoder = F.normalize(torch.randn(features, samples.shape[1]), dim=1)
        a = samples[:rows] @ decoder.T
        bound = a.flatten().topk(k * rows).values.min().item()
        bias, offset = {
            "l1": (-bound, 0.0), "gated": (-bound, bound), "jumprelu": (0.0, bound)
        }.get(variant, (0.0, 0.0))
        self.encoder = torch.nn.Parameter(decoder.T.contiguous())
        self.decoder = torch.nn.Parameter(decoder)
        self.output_bias = torch.nn.Parameter(torch.zeros(samples.shape[1]))
        self.bias = torch.nn.Parameter(torch.full((features,), bias))
        # Thresholds of JumpReLU, offsets of the gated variant.
        self.offsets = torch.nn.Parameter(torch.full((features,), offset))
        self.log_gains = torch.nn.Parameter(torch.zeros(features))
        self.parameters = [
            self.encoder, self.decoder, self.output_bias, self.bias, self.offsets, self.log_gains]
        self.adam = torch.optim.Adam(self.parameters, lr=1e-3, fused=True)

    def batch(self):
        return self.samples[torch.randint(len(self.samples), (self.rows,))]

    def loss(self, x, bag=False):
        a = (x - self.output_bias) @ self.encoder + self.bias
        if self.variant == "topk":
            values, chosen = a.topk(self.k, dim=1, sorted=False)
            values = values.relu()
            if bag:
                y = F.embedding_bag(chosen, self.decoder, per_sample_weights=values, mode="sum")
                return (y + self.output_bias - x).pow(2).sum(1).mean()
            f = torch.zeros_like(a).scatter(1, chosen, values)
        elif self.variant == "batchtopk":
            values, places = a.flatten().topk(self.k * self.rows, sorted=False)
            f = torch.zeros_like(a).flatten().scatter(0, places, values.relu()).view_as(a)
        elif self.variant == "jumprelu":
            f = Jump.apply(a.relu(), self.offsets, False)
        elif self.variant == "gated":
            f = (a > 0) * (a * self.log_gains.exp() + self.offsets).relu()
        else:
            f = a.relu()
        loss = (f @ self.decoder + self.output_bias - x).pow(2).sum(1).mean()
        if self.variant == "l1":
            loss = loss + PENALTY * f.sum(1).mean()
        if self.variant == "jumprelu":
            loss = loss + PENALTY * Jump.apply(a, self.offsets, True).sum(1).mean()
        if self.variant == "gated":
            gates = a.relu()
            own = gates @ self.decoder.detach() + self.output_bias - x
            loss = loss + PENALTY * gates.sum(1).mean() + own.pow(2).sum(1).mean()
        return loss

    @torch.no_grad()
    def differentiate_by_hand(self, x):
        """The gradient of TopK's loss with a sparse decoder."""
        c = x - self.output_bias
        a = torch.addmm(self.bias, c, self.encoder)
        values, chosen = a.topk(self.k, dim=1, sorted=False)
        values = values.relu()
        y = F.embedding_bag(chosen, self.decoder, per_sample_weights=values, mode="sum")
        e = (y + self.output_bias - x) * (2 / self.rows)
        f = a.zero_().scatter_(1, chosen, values)
        self.decoder.grad = f.T @ e
        if x.shape[1] <= 64:
            slopes = (e @ self.decoder.T).gather(1, chosen)
        else:
            rows = self.decoder[chosen.view(-1)].view(*chosen.shape, -1)
            slopes = torch.bmm(rows, e.unsqueeze(2)).squeeze(2)
        f.zero_().scatter_(1, chosen, slopes * (values > 0))
        self.encoder.grad = c.T @ f
        self.bias.grad = f.sum(0)
        self.output_bias.grad = e.sum(0) - self.encoder @ self.bias.grad

    @torch.no_grad()
    def differentiate_sparsely(self, x):
        """The gradient of every variant's loss from the entries that are active."""
        c = x - self.output_bias
        a = torch.addmm(self.bias, c, self.encoder)
        if self.variant == "topk":
            found, chosen = a.topk(self.k, dim=1, sorted=False)
            a = torch.zeros_like(a).scatter(1, chosen, found.relu())
        elif self.variant == "batchtopk":
            bound = a.flatten().topk(self.k * self.rows, sorted=False).values.min()
            a = torch.where(a >= bound.relu(), a, 0)
        elif self.variant == "jumprelu":
            a = torch.where(a > self.offsets - WINDOW / 2, a, 0)
        else:
            a = a.relu()
        pattern = a.to_sparse_csr()
        rows, columns, a = pattern.crow_indices(), pattern.col_indices(), pattern.values()

        def entries(values):
            return torch.sparse_csr_tensor(rows, columns, values, pattern.shape)

        def residual(f):
            return (torch.addmm(self.output_bias, f, self.decoder) - x) * (2 / self.rows)

        def slopes_along(residual):
            return torch.sparse.sampled_addmm(pattern, residual, self.decoder.T, beta=0).values()

        def sums(values):
            return torch.zeros_like(self.bias).index_add_(0, columns, values)

        values = a
        if self.variant == "jumprelu":
            offsets = self.offsets[columns]
            values = a * (a > offsets)
        if self.variant == "gated":
            gains = self.log_gains.exp()[columns]
            values = (a * gains + self.offsets[columns]).relu()
        f = entries(values)
        e = residual(f)
        self.decoder.grad = transposed(f) @ e
        slopes = slopes_along(e)
        slope_of_bias = e.sum(0)
        if self.variant == "l1":
            slopes = slopes + PENALTY / self.rows
        if self.variant == "jumprelu":
            window = ((a - offsets).abs() < WINDOW / 2) / WINDOW
            self.offsets.grad = -sums(window * (offsets * slopes + PENALTY / self.rows))
            slopes = slopes * (a > offsets)
        if self.variant == "gated":
            slopes = slopes * (values > 0)
            self.offsets.grad = sums(slopes)
            self.log_gains.grad = sums(slopes * a * gains)
            own = residual(pattern)
            slopes = slopes * gains + slopes_along(own) + PENALTY / self.rows
            slope_of_bias = slope_of_bias + own.sum(0)
        self.encoder.grad = (transposed(entries(slopes)) @ c).T.contiguous()
        self.bias.grad = sums(slopes)
        self.output_bias.grad = slope_of_bias - self.encoder @ self.bias.grad

    def differentiate(self, form, x):
        self.adam.zero_grad(set_to_none=True)
        if form == "by hand":
            self.differentiate_by_hand(x)
        elif form == "sparse":
            self.differentiate_sparsely(x)
        elif form == "compiled":
            self.compiled(x).backward()
        else:
            self.loss(x, bag=form == "bag").backward()

    def step(self, form):
        self.differentiate(form, self.batch())
        self.adam.step()
        with torch.no_grad():
            self.decoder /= self.decoder.norm(dim=1, keepdim=True)

    def check(self, form, x):
        """Compares the gradient of a form with autograd's of the dense one."""
        gradients = []
        for each in ("eager", form):
            self.differentiate(each, x)
            gradients.append([p.grad for p in self.parameters if p.grad is not None])
        for expected, found in zip(*gradients):
            # Single precision, and sums in another order.
            assert (expected - found).abs().max() <= 1e-4 * expected.abs().max(), form


def trainings_at(size):
    width, features, k, rows, _ = SIZES[size]
    truth = F.normalize(torch.randn(features, width), dim=1)
    active = (torch.rand(4 * rows, features) < k / features) * torch.rand(4 * rows, features)
    samples = active @ truth
    return {variant: Training(variant, samples, features, k, rows) for variant in FORMS}


def seconds(training, form, steps):
    start = time.perf_counter()
    for _ in range(steps):
        training.step(form)
    return time.perf_counter() - start


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("benchmark", help="the program LimbeckBenchmarks")
    parser.add_argument("--size", choices=SIZES, default="64-512")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--compile", nargs="*", default=[], choices=FORMS, metavar="VARIANT")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(0)
    for variant, training in trainings_at("64-512").items():
        x = training.batch()
        for form in FORMS[variant]:
            training.check(form, x)
    trainings = trainings_at(options.size)
    rows, steps = SIZES[options.size][3:]
    for variant in options.compile:
        trainings[variant].compiled = torch.compile(trainings[variant].loss)
        FORMS[variant].append("compiled")
        trainings[variant].step("compiled")
    theirs, ours = {}, {}
    for _ in range(options.rounds):
        for variant, training in trainings.items():
            for form in FORMS[variant]:
                rate = steps * rows / seconds(training, form, steps)
                theirs.setdefault((variant, form), []).append(rate)
        printed = subprocess.run(
            [options.benchmark, "--sae", "--size", options.size, "--json", "--threads",
             str(options.threads)], check=True, capture_output=True, text=True).stdout
        for measurement in json.loads(printed)["measurements"]:
            ours.setdefault(measurement["name"], []).append(measurement["value"])
    print(f"{options.size}, torch {torch.__version__}, {options.threads} threads, medians of "
          f"{options.rounds} rounds, vectors a second")
    for variant, forms in FORMS.items():
        rates = {form: statistics.median(theirs[variant, form]) for form in forms}
        best = max(rates, key=rates.get)
        mine = statistics.median(ours[f"{variant} {options.size}"])
        listed = ", ".join(f"{form} {rate:.0f}" for form, rate in rates.items())
        print(f"{variant:10s} {mine:8.0f}   torch {listed}   {mine / rates[best]:.1f} x {best}")


if __name__ == "__main__":
    main()
