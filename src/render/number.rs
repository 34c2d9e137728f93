//! Numbers as the reader writes them: decimal comma, thin spaces.

use crate::render::map::Words;

/// `value` with `decimals` digits after the mark, rounded half away from zero, digits grouped by three.
/// A value that is not finite gives the caller's word for "unknown".
///
/// ```
/// use gisement::render::Words;
/// let words = Words {
///     decimal_mark: ',', group_mark: '\u{202f}', north: "N".into(), metre: "m".into(), kilometre: "km".into(),
///     scale_ratio: None, and_more: "… et {n} autres".into(), unknown: "n. c.".into(),
/// };
/// assert_eq!(gisement::render::format_number(-12345.678, 1, &words), "−12\u{202f}345,7");
/// ```
#[must_use]
pub fn format_number(value: f64, decimals: usize, words: &Words) -> String {
    if !value.is_finite() {
        return words.unknown.clone();
    }
    let power = 10f64.powi(i32::try_from(decimals).unwrap_or(0));
    let rounded = (value.abs() * power).round() / power;
    let text = format!("{rounded:.decimals$}");
    let (whole, fraction) = text.split_once('.').unwrap_or((text.as_str(), ""));
    let mut out = String::new();
    if value < 0.0 && rounded > 0.0 {
        out.push('−');
    }
    for (rank, digit) in whole.chars().enumerate() {
        if rank > 0 && (whole.len() - rank) % 3 == 0 {
            out.push(words.group_mark);
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push(words.decimal_mark);
        out.push_str(fraction);
    }
    out
}

/// `value` with as few decimals (0 to 3) as say it exactly: for ticks and class limits, which are round.
#[must_use]
pub fn format_round_number(value: f64, words: &Words) -> String {
    let decimals = (0..3)
        .find(|d| {
            let scaled = value * 10f64.powi(*d);
            (scaled - scaled.round()).abs() < 1e-6 * scaled.abs().max(1.0)
        })
        .unwrap_or(3);
    format_number(value, usize::try_from(decimals).unwrap_or(0), words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::sample::words;

    #[test]
    fn french_marks() {
        let w = words();
        assert_eq!(format_number(1_234_567.0, 0, &w), "1\u{202f}234\u{202f}567");
        assert_eq!(format_number(0.05, 1, &w), "0,1");
        assert_eq!(format_number(-0.04, 1, &w), "0,0");
        assert_eq!(format_number(f64::NAN, 1, &w), "n. c.");
    }

    #[test]
    fn round_numbers_lose_their_zeros() {
        let w = words();
        assert_eq!(format_round_number(250.0, &w), "250");
        assert_eq!(format_round_number(2.5, &w), "2,5");
        assert_eq!(format_round_number(0.25, &w), "0,25");
        assert_eq!(format_round_number(0.1 + 0.2, &w), "0,3");
    }
}
