#!/usr/bin/env python3
"""Compares what `unroll export` writes, run in PyTorch, with `unroll trace`: every model, cell, depth and direction.

    /usr/bin/python3 tests/oracle/exported.py       (Debian: apt install python3-torch; not part of the tests)

One line a network: the largest difference of a logit, and the largest logit. Ends with 1 where one is off by 1e-5 or more.
"""
import importlib.util
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import torch

ROOT = Path(__file__).parent.parent.parent
PROGRAM = ROOT / "build/release/unroll"
LIMIT = 1e-5
OTHERS = {"protein": "MKVLAAGIVGLLSTRDEEQNPKYW", "digits": "7 " + "".join(str(i * i % 10) for i in range(144)), "days": "1.25 0.5 2 1.75 3"}
PICTURE = "red circle 0 0, blue square 0 2, noise 7"
PAIRS = {"reverse": "abcda\tbca", "dates": "July 8, 2019\t2019-07-08", "phrases": "100 days ago\tsiku 100 zilizopita",
         "caption": f"{PICTURE}\tred circle and blue square", "relation": f"{PICTURE}\tred circle left of blue square"}


def unroll(*args):
    return subprocess.run([PROGRAM, *map(str, args)], check=True, capture_output=True, text=True, cwd=ROOT).stdout


def ours(weights, text):
    nodes = {}
    source, tab, target = text.partition("\t")
    led = ("--target", target) if tab else ()
    for line in unroll("trace", "--weights", weights, "--input", source, *led, "--json").splitlines():
        node = json.loads(line)
        nodes[node["path"]] = node["value"]
    if "head.o" in nodes:
        return nodes["head.o"]
    scopes = [scope for scope in ("rnn", "window", "decoder") if f"{scope}.1.logits" in nodes]
    if "rnn.1.y_hat" in nodes and not scopes:  # numbers at each step
        return [nodes[f"rnn.{t}.y_hat"] for t in range(1, 1 + sum(path.endswith(".y_hat") for path in nodes))]
    if not scopes:
        return [nodes.get("logits") or nodes["y_hat"]]
    scope = scopes[0]
    return [nodes[f"{scope}.{t}.logits"] for t in range(1, 1 + sum(path.endswith(".logits") for path in nodes))]


def numbers(weights, text):
    """What a module reads where our program is told a picture: its numbers, and what is written for it."""
    source, _, target = text.partition("\t")
    for line in unroll("trace", "--weights", weights, "--input", source, "--target", target, "--json").splitlines():
        node = json.loads(line)
        if node["path"] == "source":
            return " ".join(map(str, node["value"])) + "\t" + target


