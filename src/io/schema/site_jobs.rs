//! The table of jobs per site that a user writes for `gisement housing --add`.

use super::Column;

/// Its columns; the first is required, and one of `jobs` and `hectares`.
pub(crate) const COLUMNS: [Column; 4] = [
    Column { ours: "at", theirs: &["at", "site", "id", "lieu"] },
    Column { ours: "jobs", theirs: &["jobs", "emplois"] },
    Column { ours: "activity", theirs: &["activity", "activite", "activité"] },
    Column { ours: "hectares", theirs: &["hectares", "ha", "surface_ha"] },
];
