"""The answer to a request against its published JSON Schema, and its files against each other.

Usage: check_answer.py FOLDER (what `gisement request --out` wrote). Needs jsonschema and geopandas.
"""
import csv
import html.parser
import json
import pathlib
import sys

import geopandas
import jsonschema

folder = pathlib.Path(sys.argv[1])
answer = json.loads((folder / "answer.json").read_text(encoding="utf-8"))
schema = json.loads((folder / "answer.schema.json").read_text(encoding="utf-8"))
jsonschema.Draft202012Validator.check_schema(schema)
jsonschema.Draft202012Validator(schema).validate(answer)

ids = [one["id"] for one in answer["candidates"]]
assert ids, "the template finds candidates in the demonstration"
layer = geopandas.read_file(folder / "answer.gpkg", layer="request_candidates")
assert list(layer.sort_values("rank")["candidate_id"]) == ids
with (folder / "candidates.csv").open(encoding="utf-8-sig", newline="") as file:
    rows = list(csv.reader(file, delimiter=";"))
assert len(rows) == len(ids) + 1, (len(rows), len(ids))
for one, (_, row) in zip(answer["candidates"], layer.sort_values("rank").iterrows()):
    # An assembly of parcels without ways between them covers its gross area.
    area = row.geometry.area
    assert abs(area - one["gross_area_m2"]) < max(1.0, 0.001 * area), (one["id"], area, one["gross_area_m2"])
    assert one["rank"] == row["rank"]
    for verdict in one["verdicts"]:
        assert verdict["result"] == row["c_" + verdict["condition"]]
        assert verdict["result"] != "fail", one["id"]
for miss in answer["near_misses"]:
    assert any(verdict["result"] == "fail" for verdict in miss["verdicts"])


class Sheet(html.parser.HTMLParser):
    """Counts what a sheet must have."""

    def __init__(self):
        super().__init__()
        self.seen = []

    def handle_starttag(self, tag, attributes):
        self.seen.append(tag)


sheets = sorted(folder.glob("sheet-*.html"))
assert sheets
for path in sheets:
    sheet = Sheet()
    text = path.read_text(encoding="utf-8")
    sheet.feed(text)
    assert sheet.seen.count("h1") == 1 and "svg" in sheet.seen and "table" in sheet.seen, path
    assert answer["notice"] in text, "invented data say so"
print(f"check_answer: {len(ids)} candidates, {len(answer['near_misses'])} near misses, {len(sheets)} sheets")
