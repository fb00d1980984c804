#!/usr/bin/env python3
"""Makes the fixtures beside this file with PyTorch, an implementation that shares nothing with ours.

    /usr/bin/python3 tests/oracle/generate.py        (Debian: apt install python3-torch; not part of the tests)

A fixture is a safetensors file: parameters, tokens, targets (-1 is padding), every activation, the loss, every
gradient, and the losses and parameters of ten updates of Adam on that one batch. tests/c/oracle_test.c builds the
same network in both lowerings and compares. The numbers depend only on the seeds below and on PyTorch's version,
which is written into each file.
"""
import json
import struct
from pathlib import Path

import torch
import torch.nn.functional as F

HERE = Path(__file__).parent
# name -> activation, then V, E, H, T, B; odd sizes leave tails in every vector loop
CASES = {
    "rnn_tanh": (torch.tanh, 28, 5, 7, 9, 3),
    "rnn_sigmoid": (torch.sigmoid, 11, 4, 8, 5, 2),
    "rnn_relu": (torch.relu, 13, 3, 6, 12, 1),
    "rnn_wide": (torch.tanh, 30, 16, 37, 6, 5),
}
RATE, STEPS, CLIP = 3e-3, 10, 0.5  # the rate that training uses; Adam magnifies rounding where a gradient is near 0


def save(path, tensors, metadata):
    """The safetensors layout: 8 bytes of header length, JSON, data. Tokens are stored as floats too."""
    header, blobs, at = {"__metadata__": metadata}, [], 0
    for name, tensor in tensors.items():
        blob = tensor.detach().to(torch.float32).contiguous().numpy().tobytes()
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [at, at + len(blob)]}
        blobs.append(blob)
        at += len(blob)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + b"".join(blobs))


def forward(p, f, tokens, targets, h0):
    """h^(t) = f(W_h h^(t-1) + W_e e^(t) + b_1), y^ = softmax(U h + b_2), J = mean of -log y^ over what is predicted."""
    T, B = tokens.shape
    e = p["E"][tokens]
    h, states = h0, []
    for t in range(T):
        h = f(h @ p["W_h"].T + e[t] @ p["W_e"].T + p["b_1"])
        states.append(h)
    states = torch.stack(states)
    logits = states @ p["U"].T + p["b_2"]
    per_token = F.cross_entropy(logits.reshape(T * B, -1), targets.reshape(-1), ignore_index=-1, reduction="none").reshape(T, B)
    loss = per_token.sum() / (targets >= 0).sum()
    return {"e": e, "h": states, "logits": logits, "y_hat": logits.softmax(-1), "per_token": per_token}, loss


def make(name, f, V, E, H, T, B):
    torch.manual_seed(sum(map(ord, name)))
    bound = H**-0.5
    uniform = lambda *shape: (torch.rand(*shape) * 2 - 1) * bound
    p = {"E": torch.randn(V, E), "W_e": uniform(H, E), "W_h": uniform(H, H), "b_1": uniform(H), "U": uniform(V, H), "b_2": uniform(V)}
    for tensor in p.values():
        tensor.requires_grad_()
    tokens, targets = torch.randint(0, V, (T, B)), torch.randint(0, V, (T, B))
    for b in range(1, B):  # the later sequences are shorter
        targets[T - b:, b] = -1
    h0 = torch.randn(B, H) * 0.3
    out = {k: v.detach().clone() for k, v in p.items()} | {"tokens": tokens, "targets": targets, "h0": h0}
    values, loss = forward(p, f, tokens, targets, h0)
    loss.backward()
    out |= {f"value.{k}": v for k, v in values.items()} | {"loss": loss.reshape(1)}
    out |= {f"grad.{k}": v.grad.clone() for k, v in p.items()}

    optimiser, losses, norms = torch.optim.Adam(p.values(), RATE), [], []
    for _ in range(STEPS):
        optimiser.zero_grad()
        _, loss = forward(p, f, tokens, targets, h0)
        loss.backward()
        norms.append(torch.nn.utils.clip_grad_norm_(p.values(), CLIP))
        optimiser.step()
        losses.append(loss)
    out |= {"adam.losses": torch.stack(losses), "adam.norms": torch.stack(norms)} | {f"adam.{k}": v for k, v in p.items()}
    activation = f.__name__
    save(HERE / f"{name}.safetensors", out, {
        "made_by": f"tests/oracle/generate.py with PyTorch {torch.__version__}", "activation": activation,
        "rate": repr(RATE), "steps": str(STEPS), "clip": repr(CLIP)})


for case, settings in CASES.items():
    make(case, *settings)
