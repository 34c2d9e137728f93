//! The embedded table of the Territoire d'industrie Gers / Tarn-et-Garonne: eleven EPCIs, 298 communes.
//! Sources are in `data/territory/SOURCES.md`.

use super::BadCode;
use super::CodeInsee;
use super::Siren;

/// A commune of the embedded table, with its centre in WGS 84.
#[derive(Debug, Clone, PartialEq)]
pub struct ReferenceCommune {
    /// Key.
    pub insee: CodeInsee,
    /// Name.
    pub name: String,
    /// Department code.
    pub department: String,
    /// EPCI.
    pub epci: Siren,
    /// Municipal population.
    pub population: Option<u32>,
    /// Longitude of the centre, degrees.
    pub lon: f64,
    /// Latitude of the centre, degrees.
    pub lat: f64,
    /// Area in square kilometres.
    pub area_km2: f64,
    /// Households, 2021.
    pub households: Option<u32>,
    /// Active residents of 15 to 64, 2021.
    pub active: Option<u32>,
}

const COMMUNES: &str = include_str!("../../data/territory/communes.csv");
const EPCIS: &str = include_str!("../../data/territory/epcis.csv");

/// The embedded table does not have its form: only a damaged build can cause it.
#[derive(Debug, thiserror::Error)]
pub enum ReferenceError {
    /// A row has too few columns or a number that is none.
    #[error("data/territory, row {row}: `{text}` cannot be read")]
    Row {
        /// Row, from 1 after the header.
        row: usize,
        /// The row.
        text: String,
    },
    /// A code is malformed.
    #[error(transparent)]
    Code(#[from] BadCode),
}

/// The 298 communes, in the order of their codes.
///
/// # Errors
/// When the embedded table is damaged.
pub fn reference_communes() -> Result<Vec<ReferenceCommune>, ReferenceError> {
    let mut communes = rows(COMMUNES)
        .map(|(row, text)| {
            let damaged = || ReferenceError::Row { row, text: text.to_owned() };
            let cells: Vec<&str> = text.split(',').collect();
            let &[insee, name, department, epci, population, lon, lat, area, households, active] =
                cells.as_slice()
            else {
                return Err(damaged());
            };
            Ok(ReferenceCommune {
                insee: insee.parse()?,
                name: name.to_owned(),
                department: department.to_owned(),
                epci: epci.parse()?,
                population: population.parse().ok(),
                lon: lon.parse().ok().ok_or_else(damaged)?,
                lat: lat.parse().ok().ok_or_else(damaged)?,
                area_km2: area.parse().ok().ok_or_else(damaged)?,
                households: households.parse().ok(),
                active: active.parse().ok(),
            })
        })
        .collect::<Result<Vec<_>, _>>()?;
    communes.sort_by_key(|commune| commune.insee);
    Ok(communes)
}

/// The eleven EPCIs, in the order of their SIREN.
///
/// # Errors
/// When the embedded table is damaged.
pub fn reference_epcis() -> Result<Vec<super::Epci>, ReferenceError> {
    let mut epcis = rows(EPCIS)
        .map(|(row, text)| {
            let mut cells = text.split(',');
            let (Some(siren), Some(name), Some(petr)) = (cells.next(), cells.next(), cells.next())
            else {
                return Err(ReferenceError::Row { row, text: text.to_owned() });
            };
            Ok(super::Epci {
                siren: siren.parse()?,
                name: name.to_owned(),
                petr: (!petr.is_empty()).then(|| petr.to_owned()),
            })
        })
        .collect::<Result<Vec<_>, _>>()?;
    epcis.sort_by_key(|epci| epci.siren);
    Ok(epcis)
}

/// Rows after the header and comments, numbered from 1.
fn rows(csv: &'static str) -> impl Iterator<Item = (usize, &'static str)> {
    csv.lines()
        .filter(|line| !line.trim().is_empty() && !line.starts_with('#'))
        .skip(1)
        .enumerate()
        .map(|(at, line)| (at + 1, line))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_holds_the_whole_territory() {
        let communes = reference_communes().unwrap();
        assert_eq!(communes.len(), 298);
        assert_eq!(reference_epcis().unwrap().len(), 11);
        let population: u32 = communes.iter().filter_map(|commune| commune.population).sum();
        assert_eq!(population, 202_636);
    }

    #[test]
    fn deux_rives_spans_three_departments() {
        let deux_rives: Siren = "248200016".parse().unwrap();
        let mut departments: Vec<String> = reference_communes()
            .unwrap()
            .into_iter()
            .filter(|commune| commune.epci == deux_rives)
            .map(|commune| commune.department)
            .collect();
        departments.sort();
        departments.dedup();
        assert_eq!(departments, ["32", "47", "82"]);
    }

    #[test]
    fn every_commune_belongs_to_an_epci_of_the_table() {
        let epcis: Vec<Siren> = reference_epcis().unwrap().iter().map(|epci| epci.siren).collect();
        assert!(reference_communes().unwrap().iter().all(|commune| epcis.contains(&commune.epci)));
    }
}
