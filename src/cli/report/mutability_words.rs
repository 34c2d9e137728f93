//! Criteria, answers and uses of mutability as words.

use gisement::friche::mutability::Answer;
use gisement::friche::mutability::Answers;
use gisement::friche::mutability::CriterionKey;
use gisement::friche::mutability::Detail;
use gisement::friche::mutability::Form;
use gisement::friche::mutability::Grid;
use gisement::friche::mutability::Mutability;
use gisement::friche::mutability::NumberUnit;
use gisement::friche::mutability::Use;
use gisement::units::Unit;
use gisement::words::Words;
use serde_json::Value as Json;

/// The name of a use, as this version calls it.
pub(crate) fn usage<'a>(grid: &'a Grid, usage: Use, words: &'a Words) -> &'a str {
    words.get(&format!("use.{}", grid.use_word(usage))).unwrap_or_else(|| usage.as_str())
}

/// The name of a criterion.
pub(crate) fn criterion(key: CriterionKey, words: &Words) -> &str {
    words.get(&format!("mutability_criterion.{key}")).unwrap_or_else(|| key.as_str())
}

/// Several criteria in a row.
pub(crate) fn criteria(keys: &[CriterionKey], words: &Words) -> String {
    keys.iter().map(|key| criterion(*key, words)).collect::<Vec<_>>().join(", ")
}

/// Points or a weight without needless decimals: `4`, `8,5`, `0,25`.
pub(crate) fn figure(value: f64, words: &Words) -> String {
    let decimals = (0..2).find(|decimals| (value * 10f64.powi(*decimals)).fract() == 0.0);
    words.number(value, decimals.map_or(2, |decimals| decimals as usize))
}

/// An index: `70,2 %`.
pub(crate) fn percent(value: f64, words: &Words) -> String {
    words.fill("mutability.percent", &[("value", &words.number(value, 1))])
}

/// An answer in words.
pub(crate) fn answer(key: CriterionKey, answer: Answer, words: &Words) -> String {
    match (answer, key.form()) {
        (Answer::Word(word), _) => {
            words.get(&format!("mutability_value.{word}")).unwrap_or(word).to_owned()
        }
        (Answer::Flag(flag), _) => {
            words.say(if flag { "product.yes" } else { "product.no" }).to_owned()
        }
        (Answer::Number(number), Form::Number(NumberUnit::SquareMeters)) => {
            words.quantity(number, Unit::SquareMeter)
        }
        (Answer::Number(number), Form::Number(NumberUnit::Meters)) => {
            words.quantity(number, Unit::Meter)
        }
        (Answer::Number(number), _) => percent(number, words),
        (Answer::NoneFound, _) => words.say("mutability.none_found").to_owned(),
        (Answer::Unknown, _) => words.say("product.unknown").to_owned(),
    }
}

/// `Zonage d'urbanisme : zone urbaine (U)`.
pub(crate) fn answered(detail: &Detail, words: &Words) -> String {
    let mut value = answer(detail.key, detail.answer, words);
    if detail.is_derived {
        value = words.fill("mutability.derived", &[("value", &value)]);
    }
    let criterion = criterion(detail.key, words);
    words.fill("mutability.answered", &[("criterion", criterion), ("value", &value)])
}

/// An answer as JSON: as it is written in a file of answers.
pub(crate) fn json(answer: Answer) -> Json {
    match answer {
        Answer::Word(word) => word.into(),
        Answer::Flag(flag) => flag.into(),
        Answer::Number(number) => number.into(),
        Answer::NoneFound => Json::Null,
        Answer::Unknown => "ne-sait-pas".into(),
    }
}

/// What of the answers had no effect, and why.
pub(crate) fn asides(
    grid: &Grid,
    answers: &Answers,
    found: &Mutability,
    words: &Words,
) -> Vec<String> {
    let mut lines = Vec::new();
    for (key, list) in [
        ("mutability.not_in_version", &found.not_in_version),
        ("mutability.other_word", &found.word_of_another_version),
    ] {
        if !list.is_empty() {
            let names: Vec<&str> = list.iter().map(|key| key.as_str()).collect();
            let places = [("version", grid.version()), ("list", &names.join(", "))];
            lines.push(words.fill(key, &places));
        }
    }
    if !answers.not_scored().is_empty() {
        let list = answers.not_scored().join(", ");
        lines.push(words.fill("mutability.not_scored", &[("list", &list)]));
    }
    lines
}
