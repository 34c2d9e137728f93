#!/bin/sh
# Checks what the program hands out with other people's tools: GDAL's GeoPackage validator, QGIS, geopandas.
# Each check that cannot run here says so; a check that runs and fails ends the run.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$BIN" --quiet demo --out "$work/demo" >"$work/demo.txt"
gpkg="$work/demo/results/gisement.gpkg"

if /usr/bin/python3 -c 'import osgeo' 2>/dev/null; then
    /usr/bin/python3 tests/reference/check_gpkg.py "$gpkg"
else
    echo "check_delivery: GeoPackage validator left out (no python3-gdal)"
fi

if /usr/bin/python3 -c 'import qgis.core' 2>/dev/null; then
    QT_QPA_PLATFORM=offscreen /usr/bin/python3 tests/reference/check_qgis.py "$gpkg"
else
    echo "check_delivery: QGIS left out (no python3-qgis)"
fi

python3 -m venv "$VENV"
"$VENV/bin/pip" install -q --disable-pip-version-check -r notebooks/requirements.txt
GISEMENT_DELIVERY="$gpkg" "$VENV/bin/jupyter" nbconvert --to notebook --execute --stdout notebooks/delivery.ipynb >"$work/run.ipynb"
echo "check_delivery: notebook executed"
