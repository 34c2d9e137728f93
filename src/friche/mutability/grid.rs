//! A grid: one published version of the algorithm, as data.

use crate::evaluation::Label;

use super::answer::Answer;
use super::answer::Answers;
use super::criterion_key::CriterionKey;
use super::points::Points;
use super::points::Weight;
use super::usage::Use;

/// What an answer means for a use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Score {
    /// −2.
    VeryNegative,
    /// −1.
    Negative,
    /// 0.5, on both sides: it draws every index towards 50 %.
    Neutral,
    /// 1.
    Positive,
    /// 2.
    VeryPositive,
}

impl Score {
    const ALL: [Self; 5] =
        [Self::VeryNegative, Self::Negative, Self::Neutral, Self::Positive, Self::VeryPositive];

    /// The published number: −2, −1, 0.5, 1 or 2.
    #[must_use]
    pub fn get(self) -> f64 {
        match self {
            Self::VeryNegative => -2.0,
            Self::Negative => -1.0,
            Self::Neutral => 0.5,
            Self::Positive => 1.0,
            Self::VeryPositive => 2.0,
        }
    }

    /// The score of a published number.
    #[must_use]
    pub fn new(number: f64) -> Option<Self> {
        Self::ALL.into_iter().find(|score| score.get() == number)
    }

    /// Points for and against, at this weight.
    #[must_use]
    pub fn points(self, weight: Weight) -> (Points, Points) {
        // A weight in halves times a score in halves is quarters.
        let times = |score_halves: u32| Points::of_quarters(weight.halves() * score_halves);
        match self {
            Self::VeryNegative => (Points::ZERO, times(4)),
            Self::Negative => (Points::ZERO, times(2)),
            Self::Neutral => (times(1), times(1)),
            Self::Positive => (times(2), Points::ZERO),
            Self::VeryPositive => (times(4), Points::ZERO),
        }
    }
}

/// The scores of an answer, one a use, in the order of [`Use::ALL`].
pub(super) type Scores = [Score; Use::ALL.len()];

/// Where a bin ends, in the unit of the answers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Limit {
    /// The limit itself is in the next bin.
    Below(f64),
    /// The limit itself is in this bin.
    UpTo(f64),
}

impl Limit {
    fn holds(self, number: f64) -> bool {
        match self {
            Self::Below(limit) => number < limit,
            Self::UpTo(limit) => number <= limit,
        }
    }

    pub(super) fn get(self) -> f64 {
        match self {
            Self::Below(limit) | Self::UpTo(limit) => limit,
        }
    }
}

/// How answers become scores.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Scale {
    /// Bins in rising order, and what is beyond the last limit.
    Bins { bins: Vec<(Limit, Scores)>, beyond: Scores },
    /// Yes and no.
    Flags { yes: Scores, no: Scores },
    /// Words, in the order of the criterion.
    Words(Vec<(&'static str, Scores)>),
}

/// One criterion of a grid.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    pub(super) key: CriterionKey,
    pub(super) weight: Weight,
    pub(super) none_is_last_bin: bool,
    pub(super) scale: Scale,
}

impl Rule {
    /// The criterion.
    #[must_use]
    pub fn key(&self) -> CriterionKey {
        self.key
    }

    /// Its weight, 0.5 to 2 in the published grids.
    #[must_use]
    pub fn weight(&self) -> Weight {
        self.weight
    }

    /// What an answer means for a use; `None` when it gives no points: unknown, "none found" where the grid ignores it,
    /// or a word that came with a later version.
    #[must_use]
    pub fn score(&self, answer: Answer, usage: Use) -> Option<Score> {
        Some(self.scores(answer)?[usage.place()])
    }

    fn scores(&self, answer: Answer) -> Option<Scores> {
        match (&self.scale, answer) {
            (Scale::Bins { bins, beyond }, Answer::Number(number)) => {
                let bin = bins.iter().find(|(limit, _)| limit.holds(number));
                Some(bin.map_or(*beyond, |(_, scores)| *scores))
            }
            (Scale::Bins { beyond, .. }, Answer::NoneFound) => {
                self.none_is_last_bin.then_some(*beyond)
            }
            (Scale::Flags { yes, no }, Answer::Flag(flag)) => Some(if flag { *yes } else { *no }),
            (Scale::Words(words), Answer::Word(word)) => {
                words.iter().find(|(known, _)| *known == word).map(|(_, scores)| *scores)
            }
            _ => None,
        }
    }

