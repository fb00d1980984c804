"""Fixtures of the model gpt: /usr/bin/python3 tests/oracle/gpt.py writes gpt_*.safetensors beside this file.

Layers are PyTorch's own (layer_norm, linear, embedding, gelu, softmax), put together here, since nn.TransformerEncoder
cuts its output to the longest unpadded length in eval, and nn.MultiheadAttention begins elsewhere. No dropout.
"""
import math
from pathlib import Path

import torch
import torch.nn.functional as F

from generate import learned, save

HERE = Path(__file__).parent
RATE, STEPS, CLIP, DECAY = 0.0001, 10, 1.0, 0.1
V, D, FF, T, B, EPSILON = 11, 12, 20, 9, 3, 1e-5
CASES = {
    "gpt_learned": {},
    "gpt_waves": {"positions": "sinusoidal", "norm": "post", "feed_forward": "gelu", "num_heads": "2"},
    "gpt_paper": {"positions": "sinusoidal", "count_from": "0", "positions_join": "concatenated", "scale": "off"},
    "gpt_bare": {"positions": "none", "norm": "none", "num_heads": "1", "num_blocks": "1"},
    "gpt_seen": {"residual": "off", "mask": "off", "num_heads": "4", "feed_forward": "gelu"},
    "gpt_parted": {"feed_forward": "none", "places": "off", "num_heads": "2"},
}
DEFAULTS = {"hidden_size": str(D), "num_heads": "3", "num_blocks": "2", "feed_forward_size": str(FF), "positions": "learned",
            "positions_join": "added", "count_from": "1", "norm": "pre", "residual": "on", "mask": "on", "scale": "on",
            "feed_forward": "relu", "context_size": str(T + 2)}


def waves(size, start):
    p = torch.zeros(T, size, dtype=torch.float64)
    for i in range(T):
        for j in range(size // 2):
            angle = (i + start) / 10000 ** (2 * (j + start) / size)
            p[i, 2 * j], p[i, 2 * j + 1] = math.sin(angle), math.cos(angle)
    return p.float()


def parameters(s):
    concatenated = s["positions_join"] == "concatenated"
    shapes = {"E": (V, D - D // 2 if concatenated else D)}
    if s["positions"] == "learned":
        shapes["P"] = (T + 2, D)
    for b in range(1, int(s["num_blocks"]) + 1):
        for part, shape in {"Q": (D, D), "b_q": (D,), "K": (D, D), "b_k": (D,), "V": (D, D), "b_v": (D,), "W_o": (D, D),
                            "b_o": (D,), "gamma_1": (D,), "beta_1": (D,), "W_1": (FF, D), "b_1": (FF,), "W_2": (D, FF),
                            "b_2": (D,), "gamma_2": (D,), "beta_2": (D,)}.items():
            shapes[f"blocks.{b}.{part}"] = shape
    shapes |= {"gamma": (D,), "beta": (D,), "U": (V, D), "b_2": (V,)}
    p = {}
    for name, shape in shapes.items():
        x = torch.randn(shape) * (1 if name in "EP" else 0.3)
        p[name] = x + 1 if name.split(".")[-1].startswith("gamma") else x
    return p


def forward(p, s, tokens, targets):
    A = int(s["num_heads"])
    norm = lambda x, k, end: F.layer_norm(x, (D,), p[f"{k}gamma{end}"], p[f"{k}beta{end}"], EPSILON)
    e = F.embedding(tokens, p["E"])
    if s["positions"] == "learned":
        place = p["P"][:T, None].expand(T, B, D)
    elif s["positions"] == "sinusoidal":
        place = waves(D - e.shape[-1] or D, int(s["count_from"]))[:, None].expand(T, B, -1)
    told = s["positions"] != "none" and "places" not in s
    h = e if not told else torch.cat([e, place], -1) if e.shape[-1] < D else e + place
    values = {"h": h} if told else {"e": e}
    padding = torch.tensor([[t >= T - 2 * b for t in range(T)] for b in range(B)])  # seen by none
    for b in range(1, int(s["num_blocks"]) + 1):
        k = f"blocks.{b}."

        def attend(x):
            q, key, v = (F.linear(x, p[k + m], p[k + c]).reshape(T, B, A, D // A) for m, c in (("Q", "b_q"), ("K", "b_k"), ("V", "b_v")))
            scores = torch.einsum("tban,sban->abts", q, key)
            if s["scale"] == "on":
                scores = scores / (D // A) ** 0.5
            if s["mask"] == "on":
                scores = scores.masked_fill(torch.ones(T, T).triu(1).bool(), -torch.inf)
            else:
                scores = scores.masked_fill(padding[None, :, None], -torch.inf)
            a = scores.softmax(-1)
            values[k + "a"], values[k + "o"] = a, torch.einsum("abts,sban->tban", a, v).reshape(T, B, D)
            return F.linear(values[k + "o"], p[k + "W_o"], p[k + "b_o"])

        def feed(x):
            f = F.gelu if s["feed_forward"] == "gelu" else torch.relu
            values[k + "inner"] = f(F.linear(x, p[k + "W_1"], p[k + "b_1"]))
            return F.linear(values[k + "inner"], p[k + "W_2"], p[k + "b_2"])

        for part, end in ((attend, "_1"), (feed, "_2"))[: 1 if s["feed_forward"] == "none" else 2]:
            x = part(norm(h, k, end) if s["norm"] == "pre" else h)
            if s["residual"] == "on":
                x = h + x
            h = norm(x, k, end) if s["norm"] == "post" else x
    if s["norm"] == "pre":
        h = norm(h, "", "")
    logits = F.linear(h, p["U"], p["b_2"])
    return F.cross_entropy(logits.reshape(T * B, V), targets.reshape(-1), ignore_index=-1), values | {"logits": logits}


def make(name, case):
    torch.manual_seed(sum(name.encode()))
    s = DEFAULTS | case
    p = parameters(s)
    out = {k: v.clone() for k, v in p.items()}
    tokens = torch.randint(0, V, (T, B))
    targets = torch.randint(0, V, (T, B))
    for b in range(B):
        targets[T - 2 * b :, b] = -1
    for tensor in p.values():
        tensor.requires_grad_()
    loss, values = forward(p, s, tokens, targets)
    loss.backward()
    used = {k: v for k, v in p.items() if v.grad is not None}
    zero = {k: torch.zeros_like(v) for k, v in p.items() if v.grad is None}
    out |= {"tokens": tokens.float(), "targets": targets.float(), "loss": loss.reshape(1)}
    out |= {f"value.{k}": v for k, v in values.items()} | {f"grad.{k}": v.grad.clone() for k, v in used.items()}
    out |= {f"grad.{k}": v for k, v in zero.items()}
    for k, v in zero.items():
        p[k].grad = v
    out |= learned(torch.optim.AdamW(p.values(), RATE, weight_decay=DECAY), p, lambda: forward(p, s, tokens, targets)[0], CLIP)
    save(HERE / f"{name}.safetensors", out, {
        "made_by": f"tests/oracle/gpt.py with PyTorch {torch.__version__}", "settings": " ".join(f"{k}={v}" for k, v in s.items()),
        "rate": repr(RATE), "steps": str(STEPS), "clip": repr(CLIP), "decay": repr(DECAY)})


if __name__ == "__main__":
    for name, case in CASES.items():
        make(name, case)
