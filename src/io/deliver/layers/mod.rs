//! The layers that are handed out, made from a territory and its rankings.

mod anomalies;
mod communes;
mod fields;
mod friches;
mod housing;
mod info;
mod isochrones;
mod land;
mod measured;
mod potential;
mod ranked;
mod visits;
mod weights;
mod zoning;

pub use fields::constraint_told;
pub use fields::reason_told;
pub(super) use fields::shape_as_area;
pub use fields::why_unknown;
pub use info::geojson_file;
pub use info::geojson_to;
pub use info::info;
pub use info::newest_vintage;
pub use info::origin;
pub use info::sources;
pub use info::sources_in_brief;
pub use info::sources_of;
pub use land::zone_name;
pub use measured::answered_by;
pub use measured::estimate_told;
pub use measured::measured_told;
pub use potential::potential_friches;
pub use potential::sign_told;
pub(super) use ranked::place;
pub use visits::visits;

use super::DeliverError;
use super::layer::DeliveredLayer;
use super::layer::FieldKind;
use crate::domain::Territory;
use crate::evaluation::Ranking;
use crate::evaluation::UnitKind;
use crate::friche::potential::PotentialFriche;
use crate::friche::visits::Visit;
use crate::words::Words;

/// The rankings that a delivery holds; a ranking whose units are not given is absent.
#[derive(Debug, Default)]
pub struct Rankings {
    /// Terrains, or parcels, for industry.
    pub land: Option<Ranking>,
    /// Friches.
    pub friches: Option<Ranking>,
    /// Communes for worker housing.
    pub housing: Option<Ranking>,
    /// EPCIs for worker housing.
    pub housing_epcis: Option<Ranking>,
    /// Friches to visit first, by the ranking of friches.
    pub visits: Vec<Visit>,
    /// Land that may be a friche and that nobody lists; `None` without parcels.
    pub potential: Option<Vec<PotentialFriche>>,
}

/// All layers, in the order of the delivery.
///
/// # Errors
/// When a row does not fit its layer, which would be a fault of this program.
pub fn all(
    territory: &Territory,
    rankings: &Rankings,
    words: &Words,
) -> Result<Vec<DeliveredLayer>, DeliverError> {
    let mut layers = vec![communes::layer(territory, rankings, words)?];
    for ranking in rankings.housing.iter().chain(&rankings.housing_epcis) {
        layers.push(housing::layer(territory, &[ranking], None, words)?);
    }
    if territory.zoning.is_some() {
        layers.push(zoning::layer(territory, words)?);
    }
    if let Some(ranking) = &rankings.land {
        if let Some(stock) = &territory.stock {
            layers.push(land::zones(territory, stock, words)?);
            layers.push(isochrones::layer(territory, stock, ranking, words)?);
            layers.push(land::parcels(territory, stock, ranking, words)?);
        }
        layers.push(of_land(territory, ranking, None, words)?);
        if ranking.profile.unit == UnitKind::Terrain {
            layers.push(land::net(territory, ranking, words)?);
        }
    }
    if let Some(ranking) = &rankings.friches {
        layers.extend(friches::outlines(territory, ranking, words)?);
        layers.push(friches::points(territory, ranking, words)?);
        layers.push(visits(territory, ranking, &rankings.visits, words)?);
    }
    if let Some(found) = &rankings.potential {
        layers.push(potential_friches(territory, found, words)?);
    }
    // EPCIs are ranked by the profile of communes: its weights are told once.
    let ranked = [&rankings.land, &rankings.friches, &rankings.housing];
    layers.push(weights::layer(ranked.into_iter().flatten(), words)?);
    layers.push(anomalies::layer(territory, words)?);
    Ok(layers.into_iter().map(|layer| honest(layer, territory, words)).collect())
}

/// Invented data say so in every row: a table has no other place for it.
#[must_use]
pub fn honest(layer: DeliveredLayer, territory: &Territory, words: &Words) -> DeliveredLayer {
    if !territory.is_synthetic() {
        return layer;
    }
    let field = fields::field("data_nature", FieldKind::Text, words);
    layer.with_remark(field, words.say("product.synthetic_short"))
}

/// One ranking as a layer: its first `top` rows, or all.
///
/// # Errors
/// As [`all`].
pub fn of_ranking(
    territory: &Territory,
    ranking: &Ranking,
    top: Option<usize>,
    words: &Words,
) -> Result<DeliveredLayer, DeliverError> {
    let layer = match ranking.profile.unit {
        UnitKind::Parcel | UnitKind::Terrain => of_land(territory, ranking, top, words),
        UnitKind::Friche => friches::layer(territory, ranking, top, words),
        UnitKind::Commune | UnitKind::Epci => housing::layer(territory, &[ranking], top, words),
    }?;
    Ok(honest(layer, territory, words))
}

/// Communes and EPCIs, or either, ranked by one profile, as one layer.
///
/// # Errors
/// As [`all`].
pub fn of_housing(
    territory: &Territory,
    rankings: &[Ranking],
    top: Option<usize>,
    words: &Words,
) -> Result<DeliveredLayer, DeliverError> {
    let rankings: Vec<&Ranking> = rankings.iter().collect();
    let layer = housing::layer(territory, &rankings, top, words)?;
    Ok(honest(layer, territory, words))
}

/// Terrains or parcels, as the profile ranks.
fn of_land(
    territory: &Territory,
    ranking: &Ranking,
    top: Option<usize>,
    words: &Words,
) -> Result<DeliveredLayer, DeliverError> {
    match ranking.profile.unit {
        UnitKind::Terrain => land::terrains(territory, ranking, top, words),
        _ => ranked::parcels(territory, ranking, top, words),
    }
}
