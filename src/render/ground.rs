//! What lies under every map of the territory: communes, EPCIs, zones, floods, roads, stations; its page.

use geo::BoundingRect;
use geo::Geometry;
use geo::Polygon;
use geo::Rect;

use super::common_outline::outline;
use super::common_outline::polygons;
use super::map::Class;
use super::map::Face;
use super::map::Item;
use super::map::Label;
use super::map::MapLayer;
use super::map::Words as MapWords;
use super::symbol::MarkerShape;
use super::symbol::Rgba;
use super::symbol::Stroke;
use super::symbol::Symbol;
use crate::domain::Entity;
use crate::domain::LayerKey;
use crate::domain::Territory;
use crate::domain::Value;
use crate::domain::ZoneKind;
use crate::spatial::shape;
use crate::words::Lang;
use crate::words::Words;

/// A4 landscape.
const HEIGHT_PER_WIDTH: f64 = 1754.0 / 2480.0;
/// Blank around the territory, as a share of its size.
const MARGIN: f64 = 0.03;
/// Communes named on the map.
const NAMES: usize = 28;

/// The ground of a map, with the outlines that it computes, so that the map can borrow them.
pub(super) struct Ground<'a> {
    territory: &'a Territory,
    words: &'a Words,
    /// The part that is shown; the whole territory where none is named.
    frame: Option<Rect<f64>>,
    epci_outlines: Vec<Geometry<f64>>,
}

impl<'a> Ground<'a> {
    pub(super) fn new(
        territory: &'a Territory,
        frame: Option<Rect<f64>>,
        words: &'a Words,
    ) -> Self {
        let epci_outlines = territory
            .epcis
            .iter()
            .map(|epci| {
                let polygons: Vec<Polygon<f64>> = territory
                    .communes
                    .entities
                    .iter()
                    .filter(|commune| commune.epci == Some(epci.siren))
                    .flat_map(|commune| polygons(&commune.geometry))
                    .collect();
                Geometry::MultiPolygon(outline(&polygons))
            })
            .collect();
        Self { territory, words, frame, epci_outlines }
    }

    /// Width and height of the page for a width.
    pub(super) fn page(width_px: u32) -> (u32, u32) {
        (width_px, (f64::from(width_px) * HEIGHT_PER_WIDTH).round() as u32)
    }

    /// What the page shows, with a margin.
    pub(super) fn shown(&self) -> Rect<f64> {
        self.frame.or_else(|| self.whole()).map_or_else(nothing, with_margin)
    }

    /// The territory in a line: its name, how many communes and EPCIs.
    pub(super) fn subtitle(&self) -> String {
        let territory = self.territory;
        let name = if territory.name.is_empty() {
            self.words.say("product.territory")
        } else {
            &territory.name
        };
        self.words.fill(
            "map.subtitle",
            &[
                ("territory", name),
                ("n_communes", &self.words.count(territory.communes.entities.len())),
                ("n_epcis", &self.words.count(territory.epcis.len())),
            ],
        )
    }

    /// The line that invented data must carry.
    pub(super) fn notice(&self) -> Option<String> {
        self.territory.is_synthetic().then(|| self.words.say("product.synthetic").to_owned())
    }

    /// Whether a shape shows in the frame; everything does when the whole territory is shown.
    pub(super) fn shows(&self, geometry: &Geometry<f64>) -> bool {
        self.frame.is_none_or(|frame| {
            geometry.bounding_rect().is_some_and(|of| geo::Intersects::intersects(&frame, &of))
        })
    }

    pub(super) fn whole(&self) -> Option<Rect<f64>> {
        self.territory
            .communes
            .entities
            .iter()
            .filter_map(|commune| commune.geometry.bounding_rect())
            .reduce(|a, b| {
                Rect::new(
                    (a.min().x.min(b.min().x), a.min().y.min(b.min().y)),
                    (a.max().x.max(b.max().x), a.max().y.max(b.max().y)),
                )
            })
    }

