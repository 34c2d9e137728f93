//! Hard constraints made ready for one territory: what the law forbids to build on, near a piece of land.

use geo::BoundingRect;
use geo::Coord;
use geo::Geometry;
use geo::Rect;

use super::place_order::by_place;
use crate::domain::CodeInsee;
use crate::domain::LayerView;
use crate::domain::Territory;
use crate::evaluation::HardConstraint;
use crate::evaluation::LandRules;

/// The constraints of the rules, each with its layer and the objects that count.
pub(super) struct Constraints<'a> {
    prepared: Vec<Prepared<'a>>,
}

struct Prepared<'a> {
    rule: &'a HardConstraint,
    layer: Option<&'a dyn LayerView>,
    kept: Vec<bool>,
}

/// An object that forbids building.
#[derive(Clone, Copy)]
pub(super) struct Forbidding<'a> {
    /// Position of the constraint in the rules.
    pub(super) constraint: usize,
    /// Shape of the object.
    pub(super) geometry: &'a Geometry<f64>,
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
        Self { prepared }
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
                    found.push(Forbidding { constraint, geometry: layer.geometry(at) });
                }
            }
            found[from..].sort_by(|a, b| by_place(a.geometry, b.geometry));
        }
        found
    }

    /// Constraints that no layer speaks of in `commune`.
    pub(super) fn unsettled(&self, commune: Option<CodeInsee>) -> Vec<String> {
        self.prepared
            .iter()
            .filter(|prepared| prepared.layer.is_none_or(|layer| !layer.covers(commune)))
            .map(|prepared| prepared.rule.id.clone())
            .collect()
    }
}

/// A box grown on all sides.
pub(super) fn grown(frame: &Rect<f64>, by_m: f64) -> Rect<f64> {
    let by = Coord { x: by_m, y: by_m };
    Rect::new(frame.min() - by, frame.max() + by)
}
