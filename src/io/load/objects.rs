//! Layers without a noun of their own: buildings, hazards, roads, stations, sites, and what profiles name.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::sync::Arc;

use super::LoadError;
use super::fields::Fields;
use super::ingest::Ingest;
use super::layer::LayerResult;
use super::object_words;
use super::own_inventory::OwnInventory;
use super::personal;
use super::pieces::Pieces;
use super::reach::Reach;
use super::source::Source;
use crate::domain::CodeInsee;
use crate::domain::Entity;
use crate::domain::LayerKey;
use crate::domain::Object;
use crate::domain::Place;
use crate::domain::Problem;
use crate::domain::ProblemCode;
use crate::domain::RoadAttribute;
use crate::domain::Value;
use crate::io::config::LayerConfig;
use crate::io::schema::DIRECTION_WORDS;
use crate::io::schema::SCHEMAS;
use crate::io::schema::TOWN_FACTOR;
use crate::io::schema::code_lists;
use crate::io::schema::direction_of;
use crate::io::schema::flood_theme_of;
use crate::io::schema::opens_to_plots;
use crate::io::schema::own_speed_of;
use crate::io::schema::personal::is_identifier;
use crate::io::schema::theme_of;
use crate::io::schema::usual_speed_of;
use crate::io::schema::words;
use crate::spatial::shape;

/// Attributes of stations and heat networks that are yes or no.
const FLAGS: [&str; 3] = ["freight", "passengers", "complete"];
/// Attributes of establishments that are yes or no; SIRENE says `A` (active) or `F` (fermé).
const ESTABLISHMENT_FLAGS: [&str; 2] = ["active", "seat"];

pub(super) fn load(
    source: &Source<'_>,
    reach: &Reach,
    found: Pieces,
) -> Result<LayerResult<Object>, LoadError> {
    let names: Arc<[String]> = attribute_names(source).into();
    let is_hazard = source.key == LayerKey::HAZARDS;
    let is_establishment = source.key == LayerKey::ESTABLISHMENTS;
    let conditions = personal::conditions(source, &names);
    let is_road = source.key == LayerKey::ROADS;
    let stays_inside = matches!(source.key, LayerKey::BUILDINGS);
    if is_hazard {
        every_piece_says_what_it_is(source, &found)?;
    }
    let own = OwnInventory::of(source, &found)?;
    let mut result = source.read(
        reach,
        found,
        |ingest, fields, geometry| {
            let id = identifier(source.key, ingest, fields);
            // Columns are mistaken for one another: a word of the list beside it is told too.
            let lists = ingest.piece().schema.code_lists;
            let known: Vec<&str> = lists.iter().flat_map(|list| list.1).copied().collect();
            for list in lists {
                if let Some(word) =
                    fields.text(list.0).filter(|word| !code_lists::holds(list, word))
                {
                    ingest.problem_of(ProblemCode::UnknownWord, list.0, word, &known);
                }
            }
            if is_road
                && let Some(word) = fields.code(RoadAttribute::DIRECTION, 0)
                && direction_of(&word).is_none()
            {
                let column = RoadAttribute::DIRECTION;
                ingest.problem_of(ProblemCode::UnknownWord, column, &word, DIRECTION_WORDS);
            }
            if !object_words::is_of_layer(source.key, ingest, fields) {
                return ingest.leave();
            }
            let theme = if is_hazard {
                let fixed = ingest.piece().schema.theme;
                theme(ingest.config(), fixed, fields.text("class"))
            } else {
                String::new()
            };
            let values = names
                .iter()
                .zip(&conditions)
                .map(|(name, condition)| match name.as_str() {
                    _ if condition.is_some_and(|condition| !personal::holds(condition, fields)) => {
                        Value::Missing
                    }
                    ours if own.computed(ingest.file_number, &id, ours, fields) => Value::Missing,
                    flag if is_establishment && ESTABLISHMENT_FLAGS.contains(&flag) => {
                        yes_or_no(&fields.value(flag))
                    }
                    "closed" if is_establishment => closed(fields),
                    road if is_road && RoadAttribute::DERIVED.contains(&road) => {
                        of_road(road, ingest.config(), fields)
                    }
                    "code" => code(fields),
                    flag if FLAGS.contains(&flag) => yes_or_no(&fields.value(flag)),
                    other => object_words::of(source.key, &theme, other, ingest, fields)
                        .unwrap_or_else(|| match condition {
                            Some(_) => fields.value(other),
                            None => personal::value(own.table(), other, ingest, fields),
                        }),
                })
                .collect();
            Some(Object {
                id: id.into(),
                commune: ingest.commune.or_else(|| commune_of_point(source.key, ingest, &geometry)),
                geometry: if source.key == LayerKey::TOWN_HALLS {
                    middle(geometry)
                } else {
                    geometry
                },
                names: Arc::clone(&names),
                values,
            })
        },
        if stays_inside { Reach::holds } else { Reach::is_near },
    )?;
    if is_road {
        result.problems.extend(speeds_of_no_road(source, &result.layer.entities));
    }
    if source.key == LayerKey::STATIONS {
        // SNCF lists a station once per line; it is one station.
        result.keep_first_of_each(source.key, |object| object.id.clone());
    }
    Ok(result)
}

