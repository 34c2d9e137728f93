//! What lies on a site and around it, layer by layer.

use std::collections::BTreeSet;

use geo::Geometry;

use crate::domain::Entity;
use crate::domain::Friche;
use crate::domain::LayerView;
use crate::domain::Territory;
use crate::domain::Value;
use crate::evaluation::Filter;
use crate::evaluation::Measure;
use crate::evaluation::Measured;
use crate::evaluation::PreparedMeasure;
use crate::evaluation::Test;
use crate::evaluation::Unknown;
use crate::spatial::overlay::intersection_area;
use crate::spatial::shape;

use super::not_given;

/// Up to this share of the site, what an area covers is a border drawn twice.
const SLIVER_SHARE: f64 = 0.005;
/// Up to this area too, in square metres.
const SLIVER_M2: f64 = 1.0;
/// How far a motorway is looked for, metres (Mutafriches: 5, then 15, then 50 km).
pub(super) const MOTORWAY_SEARCH_M: f64 = 50_000.0;

/// The layers, with what takes a search over all of them made once.
pub(super) struct Around<'a> {
    pub(super) territory: &'a Territory,
    motorway: PreparedMeasure<'a>,
    /// What the hazards are of. A file of floods may speak for the whole territory; of monuments it says nothing.
    hazard_themes: BTreeSet<String>,
    /// Whether any sector of polluted soil (SIS) is among the hazards.
    pub(super) has_polluted_sectors: bool,
}

impl<'a> Around<'a> {
    pub(super) fn new(territory: &'a Territory) -> Self {
        static MOTORWAY: std::sync::OnceLock<Measure> = std::sync::OnceLock::new();
        let measure = MOTORWAY.get_or_init(|| Measure::RoadDistanceTo {
            layer: crate::domain::LayerKey::ROADS.to_owned(),
            filter: of_words("class", &["Type autoroutier", "Autoroute", "Quasi-autoroute"]),
            within: crate::units::Meters::new(MOTORWAY_SEARCH_M),
        });
        let sectors = super::risks::sectors_of_polluted_soil();
        let has_polluted_sectors =
            territory.layer(crate::domain::LayerKey::HAZARDS).is_some_and(|layer| {
                (0..layer.len()).any(|at| layer.entity(at).is_some_and(|one| sectors.keeps(one)))
            });
        let hazards = territory.layer(crate::domain::LayerKey::HAZARDS);
        let hazard_themes = hazards.into_iter().flat_map(themes_of).collect();
        let motorway = PreparedMeasure::new(measure, territory);
        Self { territory, motorway, hazard_themes, has_polluted_sectors }
    }

    /// The way by road to the nearest motorway.
    pub(super) fn motorway(&self, site: &Friche) -> Measured {
        self.motorway.take(site)
    }

    /// A layer that speaks of what the filter looks for at the site.
    pub(super) fn layer(
        &self,
        key: &str,
        filter: &Filter,
        site: &Friche,
    ) -> Result<&'a dyn LayerView, Unknown> {
        let layer = self.territory.layer(key).ok_or_else(|| not_given(key))?;
        if !filter.covered(layer, site.commune()) {
            Err(Unknown::NotCovered { layer: key.to_owned() })
        } else if !self.has_theme(filter) {
            Err(Unknown::NothingInLayer { layer: key.to_owned() })
        } else {
            Ok(layer)
        }
    }

    /// Whether the hazards that the filter looks for are among those given.
    fn has_theme(&self, filter: &Filter) -> bool {
        let mut tests = filter.tests.iter();
        tests.all(|(attribute, test)| match test {
            Test::OneOf(words) if attribute == "theme" => {
                words.iter().any(|theme| self.hazard_themes.contains(theme))
            }
            _ => true,
        })
    }

    /// The objects of a layer on the site: areas that cover more than a sliver of it, lines and points that touch it.
    pub(super) fn on_site(
        &self,
        key: &str,
        filter: &Filter,
        site: &Friche,
    ) -> Result<Vec<&'a dyn Entity>, Unknown> {
        let layer = self.layer(key, filter, site)?;
        let touching = layer.index().intersecting(site.geometry(), |at| layer.geometry(at));
        Ok(touching
            .into_iter()
            .filter_map(|at| layer.entity(at as usize))
            .filter(|object| filter.keeps(*object) && is_more_than_sliver(object.geometry(), site))
            .collect())
    }

    /// Whether the middle of the site lies in an object of a layer.
    pub(super) fn holds_middle(
        &self,
        key: &str,
        filter: &Filter,
        site: &Friche,
    ) -> Result<bool, Unknown> {
        let layer = self.layer(key, filter, site)?;
        let Some(middle) = shape::representative_point(site.geometry()) else {
            return Err(Unknown::NoArea);
        };
        let under = layer.index().at_point(middle, |at| layer.geometry(at));
        let mut under = under.into_iter().filter_map(|at| layer.entity(at as usize));
        Ok(under.any(|object| filter.keeps(object)))
    }

    /// Metres in a straight line to the nearest object that counts; `None` when there is none within `within_m`.
    pub(super) fn nearest(
        &self,
        key: &str,
        filter: &Filter,
        site: &Friche,
        within_m: f64,
    ) -> Result<Option<f64>, Unknown> {
        let layer = self.layer(key, filter, site)?;
        let keeps = |at: u32| layer.entity(at as usize).is_some_and(|object| filter.keeps(object));
        let found =
            layer.index().nearest(site.geometry(), Some(within_m), keeps, |at| layer.geometry(at));
        Ok(found.map(|(_, distance_m)| distance_m))
    }
}

fn themes_of(layer: &dyn LayerView) -> BTreeSet<String> {
    let theme = |at| match layer.entity(at)?.attribute("theme") {
        Value::Text(theme) => Some(theme.into_owned()),
        _ => None,
    };
    (0..layer.len()).filter_map(theme).collect()
}

/// Objects whose attribute is one of some words.
pub(super) fn of_words(attribute: &str, words: &[&str]) -> Filter {
    let words = words.iter().map(|word| (*word).to_owned()).collect();
    Filter { tests: vec![(attribute.to_owned(), Test::OneOf(words))] }
}

fn is_more_than_sliver(object: &Geometry<f64>, site: &Friche) -> bool {
    let (mine_m2, its_m2) = (shape::area(site.geometry()), shape::area(object));
    if mine_m2 <= 0.0 || its_m2 <= 0.0 {
        return true;
    }
    let common_m2 = intersection_area(object, site.geometry());
    common_m2 > SLIVER_M2 && common_m2 > SLIVER_SHARE * mine_m2
}
