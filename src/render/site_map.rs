//! The map of one candidate of an answer: its outline, its net land, and what lies around it.

use geo::BoundingRect;
use geo::Coord;
use geo::Geometry;
use geo::MultiPolygon;
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
use crate::domain::Entity;
use crate::domain::LayerKey;
use crate::domain::RoadAttribute;
use crate::domain::Territory;
use crate::domain::Value;
use crate::request::Candidate;
use crate::spatial::shape;
use crate::words::Words;

/// Least width and height of what the map of a site shows, m.
const LEAST_SITE_M: f64 = 500.0;
/// How much of its surroundings a site is shown with, as a multiple of its size.
const AROUND: f64 = 1.0;

/// The page that the map of a candidate stands on.
#[derive(Debug, Clone, PartialEq)]
pub struct SitePage {
    /// Title; none where empty.
    pub title: String,
    /// Line under it.
    pub subtitle: Option<String>,
    /// The paper.
    pub paper: Paper,
    /// Pixels to the millimetre.
    pub px_per_mm: f64,
    /// Sources, one sentence each. Without any, the map is a plan on a page that tells them, and that data are invented.
    pub sources: Vec<String>,
}

/// The map of one candidate: its outline, its net land, buildings, parcels, roads and constraints around it.
pub struct SiteMap<'a> {
    territory: &'a Territory,
    words: &'a Words,
    ground: Ground<'a>,
    frame: Rect<f64>,
    page: SitePage,
    size_px: (u32, u32),
    site: Geometry<f64>,
    net: Option<Geometry<f64>>,
}

impl<'a> SiteMap<'a> {
    /// Prepares the map on its page.
    #[must_use]
    pub fn new(
        territory: &'a Territory,
        candidate: &Candidate<'_>,
        page: SitePage,
        words: &'a Words,
    ) -> Self {
        let site = candidate.geometry().clone();
        let frame = around(&site);
        let net: Option<&MultiPolygon<f64>> = candidate.net().map(|net| &net.geometry);
        let px = |mm: f64| (mm * page.px_per_mm).round() as u32;
        Self {
            territory,
            words,
            ground: Ground::new(territory, Some(frame), words),
            frame,
            size_px: (px(page.paper.long_mm), px(page.paper.short_mm)),
            net: net.map(|net| Geometry::MultiPolygon(net.clone())),
            site,
            page,
        }
    }

