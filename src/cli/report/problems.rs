//! Problems by kind: how many, one example, what to do.

use std::collections::BTreeMap;

use gisement::domain::Problem;
use gisement::domain::ProblemCode;
use gisement::io::problem_words;
use gisement::words::Words;
use serde_json::Value as Json;
use serde_json::json;

/// The problems of one kind.
pub(crate) struct Group<'a> {
    pub(crate) code: ProblemCode,
    pub(crate) count: usize,
    example: &'a Problem,
}

impl Group<'_> {
    /// The first of them as a sentence.
    pub(crate) fn example(&self, words: &Words) -> String {
        problem_words::in_words(self.example, words)
    }

    /// What can be done about it.
    pub(crate) fn hint<'w>(&self, words: &'w Words) -> &'w str {
        words.get(&format!("hint.{}", self.code.as_str())).unwrap_or_default()
    }

    pub(crate) fn json(&self, words: &Words) -> Json {
        json!({
            "code": self.code.as_str(),
            "severity": self.code.severity().as_str(),
            "count": self.count,
            "example": self.example(words),
            "hint": self.hint(words),
        })
    }
}

/// Groups problems by kind, the gravest kind first.
pub(crate) fn grouped<'a>(problems: impl Iterator<Item = &'a Problem>) -> Vec<Group<'a>> {
    let mut groups: BTreeMap<ProblemCode, Group<'a>> = BTreeMap::new();
    for problem in problems {
        let code = problem.code;
        groups.entry(code).or_insert(Group { code, count: 0, example: problem }).count += 1;
    }
    let mut groups: Vec<Group<'a>> = groups.into_values().collect();
    groups.sort_by_key(|group| (group.code.severity(), group.code));
    groups
}
