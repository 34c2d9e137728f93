//! A profile of friches turned towards one future use.

use super::mutability::Use;
use crate::domain::SUITABILITY;
use crate::domain::SUITABILITY_PERCENT;
use crate::evaluation::Criterion;
use crate::evaluation::Label;
use crate::evaluation::Measure;
use crate::evaluation::Profile;
use crate::evaluation::Veto;

/// Below this index, percent, only a use that a rule excludes can be: then it stands as 0.
const EXCLUDED_BELOW_PERCENT: f64 = 0.05;

/// The same profile with one criterion of mutability, for `usage`, in place of all that it has; it has their weight, the
/// curve of the first, and excludes the sites where a rule makes the use impossible. `label` is its name.
///
/// A profile without a criterion of mutability stays as it is: it does not ask what sites are suited for.
#[must_use]
pub fn for_use(profile: &Profile, usage: Use, label: &Label) -> Profile {
    let is_suitability = |criterion: &Criterion| matches!(&criterion.measure, Measure::Attribute { name } if name.starts_with(SUITABILITY));
    let mut profile = profile.clone();
    let weight: f64 =
        profile.criteria.iter().filter(|one| is_suitability(one)).map(|one| one.weight).sum();
    let Some(first) = profile.criteria.iter().position(is_suitability) else { return profile };
    let turned = Criterion {
        id: format!("for_{usage}"),
        label: label.clone(),
        measure: Measure::Attribute { name: format!("{SUITABILITY}{usage}{SUITABILITY_PERCENT}") },
        weight,
        veto: Some(Veto::Below(EXCLUDED_BELOW_PERCENT)),
        ..profile.criteria[first].clone()
    };
    profile.criteria.retain(|criterion| !is_suitability(criterion));
    profile.criteria.insert(first.min(profile.criteria.len()), turned);
    profile
}
