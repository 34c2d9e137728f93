//! What plans and perimeters say: zone, heritage, nature, renewable energy, districts, economic zones.

use super::Answered;
use super::Origin;
use super::around::Around;
use super::around::of_words;
use super::not_given;
use super::silent;
use crate::domain::Entity;
use crate::domain::Friche;
use crate::domain::LayerKey;
use crate::domain::TypeZone;
use crate::domain::Value;
use crate::domain::ZoneKind;
use crate::domain::ZoneUrba;
use crate::domain::plain;
use crate::evaluation::Filter;
use crate::evaluation::Unknown;
use crate::friche::mutability::Answer;
use crate::land::main_zone;

/// The zone that covers most of the site. Where no layer of zones speaks, the type that the inventory declares.
pub(super) fn zone(around: &Around<'_>, site: &Friche) -> Answered {
    let given = around.layer(LayerKey::ZONING, &Filter::default(), site);
    let found = given.and_then(|_| {
        let zone = main_zone(around.territory, site.geometry());
        let word = zone.and_then(|(zone, _)| of_zone(zone));
        word.map(|word| (Answer::Word(word), Origin::Layer(LayerKey::ZONING)))
            .ok_or_else(|| silent("typezone"))
    });
    found.or_else(|why| {
        let declared = site.declared_zone_type.as_deref().and_then(of_type);
        declared.map(|word| (Answer::Word(word), Origin::Inventory)).ok_or(why)
    })
}

/// Published order: the main use of the zone (FORMDOMI, DESTDOMI), its type, then what its label says.
fn of_zone(zone: &ZoneUrba) -> Option<&'static str> {
    let by_main_use = zone.kind_rule.contains("DOMI");
    Some(match (zone.typezone, zone.kind) {
        (TypeZone::U | TypeZone::AUc, ZoneKind::Activity) if by_main_use => {
            "zone-vocation-activites"
        }
        (TypeZone::U, ZoneKind::Activity) => "zone-urbaine-u-activite",
        (TypeZone::U, ZoneKind::Equipment) => "zone-urbaine-u-equipement",
        (TypeZone::U, ZoneKind::Housing | ZoneKind::Mixed) => "zone-urbaine-u-habitat",
        (TypeZone::SectorActivity, _) => "zone-vocation-activites",
        (typezone, _) => return of_type(typezone.as_str()),
    })
}

/// By the type alone: CNIG's spelling, or what inventories make of it.
fn of_type(word: &str) -> Option<&'static str> {
    Some(match plain(word).as_str() {
        "u" => "zone-urbaine-u",
        "au" | "auc" | "aus" => "zone-a-urbaniser-au",
        "a" | "ah" => "zone-agricole-a",
        "n" | "nh" | "nd" => "zone-naturelle-n",
        "zc" => "secteur-ouvert-a-la-construction",
        "zca" => "zone-vocation-activites",
        "znc" => "secteur-non-ouvert-a-la-construction",
        _ => return None,
    })
}

/// Servitudes AC1 (surroundings of monuments), AC2 (listed and registered sites), AC4 (remarkable heritage sites), in the
/// published order.
pub(super) fn heritage(around: &Around<'_>, site: &Friche) -> Answered {
    let key = LayerKey::HAZARDS;
    let found = around.on_site(key, &of_words("theme", &["heritage"]), site)?;
    let text = |object: &dyn Entity| match object.attribute("class") {
        Value::Text(class) => plain(&class),
        _ => String::new(),
    };
    let classes: Vec<String> = found.into_iter().map(text).collect();
    let any = |words: &[&str]| classes.iter().any(|class| words.iter().any(|w| class.contains(w)));
    let word = if classes.is_empty() {
        "non-concerne"
    } else if any(&["ac1", "abord", "abf", "500 m"]) {
        "perimetre-abf"
    } else if any(&["ac2", "site inscrit", "site classe", "sites inscrits", "sites classes"]) {
        "site-inscrit-classe"
    } else if any(&["zppaup"]) {
        "zppaup"
    } else if any(&["avap"]) {
        "avap"
    } else if any(&["ac4", "spr", "patrimonial remarquable"]) {
        "spr"
    } else if any(&["monument"]) {
        "monument-historique"
    } else {
        // Another protection, or one that is not told.
        return Err(silent("class"));
    };
    Ok((Answer::Word(word), Origin::Layer(key)))
}

/// Published order: nature reserve, regional park, Natura 2000, ZNIEFF. Nothing is said of zones that are only near.
pub(super) fn nature(around: &Around<'_>, site: &Friche) -> Answered {
    let key = LayerKey::HAZARDS;
    let found = around.on_site(key, &of_words("theme", &["nature"]), site)?;
    let parks = around.on_site(key, &of_words("theme", &["regional_park"]), site);
    let kinds: Vec<String> = found
        .iter()
        .map(|object| match object.attribute("kind") {
            Value::Text(kind) => kind.into_owned(),
            _ => String::new(),
        })
        .collect();
    let has = |wanted: &str| kinds.iter().any(|kind| kind == wanted);
    let word = if has("reserve") {
        "reserve-naturelle"
    } else if parks.is_ok_and(|parks| !parks.is_empty()) {
        "parc-naturel-regional"
    } else if has("natura2000") {
        "natura-2000"
    } else if kinds.iter().any(|kind| kind.starts_with("znieff")) {
        "znieff-type-1-2"
    } else if kinds.is_empty() {
        "hors-zone"
    } else {
        // Another protection, or one whose kind is not told: the published list has no word for it.
        return Err(silent("kind"));
    };
    Ok((Answer::Word(word), Origin::Layer(key)))
}

