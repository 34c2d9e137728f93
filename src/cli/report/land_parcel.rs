//! What the survey of economic land says of one parcel.

use gisement::domain::Territory;
use gisement::evaluation::Profile;
use gisement::io::deliver::layers;
use gisement::words::Words;
use serde_json::Value as Json;
use serde_json::json;

/// A parcel and the terrain that it is part of.
pub(crate) struct LandParcel {
    /// What is said of the parcel: one line for each zone it lies in.
    pub(crate) text: String,
    /// The same as JSON.
    pub(crate) json: Json,
    /// The terrain that holds most of it.
    pub(crate) terrain: Option<String>,
}

/// Looks a parcel up by its identifier; `None` when it names none.
pub(crate) fn look_up(
    territory: &Territory,
    profile: &Profile,
    id: &str,
    words: &Words,
) -> Option<LandParcel> {
    let parcels = territory.parcels.as_ref()?;
    let at = match id.parse() {
        Ok(idu) => territory.register.position(parcels, idu)?,
        Err(_) => parcels.entities.iter().position(|parcel| parcel.id.to_string() == id)?,
    };
    let stock = territory.stock.as_ref()?;
    let mut text = String::new();
    for piece in stock.pieces.iter().filter(|piece| piece.parcel == at) {
        let key = format!("availability.{}", piece.availability.as_str());
        let reason = layers::reason_told(&piece.reason, profile.land.as_ref(), words);
        text.push_str(&words.fill(
            "land.parcel_title",
            &[("id", id), ("availability", words.say(&key)), ("reason", &reason)],
        ));
        text.push('\n');
    }
    if text.is_empty() {
        text = words.fill("land.parcel_not_in_zone", &[("id", id)]);
        text.push('\n');
    }
    let terrain = stock
        .terrains
        .entities
        .iter()
        .filter_map(|terrain| {
            let part = terrain.parts.iter().find(|part| part.parcel == at)?;
            Some((part.area_m2, terrain.id.to_string()))
        })
        .max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(&a.1)))
        .map(|(_, id)| id);
    if let Some(id) = &terrain {
        text.push_str(&words.fill("land.parcel_in_terrain", &[("id", id)]));
        text.push_str("\n\n");
    }
    let pieces: Vec<Json> = stock
        .pieces
        .iter()
        .filter(|piece| piece.parcel == at)
        .map(|piece| {
            json!({
                "zone": stock.zones.entities.get(piece.zone).map(|zone| zone.id.to_string()),
                "area_m2": piece.area_m2,
                "availability": piece.availability.as_str(),
                "availability_rule": {"rule": piece.reason.key, "about": piece.reason.about},
            })
        })
        .collect();
    let json = json!({
        "profile": profile.id,
        "unit": "parcel",
        "id": id,
        "candidate": false,
        "pieces": pieces,
        "terrain": terrain,
    });
    Some(LandParcel { text, json, terrain })
}
