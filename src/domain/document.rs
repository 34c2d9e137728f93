//! Planning documents: which communes they speak for, and whether they are in force.

use std::collections::BTreeSet;

use super::CodeInsee;

/// A planning document as `doc_urba` and `doc_urba_com` describe it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PlanningDocument {
    /// `idurba`: `82112_PLU_20210304`. Compared without regard to case: producers write PLUi and PLUI.
    pub id: Box<str>,
    /// `typedoc`: PLU, PLUi, CC, POS, PSMV; when given.
    pub kind: Option<Box<str>>,
    /// `etat` as written: 03 in force, 04 cancelled, 05 replaced, 06 partly cancelled…; when given.
    pub state: Option<Box<str>>,
    /// `datappro`, eight digits; when given.
    pub approved: Option<Box<str>>,
    /// Communes of the document: the only true perimeter of a partial PLUi. Empty when not given.
    pub communes: BTreeSet<CodeInsee>,
}

impl PlanningDocument {
    /// Whether the document no longer applies: cancelled or replaced (CNIG `etat` 04, 05, 07, 08), or ended.
    #[must_use]
    pub fn is_ended(&self) -> bool {
        let code = self.state.as_deref().unwrap_or_default().trim();
        matches!(code.trim_start_matches('0'), "4" | "5" | "7" | "8")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_of_the_standard() {
        let with = |state: &str| PlanningDocument {
            state: Some(state.into()),
            ..PlanningDocument::default()
        };
        assert!(!with("03").is_ended());
        assert!(with("05").is_ended() && with("4").is_ended());
        assert!(!PlanningDocument::default().is_ended());
    }
}
