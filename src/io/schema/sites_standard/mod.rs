//! The CNIG standard *Sites économiques* v2024-10 as it is written: tables, fields in order, types, lists of words.
//!
//! Source: schema.json of <https://github.com/cnigfr/schema-sites-economiques> (v1.0.1) for order, types and what is
//! required; the text of the standard for the lists that schema.json leaves open ([`super::code_lists`]). In a
//! GeoPackage the shape stands in its own column and names are in lower case, as in the model that the CNIG hands out.
//! The reading of such files is in [`super::sites`] and [`super::establishments`]: `ours` is the same name there.

mod etablissement;
mod site_eco;
mod staff;
mod terrain_eco;

pub use staff::place_quality_word;
pub use staff::staff_label;

/// Words that every list of the standard allows besides its own.
pub const ALWAYS: [&str; 3] = [UNKNOWN, "autre", NO_OBJECT];
/// The standard's word for what nobody has said yet.
pub const UNKNOWN: &str = "inconnu";
/// The standard's word for a question that does not arise.
pub const NO_OBJECT: &str = "sans objet";
/// Yes and no, as the standard writes them.
pub const YES_NO: &[&str] = &["oui", "non"];

/// A table of the standard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StandardTable {
    /// Economic sites.
    Sites,
    /// Land of the sites.
    Terrains,
    /// Establishments on the land.
    Establishments,
}

/// Type of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StandardType {
    /// Text, of a list where the field has one.
    Text,
    /// `oui` or `non`.
    YesNo,
    /// Number, decimal point.
    Number,
    /// Day, `2026-06-01`.
    Date,
    /// Year, `2026`.
    Year,
    /// Address of a page, http or https.
    Url,
    /// Shape as GeoJSON text in WGS 84.
    GeoJson,
    /// Point as `longitude, latitude`.
    GeoPoint,
}

/// Who can fill a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Filler {
    /// Geometry, cadastre and tables: this program.
    Computed,
    /// The layer given, when it says so.
    Given,
    /// Only the EPCI.
    Epci,
}

impl Filler {
    /// The word used in outputs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Computed => "computed",
            Self::Given => "given",
            Self::Epci => "epci",
        }
    }
}

/// A field of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StandardField {
    /// Our name, as the readers have it.
    pub ours: &'static str,
    /// The standard's name, as it heads a CSV.
    pub name: &'static str,
    /// Type.
    pub kind: StandardType,
    /// Whether the standard wants a value in every row.
    pub required: bool,
    /// Words of its list, without [`ALWAYS`]; empty where the standard has none.
    pub list: &'static [&'static str],
    /// Who can fill it. What is computed goes before what was given; elsewhere the given word goes first.
    pub filler: Filler,
    /// Whether an edit of the user counts: not for identifiers, shapes and computed areas.
    pub is_editable: bool,
    /// Whether it is a field of the standard; the others are ours and stand in the GeoPackage only.
    pub is_standard: bool,
    /// Whether it stands in the GeoPackage: shapes have their own column there, and what could name a person none.
    pub in_geopackage: bool,
}

impl StandardTable {
    /// All tables, in the order of the standard.
    pub const ALL: [Self; 3] = [Self::Sites, Self::Terrains, Self::Establishments];

    /// Name of the table in files.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sites => "site_eco",
            Self::Terrains => "terrain_eco",
            Self::Establishments => "etablissement",
        }
    }

    /// The table of this name.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|table| table.as_str() == name)
    }

    /// Fields, in the order of the standard; ours at the end. The first is the key.
    #[must_use]
    pub fn fields(self) -> &'static [StandardField] {
        match self {
            Self::Sites => site_eco::FIELDS,
            Self::Terrains => terrain_eco::FIELDS,
            Self::Establishments => etablissement::FIELDS,
        }
    }

    /// A field by our name.
    #[must_use]
    pub fn field(self, ours: &str) -> Option<&'static StandardField> {
        self.fields().iter().find(|field| field.ours == ours)
    }

    /// A field by the name of its column in a GeoPackage.
    #[must_use]
    pub fn field_of_column(self, column: &str) -> Option<&'static StandardField> {
        self.fields().iter().find(|field| field.column() == column)
    }
}

impl StandardField {
    /// Name of the column in a GeoPackage.
    #[must_use]
    pub fn column(&self) -> String {
        self.name.to_ascii_lowercase().replace('-', "_")
    }

