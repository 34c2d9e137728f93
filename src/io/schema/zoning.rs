//! Planning zones: CNIG `zone_urba`, 2013 to 2024, and the words that say what a zone is for.

use std::borrow::Cow;

use super::Column;
use super::FREE;
use super::Schema;
use super::words::is_blank;
use super::words::plain;
use crate::domain::TypeZone;
use crate::domain::ZoneKind;

/// `zone_urba` of every vintage of the standard; DESTDOMI (2013, 2014) became FORMDOMI (2022).
pub(super) const CNIG: Schema = Schema {
    id: "cnig-zone-urba",
    layer: "zoning",
    source: "Documents d'urbanisme (PLU, PLUi) – Géoportail de l'urbanisme",
    licence: "Licence Ouverte 2.0",
    columns: &[
        Column { ours: "label", theirs: &["libelle"] },
        Column { ours: "long_label", theirs: &["libelong"] },
        Column { ours: "typezone", theirs: &["typezone"] },
        Column { ours: "main_use", theirs: &["formdomi", "destdomi"] },
        Column { ours: "allowed", theirs: &["destoui"] },
        Column { ours: "conditional", theirs: &["destcdt"] },
        Column { ours: "forbidden", theirs: &["destnon"] },
        Column { ours: "document", theirs: &["idurba", "gpu_doc_id", "partition"] },
        Column { ours: "commune", theirs: &["insee"] },
    ],
    required: &["label", "typezone"],
    names: &["~zone_urba"],
    signs: &["libelle", "typezone"],
    ..FREE
};

/// `secteur_cc` of a carte communale.
pub(super) const SECTEUR_CC: Schema = Schema {
    id: "cnig-secteur-cc",
    layer: "zoning",
    source: "Cartes communales – Géoportail de l'urbanisme",
    licence: "Licence Ouverte 2.0",
    columns: &[
        Column { ours: "label", theirs: &["libelle"] },
        Column { ours: "long_label", theirs: &["libelong"] },
        Column { ours: "sector", theirs: &["typesect"] },
        Column { ours: "document", theirs: &["idurba", "gpu_doc_id", "partition"] },
        Column { ours: "commune", theirs: &["insee"] },
    ],
    required: &["sector"],
    names: &["~secteur_cc"],
    signs: &["libelle", "typesect"],
    ..FREE
};

/// Words of `typezone` beside its letters; see [`super::repeated`].
pub(crate) const ZONE_WORDS: &[&str] =
    &["indifférencié", "urbaine", "agricole", "naturelle", "à urbaniser", "mixte"];

/// What a row says about its purpose, as found in the file.
#[derive(Debug, Clone, Copy, Default)]
pub struct ZoneWords<'a> {
    /// `libelle`.
    pub label: &'a str,
    /// `libelong`.
    pub long_label: &'a str,
    /// `formdomi` or `destdomi`.
    pub main_use: &'a str,
    /// `destoui`.
    pub allowed: &'a str,
    /// `destcdt`.
    pub conditional: &'a str,
    /// `destnon`.
    pub forbidden: &'a str,
}

/// `typezone`, with the legacy spellings that leave no doubt (`Ah`, `Nh`, `Nd`, `1AU` as an open zone is not one).
#[must_use]
pub fn typezone_of(text: &str) -> TypeZone {
    match plain(text).as_str() {
        "u" => TypeZone::U,
        "auc" => TypeZone::AUc,
        "aus" => TypeZone::AUs,
        "a" | "ah" => TypeZone::A,
        "n" | "nh" | "nd" | "nc" => TypeZone::N,
        _ => TypeZone::Unknown,
    }
}

/// Type and purpose of a sector of a carte communale, from `typesect` (CNIG CC 2014 to 2025), and the rule.
#[must_use]
pub fn kind_of_sector(text: &str) -> (TypeZone, ZoneKind, Cow<'static, str>) {
    let code = text.trim();
    // Spreadsheets drop the leading zero.
    let (typezone, kind) = match code.strip_prefix('0').unwrap_or(code) {
        "1" => (TypeZone::SectorOpen, ZoneKind::Open),
        "2" => (TypeZone::SectorActivity, ZoneKind::Activity),
        "3" => (TypeZone::SectorClosed, ZoneKind::Closed),
        _ => (TypeZone::Unknown, ZoneKind::Unknown),
    };
    let rule = match kind {
        ZoneKind::Unknown => Cow::Borrowed("aucune règle"),
        _ => Cow::Owned(format!("TYPESECT {code:0>2}")),
    };
    (typezone, kind, rule)
}

