//! One row at a time: from cells and raw coordinates to an object, a problem, or a count.

use std::ops::ControlFlow;

use geo::CoordsIter;
use geo::Geometry;
use geo::MapCoordsInPlace;

use super::LoadError;
use super::file_crs;
use super::file_crs::Settled;
use super::layer::Plan;
use super::layer::Source;
use super::pieces::Piece;
use super::reach::Reach;
use crate::domain::Areas;
use crate::domain::Balance;
use crate::domain::CodeInsee;
use crate::domain::Fate;
use crate::domain::Place;
use crate::domain::Problem;
use crate::domain::ProblemCode;
use crate::domain::Severity;
use crate::domain::Value;
use crate::io::config::OnInvalid;
use crate::io::read;
use crate::io::read::Cell;
use crate::io::read::Format;
use crate::io::read::GeometryFault;
use crate::io::read::ReadNote;
use crate::io::read::Row;
use crate::io::read::SourceFacts;
use crate::io::read::Want;
use crate::io::schema::Shape;
use crate::io::schema::words;
use crate::spatial::repair;
use crate::spatial::repair::Repaired;
use crate::spatial::shape;
use crate::spatial::validity::FaultKind;
use crate::words::Tell;
use crate::words::Told;

/// Rows that are waited for before the reference system of a file is settled.
const SETTLED_BY_ROWS: usize = 64;

/// What came of the rows of one file.
pub(super) struct FileRows<E> {
    pub(super) entities: Vec<E>,
    pub(super) balance: Balance,
    pub(super) problems: Vec<Problem>,
    pub(super) epsg: Option<u32>,
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
    piece: &'a Piece,
    /// Position of the file in the layer.
    pub(super) file_number: usize,
    pub(super) reach: &'a Reach,
    /// The reference system, once enough rows are there to settle it.
    pub(super) settled: Option<Settled>,
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
    /// Its area as drawn, and as kept.
    area: Areas,
    /// Whether the row was repaired.
    repaired: bool,
    /// Set where the row lies outside the territory: then nothing else about it matters.
    outside: bool,
    /// What was wrong with the outline of the row, where something else stands in for it.
    outline_fault: Option<GeometryFault>,
}

/// A row whose shape was found, waiting for the reference system.
struct Shaped {
    number: u64,
    geometry: Found,
    cells: Vec<Cell>,
    outline_fault: Option<GeometryFault>,
}

/// The shape of a row.
pub(super) type Found = Result<Option<Geometry<f64>>, GeometryFault>;

impl<'a> Ingest<'a> {
    pub(super) fn new(
        source: &'a Source<'a>,
        file_number: usize,
        piece: &'a Piece,
        reach: &'a Reach,
    ) -> Self {
        Self {
            source,
            piece,
            file_number,
            reach,
            settled: None,
            balance: Balance::default(),
            problems: Vec::new(),
            row: 0,
            feature: None,
            commune: None,
            at: None,
            area: Areas::default(),
            repaired: false,
            outside: false,
            outline_fault: None,
        }
    }

