//! Hazards and constraints: any polygons with a class, and the theme that the class belongs to.

use super::Column;
use super::FREE;
use super::Schema;

/// Servitudes d'utilité publique: `assiette_sup_s`, `_l`, `_p` of the CNIG standard and of the Géoportail de l'urbanisme.
pub(super) const SUP: Schema = Schema {
    id: "cnig-assiette-sup",
    layer: "hazards",
    source: "Servitudes d'utilité publique – Géoportail de l'urbanisme",
    licence: "Licence Ouverte 2.0",
    columns: &[
        Column { ours: "id", theirs: &["idass"] },
        Column { ours: "class", theirs: &["suptype", "categorie", "typeass"] },
        Column { ours: "kind", theirs: &["typeass"] },
    ],
    required: &["id", "class"],
    names: &["~assiette_sup", "~assiette"],
    signs: &["idass", "typeass"],
    ..FREE
};

/// Regulation zones of a PPRT (COVADIS): `typereg` 02 and more forbid building.
pub(super) const PPRT: Schema = Schema {
    id: "covadis-zone-pprt",
    names: &["~zone_reg_pprt", "~pprt"],
    theme: "technological",
    ..PPRI
};

/// Regulation zones of a PPRI (COVADIS): `typereg` 02 and more forbid building.
pub(super) const PPRI: Schema = Schema {
    id: "covadis-zone-ppri",
    layer: "hazards",
    source: "Plans de prévention des risques – DDT / DREAL",
    licence: "Licence Ouverte 2.0",
    columns: &[
        Column { ours: "id", theirs: &["idzonereglementaire", "id_zone", "idzone"] },
        Column { ours: "class", theirs: &["typereg", "typereglement"] },
        Column { ours: "kind", theirs: &["codezone", "codezonereglement"] },
    ],
    required: &["class", "kind"],
    names: &["~ppri", "~zone_reg_pprn"],
    theme: "flood",
    ..FREE
};

/// Perimeter of a plan of prevention (COVADIS): where the plan speaks, not where it forbids.
pub(super) const PERIMETER: Schema = Schema {
    id: "covadis-perimetre",
    layer: "hazards",
    source: "Plans de prévention des risques – DDT / DREAL",
    licence: "Licence Ouverte 2.0",
    columns: &[
        Column { ours: "id", theirs: &["idperimetre", "id_perimetre"] },
        Column { ours: "class", theirs: &["etatprocedure", "etat"] },
    ],
    required: &["id"],
    names: &["~perimetre", "~pprt", "~pprn"],
    theme: "other",
    ..FREE
};

/// Installations classées (Géorisques).
pub(super) const ICPE: Schema = Schema {
    id: "georisques-icpe",
    layer: "hazards",
    source: "Installations classées – Géorisques",
    licence: "Licence Ouverte 2.0",
    columns: &[
        Column { ours: "id", theirs: &["code_aiot", "codeaiot"] },
        Column { ours: "class", theirs: &["lib_regime", "regime"] },
        Column { ours: "kind", theirs: &["lib_seveso", "seveso", "statutseveso"] },
        Column { ours: "commune", theirs: &["cd_insee", "codeinsee"] },
    ],
    required: &["id", "class"],
    names: &["~installationsclassees", "~icpe"],
    signs: &["code_aiot", "lib_regime"],
    theme: "technological",
    ..FREE
};

/// Polluted soils: SIS and CASIAS (Géorisques).
pub(super) const SOILS: Schema = Schema {
    id: "georisques-sols",
    layer: "hazards",
    source: "Secteurs d'information sur les sols, CASIAS – Géorisques",
    licence: "Licence Ouverte 2.0",
    columns: &[
        Column {
            ours: "id",
            theirs: &["id_sis", "identifiant_ssp", "identifiant_casias", "id_casias"],
        },
        Column { ours: "commune", theirs: &["code_insee", "code_commune", "insee"] },
    ],
    required: &["id"],
    names: &["~sis", "~casias", "~basias"],
    theme: "pollution",
    ..FREE
};

/// Natura 2000 and ZNIEFF (INPN).
pub(super) const NATURE: Schema = Schema {
    id: "inpn-zonage",
    layer: "hazards",
    source: "Inventaire national du patrimoine naturel – OFB / MNHN",
    licence: "Licence Ouverte 2.0",
    columns: &[Column { ours: "id", theirs: &["sitecode", "id_mnhn", "id_org", "id_local"] }],
    required: &["id"],
    names: &["~znieff", "~natura", "sic", "zps", "~apb"],
    theme: "nature",
    ..FREE
};

/// Any outlines, lines or points; the class column is configured.
pub(super) const ANY: Schema = Schema { id: "aleas", layer: "hazards", ..FREE };

/// The theme of a regulation zone of a PPRI by its `typereg`: 01 allows under conditions, 02 to 05 forbid.
#[must_use]
pub fn flood_theme_of(typereg: &str) -> &'static str {
    match typereg.trim().trim_start_matches('0') {
        "2" | "3" | "4" | "5" => "flood_red",
        _ => theme_of_flood_word(typereg),
    }
}

fn theme_of_flood_word(typereg: &str) -> &'static str {
    let plain = super::words::plain(typereg);
    if plain.contains("rouge") || plain.contains("interdiction") { "flood_red" } else { "flood" }
}

/// Words that give a class away, tried in order on the class without accents, in lower case.
const THEME_WORDS: &[(&str, &[&str])] = &[
    ("flood_red", &["ppri rouge", "inondation rouge", "zone rouge", "rouge inondation"]),
    ("flood", &["ppri", "inond", "azi", "tri ", "papi", "submersion", "pm1"]),
    ("nuclear", &["inb", "ppi", "nucleaire", "pm6"]),
    (
        "technological",
        &["pprt", "icpe", "seveso", "pm3", "technolog", "hydrocarbure", "gaz", "i1", "i3"],
    ),
    ("pollution", &["sis", "casias", "basias", "basol", "pollu", "pm2"]),
    ("nature", &["natura", "znieff", "reserve", "ac3", "biotope", "zico", "n2000"]),
    ("heritage", &["ac1", "ac2", "ac4", "monument", "patrimoin", "abf", "inscrit", "classe"]),
];

/// The theme of a hazard class (`PPRI rouge` is `flood_red`); `other` when no word gives it away.
#[must_use]
pub fn theme_of(class: &str) -> &'static str {
    let plain = super::words::plain(class);
    THEME_WORDS
        .iter()
        .find(|(_, words)| words.iter().any(|word| plain.contains(word)))
        .map_or("other", |(theme, _)| theme)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_classes_have_their_theme() {
        for (class, theme) in [
            ("PPRI rouge", "flood_red"),
            ("PPRI bleu", "flood"),
            ("Zone inondable (AZI)", "flood"),
            ("PPRT", "technological"),
            ("SIS", "pollution"),
            ("Natura 2000", "nature"),
            ("ZNIEFF type 1", "nature"),
            ("AC1 – abords de monument historique", "heritage"),
            ("Golfech INB", "nuclear"),
            ("Carrière", "other"),
        ] {
            assert_eq!(theme_of(class), theme, "{class}");
        }
    }
}
