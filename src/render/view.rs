//! From metres to pixels: the scale of a map, and geometries as paths, clipped to the panel and thinned to what a pixel
//! can show.

use geo::LinesIter;

use crate::render::surface::Path;
use crate::render::surface::PxRect;

/// A vertex nearer than this to the one before is not drawn.
const THINNING_PX: f64 = 0.35;

/// Shapes are cut this far outside the panel, so that no cut edge, however wide its stroke, shows.
const MARGIN_PX: f64 = 64.0;

/// A panel of the page and the part of the world it shows.
#[derive(Debug, Clone, Copy)]
pub(super) struct View {
    pub(super) panel: PxRect,
    pub(super) px_per_m: f64,
    center_m: geo::Coord<f64>,
}

impl View {
    /// The largest scale that shows all of `frame` in `panel`, centred.
    pub(super) fn fit(frame: &geo::Rect<f64>, panel: PxRect) -> Self {
        let px_per_m = (panel.width / frame.width()).min(panel.height / frame.height());
        Self { panel, px_per_m, center_m: frame.center() }
    }

    /// The middle of `frame` in the middle of `panel`, at a given scale.
    pub(super) fn at_scale(frame: &geo::Rect<f64>, panel: PxRect, px_per_m: f64) -> Self {
        Self { panel, px_per_m, center_m: frame.center() }
    }

    /// Where a place falls on the page, pixels.
    pub(super) fn place(&self, at: geo::Coord<f64>) -> (f64, f64) {
        (
            self.panel.left + self.panel.width / 2.0 + (at.x - self.center_m.x) * self.px_per_m,
            self.panel.top + self.panel.height / 2.0 - (at.y - self.center_m.y) * self.px_per_m,
        )
    }

    /// The rectangle of the page that holds `bounds`.
    pub(super) fn place_rect(&self, bounds: &geo::Rect<f64>) -> PxRect {
        let (left, top) = self.place(geo::Coord { x: bounds.min().x, y: bounds.max().y });
        PxRect {
            left,
            top,
            width: bounds.width() * self.px_per_m,
            height: bounds.height() * self.px_per_m,
        }
    }

    /// The panel and a margin: what lies outside cannot show.
    pub(super) fn reach(&self) -> PxRect {
        self.panel.grown(MARGIN_PX)
    }

    /// Adds the edges of a geometry to `path`: polygons as rings, lines as lines. Points add nothing.
    pub(super) fn trace(&self, geometry: &geo::Geometry<f64>, path: &mut Path) {
        match geometry {
            geo::Geometry::Polygon(p) => self.polygon(p, path),
            geo::Geometry::MultiPolygon(many) => many.iter().for_each(|p| self.polygon(p, path)),
            geo::Geometry::LineString(l) => self.line(l, path),
            geo::Geometry::MultiLineString(many) => many.iter().for_each(|l| self.line(l, path)),
            geo::Geometry::Line(l) => self.line(&geo::LineString::from(*l), path),
            geo::Geometry::Rect(r) => self.polygon(&r.to_polygon(), path),
            geo::Geometry::Triangle(t) => self.polygon(&t.to_polygon(), path),
            geo::Geometry::GeometryCollection(all) => all.iter().for_each(|g| self.trace(g, path)),
            geo::Geometry::Point(_) | geo::Geometry::MultiPoint(_) => {}
        }
    }

    fn polygon(&self, polygon: &geo::Polygon<f64>, path: &mut Path) {
        self.ring(polygon.exterior(), path);
        polygon.interiors().iter().for_each(|hole| self.ring(hole, path));
    }

    fn ring(&self, ring: &geo::LineString<f64>, path: &mut Path) {
        path.start(true);
        let open = ring.0.len().saturating_sub(1);
        self.thinned(&ring.0[..open], path);
        let points = path.current();
        if points.len() < 3 {
            path.abandon();
            return;
        }
        let reach = self.reach();
        let inside = |(x, y): &(f64, f64)| {
            *x >= reach.left && *x <= reach.right() && *y >= reach.top && *y <= reach.bottom()
        };
        if !points.iter().all(inside) {
            let cut = clip_ring(points, &reach);
            path.abandon();
            if cut.len() >= 3 {
                path.start(true);
                cut.iter().for_each(|(x, y)| path.push(*x, *y));
            }
        }
    }

    /// Adds the points of `coords`, without those that fall on the one before.
    fn thinned(&self, coords: &[geo::Coord<f64>], path: &mut Path) {
        let mut kept: Option<(f64, f64)> = None;
        for coord in coords {
            let (x, y) = self.place(*coord);
            let near = kept.is_some_and(|(kx, ky)| {
                (x - kx).abs() < THINNING_PX && (y - ky).abs() < THINNING_PX
            });
            if !near && x.is_finite() && y.is_finite() {
                path.push(x, y);
                kept = Some((x, y));
            }
        }
    }

    fn line(&self, line: &geo::LineString<f64>, path: &mut Path) {
        let reach = self.reach();
        let mut end: Option<(f64, f64)> = None;
        let mut from: Option<(f64, f64)> = None;
        let last = line.lines_iter().count();
        for (rank, segment) in line.lines_iter().enumerate() {
            let start = from.unwrap_or_else(|| self.place(segment.start));
            let stop = self.place(segment.end);
            let short = (stop.0 - start.0).abs().max((stop.1 - start.1).abs()) < THINNING_PX;
            if short && rank + 1 < last {
                from = Some(start);
                continue;
            }
            from = Some(stop);
            let Some((a, b)) = clip_segment(start, stop, &reach) else {
                end = None;
                continue;
            };
            if end != Some(a) {
                path.start(false);
                path.push(a.0, a.1);
            }
            path.push(b.0, b.1);
            end = Some(b);
        }
    }
}

