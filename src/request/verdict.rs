//! Whether a candidate meets each condition, with what was measured.

use super::Asked;
use super::Candidate;
use super::Question;
use crate::domain::Entity;
use crate::domain::FARTHEST_ROAD_M;
use crate::domain::Territory;
use crate::domain::straight_line_minutes;
use crate::evaluation::Measure;
use crate::evaluation::Measured;
use crate::evaluation::Passes;
use crate::evaluation::PreparedMeasure;
use crate::evaluation::Unknown;
use crate::spatial::distance;
use crate::spatial::network::Cost;
use crate::spatial::network::Field;
use crate::spatial::network::Toward;
use crate::spatial::rectangle_of_width::longest_of_width;
use geo::Coord;
use geo::Geometry;
use geo::Point;

/// Whether a condition holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum VerdictResult {
    /// It does.
    Pass,
    /// It is not known.
    Unknown,
    /// It does not.
    Fail,
}

impl VerdictResult {
    /// The word used in JSON and CSV.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Unknown => "unknown",
            Self::Fail => "fail",
        }
    }
}

/// The verdict on one condition.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// Whether it holds.
    pub result: VerdictResult,
    /// What was measured.
    pub measured: Measured,
}

/// The conditions of a request, made ready for a territory.
pub(super) struct Checker<'a> {
    asked: &'a [Asked],
    prepared: Vec<Prepared<'a>>,
    territory: &'a Territory,
}

enum Prepared<'a> {
    Measure(Box<PreparedMeasure<'a>>),
    Drive(Drive<'a>),
    Other,
}

impl<'a> Checker<'a> {
    pub(super) fn new(territory: &'a Territory, asked: &'a [Asked]) -> Self {
        let prepared = asked
            .iter()
            .map(|one| match &one.question {
                Question::Measure(measure) => {
                    Prepared::Measure(Box::new(PreparedMeasure::new(measure, territory)))
                }
                Question::MinutesTo(at) => Prepared::Drive(Drive::to(territory, *at)),
                _ => Prepared::Other,
            })
            .collect();
        Self { asked, prepared, territory }
    }

    /// Positions of the conditions that land as a whole meets only where its nearest part does: largest distances and drives.
    pub(super) fn of_nearest(&self) -> impl Iterator<Item = usize> + '_ {
        let is_nearest = |asked: &Asked| match &asked.question {
            Question::MetersTo(_) | Question::MinutesTo(_) => true,
            Question::Measure(measure) => matches!(
                measure,
                Measure::DistanceTo { .. }
                    | Measure::RoadDistanceTo { .. }
                    | Measure::RoadMinutesTo { .. }
            ),
            _ => false,
        };
        let all = self.asked.iter().enumerate();
        all.filter(move |(_, asked)| asked.min.is_none() && is_nearest(asked)).map(|(at, _)| at)
    }

    /// Positions of the conditions on shares of the area, which are means of those of the parts.
    pub(super) fn of_shares(&self) -> impl Iterator<Item = usize> + '_ {
        let all = self.asked.iter().enumerate();
        all.filter(|(_, asked)| {
            matches!(asked.question, Question::Measure(Measure::ShareWithin { .. }))
                && asked.min.is_none()
        })
        .map(|(at, _)| at)
    }

    /// The verdict on each condition, in their order.
    pub(super) fn verdicts(&self, candidate: &Candidate<'_>) -> Vec<Verdict> {
        (0..self.asked.len()).map(|at| self.verdict(at, candidate)).collect()
    }

    /// Whether a candidate fails none of the conditions; asked of them one by one, and no further than the first that it fails.
    pub(super) fn fails_none(&self, candidate: &Candidate<'_>) -> bool {
        (0..self.asked.len()).all(|at| {
            let is_too_small = || match self.asked[at].question {
                // A rectangle has room on land of its area at most.
                Question::RectangleOfWidth(width_m) => {
                    let least = self.asked[at].min.unwrap_or(0.0) * width_m;
                    candidate.net_m2().is_some_and(|net_m2| net_m2 < least)
                }
                _ => false,
            };
            !is_too_small() && self.verdict(at, candidate).result != VerdictResult::Fail
        })
    }

    /// The verdict on one condition.
    pub(super) fn verdict(&self, at: usize, candidate: &Candidate<'_>) -> Verdict {
        let asked = &self.asked[at];
        let measured = self.measured(asked, &self.prepared[at], candidate);
        let result = match asked.check(&measured) {
            Passes::Yes => VerdictResult::Pass,
            Passes::No => VerdictResult::Fail,
            Passes::Unknown => VerdictResult::Unknown,
        };
        Verdict { result, measured }
    }

    fn measured(
        &self,
        asked: &Asked,
        prepared: &Prepared<'_>,
        candidate: &Candidate<'_>,
    ) -> Measured {
        let no_value =
            |name: &str| Measured::Unknown(Unknown::NoValue { attribute: name.to_owned() });
        let word = |word: Option<&str>, name: &str| {
            word.map_or_else(|| no_value(name), |word| Measured::Word(word.to_owned()))
        };
        match (&asked.question, prepared) {
            (Question::Commune, _) => {
                let code = candidate.commune.map(|code| code.to_string());
                word(code.as_deref(), "commune")
            }
            (Question::Availability, _) => {
                let accepted = |class: &&crate::domain::Availability| {
                    asked
                        .one_of
                        .as_ref()
                        .is_some_and(|words| words.iter().any(|word| word == class.as_str()))
                };
                let refused = candidate.classes.iter().find(|class| !accepted(class));
                let class = refused.or(candidate.classes.first());
                word(class.map(|class| class.as_str()), "availability")
            }
            (Question::MetersTo(at), _) => {
                distance::distance(&candidate.geometry, &Geometry::Point(Point(*at)))
                    .map_or_else(|| no_value("geometry"), Measured::Number)
            }
            (Question::MinutesTo(_), Prepared::Drive(drive)) => {
                drive.from(self.territory, candidate)
            }
            (Question::RectangleOfWidth(width_m), _) => match candidate.net() {
                Some(net) => {
                    let found = longest_of_width(&net.geometry, *width_m);
                    Measured::Number(found.map_or(0.0, |found| found.length_m))
                }
                None => Measured::Unknown(Unknown::NoValue { attribute: "net_area_m2".to_owned() }),
            },
            (Question::WorksStage, _) => match candidate.works_stage.as_deref() {
                // Works under way or to come may end in time: nobody says when.
                Some("viabilisation en cours" | "non aménagé, non viabilisé") => {
                    no_value("works_end")
                }
                stage => word(stage, "works_stage"),
            },
            (Question::Price, _) => {
                candidate.price_eur.map_or_else(|| no_value("declared_price"), Measured::Number)
            }
            (Question::Measure(_), Prepared::Measure(measure)) => measure.take(candidate),
            // Each question has the preparation made for it.
            (Question::MinutesTo(_) | Question::Measure(_), _) => no_value(&asked.id),
        }
    }
}

