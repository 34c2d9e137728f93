//! The map of a ranking: the territory, what constrains it, what serves it, and every candidate in its class.

use geo::BoundingRect;
use geo::Geometry;
use geo::Polygon;
use geo::Rect;

use super::common_outline::outline;
use super::common_outline::polygons;
use super::map::Class;
use super::map::Item;
use super::map::Map;
use super::map::MapLayer;
use super::map::Words as MapWords;
use super::symbol::Hatch;
use super::symbol::HatchDirection;
use super::symbol::MarkerShape;
use super::symbol::Rgba;
use super::symbol::Stroke;
use super::symbol::Symbol;
use crate::domain::Entity;
use crate::domain::LayerKey;
use crate::domain::Territory;
use crate::domain::Value;
use crate::domain::ZoneKind;
use crate::evaluation::Ranking;
use crate::evaluation::UnitKind;
use crate::evaluation::Verdict;
use crate::words::Lang;
use crate::words::Words;

/// Lower ends of the classes of a score, and their colours: those of `styles/`, so that QGIS and the printed map agree.
const SCORE_CLASSES: [(f64, u32); 5] = [
    (0.0, 0xe8_e4_a0),
    (40.0, 0xa6_d4_8a),
    (55.0, 0x4f_b5_9a),
    (70.0, 0x2a_78_8e),
    (85.0, 0x3b_2a_78),
];
/// Class of what is uncertain, after the score classes.
const UNCERTAIN: usize = SCORE_CLASSES.len();
/// Class of what is excluded.
const VETOED: usize = UNCERTAIN + 1;
/// Visits in the stronger colour: a day's round.
const FIRST_VISITS: usize = 5;
/// A4 landscape.
const HEIGHT_PER_WIDTH: f64 = 1754.0 / 2480.0;
/// Blank around the territory, as a share of its size.
const MARGIN: f64 = 0.03;

/// A part of the territory to show.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// Its name, for the title.
    pub name: String,
    /// Its extent, EPSG:2154 metres.
    pub frame: Rect<f64>,
}

/// Everything a ranking's map is made of. Holds the outlines that it computes, so that the map can borrow them.
pub struct RankingMap<'a> {
    pub(super) territory: &'a Territory,
    pub(super) ranking: &'a Ranking,
    place: Option<Place>,
    width_px: u32,
    sources: Vec<String>,
    pub(super) words: &'a Words,
    epci_outlines: Vec<Geometry<f64>>,
    /// Rows to visit, in this order; the map shows them and no others.
    pub(super) visits: Option<Vec<usize>>,
}

impl<'a> RankingMap<'a> {
    /// Prepares the map of `place`, or of the whole territory; `sources` one sentence each.
    #[must_use]
    pub fn new(
        territory: &'a Territory,
        ranking: &'a Ranking,
        place: Option<Place>,
        width_px: u32,
        sources: Vec<String>,
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
        Self { territory, ranking, place, width_px, sources, words, epci_outlines, visits: None }
    }

    /// The same map with nothing but sites to visit, numbered in the order of `rows`, positions in the ranking.
    #[must_use]
    pub fn of_visits(self, rows: Vec<usize>) -> Self {
        Self { visits: Some(rows), ..self }
    }

