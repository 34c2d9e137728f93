//! How tight the market is: an index out of the scores of a ranking, and its class in words.

use crate::domain::TensionClass;
use crate::domain::TensionRules;
use crate::evaluation::Assessment;
use crate::evaluation::Criterion;
use crate::evaluation::Profile;
use crate::evaluation::Ranked;
use crate::words::Words;

/// Largest index.
const FULL: f64 = 100.0;

/// Bounds that differ by less are one figure.
const EXACT: f64 = 1e-6;

/// The tension of a commune or an EPCI.
#[derive(Debug, Clone, PartialEq)]
pub struct Tension {
    /// 0 (nothing is tight) to 100, over the known criteria; `None` when none is known.
    pub index: Option<f64>,
    /// The index if everything unknown were as relaxed as can be.
    pub low: f64,
    /// The index if everything unknown were as tight as can be.
    pub high: f64,
    /// Share of the weight that is known, 0 to 1.
    pub known: f64,
    /// Its class; `None` when less is known than the rules demand.
    pub class: Option<TensionClass>,
}

impl Tension {
    /// As people read it, with what it could be once all is known: `tendu (58,3 ; 41 à 72)`; `inconnue` without class.
    #[must_use]
    pub fn in_words(&self, words: &Words) -> String {
        let Some((class, index)) = self.class.as_ref().zip(self.index) else {
            return words.say("product.unknown").to_owned();
        };
        let values = [
            ("class", words.pick(&class.label.fr, &class.label.en)),
            ("index", &words.number(index, 1)),
            ("low", &words.number(self.low.floor(), 0)),
            ("high", &words.number(self.high.ceil(), 0)),
        ];
        let is_exact = self.high - self.low < EXACT;
        words.fill(if is_exact { "housing.tension_exact" } else { "housing.tension" }, &values)
    }
}

/// The tension of a ranked row: what its scores on the criteria of tension leave to 100, by their weights in the profile.
///
/// Scores are those of the profile, whatever its method: an index of tension is a weighted mean.
#[must_use]
pub fn tension(rules: &TensionRules, profile: &Profile, row: &Ranked) -> Tension {
    let pairs = || {
        let all = profile.criteria.iter().zip(&row.assessments);
        all.filter(|(criterion, _)| rules.criteria.contains(&criterion.id))
    };
    let total: f64 = pairs().map(|(criterion, _)| criterion.weight).sum();
    let known = weighted(pairs(), voice);
    if total <= 0.0 {
        return Tension { index: None, low: 0.0, high: FULL, known: 0.0, class: None };
    }
    let relaxed = weighted(pairs(), |found| voice(found) * found.score().unwrap_or(0.0));
    let index = (known > 0.0).then(|| FULL * (1.0 - relaxed / known).clamp(0.0, 1.0));
    let least = FULL * (1.0 - weighted(pairs(), |found| found.bounds.1) / total);
    let most = FULL * (1.0 - weighted(pairs(), |found| found.bounds.0) / total);
    let known = known / total;
    Tension {
        index,
        // The index lies within its bounds, whatever the rounding.
        low: least.max(0.0).min(index.unwrap_or(FULL)),
        high: most.min(FULL).max(index.unwrap_or(0.0)),
        known,
        class: index.filter(|_| known >= rules.min_known).and_then(|index| rules.class_of(index)),
    }
}

/// What a criterion counts for: all where a figure is known, if only between bounds. Did an interval count for less, a dwelling
/// that makes a figure fall under secrecy could raise tension.
fn voice(found: &Assessment) -> f64 {
    match found.estimated {
        Some((_, known)) => known.clamp(0.0, 1.0),
        None if found.is_known() => 1.0,
        None => 0.0,
    }
}

fn weighted<'a>(
    pairs: impl Iterator<Item = (&'a Criterion, &'a Assessment)>,
    of: impl Fn(&Assessment) -> f64,
) -> f64 {
    pairs.map(|(criterion, found)| criterion.weight * of(found)).sum()
}
