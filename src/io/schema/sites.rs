//! Economic sites.

use super::Column;
use super::Schema;
use super::Shape;

/// CNIG sites économiques, and Fusac which has the same shape.
pub(super) const CNIG: Schema = Schema {
    id: "cnig-site-eco",
    layer: "sites",
    source: "Sites économiques (standard CNIG)",
    licence: "Licence Ouverte 2.0",
    columns: &[
        Column { ours: "id", theirs: &["site_id"] },
        Column { ours: "class", theirs: &["site_type"] },
        Column { ours: "state", theirs: &["site_etat"] },
    ],
    required: &["id"],
    shape: Shape::Native,
    epsg: None,
};

/// Any outlines of economic sites.
pub(super) const ANY: Schema = Schema {
    id: "sites",
    layer: "sites",
    source: "",
    licence: "",
    columns: &[],
    required: &[],
    shape: Shape::Native,
    epsg: None,
};
