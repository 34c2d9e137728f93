//! What must hold for any geometry: the index against a full scan, areas against their algebra,
//! repair against itself.

#![allow(clippy::expect_used)] // a test fails by panicking

use geo::Coord;
use geo::Geometry;
use geo::LineString;
use geo::MapCoords;
use geo::MultiPolygon;
use geo::Point;
use geo::Polygon;
use geo::Rect;
use gisement::spatial::distance::distance;
use gisement::spatial::index::SpatialIndex;
use gisement::spatial::overlay::PreparedArea;
use gisement::spatial::overlay::covered_area;
use gisement::spatial::overlay::difference_geometry;
use gisement::spatial::overlay::intersection_area;
use gisement::spatial::overlay::intersection_geometry;
use gisement::spatial::overlay::length_within;
use gisement::spatial::repair::repair;
use gisement::spatial::shape::area;
use gisement::spatial::validity::FaultKind;
use gisement::spatial::validity::check;
use proptest::prelude::*;

/// Coarse coordinates, so that boxes touch, coincide and degenerate often.
fn grid() -> impl Strategy<Value = f64> {
    (0..12_i32).prop_map(f64::from)
}

fn any_box() -> impl Strategy<Value = Rect> {
    (grid(), grid(), 0..4_i32, 0..4_i32)
        .prop_map(|(x, y, w, h)| Rect::new((x, y), (x + f64::from(w), y + f64::from(h))))
}

fn simple_geometry() -> impl Strategy<Value = Geometry> {
    prop_oneof![
        (grid(), grid()).prop_map(|(x, y)| Geometry::Point(Point::new(x, y))),
        prop::collection::vec((grid(), grid()), 2..5)
            .prop_map(|c| Geometry::LineString(LineString::from(c))),
        any_box().prop_map(|r| Geometry::Polygon(r.to_polygon())),
        (any_box(), any_box()).prop_map(|(a, b)| {
            Geometry::MultiPolygon(MultiPolygon(vec![a.to_polygon(), b.to_polygon()]))
        }),
    ]
}

/// A star-shaped polygon of 5 to 40 vertices about a point of Lambert-93.
fn star() -> impl Strategy<Value = Geometry> {
    (prop::collection::vec(5.0..60.0_f64, 5..40), -40.0..40.0_f64, -40.0..40.0_f64).prop_map(
        |(radii, cx, cy)| {
            let n = radii.len() as f64;
            let ring = radii.iter().enumerate().map(|(i, r)| {
                let angle = i as f64 / n * std::f64::consts::TAU;
                (563_000.0 + cx + r * angle.cos(), 6_301_000.0 + cy + r * angle.sin())
            });
            Geometry::Polygon(Polygon::new(ring.collect(), vec![]))
        },
    )
}

/// Any ring at all on a small grid: crossings, spikes, repeats, flat rings.
fn wild_ring() -> impl Strategy<Value = LineString> {
    prop::collection::vec((0..7_i32, 0..7_i32), 0..11)
        .prop_map(|c| c.into_iter().map(|(x, y)| (f64::from(x), f64::from(y))).collect())
}

fn wild_geometry() -> impl Strategy<Value = Geometry> {
    let polygon = (wild_ring(), prop::collection::vec(wild_ring(), 0..3))
        .prop_map(|(shell, holes)| Polygon::new(shell, holes));
    let placed = (prop::collection::vec(polygon, 1..4), 0..3_i32).prop_map(|(polygons, place)| {
        // Round, oblique and far: the same faults, exactly representable or not.
        MultiPolygon(polygons).map_coords(|c| match place {
            0 => c,
            1 => Coord { x: 0.1 * c.x + 0.37 * c.y, y: 0.73 * c.y - 0.11 * c.x },
            _ => Coord { x: 563_211.37 + 3.3 * c.x, y: 6_301_877.91 + 3.1 * c.y },
        })
    });
    placed.prop_map(|mut many| match many.0.len() {
        1 => Geometry::Polygon(many.0.remove(0)),
        _ => Geometry::MultiPolygon(many),
    })
}

