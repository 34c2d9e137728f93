//! The land of the site and the dwellings of its commune.

use super::Answered;
use super::Origin;
use super::around::Around;
use super::not_given;
use super::silent;
use crate::domain::Entity;
use crate::domain::Friche;
use crate::domain::LayerKey;
use crate::domain::Outline;
use crate::domain::Parcel;
use crate::domain::Value;
use crate::evaluation::Unknown;
use crate::friche::mutability::Answer;
use crate::spatial::overlay;
use crate::spatial::shape;
use crate::units::PERCENT;
use crate::units::SquareMeters;

/// Published rule: the sum of the parcels' fiscal areas. Where one is not known, the area of the outline; for a site whose outline is
/// not known, what its inventory declares.
pub(super) fn site_area(around: &Around<'_>, site: &Friche) -> Answered {
    if let Some(sum_m2) = fiscal_area(around, site) {
        return Ok((Answer::Number(sum_m2), Origin::Layer(LayerKey::PARCELS)));
    }
    let area_m2 = shape::area(site.geometry());
    let declared = site.declared_area.map(SquareMeters::get);
    match (site.outline, declared) {
        (Outline::Parcels, _) => Ok((Answer::Number(area_m2), Origin::Layer(LayerKey::PARCELS))),
        (Outline::Polygon, _) => Ok((Answer::Number(area_m2), Origin::Inventory)),
        // Parcels are missing: what was found is not the site.
        (Outline::SomeParcels | Outline::Point | Outline::Awaited, Some(declared_m2)) => {
            Ok((Answer::Number(declared_m2), Origin::Inventory))
        }
        (Outline::SomeParcels | Outline::Point | Outline::Awaited, None) => Err(Unknown::NoArea),
    }
}

fn fiscal_area(around: &Around<'_>, site: &Friche) -> Option<f64> {
    let land = around.territory.land_of(site);
    let parcels = around.territory.parcels.as_ref()?;
    if !land.is_whole() {
        return None;
    }
    let area = |at: &usize| -> Option<f64> {
        let parcel: &Parcel = parcels.entities.get(*at)?;
        parcel.contenance.map(SquareMeters::get)
    };
    land.parcels.iter().map(area).sum()
}

/// Footprint of the buildings on the site. Where no layer of buildings speaks, what the inventory says: an area, or that there is
/// none.
pub(super) fn built_area(around: &Around<'_>, site: &Friche) -> Answered {
    // Buildings on parcels that are missing would not be counted.
    if matches!(site.outline, Outline::Point | Outline::SomeParcels) {
        return of_record(site).ok_or_else(|| silent("outline"));
    }
    let Some(buildings) = around.territory.layer(LayerKey::BUILDINGS) else {
        return of_record(site).ok_or_else(|| not_given(LayerKey::BUILDINGS));
    };
    if !buildings.covers(site.commune()) {
        let unknown = || Unknown::NotCovered { layer: LayerKey::BUILDINGS.to_owned() };
        return of_record(site).ok_or_else(unknown);
    }
    let near = buildings.index().intersecting(site.geometry(), |at| buildings.geometry(at));
    let shapes: Vec<_> = near.into_iter().map(|at| buildings.area(at as usize)).collect();
    let built_m2 = overlay::covered_area_prepared(site.geometry(), &shapes);
    Ok((Answer::Number(built_m2.max(0.0)), Origin::Layer(LayerKey::BUILDINGS)))
}

fn of_record(site: &Friche) -> Option<(Answer, Origin)> {
    let number = |name| match site.attribute(name) {
        Value::Number(number) => Some(number),
        _ => None,
    };
    let declared = number("building_area_m2");
    let none = || number("building_count").filter(|count| *count == 0.0);
    declared.or_else(none).map(|built_m2| (Answer::Number(built_m2), Origin::Inventory))
}

/// Where one class of vacancy ends and the next begins, percent: in every published grid (a test holds them).
pub(super) const VACANCY_CLASSES: [f64; 3] = [7.0, 8.0, 10.0];

/// Published rule: vacant dwellings over all private dwellings of the commune, in percent with one decimal. A figure
/// under secrecy is an interval: it answers, by its high end, when all of it is in one class.
pub(super) fn vacant_dwellings(around: &Around<'_>, site: &Friche) -> Answered {
    let table = around.territory.tables.get(LayerKey::VACANCY);
    let table = table.ok_or_else(|| not_given(LayerKey::VACANCY))?;
    let commune = site.commune().ok_or_else(|| silent("commune"))?;
    let (vacant, all) = (table.value(commune, "vacant"), table.value(commune, "private_dwellings"));
    let bounds = |value: &Value<'_>| match value {
        Value::Number(number) => Some((*number, *number)),
        Value::Between { low, high } => Some((*low, *high)),
        _ => None,
    };
    let ((low, high), (fewest, most)) =
        bounds(&vacant).zip(bounds(&all)).ok_or_else(|| silent("vacant"))?;
    if fewest <= 0.0 {
        return Err(silent("private_dwellings"));
    }
    let percent =
        |part: f64, whole: f64| ((PERCENT * part / whole).min(PERCENT) * 10.0).round() / 10.0;
    let (low, high) = (percent(low, most), percent(high, fewest));
    let class = |percent: f64| VACANCY_CLASSES.iter().filter(|end| percent > **end).count();
    if class(low) == class(high) {
        Ok((Answer::Number(high), Origin::Layer(LayerKey::VACANCY)))
    } else {
        Err(silent("vacant"))
    }
}
