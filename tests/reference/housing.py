#!/usr/bin/env python3
"""Worker housing of the 298 communes and 11 EPCIs of the TI 32/82 from the real tables, by pandas: writes housing.tsv.

    python3 tests/reference/housing.py ../shared/data/ti-32-82 tests/reference/housing.tsv

Written from the words of data/housing/reperes-v1.toml and data/profiles/logement-v2.toml, not from the program. The tables:
LOVAC 2025 (`s` is 1 to 10 dwellings), LOVAC 2021 in shares with the stock of 2022, and the joined table of communes for
the stock of 2021, rents, prices and their sales. Nothing else is given: what other tables would say is unknown.

One line per commune and EPCI: bounds of the dwellings vacant for two years and of the private stock; the structural
vacancy; what could be mobilised at least; rents; price; score, reliability, index of tension, rank within the kind.
"""
import json
import math
import sys
import tomllib
from pathlib import Path

import pandas as pd

ROOT = Path(__file__).parent.parent.parent
INF = math.inf
FULL_TRUST_SALES = 10


def number(text):
    plain = "".join(c for c in str(text) if not c.isspace()).replace(",", ".")
    try:
        value = float(plain)
    except ValueError:
        return None
    return None if math.isnan(value) or value < 0 else value


def read(folder):
    """One row per commune: EPCI, households, vacant (low, high), stock, rents, price, sales."""
    epcis = json.loads((folder / "territory.json").read_text())
    figures = pd.read_csv(folder / "communes-figures.csv", dtype=str).set_index("insee")
    lovac = pd.read_csv(folder / "lovac-2025-communes.csv", sep=";", dtype=str).set_index("CODGEO_25")
    rates = pd.read_csv(folder / "lovac-tauxvacance-communes-2021.csv", sep=";", dtype=str, encoding="cp1252")
    rates = rates.assign(comm_insee=rates.comm_insee.str.zfill(5)).set_index("comm_insee")
    joined = pd.read_csv(folder / "communes-32-82-joined.derived.csv", dtype=str).set_index("insee_com")
    rows = []
    for epci in epcis:
        for commune in epci["communes"]:
            code = commune["insee"]
            text = str(lovac.pp_vacant_plus_2ans_25.get(code)).strip()
            vacant = (1.0, 10.0) if text == "s" else (number(text), number(text))
            of = lambda table, column: number(table[column].get(code))
            stock = of(rates, "Nb_log_pp_2022")
            rows.append({
                "code": code, "epci": epci["siren"], "low": vacant[0], "high": vacant[1],
                "stock": stock if stock is not None else of(joined, "pp_total_2021"),
                "households": of(figures, "households_2021"),
                "flat_rent": of(joined, "loyer_m2_appartement"), "house_rent": of(joined, "loyer_m2_maison"),
                "price": of(joined, "dvf_pxm2_median"), "sales": of(joined, "dvf_nbtrans"),
            })
    table = pd.DataFrame(rows).set_index("code").sort_index()
    return table.astype({c: float for c in table.columns if c != "epci"})


def published_rate(rows):
    """Dwellings vacant for two years in percent of the private stock: value, low, high, known share of households."""
    known = rows.dropna(subset="stock")
    if not len(known):
        return (math.nan,) * 4
    low, high = (100 * known[column].sum() / known.stock.sum() for column in ("low", "high"))
    low, high, part = low, min(100, high), known.households.sum() / rows.households.sum()
    # Where the stock of a commune is unknown, the whole could be anything.
    return ((low + high) / 2, low, high, 1) if len(known) == len(rows) else ((low + high) / 2, 0, 100, part)


def exact(value):
    return None if value is None or math.isnan(value) else ("interval", value, value)


def of_commune(row, share):
    """Answers by criterion: ("interval", low, high) or ("estimate", value, low, high, known); None is unknown."""
    answers = {
        "mobilisable": ("interval", share * row.low, INF),
        "mobilisable_rate": ("interval", 100 * share * row.low / row.households, INF),
        "flat_rent": exact(row.flat_rent), "house_rent": exact(row.house_rent), "households": exact(row.households),
    }
    answers["structural_vacancy"] = ("interval", 100 * row.low / row.households, 100 * row.high / row.households)
    if not math.isnan(row.price):
        trust = min(1, row.sales / FULL_TRUST_SALES)
        answers["price"] = exact(row.price) if trust == 1 else ("estimate", row.price, 0, INF, trust)
    return answers


def of_epci(rows, share):
    low = rows.low.sum()
    answers = {
        "mobilisable": ("interval", share * low, INF),
        "mobilisable_rate": ("interval", 100 * share * low / rows.households.sum(), INF),
        "households": exact(rows.households.sum()),
    }
    households = rows.households.sum()
    answers["structural_vacancy"] = ("interval", 100 * low / households, 100 * rows.high.sum() / households)
    for column in ("flat_rent", "house_rent"):
        known = rows.dropna(subset=column)
        total = (known[column] * known.households).sum()
        value = total / known.households.sum()
        if len(known) == len(rows):
            answers[column] = exact(value)
        else:
            part = known.households.sum() / rows.households.sum()
            answers[column] = ("estimate", value, total / rows.households.sum(), INF, part)
    return answers


