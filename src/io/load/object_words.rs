//! Attributes that are words of ours, whatever the producer's spelling; and rows that are not what the layer is of.

use super::fields::Fields;
use super::ingest::Ingest;
use crate::domain::LayerKey;
use crate::domain::ProblemCode;
use crate::domain::Value;
use crate::io::schema::ACTIVITY_WORDS;
use crate::io::schema::CLAY_WORDS;
use crate::io::schema::SATURATION_WORDS;
use crate::io::schema::Saturation;
use crate::io::schema::activity_state_of;
use crate::io::schema::clay_level_of;
use crate::io::schema::is_stop;
use crate::io::schema::is_town_hall;
use crate::io::schema::is_unsaid;
use crate::io::schema::nature_kind_of;
use crate::io::schema::network_kind_of;
use crate::io::schema::renewable_kind_of;
use crate::io::schema::saturation_of;
use crate::io::schema::soil_kind_of;

/// Our attributes of a layer that no column holds as they are.
pub(super) fn names(layer: &str) -> &'static [&'static str] {
    match layer {
        LayerKey::HAZARDS => &["class", "kind", "level", "state", "theme"],
        LayerKey::RENEWABLE_ZONES => &["kind"],
        LayerKey::GRID_CONSTRAINTS => &["saturated"],
        _ => &[],
    }
}

/// Whether a row is what the layer is of: national files list other places beside.
pub(super) fn is_of_layer(layer: &str, ingest: &Ingest<'_>, fields: &Fields<'_>) -> bool {
    match layer {
        LayerKey::TOWN_HALLS => is_town_hall(ingest.piece().schema, fields.text("class")),
        LayerKey::TRANSPORT_STOPS => is_stop(fields.code("class", 0).as_deref()),
        _ => true,
    }
}

/// The value of an attribute that is a word of ours; `None` where the column is taken as it is.
pub(super) fn of(
    layer: &str,
    theme: &str,
    name: &str,
    ingest: &mut Ingest<'_>,
    fields: &Fields<'_>,
) -> Option<Value<'static>> {
    match (layer, name) {
        (LayerKey::HAZARDS, "theme") => Some(Value::Text(theme.to_owned().into())),
        (LayerKey::HAZARDS, "kind") => kind(theme, ingest, fields),
        (LayerKey::HAZARDS, "level") if theme == "clay" => {
            let said = fields.code("level", 0).or_else(|| fields.code("class", 0));
            Some(listed(said, "level", clay_level_of, CLAY_WORDS, ingest))
        }
        (LayerKey::HAZARDS, "state") if ["technological", "pollution"].contains(&theme) => {
            let said = fields.code("state", 0);
            Some(listed(said, "state", activity_state_of, ACTIVITY_WORDS, ingest))
        }
        (LayerKey::RENEWABLE_ZONES, "kind") => {
            let details = ["detail", "detail_2", "detail_3"].map(|column| fields.text(column));
            Some(Value::Text(renewable_kind_of(fields.text("zoning"), details).into()))
        }
        (LayerKey::GRID_CONSTRAINTS, "saturated") => Some(saturated(ingest, fields)),
        _ => None,
    }
}

/// Which inventory or protection a hazard is of, where its theme has several: by the schema, the class, the name of the
/// layer, the name of the file; the first that says it.
fn kind(theme: &str, ingest: &Ingest<'_>, fields: &Fields<'_>) -> Option<Value<'static>> {
    let piece = ingest.piece();
    let class = fields.text("class").unwrap_or_default();
    let file = piece.shown.rsplit('/').next().unwrap_or_default();
    let places = [piece.schema.id, class, &piece.header.name, file];
    let word = match theme {
        "pollution" => places.into_iter().find_map(soil_kind_of),
        "nature" | "regional_park" => places.into_iter().find_map(nature_kind_of),
        "ecological_network" => {
            let aim = fields.text("aim").unwrap_or_default();
            let told = format!("{class} {aim}");
            let with_name = format!("{} {aim}", piece.header.name);
            network_kind_of(&told).or_else(|| network_kind_of(&with_name))
        }
        _ => return None,
    };
    Some(word.map_or(Value::Missing, |word| Value::Text(word.into())))
}

/// A word by its list; missing where the producer says nothing, told where the word is of no list.
fn listed(
    said: Option<String>,
    name: &str,
    list: impl Fn(&str) -> Option<&'static str>,
    known: &[&str],
    ingest: &mut Ingest<'_>,
) -> Value<'static> {
    let Some(word) = said.filter(|word| !is_unsaid(word)) else { return Value::Missing };
    match list(&word) {
        Some(ours) => Value::Text(ours.into()),
        None => {
            ingest.problem_of(ProblemCode::UnknownWord, name, &word, known);
            Value::Missing
        }
    }
}

fn saturated(ingest: &mut Ingest<'_>, fields: &Fields<'_>) -> Value<'static> {
    let Some(word) = fields.text("class") else { return Value::Missing };
    match saturation_of(word) {
        Saturation::Saturated => Value::Flag(true),
        Saturation::Open => Value::Flag(false),
        Saturation::Unsaid => Value::Missing,
        Saturation::UnknownWord => {
            ingest.problem_of(ProblemCode::UnknownWord, "saturated", word, SATURATION_WORDS);
            Value::Missing
        }
    }
}
