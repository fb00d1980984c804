#!/usr/bin/env python3
"""Makes linalg.safetensors beside this file: matrices, well- and ill-conditioned, with what numpy says of them.

    /usr/bin/python3 tests/oracle/linalg.py        (Debian: apt install python3-numpy; not part of the tests)

Eigenvalues and singular values are LAPACK's. Solutions of least squares are exact: worked out in fractions from the
very doubles of the matrix, then rounded once, so that the error that is measured is ours alone. Beside each stands its
condition. tests/c/linalg_oracle_test.c compares.
"""
import json
import struct
from fractions import Fraction
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
rng = np.random.default_rng(7)


def orthogonal(n):
    return np.linalg.qr(rng.standard_normal((n, n)))[0]


def hilbert(n):
    return np.array([[1 / (i + j + 1) for j in range(n)] for i in range(n)])


def powers(n, degree):
    """The course's own: 1, x, ..., x^degree at n points evenly spaced in [0, 1]."""
    x = np.array([i / (n - 1) for i in range(n)])
    return np.array([x**j for j in range(degree + 1)]).T.copy()


def spread(m, n, condition):
    """Singular values from 1 down to 1 / condition, evenly on the scale of logarithms."""
    k = min(m, n)
    s = condition ** (-np.arange(k) / max(k - 1, 1))
    return orthogonal(m)[:, :k] @ np.diag(s) @ orthogonal(n)[:, :k].T


def symmetric(values):
    q = orthogonal(len(values))
    a = q @ np.diag(values) @ q.T
    return (a + a.T) / 2


def wilkinson(n):
    a = np.diag(np.abs(np.arange(n) - n // 2).astype(float))
    return a + np.diag(np.ones(n - 1), 1) + np.diag(np.ones(n - 1), -1)


SYMMETRIC = {
    "one": np.array([[-2.5]]),
    "well": symmetric(np.linspace(-3, 5, 12)),
    "random": (lambda a: a + a.T)(rng.standard_normal((33, 33))),
    "hilbert": hilbert(10),
    "graded": symmetric(10.0 ** -np.arange(12)),
    "wilkinson": wilkinson(21),  # pairs that agree to 14 digits
    "equal": symmetric(np.array([2.0] * 5 + [7.0] * 4)),
    "rank_two": symmetric(np.array([0.0] * 7 + [1.0, 3.0])),
    "tiny": 1e-300 * symmetric(np.linspace(1, 2, 6)),
    "huge": 1e299 * symmetric(np.linspace(1, 2, 6)),
    "diagonal": np.diag([3.0, 1.0, 2.0]),
    "zero": np.zeros((4, 4)),
    "forty": symmetric(np.linspace(-1, 1, 40)),
}
RECTANGULAR = {
    "one": np.array([[-3.0]]),
    "tall": rng.standard_normal((17, 5)),
    "wide": rng.standard_normal((4, 11)),
    "square": rng.standard_normal((24, 24)),
    "powers": powers(10, 9),
    "hilbert": hilbert(11),
    "spread": spread(20, 12, 1e14),
    "rank_three": rng.standard_normal((9, 3)) @ rng.standard_normal((3, 7)),
    "lauchli": np.vstack([np.ones((1, 5)), 1e-9 * np.eye(5)]),
    "zero_diagonal": np.diag(np.ones(5), 1),
    "zero_column": np.hstack([np.zeros((6, 1)), rng.standard_normal((6, 3))]),
    "tiny": 1e-300 * rng.standard_normal((5, 4)),
    "huge": 1e299 * rng.standard_normal((4, 5)),
    "zero": np.zeros((3, 5)),
}
SQUARES = {
    "well": (rng.standard_normal((25, 6)), 0.0),
    "exact": (rng.standard_normal((8, 8)), 0.0),
    "powers": (powers(10, 9), 0.0),
    "powers_ridge": (powers(10, 9), float(np.exp(-18))),
    "many": (powers(100, 9), 0.0),
    "hilbert": (hilbert(8), 0.0),
    "spread": (spread(20, 7, 1e9), 0.0),
    "spread_ridge": (spread(6, 9, 1e9), 1e-3),  # fewer equations than unknowns
}


def solve_exactly(a, b, ridge):
    """(A^T A + ridge I) x = A^T b in fractions."""
    m, n = a.shape
    A, B = [[Fraction(v) for v in row] for row in a.tolist()], [Fraction(v) for v in b.tolist()]
    M = [[sum(A[i][p] * A[i][q] for i in range(m)) + (Fraction(ridge) if p == q else 0) for q in range(n)]
         + [sum(A[i][p] * B[i] for i in range(m))] for p in range(n)]
    for p in range(n):
        pivot = next(r for r in range(p, n) if M[r][p] != 0)
        M[p], M[pivot] = M[pivot], M[p]
        for r in range(n):
            if r != p:
                by = M[r][p] / M[p][p]
                M[r] = [x - by * y for x, y in zip(M[r], M[p])]
    x = [M[p][n] / M[p][p] for p in range(n)]
    left = sum((sum(A[i][p] * x[p] for p in range(n)) - B[i]) ** 2 for i in range(m)) + Fraction(ridge) * sum(v * v for v in x)
    return np.array([float(v) for v in x]), float(left)


def save(path, tensors, metadata):
    header, blobs, at = {"__metadata__": metadata}, [], 0
    for name, tensor in tensors.items():
        tensor = np.asarray(tensor, dtype=np.float64)
        blob = np.ascontiguousarray(tensor).tobytes()
        header[name] = {"dtype": "F64", "shape": list(tensor.shape), "data_offsets": [at, at + len(blob)]}
        blobs.append(blob)
        at += len(blob)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + b"".join(blobs))


out = {}
for name, a in SYMMETRIC.items():
    out |= {f"eigen.{name}.A": a, f"eigen.{name}.values": np.linalg.eigvalsh(a)}
for name, a in RECTANGULAR.items():
    out |= {f"svd.{name}.A": a, f"svd.{name}.s": np.linalg.svd(a, compute_uv=False)}
for name, (a, ridge) in SQUARES.items():
    b = a @ rng.standard_normal(a.shape[1]) + 0.1 * rng.standard_normal(a.shape[0])
    x, left = solve_exactly(a, b, ridge)
    stacked = np.vstack([a, np.sqrt(ridge) * np.eye(a.shape[1])])
    out |= {f"squares.{name}.A": a, f"squares.{name}.B": b[:, None], f"squares.{name}.ridge": [ridge],
            f"squares.{name}.x": x[:, None], f"squares.{name}.left": [left], f"squares.{name}.condition": [np.linalg.cond(stacked)],
            f"squares.{name}.norm": [np.linalg.norm(a, 2)]}
save(HERE / "linalg.safetensors", out, {"numpy": np.__version__})
print(f"linalg.safetensors: {len(out)} arrays")
