//! The ground that is reached within so many minutes, as areas.
//!
//! A grid of corners is lowered to the cost of every stretch of road that passes a cell beside them, then to the cost of
//! stepping off the road at a walk's pace ([`super::ACCESS_KMH`]) for at most [`OFF_ROAD_M`]; the areas are those under
//! each level of that grid. So every point of a road that opens to what lies beside it and that is reached lies in the
//! area, the areas of more minutes hold those of fewer, and what no road comes near stays out.

use geo::Coord;
use geo::Geometry;
use geo::MultiPolygon;

use super::Access;
use super::Field;
use super::Toward;
use super::noding::separation;
use crate::spatial::contour::CornerGrid;

/// How far from a road ground still counts as reached by it, metres. Our judgement: a hamlet's lane that is not drawn.
pub const OFF_ROAD_M: f64 = 500.0;

/// Side of a cell, metres: detail beyond that of a map of a territory.
const CELL_M: f64 = 100.0;

/// Most corners of a grid; cells grow until there are no more.
const MOST_CORNERS: f64 = 16_000_000.0;

/// How many times as far as all that is reached lies what is not.
const FAR: f64 = 20.0;

impl Field<'_> {
    /// The ground within each of some costs, in their order; `at` is where the way begins or ends, and is in all of
    /// them. Costs beyond the limit of the field, or below 0, are no more than the field knows.
    #[must_use]
    pub fn areas(&self, at: Option<Coord>, costs: &[f64]) -> Vec<MultiPolygon> {
        let most = costs.iter().copied().fold(0.0, f64::max);
        let stretches: Vec<Stretch<'_>> = self.stretches(most).collect();
        let Some(frame) = frame(&stretches, at) else {
            return vec![MultiPolygon::new(Vec::new()); costs.len()];
        };
        let mut seeds = frame.grid();
        for stretch in &stretches {
            frame.mark(&mut seeds, stretch, most);
        }
        if let Some(at) = at {
            frame.mark_point(&mut seeds, at, 0.0);
        }
        let grid = frame.step_aside(&seeds, |meters| self.cost.of_access(meters));
        // Beyond the last step aside lies what is not reached at all: so far that the edge keeps to that step.
        let far = FAR * (most + self.cost.of_access(OFF_ROAD_M));
        costs.iter().map(|cost| grid.area_under(*cost, far)).collect()
    }

    /// The edges of which something may be reached within `most`, where one can leave the road.
    fn stretches(&self, most: f64) -> impl Iterator<Item = Stretch<'_>> {
        let network = self.network;
        let within = move |cost: f64| if cost <= most { cost } else { f64::INFINITY };
        network.edges.iter().zip(&network.lines).enumerate().filter_map(
            move |(at, (edge, line))| {
                let Geometry::LineString(line) = line else { return None };
                let first = self.places.partition_point(|place| (place.edge as usize) < at);
                let places = &self.places[first..];
                let n_here = places.iter().take_while(|place| place.edge as usize == at).count();
                let (from, to) = (self.costs[edge.from as usize], self.costs[edge.to as usize]);
                // Whoever goes to the places leaves a point of the edge by the end that the way goes on from.
                let is_toward = self.toward == Toward::Places;
                let (on, back) = (edge.direction.is_forward(), edge.direction.is_backward());
                let (by_from, by_to) = if is_toward { (back, on) } else { (on, back) };
                let stretch = Stretch {
                    line: &line.0,
                    whole: edge.cost.of(self.cost),
                    from: within(from),
                    to: within(to),
                    by_from,
                    by_to,
                    places: &places[..n_here],
                    field: self,
                };
                let is_reached = stretch.from.is_finite() || stretch.to.is_finite() || n_here > 0;
                (edge.opens && is_reached).then_some(stretch)
            },
        )
    }
}

/// An edge, and what it costs to be on it.
struct Stretch<'a> {
    line: &'a [Coord],
    /// Cost of driving all of it.
    whole: f64,
    /// Cost at its ends.
    from: f64,
    to: f64,
    /// Whether a point of it is reached by the first end, by the second.
    by_from: bool,
    by_to: bool,
    /// Places on it, by their place along it.
    places: &'a [Access],
    field: &'a Field<'a>,
}

impl Stretch<'_> {
    /// Least cost at a point, given as a share of the way along.
    fn cost_at(&self, share: f64, length_m: f64) -> f64 {
        let mut least = f64::INFINITY;
        if self.by_from || share <= 0.0 {
            least = least.min(self.from + share * self.whole);
        }
        if self.by_to || share >= 1.0 {
            least = least.min(self.to + (1.0 - share) * self.whole);
        }
        for place in self.places {
            let here = Access { along_m: share * length_m, distance_m: 0.0, ..*place };
            let field = self.field;
            let (a, b) =
                if field.toward == Toward::Places { (&here, place) } else { (place, &here) };
            if let Some(along) = field.network.along_edge(a, b, field.cost) {
                least = least.min(along + field.cost.of_access(place.distance_m));
            }
        }
        least
    }
}

/// Where the cells lie.
#[derive(Debug, Clone, Copy)]
struct Frame {
    origin: Coord,
    cell_m: f64,
    size: (usize, usize),
}

