//! The algorithm: points for and against each use, index, rank, reliability.

use super::answer::Answer;
use super::answer::Answers;
use super::criterion_key::CriterionKey;
use super::grid::Grid;
use super::grid::Score;
use super::points::Index;
use super::points::Points;
use super::points::Weight;
use super::usage::Use;

/// What one criterion says about one use.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Detail {
    /// The criterion.
    pub key: CriterionKey,
    /// The answer: stated, derived or unknown.
    pub answer: Answer,
    /// Whether the answer was derived from another one.
    pub is_derived: bool,
    /// The weight of the criterion.
    pub weight: Weight,
    /// What the answer means for the use; `None` when it gives no points.
    pub score: Option<Score>,
    /// Points for the use.
    pub advantages: Points,
    /// Points against the use.
    pub constraints: Points,
}

/// The class of an index, as published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Potential {
    /// 70 % or more.
    Excellent,
    /// 60 % or more.
    VeryGood,
    /// 50 % or more.
    Good,
    /// 40 % or more.
    Fair,
    /// Below 40 %.
    Poor,
    /// Nothing is known that counts: the index is 0 as published, and says nothing.
    Unknown,
    /// A rule excludes the use, whatever its index.
    Excluded,
}

impl Potential {
    fn of(index: Index) -> Self {
        match index.tenths() {
            700.. => Self::Excellent,
            600.. => Self::VeryGood,
            500.. => Self::Good,
            400.. => Self::Fair,
            _ => Self::Poor,
        }
    }

    /// A word for programs: `excellent`, `very-good`, `good`, `fair`, `poor`, `unknown`, `excluded`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Excellent => "excellent",
            Self::VeryGood => "very-good",
            Self::Good => "good",
            Self::Fair => "fair",
            Self::Poor => "poor",
            Self::Unknown => "unknown",
            Self::Excluded => "excluded",
        }
    }
}

/// One use of one site.
#[derive(Debug, Clone, PartialEq)]
pub struct UseAssessment {
    /// The use.
    pub usage: Use,
    /// Points for it in percent of all; kept when the use is excluded.
    pub index: Index,
    /// Points for it.
    pub advantages: Points,
    /// Points against it.
    pub constraints: Points,
    /// Place among the seven uses, 1 to 7: by falling index, ties in the published order, excluded uses last.
    pub rank: usize,
    /// The criteria whose answers exclude the use; empty when none does.
    pub excluded_because: Vec<CriterionKey>,
    /// What each criterion of the grid says, in its order.
    pub details: Vec<Detail>,
}

impl UseAssessment {
    /// Whether a rule makes the use impossible.
    #[must_use]
    pub fn is_excluded(&self) -> bool {
        !self.excluded_because.is_empty()
    }

    /// Whether anything counts for or against the use. Without, the index is 0 as published, and says nothing.
    #[must_use]
    pub fn has_points(&self) -> bool {
        self.advantages + self.constraints > Points::ZERO
    }

    /// The class of the index.
    #[must_use]
    pub fn potential(&self) -> Potential {
        if self.is_excluded() {
            Potential::Excluded
        } else if self.has_points() {
            Potential::of(self.index)
        } else {
            Potential::Unknown
        }
    }
}

/// How much of the weight rests on known answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reliability {
    note_halves: u32,
    /// Weight of the criteria that are known ("searched, none" is).
    pub known: Weight,
    /// Weight of all criteria of the grid.
    pub total: Weight,
    /// Criteria that are known.
    pub n_known: usize,
    /// Criteria of the grid.
    pub n_criteria: usize,
}

impl Reliability {
    /// The note, 0 to 10 in steps of 0.5.
    #[must_use]
    pub fn note(&self) -> f64 {
        f64::from(self.note_halves) / 2.0
    }

    /// The class of the note, as published.
    #[must_use]
    pub fn level(&self) -> ReliabilityLevel {
        match self.note_halves {
            18.. => ReliabilityLevel::VeryReliable,
            14.. => ReliabilityLevel::Reliable,
            10.. => ReliabilityLevel::FairlyReliable,
            6.. => ReliabilityLevel::LittleReliable,
            _ => ReliabilityLevel::VeryLittleReliable,
        }
    }
}

/// The class of a note of reliability.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReliabilityLevel {
    /// 9 or more.
    VeryReliable,
    /// 7 or more.
    Reliable,
    /// 5 or more.
    FairlyReliable,
    /// 3 or more.
    LittleReliable,
    /// Below 3.
    VeryLittleReliable,
}

impl ReliabilityLevel {
    /// A word for programs: `very-reliable`, `reliable`, `fairly-reliable`, `little-reliable`, `very-little-reliable`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::VeryReliable => "very-reliable",
            Self::Reliable => "reliable",
            Self::FairlyReliable => "fairly-reliable",
            Self::LittleReliable => "little-reliable",
            Self::VeryLittleReliable => "very-little-reliable",
        }
    }
}

