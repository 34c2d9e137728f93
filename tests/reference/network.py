"""What networkx says of the shortest ways on a real road network; writes network.tsv.

    python tests/reference/network.py FOLDER-OF-REAL-FILES      (needs networkx, shapely 2, pyogrio, geopandas)

Nothing here comes from the library: the same rules are written again. Roads of BD TOPO v2 (`ROUTE`, 4 981 lines of the
sample of Olemps, 12174). Left out: what cars do not drive on, what is under construction. Speeds by nature, then by
importance. Ends nearer than 0.5 m are one node, with what is joined to them; a node with one end only is joined to the
nearest line of the same level within 0.5 m, which is cut there. One-way lines go one way.

The table: `#` lines with counts, then 1 000 pairs of nodes drawn with a fixed seed, with the metres of the shortest way
and the minutes of the quickest (empty: there is none).
"""

import random
import sys
from pathlib import Path

import networkx as nx
import pyogrio
import shapely
from shapely.ops import substring

HERE = Path(__file__).parent
TOLERANCE_M, N_PAIRS, SEED = 0.5, 1000, 20261124
NO_CARS = {"Chemin", "Sentier", "Escalier", "Piste cyclable"}
BY_NATURE = {"Quasi-autoroute": 105, "Route à 2 chaussées": 85, "Bretelle": 45, "Route empierrée": 25}
BY_IMPORTANCE = {"1": 75, "2": 75, "3": 65, "4": 55, "5": 40}


def speed_of(row):
    return BY_NATURE.get(row.nature) or BY_IMPORTANCE.get(row.importance, 40)


def joined(places):
    """Representative of each distinct place: the first by x, then y, of all that are joined to it."""
    points = shapely.points(places)
    pairs = shapely.STRtree(points).query(points, predicate="dwithin", distance=TOLERANCE_M).T
    graph = nx.Graph()
    graph.add_nodes_from(range(len(places)))
    graph.add_edges_from(map(tuple, pairs))
    first = {}
    for group in nx.connected_components(graph):
        least = min(places[at] for at in group)
        first.update({places[at]: least for at in group})
    return first


def main(folder):
    roads = pyogrio.read_dataframe(folder / "elsewhere/bdtopo/v2/ROUTE.shp", encoding="utf-8")
    roads = roads[~roads.nature.isin(NO_CARS) & (roads.etat != "En construction")]
    lines = list(shapely.force_2d(roads.geometry.values))
    ends = [(line.coords[0], line.coords[-1]) for line in lines]
    node_of = joined(sorted({end for pair in ends for end in pair}))
    n_ends = {}
    for pair in ends:
        for end in pair:
            n_ends[node_of[end]] = n_ends.get(node_of[end], 0) + 1

    levels = list(roads.pos_sol)
    tree = shapely.STRtree(lines)
    cuts = {}
    for own, pair in enumerate(ends):
        for end in pair:
            node = node_of[end]
            if n_ends[node] != 1:
                continue
            point = shapely.Point(node)
            near = [
                (lines[other].distance(point), other)
                for other in tree.query(point, predicate="dwithin", distance=TOLERANCE_M)
                if other != own and levels[other] == levels[own]
            ]
            if near:
                _, other = min(near)
                cuts.setdefault(other, []).append((lines[other].project(point), node))

    graph = nx.MultiDiGraph()
    n_edges, length = 0, 0.0
    for at, row in enumerate(roads.itertuples()):
        start, end = (node_of[place] for place in ends[at])
        if start == end and lines[at].length <= TOLERANCE_M and at not in cuts:
            continue
        here = sorted(cuts.get(at, []))
        marks = [(0.0, start), *here, (lines[at].length, end)]
        for (from_m, a), (to_m, b) in zip(marks, marks[1:]):
            meters = substring(lines[at], from_m, to_m).length
            minutes = meters / 1000 / speed_of(row) * 60
            n_edges, length = n_edges + 1, length + meters
            graph.add_nodes_from([a, b])
            if row.sens != "Inverse":
                graph.add_edge(a, b, meters=meters, minutes=minutes)
            if row.sens != "Direct":
                graph.add_edge(b, a, meters=meters, minutes=minutes)

    pieces = sorted(nx.weakly_connected_components(graph), key=len, reverse=True)
    nodes = sorted(graph.nodes)
    chance = random.Random(SEED)
    with (HERE / "network.tsv").open("w", encoding="utf-8") as out:
        out.write("# BD TOPO v2 ROUTE, sample 12174 (IGN, Licence Ouverte 2.0); made by network.py\n")
        out.write(f"# networkx {nx.__version__}, GEOS {shapely.geos_version_string}\n")
        out.write(f"# lines {len(lines)} nodes {len(nodes)} edges {n_edges} t_junctions {sum(map(len, cuts.values()))}")
        out.write(f" components {len(pieces)} length_m {length!r}\n")
        out.write("from_x\tfrom_y\tto_x\tto_y\tmeters\tminutes\n")
        for _ in range(N_PAIRS):
            a, b = chance.choice(nodes), chance.choice(nodes)
            costs = []
            for weight in ("meters", "minutes"):
                try:
                    costs.append(repr(nx.dijkstra_path_length(graph, a, b, weight=weight)))
                except nx.NetworkXNoPath:
                    costs.append("")
            out.write("\t".join([*(repr(float(v)) for v in (*a, *b)), *costs]) + "\n")


main(Path(sys.argv[1]))
