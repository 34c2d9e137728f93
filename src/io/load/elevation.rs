//! Heights of the ground: the tiles that touch the territory, in Lambert-93.

use std::collections::BTreeSet;
use std::path::Path;
use std::path::PathBuf;

use geo::Geometry;
use rayon::prelude::*;

use super::LoadError;
use super::files;
use super::reach::Reach;
use super::source::Source;
use crate::domain::Areas;
use crate::domain::Balance;
use crate::domain::Elevation;
use crate::domain::Fate;
use crate::domain::Place;
use crate::domain::Problem;
use crate::domain::ProblemCode;
use crate::io::read;
use crate::io::read::DeclaredCrs;
use crate::io::read::ElevationHeader;
use crate::io::read::ReadError;
use crate::spatial::crs::LAMBERT_93;
use crate::spatial::crs_range;

/// Systems whose places are those of EPSG:2154 to a few centimetres: the later realisations of RGF93.
const SAME_PLACES: [u32; 3] = [LAMBERT_93, 9793, 9794];

/// Names of files of heights, where a folder is given.
const EXTENSIONS: [&str; 3] = ["asc", "tif", "tiff"];

/// Heights as read. The balance counts tiles.
pub(super) struct ElevationResult {
    pub(super) elevation: Elevation,
    pub(super) balance: Balance,
    pub(super) problems: Vec<Problem>,
}

/// Reads the headers of all files, then the heights of those that touch a commune.
///
/// # Errors
/// A file that cannot be read, that is in another system than Lambert-93 or says none and lies outside France in it; more
/// cells than the memory is for.
pub(super) fn load(source: &Source<'_>, reach: &Reach) -> Result<ElevationResult, LoadError> {
    let paths = tile_paths(source)?;
    let unreadable = |error| source.unreadable(error);
    let headers: Vec<ElevationHeader> = paths
        .par_iter()
        .map(|path| read::probe_elevation(path))
        .collect::<Result<_, _>>()
        .map_err(unreadable)?;
    let (mut balance, mut problems) = (Balance::default(), Vec::new());
    let (mut near, mut formats, mut cells) = (Vec::new(), BTreeSet::new(), 0_u64);
    for (path, header) in paths.iter().zip(&headers) {
        problems.extend(check_crs(source, path, header)?);
        let is_near = reach.holds(&Geometry::Polygon(header.extent().to_polygon()));
        balance.count(None, if is_near { Fate::Kept } else { Fate::Outside }, Areas::default());
        if is_near {
            cells = cells.saturating_add(header.cells());
            near.push(path);
            formats.insert((header.format, "", ""));
        }
        if cells > read::MOST_CELLS {
            let (path, limit) = (path.clone(), read::MOST_CELLS);
            return Err(unreadable(ReadError::GridTooLarge { path, cells, limit }));
        }
    }
    let tiles = near
        .par_iter()
        .map(|path| read::read_elevation(path))
        .collect::<Result<Vec<_>, _>>()
        .map_err(unreadable)?;
    let provenance = source.provenance(&formats, near.len());
    Ok(ElevationResult { elevation: Elevation::new(tiles, provenance), balance, problems })
}

/// The files of the layer, sorted; of a folder, all that are named as heights.
fn tile_paths(source: &Source<'_>) -> Result<Vec<PathBuf>, LoadError> {
    let folder = &source.config.folder;
    let mut paths = Vec::new();
    for path in files::find(source.key, folder, &source.layer.path)? {
        if path.is_dir() {
            let shown = files::shown(folder, &path);
            let within = files::find(source.key, &path, &["**/*.*".to_owned()]);
            let mut within = within.unwrap_or_default();
            within.retain(|file| has_name_of_heights(file));
            if within.is_empty() {
                return Err(LoadError::NothingInside { layer: source.key.to_owned(), file: shown });
            }
            paths.extend(within);
        } else {
            paths.push(path);
        }
    }
    paths.sort();
    paths.dedup();
    Ok(paths)
}

fn has_name_of_heights(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    path.is_file() && EXTENSIONS.iter().any(|known| extension.eq_ignore_ascii_case(known))
}

/// Refuses what is not Lambert-93. A grid cannot be brought there point by point: it would have to be drawn again.
fn check_crs(
    source: &Source<'_>,
    path: &Path,
    header: &ElevationHeader,
) -> Result<Option<Problem>, LoadError> {
    let shown = files::shown(&source.config.folder, path);
    let elsewhere =
        |found: String| source.unreadable(ReadError::NotLambert93 { path: path.to_owned(), found });
    if let Some(epsg) = source.layer.epsg() {
        return if SAME_PLACES.contains(&epsg) {
            Ok(None)
        } else {
            Err(elsewhere(format!("EPSG:{epsg}")))
        };
    }
    match &header.crs {
        DeclaredCrs::Epsg(epsg) if SAME_PLACES.contains(epsg) => Ok(None),
        DeclaredCrs::Epsg(epsg) => Err(elsewhere(format!("EPSG:{epsg}"))),
        DeclaredCrs::Wkt(text) | DeclaredCrs::Named(text) => {
            Err(elsewhere(text.chars().take(80).collect()))
        }
        DeclaredCrs::None => {
            let extent = header.extent();
            let corners = [extent.min(), extent.center(), extent.max()];
            if crs_range::recognise(&corners) != Some(LAMBERT_93) {
                return Err(LoadError::NoCrs { layer: source.key.to_owned(), file: shown });
            }
            Ok(Some(Problem {
                layer: source.key.to_owned(),
                file: shown,
                row: None,
                feature: None,
                code: ProblemCode::CrsGuessed,
                value: format!("EPSG:{LAMBERT_93}"),
                detail: None,
                place: Place { at: Some(extent.center()), commune: None },
            }))
        }
    }
}
