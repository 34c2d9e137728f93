#!/usr/bin/env python3
"""Validates the CSV of an inventory against the CNIG table schemas with `frictionless`, and its figures against its shapes.

    python3 tests/reference/check_inventory.py FOLDER [SCHEMAS]

FOLDER holds site_eco.csv, terrain_eco.csv and, where establishments are given, etablissement.csv. SCHEMAS is the folder
`schema` of https://github.com/cnigfr/schema-sites-economiques; without it, schemas are made of sites_economiques.tsv, which
holds the same facts. One line per check; exit status 1 when any failed.
"""

import csv
import json
import pathlib
import sys

from frictionless import Dialect, Resource, Schema
from frictionless.formats import CsvControl

csv.field_size_limit(1 << 30)
HERE = pathlib.Path(__file__).parent
TABLES = {"site_eco": "site-eco", "terrain_eco": "terrain-eco", "etablissement": "etablissement"}
failures = 0


def check(what, ok, detail=""):
    global failures
    failures += not ok
    print(f"{'ok  ' if ok else 'FAIL'} {what}{f': {detail}' if detail else ''}")


def facts(table):
    with open(HERE / "sites_economiques.tsv", encoding="utf-8") as lines:
        return [row for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE) if row["table"] == table]


def schema_of(table, folder):
    if folder:
        return json.loads(pathlib.Path(folder, table, "schema.json").read_text(encoding="utf-8"))
    fields = []
    for row in facts(table):
        field = {"name": row["field"], "type": row["type"]}
        if row["format"]:
            field["format"] = row["format"]
        rules = {"required": row["required"] == "yes"}
        if row["enum"]:
            rules["enum"] = row["enum"].split("|")
        if row["pattern"]:
            rules["pattern"] = row["pattern"]
        field["constraints"] = rules
        fields.append(field)
    return {"fields": fields, "missingValues": ["", "NA", "NaN", "N/A"], "primaryKey": fields[0]["name"]}


def bytes_of(path):
    data = path.read_bytes()
    check(f"{path.name}: UTF-8 without mark", not data.startswith(b"\xef\xbb\xbf") and bool(data.decode("utf-8")))
    check(f"{path.name}: every line ends in CRLF", data.endswith(b"\r\n") and data.count(b"\n") == data.count(b"\r\n"))


def validate(path, table, folder):
    schema = Schema.from_descriptor(schema_of(table, folder))
    dialect = Dialect(controls=[CsvControl(delimiter=",")])
    resource = Resource(path=path.name, basepath=str(path.parent), schema=schema, dialect=dialect, encoding="utf-8")
    report = resource.validate(limit_errors=20)
    notes = [f"{e.row_number if hasattr(e, 'row_number') else ''} {e.message}" for task in report.tasks for e in task.errors]
    check(f"{path.name}: valid by the schema {table}", report.valid, " | ".join(notes[:5]))
    with open(path, encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
        header = list(rows[0].keys()) if rows else []
    check(f"{path.name}: the standard's names in order", header == [row["field"] for row in facts(table)])
    return rows


def figures(sites, lands):
    """What can be worked out again from the rows themselves."""
    wrong = []
    for site in sites:
        land = [row for row in lands if row["site_id"] == site["site_id"]]
        usable = sum(float(row["terr_surf_brute"]) for row in land if row["terr_utile"] == "oui")
        if abs(usable - float(site["site_surf_utile"])) > 0.0001 * (len(land) + 1):
            wrong.append(f"{site['site_id']} usable {usable} {site['site_surf_utile']}")
        if float(site["site_surf_utile"]) > float(site["site_surf_brute"]) * 1.001 + 0.0002:
            wrong.append(f"{site['site_id']} usable over gross")
        if site["site_taux_vacance"]:
            share = 100 * float(site["site_uf_vacant_nbre"]) / float(site["site_uf_nbre"])
            if int(share + 0.5) != int(site["site_taux_vacance"]):
                wrong.append(f"{site['site_id']} rate {share} {site['site_taux_vacance']}")
        x, y = (float(part) for part in site["site_geompoint"].split(", "))
        if not (-5 < x < 10 and 41 < y < 52):
            wrong.append(f"{site['site_id']} centroid {site['site_geompoint']}")
    check("areas, rates and centroids agree with the rows", not wrong, " | ".join(wrong[:5]))
    known = {site["site_id"] for site in sites}
    check("every land is of a site", all(row["site_id"] in known for row in lands))


def areas(rows, key, shape, figure):
    """The area of each shape on the ellipsoid, beside the hectares of its row (Lambert-93 is true to 0.2 % here)."""
    try:
        from pyproj import Geod
        from shapely.geometry import shape as shaped
    except ImportError:
        print("check_inventory: areas left out (no pyproj)")
        return
    geod, worst = Geod(ellps="GRS80"), (0, "")
    for row in rows:
        on_ellipsoid = abs(geod.geometry_area_perimeter(shaped(json.loads(row[shape])))[0]) / 10_000
        off = abs(on_ellipsoid - float(row[figure]))
        if off > 0.0002:
            worst = max(worst, (off / on_ellipsoid, row[key]))
    check(f"{figure}: hectares of the shape", worst[0] < 0.003, f"{worst[0]:.2%} {worst[1]}")


def main():
    if len(sys.argv) not in (2, 3):
        print(__doc__)
        return 2
    folder, schemas = pathlib.Path(sys.argv[1]), sys.argv[2] if len(sys.argv) == 3 else None
    read = {}
    for name, table in TABLES.items():
        path = folder / f"{name}.csv"
        if name == "etablissement" and not path.exists():
            continue
        bytes_of(path)
        read[name] = validate(path, table, schemas)
    figures(read["site_eco"], read["terrain_eco"])
    areas(read["site_eco"], "site_id", "site_geomsurf", "site_surf_brute")
    areas(read["terrain_eco"], "terr_id", "terr_geomsurf", "terr_surf_brute")
    counts = " ".join(f"{name} {len(rows)}" for name, rows in read.items())
    print(f"{'PASS' if failures == 0 else 'FAIL'} inventory: {counts}, {failures} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
