//! Land that may be a friche and that no inventory lists: built land units of economic zones that show signs of disuse.
//!
//! Signs are no proof: each candidate is to be looked at on the spot, and never stands among listed friches.

use crate::domain::Entity;
use crate::domain::LandStock;
use crate::domain::LandUnit;
use crate::domain::LayerKey;
use crate::domain::LayerView;
use crate::domain::Occupation;
use crate::domain::Territory;
use crate::domain::Value;

/// Area under buildings from which nobody to use them is a sign, m². Our judgement: a workshop, not a shed.
pub const LARGE_BUILT_M2: f64 = 1_000.0;
/// Area under buildings from which a land unit counts as built at all, m². Our judgement.
pub const BUILT_M2: f64 = 20.0;

/// A sign that a built piece of land is no longer used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sign {
    /// An installation classée whose activity has ended stands on it.
    ClosedInstallation,
    /// A former industrial site (CASIAS) lies on it, ended or of unknown state.
    FormerSite,
    /// The EPCI's inventory says vacant or friche.
    DeclaredVacant,
    /// Large buildings, and no establishment of SIRENE that is open.
    NobodyThere,
}

impl Sign {
    /// All signs, the strongest first.
    pub const ALL: [Self; 4] =
        [Self::DeclaredVacant, Self::ClosedInstallation, Self::NobodyThere, Self::FormerSite];

    /// The code used in outputs; its sentence is in the catalogue (`sign.<code>`).
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ClosedInstallation => "closed_installation",
            Self::FormerSite => "former_site",
            Self::DeclaredVacant => "declared_vacant",
            Self::NobodyThere => "nobody_there",
        }
    }

    /// What a sign counts for when candidates are ordered. Our judgement: the EPCI knows its land, a former site may have been
    /// given another use long ago.
    #[must_use]
    pub fn weight(self) -> u32 {
        match self {
            Self::DeclaredVacant => 4,
            Self::ClosedInstallation => 3,
            Self::NobodyThere => 2,
            Self::FormerSite => 1,
        }
    }
}

/// A land unit that may be a friche.
#[derive(Debug, Clone, PartialEq)]
pub struct PotentialFriche {
    /// Position of the land unit in the survey.
    pub unit: usize,
    /// The signs it shows, and the object that shows them: an identifier, a word, an area in m².
    pub signs: Vec<(Sign, String)>,
}

impl PotentialFriche {
    /// Sum of the weights of its signs.
    #[must_use]
    pub fn strength(&self) -> u32 {
        self.signs.iter().map(|(sign, _)| sign.weight()).sum()
    }
}

/// Potential friches among the land units of a survey, the strongest signs first, then the larger built area. `None`
/// without a survey: the parcels are not given.
///
/// A unit that an open establishment uses, that the EPCI calls occupied, on which an installation works, or that an
/// inventory of friches lists, is none.
#[must_use]
pub fn potential(territory: &Territory) -> Option<Vec<PotentialFriche>> {
    let stock: &LandStock = territory.stock.as_ref()?;
    let mut found: Vec<PotentialFriche> = (0..stock.units.entities.len())
        .filter_map(|unit| {
            let signs = signs(territory, stock.units.entities.get(unit)?)?;
            (!signs.is_empty()).then_some(PotentialFriche { unit, signs })
        })
        .collect();
    let built = |one: &PotentialFriche| stock.units.entities[one.unit].built_m2.unwrap_or(0.0);
    let id = |one: &PotentialFriche| stock.units.entities[one.unit].id.clone();
    found.sort_by(|a, b| {
        b.strength()
            .cmp(&a.strength())
            .then(built(b).total_cmp(&built(a)))
            .then_with(|| id(a).cmp(&id(b)))
    });
    Some(found)
}

/// The signs of a unit; `None` where something says that it is in use, that it is listed, or that nothing is built on it.
fn signs(territory: &Territory, unit: &LandUnit) -> Option<Vec<(Sign, String)>> {
    let built_m2 = unit.built_m2.filter(|built_m2| *built_m2 > BUILT_M2)?;
    let in_use = matches!(unit.occupation, Occupation::Occupied | Occupation::Transitory);
    if unit.friche.is_some() || in_use {
        return None;
    }
    let hazards = territory.layer(LayerKey::HAZARDS);
    let on_unit = on(hazards, unit);
    let of = |theme: &str, kind: Option<&str>| -> Vec<&dyn Entity> {
        let says = |object: &dyn Entity, name: &str, wanted: &str| matches!(object.attribute(name), Value::Text(word) if word == wanted);
        on_unit
            .iter()
            .copied()
            .filter(|object| says(*object, "theme", theme))
            .filter(|object| kind.is_none_or(|kind| says(*object, "kind", kind)))
            .collect()
    };
    let state = |object: &dyn Entity| match object.attribute("state") {
        Value::Text(state) => Some(state.into_owned()),
        _ => None,
    };
    let installations = of("technological", None);
    if installations.iter().any(|object| state(*object).as_deref() == Some("active")) {
        return None;
    }
    let closed = installations.iter().filter(|object| state(**object).as_deref() == Some("closed"));
    let former = of("pollution", Some("CASIAS"))
        .into_iter()
        .filter(|object| matches!(state(*object).as_deref(), None | Some("closed")));
    let mut signs: Vec<(Sign, String)> = Vec::new();
    if unit.occupation_reason.key == "declared"
        && matches!(unit.occupation, Occupation::Vacant | Occupation::Friche)
    {
        signs.push((Sign::DeclaredVacant, unit.occupation_reason.about.clone()));
    }
    signs.extend(closed.map(|object| (Sign::ClosedInstallation, object.id().into_owned())));
    let has_register =
        territory.layer(LayerKey::ESTABLISHMENTS).is_some_and(|layer| layer.covers(unit.commune));
    if has_register && built_m2 >= LARGE_BUILT_M2 {
        // In use is already excluded: whoever is registered here has closed, or nobody is.
        signs.push((Sign::NobodyThere, format!("{built_m2:.0}")));
    }
    signs.extend(former.map(|object| (Sign::FormerSite, object.id().into_owned())));
    Some(signs)
}

/// The objects of a layer on a unit: points in it, areas and lines that touch it.
fn on<'a>(layer: Option<&'a dyn LayerView>, unit: &LandUnit) -> Vec<&'a dyn Entity> {
    let Some(layer) = layer else { return Vec::new() };
    layer
        .index()
        .intersecting(&unit.geometry, |at| layer.geometry(at))
        .into_iter()
        .filter_map(|at| layer.entity(at as usize))
        .collect()
}
