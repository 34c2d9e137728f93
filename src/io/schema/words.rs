//! Spelling as producers practise it.

pub(crate) use crate::domain::plain;

/// A number as files write it: `1 234,5` with any kind of space, `1234.5`.
#[must_use]
pub(crate) fn number(text: &str) -> Option<f64> {
    let compact: String = text
        .chars()
        .filter(|letter| !letter.is_whitespace() && *letter != '\u{202f}' && *letter != '\u{a0}')
        .map(|letter| if letter == ',' { '.' } else { letter })
        .collect();
    compact.parse().ok().filter(|number: &f64| number.is_finite())
}

/// What the producers write where they know nothing.
#[must_use]
pub(crate) fn is_blank(text: &str) -> bool {
    matches!(text.trim(), "" | "NA" | "NaN" | "N/A" | "NULL" | "null" | "None" | "[ND]")
}

/// What the producers of statistics write where a figure is withheld or unknown: never zero.
#[must_use]
pub(crate) fn is_withheld(text: &str) -> bool {
    matches!(
        plain(text).as_str(),
        "s" | "ss"
            | "nd"
            | "n.d."
            | "n.d"
            | "ns"
            | "n.s."
            | "nc"
            | "n.c."
            | "-"
            | "..."
            | "-1"
            | "-1,0"
            | "-1.0"
    )
}

/// The items of a list in one cell: Postgres `{a,b}`, CNIG `a|b`, or commas.
#[must_use]
pub(crate) fn list(text: &str) -> Vec<&str> {
    let inner = text.trim().trim_start_matches('{').trim_end_matches('}');
    inner
        .split(['|', ',', ';'])
        .map(|item| item.trim().trim_matches('"'))
        .filter(|item| !is_blank(item))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_with_every_kind_of_space() {
        assert_eq!(number("1 234,5"), Some(1234.5));
        assert_eq!(number("5\u{a0}922"), Some(5922.0));
        assert_eq!(number("5\u{202f}922"), Some(5922.0));
        assert_eq!(number("s"), None);
        assert_eq!(number("NaN"), None);
    }

    #[test]
    fn lists_of_both_standards() {
        assert_eq!(list("{32132000BW0520,32132000BW1070}"), ["32132000BW0520", "32132000BW1070"]);
        assert_eq!(list("12083000AH0035|12083000AH0072"), ["12083000AH0035", "12083000AH0072"]);
        assert!(list("NA").is_empty());
    }
}
