"""A network of Unroll in PyTorch.

    python3 THIS_FILE.py TEXT       prints the symbols of the text and the logits after each, as JSON

    from THIS_FILE import load      # a module: tokens in, logits out
    net = load()
    logits = net(net.read("emma"))

The weights are in the file of the same name that ends in .safetensors, beside this one. Nothing but PyTorch is needed.
"""
import json
import struct
import sys
from pathlib import Path

import torch
from torch import nn


def read_safetensors(path):
    """Tensors by name, and the metadata. 8 bytes say how long the header is, a JSON object; the numbers follow."""
    data = Path(path).read_bytes()
    (size,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8 : 8 + size])
    metadata = header.pop("__metadata__", {})
    tensors = {}
    for name, entry in header.items():
        if entry["dtype"] != "F32":
            raise ValueError(f"{path}: {name} is {entry['dtype']}; this program writes and reads F32")
        begin, end = (8 + size + offset for offset in entry["data_offsets"])
        tensors[name] = torch.frombuffer(bytearray(data[begin:end]), dtype=torch.float32).reshape(entry["shape"])
    return tensors, metadata


class SigmoidRNN(nn.RNN):
    """nn.RNN, which has tanh and relu only, with the sigmoid: the same parameters under the same names."""

    def one_way(self, x, end):
        w_ih, w_hh, b_ih, b_hh = (getattr(self, part + end) for part in ("weight_ih", "weight_hh", "bias_ih", "bias_hh"))
        h, states = x.new_zeros(x.shape[1], self.hidden_size), []
        for step in x:
            h = torch.sigmoid(step @ w_ih.T + b_ih + h @ w_hh.T + b_hh)
            states.append(h)
        return torch.stack(states)

    def forward(self, x):
        for layer in range(self.num_layers):
            ways = [self.one_way(x, f"_l{layer}")]
            if self.bidirectional:
                ways.append(self.one_way(x.flip(0), f"_l{layer}_reverse").flip(0))
            x = torch.cat(ways, -1)
        return x, None


def recurrent(cell, activation, shapes):
    """The module whose parameters have these shapes."""
    hidden, size = shapes["rnn.weight_hh_l0"][1], shapes["rnn.weight_ih_l0"][1]
    layers = sum(name.startswith("rnn.weight_ih_l") and not name.endswith("_reverse") for name in shapes)
    form = {"num_layers": layers, "bidirectional": "rnn.weight_ih_l0_reverse" in shapes}
    if cell != "rnn":
        return {"lstm": nn.LSTM, "gru": nn.GRU}[cell](size, hidden, **form)
    return SigmoidRNN(size, hidden, **form) if activation == "sigmoid" else nn.RNN(size, hidden, nonlinearity=activation, **form)


class Net(nn.Module):
    """Embedding, recurrent layers (or one layer over a window of tokens), linear layer."""

    def __init__(self, said, shapes):
        super().__init__()
        self.said, self.vocabulary = said, json.loads(said["vocabulary"])
        self.whole = said["model"] == "classifier"  # one answer for a whole sequence
        if "embedding.weight" in shapes:
            self.embedding = nn.Embedding(*shapes["embedding.weight"])
        if said["cell"] == "window":
            outputs, inputs = shapes["hidden.weight"]
            self.hidden = nn.Linear(inputs, outputs)
        else:
            self.rnn = recurrent(said["cell"], said["activation"], shapes)
        outputs, inputs = shapes["linear.weight"]
        self.linear = nn.Linear(inputs, outputs)

    def read(self, text):
        """The input that a text is: tokens [T,1]; windows of them [T,1,W]; of the task adding, numbers [T,1,2]."""
        if not hasattr(self, "embedding"):
            steps = [(float(word.lstrip("*")), float(word.startswith("*"))) for word in text.split()]
            return torch.tensor(steps).reshape(-1, 1, 2)
        tokens = [self.vocabulary.index(symbol) for symbol in text]
        if not self.whole:
            tokens = [0] + tokens  # <start> comes first
            if self.said["task"] == "prose":
                tokens.pop()  # a piece does not end, so nothing is asked after its last symbol
        if self.said["cell"] != "window":
            return torch.tensor(tokens).reshape(-1, 1)
        width = int(self.said["window"])
        padded = [0] * (width - 1) + tokens
        return torch.tensor([padded[t : t + width] for t in range(len(tokens))]).reshape(-1, 1, width)

    def forward(self, x):
        """Logits [T,B,V], one row after each token; of a net that answers once, [B,V] or the number [B,1]."""
        e = self.embedding(x) if hasattr(self, "embedding") else x
        if self.said["cell"] == "window":
            return self.linear(torch.tanh(self.hidden(e.flatten(2))))
        h, _ = self.rnn(e)
        if not self.whole:
            return self.linear(h)
        # What reads from the beginning has seen everything at the last step, what reads from the end at the first.
        if self.rnn.bidirectional:
            h = torch.cat([h[-1, :, : self.rnn.hidden_size], h[0, :, self.rnn.hidden_size :]], -1)
        else:
            h = h[-1]
        return self.linear(h)


def load(path=Path(__file__).with_suffix(".safetensors")):
    """The network with its weights, from that file."""
    tensors, said = read_safetensors(path)
    net = Net(said, {name: tuple(tensor.shape) for name, tensor in tensors.items()})
    net.load_state_dict(tensors)
    return net.eval()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(f"usage: python3 {sys.argv[0]} TEXT")
    network = load()
    with torch.no_grad():
        answers = network(network.read(sys.argv[1]))
    print(json.dumps({"vocabulary": network.vocabulary, "logits": answers.squeeze(1).tolist() if not network.whole else answers.tolist()}))
