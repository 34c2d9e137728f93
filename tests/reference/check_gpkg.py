#!/usr/bin/python3
"""Checks a delivered GeoPackage against the standard and against what QGIS expects of it.

    /usr/bin/python3 tests/reference/check_gpkg.py FILE.gpkg

One line per check; exit status 1 when any failed, 2 when the file cannot be opened. Needs only the standard library;
with GDAL's Python bindings, GDAL's own validator runs too.
"""

import os
import re
import sqlite3
import struct
import sys
import xml.etree.ElementTree as xml

SRS = 2154
GP_10300 = (0x47504B47, 10300)
TRIGGERS = {"insert", "update1", "update2", "update3", "update4", "delete"}
TRIGGERS_14 = {"insert", "update2", "update4", "update5", "update6", "update7", "delete"}
PERSON = re.compile(
    r"proprio_?nom|nom_?prop|nom_?usage|prenom|dnupro|ddenom|dnomus|dprnus|dnomlp|dprnlp|jdatnss|dldnss|"
    r"dlign[3-6]|gdesip|nomprop|titulaire|e_?mail|courriel|telephone|contact",
    re.IGNORECASE,
)

failures = 0


def check(what, ok, detail=""):
    """Prints the line of one check and remembers a failure."""
    global failures
    failures += not ok
    print(f"{'ok  ' if ok else 'FAIL'} {what}{f': {detail}' if detail else ''}")


def one(db, sql, *values):
    return db.execute(sql, values).fetchone()[0]


def quoted(name):
    return '"' + name.replace('"', '""') + '"'


def the_file(db, path):
    with open(path, "rb") as file:
        head = file.read(100)
    check("header says SQLite 3", head[:16] == b"SQLite format 3\0")
    check("rollback journal in the header, no WAL", head[18:20] == b"\1\1", head[18:20].hex())
    mode = one(db, "PRAGMA journal_mode")
    check("journal_mode delete", mode == "delete", mode)
    left = [end for end in ("-wal", "-shm", "-journal") if os.path.exists(path + end)]
    check("no side file", not left, " ".join(left))
    identity = (one(db, "PRAGMA application_id"), one(db, "PRAGMA user_version"))
    check("application_id GPKG, user_version 10300", identity == GP_10300, str(identity))
    integrity = [row[0] for row in db.execute("PRAGMA integrity_check")]
    check("integrity_check", integrity == ["ok"], integrity[0])
    orphans = db.execute("PRAGMA foreign_key_check").fetchall()
    check("foreign_key_check", not orphans, f"{len(orphans)} rows")


def the_reference_systems(db):
    known = dict(db.execute("SELECT srs_id, organization FROM gpkg_spatial_ref_sys"))
    check("srs rows -1, 0, 4326 and 2154", {-1, 0, 4326, SRS} <= known.keys(), str(sorted(known)))
    lambert = db.execute(
        "SELECT organization, organization_coordsys_id, definition FROM gpkg_spatial_ref_sys WHERE srs_id = ?", (SRS,)
    ).fetchone() or ("", 0, "")
    check("2154 is EPSG's and has its definition",
          lambert[0].upper() == "EPSG" and lambert[1] == SRS and "Lambert" in lambert[2])


def the_metadata(db):
    rows = db.execute("SELECT mime_type, metadata FROM gpkg_metadata").fetchall()
    check("gpkg_metadata has a text", any(text and text.strip() for _, text in rows), f"{len(rows)} rows")
    check("gpkg_metadata_reference", one(db, "SELECT count(*) FROM gpkg_metadata_reference") > 0)
    if any("xml" in (mime or "") for mime, _ in rows):
        try:
            for mime, text in rows:
                if "xml" in mime:
                    xml.fromstring(text)
            check("gpkg_metadata is well-formed", True)
        except xml.ParseError as error:
            check("gpkg_metadata is well-formed", False, str(error))


def the_registry(db):
    tables = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    listed = {name for (name,) in db.execute("SELECT table_name FROM gpkg_contents")}
    check("every table of gpkg_contents exists", listed <= tables, " ".join(sorted(listed - tables)))
    owned = {t for t in tables if t.startswith(("gpkg_", "rtree_", "sqlite_"))}
    check("every table is listed or the standard's", tables - owned <= listed, " ".join(sorted(tables - owned - listed)))
    named = dict(db.execute("SELECT identifier, count(*) FROM gpkg_contents GROUP BY 1"))
    check("identifiers are unique", all(count == 1 for count in named.values()))
    bare = [name for name, text in db.execute(
        "SELECT table_name, description FROM gpkg_contents WHERE data_type = 'features'") if not (text or "").strip()]
    check("every layer is described", not bare, " ".join(bare))


