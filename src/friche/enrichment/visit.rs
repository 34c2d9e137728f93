//! What the user found out on the spot.

use super::Origin;
use crate::domain::Friche;
use crate::friche::mutability::Answer;
use crate::friche::mutability::CriterionKey;
use crate::friche::mutability::Form;

/// The answer of a visit; `None` where the user did not say anything. The reading of the file has checked each answer.
pub(super) fn answer(site: &Friche, criterion: CriterionKey) -> Option<(Answer, Origin)> {
    let visit = site.visit.as_ref()?;
    let said = visit.answers.get(criterion.as_str())?;
    Some((read(criterion, said)?, Origin::Visit { day: visit.day.clone() }))
}

/// An answer as a user writes it in a table: a word of the list, `oui` or `non`, a number in the unit of the criterion with
/// a comma or a point, `aucun` for searched and none. `None` for anything else.
#[must_use]
pub fn read(criterion: CriterionKey, said: &str) -> Option<Answer> {
    let said = said.trim();
    let plain = crate::domain::plain(said);
    match criterion.form() {
        Form::Words(words) => words
            .iter()
            .find(|word| **word == plain.replace(' ', "-"))
            .map(|word| Answer::Word(word)),
        Form::Flag => match plain.as_str() {
            "oui" | "true" | "vrai" | "1" => Some(Answer::Flag(true)),
            "non" | "false" | "faux" | "0" => Some(Answer::Flag(false)),
            _ => None,
        },
        Form::Number(unit) => {
            if matches!(plain.as_str(), "aucun" | "aucune" | "null") {
                return Some(Answer::NoneFound);
            }
            let number: String = said
                .chars()
                .filter(|letter| !letter.is_whitespace())
                .map(|letter| if letter == ',' { '.' } else { letter })
                .collect();
            number.parse().ok().filter(|number| unit.allows(*number)).map(Answer::Number)
        }
    }
}
