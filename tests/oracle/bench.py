#!/usr/bin/env python3
"""The workloads seq2seq_train and attn_seq_train of `unroll bench` in PyTorch, on one thread.

    /usr/bin/python3 tests/oracle/bench.py       (Debian: apt install python3-torch; not part of the tests)

One line of JSON each, as `unroll bench` prints it: an update with Adam, the loss read back; a second to warm up, then the
median of at least 20 samples, more until three seconds have passed.
"""
import json
import statistics
import time

import torch
from torch import nn

V, E, H, STEPS, B = 64, 32, 64, 16, 64


class Coder(nn.Module):
    def __init__(self, attention):
        super().__init__()
        self.attention = attention
        self.source, self.embedding = nn.Embedding(V, E), nn.Embedding(V, E)
        self.encoder, self.decoder = nn.GRU(E, H), nn.GRU(E, H)
        self.linear = nn.Linear(H * (2 if attention else 1), V)

    def forward(self, source, x):
        states, last = self.encoder(self.source(source))
        h, _ = self.decoder(self.embedding(x), last)
        if self.attention:
            queries, keys = h.transpose(0, 1), states.transpose(0, 1)  # [B,T,H], [B,S,H]
            weights = (queries @ keys.transpose(1, 2)).softmax(-1)
            h = torch.cat([(weights @ keys).transpose(0, 1), h], -1)
        return self.linear(h)


def measure(name, attention):
    torch.manual_seed(1)
    net = Coder(attention)
    optimiser = torch.optim.Adam(net.parameters(), 1e-3)
    source, x, y = (torch.randint(V, (STEPS, B)) for _ in range(3))

    def update():
        optimiser.zero_grad()
        loss = nn.functional.cross_entropy(net(source, x).flatten(0, 1), y.flatten())
        loss.backward()
        optimiser.step()
        return loss.item()

    started, samples = time.perf_counter(), []
    while time.perf_counter() - started < 1:
        update()
    started = time.perf_counter()
    while len(samples) < 20 or (time.perf_counter() - started < 3 and len(samples) < 200):
        before = time.perf_counter()
        update()
        samples.append(1000 * (time.perf_counter() - before))
    print(json.dumps({"peer": f"pytorch-{torch.__version__}", "workload": name, "ms_median": round(statistics.median(samples), 3),
                      "ms_min": round(min(samples), 3), "samples": len(samples)}), flush=True)


if __name__ == "__main__":
    torch.set_num_threads(1)
    measure("seq2seq_train", False)
    measure("attn_seq_train", True)
