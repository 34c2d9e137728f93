//! One row at a time: from cells and raw coordinates to an object, a problem, or a count.

use geo::Geometry;

use super::layer::Source;
use super::reach::Reach;
use crate::domain::Balance;
use crate::domain::CodeInsee;
use crate::domain::Fate;
use crate::domain::Place;
use crate::domain::Problem;
use crate::domain::ProblemCode;
use crate::domain::Value;
use crate::io::config::OnInvalid;
use crate::io::read::Cell;
use crate::io::read::GeometryFault;
use crate::io::read::Row;
use crate::io::schema::words;
use crate::spatial::crs::Transform;
use crate::spatial::repair;
use crate::spatial::repair::Repaired;
use crate::spatial::shape;
use crate::spatial::validity::FaultKind;

/// What came of the rows of one file.
pub(super) struct FileRows<E> {
    pub(super) entities: Vec<E>,
    pub(super) balance: Balance,
    pub(super) problems: Vec<Problem>,
}

/// The cells of one row by our names.
pub(super) struct Fields<'a> {
    names: &'a [String],
    cells: &'a [Cell],
}

impl<'a> Fields<'a> {
    pub(super) fn new(names: &'a [String], cells: &'a [Cell]) -> Self {
        Self { names, cells }
    }

    /// The cell of one of our names; missing when the file has no such column.
    pub(super) fn cell(&self, ours: &str) -> &'a Cell {
        self.names
            .iter()
            .position(|name| name == ours)
            .and_then(|at| self.cells.get(at))
            .unwrap_or(&Cell::Missing)
    }

    /// The text of a cell, trimmed; `None` where the producer says nothing.
    pub(super) fn text(&self, ours: &str) -> Option<&'a str> {
        match self.cell(ours) {
            Cell::Text(text) => {
                let trimmed = text.trim();
                (!words::is_blank(trimmed)).then_some(trimmed)
            }
            _ => None,
        }
    }

    /// A code: text, or a number written back with its zeros.
    pub(super) fn code(&self, ours: &str, width: usize) -> Option<String> {
        match self.cell(ours) {
            Cell::Number(number) if number.fract() == 0.0 && *number >= 0.0 => {
                Some(format!("{number:0>width$.0}"))
            }
            Cell::Text(_) => self.text(ours).map(|text| {
                if text.bytes().all(|b| b.is_ascii_digit()) {
                    format!("{text:0>width$}")
                } else {
                    text.to_owned()
                }
            }),
            _ => None,
        }
    }

    /// A number; `Err` holds the text that is none.
    pub(super) fn number(&self, ours: &str) -> Result<Option<f64>, String> {
        match self.cell(ours) {
            Cell::Number(number) if number.is_finite() => Ok(Some(*number)),
            Cell::Text(text) if words::is_blank(text) => Ok(None),
            Cell::Text(text) => words::number(text).map(Some).ok_or_else(|| text.clone()),
            _ => Ok(None),
        }
    }

    /// A cell as an attribute value.
    pub(super) fn value(&self, ours: &str) -> Value<'static> {
        match self.cell(ours) {
            Cell::Missing => Value::Missing,
            Cell::Text(text) if words::is_blank(text) => Value::Missing,
            Cell::Text(text) => Value::Text(text.trim().to_owned().into()),
            Cell::Number(number) => Value::Number(*number),
            Cell::Flag(flag) => Value::Flag(*flag),
        }
    }
}

/// The reading of one file: where it stands, and its books.
pub(super) struct Ingest<'a> {
    source: &'a Source<'a>,
    /// Position of the file in the layer.
    pub(super) file_number: usize,
    /// The file, as messages show it.
    pub(super) file: &'a str,
    pub(super) reach: &'a Reach,
    transform: &'a Transform,
    pub(super) balance: Balance,
    pub(super) problems: Vec<Problem>,
    /// The row being read, from 1.
    pub(super) row: u64,
    /// Its identifier, once known.
    pub(super) feature: Option<String>,
    /// Its commune, once known.
    pub(super) commune: Option<CodeInsee>,
    /// A point of it, once known.
    at: Option<geo::Coord<f64>>,
    /// Whether the row was repaired.
    repaired: bool,
    /// Set where the row lies outside the territory: then nothing else about it matters.
    outside: bool,
}

impl<'a> Ingest<'a> {
    pub(super) fn new(
        source: &'a Source<'a>,
        file_number: usize,
        file: &'a str,
        reach: &'a Reach,
        transform: &'a Transform,
    ) -> Self {
        Self {
            source,
            file_number,
            file,
            reach,
            transform,
            balance: Balance::default(),
            problems: Vec::new(),
            row: 0,
            feature: None,
            commune: None,
            at: None,
            repaired: false,
            outside: false,
        }
    }

