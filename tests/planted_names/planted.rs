//! Rows of a schema with the name in one column each; what else they say is right.

use gisement::io::schema::Column;
use gisement::io::schema::Schema;
use gisement::io::schema::Shape;

use crate::drawn::X;
use crate::drawn::Y;

/// The ways the name stands in a cell. No other cell has a part of them.
pub const WRITTEN: [&str; 9] = [
    "Célestin BOURRIQUOT",
    "CELESTIN BOURRIQUOT",
    "bourriquot",
    "BOURRIQUOT_1",
    "Bourriquot12",
    "Garage Bourriquot 82",
    "M. C. Bourriquot, 3 rue Haute",
    "celestin.bourriquot@exemple.fr",
    "https://www.exemple.fr/bourriquot",
];

/// Layer, our name of the column: what names a thing that is public, and passes for that.
///
/// - a commune, a railway station, a stop, a substation, a district: their names are those of places, and so are the codes
///   that RTE makes of them;
/// - a zone, a prescription or an information of a planning document: enforceable texts, published as they are;
/// - the roads, stations, ports and airports that the inventory of an economic site names.
///
/// Others pass under conditions, which no row below fulfils: see [`UNDER_CONDITION`], and the names of firms, of which
/// all rows are sole traders' (`legal_form` 1000), and of those who run a site, of which all are private.
pub const PUBLIC: &[(&str, &str)] = &[
    ("communes", "name"),
    ("stations", "label"),
    ("transport_stops", "label"),
    ("substations", "id"),
    ("substations", "label"),
    ("priority_districts", "label"),
    ("zoning", "label"),
    ("zoning", "long_label"),
    ("prescriptions", "label"),
    ("informations", "label"),
    ("sites", "road"),
    ("sites", "motorway"),
    ("sites", "station"),
    ("sites", "freight_station"),
    ("sites", "airport"),
    ("sites", "port"),
];

/// Layer, our name of the column, the column that decides, and what it says for the text not to pass: of the economic
/// sites only zones have names of their own, a firm by itself is often called after its owner.
const UNDER_CONDITION: &[(&str, &str, &str, &str)] = &[
    ("sites", "name", "class", "établissement économique isolé"),
    ("sites", "description", "class", "établissement économique isolé"),
    ("sites", "label", "class", "établissement économique isolé"),
];

/// Values of rows that are right, which must come out where the names do not: the search looks where things are.
pub const CONTROLS: [&str; 4] = ["Zone des Peupliers", "25.11Z", "82112_PLU_20200101", "Moissac"];

/// A table: titles, and rows of cells by title.
pub struct Table {
    pub titles: Vec<String>,
    pub rows: Vec<Vec<String>>,
    /// Whether the last title is that of a shape in WKT.
    pub has_shape: bool,
}

/// A spelling of a column as a file could have it.
fn spelled(column: &Column) -> String {
    column.theirs[0].trim_end_matches('*').replace('#', "2")
}

/// The rows of a schema, with the name as it is `written`; `first` is the number of the first.
pub fn table(schema: &Schema, first: usize, written: &[&str]) -> Table {
    // Two of our columns may be one of the file's.
    let mut columns: Vec<(&str, String)> = Vec::new();
    for column in schema.columns {
        let title = spelled(column);
        if !columns.iter().any(|(_, known)| *known == title) {
            columns.push((column.ours, title));
        }
    }
    let has_shape = schema.shape == Shape::Here;
    let mut rows = Vec::new();
    let plain = |at: usize| -> Vec<String> {
        columns.iter().map(|(ours, _)| right(schema, ours, first + at)).collect()
    };
    rows.push(plain(0));
    for (place, (ours, _)) in columns.iter().enumerate() {
        if PUBLIC.contains(&(schema.layer, *ours)) {
            continue;
        }
        for written in written {
            let mut row = plain(rows.len());
            row[place] = (*written).to_owned();
            for (_, _, decides, says) in
                UNDER_CONDITION.iter().filter(|known| (known.0, known.1) == (schema.layer, *ours))
            {
                let decides = columns.iter().position(|(ours, _)| ours == decides);
                if let Some(decides) = decides {
                    row[decides] = (*says).to_owned();
                }
            }
            rows.push(row);
        }
    }
    // Shifted by a column too many: the name stands everywhere but where it may.
    let mut row = plain(rows.len());
    for (cell, (ours, _)) in row.iter_mut().zip(&columns) {
        if !PUBLIC.contains(&(schema.layer, *ours)) {
            *cell = WRITTEN[0].to_owned();
        }
    }
    rows.push(row);
    let mut titles: Vec<String> = columns.into_iter().map(|(_, title)| title).collect();
    if has_shape {
        titles.push("wkt".to_owned());
        for (at, row) in rows.iter_mut().enumerate() {
            row.push(shape(schema.layer, at));
        }
    }
    Table { titles, rows, has_shape }
}

