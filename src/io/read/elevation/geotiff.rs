//! GeoTIFF of one band: strips or tiles, plain, deflate or LZW, with the place of its cells.

use std::fs::File;
use std::io::BufReader;
use std::panic::AssertUnwindSafe;
use std::panic::catch_unwind;
use std::path::Path;

use geo::Coord;
use tiff::ColorType;
use tiff::TiffError;
use tiff::decoder::ChunkType;
use tiff::decoder::Decoder;
use tiff::decoder::DecodingResult;
use tiff::tags::Tag;

use super::ElevationHeader;
use super::check_size;
use super::geo_keys::GeoKeys;
use crate::io::read::error::ReadError;
use crate::spatial::elevation::ElevationGrid;
use crate::spatial::elevation::SMALLEST_CELL_M;

/// GDAL's own tag: what else it knows, as XML.
const GDAL_METADATA: Tag = Tag::Unknown(42_112);

/// Sides of a cell that differ by less are one side.
const SQUARE: f64 = 1e-6;

type Tiff = Decoder<BufReader<File>>;

fn wrong(path: &Path, what: String) -> ReadError {
    ReadError::BadRaster { path: path.to_owned(), what }
}

/// Runs a part of the reading; a panic of the library on a damaged file is an error like its others.
fn guarded<T>(path: &Path, part: impl FnOnce() -> Result<T, ReadError>) -> Result<T, ReadError> {
    catch_unwind(AssertUnwindSafe(part))
        .unwrap_or_else(|_| Err(wrong(path, "its structure is damaged".to_owned())))
}

pub(super) fn probe(path: &Path, inner: BufReader<File>) -> Result<ElevationHeader, ReadError> {
    guarded(path, || open(path, inner).map(|(_, header)| header))
}

pub(super) fn read(path: &Path, inner: BufReader<File>) -> Result<ElevationGrid, ReadError> {
    guarded(path, || {
        let (mut tiff, header) = open(path, inner)?;
        let heights = heights(path, &mut tiff, &header)?;
        let ElevationHeader { n_cols, n_rows, cell, origin, .. } = header;
        ElevationGrid::new(origin, cell, n_cols, n_rows, heights).ok_or_else(|| {
            wrong(path, format!("its cells of {cell} m are below {SMALLEST_CELL_M} m"))
        })
    })
}

fn open(path: &Path, inner: BufReader<File>) -> Result<(Tiff, ElevationHeader), ReadError> {
    let unreadable =
        |error: TiffError| wrong(path, format!("it is no TIFF that can be read ({error})"));
    let mut tiff = Decoder::new(inner).map_err(unreadable)?;
    let (n_cols, n_rows) = tiff.dimensions().map_err(unreadable)?;
    check_size(path, u64::from(n_cols), u64::from(n_rows))?;
    if n_cols == 0 || n_rows == 0 {
        return Err(wrong(path, "it has no cell".to_owned()));
    }
    match tiff.colortype().map_err(unreadable)? {
        ColorType::Gray(_) => {}
        other => {
            let n_bands = other.num_samples();
            return Err(wrong(
                path,
                format!("it has {n_bands} bands or colours, where heights are one band"),
            ));
        }
    }
    refuse_scaled(path, &mut tiff)?;
    let directory = tiff.get_tag_u16_vec(Tag::GeoKeyDirectoryTag).unwrap_or_default();
    let texts = tiff.get_tag_ascii_string(Tag::GeoAsciiParamsTag).unwrap_or_default();
    let keys = GeoKeys { directory: &directory, texts: &texts };
    let (upper_left, cell) = place(path, &mut tiff, keys.is_point())?;
    let origin = Coord { x: upper_left.x, y: upper_left.y - cell * f64::from(n_rows - 1) };
    let crs = keys.crs();
    let (n_cols, n_rows) = (n_cols as usize, n_rows as usize);
    Ok((tiff, ElevationHeader { format: "geotiff", n_cols, n_rows, cell, origin, crs }))
}

