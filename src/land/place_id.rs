//! Identifiers made from a place, that outlive a small change of an outline.
//!
//! The points of a fixed lattice of the country are ranked by a fixed hash. A piece of land is named after the point of
//! its inside that ranks first (min-wise hashing; Broder 1997). Disjoint pieces have different points, so different names.
//! When an outline moves, the first point stays the first with the probability that the old and the new outline have in
//! common: 99 % for a change of 1 % of the area, whatever becomes of the parcels' numbers.

use geo::BoundingRect;
use geo::Coord;
use geo::Geometry;
use geo::Polygon;

use crate::spatial::shape;

/// Lattice steps tried, m: the first that has a point inside decides. Each divides the one before.
const STEPS_M: [f64; 4] = [4.0, 1.0, 0.25, 0.0625];

/// Crockford's base 32: no I, L, O, U to be misread.
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The point that names a piece of land, and its name: up to 10 characters. `None` when it has no inside.
pub(super) fn place_id(land: &Geometry<f64>) -> Option<(Coord<f64>, String)> {
    let polygons: Vec<&Polygon<f64>> = match land {
        Geometry::Polygon(one) => vec![one],
        Geometry::MultiPolygon(many) => many.0.iter().collect(),
        _ => Vec::new(),
    };
    for (level, step_m) in STEPS_M.into_iter().enumerate() {
        let first = polygons.iter().filter_map(|polygon| first_inside(polygon, step_m)).min();
        if let Some((_, column, row)) = first {
            let at = Coord { x: column as f64 * step_m, y: row as f64 * step_m };
            return Some((at, name(level, column, row)));
        }
    }
    // Thinner than the finest lattice: named after its representative point, to a millimetre.
    let at = shape::representative_point(land)?;
    let (column, row) = ((at.x * 1e3).round() as i64, (at.y * 1e3).round() as i64);
    Some((at, name(STEPS_M.len(), column, row)))
}

/// The lattice point of least hash strictly inside, as (hash, column, row): a sweep row by row.
fn first_inside(polygon: &Polygon<f64>, step_m: f64) -> Option<(u64, i64, i64)> {
    let frame = polygon.bounding_rect()?;
    let (low, high) = (frame.min().y / step_m, frame.max().y / step_m);
    let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
    let edges: Vec<(Coord<f64>, Coord<f64>)> =
        rings.flat_map(|ring| ring.lines().map(|line| (line.start, line.end))).collect();
    let mut best: Option<(u64, i64, i64)> = None;
    let mut crossings = Vec::new();
    for row in low.ceil() as i64..=high.floor() as i64 {
        let y = row as f64 * step_m;
        crossings.clear();
        for (from, to) in &edges {
            // Half-open, so that a corner on the row counts once.
            if (from.y <= y) != (to.y <= y) {
                crossings.push(from.x + (y - from.y) / (to.y - from.y) * (to.x - from.x));
            }
        }
        crossings.sort_by(f64::total_cmp);
        for pair in crossings.chunks_exact(2) {
            let (from, to) = (pair[0] / step_m, pair[1] / step_m);
            for column in from.ceil() as i64..=to.floor() as i64 {
                let candidate = (rank(column, row), column, row);
                if best.is_none_or(|best| candidate < best) {
                    best = Some(candidate);
                }
            }
        }
    }
    best
}

/// The rank of a lattice point: a fixed mixing of its column and row (splitmix64; Steele, Lea & Flood 2014).
fn rank(column: i64, row: i64) -> u64 {
    let mut z = (column as u64) ^ (row as u64).rotate_left(32) ^ 0x9e37_79b9_7f4a_7c15;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// Level, column and row as one number in base 32.
fn name(level: usize, column: i64, row: i64) -> String {
    // A coordinate in France is under 2^24 quarter metres; the finest level needs 2^31.
    let mut number = (column as u128 & 0xffff_ffff) << 32 | (row as u128 & 0xffff_ffff);
    let mut digits = Vec::new();
    while number > 0 {
        digits.push(DIGITS[(number & 31) as usize]);
        number >>= 5;
    }
    digits.reverse();
    let body: String = digits.into_iter().map(char::from).collect();
    if level == 0 { body } else { format!("{body}{level}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::Rect;

    fn block(x: f64, y: f64, width: f64, height: f64) -> Geometry<f64> {
        Geometry::Polygon(
            Rect::new(Coord { x, y }, Coord { x: x + width, y: y + height }).to_polygon(),
        )
    }

    #[test]
    fn a_small_change_keeps_most_names_and_no_two_places_share_one() {
        let mut kept = 0;
        let mut names = std::collections::BTreeSet::new();
        for at in 0..400 {
            let (x, y) = (550_000.0 + 173.3 * f64::from(at), 6_300_000.0 + 91.7 * f64::from(at));
            let (_, before) = place_id(&block(x, y, 120.0, 80.0)).unwrap();
            // 2 % of the land goes, 1 % is added elsewhere.
            let (_, after) = place_id(&block(x + 2.4, y, 120.0 - 1.2, 80.0)).unwrap();
            kept += usize::from(before == after);
            assert!(names.insert(before));
        }
        assert!((370..=400).contains(&kept), "{kept} of 400 kept");
    }

    #[test]
    fn the_point_is_inside_and_not_in_a_hole() {
        let Geometry::Polygon(shell) = block(600_000.0, 6_300_000.0, 50.0, 50.0) else { panic!() };
        let Geometry::Polygon(hole) = block(600_005.0, 6_300_005.0, 40.0, 40.0) else { panic!() };
        let ring = Polygon::new(shell.exterior().clone(), vec![hole.exterior().clone()]);
        let (at, _) = place_id(&Geometry::Polygon(ring.clone())).unwrap();
        let inside = |p: &Polygon<f64>| {
            crate::spatial::distance::intersects(
                &Geometry::Point(at.into()),
                &Geometry::Polygon(p.clone()),
            )
        };
        assert!(inside(&ring));
    }

    #[test]
    fn land_thinner_than_the_lattice_still_has_a_name() {
        assert!(place_id(&block(600_000.03, 6_300_000.01, 0.02, 30.0)).is_some());
        assert!(place_id(&Geometry::Point((600_000.0, 6_300_000.0).into())).is_some());
    }
}
