//! The map of an answer to a request: all candidates and near misses on the territory.

use geo::Geometry;
use geo::Point;
use geo::Rect;

use super::ground::Ground;
use super::ground::map_words;
use super::map::Class;
use super::map::Face;
use super::map::Item;
use super::map::Label;
use super::map::Map;
use super::map::MapLayer;
use super::map::Paper;
use super::map::Placement;
use super::symbol::MarkerShape;
use super::symbol::Rgba;
use super::symbol::Stroke;
use super::symbol::Symbol;
use crate::domain::Territory;
use crate::request::Answer;
use crate::request::Candidate;
use crate::spatial::shape;
use crate::words::Words;

/// Ranks that are written on the map of all candidates.
const RANKS: usize = 20;

/// The map of all candidates and near misses of an answer.
pub struct RequestMap<'a> {
    words: &'a Words,
    ground: Ground<'a>,
    title: String,
    width_px: u32,
    sources: Vec<String>,
    /// Where candidates are, with the rank; those to be checked, and near misses.
    sure: Vec<(Geometry<f64>, usize)>,
    unsure: Vec<(Geometry<f64>, usize)>,
    missed: Vec<Geometry<f64>>,
    /// The place that the land must be near.
    near: Option<Geometry<f64>>,
}

impl<'a> RequestMap<'a> {
    /// Prepares the map; `sources` one sentence each.
    #[must_use]
    pub fn new(
        territory: &'a Territory,
        answer: &Answer<'_>,
        width_px: u32,
        sources: Vec<String>,
        words: &'a Words,
    ) -> Self {
        let point = |candidate: &Candidate<'_>| {
            shape::representative_point(&candidate.geometry).map(|at| Geometry::Point(Point(at)))
        };
        let (mut sure, mut unsure) = (Vec::new(), Vec::new());
        for one in &answer.candidates {
            let Some(at) = point(&one.candidate) else { continue };
            let of_group = if one.is_sure() { &mut sure } else { &mut unsure };
            of_group.push((at, one.row.rank.unwrap_or_default()));
        }
        let missed = answer.missed.iter().filter_map(|(candidate, _, _)| point(candidate));
        let near = answer.request.near.map(|near| Geometry::Point(Point(near.at)));
        Self {
            words,
            ground: Ground::new(territory, None, words),
            title: words.fill("request.title", &[("name", &answer.request.name)]),
            width_px,
            sources,
            missed: missed.collect(),
            sure,
            unsure,
            near,
        }
    }

    /// The map, ready to be drawn.
    #[must_use]
    pub fn map(&self) -> Map<'_> {
        let words = self.words;
        let mut layers = vec![self.ground.communes()];
        layers.extend(self.ground.roads());
        layers.push(self.ground.epcis());
        layers.extend(self.ground.stations());
        layers.push(self.candidates());
        layers.extend(self.place());
        let mut sources = vec![words.say("product.reserve").to_owned()];
        sources.extend(self.sources.iter().cloned());
        Map {
            size_px: Ground::page(self.width_px),
            paper: Paper::A4,
            frame: self.frame(),
            title: self.title.clone(),
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

    /// The territory, and the place asked for where it is not too far to be shown.
    fn frame(&self) -> Rect<f64> {
        let shown = self.ground.shown();
        let Some(Geometry::Point(near)) = &self.near else { return shown };
        let whole = Rect::new(
            (shown.min().x.min(near.x()), shown.min().y.min(near.y())),
            (shown.max().x.max(near.x()), shown.max().y.max(near.y())),
        );
        let is_near =
            whole.width() <= 1.5 * shown.width() && whole.height() <= 1.5 * shown.height();
        if is_near { whole } else { shown }
    }

    fn candidates(&self) -> MapLayer<'_> {
        let marker = |fill: Rgba, line: u32, radius_mm| Symbol::Point {
            shape: MarkerShape::Circle,
            fill,
            outline: Some(Stroke::solid(Rgba::hex(line), 0.25)),
            radius_mm,
        };
        let words = self.words;
        let classes = vec![
            Class::new(
                words.say("map.request_missed"),
                marker(Rgba::hex(0xf2_b1_34), 0x8a_5a_00, 1.0),
            )
            .counted(self.missed.len()),
            Class::new(words.say("map.request_unsure"), marker(Rgba::WHITE, 0x1b_5e_20, 1.4))
                .counted(self.unsure.len()),
            Class::new(
                words.say("map.request_sure"),
                marker(Rgba::hex(0x2e_8b_3d), 0x0b_3d_14, 1.6),
            )
            .counted(self.sure.len()),
        ];
        // The best are drawn last, so that none hides behind a worse one.
        let missed = self.missed.iter().rev().map(|geometry| Item { geometry, class: 0 });
        let unsure = self.unsure.iter().rev().map(|(geometry, _)| Item { geometry, class: 1 });
        let sure = self.sure.iter().rev().map(|(geometry, _)| Item { geometry, class: 2 });
        MapLayer {
            title: words.say("map.request_candidates").to_owned(),
            in_legend: true,
            classes,
            items: missed.chain(unsure).chain(sure).collect(),
        }
    }

    fn place(&self) -> Option<MapLayer<'_>> {
        let geometry = self.near.as_ref()?;
        let symbol = Symbol::Point {
            shape: MarkerShape::Diamond,
            fill: Rgba::hex(0xb5_17_4e),
            outline: Some(Stroke::solid(Rgba::WHITE, 0.3)),
            radius_mm: 1.8,
        };
        Some(MapLayer {
            title: self.words.say("map.request_place").to_owned(),
            in_legend: true,
            classes: vec![Class::new("", symbol)],
            items: vec![Item { geometry, class: 0 }],
        })
    }

    fn labels(&self) -> Vec<Label> {
        let mut labels = self.ground.communes_named();
        for (geometry, rank) in self.sure.iter().chain(&self.unsure).take(RANKS) {
            let Geometry::Point(at) = geometry else { continue };
            labels.push(Label {
                face: Face::Bold,
                priority: 1000 - i32::try_from(*rank).unwrap_or(1000),
                placement: Placement::Beside { gap_mm: 1.8 },
                ..Label::new(at.0, rank.to_string())
            });
        }
        labels
    }
}
