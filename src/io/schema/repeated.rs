//! What of a file's text may be repeated: in a problem, an error, the talk, or as the identifier of a row.
//!
//! One rule, for whatever column a text stands in, since columns are mistaken for one another. A text is a row of words
//! (runs of letters) and other signs. It is repeated when every word in it is known: a word of the column's own list, give
//! or take a slip of the hand, or a mark that identifiers of the standards are made of. Words of one or two letters are
//! known where a digit stands beside them, or where one stands alone: `UX`, `82112000AB0001`; so are up to five letters with a
//! long number behind them. Whatever else may be a person's name, and is told by its row, its column and its length.

use super::words::plain;
use crate::words::Told;

/// Words of three letters and more that identifiers and figures of public data are made of.
const MARKS: &[&str] = &[
    // The standards of the CNIG, and what their identifiers begin with.
    "site",
    "sites",
    "eco",
    "terrain",
    "terr",
    "pole",
    "zone",
    "zae",
    "zac",
    "lot",
    "uf",
    "obs",
    "obsloc",
    // Planning documents and servitudes.
    "plu",
    "plui",
    "plum",
    "pos",
    "psmv",
    "rnu",
    "scot",
    "gpu",
    "idurba",
    "ass",
    "gen",
    "act",
    "prescription",
    "information",
    // Registers of the State.
    "icpe",
    "aiot",
    "casias",
    "basias",
    "basol",
    "sis",
    "ssp",
    "sup",
    "pprt",
    "ppri",
    "pprn",
    "ppr",
    "dreal",
    "ddt",
    "ddtm",
    "dir",
    "qpv",
    "iris",
    "finess",
    "gaspar",
    "ban",
    "bnb",
    "rnb",
    "bdnb",
    "ite",
    "sncf",
    "uic",
    "oce",
    "stop",
    "stoppoint",
    "stoparea",
    "poste",
    "mairie",
    "commune",
    "friche",
    "parcelle",
    "batiment",
    "troncon",
    "srce",
    "tvb",
    "znieff",
    "zps",
    "zsc",
    "pnr",
    // What the demonstration calls its inventions.
    "fictif",
    "fictive",
    "fict",
    "zaer",
    "donnees",
    "synthetiques",
    // What the program makes where there is no identifier.
    "sans",
    "document",
    // Units.
    "eur",
    "euros",
    "kwh",
    "hab",
    "nan",
    "inf",
    "null",
    "none",
];

/// Whether a text may be repeated; `known` are the words of its column, of which each may hold several.
#[must_use]
pub(crate) fn is_repeatable(text: &str, known: &[&str]) -> bool {
    if text.split('|').all(|one| is_numbered(one.trim())) {
        return true;
    }
    let has_digit = text.chars().any(|sign| sign.is_ascii_digit());
    let mut short = 0;
    for (word, digits) in words_and_digits(text) {
        // Up to five letters and a long number are of a register: `MPY8200001`, `MPYAA0001234`.
        let is_short = word.chars().count() <= if digits >= LONG_NUMBER { 5 } else { 2 };
        if is_short && has_digit || is_known(&word, known) {
            continue;
        }
        short += 1;
        if !is_short || short > 1 {
            return false;
        }
    }
    true
}

/// A wrong value as it is told: with the name of its column (ours; empty where the sentence says it) where it may be
/// repeated.
///
/// # Errors
/// What is told in its place: its column and its length.
pub(crate) fn told(column: &str, text: &str, known: &[&str]) -> Result<String, Told> {
    if is_repeatable(text, known) {
        return Ok(if column.is_empty() { text.to_owned() } else { format!("{column}: {text}") });
    }
    let withheld = Told::new("problem.withheld").with("n", text.chars().count());
    Err(if column.is_empty() {
        withheld
    } else {
        Told::new("problem.of-column").with("column", column).with_told("value", withheld)
    })
}

/// Digits of a number that no person's name has behind it.
const LONG_NUMBER: usize = 5;

/// Words of a text, each with the number of digits that follow it at once.
fn words_and_digits(text: &str) -> impl Iterator<Item = (String, usize)> {
    let starts = text.char_indices().scan(false, |inside, (at, sign)| {
        let starts = sign.is_alphabetic() && !*inside;
        *inside = sign.is_alphabetic();
        Some((at, starts))
    });
    let starts = starts.filter_map(|(at, starts)| starts.then_some(at));
    starts.map(|at| {
        let rest = &text[at..];
        let end = rest.find(|sign: char| !sign.is_alphabetic()).unwrap_or(rest.len());
        let digits = rest[end..].bytes().take_while(u8::is_ascii_digit).count();
        (plain(&rest[..end]), digits)
    })
}

