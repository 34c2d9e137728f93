//! What producers call things: the only place that knows a column name or a code list's spelling.
//!
//! A schema is a table: our attribute names beside the spellings a file may use. A new vintage is one more table.

mod amenities;
mod buildings;
mod census;
pub(crate) mod code_lists;
mod communes;
mod commuting;
mod documents;
mod establishments;
mod field_visits;
mod friches;
pub mod friches_standard;
mod grid_constraints;
mod hazard_words;
mod hazards;
mod heat_networks;
mod housing_zones;
mod jobs;
mod owners;
mod parcels;
mod permits;
pub(crate) mod personal;
mod prescriptions;
mod priority_districts;
mod rail_sidings;
mod renewable_zones;
mod rents;
pub(crate) mod repeated;
mod roads;
mod sales;
mod site_jobs;
mod sites;
mod sites_standard;
mod social_housing;
mod stations;
mod substations;
pub(crate) mod titles;
mod town_halls;
mod transport_stops;
mod vacancy;
pub(crate) mod words;
mod zoning;

pub(crate) use documents::DOCUMENT_WORDS;
pub use friches::source_trust_of;
pub use friches::statut_of;
pub(crate) use grid_constraints::SATURATION_WORDS;
pub(crate) use grid_constraints::Saturation;
pub(crate) use grid_constraints::saturation_of;
pub(crate) use hazard_words::ACTIVITY_WORDS;
pub(crate) use hazard_words::CLAY_WORDS;
pub(crate) use hazard_words::activity_state_of;
pub(crate) use hazard_words::clay_level_of;
pub(crate) use hazard_words::is_unsaid;
pub(crate) use hazard_words::nature_kind_of;
pub(crate) use hazard_words::network_kind_of;
pub(crate) use hazard_words::soil_kind_of;
pub use hazards::flood_theme_of;
pub use hazards::theme_of;
pub(crate) use housing_zones::housing_zone_of;
pub use owners::owner_class_of;
pub use owners::ownership_word;
pub(crate) use permits::PERMIT_WORDS;
pub use permits::permit_kind_of;
pub(crate) use renewable_zones::renewable_kind_of;
pub use rents::RENT_KINDS;
pub(crate) use rents::RENT_WORDS;
pub use rents::is_of_one_rent_kind;
pub use rents::rent_kind_of;
pub use rents::rent_level_of;
pub(crate) use roads::DIRECTION_WORDS;
pub(crate) use roads::TOWN_FACTOR;
pub use roads::direction_of;
pub use roads::opens_to_plots;
pub use roads::own_speed_of;
pub use roads::usual_speed_of;
pub use sales::has_medians;
pub use sales::is_building_land;
pub use sales::is_land_sale;
pub use sales::is_market_sale;
pub use sales::premises_of;
pub(crate) use site_jobs::COLUMNS as SITE_JOBS;
pub use sites_standard::ALWAYS as STANDARD_ALWAYS;
pub use sites_standard::Filler;
pub use sites_standard::NO_OBJECT;
pub use sites_standard::StandardField;
pub use sites_standard::StandardTable;
pub use sites_standard::StandardType;
pub use sites_standard::UNKNOWN;
pub use sites_standard::place_quality_word;
pub use sites_standard::staff_label;
pub(crate) use town_halls::is_town_hall;
pub(crate) use transport_stops::is_stop;
pub(crate) use zoning::ZONE_WORDS;
pub use zoning::ZoneWords;
pub use zoning::kind_of_sector;
pub use zoning::kind_of_zone;
pub use zoning::typezone_of;

/// One attribute and how files spell it. `pp_vacant_25` changes name every year: `pp_vacant_##` matches digits, and
/// the latest wins; `zonage en vigueur*` matches whatever follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Our name.
    pub ours: &'static str,
    /// Spellings, compared trimmed and without regard to case; the first present wins.
    pub theirs: &'static [&'static str],
}

/// Whether the rows of a schema have a shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// They have: where the format puts it, else in columns of text.
    Here,
    /// There is none: a table.
    None,
}

/// Where a table of text keeps a shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextShape {
    /// In one column, as WKT, GeoJSON, hexadecimal WKB or `x, y`; under one of these spellings.
    Column(&'static [&'static str]),
    /// In two columns of numbers: x or longitude, y or latitude.
    Pair(&'static [&'static str], &'static [&'static str]),
}

