//! dBase tables, read as bytes: only the wanted fields of a record are looked at.
//!
//! The `dbase` crate is not used: it skips deleted records, so that shapes and records part ways,
//! and it refuses a whole file for one number field of asterisks.

use std::fs::File;
use std::io::BufReader;
use std::io::Read;
use std::io::Seek;
use std::io::SeekFrom;
use std::path::Path;
use std::path::PathBuf;

use encoding_rs::Encoding;
use encoding_rs::UTF_8;
use encoding_rs::WINDOWS_1252;

use super::encoding;
use super::error::ReadError;
use super::gzip::read_up_to;
use super::row::Cell;
use super::sidecar;

/// A column of the table.
#[derive(Debug, Clone)]
struct Field {
    kind: u8,
    start: usize,
    length: usize,
}

/// An open table, at its first record.
pub(super) struct Table {
    path: PathBuf,
    /// Records that are in the file; more than it announces when its last writer crashed.
    held: u64,
    file: BufReader<File>,
    pub records: u64,
    pub columns: Vec<String>,
    fields: Vec<Field>,
    pub encoding: &'static Encoding,
    record: Vec<u8>,
    read: u64,
    /// The `.cpg` names an encoding that is not known here.
    pub unknown_encoding: bool,
    /// Values that are not in the declared encoding.
    pub wrong_encoding: u64,
    /// Number fields that hold something else.
    pub bad_numbers: u64,
    /// Values of kinds that are not read: memos, which live in another file, amounts, moments.
    pub unread: u64,
}

impl Table {
    /// Opens a table and decides its encoding: `.cpg`, else strict UTF-8, else Windows-1252.
    pub(super) fn open(path: &Path) -> Result<Self, ReadError> {
        let file = File::open(path).map_err(|error| ReadError::from_io(path, error))?;
        let length = file.metadata().map_err(|error| ReadError::from_io(path, error))?.len();
        let mut file = BufReader::with_capacity(1 << 16, file);
        let bad = |what: &str| ReadError::BadShapefile {
            path: path.to_owned(),
            after_rows: 0,
            what: format!("the .dbf {what}"),
        };
        let mut head = [0_u8; 32];
        if read_up_to(&mut file, &mut head).map_err(|e| ReadError::from_io(path, e))? < 32 {
            return Err(bad("is shorter than its header"));
        }
        let records = u64::from(u32::from_le_bytes([head[4], head[5], head[6], head[7]]));
        let head_length = usize::from(u16::from_le_bytes([head[8], head[9]]));
        let record_length = usize::from(u16::from_le_bytes([head[10], head[11]]));
        if head_length < 32 || record_length == 0 {
            return Err(bad("has an impossible header"));
        }
        let mut descriptions = vec![0_u8; head_length - 32];
        if read_up_to(&mut file, &mut descriptions).map_err(|e| ReadError::from_io(path, e))?
            < descriptions.len()
        {
            return Err(bad("is cut inside its header"));
        }
        let (names, fields) = fields(&descriptions, record_length)
            .ok_or_else(|| bad("has columns that do not fit into its records"))?;
        if length < head_length as u64 + records * record_length as u64 {
            let whole = length.saturating_sub(head_length as u64) / record_length as u64;
            return Err(ReadError::CutShort {
                path: path.to_owned(),
                after_rows: whole,
                byte: length,
            });
        }
        let held = held(&mut file, head_length as u64, record_length as u64, records, length)
            .map_err(|error| ReadError::from_io(path, error))?;
        file.seek(SeekFrom::Start(head_length as u64))
            .map_err(|error| ReadError::from_io(path, error))?;
        let mut table = Self {
            path: path.to_owned(),
            held,
            file,
            records,
            columns: Vec::new(),
            fields,
            encoding: WINDOWS_1252,
            record: vec![0; record_length],
            read: 0,
            unknown_encoding: false,
            wrong_encoding: 0,
            bad_numbers: 0,
            unread: 0,
        };
        let label = sidecar::bytes(path, "cpg").filter(|label| !label.trim_ascii().is_empty());
        let declared = label.as_ref().map(|l| encoding::declared(&String::from_utf8_lossy(l)));
        table.unknown_encoding = declared == Some(None);
        table.encoding = match declared.flatten() {
            Some(encoding) => encoding,
            None if names_may_be_utf8(&names) && table.is_utf8()? => UTF_8,
            None => WINDOWS_1252,
        };
        table.columns = names
            .iter()
            .map(|name| {
                let (text, _) = encoding::decode_fixed(name, fills_a_name(name), table.encoding);
                text.trim().to_owned()
            })
            .collect();
        table.rewind(head_length as u64)?;
        Ok(table)
    }

    /// Refuses a table that holds more records than it announces.
    pub(super) fn holds_what_it_announces(&self) -> Result<(), ReadError> {
        if self.held == self.records {
            return Ok(());
        }
        let what = format!("the .dbf announces {} records and holds {}", self.records, self.held);
        Err(ReadError::BadShapefile { path: self.path.clone(), after_rows: 0, what })
    }

    fn rewind(&mut self, to: u64) -> Result<(), ReadError> {
        self.read = 0;
        let sought = self.file.seek(SeekFrom::Start(to));
        sought.map(drop).map_err(|error| ReadError::from_io(&self.path, error))
    }

