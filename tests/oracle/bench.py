#!/usr/bin/env python3
"""Workloads of `unroll bench` in PyTorch, on one thread; not part of the tests.

    /usr/bin/python3 tests/oracle/bench.py [WORKLOAD]...       (Debian: apt install python3-torch libopenblas0-pthread)
    /usr/bin/python3 tests/oracle/bench.py --turns             asked by ./dev bench --peers

The first prints one line of JSON each, as `unroll bench` does: a second to warm up, then samples until three seconds have
passed. In turns, a line of JSON on stdin is one thing asked, and gets one line for an answer: {"open": WORKLOAD},
{"turn": MILLISECONDS}, {"result": true}.
"""
import json
import math
import os
import statistics
import sys
import time


def processor():
    """The kernels for it by their name: Debian 12's OpenBLAS does not know newer processors, and then takes the slowest."""
    with open("/proc/cpuinfo") as file:
        flags = file.read().split()
    return "SkylakeX" if "avx512vl" in flags else "Haswell" if "avx2" in flags else None


for name, value in (("OMP_NUM_THREADS", "1"), ("OPENBLAS_NUM_THREADS", "1"), ("OPENBLAS_CORETYPE", processor())):
    if value:
        os.environ.setdefault(name, value)

import torch
from torch import nn
from torch.nn import functional as F

V, T, B = 64, 64, 16  # tokens, steps, sequences an update
E, H = 32, 128
D, HEADS, BLOCKS, INNER, WRITTEN = 64, 4, 2, 256, 200
CODER = dict(E=32, H=64, STEPS=16, B=64)
ATTENTION = {"attn_fwd_T64": (8, 4, 64, 16), "attn_fwd_T256": (1, 4, 256, 32)}  # sequences, heads, steps, width


def blas():
    """What multiplies here: OpenBLAS, or the reference BLAS, which is some twenty times slower."""
    with open("/proc/self/maps") as file:
        return "openblas" if "openblas" in file.read() else "blas"


def stream(seed):
    while True:
        seed = (seed * 1664525 + 1013904223) & 0xFFFFFFFF
        yield seed >> 8


def fill(shape, seed):
    numbers = stream(seed)
    return torch.tensor([next(numbers) / 2**23 - 1 for _ in range(math.prod(shape))]).view(shape)


def sequences():
    numbers = stream(7)
    rows = torch.tensor([[next(numbers) % V for _ in range(T + 1)] for _ in range(B)])
    return rows[:, :-1].contiguous(), rows[:, 1:].contiguous()


def unseen(n):
    return torch.full((n, n), -1e9).triu(1)


class Language(nn.Module):
    """Tokens [T,B] to logits."""

    def __init__(self, cell):
        super().__init__()
        self.embedding, self.cell, self.linear = nn.Embedding(V, E), cell(E, H), nn.Linear(H, V)

    def forward(self, x):
        return self.linear(self.cell(self.embedding(x))[0])


