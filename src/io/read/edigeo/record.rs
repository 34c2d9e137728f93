//! The lines of an EDIGEO file and the records that they make.
//!
//! A line is `CCCNFLL:value`: a code of three letters, its nature, the format of the value, its
//! length in two digits. `RTY` opens a record; `NEX` continues the value before it; `TEX` tells the
//! character set of the value after it; `BOM` and `EOM` enclose the file.

use std::borrow::Cow;
use std::fs;
use std::path::Path;
use std::path::PathBuf;

use encoding_rs::Encoding;

use super::super::encoding;
use super::super::error::ReadError;

/// Where the value begins in a line.
const VALUE_AT: usize = 8;

/// One value of a record.
#[derive(Debug, Clone)]
pub(super) struct Field<'f> {
    /// Three letters.
    pub code: [u8; 3],
    /// The bytes, continuation lines joined.
    pub value: Cow<'f, [u8]>,
    /// Whether it is a reference, `LOT;SUBSET;KIND;ID`.
    pub is_reference: bool,
    /// Length that the line announces; continuation lines counted.
    announced: usize,
    /// Character set told just before, for this value only.
    charset: Option<&'static Encoding>,
}

impl Field<'_> {
    /// Whether the value is as long as its line says.
    pub fn is_whole(&self) -> bool {
        self.announced == self.value.len()
    }

    /// The text; the second answer is false when its bytes are not in the declared character set.
    ///
    /// Without a word on the character set the file is in ISO 646 (`IRV`), where accents cannot be:
    /// the accents that are there all the same are Windows-1252, as everywhere in the house.
    pub fn text(&self) -> (Cow<'_, str>, bool) {
        match self.charset {
            Some(charset) => encoding::decode(&self.value, charset),
            None => {
                let (text, _) = encoding::decode(&self.value, encoding_rs::WINDOWS_1252);
                (text, self.value.is_ascii())
            }
        }
    }
}

/// One record: what it is, what it is called, what it says.
#[derive(Debug)]
pub(super) struct Record<'f> {
    /// `PAR`, `FEA`, `OBJ`…
    pub kind: [u8; 3],
    /// Its identifier within the subset (`RID`), empty when there is none.
    pub id: Cow<'f, [u8]>,
    /// Line of its `RTY`, from 1.
    pub line: u64,
    /// The values after the identifier, in file order.
    pub fields: Vec<Field<'f>>,
}

impl Record<'_> {
    /// The first value with this code.
    pub fn value(&self, code: &[u8; 3]) -> Option<&[u8]> {
        self.fields.iter().find(|field| &field.code == code).map(|field| field.value.as_ref())
    }

    /// The first value with this code, as plain text.
    pub fn word(&self, code: &[u8; 3]) -> Option<String> {
        self.value(code).map(|value| String::from_utf8_lossy(value).trim().to_owned())
    }
}

/// The last part of a reference such as `EDAB01;SeSD;OBJ;PARCELLE_id`.
pub(super) fn last_part(reference: &[u8]) -> &[u8] {
    reference.rsplit(|&b| b == b';').next().unwrap_or_default()
}

/// A file of an exchange, whole in memory.
#[derive(Debug)]
pub(super) struct Member {
    path: PathBuf,
    bytes: Vec<u8>,
}

impl Member {
    pub fn open(path: &Path) -> Result<Self, ReadError> {
        let bytes = fs::read(path).map_err(|error| ReadError::from_io(path, error))?;
        Ok(Self { path: path.to_owned(), bytes })
    }

    #[cfg(test)]
    pub fn of_bytes(bytes: &[u8]) -> Self {
        Self { path: PathBuf::from("test"), bytes: bytes.to_owned() }
    }

    /// Its records, one by one.
    pub fn records(&self) -> Records<'_> {
        Records {
            member: self,
            at: 0,
            line: 0,
            pending: None,
            charset: None,
            next_charset: None,
            ended: false,
        }
    }

    /// An error of this file.
    pub fn bad(&self, line: u64, what: impl Into<String>) -> ReadError {
        ReadError::BadEdigeo { path: self.path.clone(), line, what: what.into() }
    }
}

/// Walks through a file. The answer after the last record is an error when `EOM` is not there.
#[derive(Debug)]
pub(super) struct Records<'f> {
    member: &'f Member,
    at: usize,
    line: u64,
    /// Kind and line of the `RTY` that ended the record before.
    pending: Option<([u8; 3], u64)>,
    charset: Option<&'static Encoding>,
    next_charset: Option<&'static Encoding>,
    ended: bool,
}