    /// The configuration of the layer.
    pub(super) fn config(&self) -> &'a crate::io::config::LayerConfig {
        self.source.layer
    }

    /// Takes one row through all its steps and counts it.
    pub(super) fn row<E>(
        &mut self,
        names: &[String],
        row: Row,
        make: &impl Fn(&mut Ingest<'_>, &Fields<'_>, Geometry<f64>) -> Option<E>,
        near: &impl Fn(&Reach, &Geometry<f64>) -> bool,
    ) -> Option<E> {
        self.row = row.number;
        (self.feature, self.commune, self.at) = (None, None, None);
        (self.repaired, self.outside) = (false, false);
        let n_problems = self.problems.len();
        let fields = Fields::new(names, &row.cells);
        let entity = self.object(&fields, row.geometry, make, near);
        let fate = if self.outside {
            // What is wrong with a neighbour's row is the neighbour's business.
            self.problems.truncate(n_problems);
            Fate::Outside
        } else if entity.is_none() {
            Fate::Rejected
        } else if self.repaired {
            Fate::Repaired
        } else {
            Fate::Kept
        };
        self.balance.count(self.commune.filter(|_| fate != Fate::Outside), fate);
        entity.filter(|_| !self.outside)
    }

    fn object<E>(
        &mut self,
        fields: &Fields<'_>,
        geometry: Result<Option<Geometry<f64>>, GeometryFault>,
        make: &impl Fn(&mut Ingest<'_>, &Fields<'_>, Geometry<f64>) -> Option<E>,
        near: &impl Fn(&Reach, &Geometry<f64>) -> bool,
    ) -> Option<E> {
        self.feature = fields.code("id", 0);
        if let Some(code) = fields.code("commune", 5) {
            match code.parse() {
                Ok(commune) => self.commune = Some(commune),
                Err(_) => self.problem(ProblemCode::CommuneMalformed, code),
            }
        }
        if self.commune.is_some_and(|commune| !self.reach.has(commune)) {
            self.outside = true;
            return None;
        }
        let geometry = match geometry {
            Ok(Some(geometry)) => geometry,
            Ok(None) => {
                self.problem(ProblemCode::GeometryMissing, String::new());
                return None;
            }
            Err(fault) => {
                let not_a_number = matches!(
                    fault,
                    GeometryFault::NonFiniteCoordinate | GeometryFault::NonNumericCoordinate
                );
                let code = if not_a_number {
                    ProblemCode::NonFinite
                } else {
                    ProblemCode::GeometryUnreadable
                };
                self.problem(code, fault.to_string());
                return None;
            }
        };
        let geometry = self.clean(geometry)?;
        self.at = shape::representative_point(&geometry);
        // What declares a commune of ours is ours, even where it is drawn a little over the border.
        if self.commune.is_none() && !near(self.reach, &geometry) {
            self.outside = true;
            return None;
        }
        make(self, fields, geometry)
    }

    /// Brings a geometry to Lambert-93 and makes it valid; `None` with a problem when it cannot be.
    fn clean(&mut self, mut geometry: Geometry<f64>) -> Option<Geometry<f64>> {
        if !self.transform.geometry(&mut geometry) {
            use geo::CoordsIter;
            let finite = geometry.coords_iter().all(|at| at.x.is_finite() && at.y.is_finite());
            let code = if finite { ProblemCode::NotProjectable } else { ProblemCode::NonFinite };
            let value = geometry
                .coords_iter()
                .find(|at| self.transform.point(*at).is_none())
                .map(|at| format!("{} {}", at.x, at.y))
                .unwrap_or_default();
            self.problem(code, value);
            return None;
        }
        let Repaired { geometry, faults, area_before_m2, area_after_m2 } = repair::repair(geometry);
        for fault in &faults {
            let Some(code) = code_of(fault.kind) else { continue };
            self.at = Some(fault.place).filter(|at| at.x.is_finite() && at.y.is_finite());
            let refused = geometry.is_none() || self.source.layer.on_invalid == OnInvalid::Refuse;
            if code.severity() == crate::domain::Severity::Repair && !refused {
                self.repaired = true;
                self.problem(code, format!("{area_before_m2:.1} m² → {area_after_m2:.1} m²"));
            } else if code == ProblemCode::SelfCrossing && refused {
                self.problem(ProblemCode::Unrepairable, code.as_str().to_owned());
                return None;
            } else if code.severity() != crate::domain::Severity::Repair {
                self.problem(code, String::new());
            } else {
                self.repaired = true;
                self.problem(code, String::new());
            }
        }
        if geometry.is_none() && faults.iter().all(|fault| code_of(fault.kind).is_none()) {
            self.problem(ProblemCode::ZeroArea, String::new());
        }
        geometry
    }

    /// Notes a problem of the row being read.
    pub(super) fn problem(&mut self, code: ProblemCode, value: String) {
        self.problems.push(Problem {
            layer: self.source.key.to_owned(),
            file: self.file.to_owned(),
            row: Some(self.row),
            feature: self.feature.clone(),
            code,
            value,
            place: Place { at: self.at, commune: self.commune },
        });
    }
}

/// Faults that people should hear of; repeated points, open rings and orientation are tidied without a word.
fn code_of(fault: FaultKind) -> Option<ProblemCode> {
    Some(match fault {
        FaultKind::NonFinite => ProblemCode::NonFinite,
        FaultKind::SelfCrossing => ProblemCode::SelfCrossing,
        FaultKind::TooFewPoints => ProblemCode::RingDropped,
        FaultKind::HoleOutsideShell | FaultKind::NestedHoles => ProblemCode::HoleOutside,
        FaultKind::OverlappingParts | FaultKind::DisconnectedInterior => ProblemCode::PartsOverlap,
        FaultKind::ZeroArea | FaultKind::NothingAreal => ProblemCode::ZeroArea,
        FaultKind::Irreparable => ProblemCode::Unrepairable,
        FaultKind::RepeatedPoint | FaultKind::UnclosedRing | FaultKind::WrongOrientation => {
            return None;
        }
    })
}
