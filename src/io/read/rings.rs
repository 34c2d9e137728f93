//! Groups the rings of a shapefile polygon into polygons with holes.
//!
//! The format says: outer rings run clockwise, holes counter-clockwise, in any order. A ring of
//! the wrong direction is common; so a counter-clockwise ring is a hole only if an outer ring
//! holds it, and when no ring runs clockwise nesting alone decides.

use geo::BoundingRect;
use geo::Coord;
use geo::Geometry;
use geo::LineString;
use geo::MultiPolygon;
use geo::Polygon;
use geo::Rect;
use geo::coordinate_position::CoordPos;
use geo::coordinate_position::coord_pos_relative_to_ring;

use super::row::GeometryFault;

struct Ring {
    line: LineString<f64>,
    bounds: Rect<f64>,
    /// Positive when counter-clockwise; twice the area, in square units of the file.
    twice_area: f64,
}

impl Ring {
    fn new(mut line: LineString<f64>) -> Option<Self> {
        // Damaged files have open rings; `Polygon::new` would close them all the same.
        line.close();
        let bounds = line.bounding_rect()?;
        let twice_area = twice_signed_area(&line.0);
        Some(Self { line, bounds, twice_area })
    }

    fn holds(&self, other: &Self) -> bool {
        let (a, b) = (&self.bounds, &other.bounds);
        let bounds_hold = a.min().x <= b.min().x
            && a.min().y <= b.min().y
            && a.max().x >= b.max().x
            && a.max().y >= b.max().y;
        if !bounds_hold {
            return false;
        }
        // The first vertex off the boundary decides; a ring wholly on it is held.
        for &vertex in &other.line.0 {
            match coord_pos_relative_to_ring(vertex, &self.line) {
                CoordPos::OnBoundary => {}
                CoordPos::Inside => return true,
                CoordPos::Outside => return false,
            }
        }
        true
    }
}

/// Twice the signed area, taken from the first vertex so that large coordinates cost no digits.
fn twice_signed_area(ring: &[Coord<f64>]) -> f64 {
    let Some(&origin) = ring.first() else { return 0.0 };
    let terms = ring.windows(2).map(|edge| {
        let (a, b) = (edge[0] - origin, edge[1] - origin);
        a.x * b.y - b.x * a.y
    });
    terms.sum()
}

/// Pairs of rings that are looked at for one shape: some seconds. The largest real shapes, of whole
/// regions, have some ten thousand rings.
const MAX_PAIRS: usize = 2_000_000_000;

/// One polygon, several, or none when there is no ring.
pub(super) fn polygons(
    rings: Vec<LineString<f64>>,
) -> Result<Option<Geometry<f64>>, GeometryFault> {
    if rings.len() == 1 {
        let ring = rings.into_iter().next();
        return Ok(ring.map(|ring| Polygon::new(ring, Vec::new()).into()));
    }
    let rings: Vec<Ring> = rings.into_iter().filter_map(Ring::new).collect();
    let clockwise = rings.iter().filter(|ring| ring.twice_area < 0.0).count();
    let rivals = if clockwise == 0 { rings.len() } else { clockwise };
    if rivals.saturating_mul(rings.len() - clockwise) > MAX_PAIRS {
        let what = format!("it has {} rings, too many to tell holes from islands", rings.len());
        return Err(GeometryFault::malformed(what));
    }
    let parents = parents(&rings);
    let mut placed: Vec<Option<usize>> = vec![None; rings.len()];
    let mut polygons: Vec<(LineString<f64>, Vec<LineString<f64>>)> = Vec::new();
    for (index, parent) in parents.iter().enumerate() {
        if parent.is_none() {
            placed[index] = Some(polygons.len());
            polygons.push((rings[index].line.clone(), Vec::new()));
        }
    }
    for (ring, parent) in rings.into_iter().zip(&parents) {
        if let Some(polygon) = parent.and_then(|parent| placed[parent]) {
            polygons[polygon].1.push(ring.line);
        }
    }
    let mut polygons: Vec<Polygon<f64>> =
        polygons.into_iter().map(|(outer, holes)| Polygon::new(outer, holes)).collect();
    Ok(match polygons.len() {
        0 => None,
        1 => polygons.pop().map(Geometry::Polygon),
        _ => Some(MultiPolygon(polygons).into()),
    })
}

