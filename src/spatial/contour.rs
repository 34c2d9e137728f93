//! Areas under a level of a grid of heights: what lies within so many minutes, say.
//!
//! Marching squares with straight lines between neighbouring corners. Areas of rising levels lie in each other: along
//! every side of a cell the crossing moves one way only, and each cell's area is a convex hull of its corners and
//! crossings, or two of them where only corners across from each other are under the level (they are kept apart).
//! Rings never touch, so polygons are valid as they come.

use geo::Coord;
use geo::LineString;
use geo::MultiPolygon;
use geo::Polygon;

/// No crossing.
const NONE: u32 = u32::MAX;

/// Nearest that a crossing comes to a corner, as a share of the side: rings then stay apart.
const CLEARANCE: f64 = 0.02;

/// Crossings are whole centimetres.
const PER_METER: f64 = 100.0;

/// Values at the corners of square cells, row by row from the south-west.
#[derive(Debug, Clone)]
pub(crate) struct CornerGrid {
    origin: Coord,
    cell_m: f64,
    n_columns: usize,
    n_rows: usize,
    values: Vec<f64>,
}

/// Sides of a cell.
#[derive(Debug, Clone, Copy)]
enum Side {
    South,
    East,
    North,
    West,
}

use Side::East;
use Side::North;
use Side::South;
use Side::West;

/// Where the edge of the area enters and leaves a cell, the area on its left, by which corners are under the level:
/// south-west 1, south-east 2, north-east 4, north-west 8.
const CASES: [&[(Side, Side)]; 16] = [
    &[],
    &[(South, West)],
    &[(East, South)],
    &[(East, West)],
    &[(North, East)],
    &[(South, West), (North, East)],
    &[(North, South)],
    &[(North, West)],
    &[(West, North)],
    &[(South, North)],
    &[(East, South), (West, North)],
    &[(East, North)],
    &[(West, East)],
    &[(South, East)],
    &[(West, South)],
    &[],
];

impl CornerGrid {
    /// A grid of one value everywhere; `n_columns` and `n_rows` count corners.
    pub(crate) fn new(
        origin: Coord,
        cell_m: f64,
        (n_columns, n_rows): (usize, usize),
        value: f64,
    ) -> Self {
        Self { origin, cell_m, n_columns, n_rows, values: vec![value; n_columns * n_rows] }
    }

    pub(crate) fn size(&self) -> (usize, usize) {
        (self.n_columns, self.n_rows)
    }

    pub(crate) fn get(&self, column: usize, row: usize) -> f64 {
        self.values[row * self.n_columns + column]
    }

    /// Keeps the lesser of a corner's value and another.
    pub(crate) fn lower(&mut self, column: usize, row: usize, value: f64) {
        if column < self.n_columns && row < self.n_rows {
            let own = &mut self.values[row * self.n_columns + column];
            *own = own.min(value);
        }
    }

    /// The area whose values are at most `level`; `far` stands for values that are not finite, and must be above it.
    /// The outermost corners count as above every level.
    pub(crate) fn area_under(&self, level: f64, far: f64) -> MultiPolygon {
        let is_in = self.corners_under(level);
        let next = self.crossings(&is_in);
        let component_of = self.components(&is_in);
        let mut rings: Vec<(u32, f64, LineString)> = Vec::new();
        let mut is_walked = vec![false; next.len()];
        for start in 0..next.len() {
            if next[start] == NONE || is_walked[start] {
                continue;
            }
            let mut ring = Vec::new();
            let mut at = start;
            while !is_walked[at] {
                is_walked[at] = true;
                ring.push(self.crossing(at, &is_in, level, far));
                at = next[at] as usize;
            }
            ring.push(ring[0]);
            let (a, b) = self.ends(start);
            let inner = if is_in[a] { a } else { b };
            rings.push((component_of[inner], signed_area(&ring), LineString::new(ring)));
        }
        polygons(rings)
    }

