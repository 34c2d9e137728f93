//! The embedded tables: the communes and EPCIs of the territory, and the lay of the land as lists of communes.

use std::collections::BTreeMap;

use geo_types::Coord;

use super::DemoError;

const COMMUNES: &str = include_str!("../../data/territory/communes.csv");
const EPCIS: &str = include_str!("../../data/territory/epcis.csv");
const AXES: &str = include_str!("../../data/demo/axes.csv");
const ECONOMIC_ZONES: &str = include_str!("../../data/demo/economic_zones.csv");
const STATIONS: &str = include_str!("../../data/demo/stations.csv");
const PERIMETERS: &str = include_str!("../../data/demo/perimeters.csv");

/// Where Toulouse is, EPSG:2154 metres: prices and rents fall with the distance, and many work there.
pub(super) const TOULOUSE: Coord<f64> = Coord { x: 574_300.0, y: 6_279_600.0 };

/// One commune as INSEE, DGCL and IGN publish it.
#[derive(Debug, Clone, PartialEq)]
pub struct CommuneFigures {
    /// INSEE code, five characters.
    pub insee: String,
    /// Official name, with its article and accents.
    pub name: String,
    /// Department code.
    pub department: String,
    /// SIREN of the EPCI it belongs to.
    pub epci_siren: String,
    /// Municipal population.
    pub population: u32,
    /// Longitude of its centre, degrees.
    pub lon_deg: f64,
    /// Latitude of its centre, degrees.
    pub lat_deg: f64,
    /// Area, km².
    pub area_km2: f64,
    /// Households in 2021.
    pub households: f64,
}

/// One EPCI as the DGCL publishes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EpciFigures {
    /// SIREN, nine digits.
    pub siren: String,
    /// Name.
    pub name: String,
}

/// What an axis is, with the figures that go with it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum AxisKind {
    Motorway,
    Expressway,
    National,
    Departmental,
    /// Range of the whole width of its flood plain, in metres.
    River {
        plain_low_m: f64,
        plain_high_m: f64,
    },
    Railway,
}

/// A line of the landscape, as the communes it runs through (indices into the communes), in order.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Axis {
    pub(crate) kind: AxisKind,
    pub(crate) name: String,
    pub(crate) detail: String,
    pub(crate) communes: Vec<usize>,
}

/// Where the economic zones of a commune gather.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ZoneAnchor {
    Junction,
    Station,
    Axis,
}

/// Everything the embedded tables say, checked against one another.
#[derive(Debug, Clone)]
pub(crate) struct Places {
    pub(crate) communes: Vec<CommuneFigures>,
    pub(crate) epcis: Vec<EpciFigures>,
    pub(crate) axes: Vec<Axis>,
    /// commune → anchor and areas in hectares.
    pub(crate) economic_zones: BTreeMap<usize, (ZoneAnchor, Vec<f64>)>,
    /// commune, code of the line, freight served.
    pub(crate) stations: Vec<(usize, String, bool)>,
    /// commune, category, radius in metres, label.
    pub(crate) perimeters: Vec<(usize, String, f64, String)>,
}

/// Reads the embedded tables.
///
/// # Errors
/// [`DemoError::Table`] names the table, the line and the value that does not read.
pub(crate) fn places() -> Result<Places, DemoError> {
    let communes = rows("communes.csv", COMMUNES, |row| {
        Ok(CommuneFigures {
            insee: row.text(0)?,
            name: row.text(1)?,
            department: row.text(2)?,
            epci_siren: row.text(3)?,
            population: row.number(4)? as u32,
            lon_deg: row.number(5)?,
            lat_deg: row.number(6)?,
            area_km2: row.number(7)?,
            households: row.number(8)?,
        })
    })?;
    let ranks: BTreeMap<String, usize> =
        communes.iter().enumerate().map(|(rank, commune)| (commune.insee.clone(), rank)).collect();
    let epcis = rows("epcis.csv", EPCIS, |row| {
        Ok(EpciFigures { siren: row.text(0)?, name: row.text(1)? })
    })?;
    let axes = rows("axes.csv", AXES, |row| {
        let detail = row.text(2)?;
        let kind = match row.text(0)?.as_str() {
            "motorway" => AxisKind::Motorway,
            "expressway" => AxisKind::Expressway,
            "national" => AxisKind::National,
            "departmental" => AxisKind::Departmental,
            "railway" => AxisKind::Railway,
            "river" => {
                let range = row.numbers(2)?;
                match range.as_slice() {
                    [low, high] => AxisKind::River { plain_low_m: *low, plain_high_m: *high },
                    _ => return Err(row.wrong(2)),
                }
            }
            _ => return Err(row.wrong(0)),
        };
        let communes = row.ranks(3, &ranks)?;
        Ok(Axis { kind, name: row.text(1)?, detail, communes })
    })?;
    let economic_zones = rows("economic_zones.csv", ECONOMIC_ZONES, |row| {
        let anchor = match row.text(1)?.as_str() {
            "junction" => ZoneAnchor::Junction,
            "station" => ZoneAnchor::Station,
            "axis" => ZoneAnchor::Axis,
            _ => return Err(row.wrong(1)),
        };
        Ok((row.rank(0, &ranks)?, (anchor, row.numbers(2)?)))
    })?;
    let stations = rows("stations.csv", STATIONS, |row| {
        Ok((row.rank(0, &ranks)?, row.text(1)?, row.text(2)? == "O"))
    })?;
    let perimeters = rows("perimeters.csv", PERIMETERS, |row| {
        Ok((row.rank(0, &ranks)?, row.text(1)?, row.number(2)?, row.text(3)?))
    })?;
    let economic_zones = economic_zones.into_iter().collect();
    Ok(Places { communes, epcis, axes, economic_zones, stations, perimeters })
}