/// The part of a ring inside a rectangle (Sutherland and Hodgman, 1974). Parts that fall apart stay joined along the
/// edge of the rectangle, which is never seen.
fn clip_ring(ring: &[(f64, f64)], to: &PxRect) -> Vec<(f64, f64)> {
    let mut points = ring.to_vec();
    let sides: [(bool, f64, f64); 4] = [
        (true, to.left, 1.0),
        (true, to.right(), -1.0),
        (false, to.top, 1.0),
        (false, to.bottom(), -1.0),
    ];
    for (vertical, limit, sign) in sides {
        // Positive inside.
        let depth = |p: (f64, f64)| sign * (if vertical { p.0 } else { p.1 } - limit);
        let mut kept = Vec::with_capacity(points.len());
        for (rank, &point) in points.iter().enumerate() {
            let before = points[(rank + points.len() - 1) % points.len()];
            let (d0, d1) = (depth(before), depth(point));
            if (d0 < 0.0) != (d1 < 0.0) {
                let t = d0 / (d0 - d1);
                kept.push((
                    before.0 + t * (point.0 - before.0),
                    before.1 + t * (point.1 - before.1),
                ));
            }
            if d1 >= 0.0 {
                kept.push(point);
            }
        }
        points = kept;
        if points.is_empty() {
            break;
        }
    }
    points
}

/// The part of a segment inside a rectangle (Liang and Barsky, 1984).
fn clip_segment(a: (f64, f64), b: (f64, f64), to: &PxRect) -> Option<((f64, f64), (f64, f64))> {
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    if !(dx.is_finite() && dy.is_finite()) {
        return None;
    }
    let (mut enter, mut leave) = (0.0f64, 1.0f64);
    for (p, q) in
        [(-dx, a.0 - to.left), (dx, to.right() - a.0), (-dy, a.1 - to.top), (dy, to.bottom() - a.1)]
    {
        if p == 0.0 {
            if q < 0.0 {
                return None;
            }
        } else if p < 0.0 {
            enter = enter.max(q / p);
        } else {
            leave = leave.min(q / p);
        }
    }
    let at = |t: f64| (a.0 + t * dx, a.1 + t * dy);
    // The very ends are kept as they are, so that runs join.
    (enter <= leave)
        .then(|| (if enter > 0.0 { at(enter) } else { a }, if leave < 1.0 { at(leave) } else { b }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::Area;

    const BOX: PxRect = PxRect { left: 0.0, top: 0.0, width: 100.0, height: 50.0 };

    #[test]
    fn clipped_ring_has_the_area_of_the_intersection() {
        // A triangle of base 200 and height 100 over the box; the answer is from geo's boolean operations.
        let ring = [(-50.0, 60.0), (150.0, 60.0), (50.0, -40.0)];
        let cut = clip_ring(&ring, &BOX);
        let area = |points: &[(f64, f64)]| {
            geo::Polygon::new(geo::LineString::from(points.to_vec()), vec![])
        };
        let exact = geo::BooleanOps::intersection(
            &area(&ring),
            &area(&[(0.0, 0.0), (100.0, 0.0), (100.0, 50.0), (0.0, 50.0)]),
        );
        assert!((area(&cut).unsigned_area() - exact.unsigned_area()).abs() < 1e-6);
        assert!(clip_ring(&[(200.0, 0.0), (300.0, 0.0), (300.0, 9.0)], &BOX).is_empty());
    }

    #[test]
    fn clipped_segment_stays_inside() {
        let cut = clip_segment((-100.0, 25.0), (200.0, 25.0), &BOX);
        assert_eq!(cut, Some(((0.0, 25.0), (100.0, 25.0))));
        assert_eq!(clip_segment((-10.0, -10.0), (200.0, -1.0), &BOX), None);
        assert_eq!(clip_segment((f64::NAN, 0.0), (10.0, 10.0), &BOX), None);
    }

    #[test]
    fn frame_keeps_its_aspect_and_its_centre() {
        let frame = geo::Rect::new((500_000.0, 6_300_000.0), (510_000.0, 6_301_000.0));
        let view = View::fit(&frame, BOX);
        assert!((view.px_per_m - 0.01).abs() < 1e-12);
        assert_eq!(view.place(frame.center()), (50.0, 25.0));
        assert_eq!(view.place(geo::Coord { x: 500_000.0, y: 6_300_500.0 }), (0.0, 25.0));
        assert_eq!(view.place(geo::Coord { x: 505_000.0, y: 6_301_000.0 }).1, 20.0);
    }

    #[test]
    fn a_line_that_leaves_and_comes_back_is_two_lines() {
        let frame = geo::Rect::new((0.0, 0.0), (100.0, 50.0));
        let view = View::fit(&frame, BOX);
        let line =
            geo::LineString::from(vec![(10.0, 10.0), (10.0, 900.0), (20.0, 900.0), (20.0, 10.0)]);
        let mut path = Path::default();
        view.trace(&line.into(), &mut path);
        assert_eq!(path.parts().count(), 2);
    }
}
