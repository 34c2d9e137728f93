//! Hazards and constraints: any polygons with a class, and the theme that the class belongs to.

use super::Schema;
use super::Shape;

/// Any outlines; the class column is configured.
pub(super) const ANY: Schema = Schema {
    id: "aleas",
    layer: "hazards",
    source: "",
    licence: "",
    columns: &[],
    required: &[],
    shape: Shape::Native,
    epsg: None,
};

/// Words that give a class away, tried in order on the class without accents, in lower case.
const THEME_WORDS: &[(&str, &[&str])] = &[
    ("flood_red", &["ppri rouge", "inondation rouge", "zone rouge", "rouge inondation"]),
    ("flood", &["ppri", "inond", "azi", "tri ", "papi", "submersion", "pm1"]),
    ("nuclear", &["inb", "ppi", "nucleaire", "pm6"]),
    (
        "technological",
        &["pprt", "icpe", "seveso", "pm3", "technolog", "hydrocarbure", "gaz", "i1", "i3"],
    ),
    ("pollution", &["sis", "casias", "basias", "basol", "pollu", "pm2"]),
    ("nature", &["natura", "znieff", "reserve", "ac3", "biotope", "zico", "n2000"]),
    ("heritage", &["ac1", "ac2", "ac4", "monument", "patrimoin", "abf", "inscrit", "classe"]),
];

/// The theme of a hazard class (`PPRI rouge` is `flood_red`); `other` when no word gives it away.
#[must_use]
pub fn theme_of(class: &str) -> &'static str {
    let plain = super::words::plain(class);
    THEME_WORDS
        .iter()
        .find(|(_, words)| words.iter().any(|word| plain.contains(word)))
        .map_or("other", |(theme, _)| theme)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_classes_have_their_theme() {
        for (class, theme) in [
            ("PPRI rouge", "flood_red"),
            ("PPRI bleu", "flood"),
            ("Zone inondable (AZI)", "flood"),
            ("PPRT", "technological"),
            ("SIS", "pollution"),
            ("Natura 2000", "nature"),
            ("ZNIEFF type 1", "nature"),
            ("AC1 – abords de monument historique", "heritage"),
            ("Golfech INB", "nuclear"),
            ("Carrière", "other"),
        ] {
            assert_eq!(theme_of(class), theme, "{class}");
        }
    }
}
