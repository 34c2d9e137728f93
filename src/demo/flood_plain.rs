//! Flood plains: strips of varying width along a river, drawn as level lines of a field on a grid.
//!
//! Level lines never cross themselves, whatever the bends of the river, and the inner class always lies inside the
//! outer one. A buffer of varying width would have neither property.

use std::collections::BTreeMap;

use geo_types::Coord;
use geo_types::Polygon;

use super::dissolve::assemble;
use super::power_diagram::area;
use super::power_diagram::distance;
use super::warp::centimetre;

/// An edge of the grid, by the ranks of its two nodes, lower first.
type GridEdge = (usize, usize);

/// Level line under construction: from an edge of the grid to the next one, and where it crosses the first.
type Links = BTreeMap<GridEdge, (GridEdge, Coord<f64>)>;

/// The field along a river: the ratio of the distance to the half-width, on a grid.
#[derive(Debug)]
pub(crate) struct PlainField {
    origin: Coord<f64>,
    step_m: f64,
    columns: usize,
    rows: usize,
    ratio: Vec<f64>,
}

impl PlainField {
    /// `widths_m`: least and most width of the whole plain; it varies smoothly between the two.
    pub(crate) fn new(course: &[Coord<f64>], widths_m: (f64, f64), phase: f64) -> Self {
        let (least, most) = (widths_m.0 / 2.0, widths_m.1 / 2.0);
        let step_m = (least / 3.2).clamp(22.0, 110.0);
        let reach = most * 1.1 + 2.0 * step_m;
        let low =
            |pick: fn(&Coord<f64>) -> f64| course.iter().map(pick).fold(f64::INFINITY, f64::min);
        let high = |pick: fn(&Coord<f64>) -> f64| {
            course.iter().map(pick).fold(f64::NEG_INFINITY, f64::max)
        };
        let origin = Coord { x: low(|c| c.x) - reach - step_m, y: low(|c| c.y) - reach - step_m };
        let columns = ((high(|c| c.x) + reach + step_m - origin.x) / step_m).ceil() as usize + 1;
        let rows = ((high(|c| c.y) + reach + step_m - origin.y) / step_m).ceil() as usize + 1;
        let mut ratio = vec![f64::INFINITY; columns * rows];
        let mut run_m = 0.0;
        for (rank, at) in course.iter().enumerate() {
            if rank > 0 {
                run_m += distance(course[rank - 1], *at);
            }
            let swing = 0.5
                + 0.32 * (run_m / 2_900.0 + phase).sin()
                + 0.18 * (run_m / 1_070.0 + 2.0 * phase).sin();
            let half = least + (most - least) * swing.clamp(0.0, 1.0);
            let cell = |value: f64| ((value / step_m).floor().max(0.0)) as usize;
            let (c0, c1) =
                (cell(at.x - half * 1.4 - origin.x), cell(at.x + half * 1.4 - origin.x) + 1);
            let (r0, r1) =
                (cell(at.y - half * 1.4 - origin.y), cell(at.y + half * 1.4 - origin.y) + 1);
            for row in r0..=r1.min(rows - 1) {
                for column in c0..=c1.min(columns - 1) {
                    let node = Coord {
                        x: origin.x + column as f64 * step_m,
                        y: origin.y + row as f64 * step_m,
                    };
                    let value = distance(node, *at) / half;
                    let known = &mut ratio[row * columns + column];
                    *known = known.min(value);
                }
            }
        }
        for value in &mut ratio {
            *value = value.min(1.4);
        }
        Self { origin, step_m, columns, rows, ratio }
    }