def a_layer(db, table, column, kind, srs):
    name, geom = quoted(table), quoted(column)
    rows = one(db, f"SELECT count(*) FROM {name}")
    columns = [(row[1], row[2], row[5]) for row in db.execute(f"PRAGMA table_info({name})")]
    # A reading without anything to say leaves an empty layer of anomalies; every other layer has a reason to be there.
    check(f"{table}: rows", rows > 0 or table == "anomalies", str(rows))
    check(f"{table}: integer primary key",
          [kind_.upper() for _, kind_, key in columns if key] == ["INTEGER"])
    check(f"{table}: reference system", srs == SRS, str(srs))
    # The standard of friches has columns for people; they have to be there and stay empty.
    persons = [column_ for column_, _, _ in columns if PERSON.search(column_)
               and (not table.startswith("friches_") or one(db, f"SELECT count({quoted(column_)}) FROM {name}") > 0)]
    check(f"{table}: nobody is named in a column of a person", not persons, " ".join(persons))
    check(f"{table}: every row has its geometry", one(db, f"SELECT count(*) FROM {name} WHERE {geom} IS NULL") == 0)

    codes = {"POINT": {1}, "MULTIPOLYGON": {6}, "MULTILINESTRING": {5}, "POLYGON": {3}, "LINESTRING": {2}}
    wrong = empty = 0
    box = [float("inf"), float("inf"), float("-inf"), float("-inf")]
    for (blob,) in db.execute(f"SELECT {geom} FROM {name} WHERE {geom} IS NOT NULL"):
        flags = blob[3]
        order = "little" if flags & 1 else "big"
        at = 8 + {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}.get((flags >> 1) & 7, 0)
        wkb_order = "little" if blob[at] else "big"
        code = int.from_bytes(blob[at + 1:at + 5], wkb_order)
        empty += bool(flags & 0x10)
        wrong += (blob[:2] != b"GP" or int.from_bytes(blob[4:8], order, signed=True) != srs
                  or code not in codes.get(kind, {code}))
        mark = "<" if order == "little" else ">"
        if (flags >> 1) & 7:
            x0, x1, y0, y1 = struct.unpack_from(mark + "4d", blob, 8)
        else:
            x0, y0 = struct.unpack_from(("<" if blob[at] else ">") + "2d", blob, at + 5) if code == 1 else (box[0], box[1])
            x1, y1 = (x0, y0) if code == 1 else (box[2], box[3])
        box = [min(box[0], x0), min(box[1], y0), max(box[2], x1), max(box[3], y1)]
    check(f"{table}: geometries are GP blobs of type {kind} in {srs}", wrong == 0, f"{wrong} are not" if wrong else "")
    check(f"{table}: no empty geometry", empty == 0, f"{empty} are" if empty else "")
    said = db.execute("SELECT min_x, min_y, max_x, max_y FROM gpkg_contents WHERE table_name = ?", (table,)).fetchone()
    fits = None not in said and max(abs(a - b) for a, b in zip(said, box)) < 1e-6
    check(f"{table}: extent of gpkg_contents", fits if rows else said == (None,) * 4)

    tree = f"rtree_{table}_{column}"
    exists = one(db, "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = ?", tree) == 1
    check(f"{table}: spatial index", exists)
    if exists:
        indexed = one(db, f"SELECT count(*) FROM {quoted(tree)}")
        check(f"{table}: index holds every row", indexed == rows, f"{indexed} of {rows}")
        key = next(name_ for name_, _, key_ in columns if key_)
        lost = one(db, f"SELECT count(*) FROM {name} t LEFT JOIN {quoted(tree)} r ON r.id = t.{quoted(key)} WHERE r.id IS NULL")
        check(f"{table}: index points at the rows", lost == 0, f"{lost} without" if lost else "")
        try:
            answer = one(db, "SELECT rtreecheck(?)", tree)
        except sqlite3.Error as error:
            answer = f"ok (rtreecheck not built in: {error})" if "no such function" in str(error) else str(error)
        check(f"{table}: rtreecheck", answer.startswith("ok"), answer)
    triggers = {n[len(tree) + 1:] for (n,) in db.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?", (table,)) if n.startswith(tree + "_")}
    check(f"{table}: triggers of the index", triggers in (TRIGGERS, TRIGGERS_14), " ".join(sorted(triggers)))
    registered = one(db, "SELECT count(*) FROM gpkg_extensions WHERE table_name = ? AND column_name = ? "
                         "AND extension_name = 'gpkg_rtree_index'", table, column)
    check(f"{table}: index registered as extension", registered == 1)

    styles = db.execute(
        "SELECT f_table_schema, useAsDefault, styleQML, styleSLD FROM layer_styles "
        "WHERE f_table_name = ? AND f_geometry_column = ?", (table, column)).fetchall()
    defaults = [style for style in styles if style[1] in (1, "1", "true")]
    check(f"{table}: one default style", len(defaults) == 1, f"{len(styles)} rows")
    for schema, _, qml, sld in defaults:
        check(f"{table}: style has f_table_schema = ''", schema == "", repr(schema))
        for kind_, text in (("QML", qml), ("SLD", sld)):
            try:
                root = xml.fromstring(text or "")
                check(f"{table}: {kind_} is XML", len(root) > 0, f"{len(text)} characters")
            except xml.ParseError as error:
                check(f"{table}: {kind_} is XML", False, str(error))


def ranked_layers(db, layers):
    """A rank belongs to one row, scores stay in 0-100 and fall as ranks grow."""
    for table in layers:
        columns = {row[1] for row in db.execute(f"PRAGMA table_info({quoted(table)})")}
        if not {"rank", "score"} <= columns:
            continue
        # The answer to a request: those of which all is known stand before those to be checked.
        group = "fits" if "fits" in columns else "verdict"
        if group not in columns:
            # Some sites of a ranking, told beside it: the same place and the same score there.
            away = one(db, f"SELECT count(*) FROM {quoted(table)} some LEFT JOIN friches whole USING (site_id) WHERE whole.rank IS NOT some.rank OR whole.score IS NOT some.score OR whole.fid IS NULL")
            check(f"{table}: ranks and scores of the ranking", away == 0, f"{away} rows differ")
            continue
        rows = db.execute(f"SELECT rank, score, {group} FROM {quoted(table)} WHERE rank IS NOT NULL ORDER BY rank").fetchall()
        check(f"{table}: ranks 1 to {len(rows)}, each once", [row[0] for row in rows] == list(range(1, len(rows) + 1)))
        pairs = [(a, b) for a, b in zip(rows, rows[1:]) if a[2] == b[2] and None not in (a[1], b[1])]
        falling = all(a[1] >= b[1] for a, b in pairs)
        check(f"{table}: scores fall as ranks grow", falling)
        wild = one(db, f"SELECT count(*) FROM {quoted(table)} WHERE score NOT BETWEEN 0 AND 100")
        check(f"{table}: scores in 0-100", wild == 0)


def gdal_agrees(path):
    try:
        from osgeo import gdal
        from osgeo_utils.samples import validate_gpkg
    except ImportError as error:
        print(f"left out: GDAL's validator ({error})")
        return
    gdal.UseExceptions()
    try:
        validate_gpkg.check(path, abort_at_first_error=False, verbose=False, extra_checks=True)
        check(f"GDAL {gdal.__version__} validate_gpkg, with extra checks", True)
    except Exception as error:  # the validator raises what it likes
        check(f"GDAL {gdal.__version__} validate_gpkg, with extra checks", False, f"{type(error).__name__} {error}")
    with_validity(path)


def with_validity(path):
    from osgeo import ogr
    ogr.UseExceptions()
    source = ogr.Open(path)
    for at in range(source.GetLayerCount()):
        layer = source.GetLayer(at)
        if layer.GetGeomType() == ogr.wkbNone:
            continue
        read = sum(1 for _ in layer)
        check(f"{layer.GetName()}: OGR reads what it announces", read == layer.GetFeatureCount(), str(read))


def main():
    if len(sys.argv) != 2 or not os.path.isfile(sys.argv[1]):
        print(__doc__)
        os._exit(2)
    path = sys.argv[1]
    db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    the_file(db, path)
    the_reference_systems(db)
    the_metadata(db)
    the_registry(db)
    layers = db.execute(
        "SELECT c.table_name, g.column_name, g.geometry_type_name, g.srs_id FROM gpkg_contents c "
        "JOIN gpkg_geometry_columns g USING (table_name) WHERE c.data_type = 'features' ORDER BY c.rowid").fetchall()
    check("feature tables", len(layers) > 0, " ".join(layer[0] for layer in layers))
    for layer in layers:
        a_layer(db, *layer)
    ranked_layers(db, [layer[0] for layer in layers])
    db.close()
    gdal_agrees(path)
    print(f"{'PASS' if failures == 0 else 'FAIL'} {os.path.basename(path)}: {failures} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