    /// The configuration of the layer.
    pub(super) fn config(&self) -> &'a crate::io::config::LayerConfig {
        self.source.layer
    }

    /// The file being read.
    pub(super) fn piece(&self) -> &'a Piece {
        self.piece
    }

    /// Reads all rows; each comes with its cells and its shape in the file's own reference system, which is settled by
    /// then. Every row given to `each` must be counted by it, with [`Self::finish_row`] or in another way.
    pub(super) fn read(
        &mut self,
        plan: &Plan,
        mut each: impl FnMut(&mut Self, &Fields<'_>, Found),
    ) -> Result<(), LoadError> {
        let within = file_crs::box_of_interest(self.source.layer, self.piece, self.reach);
        let mut want = Want { within, ..plan.want.clone() };
        let mut facts = self.pass(plan, &want, &mut each)?;
        if facts.rows_read == 0 && facts.rows_passed_over > 0 {
            // Nothing of a national file lies near: it may be drawn elsewhere than it says, so each row is looked at.
            want.within = None;
            facts = self.pass(plan, &want, &mut each)?;
        }
        self.balance.count_outside(facts.rows_passed_over);
        let n_rows = facts.rows_read + facts.rows_passed_over;
        // A cadastral sheet without buildings is a sheet of fields, not a mistake.
        let may_be_empty = self.source.lenient || self.piece.header.format == Format::Edigeo;
        if n_rows == 0 && !may_be_empty {
            let (layer, file) = (self.source.key.to_owned(), self.piece.shown.clone());
            return Err(LoadError::Empty { layer, file });
        }
        for note in &facts.notes {
            let (code, value) = told(note);
            self.note_of_file(code, value);
        }
        Ok(())
    }

    /// Reads the rows once; those outside the box of `want` are passed over where the format can.
    fn pass(
        &mut self,
        plan: &Plan,
        want: &Want,
        each: &mut impl FnMut(&mut Self, &Fields<'_>, Found),
    ) -> Result<SourceFacts, LoadError> {
        let needs_crs = plan.schema.shape == Shape::Here;
        let mut waiting: Vec<Shaped> = Vec::new();
        let mut failure = None;
        let path = &self.piece.path;
        let outcome = read::read(path, want, &mut |row| {
            let row = shaped(plan, row);
            if !needs_crs || self.settled.is_some() {
                self.hand_over(plan, row, each);
                return ControlFlow::Continue(());
            }
            waiting.push(row);
            if waiting.len() < SETTLED_BY_ROWS {
                return ControlFlow::Continue(());
            }
            match self.settle(&waiting) {
                Ok(()) => {
                    for row in waiting.drain(..) {
                        self.hand_over(plan, row, each);
                    }
                    ControlFlow::Continue(())
                }
                Err(error) => {
                    failure = Some(error);
                    ControlFlow::Break(())
                }
            }
        });
        if let Some(error) = failure {
            return Err(error);
        }
        let facts = outcome.map_err(|source| LoadError::Read {
            layer: self.source.key.to_owned(),
            source: source.told_of(self.piece.told_as().as_ref()),
        })?;
        if needs_crs && self.settled.is_none() {
            self.settle(&waiting)?;
            for row in waiting {
                self.hand_over(plan, row, each);
            }
        }
        Ok(facts)
    }

    fn hand_over(
        &mut self,
        plan: &Plan,
        row: Shaped,
        each: &mut impl FnMut(&mut Self, &Fields<'_>, Found),
    ) {
        self.row = row.number;
        (self.feature, self.commune, self.at) = (None, None, None);
        (self.repaired, self.outside, self.area) = (false, false, Areas::default());
        self.outline_fault = row.outline_fault;
        each(self, &Fields::new(&plan.names, &row.cells), row.geometry);
    }

    fn settle(&mut self, sample: &[Shaped]) -> Result<(), LoadError> {
        let places: Vec<geo::Coord<f64>> = sample
            .iter()
            .filter_map(|row| row.geometry.as_ref().ok()?.as_ref()?.coords_iter().next())
            .filter(|at| at.x.is_finite() && at.y.is_finite())
            .collect();
        if places.is_empty() && !sample.iter().any(|row| matches!(row.geometry, Ok(Some(_)))) {
            // Not one shape: there is nothing to bring anywhere, and no system to be asked for.
            return Ok(());
        }
        let settled = file_crs::settle(self.source.key, self.source.layer, self.piece, &places)?;
        for (code, value) in &settled.notes {
            self.note_of_file(*code, value.clone());
        }
        self.settled = Some(settled);
        Ok(())
    }

    /// Takes one row through all its steps and counts it.
    pub(super) fn finish_row<E>(
        &mut self,
        fields: &Fields<'_>,
        geometry: Found,
        make: &impl Fn(&mut Ingest<'_>, &Fields<'_>, Geometry<f64>) -> Option<E>,
        near: &impl Fn(&Reach, &Geometry<f64>) -> bool,
    ) -> Option<E> {
        let n_problems = self.problems.len();
        let entity = self.object(fields, geometry, make, near);
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
        self.balance.count(self.commune.filter(|_| fate != Fate::Outside), fate, self.area);
        entity.filter(|_| !self.outside)
    }

    fn object<E>(
        &mut self,
        fields: &Fields<'_>,
        geometry: Found,
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
                self.problem_told(code, fault.told());
                return None;
            }
        };
        let geometry = self.clean(geometry)?;
        self.at = shape::representative_point(&geometry);
        if let Some(fault) = self.outline_fault.take() {
            self.problem_told(ProblemCode::OutlineUnreadable, fault.told());
        }
        // What declares a commune of ours is ours, even where it is drawn a little over the border.
        if self.commune.is_none() && !near(self.reach, &geometry) {
            self.outside = true;
            return None;
        }
        make(self, fields, geometry)
    }

    /// Brings a geometry to Lambert-93 and makes it valid; `None` with a problem when it cannot be.
    fn clean(&mut self, mut geometry: Geometry<f64>) -> Option<Geometry<f64>> {
        let Some(settled) = &self.settled else {
            // Without a settled system there was no shape in the file, so there is none here.
            self.problem(ProblemCode::GeometryMissing, String::new());
            return None;
        };
        let first = geometry.coords_iter().next();
        let is_swapped =
            settled.window.zip(first).is_some_and(|(window, at)| window.holds_swapped(at));
        if is_swapped {
            geometry.map_coords_in_place(|at| geo::Coord { x: at.y, y: at.x });
        }
        if !settled.transform.geometry(&mut geometry) {
            let finite = geometry.coords_iter().all(|at| at.x.is_finite() && at.y.is_finite());
            let code = if finite { ProblemCode::NotProjectable } else { ProblemCode::NonFinite };
            let value = geometry
                .coords_iter()
                .find(|at| settled.transform.point(*at).is_none())
                .map(|at| format!("{} {}", at.x, at.y))
                .unwrap_or_default();
            self.problem(code, value);
            return None;
        }
        if is_swapped {
            self.at = shape::representative_point(&geometry);
            self.repaired = true;
            self.problem(ProblemCode::AxesSwapped, String::new());
        }
        let Repaired { geometry, faults, area_before_m2, area_after_m2 } = repair::repair(geometry);
        self.area.read_m2 = area_before_m2.abs();
        for fault in &faults {
            let Some(code) = code_of(fault.kind) else { continue };
            self.at = Some(fault.place).filter(|at| at.x.is_finite() && at.y.is_finite());
            let refused = geometry.is_none() || self.source.layer.on_invalid == OnInvalid::Refuse;
            if code.severity() == Severity::Repair && !refused {
                self.repaired = true;
                self.problem(code, format!("{area_before_m2:.1} m² → {area_after_m2:.1} m²"));
            } else if code == ProblemCode::SelfCrossing && refused {
                self.problem_told(ProblemCode::Unrepairable, Told::new("problem.crosses-itself"));
                return None;
            } else if code.severity() != Severity::Repair {
                self.problem(code, String::new());
            } else {
                self.repaired = true;
                self.problem(code, String::new());
            }
        }
        let told = faults
            .iter()
            .filter_map(|fault| code_of(fault.kind))
            .any(|code| code.severity() == Severity::Error);
        if geometry.is_none() && !told {
            self.problem(ProblemCode::ZeroArea, String::new());
        }
        self.area.kept_m2 = area_after_m2;
        geometry
    }

    /// Counts the row as lying outside the territory.
    pub(super) fn leave<E>(&mut self) -> Option<E> {
        self.outside = true;
        None
    }

    /// Notes a problem of the row being read.
    pub(super) fn problem(&mut self, code: ProblemCode, value: String) {
        self.note_of_row(code, value, None);
    }

    /// Notes a problem of the row being read that takes words to say.
    fn problem_told(&mut self, code: ProblemCode, detail: Told) {
        self.note_of_row(code, String::new(), Some(detail));
    }

    fn note_of_row(&mut self, code: ProblemCode, value: String, detail: Option<Told>) {
        self.problems.push(Problem {
            layer: self.source.key.to_owned(),
            file: self.piece.shown.clone(),
            row: Some(self.row),
            feature: self.feature.clone(),
            code,
            value: code.told_value(value),
            detail,
            place: Place { at: self.at, commune: self.commune },
        });
    }

    /// Notes something about the file as a whole.
    fn note_of_file(&mut self, code: ProblemCode, value: String) {
        self.problems.push(Problem {
            layer: self.source.key.to_owned(),
            file: self.piece.shown.clone(),
            row: None,
            feature: None,
            code,
            value,
            detail: None,
            place: Place::default(),
        });
    }
}