/// Ways to one place, searched once for all candidates.
struct Drive<'a> {
    at: Coord<f64>,
    field: Option<Field<'a>>,
}

impl<'a> Drive<'a> {
    fn to(territory: &'a Territory, at: Coord<f64>) -> Self {
        let field = territory.road_network().and_then(|network| {
            let place = Geometry::Point(Point(at));
            let accesses = network.accesses(&place, FARTHEST_ROAD_M);
            let reach = (Toward::Places, Cost::Minutes, f64::INFINITY);
            (!accesses.is_empty()).then(|| network.field(&accesses, reach.0, reach.1, reach.2))
        });
        Self { at, field }
    }

    /// Minutes from a candidate: by road, else as the crow flies, and said so.
    fn from(&self, territory: &Territory, candidate: &Candidate<'_>) -> Measured {
        let place = Geometry::Point(Point(self.at));
        let Some(meters) = distance::distance(&candidate.geometry, &place) else {
            return Measured::Unknown(Unknown::NoValue { attribute: "geometry".to_owned() });
        };
        if meters <= 0.0 {
            return Measured::Number(0.0);
        }
        let on_road = self.field.as_ref().and_then(|field| {
            let place = territory.travel_place(candidate as &dyn Entity)?;
            let accesses = territory.road_accesses(&place);
            (!accesses.is_empty()).then(|| field.at(&accesses))
        });
        match on_road {
            Some(Some(minutes)) => Measured::Number(minutes),
            Some(None) => Measured::Unknown(Unknown::NoWay {
                layer: crate::domain::LayerKey::ROADS.to_owned(),
            }),
            None => Measured::StraightLine(straight_line_minutes(meters)),
        }
    }
}