    /// The map, ready to be drawn.
    #[must_use]
    pub fn map(&self) -> Map<'_> {
        let words = self.words;
        let title = match self.ranking.profile.unit {
            UnitKind::Terrain => "map.terrains_title",
            UnitKind::Parcel => "map.land_title",
            UnitKind::Friche if self.visits.is_some() => "map.visits_title",
            UnitKind::Friche => "map.friches_title",
            UnitKind::Commune if self.territory.housing_rules.is_some() => "map.tension_title",
            UnitKind::Commune | UnitKind::Epci => "map.housing_title",
        };
        let name = if self.territory.name.is_empty() {
            words.say("product.territory")
        } else {
            &self.territory.name
        };
        let is_choropleth = is_choropleth(self.ranking.profile.unit);
        let mut layers = vec![self.communes()];
        if is_choropleth {
            let is_of_communes = self.ranking.profile.unit == UnitKind::Commune;
            let tension = if is_of_communes { self.tension_layer(|_| true) } else { None };
            layers.push(tension.unwrap_or_else(|| self.candidates()));
        } else {
            layers.extend(self.activity_zones());
            layers.extend(self.floods());
        }
        layers.extend(self.roads());
        layers.push(self.epcis());
        layers.extend(self.stations());
        if !is_choropleth {
            layers.push(self.candidates());
        }
        // The reserve goes first: where sources are many, the end of the list is cut.
        let mut sources = vec![words.say("product.reserve").to_owned()];
        sources.extend(self.sources.iter().cloned());
        Map {
            size_px: (self.width_px, (f64::from(self.width_px) * HEIGHT_PER_WIDTH).round() as u32),
            frame: self.frame().or_else(|| self.whole()).map_or_else(nothing, with_margin),
            title: match &self.place {
                Some(place) => format!("{} – {}", words.say(title), place.name),
                None => words.say(title).to_owned(),
            },
            subtitle: Some(words.fill(
                "map.subtitle",
                &[
                    ("territory", name),
                    ("n_communes", &words.count(self.territory.communes.entities.len())),
                    ("n_epcis", &words.count(self.territory.epcis.len())),
                ],
            )),
            layers,
            labels: self.labels(),
            notice: self
                .territory
                .is_synthetic()
                .then(|| words.say("product.synthetic").to_owned()),
            sources,
            date: self.date(),
            legend_title: words.say("map.legend").to_owned(),
            words: map_words(words),
        }
    }

    fn frame(&self) -> Option<Rect<f64>> {
        self.place.as_ref().map(|place| place.frame)
    }

    /// Whether a shape shows in the frame; everything does when the whole territory is shown.
    pub(super) fn shows(&self, geometry: &Geometry<f64>) -> bool {
        self.frame().is_none_or(|frame| {
            geometry.bounding_rect().is_some_and(|of| geo::Intersects::intersects(&frame, &of))
        })
    }

    fn whole(&self) -> Option<Rect<f64>> {
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

    fn epcis(&self) -> MapLayer<'_> {
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

    fn activity_zones(&self) -> Option<MapLayer<'_>> {
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

    fn floods(&self) -> Option<MapLayer<'_>> {
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

    fn stations(&self) -> Option<MapLayer<'_>> {
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

    fn candidates(&self) -> MapLayer<'_> {
        if let Some(rows) = &self.visits {
            return self.sites_to_visit(rows);
        }
        let layer = self.territory.layer(self.ranking.profile.unit.layer());
        let mut counts = [0_usize; VETOED + 1];
        let mut items: Vec<Item<'_>> = self
            .ranking
            .rows
            .iter()
            .rev()
            .filter_map(|row| {
                let geometry = layer?.entity(row.unit)?.geometry();
                let class = match (row.verdict, row.score) {
                    (Verdict::Vetoed, _) => VETOED,
                    (Verdict::Ranked, Some(score)) => class_of(score),
                    _ => UNCERTAIN,
                };
                counts[class] += usize::from(self.shows(geometry));
                Some(Item { geometry, class })
            })
            .collect();
        // The best are drawn last, so that none hides behind a worse one.
        items.sort_by_key(|item| match item.class {
            VETOED => 0,
            UNCERTAIN => 1,
            class => class + 2,
        });
        let unit = self.ranking.profile.unit;
        let mut classes: Vec<Class> = SCORE_CLASSES
            .iter()
            .enumerate()
            .map(|(at, (_, color))| {
                let label = self.words.say(SCORE_LABELS[at]);
                Class::new(label, symbol_of(unit, Rgba::hex(*color)))
            })
            .collect();
        classes.push(Class::new(self.words.say("map.uncertain"), uncertain_symbol(unit)));
        classes
            .push(Class::new(self.words.say("map.vetoed"), symbol_of(unit, Rgba::hex(0xd0_d0_d0))));
        let classes = classes
            .into_iter()
            .zip(counts)
            .map(|(class, count)| {
                let class = class.counted(count);
                if matches!(unit, UnitKind::Parcel | UnitKind::Terrain) {
                    class.visible_from(0.9)
                } else {
                    class
                }
            })
            .collect();
        MapLayer {
            title: self.words.fill(
                if is_choropleth(unit) { "map.score_classes" } else { "map.score_classes_ranked" },
                &[("profile", &self.ranking.profile.id)],
            ),
            in_legend: true,
            classes,
            items,
        }
    }

    /// The sites to visit, the first ones in a stronger colour.
    fn sites_to_visit(&self, rows: &[usize]) -> MapLayer<'_> {
        let layer = self.territory.layer(self.ranking.profile.unit.layer());
        let mut counts = [0_usize; 2];
        let mut items: Vec<Item<'_>> = rows
            .iter()
            .enumerate()
            .filter_map(|(at, row)| {
                let unit = self.ranking.rows.get(*row)?.unit;
                let geometry = layer?.entity(unit)?.geometry();
                let class = usize::from(at >= FIRST_VISITS);
                counts[class] += usize::from(self.shows(geometry));
                Some(Item { geometry, class })
            })
            .collect();
        items.reverse();
        let class = |key, color, count| {
            let symbol = symbol_of(UnitKind::Friche, Rgba::hex(color));
            Class::new(self.words.say(key), symbol).counted(count)
        };
        MapLayer {
            title: self.words.fill("map.visits_legend", &[("profile", &self.ranking.profile.id)]),
            in_legend: true,
            classes: vec![
                class("map.visits_first", 0xc4_42_1a, counts[0]),
                class("map.visits_then", 0xf0_a3_5e, counts[1]),
            ],
            items,
        }
    }

    /// The newest vintage among the layers; nothing when none says one.
    fn date(&self) -> Option<String> {
        let newest = self
            .territory
            .provenances()
            .filter_map(|(_, provenance)| provenance.vintage.as_deref())
            .max()?;
        let date = self.words.fill("map.data_date", &[("date", newest)]);
        Some(format!("{date} – {}", self.words.say("map.projection")))
    }
}

