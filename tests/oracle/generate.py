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


def learned(optimiser, p, loss_of, clip=CLIP):
    """Losses, norms before they are clipped, and the parameters after STEPS updates."""
    losses, norms = [], []
    for _ in range(STEPS):
        optimiser.zero_grad(set_to_none=False)
        loss = loss_of()
        loss.backward()
        norms.append(torch.nn.utils.clip_grad_norm_(p.values(), clip))
        optimiser.step()
        losses.append(loss)
    return {"adam.losses": torch.stack(losses), "adam.norms": torch.stack(norms)} | {f"adam.{k}": v for k, v in p.items()}


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

    out |= learned(torch.optim.Adam(p.values(), RATE), p, lambda: forward(p, f, tokens, targets, h0)[1])
    activation = f.__name__
    save(HERE / f"{name}.safetensors", out, {
        "made_by": f"tests/oracle/generate.py with PyTorch {torch.__version__}", "activation": activation,
        "rate": repr(RATE), "steps": str(STEPS), "clip": repr(CLIP)})


# name -> cell, layers, directions, then V, E, H, T, B; "packed": each sequence has its own length
GATED = {
    "lstm_one": ("lstm", 1, 1, 13, 5, 9, 8, 3),
    "lstm_two": ("lstm", 2, 1, 11, 4, 6, 7, 2),
    "lstm_both": ("lstm", 2, 2, 9, 3, 5, 6, 2),
    "lstm_packed": ("lstm", 1, 2, 8, 4, 5, 6, 4),
    "gru_one": ("gru", 1, 1, 13, 5, 9, 8, 3),
    "gru_two": ("gru", 2, 1, 11, 4, 6, 7, 2),
    "gru_both": ("gru", 2, 2, 9, 3, 5, 6, 2),
    "gru_packed": ("gru", 1, 2, 8, 4, 5, 6, 4),
}


def ours(layer, back, layers):
    """PyTorch's l<k> and _reverse are our prefixes layer<k+1> and back."""
    return "".join([f"layer{layer + 1}." if layers > 1 else "", "back." if back else ""])


def theirs(cell, p, prefix, H):
    """Our one bias (and b_n of the GRU, which stands inside the reset) as PyTorch's two. Gates come in one order: i, f,
    g, o and r, z, n."""
    b_1 = p[prefix + "b_1"]
    b_hh = torch.zeros_like(b_1) if cell == "lstm" else torch.cat([torch.zeros(2 * H), p[prefix + "b_n"]])
    return [p[prefix + "W_e"], p[prefix + "W_h"], b_1, b_hh]


def run(cell, data, sizes, h0, c0, weights, layers, directions):
    """nn.LSTM's and nn.GRU's own function, over a packed batch where sizes are given."""
    state = (h0, c0) if cell == "lstm" else h0
    head = (data, state) if sizes is None else (data, sizes, state)
    tail = (weights, True, layers, 0.0, False, directions == 2) + ((False,) if sizes is None else ())
    return getattr(torch._VF, cell)(*head, *tail)


def gated_forward(cell, weights, p, tokens, targets, lengths, h0, c0, layers, directions):
    T, B = tokens.shape
    e = p["E"][tokens]
    if lengths is None:
        h, *last = run(cell, e, None, h0, c0, weights, layers, directions)
    else:
        packed = torch.nn.utils.rnn.pack_padded_sequence(e, lengths)
        data, *last = run(cell, packed.data, packed.batch_sizes, h0, c0, weights, layers, directions)
        h, _ = torch.nn.utils.rnn.pad_packed_sequence(torch.nn.utils.rnn.PackedSequence(data, packed.batch_sizes))
    logits = h @ p["U"].T + p["b_2"]
    loss = F.cross_entropy(logits.reshape(T * B, -1), targets.reshape(-1), ignore_index=-1)
    return {"h": h} | ({"c_n": last[-1]} if cell == "lstm" else {}), loss


