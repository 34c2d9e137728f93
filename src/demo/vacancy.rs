//! Private dwellings and how many are vacant, in proportions seen in LOVAC for rural communes.

use super::chance::Chance;
use super::places::CommuneFigures;
use super::records::Vacancy;

/// Draws the figures of a commune from its number of households.
///
/// Long vacancy is 1.8, 5.7 and 10.7 % of private dwellings at the 5th, 50th and 95th percentile of the communes
/// published in the two departments; half as much again is vacant for a shorter time.
pub(crate) fn vacancy(commune: &CommuneFigures, chance: &mut Chance) -> Vacancy {
    // Dwellings are households plus second homes and vacant dwellings, less social housing.
    let dwellings = (commune.households * chance.between(1.08, 1.28)).round().max(4.0);
    let long_share = chance.lognormal(0.055, 0.5).clamp(0.004, 0.16);
    let long = (dwellings * long_share).round();
    let vacant = (long + dwellings * chance.between(0.025, 0.05)).round();
    Vacancy {
        dwellings: dwellings as u32,
        vacant: vacant as u32,
        vacant_over_two_years: long.min(vacant) as u32,
    }
}
