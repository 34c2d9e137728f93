//! The frame of the straight drawing: cells, the borders they share, and the axes that cross them.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use geo_types::Coord;

use super::places::Axis;
use super::places::AxisKind;
use super::power_diagram::Cell;
use super::power_diagram::distance;
use super::power_diagram::edges;
use super::straight_lines::RoadClass;

/// A border between two cells, or between a cell and the outside; runs counter-clockwise around the first one.
#[derive(Debug, Clone)]
pub(crate) struct Border {
    pub(crate) cells: [usize; 2],
    pub(crate) start: Coord<f64>,
    pub(crate) end: Coord<f64>,
    /// Places where an axis or a road crosses, as shares of the length.
    marks: Vec<f64>,
    /// The road from one centre to the other through this border, if any.
    pub(crate) road: Option<(RoadClass, Coord<f64>)>,
    axis_class: Option<RoadClass>,
    axis_name: Option<usize>,
}

impl Border {
    fn at(&self, share: f64) -> Coord<f64> {
        self.start + (self.end - self.start) * share
    }

    fn length_m(&self) -> f64 {
        distance(self.start, self.end)
    }

    /// Takes the free place nearest to `share` for a crossing and remembers it.
    fn mark(&mut self, share: f64) -> Coord<f64> {
        let apart = (140.0 / self.length_m()).min(0.1);
        let free = |s: f64, marks: &[f64]| marks.iter().all(|m| (m - s).abs() >= apart);
        let mut place = share;
        for step in 0..14 {
            let offset = apart * f64::from(step / 2 + 1) * if step % 2 == 0 { 1.0 } else { -1.0 };
            if free(place, &self.marks) {
                break;
            }
            place = (share + offset).clamp(0.06, 0.94);
        }
        self.marks.push(place);
        self.at(place)
    }

    /// The points that both communes read: ends, crossings, and one about every 40 m.
    pub(crate) fn points(&self) -> Vec<Coord<f64>> {
        let steps = (self.length_m() / 40.0).ceil().max(1.0) as usize;
        let near = 4.0 / self.length_m();
        let mut shares: Vec<f64> = (1..steps)
            .map(|step| step as f64 / steps as f64)
            .filter(|share| self.marks.iter().all(|mark| (mark - share).abs() > near))
            .collect();
        shares.extend(self.marks.iter().copied());
        shares.sort_by(f64::total_cmp);
        let mut points = vec![self.start];
        points.extend(shares.into_iter().map(|share| self.at(share)));
        points.push(self.end);
        points
    }

    /// The axis (index) whose road follows this border's crossing, when it is a numbered road.
    pub(crate) fn axis(&self) -> Option<usize> {
        self.axis_name
    }
}

/// A straight stretch of an axis across one cell.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Chord {
    pub(crate) axis: usize,
    pub(crate) from: Coord<f64>,
    pub(crate) to: Coord<f64>,
}

/// Cells, borders, roads between centres and axes.
#[derive(Debug, Clone)]
pub(crate) struct Frame {
    pub(crate) centres: Vec<Coord<f64>>,
    pub(crate) cells: Vec<Cell>,
    pub(crate) borders: Vec<Border>,
    /// Per cell, the border of each of its edges, and whether it runs backwards there.
    pub(crate) sides: Vec<Vec<(usize, bool)>>,
    /// Per cell, the axes that cross it.
    pub(crate) chords: Vec<Vec<Chord>>,
}

impl Frame {
    /// Lays the axes and the roads between centres on the cells.
    pub(crate) fn new(centres: &[Coord<f64>], cells: Vec<Cell>, axes: &[Axis]) -> Self {
        let (borders, sides) = borders(&cells);
        let count = cells.len();
        let mut frame = Self {
            centres: centres.to_vec(),
            cells,
            borders,
            sides,
            chords: vec![Vec::new(); count],
        };
        for (rank, axis) in axes.iter().enumerate() {
            let path = frame.path(&axis.communes);
            match axis.kind {
                AxisKind::National => frame.road_axis(rank, RoadClass::National, &path),
                AxisKind::Departmental => frame.road_axis(rank, RoadClass::Departmental, &path),
                _ => frame.chord_axis(rank, axis, &path, axes),
            }
        }
        frame.link_centres();
        frame
    }

    fn border_between(&self, a: usize, b: usize) -> Option<usize> {
        self.sides[a]
            .iter()
            .map(|(border, _)| *border)
            .find(|border| self.borders[*border].cells.contains(&b))
    }

