"""The loss curve of a small TopK training in torch, for TorchCurveTests.swift.

python train_torch.py    # prints one loss a line; torch 2.13 on a CPU, float64

Data and first weights are formulas, so that both programs start from the same numbers.
"""
import torch

torch.set_default_dtype(torch.float64)
WIDTH, FEATURES, K, ROWS, STEPS, RATE = 6, 12, 2, 16, 40, 1e-2


def table(rows, columns, a, b, c):
    i = torch.arange(rows).double()[:, None]
    j = torch.arange(columns).double()[None, :]
    return torch.sin(a * i + b * j + c * i * j + 0.5)


decoder = torch.nn.functional.normalize(table(FEATURES, WIDTH, 1.1, 2.3, 0.7), dim=1)
encoder = torch.nn.Parameter(decoder.clone())
decoder = torch.nn.Parameter(decoder)
encoder_bias = torch.nn.Parameter(torch.zeros(FEATURES))
output_bias = torch.nn.Parameter(torch.zeros(WIDTH))
optimizer = torch.optim.Adam([encoder, decoder, encoder_bias, output_bias], lr=RATE)
for step in range(STEPS):
    x = table(ROWS, WIDTH, 0.9 + 0.01 * step, 1.7, 0.3)
    a = (x - output_bias) @ encoder.T + encoder_bias
    values, chosen = a.topk(K, dim=1)
    f = torch.zeros_like(a).scatter(1, chosen, values.relu())
    loss = (f @ decoder + output_bias - x).pow(2).sum(1).mean()
    optimizer.zero_grad()
    loss.backward()
    with torch.no_grad():
        decoder.grad -= (decoder.grad * decoder).sum(1, keepdim=True) * decoder
    optimizer.step()
    with torch.no_grad():
        decoder /= decoder.norm(dim=1, keepdim=True)
    print(f"{loss.item():.9f}")
