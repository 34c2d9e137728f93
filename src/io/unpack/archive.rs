//! Which kind of archive a file is, by its content, and the way into it.

use std::fs::File;
use std::io::BufReader;
use std::io::Read;
use std::path::Path;

use bzip2::read::MultiBzDecoder;
use flate2::read::MultiGzDecoder;

use super::budget::Budget;
use super::budget::bad_archive;
use super::entry_name::is_wanted;
use super::sevenz;
use super::tar_archive;
use super::zip_archive;
use crate::io::read::ReadError;

/// Kinds of archives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Zip,
    SevenZ,
    Tar(Packing),
    /// One file, packed.
    Single(Packing),
}

/// How a stream is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Packing {
    None,
    Gzip,
    Bzip2,
}

/// Bytes of a tar header.
const TAR_HEADER_BYTES: usize = 512;

/// The kind of archive; `None` for what the readers open themselves (gzip around GeoJSON or CSV is theirs: they unpack
/// as they read).
pub(super) fn kind_of(path: &Path) -> Result<Option<Kind>, ReadError> {
    let start = head(open(path)?, 512).map_err(|error| ReadError::from_io(path, error))?;
    Ok(match start.as_slice() {
        [b'P', b'K', 3, 4, ..] if !is_spreadsheet(path) => Some(Kind::Zip),
        // An empty zip has only its end.
        [b'P', b'K', 5, 6, ..] => Some(Kind::Zip),
        [b'7', b'z', 0xbc, 0xaf, 0x27, 0x1c, ..] => Some(Kind::SevenZ),
        [b'B', b'Z', b'h', b'1'..=b'9', ..] => Some(of_stream(path, Packing::Bzip2)?),
        [0x1f, 0x8b, ..] => match of_stream(path, Packing::Gzip)? {
            Kind::Single(_) if is_text(path)? => None,
            kind => Some(kind),
        },
        start if is_tar(start) => Some(Kind::Tar(Packing::None)),
        _ => None,
    })
}

/// Unpacks what the readers want of an archive into `folder`; names of the rest go to `passed_over`.
pub(super) fn unpack(
    path: &Path,
    kind: Kind,
    folder: &Path,
    budget: &mut Budget,
    shown: &str,
    passed_over: &mut Vec<String>,
) -> Result<(), ReadError> {
    let mut over = |name: &Path| passed_over.push(format!("{shown}/{}", name.display()));
    match kind {
        Kind::Zip => zip_archive::unpack(path, folder, budget, &mut over),
        Kind::SevenZ => sevenz::unpack(path, folder, budget, &mut over),
        Kind::Tar(packing) => {
            tar_archive::unpack(path, stream(path, packing)?, folder, budget, &mut over)
        }
        Kind::Single(packing) => {
            budget.entry(path)?;
            let mut name = path.file_stem().unwrap_or_default().to_owned();
            // What is packed twice keeps its last extension; what has none left is told by its content.
            if !is_wanted(Path::new(&name)) {
                let start = head(stream(path, packing)?, 16)
                    .map_err(|e| bad_archive(path, &e.to_string()))?;
                name.push(extension_by_content(&start));
            }
            budget.write(path, &mut stream(path, packing)?, &folder.join(name))
        }
    }
}

fn extension_by_content(start: &[u8]) -> &'static str {
    match start {
        [b'S', b'Q', b'L', b'i', ..] => ".gpkg",
        [0, 0, 0x27, 0x0a, ..] => ".shp",
        [b'P', b'K', ..] => ".zip",
        [b'{', ..] | [0xef, 0xbb, 0xbf, b'{', ..] => ".json",
        [b'<', ..] => ".gml",
        _ => ".csv",
    }
}

fn open(path: &Path) -> Result<File, ReadError> {
    File::open(path).map_err(|error| ReadError::from_io(path, error))
}

fn stream(path: &Path, packing: Packing) -> Result<Box<dyn Read>, ReadError> {
    let file = BufReader::with_capacity(1 << 16, open(path)?);
    Ok(match packing {
        Packing::None => Box::new(file),
        Packing::Gzip => Box::new(MultiGzDecoder::new(file)),
        Packing::Bzip2 => Box::new(MultiBzDecoder::new(file)),
    })
}

fn of_stream(path: &Path, packing: Packing) -> Result<Kind, ReadError> {
    // A stream that is cut in its first bytes is told when it is read.
    let start = head(stream(path, packing)?, TAR_HEADER_BYTES).unwrap_or_default();
    Ok(if is_tar(&start) { Kind::Tar(packing) } else { Kind::Single(packing) })
}

/// Whether a gzip holds text, which the readers unpack on the way.
fn is_text(path: &Path) -> Result<bool, ReadError> {
    let start = head(stream(path, Packing::Gzip)?, TAR_HEADER_BYTES).unwrap_or_default();
    let is_binary = start.contains(&0)
        || start.starts_with(b"PK")
        || start.starts_with(b"7z\xbc")
        || start.starts_with(b"\x1f\x8b")
        || start.starts_with(b"BZh");
    Ok(!is_binary && !start.starts_with(b"<"))
}

fn is_tar(start: &[u8]) -> bool {
    start.get(257..262) == Some(b"ustar") || is_old_tar(start)
}

/// Tar before POSIX has no magic: a name, and a checksum that fits.
fn is_old_tar(start: &[u8]) -> bool {
    let Some(header) = start.get(..TAR_HEADER_BYTES) else { return false };
    let digits: String = header[148..156].iter().map(|&b| char::from(b)).collect();
    let Ok(written) = u32::from_str_radix(digits.trim_matches(['\0', ' ']), 8) else {
        return false;
    };
    let sum: u32 = header
        .iter()
        .enumerate()
        .map(|(at, &byte)| if (148..156).contains(&at) { 32 } else { u32::from(byte) })
        .sum();
    header[0] != 0 && sum == written
}

/// Spreadsheets are zip archives that are read as they are.
fn is_spreadsheet(path: &Path) -> bool {
    let name = path.to_string_lossy().to_ascii_lowercase();
    [".xlsx", ".xlsm", ".ods"].iter().any(|end| name.ends_with(end))
}

fn head(from: impl Read, length: usize) -> std::io::Result<Vec<u8>> {
    let mut start = Vec::new();
    from.take(length as u64).read_to_end(&mut start)?;
    Ok(start)
}
