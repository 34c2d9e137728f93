//! Makes JSON of what is nearly JSON, where nothing is lost by it.

use super::encoding;

/// A feature's text made JSON again, as far as that loses nothing.
pub(super) struct Repaired {
    pub text: Vec<u8>,
    pub bare_nan: bool,
    pub wrong_encoding: bool,
}

impl Repaired {
    pub(super) const fn changed(&self) -> bool {
        self.bare_nan || self.wrong_encoding
    }
}

/// Reads Windows-1252 as what it is, and NaN and Infinity outside strings as null.
pub(super) fn repaired(text: &[u8]) -> Repaired {
    let wrong_encoding = std::str::from_utf8(text).is_err();
    let decoded = encoding::decode(text, encoding_rs::UTF_8).0;
    let mut out = Vec::with_capacity(decoded.len());
    let mut bare_nan = false;
    let (mut in_string, mut escaped) = (false, false);
    let mut rest = decoded.as_bytes();
    while let Some(&byte) = rest.first() {
        let word = if in_string {
            None
        } else {
            ["NaN", "-NaN", "nan", "Infinity", "-Infinity", "inf", "-inf"]
                .into_iter()
                .find(|word| rest.starts_with(word.as_bytes()))
        };
        if let Some(word) = word {
            out.extend_from_slice(b"null");
            bare_nan = true;
            rest = &rest[word.len()..];
            continue;
        }
        (in_string, escaped) = match byte {
            _ if escaped => (in_string, false),
            b'\\' if in_string => (true, true),
            b'"' => (!in_string, false),
            _ => (in_string, false),
        };
        out.push(byte);
        rest = &rest[1..];
    }
    Repaired { text: out, bare_nan, wrong_encoding }
}
