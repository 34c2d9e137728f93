//! What inventories of land (`terrain_eco`) and the EPCI say of a piece: it goes before what geometry shows.

use geo::BoundingRect;
use geo::Geometry;

use crate::domain::LayerKey;
use crate::domain::LayerView;
use crate::domain::Territory;
use crate::domain::Value;

/// The terrains that an inventory declares.
pub(super) struct Declared<'a> {
    layer: Option<&'a dyn LayerView>,
}

/// The three states of a declared terrain, as spelled by the CNIG standard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct DeclaredState {
    pub(super) works_stage: Option<&'static str>,
    pub(super) sale_stage: Option<&'static str>,
    pub(super) occupation: Option<&'static str>,
}

impl<'a> Declared<'a> {
    pub(super) fn new(territory: &'a Territory) -> Self {
        Self { layer: territory.layer(LayerKey::TERRAINS) }
    }

    /// The declared terrain that covers most of a piece, if by at least `least_share`.
    pub(super) fn covering(
        &self,
        land: &Geometry<f64>,
        area_m2: f64,
        least_share: f64,
    ) -> Option<usize> {
        let layer = self.layer?;
        let frame = land.bounding_rect()?;
        let mut best: Option<(usize, f64)> = None;
        for at in layer.index().in_box(&frame) {
            let share = layer.area(at as usize).intersection_area(land) / area_m2;
            if share >= least_share && best.is_none_or(|(_, most)| share > most) {
                best = Some((at as usize, share));
            }
        }
        best.map(|(at, _)| at)
    }

    /// The states of a declared terrain.
    pub(super) fn state(&self, at: usize) -> DeclaredState {
        let entity = self.layer.and_then(|layer| layer.entity(at));
        let word = |name: &str| match entity.map(|entity| entity.attribute(name)) {
            Some(Value::Text(text)) => spelling(&text),
            _ => None,
        };
        DeclaredState {
            works_stage: word("works_stage"),
            sale_stage: word("sale_stage"),
            occupation: word("occupation"),
        }
    }
}

/// The standard's spelling of a state, whatever the case and accents of the file. `None` for a word it does not have:
/// the reader has told that one.
pub(super) fn spelling(word: &str) -> Option<&'static str> {
    const STATES: [&str; 17] = [
        "non aménageable",
        "non aménagé, non viabilisé",
        "viabilisation en cours",
        "viabilisé non aménagé",
        "viabilisé et aménagé",
        "non commercialisé",
        "non commercialisable",
        "en vente",
        "en vente avec contraintes",
        "vendu, commercialisation achevée",
        "réservé par option de réservation",
        "réservé par une délibération de l'EPCI",
        "inoccupé",
        "occupation transitoire",
        "occupé",
        "vacant",
        "friche",
    ];
    let plain = super::economic_zones::plain(word);
    STATES.into_iter().find(|state| super::economic_zones::plain(state) == plain)
}

#[cfg(test)]
mod tests {
    use super::spelling;

    #[test]
    fn spellings_of_files_become_those_of_the_standard() {
        assert_eq!(spelling("Occupe"), Some("occupé"));
        assert_eq!(
            spelling("Réservé par une délibération de l’EPCI"),
            Some("réservé par une délibération de l'EPCI")
        );
        assert_eq!(spelling("autre chose"), None);
    }
}
