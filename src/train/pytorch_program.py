"""A network of Unroll in PyTorch.

    python3 THIS_FILE.py TEXT       prints the symbols of the text and the logits after each, as JSON

    from THIS_FILE import load      # a module: tokens in, logits out
    net = load()
    logits = net(net.read("emma"))

Of an encoder and a decoder TEXT is a source, and prints what is written for it; or a source, a tab and what is written
for it, and prints the logits after each of its symbols: net(*net.read("2 days ago\tsiku 2 zilizopita")). Where it reads
pictures the source is their numbers with spaces between, patch after patch, each dot by dot: red, green, blue.

The weights are in the file of the same name that ends in .safetensors, beside this one. Nothing but PyTorch is needed.
"""
import json
import re
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

    def one_way(self, x, h, end):
        w_ih, w_hh, b_ih, b_hh = (getattr(self, part + end) for part in ("weight_ih", "weight_hh", "bias_ih", "bias_hh"))
        states = []
        for step in x:
            h = torch.sigmoid(step @ w_ih.T + b_ih + h @ w_hh.T + b_hh)
            states.append(h)
        return torch.stack(states), h

    def forward(self, x, first=None):
        ways = ("", "_reverse") if self.bidirectional else ("",)
        if first is None:
            first = x.new_zeros(self.num_layers * len(ways), x.shape[1], self.hidden_size)
        last = []
        for layer in range(self.num_layers):
            both = []
            for way in ways:
                states, h = self.one_way(x.flip(0) if way else x, first[len(last)], f"_l{layer}{way}")
                both.append(states.flip(0) if way else states)
                last.append(h)
            x = torch.cat(both, -1)
        return x, torch.stack(last)


def recurrent(cell, activation, shapes, name="rnn"):
    """The module of this name, whose parameters have these shapes."""
    hidden, size = shapes[f"{name}.weight_hh_l0"][1], shapes[f"{name}.weight_ih_l0"][1]
    layers = sum(key.startswith(f"{name}.weight_ih_l") and not key.endswith("_reverse") for key in shapes)
    form = {"num_layers": layers, "bidirectional": f"{name}.weight_ih_l0_reverse" in shapes}
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
        """The input that a text is: tokens [T,1]; windows of them [T,1,W]; of adding numbers, of ball places [T,1,2]."""
        if self.said["task"] == "ball":
            places = [[float(number) for number in place.split(",")] for place in text.split()]
            return torch.tensor(places[:-1]).reshape(-1, 1, 2)  # the last is only to be said
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
        """Logits [T,B,V], one row after each token; of a net that answers once, [B,V] or the number [B,1]; of places,
        by how much the next one will have moved, in tenths of a side [T,B,2]."""
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


SIGN = r"[!-&(-@\[-`{-~]"  # what stands alone: ASCII that is no letter and no apostrophe


def apart(text):
    """A side of a pair as words and signs."""
    return re.findall(rf"{SIGN}|(?:(?!{SIGN})\S)+", text)


def together(words):
    """The same as people write it: no space between signs, and one after a comma."""
    text = ""
    for before, word in zip([None, *words], words):
        signs = before is not None and re.match(SIGN, before) and re.match(SIGN, word) and before != ","
        text += word if before is None or signs or word in ",." else " " + word
    return text


