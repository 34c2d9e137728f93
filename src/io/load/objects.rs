//! Layers without a noun of their own: buildings, hazards, roads, stations, sites, and what profiles name.

use std::collections::BTreeMap;
use std::collections::HashSet;
use std::sync::Arc;

use super::LoadError;
use super::layer::LayerResult;
use super::layer::Source;
use super::reach::Reach;
use crate::domain::Fate;
use crate::domain::LayerKey;
use crate::domain::Object;
use crate::domain::Place;
use crate::domain::Problem;
use crate::domain::ProblemCode;
use crate::domain::Value;
use crate::io::config::LayerConfig;
use crate::io::schema::SCHEMAS;
use crate::io::schema::theme_of;
use crate::io::schema::words;
use crate::spatial::shape;

/// Attributes of stations that are yes or no.
const FLAGS: [&str; 2] = ["freight", "passengers"];

pub(super) fn load(source: &Source<'_>, reach: &Reach) -> Result<LayerResult<Object>, LoadError> {
    let names: Arc<[String]> = attribute_names(source).into();
    let is_hazard = source.key == LayerKey::HAZARDS;
    let stays_inside = matches!(source.key, LayerKey::BUILDINGS);
    let mut result = source.read(
        reach,
        |ingest, fields, geometry| {
            let id = fields
                .code("id", 0)
                .unwrap_or_else(|| format!("{}-{}", ingest.file_number, ingest.row));
            let values = names
                .iter()
                .map(|name| match name.as_str() {
                    "theme" if is_hazard => {
                        Value::Text(theme(ingest.config(), fields.text("class")).into())
                    }
                    flag if FLAGS.contains(&flag) => yes_or_no(&fields.value(flag)),
                    other => fields.value(other),
                })
                .collect();
            Some(Object {
                id: id.into(),
                commune: ingest.commune,
                geometry,
                names: Arc::clone(&names),
                values,
            })
        },
        if stays_inside { Reach::holds } else { Reach::is_near },
    )?;
    if source.key == LayerKey::STATIONS {
        drop_repeated(source.key, &mut result);
    }
    Ok(result)
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
    if source.key == LayerKey::HAZARDS {
        names.insert("class".to_owned(), ());
        names.insert("theme".to_owned(), ());
    }
    names.into_keys().filter(|name| name != "id" && name != "commune").collect()
}

/// The theme of a hazard: the layer's, else the configured theme of its class, else what the class says.
fn theme(config: &LayerConfig, class: Option<&str>) -> String {
    if let Some(theme) = &config.theme {
        return theme.clone();
    }
    let Some(class) = class else { return "other".to_owned() };
    config
        .themes
        .iter()
        .find(|(configured, _)| words::plain(configured) == words::plain(class))
        .map_or_else(|| theme_of(class).to_owned(), |(_, theme)| theme.clone())
}

fn yes_or_no(value: &Value<'static>) -> Value<'static> {
    match value {
        Value::Text(text) => match words::plain(text).as_str() {
            "o" | "oui" | "true" | "1" | "y" | "yes" => Value::Flag(true),
            "n" | "non" | "false" | "0" | "no" => Value::Flag(false),
            _ => Value::Missing,
        },
        Value::Number(number) => Value::Flag(*number != 0.0),
        Value::Flag(flag) => Value::Flag(*flag),
        _ => Value::Missing,
    }
}

/// SNCF lists a station once per line; it is one station.
fn drop_repeated(key: &str, result: &mut LayerResult<Object>) {
    let mut seen = HashSet::new();
    let (balance, problems) = (&mut result.balance, &mut result.problems);
    result.layer.entities.retain(|object| {
        let first = seen.insert(object.id.clone());
        if !first {
            balance.recount(object.commune, Fate::Kept, Fate::Rejected);
            problems.push(Problem {
                layer: key.to_owned(),
                file: String::new(),
                row: None,
                feature: Some(object.id.to_string()),
                code: ProblemCode::IdDuplicate,
                value: object.id.to_string(),
                place: Place {
                    at: shape::representative_point(&object.geometry),
                    commune: object.commune,
                },
            });
        }
        first
    });
}
