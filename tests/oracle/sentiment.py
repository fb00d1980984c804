#!/usr/bin/env python3
"""Makes sentiment_*.safetensors beside this file with PyTorch: recurrent nets that read words and give one chance, as
tests/oracle/generate.py makes the others.

    /usr/bin/python3 tests/oracle/sentiment.py

tests/c/sentiment_oracle_test.c builds the same nets and compares values, loss, every gradient and ten updates of Adam.
"""
import torch
import torch.nn.functional as F

from generate import CLIP, HERE, RATE, STEPS, learned, save

V = 47  # the words of the task and the two marks
# name -> E, H, T, lengths; a shorter sequence ends with <end>, token 1
CASES = {"sentiment_one": (5, 7, 9, [9, 6, 3]), "sentiment_even": (8, 16, 12, [12, 12])}


def make(name, E, H, T, lengths):
    torch.manual_seed(sum(map(ord, name)))
    B = len(lengths)
    uniform = lambda *shape: (torch.rand(*shape) * 2 - 1) * H**-0.5
    p = {"E": torch.randn(V, E), "W_e": uniform(H, E), "W_h": uniform(H, H), "b_1": uniform(H), "U": uniform(1, H), "b_2": torch.full((1,), 0.3)}
    for tensor in p.values():
        tensor.requires_grad_()
    tokens = torch.randint(2, V, (T, B))
    for b, n in enumerate(lengths):
        tokens[n:, b] = 1
    y = (torch.arange(B) % 2).float()[:, None]

    def forward():
        packed = torch.nn.utils.rnn.pack_padded_sequence(p["E"][tokens], torch.tensor(lengths))
        weights = [p["W_e"], p["W_h"], p["b_1"], torch.zeros(H)]
        h = torch._VF.rnn_tanh(packed.data, packed.batch_sizes, torch.zeros(1, B, H), weights, True, 1, 0.0, False, False)[1][0]
        s = h @ p["U"].T + p["b_2"]
        each = F.binary_cross_entropy_with_logits(s, y, reduction="none").sum(1)
        return s, s.sigmoid(), each, each.mean()

    out = {k: v.detach().clone() for k, v in p.items()} | {"tokens": tokens, "y": y}
    s, y_hat, each, loss = forward()
    loss.backward()
    out |= {"value.logits": s, "value.y_hat": y_hat, "value.J_t": each, "loss": loss.reshape(1)}
    out |= {f"grad.{k}": v.grad.clone() for k, v in p.items()}
    out |= learned(torch.optim.Adam(p.values(), RATE), p, lambda: forward()[-1])
    save(HERE / f"{name}.safetensors", out, {
        "made_by": f"tests/oracle/sentiment.py with PyTorch {torch.__version__}",
        "settings": f"cell=rnn embedding_size={E} hidden_size={H}",
        "rate": repr(RATE), "steps": str(STEPS), "clip": repr(CLIP)})


if __name__ == "__main__":
    for name, case in CASES.items():
        make(name, *case)
