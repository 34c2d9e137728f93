//! From a cell to a value: of the list, of the form, or refused. What is refused is never repeated.

use super::FricheField;
use super::FricheForm;
use crate::domain::plain;
use crate::io::schema::repeated;
use crate::io::schema::words;

/// The word that says that nobody knows.
const UNKNOWN: &str = "inconnu";
/// Words of earlier versions and of Cartofriches, with what the standard says today for the same thing. `mixte` was one
/// word until homes got theirs; `Nh` and `Ah` are built-up sectors of the zones N and A.
const EARLIER: &[(&str, &str, &str)] = &[
    ("site_type", "mixte", "mixte - autre"),
    ("pollution", "pollution probable", "pollution supposée"),
    ("zone_type", "Nh", "N"),
    ("zone_type", "Ah", "A"),
];

/// A value that may be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// As the standard spells it.
    pub value: String,
    /// The word of an earlier version that it stands for.
    pub earlier: Option<&'static str>,
}

/// Why a cell is not taken. None of them holds the cell's text, which may name a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// It is none of the field's words.
    NoWord,
    /// It is no number.
    NoNumber,
    /// It does not have the form of the field.
    NoForm,
}

/// Takes what a cell says. `Ok(None)` where it says nothing, "inconnu" included.
///
/// # Errors
/// Why it is not taken.
pub fn take(field: &FricheField, text: &str) -> Result<Option<Taken>, Refused> {
    let text = text.trim();
    let nothing =
        words::is_blank(text) || plain(text) == UNKNOWN || matches!(text, "{}" | "{NULL}");
    if nothing {
        return Ok(None);
    }
    let value = match field.form {
        FricheForm::Word => return one_word(field, text).map(Some).ok_or(Refused::NoWord),
        FricheForm::Words => {
            let found: Option<Vec<&str>> =
                words::list(text).into_iter().map(|item| spelled(field, item)).collect();
            let mut found = found.ok_or(Refused::NoWord)?;
            found.retain(|word| *word != UNKNOWN);
            if found.is_empty() {
                return Ok(None);
            }
            Some(found.join("|"))
        }
        FricheForm::Integer => {
            let number = words::number(text).filter(|number| (0.0..1e12).contains(number));
            return number
                .map(|number| Some(taken(format!("{:.0}", number.abs().round()))))
                .ok_or(Refused::NoNumber);
        }
        FricheForm::Date => day(text),
        FricheForm::Year => match year(text) {
            Ok(year) => return Ok(year.map(taken)),
            Err(()) => None,
        },
        FricheForm::Page => Some(text.to_owned()).filter(|page| is_public_page(page)),
        FricheForm::Pages => {
            let pages: Vec<&str> = text.split('|').map(str::trim).collect();
            pages.iter().all(|page| is_public_page(page)).then(|| pages.join("|"))
        }
        FricheForm::ActivityCodes => codes(text, is_activity),
        FricheForm::OwnerCodes => codes(text, is_owner_code),
        FricheForm::ZoneLabel => zone_label(text),
        FricheForm::ZoneForm => {
            let is_code = (2..=4).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
            is_code.then(|| text.to_owned())
        }
        FricheForm::Distances => {
            let parts: Vec<&str> = words::list(text);
            let are_numbers =
                parts.iter().all(|part| part.bytes().all(|b| b.is_ascii_digit()) && part.len() < 8);
            (parts.len() == 3 && are_numbers).then(|| parts.join("|"))
        }
        FricheForm::Closed
        | FricheForm::Identifier
        | FricheForm::Parcels
        | FricheForm::Source
        | FricheForm::Commune
        | FricheForm::Made
        | FricheForm::Shape => None,
    };
    value.map(|value| Some(taken(value))).ok_or(Refused::NoForm)
}

fn taken(value: String) -> Taken {
    Taken { value, earlier: None }
}

