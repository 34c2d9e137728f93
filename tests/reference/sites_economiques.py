#!/usr/bin/env python3
"""Writes sites_economiques.tsv: the facts of the CNIG table schemas of Sites économiques that a delivery is checked by.

    python3 tests/reference/sites_economiques.py FOLDER > tests/reference/sites_economiques.tsv

FOLDER is a working copy of https://github.com/cnigfr/schema-sites-economiques (v1.0.1). Columns: table, field, type,
format, required, enum (joined by |), pattern. Types and patterns are those of its schema.json.
"""

import json
import pathlib
import sys


def main():
    if len(sys.argv) != 2:
        print(__doc__)
        return 2
    print("table\tfield\ttype\tformat\trequired\tenum\tpattern")
    for table in ("site-eco", "terrain-eco", "etablissement"):
        schema = json.loads(pathlib.Path(sys.argv[1], "schema", table, "schema.json").read_text(encoding="utf-8"))
        for field in schema["fields"]:
            rules = field.get("constraints", {})
            print("\t".join([
                table, field["name"], field["type"], field.get("format", ""), "yes" if rules.get("required") else "no",
                "|".join(rules.get("enum", [])), rules.get("pattern", "")]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
