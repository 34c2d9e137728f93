//! Shops and services: the equipment that INSEE lists, with coordinates.

use super::Column;
use super::FREE;
use super::Schema;
use super::TextShape;

/// Base permanente des équipements, geolocated: `;`, Lambert-93 (2018 to 2024). Names of firms (`NOMRS`) are not read.
/// From INSEE's dictionary of variables, not seen as a whole file.
pub(super) const BPE: Schema = Schema {
    id: "insee-bpe",
    layer: "amenities",
    source: "Base permanente des équipements – INSEE",
    licence: "Licence Ouverte 2.0",
    columns: &[
        Column { ours: "kind", theirs: &["typequ", "type_equipement"] },
        Column { ours: "commune", theirs: &["depcom", "codgeo"] },
        Column { ours: "place_quality", theirs: &["qualite_xy", "qualite_geoloc"] },
    ],
    required: &["kind"],
    names: &["~bpe"],
    signs: &["typequ", "depcom"],
    text_shapes: &[
        TextShape::Pair(&["lambert_x"], &["lambert_y"]),
        TextShape::Pair(&["coord_x"], &["coord_y"]),
    ],
    epsg: Some(2154),
    ..FREE
};

/// Any points whose column `kind` holds the codes of INSEE's list (`B104`, `D307`).
pub(super) const ANY: Schema = Schema {
    id: "equipements",
    layer: "amenities",
    columns: &[Column { ours: "kind", theirs: &["kind", "type", "typequ"] }],
    names: &["~equipements"],
    ..FREE
};