fn one_word(field: &FricheField, text: &str) -> Option<Taken> {
    if let Some(word) = spelled(field, text) {
        return Some(taken(word.to_owned()));
    }
    let text = plain(text);
    let of_field = EARLIER.iter().filter(|(ours, ..)| *ours == field.ours);
    of_field
        .into_iter()
        .find(|(_, earlier, _)| plain(earlier) == text)
        .map(|(_, earlier, today)| Taken { value: (*today).to_owned(), earlier: Some(earlier) })
}

/// The standard's spelling of a word of the field's list.
fn spelled(field: &FricheField, text: &str) -> Option<&'static str> {
    let text = plain(text);
    field.list.iter().copied().find(|known| plain(known) == text)
}

/// Whether a text can be an identifier: letters, digits and signs in one piece, with a digit, and without a word that may
/// be a name.
#[must_use]
pub fn is_identifier(text: &str) -> bool {
    let of_a_code = |letter: char| {
        letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '.' | '/' | ':')
    };
    text.chars().all(of_a_code)
        && text.chars().any(|letter| letter.is_ascii_digit())
        && repeated::is_repeatable(text, &[])
}

/// `2026-06-01`, `01/06/2026`, with or without an hour.
fn day(text: &str) -> Option<String> {
    let head = text.get(..10)?;
    if !text.get(10..)?.is_empty() && !text.get(10..)?.starts_with(['T', ' ']) {
        return None;
    }
    let parts: Vec<&str> = head.split(['-', '/']).collect();
    let (year, month, day) = match parts.as_slice() {
        [year, month, day] if year.len() == 4 => (*year, *month, *day),
        [day, month, year] if year.len() == 4 => (*year, *month, *day),
        _ => return None,
    };
    let number =
        |part: &str| part.bytes().all(|b| b.is_ascii_digit()).then(|| part.parse().ok())?;
    let (y, m, d): (u32, u32, u32) = (number(year)?, number(month)?, number(day)?);
    let is_leap = y % 4 == 0 && (y % 100 != 0 || y % 400 == 0);
    let last = match m {
        4 | 6 | 9 | 11 => 30,
        2 if is_leap => 29,
        2 => 28,
        1..=12 => 31,
        _ => return None,
    };
    (y >= 1000 && (1..=last).contains(&d)).then(|| format!("{y:04}-{m:02}-{d:02}"))
}

/// Seconds in a day.
const DAY_S: f64 = 86_400.0;
/// Seconds that French midnight can lie before that of Greenwich.
const MIDNIGHT_S: f64 = 7_200.0;

/// A year, the year of a day, or that of a moment in seconds since 1970, which is how Cartofriches has the ages of
/// premises. Its first moment stands for no year: it is what an empty cell became.
fn year(text: &str) -> Result<Option<String>, ()> {
    if let Some(day) = day(text) {
        return Ok(day.get(..4).map(str::to_owned));
    }
    let number = words::number(text).filter(|number| number.fract() == 0.0).ok_or(())?;
    if (1000.0..=2999.0).contains(&number) {
        return Ok(Some(format!("{number:.0}")));
    }
    if number.abs() <= MIDNIGHT_S {
        return Ok(None);
    }
    let days = ((number + MIDNIGHT_S) / DAY_S).floor();
    let is_near = days.abs() < 400_000.0;
    is_near.then(|| Some(year_of_day(days as i64).to_string())).ok_or(())
}

