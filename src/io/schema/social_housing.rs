//! Social dwellings per commune: RPLS.

use super::Column;
use super::FREE_TABLE;
use super::Schema;

/// Results of the RPLS by commune, sheet `COMMUNE` of the SDES workbook, 2019 and later: five rows of titles and labels
/// stand above the names. The year of the file has no suffix (`nb_ls`, `tx_vac3`), earlier years have one
/// (`nb_ls2022`, `tx_vac_3_2022`); extracts keep only those with one. `tx_vac3` is vacancy beyond three months.
/// Names as read by public users of the file: <https://github.com/MTES-MCT/sparte> (dbt models `rpls`).
pub(super) const RPLS: Schema = Schema {
    id: "rpls",
    layer: "social_housing",
    source: "RPLS – SDES",
    licence: "Licence Ouverte 2.0",
    columns: &[
        Column { ours: "commune", theirs: &["depcom_arm", "depcom", "codgeo"] },
        Column { ours: "social_dwellings", theirs: &["nb_ls", "nb_ls####"] },
        Column { ours: "social_let", theirs: &["nb_loues", "nb_loues####"] },
        Column { ours: "social_vacant", theirs: &["nb_vacants", "nb_vacants####"] },
        Column { ours: "social_empty", theirs: &["nb_vides", "nb_vides####"] },
        Column { ours: "social_vacancy_percent", theirs: &["tx_vac", "tx_vac_####"] },
        Column {
            ours: "social_vacancy_3m_percent",
            theirs: &["tx_vac3", "tx_vac_3", "tx_vac_3_####"],
        },
        Column { ours: "social_mobility_percent", theirs: &["tx_mob", "tx_mob_####"] },
        Column { ours: "social_rent_m2", theirs: &["loymoy", "loymoy_####"] },
    ],
    required: &["commune", "social_dwellings"],
    names: &["~rpls"],
    signs: &["depcom_arm"],
    ..FREE_TABLE
};
