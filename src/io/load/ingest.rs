//! One row at a time: from cells and raw coordinates to an object, a problem, or a count.

use std::ops::ControlFlow;

use geo::CoordsIter;
use geo::Geometry;
use geo::MapCoordsInPlace;

use super::LoadError;
use super::fields::Fields;
use super::file_crs;
use super::file_crs::Settled;
use super::pieces::Piece;
use super::plan::Plan;
use super::reach::Reach;
use super::reader_notes::told;
use super::shaped::Found;
use super::shaped::Shaped;
use super::shaped::shaped;
use super::source::Source;
use crate::domain::Areas;
use crate::domain::Balance;
use crate::domain::CodeInsee;
use crate::domain::Fate;
use crate::domain::LayerKey;
use crate::domain::Place;
use crate::domain::Problem;
use crate::domain::ProblemCode;
use crate::domain::Severity;
use crate::io::config::OnInvalid;
use crate::io::read;
use crate::io::read::Format;
use crate::io::read::GeometryFault;
use crate::io::read::SourceFacts;
use crate::io::read::Want;
use crate::io::schema::Shape;
use crate::io::schema::repeated;
use crate::spatial::repair;
use crate::spatial::repair::Repaired;
use crate::spatial::shape;
use crate::spatial::validity::FaultKind;
use crate::words::Tell;
use crate::words::Told;

/// Rows that are waited for before the reference system of a file is settled.
const SETTLED_BY_ROWS: usize = 64;

/// Layers that are measured from afar: what declares a neighbouring commune is kept where it is near.
const MATTER_OVER_THE_BORDER: [&str; 4] =
    [LayerKey::TOWN_HALLS, LayerKey::TRANSPORT_STOPS, LayerKey::AMENITIES, LayerKey::HAZARDS];

/// What came of the rows of one file.
pub(super) struct FileRows<E> {
    pub(super) entities: Vec<E>,
    pub(super) balance: Balance,
    pub(super) problems: Vec<Problem>,
    pub(super) epsg: Option<u32>,
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
        self.feature = fields.code("id", 0).filter(|id| repeated::is_repeatable(id, &[]));
        if let Some(code) = fields.code("commune", 5) {
            match code.parse() {
                Ok(commune) => self.commune = Some(commune),
                Err(_) => self.problem_of(ProblemCode::CommuneMalformed, "", &code, &[]),
            }
        }
        if self.commune.is_some_and(|commune| !self.reach.has(commune)) {
            if !MATTER_OVER_THE_BORDER.contains(&self.source.key) {
                self.outside = true;
                return None;
            }
            self.commune = None;
        }
        let has_parcels =
            || self.source.key == LayerKey::FRICHES && fields.text("parcels").is_some();
        let geometry = match geometry {
            Ok(Some(geometry)) => geometry,
            // Its parcels may say where it is.
            Ok(None) if has_parcels() => {
                return make(self, fields, Geometry::GeometryCollection(Default::default()));
            }
            Err(fault) if has_parcels() => {
                self.problem_told(ProblemCode::OutlineUnreadable, fault.told());
                return make(self, fields, Geometry::GeometryCollection(Default::default()));
            }
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

    /// Notes a problem of the row being read, in words of ours: what a file says goes through [`Self::problem_of`].
    pub(super) fn problem(&mut self, code: ProblemCode, value: String) {
        self.note_of_row(code, value, None);
    }

    /// Notes a problem of the row being read that takes words to say.
    pub(super) fn problem_told(&mut self, code: ProblemCode, detail: Told) {
        self.note_of_row(code, String::new(), Some(detail));
    }

    /// Notes a problem of a value of the row being read; `known` are the words that its column may hold.
    pub(super) fn problem_of(
        &mut self,
        code: ProblemCode,
        column: &str,
        text: &str,
        known: &[&str],
    ) {
        match repeated::told(column, text, known) {
            Ok(value) => self.problem(code, value),
            Err(withheld) => self.problem_told(code, withheld),
        }
    }

    fn note_of_row(&mut self, code: ProblemCode, value: String, detail: Option<Told>) {
        self.problems.push(Problem {
            layer: self.source.key.to_owned(),
            file: self.piece.shown.clone(),
            row: Some(self.row),
            feature: self.feature.clone(),
            code,
            value,
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
