"""What geopandas and pandas say of the real files that `tests/real_files.rs` loads; writes real_files.json.

    python tests/reference/real_files.py FOLDER-OF-REAL-FILES

Nothing here comes from the library: rules are written again from the published descriptions.
"""

import json
import math
import sys
from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely

LAMBERT = 2154
SECRET = (1, 10)
HERE = Path(__file__).parent


def territory_32_82(folder):
    territory = json.loads((folder / "territory.json").read_text(encoding="utf-8"))
    epcis = {}
    for entry in walk(territory):
        epcis[entry["siren"]] = {"name": entry["name"], "communes": sorted(c["insee"] for c in entry["communes"])}
    codes = {code for epci in epcis.values() for code in epci["communes"]}

    outlines = pd.concat([gpd.read_file(folder / name).set_crs(4326, allow_override=True) for name in
                          ("communes-32-gers.geojson", "communes-82-tarn-et-garonne.geojson")])
    ours = outlines[outlines.code.isin(codes)].to_crs(LAMBERT)
    friches = gpd.read_file(folder / "cartofriches-32-82.geojson").to_crs(LAMBERT)
    kept = friches[friches.comm_insee.isin(codes)]
    areal = kept[kept.geom_type.isin(["Polygon", "MultiPolygon"])]
    stations = gpd.read_file(folder / "sncf-gares.geojson")

    return {
        "communes": len(codes),
        "outlines_in_files": len(outlines),
        "outlined": int(ours.code.nunique()),
        "without_outline": sorted(codes - set(ours.code)),
        "outlines_area_m2": float(ours.area.sum()),
        "area_of_each_m2": {code: float(area) for code, area in ours.dissolve("code").area.items()},
        "friches_in_file": len(friches),
        "friches": len(kept),
        "friche_ids": sorted(kept.site_id),
        "friches_areal": len(areal),
        "friches_areal_m2": float(areal.area.sum()),
        "stations_in_file": len(stations),
        "vacancy": vacancy(folder, epcis),
    }


def walk(node):
    """The EPCIs, wherever the file puts them: objects with a siren, a name and communes."""
    if isinstance(node, dict):
        if {"siren", "name", "communes"} <= node.keys() and isinstance(node["communes"][0], dict):
            yield node
        else:
            for value in node.values():
                yield from walk(value)
    elif isinstance(node, list):
        for value in node:
            yield from walk(value)


def vacancy(folder, epcis):
    """Bounds of dwellings vacant for two years, per EPCI: the count of 2025, `s` as 1 to 10; without a count, what the
    share of 2021, rounded to 0.1 %, leaves open."""
    counts = pd.read_csv(folder / "lovac-2025-communes.csv", sep=";", dtype=str).set_index("CODGEO_25")
    rates = pd.read_csv(folder / "lovac-tauxvacance-communes-2021.csv", sep=";", dtype=str, encoding="cp1252")
    rates = rates.assign(comm_insee=rates.comm_insee.str.zfill(5)).set_index("comm_insee")

    def number(text):
        plain = "".join(c for c in str(text) if not c.isspace()).replace(",", ".")
        try:
            value = float(plain)
        except ValueError:
            return None
        return None if math.isnan(value) else value

    def bounds(code):
        text = counts.pp_vacant_plus_2ans_25.get(code)
        if isinstance(text, str) and text.strip():
            return ("secret", *SECRET) if text.strip() == "s" else ("known", number(text), number(text))
        if code in rates.index:
            stock = number(rates.Nb_log_pp_2022[code])
            share = number(rates.Prop_logvac_pp_2A_010121[code])
            if stock is not None and share is not None:
                whole = lambda percent: math.floor(stock * max(percent, 0) / 100 + 0.5)
                return "secret", whole(share - 0.05), whole(share + 0.05)
        return "unknown", 0, 0

    answer = {}
    for siren, epci in sorted(epcis.items()):
        all_bounds = pd.DataFrame([bounds(code) for code in epci["communes"]], columns=["how", "low", "high"])
        how = all_bounds.how.value_counts()
        answer[siren] = {
            "n_communes": len(epci["communes"]),
            "low": float(all_bounds.low.sum()), "high": float(all_bounds.high.sum()),
            "n_known": int(how.get("known", 0)), "n_secret": int(how.get("secret", 0)),
            "n_unknown": int(how.get("unknown", 0)),
        }
    return answer


