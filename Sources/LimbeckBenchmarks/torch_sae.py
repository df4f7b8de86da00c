"""Trainings of sparse autoencoders in torch beside Limbeck's, alternated in one run.

    swift build -c release --product LimbeckBenchmarks
    python Sources/LimbeckBenchmarks/torch_sae.py .build/release/LimbeckBenchmarks --threads 1

Both take whole steps in single precision: forward, backward, Adam, decoder rows back to length one. Torch
gets the fused Adam and, for TopK, its fastest of three forms: a dense decoder, an embedding bag, and a
backward pass written by hand that decodes sparsely. Dead features are not looked after in torch, as they
are here. Numbers are vectors a second, medians over the rounds. Needs torch (tested with 2.13).
"""

import argparse
import json
import statistics
import subprocess
import time

import torch
import torch.nn.functional as F

SIZES = {"64-512": (64, 512, 8, 1024, 20), "768-6144": (768, 6144, 32, 4096, 1)}
VARIANTS = ["topk", "batchtopk", "matryoshka", "l1", "jumprelu", "gated"]
WIDTH_OF_WINDOW = 0.1


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
        window = ((a - t).abs() < WIDTH_OF_WINDOW / 2) * slope / WIDTH_OF_WINDOW
        if context.counts:
            return None, -window.sum(0), None
        return (a > t) * slope, -(t * window).sum(0), None


class Training:
    """Parameters, a batch and a step."""

    def __init__(self, width, features, k, rows):
        self.k, self.rows, self.features = k, rows, features
        truth = F.normalize(torch.randn(features, width), dim=1)
        active = (torch.rand(4 * rows, features) < k / features) * torch.rand(4 * rows, features)
        self.samples = active @ truth
        decoder = F.normalize(torch.randn(features, width), dim=1)
        self.encoder = torch.nn.Parameter(decoder.T.contiguous())
        self.decoder = torch.nn.Parameter(decoder)
        self.bias = torch.nn.Parameter(torch.zeros(width))
        self.vectors = [torch.nn.Parameter(torch.full((features,), x)) for x in (0.0, 0.1, 0.0)]
        self.parameters = [self.encoder, self.decoder, self.bias, *self.vectors]
        self.adam = torch.optim.Adam(self.parameters, lr=1e-3, fused=True)

    def batch(self):
        return self.samples[torch.randint(len(self.samples), (self.rows,))]

    def largest(self, a, count):
        values, places = a.flatten().topk(count, sorted=False)
        return torch.zeros_like(a).flatten().scatter(0, places, values.relu()).view_as(a)

    def loss(self, variant, x):
        a = (x - self.bias) @ self.encoder + self.vectors[0]
        if variant.startswith("topk"):
            values, chosen = a.topk(self.k, dim=1, sorted=False)
            values = values.relu()
            if variant == "topk, embedding bag":
                y = F.embedding_bag(chosen, self.decoder, per_sample_weights=values, mode="sum")
                return (y + self.bias - x).pow(2).sum(1).mean()
            f = torch.zeros_like(a).scatter(1, chosen, values)
        elif variant in ("batchtopk", "matryoshka"):
            f = self.largest(a, self.k * self.rows)
        elif variant == "jumprelu":
            f = Jump.apply(a.relu(), self.vectors[1], False)
        elif variant == "gated":
            f = (a > 0) * (a * self.vectors[2].exp() + self.vectors[1]).relu()
        else:
            f = a.relu()
        if variant == "matryoshka":
            y, loss, begin = self.bias, 0, 0
            for end in (self.features // 4, self.features // 2, self.features):
                y = y + f[:, begin:end] @ self.decoder[begin:end]
                loss, begin = loss + (y - x).pow(2).sum(1).mean(), end
            return loss
        loss = (f @ self.decoder + self.bias - x).pow(2).sum(1).mean()
        if variant == "l1":
            loss = loss + 0.1 * f.sum(1).mean()
        if variant == "jumprelu":
            loss = loss + 0.1 * Jump.apply(a, self.vectors[1], True).sum(1).mean()
        if variant == "gated":
            gates = a.relu()
            own = gates @ self.decoder.detach() + self.bias - x
            loss = loss + 0.1 * gates.sum(1).mean() + own.pow(2).sum(1).mean()
        return loss

    @torch.no_grad()
    def differentiate_by_hand(self, x):
        """The gradient of TopK's loss with a sparse decoder."""
        c = x - self.bias
        a = torch.addmm(self.vectors[0], c, self.encoder)
        values, chosen = a.topk(self.k, dim=1, sorted=False)
        values = values.relu()
        y = F.embedding_bag(chosen, self.decoder, per_sample_weights=values, mode="sum")
        e = (y + self.bias - x) * (2 / self.rows)
        f = a.zero_().scatter_(1, chosen, values)
        self.decoder.grad = f.T @ e
        if x.shape[1] <= 64:
            slopes = (e @ self.decoder.T).gather(1, chosen)
        else:
            rows = self.decoder[chosen.view(-1)].view(*chosen.shape, -1)
            slopes = torch.bmm(rows, e.unsqueeze(2)).squeeze(2)
        f.zero_().scatter_(1, chosen, slopes * (values > 0))
        self.encoder.grad = c.T @ f
        self.vectors[0].grad = f.sum(0)
        self.bias.grad = e.sum(0) - self.encoder @ self.vectors[0].grad

    def step(self, variant):
        self.adam.zero_grad(set_to_none=True)
        if variant == "topk, by hand":
            self.differentiate_by_hand(self.batch())
        else:
            self.loss(variant, self.batch()).backward()
        self.adam.step()
        with torch.no_grad():
            self.decoder /= self.decoder.norm(dim=1, keepdim=True)


def rate(training, variant, steps, clock):
    training.step(variant)
    start = clock()
    for _ in range(steps):
        training.step(variant)
    return steps * training.rows / (clock() - start)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("benchmark", help="the program LimbeckBenchmarks")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(0)
    forms = {name: [name] for name in VARIANTS}
    forms["topk"] = ["topk", "topk, embedding bag", "topk, by hand"]
    # One thread's processor time is what a busy machine does not lengthen.
    clock = time.process_time if options.threads == 1 else time.perf_counter
    theirs, ours = {}, {}
    for _ in range(options.rounds):
        for name, (width, features, k, rows, steps) in SIZES.items():
            for variant in VARIANTS:
                for form in forms[variant]:
                    training = Training(width, features, k, rows)
                    theirs.setdefault((variant, name, form), []).append(
                        rate(training, form, steps, clock))
        printed = subprocess.run(
            [options.benchmark, "--sae", "--json", "--threads", str(options.threads)], check=True,
            capture_output=True, text=True).stdout
        for measurement in json.loads(printed)["measurements"]:
            ours.setdefault(measurement["name"], []).append(measurement["value"])
    print(f"torch {torch.__version__}, {options.threads} threads, median of {options.rounds} rounds")
    for name in SIZES:
        for variant in VARIANTS:
            rates = {form: statistics.median(theirs[variant, name, form]) for form in forms[variant]}
            best = max(rates, key=rates.get)
            mine = statistics.median(ours[f"{variant} {name}"])
            print(f"{variant:11s} {name:9s} {mine:9.0f} vectors/s, torch {rates[best]:7.0f} "
                  f"({best}), {mine / rates[best]:.1f} times as fast")


if __name__ == "__main__":
    main()