/// Heights written as whole numbers with a factor would be read as other heights.
fn refuse_scaled(path: &Path, tiff: &mut Tiff) -> Result<(), ReadError> {
    let metadata = tiff.get_tag_ascii_string(GDAL_METADATA).unwrap_or_default();
    if metadata.contains("role=\"scale\"") || metadata.contains("role=\"offset\"") {
        let what = "its heights are written with a factor or an offset; gdal_translate -unscale takes it out";
        return Err(wrong(path, what.to_owned()));
    }
    Ok(())
}

/// Centre of the upper left cell, and the side of a cell.
fn place(path: &Path, tiff: &mut Tiff, is_point: bool) -> Result<(Coord, f64), ReadError> {
    let mut numbers = |tag| tiff.get_tag_f64_vec(tag).unwrap_or_default();
    let (scale, tie) = (numbers(Tag::ModelPixelScaleTag), numbers(Tag::ModelTiepointTag));
    let matrix = numbers(Tag::ModelTransformationTag);
    // Corner (or point) of the first cell, and the two sides of a cell.
    let (at, width, height) = match (scale.as_slice(), tie.as_slice(), matrix.as_slice()) {
        ([width, height, ..], [column, row, _, x, y, _], _) => {
            (Coord { x: x - column * width, y: y + row * height }, *width, *height)
        }
        (_, _, [a, b, _, x, d, e, _, y, ..]) => {
            if *b != 0.0 || *d != 0.0 {
                return Err(wrong(path, "it is turned".to_owned()));
            }
            (Coord { x: *x, y: *y }, *a, -e)
        }
        _ => return Err(wrong(path, "it does not say where its cells are".to_owned())),
    };
    if ![at.x, at.y, width, height].iter().all(|number| number.is_finite())
        || width <= 0.0
        || height <= 0.0
    {
        return Err(wrong(path, "it does not have north above and east on the right".to_owned()));
    }
    if (width - height).abs() > SQUARE * width {
        return Err(wrong(path, format!("its cells are {width} by {height}, not square")));
    }
    let half = if is_point { 0.0 } else { width / 2.0 };
    Ok((at + Coord { x: half, y: -half }, width))
}

/// All heights, strip after strip or tile after tile. The memory grows with what is there, so that a file which announces
/// much and holds little does not take it.
fn heights(path: &Path, tiff: &mut Tiff, header: &ElevationHeader) -> Result<Vec<f32>, ReadError> {
    let no_data = tiff
        .get_tag_ascii_string(Tag::GdalNodata)
        .ok()
        .and_then(|text| text.trim_matches(['\0', ' ']).parse::<f64>().ok());
    let (width, height) = tiff.chunk_dimensions();
    let (width, height) = (width as usize, height as usize);
    let (n_cols, n_rows) = (header.n_cols, header.n_rows);
    if width == 0 || height == 0 {
        return Err(wrong(path, "its structure is damaged".to_owned()));
    }
    let across = if tiff.get_chunk_type() == ChunkType::Tile { n_cols.div_ceil(width) } else { 1 };
    let down = n_rows.div_ceil(height);
    let lengths = stored_lengths(path, tiff)?;
    let mut heights: Vec<f32> = Vec::new();
    let mut chunk = 0_u32;
    for first_row in (0..down).map(|at| at * height) {
        let rows = height.min(n_rows - first_row);
        for first_column in (0..across).map(|at| at * width) {
            let columns = width.min(n_cols - first_column);
            let at = chunk;
            chunk += 1;
            heights.resize((first_row + rows) * n_cols, f32::NAN);
            // A tile of which nothing is stored has no height.
            if lengths.get(at as usize) == Some(&0) {
                continue;
            }
            let read = tiff.read_chunk(at).map_err(|error| {
                wrong(path, format!("it is cut or damaged after {first_row} rows ({error})"))
            })?;
            let values = Values::of(&read).ok_or_else(|| {
                wrong(path, "its numbers are of a kind that is not read".to_owned())
            })?;
            for row in 0..rows {
                let start = (first_row + row) * n_cols + first_column;
                let Some(target) = heights.get_mut(start..start + columns) else { continue };
                values.copy(row * columns, target, no_data).ok_or_else(|| {
                    wrong(
                        path,
                        format!("it is cut or damaged after {first_row} rows (too few values)"),
                    )
                })?;
            }
        }
    }
    Ok(heights)
}

