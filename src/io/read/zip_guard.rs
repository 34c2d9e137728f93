//! Looks into a zip file before it is trusted: what kind of spreadsheet it is, and whether it unpacks to a sane size.

use std::fs::File;
use std::io::BufReader;
use std::io::Read;
use std::path::Path;

use zip::ZipArchive;

use super::error::ReadError;
use super::want::Limits;

/// The ratio means nothing before this many bytes are unpacked.
const RATIO_FROM_BYTES: u64 = 64 << 20;
/// Largest content of a spreadsheet once unpacked: the fullest sheet of 1 048 576 rows and 40 columns has half of it.
/// What all rows share (texts) is held in memory, so that this bounds the memory too.
const SHEET_BYTES: u64 = 4 << 30;
/// Largest table of shared texts, which is held in memory; names of all French communes take 1 MiB.
const SHARED_TEXT_BYTES: u64 = 128 << 20;

/// Spreadsheets that are zip files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Workbook {
    /// Office Open XML.
    Xlsx,
    /// OpenDocument.
    Ods,
}

/// The kind of spreadsheet in a zip file; `None` when it is another archive, or damaged.
pub(super) fn workbook_in(path: &Path) -> Option<Workbook> {
    let mut archive = ZipArchive::new(BufReader::new(File::open(path).ok()?)).ok()?;
    if archive.index_for_name("xl/workbook.xml").is_some() {
        return Some(Workbook::Xlsx);
    }
    let mut kind = String::new();
    archive.by_name("mimetype").ok()?.take(64).read_to_string(&mut kind).ok()?;
    (kind.trim() == "application/vnd.oasis.opendocument.spreadsheet").then_some(Workbook::Ods)
}

/// Unpacks every entry into nothing, counting: sizes that a zip file announces can be false.
pub(super) fn check_size(path: &Path, limits: Limits) -> Result<(), ReadError> {
    let file = File::open(path).map_err(|error| ReadError::from_io(path, error))?;
    let damaged = |_| bad(path, 0, "the zip archive is damaged or cut");
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(damaged)?;
    let limit = limits.unpacked_bytes.min(SHEET_BYTES);
    let too_large =
        |limit: String| Err(ReadError::UnpacksTooLarge { path: path.to_owned(), limit });
    let mut unpacked = 0_u64;
    let mut chunk = vec![0_u8; 1 << 16];
    for at in 0..archive.len() {
        let mut entry = archive.by_index(at).map_err(damaged)?;
        let packed = entry.compressed_size().max(1);
        let shared = entry.name().is_ok_and(|name| name.ends_with("sharedStrings.xml"));
        let mut of_entry = 0_u64;
        loop {
            let n = entry
                .read(&mut chunk)
                .map_err(|_damaged| bad(path, 0, "a part of the zip archive is damaged"))?;
            if n == 0 {
                break;
            }
            of_entry += n as u64;
            unpacked += n as u64;
            if unpacked > limit {
                return too_large(format!("{limit} bytes"));
            }
            if shared && of_entry > SHARED_TEXT_BYTES {
                return too_large(format!("{SHARED_TEXT_BYTES} bytes of shared text"));
            }
            if of_entry > RATIO_FROM_BYTES && of_entry / packed > limits.unpacked_ratio {
                return too_large(format!("{} times its packed size", limits.unpacked_ratio));
            }
        }
    }
    Ok(())
}

/// A spreadsheet that cannot be read. Never with text of the file, which could be a name.
pub(super) fn bad(path: &Path, after_rows: u64, what: &str) -> ReadError {
    ReadError::BadSpreadsheet { path: path.to_owned(), after_rows, what: what.to_owned() }
}
