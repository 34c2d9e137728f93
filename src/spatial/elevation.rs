//! Height of the ground on a grid, and the slope that it makes.
//!
//! Slope is Horn's (1981) over the eight neighbours of a cell, as `gdaldem slope` and QGIS compute it.

use std::borrow::Borrow;

use geo::Coord;
use geo::Geometry;
use geo::Rect;

use crate::spatial::overlay::Position;
use crate::spatial::overlay::PreparedArea;
use crate::spatial::overlay_area::areal_extent;
use crate::spatial::shape::representative_point;

/// Side in metres of the smallest cell accepted: below it, no area could be walked cell by cell.
pub const SMALLEST_CELL_M: f64 = 0.1;

/// How far the cells of two tiles may be out of step to be one grid, in cells.
const STEP_TOLERANCE: f64 = 0.01;

/// A regular grid of heights, north up, square cells.
#[derive(Debug, Clone, PartialEq)]
pub struct ElevationGrid {
    /// Centre of the lower left cell, in metres.
    origin: Coord,
    /// Side of a cell, in metres.
    cell_m: f64,
    n_cols: usize,
    n_rows: usize,
    /// Heights in metres, row after row from the north, each from the west; not a number where unknown.
    heights: Vec<f32>,
}

/// The mean slope of an area.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MeanSlope {
    /// Tangent of the slope: 0.05 is 5 %.
    pub share: f64,
    /// Cells whose slope is known, in the area.
    pub cells: usize,
    /// Share of the area's cells whose slope is known, from 0.5 to 1.
    pub known_share: f64,
}

impl ElevationGrid {
    /// A grid of `n_cols` by `n_rows` heights in metres, row after row from the north, each from the west; not a number
    /// where unknown. `origin` is the centre of the lower left cell. `None` when the numbers do not make a grid: another
    /// count of heights, no cell, a side below [`SMALLEST_CELL_M`], an origin that is not finite.
    #[must_use]
    pub fn new(
        origin: Coord,
        cell_m: f64,
        n_cols: usize,
        n_rows: usize,
        heights: Vec<f32>,
    ) -> Option<Self> {
        let makes_a_grid = n_cols.checked_mul(n_rows) == Some(heights.len())
            && !heights.is_empty()
            && cell_m >= SMALLEST_CELL_M
            && [cell_m, origin.x, origin.y].iter().all(|v| v.is_finite());
        makes_a_grid.then_some(Self { origin, cell_m, n_cols, n_rows, heights })
    }

    /// Number of cells.
    #[must_use]
    pub fn cells(&self) -> usize {
        self.heights.len()
    }

    /// Number of cells whose height is known.
    #[must_use]
    pub fn known_cells(&self) -> usize {
        self.heights.iter().filter(|height| !height.is_nan()).count()
    }

    /// Side of a cell, in metres.
    #[must_use]
    pub fn cell_m(&self) -> f64 {
        self.cell_m
    }

    /// What the cells cover, to their outer edges.
    #[must_use]
    pub fn extent(&self) -> Rect {
        let half = Coord { x: 0.5, y: 0.5 } * self.cell_m;
        let last = Coord { x: (self.n_cols - 1) as f64, y: (self.n_rows - 1) as f64 };
        Rect::new(self.origin - half, self.origin + last * self.cell_m + half)
    }

    /// Whether the cells of another grid are those of this one, continued.
    fn continues(&self, other: &Self) -> bool {
        let off = |v: f64| (v - v.round()).abs() < STEP_TOLERANCE;
        (self.cell_m / other.cell_m - 1.0).abs() < 1e-9
            && off((self.origin.x - other.origin.x) / self.cell_m)
            && off((self.origin.y - other.origin.y) / self.cell_m)
    }

    /// Centre of a cell, on the grid or off it.
    fn centre(&self, column: i64, row: i64) -> Coord {
        self.origin + Coord { x: column as f64, y: row as f64 } * self.cell_m
    }

    /// Column, from the west, and row, from the south, of the cell that a point is in; they may be off the grid.
    fn place(&self, at: Coord) -> (i64, i64) {
        let number = |v: f64, first: f64| ((v - first) / self.cell_m + 0.5).floor() as i64;
        (number(at.x, self.origin.x), number(at.y, self.origin.y))
    }

    fn height(&self, column: i64, row: i64) -> Option<f64> {
        let column = usize::try_from(column).ok().filter(|column| *column < self.n_cols)?;
        let row = usize::try_from(row).ok().filter(|row| *row < self.n_rows)?;
        let height = self.heights.get((self.n_rows - 1 - row) * self.n_cols + column)?;
        height.is_finite().then_some(f64::from(*height))
    }

    /// Height in metres of the cell that `at` is in; `None` off the grid and where it is unknown.
    #[must_use]
    pub fn height_at(&self, at: Coord) -> Option<f64> {
        let (column, row) = self.place(at);
        self.height(column, row)
    }

