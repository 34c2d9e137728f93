//! What of the titles of a table may be repeated, where an error lists the columns that are there.
//!
//! A person needs to see titles to name one in a configuration. In a file without titles the first row stands in their
//! place, names included. So titles that are known, or made of words that titles are made of, are told; the others only
//! where more than half of the line is known, and where they are in one piece. How many are left out is told.

use super::SCHEMAS;
use super::TextShape;
use super::USUAL_TEXT_SHAPES;
use super::repeated::is_near;
use super::repeated::words;
use super::words::number;
use super::words::plain;
use crate::words::Told;

/// The titles `present` as they are told; what a person has `asked` for is told where it is nearly there.
#[must_use]
pub(crate) fn titles(present: &[String], asked: &str) -> Told {
    if present.is_empty() {
        return Told::new("titles.none");
    }
    let known = known();
    let is_known_title = |title: &&String| {
        let mut words = words(title).peekable();
        let is_made_of_known = words.peek().is_some()
            && words.all(|word| word.chars().count() <= 2 || known.contains(&word));
        is_column(title) || is_made_of_known && !is_datum(title)
    };
    let n_known = present.iter().filter(is_known_title).count();
    if n_known < present.len().div_ceil(2) && present.iter().any(|title| is_datum(title)) {
        return Told::new("titles.data").with("n", present.len());
    }
    let are_titles = 2 * n_known > present.len();
    let asked = plain(asked);
    let told: Vec<&str> = present
        .iter()
        .filter(|title| {
            is_known_title(title)
                || are_titles && is_in_one_piece(title)
                || is_near(&plain(title), &asked)
        })
        .map(|title| title.trim())
        .collect();
    match (told.len(), present.len() - told.len()) {
        (_, 0) => Told::new("titles.list").with("list", told.join(", ")),
        (0, n) => Told::new("titles.untold").with("n", n),
        (_, n) => Told::new("titles.more").with("list", told.join(", ")).with("n", n),
    }
}

/// Whether a schema asks for a column of this title.
fn is_column(title: &str) -> bool {
    let title = [title.to_owned()];
    let mut columns = SCHEMAS.iter().flat_map(|schema| schema.columns);
    columns.any(|column| column.find(&title).is_some())
}

/// The words that titles of our schemas are made of.
fn known() -> std::collections::BTreeSet<String> {
    let columns = SCHEMAS.iter().flat_map(|schema| schema.columns);
    let of_schemas = columns.flat_map(|column| column.theirs.iter().chain([&column.ours]));
    let shapes = USUAL_TEXT_SHAPES.iter().flat_map(|shape| match shape {
        TextShape::Column(theirs) => theirs.iter().chain([].iter()),
        TextShape::Pair(x, y) => x.iter().chain(y.iter()),
    });
    of_schemas
        .chain(shapes)
        .flat_map(|title| words(title))
        .chain(USUAL.iter().map(|word| plain(word)))
        .collect()
}

/// Words of titles that no schema asks for.
const USUAL: &[&str] = &[
    "nom",
    "prenom",
    "adresse",
    "type",
    "date",
    "surface",
    "code",
    "libelle",
    "commentaire",
    "objectid",
    "fid",
    "gid",
    "shape",
    "geom",
    "x",
    "y",
    "numero",
    "section",
    "source",
    "proprietaire",
];

/// Whether a title looks like a cell of a row: a number, a date, a parcel, a shape.
fn is_datum(title: &str) -> bool {
    let title = title.trim();
    let digits = title.bytes().filter(u8::is_ascii_digit).count();
    let is_shape =
        ["POINT", "LINESTRING", "POLYGON", "MULTI"].iter().any(|kind| title.starts_with(kind))
            && title.contains('(');
    number(title).is_some() || is_shape || (digits >= 4 && 2 * digits >= title.len())
}

fn is_in_one_piece(title: &str) -> bool {
    let title = title.trim();
    let of_a_title =
        |sign: char| sign.is_alphanumeric() || matches!(sign, '_' | '-' | '.' | ':' | '/');
    !title.is_empty() && title.chars().all(of_a_title)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(present: &[&str]) -> String {
        let present: Vec<String> = present.iter().map(|title| (*title).to_owned()).collect();
        titles(&present, "SURFAC").to_string()
    }

    #[test]
    fn titles_are_told() {
        assert_eq!(told(&["ID", "NATURE", "IMPORTANCE"]), "ID, NATURE, IMPORTANCE");
        assert_eq!(told(&["OBJECTID", "ID", "QUARTIER"]), "OBJECTID, ID, QUARTIER");
        assert_eq!(told(&[]), "none");
    }

    #[test]
    fn a_first_row_in_the_place_of_titles_is_not() {
        for row in [
            &["82112000AB0001", "DUPONT Jeanne", "82112"][..],
            &["DUPONT", "POINT(1 2)"],
            &["DUPONT_1", "2024-01-15", "1"],
        ] {
            let told = told(row);
            assert!(told.contains("no line of titles") && !told.contains("DUPONT"), "{told}");
        }
        assert!(!told(&["DUPONT", "Jeanne"]).contains("DUPONT"));
        assert!(!told(&["commune", "DUPONT", "Jeanne"]).contains("DUPONT"));
        assert!(!told(&["SURFACX", "DUPONT", "Jeanne"]).contains("DUPONT"));
    }

    #[test]
    fn what_is_left_out_is_counted() {
        let told = told(&["commune", "nom du père Dupont", "surface"]);
        assert!(told.starts_with("commune, surface") && told.contains('1'), "{told}");
    }
}
