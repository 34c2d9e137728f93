//! The class of a piece of land, and the rule that decided.

use super::declared::DeclaredState;
use crate::domain::Availability;
use crate::domain::Friche;
use crate::domain::Reason;
use crate::domain::StatutFriche;
use crate::evaluation::LandRules;

/// What hard constraints leave of a parcel is land of its own from here on, m², however small a share it is.
const USABLE_M2: f64 = 1_000.0;

/// How many times the area of a shed a roof that laps over a long border may cover.
const MOST_OVERLAP: f64 = 5.0;

/// What is known of a piece.
pub(super) struct Facts<'a> {
    pub(super) rules: &'a LandRules,
    /// Share of the piece that hard constraints take, 0 to 1.
    pub(super) hard_share: f64,
    /// Identifiers of these constraints.
    pub(super) hard: Vec<&'a str>,
    /// State that an inventory of land declares.
    pub(super) declared: Option<DeclaredState>,
    /// Friches on it, the one that covers most first.
    pub(super) friches: Vec<&'a Friche>,
    /// Area under buildings; `None` where no layer speaks.
    pub(super) built_m2: Option<f64>,
    /// What hard constraints leave, m².
    pub(super) open_m2: f64,
}

/// The class, by the first rule that speaks: the law, the inventory's word, the friches, the buildings.
pub(super) fn classify(facts: &Facts<'_>) -> (Availability, Reason) {
    if facts.hard_share >= facts.rules.hard_share && facts.open_m2 < USABLE_M2 {
        return (Availability::NonAmenageable, Reason::new("hard", facts.hard.join(", ")));
    }
    if let Some(class) = facts.declared.as_ref().and_then(by_declaration) {
        return class;
    }
    if let Some(class) = facts.friches.iter().copied().find_map(by_friche) {
        return class;
    }
    let Some(built_m2) = facts.built_m2 else {
        return (Availability::Inconnu, Reason::new("buildings-unknown", ""));
    };
    let share = if facts.open_m2 > 0.0 { built_m2 / facts.open_m2 } else { 0.0 };
    let percent = format!("{:.1}", share * 100.0);
    let (free_m2, dense) = (facts.rules.free_m2, facts.rules.dense_share);
    let is_shed = built_m2 <= free_m2 && share < dense;
    let is_overlap = built_m2 <= MOST_OVERLAP * free_m2 && share <= facts.rules.free_share;
    if is_shed || is_overlap {
        (Availability::Libre, Reason::new("no-building", percent))
    } else if share < facts.rules.dense_share {
        (Availability::SousDensifie, Reason::new("under-dense", percent))
    } else {
        (Availability::Bati, Reason::new("built", percent))
    }
}

/// What the states of `terrain_eco` say, in the order in which they exclude. `None` when they leave it to the ground.
pub(super) fn by_declaration(state: &DeclaredState) -> Option<(Availability, Reason)> {
    let said = |class, word: &str| Some((class, Reason::new("declared", word)));
    if let Some(works @ "non aménageable") = state.works_stage {
        return said(Availability::NonAmenageable, works);
    }
    let occupation = state.occupation;
    match state.sale_stage {
        Some(sale @ "non commercialisable") => return said(Availability::NonAmenageable, sale),
        Some(
            sale @ ("réservé par option de réservation" | "réservé par une délibération de l'EPCI"),
        ) => return said(Availability::EnProjet, sale),
        // Sold and not yet used: somebody is about to build.
        Some(sale @ "vendu, commercialisation achevée") if occupation != Some("occupé") => {
            return match occupation {
                Some(word @ "friche") => said(Availability::Friche, word),
                // Used and left by its owner: sold once, long ago.
                Some("vacant" | "occupation transitoire") => {
                    said(Availability::Bati, occupation.unwrap_or_default())
                }
                _ => said(Availability::EnProjet, sale),
            };
        }
        _ => {}
    }
    let for_sale = matches!(state.sale_stage, Some("en vente" | "en vente avec contraintes"));
    match occupation {
        Some(word @ ("occupé" | "occupation transitoire")) => said(Availability::Bati, word),
        Some(word @ "friche") => said(Availability::Friche, word),
        Some(word @ "inoccupé") => said(Availability::Libre, word),
        // Used before, usable without works: free for who buys it, if it is for sale.
        Some("vacant") if for_sale => said(Availability::Libre, "vacant, en vente"),
        Some(word @ "vacant") => said(Availability::Bati, word),
        _ => state.sale_stage.filter(|_| for_sale).and_then(|sale| said(Availability::Libre, sale)),
    }
}

/// A listed friche decides unless it is already in use again, or only suspected.
fn by_friche(friche: &Friche) -> Option<(Availability, Reason)> {
    match friche.statut {
        Some(StatutFriche::Reconvertie | StatutFriche::Potentielle | StatutFriche::SansObjet) => {
            None
        }
        Some(StatutFriche::AvecProjet) => {
            Some((Availability::EnProjet, Reason::new("friche-project", &*friche.id)))
        }
        _ => Some((Availability::Friche, Reason::new("friche", &*friche.id))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn declared(
        works: &'static str,
        sale: &'static str,
        occupation: &'static str,
    ) -> DeclaredState {
        let given = |word: &'static str| Some(word).filter(|word| !word.is_empty());
        DeclaredState {
            works_stage: given(works),
            sale_stage: given(sale),
            occupation: given(occupation),
        }
    }

    #[test]
    fn states_of_the_standard_decide() {
        let class = |works, sale, occupation| {
            by_declaration(&declared(works, sale, occupation)).map(|(class, _)| class)
        };
        use Availability as A;
        assert_eq!(class("non aménageable", "en vente", "inoccupé"), Some(A::NonAmenageable));
        assert_eq!(class("viabilisé et aménagé", "en vente", "inoccupé"), Some(A::Libre));
        assert_eq!(class("", "en vente avec contraintes", "vacant"), Some(A::Libre));
        assert_eq!(class("", "non commercialisé", "vacant"), Some(A::Bati));
        assert_eq!(class("", "réservé par option de réservation", "inoccupé"), Some(A::EnProjet));
        assert_eq!(class("", "vendu, commercialisation achevée", "inoccupé"), Some(A::EnProjet));
        assert_eq!(class("", "vendu, commercialisation achevée", "occupé"), Some(A::Bati));
        assert_eq!(class("", "vendu, commercialisation achevée", "friche"), Some(A::Friche));
        assert_eq!(class("", "en vente", ""), Some(A::Libre));
        assert_eq!(class("viabilisé non aménagé", "", ""), None);
        assert_eq!(class("", "", ""), None);
    }
}
