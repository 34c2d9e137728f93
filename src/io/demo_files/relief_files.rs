//! Heights as Esri ASCII grids, one a zone.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use rayon::iter::IndexedParallelIterator;
use rayon::iter::IntoParallelRefIterator;
use rayon::iter::ParallelIterator;

use super::DemoFilesError;
use super::unwritten;
use crate::demo::RELIEF_CELL_M;
use crate::demo::ReliefTile;

/// Writes `mnt-25m-0001.asc` and so on into `dir`.
pub(super) fn write(dir: &Path, tiles: &[ReliefTile]) -> Result<(), DemoFilesError> {
    tiles.par_iter().enumerate().try_for_each(|(rank, tile)| {
        let path = dir.join(format!("mnt-25m-{:04}.asc", rank + 1));
        fs::write(&path, text(tile)).map_err(unwritten(&path))
    })
}

fn text(tile: &ReliefTile) -> String {
    let mut text = format!(
        "ncols {}\nnrows {}\nxllcorner {}\nyllcorner {}\ncellsize {RELIEF_CELL_M}\nNODATA_value -99999\n",
        tile.n_cols, tile.n_rows, tile.corner.x, tile.corner.y
    );
    for row in tile.heights_cm.chunks(tile.n_cols.max(1)) {
        for (column, height) in row.iter().enumerate() {
            let blank = if column == 0 { "" } else { " " };
            // Writing to a string does not fail.
            let _ = write!(text, "{blank}{:.2}", f64::from(*height) / 100.0);
        }
        text.push('\n');
    }
    text
}
