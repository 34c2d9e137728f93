//! Communes and the intercommunalities they form.

use std::borrow::Cow;

use geo::Geometry;

use super::CodeInsee;
use super::Entity;
use super::Siren;
use super::Value;
use super::entity::computed_area;
use crate::units::SquareMeters;

/// An établissement public de coopération intercommunale. Keyed by SIREN: its name has several spellings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Epci {
    /// Key.
    pub siren: Siren,
    /// Name as DGCL spells it.
    pub name: String,
    /// Pôle d'équilibre territorial et rural it belongs to, when any.
    pub petr: Option<String>,
}

/// A commune. Figures are those of the embedded table, or of the commune layer given by the user.
#[derive(Debug, Clone, PartialEq)]
pub struct Commune {
    /// Key.
    pub insee: CodeInsee,
    /// Name.
    pub name: String,
    /// Department code, for display only: nothing filters by it.
    pub department: String,
    /// EPCI it belongs to, when known.
    pub epci: Option<Siren>,
    /// Municipal population.
    pub population: Option<u32>,
    /// Households (INSEE census 2021).
    pub households: Option<u32>,
    /// Residents of 15 to 64 with or seeking a job (INSEE census 2021).
    pub active: Option<u32>,
    /// Official area.
    pub official_area: Option<SquareMeters>,
    /// Outline in EPSG:2154 metres; its centre as a point when no commune layer gives one.
    pub geometry: Geometry<f64>,
}

impl Commune {
    /// Whether an outline is known, not only a centre.
    #[must_use]
    pub fn has_outline(&self) -> bool {
        !matches!(self.geometry, Geometry::Point(_))
    }
}

impl Entity for Commune {
    fn id(&self) -> Cow<'_, str> {
        Cow::Borrowed(self.insee.as_str())
    }

    fn geometry(&self) -> &Geometry<f64> {
        &self.geometry
    }

    fn commune(&self) -> Option<CodeInsee> {
        Some(self.insee)
    }

    fn area(&self) -> Option<SquareMeters> {
        computed_area(&self.geometry).or(self.official_area)
    }

    fn attribute(&self, name: &str) -> Value<'_> {
        match name {
            "id" | "insee" => Value::text(self.insee.as_str()),
            "name" => Value::text(&self.name),
            "epci" => {
                self.epci.as_ref().map_or(Value::Missing, |siren| Value::text(siren.as_str()))
            }
            "department" => Value::text(&self.department),
            "population" => Value::number(self.population.map(f64::from)),
            "households" => Value::number(self.households.map(f64::from)),
            "active" => Value::number(self.active.map(f64::from)),
            "official_area_m2" => Value::number(self.official_area.map(SquareMeters::get)),
            _ => Value::NoSuchAttribute,
        }
    }
}
