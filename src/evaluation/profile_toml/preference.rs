//! Preference functions in TOML: `preference = "usual"`, `preference = { linear = { q = 0.05, p = 0.3 } }`.

use serde::Deserialize;

use super::contradiction;
use crate::evaluation::Method;
use crate::evaluation::ProfileError;
use crate::evaluation::method::Preference;

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) enum RawPreference {
    Usual,
    UShape { q: f64 },
    VShape { p: f64 },
    Level { q: f64, p: f64 },
    Linear { q: f64, p: f64 },
    Gaussian { s: f64 },
}

/// The preference function of a criterion; any advantage counts where none is given.
pub(super) fn check(
    profile: &str,
    item: &str,
    method: Method,
    raw: Option<RawPreference>,
) -> Result<Preference, ProfileError> {
    let Some(raw) = raw else { return Ok(Preference::Usual) };
    if method != Method::Promethee2 {
        return Err(contradiction(
            profile,
            item,
            "`preference` goes with the method promethee-2; change `method`, or take it away",
        ));
    }
    let wrong = |value: f64, expected| {
        Err(ProfileError::Range {
            profile: profile.to_owned(),
            item: item.to_owned(),
            key: "preference",
            value: value.to_string(),
            expected,
        })
    };
    let ends = match &raw {
        RawPreference::Usual => (0.0, 1.0),
        RawPreference::UShape { q } => (*q, 1.0),
        RawPreference::VShape { p } => (0.0, *p),
        RawPreference::Gaussian { s } => (0.0, *s),
        RawPreference::Level { q, p } | RawPreference::Linear { q, p } => (*q, *p),
    };
    if !(0.0..1.0).contains(&ends.0) {
        return wrong(ends.0, "q is a difference of scores from 0 to below 1");
    }
    if !ends.1.is_finite() || ends.1 <= ends.0 {
        return wrong(ends.1, "p lies above q, and s above 0");
    }
    Ok(match raw {
        RawPreference::Usual => Preference::Usual,
        RawPreference::UShape { q } => Preference::UShape { q },
        RawPreference::VShape { p } => Preference::VShape { p },
        RawPreference::Level { q, p } => Preference::Level { q, p },
        RawPreference::Linear { q, p } => Preference::Linear { q, p },
        RawPreference::Gaussian { s } => Preference::Gaussian { s },
    })
}
