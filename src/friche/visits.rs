//! Which sites to visit first: where what one finds on the spot would move the ranking most.
//!
//! For each site, every criterion of mutability that is unknown and that a visit answers is given each answer that the
//! method tells apart, all else staying as it is known; the site then stands elsewhere among the others. Its swing is the
//! number of places between the best and the worst of these, for one criterion alone or for all of a visit together.

use rayon::prelude::*;

use super::assessing;
use super::enrichment::Enrichment;
use super::mutability::Answer;
use super::mutability::Answers;
use super::mutability::CriterionKey;
use super::mutability::Grid;
use crate::domain::Friche;
use crate::domain::Territory;
use crate::evaluation::Assessment;
use crate::evaluation::Measure;
use crate::evaluation::PreparedMeasure;
use crate::evaluation::Ranked;
use crate::evaluation::Ranking;
use crate::evaluation::Verdict;

/// Sites of a visit list.
pub const VISITS: usize = 20;

/// Criteria that a visit, with a question to the town hall, answers: the questions that Mutafriches asks a person, and the area under
/// buildings, which can be seen.
pub const ANSWERED_BY_VISIT: [CriterionKey; 11] = [
    CriterionKey::SurfaceBati,
    CriterionKey::TypeProprietaire,
    CriterionKey::RaccordementEau,
    CriterionKey::EtatBatiInfrastructure,
    CriterionKey::PresencePollution,
    CriterionKey::ValeurArchitecturaleHistorique,
    CriterionKey::QualitePaysage,
    CriterionKey::QualiteVoieDesserte,
    CriterionKey::TrameVerteEtBleue,
    CriterionKey::PresenceEspecesProtegees,
    CriterionKey::PresenceZoneHumide,
];

/// What an answer would do to the place of a site.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Swing {
    /// The criterion that is not known.
    pub criterion: CriterionKey,
    /// Rank with the best answer, from 1.
    pub best_rank: usize,
    /// Rank with the worst answer, from 1.
    pub worst_rank: usize,
    /// Score with the best answer, 0 to 100.
    pub best_score: f64,
    /// Score with the worst answer, 0 to 100.
    pub worst_score: f64,
}

impl Swing {
    /// Places between the best and the worst answer.
    #[must_use]
    pub fn places(&self) -> usize {
        self.worst_rank - self.best_rank
    }
}

/// A site worth a visit.
#[derive(Debug, Clone, PartialEq)]
pub struct Visit {
    /// Position of its row in the ranking.
    pub row: usize,
    /// Rank if every unknown that a visit answers turned out for the best, from 1.
    pub best_rank: usize,
    /// Rank if every one turned out for the worst, from 1.
    pub worst_rank: usize,
    /// What each unknown criterion would do by itself, the widest swing first.
    pub swings: Vec<Swing>,
}

impl Visit {
    /// Places between the best and the worst outcome.
    #[must_use]
    pub fn places(&self) -> usize {
        self.worst_rank - self.best_rank
    }
}

/// The sites of a ranking where one visit would move the order most, widest swing first, at most `most`. Sites that a veto
/// excludes and sites of which a visit can tell nothing new are left out. The result does not depend on the number of
/// threads.
///
/// `ranking` is one of the friches of `territory` after [`super::prepare`] with `grid`.
#[must_use]
pub fn visits(territory: &Territory, ranking: &Ranking, grid: &Grid, most: usize) -> Vec<Visit> {
    let Some(layer) = &territory.friches else { return Vec::new() };
    let enrichment = Enrichment::new(territory);
    let measures: Vec<Option<PreparedMeasure<'_>>> = ranking
        .profile
        .criteria
        .iter()
        .map(|criterion| {
            let is_of_site = matches!(criterion.measure, Measure::Attribute { .. });
            is_of_site.then(|| PreparedMeasure::new(&criterion.measure, territory))
        })
        .collect();
    let mut visits: Vec<Visit> = ranking
        .rows
        .par_iter()
        .enumerate()
        .filter(|(_, row)| row.verdict != Verdict::Vetoed)
        .filter_map(|(at, row)| {
            let site = layer.entities.get(row.unit)?;
            let answers = assessing::answers(&enrichment.of(site));
            Outlook { ranking, measures: &measures, grid, at, row, site, answers }.visit()
        })
        .collect();
    visits.sort_by(|a, b| b.places().cmp(&a.places()).then(a.row.cmp(&b.row)));
    visits.truncate(most);
    visits
}

/// One site, and what it would be with other answers.
struct Outlook<'a> {
    ranking: &'a Ranking,
    measures: &'a [Option<PreparedMeasure<'a>>],
    grid: &'a Grid,
    at: usize,
    row: &'a Ranked,
    site: &'a Friche,
    answers: Answers,
}

impl Outlook<'_> {
    fn visit(&self) -> Option<Visit> {
        let unknown = ANSWERED_BY_VISIT
            .into_iter()
            .filter(|key| !self.grid.answer(&self.answers, *key).is_known());
        let (mut best, mut worst) = (self.answers.clone(), self.answers.clone());
        let mut swings = Vec::new();
        for key in unknown {
            let outcomes = self.grid.values_of(key).into_iter().map(|answer| {
                let mut answers = self.answers.clone();
                answers.set(key, answer);
                (self.placed(&answers), answer)
            });
            let mut outcomes: Vec<((usize, f64), Answer)> = outcomes.collect();
            // Best place first; where places are equal, the higher score.
            outcomes.sort_by(|((a, a_score), _), ((b, b_score), _)| {
                a.cmp(b).then(b_score.total_cmp(a_score))
            });
            let (
                Some(((best_rank, best_score), at_best)),
                Some(((worst_rank, worst_score), at_worst)),
            ) = (outcomes.first().copied(), outcomes.last().copied())
            else {
                continue;
            };
            best.set(key, at_best);
            worst.set(key, at_worst);
            swings.push(Swing { criterion: key, best_rank, worst_rank, best_score, worst_score });
        }
        if swings.is_empty() {
            return None;
        }
        swings.sort_by(|a, b| {
            let spread = |swing: &Swing| swing.best_score - swing.worst_score;
            b.places().cmp(&a.places()).then(spread(b).total_cmp(&spread(a)))
        });
        let ((one, _), (other, _)) = (self.placed(&best), self.placed(&worst));
        // A visit that answers a single question is a visit, too: answers together may cancel each other.
        let best_rank = swings.iter().map(|swing| swing.best_rank).fold(one.min(other), usize::min);
        let worst_rank =
            swings.iter().map(|swing| swing.worst_rank).fold(one.max(other), usize::max);
        Some(Visit { row: self.at, best_rank, worst_rank, swings })
    }

    /// Place among all rows, from 1, and score, if these were the answers after a visit.
    fn placed(&self, answers: &Answers) -> (usize, f64) {
        let suitability = assessing::of_answers(self.grid, answers, |_| "visit".into());
        let visit = self.site.visit.clone().or_else(|| Some(Default::default()));
        let site = Friche { suitability: Some(suitability), visit, ..self.site.clone() };
        let criteria = self.ranking.profile.criteria.iter().zip(self.measures);
        let assessments = criteria
            .zip(&self.row.assessments)
            .map(|((criterion, measure), found)| match measure {
                Some(measure) => Assessment::of(criterion, measure.take(&site)),
                None => found.clone(),
            })
            .collect();
        self.ranking.placed(self.at, assessments)
    }
}
