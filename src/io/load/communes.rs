//! Which communes there are: the embedded table, the commune layer, or both.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use geo::Coord;
use geo::Geometry;
use geo::MultiPolygon;

use super::LoadError;
use super::layer::LayerResult;
use super::reach::Reach;
use super::source::Source;
use crate::domain::CodeInsee;
use crate::domain::Commune;
use crate::domain::Coverage;
use crate::domain::Entity;
use crate::domain::Epci;
use crate::domain::Layer;
use crate::domain::LayerKey;
use crate::domain::Place;
use crate::domain::Problem;
use crate::domain::ProblemCode;
use crate::domain::Provenance;
use crate::domain::ReferenceCommune;
use crate::domain::Siren;
use crate::domain::Territory;
use crate::domain::reference_communes;
use crate::domain::reference_epcis;
use crate::io::config::Config;
use crate::spatial::crs::Transform;
use crate::units::SquareMeters;

/// A territory with its EPCIs and communes, and no other layer yet.
pub(super) fn load(config: &Config) -> Result<Territory, LoadError> {
    let mut outlines = match config.layers.get(LayerKey::COMMUNES) {
        Some(layer) => {
            let key = LayerKey::COMMUNES;
            Some(read_outlines(&Source { config, layer, key, lenient: false })?)
        }
        None => None,
    };
    let reference = reference_communes()?;
    let known_epcis = reference_epcis()?;
    let sirens: Vec<Siren> = if config.epcis.is_empty() && config.communes.is_empty() {
        known_epcis.iter().map(|epci| epci.siren).collect()
    } else {
        config.epcis.clone()
    };

    let mut communes: BTreeMap<CodeInsee, Commune> = BTreeMap::new();
    let drawn = outlines.as_ref().map(|result| &result.layer.entities[..]).unwrap_or_default();
    for &siren in &sirens {
        let before = communes.len();
        for commune in reference.iter().filter(|commune| commune.epci == siren) {
            communes.insert(commune.insee, from_reference(commune)?);
        }
        if communes.len() == before {
            for commune in drawn.iter().filter(|commune| commune.epci == Some(siren)) {
                communes.insert(commune.insee, commune.clone());
            }
        }
        if communes.len() == before {
            return Err(LoadError::UnknownEpci { siren });
        }
    }
    for &insee in &config.communes {
        let commune = match reference.iter().find(|commune| commune.insee == insee) {
            Some(known) => from_reference(known)?,
            None => drawn
                .iter()
                .find(|commune| commune.insee == insee)
                .cloned()
                .ok_or(LoadError::UnknownCommune { insee })?,
        };
        communes.insert(insee, commune);
    }
    for outline in drawn {
        if let Some(commune) = communes.get_mut(&outline.insee) {
            commune.geometry = outline.geometry().clone();
        }
    }

    let present: BTreeSet<Siren> = communes.values().filter_map(|commune| commune.epci).collect();
    let epcis = present
        .into_iter()
        .map(|siren| {
            known_epcis.iter().find(|epci| epci.siren == siren).cloned().unwrap_or_else(|| Epci {
                siren,
                name: format!("EPCI {siren}"),
                petr: None,
            })
        })
        .collect();
    let provenance =
        outlines.as_ref().map_or_else(embedded, |result| result.layer.provenance.clone());
    let communes: Vec<Commune> = communes.into_values().collect();
    let undrawn: Vec<Problem> = communes
        .iter()
        .filter(|commune| outlines.is_some() && !commune.has_outline())
        .map(without_outline)
        .collect();
    let mut territory =
        super::empty(config, epcis, Layer::new(communes, provenance, Coverage::Everywhere));
    if let Some(result) = outlines.take() {
        territory.balance.insert(LayerKey::COMMUNES.to_owned(), result.balance);
        territory.problems.extend(result.problems);
    }
    territory.problems.extend(undrawn);
    Ok(territory)
}

