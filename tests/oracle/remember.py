"""The race of exhibit 9 in PyTorch: a tanh net with an orthogonal start remembers the first of 41 symbols, or does not.

    /usr/bin/python3 tests/oracle/remember.py [--spread 0.3] [--seed 1] [--marks none|answers|left-out]

Prints the share of 512 unseen first symbols that are right after 100, 200, 300 and 400 updates (H 96, E 16, Adam at
1e-3, batch 64, clipped at norm 1). --marks answers: ten classes, two of which are never right, as in the core;
left-out: their biases begin at -20. Written for PyTorch 1.13; its random numbers are not the core's.
"""
import argparse

import torch

arguments = argparse.ArgumentParser()
arguments.add_argument("--spread", type=float, default=0.3)
arguments.add_argument("--seed", type=int, default=1)
arguments.add_argument("--marks", choices=["none", "answers", "left-out"], default="none")
options = arguments.parse_args()
marks = 0 if options.marks == "none" else 2
classes, length, batch = 8 + marks, 41, 64

torch.set_num_threads(1)
torch.manual_seed(options.seed)
embedding = torch.nn.Embedding(classes, 16)
rnn = torch.nn.RNN(16, 96, batch_first=True)
output = torch.nn.Linear(96, classes)
torch.nn.init.normal_(embedding.weight, 0, options.spread)
torch.nn.init.orthogonal_(rnn.weight_hh_l0)
if options.marks == "left-out":
    with torch.no_grad():
        output.bias[:2] = -20
parameters = [*embedding.parameters(), *rnn.parameters(), *output.parameters()]
adam = torch.optim.Adam(parameters, lr=1e-3)


def answers(x):
    return output(rnn(embedding(x))[1][0])


unseen = torch.randint(marks, classes, (512, length))
right = []
for step in range(1, 401):
    x = torch.randint(marks, classes, (batch, length))
    loss = torch.nn.functional.cross_entropy(answers(x), x[:, 0])
    adam.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(parameters, 1)
    adam.step()
    if step % 100 == 0:
        with torch.no_grad():
            right.append((answers(unseen).argmax(1) == unseen[:, 0]).float().mean().item())
print(torch.__version__, options, " ".join(f"{share:.2f}" for share in right))