impl<'f> Records<'f> {
    /// The next record, `None` at the end of a whole file.
    pub fn next(&mut self) -> Result<Option<Record<'f>>, ReadError> {
        let mut record: Option<Record<'f>> = self.pending.take().map(opened);
        while let Some(Line { code, format, announced, value }) = self.next_line()? {
            match &code {
                b"RTY" => {
                    let kind = three(value)
                        .ok_or_else(|| self.member.bad(self.line, "RTY names no type of record"))?;
                    let head = (kind, self.line);
                    if record.is_some() {
                        self.pending = Some(head);
                        return Ok(record);
                    }
                    record = Some(opened(head));
                }
                b"BOM" => self.ended = false,
                b"EOM" => {
                    self.ended = true;
                    if record.is_some() {
                        return Ok(record);
                    }
                }
                b"CSE" => self.charset = charset(value),
                b"TEX" => self.next_charset = charset(value),
                b"RID" => match &mut record {
                    Some(record) if record.id.is_empty() => record.id = Cow::Borrowed(value),
                    _ => return Err(self.member.bad(self.line, "RID outside of a record")),
                },
                b"NEX" => {
                    let last = record.as_mut().and_then(|record| record.fields.last_mut());
                    let Some(last) = last else {
                        return Err(self.member.bad(self.line, "NEX continues nothing"));
                    };
                    last.value.to_mut().extend_from_slice(value);
                    last.announced += announced;
                }
                _ => {
                    let Some(record) = &mut record else {
                        return Err(self.member.bad(self.line, "a value outside of a record"));
                    };
                    let charset = self.next_charset.take().or(self.charset);
                    let value = Cow::Borrowed(value);
                    let is_reference = format == b'P';
                    record.fields.push(Field { code, value, is_reference, announced, charset });
                }
            }
        }
        if self.ended {
            return Ok(record);
        }
        let byte = self.member.bytes.len() as u64;
        Err(ReadError::CutShort { path: self.member.path.clone(), after_rows: 0, byte })
    }

    /// The next line that is not blank.
    fn next_line(&mut self) -> Result<Option<Line<'f>>, ReadError> {
        let bytes = &self.member.bytes;
        while self.at < bytes.len() {
            let rest = &bytes[self.at..];
            let length = rest.iter().position(|&b| b == b'\n').unwrap_or(rest.len());
            self.at += length + 1;
            self.line += 1;
            let line = &rest[..length];
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            // 0x1a ends the text files of DOS.
            if line.iter().all(|b| b.is_ascii_whitespace() || *b == 0x1a) {
                continue;
            }
            // Without its end the last line may lack characters: the file is cut.
            let is_end = line.starts_with(b"EOM") && line.len() >= VALUE_AT;
            if length == rest.len() && !is_end {
                self.ended = false;
                return Ok(None);
            }
            let code = three(line).filter(|_| line.get(VALUE_AT - 1) == Some(&b':'));
            let announced = line.get(5..7).and_then(|digits| match digits {
                [tens @ b'0'..=b'9', ones @ b'0'..=b'9'] => {
                    Some(usize::from(tens - b'0') * 10 + usize::from(ones - b'0'))
                }
                _ => None,
            });
            let (Some(code), Some(announced), Some(&format)) = (code, announced, line.get(4))
            else {
                return Err(self.member.bad(self.line, "it is no line of EDIGEO (CODE00:value)"));
            };
            return Ok(Some(Line { code, format, announced, value: &line[VALUE_AT..] }));
        }
        Ok(None)
    }
}

struct Line<'f> {
    code: [u8; 3],
    format: u8,
    announced: usize,
    value: &'f [u8],
}

fn opened<'f>((kind, line): ([u8; 3], u64)) -> Record<'f> {
    Record { kind, id: Cow::Borrowed(&[]), line, fields: Vec::new() }
}

fn three(text: &[u8]) -> Option<[u8; 3]> {
    text.get(..3)?.try_into().ok()
}

/// `None` for ISO 646 in all its spellings.
fn charset(name: &[u8]) -> Option<&'static Encoding> {
    let name = String::from_utf8_lossy(name).trim().to_ascii_lowercase();
    match name.strip_prefix("8859-") {
        Some(part) => Encoding::for_label(format!("iso-8859-{part}").as_bytes()),
        None => Encoding::for_label(name.as_bytes()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &[u8]) -> Result<Vec<String>, ReadError> {
        let member = Member::of_bytes(text);
        let mut records = member.records();
        let mut kinds = Vec::new();
        while let Some(record) = records.next()? {
            kinds.push(String::from_utf8_lossy(&record.id).into_owned());
        }
        Ok(kinds)
    }

    #[test]
    fn values_are_continued_and_decoded() {
        let member = Member::of_bytes(
            b"BOMT 04:TEST\r\nCSET 03:IRV\r\n\r\nRTYSA03:FEA\r\nRIDSA01:a\r\nTEXT 06:8859-1\r\nATVST03:\xe9t\xe9\r\nNEXT 02: d\r\nATVST01:x\r\nATVST01:\xe9\r\nEOMT 00:\r\n",
        );
        let record = member.records().next().unwrap().unwrap();
        let texts: Vec<_> = record.fields.iter().map(Field::text).collect();
        assert_eq!(texts, [("été d".into(), true), ("x".into(), true), ("é".into(), false)]);
        assert!(record.fields.iter().all(Field::is_whole));
        assert_eq!((&record.kind, record.line), (b"FEA", 4));
    }

    #[test]
    fn a_file_without_its_end_is_cut() {
        let whole = b"BOMT 04:TEST\nRTYSA03:FEA\nRIDSA01:a\nRTYSA03:FEA\nRIDSA01:b\nEOMT 00:\n";
        assert_eq!(kinds(whole).unwrap(), ["a", "b"]);
        assert_eq!(kinds(&whole[..whole.len() - 1]).unwrap(), ["a", "b"]);
        for cut in 0..whole.len() - 1 {
            let error = kinds(&whole[..cut]).unwrap_err();
            assert!(matches!(error, ReadError::CutShort { .. }), "{cut}: {error}");
        }
    }

    #[test]
    fn lines_of_something_else_are_errors_with_their_number() {
        for (text, number) in [
            (&b"BOMT 01:T\nhello\nEOMT 00:\n"[..], 2),
            (b"NEXT 01:a\nEOMT 00:\n", 1),
            (b"RIDSA01:a\nEOMT 00:\n", 1),
            (b"ATVST01:a\nEOMT 00:\n", 1),
            (b"RTYSA02:AB\nEOMT 00:\n", 1),
            (b"RTYSAxx:FEA\nEOMT 00:\n", 1),
        ] {
            match kinds(text) {
                Err(ReadError::BadEdigeo { line, .. }) => assert_eq!(line, number),
                other => panic!("{other:?}"),
            }
        }
    }
}
