//! Ranking of things that are no layer: what a request has gathered. And whether the names in measures exist.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::Assessment;
use super::Criterion;
use super::EvaluationError;
use super::Measure;
use super::PreparedMeasure;
use super::Profile;
use super::Ranked;
use super::Ranking;
use super::ranking;
use crate::domain::Entity;
use crate::domain::LayerKey;
use crate::domain::LayerView;
use crate::domain::Territory;
use crate::domain::Value;

/// A profile with its measures made ready for one territory: what is searched beforehand is searched once for any number of
/// rankings.
pub struct PreparedProfile<'a> {
    profile: &'a Profile,
    criteria: Vec<(&'a Criterion, PreparedMeasure<'a>)>,
}

impl<'a> PreparedProfile<'a> {
    /// Makes the criteria of a profile ready.
    #[must_use]
    pub fn new(territory: &'a Territory, profile: &'a Profile) -> Self {
        let criteria = profile
            .criteria
            .par_iter()
            .map(|criterion| (criterion, PreparedMeasure::new(&criterion.measure, territory)))
            .collect();
        Self { profile, criteria }
    }

    /// The profile.
    #[must_use]
    pub fn profile(&self) -> &'a Profile {
        self.profile
    }

    /// Ranks `entities` by the criteria; the profile's conditions are not asked. [`Ranked::unit`] is the position among
    /// them. The result does not depend on the number of threads.
    #[must_use]
    pub fn rank(&self, entities: &[&dyn Entity]) -> Ranking {
        let profile = self.profile;
        let mut rows: Vec<Ranked> = entities
            .par_iter()
            .enumerate()
            .map(|(at, entity)| {
                let assessments = self
                    .criteria
                    .iter()
                    .map(|(criterion, measure)| Assessment::of(criterion, measure.take(*entity)))
                    .collect();
                let row = ranking::row(profile, entity.id().into_owned(), at, assessments);
                Ranked { commune: entity.commune(), ..row }
            })
            .collect();
        ranking::order(profile, &mut rows);
        let (profile, n_units) = (profile.clone(), entities.len());
        Ranking { profile, n_units, left_out: Vec::new(), rows, robustness: None }
    }
}

/// Finds every layer and attribute that measures name, before anything is measured. `own` is the layer of what is
/// measured, and whether it lacks an attribute.
///
/// # Errors
/// [`EvaluationError::UnknownLayer`], [`EvaluationError::UnknownAttribute`].
pub fn check_names<'m>(
    territory: &Territory,
    owner: &str,
    measures: impl Iterator<Item = (&'m str, &'m Measure)>,
    own: (&str, &dyn Fn(&str) -> bool),
) -> Result<(), EvaluationError> {
    for (item, measure) in measures {
        let unknown_attribute = |layer: &str, attribute: &str| EvaluationError::UnknownAttribute {
            profile: owner.to_owned(),
            item: item.to_owned(),
            layer: layer.to_owned(),
            attribute: attribute.to_owned(),
        };
        if let Some(layer) = measure.layer()
            && !territory.knows_layer(layer)
        {
            return Err(EvaluationError::UnknownLayer {
                profile: owner.to_owned(),
                item: item.to_owned(),
                layer: layer.to_owned(),
                known: known_layers(territory),
            });
        }
        match measure {
            Measure::Attribute { name } => {
                if own.1(name) {
                    return Err(unknown_attribute(own.0, name));
                }
            }
            Measure::ReachOf { table, name, .. } => {
                let Some(figures) = territory.tables.get(table) else { continue };
                if !figures.columns.contains(name) {
                    return Err(unknown_attribute(table, name));
                }
            }
            Measure::CommuneFigure { table, name, per } => {
                let Some(figures) = territory.tables.get(table) else { continue };
                for column in std::iter::once(name).chain(per) {
                    if !figures.columns.contains(column) {
                        return Err(unknown_attribute(table, column));
                    }
                }
            }
            _ => {
                let Some((key, filter)) = measure.layer().zip(measure.filter()) else { continue };
                let Some(layer) = territory.layer(key) else { continue };
                let summed = match measure {
                    Measure::SumWithin { name, .. } => Some(name),
                    _ => None,
                };
                for attribute in filter.tests.iter().map(|(attribute, _)| attribute).chain(summed) {
                    if lacks(layer, attribute) {
                        return Err(unknown_attribute(key, attribute));
                    }
                }
            }
        }
    }
    Ok(())
}

/// Whether the objects of a layer have no attribute of this name. All objects of a layer have the same.
pub(super) fn lacks(layer: &dyn LayerView, attribute: &str) -> bool {
    layer.entity(0).is_some_and(|first| first.attribute(attribute) == Value::NoSuchAttribute)
}

/// The layers that a measure may name.
pub(super) fn known_layers(territory: &Territory) -> String {
    let mut keys: BTreeMap<&str, ()> = BTreeMap::new();
    keys.extend(LayerKey::SPATIAL.map(|key| (key, ())));
    keys.extend(LayerKey::TABLES.map(|key| (key, ())));
    keys.extend(territory.declared.iter().map(|key| (key.as_str(), ())));
    keys.into_keys().collect::<Vec<_>>().join(", ")
}
