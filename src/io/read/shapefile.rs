//! ESRI Shapefile: shapes and table side by side, with or without `.dbf`, `.shx`, `.prj`, `.cpg`.

use std::fs::File;
use std::io::BufReader;
use std::io::Cursor;
use std::io::Read;
use std::io::Seek;
use std::io::SeekFrom;
use std::ops::ControlFlow;
use std::path::Path;

use geo::Geometry;
use shapefile::ReadableShape;
use shapefile::Shape;
use shapefile::ShapeType;

use super::crs_of_file;
use super::dbf::Table;
use super::error::ReadError;
use super::gzip::read_up_to;
use super::layer::DeclaredCrs;
use super::layer::Format;
use super::layer::GeometryHint;
use super::layer::LayerHeader;
use super::layer::ReadNote;
use super::layer::SourceFacts;
use super::row::Cell;
use super::row::GeometryFault;
use super::row::Row;
use super::shape;
use super::shapefile_frames::End;
use super::shapefile_frames::Frame;
use super::shapefile_frames::HEADER_BYTES;
use super::shapefile_frames::Index;
use super::shapefile_frames::end_of_records;
use super::sidecar;
use super::want::ColumnMatcher;
use super::want::GeometryFrom;
use super::want::Want;
use super::want::unbound;

/// Header of the shapefile, or of the table when the path is a `.dbf`.
pub(super) fn probe(path: &Path) -> Result<Vec<LayerHeader>, ReadError> {
    let layer = Layer::open(path)?;
    Ok(vec![layer.header(path)])
}

/// Reads shapes and records side by side.
pub(super) fn read(
    path: &Path,
    want: &Want,
    sink: &mut dyn FnMut(Row) -> ControlFlow<()>,
) -> Result<SourceFacts, ReadError> {
    let mut layer = Layer::open(path)?;
    let header = layer.header(path);
    let bound = ColumnMatcher::new(&want.columns).bind(&header.columns);
    let missing = unbound(&bound);
    want.require(path, &missing, &header.columns)?;
    let mut facts = SourceFacts::new(header, missing);
    let (mut number, mut deleted) = (0, 0);
    loop {
        let geometry = match &mut layer.shapes {
            Some(shapes) => shapes.next(want)?,
            None => None,
        };
        let kept = match &mut layer.table {
            Some(table) => table.advance()?,
            None => geometry.as_ref().map(|_| true),
        };
        let (geometry, kept) = match (geometry, kept) {
            (None, None) => break,
            (Some(geometry), Some(kept)) => (geometry, kept),
            (None, Some(kept)) if layer.shapes.is_none() => (Next::Found(Ok(None)), kept),
            (geometry, _) => {
                return Err(layer.counts_differ(
                    path,
                    number + u64::from(geometry.is_some()),
                    want,
                ));
            }
        };
        number += 1;
        if !kept {
            deleted += 1;
            continue;
        }
        let Next::Found(geometry) = geometry else {
            facts.rows_passed_over += 1;
            continue;
        };
        let cells = match &mut layer.table {
            Some(table) => {
                let cell = |column: &Option<usize>| {
                    column.map_or(Cell::Missing, |column| table.cell(column))
                };
                bound.iter().map(cell).collect()
            }
            None => vec![Cell::Missing; bound.len()],
        };
        facts.rows_read += 1;
        if sink(Row { number, geometry, cells }).is_break() {
            facts.stopped = true;
            break;
        }
    }
    if deleted > 0 {
        facts.notes.push(ReadNote::DeletedRows { count: deleted });
    }
    facts.notes.extend(layer.shapes.iter_mut().flat_map(|shapes| shapes.notes.drain(..)));
    match &layer.table {
        None => facts.notes.push(ReadNote::NoTable),
        Some(table) => {
            if table.unknown_encoding {
                facts.notes.push(ReadNote::UnknownEncoding);
            }
            if table.wrong_encoding > 0 {
                facts.notes.push(ReadNote::WrongEncoding { count: table.wrong_encoding });
            }
            if table.unread > 0 {
                facts.notes.push(ReadNote::UnreadValues { count: table.unread });
            }
            if table.bad_numbers > 0 {
                facts.notes.push(ReadNote::BadNumbers { count: table.bad_numbers });
            }
        }
    }
    Ok(facts)
}

