//! Vacant dwellings per commune: LOVAC, open data.

use super::Column;
use super::FREE_TABLE;
use super::Schema;

/// LOVAC 2019 and later: `;`, Windows-1252 or UTF-8, padded headers, spaces in numbers; a workbook in 2020 and 2021.
/// `s` stands for 1 to 10 dwellings; columns carry the year, from 2019 to 2021 as `Nb_logvac_2A_010119`.
pub(super) const LOVAC: Schema = Schema {
    id: "lovac",
    layer: "vacancy",
    source: "LOVAC – DGALN / Cerema",
    licence: "Licence Ouverte 2.0",
    columns: &[
        Column { ours: "commune", theirs: &["codgeo_##", "codgeo", "insee_com"] },
        Column {
            ours: "private_dwellings",
            theirs: &["pp_total_##", "pp_total_####", "pp_####", "nb_log_pp_####"],
        },
        Column {
            ours: "vacant",
            theirs: &["pp_vacant_##", "pp_vacant_####", "nb_logvac_pp_######"],
        },
        Column {
            ours: "vacant_2y",
            theirs: &["pp_vacant_plus_2ans_##", "pp_vacant_plus_2ans_####", "nb_logvac_2a_######"],
        },
    ],
    required: &["commune", "vacant_2y"],
    names: &["~lovac"],
    signs: &["codgeo_##", "pp_vacant_plus_2ans_##"],
    ..FREE_TABLE
};

/// The table of 2021 published with Cartofriches: stock and share in percent.
pub(super) const LOVAC_RATES_2021: Schema = Schema {
    id: "lovac-taux-2021",
    layer: "vacancy",
    source: "LOVAC 2021 (taux) – DGALN / Cerema",
    licence: "Licence Ouverte 2.0",
    columns: &[
        Column { ours: "commune", theirs: &["comm_insee"] },
        Column { ours: "private_dwellings", theirs: &["nb_log_pp_####"] },
        Column { ours: "vacant_2y_percent", theirs: &["prop_logvac_pp_2a_######"] },
    ],
    required: &["commune", "private_dwellings", "vacant_2y_percent"],
    names: &["~lovac"],
    signs: &["comm_insee", "prop_logvac_pp_2a_######"],
    ..FREE_TABLE
};
