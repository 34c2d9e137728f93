//! Zonage ABC: how tight the market of dwellings is, by commune (article D304-1 CCH).

use super::Column;
use super::FREE_TABLE;
use super::Schema;
use super::words::plain;

/// Table of the DGALN: the column of the zone is named after the day it came into force.
pub(super) const ZONAGE_ABC: Schema = Schema {
    id: "dgaln-zonage-abc",
    layer: "housing_zones",
    source: "Zonage ABC – DGALN",
    licence: "Licence Ouverte 2.0",
    columns: &[
        Column { ours: "commune", theirs: &["codgeo", "codgeo_##", "code_insee", "insee_com"] },
        Column {
            ours: "abc",
            theirs: &[
                "zonage en vigueur*",
                "zonage_abc",
                "zone_abc",
                "zonage abc*",
                "zonage",
                "zone",
            ],
        },
    ],
    required: &["commune", "abc"],
    names: &["~zonage-abc", "~zonage_abc", "~zonageabc"],
    signs: &["codgeo", "zonage en vigueur*"],
    ..FREE_TABLE
};

/// The zone in our words: `abis`, `a`, `b1`, `b2`, `c`; `None` for another word.
#[must_use]
pub(crate) fn housing_zone_of(word: &str) -> Option<&'static str> {
    let plain: String = plain(word).chars().filter(|letter| letter.is_alphanumeric()).collect();
    let zone = plain.strip_prefix("zone").unwrap_or(&plain);
    ["abis", "a", "b1", "b2", "c"].into_iter().find(|known| *known == zone)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_however_they_are_spelled() {
        for (word, zone) in [
            ("A bis", Some("abis")),
            ("Abis", Some("abis")),
            ("B1", Some("b1")),
            ("c", Some("c")),
            ("D", None),
        ] {
            assert_eq!(housing_zone_of(word), zone, "{word}");
        }
    }
}