const SCORE_LABELS: [&str; 5] =
    ["score.class_1", "score.class_2", "score.class_3", "score.class_4", "score.class_5"];

fn class_of(score: f64) -> usize {
    SCORE_CLASSES.iter().rposition(|(least, _)| score >= *least).unwrap_or(0)
}

fn symbol_of(unit: UnitKind, color: Rgba) -> Symbol {
    match unit {
        UnitKind::Parcel | UnitKind::Terrain => {
            Symbol::area(color, Some(Stroke::solid(Rgba::hex(0x3a_3a_3a), 0.08)))
        }
        UnitKind::Commune | UnitKind::Epci => {
            Symbol::area(color.with_alpha(225), Some(Stroke::solid(Rgba::WHITE, 0.15)))
        }
        UnitKind::Friche => Symbol::Point {
            shape: MarkerShape::Diamond,
            fill: color,
            outline: Some(Stroke::solid(Rgba::hex(0x3a_10_10), 0.2)),
            radius_mm: 1.5,
        },
    }
}

fn uncertain_symbol(unit: UnitKind) -> Symbol {
    let gray = Rgba::hex(0x7a_7a_7a);
    match unit {
        UnitKind::Friche => Symbol::Point {
            shape: MarkerShape::Diamond,
            fill: Rgba::WHITE,
            outline: Some(Stroke::solid(Rgba::hex(0x7a_1f_1f), 0.3)),
            radius_mm: 1.2,
        },
        UnitKind::Parcel | UnitKind::Terrain | UnitKind::Commune | UnitKind::Epci => Symbol::Area {
            fill: Some(Rgba::WHITE),
            hatch: Some(Hatch {
                color: gray,
                width_mm: 0.15,
                spacing_mm: 1.0,
                direction: HatchDirection::Rising,
            }),
            outline: Some(Stroke::solid(gray, 0.15)),
        },
    }
}

/// Whether units cover the territory, so that each is seen by its colour.
pub(super) fn is_choropleth(unit: UnitKind) -> bool {
    matches!(unit, UnitKind::Commune | UnitKind::Epci)
}

pub(super) fn with_margin(frame: Rect<f64>) -> Rect<f64> {
    let by = (frame.width().max(frame.height()) * MARGIN).max(200.0);
    Rect::new((frame.min().x - by, frame.min().y - by), (frame.max().x + by, frame.max().y + by))
}

/// A frame without extent: drawing it is a typed error, which says so.
fn nothing() -> Rect<f64> {
    Rect::new((0.0, 0.0), (0.0, 0.0))
}

fn map_words(words: &Words) -> MapWords {
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
