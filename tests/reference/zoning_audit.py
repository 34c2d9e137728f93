"""What GEOS says of overlaps and gaps in the real planning documents; writes zoning_audit.tsv.

    python tests/reference/zoning_audit.py FOLDER-OF-REAL-FILES      (needs geopandas, shapely 2)

Nothing here comes from the library. Zones are read in two dimensions, brought to EPSG:2154 by PROJ and, where they
are not valid, repaired by `make_valid`. Overlaps are intersections of pairs, gaps the holes of `union_all`, each less
the parts of the union that stand in it. What is under 0.01 m2 is rounding; under 1 m2, a sliver.
"""

import sys
from pathlib import Path

import geopandas as gpd
import shapely

HERE = Path(__file__).parent
ROUNDING_M2, SLIVER_M2 = 0.01, 1.0
NO_AREA_M2 = 1e-6  # one zone of 200011781 has 2e-10 m2: no zone
DOCUMENTS = {
    "30014": "plu/30014_PLU_20171013/Donnees_geographiques/30014_ZONE_URBA_20171013.shp",
    "41175": "plu/41175_PLU_20140603/Donnees_geographiques/ZONE_URBA.shp",
    "200011781": "plu/200011781_PLUi_20180101/Donnees_geographiques/ZONE_URBA.shp",
    "megeve": "megeve/ZONE_URBA.shp",
}


def zones_of(path):
    frame = gpd.read_file(path)
    frame["geometry"] = shapely.force_2d(frame.geometry.values)
    frame = frame.to_crs(2154)
    invalid = int((~frame.is_valid).sum())
    frame["geometry"] = shapely.make_valid(frame.geometry.values)
    zones = [areal(shape) for shape in frame.geometry]
    return [zone for zone in zones if zone.area >= NO_AREA_M2], invalid


def areal(shape):
    """The surfaces of a repaired shape: `make_valid` may leave lines beside them."""
    parts = [part for part in shapely.get_parts([shape]) if part.geom_type in ("Polygon", "MultiPolygon")]
    return shapely.union_all(parts)


def split(areas):
    told = [area for area in areas if area > SLIVER_M2]
    slivers = [area for area in areas if ROUNDING_M2 < area <= SLIVER_M2]
    return len(told), len(slivers), sum(told), max(told, default=0.0)


def overlaps_of(zones):
    tree = shapely.STRtree(zones)
    left, right = tree.query(zones)
    pairs = [(a, b) for a, b in zip(left, right) if a < b]
    areas, twins = [], 0
    for a, b in pairs:
        area = zones[a].intersection(zones[b]).area
        apart = zones[a].area + zones[b].area - 2 * area
        if area > SLIVER_M2 and apart <= ROUNDING_M2 + 1e-6 * area:
            twins += 1
        else:
            areas.append(area)
    return areas, twins


def gaps_of(union):
    parts = shapely.get_parts(union)
    holes = [shapely.Polygon(ring) for part in parts for ring in part.interiors]
    return [hole.difference(union).area for hole in holes], len(holes)


def main(folder):
    lines = ["document\tzones\tinvalid\tsum_m2\tunion_m2\toverlaps\toverlap_slivers\toverlaps_m2\tlargest_overlap_m2"
             "\ttwins\tholes\tgaps\tgap_slivers\tgaps_m2\tlargest_gap_m2"]
    for name, path in DOCUMENTS.items():
        zones, invalid = zones_of(folder / "elsewhere" / path)
        union = shapely.union_all(zones)
        areas, twins = overlaps_of(zones)
        overlaps, overlap_slivers, overlaps_m2, largest_overlap = split(areas)
        gap_areas, holes = gaps_of(union)
        gaps, gap_slivers, gaps_m2, largest_gap = split(gap_areas)
        total = sum(zone.area for zone in zones)
        lines.append(f"{name}\t{len(zones)}\t{invalid}\t{total:.4f}\t{union.area:.4f}\t{overlaps}\t{overlap_slivers}"
                     f"\t{overlaps_m2:.4f}\t{largest_overlap:.4f}\t{twins}\t{holes}\t{gaps}\t{gap_slivers}"
                     f"\t{gaps_m2:.4f}\t{largest_gap:.4f}")
    text = "\n".join(lines) + "\n"
    (HERE / "zoning_audit.tsv").write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