class Coder(nn.Module):
    def __init__(self, attention):
        super().__init__()
        e, h = CODER["E"], CODER["H"]
        self.attention = attention
        self.source, self.embedding = nn.Embedding(V, e), nn.Embedding(V, e)
        self.encoder, self.decoder = nn.GRU(e, h), nn.GRU(e, h)
        self.linear = nn.Linear(h * (2 if attention else 1), V)

    def forward(self, source, x):
        states, last = self.encoder(self.source(source))
        h, _ = self.decoder(self.embedding(x), last)
        if self.attention:
            queries, keys = h.transpose(0, 1), states.transpose(0, 1)  # [B,T,H], [B,S,H]
            weights = (queries @ keys.transpose(1, 2)).softmax(-1)
            h = torch.cat([(weights @ keys).transpose(0, 1), h], -1)
        return self.linear(h)


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.qkv, self.out = nn.Linear(D, 3 * D), nn.Linear(D, D)
        self.inner, self.outer = nn.Linear(D, INNER), nn.Linear(INNER, D)
        self.before, self.between = nn.LayerNorm(D), nn.LayerNorm(D)

    def forward(self, h, mask):
        q, k, v = (part.unflatten(-1, (HEADS, D // HEADS)).transpose(1, 2) for part in self.qkv(self.before(h)).chunk(3, -1))
        seen = (q @ k.transpose(-1, -2) / math.sqrt(D // HEADS) + mask).softmax(-1) @ v
        h = h + self.out(seen.transpose(1, 2).flatten(2))
        return h + self.outer(F.relu(self.inner(self.between(h))))


class Transformer(nn.Module):
    """Tokens [B,T] to logits; it starts from the same numbers as in every program."""

    def __init__(self):
        super().__init__()
        self.embedding, self.places = nn.Embedding(V, D), nn.Embedding(T, D)
        self.blocks = nn.ModuleList(Block() for _ in range(BLOCKS))
        self.norm, self.linear = nn.LayerNorm(D), nn.Linear(D, V)
        self.register_buffer("mask", unseen(T))
        for number, matrix in enumerate(p for p in self.parameters() if p.dim() == 2):
            # Query, key and value count as three matrices each time.
            first = number + 2 * sum(number > 2 + 4 * b for b in range(BLOCKS))
            parts = matrix.data.chunk(3) if matrix.shape == (3 * D, D) else [matrix.data]
            for i, part in enumerate(parts):
                part.copy_(fill(part.shape, 100 + first + i) / 8)
        for module in self.modules():
            if isinstance(module, nn.Linear):
                nn.init.zeros_(module.bias)

    def forward(self, x):
        n = x.shape[1]
        h = self.embedding(x) + self.places.weight[:n]
        for block in self.blocks:
            h = block(h, self.mask[:n, :n])
        return self.linear(self.norm(h))


def forwards(make, wanted):
    """Of a tensor that is made again and again; `wanted` is the same in double."""
    return make, lambda: {"off": float((make().double() - wanted).abs().max() / wanted.abs().max())}


def training(net, *given):
    optimiser = torch.optim.Adam(net.parameters(), 1e-3)
    *inputs, y = given
    losses = []

    def step():
        optimiser.zero_grad()
        loss = F.cross_entropy(net(*inputs).flatten(0, 1), y.flatten())
        loss.backward()
        optimiser.step()
        losses[1:] = [loss.item()]

    return step, lambda: {"loss_first": losses[0], "loss_last": losses[-1]}


def writing():
    net, answer = Transformer().eval(), []

    def step():
        seen = [1]
        with torch.inference_mode():
            for _ in range(WRITTEN):
                seen.append(int(net(torch.tensor([seen[-T:]]))[0, -1].argmax()))
        answer[:] = [sum(i * token for i, token in enumerate(seen) if i > 0)]

    return step, lambda: {"answer": answer[0]}


def opened(name):
    """A step and what it comes to; None for what is not here."""
    torch.manual_seed(1)
    if name.startswith("matmul_"):
        n = int(name[7:])
        a, b = fill((n, n), 1), fill((n, n), 2)
        return forwards(torch.inference_mode()(lambda: a @ b), a.double() @ b.double())
    if name in ATTENTION:
        q, k, v = (fill(ATTENTION[name], seed) for seed in (1, 2, 3))
        mask, width = unseen(q.shape[2]), q.shape[3]

        def attend(q, k, v):
            return (q @ k.transpose(-1, -2) / math.sqrt(width) + mask).softmax(-1) @ v

        return forwards(torch.inference_mode()(lambda: attend(q, k, v)), attend(q.double(), k.double(), v.double()))
    if name in ("rnn_train", "lstm_train"):
        x, y = (rows.T.contiguous() for rows in sequences())
        return training(Language(nn.RNN if name == "rnn_train" else nn.LSTM), x, y)
    if name in ("seq2seq_train", "attn_seq_train"):
        tokens = (torch.randint(V, (CODER["STEPS"], CODER["B"])) for _ in range(3))
        return training(Coder(name == "attn_seq_train"), *tokens)
    if name == "gpt_train":
        return training(Transformer(), *sequences())
    return writing() if name == "gpt_gen" else None


def turn(step, ms, least=3):
    """As `unroll bench` times: a third to warm up, a sample of something very short is the mean of several steps."""
    now = lambda: 1000 * time.perf_counter()
    started, calls = now(), 0
    while calls < 3 or now() - started < ms / 3:
        step()
        calls += 1
    before = now()
    step()
    once = now() - before
    repeats = 1 if once > 4 else int(4 / max(once, 1e-3)) + 1
    samples, started = [], now()
    while len(samples) < least or (now() - started < ms and len(samples) < 200):
        before = now()
        for _ in range(repeats):
            step()
        samples.append((now() - before) / repeats)
    return samples


def in_turns():
    work = None
    for line in sys.stdin:
        asked = json.loads(line)
        if "open" in asked:
            work = opened(asked["open"])
            said = work is not None
        elif "turn" in asked:
            said = {"ms": statistics.median(turn(work[0], asked["turn"]))}
        else:
            said = work[1]()
        print(json.dumps(said), flush=True)


def lines(names):
    for name in names:
        step, result = opened(name)
        samples = turn(step, 3000, 20)
        print(json.dumps({"peer": f"pytorch-{torch.__version__}-{blas()}@native", "workload": name, "ms_median": round(statistics.median(samples), 4),
                          "ms_min": round(min(samples), 4), "samples": len(samples), **result()}), flush=True)


if __name__ == "__main__":
    torch.set_num_threads(1)
    if sys.argv[1:] == ["--turns"]:
        print(json.dumps({"torch": torch.__version__, "blas": blas()}), flush=True)
        in_turns()
    else:
        lines(sys.argv[1:] or ["seq2seq_train", "attn_seq_train"])
