//! The points that one commune alone knows on its border, put on the border that both communes know.
//!
//! A lane or a hedge that ends on the border writes a point there. Bent by the field, it would leave the straight stretch
//! between two points of the frame, which is all that the neighbour and the outline of the commune know: their zones
//! would overlap, or leave a gap. Such a point keeps to the stretch.

use std::collections::HashMap;
use std::collections::HashSet;

use geo_types::Coord;
use geo_types::Polygon;

use super::power_diagram::distance;
use super::straight_lines::LineBook;
use super::straight_lines::LineId;
use super::warp::Warp;
use super::warp::centimetre;

/// Real places of points of the straight drawing, where they are not where the field alone would put them.
#[derive(Debug, Default)]
pub(crate) struct BorderPoints(HashMap<(u64, u64), Coord<f64>>);

fn key(at: Coord<f64>) -> (u64, u64) {
    (at.x.to_bits(), at.y.to_bits())
}

impl BorderPoints {
    /// Reads the border lines of a commune: each with the points of the frame.
    pub(crate) fn new(book: &LineBook, borders: &[(LineId, Vec<Coord<f64>>)], warp: &Warp) -> Self {
        let mut placed = HashMap::new();
        for (line, of_frame) in borders {
            let fixed: Vec<(u64, u64)> = of_frame.iter().map(|at| key(*at)).collect();
            let points = book.points(*line);
            let ranks: Vec<usize> =
                (0..points.len()).filter(|rank| fixed.contains(&key(points[*rank]))).collect();
            for pair in ranks.windows(2) {
                let (from, to) = (points[pair[0]], points[pair[1]]);
                let (real_from, real_to) = (warp.place(from), warp.place(to));
                for at in &points[pair[0] + 1..pair[1]] {
                    let share = distance(from, *at) / distance(from, to);
                    placed.insert(key(*at), centimetre(real_from + (real_to - real_from) * share));
                }
            }
        }
        Self(placed)
    }

    /// Takes the points out of the outlines that only one of them has: the stretch runs straight there, and rounding it to
    /// the centimetre would bend it.
    pub(crate) fn straighten<'a>(&self, outlines: impl Iterator<Item = &'a mut Polygon<f64>>) {
        let on_border: HashSet<(u64, u64)> = self.0.values().map(|at| key(*at)).collect();
        let mut outlines: Vec<&mut Polygon<f64>> = outlines.collect();
        let mut shared: HashMap<(u64, u64), usize> = HashMap::new();
        for outline in &outlines {
            for at in
                outline.exterior().0.iter().skip(1).filter(|at| on_border.contains(&key(**at)))
            {
                *shared.entry(key(*at)).or_default() += 1;
            }
        }
        for outline in &mut outlines {
            outline.exterior_mut(|ring| {
                ring.0.pop();
                ring.0.retain(|at| shared.get(&key(*at)).is_none_or(|count| *count > 1));
                ring.close();
            });
        }
    }

    /// Where a point of the straight drawing really lies.
    pub(crate) fn place(&self, at: Coord<f64>, warp: &Warp) -> Coord<f64> {
        self.0.get(&key(at)).copied().unwrap_or_else(|| warp.place(at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_of_one_commune_lies_on_the_stretch_of_both() {
        let warp = Warp::new(1);
        let at = |x: f64| Coord { x: 550_000.0 + x, y: 6_330_000.0 };
        let of_frame = vec![at(0.0), at(40.0), at(80.0)];
        let mut book = LineBook::default();
        let line = book.add_with_points(&of_frame);
        let lane = book.snap(line, at(60.0));
        let points = BorderPoints::new(&book, &[(line, of_frame)], &warp);
        let (from, to) = (warp.place(at(40.0)), warp.place(at(80.0)));
        let off = points.place(lane, &warp) - (from + to) / 2.0;
        assert!(off.x.hypot(off.y) < 0.01, "{off:?}");
        assert_eq!(points.place(at(40.0), &warp), from);
    }
}
