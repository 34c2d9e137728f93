//! Sales of land and buildings: DVF.

use super::Column;
use super::FREE_TABLE;
use super::Schema;
use super::words;
use crate::domain::Premises;

/// geo-dvf (Etalab), 2019 and later: `,`, UTF-8, `.csv` or `.csv.gz`, per department or commune. `id_mutation` holds
/// within one release only. The header is that of <https://files.data.gouv.fr/geo-dvf/>.
pub(super) const GEO_DVF: Schema = Schema {
    id: "geo-dvf",
    layer: "sales",
    source: "DVF géolocalisées – DGFiP / Etalab",
    licence: "Licence Ouverte 2.0",
    columns: &[
        Column { ours: "mutation", theirs: &["id_mutation"] },
        Column { ours: "date", theirs: &["date_mutation"] },
        Column { ours: "disposition", theirs: &["numero_disposition"] },
        Column { ours: "nature", theirs: &["nature_mutation"] },
        Column { ours: "price", theirs: &["valeur_fonciere"] },
        Column { ours: "commune", theirs: &["code_commune"] },
        Column { ours: "parcel", theirs: &["id_parcelle"] },
        Column { ours: "premises", theirs: &["code_type_local"] },
        Column { ours: "built_m2", theirs: &["surface_reelle_bati"] },
        Column { ours: "culture", theirs: &["code_nature_culture"] },
        Column { ours: "culture_special", theirs: &["code_nature_culture_speciale"] },
        Column { ours: "land_m2", theirs: &["surface_terrain"] },
    ],
    required: &["mutation", "nature", "price", "commune", "premises", "built_m2"],
    names: &["~valeursfoncieres", "~dvf", "mutations"],
    signs: &["id_mutation", "nature_mutation"],
    ..FREE_TABLE
};

/// `ValeursFoncieres-AAAA.txt` (DGFiP), every vintage: `|`, decimal commas, dates as 31/12/2023. There is no
/// identifier of the mutation: `Code service CH` and `Reference document` say it where they are filled in.
pub(super) const DVF_DGFIP: Schema = Schema {
    id: "dvf-dgfip",
    layer: "sales",
    source: "DVF – DGFiP",
    licence: "Licence Ouverte 2.0",
    columns: &[
        Column { ours: "service", theirs: &["code service ch", "code service sages"] },
        Column { ours: "document", theirs: &["reference document"] },
        Column { ours: "date", theirs: &["date mutation"] },
        Column { ours: "disposition", theirs: &["no disposition"] },
        Column { ours: "nature", theirs: &["nature mutation"] },
        Column { ours: "price", theirs: &["valeur fonciere"] },
        Column { ours: "department", theirs: &["code departement"] },
        Column { ours: "commune_number", theirs: &["code commune"] },
        Column { ours: "parcel_prefix", theirs: &["prefixe de section"] },
        Column { ours: "parcel_section", theirs: &["section"] },
        Column { ours: "parcel_number", theirs: &["no plan"] },
        Column { ours: "premises", theirs: &["code type local"] },
        Column { ours: "premises_id", theirs: &["identifiant local"] },
        Column { ours: "built_m2", theirs: &["surface reelle bati"] },
        Column { ours: "culture", theirs: &["nature culture"] },
        Column { ours: "culture_special", theirs: &["nature culture speciale"] },
        Column { ours: "land_m2", theirs: &["surface terrain"] },
    ],
    required: &["date", "nature", "price", "department", "commune_number", "premises", "built_m2"],
    names: &["~valeursfoncieres", "~dvf", "mutations"],
    signs: &["nature mutation", "valeur fonciere"],
    ..FREE_TABLE
};

/// Median prices by commune with the sales they rest on: what is made of DVF by those who join it to other figures of
/// communes. An EPCI has no median of its own there.
pub(super) const BY_COMMUNE: Schema = Schema {
    id: "prix-par-commune",
    layer: "sales",
    source: "Prix médians par commune (d'après DVF)",
    columns: &[
        Column { ours: "commune", theirs: &["insee_com", "codgeo", "insee"] },
        Column { ours: "price_m2", theirs: &["dvf_pxm2_median"] },
        Column { ours: "price_n", theirs: &["dvf_nbtrans"] },
    ],
    required: &["commune", "price_m2", "price_n"],
    ..FREE_TABLE
};

/// Whether a schema of sales has medians, and no deeds.
#[must_use]
pub fn has_medians(schema: &Schema) -> bool {
    schema.id == BY_COMMUNE.id
}

/// Whether a nature of mutation is a sale on the market: `Vente` or `Vente en l'état futur d'achèvement`. Exchanges,
/// auctions, expropriations and building land are none.
#[must_use]
pub fn is_market_sale(nature: &str) -> bool {
    let plain = words::plain(nature);
    plain == "vente" || plain.starts_with("vente en l'etat futur")
}

/// Whether a nature of mutation is a sale of land as it stands: `Vente` or `Vente terrain à bâtir`.
#[must_use]
pub fn is_land_sale(nature: &str) -> bool {
    let plain = words::plain(nature);
    plain == "vente" || plain == "vente terrain a batir"
}

/// Whether a code of `nature_culture` is `AB`, "terrains à bâtir".
#[must_use]
pub fn is_building_land(culture: &str) -> bool {
    culture.trim().eq_ignore_ascii_case("AB")
}

/// What `code_type_local` means; `None` when it is none of the list.
#[must_use]
pub fn premises_of(code: &str) -> Option<Premises> {
    match code.trim().trim_end_matches(".0") {
        "1" => Some(Premises::House),
        "2" => Some(Premises::Flat),
        "3" => Some(Premises::Outbuilding),
        "4" => Some(Premises::Business),
        _ => None,
    }
}
