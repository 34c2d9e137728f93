//! What inventories of land (`terrain_eco`) and the EPCI say of a piece: it goes before what geometry shows.

use std::collections::BTreeMap;

use geo::Geometry;

use super::covering::covering;
use crate::domain::LayerKey;
use crate::domain::LayerView;
use crate::domain::Territory;
use crate::domain::Value;
use crate::domain::plain;
use crate::spatial::shape;

/// The terrains that an inventory declares.
pub(super) struct Declared<'a> {
    layer: Option<&'a dyn LayerView>,
    /// Those without outline, by the parcels that they list.
    by_parcel: BTreeMap<usize, Vec<usize>>,
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
        let layer = territory.layer(LayerKey::TERRAINS);
        let mut by_parcel: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        let entities = layer.map_or(0, LayerView::len);
        for at in 0..entities {
            let Some(entity) = layer.and_then(|layer| layer.entity(at)) else { continue };
            if shape::area(entity.geometry()) > 0.0 {
                continue;
            }
            let Value::Text(list) = entity.attribute("parcels") else { continue };
            for idu in list.split('|').filter_map(|idu| idu.trim().parse().ok()) {
                let parcels = territory.parcels.as_ref();
                let place = parcels.and_then(|all| territory.register.position(all, idu));
                if let Some(parcel) = place {
                    by_parcel.entry(parcel).or_default().push(at);
                }
            }
        }
        Self { layer, by_parcel }
    }

    /// The declared terrain that covers most of a piece, if by at least `least_share`; else the one without outline that
    /// lists its parcel. Of equals, the first by identifier.
    pub(super) fn covering(
        &self,
        parcel: usize,
        land: &Geometry<f64>,
        area_m2: f64,
        least_share: f64,
    ) -> Option<usize> {
        let layer = self.layer?;
        let id = |at: usize| layer.entity(at).map(|entity| entity.id().into_owned());
        let mut found = covering(layer, land, area_m2, least_share);
        if found.is_empty() {
            found.extend(self.by_parcel.get(&parcel).into_iter().flatten().map(|at| (*at, 1.0)));
        }
        found.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| id(a.0).cmp(&id(b.0))));
        found.first().map(|(at, _)| *at)
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
#[must_use]
pub fn spelling(word: &str) -> Option<&'static str> {
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
    let asked = plain(word);
    STATES.into_iter().find(|state| plain(state) == asked)
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
