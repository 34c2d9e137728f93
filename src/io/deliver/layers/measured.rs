//! Measured values as people read them.

use super::why_unknown;
use crate::domain::Estimate;
use crate::evaluation::Measure;
use crate::evaluation::Measured;
use crate::units::Unit;
use crate::words::Words;

/// A measured value: `1,3 km`, `entre 1 et 10`, `aucun à moins de 30 km`, `inconnu : la couche…`.
#[must_use]
pub fn measured_told(measured: &Measured, unit: Unit, words: &Words) -> String {
    match measured {
        Measured::Number(number) => words.quantity(*number, unit),
        Measured::Between { low, high } => between(*low, *high, unit, words),
        Measured::Estimate(estimate) => estimate_told(estimate, unit, words),
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
#[must_use]
pub fn estimate_told(estimate: &Estimate, unit: Unit, words: &Words) -> String {
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

/// The layer that answers a measure of land, or would: whose producer knows what is unknown.
#[must_use]
pub fn answered_by(measure: &Measure) -> Option<&str> {
    match measure {
        Measure::Attribute { name } => match name.as_str() {
            "slope_share" => Some("elevation"),
            "owner" => Some("owners"),
            "planning" => Some("zoning"),
            "frontage_m" => Some("roads"),
            "price_eur_m2" => Some("sales"),
            "built_share" | "availability" => Some("buildings"),
            "net_area_m2" | "rectangle_width_m" | "rectangle_share" | "gross_area_m2" => {
                Some("parcels")
            }
            _ => None,
        },
        other => other.layer(),
    }
}

fn between(low: f64, high: f64, unit: Unit, words: &Words) -> String {
    let low = words.quantity(low, unit);
    if high.is_finite() {
        words.fill("report.between", &[("low", &low), ("high", &words.quantity(high, unit))])
    } else {
        words.fill("report.at_least", &[("low", &low)])
    }
}
