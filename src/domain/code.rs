//! The codes that name things in French public data. All are text: `01004` is not a number.

use std::fmt;
use std::str::FromStr;

/// A code that does not have the form its name promises.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{value}` is not a valid {what}: expected {expected}")]
pub struct BadCode {
    /// What the code should have been.
    pub what: &'static str,
    /// The text that was found.
    pub value: String,
    /// The form that is accepted, in words.
    pub expected: &'static str,
}

macro_rules! code {
    ($(#[$doc:meta])* $name:ident, $len:literal, $what:literal, $expected:literal, $valid:expr) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name([u8; $len]);

        impl $name {
            /// The code as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                // Only ASCII passes `from_str`, so the bytes are always UTF-8.
                std::str::from_utf8(&self.0).unwrap_or_default()
            }
        }

        impl FromStr for $name {
            type Err = BadCode;

            fn from_str(text: &str) -> Result<Self, BadCode> {
                let trimmed = text.trim();
                let bad = || BadCode {
                    what: $what,
                    value: trimmed.chars().take(40).collect(),
                    expected: $expected,
                };
                let bytes: [u8; $len] =
                    trimmed.as_bytes().try_into().ok().ok_or_else(bad)?;
                let valid: fn(&[u8; $len]) -> bool = $valid;
                if valid(&bytes) { Ok(Self(bytes)) } else { Err(bad()) }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.as_str())
            }
        }
    };
}

code!(
    /// The code of a commune in INSEE's Code officiel géographique: five characters (`82112`, `2A004`).
    CodeInsee, 5, "INSEE commune code", "five characters such as 82112 or 2A004",
    |b| b[0].is_ascii_digit()
        && (b[1].is_ascii_digit() || matches!(b[1], b'A' | b'B'))
        && b[2..].iter().all(u8::is_ascii_digit)
);
code!(
    /// The SIREN number of an EPCI (or of any legal person): nine digits.
    Siren, 9, "SIREN", "nine digits such as 200066322",
    |b| b.iter().all(u8::is_ascii_digit)
);
code!(
    /// The identifier of a cadastral parcel: department and commune (5), absorbed commune (3), section (2),
    /// number (4), as in `82112000AB0123`.
    Idu, 14, "parcel identifier (idu)", "14 characters such as 82112000AB0123",
    |b| b.iter().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit())
        && b[10..].iter().all(u8::is_ascii_digit)
);

impl Idu {
    /// The commune the parcel is registered in.
    #[must_use]
    pub fn commune(&self) -> Option<CodeInsee> {
        self.as_str().get(..5)?.parse().ok()
    }

    /// The cadastral section, two characters (`AB`, `0A`).
    #[must_use]
    pub fn section(&self) -> &str {
        self.as_str().get(8..10).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_keep_their_zeros_and_letters() {
        assert_eq!("01004".parse::<CodeInsee>().unwrap().as_str(), "01004");
        assert_eq!("2A004".parse::<CodeInsee>().unwrap().as_str(), "2A004");
        let idu: Idu = "82112000AB0123".parse().unwrap();
        assert_eq!(idu.commune().unwrap().as_str(), "82112");
        assert_eq!(idu.section(), "AB");
    }

    #[test]
    fn a_code_of_the_wrong_form_says_what_was_expected() {
        let error = "1004".parse::<CodeInsee>().unwrap_err();
        assert_eq!(
            error.to_string(),
            "`1004` is not a valid INSEE commune code: expected five characters such as 82112 or 2A004"
        );
        assert!("20003472X".parse::<Siren>().is_err());
        assert!("82112000ABabcd".parse::<Idu>().is_err());
        assert!("8211é".parse::<CodeInsee>().is_err());
    }
}
