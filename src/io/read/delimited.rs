//! Delimited text: comma, semicolon, tab or bar; UTF-8, Windows-1252 or UTF-16; plain or gzip.
//!
//! The header is the first line, or the second where the first only explains it: the SDES publishes a line of
//! labels (`Année;Code commune`) above the names (`ANNEE;COMM`); Excel may put `sep=;` above both.

use std::io::Read;
use std::ops::ControlFlow;
use std::path::Path;

use csv::ByteRecord;
use encoding_rs::Encoding;
use encoding_rs::UTF_8;
use encoding_rs::WINDOWS_1252;

use super::encoding;
use super::encoding::Utf8Check;
use super::error::ReadError;
use super::gzip::Source;
use super::gzip::read_up_to;
use super::layer::DeclaredCrs;
use super::layer::Format;
use super::layer::GeometryHint;
use super::layer::LayerHeader;
use super::layer::ReadNote;
use super::layer::SourceFacts;
use super::record_guard::RecordGuard;
use super::record_guard::RecordTooLong;
use super::row::Cell;
use super::row::Row;
use super::want::ColumnMatcher;
use super::want::Limits;
use super::want::Want;
use super::want::unbound;

/// Text looked at to find the delimiter.
const SNIFFED_BYTES: usize = 1 << 16;

/// Header of the table.
pub(super) fn probe(path: &Path) -> Result<Vec<LayerHeader>, ReadError> {
    let nature = Nature::of(path, Limits::default())?;
    let mut source = Source::open(path, Limits::default())?;
    let (guarded, _taken) = RecordGuard::new(&mut source, Limits::default().feature_bytes);
    let columns = header(&mut reader(guarded, &nature), &nature)
        .map_err(|error| broken(path, 0, 0, &error))?;
    Ok(vec![layer_header(path, columns, &nature)])
}

/// Reads all rows.
pub(super) fn read(
    path: &Path,
    want: &Want,
    sink: &mut dyn FnMut(Row) -> ControlFlow<()>,
) -> Result<SourceFacts, ReadError> {
    let nature = Nature::of(path, want.limits)?;
    let mut source = Source::open(path, want.limits)?;
    let (guarded, taken) = RecordGuard::new(&mut source, want.limits.feature_bytes);
    let mut reader = reader(guarded, &nature);
    let columns = header(&mut reader, &nature).map_err(|error| broken(path, 0, 0, &error))?;
    taken.record_ended();
    let bound = ColumnMatcher::new(&want.columns).bind(&columns);
    let missing = unbound(&bound);
    want.require(path, &missing, &columns)?;
    let width = columns.len();
    let mut facts = SourceFacts::new(layer_header(path, columns, &nature), missing);
    // One record is read ahead: what the last one looks like tells whether the file is whole.
    let (mut record, mut next) = (ByteRecord::new(), ByteRecord::new());
    let (mut ragged, mut first_ragged) = (0, 0);
    let mut more = reader.read_byte_record(&mut record).map_err(|e| broken(path, 0, 1, &e))?;
    while more {
        taken.record_ended();
        let number = facts.rows_read + 1;
        let ahead = reader.read_byte_record(&mut next);
        more = ahead.map_err(|error| broken(path, facts.rows_read, number + 1, &error))?;
        if !more {
            check_last(path, &record, width, facts.rows_read, &nature)?;
        }
        let is_blank = record.len() == 1 && record.get(0).is_none_or(|f| f.trim_ascii().is_empty());
        if is_blank && width > 1 {
            std::mem::swap(&mut record, &mut next);
            continue;
        }
        if record.len() != width {
            first_ragged = if ragged == 0 { number } else { first_ragged };
            ragged += 1;
        }
        let text = |column: usize| {
            encoding::decode(record.get(column).unwrap_or_default(), nature.encoding).0
        };
        let cells = bound
            .iter()
            .map(|column| column.map_or(Cell::Missing, |column| Cell::from_text(&text(column))))
            .collect();
        facts.rows_read = number;
        if sink(Row { number, geometry: Ok(None), cells }).is_break() {
            facts.stopped = true;
            break;
        }
        std::mem::swap(&mut record, &mut next);
    }
    if ragged > 0 {
        facts.notes.push(ReadNote::RaggedRows { count: ragged, first_row: first_ragged });
    }
    Ok(facts)
}

