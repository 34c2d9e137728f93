//! A made-up country, enough to judge a page by eye: communes, zones, rivers, roads, sites.

use geo::Coord;
use geo::Geometry;
use geo::LineString;
use geo::Point;
use geo::Polygon;
use gisement::render::Class;
use gisement::render::Face;
use gisement::render::Item;
use gisement::render::Label;
use gisement::render::Map;
use gisement::render::MapLayer;
use gisement::render::MarkerShape;
use gisement::render::Paper;
use gisement::render::Placement;
use gisement::render::Rgba;
use gisement::render::Stroke;
use gisement::render::Symbol;
use gisement::render::Words;
use gisement::render::chart;
use gisement::render::palette;
use gisement::render::palette::ZoneKind;

pub fn words() -> Words {
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

pub fn layer<'a>(symbol: Symbol, geometries: &'a [Geometry<f64>]) -> MapLayer<'a> {
    MapLayer {
        title: "couche".into(),
        in_legend: false,
        classes: vec![Class::new("", symbol)],
        items: geometries.iter().map(|geometry| Item { geometry, class: 0 }).collect(),
    }
}

/// A layer of one class, listed in the legend by its title.
pub fn plain<'a>(title: &str, symbol: Symbol, geometries: &'a [Geometry<f64>]) -> MapLayer<'a> {
    MapLayer { title: title.into(), in_legend: true, ..layer(symbol, geometries) }
}

/// Numbers between 0 and 1 that are always the same.
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self) -> f64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1u64 << 53) as f64
    }
}

/// Communes on a bent grid, zones, rivers, roads, sites: enough to judge a page by eye.
pub struct World {
    communes: Vec<Geometry<f64>>,
    zones: Vec<(Geometry<f64>, usize)>,
    rivers: Vec<Geometry<f64>>,
    roads: Vec<Geometry<f64>>,
    sites: Vec<Geometry<f64>>,
    hazards: Vec<Geometry<f64>>,
}

fn bent(x: f64, y: f64) -> (f64, f64) {
    (
        520_000.0 + x + 900.0 * (y / 2300.0).sin() + 300.0 * (x / 1100.0 + y / 900.0).sin(),
        6_290_000.0 + y + 900.0 * (x / 2700.0).cos() + 300.0 * (y / 1300.0 - x / 800.0).cos(),
    )
}

fn patch(x: f64, y: f64, w: f64, h: f64) -> LineString<f64> {
    let mut points = Vec::new();
    for (dx, dy, ex, ey) in [(0., 0., 1., 0.), (1., 0., 1., 1.), (1., 1., 0., 1.), (0., 1., 0., 0.)]
    {
        for step in 0..12 {
            let t = f64::from(step) / 12.0;
            points.push(bent(x + w * (dx + t * (ex - dx)), y + h * (dy + t * (ey - dy))));
        }
    }
    points.push(points[0]);
    LineString::from(points)
}

fn curve(from: (f64, f64), to: (f64, f64), sway: f64) -> Geometry<f64> {
    let points: Vec<(f64, f64)> = (0..=80)
        .map(|n| {
            let t = f64::from(n) / 80.0;
            let side = sway * (t * 9.0).sin();
            bent(from.0 + t * (to.0 - from.0) + side, from.1 + t * (to.1 - from.1) + side * 0.6)
        })
        .collect();
    LineString::from(points).into()
}