/// The surface that repair must keep, by its definition and by other means: cut the plane into
/// columns at every vertex and crossing; in each, pile the edges up and count windings per ring.
fn surface(geometry: &Geometry) -> f64 {
    let polygons: Vec<Polygon> = match geometry {
        Geometry::Polygon(one) => vec![one.clone()],
        Geometry::MultiPolygon(many) => many.0.clone(),
        _ => vec![],
    };
    let mut roles = Vec::new();
    let mut edges = Vec::new();
    for (k, polygon) in polygons.iter().enumerate() {
        for (i, ring) in std::iter::once(polygon.exterior()).chain(polygon.interiors()).enumerate()
        {
            edges.extend(ring.lines().map(|edge| (roles.len(), edge.start, edge.end)));
            roles.push((k, i > 0));
        }
    }
    let mut stops: Vec<f64> = edges.iter().flat_map(|(_, a, b)| [a.x, b.x]).collect();
    for (i, (_, a, b)) in edges.iter().enumerate() {
        for (_, c, d) in &edges[i + 1..] {
            let cross = |p: Coord, q: Coord| p.x * q.y - p.y * q.x;
            let (u, v) = (*b - *a, *d - *c);
            let t = cross(*c - *a, v) / cross(u, v);
            if t.is_finite() && (-0.01..=1.01).contains(&t) {
                stops.push(a.x + t * u.x);
            }
        }
    }
    stops.sort_by(f64::total_cmp);
    let mut total = 0.0;
    for column in stops.windows(2) {
        let x = (column[0] + column[1]) / 2.0;
        let mut pile: Vec<(f64, usize, i32)> = edges
            .iter()
            .filter(|(_, a, b)| (a.x > x) != (b.x > x))
            .map(|(ring, a, b)| {
                (a.y + (x - a.x) / (b.x - a.x) * (b.y - a.y), *ring, if b.x > a.x { 1 } else { -1 })
            })
            .collect();
        pile.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut windings = vec![0; roles.len()];
        for pair in pile.windows(2) {
            windings[pair[0].1] += pair[0].2;
            let filled = |role: (usize, bool)| {
                windings.iter().zip(&roles).any(|(winding, of)| *of == role && *winding != 0)
            };
            if (0..polygons.len()).any(|k| filled((k, false)) && !filled((k, true))) {
                total += (pair[1].0 - pair[0].0) * (column[1] - column[0]);
            }
        }
    }
    total
}