    /// Neighbouring cells from the first to the last, through those named (Dijkstra on distances of centres).
    fn path(&self, through: &[usize]) -> Vec<usize> {
        let mut path: Vec<usize> = through.first().copied().into_iter().collect();
        for pair in through.windows(2) {
            let (from, to) = (pair[0], pair[1]);
            let mut best = vec![f64::INFINITY; self.cells.len()];
            let mut before = vec![usize::MAX; self.cells.len()];
            let mut open = BTreeSet::from([(0_u64, from)]);
            best[from] = 0.0;
            while let Some((_, cell)) = open.pop_first() {
                if cell == to {
                    break;
                }
                for &other in self.cells[cell].neighbours.iter().filter(|o| **o < self.cells.len())
                {
                    // A little more than the distance, so that one long step beats two short ones.
                    let cost =
                        best[cell] + distance(self.centres[cell], self.centres[other]) + 300.0;
                    if cost < best[other] {
                        best[other] = cost;
                        before[other] = cell;
                        open.insert(((cost * 1000.0) as u64, other));
                    }
                }
            }
            let mut step = Vec::new();
            let mut at = to;
            while at != from && at != usize::MAX {
                step.push(at);
                at = before[at];
            }
            step.reverse();
            path.extend(step);
        }
        path.dedup();
        path
    }

    fn road_axis(&mut self, rank: usize, class: RoadClass, path: &[usize]) {
        for pair in path.windows(2) {
            if let Some(border) = self.border_between(pair[0], pair[1]) {
                let border = &mut self.borders[border];
                if border.axis_class.is_none_or(|known| class < known) {
                    border.axis_class = Some(class);
                    border.axis_name = Some(rank);
                }
            }
        }
    }

    fn chord_axis(&mut self, rank: usize, axis: &Axis, path: &[usize], axes: &[Axis]) {
        let [first, .., last] = path else { return };
        let mut crossed: Vec<usize> = Vec::new();
        crossed.extend(self.way_out(*first, path[1]));
        crossed.extend(path.windows(2).filter_map(|pair| self.border_between(pair[0], pair[1])));
        let confluence = matches!(axis.kind, AxisKind::River { .. })
            .then(|| {
                let met = self.chords[*last]
                    .iter()
                    .find(|chord| matches!(axes[chord.axis].kind, AxisKind::River { .. }))?;
                Some((met.from + met.to) / 2.0)
            })
            .flatten();
        if confluence.is_none() {
            crossed.extend(self.way_out(*last, path[path.len() - 2]));
        }
        let (low, high) = match axis.kind {
            AxisKind::River { plain_high_m, .. } if plain_high_m > 1000.0 => (0.12, 0.38),
            AxisKind::Railway => (0.44, 0.6),
            AxisKind::Motorway => (0.66, 0.88),
            _ => (0.15, 0.85),
        };
        // Shares are counted from south-west to north-east, so that axes that run together keep their order.
        let oriented = |border: &Border, share: f64| {
            let south_west_first = border.start.x + border.start.y <= border.end.x + border.end.y;
            if south_west_first { share } else { 1.0 - share }
        };
        let mut shares = vec![f64::midpoint(low, high); crossed.len()];
        for _ in 0..80 {
            for k in 0..crossed.len() {
                let place = |n: usize| {
                    let border = &self.borders[crossed[n]];
                    border.at(oriented(border, shares[n]))
                };
                let border = &self.borders[crossed[k]];
                let ahead = if k + 1 < crossed.len() { Some(place(k + 1)) } else { confluence };
                let aim = match (k.checked_sub(1).map(place), ahead) {
                    (Some(a), Some(b)) => crossing(border, a, b),
                    (Some(a), None) | (None, Some(a)) => foot(border, a),
                    (None, None) => 0.5,
                };
                shares[k] = oriented(border, aim).clamp(low, high);
            }
        }
        let mut places = Vec::new();
        for (k, border) in crossed.iter().enumerate() {
            let share = oriented(&self.borders[*border], shares[k]);
            places.push(self.borders[*border].mark(share));
        }
        places.extend(confluence);
        for (cell, ends) in path.iter().zip(places.windows(2)) {
            self.chords[*cell].push(Chord { axis: rank, from: ends[0], to: ends[1] });
        }
    }

