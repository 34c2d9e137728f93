//! Measured values as people read them.

use gisement::domain::Estimate;
use gisement::evaluation::Measured;
use gisement::evaluation::Unknown;
use gisement::units::Unit;
use gisement::words::Words;

/// A measured value: `1,3 km`, `entre 1 et 10`, `aucun à moins de 30 km`, `inconnu : la couche…`.
pub(crate) fn in_words(measured: &Measured, unit: Unit, words: &Words) -> String {
    match measured {
        Measured::Number(number) => words.quantity(*number, unit),
        Measured::Between { low, high } => between(*low, *high, unit, words),
        Measured::Estimate(estimate) => self::estimate(estimate, unit, words),
        Measured::StraightLine(number) => {
            words.fill("report.straight_line", &[("value", &words.quantity(*number, unit))])
        }
        Measured::StraightLineBetween { low, high } => {
            words.fill("report.straight_line", &[("value", &between(*low, *high, unit, words))])
        }
        // Codes of ours have a word; those of the standards are words already.
        Measured::Word(word) => ["owner", "trust", "mutability_value"]
            .iter()
            .find_map(|section| words.get(&format!("{section}.{word}")))
            .unwrap_or(word.as_str())
            .to_owned(),
        Measured::NoneFound { within } => words
            .fill("report.none_found", &[("within", &words.quantity(within.get(), Unit::Meter))]),
        Measured::NoneInTime { within } => words
            .fill("report.none_found", &[("within", &words.quantity(within.get(), Unit::Minute))]),
        Measured::Unknown(reason) => {
            format!("{} : {}", words.say("product.unknown"), why_unknown(reason, words))
        }
    }
}

/// A number that rests on part of what it is made of, or that is predicted within bounds.
pub(crate) fn estimate(estimate: &Estimate, unit: Unit, words: &Words) -> String {
    let key = match (estimate.high.is_finite(), estimate.known < 1.0) {
        (true, true) => "report.estimate",
        (true, false) => "report.estimate_within",
        (false, _) => "report.estimate_open",
    };
    words.fill(
        key,
        &[
            ("value", &words.quantity(estimate.value, unit)),
            ("low", &words.quantity(estimate.low, unit)),
            ("high", &words.quantity(estimate.high, unit)),
            ("known", &words.quantity(estimate.known, Unit::Share)),
        ],
    )
}

fn between(low: f64, high: f64, unit: Unit, words: &Words) -> String {
    let low = words.quantity(low, unit);
    if high.is_finite() {
        words.fill("report.between", &[("low", &low), ("high", &words.quantity(high, unit))])
    } else {
        words.fill("report.at_least", &[("low", &low)])
    }
}

/// The reason of an unknown value, as a sentence.
pub(crate) fn why_unknown(reason: &Unknown, words: &Words) -> String {
    gisement::io::deliver::layers::why_unknown(reason, words)
}