/// The seven uses of one site by one grid.
#[derive(Debug, Clone, PartialEq)]
pub struct Mutability {
    /// Identifier of the grid.
    pub profile: String,
    /// One entry a use, in the published order.
    pub uses: Vec<UseAssessment>,
    /// How much of it is known.
    pub reliability: Reliability,
    /// Criteria of the grid that nobody knows, with their weight: heaviest first, then in the grid's order.
    pub unknown: Vec<(CriterionKey, Weight)>,
    /// Criteria that are answered and that this version does not have.
    pub not_in_version: Vec<CriterionKey>,
    /// Criteria whose answer is a word of another version: known, without points.
    pub word_of_another_version: Vec<CriterionKey>,
}

impl Mutability {
    /// The uses by rank, the best first.
    #[must_use]
    pub fn by_rank(&self) -> Vec<&UseAssessment> {
        let mut uses: Vec<&UseAssessment> = self.uses.iter().collect();
        uses.sort_by_key(|one| one.rank);
        uses
    }

    /// One use.
    #[must_use]
    pub fn get(&self, usage: Use) -> Option<&UseAssessment> {
        self.uses.iter().find(|one| one.usage == usage)
    }
}

/// Scores a site by a grid. Exact: points are whole quarters, the index is rounded once.
#[must_use]
pub fn assess(grid: &Grid, answers: &Answers) -> Mutability {
    let mut uses: Vec<UseAssessment> =
        Use::ALL.into_iter().map(|usage| assess_use(grid, answers, usage)).collect();
    set_ranks(&mut uses);
    let known = |key| grid.answer(answers, key).is_known();
    let mut unknown: Vec<(CriterionKey, Weight)> = grid
        .rules()
        .iter()
        .filter(|rule| !known(rule.key()))
        .map(|rule| (rule.key(), rule.weight()))
        .collect();
    unknown.sort_by_key(|(_, weight)| std::cmp::Reverse(*weight));
    let answered = || answers.iter().filter(|(_, answer)| answer.is_known());
    let is_foreign_word = |key, answer| {
        let rule = grid.rule(key);
        matches!(answer, Answer::Word(_))
            && rule.is_some_and(|rule| rule.score(answer, Use::Residentiel).is_none())
    };
    Mutability {
        profile: grid.id().to_owned(),
        reliability: reliability(grid, &unknown),
        uses,
        unknown,
        not_in_version: answered()
            .map(|(key, _)| key)
            .filter(|key| grid.rule(*key).is_none())
            .collect(),
        word_of_another_version: answered()
            .filter(|(key, answer)| is_foreign_word(*key, *answer))
            .map(|(key, _)| key)
            .collect(),
    }
}

/// Points for and against a use.
fn assess_use(grid: &Grid, answers: &Answers, usage: Use) -> UseAssessment {
    let details: Vec<Detail> = grid
        .rules()
        .iter()
        .map(|rule| {
            let answer = grid.answer(answers, rule.key());
            let score = rule.score(answer, usage);
            let (advantages, constraints) =
                score.map(|score| score.points(rule.weight())).unwrap_or_default();
            Detail {
                key: rule.key(),
                answer,
                is_derived: grid.is_derived(answers, rule.key()),
                weight: rule.weight(),
                score,
                advantages,
                constraints,
            }
        })
        .collect();
    let (mut advantages, mut constraints) = (Points::ZERO, Points::ZERO);
    for detail in &details {
        advantages += detail.advantages;
        constraints += detail.constraints;
    }
    let mut excluded_because: Vec<CriterionKey> = Vec::new();
    let holding = grid.exclusions().iter().filter(|rule| rule.holds(grid, answers));
    for rule in holding.filter(|rule| rule.uses().contains(&usage)) {
        for (key, _) in rule.when() {
            if !excluded_because.contains(key) {
                excluded_because.push(*key);
            }
        }
    }
    UseAssessment {
        usage,
        index: Index::of(advantages, constraints),
        advantages,
        constraints,
        rank: 0,
        excluded_because,
        details,
    }
}

fn set_ranks(uses: &mut [UseAssessment]) {
    let mut order: Vec<usize> = (0..uses.len()).collect();
    // A stable sort: uses of the same index stay in the published order.
    order.sort_by_key(|at| (uses[*at].is_excluded(), std::cmp::Reverse(uses[*at].index)));
    for (place, at) in order.into_iter().enumerate() {
        uses[at].rank = place + 1;
    }
}

fn reliability(grid: &Grid, unknown: &[(CriterionKey, Weight)]) -> Reliability {
    let is_known = |key| !unknown.iter().any(|(one, _)| *one == key);
    let known_rules = || grid.rules().iter().filter(|rule| is_known(rule.key()));
    let known: Weight = known_rules().map(|rule| rule.weight()).sum();
    let total = grid.total_weight();
    // floor(20·known/total + 1/2), in whole numbers.
    let note_halves =
        (40 * known.halves() + total.halves()).checked_div(2 * total.halves()).unwrap_or(0);
    Reliability {
        note_halves,
        known,
        total,
        n_known: known_rules().count(),
        n_criteria: grid.rules().len(),
    }
}
