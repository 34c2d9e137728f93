//! What an officer of the EPCI says of a land unit goes before what the layers say: states and counts follow it.

use std::collections::BTreeSet;

use super::availability::by_declaration;
use super::declared::Declared;
use super::declared::DeclaredState;
use super::declared::spelling;
use super::occupation::of_word;
use super::survey::count;
use crate::domain::Availability;
use crate::domain::LandStock;
use crate::domain::LandUnit;
use crate::domain::Occupation;
use crate::domain::Reason;
use crate::domain::Territory;
use crate::evaluation::LandRules;

/// What is said of one land unit, in the words of the CNIG standard; `None` where nothing is said.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OfficerWord {
    /// Position of the unit in the stock.
    pub unit: usize,
    /// `terr_stade_amngt`.
    pub works_stage: Option<String>,
    /// `terr_stade_comm`.
    pub sale_stage: Option<String>,
    /// `terr_etat_occup`.
    pub occupation: Option<String>,
}

/// Puts the officer's words in place of the states of the units they are about, and counts their zones again. A word
/// that the standard does not have makes the occupation unknown: it cannot be counted. Land that the law forbids to build
/// on stays so.
pub fn hear(
    stock: &mut LandStock,
    territory: &Territory,
    rules: &LandRules,
    words: &[OfficerWord],
) {
    let declared = Declared::new(territory);
    let mut touched = BTreeSet::new();
    for word in words {
        let Some(unit) = stock.units.entities.get_mut(word.unit) else { continue };
        touched.insert(unit.zone);
        let before = unit.declared.map(|at| declared.state(at)).unwrap_or_default();
        apply(unit, before, word);
    }
    for zone in touched {
        let units: Vec<&LandUnit> =
            stock.units.entities.iter().filter(|unit| unit.zone == zone).collect();
        let counted = count(&units, rules.free_m2);
        if let Some(zone) = stock.zones.entities.get_mut(zone) {
            zone.units = counted;
        }
    }
}

fn apply(unit: &mut LandUnit, before: DeclaredState, word: &OfficerWord) {
    let said = |text: &Option<String>, known: Option<&'static str>| match text {
        Some(text) => spelling(text),
        None => known,
    };
    let state = DeclaredState {
        works_stage: said(&word.works_stage, before.works_stage),
        sale_stage: said(&word.sale_stage, before.sale_stage),
        occupation: said(&word.occupation, before.occupation),
    };
    if let Some(text) = &word.occupation {
        unit.occupation = state.occupation.map_or(Occupation::Unknown, of_word);
        unit.occupation_reason = Reason::new("declared", text.as_str());
    }
    let is_forbidden =
        unit.availability == Availability::NonAmenageable && unit.reason.key == "hard";
    if !is_forbidden && let Some((availability, reason)) = by_declaration(&state) {
        (unit.availability, unit.reason) = (availability, reason);
    }
}

#[cfg(test)]
mod tests {
    use geo::Geometry;
    use geo::Point;

    use super::*;

    fn unit() -> LandUnit {
        LandUnit {
            id: "82112_TERRAIN-ECO_A".into(),
            zone: 0,
            parcels: Vec::new(),
            commune: None,
            geometry: Geometry::Point(Point::new(0.0, 0.0)),
            availability: Availability::Bati,
            reason: Reason::new("built", "40.0"),
            occupation: Occupation::Occupied,
            occupation_reason: Reason::new("establishments", "1"),
            built_m2: Some(4_000.0),
            declared: None,
            establishments: Vec::new(),
            friche: None,
            owner: None,
        }
    }

    fn word(occupation: &str) -> OfficerWord {
        OfficerWord { occupation: Some(occupation.to_owned()), ..OfficerWord::default() }
    }

    #[test]
    fn the_officers_word_goes_before_establishments() {
        let mut told = unit();
        apply(&mut told, DeclaredState::default(), &word("Friche"));
        assert_eq!(told.occupation, Occupation::Friche);
        assert_eq!(told.availability, Availability::Friche);
        assert_eq!(told.occupation_reason, Reason::new("declared", "Friche"));
    }

    #[test]
    fn a_word_of_no_list_cannot_be_counted() {
        let mut told = unit();
        apply(&mut told, DeclaredState::default(), &word("loué"));
        assert_eq!(told.occupation, Occupation::Unknown);
        assert_eq!(told.availability, Availability::Bati);
    }

    #[test]
    fn an_edit_of_one_state_leaves_what_the_layer_declares_of_the_others() {
        let mut told = unit();
        let before = DeclaredState { sale_stage: Some("en vente"), ..DeclaredState::default() };
        apply(&mut told, before, &word("vacant"));
        assert_eq!(told.availability, Availability::Libre);
        assert_eq!(told.occupation, Occupation::Vacant);
    }

    #[test]
    fn land_that_the_law_closes_stays_closed() {
        let mut told = unit();
        told.availability = Availability::NonAmenageable;
        told.reason = Reason::new("hard", "ppri");
        apply(&mut told, DeclaredState::default(), &word("inoccupé"));
        assert_eq!(told.availability, Availability::NonAmenageable);
        assert_eq!(told.occupation, Occupation::NeverUsed);
    }
}