impl World {
    pub fn new() -> Self {
        let mut dice = Dice(7);
        let cell = 5000.0;
        let mut world = Self {
            communes: vec![],
            zones: vec![],
            rivers: vec![
                curve((2000.0, -4000.0), (30_000.0, 40_000.0), 1800.0),
                curve((-3000.0, 22_000.0), (46_000.0, 9000.0), 1200.0),
            ],
            roads: vec![
                curve((-3000.0, 8000.0), (48_000.0, 30_000.0), 500.0),
                curve((20_000.0, -3000.0), (24_000.0, 40_000.0), 300.0),
                curve((-3000.0, 33_000.0), (48_000.0, 16_000.0), 700.0),
            ],
            sites: vec![],
            hazards: vec![],
        };
        for column in 0..9 {
            for row in 0..7 {
                let (x, y) = (f64::from(column) * cell, f64::from(row) * cell);
                world.communes.push(Polygon::new(patch(x, y, cell, cell), vec![]).into());
                for _ in 0..7 {
                    let (w, h) = (300.0 + dice.roll() * 1500.0, 300.0 + dice.roll() * 1200.0);
                    let (zx, zy) = (x + dice.roll() * (cell - w), y + dice.roll() * (cell - h));
                    let hole = vec![patch(zx + w * 0.4, zy + h * 0.4, w * 0.25, h * 0.25)];
                    let holes = if w > 1500.0 { hole } else { vec![] };
                    let kind = (dice.roll() * 7.0) as usize;
                    world.zones.push((Polygon::new(patch(zx, zy, w, h), holes).into(), kind));
                }
                if dice.roll() < 0.45 {
                    let (px, py) = bent(x + dice.roll() * cell, y + dice.roll() * cell);
                    world.sites.push(Point::new(px, py).into());
                }
            }
        }
        world.hazards.push(Polygon::new(patch(9000.0, 6000.0, 6500.0, 2600.0), vec![]).into());
        world.hazards.push(Polygon::new(patch(25_000.0, 24_000.0, 3000.0, 6500.0), vec![]).into());
        world
    }

    pub fn map(&self, size_px: (u32, u32)) -> Map<'_> {
        let limit = Stroke::dashed(palette::LIMIT, 0.25, 1.6, 0.7);
        let names = [
            "habitat",
            "activités",
            "équipements",
            "mixte",
            "à urbaniser",
            "agricole",
            "naturelle",
        ];
        let zone_classes = [
            ZoneKind::Housing,
            ZoneKind::Activity,
            ZoneKind::Facility,
            ZoneKind::Mixed,
            ZoneKind::ToUrbanise,
            ZoneKind::Farmland,
            ZoneKind::Natural,
        ]
        .iter()
        .zip(names)
        .enumerate()
        .map(|(rank, (kind, name))| {
            Class::new(format!("Zone {name}"), kind.symbol())
                .counted(self.zones.iter().filter(|(_, k)| *k == rank).count())
                .visible_from(0.3)
        })
        .collect();
        let layers = vec![
            plain(
                "Communes",
                Symbol::Area { fill: Some(Rgba::WHITE), hatch: None, outline: None },
                &self.communes,
            ),
            MapLayer {
                title: "Zonage des plans locaux d’urbanisme".into(),
                in_legend: true,
                classes: zone_classes,
                items: self
                    .zones
                    .iter()
                    .map(|(geometry, class)| Item { geometry, class: *class })
                    .collect(),
            },
            plain(
                "Zone inondable (PPRi), aléa moyen à fort",
                palette::Hazard::Flood.symbol(),
                &self.hazards,
            ),
            plain(
                "Limite communale",
                Symbol::Area { fill: None, hatch: None, outline: Some(limit) },
                &self.communes,
            ),
            plain("Cours d’eau", Symbol::line(Stroke::solid(palette::WATER, 0.6)), &self.rivers),
            plain(
                "Route structurante",
                Symbol::Line {
                    stroke: Stroke::solid(palette::ROAD, 0.6),
                    casing: Some(Stroke::solid(Rgba::WHITE, 1.1)),
                },
                &self.roads,
            ),
            MapLayer {
                title: "Friches classées par potentiel".into(),
                in_legend: true,
                classes: vec![
                    Class::new(
                        "Potentiel fort",
                        Symbol::point(MarkerShape::Star, palette::SEQUENTIAL[4], 1.6),
                    )
                    .counted(9),
                    Class::new(
                        "Potentiel moyen, à confirmer sur le terrain avec la commune",
                        Symbol::point(MarkerShape::Circle, palette::SEQUENTIAL[2], 1.4),
                    )
                    .counted(12),
                    Class::new(
                        "Potentiel faible",
                        Symbol::point(MarkerShape::Triangle, palette::SEQUENTIAL[0], 1.3),
                    )
                    .counted(1234),
                ],
                items: self
                    .sites
                    .iter()
                    .enumerate()
                    .map(|(n, geometry)| Item { geometry, class: n % 3 })
                    .collect(),
            },
        ];
        let towns = [
            "Beaumont-de-Lomagne",
            "Fleurance",
            "Castelsarrasin",
            "Saint-Clar",
            "Mauvezin",
            "Gimont",
            "L’Isle-Jourdain",
            "Cœur-de-Gascogne",
            "Lectoure",
            "Moissac",
            "Valence",
            "Lavit",
            "Verdun-sur-Garonne",
            "Grisolles",
            "Cologne",
        ];
        let mut labels: Vec<Label> = (0..63)
            .map(|n| {
                let (x, y) =
                    bent(f64::from(n / 7) * 5000.0 + 2500.0, f64::from(n % 7) * 5000.0 + 2500.0);
                let main = n % 9 == 4;
                let mut label = Label::new(Coord { x, y }, towns[n as usize % towns.len()]);
                label.size_pt = if main { 10.0 } else { 7.5 };
                label.face = if main { Face::Bold } else { Face::Regular };
                label.priority = if main { 10 } else { 1 };
                label
            })
            .collect();
        for (rank, site) in self.sites.iter().enumerate().filter(|(n, _)| n % 3 == 0) {
            let Geometry::Point(p) = site else { continue };
            let mut label = Label::new(p.0, format!("F{}", rank + 1));
            label.placement = Placement::Beside { gap_mm: 2.0 };
            label.priority = 20;
            label.face = Face::Bold;
            label.color = palette::SEQUENTIAL[4];
            labels.push(label);
        }
        Map {
            paper: Paper::A4,
            size_px,
            frame: geo::Rect::new((521_000.0, 6_291_000.0), (564_000.0, 6_325_000.0)),
            title: "Friches et zonage économique du Territoire d’industrie 32/82".into(),
            subtitle: Some("Potentiel de réemploi des friches, zones des PLU et contraintes – communauté de communes d’essai".into()),
            layers,
            labels,
            notice: Some("DONNÉES SYNTHÉTIQUES – démonstration".into()),
            sources: vec![
                "Sources : Cartofriches (Cerema), juin 2026".into(),
                "Géoportail de l’urbanisme, mai 2026".into(),
                "Géorisques, 2026".into(),
                "BD TOPO® (IGN), mars 2026".into(),
                "Cadastre (DGFiP – Etalab), avril 2026".into(),
            ],
            date: Some("Carte établie le 12 juin 2026".into()),
            legend_title: "Légende".into(),
            words: words(),
        }
    }
}