/// The Gregorian year of a day counted from 1 January 1970. Years are taken to begin in March, so that a leap day is their
/// last, and to come in eras of 400, which all have as many days.
fn year_of_day(day: i64) -> i64 {
    let from_march_0 = day + 719_468;
    let era = from_march_0.div_euclid(146_097);
    let day = from_march_0.rem_euclid(146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day_of_year = day - (365 * year + year / 4 - year / 100);
    // From the 306th day on it is January.
    era * 400 + year + i64::from(day_of_year >= 306)
}

fn codes(text: &str, is_code: fn(&str) -> bool) -> Option<String> {
    let items = words::list(text);
    (!items.is_empty() && items.iter().all(|item| is_code(item))).then(|| items.join("|"))
}

/// `B05.10Z`.
fn is_activity(code: &str) -> bool {
    matches!(code.as_bytes(), [a, b, c, b'.', d, e, f]
        if a.is_ascii_uppercase() && f.is_ascii_uppercase()
            && [b, c, d, e].iter().all(|digit| digit.is_ascii_digit()))
}

/// `P5a`.
fn is_owner_code(code: &str) -> bool {
    matches!(code.as_bytes(), [a, b, c]
        if a.is_ascii_uppercase() && b.is_ascii_digit() && c.is_ascii_lowercase())
}

/// The label of a zone at the head of a text: `UX` of `UX - Espaces équipés`. What follows is a sentence, which may say
/// anything. A label is the letter of its type with at most three signs, after a number and before another.
fn zone_label(text: &str) -> Option<String> {
    let label = text.split([' ', ',', ';', ':']).next().unwrap_or_default();
    let root = label.trim_start_matches(|digit: char| digit.is_ascii_digit());
    let letters = root.trim_end_matches(|digit: char| digit.is_ascii_digit());
    let kinds = ["AU", "U", "A", "N", "ZC", "Zc", "ZnC", "RNU"];
    let kind = kinds.into_iter().find(|kind| letters.starts_with(kind))?;
    let rest = letters.get(kind.len()..)?;
    let is_short = rest.len() <= 3 && rest.chars().all(|sign| sign.is_ascii_alphanumeric());
    let n_digits = label.len() - letters.len();
    (is_short && n_digits <= 4).then(|| label.to_owned())
}

/// Ends of the hosts of public bodies.
const PUBLIC_ENDS: &[&str] = &[
    "gouv.fr",
    "brgm.fr",
    "ademe.fr",
    "cerema.fr",
    "laregion.fr",
    "developpement-durable.fr",
    "georisques.fr",
    "demarches-simplifiees.fr",
    "demarches-simplifiees.net",
    "ign.fr",
    "geopf.fr",
    "insee.fr",
    "anct.fr",
    "banquedesterritoires.fr",
    "epf-occitanie.fr",
    "reconvtafriche.fr",
];
/// Beginnings of the hosts of local bodies: `www.cc-deuxrives.fr`.
const LOCAL_BEGINNINGS: &[&str] =
    &["cc-", "ville-", "mairie-", "agglo-", "epf-", "petr-", "scot-", "observatoire-", "friches-"];

/// Whether a text is the address of a page of a public body. Others may be called after a person, in their host or path.
pub(crate) fn is_public_page(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let Some(rest) = rest else { return false };
    if text.contains(char::is_whitespace) || text.contains(['|', '@', '"', '<', '>']) {
        return false;
    }
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default().to_ascii_lowercase();
    let host = host.split(':').next().unwrap_or_default();
    let bare = host.strip_prefix("www.").unwrap_or(host);
    PUBLIC_ENDS.iter().any(|end| {
        bare == *end || bare.strip_suffix(end).is_some_and(|before| before.ends_with('.'))
    }) || LOCAL_BEGINNINGS.iter().any(|beginning| bare.starts_with(beginning))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(ours: &str, text: &str) -> Result<Option<String>, Refused> {
        take(FricheField::of(ours).unwrap(), text).map(|taken| taken.map(|taken| taken.value))
    }

    fn is(ours: &str, text: &str, expected: &str) {
        assert_eq!(of(ours, text), Ok(Some(expected.to_owned())), "{ours}: {text}");
    }

    #[test]
    fn no_number_has_the_sign_of_a_zero_below() {
        is("building_area_m2", "-0", "0");
        is("building_area_m2", "2 400,4", "2400");
        assert_eq!(of("building_area_m2", "-1"), Err(Refused::NoNumber));
    }

    #[test]
    fn every_word_of_every_list_is_read_as_itself() {
        let fields = super::super::FIELDS.iter().chain(super::super::DRIFT);
        for field in fields.filter(|field| !field.list.is_empty()) {
            for word in field.list {
                let expected = (*word != UNKNOWN).then(|| (*word).to_owned());
                assert_eq!(of(field.ours, word), Ok(expected), "{}: {word}", field.name);
                assert_eq!(of(field.ours, &word.to_uppercase()), of(field.ours, word), "{word}");
            }
        }
    }

    #[test]
    fn words_of_earlier_versions_are_told() {
        let field = FricheField::of("pollution").unwrap();
        let taken = take(field, "Pollution probable").unwrap().unwrap();
        assert_eq!(taken.value, "pollution supposée");
        assert_eq!(taken.earlier, Some("pollution probable"));
        is("zone_type", "Nh", "N");
        is("document_type", "PLUi", "PLUI");
        is("site_type", "mixte", "mixte - autre");
        assert_eq!(of("zone_type", "AU"), Err(Refused::NoWord));
    }

    #[test]
    fn lists_of_postgres_and_of_the_standard_become_the_standards() {
        is("owner_type", "{P5a,X1a}", "P5a|X1a");
        is("former_activity_code", "B05.10Z, V89.04Z", "B05.10Z|V89.04Z");
        is("building_kind", "{\"secteur tertiaire\",commercial}", "secteur tertiaire|commercial");
        is("access_distances", "2|6|46", "2|6|46");
        assert_eq!(of("building_kind", "inconnu|inconnu"), Ok(None));
        assert_eq!(of("origin_kind", "MTE\n"), Ok(Some("MTE".to_owned())));
    }

    #[test]
    fn nothing_is_said_by_the_words_for_nothing() {
        for text in ["", " ", "NA", "NaN", "N/A", "inconnu", "Inconnu ", "{}"] {
            for ours in ["occupancy", "building_kind", "zone_label", "identified_on"] {
                assert_eq!(of(ours, text), Ok(None), "{ours}: {text}");
            }
        }
    }

    #[test]
    fn years_come_in_three_forms() {
        is("premises_oldest_year", "1976", "1976");
        is("premises_oldest_year", "157762800", "1975");
        // Midnights of France, as Python's zoneinfo has them: the first of January, the first of July, and before 1970.
        for (moment, year) in [
            ("378687600", "1982"),
            ("1435701600", "2015"),
            ("1546210800", "2018"),
            ("1546297200", "2019"),
            ("-631155600", "1950"),
        ] {
            is("premises_oldest_year", moment, year);
        }
        is("activity_end_year", "1989-12-15", "1989");
        assert_eq!(of("premises_oldest_year", "-3600"), Ok(None));
        assert_eq!(of("premises_oldest_year", "hier"), Err(Refused::NoForm));
        is("identified_on", "18/05/2003", "2003-05-18");
        assert_eq!(of("identified_on", "2003-02-30"), Err(Refused::NoForm));
    }

    #[test]
    fn a_zone_has_its_label_and_no_sentence() {
        is("zone_label", "UX - Espaces équipés, chez Jeanne", "UX");
        is("zone_label", "1AUe2", "1AUe2");
        is("zone_label", "Np", "Np");
        for text in ["Dupont", "Nadine", "Albert", "Jeanne Dupont", "Ursula"] {
            assert_eq!(of("zone_label", text), Err(Refused::NoForm), "{text}");
        }
    }

    #[test]
    fn pages_are_those_of_public_bodies() {
        let page = "https://data.ademe.fr/data-fair/ILE%20DER_22218.pdf";
        is("ademe_url", page, page);
        let two = "http://fiches-risques.brgm.fr/a|https://www.georisques.gouv.fr/b";
        is("url", two, two);
        for text in [
            "www.brgm.fr",
            "jeanne.dupont@exemple.fr",
            "https://jeanne@brgm.fr/a",
            "https://jeanne-dupont.fr",
            "https://mauvaisbrgm.fr/a",
            "https://brgm.fr/ Jeanne",
        ] {
            assert_eq!(of("project_url", text), Err(Refused::NoForm), "{text}");
        }
    }

    #[test]
    fn identifiers_are_in_one_piece_and_have_a_digit() {
        for id in ["12083_22-12.0017", "OBSLOC12_12083_01", "32132_20528"] {
            assert!(is_identifier(id), "{id}");
        }
        for text in ["Garage Dupont 3", "Dupont", "DUPONT_1", "", "Zoé3é"] {
            assert!(!is_identifier(text), "{text}");
        }
    }
}
