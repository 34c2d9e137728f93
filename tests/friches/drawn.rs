//! A small territory written as files and read as any other: two communes side by side, origin (550 000, 6 330 000).

use std::collections::BTreeMap;
use std::fs;

use gisement::domain::Friche;
use gisement::domain::Territory;
use gisement::friche::enrichment::Enrichment;
use gisement::friche::mutability::Answer;
use gisement::io::config::Config;
use gisement::io::load;

pub const X: f64 = 550_000.0;
pub const Y: f64 = 6_330_000.0;

/// A rectangle by its corners, in metres from the origin.
pub type Box4 = [f64; 4];

/// The site of most drawings: one hectare, parcel 1.
pub const SITE: Box4 = [0.0, 0.0, 100.0, 100.0];

/// What is drawn: the layers as they stand in gisement.toml, and their files.
#[derive(Debug, Clone, Default)]
pub struct Drawing {
    layers: Vec<(String, String)>,
    files: Vec<(String, String)>,
}

impl Drawing {
    /// Communes 82112 (west of x = 400) and 82033 (east of it).
    pub fn new() -> Self {
        let communes = [("82112", [-8e3, -8e3, 400.0, 8e3]), ("82033", [400.0, -8e3, 8e3, 8e3])];
        let commune = |(code, place): &(&str, Box4)| {
            area(place, &format!("\"code\":\"{code}\",\"nom\":\"C{code}\""))
        };
        let communes: Vec<String> = communes.iter().map(commune).collect();
        Self::default().layer("communes", "", &communes)
    }

    /// The one site, with its parcel and these properties beside.
    pub fn of_site(more: &str) -> Self {
        let listed = format!("\"l_idtup\":\"{{{}}}\"{more}", idu(1));
        Self::new().layer("parcels", "", &[parcel(1, &SITE)]).layer(
            "friches",
            "",
            &[friche("S-1", &point_shape(50.0, 50.0), &listed)],
        )
    }

    /// With a layer of one file.
    pub fn layer(self, key: &str, more: &str, features: &[String]) -> Self {
        self.text(key, more, &format!("{key}.geojson"), &collection(features))
    }

    /// With a layer in a file of this name and text. Layers called twice are parts of one.
    pub fn text(mut self, key: &str, more: &str, name: &str, text: &str) -> Self {
        self.layers.push((key.to_owned(), format!("path = \"{name}\"\n{more}\n")));
        self.file(name, text)
    }

    /// With a file beside.
    pub fn file(mut self, name: &str, text: &str) -> Self {
        self.files.push((name.to_owned(), text.to_owned()));
        self
    }

    /// Without a layer.
    pub fn without(&self, key: &str) -> Self {
        let layers = self.layers.iter().filter(|(other, _)| other != key).cloned().collect();
        Self { layers, files: self.files.clone() }
    }

    /// Keys of the layers.
    pub fn keys(&self) -> Vec<&str> {
        self.layers.iter().map(|(key, _)| key.as_str()).collect()
    }

    /// Reads the drawing as a territory.
    pub fn territory(&self) -> Territory {
        let dir = tempfile::tempdir().unwrap();
        for (name, text) in &self.files {
            fs::write(dir.path().join(name), text).unwrap();
        }
        let mut config =
            "[territory]\nname = \"Dessin\"\ncommunes = [\"82112\", \"82033\"]\n".to_owned();
        for (key, text) in &self.layers {
            let n = self.layers.iter().filter(|(other, _)| other == key).count();
            let (open, close) = if n > 1 { ("[[", "]]") } else { ("[", "]") };
            config.push_str(&format!("{open}layers.{key}{close}\n{text}"));
        }
        fs::write(dir.path().join("gisement.toml"), &config).unwrap();
        load::load(&Config::read(dir.path()).unwrap()).unwrap_or_else(|error| panic!("{error}"))
    }

    /// The sites of the drawing.
    pub fn sites(&self) -> Vec<Friche> {
        self.territory().friches.unwrap().entities
    }