/// Where tables of text keep shapes when their schema does not say it; the first that holds one is taken.
pub const USUAL_TEXT_SHAPES: &[TextShape] = &[
    TextShape::Column(&[
        "wkt",
        "wkt_geom",
        "geom",
        "geometry",
        "the_geom",
        "geometrie",
        "wkb_geometry",
    ]),
    TextShape::Column(&["geomsurf", "geom_surf", "geo_shape"]),
    TextShape::Column(&["geompoint", "geom_point"]),
    TextShape::Pair(&["longitude", "lon", "long", "lng"], &["latitude", "lat"]),
    TextShape::Pair(
        &["x_l93", "x", "coord_x", "coordonnee_x"],
        &["y_l93", "y", "coord_y", "coordonnee_y"],
    ),
];

/// How one producer spells one kind of layer.
#[derive(Debug, Clone, Copy)]
pub struct Schema {
    /// Identifier, as `schema = "…"` names it in `gisement.toml`.
    pub id: &'static str,
    /// Layer key it serves.
    pub layer: &'static str,
    /// Producer and product, for maps and tables.
    pub source: &'static str,
    /// Licence of the producer's open data.
    pub licence: &'static str,
    /// Attributes.
    pub columns: &'static [Column],
    /// Our names of the columns that must be there for the schema to be recognised. Empty: fits any file.
    pub required: &'static [&'static str],
    /// What files or layers of this kind are called, see [`Schema::is_named`].
    pub names: &'static [&'static str],
    /// Only a file or layer so named is taken for this kind: its columns are those of many others.
    pub named_only: bool,
    /// Spellings of columns that together give this kind away in a file that nobody described. Empty: only a name can.
    pub signs: &'static [&'static str],
    /// Whether rows have a shape.
    pub shape: Shape,
    /// Where tables of text keep the shape, best first; [`USUAL_TEXT_SHAPES`] come after.
    pub text_shapes: &'static [TextShape],
    /// Reference system when the format cannot say it.
    pub epsg: Option<u32>,
    /// Theme of all objects (hazards); empty: by class.
    pub theme: &'static str,
    /// Code lists of the standard, by our name of the column.
    pub code_lists: &'static [(&'static str, &'static [&'static str])],
}

/// All schemas, the more demanding first within a layer.
pub const SCHEMAS: &[&Schema] = &[
    &communes::ADMIN_EXPRESS,
    &communes::ETALAB,
    &parcels::EDIGEO,
    &parcels::ETALAB,
    &parcels::PARCELLAIRE_EXPRESS,
    &parcels::IDU,
    &parcels::UNNAMED,
    &buildings::BDTOPO,
    &buildings::EDIGEO,
    &buildings::ETALAB,
    &buildings::BDTOPO_V2,
    &buildings::ANY,
    &zoning::CNIG,
    &zoning::SECTEUR_CC,
    &prescriptions::PRESCRIPTIONS,
    &prescriptions::INFORMATIONS,
    &documents::DOC_URBA,
    &documents::DOC_URBA_COM,
    &friches::CARTOFRICHES,
    &friches::CNIG,
    &friches::CNIG_2022,
    // Any table of sites fits it: what says more about them goes first.
    &field_visits::VISITS,
    &hazards::SUP,
    &hazards::ICPE,
    &hazards::PPRT,
    &hazards::PPRI,
    &hazards::PERIMETER,
    &hazards::CASIAS,
    &hazards::SIS,
    &hazards::SOILS,
    &hazards::REGIONAL_PARKS,
    &hazards::CLAY,
    &hazards::CAVITIES,
    &hazards::WETLANDS,
    &hazards::ECOLOGICAL_NETWORK,
    &hazards::NATURE,
    &hazards::ANY,
    &roads::BDTOPO,
    &roads::ANY,
    &roads::RAILWAYS,
    &roads::ANY_RAILWAYS,
    &stations::SNCF,
    &stations::ANY,
    &substations::BDTOPO,
    &substations::RTE,
    &substations::ANY,
    &rail_sidings::ITE_3000,
    &rail_sidings::ANY,
    &owners::LEGAL_PERSONS,
    &owners::CLASSES,
    &owners::KEYS,
    &establishments::CNIG,
    &establishments::SIRENE,
    &sites::TERRAINS,
    &sites::CNIG,
    &sites::POLES,
    &sites::BDTOPO,
    &sites::ANY,
    &town_halls::SERVICE_PUBLIC,
    &town_halls::BDTOPO,
    &town_halls::CHEF_LIEU,
    &town_halls::ANY,
    &transport_stops::GTFS,
    &transport_stops::ANY,
    &amenities::BPE,
    &amenities::ANY,
    &heat_networks::FRANCE_CHALEUR_URBAINE,
    &heat_networks::ANY,
    &priority_districts::QPV,
    &priority_districts::ANY,
    &renewable_zones::ZAER,
    &renewable_zones::EXCLUSIONS,
    &grid_constraints::ENEDIS,
    &vacancy::LOVAC_RATES_2021,
    &vacancy::LOVAC,
    &social_housing::RPLS,
    &permits::SITADEL,
    &rents::CARTE_DES_LOYERS,
    &rents::BY_COMMUNE,
    &sales::GEO_DVF,
    &sales::DVF_DGFIP,
    &sales::BY_COMMUNE,
    &census::INSEE,
    &jobs::INSEE,
    &commuting::MOBPRO,
    &housing_zones::ZONAGE_ABC,
];

