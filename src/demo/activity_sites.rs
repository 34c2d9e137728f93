//! Economic zones as the EPCIs inventory them: the union of their blocks, with what stands on their parcels.

use geo::algorithm::Centroid;
use geo_types::Coord;
use geo_types::MultiPolygon;

use super::chance::Chance;
use super::commune_layout::LandUse;
use super::commune_layout::Layout;
use super::dissolve::contains;
use super::dissolve::dissolve;
use super::places::CommuneFigures;
use super::records::Building;
use super::records::EconomicSite;
use super::records::Parcel;
use super::warp::Warp;

const VOCATIONS: [&str; 5] =
    ["industrielle", "artisanale", "entrepôts, logistique", "mixte", "commerciale"];

/// The economic zones of a commune.
pub(crate) fn sites(
    rank: usize,
    figures: &CommuneFigures,
    layout: &Layout,
    parcels: &[Parcel],
    buildings: &[Building],
    warp: &Warp,
    chance: &mut Chance,
) -> Vec<EconomicSite> {
    let mut zones: Vec<u8> = layout
        .blocks
        .iter()
        .filter_map(|block| match block.land_use {
            LandUse::Activity(zone) => Some(zone),
            _ => None,
        })
        .collect();
    zones.sort_unstable();
    zones.dedup();
    if zones.is_empty() {
        return Vec::new();
    }
    let centres: Vec<Coord<f64>> =
        buildings.iter().filter_map(|b| b.polygon.centroid().map(Coord::from)).collect();
    zones
        .into_iter()
        .map(|zone| {
            let land_use = LandUse::Activity(zone);
            let rings: Vec<Vec<Coord<f64>>> = layout
                .blocks
                .iter()
                .filter(|block| block.land_use == land_use)
                .map(|block| {
                    block.gross.ring(&layout.book).iter().map(|at| warp.place(*at)).collect()
                })
                .collect();
            let inside: Vec<&Parcel> = parcels.iter().filter(|p| p.land_use == land_use).collect();
            let vacant_parcels = inside
                .iter()
                .filter(|p| !centres.iter().any(|at| contains(&p.polygon.exterior().0, *at)))
                .count();
            let number = usize::from(zone) + 1;
            EconomicSite {
                id: format!("{}_SITE-ECO_{:05}", figures.epci_siren, rank * 10 + number),
                name: format!("ZAE n° {number} {} (fictive)", of(&figures.name)),
                commune: rank,
                vocation: chance.pick(&VOCATIONS).copied().unwrap_or("inconnu"),
                state: "existant et actif",
                created_year: 1972 + chance.index(46) as u32,
                parcels: inside.len(),
                vacant_parcels,
                extent: MultiPolygon::new(dissolve(&rings)),
            }
        })
        .collect()
}

/// "de Castelsarrasin", "d'Aubiet", "du Pin", "de L'Isle-Jourdain".
fn of(name: &str) -> String {
    if let Some(rest) = name.strip_prefix("Le ") {
        return format!("du {rest}");
    }
    if let Some(rest) = name.strip_prefix("Les ") {
        return format!("des {rest}");
    }
    let vowel = name.starts_with(['A', 'E', 'I', 'O', 'U', 'É', 'È', 'Î', 'H']);
    if vowel { format!("d'{name}") } else { format!("de {name}") }
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn names_follow_french_usage() {
        assert_eq!(of("Castelsarrasin"), "de Castelsarrasin");
        assert_eq!(of("Aubiet"), "d'Aubiet");
        assert_eq!(of("Le Pin"), "du Pin");
        assert_eq!(of("L'Isle-Jourdain"), "de L'Isle-Jourdain");
    }
}
