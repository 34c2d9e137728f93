//! Where two areas overlap: a point to show, found without building the intersection.

use geo::Coord;

use crate::spatial::overlay_area::PreparedArea;
use crate::spatial::overlay_area::Step;
use crate::spatial::segment::Extent;

/// Vertical lines tried across the boxes' common part; then between the vertices, when none meets the overlap.
const LINES: u32 = 16;
/// A common part thinner than this is rounding, in metres.
const THINNEST_M: f64 = 1e-9;

/// The middle of the longest common stretch of the vertical lines tried.
pub(crate) fn thickest_common_place(a: &PreparedArea, b: &PreparedArea) -> Option<Coord> {
    let window = a.tree.extent().meet(&b.tree.extent());
    if !(window.width() > 0.0 && window.height() > 0.0) {
        return None;
    }
    let (of_a, of_b) = (a.steps(&window), b.steps(&window));
    let evenly = (0..LINES).map(|k| (f64::from(k) + 0.5) / f64::from(LINES) * window.width());
    longest_stretch(evenly, &of_a, &of_b, &window).or_else(|| {
        let mut stops: Vec<f64> = of_a.iter().chain(&of_b).flat_map(|s| [s.x1, s.x2]).collect();
        stops.sort_by(f64::total_cmp);
        stops.dedup();
        let between = stops.windows(2).map(|pair| pair[0] + (pair[1] - pair[0]) / 2.0);
        longest_stretch(between, &of_a, &of_b, &window)
    })
}

fn longest_stretch(
    lines: impl Iterator<Item = f64>,
    a: &[Step],
    b: &[Step],
    window: &Extent,
) -> Option<Coord> {
    let mut best: Option<(f64, Coord)> = None;
    let mut pile: Vec<(f64, usize, f64)> = Vec::new();
    for x in lines {
        pile.clear();
        for (owner, steps) in [a, b].into_iter().enumerate() {
            let here = steps.iter().filter(|step| step.x1 <= x && x < step.x2);
            pile.extend(
                here.map(|step| (step.at(x).clamp(0.0, window.height()), owner, step.gain)),
            );
        }
        pile.sort_by(|p, q| q.0.total_cmp(&p.0).then(p.1.cmp(&q.1)));
        let mut counts = [0.0_f64; 2];
        let mut top = window.height();
        // The window's floor ends the last stretch.
        for (y, owner, gain) in pile.iter().copied().chain([(0.0, 0, 0.0)]) {
            let length = top - y;
            if counts.iter().all(|count| *count > 0.5)
                && length > best.map_or(THINNEST_M, |(longest, _)| longest)
            {
                let at = Coord { x: window.min_x + x, y: window.min_y + (top + y) / 2.0 };
                best = Some((length, at));
            }
            top = y;
            counts[owner] += gain;
        }
    }
    best.map(|(_, at)| at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spatial::overlay_area::Position;
    use geo::Geometry;
    use geo::wkt;

    fn prepared(polygon: geo::Polygon) -> PreparedArea {
        PreparedArea::new(&Geometry::Polygon(polygon))
    }

    #[test]
    fn the_place_lies_in_both() {
        let a = prepared(wkt!(POLYGON((0. 0., 10. 0., 10. 10., 0. 10., 0. 0.))));
        let b = prepared(wkt!(POLYGON((8. -5., 20. -5., 20. 15., 8. 15., 8. -5.))));
        let at = thickest_common_place(&a, &b).unwrap();
        assert_eq!((a.position(at), b.position(at)), (Position::Inside, Position::Inside));
    }

    #[test]
    fn a_needle_between_the_lines_is_found() {
        let a = prepared(wkt!(POLYGON((0. 0., 100. 0., 100. 10., 0. 10., 0. 0.))));
        let comb = wkt!(POLYGON((0. -9., 100. -9., 100. -5., 31.3 -5., 31.2 5., 31.1 -5., 0. -5., 0. -9.)));
        let b = prepared(comb);
        let at = thickest_common_place(&a, &b).unwrap();
        assert_eq!((a.position(at), b.position(at)), (Position::Inside, Position::Inside));
    }

    #[test]
    fn neighbours_have_no_common_place() {
        let a = prepared(wkt!(POLYGON((0. 0., 10. 0., 10. 10., 0. 10., 0. 0.))));
        let b = prepared(wkt!(POLYGON((10. 0., 20. 0., 20. 10., 10. 10., 10. 0.))));
        assert_eq!(thickest_common_place(&a, &b), None);
    }
}