/// The schema of layers that no producer's table describes: only the columns that the configuration names.
pub const FREE: Schema = Schema {
    id: "libre",
    layer: "",
    source: "",
    licence: "",
    columns: &[],
    required: &[],
    names: &[],
    named_only: false,
    signs: &[],
    shape: Shape::Here,
    text_shapes: &[],
    epsg: None,
    theme: "",
    code_lists: &[],
};

/// The same for tables without shape.
pub const FREE_TABLE: Schema = Schema { id: "table-libre", shape: Shape::None, ..FREE };

impl Schema {
    /// Whether a file with these columns can be read by this schema.
    #[must_use]
    pub fn fits(&self, present: &[String]) -> bool {
        self.required.iter().all(|ours| {
            self.columns
                .iter()
                .find(|column| column.ours == *ours)
                .is_some_and(|column| column.find(present).is_some())
        })
    }

    /// The columns of a table of text that hold its shape, best first: one name for each [`TextShape::Column`] that is
    /// there, two for each pair.
    #[must_use]
    pub fn text_shapes_in<'a>(&self, present: &'a [String]) -> Vec<Vec<&'a str>> {
        let find = |theirs| Column { ours: "", theirs }.find(present);
        let mut found: Vec<Vec<&str>> = Vec::new();
        for shape in self.text_shapes.iter().chain(USUAL_TEXT_SHAPES) {
            let columns = match shape {
                TextShape::Column(theirs) => find(theirs).map(|column| vec![column]),
                TextShape::Pair(x, y) => find(x).zip(find(y)).map(|(x, y)| vec![x, y]),
            };
            found.extend(columns.filter(|columns| !found.contains(columns)));
        }
        found
    }

    /// Whether rows are friches that list their parcels, which then stand in for a shape.
    #[must_use]
    pub fn has_parcels(&self, present: &[String]) -> bool {
        let mut columns = self.columns.iter();
        self.layer == "friches"
            && columns.any(|column| column.ours == "parcels" && column.find(present).is_some())
    }

    /// Whether a file or layer is called what this kind is called: `82112_ZONE_URBA_20210304` is a `zone_urba`. A name
    /// that begins with `~` is looked for anywhere, others are the whole name without INSEE code, SIREN and date.
    #[must_use]
    pub fn is_named(&self, name: &str) -> bool {
        let lower = name.to_lowercase();
        let bare = bare_name(&lower);
        self.names.iter().any(|known| match known.strip_prefix('~') {
            Some(part) => lower.contains(part),
            None => *known == bare,
        })
    }

    /// Whether the columns alone give this kind away.
    #[must_use]
    pub fn is_given_away_by(&self, present: &[String]) -> bool {
        !self.signs.is_empty()
            && self.signs.iter().all(|sign| present.iter().any(|name| matches(sign, name.trim())))
    }
}

/// A layer's name without what stands around it: schema (`wfs_du:`), INSEE code or SIREN before, date and document code
/// behind.
fn bare_name(lower: &str) -> &str {
    let name = lower.rsplit(':').next().unwrap_or(lower);
    let is_number = |part: &str, lengths: &[usize]| {
        lengths.contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit())
    };
    let name = match name.split_once('_') {
        Some((first, rest)) if is_number(first, &[5, 9]) || matches!(first, "n" | "geo") => rest,
        _ => name,
    };
    let mut end = name.len();
    while let Some((before, last)) = name[..end].rsplit_once('_') {
        if is_number(last, &[8]) || is_number(last, &[2, 3, 5, 9]) {
            end = before.len();
        } else {
            break;
        }
    }
    &name[..end]
}

