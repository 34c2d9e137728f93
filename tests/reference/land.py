"""What GEOS, through geopandas and shapely, says of the economic land of real places; writes land.tsv.

    python tests/reference/land.py FOLDER-OF-REAL-FILES      (needs geopandas, shapely 2)

Nothing here comes from the library. Files are brought to EPSG:2154 by PROJ. The rules
are those of the profile industrie-v2: activity zones merged where they touch, parts of parcels over 1 m2 and 0.5 % (100 m2 at most),
built up to 20 m2, or 0.5 % and 100 m2, is free, under 10 % under-dense, a margin of 3 m around buildings (8 segments a quarter), contact over 1 m
within 0.2 m. Closed, agricultural and natural zones are cut off.
"""

import sys
from pathlib import Path

import geopandas as gpd
import shapely

HERE = Path(__file__).parent
SLIVER_M2, SLIVER_SHARE = 1.0, 0.005
FREE_SHARE, FREE_M2, DENSE_SHARE = 0.005, 20.0, 0.10
MARGIN_M, CONTACT_M, TOLERANCE_M = 3.0, 1.0, 0.2


def read(path):
    frame = gpd.read_file(path)
    frame["geometry"] = shapely.force_2d(frame.geometry.values)
    frame = frame.to_crs(2154)
    frame["geometry"] = shapely.make_valid(frame.geometry.values)
    return frame[frame.geometry.area > 0].reset_index(drop=True)


def polygons(shape):
    return [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon" and part.area > SLIVER_M2]


def shared_border(a, b):
    one = a.boundary.intersection(b.boundary.buffer(TOLERANCE_M)).length
    other = b.boundary.intersection(a.boundary.buffer(TOLERANCE_M)).length
    return (one + other) / 2


def groups(shapes, related):
    parent = list(range(len(shapes)))

    def root(at):
        while parent[at] != at:
            at = parent[at]
        return at

    tree = shapely.STRtree([shape.buffer(TOLERANCE_M) for shape in shapes])
    for a, b in zip(*tree.query(shapes)):
        if a < b and related(a, b):
            parent[root(b)] = root(a)
    found = {}
    for at in range(len(shapes)):
        found.setdefault(root(at), []).append(at)
    return list(found.values())


def survey(merged, parcels, buildings, closed):
    built_up = shapely.union_all(buildings.geometry.values)
    lines = {"zones": (len(merged), sum(zone.area for zone in merged))}
    n_pieces, pieces_m2 = 0, 0.0
    count, gross, net, terrains = {}, {}, {}, {}
    for zone in merged:
        bits = []
        for parcel in parcels.geometry[parcels.intersects(zone)]:
            piece = parcel.intersection(zone)
            if piece.area <= SLIVER_M2 or piece.area <= min(SLIVER_SHARE * parcel.area, 100):
                continue
            outside = parcel.area - piece.area
            if outside <= SLIVER_M2 or outside <= min(SLIVER_SHARE * parcel.area, 100):
                piece = parcel
            n_pieces += 1
            pieces_m2 += piece.area
            opened = piece
            if closed is not None and piece.intersection(closed).area > SLIVER_M2:
                opened = piece.difference(closed)
            built = opened.intersection(built_up).area
            share = built / opened.area
            if (built <= FREE_M2 and share < DENSE_SHARE) or (built <= 5 * FREE_M2 and share <= FREE_SHARE):
                name = "libre"
            elif share < DENSE_SHARE:
                name = "sous-densifié"
            else:
                name = "bâti"
            count[name] = count.get(name, 0) + 1
            gross[name] = gross.get(name, 0.0) + piece.area
            if name != "bâti":
                bits += [(name, part) for part in polygons(opened)]
        shapes = [shape for _, shape in bits]
        related = lambda a, b: bits[a][0] == bits[b][0] and shared_border(shapes[a], shapes[b]) >= CONTACT_M
        for group in groups(shapes, related):
            name = bits[group[0]][0]
            land = shapely.union_all([shapes[at] for at in group])
            near = buildings.geometry[buildings.distance(land) < MARGIN_M]
            left = land
            if len(near):
                left = land.difference(shapely.union_all([shape.buffer(MARGIN_M, quad_segs=8) for shape in near]))
            terrains[name] = terrains.get(name, 0) + 1
            net[name] = net.get(name, 0.0) + left.area
    lines["pieces"] = (n_pieces, pieces_m2)
    for name in ("libre", "sous-densifié", "bâti"):
        lines[f"pieces {name}"] = (count.get(name, 0), gross.get(name, 0.0))
    for name in ("libre", "sous-densifié"):
        lines[f"terrains {name}"] = (terrains.get(name, 0), net.get(name, 0.0))
    return lines


def megeve(folder):
    zones, parcels, buildings = (read(folder / name) for name in ("ZONE_URBA.shp", "geo_parcelle.shp", "geo_batiment.shp"))
    activity = list(zones[zones.DESTDOMI == "02"].geometry)
    closed = shapely.union_all(zones[zones.TYPEZONE.isin(["AUs", "A", "N"])].geometry.values)
    merged = [
        shapely.union_all([activity[at] for at in group])
        for group in groups(activity, lambda a, b: shared_border(activity[a], activity[b]) >= CONTACT_M)
    ]
    return survey(merged, parcels, buildings, closed)


def bdtopo(folder):
    """Economic zones and buildings of BD TOPO v3; BD TOPO has no parcels, so squares of 50 m stand for them."""
    zones, buildings = read(folder / "v3/ZONE_D_ACTIVITE_OU_D_INTERET.shp"), read(folder / "v3/BATIMENT.shp")
    economic = zones[zones.CATEGORIE == "Industriel et commercial"]
    x0, y0, x1, y1 = (int(v // 50) for v in economic.total_bounds)
    squares = [shapely.box(x * 50, y * 50, x * 50 + 50, y * 50 + 50) for x in range(x0, x1 + 1) for y in range(y0, y1 + 1)]
    return survey(list(economic.geometry), gpd.GeoDataFrame(geometry=squares, crs=2154), buildings, None)


def main(folder):
    text = "data\twhat\tcount\tarea_m2\n"
    elsewhere = Path(folder) / "elsewhere"
    for name, make in (("megeve", megeve), ("bdtopo", bdtopo)):
        for key, (count, area) in make(elsewhere / name).items():
            text += f"{name}\t{key}\t{count}\t{area:.3f}\n"
    (HERE / "land.tsv").write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main(sys.argv[1])
