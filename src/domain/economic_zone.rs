//! Economic zones: the perimeters inside which land for activity is looked for.

use std::borrow::Cow;

use geo::Geometry;

use super::CodeInsee;
use super::Entity;
use super::Value;

/// Where a zone comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ZoneOrigin {
    /// An inventory of economic sites: CNIG, Fusac, BD TOPO.
    Site,
    /// Zones of a planning document whose kind is activity.
    Zoning,
}

impl ZoneOrigin {
    /// The code used in every output.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Site => "site",
            Self::Zoning => "zoning",
        }
    }
}

/// An economic zone. Zones of one territory are disjoint.
#[derive(Debug, Clone, PartialEq)]
pub struct EconomicZone {
    /// `site_id` of the inventory, or an identifier made from the place (see `land`), stable from run to run.
    pub id: Box<str>,
    /// Name in the inventory, or the labels of the zones (`UX, 1AUx`).
    pub name: Option<Box<str>>,
    /// Where it comes from.
    pub origin: ZoneOrigin,
    /// Position in the layer of sites, when it comes from there.
    pub site: Option<usize>,
    /// Planning document, when it comes from there.
    pub document: Option<Box<str>>,
    /// The rule that makes it an economic zone: the type of the site, or the rule of the kind of zone.
    pub rule: Box<str>,
    /// Communes and the share of the zone in each (0 to 1), largest first.
    pub communes: Vec<(CodeInsee, f64)>,
    /// Outline in EPSG:2154 metres, less what belongs to a zone that goes before it.
    pub geometry: Geometry<f64>,
    /// Share of the zone under buildings, 0 to 1; `None` where no layer of buildings speaks for its communes.
    pub built_share: Option<f64>,
    /// Land units, and how many of them are occupied, vacant, never used.
    pub units: UnitCount,
}

/// How many land units a zone has, by what is known of their use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct UnitCount {
    /// All land units.
    pub total: usize,
    /// With a building.
    pub built: usize,
    /// In use.
    pub occupied: usize,
    /// Vacant in the sense of L318-8-2.
    pub vacant: usize,
    /// Never used for an activity.
    pub never_used: usize,
    /// Nobody says.
    pub unknown: usize,
}

impl UnitCount {
    /// Vacant land units over all, in percent, as low and high bound; `None` without land units.
    ///
    /// The law words the rate the other way round; the example of the CNIG standard (2 of 15 gives 13) settles it.
    #[must_use]
    pub fn vacancy_percent(&self) -> Option<(f64, f64)> {
        if self.total == 0 {
            return None;
        }
        let percent = |count: usize| 100.0 * count as f64 / self.total as f64;
        Some((percent(self.vacant), percent(self.vacant + self.unknown)))
    }
}

impl EconomicZone {
    /// The commune that holds most of it.
    #[must_use]
    pub fn main_commune(&self) -> Option<CodeInsee> {
        self.communes.first().map(|(commune, _)| *commune)
    }
}

impl Entity for EconomicZone {
    fn id(&self) -> Cow<'_, str> {
        Cow::Borrowed(&self.id)
    }

    fn geometry(&self) -> &Geometry<f64> {
        &self.geometry
    }

    fn commune(&self) -> Option<CodeInsee> {
        self.main_commune()
    }

    fn attribute(&self, name: &str) -> Value<'_> {
        match name {
            "id" => Value::text(&self.id),
            "name" => self.name.as_deref().map_or(Value::Missing, Value::text),
            "origin" => Value::text(self.origin.as_str()),
            "rule" => Value::text(&self.rule),
            "built_share" => Value::number(self.built_share),
            "n_units" => Value::Number(self.units.total as f64),
            _ => Value::NoSuchAttribute,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::UnitCount;

    #[test]
    fn two_of_fifteen_is_thirteen_percent_and_what_nobody_says_widens_it() {
        let known = UnitCount { total: 15, vacant: 2, occupied: 13, ..UnitCount::default() };
        let (low, high) = known.vacancy_percent().unwrap();
        assert_eq!((low.round(), high.round()), (13.0, 13.0));
        let partly = UnitCount { total: 15, vacant: 2, unknown: 4, ..UnitCount::default() };
        let (low, high) = partly.vacancy_percent().unwrap();
        assert_eq!((low.round(), high.round()), (13.0, 40.0));
        assert_eq!(UnitCount::default().vacancy_percent(), None);
    }
}