def make_gated(name, cell, layers, directions, V, E, H, T, B):
    torch.manual_seed(sum(map(ord, name)))
    packed, parts = name.endswith("packed"), 4 if cell == "lstm" else 3
    module = (torch.nn.LSTM if cell == "lstm" else torch.nn.GRU)(E, H, layers, bidirectional=directions == 2)
    p = {"E": torch.randn(V, E)}
    for layer in range(layers):
        for back in range(directions):
            end, prefix = f"_l{layer}" + "_reverse" * back, ours(layer, back, layers)
            b_ih, b_hh = (getattr(module, f"bias_{x}{end}").detach() for x in ("ih", "hh"))
            p[prefix + "W_e"] = getattr(module, "weight_ih" + end).detach().clone()
            p[prefix + "W_h"] = getattr(module, "weight_hh" + end).detach().clone()
            if cell == "lstm":
                p[prefix + "b_1"] = b_ih + b_hh
            else:
                p[prefix + "b_1"] = b_ih + torch.cat([b_hh[:2 * H], torch.zeros(H)])
                p[prefix + "b_n"] = b_hh[2 * H:].clone()
    p |= {"U": (torch.rand(V, H * directions) * 2 - 1) * H**-0.5, "b_2": (torch.rand(V) * 2 - 1) * H**-0.5}
    tokens, targets = torch.randint(0, V, (T, B)), torch.randint(0, V, (T, B))
    for b in range(1, B):
        targets[T - b:, b] = -1
    lengths = torch.tensor([T - b for b in range(B)]) if packed else None
    h0, c0 = (torch.randn(layers * directions, B, H) * 0.3 for _ in range(2))
    out = {k: v.clone() for k, v in p.items()} | {"tokens": tokens, "targets": targets, "h0": h0, "c0": c0}
    out["lengths"] = lengths if packed else torch.full((B,), T)
    fixed = (tokens, targets, lengths, h0, c0, layers, directions)

    # Values and gradients with the module's own two biases.
    for tensor in (p["E"], p["U"], p["b_2"]):
        tensor.requires_grad_()
    values, loss = gated_forward(cell, module._flat_weights, p, *fixed)
    loss.backward()
    out |= {f"value.{k}": v for k, v in values.items()} | {"loss": loss.reshape(1)}
    out |= {f"grad.{k}": p[k].grad.clone() for k in ("E", "U", "b_2")}
    for layer in range(layers):
        for back in range(directions):
            end, prefix = f"_l{layer}" + "_reverse" * back, ours(layer, back, layers)
            out[f"grad.{prefix}W_e"] = getattr(module, "weight_ih" + end).grad
            out[f"grad.{prefix}W_h"] = getattr(module, "weight_hh" + end).grad
            out[f"grad.{prefix}b_1"] = getattr(module, "bias_ih" + end).grad
            if cell == "gru":
                out[f"grad.{prefix}b_n"] = getattr(module, "bias_hh" + end).grad[2 * H:]

    # Updates with ours: two biases in one sum would take two steps.
    p = {k: v.detach().clone().requires_grad_() for k, v in p.items()}
    def again():
        prefixes = [ours(layer, back, layers) for layer in range(layers) for back in range(directions)]
        weights = [w for prefix in prefixes for w in theirs(cell, p, prefix, H)]
        return gated_forward(cell, weights, p, *fixed)[1]

    out |= learned(torch.optim.Adam(p.values(), RATE), p, again)
    save(HERE / f"{name}.safetensors", out, {
        "made_by": f"tests/oracle/generate.py with PyTorch {torch.__version__}", "cell": cell, "layers": str(layers),
        "directions": str(directions), "rate": repr(RATE), "steps": str(STEPS), "clip": repr(CLIP)})


# name -> cell, attention, layers, directions, then V, E, H, S, T, B. Sources and targets have lengths of their own.
CODERS = {
    "coder_none": ("lstm", "none", 2, 2, 11, 5, 8, 6, 5, 4),
    "coder_dot": ("gru", "dot", 1, 1, 9, 4, 7, 5, 4, 3),
    "coder_scaled": ("rnn", "scaled", 1, 2, 10, 3, 6, 7, 3, 3),
    "coder_general": ("lstm", "general", 1, 1, 12, 4, 9, 6, 5, 2),
    "coder_additive": ("gru", "additive", 2, 1, 8, 5, 6, 5, 6, 3),
    "coder_both": ("gru", "additive", 1, 2, 8, 4, 10, 6, 4, 3),
}
READS = {"rnn": "rnn_tanh", "lstm": "lstm", "gru": "gru"}


def biases(cell, p, prefix, H):
    return theirs("lstm" if cell == "rnn" else cell, p, prefix, H)