/// Words of a text: its runs of letters, in small letters without accents.
pub(super) fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|sign: char| !sign.is_alphabetic()).filter(|word| !word.is_empty()).map(plain)
}

/// Whether a word is a mark, or one of a list that it may be a slip of.
fn is_known(word: &str, known: &[&str]) -> bool {
    MARKS.contains(&word)
        || known.iter().flat_map(|entry| words(entry)).any(|one| is_near(word, &one))
}

/// Whether a word is another one, one sign of it being wrong, or two of a long one.
pub(super) fn is_near(word: &str, other: &str) -> bool {
    let slips = match other.chars().count() {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    };
    word == other || (slips > 0 && strsim::damerau_levenshtein(word, other) <= slips)
}

/// Identifiers of the IGN (`TRONROUT0000000012345678`: eight signs and sixteen digits), of the register of buildings
/// (`LB4A-145Q-EXJ3`) and universally unique ones.
fn is_numbered(text: &str) -> bool {
    let bytes = text.as_bytes();
    let (head, tail) = bytes.split_at(bytes.len().min(8));
    let is_ign = bytes.len() == 24
        && head.iter().all(|b| b.is_ascii_uppercase() || *b == b'_')
        && tail.iter().all(u8::is_ascii_digit);
    let is_building = bytes.len() == 14
        && bytes.iter().filter(|b| b.is_ascii_digit()).count() >= 2
        && bytes.iter().enumerate().all(|(at, b)| match at {
            4 | 9 => *b == b'-',
            _ => b.is_ascii_uppercase() || b.is_ascii_digit(),
        });
    let is_unique = bytes.len() == 36
        && bytes.iter().enumerate().all(|(at, b)| match at {
            8 | 13 | 18 | 23 => *b == b'-',
            _ => b.is_ascii_hexdigit(),
        });
    is_ign || is_building || is_unique
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_of_public_data_are_repeated() {
        for id in [
            "82112_1",
            "32132_20528",
            "12083_22-12.0017",
            "OBSLOC12_12083_01",
            "82112_SITE-ECO_00001",
            "82112_TERRAIN-ECO_00131",
            "84003_POLE-ECO_00162",
            "82112000AB0001",
            "2B033000AB0001",
            "82112_PLU_20210304",
            "200066322_PLUi_20220101",
            "DU_32160",
            "AC1-82-12",
            "TRONROUT0000000012345678",
            "SURF_EAU0000000012345678",
            "84d8b4ff-6f15-4b5b-9c6b-3f6f9f1f8d6c",
            "2023-123456",
            "0065.01234",
            "SSP000123401",
            "32DDT20150001",
            "87613000",
            "sans-id-0-1",
            "MPY8200001",
            "MPYAA0001234",
            "SRCE-FICTIF-0001",
            "LB4A-145Q-EXJ3|BAN9-6QE3-V62D",
            "mairie-fictive-32002",
            "80024_0030_00070",
        ] {
            assert!(is_repeatable(id, &[]), "{id}");
        }
    }

    #[test]
    fn names_are_not() {
        for text in [
            "DUPONT_1",
            "Dupont",
            "DUPONT",
            "dupont-12",
            "Roy_3",
            "Garage Dupont 82",
            "M. Dupont",
            "J. Roy",
            "Li Wu",
            "ZAC Dupont",
            "jeanne.dupont@exemple.fr",
            "https://www.exemple.fr/dupont",
            "82112_DUPONT",
            "Zoé3é",
            "DUPONT12345678901234567",
        ] {
            assert!(!is_repeatable(text, &[]), "{text}");
        }
    }

    #[test]
    fn a_slip_in_a_word_of_the_list_is_repeated() {
        let list = &["zone d'activité économique", "entrepôts, logistique"];
        for text in ["zone d'activites economiques", "Zone d'activité économqiue", "entrepôts"] {
            assert!(is_repeatable(text, list), "{text}");
        }
        for text in ["zone Dupont", "Dupont", "logistique Dupont"] {
            assert!(!is_repeatable(text, list), "{text}");
        }
    }

    #[test]
    fn codes_and_figures_are_repeated() {
        for text in ["AU", "UX", "Aé", "12 m2", "1 234,5", "2024-13-45", "82112 000 AB 7", "X", ""]
        {
            assert!(is_repeatable(text, &[]), "{text}");
        }
        assert_eq!(told("level", "12", &[]), Ok("level: 12".to_owned()));
        let withheld = told("level", "DUPONT", &[]).unwrap_err();
        let english = "level: a text of 6 characters, not repeated since it may name a person";
        assert_eq!(withheld.to_string(), english);
    }
}
