//! One search from many places at once: the cost of every node.

use super::Access;
use super::Cost;
use super::Edge;
use super::RoadNetwork;
use super::search::Room;

/// Which way a field counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Toward {
    /// From any node to the nearest of the places.
    Places,
    /// From the places to any node.
    Nodes,
}

/// The least cost between every node and the nearest of some places.
#[derive(Debug)]
pub struct Field<'a> {
    pub(super) network: &'a RoadNetwork,
    pub(super) cost: Cost,
    pub(super) toward: Toward,
    limit: f64,
    /// Cost per node; infinite beyond the limit.
    pub(super) costs: Vec<f64>,
    /// The places, by edge: for a place on the edge of another no node need be passed.
    pub(super) places: Vec<Access>,
}

impl RoadNetwork {
    /// Searches from `places` until nothing is left within `limit` (metres or minutes; infinite: everywhere). The
    /// straight parts at both ends count, see [`Cost::of_access`].
    #[must_use]
    pub fn field(&self, places: &[Access], toward: Toward, cost: Cost, limit: f64) -> Field<'_> {
        self.field_in(&mut Room::default(), places, toward, cost, limit)
    }

    /// The same in room that is kept from search to search; [`Field::leave`] gives it back.
    pub(super) fn field_in(
        &self,
        room: &mut Room,
        places: &[Access],
        toward: Toward,
        cost: Cost,
        limit: f64,
    ) -> Field<'_> {
        let (there, back) = (toward == Toward::Nodes, toward == Toward::Places);
        let mut starts: Vec<(f64, u32)> = Vec::new();
        for place in self.on_network(places) {
            let aside = cost.of_access(place.distance_m);
            let nodes = self.nodes_of(&place, cost, there, back);
            starts.extend(nodes.into_iter().flatten().map(|(node, along)| (aside + along, node)));
        }
        room.search(self.arcs.rows(cost, back), self.steps.of(cost), starts, limit);
        let costs = std::mem::take(&mut room.costs);
        let mut places: Vec<Access> = self.on_network(places).collect();
        places.sort_by(|a, b| {
            a.edge
                .cmp(&b.edge)
                .then_with(|| a.along_m.total_cmp(&b.along_m))
                .then_with(|| a.distance_m.total_cmp(&b.distance_m))
        });
        places.dedup();
        Field { network: self, cost, toward, limit, costs, places }
    }

    fn on_network(&self, places: &[Access]) -> impl Iterator<Item = Access> {
        places.iter().filter(|place| (place.edge as usize) < self.edges.len()).copied()
    }

    /// The nodes at the ends of a place's edge with the cost along the edge: those that can be driven to from it
    /// (`there`), or from which it can be driven to (`back`).
    pub(super) fn nodes_of(
        &self,
        place: &Access,
        cost: Cost,
        there: bool,
        back: bool,
    ) -> [Option<(u32, f64)>; 2] {
        let Some(edge) = self.edges.get(place.edge as usize) else { return [None, None] };
        let (before, after) = edge.parts(place.along_m, cost);
        // At an end of its edge a place is at the node, free to take any road.
        let (at_from, at_to) = (before <= 0.0, after <= 0.0);
        let (forward, backward) = (edge.direction.is_forward(), edge.direction.is_backward());
        [
            (at_from || there && backward || back && forward).then_some((edge.from, before)),
            (at_to || there && forward || back && backward).then_some((edge.to, after)),
        ]
    }

    /// The cost from one place to another of the same edge, without leaving it.
    pub(super) fn along_edge(&self, from: &Access, to: &Access, cost: Cost) -> Option<f64> {
        let edge = self.edges.get(from.edge as usize).filter(|_| from.edge == to.edge)?;
        let (start, end) = (edge.parts(from.along_m, cost).0, edge.parts(to.along_m, cost).0);
        let is_allowed = end >= start && edge.direction.is_forward()
            || end <= start && edge.direction.is_backward();
        is_allowed.then(|| (end - start).abs())
    }
}

impl Edge {
    /// Cost from the first node to a point of the edge, and from there to the second.
    fn parts(&self, along_m: f64, cost: Cost) -> (f64, f64) {
        let whole = self.cost.of(cost);
        let share =
            if self.cost.meters > 0.0 { (along_m / self.cost.meters).clamp(0.0, 1.0) } else { 0.0 };
        (whole * share, whole * (1.0 - share))
    }
}

impl Field<'_> {
    /// Gives the room back for the next search.
    pub(super) fn leave(self, room: &mut Room) {
        room.costs = self.costs;
    }

    /// Cost of a node, in the unit of the field. `None` when it is beyond the limit, or no way leads there.
    #[must_use]
    pub fn of_node(&self, node: u32) -> Option<f64> {
        self.costs.get(node as usize).copied().filter(|cost| cost.is_finite())
    }

    /// Nodes within the limit, in their order, with their costs.
    pub fn reached(&self) -> impl Iterator<Item = (u32, f64)> {
        (0_u32..).zip(self.costs.iter().copied()).filter(|(_, cost)| cost.is_finite())
    }

    /// The least cost over the accesses of one place, its own straight part included. `None` when all are beyond the
    /// limit, or no way leads there.
    #[must_use]
    pub fn at(&self, accesses: &[Access]) -> Option<f64> {
        let least = accesses.iter().map(|access| self.at_one(access)).fold(f64::INFINITY, f64::min);
        (least.is_finite() && least <= self.limit).then_some(least)
    }

    fn at_one(&self, access: &Access) -> f64 {
        let is_toward = self.toward == Toward::Places;
        let by_nodes = self
            .network
            .nodes_of(access, self.cost, is_toward, !is_toward)
            .into_iter()
            .flatten()
            .map(|(node, on_edge)| on_edge + self.costs[node as usize]);
        let first = self.places.partition_point(|place| place.edge < access.edge);
        let on_edge = self.places[first..]
            .iter()
            .take_while(|place| place.edge == access.edge)
            .filter_map(|place| {
                let (from, to) = if is_toward { (access, place) } else { (place, access) };
                let along = self.network.along_edge(from, to, self.cost)?;
                Some(along + self.cost.of_access(place.distance_m))
            });
        by_nodes.chain(on_edge).fold(f64::INFINITY, f64::min)
            + self.cost.of_access(access.distance_m)
    }
}
