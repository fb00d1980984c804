#!/usr/bin/env python3
"""Makes attention_only_*.safetensors beside this file with PyTorch: queries, keys and values of one sentence or of two,
scaled or not, as tests/oracle/generate.py makes the others.

    /usr/bin/python3 tests/oracle/attention_only.py

tests/c/attention_only_oracle_test.c builds the same nets and compares values, loss, every gradient and ten updates of Adam.
"""
import torch

from generate import CLIP, HERE, RATE, STEPS, learned, save

V, D, T, S, B = 9, 4, 7, 5, 3
# name -> keys of another sentence?, scaled?, the number of the answer that is asked for, from 1
CASES = {"attention_only_self": (False, True, 2), "attention_only_plain": (False, False, 4), "attention_only_cross": (True, True, 1)}


def forward(p, case, x, keys, y):
    other, scaled, number = case
    words, looked = p["E"][x], p["E"][keys if other else x]
    q, k, v = words @ p["Q"].T, looked @ p["K"].T, looked @ p["V"].T
    e = torch.einsum("tbd,sbd->tbs", q, k)
    real = (keys if other else x) != 1
    a = (e / D**0.5 if scaled else e).masked_fill(~real.T[None], float("-inf")).softmax(-1)
    o = torch.einsum("tbs,sbd->tbd", a, v)
    each = o[y - 1, torch.arange(B), number - 1]
    return {"head.q": q, "head.k": k, "head.v": v, "head.a": a, "head.o": o, "J_t": each}, each.mean()


def make(name, case):
    torch.manual_seed(sum(map(ord, name)) + 5)
    p = {"E": torch.randn(V, D), "Q": torch.randn(D, D), "K": torch.randn(D, D), "V": torch.randn(D, D)}
    for tensor in p.values():
        tensor.requires_grad_()
    x, keys = torch.randint(2, V, (T, B)), torch.randint(2, V, (S, B))
    x[-2:, 1], keys[-3:, 2] = 1, 1  # shorter ones
    y = torch.tensor([T, T - 2, 1])
    out = {k: v.detach().clone() for k, v in p.items()} | {"x": x, "keys": keys, "y": y}
    values, loss = forward(p, case, x, keys, y)
    loss.backward()
    out |= {f"value.{k}": v for k, v in values.items()} | {"loss": loss.reshape(1)} | {f"grad.{k}": v.grad.clone() for k, v in p.items()}
    out |= learned(torch.optim.Adam(p.values(), RATE), p, lambda: forward(p, case, x, keys, y)[1])
    other, scaled, number = case
    save(HERE / f"{name}.safetensors", out, {
        "made_by": f"tests/oracle/attention_only.py with PyTorch {torch.__version__}",
        "settings": f"keys={'other' if other else 'same'} scale={'on' if scaled else 'off'} asked_number={number}",
        "rate": repr(RATE), "steps": str(STEPS), "clip": repr(CLIP)})


if __name__ == "__main__":
    for name, case in CASES.items():
        make(name, case)