    fn corners_under(&self, level: f64) -> Vec<bool> {
        let (columns, rows) = self.size();
        let mut is_in: Vec<bool> = self.values.iter().map(|value| *value <= level).collect();
        for column in 0..columns {
            is_in[column] = false;
            is_in[(rows - 1) * columns + column] = false;
        }
        for row in 0..rows {
            is_in[row * columns] = false;
            is_in[row * columns + columns - 1] = false;
        }
        is_in
    }

    /// For each side of a cell that the edge crosses, the side that it crosses next. Sides that go east come first, by
    /// the corner they leave, then those that go north.
    fn crossings(&self, is_in: &[bool]) -> Vec<u32> {
        let columns = self.n_columns;
        let mut next = vec![NONE; 2 * is_in.len()];
        for row in 0..self.n_rows.saturating_sub(1) {
            for column in 0..columns.saturating_sub(1) {
                let south_west = row * columns + column;
                let corners =
                    [south_west, south_west + 1, south_west + columns + 1, south_west + columns];
                let case = corners
                    .iter()
                    .enumerate()
                    .map(|(bit, corner)| usize::from(is_in[*corner]) << bit)
                    .sum::<usize>();
                let side = |side: Side| match side {
                    South => south_west,
                    North => south_west + columns,
                    West => is_in.len() + south_west,
                    East => is_in.len() + south_west + 1,
                };
                for (enters, leaves) in CASES[case] {
                    next[side(*enters)] = side(*leaves) as u32;
                }
            }
        }
        next
    }

    /// The two corners of a side.
    fn ends(&self, side: usize) -> (usize, usize) {
        let n_corners = self.values.len();
        if side < n_corners {
            (side, side + 1)
        } else {
            (side - n_corners, side - n_corners + self.n_columns)
        }
    }

    /// Where the edge crosses a side.
    fn crossing(&self, side: usize, is_in: &[bool], level: f64, far: f64) -> Coord {
        let (a, b) = self.ends(side);
        let (inner, outer) = if is_in[a] { (a, b) } else { (b, a) };
        let value =
            |corner: usize| if self.values[corner].is_finite() { self.values[corner] } else { far };
        // A corner of the rim may itself be under the level, and is out all the same.
        let rise = value(outer).max(level) - value(inner);
        let share = if rise > 0.0 { (level - value(inner)) / rise } else { 1.0 };
        let share = share.clamp(CLEARANCE, 1.0 - CLEARANCE);
        let (from, to) = (self.place(inner), self.place(outer));
        let at = from + (to - from) * share;
        Coord {
            x: (at.x * PER_METER).round() / PER_METER,
            y: (at.y * PER_METER).round() / PER_METER,
        }
    }

    fn place(&self, corner: usize) -> Coord {
        let (column, row) = (corner % self.n_columns, corner / self.n_columns);
        let off = Coord { x: column as f64 * self.cell_m, y: row as f64 * self.cell_m };
        self.origin + off
    }

    /// Corners under the level by the piece they are in: neighbours along sides, not across cells.
    fn components(&self, is_in: &[bool]) -> Vec<u32> {
        let mut component_of = vec![NONE; is_in.len()];
        let mut waiting = Vec::new();
        let mut n_components = 0;
        for start in 0..is_in.len() {
            if !is_in[start] || component_of[start] != NONE {
                continue;
            }
            component_of[start] = n_components;
            waiting.push(start);
            // Corners under the level are never on the rim, so that all have four neighbours.
            while let Some(at) = waiting.pop() {
                for other in [at - 1, at + 1, at - self.n_columns, at + self.n_columns] {
                    if is_in[other] && component_of[other] == NONE {
                        component_of[other] = n_components;
                        waiting.push(other);
                    }
                }
            }
            n_components += 1;
        }
        component_of
    }
}

fn signed_area(ring: &[Coord]) -> f64 {
    let first = ring[0];
    let cross = |pair: &[Coord]| {
        let (a, b) = (pair[0] - first, pair[1] - first);
        a.x * b.y - b.x * a.y
    };
    ring.windows(2).map(cross).sum::<f64>() / 2.0
}