impl Column {
    /// The file's own spelling of this column, when it has it.
    #[must_use]
    pub fn find<'a>(&self, present: &'a [String]) -> Option<&'a str> {
        self.theirs.iter().find_map(|pattern| {
            present
                .iter()
                .filter(|name| matches(pattern, name.trim()))
                .max_by_key(|name| {
                    let name = name.trim().to_ascii_lowercase();
                    (year_in(pattern, &name), name)
                })
                .map(String::as_str)
        })
    }

    /// The year that a file's spelling of this column carries: 2022 of `P22_LOG`, 2019 of `Nb_logvac_2A_010119`.
    #[must_use]
    pub fn year_of(&self, spelled: &str) -> Option<u16> {
        let spelled = spelled.trim();
        self.theirs
            .iter()
            .find(|pattern| matches(pattern, spelled))
            .and_then(|pattern| year_in(pattern, spelled))
    }
}

/// The year among the digits of a name: four digits, or the last two, those from 70 on being of the last century.
fn year_in(pattern: &str, name: &str) -> Option<u16> {
    let digits: String = pattern
        .bytes()
        .zip(name.bytes())
        .filter(|(expected, _)| *expected == b'#')
        .map(|(_, found)| char::from(found))
        .collect();
    match digits.len() {
        4 => digits.parse().ok(),
        2 | 6 => {
            let year: u16 = digits.get(digits.len() - 2..)?.parse().ok()?;
            Some(if year >= 70 { 1900 + year } else { 2000 + year })
        }
        _ => None,
    }
}

/// Whether `name` is spelled as `pattern`, where `#` stands for one digit and `*` at the end for anything.
fn matches(pattern: &str, name: &str) -> bool {
    if let Some(start) = pattern.strip_suffix('*') {
        return name.get(..start.len()).is_some_and(|beginning| matches(start, beginning));
    }
    pattern.len() == name.len()
        && pattern.bytes().zip(name.bytes()).all(|(expected, found)| {
            if expected == b'#' {
                found.is_ascii_digit()
            } else {
                expected.eq_ignore_ascii_case(&found)
            }
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_latest_year_of_a_column_wins() {
        let column = Column { ours: "vacant_2y", theirs: &["pp_vacant_plus_2ans_##"] };
        let present: Vec<String> =
            ["CODGEO_25", "pp_vacant_plus_2ans_24", " PP_vacant_plus_2ans_25 "]
                .map(str::to_owned)
                .to_vec();
        assert_eq!(column.find(&present), Some(" PP_vacant_plus_2ans_25 "));
    }

    #[test]
    fn layers_are_known_by_name_whatever_stands_around_it() {
        for name in [
            "ZONE_URBA",
            "82112_ZONE_URBA_20210304",
            "200066322_zone_urba_20220101",
            "wfs_du:zone_urba",
        ] {
            assert_eq!(bare_name(&name.to_lowercase()), "zone_urba", "{name}");
            assert!(zoning::CNIG.is_named(name), "{name}");
        }
        assert!(zoning::CNIG.is_named("m3_zone_urba"));
        assert!(!zoning::CNIG.is_named("82112_PRESCRIPTION_SURF_20210304"));
        assert_eq!(bare_name("geo_parcelle"), "parcelle");
    }

    #[test]
    fn years_are_read_from_the_names() {
        let column = Column { ours: "dwellings", theirs: &["p##_log", "nb_####", "le_######"] };
        let present: Vec<String> = ["P99_LOG", "P22_LOG", "P16_LOG"].map(str::to_owned).to_vec();
        assert_eq!(column.find(&present), Some("P22_LOG"));
        assert_eq!(column.year_of("P22_LOG"), Some(2022));
        assert_eq!(column.year_of("P99_LOG"), Some(1999));
        assert_eq!(column.year_of("nb_2021"), Some(2021));
        assert_eq!(column.year_of("le_010120"), Some(2020));
        assert_eq!(column.year_of("other"), None);
    }

    #[test]
    fn required_columns_are_columns_of_the_schema() {
        for schema in SCHEMAS {
            for ours in schema.required {
                assert!(
                    schema.columns.iter().any(|column| column.ours == *ours),
                    "{}: {ours}",
                    schema.id
                );
            }
        }
    }

    #[test]
    fn columns_that_may_name_a_person_are_not_read_or_are_guarded() {
        let never = ["proprio_nom", "acquereur", "source_producteur", "contact", "denomination ("];
        let guarded =
            ["site_nom", "moa_nom", "raison_sociale", "etab_nom", "denomination", "enseigne"];
        for schema in SCHEMAS {
            for column in schema.columns {
                for theirs in column.theirs {
                    assert!(!never.iter().any(|part| theirs.contains(part)), "{theirs}");
                    let is_guarded =
                        personal::condition(schema.layer, column.ours, theirs).is_some();
                    let is_name = guarded.iter().any(|part| theirs.contains(part));
                    assert!(!is_name || is_guarded, "{}: {theirs}", schema.id);
                }
            }
        }
    }
}
