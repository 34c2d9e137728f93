//! Ranking what is described rather than measured.

use super::Assessment;
use super::LeftOut;
use super::Measured;
use super::Profile;
use super::Ranking;
use super::Unknown;
use super::ranking::order;
use super::ranking::row;

impl Ranking {
    /// Ranks units by answers that are already there: identifier, and one answer per criterion in the order of the
    /// profile. An answer that is missing at the end is unknown; answers beyond the criteria are not looked at. The
    /// conditions of the profile are not asked: whoever answers has chosen the candidates.
    #[must_use]
    pub fn of_answers(profile: &Profile, answers: Vec<(String, Vec<Measured>)>) -> Self {
        let n_units = answers.len();
        let mut rows: Vec<_> = answers
            .into_iter()
            .enumerate()
            .map(|(at, (id, answers))| {
                let mut answers = answers.into_iter();
                let assess = |criterion| {
                    let missing = |criterion: &super::Criterion| {
                        Measured::Unknown(Unknown::NoValue { attribute: criterion.id.clone() })
                    };
                    let answer = answers.next().unwrap_or_else(|| missing(criterion));
                    Assessment::of(criterion, answer)
                };
                let assessments = profile.criteria.iter().map(assess).collect();
                row(profile, id, at, assessments)
            })
            .collect();
        order(profile, &mut rows);
        let conditions = profile.conditions.iter();
        Self {
            profile: profile.clone(),
            n_units,
            left_out: conditions.map(|one| (one.id.clone(), LeftOut::default())).collect(),
            rows,
            robustness: None,
        }
    }
}
