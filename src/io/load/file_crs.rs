//! The reference system of a file: configured, declared by the file, fixed by the schema, or recognised from the
//! coordinates where nobody says it or what is said cannot be.

use geo::Coord;

use super::LoadError;
use super::pieces::Piece;
use super::reach::Reach;
use crate::domain::ProblemCode;
use crate::io::config::LayerConfig;
use crate::io::crs::to_lambert_93;
use crate::io::read::DeclaredCrs;
use crate::io::read::Format;
use crate::spatial::crs::LAMBERT_93;
use crate::spatial::crs::Transform;
use crate::spatial::crs::WGS_84;
use crate::spatial::crs_range;
use crate::spatial::crs_range::Window;

/// The system that the rows of a file are read by.
pub(super) struct Settled {
    pub(super) epsg: u32,
    pub(super) transform: Transform,
    /// Where France lies in it, when known: a place outside that lies inside the other way round is turned.
    pub(super) window: Option<Window>,
    /// What a person should know about the choice.
    pub(super) notes: Vec<(ProblemCode, String)>,
}

/// Settles the system from what is said and from some places of the file.
///
/// # Errors
/// A file that says nothing and whose coordinates are of no known range, a system that cannot be understood or used.
pub(super) fn settle(
    layer: &str,
    config: &LayerConfig,
    piece: &Piece,
    places: &[Coord<f64>],
) -> Result<Settled, LoadError> {
    let file = || piece.shown.clone();
    let unknown = |found: &str| LoadError::UnknownCrs {
        layer: layer.to_owned(),
        file: file(),
        found: found.chars().take(80).collect(),
    };
    let recognised = || crs_range::recognise(places);
    let mut notes = Vec::new();
    let mut guessed = |epsg: u32, said: Option<u32>| {
        let said = said.map(|said| format!(" (≠ EPSG:{said})")).unwrap_or_default();
        notes.push((ProblemCode::CrsGuessed, format!("EPSG:{epsg}{said}")));
        epsg
    };
    // RFC 7946: GeoJSON without `crs` is longitude and latitude.
    let is_geojson = piece.header.format == Format::GeoJson;
    let by_kind = is_geojson.then_some(crs_range::GEOJSON_DEFAULT).or(piece.schema.epsg);
    let epsg = match (config.epsg(), &piece.header.crs) {
        (Some(epsg), _) => epsg,
        // What is named and not understood is not guessed at: a local system may have the range of another.
        (None, DeclaredCrs::Wkt(text) | DeclaredCrs::Named(text)) => return Err(unknown(text)),
        (None, DeclaredCrs::Epsg(said)) => match recognised() {
            Some(epsg) if !crs_range::is_plausible(*said, places) => guessed(epsg, Some(*said)),
            _ => *said,
        },
        (None, DeclaredCrs::None) => match (recognised(), by_kind) {
            (Some(epsg), Some(usual))
                if crs_range::is_plausible(usual, places) || epsg == usual =>
            {
                usual
            }
            (Some(epsg), _) => guessed(epsg, None),
            (None, Some(usual)) => usual,
            (None, None) => return Err(LoadError::NoCrs { layer: layer.to_owned(), file: file() }),
        },
    };
    let transform = to_lambert_93(epsg).map_err(|source| LoadError::Crs {
        layer: layer.to_owned(),
        file: file(),
        source,
    })?;
    if let Some(accuracy_m) = crs_range::stated_accuracy_m(epsg) {
        notes.push((ProblemCode::CrsApproximate, format!("EPSG:{epsg}, ± {accuracy_m} m")));
    }
    Ok(Settled { epsg, transform, window: crs_range::window_of(epsg), notes })
}

/// A layer of fewer rows is read whole: looking at a row costs less than asking an index.
const LARGE_ROWS: u64 = 50_000;
/// The same for a file that does not say its number of rows.
const LARGE_BYTES: u64 = 64 << 20;

/// The box around the territory in the reference system of a large file, so that a national file is read only where it
/// matters: min x, min y, max x, max y. `None` when the file is small or its system has no box here.
pub(super) fn box_of_interest(
    config: &LayerConfig,
    piece: &Piece,
    reach: &Reach,
) -> Option<[f64; 4]> {
    let is_large = match piece.header.rows {
        Some(rows) => rows >= LARGE_ROWS,
        None => std::fs::metadata(&piece.path).is_ok_and(|file| file.len() >= LARGE_BYTES),
    };
    let near = reach.near_box().filter(|_| is_large)?;
    let declared = match (config.epsg(), &piece.header.crs) {
        (Some(epsg), _) => epsg,
        (None, DeclaredCrs::Epsg(epsg)) => *epsg,
        _ => return None,
    };
    let (low, high) = (near.min(), near.max());
    match declared {
        LAMBERT_93 => Some([low.x, low.y, high.x, high.y]),
        4171 | WGS_84 => {
            let back = Transform::to_wgs_84().ok()?;
            // Parallels are curved in Lambert-93: the middle of each side counts too.
            let (x, y) =
                ([low.x, (low.x + high.x) / 2.0, high.x], [low.y, (low.y + high.y) / 2.0, high.y]);
            let places = x.into_iter().flat_map(|x| y.into_iter().map(move |y| Coord { x, y }));
            places.map(|at| back.point(at)).try_fold(None, |frame: Option<[f64; 4]>, at| {
                let at = at?;
                let [x0, y0, x1, y1] = frame.unwrap_or([at.x, at.y, at.x, at.y]);
                Some(Some([x0.min(at.x), y0.min(at.y), x1.max(at.x), y1.max(at.y)]))
            })?
        }
        _ => None,
    }
}
