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
        Column {
            ours: "state",
            theirs: &[
                "lib_etat",
                "lib_etat_activite",
                "etat_activite",
                "etatactivite",
                "etat_activ",
            ],
        },
        Column { ours: "commune", theirs: &["cd_insee", "codeinsee"] },
    ],
    required: &["id", "class"],
    names: &["~installationsclassees", "~icpe"],
    signs: &["code_aiot", "lib_regime"],
    theme: "technological",
    ..FREE
};

/// Polluted soils (Géorisques): what does not say which inventory it is of.
pub(super) const SOILS: Schema = Schema {
    id: "georisques-sols",
    layer: "hazards",
    source: "Sites et sols pollués – Géorisques",
    licence: "Licence Ouverte 2.0",
    columns: &[
        Column { ours: "id", theirs: &["identifiant_ssp", "id_ssp", "identifiant_instruction"] },
        Column { ours: "state", theirs: STATES },
        Column { ours: "commune", theirs: &["code_insee", "code_commune", "insee"] },
    ],
    required: &["id"],
    names: &["~sis", "~casias", "~basias", "~basol", "~instruction"],
    epsg: Some(4326),
    theme: "pollution",
    ..FREE
};

/// Where the state of a former activity stands.
const STATES: &[&str] =
    &["statut", "etat_occupation", "etat_site", "etat_activite", "statut_instruction"];

/// Secteurs d'information sur les sols (Géorisques).
pub(super) const SIS: Schema = Schema {
    id: "georisques-sis",
    source: "Secteurs d'information sur les sols – Géorisques",
    columns: &[
        Column { ours: "id", theirs: &["id_sis", "identifiant_sis"] },
        Column { ours: "commune", theirs: &["code_insee", "code_commune", "insee"] },
    ],
    names: &["~sis"],
    ..SOILS
};

/// Anciens sites industriels et activités de services (Géorisques, formerly Basias). Names of establishments, often a
/// person's, are not read. Beside `identifiant_ssp`, the columns of the API are from documentation.
pub(super) const CASIAS: Schema = Schema {
    id: "georisques-casias",
    source: "CASIAS – Géorisques",
    columns: &[
        Column {
            ours: "id",
            theirs: &[
                "identifiant_casias",
                "id_casias",
                "indice_departemental",
                "identifiant_basias",
            ],
        },
        Column { ours: "state", theirs: STATES },
        Column { ours: "commune", theirs: &["code_insee", "code_commune", "insee"] },
    ],
    names: &["~casias", "~basias"],
    ..SOILS
};

/// Natura 2000, ZNIEFF, nature reserves (INPN); the name of the file tells which.
pub(super) const NATURE: Schema = Schema {
    id: "inpn-zonage",
    layer: "hazards",
    source: "Inventaire national du patrimoine naturel – OFB / MNHN",
    licence: "Licence Ouverte 2.0",
    columns: &[Column { ours: "id", theirs: &["sitecode", "id_mnhn", "id_org", "id_local"] }],
    required: &["id"],
    names: &["~znieff", "~natura", "sic", "zps", "~apb", "rnn", "rnr", "~reserve_naturelle"],
    theme: "nature",
    ..FREE
};

/// Parcs naturels régionaux (INPN): a theme of their own, since what is lived and worked in is not withheld from building.
pub(super) const REGIONAL_PARKS: Schema = Schema {
    id: "inpn-pnr",
    names: &["~pnr", "~parc_naturel_regional", "~parcs_naturels_regionaux"],
    theme: "regional_park",
    named_only: true,
    ..NATURE
};

/// Shrinking and swelling of clay (BRGM, Géorisques). From documentation, not seen.
pub(super) const CLAY: Schema = Schema {
    id: "georisques-argiles",
    layer: "hazards",
    source: "Exposition au retrait-gonflement des argiles – BRGM / Géorisques",
    licence: "Licence Ouverte 2.0",
    columns: &[
        Column { ours: "class", theirs: &["alea", "exposition", "lib_alea", "niveau"] },
        Column { ours: "level", theirs: &["alea", "exposition", "lib_alea", "niveau"] },
    ],
    required: &["class"],
    names: &["~argile", "~alearg", "~rga"],
    theme: "clay",
    named_only: true,
    ..FREE
};

/// Cavities under ground, as points (BRGM, Géorisques); many stand at the centre of their commune, which `place_quality`
/// says. From documentation, not seen.
pub(super) const CAVITIES: Schema = Schema {
    id: "georisques-cavites",
    layer: "hazards",
    source: "Cavités souterraines – BRGM / Géorisques",
    licence: "Licence Ouverte 2.0",
    columns: &[
        Column { ours: "id", theirs: &["identifiant", "num_cavite", "numcavite", "id_cavite"] },
        Column { ours: "kind", theirs: &["type", "type_cavite", "typecavite"] },
        Column { ours: "place_quality", theirs: &["reperage_geo", "reperage"] },
        Column { ours: "commune", theirs: &["code_insee", "num_insee", "insee"] },
    ],
    names: &["~cavite"],
    epsg: Some(4326),
    theme: "cavities",
    named_only: true,
    ..FREE
};

/// Wetlands: inventories of départements and water agencies, which have no layout in common.
pub(super) const WETLANDS: Schema = Schema {
    id: "zones-humides",
    layer: "hazards",
    names: &["~zone_humide", "~zones_humides", "~zone-humide", "~zones-humides", "~zoneshumides"],
    theme: "wetland",
    named_only: true,
    ..FREE
};

/// Trame verte et bleue: reservoirs and corridors of a SRCE or SRADDET (COVADIS). From documentation, not seen.
pub(super) const ECOLOGICAL_NETWORK: Schema = Schema {
    id: "covadis-srce",
    layer: "hazards",
    source: "Trame verte et bleue – Région / DREAL",
    licence: "Licence Ouverte 2.0",
    columns: &[
        Column { ours: "id", theirs: &["id_resv", "id_corr", "id_reservoir", "id_corridor"] },
        Column { ours: "class", theirs: &["type_resv", "type_corr", "type_tvb", "type"] },
        Column { ours: "aim", theirs: &["obj_assign", "objectif"] },
    ],
    names: &["~srce", "~trame_verte", "~trame-verte", "~tvb", "~corridor", "~reservoir"],
    theme: "ecological_network",
    named_only: true,
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
        &[
            "pprt",
            "icpe",
            "installation classee",
            "installations classees",
            "seveso",
            "pm3",
            "technolog",
            "hydrocarbure",
            "gaz",
            "i1",
            "i3",
        ],
    ),
    ("pollution", &["sis", "casias", "basias", "basol", "pollu", "pm2"]),
    // Before nature: « préserver » holds « réserve ».
    ("ecological_network", &["trame verte", "corridor", "reservoir de biodiv", "srce"]),
    ("wetland", &["zone humide", "zones humides"]),
    ("nature", &["natura", "znieff", "reserve", "ac3", "biotope", "zico", "n2000"]),
    ("heritage", &["ac1", "ac2", "ac4", "monument", "patrimoin", "abf", "inscrit", "classe"]),
    ("clay", &["argile", "retrait-gonflement", "retrait gonflement"]),
    ("cavities", &["cavite"]),
    ("regional_park", &["parc naturel regional", "pnr"]),
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
            ("Aléa retrait-gonflement des argiles fort", "clay"),
            ("Cavité souterraine", "cavities"),
            ("Zone humide à préserver", "wetland"),
            ("Corridor à préserver", "ecological_network"),
            ("Parc naturel régional", "regional_park"),
        ] {
            assert_eq!(theme_of(class), theme, "{class}");
        }
    }
}