/// One line of an embedded table, with what is needed to say where a value is wrong.
struct Row<'a> {
    table: &'static str,
    line: usize,
    record: &'a csv::StringRecord,
}

impl Row<'_> {
    fn wrong(&self, column: usize) -> DemoError {
        let value = self.record.get(column).unwrap_or("").to_owned();
        DemoError::Table { table: self.table, line: self.line, column: column + 1, value }
    }

    fn text(&self, column: usize) -> Result<String, DemoError> {
        self.record.get(column).map(str::to_owned).ok_or_else(|| self.wrong(column))
    }

    fn number(&self, column: usize) -> Result<f64, DemoError> {
        self.text(column)?.parse().ok().ok_or_else(|| self.wrong(column))
    }

    fn numbers(&self, column: usize) -> Result<Vec<f64>, DemoError> {
        let text = self.text(column)?;
        text.split(' ').map(|part| part.parse().ok().ok_or_else(|| self.wrong(column))).collect()
    }

    fn rank(&self, column: usize, ranks: &BTreeMap<String, usize>) -> Result<usize, DemoError> {
        ranks.get(&self.text(column)?).copied().ok_or_else(|| self.wrong(column))
    }

    fn ranks(
        &self,
        column: usize,
        ranks: &BTreeMap<String, usize>,
    ) -> Result<Vec<usize>, DemoError> {
        let text = self.text(column)?;
        text.split(' ')
            .map(|code| ranks.get(code).copied().ok_or_else(|| self.wrong(column)))
            .collect()
    }
}

fn rows<T>(
    table: &'static str,
    text: &str,
    read: impl Fn(&Row<'_>) -> Result<T, DemoError>,
) -> Result<Vec<T>, DemoError> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let mut all = Vec::new();
    for (rank, record) in reader.records().enumerate() {
        let line = rank + 2;
        let unread = |error: csv::Error| DemoError::Table {
            table,
            line,
            column: 0,
            value: error.to_string(),
        };
        let record = record.map_err(unread)?;
        all.push(read(&Row { table, line, record: &record })?);
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_territory_is_the_whole_territory() {
        let places = places().unwrap();
        assert_eq!(places.communes.len(), 298);
        assert_eq!(places.epcis.len(), 11);
        // Sum of municipal populations, DGCL table of EPCIs.
        assert_eq!(places.communes.iter().map(|c| c.population).sum::<u32>(), 202_636);
        let sirens: Vec<_> = places.epcis.iter().map(|e| e.siren.as_str()).collect();
        assert!(places.communes.iter().all(|c| sirens.contains(&c.epci_siren.as_str())));
        // Two communes of Lot-et-Garonne belong to the territory: a filter on departments 32 and 82 loses them.
        assert_eq!(places.communes.iter().filter(|c| c.department == "47").count(), 2);
    }

    #[test]
    fn axes_name_known_communes() {
        let places = places().unwrap();
        let a62 = places.axes.iter().find(|axis| axis.name == "A62").unwrap();
        assert_eq!(places.communes[a62.communes[0]].name, "Pompignan");
        assert_eq!(places.communes[a62.communes[a62.communes.len() - 1]].name, "Donzac");
    }
}
