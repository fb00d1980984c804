#!/usr/bin/env python3
"""Makes the files in tests/oracle/pytorch: state_dicts as PyTorch's users save them, and the logits of PyTorch.

    /usr/bin/python3 tests/oracle/pytorch.py        (Debian: apt install python3-torch; not part of the tests)

NAME.safetensors is what safetensors.torch.save_file(net.state_dict(), ...) writes; where a vocabulary is given in a
file, NAME.json is it. expected.json has for each NAME a text, the options that the command needs, the symbols in the
order of the rows, and the logits after each symbol read. tests/cli/pytorch.test.ts opens them all and compares.
"""
import json
import struct
from pathlib import Path

import torch
from torch import nn

HERE = Path(__file__).parent / "pytorch"
DTYPES = {torch.float32: "F32", torch.float16: "F16", torch.bfloat16: "BF16", torch.float64: "F64", torch.int64: "I64"}


def save_file(tensors, path):
    """As safetensors' package: the widest numbers first, then by name; 8 bytes of header length, JSON, data."""
    header, blobs, at = {"__metadata__": {"format": "pt"}}, [], 0
    for name, tensor in sorted(tensors.items(), key=lambda item: (-item[1].element_size(), item[0])):
        tensor = tensor.detach().contiguous()
        blob = bytes(tensor.flatten().view(torch.uint8).tolist()) if tensor.dim() else struct.pack("<q", int(tensor))
        header[name] = {"dtype": DTYPES[tensor.dtype], "shape": list(tensor.shape), "data_offsets": [at, at + len(blob)]}
        blobs.append(blob)
        at += len(blob)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + b"".join(blobs))


class Net(nn.Module):
    """names: what the three modules are called."""

    def __init__(self, names, cell, V, E, H, layers=1, directions=1, whole=False, outputs=None, embedding=True, bias=True, **more):
        super().__init__()
        self.names, self.whole, self.H = names, whole, H
        if embedding:
            self.add_module(names[0], nn.Embedding(V, E))
        module = {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}[cell]
        self.add_module(names[1], module(E, H, layers, bidirectional=directions == 2, bias=bias, **more))
        self.add_module(names[2], nn.Linear(H * directions, outputs or V, bias=bias))

    def forward(self, x):
        modules = dict(self.named_modules())
        embedding, rnn, linear = (modules.get(name) for name in self.names)
        h, _ = rnn(embedding(x) if embedding else x)
        if not self.whole:
            return linear(h)
        h = torch.cat([h[-1, :, : self.H], h[0, :, self.H :]], -1) if rnn.bidirectional else h[-1]
        return linear(h)


