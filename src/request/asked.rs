//! The conditions of a request, from its sections and its `[[must]]`, in one list.

use geo::Coord;

use super::AreaBasis;
use super::LandRequest;
use super::NearLimit;
use crate::domain::Label;
use crate::domain::Territory;
use crate::evaluation::Limits;
use crate::evaluation::Measure;
use crate::evaluation::Measured;
use crate::evaluation::Passes;
use crate::units::Unit;

/// What is asked of a candidate.
#[derive(Debug, Clone, PartialEq)]
pub enum Question {
    /// In which commune it lies: a word, its INSEE code.
    Commune,
    /// Classes of its land: a word; where it has several, the first that is not accepted.
    Availability,
    /// Metres as the crow flies to a place.
    MetersTo(Coord<f64>),
    /// Minutes by car to a place.
    MinutesTo(Coord<f64>),
    /// How long a rectangle of a given shorter side fits on its net land, m.
    RectangleOfWidth(f64),
    /// Whether it is serviced: a word, the stage of works that an inventory declares.
    WorksStage,
    /// What it costs by the prices that inventories declare, euros.
    Price,
    /// Anything that a profile can measure.
    Measure(Measure),
}

/// One condition.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// Stable identifier: that of a section, or of a `[[must]]`.
    pub id: String,
    /// What a person reads.
    pub label: Label,
    /// What is asked.
    pub question: Question,
    /// Smallest value that passes.
    pub min: Option<f64>,
    /// Largest value that passes.
    pub max: Option<f64>,
    /// Words that pass.
    pub one_of: Option<Vec<String>>,
    /// Unit of the value.
    pub unit: Unit,
}

impl Asked {
    /// Whether an answer meets the condition.
    #[must_use]
    pub fn check(&self, measured: &Measured) -> Passes {
        Limits { min: self.min, max: self.max, one_of: self.one_of.as_deref() }.check(measured)
    }

    /// Whether its limits can be moved: those of words cannot.
    #[must_use]
    pub fn is_of_numbers(&self) -> bool {
        self.one_of.is_none()
    }
}

/// Stages of works at which land can be built on as it is, as `terrain_eco` spells them.
const SERVICED: [&str; 2] = ["viabilisé non aménagé", "viabilisé et aménagé"];

/// Id of the condition on the area.
pub(super) const AREA: &str = "area";

/// The conditions of a request, the cheapest to check first.
pub(super) fn conditions(territory: &Territory, request: &LandRequest) -> Vec<Asked> {
    let blank = |id: &str, label: [&str; 2], question, unit| Asked {
        id: id.to_owned(),
        label: Label { fr: label[0].to_owned(), en: label[1].to_owned() },
        question,
        min: None,
        max: None,
        one_of: None,
        unit,
    };
    let mut asked = Vec::new();
    if let Some(communes) = communes(territory, request) {
        let label = ["Commune", "Commune"];
        let place = blank("place", label, Question::Commune, Unit::Category);
        asked.push(Asked { one_of: Some(communes), ..place });
    }
    let label = ["Disponibilité", "Availability"];
    asked.push(Asked {
        one_of: Some(request.availability.iter().map(|class| class.as_str().to_owned()).collect()),
        ..blank("availability", label, Question::Availability, Unit::Category)
    });
    if request.min_m2.is_some() || request.max_m2.is_some() {
        let (name, label) = match request.basis {
            AreaBasis::Net => ("net_area_m2", ["Surface nette", "Net area"]),
            AreaBasis::Gross => ("gross_area_m2", ["Surface brute", "Gross area"]),
        };
        let measure = Question::Measure(Measure::Attribute { name: name.to_owned() });
        let area = blank(AREA, label, measure, Unit::SquareMeter);
        asked.push(Asked { min: request.min_m2, max: request.max_m2, ..area });
    }
    if let Some(near) = &request.near {
        asked.push(match near.limit {
            NearLimit::Meters(limit) => {
                let label = ["Distance au lieu demandé", "Distance to the place asked for"];
                let question = Question::MetersTo(near.at);
                Asked { max: Some(limit), ..blank("distance", label, question, Unit::Meter) }
            }
            NearLimit::Minutes(limit) => {
                let label = ["Trajet jusqu'au lieu demandé", "Drive to the place asked for"];
                let question = Question::MinutesTo(near.at);
                Asked { max: Some(limit), ..blank("travel", label, question, Unit::Minute) }
            }
        });
    }
    if let Some(frontage_m) = request.frontage_m {
        let measure = Measure::Attribute { name: "frontage_m".to_owned() };
        let label = ["Façade sur voie publique", "Frontage on public roads"];
        let question = Question::Measure(measure);
        let frontage = blank("frontage", label, question, Unit::Meter);
        asked.push(Asked { min: Some(frontage_m), ..frontage });
    }
    if let Some(month) = &request.ready_by {
        let label =
            [format!("Terrain viabilisé d'ici {month}"), format!("Serviced land by {month}")];
        let label = [label[0].as_str(), label[1].as_str()];
        asked.push(Asked {
            one_of: Some(SERVICED.map(str::to_owned).to_vec()),
            ..blank("ready", label, Question::WorksStage, Unit::Category)
        });
    }
    if let Some(budget) = request.budget_eur {
        let label = ["Prix déclaré (€)", "Declared price (€)"];
        let price = blank("budget", label, Question::Price, Unit::Count);
        asked.push(Asked { max: Some(budget), ..price });
    }
    asked.extend(request.musts.iter().map(|must| Asked {
        id: must.id.clone(),
        label: must.label.clone(),
        unit: must.measure.unit(),
        question: Question::Measure(must.measure.clone()),
        min: must.min,
        max: must.max,
        one_of: must.one_of.clone(),
    }));
    if let Some((long, short)) = request.rectangle_m {
        let label = ["Longueur du rectangle", "Length of the rectangle"];
        let label = [
            format!("{} de {short:.0} m de large", label[0]),
            format!("{} {short:.0} m wide", label[1]),
        ];
        let question = Question::RectangleOfWidth(short);
        let rectangle = blank("rectangle", [&label[0], &label[1]], question, Unit::Meter);
        asked.push(Asked { min: Some(long), ..rectangle });
    }
    asked
}

/// Codes of the communes that are looked at; `None` for all.
fn communes(territory: &Territory, request: &LandRequest) -> Option<Vec<String>> {
    if request.epcis.is_empty() && request.communes.is_empty() {
        return None;
    }
    let all = territory.communes.entities.iter();
    let of_epcis = all.filter(|commune| {
        commune.epci.is_some_and(|epci| request.epcis.contains(&epci))
            && !request.communes.contains(&commune.insee)
    });
    let mut codes: Vec<String> = request
        .communes
        .iter()
        .map(ToString::to_string)
        .chain(of_epcis.map(|commune| commune.insee.to_string()))
        .collect();
    codes.sort();
    codes.dedup();
    Some(codes)
}
