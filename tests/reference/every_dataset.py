"""Every dataset of ../shared/data, by GDAL, PROJ, GEOS and pandas: the expected answers of tests/every_dataset.rs.

    python -m venv /tmp/oracle && /tmp/oracle/bin/pip install geopandas pyogrio shapely pyproj pandas
    /tmp/oracle/bin/python tests/reference/every_dataset.py ../shared/data > tests/reference/every_dataset.tsv

One line per layer of every file under elsewhere/ and ti-32-82/, and one per file that is no layer (kind `side`: what
belongs to another file or describes one; kind `unreadable`: nothing can be read in it). Nothing here comes from the
program: rules are written again from the published descriptions. No value of a column is written: some files hold
personal data.

Areas: every vertex is brought to EPSG:2154 by PROJ (x first), Z and M dropped, and each geometry made valid by GEOS.
`before` is shells less holes as drawn. `linework` fills what an odd number of rings goes round, so that a part that two
rings go round in the same direction becomes a hole; `structure` fills what a shell goes round and no hole does, which
is what the owner of the outline means. Where the two differ, `structure` is right, and `area_m2` is it.
"""

import csv
import io
import json
import sys
import tarfile
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd
import pyogrio
import pyproj
import shapely

LAMBERT_93 = 2154
# A polygon with less than this is a line drawn as a polygon.
NO_AREA_M2 = 1e-6
SIDES = {".dbf", ".shx", ".prj", ".cpg", ".dat", ".id", ".map"}
TEXTS = {".csv", ".txt"}
COLUMNS = ["path", "kind", "as", "layer", "what", "crs", "features", "with_geometry", "invalid",
           "no_area", "repeated", "before_m2", "linework_m2", "structure_m2", "area_m2", "note"]