/// What a row says when it is right.
fn right(schema: &Schema, ours: &str, number: usize) -> String {
    if let Some((_, words)) = schema.code_lists.iter().find(|(column, _)| *column == ours) {
        return words[0].to_owned();
    }
    match (schema.layer, ours) {
        ("parcels", "id") | ("owners", "id") => format!("82112000ZZ{:04}", number % 10_000),
        ("field_visits", "id") => "82112_1".to_owned(),
        (_, "id") => format!("82112_{}", 100 + number),
        ("sites", "class") => "zone d'activité économique".to_owned(),
        ("sites", "name") => CONTROLS[0].to_owned(),
        ("sites", "description" | "label") => "Créée en 1998".to_owned(),
        ("establishments", "class") => CONTROLS[1].to_owned(),
        ("friches", "site_type") => "friche industrielle".to_owned(),
        ("friches", "statut") => "friche sans projet".to_owned(),
        ("friches", "source") => "Région Occitanie".to_owned(),
        ("establishments", "legal_form") => "1000".to_owned(),
        ("zoning", "label") => "UX".to_owned(),
        ("zoning", "typezone") => "U".to_owned(),
        ("zoning", "document") => CONTROLS[2].to_owned(),
        ("sites", "owner_type") => "privé".to_owned(),
        ("town_halls", "class") => "mairie".to_owned(),
        ("transport_stops", "class") => "1".to_owned(),
        ("sales", "nature") => "Vente".to_owned(),
        ("rents", "kind") => "maison".to_owned(),
        ("permits", "kind") => "Tous Logements".to_owned(),
        ("housing_zones", "abc") => "B1".to_owned(),
        (_, "workplace") => "82112".to_owned(),
        (_, "rent_level") => "commune".to_owned(),
        (_, "year") => (2000 + number % 24).to_string(),
        (_, "commune" | "insee" | "main_commune") => "82112".to_owned(),
        (_, "parcel") => "82112000AB0001".to_owned(),
        (_, "parcels") => "82112000AB0001".to_owned(),
        (_, "department") => "82".to_owned(),
        (_, "commune_number") => "112".to_owned(),
        (_, "name" | "label") => "Moissac".to_owned(),
        (_, "date" | "created" | "identified" | "updated" | "day" | "approved") => {
            "2024-01-15".to_owned()
        }
        _ => "1".to_owned(),
    }
}

/// A shape of its own for each row, within the drawn commune.
/// A parcel, the site, the land and the firm of one number stand at one place.
fn shape(layer: &str, at: usize) -> String {
    let side = 10.0;
    let across = 30;
    let (x, y) = (
        X - 1900.0 + (at % across) as f64 * (side + 2.0),
        Y + 700.0 + (at / across) as f64 * (side + 2.0),
    );
    match layer {
        "communes" => format!(
            "POLYGON(({} {},{} {},{} {},{} {},{} {}))",
            X - 2000.0,
            Y - 2000.0,
            X + 2000.0,
            Y - 2000.0,
            X + 2000.0,
            Y + 2000.0,
            X - 2000.0,
            Y + 2000.0,
            X - 2000.0,
            Y - 2000.0
        ),
        "roads" | "railways" => format!("LINESTRING({x} {y},{} {y})", x + side),
        "stations" | "town_halls" | "transport_stops" | "amenities" | "substations"
        | "establishments" | "rail_sidings" => {
            format!("POINT({} {})", x + side / 2.0, y + side / 2.0)
        }
        _ => format!(
            "POLYGON(({x} {y},{x1} {y},{x1} {y1},{x} {y1},{x} {y}))",
            x1 = x + side,
            y1 = y + side
        ),
    }
}

impl Table {
    /// The table as CSV.
    pub fn csv(&self) -> String {
        let mut csv = csv::WriterBuilder::new().delimiter(b';').from_writer(Vec::new());
        csv.write_record(&self.titles).unwrap();
        for row in &self.rows {
            csv.write_record(row).unwrap();
        }
        String::from_utf8(csv.into_inner().unwrap()).unwrap()
    }

    /// The same without its line of titles.
    pub fn headless(&self) -> String {
        self.csv().split_once('\n').unwrap().1.to_owned()
    }

    /// The table as GeoJSON in Lambert-93; `None` where it has no shapes.
    pub fn geojson(&self) -> Option<String> {
        if !self.has_shape {
            return None;
        }
        let features: Vec<String> = self
            .rows
            .iter()
            .map(|row| {
                let (wkt, cells) = row.split_last().unwrap();
                let properties: Vec<String> = self
                    .titles
                    .iter()
                    .zip(cells)
                    .map(|(title, cell)| {
                        format!("{}:{}", serde_json::json!(title), serde_json::json!(cell))
                    })
                    .collect();
                crate::drawn::feature(&geometry(wkt), &properties.join(","))
            })
            .collect();
        Some(crate::drawn::collection(&features))
    }
}

/// A shape in WKT, as [`shape`] writes it, in GeoJSON.
fn geometry(wkt: &str) -> String {
    let (kind, rest) = wkt.split_once('(').unwrap();
    let points: Vec<String> = rest
        .trim_matches(['(', ')'])
        .split(',')
        .map(|point| format!("[{}]", point.replace(' ', ",")))
        .collect();
    let (kind, coordinates) = match kind {
        "POINT" => ("Point", points[0].clone()),
        "LINESTRING" => ("LineString", format!("[{}]", points.join(","))),
        _ => ("Polygon", format!("[[{}]]", points.join(","))),
    };
    format!("{{\"type\":\"{kind}\",\"coordinates\":{coordinates}}}")
}
