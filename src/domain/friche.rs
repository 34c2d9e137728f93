//! Friches: sites that have lost their use (CNIG standard *Friches*, wider than "brownfield").

use std::borrow::Cow;
use std::collections::BTreeMap;

use geo::Geometry;

use super::CodeInsee;
use super::Entity;
use super::FieldVisit;
use super::FricheRecord;
use super::Idu;
use super::Outline;
use super::Suitability;
use super::Value;
use super::entity::computed_area;
use crate::units::SquareMeters;

/// `site_statut` of the CNIG standard. `Inconnu`, `SansObjet` and an absent value are three things.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StatutFriche {
    /// Suspected, to be confirmed on the spot (Cartofriches only).
    Potentielle,
    /// No project known.
    SansProjet,
    /// A project exists.
    AvecProjet,
    /// Already in use again.
    Reconvertie,
    /// The producer says that it is unknown.
    Inconnu,
    /// Another status.
    Autre,
    /// Not applicable.
    SansObjet,
}

impl StatutFriche {
    /// The code used in profiles and delivered layers.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Potentielle => "friche potentielle",
            Self::SansProjet => "friche sans projet",
            Self::AvecProjet => "friche avec projet",
            Self::Reconvertie => "friche reconvertie",
            Self::Inconnu => "inconnu",
            Self::Autre => "autre",
            Self::SansObjet => "sans objet",
        }
    }
}

/// How the site came to be listed: decides how far it is to be trusted before a visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SourceTrust {
    /// A local or regional observatory that visits its sites.
    Observatory,
    /// Chosen in a call for projects (Fonds Friches, Fonds Vert).
    Call,
    /// A user's contribution.
    User,
    /// A study on other grounds, such as ADEME's of 2021 on photovoltaic potential.
    Study,
    /// A Basias or Basol record that nobody has checked.
    Unverified,
}

impl SourceTrust {
    /// The code used in profiles and delivered layers.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Observatory => "observatory",
            Self::Call => "call",
            Self::User => "user",
            Self::Study => "study",
            Self::Unverified => "unverified",
        }
    }
}

/// A friche as an inventory describes it.
///
/// Neither the owner's name nor `site_nom` is part of it: real inventories carry names of people in both
/// (a closed garage is called after its owner), so neither is read.
#[derive(Debug, Clone, PartialEq)]
pub struct Friche {
    /// `site_id`.
    pub id: Box<str>,
    /// Commune declared by the inventory; the site may lie elsewhere.
    pub commune: Option<CodeInsee>,
    /// `site_type`, as spelled by the standard.
    pub site_type: Option<Box<str>>,
    /// `site_statut`.
    pub statut: Option<StatutFriche>,
    /// Inventory or study that listed the site.
    pub source: Option<Box<str>>,
    /// How far that origin is to be trusted.
    pub source_trust: Option<SourceTrust>,
    /// `proprio_personne`: personne physique, personne morale…; never a name.
    pub owner_kind: Option<Box<str>>,
    /// `sol_pollution_existe`.
    pub pollution: Option<Box<str>>,
    /// `bati_etat`.
    pub building_state: Option<Box<str>>,
    /// `urba_zone_type` as the inventory has it; the zoning layer decides where given.
    pub declared_zone_type: Option<Box<str>>,
    /// Area of the land unit or of the site as declared.
    pub declared_area: Option<SquareMeters>,
    /// Parcels listed by the inventory; some may be out of date.
    pub parcels: Vec<Idu>,
    /// What else the inventory says, by the names of [`Friche::DESCRIBED`]: words of the standard's lists as it spells
    /// them, years, days (`2026-06-01`), whole numbers, codes; lists are joined by `|`. What is absent is unknown: cells
    /// that say "inconnu" are not kept, nor is free text, in which people are named.
    pub described: BTreeMap<&'static str, Box<str>>,
    /// Polygon or point, EPSG:2154 metres; an empty collection while the outline is awaited.
    pub geometry: Geometry<f64>,
    /// What the outline is made from.
    pub outline: Outline,
    /// The records that list the site, the most trusted first; one for a site that no two inventories share.
    pub records: Vec<FricheRecord>,
    /// What the user found out about the site.
    pub visit: Option<FieldVisit>,
    /// What it is suited for; absent until somebody asks.
    pub suitability: Option<Suitability>,
}

impl Friche {
    /// What [`Friche::described`] may hold: cells of the CNIG standard without a field of their own, then what only
    /// Cartofriches says. Numbers carry their unit in the name.
    pub const DESCRIBED: [&'static str; 34] = [
        "identified_on",
        "updated_on",
        "url",
        "ademe_url",
        "securing",
        "occupancy",
        "project_url",
        "reconversion_year",
        "reconversion_kind",
        "former_activity_code",
        "activity_end_year",
        "building_kind",
        "building_count",
        "building_area_m2",
        "building_pollution",
        "building_vacancy",
        "building_heritage",
        "premises_oldest_year",
        "premises_newest_year",
        "owner_type",
        "soil_pollution_year",
        "soil_pollution_origin",
        "soil_treatment_sheet",
        "zone_label",
        "zone_form",
        "renewable_zone",
        "document_type",
        "access_distances",
        "source_url",
        "road_distance_m",
        "rail_distance_m",
        "river_distance_m",
        "sea_distance_m",
        "origin_kind",
    ];