    pub(super) fn communes(&self) -> MapLayer<'_> {
        let outline = Stroke::solid(Rgba::hex(0xb4_b0_a8), 0.12);
        MapLayer {
            title: self.words.say("map.commune_limits").to_owned(),
            in_legend: true,
            classes: vec![Class::new("", Symbol::area(Rgba::hex(0xfb_fa_f6), Some(outline)))],
            items: self
                .territory
                .communes
                .entities
                .iter()
                .filter(|commune| commune.has_outline())
                .map(|commune| Item { geometry: &commune.geometry, class: 0 })
                .collect(),
        }
    }

    /// The limits of communes once more, to lie over areas.
    pub(super) fn commune_lines(&self) -> MapLayer<'_> {
        let stroke = Stroke::solid(Rgba::hex(0x8a_86_7e).with_alpha(150), 0.1);
        let symbol = Symbol::Area { fill: None, hatch: None, outline: Some(stroke) };
        let layer = self.communes();
        MapLayer { in_legend: false, classes: vec![Class::new("", symbol)], ..layer }
    }

    pub(super) fn epcis(&self) -> MapLayer<'_> {
        let stroke = Stroke::solid(Rgba::hex(0x4d_4d_4d), 0.45);
        MapLayer {
            title: self.words.say("map.epci_limits").to_owned(),
            in_legend: true,
            classes: vec![Class::new(
                "",
                Symbol::Area { fill: None, hatch: None, outline: Some(stroke) },
            )],
            items: self.epci_outlines.iter().map(|geometry| Item { geometry, class: 0 }).collect(),
        }
    }

    pub(super) fn activity_zones(&self) -> Option<MapLayer<'_>> {
        let zoning = self.territory.zoning.as_ref()?;
        let symbol = Symbol::area(Rgba::hex(0x8e_5e_a2).with_alpha(70), None);
        Some(MapLayer {
            title: self.words.say("map.activity_zones").to_owned(),
            in_legend: true,
            classes: vec![Class::new("", symbol)],
            items: zoning
                .entities
                .iter()
                .filter(|zone| matches!(zone.kind, ZoneKind::Activity | ZoneKind::Mixed))
                .map(|zone| Item { geometry: &zone.geometry, class: 0 })
                .collect(),
        })
    }

    pub(super) fn floods(&self) -> Option<MapLayer<'_>> {
        let hazards = self.territory.objects.get(LayerKey::HAZARDS)?;
        let items: Vec<Item<'_>> = hazards
            .entities
            .iter()
            .filter_map(|hazard| {
                let class = match hazard.attribute("theme") {
                    Value::Text(theme) if theme == "flood" => 0,
                    Value::Text(theme) if theme == "flood_red" => 1,
                    _ => return None,
                };
                Some(Item { geometry: &hazard.geometry, class })
            })
            .collect();
        let area = |color, alpha| Symbol::area(Rgba::hex(color).with_alpha(alpha), None);
        (!items.is_empty()).then(|| MapLayer {
            title: self.words.say("map.floods").to_owned(),
            in_legend: true,
            classes: vec![
                Class::new(self.words.say("theme.flood"), area(0x9e_c9_e8, 110)),
                Class::new(self.words.say("theme.flood_red"), area(0x6b_a3_d6, 130)),
            ],
            items,
        })
    }

    pub(super) fn roads(&self) -> Option<MapLayer<'_>> {
        let roads = self.territory.objects.get(LayerKey::ROADS)?;
        let items: Vec<Item<'_>> = roads
            .entities
            .iter()
            .filter_map(|road| {
                let is = |name, words: &[&str]| match road.attribute(name) {
                    Value::Text(text) => words.contains(&&*text),
                    _ => false,
                };
                let class = if is("class", &["Type autoroutier", "Autoroute"]) {
                    1
                } else if is("importance", &["1", "2"]) {
                    0
                } else {
                    return None;
                };
                Some(Item { geometry: &road.geometry, class })
            })
            .collect();
        let line = |color, width| Symbol::line(Stroke::solid(Rgba::hex(color), width));
        (!items.is_empty()).then(|| MapLayer {
            title: self.words.say("map.roads").to_owned(),
            in_legend: true,
            classes: vec![
                Class::new(self.words.say("map.main_road"), line(0x6e_65_58, 0.5)),
                Class::new(self.words.say("map.motorway"), line(0xc8_50_2c, 0.9)),
            ],
            items,
        })
    }

    pub(super) fn stations(&self) -> Option<MapLayer<'_>> {
        let stations = self.territory.objects.get(LayerKey::STATIONS)?;
        let symbol = Symbol::point(MarkerShape::Square, Rgba::hex(0x33_33_33), 0.9);
        Some(MapLayer {
            title: self.words.say("map.station").to_owned(),
            in_legend: true,
            classes: vec![Class::new("", symbol)],
            items: stations
                .entities
                .iter()
                .map(|station| Item { geometry: &station.geometry, class: 0 })
                .collect(),
        })
    }

    /// The newest vintage among the layers; nothing when none says one.
    pub(super) fn date(&self) -> Option<String> {
        let newest = self
            .territory
            .provenances()
            .filter_map(|(_, provenance)| provenance.vintage.as_deref())
            .max()?;
        let date = self.words.fill("map.data_date", &[("date", newest)]);
        Some(format!("{date} – {}", self.words.say("map.projection")))
    }

    /// Names of the most populous communes in the frame, the largest first.
    pub(super) fn communes_named(&self) -> Vec<Label> {
        let mut communes: Vec<_> = self
            .territory
            .communes
            .entities
            .iter()
            .filter(|commune| self.shows(&commune.geometry))
            .collect();
        communes.sort_by_key(|commune| {
            (std::cmp::Reverse(commune.population.unwrap_or(0)), commune.insee)
        });
        communes
            .into_iter()
            .take(NAMES)
            .enumerate()
            .filter_map(|(at, commune)| {
                let mut label =
                    Label::new(shape::representative_point(&commune.geometry)?, &commune.name);
                label.priority = -i32::try_from(at).unwrap_or(i32::MAX);
                if at < 8 {
                    label.size_pt = 9.5;
                    label.face = Face::Bold;
                }
                Some(label)
            })
            .collect()
    }
}

pub(super) fn with_margin(frame: Rect<f64>) -> Rect<f64> {
    let by = (frame.width().max(frame.height()) * MARGIN).max(200.0);
    Rect::new((frame.min().x - by, frame.min().y - by), (frame.max().x + by, frame.max().y + by))
}

/// A frame without extent: drawing it is a typed error, which says so.
fn nothing() -> Rect<f64> {
    Rect::new((0.0, 0.0), (0.0, 0.0))
}

pub(super) fn map_words(words: &Words) -> MapWords {
    let (decimal_mark, group_mark) = match words.lang() {
        Lang::Fr => (',', '\u{202f}'),
        Lang::En => ('.', ','),
    };
    MapWords {
        decimal_mark,
        group_mark,
        north: words.say("map.north").to_owned(),
        metre: "m".to_owned(),
        kilometre: "km".to_owned(),
        scale_ratio: Some(words.say("map.scale_ratio").to_owned()),
        and_more: words.say("map.and_more").to_owned(),
        unknown: words.say("product.unknown").to_owned(),
    }
}