    /// Slope (tangent) of the cell that `at` is in; `None` when its height or that of one of its eight neighbours is
    /// unknown, so on the rim of the grid.
    #[must_use]
    pub fn slope_at(&self, at: Coord) -> Option<f64> {
        let (column, row) = self.place(at);
        self.slope(column, row)
    }

    fn slope(&self, column: i64, row: i64) -> Option<f64> {
        self.horn(|east, north| self.height(column.checked_add(east)?, row.checked_add(north)?))
    }

    /// Slope from the heights around a cell, which `near` gives by their steps to the east and to the north.
    fn horn(&self, near: impl Fn(i64, i64) -> Option<f64>) -> Option<f64> {
        near(0, 0)?;
        let (north_west, north, north_east) = (near(-1, 1)?, near(0, 1)?, near(1, 1)?);
        let (west, east) = (near(-1, 0)?, near(1, 0)?);
        let (south_west, south, south_east) = (near(-1, -1)?, near(0, -1)?, near(1, -1)?);
        let across =
            (north_east + 2.0 * east + south_east) - (north_west + 2.0 * west + south_west);
        let along =
            (north_west + 2.0 * north + north_east) - (south_west + 2.0 * south + south_east);
        Some(across.hypot(along) / (8.0 * self.cell_m))
    }
}

