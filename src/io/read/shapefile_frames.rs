//! Where the records of a `.shp` are and where they end, when its header or its order cannot be
//! taken on trust.
//!
//! The header says how long the file is; programs that crashed or patched files leave a wrong
//! figure there. The `.shx` says where each record is; programs that edited a shape in place move
//! it to the end of the file and leave the old bytes where they were.

use std::fs::File;
use std::io;
use std::io::BufReader;
use std::io::Read;
use std::io::Seek;
use std::io::SeekFrom;
use std::path::Path;

use super::gzip::read_up_to;
use super::sidecar;

/// Bytes of the header of a `.shp` and of a `.shx`.
pub(super) const HEADER_BYTES: u64 = 100;

/// What precedes a record: its number and its length, from the four bytes each.
pub(super) struct Frame {
    pub number: u32,
    /// Bytes of content.
    pub length: u64,
}

impl Frame {
    pub(super) fn read(file: &mut impl Read) -> io::Result<Self> {
        let mut bytes = [0_u8; 8];
        file.read_exact(&mut bytes)?;
        let [a, b, c, d, e, f, g, h] = bytes;
        let words = u32::from_be_bytes([e, f, g, h]);
        Ok(Self { number: u32::from_be_bytes([a, b, c, d]), length: u64::from(words) * 2 })
    }
}

/// Where the records end when the header announces another length than the file has.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum End {
    /// Whole records fill the file.
    AtEndOfFile {
        /// How many records.
        records: u64,
    },
    /// Whole records fill what the header announces; other bytes follow.
    AsAnnounced,
    /// The last record is not whole.
    Nowhere,
}

/// Walks over the records, from the header on.
pub(super) fn end_of_records(
    file: &mut BufReader<File>,
    announced: u64,
    length: u64,
) -> io::Result<End> {
    file.seek(SeekFrom::Start(HEADER_BYTES))?;
    let (mut at, mut records, mut met_announced) = (HEADER_BYTES, 0, announced == HEADER_BYTES);
    while at + 8 <= length {
        let frame = Frame::read(file)?;
        let next = at + 8 + frame.length;
        if frame.length < 4 || next > length {
            break;
        }
        file.seek_relative(frame.length.cast_signed())?;
        (at, records) = (next, records + 1);
        met_announced |= at == announced;
    }
    file.seek(SeekFrom::Start(HEADER_BYTES))?;
    Ok(match (at == length, met_announced) {
        (true, _) => End::AtEndOfFile { records },
        (false, true) => End::AsAnnounced,
        (false, false) => End::Nowhere,
    })
}

/// What the `.shx` beside a `.shp` says.
pub(super) struct Index {
    /// Offsets of the records, in bytes.
    offsets: Vec<u64>,
    in_file_order: bool,
}

impl Index {
    /// Reads the index; `None` when there is none, or none that can be read.
    pub(super) fn beside(path: &Path) -> Option<Self> {
        let mut file =
            BufReader::with_capacity(1 << 16, File::open(sidecar::find(path, "shx")?).ok()?);
        let mut header = [0_u8; HEADER_BYTES as usize];
        if read_up_to(&mut file, &mut header).ok()? < header.len() {
            return None;
        }
        let (mut offsets, mut next, mut in_file_order) = (Vec::new(), HEADER_BYTES, true);
        let mut entry = [0_u8; 8];
        while read_up_to(&mut file, &mut entry).ok()? == entry.len() {
            let [a, b, c, d, e, f, g, h] = entry;
            let offset = u64::from(u32::from_be_bytes([a, b, c, d])) * 2;
            in_file_order &= offset == next;
            next = offset + 8 + u64::from(u32::from_be_bytes([e, f, g, h])) * 2;
            offsets.push(offset);
        }
        Some(Self { offsets, in_file_order })
    }

    pub(super) const fn records(&self) -> u64 {
        self.offsets.len() as u64
    }

    /// The offsets, when they are not simply those of the file's order and each of them leads to
    /// the record of its number. An index that leads elsewhere is worth nothing.
    pub(super) fn other_order(
        self,
        file: &mut BufReader<File>,
        length: u64,
    ) -> io::Result<Option<Vec<u64>>> {
        if self.in_file_order {
            return Ok(None);
        }
        for (index, &offset) in self.offsets.iter().enumerate() {
            if offset < HEADER_BYTES || offset + 8 > length {
                return Ok(None);
            }
            file.seek(SeekFrom::Start(offset))?;
            let frame = Frame::read(file)?;
            let is_the_one = u64::from(frame.number) == index as u64 + 1;
            if !is_the_one || frame.length < 4 || offset + 8 + frame.length > length {
                return Ok(None);
            }
        }
        Ok(Some(self.offsets))
    }
}
