#!/usr/bin/env python3
"""Takes the facts of the CNIG's schema.json of friches: python3 tests/reference/friches.py schema.json > tests/reference/friches.tsv

schema.json: https://github.com/cnigfr/schema-friches (v1.0.6).
"""
import json
import sys

print("\t".join(["field", "type", "format", "required", "enum", "pattern"]))
for field in json.load(open(sys.argv[1], encoding="utf-8"))["fields"]:
    rules = field.get("constraints", {})
    print("\t".join([
        field["name"], field["type"], field.get("format", ""), "yes" if rules.get("required") else "no",
        "|".join(rules.get("enum", [])), rules.get("pattern", ""),
    ]))
