//! What holds for any drawing.

use gisement::domain::LandStock;
use gisement::spatial::overlay;
use proptest::prelude::*;

use super::drawn::Drawing;
use super::drawn::parcel;
use super::drawn::told;

/// A block of 6 by 4 parcels of uneven widths; some are built, a flood crosses, the zone cuts the edge.
fn drawing() -> impl Strategy<Value = Drawing> {
    let widths = proptest::collection::vec(12.0_f64..80.0, 6);
    let heights = proptest::collection::vec(12.0_f64..60.0, 4);
    let built = proptest::collection::vec(0..4_u8, 24);
    let flood = (0.0_f64..300.0, 0.5_f64..60.0);
    let cut = 0.0_f64..40.0;
    (widths, heights, built, flood, cut).prop_map(|(widths, heights, built, flood, cut)| {
        let mut drawing = Drawing::default();
        let mut y = 0.0;
        for (row, height) in heights.iter().enumerate() {
            let mut x = 0.0;
            for (column, width) in widths.iter().enumerate() {
                let at = row * 6 + column;
                drawing.parcels.push((parcel(at as u32 + 1), [x, y, x + width, y + height]));
                match built[at] {
                    0 => drawing.buildings.push([
                        x + 1.0,
                        y + 1.0,
                        x + width - 1.0,
                        y + height - 1.0,
                    ]),
                    1 => drawing.buildings.push([x + 2.0, y + 2.0, x + 8.0, y + 8.0]),
                    _ => {}
                }
                x += width;
            }
            y += height;
        }
        let (wide, high) = (widths.iter().sum::<f64>(), heights.iter().sum::<f64>());
        let frame = [cut, cut / 2.0, wide + 5.0, high + 5.0];
        drawing.zones = vec![("UX", "U", "Zone d'activités", "82112_PLU_20200101", frame)];
        drawing.hazards = vec![("PPRI rouge", [flood.0, -10.0, flood.0 + flood.1, high + 10.0])];
        drawing
    })
}

fn fingerprint(stock: &LandStock) -> Vec<(String, Vec<u32>, String)> {
    let mut lines: Vec<_> = stock
        .terrains
        .entities
        .iter()
        .map(|terrain| {
            let mut parcels = super::drawn::numbers(terrain);
            parcels.sort_unstable();
            (terrain.id.to_string(), parcels, format!("{:.6}", terrain.net_m2().unwrap_or(-1.0)))
        })
        .collect();
    lines.sort();
    lines
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn terrains_are_disjoint_and_together_they_are_the_available_land(drawing in drawing()) {
        let stock = drawing.surveyed();
        let terrains = &stock.terrains.entities;
        let mut gross = 0.0;
        for (at, terrain) in terrains.iter().enumerate() {
            let net = terrain.net.as_ref().unwrap();
            prop_assert!(net.area_m2 <= terrain.gross_m2 + 1e-6);
            let left = terrain.gross_m2 - net.buildings_m2 - net.margins_m2;
            prop_assert!((left - net.area_m2).abs() < 1e-3);
            if let Some((_, radius)) = net.circle {
                prop_assert!(std::f64::consts::PI * radius * radius <= net.area_m2 * 1.001);
            }
            if let Some((_, long, short)) = net.rectangle {
                prop_assert!(long * short <= net.area_m2 * 1.000_001 && short <= long);
            }
            for other in &terrains[at + 1..] {
                prop_assert!(overlay::intersection_area(&terrain.geometry, &other.geometry) < 1e-3);
            }
            let parts: f64 = terrain.parts.iter().map(|part| part.area_m2).sum();
            prop_assert!((parts - terrain.gross_m2).abs() < 1e-2, "{parts} {}", terrain.gross_m2);
            gross += terrain.gross_m2;
        }
        let cut: f64 = stock
            .pieces
            .iter()
            .filter(|piece| piece.availability.is_available())
            .map(|piece| {
                let flood: Vec<geo::Geometry<f64>> = drawing
                    .hazards
                    .iter()
                    .map(|(_, [x0, y0, x1, y1])| geo::Rect::new((super::drawn::X + x0, super::drawn::Y + y0), (super::drawn::X + x1, super::drawn::Y + y1)).to_polygon().into())
                    .collect();
                piece.area_m2 - overlay::covered_area(&piece.geometry, &flood.iter().collect::<Vec<_>>())
            })
            .sum();
        // Bits under a square metre are left out: at most one on each side of the flood for each parcel.
        prop_assert!((gross - cut).abs() < 1.0 * stock.pieces.len() as f64, "{gross} {cut}");
    }

    #[test]
    fn the_order_of_rows_changes_nothing(drawing in drawing(), turn in 1..23_usize) {
        let mut turned = drawing.clone();
        turned.parcels.rotate_left(turn);
        turned.buildings.reverse();
        let (one, other) = (drawing.surveyed(), turned.surveyed());
        prop_assert_eq!(fingerprint(&one), fingerprint(&other));
        let sums = |stock: &LandStock| told(stock).iter().map(|(_, gross, _)| *gross).sum::<f64>();
        prop_assert!((sums(&one) - sums(&other)).abs() < 1e-3);
    }
}