def coder_forward(p, cell, attention, layers, directions, source, lengths, tokens, targets):
    """The encoder over a packed batch; its last states, both directions side by side, are the decoder's first; scores
    over all of its states but padding; the weighted sum beside the decoder's state before the output."""
    T, B = tokens.shape
    H = p["U"].shape[1] // (1 if attention == "none" else 2)
    D = H // directions
    encoder = [w for layer in range(layers) for back in range(directions)
               for w in biases(cell, p, "encoder." + ours(layer, back, layers), D)]
    decoder = [w for layer in range(layers) for w in biases(cell, p, "decoder." + ours(layer, 0, layers), H)]
    zero = torch.zeros(layers * directions, B, D)
    packed = torch.nn.utils.rnn.pack_padded_sequence(p["E_source"][source], lengths)
    data, *last = run(READS[cell], packed.data, packed.batch_sizes, zero, zero, encoder, layers, directions)
    states, _ = torch.nn.utils.rnn.pad_packed_sequence(torch.nn.utils.rnn.PackedSequence(data, packed.batch_sizes))
    side_by_side = lambda s: torch.cat(list(s.view(layers, directions, B, D).unbind(1)), -1)
    first = [side_by_side(s) for s in last]
    h, *_ = run(READS[cell], p["E"][tokens], None, first[0], first[-1], decoder, layers, 1)
    values = {"h": h}
    if attention == "none":
        read = h
    else:
        if attention == "additive":
            scores = torch.tanh((states @ p["W_1"].T)[None] + (h @ p["W_2"].T)[:, None]) @ p["v"]  # [T,S,B]
        else:
            query = h @ p["W_a"].T if attention == "general" else h
            scores = torch.einsum("tbh,sbh->tsb", query, states)
            if attention == "scaled":
                scores = scores / H**0.5
        beyond = torch.arange(source.shape[0])[:, None] >= lengths[None]
        alpha = scores.masked_fill(beyond[None], float("-inf")).softmax(1)
        values["alpha"] = alpha.transpose(1, 2).contiguous()  # [T,B,S]
        read = torch.cat([torch.einsum("tsb,sbh->tbh", alpha, states), h], -1)
    values["logits"] = read @ p["U"].T + p["b_2"]
    loss = F.cross_entropy(values["logits"].reshape(T * B, -1), targets.reshape(-1), ignore_index=-1)
    return values, loss


def make_coder(name, cell, attention, layers, directions, V, E, H, S, T, B):
    torch.manual_seed(sum(map(ord, name)))
    D, gates = H // directions, {"rnn": 1, "lstm": 4, "gru": 3}[cell]
    uniform = lambda *shape: (torch.rand(*shape) * 2 - 1) * H**-0.5
    p = {"E_source": torch.randn(V, E), "E": torch.randn(V, E)}
    for scope, wide, ways in (("encoder.", D, directions), ("decoder.", H, 1)):
        for layer in range(layers):
            for back in range(ways):
                prefix = scope + ours(layer, back, layers)
                p[prefix + "W_e"] = uniform(gates * wide, E if layer == 0 else wide * ways)
                p[prefix + "W_h"] = uniform(gates * wide, wide)
                p[prefix + "b_1"] = uniform(gates * wide)
                if cell == "gru":
                    p[prefix + "b_n"] = uniform(wide)
    if attention == "general":
        p["W_a"] = uniform(H, H)
    if attention == "additive":
        # large, so that tanh bends: where it does not, the gradient of W_2 is a sum that cancels, and all rounding
        p |= {"W_1": uniform(H, H) * 4, "W_2": uniform(H, H) * 4, "v": uniform(H) * 3}
    p |= {"U": uniform(V, H if attention == "none" else 2 * H), "b_2": uniform(V)}
    lengths = torch.tensor([max(1, S - 2 * b) for b in range(B)])
    source, tokens, targets = torch.randint(2, V, (S, B)), torch.randint(0, V, (T, B)), torch.randint(0, V, (T, B))
    for b in range(B):
        source[lengths[b]:, b] = 1
        targets[T - b:, b] = -1
    out = {k: v.clone() for k, v in p.items()} | {"source": source, "tokens": tokens, "targets": targets}
    fixed = (cell, attention, layers, directions, source, lengths, tokens, targets)
    for tensor in p.values():
        tensor.requires_grad_()
    values, loss = coder_forward(p, *fixed)
    loss.backward()
    out |= {f"value.{k}": v for k, v in values.items()} | {"loss": loss.reshape(1)}
    out |= {f"grad.{k}": v.grad.clone() for k, v in p.items()}
    out |= learned(torch.optim.Adam(p.values(), RATE), p, lambda: coder_forward(p, *fixed)[1])
    save(HERE / f"{name}.safetensors", out, {
        "made_by": f"tests/oracle/generate.py with PyTorch {torch.__version__}", "cell": cell, "attention": attention,
        "num_layers": str(layers), "directions": str(directions), "embedding_size": str(E), "hidden_size": str(H),
        "rate": repr(RATE), "steps": str(STEPS), "clip": repr(CLIP)})


if __name__ == "__main__":
    for case, settings in CASES.items():
        make(case, *settings)
    for case, settings in GATED.items():
        make_gated(case, *settings)
    for case, settings in CODERS.items():
        make_coder(case, *settings)