# What each layer is: the word for --as (empty: none fits), and what it holds. First match of the end of the path wins.
WHAT = [
    ("BATI_INDUSTRIEL.shp", "buildings", "industrial buildings, BD TOPO v2"),
    ("v3/BATIMENT.shp", "buildings", "buildings, BD TOPO v3"),
    ("COMMUNE.shp", "", "outline of a commune: no word for it"),
    ("v2/ROUTE.shp", "roads", "roads, BD TOPO v2"),
    ("VOIE_FERREE.shp", "roads", "railway lines, BD TOPO"),
    ("SURFACE_ACTIVITE.shp", "sites", "areas of activity, BD TOPO v2"),
    ("ZONE_D_ACTIVITE_OU_D_INTERET.shp", "sites", "areas of activity or interest, BD TOPO v3"),
    ("SURFACE_HYDROGRAPHIQUE.shp", "", "water surfaces, BD TOPO v3: no word for them"),
    ("population.shp", "", "census squares of 200 m, INSEE: no word for them"),
    ("parcelles.json", "parcels", "parcels, Etalab"),
    ("parcelles.geojson", "parcels", "parcels, Etalab schema"),
    ("batiments.geojson", "buildings", "buildings, Etalab schema"),
    ("megeve/ZONE_URBA.shp", "zoning", "zones, CNIG 2014, of a PLU"),
    ("megeve/batiment.shp", "buildings", "buildings"),
    ("megeve/geo_batiment.shp", "buildings", "buildings, no .dbf"),
    ("megeve/geo_commune.shp", "", "outline of a commune: no word for it"),
    ("megeve/geo_parcelle.shp", "parcels", "parcels, no .dbf"),
    ("ZONE_URBA.shp", "zoning", "zones, CNIG 2014"),
    ("ZONE_URBA_20171013.shp", "zoning", "zones, CNIG 2017"),
    ("SECTEUR_CC_20150517.TAB", "zoning", "sectors of a carte communale, MapInfo"),
    ("SECTEUR_CC.csv", "zoning", "sectors of a carte communale, WKT (empty)"),
    ("InstallationsClassees_France.shp", "hazards", "installations classées"),
    ("nantes-zae.geojson", "sites", "outlines of ZAE, no column"),
    ("cartofriches-32-82.geojson", "friches", "Cartofriches"),
    ("cnig-fichier-valide-2022-04.csv", "friches", "CNIG friches 2022-04, WKT"),
    ("cnig-fichier-valide-v1.0.3.csv", "friches", "CNIG friches 1.0.3, WKT"),
    ("cnig-fichier-valide.csv", "friches", "CNIG friches 1.0.6, WKT"),
    ("cnig-etablissement-exemple-valide.csv", "sites", "CNIG établissement, GeoJSON cell without quotes"),
    ("cnig-pole-eco-exemple-valide.csv", "sites", "CNIG pôle, pair `longitude, latitude` in a cell"),
    ("cnig-site-eco-exemple-valide.csv", "sites", "CNIG site, GeoJSON cell"),
    ("cnig-terrain-eco-exemple-valide.csv", "sites", "CNIG terrain, GeoJSON cell"),
    ("communes-32-gers.geojson", "", "outlines of communes: no word for them"),
    ("communes-82-tarn-et-garonne.geojson", "", "outlines of communes: no word for them"),
    ("departement-32-gers.geojson", "", "outline of a department: no word for it"),
    ("departement-82-tarn-et-garonne.geojson", "", "outline of a department: no word for it"),
    ("sncf-gares.geojson", "", "stations, SNCF: no word for them"),
    ("dvf-brut-echantillon.txt", "table", "DVF as the DGFiP publishes it"),
    ("dvf-transactions_sample.csv", "table", "sales; longitude and latitude in columns"),
    ("lovac-2025-communes.csv", "table", "LOVAC 2025"),
    ("lovac-tauxvacance-communes-2021.csv", "table", "LOVAC 2021, rates"),
    ("communes-figures.csv", "table", "figures per commune"),
    ("communes-32-82-joined.derived.csv", "table", "figures per commune"),
    ("titres_pieces_ecrites_20171013.csv", "table", "titles of documents"),
]
PARTS = [
    ("PRESCRIPTION_", "hazards", "prescriptions, CNIG: constraints"),
    ("INFO_", "hazards", "informations, CNIG: constraints"),
    ("DOC_URBA_COM", "table", "communes of a planning document, CNIG"),
    ("DOC_URBA", "table", "planning documents, CNIG"),
]
LAYERS = {
    "PARCELLE_id": ("parcels", "parcels of an EDIGEO sheet"),
    "BATIMENT_id": ("buildings", "buildings of an EDIGEO sheet"),
    "site_eco": ("sites", "CNIG site"), "terrain_eco": ("sites", "CNIG terrain"),
    "pole_eco": ("sites", "CNIG pôle"), "etablissement": ("sites", "CNIG établissement"),
    "referenceinternet": ("table", "web address of a PPRT"), "procedure": ("table", "procedure of a PPRT"),
    "zonereglementairefoncier_s": ("hazards", "PPRT: land measures"),
    "zonereglementaireurba_s": ("hazards", "PPRT: zones of the regulation"),
    "perimetre_s": ("hazards", "PPRT: perimeter"),
}
# Files that are no layer.
NOT_LAYERS = {
    "-schema.json": "Table Schema: describes columns, holds no row",
    "cnig-schema-friches.json": "Table Schema: describes columns, holds no row",
    "territory.json": "the EPCIs and communes, nested: no table",
    ".xml": "ISO 19115 metadata of a planning document",
}
# Where a table keeps its geometry, and in which system: none of these files says so.
CELLS = {
    "cnig-fichier-valide-2022-04.csv": ("wkt", ["geomsurf"], 4326),
    "cnig-fichier-valide-v1.0.3.csv": ("wkt", ["geomsurf", "geompoint"], 4326),
    "cnig-fichier-valide.csv": ("wkt", ["geomsurf", "geompoint"], 4326),
    "SECTEUR_CC.csv": ("wkt", ["WKT"], None),
    "cnig-etablissement-exemple-valide.csv": ("geojson", ["etab_geompoint"], 4326),
    "cnig-pole-eco-exemple-valide.csv": ("pair", ["pole_geompoint"], 4326),
    "cnig-site-eco-exemple-valide.csv": ("geojson", ["site_geomsurf"], LAMBERT_93),
    "cnig-terrain-eco-exemple-valide.csv": ("geojson", ["terr_geomsurf"], LAMBERT_93),
    "dvf-transactions_sample.csv": ("lonlat", ["longitude", "latitude"], 4326),
}
NOTES = {
    "cnig-fichier-valide-v1.0.3.csv": "geomsurf is shortened with `...`; geompoint has latitude first, put right",
    "cnig-fichier-valide.csv": "geomsurf is shortened with `...`; geompoint has latitude first, put right",
    "cnig-site-eco-exemple-valide.csv": "ring not closed by 7 mm; Lambert-93 inside GeoJSON",
    "cnig-terrain-eco-exemple-valide.csv": "ring not closed by 7 mm; Lambert-93 inside GeoJSON",
}


