//! From the answers about a site to what it is suited for, kept on the site.

use rayon::prelude::*;

use super::enrichment::Enrichment;
use super::enrichment::Found;
use super::enrichment::Origin;
use super::mutability;
use super::mutability::Answer;
use super::mutability::Answers;
use super::mutability::CriterionKey;
use super::mutability::Grid;
use super::mutability::Mutability;
use crate::domain::Estimate;
use crate::domain::Friche;
use crate::domain::Layer;
use crate::domain::SiteAnswer;
use crate::domain::Suitability;
use crate::domain::SuitedUse;
use crate::domain::Territory;
use crate::domain::Value;

/// What is known of one site, and what follows by a version of the method.
#[derive(Debug, Clone, PartialEq)]
pub struct SiteMutability {
    /// One entry per criterion, in the published order.
    pub found: Vec<Found>,
    /// Index, rank and details of each use.
    pub mutability: Mutability,
}

/// Finds the answers about every friche in the layers of the territory, and keeps on each what it is suited for. The
/// result does not depend on the number of threads.
pub fn prepare(territory: &mut Territory, grid: &Grid) {
    let Some(layer) = &territory.friches else { return };
    let enrichment = Enrichment::new(territory);
    let sites: Vec<Friche> = layer
        .entities
        .par_iter()
        .map(|site| {
            let found = enrichment.of(site);
            Friche { suitability: Some(suitability(grid, &found)), ..site.clone() }
        })
        .collect();
    drop(enrichment);
    if let Some(layer) = territory.friches.take() {
        let sites = Layer::new(sites, layer.provenance, layer.coverage).with_themes(layer.themes);
        territory.friches = Some(sites);
    }
}

/// What is known of one site, with every detail.
#[must_use]
pub fn of_site(territory: &Territory, site: &Friche, grid: &Grid) -> SiteMutability {
    let found = Enrichment::new(territory).of(site);
    let stated = answers(&found);
    let mutability = mutability::assess(grid, &stated);
    let found = found.into_iter().map(|one| with_derived(grid, &stated, one)).collect();
    SiteMutability { found, mutability }
}

/// What nobody states may follow from another answer.
fn with_derived(grid: &Grid, stated: &Answers, one: Found) -> Found {
    let derived = grid.answer(stated, one.criterion);
    if one.answer.is_err() && derived.is_known() {
        return Found { answer: Ok((derived, Origin::Derived)), ..one };
    }
    one
}

/// The answers alone, as the method wants them: it derives by itself what follows from others.
#[must_use]
pub fn answers(found: &[Found]) -> Answers {
    let mut answers = Answers::new();
    for one in found {
        if let Ok((answer, origin)) = &one.answer
            && *origin != Origin::Derived
        {
            // An answer that is not of the form of its criterion stays unknown.
            answers.set(one.criterion, *answer);
        }
    }
    answers
}

fn suitability(grid: &Grid, found: &[Found]) -> Suitability {
    let answers = answers(found);
    let origin = |key: CriterionKey| {
        let one = found.iter().find(|one| one.criterion == key);
        one.and_then(|one| one.answer.as_ref().ok()).map(|(_, origin)| origin.as_str())
    };
    of_answers(grid, &answers, |key| origin(key).unwrap_or(Origin::Derived.as_str()).into())
}

/// What a site is suited for by its answers, stated or derived. `origin` says who gave one.
#[must_use]
pub(super) fn of_answers(
    grid: &Grid,
    answers: &Answers,
    origin: impl Fn(CriterionKey) -> Box<str>,
) -> Suitability {
    let assessed = mutability::assess(grid, answers);
    let reliability = &assessed.reliability;
    let known = reliability.known.get() / reliability.total.get();
    let suited = |one: &mutability::UseAssessment| {
        let (low, high) = mutability::bounds(grid, answers, one.usage);
        let value = one.index.percent();
        SuitedUse {
            code: one.usage.as_str().into(),
            index: Estimate { value, low: low.min(value), high: high.max(value), known },
            rank: one.rank,
            excluded: one.is_excluded(),
        }
    };
    Suitability {
        method: grid.id().into(),
        answers: CriterionKey::ALL
            .into_iter()
            .map(|key| (key, grid.answer(answers, key)))
            .filter(|(_, answer)| answer.is_known())
            .map(|(key, answer)| {
                let known = SiteAnswer { value: value_of(answer), origin: origin(key) };
                (key.as_str().into(), known)
            })
            .collect(),
        uses: assessed.uses.iter().map(suited).collect(),
        reliability: reliability.note(),
    }
}

/// An answer as the value of an attribute; `None` for "searched, none".
pub(super) fn value_of(answer: Answer) -> Option<Value<'static>> {
    match answer {
        Answer::Word(word) => Some(Value::Text(word.into())),
        Answer::Flag(yes) => Some(Value::Flag(yes)),
        Answer::Number(number) => Some(Value::Number(number)),
        Answer::NoneFound | Answer::Unknown => None,
    }
}
