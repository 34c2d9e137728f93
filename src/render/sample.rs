//! What the room's tests draw.

use crate::render::map::Map;
use crate::render::map::Paper;
use crate::render::map::Words;

pub(super) fn words() -> Words {
    Words {
        decimal_mark: ',',
        group_mark: '\u{202f}',
        north: "N".into(),
        metre: "m".into(),
        kilometre: "km".into(),
        scale_ratio: Some("Échelle au format A4 : environ 1/{n}".into()),
        and_more: "… et {n} autres".into(),
        unknown: "n. c.".into(),
    }
}

pub(super) fn empty_map() -> Map<'static> {
    Map {
        size_px: (800, 566),
        paper: Paper::A4,
        frame: geo::Rect::new((500_000.0, 6_300_000.0), (510_000.0, 6_310_000.0)),
        title: "Carte".into(),
        subtitle: None,
        layers: vec![],
        labels: vec![],
        notice: None,
        sources: vec![],
        date: None,
        legend_title: "Légende".into(),
        words: words(),
    }
}
