"""The numbers of tests/traps: areas in EPSG:2154 by PROJ and GEOS of the invented shapes that the tests write.

    python tests/reference/traps.py          (pyproj, shapely; see every_dataset.py)

Every vertex is transformed, x first; no grid is used, so that Lambert II étendu is good to some metres.
"""

import pyproj
import shapely

pyproj.network.set_network_enabled(False)


def area(epsg, coordinates):
    to = pyproj.Transformer.from_crs(epsg, 2154, always_xy=True)
    return shapely.transform(shapely.Polygon(coordinates), to.transform, interleaved=False).area


def square(x, y, side):
    return [(x, y), (x, y + side), (x + side, y + side), (x + side, y)]


def back(epsg, x, y):
    return pyproj.Transformer.from_crs(2154, epsg, always_xy=True).transform(x, y)


print(pyproj.proj_version_str, shapely.geos_version_string)
print("origin 550000 6330000 in 4326", back(4326, 550000, 6330000))
print("origin 550000 6330000 in 27572", back(27572, 550000, 6330000))
print("CC46 square 100 m at 1980000 5190000", area(3946, square(1980000, 5190000, 100)))
print("CC44 square 100 m at 1550000 3200000", area(3944, square(1550000, 3200000, 100)))
print("27572 square 100 m at 503000 1894000", area(27572, square(503000, 1894000, 100)))
print("4326 square 0.001 at 1.125 44.05", area(4326, square(1.125, 44.05, 0.001)))
print("4326 square 0.001 at 3.98 49.25", area(4326, square(3.98, 49.25, 0.001)))