    /// Open rings of the level line: counter-clockwise around the land below the level, clockwise around islands.
    pub(crate) fn rings(&self, level: f64) -> Vec<Vec<Coord<f64>>> {
        // Each cell is split into two triangles: no ambiguous case.
        let mut next: Links = BTreeMap::new();
        let node = |column: usize, row: usize| row * self.columns + column;
        for row in 0..self.rows.saturating_sub(1) {
            for column in 0..self.columns.saturating_sub(1) {
                let (sw, se) = (node(column, row), node(column + 1, row));
                let (nw, ne) = (node(column, row + 1), node(column + 1, row + 1));
                for triangle in [[sw, se, ne], [sw, ne, nw]] {
                    self.trace(triangle, level, &mut next);
                }
            }
        }
        let mut rings = Vec::new();
        while let Some((start, (mut at, place))) = next.pop_first() {
            let mut ring = vec![centimetre(place)];
            while at != start {
                let Some((to, place)) = next.remove(&at) else { break };
                ring.push(centimetre(place));
                at = to;
            }
            ring.dedup();
            if at == start && ring.len() > 3 && area(&ring).abs() > self.step_m * self.step_m {
                rings.push(ring);
            }
        }
        rings
    }

    /// The stretch of level line in one counter-clockwise triangle, with the low land on its left.
    fn trace(&self, triangle: [usize; 3], level: f64, next: &mut Links) {
        let low = triangle.map(|node| self.ratio[node] < level);
        let (mut enter, mut leave) = (None, None);
        for k in 0..3 {
            let (a, b) = (triangle[k], triangle[(k + 1) % 3]);
            let edge = (a.min(b), a.max(b));
            if low[k] && !low[(k + 1) % 3] {
                enter = Some((edge, self.crossing(edge, level)));
            } else if !low[k] && low[(k + 1) % 3] {
                leave = Some(edge);
            }
        }
        if let (Some((from, place)), Some(to)) = (enter, leave) {
            next.insert(from, (to, place));
        }
    }

    fn crossing(&self, edge: (usize, usize), level: f64) -> Coord<f64> {
        let place = |node: usize| {
            self.origin
                + Coord { x: (node % self.columns) as f64, y: (node / self.columns) as f64 }
                    * self.step_m
        };
        let (a, b) = (self.ratio[edge.0], self.ratio[edge.1]);
        let t = ((level - a) / (b - a)).clamp(0.02, 0.98);
        place(edge.0) + (place(edge.1) - place(edge.0)) * t
    }
}

/// Inner and outer classes of a flood plain: (inside `inner` of the half-width, between it and the whole width).
pub(crate) fn inner_and_outer(
    field: &PlainField,
    inner: f64,
) -> (Vec<Polygon<f64>>, Vec<Polygon<f64>>) {
    let split = |rings: Vec<Vec<Coord<f64>>>| {
        let (shells, holes): (Vec<_>, Vec<_>) =
            rings.into_iter().partition(|ring| area(ring) > 0.0);
        (shells, holes)
    };
    let (core, core_holes) = split(field.rings(inner));
    let (mut shells, mut holes) = split(field.rings(1.0));
    // The outer class is the whole less the core: the core's shells are its holes, and the core's islands its shells.
    let reversed = |ring: &Vec<Coord<f64>>| ring.iter().rev().copied().collect::<Vec<_>>();
    holes.extend(core.iter().map(reversed));
    shells.extend(core_holes.iter().map(reversed));
    let outer = assemble(shells, holes);
    (assemble(core, core_holes), outer)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::parcelling::polygon_area_m2;

    #[test]
    fn a_straight_river_has_the_plain_it_is_told() {
        let course: Vec<Coord<f64>> =
            (0..=1000).map(|k| Coord { x: 20.0 * f64::from(k), y: 0.0 }).collect();
        let field = PlainField::new(&course, (400.0, 400.0), 0.0);
        let (inner, outer) = inner_and_outer(&field, 0.5);
        assert_eq!((inner.len(), outer.len()), (1, 1));
        let inner_m2 = polygon_area_m2(&inner[0]);
        assert!((inner_m2 / (20_000.0 * 200.0) - 1.0).abs() < 0.03, "{inner_m2}");
        let whole_m2 = polygon_area_m2(&outer[0]);
        assert!((whole_m2 / (20_000.0 * 400.0) - 1.0).abs() < 0.03, "{whole_m2}");
        assert_eq!(outer[0].interiors().len(), 1);
    }
}
