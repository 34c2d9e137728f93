#!/usr/bin/python3
"""What GDAL reads in the EDIGEO sheets: the expected answers of tests/read_edigeo.rs.

    /usr/bin/python3 tests/reference/edigeo.py FOLDER > tests/reference/edigeo.tsv

FOLDER holds the archives (`edigeo-*.tar.bz2`). Two kinds of lines:

    layer   sheet  layer  features  with_geometry  measure  crc32
    parcel  sheet  IDU    area

`measure` is the total area of polygons, the total length of lines, the sum of x + y of points, in
metres. `crc32` is over the attributes, so that the values themselves need not be written: one line
`NAME=value` per attribute that is set, objects in the order of their identifier, numbers with six
decimals. GDAL's own columns (OGR_…) and layers (…_LABEL, the labels sorted by what they label) are
no part of the exchange and left out.

Where GDAL 3.6.2 differs from our reader, seen on the small exchange of tests/edigeo/exchange.rs; none
of it occurs in the real sheets:

- two faces of one object that share an arc stay two parts that touch along it, which is no valid
  multipolygon; here the arc between them goes;
- an arc with the same face on both sides becomes a part of three points and no area, or, with a
  hole in the object, spoils the holes (the area of the section comes out as 132, not 124); here it
  goes;
- an object that nothing draws is left out; here it is a row without geometry;
- a class without objects is no layer; here it is an empty one;
- of several lots of one .THF only the first is read; here all are;
- a class without entry in the .DIC (DIP) is left out with its objects; here its name is enough.
"""

import glob
import os
import sys
import tarfile
import tempfile
import zlib

from osgeo import gdal, ogr

gdal.PushErrorHandler("CPLQuietErrorHandler")
ogr.UseExceptions()


def measure(geometry):
    if geometry is None or geometry.IsEmpty():
        return 0.0
    if geometry.GetDimension() == 2:
        return geometry.GetArea()
    if geometry.GetDimension() == 1:
        return geometry.Length()
    return geometry.GetX() + geometry.GetY()


def attributes(feature):
    lines = []
    for at in range(feature.GetFieldCount()):
        definition = feature.GetFieldDefnRef(at)
        name = definition.GetName()
        if name.startswith("OGR_") or not feature.IsFieldSetAndNotNull(at):
            continue
        if definition.GetType() == ogr.OFTString:
            text = feature.GetFieldAsString(at)
        else:
            text = "%.6f" % feature.GetFieldAsDouble(at)
        if text.strip():
            lines.append(f"{name}={text}\n")
    return "".join(lines)


def sheet(archive):
    name = os.path.basename(archive).split(".")[0]
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(archive) as tar:
            tar.extractall(folder)
        dataset = ogr.Open(glob.glob(os.path.join(folder, "*.THF"))[0])
        layers = {layer.GetName(): layer for layer in dataset}
        for layer in sorted(name for name in layers if not name.endswith("_LABEL")):
            features = sorted(layers[layer], key=lambda feature: feature["OBJECT_RID"])
            shapes = [feature.GetGeometryRef() for feature in features]
            total = sum(measure(shape) for shape in shapes)
            there = sum(shape is not None and not shape.IsEmpty() for shape in shapes)
            crc = zlib.crc32("".join(map(attributes, features)).encode())
            print("layer", name, layer, len(features), there, repr(total), crc, sep="\t")
            if layer == "PARCELLE_id":
                for feature in sorted(features, key=lambda feature: feature["IDU"]):
                    area = measure(feature.GetGeometryRef())
                    print("parcel", name, feature["IDU"], repr(area), sep="\t")


def main(folder):
    for archive in sorted(glob.glob(os.path.join(folder, "edigeo-*.tar.bz2"))):
        sheet(archive)


main(sys.argv[1])
