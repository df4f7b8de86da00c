"""The loss of a small network on Burgers' equation and its gradient, by torch's nested autograd in
float64. TorchParityTests.swift holds what it prints, with torch 2.13.0 on a CPU."""
import math

import torch

torch.set_default_dtype(torch.float64)
layers = [(5, 2), (4, 5), (1, 4)]
count = sum(m * n + m for m, n in layers)
flat = torch.tensor([0.5 * math.sin(1 + 1.3 * i) for i in range(count)], requires_grad=True)


def network(x, t):
    # Inputs run from -1 to 1 over the box [-1, 1] x [0, 2].
    h, first = torch.stack([x, t - 1], dim=1), 0
    for index, (m, n) in enumerate(layers):
        weight = flat[first:first + m * n].reshape(m, n)
        h = h @ weight.T + flat[first + m * n:first + m * n + m]
        first += m * n + m
        if index + 1 < len(layers):
            h = torch.tanh(h)
    return h[:, 0]


def slope(y, x):
    return torch.autograd.grad(y.sum(), x, create_graph=True)[0]


x = torch.tensor([-0.95 + 0.1 * (7 * j % 20) for j in range(20)], requires_grad=True)
t = torch.tensor([0.05 + 0.1 * j for j in range(20)], requires_grad=True)
u = network(x, t)
u_x, u_t = slope(u, x), slope(u, t)
equation = u_t + u * u_x - 0.1 * slope(u_x, x)
start = torch.tensor([-1 + 0.2 * j for j in range(11)])
condition = network(start, torch.zeros(11)) + torch.sin(math.pi * start)
loss = (equation**2).mean() + 100 * (condition**2).mean()
print("loss", repr(loss.item()))
print("gradient", torch.autograd.grad(loss, flat)[0].tolist())
