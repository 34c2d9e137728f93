//! Values as the standard writes them.

use crate::io::schema::STANDARD_ALWAYS;
use crate::io::schema::StandardField;
use crate::io::schema::StandardType;
use crate::io::schema::words;

/// Decimals of a number: a square metre is 0.0001 ha.
const DECIMALS: i32 = 4;

/// A number with at most four decimals and no zeros behind them.
pub(super) fn number(value: f64) -> String {
    let scale = 10_f64.powi(DECIMALS);
    let rounded = (value * scale).round() / scale;
    // Minus zero is no number that anybody writes.
    if rounded == 0.0 { "0".to_owned() } else { rounded.to_string() }
}

/// A text as a value of a field; `None` where it is no value of that type. Words of a list take the standard's spelling,
/// other words stay as they are.
#[must_use]
pub fn form_value(field: &StandardField, text: &str) -> Option<String> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    match field.kind {
        StandardType::Number => words::number(text).map(number),
        StandardType::Date => day(text),
        StandardType::Year => year(text),
        StandardType::YesNo => Some(match words::plain(text).as_str() {
            "oui" | "o" | "true" | "1" | "yes" => "oui".to_owned(),
            "non" | "n" | "false" | "0" | "no" => "non".to_owned(),
            _ => text.to_owned(),
        }),
        _ => Some(spelled(field, text).map_or_else(|| text.to_owned(), str::to_owned)),
    }
}

/// Whether a value is one that the field may hold: of its list, of its type. An address must be one of the web.
pub(super) fn is_allowed(field: &StandardField, value: &str) -> bool {
    let allowed = field.allowed();
    let is_page = || value.starts_with("http://") || value.starts_with("https://");
    match field.kind {
        StandardType::Url => is_page() && !value.contains(char::is_whitespace),
        _ => allowed.is_empty() || allowed.contains(&value),
    }
}

/// The standard's spelling of a word of a field's list.
fn spelled(field: &StandardField, word: &str) -> Option<&'static str> {
    if field.list.is_empty() {
        return None;
    }
    let plain = words::plain(word);
    let known = field.list.iter().copied().chain(STANDARD_ALWAYS);
    known.into_iter().find(|known| words::plain(known) == plain)
}

/// `2026-06-01`, with or without an hour behind it, `01/06/2026`: as a day of the calendar.
#[must_use]
pub fn day(text: &str) -> Option<String> {
    let head = text.get(..10)?;
    let rest = text.get(10..)?;
    if !rest.is_empty() && !rest.starts_with(['T', ' ']) {
        return None;
    }
    let parts: Vec<&str> = head.split(['-', '/']).collect();
    let (year, month, day) = match parts.as_slice() {
        [year, month, day] if year.len() == 4 => (*year, *month, *day),
        [day, month, year] if year.len() == 4 => (*year, *month, *day),
        _ => return None,
    };
    is_day(year, month, day).then(|| format!("{year}-{month}-{day}"))
}

fn is_day(year: &str, month: &str, day: &str) -> bool {
    let number = |text: &str, width: usize| -> Option<u32> {
        let is_number = text.len() == width && text.bytes().all(|b| b.is_ascii_digit());
        is_number.then(|| text.parse().ok()).flatten()
    };
    let (Some(year), Some(month), Some(day)) = (number(year, 4), number(month, 2), number(day, 2))
    else {
        return false;
    };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let last = match month {
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        1..=12 => 31,
        _ => return false,
    };
    year >= 1000 && (1..=last).contains(&day)
}

/// The year of a date, or a year.
fn year(text: &str) -> Option<String> {
    let is_year = |part: &str| part.len() == 4 && part.bytes().all(|b| b.is_ascii_digit());
    if is_year(text) {
        return Some(text.to_owned());
    }
    day(text).and_then(|day| day.get(..4).map(str::to_owned))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::schema::StandardTable;

    fn field(ours: &str) -> &'static StandardField {
        StandardTable::Terrains.field(ours).unwrap()
    }

    #[test]
    fn numbers_have_four_decimals_at_most() {
        assert_eq!(number(37.2), "37.2");
        assert_eq!(number(2.0), "2");
        assert_eq!(number(0.123_456), "0.1235");
        assert_eq!(number(-0.000_001), "0");
        assert_eq!(form_value(field("sale_amount_eur"), "530 000,50").as_deref(), Some("530000.5"));
        assert_eq!(form_value(field("sale_amount_eur"), "cher"), None);
    }

    #[test]
    fn days_are_days_of_the_calendar() {
        let date = |text| form_value(field("sold"), text);
        assert_eq!(date("2021-04-22T00:00:00Z").as_deref(), Some("2021-04-22"));
        assert_eq!(date("22/04/2021").as_deref(), Some("2021-04-22"));
        assert_eq!(date("2024-02-29").as_deref(), Some("2024-02-29"));
        for wrong in ["2023-02-29", "2021-13-01", "hier", "2021", "2021-04-221"] {
            assert_eq!(date(wrong), None, "{wrong}");
        }
        let created = StandardTable::Sites.field("created").unwrap();
        assert_eq!(form_value(created, "2015").as_deref(), Some("2015"));
        assert_eq!(form_value(created, "2015-06-04").as_deref(), Some("2015"));
    }

    #[test]
    fn words_take_the_spelling_of_the_standard() {
        let value = |ours, text| form_value(field(ours), text).unwrap();
        assert_eq!(value("occupation", "Occupe"), "occupé");
        assert_eq!(value("occupation", "INCONNU"), "inconnu");
        assert_eq!(value("occupation", "loué"), "loué");
        assert!(is_allowed(field("occupation"), "vacant"));
        assert!(!is_allowed(field("occupation"), "loué"));
        assert_eq!(value("usable", "Oui"), "oui");
        assert!(!is_allowed(field("usable"), "peut-être"));
        assert!(!is_allowed(field("cartofriches_url"), "cartofriches"));
    }
}