    /// One of [`Friche::DESCRIBED`] as the inventory says it; `None` where it says nothing.
    #[must_use]
    pub fn said(&self, name: &str) -> Option<&str> {
        self.described.get(name).map(|text| &**text)
    }
}

/// Whether what is said under a name of [`Friche::DESCRIBED`] is a number.
fn is_number(name: &str) -> bool {
    ["_year", "_count", "_m2", "_m"].iter().any(|end| name.ends_with(end))
}

impl Entity for Friche {
    fn id(&self) -> Cow<'_, str> {
        Cow::Borrowed(&self.id)
    }

    fn geometry(&self) -> &Geometry<f64> {
        &self.geometry
    }

    fn commune(&self) -> Option<CodeInsee> {
        self.commune
    }

    fn area(&self) -> Option<SquareMeters> {
        // Where parcels are missing from the outline, its area is too small.
        let drawn = computed_area(&self.geometry).filter(|_| self.outline != Outline::SomeParcels);
        drawn.or(self.declared_area)
    }

    fn attribute(&self, name: &str) -> Value<'_> {
        fn text(value: &Option<Box<str>>) -> Value<'_> {
            value.as_deref().map_or(Value::Missing, Value::text)
        }
        match name {
            "id" | "site_id" => Value::text(&self.id),
            "site_type" => text(&self.site_type),
            "statut" => self.statut.map_or(Value::Missing, |statut| Value::text(statut.as_str())),
            "source" => text(&self.source),
            "trust" if self.visit.is_some() => Value::text("visit"),
            "source_trust" | "trust" => {
                self.source_trust.map_or(Value::Missing, |trust| Value::text(trust.as_str()))
            }
            "owner_kind" => text(&self.owner_kind),
            "pollution" => text(&self.pollution),
            "building_state" => text(&self.building_state),
            "declared_zone_type" => text(&self.declared_zone_type),
            "declared_area_m2" => Value::number(self.declared_area.map(SquareMeters::get)),
            "n_records" => Value::Number(self.records.len() as f64),
            "outline" => Value::text(self.outline.as_str()),
            "n_parcels" => Value::Number(self.parcels.len() as f64),
            "reliability" => {
                Value::number(self.suitability.as_ref().map(|found| found.reliability))
            }
            "request_waiting" => {
                match self.visit.as_ref().and_then(|visit| visit.request_waiting) {
                    Some(waits) => Value::text(if waits { "oui" } else { "non" }),
                    None => Value::Missing,
                }
            }
            _ if Self::DESCRIBED.contains(&name) => match self.said(name) {
                Some(text) if is_number(name) => Value::number(text.parse().ok()),
                Some(text) => Value::text(text),
                None => Value::Missing,
            },
            other => self.worked_out(other),
        }
    }
}

impl Friche {
    /// `suitability_<use>_percent`: the index of a use, 0 where a rule excludes it; `answer_<criterion>`: the answer itself.
    fn worked_out(&self, name: &str) -> Value<'_> {
        let of_use = name.strip_prefix(SUITABILITY).and_then(|rest| rest.strip_suffix(PERCENT));
        if let Some(code) = of_use {
            let Some(found) = &self.suitability else { return Value::Missing };
            return match found.of(code) {
                Some(suited) if suited.excluded => Value::Number(0.0),
                Some(suited) => Value::Estimate(suited.index),
                None => Value::NoSuchAttribute,
            };
        }
        if let Some(criterion) = name.strip_prefix(ANSWER) {
            let answer = self.suitability.as_ref().and_then(|found| found.answers.get(criterion));
            return answer.and_then(|answer| answer.value.clone()).unwrap_or(Value::Missing);
        }
        Value::NoSuchAttribute
    }
}

/// Before the code of a use, in the name of an attribute.
pub const SUITABILITY: &str = "suitability_";
/// Behind it: the index is a percentage.
pub const PERCENT: &str = "_percent";
/// Before the key of a criterion, in the name of an attribute.
pub const ANSWER: &str = "answer_";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_described_is_an_attribute_and_what_is_not_said_is_missing() {
        let described = [("building_count", "3".into()), ("building_vacancy", "vacant".into())];
        let friche = Friche {
            id: "82112_1".into(),
            commune: None,
            site_type: None,
            statut: None,
            source: None,
            source_trust: None,
            owner_kind: None,
            pollution: None,
            building_state: None,
            declared_zone_type: None,
            declared_area: None,
            parcels: Vec::new(),
            described: described.into_iter().collect(),
            geometry: Geometry::Point(geo::Point::new(0.0, 0.0)),
            outline: Outline::Point,
            records: Vec::new(),
            visit: None,
            suitability: None,
        };
        assert_eq!(friche.attribute("building_count"), Value::Number(3.0));
        assert_eq!(friche.attribute("building_vacancy"), Value::text("vacant"));
        assert_eq!(friche.attribute("occupancy"), Value::Missing);
        assert_eq!(friche.attribute("owner_name"), Value::NoSuchAttribute);
    }
}
