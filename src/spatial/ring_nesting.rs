//! Which ring is a shell and which is a hole of which shell, from the rings alone.
//!
//! `i_overlay` 4.5 returns the right rings but, about once in 3 000 tangled inputs, gives a hole to
//! the wrong shell or turns it the way of a shell.

use geo::Coord;
use geo::LineString;
use geo::MultiPolygon;
use geo::Polygon;

use crate::spatial::overlay_area::wind_edge;
use crate::spatial::segment::Extent;
use crate::spatial::segment::ring_area_twice;
use crate::spatial::validity::NO_AREA_M2;

/// Polygons from rings that touch but do not cross: a ring inside an even number of others is a
/// shell, and one inside an odd number a hole of the smallest ring around it. Shells turn
/// counter-clockwise, holes clockwise; rings without surface are dropped.
pub(crate) fn nested(surface: MultiPolygon) -> Vec<Polygon> {
    let mut rings: Vec<LineString> = Vec::new();
    for polygon in surface.0 {
        let (shell, holes) = polygon.into_inner();
        rings.push(shell);
        rings.extend(holes);
    }
    for ring in &mut rings {
        ring.0.dedup();
    }
    rings.retain(|ring| ring.0.len() >= 4 && size(ring) >= NO_AREA_M2);
    let extents: Vec<Extent> = rings.iter().map(|ring| Extent::of_coords(&ring.0)).collect();
    let around: Vec<Vec<usize>> = (0..rings.len())
        .map(|k| {
            let others = (0..rings.len()).filter(|other| {
                *other != k
                    && extents[*other].touches(&extents[k])
                    && size(&rings[*other]) > size(&rings[k])
                    && mostly_inside(&rings[k], &rings[*other])
            });
            others.collect()
        })
        .collect();
    let mut shells: Vec<(usize, Vec<LineString>)> = Vec::new();
    for (k, outer) in around.iter().enumerate() {
        if outer.len() % 2 == 0 {
            shells.push((k, Vec::new()));
        }
    }
    for (k, outer) in around.iter().enumerate() {
        // The smallest ring around a hole is a shell, since one ring less is around it.
        let smallest =
            outer.iter().copied().min_by(|a, b| size(&rings[*a]).total_cmp(&size(&rings[*b])));
        if outer.len() % 2 == 1
            && let Some(owner) = smallest
            && let Some((_, holes)) = shells.iter_mut().find(|(shell, _)| *shell == owner)
        {
            holes.push(turned(rings[k].clone(), false));
        }
    }
    shells
        .into_iter()
        .map(|(k, holes)| Polygon::new(turned(rings[k].clone(), true), holes))
        .collect()
}

/// Surface of a ring, in square metres.
fn size(ring: &LineString) -> f64 {
    (ring_area_twice(&ring.0) / 2.0).abs()
}

fn turned(mut ring: LineString, counter_clockwise: bool) -> LineString {
    if (ring_area_twice(&ring.0) > 0.0) != counter_clockwise {
        ring.0.reverse();
    }
    ring
}

/// By the vote of its vertices and of the middles of its edges: rounding may put a point where two
/// rings touch on the wrong side of one of them.
fn mostly_inside(ring: &LineString, other: &LineString) -> bool {
    let mut balance = 0_i64;
    for pair in ring.0.windows(2) {
        let middle = Coord { x: (pair[0].x + pair[1].x) / 2.0, y: (pair[0].y + pair[1].y) / 2.0 };
        for point in [pair[0], middle] {
            let mut winding = 0;
            let mut on_edge = false;
            for edge in other.0.windows(2) {
                on_edge |= wind_edge(edge[0], edge[1], point, &mut winding);
            }
            if !on_edge {
                balance += if winding == 0 { -1 } else { 1 };
            }
        }
    }
    balance > 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::wkt;

    #[test]
    fn a_hole_given_to_the_wrong_shell_goes_home() {
        let wrong = wkt!(MULTIPOLYGON(
            ((0. 0., 9. 0., 9. 9., 0. 9., 0. 0.)),
            ((20. 0., 29. 0., 29. 9., 20. 9., 20. 0.), (1. 1., 8. 1., 8. 8., 1. 8., 1. 1.)),
            ((2. 2., 3. 2., 3. 3., 2. 2.))
        ));
        let right = nested(wrong);
        let holes: Vec<usize> = right.iter().map(|polygon| polygon.interiors().len()).collect();
        assert_eq!(holes, [1, 0, 0]);
        assert_eq!(
            crate::spatial::validity::check(&geo::Geometry::MultiPolygon(MultiPolygon(right))),
            []
        );
    }
}
