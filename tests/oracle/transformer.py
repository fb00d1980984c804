"""Fixtures of the model transformer: /usr/bin/python3 tests/oracle/transformer.py writes transformer_*.safetensors beside this file.

Parts are PyTorch's own nn.TransformerEncoderLayer and nn.TransformerDecoderLayer, run layer by layer in training mode without
dropout, since in eval their fast path cuts the output to the longest unpadded length. Our matrices are put into theirs, so nothing
depends on how theirs begin. Beside the loss and every gradient a fixture holds what each layer makes, for what is no padding.
"""
import torch
import torch.nn.functional as F
from torch import nn

import gpt
from gpt import CLIP, DECAY, EPSILON, HERE, RATE, STEPS
from generate import learned, save

V, D, FF, S, T, B = 11, 12, 20, 7, 6, 3
E = 192  # numbers of a patch, where a source is a picture
SOURCES, TARGETS = [7, 4, 1], [5, 6, 2]  # tokens of each; <end> is counted in the second
CASES = {
    "transformer_waves": {"positions": "sinusoidal"},
    "transformer_post": {"norm": "post", "feed_forward": "gelu", "num_heads": "2", "positions": "learned"},
    "transformer_none": {"norm": "none", "positions": "none", "num_heads": "1", "num_blocks": "1"},
    "transformer_patches": {"positions": "sinusoidal", "num_blocks": "1", "encoder": "none", "source_layers": "2"},
    "transformer_pictures": {"positions": "learned", "source_layers": "1"},
    "transformer_beside": {"positions": "sinusoidal", "positions_join": "concatenated", "count_from": "0", "num_heads": "4"},
}
DEFAULTS = {"hidden_size": str(D), "num_heads": "3", "num_blocks": "2", "feed_forward_size": str(FF), "positions": "learned",
            "positions_join": "added", "count_from": "1", "norm": "pre", "feed_forward": "relu", "context_size": str(S + 2)}
ATTENTION = {"Q": (D, D), "b_q": (D,), "K": (D, D), "b_k": (D,), "V": (D, D), "b_v": (D,), "W_o": (D, D), "b_o": (D,)}
FEED = {"gamma_1": (D,), "beta_1": (D,), "W_1": (FF, D), "b_1": (FF,), "W_2": (D, FF), "b_2": (D,), "gamma_2": (D,), "beta_2": (D,)}


def blocks_of(s, scope):
    return 0 if scope == "encoder" and s.get("encoder") == "none" else int(s["num_blocks"])


def lengths_of(s):
    return torch.tensor([S] * B if "source_layers" in s else SOURCES)


def parameters(s):
    width = D - D // 2 if s["positions_join"] == "concatenated" else D
    shapes = {}
    for scope, end in (("encoder", "_source"), ("decoder", "")):
        if end and "source_layers" in s:  # a dense layer over numbers, or two
            inner = {"E_1" + end: (D, E), "b_E1" + end: (D,)} if s["source_layers"] == "2" else {}
            shapes |= inner | {"E" + end: (width, D if inner else E), "b_E" + end: (width,)}
        else:
            shapes["E" + end] = (V, width)
        if s["positions"] == "learned":
            shapes["P" + end] = (S + 2, D)
        for b in range(1, blocks_of(s, scope) + 1):
            shapes |= {f"{scope}.{b}.{k}": v for k, v in (ATTENTION | FEED).items()}
            if scope == "decoder":
                shapes |= {f"{scope}.{b}.cross.{k}": v for k, v in (ATTENTION | {"gamma": (D,), "beta": (D,)}).items()}
        shapes |= {"gamma" + end: (D,), "beta" + end: (D,)}
    shapes |= {"U": (V, D), "b_2": (V,)}
    p = {}
    for name, shape in shapes.items():
        x = torch.randn(shape) * (1 if name[0] in "EP" and "source_layers" not in s else 0.3)
        p[name] = x + 1 if name.split(".")[-1].startswith("gamma") else x
    return p


def attention(p, k, end=""):
    stack = lambda names: torch.cat([p[k + name] for name in names])
    return {f"{end}in_proj_weight": stack("QKV"), f"{end}in_proj_bias": stack(("b_q", "b_k", "b_v")),
            f"{end}out_proj.weight": p[k + "W_o"], f"{end}out_proj.bias": p[k + "b_o"]}


def layer(p, s, k, kind):
    """One of PyTorch's layers with our numbers as its parameters, to be called with what it takes."""
    form = dict(d_model=D, nhead=int(s["num_heads"]), dim_feedforward=FF, dropout=0.0, activation=s["feed_forward"],
                layer_norm_eps=EPSILON, norm_first=s["norm"] == "pre")
    module, crossed = kind(**form), kind is nn.TransformerDecoderLayer
    theirs = attention(p, k, "self_attn.") | {"linear1.weight": p[k + "W_1"], "linear1.bias": p[k + "b_1"],
                                             "linear2.weight": p[k + "W_2"], "linear2.bias": p[k + "b_2"]}
    norms = [(k + "gamma_1", k + "beta_1"), (k + "gamma_2", k + "beta_2")]
    if crossed:
        theirs |= attention(p, k + "cross.", "multihead_attn.")
        norms.insert(1, (k + "cross.gamma", k + "cross.beta"))
    for i, (gamma, beta) in enumerate(norms, 1):
        theirs |= {f"norm{i}.weight": p[gamma], f"norm{i}.bias": p[beta]}
        if s["norm"] == "none":
            setattr(module, f"norm{i}", nn.Identity())
            del theirs[f"norm{i}.weight"], theirs[f"norm{i}.bias"]
    return lambda *args, **more: torch.nn.utils.stateless.functional_call(module, theirs, args, more)


