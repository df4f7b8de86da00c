"""Tiny random GPT-2 and BERT models with their attention and logits, for ForeignTransformerTests.

Run with torch 2 and transformers 5 in this folder: python make_models.py

The weights are written as transformers writes them, in single precision; attention and logits are computed
in double precision.
"""

import json
import os

import torch
import transformers

TOKENS = [[1, 4, 9, 0, 2, 2], [3, 10, 5, 1, 0, 7]]


def write(name, model):
    torch.manual_seed(len(name))
    with torch.no_grad():
        for key, tensor in model.named_parameters():
            values = 0.4 * torch.randn(tensor.shape)
            is_scale = tensor.dim() == 1 and key.endswith("weight")
            tensor.copy_(1 + values / 4 if is_scale else values)
    model.save_pretrained(name)
    model = model.double().eval()
    output = model(torch.tensor(TOKENS), output_attentions=True)
    with open(f"{name}/outputs.json", "w") as file:
        json.dump(
            {
                "tokens": TOKENS,
                "attention": [layer.flatten().tolist() for layer in output.attentions],
                "logits": output.logits.flatten().tolist(),
            },
            file)
    if os.path.exists(f"{name}/generation_config.json"):
        os.remove(f"{name}/generation_config.json")


write(
    "gpt2",
    transformers.GPT2LMHeadModel(
        transformers.GPT2Config(
            vocab_size=11, n_positions=8, n_embd=8, n_layer=2, n_head=2,
            bos_token_id=0, eos_token_id=0, attn_implementation="eager")))
write(
    "bert",
    transformers.BertForMaskedLM(
        transformers.BertConfig(
            vocab_size=11, max_position_embeddings=8, hidden_size=8, num_hidden_layers=2,
            num_attention_heads=2, intermediate_size=12, attn_implementation="eager")))
