"""Fixtures of the model encoder: /usr/bin/python3 tests/oracle/encoder.py writes encoder_*.safetensors beside this file.

The stream and its waves are those of gpt.py; the blocks look around, at what is no padding, and the first token answers. Where
a token is numbers, a linear layer makes its vector, and what is said is one of ten classes, or a number.
"""
import torch
import torch.nn.functional as F

import gpt
from gpt import CLIP, D, DECAY, DEFAULTS, FF, HERE, RATE, STEPS, B, T, V
from generate import learned, save

CASES = {
    "encoder_waves": {"positions": "sinusoidal"},
    "encoder_learned": {"positions": "learned"},
    "encoder_beside": {"positions": "sinusoidal", "positions_join": "concatenated", "count_from": "0"},
    "encoder_none": {"positions": "none"},
    "encoder_patches": {"positions": "learned"},
    "encoder_number": {"positions": "sinusoidal"},
}
NUMBERS = {"encoder_patches": (16, 10), "encoder_number": (1, 1)}  # of a token, and of the answer
OWN = ("hidden_size", "num_heads", "num_blocks", "feed_forward_size", "positions", "positions_join", "count_from", "context_size")
LENGTHS = [T - 2 * b for b in range(B)]


def forward(p, s, tokens, answers, lengths):
    A = int(s["num_heads"])
    norm = lambda x, k, end: F.layer_norm(x, (D,), p[f"{k}gamma{end}"], p[f"{k}beta{end}"], gpt.EPSILON)
    e = F.linear(tokens, p["E"], p["b_E"]) if "b_E" in p else F.embedding(tokens, p["E"])
    if s["positions"] == "learned":
        place = p["P"][:T, None].expand(T, B, D)
    elif s["positions"] == "sinusoidal":
        place = gpt.waves(D - e.shape[-1] or D, int(s["count_from"]))[:, None].expand(T, B, -1)
    h = e if s["positions"] == "none" else torch.cat([e, place], -1) if e.shape[-1] < D else e + place
    values = {"h" if s["positions"] != "none" else "e": h}
    padding = torch.arange(T)[None] >= torch.tensor(lengths)[:, None]  # [B, T]
    for b in range(1, int(s["num_blocks"]) + 1):
        k = f"blocks.{b}."
        x = norm(h, k, "_1")
        q, key, v = (F.linear(x, p[k + m], p[k + c]).reshape(T, B, A, D // A) for m, c in (("Q", "b_q"), ("K", "b_k"), ("V", "b_v")))
        scores = torch.einsum("tban,sban->abts", q, key) / (D // A) ** 0.5
        a = scores.masked_fill(padding[None, :, None], -torch.inf).softmax(-1)
        o = torch.einsum("abts,sban->tban", a, v).reshape(T, B, D)
        h = h + F.linear(o, p[k + "W_o"], p[k + "b_o"])
        inner = torch.relu(F.linear(norm(h, k, "_2"), p[k + "W_1"], p[k + "b_1"]))
        h = h + F.linear(inner, p[k + "W_2"], p[k + "b_2"])
    logits = F.linear(norm(h[0], "", ""), p["U"], p["b_2"])
    if answers.dtype == torch.float32 and answers.shape[1] == 1:
        return ((logits - answers) ** 2 / 2).mean(), values | {"y_hat": logits}
    return F.cross_entropy(logits, answers), values | {"logits": logits}


def of_numbers(p, features, outputs):
    """The same parameters with those of numbers in the place of a token's, in the order in which they are declared."""
    first = {"E": 0.3 * torch.randn(D, features), "b_E": 0.3 * torch.randn(D)}
    return first | {k: v for k, v in p.items() if k != "E"} | {"U": 0.3 * torch.randn(outputs, D), "b_2": 0.3 * torch.randn(outputs)}


def make(name, case):
    torch.manual_seed(sum(name.encode()))
    s = DEFAULTS | case
    p = gpt.parameters(s)
    tokens, answers, lengths = torch.randint(2, V, (T, B)), torch.randint(0, V, (B,)), LENGTHS
    for b, n in enumerate(lengths):
        tokens[n:, b] = 1  # <end>
    if name in NUMBERS:
        features, outputs = NUMBERS[name]
        p, lengths = of_numbers(p, features, outputs), [T] * B
        tokens = torch.randn(T, B, features)
        answers = torch.randn(B, 1) if outputs == 1 else F.one_hot(torch.randint(0, outputs, (B,)), outputs).float()
    out = {k: v.clone() for k, v in p.items()}
    for tensor in p.values():
        tensor.requires_grad_()
    loss, values = forward(p, s, tokens, answers, lengths)
    loss.backward()
    out |= {"tokens": tokens.float(), "targets": answers.float(), "loss": loss.reshape(1)}
    out |= {f"value.{k}": v for k, v in values.items()} | {f"grad.{k}": v.grad.clone() for k, v in p.items()}
    out |= learned(torch.optim.AdamW(p.values(), RATE, weight_decay=DECAY), p, lambda: forward(p, s, tokens, answers, lengths)[0], CLIP)
    save(HERE / f"{name}.safetensors", out, {
        "made_by": f"tests/oracle/encoder.py with PyTorch {torch.__version__}",
        "settings": " ".join(f"{k}={s[k]}" for k in OWN),
        "rate": repr(RATE), "steps": str(STEPS), "clip": repr(CLIP), "decay": repr(DECAY)})


if __name__ == "__main__":
    for name, case in CASES.items():
        make(name, case)