def embedded(p, s, source, end):
    if not source.is_floating_point():
        return F.embedding(source, p["E" + end])
    if "E_1" + end in p:
        source = F.relu(F.linear(source, p["E_1" + end], p["b_E1" + end]))
    return F.linear(source, p["E" + end], p["b_E" + end])


def stream(p, s, tokens, end):
    e, steps = embedded(p, s, tokens, end), len(tokens)
    if s["positions"] == "none":
        return e
    if s["positions"] == "learned":
        return e + p["P" + end][:steps, None]
    gpt.T = steps
    place = gpt.waves(D - e.shape[-1] or D, int(s["count_from"]))[:, None].expand(steps, B, -1)
    return torch.cat([e, place], -1) if e.shape[-1] < D else e + place


def cross_weights(p, s, k, x, states, padding):
    """Of each head, averaged by nobody: [A,B,T,S]."""
    module = nn.MultiheadAttention(D, int(s["num_heads"]))
    _, weights = torch.nn.utils.stateless.functional_call(
        module, attention(p, k), (x, states, states), {"key_padding_mask": padding, "average_attn_weights": False})
    return weights.transpose(0, 1)


def forward(p, s, source, tokens, targets):
    padding = torch.arange(S)[None] >= lengths_of(s)[:, None]  # [B,S]
    last = lambda h, end: F.layer_norm(h, (D,), p["gamma" + end], p["beta" + end], EPSILON) if s["norm"] == "pre" else h
    values, kept, made = {}, (~padding).T[..., None], "norm_2" if s["norm"] == "post" else "out"
    states = stream(p, s, source, "_source")
    for b in range(1, blocks_of(s, "encoder") + 1):
        states = layer(p, s, f"encoder.{b}.", nn.TransformerEncoderLayer)(states, src_key_padding_mask=padding)
        values[f"encoder.{b}.{made}"] = states * kept
    states = last(states, "_source")
    ahead = torch.ones(T, T).triu(1).bool()
    h = stream(p, s, tokens, "")
    for b in range(1, int(s["num_blocks"]) + 1):
        k = f"decoder.{b}."
        if s["norm"] == "pre" and b == 1:  # what the first attention across looks at, from its own parts
            own = nn.MultiheadAttention(D, int(s["num_heads"]))
            x = F.layer_norm(h, (D,), p[k + "gamma_1"], p[k + "beta_1"], EPSILON)
            o, _ = torch.nn.utils.stateless.functional_call(own, attention(p, k), (x, x, x), {"attn_mask": ahead})
            x = F.layer_norm(h + o, (D,), p[k + "cross.gamma"], p[k + "cross.beta"], EPSILON)
            values[k + "cross.a"] = cross_weights(p, s, k + "cross.", x, states, padding)
        h = layer(p, s, k, nn.TransformerDecoderLayer)(h, states, tgt_mask=ahead, memory_key_padding_mask=padding)
        values[f"{k}{made}"] = h
    logits = F.linear(last(h, ""), p["U"], p["b_2"])
    loss = F.cross_entropy(logits.reshape(T * B, V), targets.reshape(-1), ignore_index=-1)
    return loss, values | {"logits": logits}


def make(name, case):
    torch.manual_seed(sum(name.encode()))
    s = DEFAULTS | case
    p = parameters(s)
    out = {k: v.clone() for k, v in p.items()}
    source, tokens, targets = (torch.randint(2, V, shape) for shape in ((S, B), (T, B), (T, B)))
    tokens[0] = 0  # <start>
    if "source_layers" in s:
        source = torch.rand(S, B, E)
    for b in range(B):
        source[lengths_of(s)[b] :, b] = 1  # <end>
        targets[TARGETS[b] - 1, b] = 1
        targets[TARGETS[b] :, b] = -1
        tokens[1:, b] = targets[:-1, b].clamp(min=1)
    for tensor in p.values():
        tensor.requires_grad_()
    loss, values = forward(p, s, source, tokens, targets)
    loss.backward()
    for v in p.values():
        v.grad = torch.zeros_like(v) if v.grad is None else v.grad
    out |= {"source": source.float(), "tokens": tokens.float(), "targets": targets.float(), "loss": loss.reshape(1)}
    out |= {f"value.{k}": v for k, v in values.items()} | {f"grad.{k}": v.grad.clone() for k, v in p.items()}
    out |= learned(torch.optim.AdamW(p.values(), RATE, weight_decay=DECAY), p, lambda: forward(p, s, source, tokens, targets)[0], CLIP)
    save(HERE / f"{name}.safetensors", out, {
        "made_by": f"tests/oracle/transformer.py with PyTorch {torch.__version__}",
        "settings": " ".join(f"{k}={v}" for k, v in s.items()),
        "rate": repr(RATE), "steps": str(STEPS), "clip": repr(CLIP), "decay": repr(DECAY)})


if __name__ == "__main__":
    for name, case in CASES.items():
        make(name, case)
