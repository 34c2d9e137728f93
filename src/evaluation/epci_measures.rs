//! Measures of places asked of an EPCI: its communes are measured, and weighed.
//!
//! The outline of an EPCI touches a station that most of its people are far from. So a distance, a drive or a count is the
//! mean of the communes by their households: what the average household has. A share of land is weighed by area, which
//! gives the share of the whole.

use super::Measure;
use super::Measured;
use super::PreparedMeasure;
use super::Unknown;
use crate::domain::Commune;
use crate::domain::Entity;
use crate::domain::Siren;
use crate::domain::Territory;
use crate::units::SquareMeters;

/// What a commune counts for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weighing {
    Area,
    Households,
}

/// How the communes of an EPCI are weighed for a measure; `None` for what an EPCI has itself: figures, attributes, area.
pub(super) fn weighing_of(measure: &Measure) -> Option<Weighing> {
    match measure {
        Measure::ShareWithin { .. } => Some(Weighing::Area),
        Measure::DistanceTo { .. }
        | Measure::CountWithin { .. }
        | Measure::SumWithin { .. }
        | Measure::RoadDistanceTo { .. }
        | Measure::RoadMinutesTo { .. }
        | Measure::ReachOf { .. } => Some(Weighing::Households),
        Measure::Area
        | Measure::Compactness
        | Measure::Attribute { .. }
        | Measure::CommuneFigure { .. } => None,
    }
}

/// The mean over the communes of an EPCI. What is unknown in some leaves bounds: no measure of places is below zero, and
/// only shares have an upper end.
pub(super) fn over_communes(
    prepared: &PreparedMeasure<'_>,
    territory: &Territory,
    siren: Siren,
) -> Measured {
    let of_epci = |commune: &&Commune| commune.epci == Some(siren);
    let communes: Vec<&Commune> = territory.communes.entities.iter().filter(of_epci).collect();
    let measure = prepared.measure();
    let weighing = weighing_of(measure).unwrap_or(Weighing::Households);
    let weights = weights(&communes, weighing);
    let total: f64 = weights.iter().sum();
    let most = if weighing == Weighing::Area { 1.0 } else { f64::INFINITY };
    let mut mean = Mean::default();
    for (commune, weight) in communes.iter().zip(&weights).filter(|(_, weight)| **weight > 0.0) {
        let answer = prepared.take_alone(*commune);
        mean.add(answer, *weight, most, measure);
    }
    mean.told(total)
}

/// A weighted mean in the making.
#[derive(Default)]
struct Mean {
    low: f64,
    high: f64,
    n_known: usize,
    is_straight: bool,
    /// Why a commune is not known.
    why: Option<Unknown>,
    /// "Searched, none" of a commune, and how many communes say so.
    none: Option<Measured>,
    n_none: usize,
}

impl Mean {
    fn add(&mut self, answer: Measured, weight: f64, most: f64, measure: &Measure) {
        self.is_straight |= answer.is_straight_line();
        let bounds = match &answer {
            Measured::NoneFound { within } => Some((within.get(), f64::INFINITY)),
            Measured::NoneInTime { within } => Some((within.get(), f64::INFINITY)),
            other => other.bounds().filter(|(low, _)| *low >= 0.0),
        };
        let (low, high) = bounds.unwrap_or((0.0, most));
        self.low += weight * low;
        self.high += weight * high;
        self.n_known += usize::from(bounds.is_some());
        match answer {
            none if none.is_none() => {
                self.n_none += 1;
                self.none = Some(none);
            }
            Measured::Unknown(reason) => self.why = Some(reason),
            _ if bounds.is_none() => {
                let attribute = measure.layer().unwrap_or_default().to_owned();
                self.why = Some(Unknown::NoValue { attribute });
            }
            _ => {}
        }
    }

    /// The mean over `total` weight.
    fn told(self, total: f64) -> Measured {
        match (self.why, self.none) {
            (Some(why), _) if self.n_known == 0 => return Measured::Unknown(why),
            (None, Some(none)) if self.n_none == self.n_known => return none,
            _ if self.n_known == 0 => return Measured::Unknown(Unknown::NoArea),
            _ => {}
        }
        let (low, high) = (self.low / total, self.high / total);
        match (low < high, self.is_straight) {
            (false, false) => Measured::Number(low),
            (false, true) => Measured::StraightLine(low),
            (true, false) => Measured::Between { low, high },
            (true, true) => Measured::StraightLineBetween { low, high },
        }
    }
}

/// What each commune counts for: its area or its households; all the same where that is not known of one.
fn weights(communes: &[&Commune], weighing: Weighing) -> Vec<f64> {
    let weight = |commune: &&Commune| match weighing {
        Weighing::Area => commune.area().map(SquareMeters::get),
        Weighing::Households => commune.households.map(f64::from),
    };
    let weights: Option<Vec<f64>> = communes.iter().map(weight).collect();
    match weights {
        Some(weights) if weights.iter().sum::<f64>() > 0.0 => weights,
        _ => vec![1.0; communes.len()],
    }
}
