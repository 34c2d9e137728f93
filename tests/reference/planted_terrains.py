"""Computes the planted terrains of the demonstration anew, from its files, with GEOS (shapely) and pyproj.

    gisement demo --out DIR
    python tests/reference/planted_terrains.py DIR

Reads the parcels, buildings, flood zones, prescriptions and planning zones that any reader of the folder sees, and
compares areas with `verite/terrains-plantes.csv`, which the generator worked out on paper. Exit 1 where one differs by
more than 0.1 %.
"""

import csv
import gzip
import json
import sqlite3
import sys
from pathlib import Path

import pyproj
import shapely
from shapely.geometry import shape

BUILDING_MARGIN_M, FLOOD_MARGIN_M = 3.0, 5.0
HARD_PRESCRIPTIONS = {("05", "00"), ("05", "07"), ("02", "01")}

folder = Path(sys.argv[1])
to_plane = pyproj.Transformer.from_crs(4326, 2154, always_xy=True)


def plane(geometry):
    return shapely.transform(geometry, lambda xy: [to_plane.transform(*at) for at in xy])


def cadastre(insee, kind):
    path = folder / "cadastre" / f"cadastre-{insee}-{kind}.json.gz"
    if not path.exists():
        return None
    with gzip.open(path) as file:
        return [(f["properties"], plane(shape(f["geometry"]))) for f in json.load(file)["features"]]


def layer(path, table, columns):
    rows = sqlite3.connect(folder / path).execute(f'select geom, {columns} from "{table}"')
    return [(row[1:], shapely.from_wkb(row[0][40:])) for row in rows]


red = [g for (kind,), g in layer("risques/ppri.gpkg", "ppri_zonage", "classe") if kind == "PPRI rouge"]
reserved = [
    g
    for code, g in layer("plu/prescription_surf.gpkg", "prescription_surf", "TYPEPSC, STYPEPSC")
    if code in HARD_PRESCRIPTIONS
]
closed = []
for path in folder.glob("plu/**/zone_urba.gpkg"):
    rows = layer(path.relative_to(folder), "zone_urba", "TYPEZONE")
    closed += [g for (kind,), g in rows if kind == "AUs"]
for path in folder.glob("plu/**/*_ZONE_URBA_*.shp"):
    import shapefile  # pyshp

    for record in shapefile.Reader(str(path)).shapeRecords():
        if record.record["TYPEZONE"] == "AUs":
            closed.append(shape(record.shape.__geo_interface__))

with open(folder / "verite/terrains-plantes.csv", encoding="utf-8") as file:
    truth = list(csv.DictReader(file, delimiter=";"))
parcels, buildings = {}, {}
for insee in sorted({idu[:5] for row in truth for idu in row["idu"].split("|")}):
    parcels |= {p["id"]: g for p, g in cadastre(insee, "parcelles")}
    buildings[insee] = cadastre(insee, "batiments")


def near(geometries, land):
    tree = shapely.STRtree(geometries)
    return shapely.union_all([geometries[k] for k in tree.query(land.buffer(20))])


def agree(found, expected):
    return abs(found - expected) <= 1e-3 * expected


wrong = 0
for row in truth:
    idus = row["idu"].split("|")
    land = shapely.union_all([parcels[idu] for idu in idus])
    hard = shapely.union_all([near(red, land), near(reserved, land), near(closed, land)])
    gross, net = float(row["surface_brute_m2"]), row["surface_nette_m2"]
    if net:
        stands = [g for insee in {idu[:5] for idu in idus} for _, g in buildings[insee] or []]
        margins = near(stands, land).buffer(BUILDING_MARGIN_M, quad_segs=8)
        margins |= near(red, land).buffer(FLOOD_MARGIN_M, quad_segs=8)
        usable = land - hard
        pieces = [usable, *getattr(usable, "geoms", [])]
        good = any(agree(p.area, gross) and agree((p - margins).area, float(net)) for p in pieces)
    else:
        good = agree(land.area, gross)
    wrong += not good
    print("ok " if good else "NO ", row["histoire"], row["disponibilite"], gross, net or "-", round(land.area, 1))
print(f"{len(truth)} terrains, {wrong} wrong")
sys.exit(wrong > 0)