/// Bytes of each strip or tile. One that ends behind the file's end has been cut, whatever its decoder makes of it.
fn stored_lengths(path: &Path, tiff: &mut Tiff) -> Result<Vec<u64>, ReadError> {
    let (offsets, lengths) = match tiff.get_chunk_type() {
        ChunkType::Strip => (Tag::StripOffsets, Tag::StripByteCounts),
        ChunkType::Tile => (Tag::TileOffsets, Tag::TileByteCounts),
    };
    let mut numbers = |tag| {
        tiff.get_tag_u64_vec(tag)
            .map_err(|error| wrong(path, format!("it is no TIFF that can be read ({error})")))
    };
    let (offsets, lengths) = (numbers(offsets)?, numbers(lengths)?);
    let file = tiff.inner().get_ref().metadata();
    let bytes = file.map_err(|source| ReadError::from_io(path, source))?.len();
    let end = offsets.iter().zip(&lengths).map(|(from, length)| from.saturating_add(*length)).max();
    match end {
        Some(end) if end > bytes => {
            Err(wrong(path, format!("it is cut: {bytes} of {end} bytes are there")))
        }
        _ => Ok(lengths),
    }
}

/// The values of a chunk, in the kinds in which heights are written.
enum Values<'a> {
    F32(&'a [f32]),
    F64(&'a [f64]),
    I16(&'a [i16]),
    U16(&'a [u16]),
    I32(&'a [i32]),
    U32(&'a [u32]),
    U8(&'a [u8]),
    I8(&'a [i8]),
}

impl<'a> Values<'a> {
    fn of(read: &'a DecodingResult) -> Option<Self> {
        Some(match read {
            DecodingResult::F32(values) => Self::F32(values),
            DecodingResult::F64(values) => Self::F64(values),
            DecodingResult::I16(values) => Self::I16(values),
            DecodingResult::U16(values) => Self::U16(values),
            DecodingResult::I32(values) => Self::I32(values),
            DecodingResult::U32(values) => Self::U32(values),
            DecodingResult::U8(values) => Self::U8(values),
            DecodingResult::I8(values) => Self::I8(values),
            _ => return None,
        })
    }

    /// Copies values from `start` on; `None` when there are too few.
    fn copy(&self, start: usize, target: &mut [f32], no_data: Option<f64>) -> Option<()> {
        match self {
            Self::F32(values) => {
                // GDAL writes the value with more digits than single precision holds.
                let no_data = no_data.map(|value| f64::from(value as f32));
                fill(values, start, target, |v| f64::from(*v), no_data)
            }
            Self::F64(values) => fill(values, start, target, |v| *v, no_data),
            Self::I16(values) => fill(values, start, target, |v| f64::from(*v), no_data),
            Self::U16(values) => fill(values, start, target, |v| f64::from(*v), no_data),
            Self::I32(values) => fill(values, start, target, |v| f64::from(*v), no_data),
            Self::U32(values) => fill(values, start, target, |v| f64::from(*v), no_data),
            Self::U8(values) => fill(values, start, target, |v| f64::from(*v), no_data),
            Self::I8(values) => fill(values, start, target, |v| f64::from(*v), no_data),
        }
    }
}

fn fill<T>(
    values: &[T],
    start: usize,
    target: &mut [f32],
    number: impl Fn(&T) -> f64,
    no_data: Option<f64>,
) -> Option<()> {
    let values = values.get(start..start + target.len())?;
    for (place, value) in target.iter_mut().zip(values) {
        let height = number(value);
        let is_known = height.is_finite() && no_data != Some(height);
        *place = if is_known { height as f32 } else { f32::NAN };
    }
    Some(())
}
