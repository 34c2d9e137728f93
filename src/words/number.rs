//! Numbers as people write them.

use super::Lang;

/// Writes `value` with `decimals` decimals, thousands apart by a narrow no-break space (French) or a comma (English).
pub(super) fn write(lang: Lang, value: f64, decimals: usize) -> String {
    let plain = format!("{value:.decimals$}");
    let (sign, digits) = match plain.strip_prefix('-') {
        // Rounding may leave "-0": that is zero.
        Some(rest) if rest.bytes().any(|b| (b'1'..=b'9').contains(&b)) => ("\u{2212}", rest),
        Some(rest) => ("", rest),
        None => ("", plain.as_str()),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let (thousands, point) = match lang {
        Lang::Fr => ('\u{202f}', ','),
        Lang::En => (',', '.'),
    };
    let mut text = String::from(sign);
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            text.push(thousands);
        }
        text.push(digit);
    }
    if !fraction.is_empty() {
        text.push(point);
        text.push_str(fraction);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_and_decimals_follow_the_language() {
        assert_eq!(write(Lang::Fr, 1_234_567.891, 1), "1\u{202f}234\u{202f}567,9");
        assert_eq!(write(Lang::En, 1_234_567.891, 1), "1,234,567.9");
        assert_eq!(write(Lang::Fr, 999.0, 0), "999");
        assert_eq!(write(Lang::Fr, -0.04, 1), "0,0");
        assert_eq!(write(Lang::Fr, -1_000.5, 1), "\u{2212}1\u{202f}000,5");
    }
}
