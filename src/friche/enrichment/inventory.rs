//! What the record of the site itself says, in the words of the CNIG standard.

use super::Answered;
use super::Origin;
use super::around::Around;
use super::silent;
use crate::domain::Entity;
use crate::domain::Friche;
use crate::domain::LayerKey;
use crate::domain::OwnerClass;
use crate::domain::ParcelId;
use crate::domain::Value;
use crate::domain::plain;
use crate::friche::mutability::Answer;

/// Only a visit answers it.
pub(super) fn nothing(_: &Around<'_>, _: &Friche) -> Answered {
    Err(silent("visit"))
}

/// Public, private or both: by the owners of the parcels where given, else by the kind of person that the inventory
/// declares. A legal person alone may be either.
pub(super) fn owner(around: &Around<'_>, site: &Friche) -> Answered {
    if let Some(word) = of_parcels(around, site) {
        return Ok((Answer::Word(word), Origin::Layer(LayerKey::OWNERS)));
    }
    let by_codes = text(site, "owner_type").and_then(|codes| of_codes(&codes));
    let by_person = || match site.owner_kind.as_deref().map(plain).as_deref() {
        Some("personne physique") => Some("prive"),
        _ => None,
    };
    by_codes
        .or_else(by_person)
        .map(|word| (Answer::Word(word), Origin::Inventory))
        .ok_or_else(|| silent("owner_kind"))
}

fn of_parcels(around: &Around<'_>, site: &Friche) -> Option<&'static str> {
    let owners = around.territory.owners.as_ref()?;
    let parcels = around.territory.parcels.as_ref()?;
    let land = around.territory.land_of(site);
    if !land.is_whole() {
        return None;
    }
    let class = |at: &usize| -> Option<OwnerClass> {
        let ParcelId::Idu(idu) = parcels.entities.get(*at)?.id else { return None };
        owners.of(idu)?.class
    };
    let classes: Vec<OwnerClass> = land.parcels.iter().map(class).collect::<Option<_>>()?;
    let public = classes.iter().filter(|class| class.is_public()).count();
    Some(match public {
        0 => "prive",
        all if all == classes.len() => "public",
        _ => "mixte",
    })
}

/// Codes of Cerema's typology of owners: those that begin with P are public bodies, X are natural persons.
fn of_codes(codes: &str) -> Option<&'static str> {
    let mut public = 0;
    let mut all = 0;
    for code in
        codes.split(|letter: char| !letter.is_alphanumeric()).filter(|code| !code.is_empty())
    {
        all += 1;
        public += usize::from(code.starts_with(['P', 'p']));
    }
    match (public, all) {
        (_, 0) => None,
        (0, _) => Some("prive"),
        (public, all) if public == all => Some("public"),
        _ => Some("mixte"),
    }
}

/// The state of the buildings; a site without buildings has none.
pub(super) fn building_state(_: &Around<'_>, site: &Friche) -> Answered {
    if has_no_building(site) {
        return Ok((Answer::Word("pas-de-bati"), Origin::Inventory));
    }
    let word = match site.building_state.as_deref().map(plain).as_deref() {
        Some("degradation inexistante ou faible") => "degradation-faible",
        Some("degradation moyenne") => "degradation-moyenne",
        Some("degradation tres importante") => "degradation-tres-importante",
        Some("degradation heterogene") => "degradation-heterogene",
        _ => return Err(silent("building_state")),
    };
    Ok((Answer::Word(word), Origin::Inventory))
}

fn has_no_building(site: &Friche) -> bool {
    matches!(site.attribute("building_count"), Value::Number(count) if count == 0.0)
}

/// Pollution of the soil or the buildings. A proven pollution whose substances are not told is in none of the published classes;
/// asbestos in the buildings is.
pub(super) fn pollution(_: &Around<'_>, site: &Friche) -> Answered {
    let soil = site.pollution.as_deref().map(plain);
    let in_buildings = text(site, "building_pollution").map(|word| plain(&word));
    let word = match (soil.as_deref(), in_buildings.as_deref()) {
        (_, Some("amiante")) => "oui-amiante",
        // Clean soil says nothing of lead in the walls.
        (_, Some("plomb" | "autre")) => return Err(silent("building_pollution")),
        (Some("pollution traitee"), _) => "deja-geree",
        (Some("pollution inexistante"), _) => "non",
        _ => return Err(silent("pollution")),
    };
    Ok((Answer::Word(word), Origin::Inventory))
}

/// A listed or remarkable building. That there is none of interest does not tell plain from ordinary.
pub(super) fn heritage_value(_: &Around<'_>, site: &Friche) -> Answered {
    if has_no_building(site) {
        return Ok((Answer::Word("pas-de-bati"), Origin::Inventory));
    }
    match text(site, "building_heritage").map(|word| plain(&word)).as_deref() {
        Some("presence d'un batiment d'interet" | "presence d'un batiment classe") => {
            Ok((Answer::Word("interet-remarquable"), Origin::Inventory))
        }
        _ => Err(silent("building_heritage")),
    }
}

fn text(site: &Friche, name: &str) -> Option<String> {
    match site.attribute(name) {
        Value::Text(text) => Some(text.into_owned()),
        _ => None,
    }
}
