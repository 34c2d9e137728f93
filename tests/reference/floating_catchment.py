#!/usr/bin/env python3
"""2SFCA, E2SFCA and 3SFCA on random places, by PySAL's `access`: writes floating_catchment.tsv.

    python3 tests/reference/floating_catchment.py tests/reference/floating_catchment.tsv

access 1.1.10. 60 worlds, each by the three methods; minutes are whole numbers, so that some lie on the edge of a band.
Columns: method, bands (`up to:weight`), demand, supply, minutes by demand (rows `;`, -1: no way), answer. A place of
demand that reaches nothing is no row of theirs; it is 0 here.
"""

import sys

import access.fca as fca
import numpy as np
import pandas as pd

BANDS = [
    [(10, 1.0), (20, 0.68), (30, 0.22)],
    [(10, 0.962), (20, 0.704), (30, 0.377), (60, 0.042)],
]


def row(values):
    return ",".join(repr(float(value)) for value in values)


def weight_of(bands):
    def weight(minutes):
        return next((weight for up_to, weight in bands if minutes <= up_to), 0.0)

    return weight


def answer(kind, bands, demand, supply, costs):
    ids = {"demand_index": "geoid", "demand_name": "demand", "supply_name": "supply"}
    people = pd.DataFrame({"geoid": [f"d{at}" for at in range(len(demand))], "demand": demand})
    stock = pd.DataFrame({"supply": supply}, index=[f"s{at}" for at in range(len(supply))])
    solve = fca.three_stage_fca if kind == "3sfca" else fca.two_stage_fca
    weight = None if kind == "2sfca" else weight_of(bands)
    found = solve(people, stock, costs.copy(), bands[-1][0], weight_fn=weight, **ids)
    return [found.get(name, 0.0) for name in people.geoid]


def main(path):
    rng = np.random.default_rng(20261126)
    lines = []
    for world in range(60):
        n, m = int(rng.integers(1, 12)), int(rng.integers(1, 10))
        demand, supply = rng.integers(1, 5000, n).astype(float), rng.integers(0, 300, m).astype(float)
        minutes = rng.integers(0, 45, (n, m)).astype(float)
        minutes[rng.random((n, m)) < 0.15] = -1
        pairs = [
            (f"d{i}", f"s{j}", minutes[i, j]) for i in range(n) for j in range(m) if minutes[i, j] >= 0
        ]
        costs = pd.DataFrame(pairs, columns=["origin", "dest", "cost"])
        for kind in ["2sfca", "e2sfca", "3sfca"]:
            bands = [(25, 1.0)] if kind == "2sfca" else BANDS[world % 2]
            found = answer(kind, bands, demand, supply, costs) if pairs else [0.0] * n
            steps = ",".join(f"{up_to}:{weight}" for up_to, weight in bands)
            table = ";".join(row(line) for line in minutes)
            lines.append("\t".join([kind, steps, row(demand), row(supply), table, row(np.nan_to_num(found))]))
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.write("# " + __doc__.splitlines()[0] + "\n")
        file.write("\n".join(lines) + "\n")


main(sys.argv[1])