/// Reservoirs and corridors of biodiversity. A corridor whose aim is not told is in none of the published classes.
pub(super) fn ecological_network(around: &Around<'_>, site: &Friche) -> Answered {
    let key = LayerKey::HAZARDS;
    let found = around.on_site(key, &of_words("theme", &["ecological_network"]), site)?;
    let has = |wanted: &str| {
        found
            .iter()
            .any(|object| matches!(object.attribute("kind"), Value::Text(kind) if kind == wanted))
    };
    let word = if found.is_empty() {
        "hors-trame"
    } else if has("reservoir") {
        "reservoir-biodiversite"
    } else if has("corridor_to_restore") {
        "corridor-a-restaurer"
    } else if has("corridor_to_preserve") {
        "corridor-a-preserver"
    } else {
        return Err(silent("kind"));
    };
    Ok((Answer::Word(word), Origin::Layer(key)))
}

/// Zones of acceleration of renewable energy; an exclusion wins. Without a layer, the inventory's own word, which knows no
/// exclusion.
pub(super) fn renewable_zone(around: &Around<'_>, site: &Friche) -> Answered {
    let key = LayerKey::RENEWABLE_ZONES;
    let found = match around.on_site(key, &Filter::default(), site) {
        Ok(found) => found,
        Err(why) => {
            return match site.attribute("renewable_zone") {
                Value::Text(word) if plain(&word) == "oui" => {
                    Ok((Answer::Word("oui"), Origin::Inventory))
                }
                Value::Text(word) if plain(&word) == "non" => {
                    Ok((Answer::Word("non"), Origin::Inventory))
                }
                _ => Err(why),
            };
        }
    };
    let has = |wanted: &str| {
        found
            .iter()
            .any(|object| matches!(object.attribute("kind"), Value::Text(kind) if kind == wanted))
    };
    let word = if has("exclusion") {
        "exclusion"
    } else if has("solar_roof") {
        "oui-solaire-pv-ombriere"
    } else if has("acceleration") {
        "oui"
    } else {
        "non"
    };
    Ok((Answer::Word(word), Origin::Layer(key)))
}

/// Zonage ABC of the commune.
pub(super) fn housing_zone(around: &Around<'_>, site: &Friche) -> Answered {
    let key = LayerKey::HOUSING_ZONES;
    let table = around.territory.tables.get(key).ok_or_else(|| not_given(key))?;
    let commune = site.commune().ok_or_else(|| silent("commune"))?;
    let zone = match table.value(commune, "abc") {
        Value::Text(word) => ["abis", "a", "b1", "b2", "c"].into_iter().find(|zone| *zone == word),
        _ => None,
    };
    zone.map(|zone| (Answer::Word(zone), Origin::Layer(key))).ok_or_else(|| silent("abc"))
}

pub(super) fn priority_district(around: &Around<'_>, site: &Friche) -> Answered {
    let key = LayerKey::PRIORITY_DISTRICTS;
    let inside = around.holds_middle(key, &Filter::default(), site)?;
    Ok((Answer::Flag(inside), Origin::Layer(key)))
}

/// Only a saturated zone counts; where no zone is drawn, another company runs the grid and nothing is known.
pub(super) fn saturated_grid(around: &Around<'_>, site: &Friche) -> Answered {
    let key = LayerKey::GRID_CONSTRAINTS;
    let is = |word| around.holds_middle(key, &of_words("saturated", &[word]), site);
    if is("true")? {
        return Ok((Answer::Flag(true), Origin::Layer(key)));
    }
    if is("false")? {
        Ok((Answer::Flag(false), Origin::Layer(key)))
    } else {
        Err(silent("saturated"))
    }
}

/// Published rule: the middle of the site lies in an economic zone that exists and is active.
pub(super) fn economic_zone(around: &Around<'_>, site: &Friche) -> Answered {
    let key = LayerKey::SITES;
    let layer = around.layer(key, &Filter::default(), site)?;
    let middle = crate::spatial::shape::representative_point(site.geometry());
    let middle = middle.ok_or(Unknown::NoArea)?;
    let under = layer.index().at_point(middle, |at| layer.geometry(at));
    let is_zone = |object: &dyn Entity| {
        let says = |name: &str, wanted: &[&str]| match object.attribute(name) {
            Value::Text(word) => wanted.contains(&plain(&word).as_str()),
            // A layer that has no types or states holds nothing but economic zones.
            Value::NoSuchAttribute | Value::Missing => true,
            _ => false,
        };
        says("class", &["zone d'activite economique"])
            && says("state", &["existant et actif", "existant"])
    };
    let mut under = under.into_iter().filter_map(|at| layer.entity(at as usize));
    Ok((Answer::Flag(under.any(is_zone)), Origin::Layer(key)))
}
