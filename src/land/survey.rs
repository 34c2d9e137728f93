//! The survey of a territory's economic land: zones, pieces, land units, terrains.

use rayon::prelude::*;

use super::economic_zones::Refused;
use super::economic_zones::UNKNOWN_COMMUNE;
use super::economic_zones::economic_zones;
use super::occupation::Users;
use super::pieces::Piece;
use super::pieces::Surroundings;
use crate::domain::Coverage;
use crate::domain::EconomicZone;
use crate::domain::LandPiece;
use crate::domain::LandStock;
use crate::domain::LandUnit;
use crate::domain::Layer;
use crate::domain::Occupation;
use crate::domain::Provenance;
use crate::domain::Terrain;
use crate::domain::Territory;
use crate::domain::UnitCount;
use crate::evaluation::LandRules;

/// Everything found in one zone.
struct Found {
    units: Vec<LandUnit>,
    terrains: Vec<Terrain>,
    pieces: Vec<LandPiece>,
    refused: Refused,
}

/// Surveys the economic land of a territory. `None` when no parcels are given: there is nothing to put together.
///
/// The result does not depend on the number of threads, nor on the order of rows in the inputs but for positions.
#[must_use]
pub fn survey(territory: &Territory, rules: &LandRules) -> Option<LandStock> {
    let parcels = territory.parcels.as_ref()?;
    let around = Surroundings::new(territory, parcels, rules);
    let users = Users::new(territory);
    let (mut zones, mut refused) = economic_zones(territory, rules);
    let found: Vec<Found> = zones
        .par_iter_mut()
        .enumerate()
        .map(|(number, zone)| in_zone(&around, &users, number, zone))
        .collect();
    let (mut units, mut terrains, mut pieces) = (Vec::new(), Vec::new(), Vec::new());
    for zone in found {
        units.extend(zone.units);
        terrains.extend(zone.terrains);
        pieces.extend(zone.pieces);
        refused.extend(zone.refused);
    }
    let provenance = Provenance {
        source: parcels.provenance.source.clone(),
        vintage: parcels.provenance.vintage.clone(),
        synthetic: territory.is_synthetic(),
        ..Provenance::default()
    };
    Some(LandStock {
        zones: Layer::new(zones, provenance.clone(), Coverage::Everywhere),
        units: Layer::new(units, provenance.clone(), Coverage::Everywhere),
        terrains: Layer::new(terrains, provenance, Coverage::Everywhere),
        pieces,
        refused,
    })
}

fn in_zone(
    around: &Surroundings<'_>,
    users: &Users<'_>,
    number: usize,
    zone: &mut EconomicZone,
) -> Found {
    let (pieces, mut refused) = around.pieces(zone);
    if zone.communes.is_empty() {
        zone.communes = communes_of_parcels(around, &pieces);
        // Named before anything was known of its commune.
        if let (Some(commune), Some(place)) =
            (zone.main_commune(), zone.id.strip_prefix(UNKNOWN_COMMUNE))
        {
            zone.id = format!("{commune}{place}").into();
        }
    }
    let (units, unit_of, not_joined) = around.units(number, zone, &pieces, users);
    refused.extend(not_joined);
    let (terrains, not_cut) = around.terrains(number, zone, &pieces, &unit_of);
    refused.extend(not_cut);
    zone.units = count(&units.iter().collect::<Vec<_>>(), around.rules.free_m2);
    let pieces = pieces
        .into_iter()
        .map(|piece| LandPiece {
            zone: number,
            parcel: piece.parcel,
            geometry: piece.geometry,
            area_m2: piece.area_m2,
            availability: piece.availability,
            reason: piece.reason,
        })
        .collect();
    Found { units, terrains, pieces, refused }
}

/// Where outlines of communes are not given: the communes that the parcels name, by area.
fn communes_of_parcels(
    around: &Surroundings<'_>,
    pieces: &[Piece],
) -> Vec<(crate::domain::CodeInsee, f64)> {
    let whole: f64 = pieces.iter().map(|piece| piece.area_m2).sum();
    let mut areas = std::collections::BTreeMap::new();
    for piece in pieces {
        if let Some(commune) = around.parcels.entities[piece.parcel].commune {
            *areas.entry(commune).or_insert(0.0) += piece.area_m2 / whole;
        }
    }
    let mut shares: Vec<_> = areas.into_iter().collect();
    shares.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    shares
}

/// How many of some land units are built, occupied, vacant, never used.
pub(super) fn count(units: &[&LandUnit], free_m2: f64) -> UnitCount {
    let with = |is: &dyn Fn(&LandUnit) -> bool| units.iter().filter(|unit| is(unit)).count();
    UnitCount {
        total: units.len(),
        built: with(&|unit| unit.built_m2.is_some_and(|built_m2| built_m2 > free_m2)),
        occupied: with(&|unit| {
            matches!(unit.occupation, Occupation::Occupied | Occupation::Transitory)
        }),
        vacant: with(&|unit| unit.occupation.is_vacant() == Some(true)),
        never_used: with(&|unit| unit.occupation == Occupation::NeverUsed),
        unknown: with(&|unit| unit.occupation == Occupation::Unknown),
    }
}
