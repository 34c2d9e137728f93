//! An EPCI as a place: its communes, its outline, its counts.

use std::borrow::Cow;

use geo::Geometry;

use super::CodeInsee;
use super::Commune;
use super::Entity;
use super::Epci;
use super::Siren;
use super::Value;
use super::entity::computed_area;
use crate::spatial::dissolve;
use crate::spatial::shape;
use crate::units::SquareMeters;

/// An EPCI with those of its communes that belong to the territory.
#[derive(Debug, Clone, PartialEq)]
pub struct EpciArea {
    /// The EPCI.
    pub epci: Epci,
    /// Its communes in the territory, in the order of their codes.
    pub communes: Vec<CodeInsee>,
    /// Municipal population; `None` when that of a commune is not known.
    pub population: Option<u32>,
    /// Households; `None` as above.
    pub households: Option<u32>,
    /// Residents of 15 to 64 with or seeking a job; `None` as above.
    pub active: Option<u32>,
    /// Sum of the areas of its communes; `None` when one is not known.
    pub communes_area: Option<SquareMeters>,
    /// Union of the outlines of its communes in EPSG:2154 metres, of those that have one; when none has, the middle of the
    /// centres, as a point.
    pub geometry: Geometry<f64>,
}

impl EpciArea {
    /// The EPCI made of `communes`; `None` without any.
    #[must_use]
    pub fn of(epci: &Epci, communes: &[&Commune]) -> Option<Self> {
        let sum = |of: fn(&Commune) -> Option<u32>| communes.iter().map(|one| of(one)).sum();
        let areas: Option<Vec<f64>> =
            communes.iter().map(|commune| commune.area().map(SquareMeters::get)).collect();
        Some(Self {
            epci: epci.clone(),
            communes: communes.iter().map(|commune| commune.insee).collect(),
            population: sum(|commune| commune.population),
            households: sum(|commune| commune.households),
            active: sum(|commune| commune.active),
            communes_area: areas.and_then(|areas| SquareMeters::new(areas.iter().sum())),
            geometry: outline(communes)?,
        })
    }

    /// Whether an outline is known, not only a centre.
    #[must_use]
    pub fn has_outline(&self) -> bool {
        !matches!(self.geometry, Geometry::Point(_))
    }

    /// Key.
    #[must_use]
    pub fn siren(&self) -> Siren {
        self.epci.siren
    }
}

/// The union of outlines, or the middle of the communes.
fn outline(communes: &[&Commune]) -> Option<Geometry<f64>> {
    let outlined = communes.iter().filter(|commune| commune.has_outline());
    let outlines: Vec<&Geometry<f64>> = outlined.map(|commune| &commune.geometry).collect();
    if let Some(union) = (!outlines.is_empty()).then(|| dissolve::union(&outlines).ok()).flatten() {
        return Some(Geometry::MultiPolygon(union));
    }
    let shapes = communes.iter().map(|commune| &commune.geometry);
    let places: Vec<_> = shapes.filter_map(shape::representative_point).collect();
    let n = places.len() as f64;
    (n > 0.0).then(|| {
        let (x, y) = places.iter().fold((0.0, 0.0), |(x, y), at| (x + at.x, y + at.y));
        Geometry::Point(geo::Point::new(x / n, y / n))
    })
}

impl Entity for EpciArea {
    fn id(&self) -> Cow<'_, str> {
        Cow::Borrowed(self.epci.siren.as_str())
    }

    fn geometry(&self) -> &Geometry<f64> {
        &self.geometry
    }

    /// `None`: it lies in several.
    fn commune(&self) -> Option<CodeInsee> {
        None
    }

    fn epci(&self) -> Option<Siren> {
        Some(self.epci.siren)
    }

    fn area(&self) -> Option<SquareMeters> {
        // The outline may lack a commune; the sum does not.
        self.communes_area.or_else(|| computed_area(&self.geometry))
    }

    fn attribute(&self, name: &str) -> Value<'_> {
        match name {
            "id" | "siren" | "epci" => Value::text(self.epci.siren.as_str()),
            "name" => Value::text(&self.epci.name),
            "population" => Value::number(self.population.map(f64::from)),
            "households" => Value::number(self.households.map(f64::from)),
            "active" => Value::number(self.active.map(f64::from)),
            "official_area_m2" => Value::number(self.communes_area.map(SquareMeters::get)),
            // What a commune has and an EPCI has not.
            "insee" | "department" => Value::Missing,
            _ => Value::NoSuchAttribute,
        }
    }
}