struct Layer {
    shapes: Option<Shapes>,
    table: Option<Table>,
    crs: DeclaredCrs,
}

impl Layer {
    fn open(path: &Path) -> Result<Self, ReadError> {
        let is_table = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("dbf"));
        if is_table {
            let table = Table::open(path)?;
            table.holds_what_it_announces()?;
            return Ok(Self { shapes: None, table: Some(table), crs: DeclaredCrs::None });
        }
        let table = sidecar::find(path, "dbf").map(|dbf| Table::open(&dbf)).transpose()?;
        let shapes = Shapes::open(path, table.as_ref().map(|table| table.records))?;
        let crs = sidecar::bytes(path, "prj")
            .map_or(DeclaredCrs::None, |text| crs_of_file::of_wkt(&String::from_utf8_lossy(&text)));
        Ok(Self { shapes: Some(shapes), table, crs })
    }

    fn header(&self, path: &Path) -> LayerHeader {
        let table = self.table.as_ref();
        LayerHeader {
            name: super::layer_name(path),
            format: if self.shapes.is_some() { Format::Shapefile } else { Format::Dbf },
            columns: table.map(|t| t.columns.clone()).unwrap_or_default(),
            rows: table.map(|t| t.records),
            crs: self.crs.clone(),
            encoding: table.map(|t| t.encoding.name().to_owned()),
            geometry: self.shapes.as_ref().map_or(GeometryHint::None, |s| hint(s.kind)),
        }
    }

    /// Counts to the end, for the message.
    fn counts_differ(&mut self, path: &Path, mut shapes_read: u64, want: &Want) -> ReadError {
        if let Some(shapes) = &mut self.shapes {
            loop {
                match shapes.next(want) {
                    Ok(Some(_)) => shapes_read += 1,
                    Ok(None) => break,
                    Err(error) => return error,
                }
            }
        }
        let records = self.table.as_ref().map_or(0, |table| table.records);
        ReadError::ShapesAndRecordsDiffer { path: path.to_owned(), shapes: shapes_read, records }
    }
}

const fn hint(kind: ShapeType) -> GeometryHint {
    use ShapeType as T;
    match kind {
        T::Point | T::PointZ | T::PointM | T::Multipoint | T::MultipointZ | T::MultipointM => {
            GeometryHint::Points
        }
        T::Polyline | T::PolylineZ | T::PolylineM => GeometryHint::Lines,
        T::Polygon | T::PolygonZ | T::PolygonM => GeometryHint::Areas,
        T::NullShape | T::Multipatch => GeometryHint::Unknown,
    }
}

/// The `.shp`, record by record; the frame of each record is checked here, its content is decoded
/// by the `shapefile` crate from a slice that cannot be overrun.
struct Shapes {
    path: std::path::PathBuf,
    file: BufReader<File>,
    kind: ShapeType,
    /// End of the records.
    end: u64,
    at: u64,
    /// Where the records are, when the index says that they are not one after the other.
    order: Option<std::vec::IntoIter<u64>>,
    read: u64,
    record: Vec<u8>,
    notes: Vec<ReadNote>,
}

type Found = Result<Option<Geometry<f64>>, GeometryFault>;

/// What came of a record.
enum Next {
    Found(Found),
    PassedOver,
}

impl Shapes {
    /// Opens the shapes; `records` of the table, if there is one, tell a wrong header from a cut.
    fn open(path: &Path, records: Option<u64>) -> Result<Self, ReadError> {
        let io = |error| ReadError::from_io(path, error);
        let file = File::open(path).map_err(io)?;
        let length = file.metadata().map_err(io)?.len();
        let mut file = BufReader::with_capacity(1 << 16, file);
        let mut header = [0_u8; HEADER_BYTES as usize];
        let whole = read_up_to(&mut file, &mut header).map_err(io)? == header.len();
        let (announced, kind) =
            whole.then(|| header_of(&header)).flatten().ok_or_else(|| ReadError::BadShapefile {
                path: path.to_owned(),
                after_rows: 0,
                what: "the .shp header is not one".to_owned(),
            })?;
        let index = Index::beside(path);
        let indexed = index.as_ref().map(Index::records);
        let order = match index {
            // An index of other records than the table has belongs to something else.
            Some(index) if records.is_none_or(|records| records == index.records()) => {
                index.other_order(&mut file, length).map_err(io)?
            }
            _ => None,
        };
        let mut notes = Vec::new();
        let end = if order.is_some() {
            notes.push(ReadNote::IndexFollowed);
            length
        } else if announced == length {
            length
        } else {
            let count_is_known = |count| records.or(indexed) == Some(count);
            let end = end_of_records(&mut file, announced, length).map_err(io)?;
            match end {
                End::AtEndOfFile { records } if announced < length || count_is_known(records) => {
                    notes.push(ReadNote::WrongLength { announced, bytes: length });
                    length
                }
                End::AsAnnounced => {
                    notes.push(ReadNote::TrailingBytes { count: length - announced });
                    announced
                }
                _ => {
                    let path = path.to_owned();
                    return Err(ReadError::CutShort { path, after_rows: 0, byte: length });
                }
            }
        };
        file.seek(SeekFrom::Start(HEADER_BYTES)).map_err(io)?;
        Ok(Self {
            path: path.to_owned(),
            file,
            kind,
            end,
            at: HEADER_BYTES,
            order: order.map(Vec::into_iter),
            read: 0,
            record: Vec::new(),
            notes,
        })
    }

