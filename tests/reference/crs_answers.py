#!/usr/bin/env python3
"""Answers of PROJ for src/spatial/crs.rs: points of metropolitan France in each built-in reference system, and
their Lambert-93 coordinates. Run with pyproj installed; writes src/spatial/crs_answers.in."""
import pathlib
import pyproj

POINTS = [(1.107, 44.039), (0.587, 43.646), (-1.5, 47.2), (7.75, 48.58), (6.62, 45.86), (2.35, 48.85)]
CODES = [4326, 4171, 3857, 3942, 3943, 3944, 3945, 3946, 3947, 3948, 3949, 3950, 32630, 32631, 32632]

rows = []
for code in CODES:
    # RGF93 and WGS 84 are taken as equal, so both ends are computed from the same longitude and latitude.
    geographic = pyproj.CRS(code).geodetic_crs
    there = pyproj.Transformer.from_crs(geographic, pyproj.CRS(code), always_xy=True)
    lambert = pyproj.Transformer.from_crs(pyproj.CRS(4171), pyproj.CRS(2154), always_xy=True)
    for lon, lat in POINTS:
        x, y = (lon, lat) if code in (4326, 4171) else there.transform(lon, lat)
        x93, y93 = lambert.transform(lon, lat)
        rows.append(f"    ({code}, {x!r}, {y!r}, {x93!r}, {y93!r}),")

target = pathlib.Path(__file__).parents[2] / "src/spatial/crs_answers.in"
target.write_text(f"// Made by tests/reference/crs_answers.py with PROJ {pyproj.proj_version_str}.\n&[\n" + "\n".join(rows) + "\n]\n")
print(len(rows), "answers written to", target)
