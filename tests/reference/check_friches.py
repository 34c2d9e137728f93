#!/usr/bin/env python3
"""Validates friches.csv against the CNIG table schema with `frictionless`, and its shapes.

    python3 tests/reference/check_friches.py FILE.csv [SCHEMA.json]

SCHEMA.json is that of https://github.com/cnigfr/schema-friches; without it, a schema is made of friches.tsv, which holds the
same facts. One line per check; exit status 1 when any failed.
"""

import csv
import json
import pathlib
import re
import sys

from frictionless import Dialect, Resource, Schema
from frictionless.formats import CsvControl

csv.field_size_limit(1 << 30)
HERE = pathlib.Path(__file__).parent
# Fields in which people are named; the producer's stays empty too, unless the data are invented.
PEOPLE = ["site_adresse", "activite_libelle", "proprio_nom", "sol_pollution_commentaire", "desserte_commentaire", "source_contact"]
failures = 0


def check(what, ok, detail=""):
    global failures
    failures += not ok
    print(f"{'ok  ' if ok else 'FAIL'} {what}{f': {detail}' if detail else ''}")


def facts():
    with open(HERE / "friches.tsv", encoding="utf-8") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def schema(path):
    if path:
        return json.loads(pathlib.Path(path).read_text(encoding="utf-8"))
    fields = []
    for row in facts():
        rules = {"required": row["required"] == "yes"}
        if row["enum"]:
            rules["enum"] = row["enum"].split("|")
        if row["pattern"]:
            rules["pattern"] = row["pattern"]
        field = {"name": row["field"], "type": row["type"], "constraints": rules}
        if row["format"]:
            field["format"] = row["format"]
        fields.append(field)
    return {"fields": fields, "missingValues": ["", "NA", "NaN", "N/A"], "primaryKey": "site_id"}


def main():
    if len(sys.argv) not in (2, 3):
        print(__doc__)
        return 2
    path = pathlib.Path(sys.argv[1])
    data = path.read_bytes()
    check("UTF-8 without mark", not data.startswith(b"\xef\xbb\xbf") and bool(data.decode("utf-8")))
    check("every line ends in CRLF", data.endswith(b"\r\n") and data.count(b"\n") == data.count(b"\r\n"))
    resource = Resource(
        path=path.name, basepath=str(path.parent), encoding="utf-8",
        schema=Schema.from_descriptor(schema(sys.argv[2] if len(sys.argv) == 3 else None)),
        dialect=Dialect(controls=[CsvControl(delimiter=",")]))
    report = resource.validate(limit_errors=20)
    notes = [error.message for task in report.tasks for error in task.errors]
    check("valid by the schema", report.valid, " | ".join(notes[:5]))
    with open(path, encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    check("the standard's names in order", list(rows[0]) == [row["field"] for row in facts()])
    check("fields in which people are named are empty", not any(row[name] for row in rows for name in PEOPLE))
    wrong = []
    for row in rows:
        numbers = [float(number) for number in re.findall(r"-?\d+\.?\d*", row["geomsurf"] or row["geompoint"])]
        if not all(-5.5 < x < 10 for x in numbers[::2]) or not all(41 < y < 52 for y in numbers[1::2]):
            wrong.append(row["site_id"])
    check("longitude before latitude", not wrong, " ".join(wrong[:5]))
    try:
        from shapely import wkt
        off = [row["site_id"] for row in rows if row["geomsurf"] and not wkt.loads(row["geomsurf"]).contains(wkt.loads(row["geompoint"]))]
        check("points lie inside their outlines", not off, " ".join(off[:5]))
    except ImportError:
        print("check_friches: points left out (no shapely)")
    print(f"{'PASS' if failures == 0 else 'FAIL'} friches: {len(rows)} rows, {failures} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
