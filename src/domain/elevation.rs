//! Heights of the ground on the territory, as tiles of one or several grids.

use geo::BoundingRect;
use geo::Geometry;
use geo::Rect;

use super::Provenance;
use crate::spatial::elevation::ElevationGrid;
use crate::spatial::elevation::MeanSlope;
use crate::spatial::elevation::mean_slope;
use crate::spatial::index::SpatialIndex;

/// Elevation of the territory.
#[derive(Debug)]
pub struct Elevation {
    tiles: Vec<ElevationGrid>,
    index: SpatialIndex,
    /// Where the heights come from.
    pub provenance: Provenance,
}

impl Elevation {
    /// The tiles as they count: where two know a place, the first is right.
    #[must_use]
    pub fn new(tiles: Vec<ElevationGrid>, provenance: Provenance) -> Self {
        let extents: Vec<Rect> = tiles.iter().map(ElevationGrid::extent).collect();
        Self { index: SpatialIndex::build(&extents), tiles, provenance }
    }

    /// The tiles, in the order in which they count.
    #[must_use]
    pub fn tiles(&self) -> &[ElevationGrid] {
        &self.tiles
    }

    /// Number of cells of all tiles.
    #[must_use]
    pub fn cells(&self) -> usize {
        self.tiles.iter().map(ElevationGrid::cells).sum()
    }

    /// Share of the cells whose height is known, 0 to 1; 0 without a cell.
    #[must_use]
    pub fn known_share(&self) -> f64 {
        let known: usize = self.tiles.iter().map(ElevationGrid::known_cells).sum();
        known as f64 / self.cells().max(1) as f64
    }

    /// Whether some tile lies at least partly over the box around a geometry.
    #[must_use]
    pub fn touches(&self, geometry: &Geometry) -> bool {
        geometry.bounding_rect().is_some_and(|frame| !self.index.in_box(&frame).is_empty())
    }

    /// Mean slope of an area, as [`mean_slope`]; `None` where the heights of fewer than half of it are known.
    #[must_use]
    pub fn mean_slope(&self, area: &Geometry) -> Option<MeanSlope> {
        let mut near = self.index.in_box(&area.bounding_rect()?);
        // The order of the tiles decides where they overlap, not that of the index.
        near.sort_unstable();
        let tiles: Vec<&ElevationGrid> =
            near.into_iter().filter_map(|at| self.tiles.get(at as usize)).collect();
        mean_slope(&tiles, area)
    }
}
