#!/usr/bin/python3
"""What GDAL reads in the real files: the expected answers of tests/read_formats.rs.

    /usr/bin/python3 tests/reference/read_counts.py DATA > tests/reference/read_counts.tsv

DATA is the folder that GISEMENT_REAL_DATA names. One line per layer: path, layer, number of
features, features with a non-empty geometry, total plane area in the file's units, x and y of the
first vertex of the first geometry, number of columns, name and number of non-blank values of the
first column. No value of a column is written: some files hold personal data.
"""

import os
import sys

from osgeo import gdal, ogr

gdal.PushErrorHandler("CPLQuietErrorHandler")
ogr.UseExceptions()

WANTED = (".shp", ".dbf", ".geojson", ".json", ".gpkg", ".csv")


def first_vertex(geometry):
    while geometry.GetGeometryCount() > 0:
        geometry = geometry.GetGeometryRef(0)
    return geometry.GetX(0), geometry.GetY(0)


def layer_line(path, layer):
    count = with_geometry = filled = 0
    area = 0.0
    first = None
    definition = layer.GetLayerDefn()
    for feature in layer:
        count += 1
        if definition.GetFieldCount() and feature.IsFieldSetAndNotNull(0):
            filled += feature.GetFieldAsString(0).strip() != ""
        geometry = feature.GetGeometryRef()
        if geometry is None or geometry.IsEmpty():
            continue
        with_geometry += 1
        if geometry.GetDimension() == 2:
            area += geometry.GetArea()
        if first is None:
            first = first_vertex(geometry)
    x, y = first or ("", "")
    name = definition.GetFieldDefn(0).GetName() if definition.GetFieldCount() else ""
    values = (path, layer.GetName(), count, with_geometry, repr(area), repr(x) if first else "",
              repr(y) if first else "", definition.GetFieldCount(), name, filled)
    return "\t".join(str(value) for value in values)


def main(root):
    print("path\tlayer\tfeatures\twith_geometry\tarea\tx\ty\tcolumns\tcolumn\tfilled")
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(f for f in folders if f != "bad-inputs")
        for name in sorted(names):
            path = os.path.join(folder, name)
            stem, extension = os.path.splitext(path)
            extension = extension.lower()
            if extension not in WANTED:
                continue
            if extension == ".dbf" and any(os.path.exists(stem + e) for e in (".shp", ".SHP")):
                continue
            options = ["QUOTED_FIELDS_AS_STRING=YES"] if extension == ".csv" else []
            try:
                dataset = gdal.OpenEx(path, gdal.OF_VECTOR, open_options=options)
            except RuntimeError:
                continue
            if dataset is None:
                continue
            for index in range(dataset.GetLayerCount()):
                print(layer_line(os.path.relpath(path, root), dataset.GetLayer(index)))


main(sys.argv[1])
