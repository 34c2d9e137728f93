//! The outline of a record.

use geo::Geometry;

use crate::domain::Friche;
use crate::domain::ListedLand;
use crate::domain::Outline;
use crate::domain::Territory;
use crate::spatial::dissolve;

/// The record with the best outline there is. Where the union of its parcels cannot be made, the inventory's own stays.
pub(super) fn drawn(territory: &Territory, record: Friche, land: &ListedLand) -> Friche {
    let has_polygon = record.outline == Outline::Polygon;
    let outline = match (land.is_whole(), land.parcels.is_empty(), has_polygon) {
        (true, ..) => Outline::Parcels,
        (false, false, false) => Outline::SomeParcels,
        (false, ..) => return record,
    };
    match union(territory, land) {
        Some(geometry) => Friche { geometry, outline, ..record },
        None => record,
    }
}

fn union(territory: &Territory, land: &ListedLand) -> Option<Geometry<f64>> {
    let parcels = territory.parcels.as_ref()?;
    let shapes: Vec<&Geometry<f64>> = land
        .parcels
        .iter()
        .filter_map(|at| parcels.entities.get(*at))
        .map(|parcel| &parcel.geometry)
        .collect();
    let mut union = dissolve::union(&shapes).ok()?;
    match union.0.len() {
        0 => None,
        1 => union.0.pop().map(Geometry::Polygon),
        _ => Some(Geometry::MultiPolygon(union)),
    }
}
