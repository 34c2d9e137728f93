//! Words about requests: conditions, limits, verdicts, who can say what is unknown.

use crate::domain::LayerKey;
use crate::domain::Territory;
use crate::evaluation::Measured;
use crate::io::deliver::layers;
use crate::request::Asked;
use crate::request::Candidate;
use crate::request::CandidateKind;
use crate::request::NearMiss;
use crate::request::Question;
use crate::request::Verdict;
use crate::request::VerdictResult;
use crate::units::Unit;
use crate::words::Words;

/// What a kind of candidate is called.
#[must_use]
pub fn kind_told(kind: CandidateKind, words: &Words) -> &str {
    words.get(&format!("candidate.{}", kind.as_str())).unwrap_or(kind.as_str())
}

/// `oui`, `non` or `inconnu`.
#[must_use]
pub fn result_told(result: VerdictResult, words: &Words) -> &str {
    words.say(match result {
        VerdictResult::Pass => "verdict_result.pass",
        VerdictResult::Fail => "verdict_result.fail",
        VerdictResult::Unknown => "verdict_result.unknown",
    })
}

/// The label of a condition.
#[must_use]
pub fn label<'w>(asked: &'w Asked, words: &'w Words) -> &'w str {
    words.pick(&asked.label.fr, &asked.label.en)
}

/// What a condition wants: `de 3,50 ha à 5,00 ha`, `au plus 45 min`, `libre ou friche`.
#[must_use]
pub fn limits_told(territory: &Territory, asked: &Asked, words: &Words) -> String {
    let told = |number: f64| words.quantity(number, asked.unit);
    match (&asked.one_of, asked.min, asked.max) {
        (Some(list), _, _) if asked.question == Question::Commune => {
            let names: Vec<String> =
                list.iter().map(|code| commune_name(territory, code)).collect();
            match names.as_slice() {
                [a] => a.clone(),
                [a, b] => words.fill("request.or", &[("a", a), ("b", b)]),
                _ => words.fill("request.n_communes", &[("n", &words.count(names.len()))]),
            }
        }
        (Some(list), _, _) => list
            .iter()
            .map(|word| word_told(asked, word, words))
            .reduce(|a, b| words.fill("request.or", &[("a", &a), ("b", &b)]))
            .unwrap_or_default(),
        (None, Some(min), Some(max)) => {
            words.fill("request.from_to", &[("min", &told(min)), ("max", &told(max))])
        }
        (None, Some(min), None) => words.fill("request.at_least", &[("min", &told(min))]),
        (None, None, Some(max)) => words.fill("request.at_most", &[("max", &told(max))]),
        (None, None, None) => String::new(),
    }
}

/// What was found on a condition, and the reason where it is unknown.
#[must_use]
pub fn verdict_told(
    territory: &Territory,
    asked: &Asked,
    verdict: &Verdict,
    words: &Words,
) -> String {
    match (&asked.question, &verdict.measured) {
        (Question::Commune, Measured::Word(code)) => commune_name(territory, code),
        (Question::Availability, Measured::Word(word)) => word_told(asked, word, words),
        _ => layers::measured_told(&verdict.measured, asked.unit, words),
    }
}

/// A word of a condition: classes of availability have one in each language.
fn word_told(asked: &Asked, word: &str, words: &Words) -> String {
    let told = match asked.question {
        Question::Availability => words.get(&format!("availability.{word}")),
        _ => None,
    };
    told.unwrap_or(word).to_owned()
}

fn commune_name(territory: &Territory, code: &str) -> String {
    let commune = code.parse().ok().and_then(|insee| territory.commune(insee));
    commune.map_or_else(|| code.to_owned(), |commune| commune.name.clone())
}

/// Where a candidate lies: commune, and EPCI where it is known.
#[must_use]
pub fn place_told(territory: &Territory, candidate: &Candidate<'_>) -> String {
    let Some(insee) = candidate.commune else { return String::new() };
    let commune =
        territory.commune(insee).map_or_else(|| insee.to_string(), |commune| commune.name.clone());
    match territory.epci_of(insee) {
        Some(epci) => format!("{commune} ({})", epci.name),
        None => commune,
    }
}

/// What a near miss fails, with the gap.
#[must_use]
pub fn fails_told(
    territory: &Territory,
    asked: &[Asked],
    miss: &NearMiss,
    verdicts: &[Verdict],
    words: &Words,
) -> String {
    let each = miss.fails.iter().map(|fail| {
        let one = &asked[fail.condition];
        let value = verdict_told(territory, one, &verdicts[fail.condition], words);
        let name = label(one, words);
        match fail.gap {
            Some(gap) => words.fill(
                "request.fail_gap",
                &[("label", name), ("value", &value), ("gap", &words.quantity(gap, one.unit))],
            ),
            None => words.fill("request.fail_word", &[("label", name), ("value", &value)]),
        }
    });
    each.collect::<Vec<_>>().join(" ; ")
}

/// What is unknown of a candidate, and who can say it.
#[must_use]
pub fn asks(asked: &[Asked], verdicts: &[Verdict], words: &Words) -> Vec<String> {
    let unknown =
        asked.iter().zip(verdicts).filter(|(_, verdict)| verdict.result == VerdictResult::Unknown);
    unknown
        .map(|(asked, verdict)| {
            let what = label(asked, words);
            let who = who_knows(asked, &verdict.measured)
                .and_then(|key| words.get(&format!("ask.{key}")))
                .unwrap_or_else(|| words.say("request.ask_epci"));
            words.fill("land.ask_item", &[("what", what), ("who", who)])
        })
        .collect()
}

/// The layer whose producer can say what is unknown.
fn who_knows<'a>(asked: &'a Asked, measured: &Measured) -> Option<&'a str> {
    match &asked.question {
        // Land without a known net area wants buildings.
        Question::Measure(measure) if asked.unit == Unit::SquareMeter => match measured {
            Measured::Unknown(_) => Some(LayerKey::BUILDINGS),
            _ => layers::answered_by(measure),
        },
        Question::Measure(measure) => layers::answered_by(measure),
        Question::RectangleOfWidth(_) => Some(LayerKey::BUILDINGS),
        Question::MinutesTo(_) => Some(LayerKey::ROADS),
        Question::WorksStage | Question::Price => Some(LayerKey::TERRAINS),
        Question::Commune | Question::Availability | Question::MetersTo(_) => None,
    }
}