fn frame(stretches: &[Stretch<'_>], at: Option<Coord>) -> Option<Frame> {
    let all = stretches.iter().flat_map(|stretch| stretch.line).copied().chain(at);
    let (min, max) = all.map(|at| (at, at)).reduce(|(min, max), (at, _)| {
        let min = Coord { x: min.x.min(at.x), y: min.y.min(at.y) };
        (min, Coord { x: max.x.max(at.x), y: max.y.max(at.y) })
    })?;
    let mut cell_m = CELL_M;
    loop {
        // Room for the steps aside, and a rim that nothing reaches.
        let margin = (OFF_ROAD_M / cell_m).ceil() + 3.0;
        // Whole multiples of the side: every search of a territory has the same cells.
        let origin = Coord {
            x: ((min.x / cell_m).floor() - margin) * cell_m,
            y: ((min.y / cell_m).floor() - margin) * cell_m,
        };
        let columns = ((max.x - origin.x) / cell_m).ceil() + margin;
        let rows = ((max.y - origin.y) / cell_m).ceil() + margin;
        if columns * rows <= MOST_CORNERS {
            return Some(Frame { origin, cell_m, size: (columns as usize, rows as usize) });
        }
        if !(columns * rows).is_finite() {
            return None;
        }
        cell_m *= 2.0;
    }
}

impl Frame {
    fn grid(&self) -> CornerGrid {
        CornerGrid::new(self.origin, self.cell_m, self.size, f64::INFINITY)
    }

    /// Column and row of a place, in cells from the origin.
    fn cells(&self, at: Coord) -> Coord {
        (at - self.origin) / self.cell_m
    }

    /// Lowers the corners of the cell that a place lies in.
    fn mark_point(&self, grid: &mut CornerGrid, at: Coord, cost: f64) {
        let at = self.cells(at);
        let (column, row) = (at.x.floor() as usize, at.y.floor() as usize);
        for (x, y) in [(0, 0), (1, 0), (0, 1), (1, 1)] {
            grid.lower(column + x, row + y, cost);
        }
    }

    /// Lowers the corners of every cell that a stretch passes to the least cost of what lies in the cell.
    fn mark(&self, grid: &mut CornerGrid, stretch: &Stretch<'_>, most: f64) {
        let length_m: f64 = stretch.line.windows(2).map(|pair| separation(pair[0], pair[1])).sum();
        let share =
            |walked_m: f64| if length_m > 0.0 { (walked_m / length_m).min(1.0) } else { 0.0 };
        let mut cuts: Vec<f64> = Vec::new();
        let mut walked_m = 0.0;
        for pair in stretch.line.windows(2) {
            let (a, b) = (self.cells(pair[0]), self.cells(pair[1]));
            let step_m = separation(pair[0], pair[1]);
            cuts.clear();
            cuts.extend([0.0, 1.0]);
            for (from, to) in [(a.x, b.x), (a.y, b.y)] {
                let lines = from.min(to).floor() as i64 + 1..=from.max(to).ceil() as i64 - 1;
                cuts.extend(lines.map(|line| (line as f64 - from) / (to - from)));
            }
            for place in stretch.places {
                let share = (place.along_m - walked_m) / step_m;
                cuts.extend((share > 0.0 && share < 1.0).then_some(share));
            }
            cuts.sort_by(f64::total_cmp);
            let cost_at = |cut: f64| stretch.cost_at(share(walked_m + step_m * cut), length_m);
            // Between two cuts the cost has no lowest point of its own: it is lowest at one of them.
            let mut before = (0.0, cost_at(0.0));
            for cut in cuts.iter().copied() {
                let here = (cut, cost_at(cut));
                let least = before.1.min(here.1);
                if least <= most {
                    let middle = f64::midpoint(before.0, here.0);
                    self.mark_point(grid, pair[0] + (pair[1] - pair[0]) * middle, least);
                }
                before = here;
            }
            walked_m += step_m;
        }
    }

    /// The grid with the ground beside the roads, at the cost of leaving them.
    fn step_aside(&self, seeds: &CornerGrid, cost_of: impl Fn(f64) -> f64) -> CornerGrid {
        let reach = (OFF_ROAD_M / self.cell_m).floor() as i64;
        let steps: Vec<(i64, i64, f64)> = (-reach..=reach)
            .flat_map(|x| (-reach..=reach).map(move |y| (x, y)))
            .map(|(x, y)| (x, y, (x as f64).hypot(y as f64) * self.cell_m))
            .filter(|(_, _, meters)| *meters <= OFF_ROAD_M)
            .map(|(x, y, meters)| (x, y, cost_of(meters)))
            .collect();
        let mut grid = self.grid();
        let (columns, rows) = self.size;
        for row in 0..rows {
            for column in 0..columns {
                let seed = seeds.get(column, row);
                if !seed.is_finite() {
                    continue;
                }
                for (x, y, cost) in &steps {
                    // Seeds keep their distance from the rim: no step leaves the grid.
                    let at = (column as i64 + x, row as i64 + y);
                    grid.lower(at.0 as usize, at.1 as usize, seed + cost);
                }
            }
        }
        grid
    }
}
