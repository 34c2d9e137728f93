//! A small territory written as files and read as any other: two communes side by side, origin (550 000, 6 330 000).

use std::fs;

use gisement::domain::LandStock;
use gisement::domain::Terrain;
use gisement::domain::Territory;
use gisement::evaluation::LandRules;
use gisement::evaluation::published_profile;
use gisement::io::config::Config;
use gisement::io::load;
use gisement::land;

pub const X: f64 = 550_000.0;
pub const Y: f64 = 6_330_000.0;

/// A rectangle by its corners, in metres from the origin.
pub type Box4 = [f64; 4];

/// What is drawn.
#[derive(Debug, Default, Clone)]
pub struct Drawing {
    /// Parcels: number in section AB of commune 82112, and outline.
    pub parcels: Vec<(String, Box4)>,
    pub buildings: Vec<Box4>,
    /// No layer of buildings at all.
    pub no_buildings: bool,
    /// Zones: label, typezone, long label, document, outline.
    pub zones: Vec<(&'static str, &'static str, &'static str, &'static str, Box4)>,
    /// Hazards: class, outline.
    pub hazards: Vec<(&'static str, Box4)>,
    /// Prescriptions: type, sub-type, outline.
    pub prescriptions: Vec<(&'static str, &'static str, Box4)>,
    /// Economic sites: id, type, outline.
    pub sites: Vec<(&'static str, &'static str, Box4)>,
    /// Other layers as they stand in gisement.toml, with their files.
    pub more: Vec<(&'static str, &'static str, String)>,
}

pub fn parcel(number: u32) -> String {
    format!("82112000AB{number:04}")
}

impl Drawing {
    /// Free parcels in one activity zone.
    pub fn zone_with(parcels: &[Box4]) -> Self {
        let frame = parcels.iter().fold([f64::MAX, f64::MAX, f64::MIN, f64::MIN], |f, p| {
            [f[0].min(p[0]), f[1].min(p[1]), f[2].max(p[2]), f[3].max(p[3])]
        });
        Self {
            parcels: parcels
                .iter()
                .enumerate()
                .map(|(at, place)| (parcel(at as u32 + 1), *place))
                .collect(),
            zones: vec![("UX", "U", "Zone d'activités", "82112_PLU_20200101", frame)],
            ..Self::default()
        }
    }

    /// Reads the drawing as a territory.
    pub fn territory(&self) -> Territory {
        let dir = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| fs::write(dir.path().join(name), text).unwrap();
        let mut config =
            "[territory]\nname = \"Dessin\"\ncommunes = [\"82112\", \"82033\"]\n".to_owned();
        let mut layer = |key: &str, more: &str, features: Vec<String>| {
            if features.is_empty() {
                return;
            }
            config.push_str(&format!("[layers.{key}]\npath = \"{key}.geojson\"\n{more}"));
            write(&format!("{key}.geojson"), &collection(&features));
        };
        let communes = [
            ("82112", [-2000.0, -2000.0, 400.0, 2000.0]),
            ("82033", [400.0, -2000.0, 2000.0, 2000.0]),
        ];
        layer(
            "communes",
            "",
            communes
                .iter()
                .map(|(code, place)| {
                    feature(place, &format!("\"code\":\"{code}\",\"nom\":\"C{code}\""))
                })
                .collect(),
        );
        layer("parcels", "vintage = \"2026-07\"\n", self.parcels.iter().map(|(id, place)| {
            feature(place, &format!("\"id\":\"{id}\",\"commune\":\"{}\",\"prefixe\":\"000\",\"section\":\"AB\",\"numero\":\"{}\",\"contenance\":1", &id[..5], &id[10..]))
        }).collect());
        // A shed far away, so that the layer of buildings is there and speaks.
        let mut buildings = self.buildings.clone();
        buildings.push([-1900.0, -1900.0, -1895.0, -1895.0]);
        if self.no_buildings {
            buildings.clear();
        }
        layer(
            "buildings",
            "covers = \"territory\"\n",
            buildings
                .iter()
                .map(|place| feature(place, "\"commune\":\"82112\",\"type\":\"01\""))
                .collect(),
        );
        layer("zoning", "", self.zones.iter().map(|(label, kind, long, document, place)| {
            feature(place, &format!("\"LIBELLE\":\"{label}\",\"TYPEZONE\":\"{kind}\",\"LIBELONG\":\"{long}\",\"IDURBA\":\"{document}\""))
        }).collect());
        layer(
            "hazards",
            "class = \"classe\"\ncovers = \"territory\"\n",
            self.hazards
                .iter()
                .map(|(class, place)| feature(place, &format!("\"classe\":\"{class}\"")))
                .collect(),
        );
        layer("prescriptions", "covers = \"territory\"\n", self.prescriptions.iter().map(|(class, subclass, place)| {
            feature(place, &format!("\"LIBELLE\":\"x\",\"TYPEPSC\":\"{class}\",\"STYPEPSC\":\"{subclass}\",\"TXT\":\"\""))
        }).collect());
        layer("sites", "", self.sites.iter().map(|(id, class, place)| feature(place, &format!("\"site_id\":\"{id}\",\"site_type\":\"{class}\",\"site_etat\":\"existant et actif\""))).collect());
        for (file, layer, text) in &self.more {
            config.push_str(layer);
            write(file, text);
        }
        write("gisement.toml", &config);
        load::load(&Config::read(dir.path()).unwrap()).unwrap()
    }