    /// What is found about the first site, as [`found`] tells it.
    pub fn found(&self) -> BTreeMap<&'static str, String> {
        found(&self.territory())
    }

    /// One of these.
    pub fn says(&self, criterion: &str) -> String {
        self.found().remove(criterion).unwrap()
    }
}

/// What is found about the first site: `answer < origin`, or `? reason about`. Distances to a millimetre.
pub fn found(territory: &Territory) -> BTreeMap<&'static str, String> {
    let sites = &territory.friches.as_ref().unwrap().entities;
    let told = |answer| match answer {
        Answer::Word(word) => word.to_owned(),
        Answer::Flag(yes) => yes.to_string(),
        Answer::Number(number) => ((number * 1e3).round() / 1e3).to_string(),
        Answer::NoneFound => "none".to_owned(),
        Answer::Unknown => "unknown".to_owned(),
    };
    Enrichment::new(territory)
        .of(&sites[0])
        .into_iter()
        .map(|one| {
            let text = match one.answer {
                Ok((answer, origin)) => format!("{} < {}", told(answer), origin.as_str()),
                Err(why) => format!("? {} {}", why.code(), why.about()).trim_end().to_owned(),
            };
            (one.criterion.as_str(), text)
        })
        .collect()
}

pub fn idu(number: u32) -> String {
    format!("82112000AB{number:04}")
}

/// A parcel of commune 82112 whose fiscal area is its own.
pub fn parcel(number: u32, place: &Box4) -> String {
    let m2 = (place[2] - place[0]) * (place[3] - place[1]);
    let id = idu(number);
    area(
        place,
        &format!(
            "\"id\":\"{id}\",\"commune\":\"82112\",\"prefixe\":\"000\",\"section\":\"AB\",\"numero\":\"{number}\",\"contenance\":{m2}"
        ),
    )
}

/// A record of an inventory in commune 82112.
pub fn friche(id: &str, shape: &str, more: &str) -> String {
    feature(
        shape,
        &format!("\"site_id\":\"{id}\",\"comm_insee\":\"82112\",\"site_type\":\"autre\",{more}"),
    )
}

/// A list of parcels as Cartofriches writes it.
pub fn listed(numbers: &[u32]) -> String {
    let ids: Vec<String> = numbers.iter().map(|number| idu(*number)).collect();
    format!("\"l_idtup\":\"{{{}}}\"", ids.join(","))
}

pub fn box_shape([x0, y0, x1, y1]: &Box4) -> String {
    let corners = [(x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)];
    let corners: Vec<String> =
        corners.iter().map(|(x, y)| format!("[{},{}]", X + **x, Y + **y)).collect();
    format!("{{\"type\":\"Polygon\",\"coordinates\":[[{}]]}}", corners.join(","))
}

pub fn point_shape(x: f64, y: f64) -> String {
    format!("{{\"type\":\"Point\",\"coordinates\":[{},{}]}}", X + x, Y + y)
}

pub fn line_shape(points: &[(f64, f64)]) -> String {
    let points: Vec<String> =
        points.iter().map(|(x, y)| format!("[{},{}]", X + x, Y + y)).collect();
    format!("{{\"type\":\"LineString\",\"coordinates\":[{}]}}", points.join(","))
}

pub fn feature(shape: &str, properties: &str) -> String {
    format!("{{\"type\":\"Feature\",\"geometry\":{shape},\"properties\":{{{properties}}}}}")
}

pub fn area(place: &Box4, properties: &str) -> String {
    feature(&box_shape(place), properties)
}

/// A point so many metres east of [`SITE`].
pub fn east(distance_m: f64, properties: &str) -> String {
    feature(&point_shape(100.0 + distance_m, 50.0), properties)
}

pub fn collection(features: &[String]) -> String {
    format!(
        "{{\"type\":\"FeatureCollection\",\"crs\":{{\"type\":\"name\",\"properties\":{{\"name\":\"urn:ogc:def:crs:EPSG::2154\"}}}},\"features\":[{}]}}",
        features.join(",\n")
    )
}