/// The identifier of a row; its place where it has none, or where what stands there may be a name, which is told.
fn identifier(layer: &str, ingest: &mut Ingest<'_>, fields: &Fields<'_>) -> String {
    let made = format!("{}-{}", ingest.file_number, ingest.row);
    match fields.code("id", 0) {
        Some(id) if is_identifier(layer, &id) => id,
        Some(_) => {
            ingest.problem(ProblemCode::IdUnfit, made.clone());
            made
        }
        None => made,
    }
}

/// The commune that a town hall stands in, where its file does not say it.
fn commune_of_point(
    key: &str,
    ingest: &Ingest<'_>,
    geometry: &geo::Geometry<f64>,
) -> Option<CodeInsee> {
    (key == LayerKey::TOWN_HALLS).then(|| ingest.reach.commune_of(geometry)).flatten()
}

/// A town hall is a place to measure from: of the outline of its plot, the middle.
fn middle(geometry: geo::Geometry<f64>) -> geo::Geometry<f64> {
    match shape::representative_point(&geometry) {
        Some(at) => geo::Point::from(at).into(),
        None => geometry,
    }
}

/// A flood map read as "some hazard" would be worse than none: each file says which hazard it is, by its schema or by
/// the configuration.
fn every_piece_says_what_it_is(source: &Source<'_>, found: &Pieces) -> Result<(), LoadError> {
    let is_told = source.lenient || source.layer.class.is_some() || source.layer.theme.is_some();
    let mute = found
        .pieces
        .iter()
        .find(|piece| piece.schema.theme.is_empty() && piece.schema.required.is_empty());
    match mute {
        Some(piece) if !is_told && !source.layer.columns.contains_key("class") => {
            Err(LoadError::NoClass { file: piece.shown.clone() })
        }
        _ => Ok(()),
    }
}

/// Names of the attributes of every object of the layer, the same for all its files.
fn attribute_names(source: &Source<'_>) -> Vec<String> {
    let mut names: BTreeMap<String, ()> = BTreeMap::new();
    names.extend(source.layer.columns.keys().map(|name| (name.clone(), ())));
    names.extend(source.layer.class.as_ref().map(|_| ("class".to_owned(), ())));
    let schemas = SCHEMAS.iter().filter(|schema| schema.layer == source.key);
    names.extend(
        schemas.flat_map(|schema| schema.columns).map(|column| (column.ours.to_owned(), ())),
    );
    names.extend(object_words::names(source.key).iter().map(|name| ((*name).to_owned(), ())));
    if [LayerKey::PRESCRIPTIONS, LayerKey::INFORMATIONS].contains(&source.key) {
        names.insert("code".to_owned(), ());
    }
    if source.key == LayerKey::ROADS {
        names.extend(RoadAttribute::DERIVED.map(|name| (name.to_owned(), ())));
    }
    names.into_keys().filter(|name| name != "id" && name != "commune").collect()
}