/// What a zone is for, and the rule that says so.
///
/// In order: destinations allowed and forbidden (codes of 2022 and later), dominant form or destination, words of the
/// long label, letters of the label, type. A closed AUs zone is closed whatever it will be for.
#[must_use]
pub fn kind_of_zone(typezone: TypeZone, words: ZoneWords<'_>) -> (ZoneKind, Cow<'static, str>) {
    match typezone {
        TypeZone::AUs => return (ZoneKind::Closed, Cow::Borrowed("TYPEZONE AUs")),
        TypeZone::A => return (ZoneKind::Agricultural, Cow::Borrowed("TYPEZONE A")),
        TypeZone::N => return (ZoneKind::Natural, Cow::Borrowed("TYPEZONE N")),
        // An `AU` of old does not say whether it is open: whatever its label promises, it is not available.
        TypeZone::Unknown => return (ZoneKind::Unknown, Cow::Borrowed("TYPEZONE inconnu")),
        _ => {}
    }
    by_destinations(words)
        .or_else(|| by_main_use(words.main_use))
        .or_else(|| by_long_label(words.long_label))
        .or_else(|| by_label(words.label))
        .unwrap_or((ZoneKind::Open, Cow::Borrowed("TYPEZONE")))
}

type Found = (ZoneKind, Cow<'static, str>);

/// Destinations of the CNIG list: 21 and 22 are dwellings, 3x trade, 4x equipment, 5x other activity; 50 is all of 5x.
fn by_destinations(words: ZoneWords<'_>) -> Option<Found> {
    let codes = |text: &str| -> Vec<String> {
        text.split(['-', '|', ',', ';', ' '])
            .map(str::trim)
            .filter(|code| code.len() == 2 && code.bytes().all(|b| b.is_ascii_digit()))
            .map(str::to_owned)
            .collect()
    };
    let forbidden = codes(words.forbidden);
    let mut open = codes(words.allowed);
    open.extend(codes(words.conditional));
    open.retain(|code| !forbidden.contains(code));
    if open.is_empty() {
        return None;
    }
    let any = |first: &[char]| open.iter().any(|code| code.starts_with(first));
    let (housing, activity, equipment) = (any(&['2']), any(&['5', '3']), any(&['4']));
    let industry = open.iter().any(|code| matches!(code.as_str(), "50" | "51" | "52"));
    let kind = match (housing, activity, equipment) {
        (true, _, _) if industry => ZoneKind::Mixed,
        (true, _, _) => ZoneKind::Housing,
        (false, true, _) => ZoneKind::Activity,
        (false, false, true) => ZoneKind::Equipment,
        (false, false, false) => return None,
    };
    Some((kind, Cow::Owned(format!("DESTOUI/DESTCDT {}", open.join("-")))))
}

/// FORMDOMI has four digits, DESTDOMI two: 01 housing, 02 activity, 03 mixed, 04 to 06 equipment and leisure.
fn by_main_use(text: &str) -> Option<Found> {
    let code = text.trim();
    if is_blank(code) || !code.bytes().all(|b| b.is_ascii_digit()) || code.len() > 4 {
        return None;
    }
    // Spreadsheets drop the leading zero: 202 is 0202, 2 is 02.
    let full = if code.len() >= 3 { format!("{code:0>4}") } else { format!("{code:0>2}") };
    let kind = match full.get(..2)? {
        "01" => ZoneKind::Housing,
        "02" => ZoneKind::Activity,
        "03" => ZoneKind::Mixed,
        "04" | "05" | "06" => ZoneKind::Equipment,
        "07" => ZoneKind::Agricultural,
        "08" => ZoneKind::Natural,
        _ => return None,
    };
    Some((kind, Cow::Owned(format!("FORMDOMI/DESTDOMI {full}"))))
}

fn by_long_label(text: &str) -> Option<Found> {
    const ACTIVITY: &[&str] = &[
        "activit",
        "industri",
        "artisan",
        "economi",
        "logisti",
        "commerc",
        "tertiaire",
        "entrepot",
        "zae",
    ];
    const HOUSING: &[&str] = &[
        "habitat",
        "resident",
        "logement",
        "pavillon",
        "centre ancien",
        "bourg",
        "village",
        "hameau",
        "faubourg",
    ];
    const EQUIPMENT: &[&str] = &[
        "equipement",
        "sport",
        "loisir",
        "scolaire",
        "cimetiere",
        "touris",
        "camping",
        "station d'epuration",
    ];
    let plain = plain(text);
    let word = |words: &[&'static str]| words.iter().copied().find(|word| plain.contains(word));
    let (activity, housing) = (word(ACTIVITY), word(HOUSING));
    let (kind, word) = match (activity, housing) {
        (Some(first), Some(_)) if plain.contains("mixte") => (ZoneKind::Mixed, first),
        // "Zone d'activités proche du bourg", "secteur résidentiel avec artisanat": the first named leads.
        (Some(first), Some(second)) => {
            if plain.find(first) < plain.find(second) {
                (ZoneKind::Activity, first)
            } else {
                (ZoneKind::Housing, second)
            }
        }
        (Some(found), None) => (ZoneKind::Activity, found),
        (None, Some(found)) => (ZoneKind::Housing, found),
        (None, None) => (ZoneKind::Equipment, word(EQUIPMENT)?),
    };
    Some((kind, Cow::Owned(format!("LIBELONG « {word} »"))))
}

/// Habits of labels: UA to UD dwellings, UX UY UZ UI activity. UE is equipment in some plans and economy in others: it
/// decides nothing.
fn by_label(text: &str) -> Option<Found> {
    let letters: String = text
        .trim()
        .trim_start_matches(|first: char| first.is_ascii_digit())
        .chars()
        .take_while(|letter| letter.is_ascii_alphabetic())
        .collect();
    let upper = letters.to_ascii_uppercase();
    let rest = upper.strip_prefix("AU").or_else(|| upper.strip_prefix('U'))?;
    let kind = match rest.chars().next()? {
        'X' | 'Y' | 'Z' | 'I' => ZoneKind::Activity,
        'A' | 'B' | 'C' | 'D' | 'H' => ZoneKind::Housing,
        'L' | 'T' => ZoneKind::Equipment,
        _ => return None,
    };
    Some((kind, Cow::Owned(format!("LIBELLE {upper}"))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(typezone: &str, words: ZoneWords<'_>) -> (ZoneKind, String) {
        let (kind, rule) = kind_of_zone(typezone_of(typezone), words);
        (kind, rule.into_owned())
    }

    #[test]
    fn the_first_rule_that_speaks_decides() {
        let words =
            ZoneWords { label: "UA", long_label: "Zone d'activités", ..ZoneWords::default() };
        assert_eq!(kind("U", words), (ZoneKind::Activity, "LIBELONG « activit »".to_owned()));
        let words = ZoneWords { main_use: "0100", ..words };
        assert_eq!(kind("U", words), (ZoneKind::Housing, "FORMDOMI/DESTDOMI 0100".to_owned()));
        let words = ZoneWords { allowed: "51-52", ..words };
        assert_eq!(kind("U", words), (ZoneKind::Activity, "DESTOUI/DESTCDT 51-52".to_owned()));
    }

    #[test]
    fn a_closed_zone_is_closed_whatever_its_label() {
        let words = ZoneWords { label: "2AUx", long_label: "activités", ..ZoneWords::default() };
        assert_eq!(kind("AUs", words).0, ZoneKind::Closed);
        assert_eq!(typezone_of("AU"), TypeZone::Unknown);
        assert_eq!(kind("AU", words).0, ZoneKind::Unknown);
    }

    #[test]
    fn a_forbidden_destination_beats_an_allowed_one() {
        let words =
            ZoneWords { label: "UA", allowed: "21-51", forbidden: "51", ..ZoneWords::default() };
        assert_eq!(kind("U", words).0, ZoneKind::Housing);
    }

    #[test]
    fn sectors_of_a_carte_communale() {
        assert_eq!(kind_of_sector("01").1, ZoneKind::Open);
        assert_eq!(kind_of_sector("2").1, ZoneKind::Activity);
        assert_eq!(kind_of_sector("03").1, ZoneKind::Closed);
        assert_eq!(
            kind_of_sector("99"),
            (TypeZone::Unknown, ZoneKind::Unknown, "aucune règle".into())
        );
        assert_eq!(kind_of_sector("02").2, "TYPESECT 02");
    }

    #[test]
    fn ue_decides_nothing() {
        let words = ZoneWords { label: "UE", ..ZoneWords::default() };
        assert_eq!(kind("U", words).0, ZoneKind::Open);
        let words = ZoneWords { label: "1AUX", ..ZoneWords::default() };
        assert_eq!(kind("AUc", words).0, ZoneKind::Activity);
    }
}