    /// The border by which an axis leaves a cell, away from the next cell; the outside is preferred.
    fn way_out(&self, cell: usize, next: usize) -> Option<usize> {
        let to = self.centres[next] - self.centres[cell];
        let score = |border: usize| {
            let b = &self.borders[border];
            let out = (b.start + b.end) / 2.0 - self.centres[cell];
            let facing =
                (out.x * to.x + out.y * to.y) / (out.x.hypot(out.y) * to.x.hypot(to.y)).max(1.0);
            let outside = b.cells[1] >= self.cells.len();
            facing + if outside { 0.0 } else { 1.0 } - (b.length_m() / 20_000.0).min(0.3)
        };
        let mut borders: Vec<usize> = self.sides[cell].iter().map(|(border, _)| *border).collect();
        borders.retain(|border| !self.borders[*border].cells.contains(&next));
        borders.into_iter().min_by(|a, b| score(*a).total_cmp(&score(*b)))
    }

    /// Roads from centre to centre: the numbered ones first, then the longest borders, not too close in angle.
    fn link_centres(&mut self) {
        const LEAST_ANGLE_RAD: f64 = 0.4;
        let mut wanted: Vec<usize> = (0..self.borders.len())
            .filter(|border| {
                let b = &self.borders[*border];
                b.cells[1] < self.cells.len() && (b.axis_class.is_some() || b.length_m() > 350.0)
            })
            .collect();
        wanted.sort_by(|a, b| {
            let (a, b) = (&self.borders[*a], &self.borders[*b]);
            let class = |border: &Border| border.axis_class.unwrap_or(RoadClass::Local);
            class(a).cmp(&class(b)).then(b.length_m().total_cmp(&a.length_m()))
        });
        let mut angles: BTreeMap<usize, Vec<f64>> = BTreeMap::new();
        for border in wanted {
            let b = &mut self.borders[border];
            let [i, j] = b.cells;
            let share = crossing(b, self.centres[i], self.centres[j]).clamp(0.18, 0.82);
            let marks = b.marks.len();
            let place = b.mark(share);
            let turn = |cell: usize| {
                let to = place - self.centres[cell];
                to.y.atan2(to.x)
            };
            let close = [i, j].iter().any(|cell| {
                angles.get(cell).is_some_and(|known| {
                    known.iter().any(|other| {
                        let gap = (turn(*cell) - other).rem_euclid(std::f64::consts::TAU);
                        gap.min(std::f64::consts::TAU - gap) < LEAST_ANGLE_RAD
                    })
                })
            });
            if close {
                b.marks.truncate(marks);
                continue;
            }
            b.road = Some((b.axis_class.unwrap_or(RoadClass::Local), place));
            for cell in [i, j] {
                let angle = turn(cell);
                angles.entry(cell).or_default().push(angle);
            }
        }
    }
}

fn borders(cells: &[Cell]) -> (Vec<Border>, Vec<Vec<(usize, bool)>>) {
    let mut known: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    let mut borders: Vec<Border> = Vec::new();
    let mut sides = Vec::new();
    for (cell, drawn) in cells.iter().enumerate() {
        let mut around = Vec::new();
        for (start, end, other) in edges(drawn) {
            let shared = known.get(&(other, cell)).copied().filter(|border| {
                let b: &Border = &borders[*border];
                b.start == end && b.end == start
            });
            if let Some(border) = shared {
                around.push((border, true));
                continue;
            }
            known.insert((cell, other), borders.len());
            around.push((borders.len(), false));
            let cells = [cell, other];
            let (marks, road, axis_class, axis_name) = (Vec::new(), None, None, None);
            borders.push(Border { cells, start, end, marks, road, axis_class, axis_name });
        }
        sides.push(around);
    }
    (borders, sides)
}

/// Share of the border at which the line from `a` to `b` crosses it.
fn crossing(border: &Border, a: Coord<f64>, b: Coord<f64>) -> f64 {
    let (along, way) = (border.end - border.start, b - a);
    let denominator = along.x * way.y - along.y * way.x;
    if denominator.abs() < 1e-9 {
        return 0.5;
    }
    let to = a - border.start;
    (to.x * way.y - to.y * way.x) / denominator
}

/// Share of the border nearest to a place.
fn foot(border: &Border, from: Coord<f64>) -> f64 {
    let along = border.end - border.start;
    let to = from - border.start;
    (to.x * along.x + to.y * along.y) / (along.x * along.x + along.y * along.y)
}