/// Rings of one piece make a polygon: the one that turns left is its outside.
fn polygons(mut rings: Vec<(u32, f64, LineString)>) -> MultiPolygon {
    rings.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| b.1.total_cmp(&a.1)));
    let mut polygons: Vec<(u32, Polygon)> = Vec::new();
    for (component, _, ring) in rings {
        match polygons.last_mut() {
            Some((last, polygon)) if *last == component => polygon.interiors_push(ring),
            _ => polygons.push((component, Polygon::new(ring, Vec::new()))),
        }
    }
    MultiPolygon::new(polygons.into_iter().map(|(_, polygon)| polygon).collect())
}

#[cfg(test)]
mod tests {
    use geo::Area;
    use geo::Contains;
    use geo::Validation;

    use super::*;

    fn grid(rows: &[&[f64]]) -> CornerGrid {
        let size = (rows[0].len(), rows.len());
        let mut grid = CornerGrid::new(Coord { x: 0.0, y: 0.0 }, 10.0, size, f64::INFINITY);
        for (row, values) in rows.iter().enumerate() {
            for (column, value) in values.iter().enumerate() {
                grid.lower(column, row, *value);
            }
        }
        grid
    }

    const FAR: f64 = f64::INFINITY;

    #[test]
    fn one_corner_is_a_diamond() {
        let grid = grid(&[&[FAR, FAR, FAR], &[FAR, 0.0, FAR], &[FAR, FAR, FAR]]);
        let area = grid.area_under(5.0, 10.0);
        // Half of every side of 10 m: a diamond whose diagonals are 10 m.
        assert!((area.unsigned_area() - 50.0).abs() < 1e-9 && area.is_valid());
        assert!(area.0[0].signed_area() > 0.0);
        assert!(grid.area_under(-1.0, 10.0).0.is_empty());
    }

    #[test]
    fn corners_across_from_each_other_stay_apart_and_a_ring_has_a_hole() {
        let across = grid(&[
            &[FAR, FAR, FAR, FAR],
            &[FAR, 0.0, FAR, FAR],
            &[FAR, FAR, 0.0, FAR],
            &[FAR, FAR, FAR, FAR],
        ]);
        // Nearly the whole side: even so the two do not touch.
        let area = across.area_under(9.99, 10.0);
        assert!(area.0.len() == 2 && area.is_valid());
        let ring = grid(&[
            &[FAR, FAR, FAR, FAR, FAR],
            &[FAR, 0.0, 0.0, 0.0, FAR],
            &[FAR, 0.0, FAR, 0.0, FAR],
            &[FAR, 0.0, 0.0, 0.0, FAR],
            &[FAR, FAR, FAR, FAR, FAR],
        ]);
        let area = ring.area_under(5.0, 10.0);
        assert!(area.0.len() == 1 && area.0[0].interiors().len() == 1 && area.is_valid());
        // 30 m square less four corners of 12.5 m², less the diamond of 50 m².
        assert!((area.unsigned_area() - (900.0 - 50.0 - 50.0)).abs() < 1e-9);
        assert!(!area.contains(&geo::Point::new(20.0, 20.0)));
    }

    #[test]
    fn areas_of_rising_levels_are_valid_and_lie_in_each_other() {
        // A rough surface: every case, saddles too, many times.
        let n = 40;
        let mut grid = CornerGrid::new(Coord { x: 500_000.0, y: 6_300_000.0 }, 100.0, (n, n), FAR);
        for row in 0..n {
            for column in 0..n {
                let at = (column * n + row) as f64;
                let value = (at * 0.754_877_666_246_693).fract() * 30.0;
                if value < 27.0 {
                    grid.lower(column, row, value);
                }
            }
        }
        let areas = [5.0, 8.0, 12.0, 15.0, 20.0, 26.0].map(|level| grid.area_under(level, 60.0));
        assert!(areas.iter().all(|area| area.is_valid() && !area.0.is_empty()));
        for pair in areas.windows(2) {
            let outside = geo::BooleanOps::difference(&pair[0], &pair[1]).unsigned_area();
            assert!(outside < 1e-6, "{outside} m² are outside");
        }
    }
}
