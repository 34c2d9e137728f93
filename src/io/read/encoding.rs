//! Which encoding a text is in: what is declared, else strict UTF-8, else Windows-1252.
//!
//! The rule fits every French file measured: BD TOPO writes UTF-8 without saying so, older town
//! plans Windows-1252 without saying so.

use std::borrow::Cow;

use encoding_rs::Encoding;
use encoding_rs::UTF_8;
use encoding_rs::WINDOWS_1252;

/// What the content of a `.cpg` file means; `None` when it means nothing known.
pub(super) fn declared(label: &str) -> Option<&'static Encoding> {
    let label = label.trim_matches(|c: char| c.is_whitespace() || c == '\0' || c == '\u{feff}');
    if let Some(encoding) = Encoding::for_label(label.as_bytes()) {
        return Some(encoding);
    }
    let digits: String = label.chars().filter(char::is_ascii_digit).collect();
    match digits.as_str() {
        "65001" | "8" => Some(UTF_8),
        "1252" | "88591" | "885915" | "28591" | "28605" => Some(WINDOWS_1252),
        // Code pages whose label is not their number.
        "932" => Some(encoding_rs::SHIFT_JIS),
        "936" => Some(encoding_rs::GBK),
        "949" => Some(encoding_rs::EUC_KR),
        "950" => Some(encoding_rs::BIG5),
        other => Encoding::for_label(format!("windows-{other}").as_bytes()),
    }
}

/// Whether a fixed-width value can be UTF-8: it is, or it fills its width, which then cut its last character. A value
/// that ends before its width is whole: `caf\xe9` in a wide column is Windows-1252.
pub(super) fn may_be_utf8(value: &[u8], fills_its_width: bool) -> bool {
    match std::str::from_utf8(value) {
        Ok(_) => true,
        Err(error) => fills_its_width && error.error_len().is_none(),
    }
}

/// Decodes a fixed-width value; the last character may be cut by the width when the value fills it.
pub(super) fn decode_fixed<'a>(
    value: &'a [u8],
    fills_its_width: bool,
    encoding: &'static Encoding,
) -> (Cow<'a, str>, bool) {
    if encoding == UTF_8
        && fills_its_width
        && let Err(error) = std::str::from_utf8(value)
        && error.error_len().is_none()
    {
        return (String::from_utf8_lossy(&value[..error.valid_up_to()]), true);
    }
    decode(value, encoding)
}

/// Decodes a value; the second answer is false when the value is not in that encoding and was read
/// as Windows-1252 (which gives every byte a character).
pub(super) fn decode<'a>(value: &'a [u8], encoding: &'static Encoding) -> (Cow<'a, str>, bool) {
    match encoding.decode_without_bom_handling_and_without_replacement(value) {
        Some(text) => (text, true),
        None => (WINDOWS_1252.decode_without_bom_handling(value).0, false),
    }
}

/// Tells whether a stream of bytes is UTF-8, chunk by chunk.
#[derive(Debug, Default)]
pub(super) struct Utf8Check {
    /// Bytes of a character that the last chunk cut.
    pending: Vec<u8>,
    broken: bool,
}

impl Utf8Check {
    pub(super) fn feed(&mut self, chunk: &[u8]) {
        if self.broken {
            return;
        }
        let mut rest = chunk;
        while !self.pending.is_empty() && !rest.is_empty() {
            self.pending.push(rest[0]);
            rest = &rest[1..];
            match std::str::from_utf8(&self.pending) {
                Ok(_) => self.pending.clear(),
                Err(error) if error.error_len().is_some() => {
                    self.broken = true;
                    return;
                }
                Err(_) => {}
            }
        }
        if let Err(error) = std::str::from_utf8(rest) {
            match error.error_len() {
                Some(_) => self.broken = true,
                None => self.pending.extend_from_slice(&rest[error.valid_up_to()..]),
            }
        }
    }

    pub(super) const fn is_utf8(&self) -> bool {
        !self.broken && self.pending.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declared_names_in_use() {
        for utf8 in ["UTF-8", "utf8", "65001", "UTF-8\r\n", "UTF-8\0"] {
            assert_eq!(declared(utf8), Some(UTF_8), "{utf8}");
        }
        for latin in ["1252", "ISO-8859-1", "ISO 88591", "88591", "ANSI 1252", "windows-1252"] {
            assert_eq!(declared(latin), Some(WINDOWS_1252), "{latin}");
        }
        assert_eq!(declared("936"), Some(encoding_rs::GBK));
        assert_eq!(declared("system"), None);
        assert_eq!(declared(""), None);
    }

    #[test]
    fn a_character_cut_by_the_width_stays_utf8() {
        let cut = &"Indifférencié".as_bytes()[..14];
        assert!(may_be_utf8(cut, true));
        assert!(!may_be_utf8(cut, false), "nothing cuts a value that ends before its width");
        assert_eq!(decode_fixed(cut, true, UTF_8), (Cow::Borrowed("Indifférenci"), true));
        assert!(!may_be_utf8(b"caf\xe9 noir", true));
        assert_eq!(decode(b"caf\xe9", UTF_8), (Cow::Borrowed("café"), false));
        assert_eq!(decode(b"caf\xe9 \x80", UTF_8), (Cow::Borrowed("café €"), false));
    }

    #[test]
    fn utf8_is_seen_across_chunks() {
        for cut in 0.."é€𝄞".len() {
            let mut check = Utf8Check::default();
            check.feed(&"é€𝄞".as_bytes()[..cut]);
            check.feed(&"é€𝄞".as_bytes()[cut..]);
            assert!(check.is_utf8(), "cut at {cut}");
        }
        let mut check = Utf8Check::default();
        check.feed(b"caf\xe9");
        assert!(!check.is_utf8());
        check.feed(b" noir");
        assert!(!check.is_utf8());
    }
}
