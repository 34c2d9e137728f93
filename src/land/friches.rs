//! The friche on a piece of land.

use std::collections::BTreeMap;

use geo::Geometry;

use super::covering::covering;
use crate::domain::Friche;
use crate::domain::Layer;
use crate::domain::LayerView;
use crate::domain::ParcelToday;
use crate::domain::Territory;
use crate::spatial::shape;

/// Finds friches by the parcels they list, by their point, or by their outline.
pub(super) struct FricheFinder<'a> {
    layer: Option<&'a Layer<Friche>>,
    by_parcel: BTreeMap<usize, Vec<usize>>,
}

impl<'a> FricheFinder<'a> {
    pub(super) fn new(territory: &'a Territory) -> Self {
        let mut by_parcel: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (at, friche) in territory.friches.iter().flat_map(|layer| &layer.entities).enumerate() {
            // The outline says more than a list.
            if shape::area(&friche.geometry) > 0.0 {
                continue;
            }
            for listed in territory.parcels_of(friche) {
                if let ParcelToday::Found(parcel) = listed.today {
                    by_parcel.entry(parcel).or_default().push(at);
                }
            }
            if let (Geometry::Point(point), Some(parcels)) = (&friche.geometry, &territory.parcels)
            {
                let under = parcels.index().at_point(point.0, |at| parcels.geometry(at));
                if let Some(parcel) = under.first() {
                    by_parcel.entry(*parcel as usize).or_default().push(at);
                }
            }
        }
        Self { layer: territory.friches.as_ref(), by_parcel }
    }

    /// The friches on a piece of a parcel: by outline if they cover at least `least_share`, the one that covers most
    /// first, then by list or point, in the order of their identifiers.
    pub(super) fn on(
        &self,
        parcel: usize,
        land: &Geometry<f64>,
        area_m2: f64,
        least_share: f64,
    ) -> Vec<usize> {
        let Some(layer) = self.layer else { return Vec::new() };
        let id = |at: &usize| &layer.entities[*at].id;
        let mut covering = covering(layer, land, area_m2, least_share);
        covering.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| id(&a.0).cmp(id(&b.0))));
        let mut listed = self.by_parcel.get(&parcel).cloned().unwrap_or_default();
        listed.sort_by(|a, b| id(a).cmp(id(b)));
        let mut found: Vec<usize> = covering.into_iter().map(|(at, _)| at).chain(listed).collect();
        let mut seen = Vec::new();
        found.retain(|at| {
            !seen.contains(at) && {
                seen.push(*at);
                true
            }
        });
        found
    }

    /// A friche by its position.
    pub(super) fn friche(&self, at: usize) -> Option<&'a Friche> {
        self.layer.and_then(|layer| layer.entities.get(at))
    }
}
