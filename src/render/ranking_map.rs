//! The map of a ranking: the territory, what constrains it, what serves it, and every candidate in its class.

use geo::Rect;

use super::ground::Ground;
use super::ground::map_words;
use super::map::Class;
use super::map::Item;
use super::map::Map;
use super::map::MapLayer;
use super::map::Paper;
use super::symbol::Hatch;
use super::symbol::HatchDirection;
use super::symbol::MarkerShape;
use super::symbol::Rgba;
use super::symbol::Stroke;
use super::symbol::Symbol;
use crate::domain::Territory;
use crate::evaluation::Ranking;
use crate::evaluation::UnitKind;
use crate::evaluation::Verdict;
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
    pub(super) ground: Ground<'a>,
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
        let ground = Ground::new(territory, place.as_ref().map(|place| place.frame), words);
        Self { territory, ranking, place, width_px, sources, words, ground, visits: None }
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
        let is_choropleth = is_choropleth(self.ranking.profile.unit);
        let mut layers = vec![self.ground.communes()];
        if is_choropleth {
            let is_of_communes = self.ranking.profile.unit == UnitKind::Commune;
            let tension = if is_of_communes { self.tension_layer(|_| true) } else { None };
            layers.push(tension.unwrap_or_else(|| self.candidates()));
        } else {
            layers.extend(self.ground.activity_zones());
            layers.extend(self.ground.floods());
        }
        layers.extend(self.ground.roads());
        layers.push(self.ground.epcis());
        layers.extend(self.ground.stations());
        if !is_choropleth {
            layers.push(self.candidates());
        }
        // The reserve goes first: where sources are many, the end of the list is cut.
        let mut sources = vec![words.say("product.reserve").to_owned()];
        sources.extend(self.sources.iter().cloned());
        Map {
            size_px: Ground::page(self.width_px),
            paper: Paper::A4,
            frame: self.ground.shown(),
            title: match &self.place {
                Some(place) => format!("{} – {}", words.say(title), place.name),
                None => words.say(title).to_owned(),
            },
            subtitle: Some(self.ground.subtitle()),
            layers,
            labels: self.labels(),
            notice: self.ground.notice(),
            sources,
            date: self.ground.date(),
            legend_title: words.say("map.legend").to_owned(),
            words: map_words(words),
        }
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
                counts[class] += usize::from(self.ground.shows(geometry));
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
                counts[class] += usize::from(self.ground.shows(geometry));
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