def megeve(folder):
    parcels = gpd.read_file(folder / "geo_parcelle.shp").to_crs(LAMBERT)
    zones = gpd.read_file(folder / "ZONE_URBA.shp").to_crs(LAMBERT)
    buildings = gpd.read_file(folder / "geo_batiment.shp").to_crs(LAMBERT)
    outline = gpd.read_file(folder / "geo_commune.shp")

    # CNIG 2014: DESTDOMI 02 is economic activity, 03 mixed use of dwellings and activity. A zone that is farmed,
    # natural or closed to building is none of them, whatever DESTDOMI says.
    open_zones = zones[~zones.TYPEZONE.isin(["A", "N", "AUs"])]
    economic = open_zones[open_zones.DESTDOMI.isin(["02", "03"])]
    area_of_zones = shapely.union_all(economic.geometry.values)
    flat = shapely.force_2d(parcels.geometry.values)
    shares = shapely.area(shapely.intersection(flat, area_of_zones)) / shapely.area(flat)
    areas = shapely.area(flat)
    chosen = [int(i) for i in range(len(parcels)) if areas[i] >= 1000 and shares[i] >= 0.5]
    margin = min(abs(shares[areas >= 1000] - 0.5).min(), abs(areas[shares >= 0.5] / 1000 - 1).min())

    return {
        "commune": json.loads(outline[["geometry"]].to_json(drop_id=True))["features"][0]["geometry"],
        "parcels": len(parcels),
        "parcels_m2": float(areas.sum()),
        "parcels_of_1000_m2": int((areas >= 1000).sum()),
        "zones": len(zones),
        "zones_m2": float(zones.area.sum()),
        "economic_zones": len(economic),
        "economic_m2": float(economic.area.sum()),
        "buildings": len(buildings),
        "buildings_m2": float(buildings.area.sum()),
        "candidates": chosen,
        "closest_call": float(margin),
        "candidate_shares": {str(i): float(shares[i]) for i in chosen},
    }


def roussines(folder):
    parcels = gpd.read_file(folder / "cadastre-36174-parcelles.json").set_crs(4326, allow_override=True)
    west, south, east, north = parcels.total_bounds
    west, south, east, north = west - 0.001, south - 0.001, east + 0.001, north + 0.001
    frame = [[[west, south], [east, south], [east, north], [west, north], [west, south]]]
    lambert = parcels.to_crs(LAMBERT)
    return {
        "commune": {"type": "Polygon", "coordinates": frame},
        "parcels": len(parcels),
        "ids": int(parcels.id.nunique()),
        "invalid": int((~lambert.is_valid).sum()),
        "parcels_m2": float(lambert.area.sum()),
        "contenance_m2": float(pd.to_numeric(parcels.contenance).sum()),
    }


def main():
    root = Path(sys.argv[1])
    answer = {
        "made_with": {"geopandas": gpd.__version__, "shapely": shapely.__version__, "geos": shapely.geos_version_string},
        "territory": territory_32_82(root / "ti-32-82"),
        "megeve": megeve(root / "elsewhere/megeve"),
        "roussines": roussines(root / "elsewhere/cadastre"),
    }
    text = json.dumps(answer, indent=1, ensure_ascii=False, sort_keys=True)
    (HERE / "real_files.json").write_text(text + "\n", encoding="utf-8")
    short = {k: {n: v for n, v in part.items() if not isinstance(v, (dict, list))} for k, part in answer.items()}
    print(json.dumps(short, indent=1))


if __name__ == "__main__":
    main()