def said(path, layer):
    """The word for --as and what the layer is."""
    name = Path(path).name
    for end, word in LAYERS.items():
        if layer.endswith(end):
            return word
    for end, word, what in WHAT:
        if path.endswith(end):
            return word, what
    for part, word, what in PARTS:
        if part in name:
            return word, what
    raise SystemExit(f"{path}: say what it is in WHAT")


def in_lambert(geometries, crs):
    """Every vertex through PROJ, in the plane."""
    flat = shapely.force_2d(geometries)
    if crs is None or crs == LAMBERT_93:
        return flat
    to = pyproj.Transformer.from_crs(crs, LAMBERT_93, always_xy=True)
    return shapely.transform(flat, lambda x, y: to.transform(x, y), interleaved=False)


def measured(geometries, crs, ids=None):
    """Counts and areas of one layer."""
    there = ~(shapely.is_missing(geometries) | shapely.is_empty(geometries))
    shapes = in_lambert(geometries[there], crs)
    valid = shapely.is_valid(shapes)
    dimension = shapely.get_dimensions(shapes)
    plane = dimension == 2
    linework, structure = shapes.copy(), shapes.copy()
    broken = ~valid & plane
    linework[broken] = shapely.make_valid(shapes[broken], method="linework")
    structure[broken] = shapely.make_valid(shapes[broken], method="structure", keep_collapsed=False)
    assert shapely.is_valid(structure[plane]).all()
    repeated = int(pd.Series(ids).duplicated().sum()) if ids is not None else 0
    line_m2, struct_m2 = shapely.area(linework), shapely.area(structure)
    differ = np.abs(line_m2 - struct_m2) > 1e-6
    note = []
    if differ.any():
        note.append(f"linework differs from structure in {int(differ.sum())} features, by at most "
                    f"{np.abs(line_m2 - struct_m2).max():.3f} m²: structure is right")
    return {
        "features": len(geometries), "with_geometry": int(there.sum()), "invalid": int((~valid & plane).sum()),
        "no_area": int((plane & (struct_m2 < NO_AREA_M2)).sum()), "repeated": repeated, "before_m2": sum_of(shapely.area(shapes)), "linework_m2": sum_of(line_m2),
        "structure_m2": sum_of(struct_m2), "area_m2": sum_of(struct_m2), "note": "; ".join(note),
    }


def sum_of(areas):
    return f"{float(np.sum(areas)):.6f}" if len(areas) and np.any(areas) else "0"


def of_gdal(file, layer, word):
    """One layer through GDAL: no column but the identifier is read."""
    info = pyogrio.read_info(file, layer=layer)
    names = {name.lower(): name for name in info["fields"]}
    wanted = [names[name] for name in ("idu", "id", "site_id") if name in names][:1] if word in ("parcels", "friches") else []
    _, fids, wkb, fields = pyogrio.raw.read(file, layer=layer, columns=wanted, return_fids=True)
    count = len(fids)
    if wkb is None:
        return {"crs": "", **measured(np.full(count, None), None)}
    geometries = shapely.from_wkb(wkb, on_invalid="fix")
    epsg = pyproj.CRS(info["crs"]).to_epsg(min_confidence=20) if info["crs"] else None
    if info["crs"] and epsg is None:
        raise SystemExit(f"{file} {layer}: {info['crs']}")
    return {"crs": epsg or "", **measured(geometries, epsg, fields[0] if wanted else None)}


def table(file):
    """A text file by pandas, every cell as text."""
    raw = file.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252")
    first = text.splitlines()[0]
    delimiter = max(",|\t;", key=first.count)
    return pd.read_csv(io.StringIO(text), sep=delimiter, dtype=str, keep_default_na=False)


