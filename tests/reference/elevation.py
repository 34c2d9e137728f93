#!/usr/bin/env python3
"""Small grids of heights by GDAL in many forms, and what GDAL reads in them: heights and slopes (Horn, per cent).

    python3 tests/reference/elevation.py

Writes tests/fixtures/elevation/ and tests/reference/elevation.tsv. Needs gdal-bin; GDAL 3.6 gave what is committed.
"""

import math
import pathlib
import subprocess
import tempfile

HERE = pathlib.Path(__file__).parent
TARGET = HERE.parent / "fixtures" / "elevation"
COLUMNS, ROWS, CELL = 20, 14, 5.0
X, Y = 550_000, 6_330_000
HOLES = {(3, 4), (4, 4), (15, 9)}


def height(column, row, holes):
    if holes and (column, row) in HOLES:
        return "-9999"
    x, y = column * CELL, row * CELL
    return f"{100 + 3 * math.sin(x / 11) + 2 * math.cos(y / 7) + 0.02 * x * y / 10:.4f}"


def run(*words):
    return subprocess.run([str(word) for word in words], check=True, capture_output=True, text=True).stdout


def grid(path, holes=False, place=("xllcorner", "yllcorner", 0.0)):
    x_word, y_word, shift = place
    rows = [" ".join(height(c, r, holes) for c in range(COLUMNS)) for r in reversed(range(ROWS))]
    head = [f"ncols {COLUMNS}", f"nrows {ROWS}", f"{x_word} {X + shift:.1f}", f"{y_word} {Y + shift:.1f}", f"cellsize {CELL}"]
    path.write_text("\n".join(head + ["NODATA_value -9999"] + rows) + "\n", encoding="ascii", newline="\n")


def main():
    TARGET.mkdir(parents=True, exist_ok=True)
    for old in TARGET.iterdir():
        old.unlink()
    plain, holes = TARGET / "plain.asc", TARGET / "holes.asc"
    grid(plain)
    grid(holes, holes=True, place=("xllcenter", "yllcenter", CELL / 2))
    system = ["-a_srs", "EPSG:2154"]
    tiled = ["-co", "TILED=YES", "-co", "BLOCKXSIZE=16", "-co", "BLOCKYSIZE=16"]
    forms = {
        "f32-deflate-tiles": [*system, "-co", "COMPRESS=DEFLATE", "-co", "PREDICTOR=3", *tiled],
        "f32-strips-big": [*system, "-co", "BIGTIFF=YES", "-co", "BLOCKYSIZE=3"],
        "f64-lzw-strips": [*system, "-ot", "Float64", "-co", "COMPRESS=LZW", "-co", "PREDICTOR=2"],
        "i16-deflate-tiles": [*system, "-ot", "Int16", "-co", "COMPRESS=DEFLATE", "-co", "PREDICTOR=2", *tiled],
        "u16-point": [*system, "-ot", "UInt16", "-a_nodata", "65535", "-mo", "AREA_OR_POINT=Point"],
        "f32-msb": [*system, "-co", "ENDIANNESS=BIG"],
        "no-system": [],
    }
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        answers = ["file\tx\ty\theight\tslope"]
        for name, options in forms.items():
            from_grid = plain if name == "u16-point" else holes
            run("gdal_translate", "-q", "-of", "GTiff", *options, from_grid, TARGET / f"{name}.tif")
        # Not read, each for its own reason.
        for name, options in {
            "lambert-2": ["-a_srs", "EPSG:27572"],
            "degrees": ["-a_srs", "EPSG:4326", "-a_ullr", "1", "44.1", "1.2", "43.96"],
            "three-bands": [*system, "-b", "1", "-b", "1", "-b", "1"],
            "scaled": [*system, "-ot", "Int16", "-a_scale", "0.1"],
            "oblong": [*system, "-a_ullr", X, Y + 70, X + 200, Y],
            "zstd": [*system, "-co", "COMPRESS=ZSTD"],
        }.items():
            run("gdal_translate", "-q", "-of", "GTiff", *options, plain, TARGET / f"{name}.tif")
        # Few bytes for many cells: tiles that are not there.
        run("gdal_create", "-q", "-of", "GTiff", "-outsize", "30000", "30000", "-bands", "1", "-ot", "Float32",
            "-a_srs", "EPSG:2154", "-a_ullr", X, Y + 30_000, X + 30_000, Y, "-co", "SPARSE_OK=TRUE", "-co", "TILED=YES",
            "-co", "BLOCKXSIZE=16384", "-co", "BLOCKYSIZE=16384", TARGET / "huge.tif")
        run("gdal_create", "-q", "-of", "GTiff", "-outsize", "40", "20", "-bands", "1", "-ot", "Float32",
            "-a_srs", "EPSG:2154", "-a_ullr", X, Y + 100, X + 200, Y, "-co", "SPARSE_OK=TRUE", "-co", "TILED=YES",
            "-co", "BLOCKXSIZE=16", "-co", "BLOCKYSIZE=16", TARGET / "sparse.tif")
        vrt = folder / "turned.vrt"
        run("gdal_translate", "-q", "-of", "VRT", *system, plain, vrt)
        text = vrt.read_text()
        start, end = text.index("<GeoTransform>"), text.index("</GeoTransform>")
        vrt.write_text(text[:start] + f"<GeoTransform>{X}, 4, 3, {Y}, 3, -4" + text[end:])
        run("gdal_translate", "-q", "-of", "GTiff", vrt, TARGET / "turned.tif")
        for path in [plain, holes, *(TARGET / f"{name}.tif" for name in forms)]:
            slope = folder / "slope.tif"
            run("gdaldem", "slope", "-p", "-q", path, slope)
            cells = [run("gdal_translate", "-q", "-of", "XYZ", "-ot", "Float64", one, "/vsistdout/") for one in (path, slope)]
            for one, other in zip(*(text.splitlines() for text in cells), strict=True):
                x, y, value = one.split()
                slope_value = other.split()[2]
                value, slope_value = ("" if float(v) == -9999 else f"{float(v):.9g}" for v in (value, slope_value))
                answers.append("\t".join((path.name, x, y, value, slope_value)))
    (HERE / "elevation.tsv").write_text("\n".join(answers) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