/// For each ring the outer ring it is a hole of, or `None` when it is an outer ring itself.
fn parents(rings: &[Ring]) -> Vec<Option<usize>> {
    let clockwise: Vec<usize> = (0..rings.len()).filter(|&r| rings[r].twice_area < 0.0).collect();
    if clockwise.is_empty() {
        return parents_by_nesting(rings);
    }
    let hole_of = |hole: &Ring| {
        smallest(rings, clockwise.iter().copied().filter(|&outer| rings[outer].holds(hole)))
    };
    rings.iter().map(|ring| if ring.twice_area < 0.0 { None } else { hole_of(ring) }).collect()
}

/// A ring inside an odd number of others is a hole of the smallest of them.
fn parents_by_nesting(rings: &[Ring]) -> Vec<Option<usize>> {
    let holders = |index: usize| {
        let ring = &rings[index];
        let larger = move |&other: &usize| {
            other != index
                && rings[other].twice_area.abs() > ring.twice_area.abs()
                && rings[other].holds(ring)
        };
        (0..rings.len()).filter(larger).collect::<Vec<_>>()
    };
    (0..rings.len())
        .map(|index| {
            let holders = holders(index);
            if holders.len() % 2 == 1 { smallest(rings, holders.into_iter()) } else { None }
        })
        .collect()
}

fn smallest(rings: &[Ring], among: impl Iterator<Item = usize>) -> Option<usize> {
    among.min_by(|&a, &b| {
        rings[a].twice_area.abs().total_cmp(&rings[b].twice_area.abs()).then(a.cmp(&b))
    })
}

#[cfg(test)]
mod tests {
    use geo::Area;

    use super::*;

    fn square(x: f64, y: f64, side: f64, clockwise: bool) -> LineString<f64> {
        let mut ring = vec![(x, y), (x + side, y), (x + side, y + side), (x, y + side), (x, y)];
        if clockwise {
            ring.reverse();
        }
        ring.into()
    }

    fn shape(rings: Vec<LineString<f64>>) -> (usize, usize, f64) {
        match polygons(rings).unwrap().unwrap() {
            Geometry::Polygon(p) => (1, p.interiors().len(), p.unsigned_area()),
            Geometry::MultiPolygon(m) => {
                (m.0.len(), m.0.iter().map(|p| p.interiors().len()).sum(), m.unsigned_area())
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_shape_made_of_countless_rings_is_a_fault() {
        let rings = vec![LineString::from(vec![(1.0, 2.0)]); 50_000];
        assert!(matches!(polygons(rings), Err(GeometryFault::Malformed { .. })));
    }

    #[test]
    fn holes_may_come_before_their_outer_ring() {
        let rings = vec![
            square(1.0, 1.0, 1.0, false),
            square(0.0, 0.0, 4.0, true),
            square(10.0, 0.0, 4.0, true),
            square(11.0, 1.0, 2.0, false),
        ];
        assert_eq!(shape(rings), (2, 2, 15.0 + 12.0));
    }

    #[test]
    fn an_island_in_a_hole_is_a_polygon() {
        let rings = vec![
            square(0.0, 0.0, 10.0, true),
            square(1.0, 1.0, 8.0, false),
            square(2.0, 2.0, 6.0, true),
            square(3.0, 3.0, 4.0, false),
        ];
        assert_eq!(shape(rings), (2, 2, 100.0 - 64.0 + 36.0 - 16.0));
    }

    #[test]
    fn wrong_directions() {
        // Two outer rings, the second one counter-clockwise: not a hole of the first.
        let rings = vec![square(0.0, 0.0, 1.0, true), square(5.0, 5.0, 1.0, false)];
        assert_eq!(shape(rings), (2, 0, 2.0));
        // All counter-clockwise: nesting decides.
        let rings = vec![square(0.0, 0.0, 4.0, false), square(1.0, 1.0, 1.0, false)];
        assert_eq!(shape(rings), (1, 1, 15.0));
    }

    #[test]
    fn a_hole_touching_its_outer_ring() {
        let rings = vec![square(0.0, 0.0, 4.0, true), square(0.0, 0.0, 2.0, false)];
        assert_eq!(shape(rings), (1, 1, 12.0));
    }
}