    /// The words that it may hold; empty where any will do.
    #[must_use]
    pub fn allowed(&self) -> Vec<&'static str> {
        match self.kind {
            StandardType::YesNo => YES_NO.to_vec(),
            _ if self.list.is_empty() => Vec::new(),
            _ => self.list.iter().copied().chain(ALWAYS).collect(),
        }
    }

    const fn new(ours: &'static str, name: &'static str, kind: StandardType) -> Self {
        Self {
            ours,
            name,
            kind,
            required: false,
            list: &[],
            filler: Filler::Given,
            is_editable: true,
            is_standard: true,
            in_geopackage: true,
        }
    }

    const fn required(self) -> Self {
        Self { required: true, ..self }
    }

    const fn of(self, list: &'static [&'static str]) -> Self {
        Self { list, ..self }
    }

    const fn by(self, filler: Filler) -> Self {
        Self { filler, ..self }
    }

    const fn computed(self) -> Self {
        self.by(Filler::Computed)
    }

    /// No edit counts.
    const fn fixed(self) -> Self {
        Self { is_editable: false, ..self }
    }

    /// In the CSV only.
    const fn csv_only(self) -> Self {
        Self { in_geopackage: false, is_editable: false, ..self }
    }

    /// Ours: in the GeoPackage only.
    const fn own(self) -> Self {
        Self { is_standard: false, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::schema::SCHEMAS;

    #[test]
    fn tables_have_the_fields_of_the_standard() {
        let count = |table: StandardTable| {
            let fields = table.fields().iter().filter(|field| field.is_standard);
            (fields.clone().count(), fields.filter(|field| field.required).count())
        };
        assert_eq!(count(StandardTable::Sites), (62, 16));
        assert_eq!(count(StandardTable::Terrains), (19, 11));
        assert_eq!(count(StandardTable::Establishments), (30, 21));
    }

    /// The facts of the CNIG's own schema.json, taken from it by `tests/reference/sites_economiques.py`.
    const FACTS: &str = include_str!("../../../../tests/reference/sites_economiques.tsv");

    #[test]
    fn order_types_and_what_is_required_are_those_of_the_cnigs_schemas() {
        let mut facts = FACTS.lines().skip(1).map(|line| line.split('\t').collect::<Vec<_>>());
        for table in StandardTable::ALL {
            for field in table.fields().iter().filter(|field| field.is_standard) {
                let fact = facts.next().unwrap();
                assert_eq!(fact[0].replace('-', "_"), table.as_str());
                assert_eq!(fact[1], field.name);
                let kind = match (fact[2], fact[3], fact[5], fact[6]) {
                    ("string", _, "oui|non", _) => StandardType::YesNo,
                    ("string", _, "", pattern) if pattern.contains("https?") => StandardType::Url,
                    ("string", ..) => StandardType::Text,
                    ("number", ..) => StandardType::Number,
                    ("date", "%Y", ..) => StandardType::Year,
                    ("date", "%Y-%m-%d", ..) => StandardType::Date,
                    ("geojson", ..) => StandardType::GeoJson,
                    ("geopoint", ..) => StandardType::GeoPoint,
                    other => panic!("{other:?}"),
                };
                assert_eq!(kind, field.kind, "{}", field.name);
                assert_eq!(fact[4] == "yes", field.required, "{}", field.name);
            }
        }
        assert_eq!(facts.next(), None);
    }

    #[test]
    fn every_field_has_a_title_in_the_catalogue() {
        let words = crate::words::Words::new(crate::words::Lang::Fr).unwrap();
        for field in StandardTable::ALL.into_iter().flat_map(StandardTable::fields) {
            assert!(words.has(&format!("standard.{}", field.column())), "{}", field.name);
        }
    }

    #[test]
    fn our_names_are_those_of_the_readers() {
        for (table, id) in [
            (StandardTable::Sites, "cnig-site-eco"),
            (StandardTable::Terrains, "cnig-terrain-eco"),
            (StandardTable::Establishments, "cnig-etablissement"),
        ] {
            let schema = SCHEMAS.iter().find(|schema| schema.id == id).unwrap();
            for column in schema.columns {
                let field = table.field(column.ours);
                let field = field.unwrap_or_else(|| panic!("{id}: {}", column.ours));
                let spelled = |theirs: &&str| theirs.eq_ignore_ascii_case(field.name);
                assert!(column.theirs.iter().any(spelled), "{}", field.name);
            }
        }
    }

    #[test]
    fn names_are_unique_and_the_key_comes_first() {
        for table in StandardTable::ALL {
            let fields = table.fields();
            assert_eq!(fields[0].ours, "id");
            for (at, field) in fields.iter().enumerate() {
                let twice =
                    |other: &StandardField| other.name == field.name || other.ours == field.ours;
                assert!(!fields[..at].iter().any(twice), "{}", field.name);
            }
        }
    }
}
