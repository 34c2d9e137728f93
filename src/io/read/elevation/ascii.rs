//! Esri ASCII grids: a header of words and numbers, then heights row after row from the north.
//!
//! Numbers are separated by blanks; where lines end means nothing. The words may be in any case and order.

use std::fs::File;
use std::io::BufRead;
use std::io::BufReader;
use std::path::Path;

use geo::Coord;

use super::ElevationHeader;
use super::check_size;
use crate::io::read::crs_of_file;
use crate::io::read::error::ReadError;
use crate::io::read::layer::DeclaredCrs;
use crate::io::read::sidecar;
use crate::spatial::elevation::ElevationGrid;
use crate::spatial::elevation::SMALLEST_CELL_M;

/// The unknown height of a grid that names none.
const USUAL_NO_DATA: f32 = -9999.0;
/// No number is longer; what is, is no grid.
const LONGEST_WORD: usize = 64;
/// A digit and what separates it from the next.
const LEAST_BYTES_A_CELL: u64 = 2;

/// Words of the header.
const WORDS: [&str; 10] = [
    "ncols",
    "nrows",
    "xllcorner",
    "xllcenter",
    "yllcorner",
    "yllcenter",
    "cellsize",
    "dx",
    "dy",
    "nodata_value",
];

/// Whether the first bytes of a file begin a grid.
pub(super) fn looks_like(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let word: Vec<u8> =
        head.iter().take_while(|b| !b.is_ascii_whitespace()).map(u8::to_ascii_lowercase).collect();
    WORDS.iter().any(|known| known.as_bytes() == word)
}

/// The words of a file, one by one, with the line of the last.
struct WordsOf<'p> {
    path: &'p Path,
    inner: BufReader<File>,
    line: u64,
    word: Vec<u8>,
}

impl WordsOf<'_> {
    /// Moves to the next word; `false` at the end.
    fn advance(&mut self) -> Result<bool, ReadError> {
        self.word.clear();
        loop {
            let bytes =
                self.inner.fill_buf().map_err(|source| ReadError::from_io(self.path, source))?;
            if bytes.is_empty() {
                return Ok(!self.word.is_empty());
            }
            let mut used = 0;
            for byte in bytes {
                if byte.is_ascii_whitespace() {
                    // The end of a line is left for the next word, so that an error names the line of this one.
                    if !self.word.is_empty() {
                        break;
                    }
                    self.line += u64::from(*byte == b'\n');
                } else if self.word.len() < LONGEST_WORD {
                    self.word.push(*byte);
                } else {
                    break;
                }
                used += 1;
            }
            let is_whole = used < bytes.len();
            self.inner.consume(used);
            if is_whole {
                return Ok(true);
            }
        }
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.word).into_owned()
    }

    fn wrong(&self, what: String) -> ReadError {
        ReadError::BadGrid { path: self.path.to_owned(), line: self.line, what }
    }

    /// The word as a number of either precision.
    fn number<N: std::str::FromStr>(&self) -> Result<N, ReadError> {
        let number = std::str::from_utf8(&self.word).ok().and_then(|text| text.parse().ok());
        number.ok_or_else(|| {
            let value = self.text();
            self.wrong(if value.contains(',') {
                format!("{value} has a decimal comma; numbers are written with a point")
            } else {
                format!("{value} is no number for a grid")
            })
        })
    }
}

/// A header, and the height that stands for none.
struct Head {
    header: ElevationHeader,
    no_data: f32,
}

