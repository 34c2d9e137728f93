//! The keys of a GeoTIFF: reference system, and whether a height is that of a cell or of a point.
//!
//! OGC GeoTIFF 1.1: a directory of (key, where its value is, count, value), beside one of texts.

use crate::io::read::crs_of_file;
use crate::io::read::layer::DeclaredCrs;

const MODEL_TYPE: u16 = 1024;
const RASTER_TYPE: u16 = 1025;
const CITATION: u16 = 1026;
const GEOGRAPHIC: u16 = 2048;
const PROJECTED: u16 = 3072;
const PROJECTED_CITATION: u16 = 3073;

/// Model type of longitude and latitude.
const IS_GEOGRAPHIC: u16 = 2;
/// Raster type of heights of points.
const IS_POINT: u16 = 2;
/// Code of a system that only its parameters or its name describe.
const USER_DEFINED: u16 = 32_767;
/// Where a text value is: the tag of texts.
const IN_TEXTS: u16 = 34_737;

/// The directory of keys.
pub(super) struct GeoKeys<'a> {
    /// The directory: a head of four numbers, then four a key.
    pub(super) directory: &'a [u16],
    pub(super) texts: &'a str,
}

impl GeoKeys<'_> {
    fn entry(&self, key: u16) -> Option<&[u16]> {
        self.directory.chunks_exact(4).skip(1).find(|entry| entry.first() == Some(&key))
    }

    /// A value that stands in the directory itself.
    fn number(&self, key: u16) -> Option<u16> {
        match self.entry(key)? {
            [_, 0, _, value] => Some(*value),
            _ => None,
        }
    }

    fn text(&self, key: u16) -> Option<&str> {
        match self.entry(key)? {
            [_, IN_TEXTS, count, from] => {
                let from = usize::from(*from);
                let text = self.texts.get(from..from + usize::from(*count))?;
                Some(text.trim_matches(|c: char| c == '|' || c == '\0' || c.is_whitespace()))
            }
            _ => None,
        }
    }

    /// Whether each height is that of a point, rather than of a cell.
    pub(super) fn is_point(&self) -> bool {
        self.number(RASTER_TYPE) == Some(IS_POINT)
    }

    /// The horizontal reference system.
    pub(super) fn crs(&self) -> DeclaredCrs {
        let code = if self.number(MODEL_TYPE) == Some(IS_GEOGRAPHIC) {
            self.number(GEOGRAPHIC)
        } else {
            self.number(PROJECTED).or_else(|| self.number(GEOGRAPHIC))
        };
        match code {
            Some(code) if code != 0 && code != USER_DEFINED => DeclaredCrs::Epsg(u32::from(code)),
            _ => {
                let name = self.text(PROJECTED_CITATION).or_else(|| self.text(CITATION));
                match name.filter(|name| !name.is_empty()) {
                    // A name with its parts, as some write it: `PCS Name = RGF93_Lambert_93|…`.
                    Some(name) => {
                        let first = name.split('|').next().unwrap_or(name);
                        crs_of_file::of_name(first.rsplit('=').next().unwrap_or(first))
                    }
                    None if code.is_some() => DeclaredCrs::Named("GeoTIFF 32767".to_owned()),
                    None => DeclaredCrs::None,
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn crs(entries: &[[u16; 4]], texts: &str) -> DeclaredCrs {
        let mut directory = vec![1, 1, 0, entries.len() as u16];
        directory.extend(entries.iter().flatten());
        GeoKeys { directory: &directory, texts }.crs()
    }

    #[test]
    fn systems_by_code_and_by_name() {
        let user = [PROJECTED, 0, 1, USER_DEFINED];
        assert_eq!(
            crs(&[[MODEL_TYPE, 0, 1, 1], [PROJECTED, 0, 1, 2154]], ""),
            DeclaredCrs::Epsg(2154)
        );
        assert_eq!(
            crs(&[[MODEL_TYPE, 0, 1, 2], [GEOGRAPHIC, 0, 1, 4326]], ""),
            DeclaredCrs::Epsg(4326)
        );
        let named = [PROJECTED_CITATION, IN_TEXTS, 18, 0];
        assert_eq!(crs(&[user, named], "RGF93 / Lambert-93|"), DeclaredCrs::Epsg(2154));
        assert_eq!(crs(&[user], ""), DeclaredCrs::Named("GeoTIFF 32767".to_owned()));
        assert_eq!(crs(&[], ""), DeclaredCrs::None);
        // A text that is not there is no reason to stop.
        assert_eq!(crs(&[[CITATION, IN_TEXTS, 90, 70]], "abc|"), DeclaredCrs::None);
    }
}
