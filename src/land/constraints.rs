//! Hard constraints made ready for one territory: what the law forbids to build on, near a piece of land.

use std::borrow::Cow;

use geo::BoundingRect;
use geo::Coord;
use geo::Geometry;
use geo::Rect;

use super::document_order::in_force;
use super::place_order::by_place;
use crate::domain::CodeInsee;
use crate::domain::Layer;
use crate::domain::LayerKey;
use crate::domain::LayerView;
use crate::domain::Territory;
use crate::domain::ZoneUrba;
use crate::evaluation::HardConstraint;
use crate::evaluation::LandRules;
use crate::spatial::distance;
use crate::spatial::shape;

/// The constraints of the rules, each with its layer and the objects that count.
pub(super) struct Constraints<'a> {
    prepared: Vec<Prepared<'a>>,
    zoning: Option<&'a Layer<ZoneUrba>>,
}

struct Prepared<'a> {
    rule: &'a HardConstraint,
    layer: Option<&'a dyn LayerView>,
    kept: Vec<bool>,
}

/// An object that forbids building.
#[derive(Clone)]
pub(super) struct Forbidding<'a> {
    /// Position of the constraint in the rules.
    pub(super) constraint: usize,
    /// Shape of the object; of a planning zone, what later documents leave of it near the land.
    pub(super) geometry: Cow<'a, Geometry<f64>>,
}

impl<'a> Constraints<'a> {
    pub(super) fn new(territory: &'a Territory, rules: &'a LandRules) -> Self {
        let prepared = rules
            .hard
            .iter()
            .map(|rule| {
                let layer = territory.layer(&rule.layer);
                let kept = layer.map_or_else(Vec::new, |layer| {
                    (0..layer.len())
                        .map(|at| layer.entity(at).is_some_and(|entity| rule.filter.keeps(entity)))
                        .collect()
                });
                Prepared { rule, layer, kept }
            })
            .collect();
        Self { prepared, zoning: territory.zoning.as_ref() }
    }

    /// The constraint at a position of the rules.
    pub(super) fn rule(&self, at: usize) -> &'a HardConstraint {
        self.prepared[at].rule
    }

    /// Objects that touch `land` grown by each constraint's margin, in the order of the rules and of places.
    pub(super) fn near(&self, land: &Geometry<f64>) -> Vec<Forbidding<'a>> {
        let Some(frame) = land.bounding_rect() else { return Vec::new() };
        let mut found = Vec::new();
        for (constraint, prepared) in self.prepared.iter().enumerate() {
            let Some(layer) = prepared.layer else { continue };
            let margin = prepared.rule.margin_m;
            let around = grown(&frame, margin);
            let from = found.len();
            for at in layer.index().in_box(&around) {
                let at = at as usize;
                if prepared.kept.get(at).copied().unwrap_or(false) {
                    let geometry = match &self.zoning {
                        Some(zoning) if prepared.rule.layer == LayerKey::ZONING => {
                            in_force(zoning, at, &around)
                        }
                        _ => Some(Cow::Borrowed(layer.geometry(at))),
                    };
                    found.extend(geometry.map(|geometry| Forbidding { constraint, geometry }));
                }
            }
            found[from..].sort_by(|a, b| by_place(&a.geometry, &b.geometry));
        }
        found
    }

    /// Whether something forbids building at a place.
    pub(super) fn forbid_at(&self, at: Coord<f64>) -> bool {
        let place = Geometry::Point(at.into());
        self.near(&place).iter().any(|one| distance::intersects(&one.geometry, &place))
    }

    /// Constraints that no layer speaks of in `commune`, and those of which a line or a point touches the land: they
    /// forbid something there, but have no surface to cut off.
    pub(super) fn unsettled(
        &self,
        land: &Geometry<f64>,
        commune: Option<CodeInsee>,
    ) -> Vec<String> {
        let touching = self.near(land);
        let without_surface = |at: usize, margin_m: f64| {
            touching.iter().any(|one| {
                one.constraint == at
                    && margin_m == 0.0
                    && shape::area(&one.geometry) == 0.0
                    && distance::intersects(&one.geometry, land)
            })
        };
        self.prepared
            .iter()
            .enumerate()
            .filter(|(at, prepared)| {
                prepared.layer.is_none_or(|layer| !prepared.rule.filter.covered(layer, commune))
                    || without_surface(*at, prepared.rule.margin_m)
            })
            .map(|(_, prepared)| prepared.rule.id.clone())
            .collect()
    }
}

/// A box grown on all sides.
pub(super) fn grown(frame: &Rect<f64>, by_m: f64) -> Rect<f64> {
    let by = Coord { x: by_m, y: by_m };
    Rect::new(frame.min() - by, frame.max() + by)
}
