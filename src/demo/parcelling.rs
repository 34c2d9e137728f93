//! Parcels: each block divided into areas drawn from the distribution of its use, sections and numbers.
//!
//! Medians and spreads are fitted on measured cadastres of rural communes (median 2 100 to 2 800 m², standard deviation
//! of the logarithm about 1.5), towns (300 to 500 m²) and economic zones (1 500 to 40 000 m²).

use geo_types::Coord;
use geo_types::LineString;
use geo_types::Polygon;

use super::Scale;
use super::chance::Chance;
use super::commune_layout::LandUse;
use super::commune_layout::Layout;
use super::convex_piece::Piece;
use super::power_diagram::area;
use super::records::Parcel;
use super::warp::Warp;

/// A parcel in the straight drawing, for those who place buildings on it.
#[derive(Debug)]
pub(crate) struct Plot {
    pub(crate) piece: Piece,
    pub(crate) block: usize,
}

/// How the areas of the parcels of a block are drawn.
struct Grain {
    median_m2: f64,
    /// Spread of the medians from block to block (standard deviation of the logarithm).
    between: f64,
    /// Spread inside a block.
    within: f64,
    least_m2: f64,
    most_m2: f64,
    /// Distance between the points of a boundary, m.
    spacing_m: f64,
}

fn grain(land_use: LandUse, scale: Scale) -> Grain {
    let field_m2 = match scale {
        Scale::Standard => 33_000.0,
        Scale::Full => 5_400.0,
    };
    let town = match scale {
        Scale::Standard => 1.25,
        Scale::Full => 1.0,
    };
    let (median_m2, between, within, least_m2, most_m2, spacing_m) = match land_use {
        LandUse::OldTown => (270.0 * town, 0.25, 0.6, 30.0, 3_000.0, 22.0),
        LandUse::Town => (480.0 * town, 0.3, 0.5, 45.0, 8_000.0, 25.0),
        LandUse::Suburb => (720.0 * town, 0.25, 0.4, 80.0, 9_000.0, 25.0),
        LandUse::Hamlet => (850.0 * town, 0.3, 0.8, 40.0, 9_000.0, 25.0),
        LandUse::OpenExtension | LandUse::ClosedExtension => {
            (5_000.0, 0.3, 0.8, 200.0, 40_000.0, 30.0)
        }
        LandUse::Activity(_) => (4_200.0, 0.45, 0.75, 400.0, 60_000.0, 30.0),
        LandUse::ActivityExtension => (14_000.0, 0.4, 0.6, 1_500.0, 80_000.0, 30.0),
        LandUse::Farmland => (field_m2, 0.8, 1.1, 60.0, 400_000.0, 30.0),
        LandUse::Wood => (field_m2 * 1.2, 0.8, 1.1, 60.0, 400_000.0, 30.0),
        LandUse::Riverside => (field_m2 * 0.55, 0.7, 1.1, 50.0, 200_000.0, 30.0),
    };
    Grain { median_m2, between, within, least_m2, most_m2, spacing_m }
}

/// Divides every block of a commune.
pub(crate) fn plots(layout: &mut Layout, scale: Scale, chance: &mut Chance) -> Vec<Plot> {
    let mut plots = Vec::new();
    for (block, drawn) in layout.blocks.iter().enumerate() {
        let Some(net) = drawn.gross.inset(&mut layout.book) else { continue };
        let grain = grain(drawn.land_use, scale);
        let whole = net.area_m2();
        let median = chance.lognormal(grain.median_m2, grain.between);
        let mut shares: Vec<(f64, f64)> = Vec::new();
        let mut filled = 0.0;
        while filled < whole {
            let share = chance.lognormal(median, grain.within).clamp(grain.least_m2, grain.most_m2);
            // Similar sizes lie together, with some disorder: what keeps small parcels from being slivers.
            shares.push((share.ln() + 0.35 * chance.normal(), share));
            filled += share;
        }
        if shares.len() > 1 && filled - whole > whole * 0.3 / shares.len() as f64 {
            shares.pop();
        }
        shares.sort_by(|a, b| a.0.total_cmp(&b.0));
        if chance.happens(0.5) {
            shares.reverse();
        }
        let shares: Vec<f64> = shares.into_iter().map(|(_, share)| share).collect();
        let mut pieces = Vec::with_capacity(shares.len());
        net.divide(
            &mut layout.book,
            &shares,
            grain.spacing_m,
            &mut || chance.between(-0.09, 0.09),
            &mut pieces,
        );
        plots.extend(pieces.into_iter().map(|piece| Plot { piece, block }));
    }
    plots
}

