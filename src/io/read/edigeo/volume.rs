//! The `.THF`: which lots an exchange has, and which files hold them.

use std::fs;
use std::path::Path;
use std::path::PathBuf;

use super::super::error::ReadError;
use super::record::Member;
use super::record::Record;

/// One lot (a sheet of the cadastre); names as the `.THF` builds them, without extension.
#[derive(Debug, Default)]
pub(super) struct Lot {
    /// Reference systems (`.GEO`).
    pub georeference: Option<String>,
    /// Quality: dates of the objects (`.QAL`).
    pub quality: Option<String>,
    /// Names of attributes (`.DIC`).
    pub dictionary: Option<String>,
    /// Object classes (`.SCD`).
    pub scheme: Option<String>,
    /// Geometry and objects (`.VEC`): file, and the name of the subset by which references call it.
    pub vectors: Vec<(String, Vec<u8>)>,
}

/// The lots of an exchange and the folder that they lie in.
#[derive(Debug)]
pub(super) struct Volume {
    pub path: PathBuf,
    pub lots: Vec<Lot>,
}

impl Volume {
    pub fn open(path: &Path) -> Result<Self, ReadError> {
        let member = Member::open(path)?;
        let mut records = member.records();
        let mut lots = Vec::new();
        while let Some(record) = records.next()? {
            if &record.kind == b"GTL" {
                lots.push(Lot::of(&member, &record)?);
            }
        }
        if lots.is_empty() {
            return Err(member.bad(1, "it describes no lot of data (GTL)"));
        }
        Ok(Self { path: path.to_owned(), lots })
    }

    /// The file of this name beside the `.THF`, in any letter case.
    pub fn find(&self, name: &str, extension: &str) -> Option<PathBuf> {
        let folder = self.path.parent().filter(|p| !p.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new("."));
        let file = format!("{name}.{extension}");
        for spelling in [file.clone(), file.to_ascii_uppercase(), file.to_ascii_lowercase()] {
            let candidate = folder.join(spelling);
            if candidate.is_file() {
                return Some(candidate);
            }
        }
        // The smallest name, so that the answer does not depend on the disk.
        let same = |candidate: &PathBuf| {
            let name = candidate.file_name().and_then(|name| name.to_str());
            name.is_some_and(|name| name.eq_ignore_ascii_case(&file)) && candidate.is_file()
        };
        fs::read_dir(folder).ok()?.filter_map(|entry| Some(entry.ok()?.path())).filter(same).min()
    }

    /// Opens a file without which the exchange cannot be read.
    pub fn open_member(&self, name: Option<&String>, extension: &str) -> Result<Member, ReadError> {
        let missing = |file: String| ReadError::MissingMember { path: self.path.clone(), file };
        let name = name.ok_or_else(|| missing(format!(".{extension}")))?;
        match self.find(name, extension) {
            Some(path) => Member::open(&path),
            None => Err(missing(format!("{name}.{extension}"))),
        }
    }
}

impl Lot {
    fn of(member: &Member, record: &Record<'_>) -> Result<Self, ReadError> {
        let lot_name = record.word(b"LON").unwrap_or_default();
        let mut lot = Self::default();
        for field in &record.fields {
            let part = String::from_utf8_lossy(&field.value).trim().to_owned();
            let name = format!("{lot_name}{part}");
            // The names come from the file: they must not lead out of its folder.
            let is_plain = name.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-".contains(&b));
            let slot = match &field.code {
                b"GON" => &mut lot.georeference,
                b"QAN" => &mut lot.quality,
                b"DIN" => &mut lot.dictionary,
                b"SCN" => &mut lot.scheme,
                b"GDN" if is_plain => {
                    lot.vectors.push((name, Vec::new()));
                    continue;
                }
                b"GDN" => return Err(member.bad(record.line, "it names a file out of its folder")),
                b"GDI" => {
                    if let Some((_, subset)) = lot.vectors.last_mut() {
                        *subset = field.value.to_vec();
                    }
                    continue;
                }
                _ => continue,
            };
            if !is_plain {
                return Err(member.bad(record.line, "it names a file out of its folder"));
            }
            *slot = (!part.is_empty()).then_some(name);
        }
        Ok(lot)
    }
}