pub fn bars() -> chart::BarChart {
    let rows = [
        ("Bastides de Lomagne", Some(412.0), Some((310.0, 540.0))),
        ("Coteaux et Plaines du Pays Lafrançaisain", Some(268.0), Some((190.0, 333.0))),
        ("Deux Rives", Some(731.0), Some((602.0, 845.0))),
        ("Gascogne Toulousaine", Some(1240.0), Some((1010.0, 1490.0))),
        ("Grand Sud Tarn-et-Garonne", Some(1522.0), Some((1300.0, 1702.0))),
        ("Lomagne Gersoise", Some(356.0), None),
        ("Lomagne Tarn-et-Garonnaise", None, None),
        ("Pays de Serres en Quercy", Some(97.0), Some((41.0, 160.0))),
        ("Terres des Confluences", Some(1105.0), Some((930.0, 1310.0))),
    ];
    chart::BarChart {
        size_px: (2480, 1754),
        title: "Logements mobilisables pour les salariés, par intercommunalité".into(),
        subtitle: Some("Barre : estimation centrale ; trait : bornes basse et haute".into()),
        rows: rows
            .into_iter()
            .map(|(label, value, bounds)| chart::Bar { label: label.into(), value, bounds })
            .collect(),
        unit: "logements".into(),
        color: palette::SEQUENTIAL[2],
        notice: Some("DONNÉES SYNTHÉTIQUES – démonstration".into()),
        sources: vec!["Sources : LOVAC 2025".into(), "Insee, RP 2022".into()],
        date: Some("12 juin 2026".into()),
        words: words(),
    }
}