/// The polygon of an open ring of the straight drawing, as it really lies. `None` when rounding leaves no surface.
pub(crate) fn placed(ring: &[Coord<f64>], warp: &Warp) -> Option<Polygon<f64>> {
    let mut real: Vec<Coord<f64>> = ring.iter().map(|at| warp.place(*at)).collect();
    real.dedup();
    while real.len() > 1 && real.first() == real.last() {
        real.pop();
    }
    if real.len() < 3 || area(&real) < 1.0 {
        return None;
    }
    real.push(real[0]);
    Some(Polygon::new(LineString::new(real), Vec::new()))
}

/// Numbers the plots and gives them their real shape. Plots whose shape vanishes are dropped from both lists.
pub(crate) fn parcels(
    insee: &str,
    layout: &Layout,
    plots: &mut Vec<Plot>,
    warp: &Warp,
    chance: &mut Chance,
) -> Vec<Parcel> {
    // One commune in two was consolidated after 1945: its country sections then carry a Z.
    let consolidated = chance.happens(0.5);
    let mut order: Vec<(usize, usize)> =
        plots.iter().enumerate().map(|(rank, plot)| (section_rank(layout, plot), rank)).collect();
    order.sort_unstable();
    let mut drawn: Vec<Option<Plot>> = std::mem::take(plots).into_iter().map(Some).collect();
    let mut parcels = Vec::with_capacity(order.len());
    let (mut section_now, mut number) = (usize::MAX, 0);
    for (section, rank) in order {
        let Some(plot) = drawn[rank].take() else { continue };
        let Some(polygon) = placed(&plot.piece.ring(&layout.book), warp) else { continue };
        // A section never holds more than 9999 numbers: the rest goes on in the next free one.
        if section != section_now {
            (section_now, number) = (section, 0);
        }
        // Numbers of divided parcels die: some are skipped.
        number += if chance.happens(0.12) { 2 } else { 1 };
        let section = section_letters(section + 100 * (number as usize / 9_900), consolidated);
        let printed = number % 9_900 + number / 9_900;
        let real_m2 = polygon_area_m2(&polygon);
        let error = if chance.happens(0.035) { 0.18 } else { 0.02 };
        let contenance = (real_m2 * (1.0 + error * chance.normal())).round().max(1.0);
        let year = 1935 + chance.index(85);
        parcels.push(Parcel {
            id: format!("{insee}000{section:0>2}{printed:04}"),
            number: printed,
            contenance_m2: contenance as u32,
            surveyed: chance.happens(0.06),
            created: format!("{year}-{:02}-{:02}", 1 + chance.index(12), 1 + chance.index(28)),
            land_use: layout.blocks[plot.block].land_use,
            block: plot.block,
            polygon,
            section,
        });
        plots.push(plot);
    }
    parcels
}

/// Area inside the outer ring of a polygon, m².
pub(crate) fn polygon_area_m2(polygon: &Polygon<f64>) -> f64 {
    let ring = &polygon.exterior().0;
    area(&ring[..ring.len().saturating_sub(1)]).abs()
}

fn section_rank(layout: &Layout, plot: &Plot) -> usize {
    let block = &layout.blocks[plot.block];
    match block.land_use {
        LandUse::OldTown | LandUse::Town | LandUse::Suburb | LandUse::Activity(_) => block.sector,
        _ => 20 + block.sector,
    }
}

fn section_letters(rank: usize, consolidated: bool) -> String {
    let (overflow, rank) = (rank / 100, rank % 100);
    let letter = |n: usize| char::from(b'A' + (n % 26) as u8);
    let town = rank < 20;
    let second = letter(rank % 20 + overflow * 7);
    match (town, consolidated, overflow) {
        (true, _, _) => format!("A{second}"),
        (false, true, _) => format!("Z{second}"),
        (false, false, 0) => second.to_string(),
        (false, false, _) => format!("B{second}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_are_one_or_two_letters_and_distinct() {
        for consolidated in [false, true] {
            let mut letters: Vec<String> =
                (0..12).chain(20..32).map(|rank| section_letters(rank, consolidated)).collect();
            letters.sort();
            letters.dedup();
            assert_eq!(letters.len(), 24);
            assert!(letters.iter().all(|l| (1..=2).contains(&l.len())));
        }
    }
}
