"""ADEME's Mutafriches algorithm computed a second time, on random answers, for every published version.

    python tests/reference/mutafriches.py FACTS.json

FACTS.json holds weights, scores, bins and exclusion rules by version (`versions`), taken from
github.com/incubateur-ademe/mutafriches; it is not the TOML that the program reads. Writes `mutafriches_answers.tsv` (a
line a site, a column a criterion: empty is no answer) and `mutafriches.tsv` (a line a version and site) beside this file.
Fractions, no floats: an index is rounded once, halves up.
"""

import json
import pathlib
import random
import sys
from fractions import Fraction

HERE = pathlib.Path(__file__).parent
SITES = 200
USES = ["residentiel", "equipements", "culture", "tertiaire", "industrie", "renaturation", "photovoltaique"]
# Numbers on both sides of every threshold, and on it. Distances in metres.
NUMBERS = {
    "surfaceSite": [0, 300, 9999.99, 10000, 14999, 15000, 32000.5, 50000, 50000.01, 900000],
    "surfaceBati": [0, 19.9, 20, 20.1, 393, 4999.99, 5000, 10000, 10000.5, 40000],
    "tauxLogementsVacants": [0, 6.9, 7, 7.1, 8, 8.01, 10, 10.1, 55.5, 100],
    "distanceAutoroute": [0, 999, 1000, 1999.9, 2000, 4200, 4999, 5000, 5001, 80000],
    "distanceTransportCommun": [0, 250, 499.9, 500, 501, 2000],
    "distanceRaccordementElectrique": [0, 150, 999, 1000, 4999, 5000, 999000],
    "distanceReseauChaleur": [0, 320, 499, 500, 501, 5000],
}
# Searched and none found scores as the farthest bin, from this version on (1.11 is the first there is).
NONE_IS_FAR = {"distanceReseauChaleur": 13, "distanceRaccordementElectrique": 11, "distanceAutoroute": 15}
IN_KM = {"distanceAutoroute", "distanceRaccordementElectrique"}
UNKNOWN = "ne-sait-pas"


def half_up(number):
    """The nearest whole number, halves up."""
    return (number + Fraction(1, 2)).__floor__()


def words(versions, key):
    """All words of a criterion over the versions."""
    found = []
    for version in versions.values():
        for word in version["enum"].get(key, {}):
            if word != UNKNOWN and word not in found:
                found.append(word)
    return found


def draw(rng, versions, keys):
    """The answers of one invented site."""
    site = {}
    how_known = rng.choice([0.3, 0.6, 0.9])
    for key in keys:
        at = rng.random()
        if at < how_known:
            values = NUMBERS.get(key) or words(versions, key)
            site[key] = rng.choice(values)
        elif at < how_known + 0.08:
            site[key] = None
        elif at < how_known + 0.14:
            site[key] = UNKNOWN
    # What excludes must not be too rare.
    if rng.random() < 0.2:
        site["presenceZoneHumide"] = site["presenceEspecesProtegees"] = "oui"
    return site


def scores(minor, version, key, value):
    """The seven scores of an answer; None when it gives no points."""
    if value == UNKNOWN or key not in version["weights"]:
        return None
    if key in NUMBERS:
        bins = version["numeric"][key]["bins"]
        if value is None:
            return bins[-1]["s"] if minor >= NONE_IS_FAR.get(key, 99) else None
        figure = Fraction(str(value)) / (1000 if key in IN_KM else 1)
        for one in bins:
            if "lt" in one and figure < one["lt"] or "le" in one and figure <= one["le"]:
                return one["s"]
        return bins[-1]["s"]
    return None if value is None else version["enum"][key].get(value)


def assess(minor, version, site):
    """Index in tenths, points, ranks, excluded, note, known weight, of the seven uses."""
    site = dict(site)
    if site.get("raccordementEau", UNKNOWN) == UNKNOWN:
        built = site.get("surfaceBati", UNKNOWN)
        if built != UNKNOWN:
            site["raccordementEau"] = "oui" if built is not None and Fraction(str(built)) > 20 else "non"
    points = [[Fraction(0), Fraction(0)] for _ in USES]
    known = Fraction(0)
    for key, weight in version["weights"].items():
        value = site.get(key, UNKNOWN)
        weight = Fraction(str(weight))
        known += weight if value != UNKNOWN else 0
        for at, score in enumerate(scores(minor, version, key, value) or []):
            score = Fraction(str(score))
            if score == Fraction(1, 2):
                points[at][0] += weight / 2
                points[at][1] += weight / 2
            else:
                points[at][score < 0] += abs(score) * weight
    index = [half_up(1000 * a / (a + c)) if a + c else 0 for a, c in points]
    excluded = set()
    for rule in version["exclusions"]:
        if all(site.get(key, UNKNOWN) == value for key, value in rule["when_all"].items()):
            excluded.update(rule["usage"])
    order = sorted(range(7), key=lambda at: (USES[at] in excluded, -index[at]))
    total = sum(Fraction(str(weight)) for weight in version["weights"].values())
    note = Fraction(half_up(20 * known / total), 2)
    return index, points, [order.index(at) + 1 for at in range(7)], excluded, note, known


def main():
    facts = json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))
    versions = facts["versions"]
    keys = list(versions["v1.19"]["weights"])
    rng = random.Random(3282)
    sites = [draw(rng, versions, keys) for _ in range(SITES)]
    text = lambda value: "null" if value is None else str(value)
    lines = ["\t".join(keys)]
    lines += ["\t".join(text(site[key]) if key in site else "" for key in keys) for site in sites]
    (HERE / "mutafriches_answers.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    lines = ["version\tsite\tindex_tenths\tfor_quarters\tagainst_quarters\tranks\texcluded\tnote\tknown_weight"]
    for name, version in versions.items():
        for at, site in enumerate(sites):
            index, points, ranks, excluded, note, known = assess(int(name.split(".")[1]), version, site)
            quarters = lambda side: " ".join(str(int(pair[side] * 4)) for pair in points)
            row = [name, str(at), " ".join(map(str, index)), quarters(0), quarters(1), "".join(map(str, ranks))]
            row += [" ".join(use for use in USES if use in excluded), str(float(note)), str(float(known))]
            lines.append("\t".join(row))
    (HERE / "mutafriches.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


main()
