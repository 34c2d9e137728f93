//! The friche on a piece of land.

use std::collections::HashMap;

use geo::BoundingRect;
use geo::Geometry;

use crate::domain::Friche;
use crate::domain::Layer;
use crate::domain::LayerView;
use crate::domain::ParcelToday;
use crate::domain::Territory;
use crate::spatial::shape;

/// Finds friches by the parcels they list, by their point, or by their outline.
pub(super) struct FricheFinder<'a> {
    layer: Option<&'a Layer<Friche>>,
    by_parcel: HashMap<usize, usize>,
}

impl<'a> FricheFinder<'a> {
    pub(super) fn new(territory: &'a Territory) -> Self {
        let mut by_parcel = HashMap::new();
        for (at, friche) in territory.friches.iter().flat_map(|layer| &layer.entities).enumerate() {
            // The outline says more than a list; the first friche to list a parcel has it.
            if shape::area(&friche.geometry) > 0.0 {
                continue;
            }
            for listed in territory.parcels_of(friche) {
                if let ParcelToday::Found(parcel) = listed.today {
                    by_parcel.entry(parcel).or_insert(at);
                }
            }
            if let (Geometry::Point(point), Some(parcels)) = (&friche.geometry, &territory.parcels)
            {
                let under = parcels.index().at_point(point.0, |at| parcels.geometry(at));
                if let Some(parcel) = under.first() {
                    by_parcel.entry(*parcel as usize).or_insert(at);
                }
            }
        }
        Self { layer: territory.friches.as_ref(), by_parcel }
    }

    /// The friche on a piece of a parcel: by outline if it covers at least `least_share`, else by list or point.
    pub(super) fn on(
        &self,
        parcel: usize,
        land: &Geometry<f64>,
        area_m2: f64,
        least_share: f64,
    ) -> Option<usize> {
        let layer = self.layer?;
        let frame = land.bounding_rect()?;
        let mut best: Option<(usize, f64)> = None;
        for at in layer.index().in_box(&frame) {
            let share = layer.area(at as usize).intersection_area(land) / area_m2;
            if share >= least_share && best.is_none_or(|(_, most)| share > most) {
                best = Some((at as usize, share));
            }
        }
        best.map(|(at, _)| at).or_else(|| self.by_parcel.get(&parcel).copied())
    }

    /// A friche by its position.
    pub(super) fn friche(&self, at: usize) -> Option<&'a Friche> {
        self.layer.and_then(|layer| layer.entities.get(at))
    }
}
