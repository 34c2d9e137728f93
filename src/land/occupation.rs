//! Whether a land unit is in use: the EPCI's word first, then friches, then establishments.

use geo::BoundingRect;
use geo::Geometry;

use super::declared::DeclaredState;
use crate::domain::CodeInsee;
use crate::domain::Friche;
use crate::domain::LayerKey;
use crate::domain::LayerView;
use crate::domain::Occupation;
use crate::domain::Reason;
use crate::domain::StatutFriche;
use crate::domain::Territory;
use crate::domain::Value;

/// Years without activity from which a unit is vacant, counted on 1 January of the year of the data (code de l'urbanisme,
/// L318-8-2): closed in the course of a year, it has been so for two whole years three Januaries later.
const VACANT_YEARS: i32 = 3;

/// The state that a word of the standard (`terr_etat_occup`) says.
pub(super) fn of_word(word: &str) -> Occupation {
    match word {
        "occupé" => Occupation::Occupied,
        "occupation transitoire" => Occupation::Transitory,
        "vacant" => Occupation::Vacant,
        "friche" => Occupation::Friche,
        _ => Occupation::NeverUsed,
    }
}

/// Establishments, and the year they are of.
pub(super) struct Users<'a> {
    layer: Option<&'a dyn LayerView>,
    /// Year of the data, to tell how long a closed establishment has been so.
    year: Option<i32>,
}

impl<'a> Users<'a> {
    pub(super) fn new(territory: &'a Territory) -> Self {
        let layer = territory.layer(LayerKey::ESTABLISHMENTS);
        let year = layer
            .and_then(|layer| layer.provenance().vintage.as_deref())
            .and_then(|vintage| vintage.get(..4))
            .and_then(|year| year.parse().ok());
        Self { layer, year }
    }

    /// Establishments placed on some land, in the order of their layer.
    pub(super) fn on(&self, land: &Geometry<f64>) -> Vec<usize> {
        let (Some(layer), Some(frame)) = (self.layer, land.bounding_rect()) else {
            return Vec::new();
        };
        layer
            .index()
            .in_box(&frame)
            .into_iter()
            .map(|at| at as usize)
            .filter(|at| crate::spatial::distance::intersects(layer.geometry(*at), land))
            .collect()
    }

    /// Whether a unit is in use, and who says so. `is_built` is `None` where no layer of buildings speaks.
    pub(super) fn occupation(
        &self,
        declared: Option<DeclaredState>,
        friche: Option<&Friche>,
        establishments: &[usize],
        is_built: Option<bool>,
        commune: Option<CodeInsee>,
    ) -> (Occupation, Reason) {
        if let Some(word) = declared.and_then(|state| state.occupation) {
            return (of_word(word), Reason::new("declared", word));
        }
        let active = establishments.iter().filter(|at| self.is_active(**at) == Some(true)).count();
        if active > 0 {
            return (Occupation::Occupied, Reason::new("establishments", active.to_string()));
        }
        if let Some(friche) = friche
            && !matches!(
                friche.statut,
                Some(
                    StatutFriche::Reconvertie | StatutFriche::Potentielle | StatutFriche::SansObjet
                )
            )
        {
            return (Occupation::Friche, Reason::new("friche", &*friche.id));
        }
        let speaks = self.layer.is_some_and(|layer| layer.covers(commune));
        if !speaks {
            return (Occupation::Unknown, Reason::new("establishments-unknown", ""));
        }
        let closed: Vec<i32> =
            establishments.iter().filter_map(|at| self.closed_year(*at)).collect();
        match (closed.iter().max(), self.year, is_built) {
            (Some(last), Some(year), _) if year - last >= VACANT_YEARS => {
                (Occupation::Vacant, Reason::new("closed-since", last.to_string()))
            }
            (Some(last), _, _) => {
                (Occupation::Unknown, Reason::new("closed-lately", last.to_string()))
            }
            // Nobody is known to be there: a firm may be placed at the wrong end of the street.
            (None, _, Some(true)) => (Occupation::Unknown, Reason::new("built-nobody", "")),
            (None, _, Some(false)) if establishments.is_empty() => {
                (Occupation::NeverUsed, Reason::new("unbuilt-nobody", ""))
            }
            // Nobody is placed here, and whether something is built is not known either.
            (None, _, None) if establishments.is_empty() => {
                (Occupation::Unknown, Reason::new("buildings-unknown", ""))
            }
            _ => (Occupation::Unknown, Reason::new("establishments-unknown", "")),
        }
    }

    /// Whether an establishment is active; `None` when its source does not say.
    fn is_active(&self, at: usize) -> Option<bool> {
        match self.layer?.entity(at)?.attribute("active") {
            Value::Flag(active) => Some(active),
            Value::Text(word) => match word.trim() {
                "oui" | "A" | "true" => Some(true),
                "non" | "F" | "false" => Some(false),
                _ => None,
            },
            _ => None,
        }
    }

    /// The year a closed establishment closed in.
    fn closed_year(&self, at: usize) -> Option<i32> {
        if self.is_active(at) != Some(false) {
            return None;
        }
        match self.layer?.entity(at)?.attribute("closed") {
            // 2019-05-20, 20/05/2019 or 2019: the part of four digits.
            Value::Text(date) => {
                date.split(|c: char| !c.is_ascii_digit()).find(|part| part.len() == 4)?.parse().ok()
            }
            Value::Number(year) => Some(year as i32),
            _ => None,
        }
    }
}
