//! What lies in the territory, and near enough to matter.

use geo::BoundingRect;
use geo::Coord;
use geo::Geometry;
use geo::Intersects;
use geo::Rect;

use crate::domain::CodeInsee;
use crate::domain::Commune;
use crate::domain::Entity;
use crate::spatial::index::SpatialIndex;
use crate::spatial::overlay;
use crate::spatial::shape;

/// How far beyond the outermost commune an object can still matter: a motorway junction, a station.
const NEIGHBORHOOD_M: f64 = 30_000.0;
/// Frame around communes of which only the centre is known.
const CENTRE_ONLY_M: f64 = 10_000.0;

/// The communes of the territory, ready to be asked where a thing lies.
pub(super) struct Reach {
    codes: Vec<CodeInsee>,
    outlines: Vec<Geometry<f64>>,
    index: SpatialIndex,
    all_outlined: bool,
    unbounded: bool,
    frame: Option<Rect<f64>>,
}

impl Reach {
    pub(super) fn new(communes: &[Commune]) -> Self {
        let boxes: Vec<Rect<f64>> =
            communes.iter().filter_map(|commune| commune.geometry.bounding_rect()).collect();
        let all_outlined = communes.iter().all(Commune::has_outline);
        let margin = if all_outlined { 0.0 } else { CENTRE_ONLY_M };
        let frame = boxes.iter().copied().reduce(joined).map(|frame| grown(frame, margin));
        Self {
            codes: communes.iter().map(|commune| commune.insee).collect(),
            outlines: communes.iter().map(|commune| commune.geometry().clone()).collect(),
            index: SpatialIndex::build(&boxes),
            all_outlined,
            unbounded: false,
            frame,
        }
    }

    /// A reach that holds every place and every commune: for the layer that says which communes there are.
    pub(super) fn unbounded() -> Self {
        Self { unbounded: true, ..Self::new(&[]) }
    }

    /// Whether a commune belongs to the territory.
    pub(super) fn has(&self, commune: CodeInsee) -> bool {
        self.unbounded || self.codes.binary_search(&commune).is_ok()
    }

    /// The commune at a place, where outlines are known.
    pub(super) fn commune_at(&self, at: Coord<f64>) -> Option<CodeInsee> {
        let outline = |i: usize| &self.outlines[i];
        self.index
            .at_point(at, outline)
            .into_iter()
            .find(|i| !matches!(outline(*i as usize), Geometry::Point(_)))
            .and_then(|i| self.codes.get(i as usize))
            .copied()
    }

    /// The commune of a point inside the geometry.
    pub(super) fn commune_of(&self, geometry: &Geometry<f64>) -> Option<CodeInsee> {
        shape::representative_point(geometry).and_then(|at| self.commune_at(at))
    }

    /// The communes that a geometry touches with more than its edge; empty where outlines are not known.
    pub(super) fn communes_under(&self, geometry: &Geometry<f64>) -> Vec<CodeInsee> {
        let Some(frame) = geometry.bounding_rect() else { return Vec::new() };
        self.index
            .in_box(&frame)
            .into_iter()
            .filter(|i| {
                let outline = &self.outlines[*i as usize];
                !matches!(outline, Geometry::Point(_)) && outline.intersects(geometry)
            })
            .filter_map(|i| self.codes.get(i as usize).copied())
            .collect()
    }

    /// The communes that an area overlaps, and by how much of each, 0 to 1.
    pub(super) fn shares_of_communes(&self, geometry: &Geometry<f64>) -> Vec<(CodeInsee, f64)> {
        let Some(frame) = geometry.bounding_rect() else { return Vec::new() };
        self.index
            .in_box(&frame)
            .into_iter()
            .filter_map(|i| {
                let (code, outline) = (self.codes.get(i as usize)?, self.outlines.get(i as usize)?);
                let share = if matches!(outline, Geometry::Point(_)) {
                    // Of this commune only the centre is known: what holds the centre speaks for it.
                    f64::from(u8::from(outline.intersects(geometry)))
                } else {
                    overlay::intersection_area(geometry, outline) / shape::area(outline)
                };
                (share > 0.0 && share.is_finite()).then_some((*code, share))
            })
            .collect()
    }

    /// Whether the geometry lies at least partly in the territory. Without outlines, in its frame.
    pub(super) fn holds(&self, geometry: &Geometry<f64>) -> bool {
        if self.unbounded {
            true
        } else if self.all_outlined {
            !self.communes_under(geometry).is_empty()
        } else {
            self.frame
                .zip(geometry.bounding_rect())
                .is_some_and(|(frame, of)| frame.intersects(&of))
        }
    }

    /// Box of all that can matter, in Lambert-93; `None` when everything can.
    pub(super) fn near_box(&self) -> Option<Rect<f64>> {
        self.frame.filter(|_| !self.unbounded).map(|frame| grown(frame, NEIGHBORHOOD_M))
    }

    /// Whether the geometry is near enough for distances: in the territory or up to 30 km around.
    pub(super) fn is_near(&self, geometry: &Geometry<f64>) -> bool {
        self.unbounded
            || self
                .frame
                .zip(geometry.bounding_rect())
                .is_some_and(|(frame, of)| grown(frame, NEIGHBORHOOD_M).intersects(&of))
    }
}

fn joined(a: Rect<f64>, b: Rect<f64>) -> Rect<f64> {
    Rect::new(
        Coord { x: a.min().x.min(b.min().x), y: a.min().y.min(b.min().y) },
        Coord { x: a.max().x.max(b.max().x), y: a.max().y.max(b.max().y) },
    )
}

fn grown(frame: Rect<f64>, by: f64) -> Rect<f64> {
    Rect::new(
        Coord { x: frame.min().x - by, y: frame.min().y - by },
        Coord { x: frame.max().x + by, y: frame.max().y + by },
    )
}
