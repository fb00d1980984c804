#!/usr/bin/env python3
"""Makes mlp_*.safetensors beside this file with PyTorch: feed-forward nets of layers, skips and single wires, under every
error, as tests/oracle/generate.py makes the others.

    /usr/bin/python3 tests/oracle/mlp.py

tests/c/mlp_oracle_test.c builds the same nets from the same settings and compares values, loss, every gradient and ten
updates of Adam.
"""
import torch
import torch.nn.functional as F

from generate import CLIP, HERE, RATE, STEPS, learned, save

# name -> task, numbers in, numbers out, error, h, units a layer (the output last), skips, layer -> wires as rows of bits
CASES = {
    "mlp_curve": ("curve", 1, 1, "squares", "tanh", [5, 1], False, {}),
    "mlp_squares": ("arms", 2, 3, "squares", "sigmoid", [6, 5, 3], False, {}),
    "mlp_bernoulli": ("spiral", 2, 1, "bernoulli", "tanh", [7, 4, 1], True, {}),
    "mlp_binaries": ("arms", 2, 3, "bernoulli", "relu", [9, 3], False, {}),
    "mlp_softmax": ("arms", 2, 3, "softmax", "identity", [4, 3], False, {}),
    "mlp_drawn": ("arms", 2, 3, "softmax", "tanh", [3, 2, 3], True,
                  {1: ["10", "11", "01"], 2: ["10101", "01010"], 3: ["1000001", "0010110", "1111111"]}),
}
H = {"tanh": torch.tanh, "sigmoid": torch.sigmoid, "relu": torch.relu, "identity": lambda a: a}


def forward(p, case, x, t):
    _, _, _, error, h, units, skips, wires = case
    z, seen = x, x
    for l, n in enumerate(units, 1):
        inputs = seen if skips else z
        if l in wires:
            a = torch.cat([inputs[:, [i for i, bit in enumerate(row) if bit == "1"]] @ p[f"W_{l}.{j}"].T + p[f"b_{l}.{j}"]
                           for j, row in enumerate(wires[l], 1)], 1)
        else:
            a = inputs @ p[f"W_{l}"].T + p[f"b_{l}"]
        z = H[h](a)
        seen = torch.cat([seen, z], 1)
    if error == "squares":
        y, each = a, 0.5 * ((a - t) ** 2).sum(1)
    elif error == "bernoulli":
        y, each = a.sigmoid(), F.binary_cross_entropy_with_logits(a, t, reduction="none").sum(1)
    else:
        y, each = a.softmax(1), -(t * a.log_softmax(1)).sum(1)
    return y, each, each.mean()


def make(name, case):
    task, features, outputs, error, h, units, skips, wires = case
    torch.manual_seed(sum(map(ord, name)) + 3)
    p, before = {}, [features]
    for l, n in enumerate(units, 1):
        k = sum(before) if skips else before[-1]
        for suffix, rows, columns in [(f"{l}.{j}", 1, row.count("1")) for j, row in enumerate(wires[l], 1)] if l in wires else [(f"{l}", n, k)]:
            p[f"W_{suffix}"] = torch.randn(rows, columns) * columns**-0.5
            p[f"b_{suffix}"] = torch.randn(rows) * 0.3
        before.append(n)
    for tensor in p.values():
        tensor.requires_grad_()
    B = 11
    x = torch.rand(B, features) * 2 - 1
    if error == "squares":
        t = torch.randn(B, outputs)
    elif error == "bernoulli":
        t = torch.randint(0, 2, (B, outputs)).float()
    else:
        t = F.one_hot(torch.randint(0, outputs, (B,)), outputs).float()
    out = {k: v.detach().clone() for k, v in p.items()} | {"x": x, "y": t}
    y, each, loss = forward(p, case, x, t)
    loss.backward()
    out |= {"value.y_hat": y, "value.J_t": each, "loss": loss.reshape(1)} | {f"grad.{k}": v.grad.clone() for k, v in p.items()}
    out |= learned(torch.optim.Adam(p.values(), RATE), p, lambda: forward(p, case, x, t)[2])
    settings = [f"hidden_{l}={n}" for l, n in enumerate(units[:-1] + [0] * (7 - len(units)), 1)]
    settings += [f"wires_{l}={sum(1 << i for i, bit in enumerate(''.join(rows)) if bit == '1')}" for l, rows in wires.items()]
    settings += [f"skips={'all' if skips else 'none'}", f"activation={h}", f"error={error}"]
    save(HERE / f"{name}.safetensors", out, {
        "made_by": f"tests/oracle/mlp.py with PyTorch {torch.__version__}", "task": task, "settings": " ".join(settings),
        "rate": repr(RATE), "steps": str(STEPS), "clip": repr(CLIP)})


if __name__ == "__main__":
    for name, case in CASES.items():
        make(name, case)
