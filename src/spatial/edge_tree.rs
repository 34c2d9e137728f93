//! A tree of boxes over the edges of one geometry, in the order of its rings.
//!
//! Consecutive edges of a ring are close to each other, so the ring's own order is already a good
//! packing: no sort, no tuning, and a node that lies wholly on one side of a query can be counted
//! from its first and last vertex alone.

use geo::Coord;
use geo::Geometry;

use crate::spatial::segment::Extent;

/// Edges per leaf, and children per node.
const LEAF_EDGES: usize = 8;
const FAN_OUT: usize = 8;

/// One node: the chain of edges between vertices `first` and `last`, or several closed rings.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub(crate) extent: Extent,
    /// Indices of the end vertices of the chain; equal for a group of closed rings.
    pub(crate) first: u32,
    pub(crate) last: u32,
    /// Children in `nodes`, or no child for a leaf (edges `first..last`).
    children_start: u32,
    children_count: u32,
}

/// Edges of a geometry, ready for repeated questions.
#[derive(Debug, Clone)]
pub(crate) struct EdgeTree {
    pub(crate) coords: Vec<Coord>,
    nodes: Vec<Node>,
}

impl EdgeTree {
    /// Indexes chains of vertices: closed rings repeat their first vertex, open lines do not,
    /// a point is a chain of one vertex.
    pub(crate) fn build<'a>(chains: impl IntoIterator<Item = &'a [Coord]>) -> Self {
        let mut coords: Vec<Coord> = Vec::new();
        let mut nodes: Vec<Node> = Vec::new();
        let mut roots: Vec<Node> = Vec::new();
        for chain in chains {
            if chain.is_empty() {
                continue;
            }
            let start = coords.len();
            coords.extend_from_slice(chain);
            let mut level: Vec<Node> = Vec::with_capacity(chain.len() / LEAF_EDGES + 1);
            let mut at = start;
            loop {
                let end = (at + LEAF_EDGES).min(coords.len() - 1);
                level.push(Node {
                    extent: Extent::of_coords(&coords[at..=end]),
                    first: at as u32,
                    last: end as u32,
                    children_start: 0,
                    children_count: 0,
                });
                at = end;
                if at + 1 >= coords.len() {
                    break;
                }
            }
            while level.len() > 1 {
                level = Self::group(&level, &mut nodes, true);
            }
            roots.append(&mut level);
        }
        while roots.len() > 1 {
            roots = Self::group(&roots, &mut nodes, false);
        }
        nodes.append(&mut roots);
        Self { coords, nodes }
    }

    /// One level up. Nodes of one chain keep the ends of the chain; a group of whole rings has none.
    fn group(level: &[Node], nodes: &mut Vec<Node>, same_chain: bool) -> Vec<Node> {
        let mut upper = Vec::with_capacity(level.len() / FAN_OUT + 1);
        for group in level.chunks(FAN_OUT) {
            let children_start = nodes.len() as u32;
            let extent = group.iter().fold(Extent::EMPTY, |all, node| all.join(&node.extent));
            let first = group[0].first;
            let last = if same_chain { group[group.len() - 1].last } else { first };
            nodes.extend_from_slice(group);
            upper.push(Node {
                extent,
                first,
                last,
                children_start,
                children_count: group.len() as u32,
            });
        }
        upper
    }

    pub(crate) fn extent(&self) -> Extent {
        self.root().map_or(Extent::EMPTY, |node| node.extent)
    }

    pub(crate) fn root(&self) -> Option<&Node> {
        self.nodes.last()
    }

    pub(crate) fn children(&self, node: &Node) -> &[Node] {
        let start = node.children_start as usize;
        &self.nodes[start..start + node.children_count as usize]
    }

    pub(crate) fn is_leaf(node: &Node) -> bool {
        node.children_count == 0
    }

    /// The vertices of a leaf: its edges are the consecutive pairs.
    pub(crate) fn leaf_coords(&self, node: &Node) -> &[Coord] {
        &self.coords[node.first as usize..=node.last as usize]
    }

    /// Calls `visit` with every edge whose leaf's box touches `extent`; stops when it returns false.
    pub(crate) fn visit_edges(
        &self,
        extent: &Extent,
        visit: &mut impl FnMut(Coord, Coord) -> bool,
    ) -> bool {
        self.root().is_none_or(|root| self.visit_node(root, extent, visit))
    }

    fn visit_node(
        &self,
        node: &Node,
        extent: &Extent,
        visit: &mut impl FnMut(Coord, Coord) -> bool,
    ) -> bool {
        if !node.extent.touches(extent) {
            return true;
        }
        if !Self::is_leaf(node) {
            return self.children(node).iter().all(|child| self.visit_node(child, extent, visit));
        }
        let coords = self.leaf_coords(node);
        if coords.len() == 1 {
            return visit(coords[0], coords[0]);
        }
        coords.windows(2).all(|pair| visit(pair[0], pair[1]))
    }
}

/// Appends the vertex chains of `geometry`; isolated points go to `points`.
pub(crate) fn collect_chains<'a>(
    geometry: &'a Geometry,
    chains: &mut Vec<&'a [Coord]>,
    points: &mut Vec<Coord>,
) {
    match geometry {
        Geometry::Point(p) => points.push(p.0),
        Geometry::MultiPoint(many) => points.extend(many.0.iter().map(|p| p.0)),
        Geometry::LineString(line) => chains.push(&line.0),
        Geometry::MultiLineString(many) => {
            chains.extend(many.0.iter().map(|line| line.0.as_slice()));
        }
        Geometry::Polygon(polygon) => collect_rings(polygon, chains),
        Geometry::MultiPolygon(many) => {
            many.0.iter().for_each(|polygon| collect_rings(polygon, chains));
        }
        Geometry::GeometryCollection(many) => {
            many.0.iter().for_each(|part| collect_chains(part, chains, points));
        }
        // `repair` turns these three into the types above; nothing reads them before.
        Geometry::Line(_) | Geometry::Rect(_) | Geometry::Triangle(_) => {}
    }
}

fn collect_rings<'a>(polygon: &'a geo::Polygon, chains: &mut Vec<&'a [Coord]>) {
    chains.push(&polygon.exterior().0);
    chains.extend(polygon.interiors().iter().map(|ring| ring.0.as_slice()));
}
