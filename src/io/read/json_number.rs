//! Numbers of JSON texts, as they are in coordinates: no exponent, few digits.

/// Powers of ten that a double holds exactly.
static POWERS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
];
/// Whole numbers up to this one are doubles.
const EXACT: u64 = 1 << 53;
/// As many digits always fit in 64 bits.
const DIGITS: usize = 19;

/// The number that the text begins with, and its length in bytes. The double is the nearest one, as with
/// `str::parse`. `None` for what is no JSON number, and for numbers with an exponent.
#[inline]
pub(super) fn leading(text: &[u8]) -> Option<(f64, usize)> {
    let negative = text.first() == Some(&b'-');
    let start = usize::from(negative);
    let mut digits: u64 = 0;
    let mut at = start;
    let run = |at: &mut usize, digits: &mut u64| {
        while let Some(digit) =
            text.get(*at).map(|byte| byte.wrapping_sub(b'0')).filter(|d| *d < 10)
        {
            *digits = digits.wrapping_mul(10).wrapping_add(u64::from(digit));
            *at += 1;
        }
    };
    run(&mut at, &mut digits);
    // JSON wants a digit, and no zero before others.
    if at == start || (text[start] == b'0' && at > start + 1) {
        return None;
    }
    let whole = at - start;
    let mut decimals = 0;
    if text.get(at) == Some(&b'.') {
        at += 1;
        let point = at;
        run(&mut at, &mut digits);
        decimals = at - point;
        if decimals == 0 {
            return None;
        }
    }
    if matches!(text.get(at), Some(b'e' | b'E')) {
        return None;
    }
    // Both are exact: the quotient is rounded once.
    let value = if whole + decimals <= DIGITS && digits <= EXACT {
        let value = digits as f64 / POWERS[decimals];
        if negative { -value } else { value }
    } else {
        std::str::from_utf8(&text[..at]).ok()?.parse().ok()?
    };
    Some((value, at))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]

        #[test]
        fn equal_to_the_standard_parser_bit_for_bit(
            text in "-?(0|[1-9][0-9]{0,20})(\\.[0-9]{1,24})?",
        ) {
            let standard: f64 = text.parse().unwrap();
            for tail in ["", ",", "]", " ", "x"] {
                let (value, length) = leading(format!("{text}{tail}").as_bytes()).unwrap();
                prop_assert_eq!(value.to_bits(), standard.to_bits());
                prop_assert_eq!(length, text.len());
            }
        }

        #[test]
        fn any_double_comes_back(value in any::<f64>()) {
            let text = format!("{value}");
            match leading(text.as_bytes()) {
                Some((again, _)) => prop_assert_eq!(again.to_bits(), value.to_bits()),
                None => prop_assert!(!value.is_finite()),
            }
        }

        #[test]
        fn never_more_than_json_allows(text in "[-+.0-9eE]{0,8}") {
            if let Some((value, length)) = leading(text.as_bytes()) {
                let json: serde_json::Value = serde_json::from_str(&text[..length]).unwrap();
                prop_assert_eq!(json.as_f64().map(f64::to_bits), Some(value.to_bits()));
            }
        }
    }

    #[test]
    fn left_to_others() {
        for text in ["", "-", ".5", "1.", "01", "-01.5", "1e5", "1.5E2", "+1", "NaN", "x"] {
            assert_eq!(leading(text.as_bytes()), None, "{text}");
        }
    }
}