/// Finds the shape of a row: the file's own, or the first column of text that holds one.
fn shaped(plan: &Plan, row: Row) -> Shaped {
    let Row { number, geometry, mut cells } = row;
    if plan.text_shapes.is_empty() {
        return Shaped { number, geometry, cells, outline_fault: None };
    }
    let texts = cells.split_off(plan.names.len().min(cells.len()));
    let mut rest = texts.as_slice();
    let mut first_fault = None;
    for &width in &plan.text_shapes {
        let (columns, others) = rest.split_at(width.min(rest.len()));
        rest = others;
        match read::geometry_of_cells(columns) {
            Ok(Some(geometry)) => {
                return Shaped {
                    number,
                    geometry: Ok(Some(geometry)),
                    cells,
                    outline_fault: first_fault,
                };
            }
            Ok(None) => {}
            Err(fault) => first_fault = first_fault.or(Some(fault)),
        }
    }
    let geometry = first_fault.map_or(Ok(None), Err);
    Shaped { number, geometry, cells, outline_fault: None }
}

/// A note of a reader as a problem of the file.
fn told(note: &ReadNote) -> (ProblemCode, String) {
    match note {
        ReadNote::GzipUnderPlainName => (ProblemCode::GzipUnderPlainName, String::new()),
        ReadNote::NoQuality => (ProblemCode::NoQuality, String::new()),
        ReadNote::NoTable => (ProblemCode::NoTable, String::new()),
        ReadNote::Partial { rows, matched } => {
            (ProblemCode::PartialFile, format!("{rows} / {matched}"))
        }
        ReadNote::LimitReached => (ProblemCode::PartialFile, String::new()),
        ReadNote::WrongLength { announced, bytes } => {
            (ProblemCode::WrongLength, format!("{announced} / {bytes}"))
        }
        ReadNote::TrailingBytes { count } => (ProblemCode::TrailingBytes, count.to_string()),
        ReadNote::IndexFollowed => (ProblemCode::IndexFollowed, String::new()),
        ReadNote::UnknownEncoding => (ProblemCode::UnknownEncoding, String::new()),
        ReadNote::UnreadValues { count } => (ProblemCode::UnreadValues, count.to_string()),
        ReadNote::DeletedRows { count } => (ProblemCode::DeletedRows, count.to_string()),
        ReadNote::WrongEncoding { count } => (ProblemCode::WrongEncoding, count.to_string()),
        ReadNote::BadNumbers { count } => (ProblemCode::BadNumbers, count.to_string()),
        ReadNote::RaggedRows { count, first_row } => {
            (ProblemCode::RaggedRows, format!("{count} ({first_row})"))
        }
        ReadNote::CollectionsReduced { count } => {
            (ProblemCode::CollectionsReduced, count.to_string())
        }
        ReadNote::BareNan { count } => (ProblemCode::BareNan, count.to_string()),
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