    /// The map, ready to be drawn.
    #[must_use]
    pub fn map(&self) -> Map<'_> {
        let words = self.words;
        let mut layers = Vec::new();
        layers.extend(self.shown(self.ground.activity_zones()));
        layers.extend(self.shown(self.ground.floods()));
        layers.extend(self.of_layer(
            LayerKey::PARCELS,
            "map.parcels",
            Symbol::Area {
                fill: None,
                hatch: None,
                outline: Some(Stroke::solid(Rgba::hex(0xa8_a0_94), 0.12)),
            },
        ));
        layers.extend(self.of_layer(
            LayerKey::BUILDINGS,
            "map.buildings",
            Symbol::area(Rgba::hex(0x8d_87_80), None),
        ));
        layers.extend(self.roads());
        layers.extend(self.shown(self.ground.stations()));
        layers.extend(self.net());
        layers.push(MapLayer {
            title: words.say("map.request_site").to_owned(),
            in_legend: true,
            classes: vec![Class::new("", outline_symbol(&self.site))],
            items: vec![Item { geometry: &self.site, class: 0 }],
        });
        Map {
            size_px: self.size_px,
            paper: self.page.paper,
            frame: self.frame,
            title: self.page.title.clone(),
            subtitle: self.page.subtitle.clone(),
            layers,
            labels: Vec::new(),
            // A plan on a page leaves that to the page.
            notice: self.ground.notice().filter(|_| !self.page.sources.is_empty()),
            sources: self.page.sources.clone(),
            date: None,
            legend_title: words.say("map.legend").to_owned(),
            words: map_words(words),
        }
    }

    /// A layer with what of it shows, and the classes that do; nothing where none does: a plan has no room for more.
    fn shown<'m>(&self, layer: Option<MapLayer<'m>>) -> Option<MapLayer<'m>> {
        let mut layer = layer?;
        layer.items.retain(|item| self.ground.shows(item.geometry));
        let used: Vec<usize> = (0..layer.classes.len())
            .filter(|class| layer.items.iter().any(|item| item.class == *class))
            .collect();
        for item in &mut layer.items {
            item.class = used.iter().position(|class| *class == item.class).unwrap_or_default();
        }
        layer.classes =
            used.iter().filter_map(|class| layer.classes.get(*class).cloned()).collect();
        (!layer.items.is_empty()).then_some(layer)
    }

    /// Objects of a layer in the frame, in one class.
    fn of_layer(&self, key: &str, title: &str, symbol: Symbol) -> Option<MapLayer<'_>> {
        let layer = self.territory.layer(key)?;
        let near = layer.index().in_box(&self.frame);
        let items: Vec<Item<'_>> = near
            .into_iter()
            .map(|at| Item { geometry: layer.geometry(at as usize), class: 0 })
            .collect();
        (!items.is_empty()).then(|| MapLayer {
            title: self.words.say(title).to_owned(),
            in_legend: true,
            classes: vec![Class::new("", symbol)],
            items,
        })
    }

    /// Roads that cars drive on, those that open to plots apart from those that do not.
    fn roads(&self) -> Option<MapLayer<'_>> {
        let roads = self.territory.objects.get(LayerKey::ROADS)?;
        let near = crate::domain::LayerView::index(roads).in_box(&self.frame);
        let items: Vec<Item<'_>> = near
            .into_iter()
            .filter_map(|at| roads.entities.get(at as usize))
            .filter(|road| road.attribute(RoadAttribute::USUAL_KMH) != Value::Missing)
            .map(|road| {
                let closed = road.attribute(RoadAttribute::OPENS) == Value::Flag(false);
                Item { geometry: &road.geometry, class: usize::from(closed) }
            })
            .collect();
        let line = |color, width| Symbol::line(Stroke::solid(Rgba::hex(color), width));
        self.shown(Some(MapLayer {
            title: self.words.say("map.roads").to_owned(),
            in_legend: true,
            classes: vec![
                Class::new(self.words.say("map.open_road"), line(0x6e_65_58, 0.5)),
                Class::new(self.words.say("map.closed_road"), line(0xc8_50_2c, 0.9)),
            ],
            items,
        }))
    }

    fn net(&self) -> Option<MapLayer<'_>> {
        let geometry = self.net.as_ref().filter(|net| shape::area(net) > 0.0)?;
        let green = Rgba::hex(0x2e_8b_3d);
        let symbol = Symbol::Area {
            fill: Some(green.with_alpha(60)),
            hatch: Some(Hatch {
                color: green,
                width_mm: 0.15,
                spacing_mm: 1.6,
                direction: HatchDirection::Rising,
            }),
            outline: None,
        };
        Some(MapLayer {
            title: self.words.say("map.request_net").to_owned(),
            in_legend: true,
            classes: vec![Class::new("", symbol)],
            items: vec![Item { geometry, class: 0 }],
        })
    }
}

/// How a site is drawn: a bold line, or a marker where only a point is known.
fn outline_symbol(site: &Geometry<f64>) -> Symbol {
    let red = Rgba::hex(0xb5_17_4e);
    match site {
        Geometry::Point(_) => Symbol::point(MarkerShape::Diamond, red, 2.0),
        _ => Symbol::Area { fill: None, hatch: None, outline: Some(Stroke::solid(red, 0.7)) },
    }
}

/// The extent of a site with its surroundings.
fn around(site: &Geometry<f64>) -> Rect<f64> {
    let own = site.bounding_rect().unwrap_or_else(|| Rect::new((0.0, 0.0), (1.0, 1.0)));
    let middle = own.center();
    let half = |size: f64| (size * (1.0 + AROUND)).max(LEAST_SITE_M) / 2.0;
    let by = Coord { x: half(own.width()), y: half(own.height()) };
    Rect::new(middle - by, middle + by)
}