LETTERS = list("abcdefgh")
PLAIN = ("embedding", "rnn", "linear")
# name -> text, symbols in the order of the rows, how the vocabulary is written ("list", "map"), what the model reads
# first (its row), options of the command, dtype, form of the network
CASES = {
    "rnn_tanh": ("badge", [".", *"hgfedcba"], "list", ".", ["--start", ".", "--end", "."], torch.float32, (PLAIN, "rnn", 9, 5, 7), {}),
    "rnn_relu_two": ("face", ["\n", " ", *LETTERS], "map", "\n", ["--activation", "relu"], torch.float32,
                     (("wte", "body", "head"), "rnn", 10, 4, 6), {"layers": 2, "nonlinearity": "relu"}),
    "lstm_one": ("cabbage", [*LETTERS, "<start>", "<end>"], "list", "<start>", [], torch.float32, (("emb", "lstm", "out"), "lstm", 10, 5, 8), {}),
    "lstm_four": ("deaf", [*LETTERS, "<s>", "</s>"], "list", "<s>", [], torch.float32, (PLAIN, "lstm", 10, 3, 4), {"layers": 4}),
    "lstm_square": ("bead", ["é", *LETTERS, "<eos>"], "map", "<eos>", [], torch.float32, (("encoder_emb", "lstm", "decoder"), "lstm", 10, 6, 6), {"bias": False}),
    "gru_one": ("aged", [" ", *LETTERS], "list", " ", ["--start", " ", "--end", ""], torch.float32, (PLAIN, "gru", 9, 4, 6), {}),
    "gru_three": ("feed", ["\n", *LETTERS], "list", "\n", [], torch.float32, (PLAIN, "gru", 9, 4, 5), {"layers": 3}),
    "lstm_f16": ("face", ["\n", *LETTERS], "list", "\n", [], torch.float16, (PLAIN, "lstm", 9, 4, 5), {}),
    "gru_bf16": ("face", ["\n", *LETTERS], "list", "\n", [], torch.bfloat16, (PLAIN, "gru", 9, 4, 5), {}),
    "rnn_f64": ("face", ["\n", *LETTERS], "list", "\n", [], torch.float64, (PLAIN, "rnn", 9, 4, 5), {}),
    "remember_lstm": ("dabach", LETTERS[::-1], "list", None, ["--as", "classifier"], torch.float32, (PLAIN, "lstm", 8, 4, 5), {"whole": True}),
    "remember_both": ("dabach", LETTERS, "list", None, [], torch.float32, (PLAIN, "lstm", 8, 4, 5), {"whole": True, "layers": 2, "directions": 2}),
    "remember_gru": ("bad", LETTERS, "map", None, [], torch.float32, (PLAIN, "gru", 8, 4, 5), {"whole": True, "directions": 2}),
    "remember_rnn": ("bad", LETTERS, "list", None, [], torch.float32, (PLAIN, "rnn", 8, 4, 5), {"whole": True, "layers": 3, "directions": 2}),
    "adding_gru": ("0.25 *0.5 0.125 *0.75", None, None, None, [], torch.float32, (PLAIN, "gru", 0, 2, 6),
                   {"whole": True, "outputs": 1, "embedding": False}),
    "ball_gru": ("0.25,0.5 0.3,0.49 0.35,0.47 0.4,0.44", None, None, None, [], torch.float32, (PLAIN, "gru", 0, 2, 6),
                 {"outputs": 2, "embedding": False}),
}


def read(text, symbols, first):
    if "," in text:
        places = [[float(number) for number in place.split(",")] for place in text.split()]
        return torch.tensor(places[:-1]).reshape(-1, 1, 2)  # the last is only to be said
    if symbols is None:
        return torch.tensor([(float(word.lstrip("*")), float(word.startswith("*"))) for word in text.split()]).reshape(-1, 1, 2)
    rows = ([] if first is None else [symbols.index(first)]) + [symbols.index(letter) for letter in text]
    return torch.tensor(rows).reshape(-1, 1)


def make(name, text, symbols, form, first, options, dtype, shape, more):
    torch.manual_seed(sum(map(ord, name)))
    net = Net(*shape, **more)
    tensors = {key: value.to(dtype) for key, value in net.state_dict().items()}
    if name == "lstm_one":
        tensors["steps_trained"] = torch.tensor(1200)  # a buffer that nothing here is computed with
    prefix = "model." if name == "rnn_relu_two" else ""  # a module within another
    save_file({prefix + key: value for key, value in tensors.items()}, HERE / f"{name}.safetensors")
    net.load_state_dict({key: value.float() for key, value in tensors.items()}, strict=False)
    if form is not None:
        written = symbols if form == "list" else {symbol: i for i, symbol in enumerate(symbols)}
        (HERE / f"{name}.json").write_text(json.dumps(written, ensure_ascii=False) + "\n")
    with torch.no_grad():
        logits = net.eval()(read(text, symbols, first))
    logits = logits if more.get("whole") else logits.squeeze(1)
    return {"text": text, "options": options, "symbols": symbols, "first": first, "logits": logits.tolist()}


if __name__ == "__main__":
    HERE.mkdir(exist_ok=True)
    expected = {name: make(name, *case) for name, case in CASES.items()}
    lines = ",\n".join(f'  "{name}": {json.dumps(one, ensure_ascii=False)}' for name, one in expected.items())
    (HERE / "expected.json").write_text(f'{{\n  "made_by": "tests/oracle/pytorch.py with PyTorch {torch.__version__}",\n{lines}\n}}\n')