def compare(name, weights, text, folder):
    prefix = Path(folder) / name.replace(" ", "_").replace("=", "_")
    unroll("export", "--format", "pytorch", "--weights", weights, "--out", prefix)
    spec = importlib.util.spec_from_file_location(prefix.name, f"{prefix}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    net = module.load()
    with torch.no_grad():
        read = net.read(numbers(weights, text) if text.startswith(PICTURE) else text)
        theirs = net(*read) if isinstance(read, tuple) else net(read)
        if hasattr(net, "write"):
            source = text.split("\t")[0]
            greedy = unroll("sample", "--weights", weights, "--prefix", source, "--temperature", 0, "--count", 1, "--json")
            assert net.write(read[0]) == json.loads(greedy)["sample"], f"{name}: another text is written"
    rows = torch.tensor(ours(weights, text))
    if isinstance(net, (module.Gpt, module.AttentionOnly, module.Transformer)):  # all is in the file, which opens again, and changed in PyTorch too
        assert ours(f"{prefix}.safetensors", text) == ours(weights, text), f"{name}: opened again it is another net"
        rows, theirs = torch.tensor(ours(changed(net, prefix), text)), net(*read) if isinstance(read, tuple) else net(read)
    theirs = theirs.reshape(rows.shape)
    off, largest = (rows - theirs).abs().max().item(), rows.abs().max().item()
    print(f"{name:44} {off:.1e} of {largest:.3g}", flush=True)
    return off < LIMIT


def changed(net, prefix):
    """Every parameter another one, and the file of it: the same header, other numbers."""
    data = Path(f"{prefix}.safetensors").read_bytes()
    size = 8 + int.from_bytes(data[:8], "little")
    header, out = json.loads(data[8:size]), bytearray(data)
    torch.manual_seed(1)
    with torch.no_grad():
        for name, tensor in net.named_parameters():
            tensor.add_(torch.randn_like(tensor), alpha=0.1)
            begin, end = (size + at for at in header[name]["data_offsets"])
            out[begin:end] = tensor.numpy().tobytes()
    path = Path(f"{prefix}-changed.safetensors")
    path.write_bytes(out)
    return path


def cases(folder):
    def trained(name, model, task, *settings):
        out = Path(folder) / f"trained-{name.replace(' ', '_')}.safetensors"
        sets = [part for setting in settings for part in ("--set", setting)]
        unroll("train", "--model", model, "--task", task, "--steps", 40, "--out", out, "--json", *sets)
        return name, out, {"names": "marianne", "remember": "badce", "order": "cbda", "before": "dcab", "adding": "0.25 *0.5 0.125 *0.75 1", "ball": "0.25,0.5 0.3,0.49 0.35,0.47 0.4,0.44", **OTHERS, "sentence": "uncle made tea | his green tea", **PAIRS}[task]

    texts = {"names": "marianne", "sentence": "Zuko made his uncle tea", "remember": "abcdefg", "prose": "call me", "ball": "0.25,0.5 0.3,0.49 0.35,0.47", **OTHERS, **PAIRS}
    for recipe in sorted((ROOT / "models").glob("*.json")):
        task = json.loads(recipe.read_text())["task"]
        if task in texts:  # of points there is no module
            yield recipe.stem, recipe.with_suffix(".safetensors"), texts[task]
    for scale in ("on", "off"):
        for keys in ("same", "other"):
            yield trained(f"attention_only {scale} {keys}", "attention_only", "sentence", f"scale={scale}", f"keys={keys}")
    form = ("hidden_size=12", "num_heads=3", "feed_forward_size=20", "batch_size=16")
    for switches in ("", "norm=post feed_forward=gelu", "norm=none residual=off", "positions=sinusoidal count_from=0 scale=off",
                     "positions=sinusoidal positions_join=concatenated", "positions=learned positions_join=concatenated mask=off",
                     "positions=none num_blocks=1 num_heads=1 norm_epsilon=0.01"):
        yield trained(f"gpt {switches}", "gpt", "names", *form, *switches.split())
    for switches in ("task=phrases", "task=dates norm=post feed_forward=gelu tokens=characters num_blocks=2", "task=reverse norm=none num_heads=1",
                     "task=phrases positions=sinusoidal count_from=0 positions_join=concatenated", "task=dates positions=none"):
        task, *more = switches.split()
        yield trained(f"transformer {switches}", "transformer", task[5:], *form, *more)
    for switches in ("task=caption encoder=none num_heads=1 positions=sinusoidal", "task=relation", "task=caption source_layers=1 num_blocks=2"):
        task, *more = switches.split()
        yield trained(f"transformer {switches}", "transformer", task[5:], *form, *more)
    yield trained("encoder remember", "encoder", "remember", "distance=4", *form)
    for task in ("order", "before"):
        for positions in ("learned", "sinusoidal", "none"):
            yield trained(f"encoder {task} {positions}", "encoder", task, *form, f"positions={positions}")
    for task in OTHERS:
        yield trained(f"encoder {task}", "encoder", task, *form)
    small = ("hidden_size=12", "embedding_size=6", "batch_size=16")
    for activation in ("tanh", "sigmoid", "relu"):
        yield trained(f"rnn_lm {activation}", "rnn_lm", "names", f"activation={activation}", *small)
    for cell in ("rnn", "lstm", "gru"):
        for layers in (2, 4):
            yield trained(f"{cell}_lm {layers} layers", f"{cell}_lm", "names", f"num_layers={layers}", *small)
        for directions in (1, 2):
            for layers in (1, 2, 4):
                form = (f"cell={cell}", f"directions={directions}", f"num_layers={layers}")
                yield trained(f"classifier remember {' '.join(form)}", "classifier", "remember", "distance=4", *form, *small)
        for layers in (1, 2):
            yield trained(f"forecaster cell={cell} {layers}", "forecaster", "ball", f"cell={cell}", f"num_layers={layers}", "hidden_size=8")
        yield trained(f"classifier adding cell={cell} both", "classifier", "adding", f"cell={cell}", "directions=2", "length=5", "hidden_size=8")
    yield trained("classifier sigmoid both two", "classifier", "remember", "cell=rnn", "activation=sigmoid", "directions=2", "num_layers=2", *small)
    for attention in ("none", "dot", "scaled", "general", "additive"):
        yield trained(f"seq2seq phrases {attention}", "seq2seq", "phrases", f"attention={attention}", *small)
    for cell in ("rnn", "lstm", "gru"):
        form = (f"cell={cell}", "directions=2", "num_layers=2", "attention=additive")
        yield trained(f"seq2seq dates {' '.join(form)}", "seq2seq", "dates", "tokens=characters", *form, *small)
        yield trained(f"seq2seq reverse {' '.join(form[:3])}", "seq2seq", "reverse", *form[:3], "activation=sigmoid", *small)
    yield trained("window_lm", "window_lm", "names", "window=4", *small)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        good = [compare(*case, scratch) for case in cases(scratch) if len(sys.argv) < 2 or sys.argv[1] in case[0]]
    print(f"{len(good)} networks, {len(good) - sum(good)} off by {LIMIT:g} or more")
    sys.exit(0 if all(good) else 1)