/// Mean slope over the cells of `tiles` whose centre lies in `area`, borders included; where tiles overlap, the first
/// that knows the slope of a place counts, once. On the rim of a tile the neighbours are those of the next tile, where it
/// has the same cells.
///
/// An area that no centre lies in uses the cell at its representative point. `None` when fewer than half of the cells
/// are known: the slope is then unknown, not 0. The grid of cells is that of the first tile that meets the area; tiles of
/// one producer share it.
#[must_use]
pub fn mean_slope<G: Borrow<ElevationGrid>>(tiles: &[G], area: &Geometry) -> Option<MeanSlope> {
    let extent = areal_extent(area);
    let frame = tiles.iter().map(Borrow::borrow).find(|tile: &&ElevationGrid| {
        let (column, row) = tile.place(Coord { x: extent.max_x, y: extent.max_y });
        let (first_column, first_row) = tile.place(Coord { x: extent.min_x, y: extent.min_y });
        column >= 0
            && row >= 0
            && (first_column.max(0) as usize) < tile.n_cols
            && (first_row.max(0) as usize) < tile.n_rows
    })?;
    let in_step: Vec<&ElevationGrid> =
        tiles.iter().map(Borrow::borrow).filter(|tile| frame.continues(tile)).collect();
    let across = |at: Coord| {
        let (column, row) = frame.place(at);
        frame.horn(|east, north| {
            let at = frame.centre(column.checked_add(east)?, row.checked_add(north)?);
            in_step.iter().find_map(|tile| tile.height_at(at))
        })
    };
    let slope_at =
        |at: Coord| tiles.iter().find_map(|tile| tile.borrow().slope_at(at)).or_else(|| across(at));
    let prepared = PreparedArea::new(area);
    let (from, to) = (
        frame.place(Coord { x: extent.min_x, y: extent.min_y }),
        frame.place(Coord { x: extent.max_x, y: extent.max_y }),
    );
    let (mut sum, mut known, mut all) = (0.0, 0_usize, 0_usize);
    for row in from.1..=to.1 {
        for column in from.0..=to.0 {
            let centre = frame.centre(column, row);
            if prepared.position(centre) == Position::Outside {
                continue;
            }
            all += 1;
            if let Some(slope) = slope_at(centre) {
                sum += slope;
                known += 1;
            }
        }
    }
    if all == 0 {
        let share = slope_at(representative_point(area)?)?;
        return Some(MeanSlope { share, cells: 1, known_share: 1.0 });
    }
    (2 * known >= all).then(|| MeanSlope {
        share: sum / known as f64,
        cells: known,
        known_share: known as f64 / all as f64,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const X: f64 = 563_200.0;
    const Y: f64 = 6_301_800.0;

    fn grid(n_cols: usize, n_rows: usize, height: impl Fn(f64, f64) -> f64) -> ElevationGrid {
        let rows = (0..n_rows).rev();
        let heights = rows
            .flat_map(|row| (0..n_cols).map(move |column| (column as f64 * 5.0, row as f64 * 5.0)))
            .map(|(x, y)| height(x, y) as f32)
            .collect();
        ElevationGrid::new(Coord { x: X, y: Y }, 5.0, n_cols, n_rows, heights).expect("grid")
    }

    fn block(x: f64, y: f64, w: f64, h: f64) -> Geometry {
        geo::Rect::new(Coord { x: X + x, y: Y + y }, Coord { x: X + x + w, y: Y + y + h })
            .to_polygon()
            .into()
    }

    #[test]
    fn a_plane_has_its_slope_everywhere() {
        let tiles = [grid(40, 30, |x, y| 100.0 + 0.03 * x - 0.04 * y)];
        let slope = mean_slope(&tiles, &block(12.0, 13.0, 60.0, 50.0)).expect("known");
        assert!((slope.share - 0.05).abs() < 1e-5, "{slope:?}");
        assert_eq!((slope.cells, slope.known_share), (12 * 10, 1.0));
        // Smaller than a cell, between centres.
        let small = mean_slope(&tiles, &block(51.0, 51.0, 1.0, 1.0)).expect("known");
        assert_eq!(small.cells, 1);
        assert!(
            tiles[0]
                .height_at(Coord { x: X + 10.0, y: Y })
                .is_some_and(|h| (h - 100.3).abs() < 1e-4)
        );
    }

    #[test]
    fn unknown_is_not_flat() {
        let half = [grid(40, 30, |x, _| if x > 100.0 { f64::NAN } else { 10.0 })];
        assert_eq!(mean_slope(&half, &block(96.0, 13.0, 60.0, 50.0)), None);
        let most = mean_slope(&half, &block(36.0, 13.0, 70.0, 50.0)).expect("mostly known");
        assert_eq!(most.share, 0.0);
        assert!(most.known_share > 0.8 && most.known_share < 1.0);
        assert_eq!(mean_slope(&half, &block(9_000.0, 13.0, 60.0, 50.0)), None);
        assert_eq!(mean_slope::<ElevationGrid>(&[], &block(0.0, 0.0, 60.0, 50.0)), None);
        assert_eq!(half[0].slope_at(Coord { x: X, y: Y }), None);
    }

    /// Two tiles side by side answer as the whole they were cut from.
    #[test]
    fn a_seam_between_tiles_is_not_seen() {
        let height = |x: f64, y: f64| 100.0 + 3.0 * (x / 11.0).sin() + 2.0 * (y / 7.0).cos();
        let whole = grid(20, 12, height);
        let part = |first: usize, n_cols: usize| {
            let rows = whole.heights.chunks(20).flat_map(|row| &row[first..first + n_cols]);
            let origin = Coord { x: X + 5.0 * first as f64, y: Y };
            ElevationGrid::new(origin, 5.0, n_cols, 12, rows.copied().collect()).expect("grid")
        };
        let area = block(12.5, 7.5, 70.0, 40.0);
        let of_whole = mean_slope(std::slice::from_ref(&whole), &area).expect("known");
        assert_eq!(mean_slope(&[part(0, 9), part(9, 11)], &area), Some(of_whole));
        // Where the next tile is out of step, the rim stays unknown.
        let mut shifted = part(9, 11);
        shifted.origin.x += 2.0;
        let with_gap = mean_slope(&[part(0, 9), shifted], &area).expect("known");
        assert!(with_gap.known_share < 1.0, "{with_gap:?}");
    }

    #[test]
    fn numbers_that_make_no_grid_are_refused() {
        let origin = Coord { x: X, y: Y };
        assert_eq!(ElevationGrid::new(origin, 5.0, 2, 2, vec![0.0; 3]), None);
        assert_eq!(ElevationGrid::new(origin, 0.0, 2, 2, vec![0.0; 4]), None);
        assert_eq!(ElevationGrid::new(origin, f64::NAN, 2, 2, vec![0.0; 4]), None);
        assert_eq!(ElevationGrid::new(origin, 5.0, usize::MAX, 2, vec![0.0; 4]), None);
    }

    /// Slopes in per cent that `gdaldem slope -p` gave for the same ground: `tests/reference/slope.py`.
    #[test]
    fn slopes_are_those_of_gdal() {
        let from_north = [
            [38.7032, 34.0690, 29.1808, 27.8576, 30.8832, 34.9196, 36.9453],
            [31.0476, 24.8153, 17.3868, 14.9900, 19.9412, 25.5267, 27.8521],
            [28.3883, 20.8848, 10.3754, 4.1531, 13.2206, 20.1602, 22.3247],
            [33.9634, 27.7377, 20.8099, 18.3585, 22.0528, 26.5111, 27.7460],
            [35.7882, 30.0636, 24.1088, 22.3856, 25.7625, 29.7759, 30.8257],
            [29.4931, 22.9210, 15.5517, 14.2490, 20.1073, 25.6696, 27.2862],
        ];
        let ground = grid(9, 8, |x, y| {
            let height =
                100.0 + 3.0 * (x / 11.0).sin() + 2.0 * (y / 7.0).cos() + 0.02 * x * y / 10.0;
            (height * 1e4).round() / 1e4
        });
        for (row, slopes) in from_north.iter().enumerate() {
            for (column, theirs) in slopes.iter().enumerate() {
                let at =
                    Coord { x: X + 5.0 * (column as f64 + 1.0), y: Y + 5.0 * (6.0 - row as f64) };
                let ours = ground.slope_at(at).expect("inside") * 100.0;
                assert!(
                    (ours - theirs).abs() < 5e-4,
                    "row {row}, column {column}: {ours} {theirs}"
                );
            }
        }
        let whole = mean_slope(&[ground], &block(2.5, 2.5, 35.0, 30.0)).expect("known");
        let mean = from_north.iter().flatten().sum::<f64>() / 42.0;
        assert_eq!(whole.cells, 42);
        assert!((whole.share * 100.0 - mean).abs() < 5e-4);
    }
}