/// Refuses a file whose last record shows that it is cut, or that a quote swallowed the rest of it.
fn check_last(
    path: &Path,
    record: &ByteRecord,
    width: usize,
    after_rows: u64,
    nature: &Nature,
) -> Result<(), ReadError> {
    let swallows = || record.iter().next_back().is_some_and(|field| field.contains(&b'\n'));
    if nature.odd_quotes && (record.len() != width || swallows()) {
        let what = format!("a quote is opened and not closed in row {}", after_rows + 1);
        return Err(ReadError::BadDelimited { path: path.to_owned(), after_rows, what });
    }
    if record.len() < width && !nature.ends_with_newline {
        let byte = nature.bytes;
        return Err(ReadError::CutShort { path: path.to_owned(), after_rows, byte });
    }
    Ok(())
}

/// What is known of the text before it is read as a table.
struct Nature {
    encoding: &'static Encoding,
    /// What the file itself is in, when its text was decoded before it came here.
    utf16: Option<&'static Encoding>,
    delimiter: u8,
    /// The first line is Excel's `sep=;`, not the names of the columns.
    names_delimiter: bool,
    has_mark: bool,
    /// The first line explains the second, which is the header.
    has_labels: bool,
    ends_with_newline: bool,
    odd_quotes: bool,
    bytes: u64,
}

impl Nature {
    /// Goes through the whole file once: one byte that is not UTF-8 decides for all of it.
    fn of(path: &Path, limits: Limits) -> Result<Self, ReadError> {
        let mut source = Source::open(path, limits)?;
        let mut chunk = vec![0_u8; SNIFFED_BYTES];
        let mut check = Utf8Check::default();
        let mut nature = Self {
            encoding: WINDOWS_1252,
            utf16: source.utf16,
            delimiter: b',',
            names_delimiter: false,
            has_mark: false,
            has_labels: false,
            ends_with_newline: true,
            odd_quotes: false,
            bytes: 0,
        };
        loop {
            let length = read_up_to(&mut source, &mut chunk);
            let length = length.map_err(|error| source.fault(path, 0, error))?;
            if length == 0 {
                break;
            }
            let text = &chunk[..length];
            if nature.bytes == 0 {
                nature.has_mark = text.starts_with(b"\xef\xbb\xbf");
                let named = named_delimiter(text);
                nature.names_delimiter = named.is_some();
                nature.delimiter = named.unwrap_or_else(|| delimiter(text));
                nature.has_labels = named.is_none() && has_labels(text, nature.delimiter);
            }
            if text.contains(&0) {
                return Err(ReadError::BadDelimited {
                    path: path.to_owned(),
                    after_rows: 0,
                    what: "it contains zero bytes: it is damaged, or UTF-16 without its mark; \
                           take it again from its source or save it as UTF-8"
                        .to_owned(),
                });
            }
            check.feed(text);
            nature.odd_quotes ^= text.iter().filter(|&&byte| byte == b'"').count() % 2 == 1;
            nature.bytes += length as u64;
            nature.ends_with_newline = text.ends_with(b"\n") || text.ends_with(b"\r");
        }
        if check.is_utf8() {
            nature.encoding = UTF_8;
        }
        Ok(nature)
    }
}

/// The delimiter that the first line names, as Excel reads and writes it: `sep=;`.
fn named_delimiter(text: &[u8]) -> Option<u8> {
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    let line = text.split(|&b| matches!(b, b'\n' | b'\r')).next()?;
    let line = line.strip_prefix(b"\"").and_then(|l| l.strip_suffix(b"\"")).unwrap_or(line);
    match line {
        [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', named] => Some(*named),
        _ => None,
    }
}

/// The delimiter of the first line: the most frequent one outside quotes.
fn delimiter(text: &[u8]) -> u8 {
    let mut counts = [(b';', 0_usize), (b'\t', 0), (b'|', 0), (b',', 0)];
    let mut in_quotes = false;
    for &byte in text {
        match byte {
            b'"' => in_quotes = !in_quotes,
            b'\n' | b'\r' if !in_quotes => break,
            _ if in_quotes => {}
            _ => {
                if let Some(count) = counts.iter_mut().find(|(d, _)| *d == byte) {
                    count.1 += 1;
                }
            }
        }
    }
    // The last of equals wins: a comma when there is none of them.
    counts.iter().max_by_key(|(_, count)| *count).map_or(b',', |(delimiter, _)| *delimiter)
}

/// Whether the first line holds labels in plain words and the second the names: three and more distinct words in
/// capitals, one with an underscore at least. No line of data looks like that.
fn has_labels(text: &[u8], delimiter: u8) -> bool {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .has_headers(false)
        .from_reader(text);
    let mut record = || {
        let mut record = ByteRecord::new();
        matches!(reader.read_byte_record(&mut record), Ok(true)).then_some(record)
    };
    let (Some(labels), Some(names)) = (record(), record()) else { return false };
    let is_name = |field: &[u8]| {
        let field = field.trim_ascii();
        field.first().is_some_and(u8::is_ascii_uppercase)
            && field.iter().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || *b == b'_')
    };
    let distinct: std::collections::BTreeSet<&[u8]> = names.iter().collect();
    labels.len() == names.len()
        && names.len() >= 3
        && distinct.len() == names.len()
        && names.iter().all(is_name)
        && names.iter().any(|field| field.contains(&b'_'))
        && !labels.iter().all(is_name)
}

