//! The points that one commune alone knows on its border, put on the border that both communes know.
//!
//! A lane or a hedge that ends on the border writes a point there. Bent by the field, it would leave the straight stretch
//! between two points of the frame, which is all that the neighbour and the outline of the commune know: their zones
//! would overlap, or leave a gap. Such a point keeps to the stretch, and the neighbour learns of it.

use std::collections::BTreeMap;

use geo_types::Coord;
use geo_types::LineString;
use geo_types::Polygon;

use super::power_diagram::distance;
use super::straight_lines::LineBook;
use super::straight_lines::LineId;
use super::warp::Warp;
use super::warp::centimetre;

type Key = (u64, u64);

fn key(at: Coord<f64>) -> Key {
    (at.x.to_bits(), at.y.to_bits())
}

/// A point on a straight stretch of a border, all as they really lie.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct OnBorder {
    from: Coord<f64>,
    to: Coord<f64>,
    at: Coord<f64>,
}

/// Real places of points of the straight drawing, where they are not where the field alone would put them.
#[derive(Debug, Default)]
pub(crate) struct BorderPoints(BTreeMap<Key, OnBorder>);

impl BorderPoints {
    /// Reads the border lines of a commune: each with the points of the frame.
    pub(crate) fn new(book: &LineBook, borders: &[(LineId, Vec<Coord<f64>>)], warp: &Warp) -> Self {
        let mut placed = BTreeMap::new();
        for (line, of_frame) in borders {
            let fixed: Vec<Key> = of_frame.iter().map(|at| key(*at)).collect();
            let points = book.points(*line);
            let ranks: Vec<usize> =
                (0..points.len()).filter(|rank| fixed.contains(&key(points[*rank]))).collect();
            for pair in ranks.windows(2) {
                let (start, end) = (points[pair[0]], points[pair[1]]);
                let (from, to) = (warp.place(start), warp.place(end));
                for point in &points[pair[0] + 1..pair[1]] {
                    let share = distance(start, *point) / distance(start, end);
                    let at = centimetre(from + (to - from) * share);
                    if at != from && at != to {
                        placed.insert(key(*point), OnBorder { from, to, at });
                    }
                }
            }
        }
        Self(placed)
    }

    /// Where a point of the straight drawing really lies.
    pub(crate) fn place(&self, at: Coord<f64>, warp: &Warp) -> Coord<f64> {
        self.0.get(&key(at)).map_or_else(|| warp.place(at), |known| known.at)
    }

    /// Takes the points out of the outlines that only one of them has, and returns those that stay.
    pub(crate) fn straighten(&self, outlines: &mut [&mut Polygon<f64>]) -> Vec<OnBorder> {
        let on_border: BTreeMap<Key, OnBorder> =
            self.0.values().map(|known| (key(known.at), *known)).collect();
        let mut users: BTreeMap<Key, usize> = BTreeMap::new();
        for outline in &*outlines {
            for at in outline.exterior().0.iter().skip(1).map(|at| key(*at)) {
                if on_border.contains_key(&at) {
                    *users.entry(at).or_default() += 1;
                }
            }
        }
        for outline in outlines {
            outline.exterior_mut(|ring| {
                ring.0.pop();
                ring.0.retain(|at| users.get(&key(*at)).is_none_or(|count| *count > 1));
                ring.close();
            });
        }
        users.retain(|_, count| *count > 1);
        users.keys().filter_map(|at| on_border.get(at)).copied().collect()
    }
}

/// The points of both sides of all borders.
#[derive(Debug, Default)]
pub(crate) struct BothSides {
    /// The stretches that each point is on; a point of the frame is on several.
    stretches_of: BTreeMap<Key, Vec<Key2>>,
    points_of: BTreeMap<Key2, Vec<Coord<f64>>>,
}

type Key2 = (Key, Key);

impl BothSides {
    /// Gathers what each commune knows.
    pub(crate) fn new(known: impl Iterator<Item = OnBorder>) -> Self {
        let mut both = Self::default();
        for OnBorder { from, to, at } in known {
            let stretch = (key(from).min(key(to)), key(from).max(key(to)));
            for point in [from, to, at] {
                let stretches = both.stretches_of.entry(key(point)).or_default();
                if !stretches.contains(&stretch) {
                    stretches.push(stretch);
                }
            }
            let points = both.points_of.entry(stretch).or_default();
            if !points.contains(&at) {
                points.push(at);
            }
        }
        both
    }

    /// Writes into the outer ring of an outline the points that the other side knows.
    pub(crate) fn teach(&self, outline: &mut Polygon<f64>) {
        outline.exterior_mut(|ring| *ring = self.taught(ring));
    }

    fn taught(&self, ring: &LineString<f64>) -> LineString<f64> {
        let mut points: Vec<Coord<f64>> = ring.0.first().copied().into_iter().collect();
        for pair in ring.0.windows(2) {
            let (from, to) = (pair[0], pair[1]);
            let (of_from, of_to) =
                (self.stretches_of.get(&key(from)), self.stretches_of.get(&key(to)));
            let shared = of_from.zip(of_to).and_then(|(a, b)| a.iter().find(|one| b.contains(one)));
            if let Some(known) = shared.and_then(|stretch| self.points_of.get(stretch)) {
                let length = distance(from, to);
                let within = |at: &&Coord<f64>| {
                    let (before, behind) = (distance(from, **at), distance(**at, to));
                    before > 0.0 && behind > 0.0 && before < length && behind < length
                };
                let mut between: Vec<Coord<f64>> = known.iter().filter(within).copied().collect();
                between.sort_by(|a, b| distance(from, *a).total_cmp(&distance(from, *b)));
                points.extend(between);
            }
            points.push(to);
        }
        LineString::new(points)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_of_one_commune_lies_on_the_stretch_and_is_taught_to_the_other() {
        let warp = Warp::new(1);
        let at = |x: f64| Coord { x: 550_000.0 + x, y: 6_330_000.0 };
        let of_frame = vec![at(0.0), at(40.0), at(80.0)];
        let mut book = LineBook::default();
        let line = book.add_with_points(&of_frame);
        let lane = book.snap(line, at(60.0));
        let points = BorderPoints::new(&book, &[(line, of_frame)], &warp);
        let (from, to) = (warp.place(at(40.0)), warp.place(at(80.0)));
        let placed = points.place(lane, &warp);
        let off = placed - (from + to) / 2.0;
        assert!(off.x.hypot(off.y) < 0.01, "{off:?}");
        assert_eq!(points.place(at(40.0), &warp), from);
        let both = BothSides::new(std::iter::once(OnBorder { from, to, at: placed }));
        let beyond = from + Coord { x: 0.0, y: 50.0 };
        let mut other = Polygon::new(LineString::new(vec![to, from, beyond, to]), Vec::new());
        both.teach(&mut other);
        assert_eq!(other.exterior().0, [to, placed, from, beyond, to]);
    }
}