    /// Reads on to the end: whether all text is UTF-8.
    fn is_utf8(&mut self) -> Result<bool, ReadError> {
        while self.advance()?.is_some() {
            for field in self.fields.iter().filter(|f| f.kind == b'C') {
                let value = &self.record[field.start..field.start + field.length];
                let text = without_padding(value);
                if !encoding::may_be_utf8(text, text.len() == field.length) {
                    return Ok(false);
                }
            }
        }
        Ok(true)
    }

    /// Reads the next record; `Some(false)` when it is marked as deleted, `None` after the last.
    pub(super) fn advance(&mut self) -> Result<Option<bool>, ReadError> {
        if self.read == self.records {
            return Ok(None);
        }
        self.file.read_exact(&mut self.record).map_err(|e| ReadError::from_io(&self.path, e))?;
        self.read += 1;
        Ok(Some(self.record[0] != b'*'))
    }

    /// A value of the record at hand.
    pub(super) fn cell(&mut self, column: usize) -> Cell {
        let Some(field) = self.fields.get(column) else { return Cell::Missing };
        let bytes = &self.record[field.start..field.start + field.length];
        match field.kind {
            b'N' | b'F' => match number(bytes) {
                Ok(cell) => cell,
                Err(NotANumber) => {
                    self.bad_numbers += 1;
                    Cell::Missing
                }
            },
            b'L' => match bytes.first() {
                Some(b'T' | b't' | b'Y' | b'y') => Cell::Flag(true),
                Some(b'F' | b'f' | b'N' | b'n') => Cell::Flag(false),
                _ => Cell::Missing,
            },
            b'I' | b'+' => match bytes.try_into() {
                Ok(array) => Cell::Number(f64::from(i32::from_le_bytes(array))),
                Err(_) => Cell::Missing,
            },
            b'O' | b'B' => match bytes.try_into() {
                Ok(array) => Cell::Number(f64::from_le_bytes(array)),
                Err(_) => Cell::Missing,
            },
            b'C' | b'D' => {
                let text = without_padding(bytes);
                let fills = text.len() == field.length;
                let (text, fits) = encoding::decode_fixed(text, fills, self.encoding);
                self.wrong_encoding += u64::from(!fits);
                Cell::from_text(&text)
            }
            _ => {
                let is_blank = without_padding(bytes).is_empty();
                self.unread += u64::from(!is_blank);
                Cell::Missing
            }
        }
    }
}

/// How many records the file holds: those it announces, and those that follow them without the mark
/// that ends a table, when they fill the file to its end.
fn held(
    file: &mut BufReader<File>,
    head_length: u64,
    record_length: u64,
    records: u64,
    length: u64,
) -> std::io::Result<u64> {
    let end = head_length + records * record_length;
    let (more, rest) = ((length - end) / record_length, (length - end) % record_length);
    // A record of one byte would take any padding for records.
    if more == 0 || rest > 1 || record_length < 2 {
        return Ok(records);
    }
    for record in 0..more {
        file.seek(SeekFrom::Start(end + record * record_length))?;
        let mut mark = [0_u8; 1];
        file.read_exact(&mut mark)?;
        if !matches!(mark[0], b' ' | b'*') {
            return Ok(records);
        }
    }
    Ok(records + more)
}

/// Names and places of the columns.
fn fields(descriptions: &[u8], record_length: usize) -> Option<(Vec<Vec<u8>>, Vec<Field>)> {
    let described: Vec<&[u8]> =
        descriptions.chunks_exact(32).take_while(|d| d[0] != 0x0d && d[0] != 0).collect();
    // Some programs keep the high byte of a long text's length in the decimals.
    let short = |d: &[u8]| usize::from(d[16]);
    let long = |d: &[u8]| {
        if d[11] == b'C' { usize::from(d[16]) + 256 * usize::from(d[17]) } else { short(d) }
    };
    let total = |length: &dyn Fn(&[u8]) -> usize| -> usize {
        1 + described.iter().map(|d| length(d)).sum::<usize>()
    };
    let uses_long = total(&short) != record_length && total(&long) == record_length;
    if !uses_long && total(&short) > record_length {
        return None;
    }
    let mut start = 1;
    let mut names = Vec::with_capacity(described.len());
    let mut fields = Vec::with_capacity(described.len());
    for d in described {
        let length = if uses_long { long(d) } else { short(d) };
        let name = d[..11].split(|&b| b == 0).next().unwrap_or_default();
        names.push(name.to_vec());
        fields.push(Field { kind: d[11].to_ascii_uppercase(), start, length });
        start += length;
    }
    Some((names, fields))
}

fn names_may_be_utf8(names: &[Vec<u8>]) -> bool {
    names.iter().all(|name| encoding::may_be_utf8(name, fills_a_name(name)))
}

/// Names have ten bytes, or eleven where a program does without their end.
fn fills_a_name(name: &[u8]) -> bool {
    name.len() >= 10
}

fn without_padding(value: &[u8]) -> &[u8] {
    let end = value.iter().rposition(|&b| b != b' ' && b != 0).map_or(0, |last| last + 1);
    &value[..end]
}

struct NotANumber;

fn number(bytes: &[u8]) -> Result<Cell, NotANumber> {
    let Ok(text) = std::str::from_utf8(without_padding(bytes)) else { return Err(NotANumber) };
    let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\0');
    // Asterisks are the format's way of saying "no value" or "did not fit".
    if text.is_empty() || text.bytes().all(|b| b == b'*') {
        return Ok(Cell::Missing);
    }
    let value = text.parse::<f64>().or_else(|_| text.replace(',', ".").parse::<f64>());
    value.ok().filter(|v| v.is_finite()).map(Cell::Number).ok_or(NotANumber)
}
