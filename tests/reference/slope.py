"""Slopes of a small bumpy ground by GDAL (Horn), for the tests of src/spatial/elevation.rs.

Writes an Esri ASCII grid of 9 x 8 cells of 5 m, runs `gdaldem slope -p`, prints the slopes in per cent, from the north.
Needs gdal-bin. GDAL 3.6 gave the figures in the test.
"""
import math
import pathlib
import subprocess
import tempfile

COLUMNS, ROWS, CELL = 9, 8, 5.0


def height(x, y):
    return round(100 + 3 * math.sin(x / 11) + 2 * math.cos(y / 7) + 0.02 * x * y / 10, 4)


with tempfile.TemporaryDirectory() as folder:
    grid = pathlib.Path(folder, "ground.asc")
    rows = [" ".join(str(height(c * CELL, r * CELL)) for c in range(COLUMNS)) for r in reversed(range(ROWS))]
    head = f"ncols {COLUMNS}\nnrows {ROWS}\nxllcenter 563200\nyllcenter 6301800\ncellsize {CELL}\nNODATA_value -9999\n"
    grid.write_text(head + "\n".join(rows) + "\n")
    slope = pathlib.Path(folder, "slope.asc")
    subprocess.run(["gdaldem", "slope", "-p", "-q", "-of", "AAIGrid", grid, slope], check=True)
    print(slope.read_text())