fn scan(count: usize, keep: impl Fn(usize) -> bool) -> Vec<u32> {
    (0..count).filter(|i| keep(*i)).map(|i| i as u32).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn boxes_found_are_those_of_a_full_scan(boxes in prop::collection::vec(any_box(), 0..80), query in any_box()) {
        let index = SpatialIndex::build(&boxes);
        let touching = |b: &Rect| {
            b.min().x <= query.max().x && query.min().x <= b.max().x
                && b.min().y <= query.max().y && query.min().y <= b.max().y
        };
        prop_assert_eq!(index.in_box(&query), scan(boxes.len(), |i| touching(&boxes[i])));
        prop_assert_eq!(index.len(), boxes.len());
    }

    #[test]
    fn exact_queries_are_those_of_a_full_scan(
        mut layer in prop::collection::vec(simple_geometry(), 0..60),
        twice in any::<bool>(),
        query in simple_geometry(),
        limit in prop_oneof![Just(0.0), 0.0..6.0_f64, Just(1.0)],
        skip in 0..5_u32,
    ) {
        if twice {
            layer.extend(layer.clone());
        }
        let index = SpatialIndex::of_geometries(layer.iter());
        let lookup = |i: usize| &layer[i];
        let apart = |i: usize| distance(&query, &layer[i]).expect("not empty");
        prop_assert_eq!(index.intersecting(&query, lookup), scan(layer.len(), |i| apart(i) <= 0.0));
        prop_assert_eq!(index.within_distance(&query, limit, lookup), scan(layer.len(), |i| apart(i) <= limit));
        if let Geometry::Point(at) = &query {
            prop_assert_eq!(index.at_point(at.0, lookup), scan(layer.len(), |i| apart(i) <= 0.0));
        }
        for max in [None, Some(limit)] {
            let mut best: Option<(u32, f64)> = None;
            for i in 0..layer.len() {
                let here = apart(i);
                let kept = i as u32 % 5 != skip && max.is_none_or(|max| here <= max);
                if kept && best.is_none_or(|(_, d)| here < d) {
                    best = Some((i as u32, here));
                }
            }
            prop_assert_eq!(index.nearest(&query, max, |id| id % 5 != skip, lookup), best);
        }
    }

    #[test]
    fn distances_agree_with_geo(a in simple_geometry(), b in simple_geometry()) {
        use geo::Distance;
        let ours = distance(&a, &b).expect("not empty");
        let theirs = geo::Euclidean.distance(&a, &b);
        prop_assert!((ours - theirs).abs() < 1e-9, "{} {}", ours, theirs);
    }

    #[test]
    fn areas_obey_their_algebra(a in star(), b in star(), c in star()) {
        let (ab, ba, ac) = (intersection_area(&a, &b), intersection_area(&b, &a), intersection_area(&a, &c));
        prop_assert!((ab - ba).abs() < 1e-6);
        prop_assert!(ab >= 0.0 && ab <= area(&a).min(area(&b)) + 1e-6);
        prop_assert!((intersection_area(&a, &a) - area(&a)).abs() < 1e-6);
        prop_assert!((PreparedArea::new(&b).intersection_area(&a) - ab).abs() < 1e-6);
        prop_assert!((PreparedArea::new(&b).intersection_area_prepared(&PreparedArea::new(&a)) - ab).abs() < 1e-6);
        // |a ∩ (b ∪ c)| = |a ∩ b| + |a ∩ c| − |a ∩ b ∩ c|
        let both = Geometry::MultiPolygon(intersection_geometry(&b, &c).expect("cut"));
        let union = ab + ac - intersection_area(&a, &both);
        prop_assert!((covered_area(&a, &[&b, &c]) - union).abs() < 1e-3);
        prop_assert!((covered_area(&a, &[&b, &c]) - covered_area(&a, &[&c, &b, &b])).abs() < 1e-6);
    }

    #[test]
    fn pieces_are_valid_and_sum_to_the_whole(a in star(), b in star(), c in star()) {
        let inside = Geometry::MultiPolygon(intersection_geometry(&a, &b).expect("cut"));
        let outside = Geometry::MultiPolygon(difference_geometry(&a, &[&b]).expect("cut"));
        let rest = Geometry::MultiPolygon(difference_geometry(&a, &[&b, &c]).expect("cut"));
        prop_assert!((area(&inside) - intersection_area(&a, &b)).abs() < 1e-3);
        prop_assert!((area(&outside) + area(&inside) - area(&a)).abs() < 1e-3);
        prop_assert!((area(&rest) + covered_area(&a, &[&b, &c]) - area(&a)).abs() < 2e-3);
        for piece in [&inside, &outside, &rest] {
            if area(piece) > 0.0 {
                prop_assert_eq!(check(piece), vec![]);
            }
        }
    }

    #[test]
    fn a_line_is_as_long_inside_and_outside_as_it_is(
        a in star(),
        line in prop::collection::vec((-90.0..90.0_f64, -90.0..90.0_f64), 2..6),
    ) {
        let line = LineString::from(line).map_coords(|c| Coord { x: c.x + 563_000.0, y: c.y + 6_301_000.0 });
        let frame = Polygon::new(
            LineString::from(vec![(562_000., 6_300_000.), (564_000., 6_300_000.), (564_000., 6_302_000.), (562_000., 6_302_000.)]),
            vec![match &a { Geometry::Polygon(p) => p.exterior().clone(), _ => LineString::new(vec![]) }],
        );
        let line = Geometry::LineString(line);
        let sum = length_within(&line, &a) + length_within(&line, &Geometry::Polygon(frame));
        prop_assert!((sum - gisement::spatial::shape::length(&line)).abs() < 1e-5);
    }

    #[test]
    fn repair_leaves_no_fault_and_nothing_to_repair(wild in wild_geometry()) {
        let expected = surface(&wild);
        let once = repair(wild);
        // About one tangle in 30 000 defeats every attempt; it must say so (none of the 10 000 seeded
        // ones of `overlay_against_geos` does).
        if once.faults.iter().any(|fault| fault.kind == FaultKind::Irreparable) {
            prop_assert_eq!(once.geometry, None);
            return Ok(());
        }
        prop_assert!((once.area_after_m2 - expected).abs() < 0.01, "{} {}", once.area_after_m2, expected);
        if let Some(geometry) = once.geometry {
            prop_assert_eq!(check(&geometry), vec![]);
            let twice = repair(geometry.clone());
            prop_assert_eq!(twice.geometry, Some(geometry));
            prop_assert!(once.area_after_m2 > 0.0);
        } else {
            prop_assert!(!once.faults.is_empty());
        }
    }

    #[test]
    fn clean_stars_are_left_alone(a in star()) {
        prop_assert_eq!(check(&a), vec![]);
        let repaired = repair(a.clone());
        prop_assert_eq!(repaired.geometry, Some(a));
        prop_assert_eq!(repaired.area_before_m2, repaired.area_after_m2);
    }
}
