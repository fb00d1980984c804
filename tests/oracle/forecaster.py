#!/usr/bin/env python3
"""Makes forecaster_*.safetensors beside this file with PyTorch: recurrent nets that read numbers and say numbers at every
step, as tests/oracle/generate.py makes the others.

    /usr/bin/python3 tests/oracle/forecaster.py

tests/c/forecaster_oracle_test.c builds the same nets and compares values, loss, every gradient and ten updates of Adam;
what they say by their own steps is compared with `rolled`.
"""
import torch

from generate import CLIP, HERE, RATE, STEPS, learned, ours, run, save, theirs

# name -> cell, layers, H, T, B, the first step that counts
CASES = {
    "forecaster_rnn": ("rnn", 1, 7, 9, 3, 1),
    "forecaster_lstm": ("lstm", 2, 5, 8, 2, 5),
    "forecaster_gru": ("gru", 1, 9, 12, 4, 5),
}
GIVEN = 3  # places that are read before its own steps


def make(name, cell, layers, H, T, B, first):
    torch.manual_seed(sum(map(ord, name)))
    parts = {"rnn": 1, "lstm": 4, "gru": 3}[cell]
    uniform = lambda *shape: (torch.rand(*shape) * 2 - 1) * H**-0.5
    p = {}
    for layer in range(layers):
        prefix = ours(layer, False, layers)
        p[prefix + "W_e"], p[prefix + "W_h"] = uniform(parts * H, H if layer else 2), uniform(parts * H, H)
        p[prefix + "b_1"] = uniform(parts * H)
        if cell == "gru":
            p[prefix + "b_n"] = uniform(H)
    p |= {"U": uniform(2, H), "b_2": uniform(2)}
    for tensor in p.values():
        tensor.requires_grad_()
    e, y, counted = torch.rand(T, B, 2), torch.randn(T, B, 2), (torch.arange(T) >= first - 1).float()[:, None].repeat(1, B)

    def states(steps):
        weights = []
        for layer in range(layers):
            prefix = ours(layer, False, layers)
            both = [p[prefix + "W_e"], p[prefix + "W_h"], p[prefix + "b_1"], torch.zeros(H)]
            weights += both if cell == "rnn" else theirs(cell, p, prefix, H)
        zeros = torch.zeros(layers, steps.shape[1], H)
        if cell != "rnn":
            return run(cell, steps, None, zeros, zeros, weights, layers, 1)[0]
        return torch._VF.rnn_tanh(steps, zeros, weights, True, layers, 0.0, False, False, False)[0]

    def forward():
        h = states(e)
        y_hat = h @ p["U"].T + p["b_2"]
        each = 0.5 * ((y_hat - y) ** 2).sum(-1) * counted
        return h, y_hat, each, each.sum() / counted.sum()

    out = {k: v.detach().clone() for k, v in p.items()} | {"e": e, "y": y, "counted": counted}
    with torch.no_grad():  # each reads what the last one said, a tenth of which is how far it moves
        places = e[:GIVEN, :1]
        while len(places) < T:
            places = torch.cat([places, places[-1:] + 0.1 * (states(places)[-1:] @ p["U"].T + p["b_2"])])
    h, y_hat, each, loss = forward()
    loss.backward()
    out |= {"value.h": h, "value.y_hat": y_hat, "value.J_t": each, "loss": loss.reshape(1), "rolled": places[:, 0]}
    out |= {f"grad.{k}": v.grad.clone() for k, v in p.items()}
    out |= learned(torch.optim.Adam(p.values(), RATE), p, lambda: forward()[-1])
    save(HERE / f"{name}.safetensors", out, {
        "made_by": f"tests/oracle/forecaster.py with PyTorch {torch.__version__}",
        "settings": f"cell={cell} num_layers={layers} hidden_size={H} length={T} first_counted={first}",
        "given": str(GIVEN), "rate": repr(RATE), "steps": str(STEPS), "clip": repr(CLIP)})


if __name__ == "__main__":
    for name, case in CASES.items():
        make(name, *case)