/// Reads the header and stops at the first height, which is then the current word.
fn head(words: &mut WordsOf<'_>) -> Result<Head, ReadError> {
    let mut said: [Option<f64>; WORDS.len()] = [None; WORDS.len()];
    let mut first = true;
    loop {
        if !words.advance()? {
            return Err(words.wrong("the file ends within its header".to_owned()));
        }
        if std::mem::take(&mut first) && words.word.starts_with(b"\xef\xbb\xbf") {
            words.word.drain(..3);
        }
        let word = words.text().to_ascii_lowercase();
        let is_word = word.starts_with(|c: char| c.is_ascii_alphabetic());
        if !is_word || ["nan", "inf", "infinity"].contains(&word.as_str()) {
            break;
        }
        let Some(at) = WORDS.iter().position(|known| **known == word) else {
            return Err(words.wrong(format!("{word} is no word of the header of a grid")));
        };
        if !words.advance()? {
            return Err(words.wrong("the file ends within its header".to_owned()));
        }
        said[at] = Some(words.number()?);
    }
    let of = |name: &str| WORDS.iter().position(|known| *known == name).and_then(|at| said[at]);
    let needed =
        |name: &str| of(name).ok_or_else(|| words.wrong(format!("the header says no {name}")));
    let count = |name: &str| {
        let number = needed(name)?;
        if number.fract() != 0.0 || !(1.0..=f64::from(u32::MAX)).contains(&number) {
            return Err(words.wrong(format!("{name} of a grid cannot be {number}")));
        }
        Ok(number as u64)
    };
    let (n_cols, n_rows) = (count("ncols")?, count("nrows")?);
    check_size(words.path, n_cols, n_rows)?;
    let cell = match (of("cellsize"), of("dx"), of("dy")) {
        (Some(cell), _, _) => cell,
        (None, Some(dx), Some(dy)) if (dx - dy).abs() <= 1e-6 * dx.abs() => dx,
        (None, Some(dx), Some(dy)) => {
            return Err(words.wrong(format!("its cells are {dx} by {dy}, not square")));
        }
        _ => needed("cellsize")?,
    };
    if !(cell.is_finite() && cell > 0.0) {
        return Err(words.wrong(format!("cellsize of a grid cannot be {cell}")));
    }
    let place = |corner: &str, centre: &str| {
        let at = of(centre).or_else(|| of(corner).map(|at| at + cell / 2.0));
        at.filter(|at| at.is_finite())
            .ok_or_else(|| words.wrong(format!("the header says no {corner}")))
    };
    let origin = Coord { x: place("xllcorner", "xllcenter")?, y: place("yllcorner", "yllcenter")? };
    let crs = match sidecar::bytes(words.path, "prj") {
        Some(bytes) => crs_of_file::of_wkt(&String::from_utf8_lossy(&bytes)),
        None => DeclaredCrs::None,
    };
    let (n_cols, n_rows) = (n_cols as usize, n_rows as usize);
    let header = ElevationHeader { format: "esri-ascii-grid", n_cols, n_rows, cell, origin, crs };
    // Heights are compared in the precision in which they are kept.
    let no_data = of("nodata_value").map_or(USUAL_NO_DATA, |value| value as f32);
    Ok(Head { header, no_data })
}

pub(super) fn probe(path: &Path, inner: BufReader<File>) -> Result<ElevationHeader, ReadError> {
    head(&mut WordsOf { path, inner, line: 1, word: Vec::new() }).map(|head| head.header)
}

pub(super) fn read(path: &Path, inner: BufReader<File>) -> Result<ElevationGrid, ReadError> {
    let bytes = inner.get_ref().metadata().map_err(|source| ReadError::from_io(path, source))?;
    let mut words = WordsOf { path, inner, line: 1, word: Vec::new() };
    let Head { header, no_data } = head(&mut words)?;
    let cells = header.n_cols * header.n_rows;
    let wrong_count = |found: usize, words: &WordsOf<'_>| {
        words.wrong(format!("{cells} heights are announced and {found} are there"))
    };
    // A file that cannot hold what it announces is not given the memory for it.
    let expected = if bytes.is_file() && bytes.len() < LEAST_BYTES_A_CELL * cells as u64 {
        (bytes.len() / LEAST_BYTES_A_CELL) as usize
    } else {
        cells
    };
    let mut heights: Vec<f32> = Vec::with_capacity(expected);
    loop {
        if heights.len() == cells {
            return Err(words.wrong(format!(
                "{cells} heights are announced and there are more, from {} on",
                words.text()
            )));
        }
        let height: f32 = words.number()?;
        if height.is_infinite() {
            return Err(words.wrong(format!("{} is no height for a grid", words.text())));
        }
        heights.push(if height == no_data { f32::NAN } else { height });
        if !words.advance()? {
            break;
        }
    }
    if heights.len() != cells {
        return Err(wrong_count(heights.len(), &words));
    }
    let ElevationHeader { n_cols, n_rows, cell, origin, .. } = header;
    ElevationGrid::new(origin, cell, n_cols, n_rows, heights)
        .ok_or_else(|| words.wrong(format!("cells of {cell} m are below {SMALLEST_CELL_M} m")))
}