    fn next(&mut self, want: &Want) -> Result<Option<Next>, ReadError> {
        let io = |error| ReadError::from_io(&self.path, error);
        if let Some(order) = &mut self.order {
            let Some(offset) = order.next() else { return Ok(None) };
            self.file.seek(SeekFrom::Start(offset)).map_err(io)?;
            self.at = offset;
        } else if self.at + 8 > self.end {
            return Ok(None);
        }
        let Frame { length, .. } = Frame::read(&mut self.file).map_err(io)?;
        self.at += 8;
        if length > self.end - self.at || length < 4 {
            return Err(ReadError::BadShapefile {
                path: self.path.clone(),
                after_rows: self.read,
                what: format!("record {} announces {length} bytes", self.read + 1),
            });
        }
        self.at += length;
        if want.geometry != GeometryFrom::Native {
            self.read += 1;
            // A relative seek stays inside the buffer when it can.
            self.file.seek_relative(length.cast_signed()).map_err(io)?;
            return Ok(Some(Next::Found(Ok(None))));
        }
        // Kind and box: all that is read of a record that is passed over.
        let mut start = [0_u8; shape::BOX_BYTES];
        let start = &mut start[..shape::BOX_BYTES.min(length as usize)];
        self.file.read_exact(start).map_err(io)?;
        let rest = length - start.len() as u64;
        if want.within.is_some_and(|within| shape::is_outside(start, within)) {
            self.read += 1;
            self.file.seek_relative(rest.cast_signed()).map_err(io)?;
            return Ok(Some(Next::PassedOver));
        }
        if length > want.limits.feature_bytes as u64 {
            return Err(ReadError::FeatureTooLarge {
                path: self.path.clone(),
                row: self.read + 1,
                limit: want.limits.feature_bytes,
            });
        }
        self.record.resize(length as usize, 0);
        let (head, tail) = self.record.split_at_mut(start.len());
        head.copy_from_slice(start);
        self.file.read_exact(tail).map_err(io)?;
        self.read += 1;
        Ok(Some(Next::Found(decode(&self.record))))
    }
}

/// The length that the header announces, in bytes, and the kind of shapes.
fn header_of(header: &[u8; HEADER_BYTES as usize]) -> Option<(u64, ShapeType)> {
    let word =
        |at: usize| -> [u8; 4] { [header[at], header[at + 1], header[at + 2], header[at + 3]] };
    let is_shapefile = u32::from_be_bytes(word(0)) == 9994;
    let kind = ShapeType::from(i32::from_le_bytes(word(32))).filter(|_| is_shapefile)?;
    Some((u64::from(u32::from_be_bytes(word(24))) * 2, kind))
}

pub(super) fn decode(record: &[u8]) -> Found {
    shape::check_counts(record)?;
    // Bytes are there: `check_counts` refuses records shorter than four.
    let size = i32::try_from(record.len()).map_err(|_too_long| GeometryFault::ImpossibleCount {
        of_what: "bytes",
        announced: record.len() as u64,
        bytes: i32::MAX as usize,
    })?;
    let shape = Shape::read_from(&mut Cursor::new(record), size)
        .map_err(|error| GeometryFault::malformed(error.to_string()))?;
    shape::geometry(shape)
}
