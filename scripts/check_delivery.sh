#!/bin/sh
# Checks what the program hands out with other people's tools: GDAL's GeoPackage validator, QGIS, geopandas, frictionless.
# Each check that cannot run here says so; a check that runs and fails ends the run.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$BIN" --quiet demo --out "$work/demo" >"$work/demo.txt"
"$BIN" --quiet -C "$work/demo" inventory >"$work/inventory.txt"
"$BIN" --quiet request --new "$work/demande.toml" >>"$work/demo.txt"
"$BIN" --quiet -C "$work/demo" request "$work/demande.toml" --out "$work/reponse" >>"$work/demo.txt"
gpkg="$work/demo/results/gisement.gpkg"
answer="$work/reponse/answer.gpkg"
inventory="$work/demo/inventaire"
friches="$work/demo/results/friches-cnig"

if /usr/bin/python3 -c 'import osgeo' 2>/dev/null; then
    for file in "$gpkg" "$inventory/inventaire.gpkg" "$friches/friches.gpkg" "$answer"; do
        /usr/bin/python3 tests/reference/check_gpkg.py "$file"
    done
else
    echo "check_delivery: GeoPackage validator left out (no python3-gdal)"
fi

if /usr/bin/python3 -c 'import qgis.core' 2>/dev/null; then
    for file in "$gpkg" "$inventory/inventaire.gpkg" "$friches/friches.gpkg" "$answer"; do
        QT_QPA_PLATFORM=offscreen /usr/bin/python3 tests/reference/check_qgis.py "$file"
    done
else
    echo "check_delivery: QGIS left out (no python3-qgis)"
fi

python3 -m venv "$VENV"
"$VENV/bin/pip" install -q --disable-pip-version-check -r notebooks/requirements.txt
"$VENV/bin/python" tests/reference/check_inventory.py "$inventory"
"$VENV/bin/python" tests/reference/check_friches.py "$friches/friches.csv"
"$VENV/bin/python" tests/reference/check_answer.py "$work/reponse"
GISEMENT_DELIVERY="$gpkg" "$VENV/bin/jupyter" nbconvert --to notebook --execute --stdout notebooks/delivery.ipynb >"$work/run.ipynb"
echo "check_delivery: notebook executed"
