//! The map of a place and of the ground within so many minutes of it.

use geo::BoundingRect;
use geo::Geometry;
use geo::Intersects;
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
use crate::domain::Isochrone;
use crate::domain::STRAIGHT_LINE_DETOUR;
use crate::domain::STRAIGHT_LINE_KMH;
use crate::domain::Territory;
use crate::domain::TravelBy;
use crate::spatial::shape;
use crate::words::Words;

/// Colours of the areas, the nearest first: light enough for names (ColorBrewer Blues). Those of three areas are those of
/// `styles/`, so that QGIS and the printed map agree.
const BAND_COLORS: [Rgba; 5] = [
    Rgba::hex(0x31_82_bd),
    Rgba::hex(0x6b_ae_d6),
    Rgba::hex(0xab_cf_e5),
    Rgba::hex(0xdc_e9_f6),
    Rgba::hex(0xf0_f6_fc),
];

/// Everything the map is made of.
pub struct IsochroneMap<'a> {
    words: &'a Words,
    ground: Ground<'a>,
    name: String,
    place: Geometry<f64>,
    /// The areas, from the fewest minutes to the most, with the communes whose main place lies in each.
    bands: Vec<(Isochrone, Geometry<f64>, usize)>,
    width_px: u32,
    sources: Vec<String>,
}

impl<'a> IsochroneMap<'a> {
    /// Prepares the map of a place called `name`, a shape in EPSG:2154 metres; `sources` one sentence each.
    #[must_use]
    pub fn new(
        territory: &'a Territory,
        name: &str,
        place: &Geometry<f64>,
        isochrones: Vec<Isochrone>,
        width_px: u32,
        sources: Vec<String>,
        words: &'a Words,
    ) -> Self {
        let mains: Vec<Point> = territory
            .communes
            .entities
            .iter()
            .filter_map(|commune| territory.main_place(commune).map(Point))
            .collect();
        let mut bands: Vec<(Isochrone, Geometry<f64>, usize)> = isochrones
            .into_iter()
            .map(|isochrone| {
                let n_communes =
                    mains.iter().filter(|main| isochrone.area.intersects(*main)).count();
                let area = Geometry::MultiPolygon(isochrone.area.clone());
                (isochrone, area, n_communes)
            })
            .collect();
        bands.sort_by(|a, b| a.0.within.get().total_cmp(&b.0.within.get()));
        let shapes = bands.iter().map(|(_, area, _)| area).chain([place]);
        let frame = shapes.filter_map(BoundingRect::bounding_rect).reduce(|a: Rect, b: Rect| {
            Rect::new(
                (a.min().x.min(b.min().x), a.min().y.min(b.min().y)),
                (a.max().x.max(b.max().x), a.max().y.max(b.max().y)),
            )
        });
        let ground = Ground::new(territory, frame, words);
        Self {
            words,
            ground,
            name: name.to_owned(),
            place: place.clone(),
            bands,
            width_px,
            sources,
        }
    }

    /// The map, ready to be drawn.
    #[must_use]
    pub fn map(&self) -> Map<'_> {
        let words = self.words;
        let mut layers = vec![self.ground.communes(), self.areas(), self.ground.commune_lines()];
        layers.extend(self.ground.roads());
        layers.push(self.ground.epcis());
        layers.extend(self.ground.stations());
        layers.push(self.marker());
        let mut labels = self.ground.communes_named();
        labels.extend(self.label());
        let reserve = if self.is_straight() {
            "map.isochrone_reserve_straight"
        } else {
            "map.isochrone_reserve"
        };
        let mut sources = vec![words.say(reserve).to_owned()];
        sources.extend(self.sources.iter().cloned());
        Map {
            size_px: Ground::page(self.width_px),
            paper: Paper::A4,
            frame: self.ground.shown(),
            title: words.fill("map.isochrone_title", &[("name", &self.name)]),
            subtitle: Some(self.ground.subtitle()),
            layers,
            labels,
            notice: self.ground.notice(),
            sources,
            date: self.ground.date(),
            legend_title: words.say("map.legend").to_owned(),
            words: map_words(words),
        }
    }

    /// Whether the areas are circles, for want of a road.
    fn is_straight(&self) -> bool {
        self.bands.iter().any(|(one, ..)| one.by == TravelBy::StraightLine)
    }

    /// The largest area first, so that each stays in sight.
    fn areas(&self) -> MapLayer<'_> {
        let title = if self.is_straight() {
            let factor = self.words.number(STRAIGHT_LINE_DETOUR, 1);
            let speed = self.words.number(STRAIGHT_LINE_KMH, 0);
            let values = [("factor", &*factor), ("speed", &*speed)];
            self.words.fill("map.isochrone_straight", &values)
        } else {
            self.words.say("map.isochrone_road").to_owned()
        };
        // The darkest is for the nearest of many.
        let first = usize::from(self.bands.len() < BAND_COLORS.len());
        let classes = self
            .bands
            .iter()
            .enumerate()
            .map(|(at, (isochrone, _, n_communes))| {
                let minutes = self.words.number(isochrone.within.get(), 0);
                let label = self.words.fill("map.isochrone_band", &[("minutes", &minutes)]);
                let color = BAND_COLORS[(first + at).min(BAND_COLORS.len() - 1)];
                let outline = Stroke::solid(Rgba::hex(0x3a_3a_3a), 0.12);
                Class::new(label, Symbol::area(color, Some(outline))).counted(*n_communes)
            })
            .collect();
        let items = self.bands.iter().enumerate().rev();
        MapLayer {
            title,
            in_legend: true,
            classes,
            items: items.map(|(class, (_, geometry, _))| Item { geometry, class }).collect(),
        }
    }

    fn marker(&self) -> MapLayer<'_> {
        let symbol = match &self.place {
            Geometry::Point(_) => Symbol::Point {
                shape: MarkerShape::Diamond,
                fill: Rgba::hex(0xc4_42_1a),
                outline: Some(Stroke::solid(Rgba::WHITE, 0.3)),
                radius_mm: 1.8,
            },
            _ => {
                Symbol::area(Rgba::hex(0xc4_42_1a), Some(Stroke::solid(Rgba::hex(0x5c_1a_06), 0.2)))
            }
        };
        let class = Class::new("", symbol).visible_from(2.4);
        MapLayer {
            title: self.words.say("map.isochrone_place").to_owned(),
            in_legend: true,
            classes: vec![class],
            items: vec![Item { geometry: &self.place, class: 0 }],
        }
    }

    fn label(&self) -> Option<Label> {
        let mut label = Label::new(shape::representative_point(&self.place)?, &self.name);
        label.priority = i32::MAX;
        label.size_pt = 9.5;
        label.face = Face::Bold;
        label.color = Rgba::hex(0x8a_2a_0c);
        label.placement = Placement::Beside { gap_mm: 2.2 };
        Some(label)
    }
}