def geometry_of(row, how, columns):
    """The first of the columns that holds a geometry; coordinates as longitude, latitude."""
    if how == "lonlat":
        return shapely.Point(*(float(row[column]) for column in columns))
    for column in columns:
        text = row[column].strip()
        if text == "" or "..." in text:
            continue
        if how == "pair":
            return shapely.Point(*(float(part) for part in text.split(",")))
        if how == "geojson":
            value = json.loads(text)
            if value["type"] == "Polygon":
                # shapely closes an open ring.
                return shapely.Polygon(value["coordinates"][0], value["coordinates"][1:])
            return shapely.geometry.shape(value)
        shape = shapely.from_wkt(text)
        x, y = shapely.get_coordinates(shape)[0]
        if 41 <= x <= 52 and -6 <= y <= 10:
            shape = shapely.transform(shape, lambda x, y: (y, x), interleaved=False)
        return shape
    return None


def of_text(file):
    rows = table(file)
    how = CELLS.get(file.name)
    if how is None:
        return {"crs": "", **measured(np.full(len(rows), None), None)}
    kind, columns, epsg = how
    shapes = [geometry_of(row, kind, columns) for _, row in rows.iterrows()]
    answer = {"crs": epsg or "", **measured(np.array(shapes, dtype=object), epsg)}
    answer["note"] = "; ".join(note for note in (NOTES.get(file.name, ""), answer["note"]) if note)
    return answer


def of_edigeo(file):
    """The layers of parcels and buildings of a sheet; a sheet without buildings has no such layer."""
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(file) as archive:
            archive.extractall(folder, filter="data")
        thf = next(Path(folder).rglob("*.THF"))
        present = {name for name, _ in pyogrio.list_layers(thf)}
        for layer in ("PARCELLE_id", "BATIMENT_id"):
            if layer in present:
                yield layer, of_gdal(thf, layer, LAYERS[layer][0])
            else:
                yield layer, {"crs": "", **measured(np.full(0, None), None), "note": "the sheet has no such layer"}


def lines_of(file, path):
    """The lines of one file."""
    extension = file.suffix.lower()
    for end, what in NOT_LAYERS.items():
        if path.endswith(end):
            return [{"kind": "side", "what": what}]
    if file.stat().st_size == 0:
        return [{"kind": "unreadable", "as": "table", "what": "an empty file"}]
    beside = {other.suffix.lower() for other in file.parent.iterdir() if other.stem == file.stem}
    if extension in SIDES and beside & {".shp", ".tab"} and extension not in beside & {".shp", ".tab"}:
        return [{"kind": "side", "what": "beside the " + (".shp" if ".shp" in beside else ".TAB")}]
    if file.name.endswith(".tar.bz2"):
        answers = list(of_edigeo(file))
    elif extension in TEXTS:
        answers = [(file.stem, of_text(file))]
    else:
        names = [str(name) for name, _ in pyogrio.list_layers(file)]
        answers = []
        for name in names:
            if name == "layer_styles":
                answers.append((name, None))
            else:
                answers.append((name, of_gdal(file, name, said(path, name)[0])))
    lines = []
    for layer, answer in answers:
        if answer is None:
            lines.append({"kind": "side", "layer": layer, "what": "styles of QGIS, not in gpkg_contents"})
            continue
        word, what = said(path, layer)
        lines.append({"kind": "layer", "as": word, "layer": layer, "what": what, **answer})
    return lines


def main(root):
    writer = csv.DictWriter(sys.stdout, COLUMNS, delimiter="\t", lineterminator="\n", restval="",
                            quoting=csv.QUOTE_NONE, quotechar=None)
    proj, geos = pyproj.proj_version_str, shapely.geos_version_string
    gdal = ".".join(str(part) for part in pyogrio.__gdal_version__)
    print(f"# GDAL {gdal}, GEOS {geos}, PROJ {proj}, pyogrio {pyogrio.__version__}, shapely {shapely.__version__}, "
          f"pyproj {pyproj.__version__}, pandas {pd.__version__}, numpy {np.__version__}")
    writer.writeheader()
    pyproj.network.set_network_enabled(False)
    for folder in ("elsewhere", "ti-32-82"):
        for file in sorted(file for file in (root / folder).rglob("*") if file.is_file()):
            path = file.relative_to(root).as_posix()
            for line in lines_of(file, path):
                writer.writerow({"path": path, **line})


main(Path(sys.argv[1]))