    /// The answers that this grid tells apart: every word, yes and no, or one number in each bin.
    #[must_use]
    pub fn values(&self) -> Vec<Answer> {
        match &self.scale {
            Scale::Bins { bins, .. } => {
                let limits: Vec<f64> = bins.iter().map(|(limit, _)| limit.get()).collect();
                let from = [0.0].iter().chain(&limits);
                let middles = from.zip(&limits).map(|(low, high)| f64::midpoint(*low, *high));
                let beyond = limits.last().map_or(0.0, |last| 2.0 * last);
                middles.chain([beyond]).map(Answer::Number).collect()
            }
            Scale::Flags { .. } => vec![Answer::Flag(true), Answer::Flag(false)],
            Scale::Words(words) => words.iter().map(|(word, _)| Answer::Word(word)).collect(),
        }
    }
}

/// A rule that makes uses impossible, when all its conditions hold. What is unknown never excludes.
#[derive(Debug, Clone, PartialEq)]
pub struct Exclusion {
    pub(super) uses: Vec<Use>,
    pub(super) when: Vec<(CriterionKey, Answer)>,
}

impl Exclusion {
    /// The uses that it excludes.
    #[must_use]
    pub fn uses(&self) -> &[Use] {
        &self.uses
    }

    /// The answers that must all be given.
    #[must_use]
    pub fn when(&self) -> &[(CriterionKey, Answer)] {
        &self.when
    }

    /// Whether all conditions hold.
    #[must_use]
    pub fn holds(&self, grid: &Grid, answers: &Answers) -> bool {
        self.when.iter().all(|(key, wanted)| grid.answer(answers, *key) == *wanted)
    }
}

/// How one criterion is answered from another where nobody stated it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Derived {
    pub(super) key: CriterionKey,
    pub(super) from: CriterionKey,
    pub(super) above: f64,
    pub(super) then: Answer,
    pub(super) otherwise: Answer,
}

/// One version of the algorithm.
#[derive(Debug, Clone, PartialEq)]
pub struct Grid {
    pub(super) id: String,
    pub(super) version: String,
    pub(super) date: String,
    pub(super) label: Label,
    pub(super) source: String,
    pub(super) use_words: Vec<(Use, String)>,
    pub(super) derived: Derived,
    pub(super) rules: Vec<Rule>,
    pub(super) exclusions: Vec<Exclusion>,
}

impl Grid {
    /// Identifier, such as `mutafriches-v1.19`.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Version as published, such as `v1.19`.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Day of publication, ISO 8601.
    #[must_use]
    pub fn date(&self) -> &str {
        &self.date
    }

    /// What is new in this version.
    #[must_use]
    pub fn label(&self) -> &Label {
        &self.label
    }

    /// Where the figures come from.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The criteria, in the published order.
    #[must_use]
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// The rule of a criterion, when this version has it.
    #[must_use]
    pub fn rule(&self, key: CriterionKey) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.key == key)
    }

    /// The rules that exclude.
    #[must_use]
    pub fn exclusions(&self) -> &[Exclusion] {
        &self.exclusions
    }

    /// The sum of all weights.
    #[must_use]
    pub fn total_weight(&self) -> Weight {
        self.rules.iter().map(Rule::weight).sum()
    }

    /// The key of a use's name in the section `use` of the catalogue: its code, unless this version calls it otherwise.
    #[must_use]
    pub fn use_word(&self, usage: Use) -> &str {
        let other = self.use_words.iter().find(|(renamed, _)| *renamed == usage);
        other.map_or(usage.as_str(), |(_, word)| word)
    }

    /// The answers to a criterion that this version tells apart; empty when it has no such criterion.
    #[must_use]
    pub fn values_of(&self, key: CriterionKey) -> Vec<Answer> {
        self.rule(key).map(Rule::values).unwrap_or_default()
    }

    /// The answer to a criterion: as stated, else derived where this version derives it (buildings of more than 20 m²
    /// are connected to water; no buildings found are not), else unknown.
    #[must_use]
    pub fn answer(&self, answers: &Answers, key: CriterionKey) -> Answer {
        let stated = answers.get(key);
        if stated.is_known() || key != self.derived.key {
            return stated;
        }
        match answers.get(self.derived.from) {
            Answer::Number(number) if number > self.derived.above => self.derived.then,
            Answer::Number(_) | Answer::NoneFound => self.derived.otherwise,
            _ => Answer::Unknown,
        }
    }

    /// Whether an answer to a criterion is not stated but derived.
    #[must_use]
    pub fn is_derived(&self, answers: &Answers, key: CriterionKey) -> bool {
        !answers.get(key).is_known() && self.answer(answers, key).is_known()
    }
}
