"""Logits of torch's own transformer layers, in double precision, for TransformerGoldenTests.

Run with torch 2: python torch_transformer.py > torch_transformer.tsv

Every parameter is a known function of its place among the flat parameters, so that no weights need to be
stored: sin(1.7 i + 0.3) / 2, and 1 + that / 4 for the scales of normalisations.
"""

import math

import torch
from torch import nn

torch.set_default_dtype(torch.float64)
VOCABULARY, CONTEXT, WIDTH, HEADS, LAYERS, NEURONS = 7, 6, 8, 2, 2, 12
TOKENS = [[1, 4, 6, 0, 2], [3, 3, 5, 1, 0]]


class Parameters:
    def __init__(self):
        self.place = 0

    def fill(self, tensor, is_scale=False):
        with torch.no_grad():
            for i in range(tensor.numel()):
                value = math.sin(1.7 * self.place + 0.3) / 2
                tensor.view(-1)[i] = 1 + value / 4 if is_scale else value
                self.place += 1

    def dense(self, layer):
        self.fill(layer.weight)
        self.fill(layer.bias)

    def norm(self, layer):
        self.fill(layer.weight, is_scale=True)
        self.fill(layer.bias)


def logits(before, activation, causal):
    token, position = nn.Embedding(VOCABULARY, WIDTH), nn.Embedding(CONTEXT, WIDTH)
    layers = nn.TransformerEncoder(
        nn.TransformerEncoderLayer(
            WIDTH, HEADS, NEURONS, dropout=0, activation=activation, batch_first=True,
            norm_first=before),
        LAYERS, norm=nn.LayerNorm(WIDTH) if before else None, enable_nested_tensor=False)
    output = nn.Linear(WIDTH, VOCABULARY)
    parameters = Parameters()
    parameters.fill(token.weight)
    parameters.fill(position.weight)
    for layer in layers.layers:
        parameters.norm(layer.norm1)
        parameters.fill(layer.self_attn.in_proj_weight)
        parameters.fill(layer.self_attn.in_proj_bias)
        parameters.dense(layer.self_attn.out_proj)
        parameters.norm(layer.norm2)
        parameters.dense(layer.linear1)
        parameters.dense(layer.linear2)
    if before:
        parameters.norm(layers.norm)
    parameters.dense(output)
    tokens = torch.tensor(TOKENS)
    stream = token(tokens) + position.weight[: tokens.shape[1]]
    mask = nn.Transformer.generate_square_subsequent_mask(tokens.shape[1]) if causal else None
    # The training path of torch: its fast path for inference is another program.
    layers.train()
    return output(layers(stream, mask=mask, is_causal=causal))


def tanh_gelu(x):
    return nn.functional.gelu(x, approximate="tanh")


print("design\tlogits, [sequences, positions, vocabulary]")
for name, before, activation, causal in [
    ("post-norm relu", False, "relu", False),
    ("pre-norm gelu causal", True, "gelu", True),
    ("pre-norm gelu-tanh", True, tanh_gelu, False),
]:
    values = logits(before, activation, causal).flatten().tolist()
    print(name + "\t" + "\t".join(f"{value:.17g}" for value in values))