class Coder(nn.Module):
    """An encoder that reads a source and a decoder that writes for it, with attention or without."""

    def __init__(self, said, shapes):
        super().__init__()
        self.said, self.vocabulary = said, json.loads(said["vocabulary"])
        self.source_embedding = nn.Embedding(*shapes["source_embedding.weight"])
        self.embedding = nn.Embedding(*shapes["embedding.weight"])
        self.encoder = recurrent(said["cell"], said["activation"], shapes, "encoder")
        self.decoder = recurrent(said["cell"], said["activation"], shapes, "decoder")
        H = self.decoder.hidden_size
        if said["attention"] in ("general", "additive"):
            self.query = nn.Linear(H, H, bias=False)
        if said["attention"] == "additive":
            self.keys, self.score = nn.Linear(H, H, bias=False), nn.Linear(H, 1, bias=False)
        outputs, inputs = shapes["linear.weight"]
        self.linear = nn.Linear(inputs, outputs)

    def tokens(self, side):
        symbols = apart(side)
        if self.said["tokens"] != "words":
            symbols = together(symbols)
        return [self.vocabulary.index(symbol) for symbol in symbols]

    def read(self, text):
        """Source [S,1] and what the decoder reads [T,1]: <start>, and what is written behind the tab."""
        source, _, target = text.partition("\t")
        both = self.tokens(source), [0, *self.tokens(target)]
        return tuple(torch.tensor(tokens).reshape(-1, 1) for tokens in both)

    def encode(self, source):
        """All states [S,B,H], and where the decoder begins: both directions side by side."""
        states, last = self.encoder(self.source_embedding(source))
        ways = 2 if self.encoder.bidirectional else 1
        beside = lambda h: torch.cat(list(h.unflatten(0, (-1, ways)).unbind(1)), -1).contiguous()
        return states, tuple(map(beside, last)) if isinstance(last, tuple) else beside(last)

    def attend(self, h, states):
        """h [T,B,H] beside the states' weighted sum for it."""
        attention = self.said["attention"]
        if attention == "none":
            return h
        if attention == "additive":
            scores = self.score(torch.tanh(self.keys(states)[None] + self.query(h)[:, None])).squeeze(-1)
        else:
            query = self.query(h) if attention == "general" else h
            scores = torch.einsum("tbh,sbh->tsb", query, states)
            if attention == "scaled":
                scores = scores / h.shape[-1] ** 0.5
        return torch.cat([torch.einsum("tsb,sbh->tbh", scores.softmax(1), states), h], -1)

    def forward(self, source, x):
        """Logits [T,B,V], one row after each token of x. The sources of a batch are equally long."""
        states, first = self.encode(source)
        h, _ = self.decoder(self.embedding(x), first)
        return self.linear(self.attend(h, states))

    def write(self, source, longest=64):
        """What it writes for the source of one, the likeliest each time, as text."""
        (states, state), token, written = self.encode(source), 0, []
        while len(written) < longest:
            h, state = self.decoder(self.embedding(torch.tensor([[token]])), state)
            token = int(self.linear(self.attend(h, states))[..., 1:].argmax()) + 1  # <start> follows nothing
            if token == 1:
                break
            written.append(self.vocabulary[token])
        return together(written) if self.said["tokens"] == "words" else "".join(written)


class AttentionOnly(nn.Module):
    """Queries, keys and values of a sentence, or of two: TEXT is words, or words, a bar and those that are looked at."""

    def __init__(self, said, shapes):
        super().__init__()
        self.said, self.vocabulary = json.loads(said["settings"]), json.loads(said["vocabulary"])
        self.embedding = nn.Embedding(*shapes["embedding.weight"])
        self.query, self.key, self.value = (nn.Linear(*shapes[f"{name}.weight"], bias=False) for name in ("query", "key", "value"))

    def read(self, text):
        """Words [T], and those whose keys and values are looked at [S]."""
        first, bar, second = text.partition("|")
        sides = (first, second if bar and self.said["keys"] == "other" else first)
        return tuple(torch.tensor([self.vocabulary.index(word) for word in apart(side)]) for side in sides)

    def forward(self, x, keys):
        """What each word is answered [T,4]."""
        x, keys = self.embedding(x), self.embedding(keys)
        e = self.query(x) @ self.key(keys).T
        if self.said["scale"] == "on":
            e = e / x.shape[-1] ** 0.5
        return e.softmax(-1) @ self.value(keys)


