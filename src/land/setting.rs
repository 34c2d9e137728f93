//! Where a terrain stands: in which planning zone, on what slope, in whose hands.

use std::collections::BTreeMap;

use geo::BoundingRect;
use geo::Geometry;

use super::document_order::date_of;
use super::document_order::document_of;
use super::pieces::Surroundings;
use crate::domain::LayerView;
use crate::domain::ParcelId;
use crate::domain::TerrainPart;
use crate::domain::TypeZone;
use crate::spatial::shape;

/// Share of a terrain whose owners must be known, or that a document must cover, to speak of it.
const MOST: f64 = 0.5;

/// Share from which one kind of owner holds the terrain.
const ALMOST_ALL: f64 = 0.9;

impl Surroundings<'_> {
    /// The `typezone` that holds most of the land in the latest document; `None` where no planning document speaks.
    pub(super) fn planning(&self, land: &Geometry<f64>) -> Option<Box<str>> {
        let zoning = self.territory.zoning.as_ref()?;
        let frame = land.bounding_rect()?;
        let mut areas: BTreeMap<(&str, &str), BTreeMap<TypeZone, f64>> = BTreeMap::new();
        for at in zoning.index().in_box(&frame) {
            let zone = &zoning.entities[at as usize];
            let common_m2 = zoning.area(at as usize).intersection_area(land);
            let document = document_of(zone);
            let of_document = areas.entry((date_of(document), document)).or_default();
            *of_document.entry(zone.typezone).or_default() += common_m2;
        }
        // The latest document that covers most of the land speaks for it.
        let whole_m2 = shape::area(land);
        let covered_m2 = |zones: &BTreeMap<TypeZone, f64>| zones.values().sum::<f64>();
        let speaks = areas.values().rev().find(|zones| covered_m2(zones) >= MOST * whole_m2);
        let zones = speaks
            .or_else(|| areas.values().max_by(|a, b| covered_m2(a).total_cmp(&covered_m2(b))));
        let most = zones
            .and_then(|zones| zones.iter().max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(a.0))));
        match most {
            Some((typezone, area_m2)) if *area_m2 > 0.0 => Some(typezone.as_str().into()),
            _ => None,
        }
    }

    /// Mean slope, as a tangent; `None` where no elevation is known for half of the land.
    pub(super) fn slope(&self, land: &Geometry<f64>) -> Option<f64> {
        self.territory.elevation.as_ref()?.mean_slope(land).map(|slope| slope.share)
    }

    /// `public` or `private` when that kind of owner holds most of the land, `mixed` when neither does; `None` where the
    /// owners of most of it are not known.
    pub(super) fn owner(&self, parts: &[TerrainPart]) -> Option<Box<str>> {
        let owners = self.territory.owners.as_ref()?;
        let (mut public_m2, mut private_m2, mut whole_m2) = (0.0, 0.0, 0.0);
        for part in parts {
            whole_m2 += part.area_m2;
            let ParcelId::Idu(idu) = part.id else { continue };
            match owners.of(idu).and_then(|owner| owner.class) {
                Some(class) if class.is_public() => public_m2 += part.area_m2,
                Some(_) => private_m2 += part.area_m2,
                None => {}
            }
        }
        if public_m2 + private_m2 < MOST * whole_m2 {
            return None;
        }
        let word = if public_m2 > ALMOST_ALL * whole_m2 {
            "public"
        } else if private_m2 > ALMOST_ALL * whole_m2 || public_m2 == 0.0 {
            "private"
        } else {
            "mixed"
        };
        Some(word.into())
    }
}
