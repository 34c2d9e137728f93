//! What producers call things: the only place that knows a column name or a code list's spelling.
//!
//! A schema is a table: our attribute names beside the spellings a file may use. A new vintage is one more table.

mod buildings;
mod census;
mod communes;
mod commuting;
mod friches;
mod hazards;
mod jobs;
mod parcels;
mod permits;
mod rents;
mod roads;
mod sales;
mod sites;
mod social_housing;
mod stations;
mod vacancy;
pub(crate) mod words;
mod zoning;

pub use friches::source_trust_of;
pub use friches::statut_of;
pub use hazards::theme_of;
pub use permits::permit_kind_of;
pub use rents::RENT_KINDS;
pub use rents::rent_kind_of;
pub use rents::rent_level_of;
pub use sales::is_market_sale;
pub use sales::premises_of;
pub use zoning::ZoneWords;
pub use zoning::kind_of_zone;
pub use zoning::typezone_of;

use crate::io::read::GeometryFrom;

/// One attribute and how files spell it. `pp_vacant_25` changes name every year: `pp_vacant_##` matches digits, and
/// the latest wins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Our name.
    pub ours: &'static str,
    /// Spellings, compared trimmed and without regard to case; the first present wins.
    pub theirs: &'static [&'static str],
}

/// Where a schema finds the shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Where the format puts it.
    Native,
    /// In a column of WKT.
    Wkt(&'static [&'static str]),
    /// There is none: a table.
    None,
}

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
    /// Where the shape is.
    pub shape: Shape,
    /// Reference system when the format cannot say it.
    pub epsg: Option<u32>,
}

/// All schemas, the more demanding first within a layer.
pub const SCHEMAS: &[&Schema] = &[
    &communes::ADMIN_EXPRESS,
    &communes::ETALAB,
    &parcels::ETALAB,
    &parcels::UNNAMED,
    &buildings::BDTOPO,
    &buildings::ETALAB,
    &buildings::ANY,
    &zoning::CNIG,
    &friches::CARTOFRICHES,
    &friches::CNIG,
    &hazards::ANY,
    &roads::BDTOPO,
    &roads::ANY,
    &stations::SNCF,
    &stations::ANY,
    &sites::CNIG,
    &sites::ANY,
    &vacancy::LOVAC_RATES_2021,
    &vacancy::LOVAC,
    &social_housing::RPLS,
    &permits::SITADEL,
    &rents::CARTE_DES_LOYERS,
    &sales::GEO_DVF,
    &sales::DVF_DGFIP,
    &census::INSEE,
    &jobs::INSEE,
    &commuting::MOBPRO,
];

/// The schema of layers that no producer's table describes: only the columns that the configuration names.
pub const FREE: Schema = Schema {
    id: "libre",
    layer: "",
    source: "",
    licence: "",
    columns: &[],
    required: &[],
    shape: Shape::Native,
    epsg: None,
};

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

    /// Where the reader is to look for the shape.
    #[must_use]
    pub fn geometry_from(&self) -> GeometryFrom {
        let owned = |spellings: &[&str]| spellings.iter().map(|&text| text.to_owned()).collect();
        match self.shape {
            Shape::Native => GeometryFrom::Native,
            Shape::Wkt(spellings) => GeometryFrom::Wkt(owned(spellings)),
            Shape::None => GeometryFrom::None,
        }
    }
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

/// Whether `name` is spelled as `pattern`, where `#` stands for one digit.
fn matches(pattern: &str, name: &str) -> bool {
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
    fn no_schema_reads_an_owner_name_or_a_site_name() {
        for schema in SCHEMAS {
            for column in schema.columns {
                for theirs in column.theirs {
                    assert!(
                        !theirs.contains("proprio_nom") && !theirs.contains("site_nom"),
                        "{}",
                        schema.id
                    );
                }
            }
        }
    }
}