class Attention(nn.Module):
    """Heads: rows of x over those of another sequence."""

    def __init__(self, said, width):
        super().__init__()
        self.said, self.heads = said, int(said["num_heads"])
        self.query, self.key, self.value, self.project = (nn.Linear(width, width) for _ in range(4))
        self.drop = nn.Dropout(float(said.get("dropout", 0)))

    def look(self, x, keys, masked):
        apart = lambda h: h.unflatten(-1, (self.heads, -1))  # [T,B,A,D/A]
        scores = torch.einsum("tban,sban->bats", apart(self.query(x)), apart(self.key(keys)))
        if self.said["scale"] == "on":
            scores = scores / (x.shape[-1] // self.heads) ** 0.5
        if masked:
            scores = scores.masked_fill(torch.ones(len(x), len(keys)).triu(1).bool(), -torch.inf)
        return self.project(torch.einsum("bats,sban->tban", self.drop(scores.softmax(-1)), apart(self.value(keys))).flatten(2))


class Across(Attention):
    """What a decoder asks of what the encoder has read, with its norm."""

    def __init__(self, said, width):
        super().__init__(said, width)
        self.norm = nn.LayerNorm(width, float(said["norm_epsilon"]))


class Block(Attention):
    """Self-attention, in a decoder attention across, then two linear layers for each token by itself."""

    def __init__(self, said, width, crossed=False):
        super().__init__(said, width)
        self.norm_1, self.norm_2 = (nn.LayerNorm(width, float(said["norm_epsilon"])) for _ in range(2))
        inside = int(said["feed_forward_size"])
        self.inner, self.outer = nn.Linear(width, inside), nn.Linear(inside, width)
        if crossed:
            self.cross = Across(said, width)

    def feed(self, x):
        return self.outer((nn.functional.gelu if self.said["feed_forward"] == "gelu" else torch.relu)(self.inner(x)))

    def forward(self, h, read=None):
        parts = [(lambda x: self.look(x, x, self.said["mask"] == "on"), self.norm_1), (self.feed, self.norm_2)]
        if self.said["feed_forward"] == "none":
            parts.pop()
        if read is not None:
            parts.insert(1, (lambda x: self.cross.look(x, read, False), self.cross.norm))
        for part, norm in parts:
            x = self.drop(part(norm(h) if self.said["norm"] == "pre" else h))
            x = h + x if self.said["residual"] == "on" else x
            h = norm(x) if self.said["norm"] == "post" else x
        return h


def waves(length, size, first):
    """Sinusoidal positions [T,1,size], sine and cosine in turns, counted from `first`."""
    place, pair = torch.arange(length, dtype=torch.float64)[:, None], torch.arange(size // 2, dtype=torch.float64)
    angle = (place + first) / 10000 ** (2 * (pair + first) / size)
    return torch.stack([angle.sin(), angle.cos()], -1).flatten(1)[:, None].float()


def placed(said, h, learned):
    """Vectors of tokens [T,B,...] with those of their places, as the settings say; learned: their table."""
    if said["positions"] == "none" or said.get("places") == "off":
        return h
    joined = said["positions_join"] == "concatenated"
    if said["positions"] == "learned":
        place = learned(torch.arange(len(h)))[:, None]
    else:
        place = waves(len(h), int(said["hidden_size"]) // (2 if joined else 1), int(said["count_from"]))
    place = place.expand(-1, h.shape[1], -1)
    return torch.cat([h, place], -1) if joined else h + place


def tokens_of(shapes):
    """What makes a token a vector: a row of a table, or of numbers a linear layer."""
    if "embedding.bias" in shapes:
        return nn.Linear(*reversed(shapes["embedding.weight"]))
    return nn.Embedding(*shapes["embedding.weight"])


class Gpt(nn.Module):
    """A Transformer that guesses what comes next from all tokens before."""

    def __init__(self, said, shapes):
        super().__init__()
        self.task, self.vocabulary, self.said = said["task"], json.loads(said["vocabulary"]), json.loads(said["settings"])
        width = int(self.said["hidden_size"])
        self.embedding = tokens_of(shapes)
        if "position.weight" in shapes:
            self.position = nn.Embedding(*shapes["position.weight"])
        self.blocks = nn.ModuleList(Block(self.said, width) for _ in range(int(self.said["num_blocks"])))
        self.norm = nn.LayerNorm(width, float(self.said["norm_epsilon"]))
        self.linear = nn.Linear(*reversed(shapes["linear.weight"]))
        self.drop = nn.Dropout(float(self.said.get("dropout", 0)))

    def read(self, text):
        """Tokens [T,1]: <start>, and the text."""
        tokens = [0] + [self.vocabulary.index(symbol) for symbol in text]
        if self.task == "prose":
            tokens.pop()  # a piece does not end, so nothing is asked after its last symbol
        return torch.tensor(tokens).reshape(-1, 1)

    def forward(self, x):
        """Logits [T,B,V], one row after each token."""
        h = self.drop(placed(self.said, self.embedding(x), getattr(self, "position", None)))
        for block in self.blocks:
            h = block(h)
        return self.linear(self.norm(h) if self.said["norm"] == "pre" else h)


class Encoder(Gpt):
    """A Transformer that reads a whole sequence at once and answers once, from what stands at its first token."""

    FORM = {"mask": "off", "scale": "on", "residual": "on", "norm": "pre", "feed_forward": "relu", "norm_epsilon": "1e-5"}

    def __init__(self, said, shapes):
        super().__init__(said | {"settings": json.dumps(self.FORM | json.loads(said["settings"]))}, shapes)

    def read(self, text):
        """Tokens [T,1]; of a task whose answer is in the order <start> comes first, where the answer is asked. Of digits
        patches of 4 by 4 points [T,1,16], of days what is sold [T,1,1]; nothing stands before them."""
        if self.task == "digits":
            points = torch.tensor([int(point) / 9 for point in text[2:]]).reshape(3, 4, 3, 4)
            return torch.cat([torch.zeros(1, 16), points.transpose(1, 2).reshape(9, 16)])[:, None]
        if self.task == "days":
            sold = [float(word) for word in text.split()]
            return torch.tensor([0.0, *sold[:-1]]).reshape(-1, 1, 1)  # the last is only to be said
        tokens = super().read(text)
        return tokens[1:] if self.task == "remember" else tokens

    def forward(self, x):
        """Logits [B,V], of a task with classes [B,C], or the number itself [B,1]."""
        return super().forward(x)[0]


class Transformer(Coder):
    """An encoder that reads a source and a decoder that writes for it, both of blocks."""

    def __init__(self, said, shapes):
        nn.Module.__init__(self)
        self.vocabulary = json.loads(said["vocabulary"])
        self.said = said | {"scale": "on", "residual": "on"} | json.loads(said["settings"])
        self.said["tokens"] = said["tokens"]
        width, count = int(self.said["hidden_size"]), int(self.said["num_blocks"])
        for name in ("source_inner", "source_embedding", "embedding", "source_position", "position"):
            if f"{name}.bias" in shapes:
                setattr(self, name, nn.Linear(*reversed(shapes[f"{name}.weight"])))
            elif f"{name}.weight" in shapes:
                setattr(self, name, nn.Embedding(*shapes[f"{name}.weight"]))
        read = count if self.said.get("encoder", "blocks") == "blocks" else 0
        self.encoder = nn.ModuleList(Block(self.said | {"mask": "off"}, width) for _ in range(read))
        self.decoder = nn.ModuleList(Block(self.said | {"mask": "on"}, width, True) for _ in range(count))
        self.source_norm, self.norm = (nn.LayerNorm(width, float(self.said["norm_epsilon"])) for _ in range(2))
        self.linear = nn.Linear(width, len(self.vocabulary))
        self.drop = nn.Dropout(float(self.said.get("dropout", 0)))

    def read(self, text):
        """The same of a source of numbers, which are written with spaces between, patch after patch: [S,1,E]."""
        if not isinstance(self.source_embedding, nn.Linear):
            return super().read(text)
        source, _, target = text.partition("\t")
        width = (self.source_inner if hasattr(self, "source_inner") else self.source_embedding).in_features
        numbers = torch.tensor([float(number) for number in source.split()]).reshape(-1, 1, width)
        return numbers, torch.tensor([0, *self.tokens(target)]).reshape(-1, 1)

    def embed(self, source):
        if hasattr(self, "source_inner"):
            source = torch.relu(self.source_inner(source))
        return self.source_embedding(source)

    def forward(self, source, x):
        """Logits [T,B,V], one row after each token of x. The sources of a batch are equally long."""
        last = lambda h, norm: norm(h) if self.said["norm"] == "pre" else h
        states = self.drop(placed(self.said, self.embed(source), getattr(self, "source_position", None)))
        for block in self.encoder:
            states = block(states)
        states = last(states, self.source_norm)
        h = self.drop(placed(self.said, self.embedding(x), getattr(self, "position", None)))
        for block in self.decoder:
            h = block(h, states)
        return self.linear(last(h, self.norm))

    def write(self, source, longest=64):
        """What it writes for the source of one, the likeliest each time, as text."""
        tokens = [0]
        while len(tokens) <= longest:
            token = int(self(source, torch.tensor(tokens)[:, None])[-1, 0, 1:].argmax()) + 1  # <start> follows nothing
            if token == 1:
                break
            tokens.append(token)
        written = [self.vocabulary[token] for token in tokens[1:]]
        return together(written) if self.said["tokens"] == "words" else "".join(written)


def load(path=Path(__file__).with_suffix(".safetensors")):
    """The network with its weights, from that file."""
    tensors, said = read_safetensors(path)
    net = {"seq2seq": Coder, "attention_only": AttentionOnly, "gpt": Gpt, "encoder": Encoder, "transformer": Transformer}.get(said["model"], Net)(said, {name: tuple(tensor.shape) for name, tensor in tensors.items()})
    net.load_state_dict(tensors)
    return net.eval()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(f"usage: python3 {sys.argv[0]} TEXT")
    network, text = load(), sys.argv[1]
    with torch.no_grad():
        if isinstance(network, Coder) and "\t" not in text:
            print(json.dumps({"written": network.write(network.read(text)[0])}))
            sys.exit()
        read = network.read(text)
        if isinstance(network, AttentionOnly):
            print(json.dumps({"vocabulary": network.vocabulary, "answers": network(*read).tolist()}))
            sys.exit()
        answers = network(*read) if isinstance(network, Coder) else network(read)
    whole = isinstance(network, Encoder) or isinstance(network, Net) and network.whole
    print(json.dumps({"vocabulary": network.vocabulary, "logits": answers.tolist() if whole else answers.squeeze(1).tolist()}))