/// The theme of a hazard: the layer's, else the configured theme of its class, else what the class says.
fn theme(config: &LayerConfig, of_schema: &str, class: Option<&str>) -> String {
    if let Some(theme) = &config.theme {
        return theme.clone();
    }
    let by_schema = |class: Option<&str>| match (of_schema, class) {
        ("flood", Some(class)) => flood_theme_of(class),
        ("", Some(class)) => theme_of(class),
        ("", None) => "other",
        (theme, _) => theme,
    };
    config
        .themes
        .iter()
        .find(|(configured, _)| class.is_some_and(|c| words::plain(configured) == words::plain(c)))
        .map_or_else(|| by_schema(class).to_owned(), |(_, theme)| theme.clone())
}

/// What driving needs to know of a road, in our words; see [`RoadAttribute`].
fn of_road(name: &str, config: &LayerConfig, fields: &Fields<'_>) -> Value<'static> {
    let (class, importance) = (fields.code("class", 0), fields.code("importance", 0));
    let (class, importance) = (class.as_deref(), importance.as_deref());
    let usual_kmh = || {
        let (state, restriction) = (fields.text("state"), fields.text("restriction"));
        usual_speed_of(class, importance, state, restriction, &config.speeds_kmh)
    };
    match name {
        RoadAttribute::DIRECTION => fields
            .code(RoadAttribute::DIRECTION, 0)
            .and_then(|word| direction_of(&word))
            .map_or(Value::Missing, |word| Value::Text(word.into())),
        RoadAttribute::IS_OWN => {
            Value::Flag(own_speed_of(class, importance, &config.speeds_kmh).is_some())
        }
        RoadAttribute::OPENS => Value::Flag(opens_to_plots(fields.text("class"))),
        RoadAttribute::TOWN_KMH => {
            let factor = config.town_factor.unwrap_or(TOWN_FACTOR);
            Value::number(usual_kmh().map(|usual| usual * factor))
        }
        _ => Value::number(usual_kmh()),
    }
}

/// Speeds configured for a class and importance that no road has: a slip of the pen, which would go unseen.
fn speeds_of_no_road<'a>(
    source: &'a Source<'_>,
    roads: &[Object],
) -> impl Iterator<Item = Problem> + 'a {
    let mut words = BTreeSet::new();
    for road in roads.iter().filter(|_| !source.layer.speeds_kmh.is_empty()) {
        for name in ["class", "importance"] {
            match road.attribute(name) {
                Value::Text(word) => words.extend([words::plain(&word)]),
                Value::Number(number) => words.extend([number.to_string()]),
                _ => {}
            }
        }
    }
    let speeds = source.layer.speeds_kmh.iter();
    speeds.filter(move |(class, _)| !words.contains(&words::plain(class))).map(|(class, _)| {
        Problem {
            layer: source.key.to_owned(),
            file: source.layer.path.join(", "),
            row: None,
            feature: None,
            code: ProblemCode::SpeedOfNoRoad,
            value: class.clone(),
            detail: None,
            place: Place::default(),
        }
    })
}

/// Type and sub-type of a prescription or information in one code, `05-07`; before 2017 there is no sub-type.
fn code(fields: &Fields<'_>) -> Value<'static> {
    match (fields.code("class", 2), fields.code("subclass", 2)) {
        (Some(class), Some(subclass)) => Value::Text(format!("{class}-{subclass}").into()),
        (Some(class), None) => Value::Text(class.into()),
        (None, _) => Value::Missing,
    }
}

/// When an establishment closed: as said, else since when SIRENE has it as closed.
fn closed(fields: &Fields<'_>) -> Value<'static> {
    match (fields.value("closed"), yes_or_no(&fields.value("active"))) {
        (Value::Missing, Value::Flag(false)) => fields.value("state_since"),
        (said, _) => said,
    }
}

fn yes_or_no(value: &Value<'static>) -> Value<'static> {
    match value {
        Value::Text(text) => match words::plain(text).as_str() {
            "o" | "oui" | "true" | "1" | "y" | "yes" | "a" => Value::Flag(true),
            "n" | "non" | "false" | "0" | "no" | "f" => Value::Flag(false),
            _ => Value::Missing,
        },
        Value::Number(number) => Value::Flag(*number != 0.0),
        Value::Flag(flag) => Value::Flag(*flag),
        _ => Value::Missing,
    }
}