    /// Surveys the drawing by the rules of the published profile.
    pub fn surveyed(&self) -> LandStock {
        self.surveyed_by(&rules())
    }

    /// Surveys the drawing by other rules.
    pub fn surveyed_by(&self, rules: &LandRules) -> LandStock {
        let stock = land::survey(&self.territory(), rules).unwrap();
        assert_eq!(stock.refused, Vec::new());
        stock
    }
}

pub fn rules() -> LandRules {
    published_profile("industrie-v2").unwrap().land.unwrap()
}

/// The terrains by their parcels' numbers, with gross and net area rounded to a square centimetre.
pub fn told(stock: &LandStock) -> Vec<(Vec<u32>, f64, f64)> {
    let mut told: Vec<_> = stock
        .terrains
        .entities
        .iter()
        .map(|terrain| (numbers(terrain), cm2(terrain.gross_m2), cm2(terrain.net_m2().unwrap())))
        .collect();
    told.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
    told
}

pub fn numbers(terrain: &Terrain) -> Vec<u32> {
    let mut numbers: Vec<u32> =
        terrain.parts.iter().map(|part| part.id.to_string()[10..].parse().unwrap()).collect();
    numbers.sort_unstable();
    numbers
}

pub fn cm2(m2: f64) -> f64 {
    (m2 * 1e4).round() / 1e4
}

pub fn ring([x0, y0, x1, y1]: &Box4) -> String {
    let at = |x: f64, y: f64| format!("[{},{}]", X + x, Y + y);
    format!(
        "[[{},{},{},{},{}]]",
        at(*x0, *y0),
        at(*x1, *y0),
        at(*x1, *y1),
        at(*x0, *y1),
        at(*x0, *y0)
    )
}

pub fn feature(place: &Box4, properties: &str) -> String {
    format!(
        "{{\"type\":\"Feature\",\"geometry\":{{\"type\":\"Polygon\",\"coordinates\":{}}},\"properties\":{{{properties}}}}}",
        ring(place)
    )
}

pub fn point(x: f64, y: f64, properties: &str) -> String {
    format!(
        "{{\"type\":\"Feature\",\"geometry\":{{\"type\":\"Point\",\"coordinates\":[{},{}]}},\"properties\":{{{properties}}}}}",
        X + x,
        Y + y
    )
}

pub fn collection(features: &[String]) -> String {
    format!(
        "{{\"type\":\"FeatureCollection\",\"crs\":{{\"type\":\"name\",\"properties\":{{\"name\":\"urn:ogc:def:crs:EPSG::2154\"}}}},\"features\":[{}]}}",
        features.join(",\n")
    )
}
