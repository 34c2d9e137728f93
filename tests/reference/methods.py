#!/usr/bin/env python3
"""Weighted sum, TOPSIS, PROMETHEE II and AHP on random matrices, by pymcdm and numpy: writes methods.tsv.

    python3 tests/reference/methods.py tests/reference/methods.tsv

pymcdm 1.4.0. Matrices have ties, constant columns and columns of costs. pymcdm has no preference of Gauss: that column
(and AHP's eigenvalue) is the definition in numpy. Columns: kind, parameters, matrix, weights, types, answer; lists with
`,` and rows with `;`.
"""

import sys

import numpy as np
from pymcdm.methods import PROMETHEE_II, TOPSIS, WSM
from pymcdm.normalizations import minmax_normalization, vector_normalization
from pymcdm.weights.subjective import AHP

NORMS = {"minmax": minmax_normalization, "vector": vector_normalization}
SHAPES = ["usual", "ushape", "vshape", "level", "vshape_2"]


def row(values):
    return ",".join(repr(float(value)) for value in values)


def table(matrix):
    return ";".join(row(line) for line in matrix)


def matrix_of(rng):
    n, m = int(rng.integers(2, 12)), int(rng.integers(1, 7))
    matrix = rng.random((n, m)) * 10.0 ** rng.integers(-2, 4, m)
    for column in range(m):
        kind = rng.random()
        if kind < 0.25:
            matrix[:, column] = rng.integers(1, 5, n)
        elif kind < 0.35:
            matrix[:, column] = matrix[0, column]
    if n > 2 and rng.random() < 0.3:
        matrix[-1] = matrix[0]
    weights = rng.random(m) + 0.01
    types = rng.choice([1, -1], m)
    return matrix, weights / weights.sum(), types


def gaussian(matrix, weights, types, s):
    flow = np.zeros(len(matrix))
    for values, weight, sign, turn in zip(matrix.T, weights, types, s):
        d = sign * (values[:, None] - values[None, :])
        preference = np.where(d > 0, 1 - np.exp(-(d**2) / (2 * turn**2)), 0.0)
        flow += weight * (preference - preference.T).sum(axis=1)
    return flow / (len(matrix) - 1)


def main(path):
    rng = np.random.default_rng(20261124)
    lines = []

    def add(kind, parameters, matrix, weights, types, answer):
        answer = np.asarray(answer)
        if not np.isfinite(answer).all():
            return
        lines.append("\t".join([kind, parameters, table(matrix), row(weights), row(types), row(answer)]))

    for _ in range(40):
        matrix, weights, types = matrix_of(rng)
        for name, norm in NORMS.items():
            add("wsm", name, matrix, weights, types, WSM(norm)(matrix, weights, types, validation=False))
            # Where all rows are the same place pymcdm divides 0 by 0; those cases are left out.
            with np.errstate(invalid="ignore"):
                add("topsis", name, matrix, weights, types, TOPSIS(norm)(matrix, weights, types, validation=False))
        spread = np.maximum(matrix.max(axis=0) - matrix.min(axis=0), 1.0)
        q = rng.choice([0.0, 0.05, 0.2], len(weights)) * spread
        p = q + rng.choice([0.1, 0.4, 1.2], len(weights)) * spread
        for shape in SHAPES:
            flows = PROMETHEE_II(shape, p=list(p), q=list(q))(matrix, weights, types, validation=False)
            add(shape, f"{row(q)};{row(p)}", matrix, weights, types, flows)
        add("gaussian", f"{row(p)};{row(p)}", matrix, weights, types, gaussian(matrix, weights, types, p))

    scale = np.array([1 / 9, 1 / 7, 1 / 5, 1 / 3, 1, 3, 5, 7, 9])
    for _ in range(40):
        n = int(rng.integers(2, 11))
        matrix = np.ones((n, n))
        upper = np.triu_indices(n, 1)
        matrix[upper] = rng.choice(scale, len(upper[0]))
        matrix.T[upper] = 1 / matrix[upper]
        eigenvalues, vectors = np.linalg.eig(matrix)
        at = int(np.argmax(eigenvalues.real))
        weights = np.abs(vectors[:, at].real)
        weights /= weights.sum()
        assert np.allclose(weights, np.abs(AHP(matrix=matrix)()), atol=1e-9)
        add("ahp", "", matrix, [], [], [*weights, eigenvalues[at].real])

    with open(path, "w", encoding="utf-8") as out:
        out.write("kind\tparameters\tmatrix\tweights\ttypes\tanswer\n")
        out.writelines(f"{line}\n" for line in lines)
    print(f"{len(lines)} cases")


if __name__ == "__main__":
    main(sys.argv[1])