fn reader<R: Read>(source: R, nature: &Nature) -> csv::Reader<R> {
    csv::ReaderBuilder::new()
        .delimiter(nature.delimiter)
        .flexible(true)
        .has_headers(false)
        .buffer_capacity(1 << 16)
        .from_reader(source)
}

fn header<R: Read>(reader: &mut csv::Reader<R>, nature: &Nature) -> csv::Result<Vec<String>> {
    let mut record = ByteRecord::new();
    reader.read_byte_record(&mut record)?;
    if nature.names_delimiter || nature.has_labels {
        reader.read_byte_record(&mut record)?;
    }
    let name = |(index, field): (usize, &[u8])| {
        let field = if index == 0 && nature.has_mark {
            field.strip_prefix(b"\xef\xbb\xbf").unwrap_or(field)
        } else {
            field
        };
        encoding::decode(field, nature.encoding).0.trim().trim_matches('"').trim().to_owned()
    };
    Ok(record.iter().enumerate().map(name).collect())
}

fn layer_header(path: &Path, columns: Vec<String>, nature: &Nature) -> LayerHeader {
    LayerHeader {
        name: super::layer_name(path),
        format: Format::Delimited,
        columns,
        rows: None,
        crs: DeclaredCrs::None,
        encoding: Some(nature.utf16.unwrap_or(nature.encoding).name().to_owned()),
        geometry: GeometryHint::None,
    }
}

/// The fault that ended reading in this row; 0 is the header.
fn broken(path: &Path, after_rows: u64, row: u64, error: &csv::Error) -> ReadError {
    // Only the kind is told: the message could repeat a field.
    let what = match error.kind() {
        csv::ErrorKind::Io(error) => {
            let too_long = error.get_ref().and_then(|inner| inner.downcast_ref());
            if let Some(&RecordTooLong(limit)) = too_long {
                return ReadError::FeatureTooLarge { path: path.to_owned(), row, limit };
            }
            error.to_string()
        }
        _ => "a line cannot be parsed".to_owned(),
    };
    ReadError::BadDelimited { path: path.to_owned(), after_rows, what }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn named_delimiters() {
        assert_eq!(named_delimiter(b"sep=;\r\na;b"), Some(b';'));
        assert_eq!(named_delimiter(b"\xef\xbb\xbf\"SEP=|\"\n"), Some(b'|'));
        assert_eq!(named_delimiter(b"sep=;x\n"), None);
        assert_eq!(named_delimiter(b"sep;b\n"), None);
    }

    #[test]
    fn delimiters() {
        assert_eq!(delimiter(b"a;b;c\n1,2;3"), b';');
        assert_eq!(delimiter(b"a,b,c"), b',');
        assert_eq!(delimiter(b"a|b"), b'|');
        assert_eq!(delimiter(b"a\tb,x\tc"), b'\t');
        assert_eq!(delimiter(b"\"a,b,c\";d\n"), b';');
        assert_eq!(delimiter(b"one column\n"), b',');
    }

    #[test]
    fn a_line_of_labels_above_the_names() {
        let labels = "Année;Code commune;Type\nANNEE;COMM;TYPE_LGT\n2023;32013;Collectif\n";
        assert!(has_labels(labels.as_bytes(), b';'));
        for plain in [
            "ANNEE;COMM;TYPE_LGT\n2023;32013;Collectif\n",
            "Nom;Statut;Type\nAGEN;OUVERTE;HALTE\n",
            "A_B;C;D\nE_F;G;H\n",
            "a;b;c\n",
        ] {
            assert!(!has_labels(plain.as_bytes(), b';'), "{plain}");
        }
    }
}