def curve(points, x):
    if x <= points[0][0]:
        return points[0][1]
    for (x0, y0), (x1, y1) in zip(points, points[1:]):
        if x <= x1:
            return y0 + (y1 - y0) * (x - x0) / (x1 - x0)
    return points[-1][1]


def judged(criterion, answer):
    """Score, voice (an interval the less the more of the curve it spans), lowest and highest score."""
    points = criterion["curve"]
    if answer is None:
        return None, 0, 0, 1
    low, high = answer[-3:-1] if answer[0] == "estimate" else answer[1:]
    inside = [y for x, y in points if low < x < high]
    scores = [curve(points, low), curve(points, high)] + inside
    least, most = min(scores), max(scores)
    if answer[0] == "estimate":
        return curve(points, answer[1]), answer[4], least, most
    return (least + most) / 2, 1 - (most - least), least, most


def summary(profile, answers, tension_of):
    judgements = [(c, answers.get(c["id"]), *judged(c, answers.get(c["id"]))) for c in profile["criterion"]]
    total = sum(c["weight"] for c in profile["criterion"])
    voiced = sum(c["weight"] * voice for c, _, _, voice, _, _ in judgements)
    score = 100 * sum(c["weight"] * voice * score for c, _, score, voice, _, _ in judgements if voice) / voiced
    certain = sum(c["weight"] * voice for c, _, _, voice, _, _ in judgements)
    tight = [j for j in judgements if j[0]["id"] in tension_of]
    # In tension what is known between bounds counts in full, so that no dwelling more raises it.
    full = lambda answer, voice: voice if answer is None or answer[0] == "estimate" else 1
    voiced = sum(c["weight"] * full(answer, voice) for c, answer, _, voice, _, _ in tight)
    relaxed = sum(c["weight"] * full(answer, voice) * score for c, answer, score, voice, _, _ in tight if answer is not None)
    tension = 100 * (1 - relaxed / voiced) if voiced else math.nan
    return score, certain / total, tension


def main():
    folder, out = Path(sys.argv[1]), Path(sys.argv[2])
    rules = tomllib.loads((ROOT / "data/housing/reperes-v1.toml").read_text(encoding="utf-8"))
    profile = tomllib.loads((ROOT / "data/profiles/logement-v2.toml").read_text(encoding="utf-8"))
    share = rules["mobilisable"]["private_vacant_2y"]["share"]
    assert rules["prices"]["full_trust_sales"] == FULL_TRUST_SALES
    table = read(folder)
    lines = []
    units = [("commune", code, row, of_commune(row, share)) for code, row in table.iterrows()]
    units += [("epci", siren, rows, of_epci(rows, share)) for siren, rows in table.groupby("epci")]
    for kind, code, row, answers in units:
        score, reliability, tension = summary(profile, answers, rules["tension"]["criteria"])
        total = (lambda series: series.sum()) if kind == "epci" else (lambda value: value)
        stocks = row.stock if kind == "epci" else pd.Series([row.stock])
        rate = published_rate(row if kind == "epci" else pd.DataFrame([row]))
        of = lambda key: answers[key][1] if answers.get(key) else math.nan
        lines.append({
            "kind": kind, "code": code, "vacant_low": total(row.low), "vacant_high": total(row.high),
            "stock_low": stocks.sum() if stocks.notna().any() else math.nan, "stock_unknown": int(stocks.isna().sum()),
            "structural_value": rate[0], "structural_low": rate[1], "structural_high": rate[2], "structural_known": rate[3],
            "mobilisable_low": of("mobilisable"),
            "flat_rent": of("flat_rent"), "house_rent": of("house_rent"), "price": of("price"),
            "score": score, "reliability": reliability, "tension": tension,
        })
    answer = pd.DataFrame(lines)
    # The program's order: enough known before too little, then score, reliability, code.
    uncertain = answer.reliability < profile["min_reliability"]
    order = answer.assign(uncertain=uncertain, minus=-answer.score, less=-answer.reliability)
    order = order.sort_values(["kind", "uncertain", "minus", "less", "code"])
    answer["rank"] = (order.groupby("kind").cumcount() + 1).reindex(answer.index)
    assert len(answer[answer.kind == "commune"]) == 298 and len(answer[answer.kind == "epci"]) == 11
    answer.to_csv(out, sep="\t", index=False, na_rep="", float_format=lambda x: repr(float(x)))
    print(answer[answer.kind == "epci"].sort_values("rank").to_string())


if __name__ == "__main__":
    main()