/// Communes of the commune layer, one per code: parts of one commune are joined.
fn read_outlines(source: &Source<'_>) -> Result<LayerResult<Commune>, LoadError> {
    let mut result = source.read(
        &Reach::unbounded(),
        source.pieces()?,
        |ingest, fields, geometry| {
            let text = fields.code("insee", 5).unwrap_or_default();
            let Ok(insee) = text.parse::<CodeInsee>() else {
                ingest.problem_of(ProblemCode::IdMalformed, "", &text, &[]);
                return None;
            };
            ingest.commune = Some(insee);
            let population = fields.number("population").ok().flatten();
            Some(Commune {
                insee,
                name: fields.text("name").unwrap_or(insee.as_str()).to_owned(),
                department: department_of(insee),
                epci: fields.code("epci", 9).and_then(|siren| siren.parse().ok()),
                population: population.and_then(as_count),
                households: None,
                active: None,
                official_area: None,
                geometry,
            })
        },
        Reach::is_near,
    )?;
    let mut joined: BTreeMap<CodeInsee, Commune> = BTreeMap::new();
    for commune in result.layer.entities.drain(..) {
        match joined.get_mut(&commune.insee) {
            Some(first) => first.geometry = together(&first.geometry, &commune.geometry),
            None => {
                joined.insert(commune.insee, commune);
            }
        }
    }
    result.layer.entities = joined.into_values().collect();
    Ok(result)
}

/// A commune of the embedded table; its shape is its centre.
fn from_reference(known: &ReferenceCommune) -> Result<Commune, LoadError> {
    let to_lambert =
        Transform::to_lambert_93(crate::spatial::crs::WGS_84).map_err(|source| LoadError::Crs {
            layer: LayerKey::COMMUNES.to_owned(),
            file: "data/territory".to_owned(),
            source,
        })?;
    let centre = Coord { x: known.lon, y: known.lat };
    let centre =
        to_lambert.point(centre).ok_or(LoadError::UnknownCommune { insee: known.insee })?;
    Ok(Commune {
        insee: known.insee,
        name: known.name.clone(),
        department: known.department.clone(),
        epci: Some(known.epci),
        population: known.population,
        households: known.households,
        active: known.active,
        official_area: SquareMeters::from_km2(known.area_km2),
        geometry: Geometry::Point(centre.into()),
    })
}

fn embedded() -> Provenance {
    Provenance {
        source: "Communes et EPCI – INSEE, DGCL".to_owned(),
        schema: "table embarquée".to_owned(),
        vintage: Some("2026".to_owned()),
        licence: Some("Licence Ouverte 2.0".to_owned()),
        n_files: 0,
        synthetic: false,
    }
}

fn without_outline(commune: &Commune) -> Problem {
    let at = crate::spatial::shape::representative_point(&commune.geometry);
    Problem {
        layer: LayerKey::COMMUNES.to_owned(),
        file: String::new(),
        row: None,
        feature: Some(commune.insee.to_string()),
        code: ProblemCode::CommuneWithoutOutline,
        value: commune.name.clone(),
        detail: None,
        place: Place { at, commune: Some(commune.insee) },
    }
}

fn together(a: &Geometry<f64>, b: &Geometry<f64>) -> Geometry<f64> {
    let parts = [a, b].into_iter().flat_map(|geometry| match geometry {
        Geometry::Polygon(polygon) => vec![polygon.clone()],
        Geometry::MultiPolygon(polygons) => polygons.0.clone(),
        _ => Vec::new(),
    });
    Geometry::MultiPolygon(MultiPolygon(parts.collect()))
}

/// Department code, for display: two characters, three overseas.
fn department_of(insee: CodeInsee) -> String {
    let length = if insee.as_str().starts_with("97") { 3 } else { 2 };
    insee.as_str().get(..length).unwrap_or_default().to_owned()
}

fn as_count(number: f64) -> Option<u32> {
    (number >= 0.0 && number <= f64::from(u32::MAX)).then_some(number as u32)
}
