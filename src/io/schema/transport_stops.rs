//! Stops of public transport.

use super::Column;
use super::FREE;
use super::Schema;
use super::TextShape;

/// GTFS, `stops.txt`, alone or in the archive of a network.
pub(super) const GTFS: Schema = Schema {
    id: "gtfs-stops",
    layer: "transport_stops",
    source: "Réseaux de transport (GTFS) – transport.data.gouv.fr",
    licence: "Licence Ouverte 2.0 ou ODbL, selon le réseau",
    columns: &[
        Column { ours: "id", theirs: &["stop_id"] },
        Column { ours: "label", theirs: &["stop_name"] },
        Column { ours: "class", theirs: &["location_type"] },
        Column { ours: "parent", theirs: &["parent_station"] },
    ],
    required: &["id"],
    names: &["stops"],
    signs: &["stop_id", "stop_lat", "stop_lon"],
    text_shapes: &[TextShape::Pair(&["stop_lon"], &["stop_lat"])],
    epsg: Some(4326),
    ..FREE
};

/// Any points.
pub(super) const ANY: Schema =
    Schema { id: "arrets", layer: "transport_stops", names: &["~arrets", "~stops"], ..FREE };

/// Whether one gets on and off here: GTFS `location_type` 0 (stop, the default) and 1 (station); 2 to 4 are entrances,
/// nodes of a way and boarding areas.
#[must_use]
pub(crate) fn is_stop(location_type: Option<&str>) -> bool {
    !matches!(location_type.map(str::trim), Some("2" | "3" | "4"))
}
