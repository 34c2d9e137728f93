//! Size and form of one geometry.

use geo::Area;
use geo::Centroid;
use geo::Coord;
use geo::Geometry;
use geo::InteriorPoint;
use geo::MinimumRotatedRect;

use crate::spatial::distance::covers_point;
use crate::spatial::overlay_pieces::polygons_of;
use crate::spatial::segment::ring_area_twice;

/// Area in square metres, holes deducted; 0 for points and lines. Never negative, whatever the
/// orientation of the rings.
#[must_use]
pub fn area(geometry: &Geometry) -> f64 {
    let half = |ring: &geo::LineString| (ring_area_twice(&ring.0) / 2.0).abs();
    match geometry {
        Geometry::Polygon(_) | Geometry::MultiPolygon(_) => polygons_of(geometry)
            .iter()
            .map(|one| half(one.exterior()) - one.interiors().iter().map(half).sum::<f64>())
            .sum::<f64>()
            .max(0.0),
        other => other.unsigned_area(),
    }
}

/// Perimeter in metres of an areal geometry, its holes' edges included; 0 for points and lines.
#[must_use]
pub fn perimeter(geometry: &Geometry) -> f64 {
    polygons_of(geometry)
        .iter()
        .flat_map(|one| std::iter::once(one.exterior()).chain(one.interiors()))
        .map(|ring| line_length(&ring.0))
        .sum()
}

/// Length in metres of a line or of several; 0 for points and areas.
#[must_use]
pub fn length(geometry: &Geometry) -> f64 {
    match geometry {
        Geometry::LineString(line) => line_length(&line.0),
        Geometry::MultiLineString(many) => many.0.iter().map(|line| line_length(&line.0)).sum(),
        _ => 0.0,
    }
}

fn line_length(coords: &[Coord]) -> f64 {
    coords.windows(2).map(|pair| (pair[1].x - pair[0].x).hypot(pair[1].y - pair[0].y)).sum()
}

/// Compactness 4πA/P² (Polsby-Popper), from 0 (a thread) to 1 (a disc); a square has π/4.
/// `None` when there is no surface.
#[must_use]
pub fn compactness(geometry: &Geometry) -> Option<f64> {
    let (area_m2, perimeter_m) = (area(geometry), perimeter(geometry));
    (area_m2 > 0.0 && perimeter_m > 0.0)
        .then(|| (4.0 * std::f64::consts::PI * area_m2 / (perimeter_m * perimeter_m)).min(1.0))
}

/// Centre of gravity, which may lie outside the geometry. `None` for an empty geometry.
#[must_use]
pub fn centroid(geometry: &Geometry) -> Option<Coord> {
    geometry.centroid().map(|point| point.0)
}

/// A point of the geometry: inside an area (in the largest part, away from its edges), on a line,
/// one of the points. `None` for an empty geometry.
///
/// The centroid when it is inside, since labels and matches by point expect it there.
#[must_use]
pub fn representative_point(geometry: &Geometry) -> Option<Coord> {
    let polygons = polygons_of(geometry);
    if polygons.is_empty() {
        return geometry.interior_point().map(|point| point.0);
    }
    // The first of the largest, so that the order of equal parts decides and nothing else.
    let mut largest: Option<(f64, &geo::Polygon)> = None;
    for polygon in polygons {
        let area_m2 = polygon.unsigned_area();
        if largest.is_none_or(|(best, _)| area_m2 > best) {
            largest = Some((area_m2, polygon));
        }
    }
    let (_, polygon) = largest?;
    if let Some(centre) = polygon.centroid()
        && covers_point(polygon, centre.0)
    {
        return Some(centre.0);
    }
    polygon.interior_point().map(|point| point.0)
}

/// Sides of the smallest rectangle, at any angle, around a geometry.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RectangleSides {
    /// Longer side, in metres.
    pub long_m: f64,
    /// Shorter side, in metres; 0 for a straight line.
    pub short_m: f64,
}

impl RectangleSides {
    /// Longer over shorter side, at least 1; infinite for a straight line.
    #[must_use]
    pub fn elongation(&self) -> f64 {
        self.long_m / self.short_m
    }

    /// Area in square metres.
    #[must_use]
    pub fn area_m2(&self) -> f64 {
        self.long_m * self.short_m
    }
}

/// Sides of the rotated rectangle of least area around the geometry. `None` when it has fewer than
/// two distinct points.
#[must_use]
pub fn min_rotated_rectangle(geometry: &Geometry) -> Option<RectangleSides> {
    let rectangle = geometry.minimum_rotated_rect()?;
    let ring = &rectangle.exterior().0;
    let side = |i: usize| {
        Some((ring.get(i + 1)?.x - ring.get(i)?.x).hypot(ring.get(i + 1)?.y - ring.get(i)?.y))
    };
    let (one, other) = (side(0)?, side(1)?);
    let (long_m, short_m) = (one.max(other), one.min(other));
    (long_m > 0.0).then_some(RectangleSides { long_m, short_m })
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::wkt;

    #[test]
    fn sizes_of_known_shapes() {
        let square: Geometry =
            wkt!(POLYGON((0. 0., 0. 4., 4. 4., 4. 0., 0. 0.), (1. 1., 3. 1., 3. 3., 1. 3., 1. 1.)))
                .into();
        assert_eq!(area(&square), 12.0);
        assert_eq!(perimeter(&square), 24.0);
        let plain: Geometry = wkt!(POLYGON((0. 0., 4. 0., 4. 4., 0. 4., 0. 0.))).into();
        assert!(
            (compactness(&plain).expect("surface") - std::f64::consts::FRAC_PI_4).abs() < 1e-12
        );
        assert_eq!(compactness(&wkt!(POINT(1. 1.)).into()), None);
        assert_eq!(length(&wkt!(LINESTRING(0. 0., 3. 4.)).into()), 5.0);
    }

    #[test]
    fn the_representative_point_is_inside_where_the_centroid_is_not() {
        let horseshoe =
            wkt!(POLYGON((0. 0., 10. 0., 10. 10., 8. 10., 8. 2., 2. 2., 2. 10., 0. 10., 0. 0.)));
        let centre = centroid(&horseshoe.clone().into()).expect("centroid");
        assert!(!covers_point(&horseshoe, centre));
        let point = representative_point(&horseshoe.clone().into()).expect("point");
        assert!(covers_point(&horseshoe, point));
        assert_eq!(
            representative_point(&wkt!(LINESTRING(0. 0., 4. 0., 6. 0.)).into()).map(|c| c.y),
            Some(0.0)
        );
    }

    #[test]
    fn the_smallest_rectangle_turns_with_the_shape() {
        let tilted: Geometry = wkt!(POLYGON((0. 0., 6. 8., 2. 11., -4. 3., 0. 0.))).into();
        let sides = min_rotated_rectangle(&tilted).expect("rectangle");
        assert!((sides.long_m - 10.0).abs() < 1e-9 && (sides.short_m - 5.0).abs() < 1e-9);
        assert!((sides.elongation() - 2.0).abs() < 1e-9);
        assert_eq!(min_rotated_rectangle(&wkt!(POINT(1. 1.)).into()), None);
    }
}
