//! Relief around the economic zones: flat plains along the rivers, slopes beyond, then hills; as tiles of heights.
//!
//! A height is a function of its place alone, so that tiles agree where they overlap. Around planted terrains the ground is
//! level: their order must not hang on it.

use geo::BoundingRect;
use geo::Contains;
use geo_types::Coord;
use geo_types::Rect;
use rayon::iter::IntoParallelRefIterator;
use rayon::iter::ParallelIterator;

use super::records::Demo;
use super::records::Waterway;

/// Side of a cell, m.
pub const CELL_M: f64 = 25.0;
/// Cells around a zone, so that slopes on its edge are known.
const MARGIN_CELLS: f64 = 3.0;

/// Slopes of the plain and of what follows it, up to where hills begin.
const PLAIN_SLOPE: f64 = 0.005;
const FOOT_SLOPE: f64 = 0.03;
const FOOT_M: f64 = 900.0;
const UPLAND_SLOPE: f64 = 0.01;
/// Hills rise over this distance, have this height above and below, and this length from crest to crest.
const RISE_M: f64 = 900.0;
const HILL_M: f64 = 13.0;
const CREST_TO_CREST_M: (f64, f64) = (910.0, 830.0);
/// Height at the edge of a plain, m.
const EDGE_OF_PLAIN_M: f64 = 90.0;

/// Level ground around planted terrains, and the way from it to the relief, m.
const LEVEL_M: f64 = 325.0;
const RAMP_M: f64 = 600.0;

/// Every so many points of a river are enough for its distance: 100 m.
const STRIDE: usize = 5;

/// Destination of the zones of planning documents that are made for activity.
const FOR_ACTIVITY: &str = "02";

/// A tile of heights.
#[derive(Debug, Clone, PartialEq)]
pub struct ReliefTile {
    /// Lower left corner, on whole cells.
    pub corner: Coord<f64>,
    /// Columns.
    pub n_cols: usize,
    /// Rows.
    pub n_rows: usize,
    /// Heights in centimetres, row after row from the north, each from the west.
    pub heights_cm: Vec<i32>,
}

/// A stretch of river and half the greatest width of its plain.
#[derive(Debug, Clone, Copy)]
struct Reach {
    from: Coord<f64>,
    to: Coord<f64>,
    half_width_m: f64,
}

impl Reach {
    /// Distance to the edge of the plain, negative inside.
    fn beyond(&self, at: Coord<f64>) -> f64 {
        let (along, to) = (self.to - self.from, at - self.from);
        let square = along.x * along.x + along.y * along.y;
        let share = if square > 0.0 { (to.x * along.x + to.y * along.y) / square } else { 0.0 };
        let nearest = self.from + along * share.clamp(0.0, 1.0);
        (at.x - nearest.x).hypot(at.y - nearest.y) - self.half_width_m
    }
}

/// Tiles over all economic sites, zones for activity and planted terrains. `half_width_m` says how wide the plain of a river is.
pub(crate) fn relief(demo: &Demo, half_width_m: impl Fn(&Waterway) -> f64) -> Vec<ReliefTile> {
    let mut reaches = Vec::new();
    for river in &demo.rivers {
        let half_width_m = half_width_m(river);
        let points = &river.line.0;
        let mut kept: Vec<Coord<f64>> = points.iter().step_by(STRIDE).copied().collect();
        kept.extend(points.last());
        reaches.extend(kept.windows(2).map(|two| Reach { from: two[0], to: two[1], half_width_m }));
    }
    let planted = planted(demo);
    let levels: Vec<(Rect<f64>, f64)> =
        planted.iter().map(|place| (*place, natural(place.center(), &reaches))).collect();
    let sites = demo.sites.iter().filter_map(|site| site.extent.bounding_rect());
    let mut places: Vec<Rect<f64>> = sites.chain(planted.iter().copied()).collect();
    let zones = demo.communes.iter().flat_map(|commune| &commune.zones);
    for zone in zones.filter(|zone| zone.destination == FOR_ACTIVITY) {
        let Some(frame) = zone.polygon.bounding_rect() else { continue };
        if !places.iter().any(|place| place.contains(&frame)) {
            places.push(frame);
        }
    }
    places.par_iter().map(|place| tile(*place, &reaches, &levels)).collect()
}

/// Boxes of the planted terrains; those whose ramps would meet are one.
fn planted(demo: &Demo) -> Vec<Rect<f64>> {
    let mut ids: Vec<&str> =
        demo.economy.planted.iter().flat_map(|one| &one.parcels).map(String::as_str).collect();
    ids.sort_unstable();
    let of_planted = |id: &str| ids.binary_search(&id).is_ok();
    let parcels = demo.communes.iter().flat_map(|commune| &commune.parcels);
    let mut boxes: Vec<Rect<f64>> = parcels
        .filter(|parcel| of_planted(&parcel.id))
        .filter_map(|parcel| parcel.polygon.bounding_rect())
        .collect();
    let apart = 2.0 * (LEVEL_M + RAMP_M);
    let mut at = 0;
    while at < boxes.len() {
        let near = (at + 1..boxes.len()).find(|other| between(&boxes[at], &boxes[*other]) < apart);
        match near {
            Some(other) => {
                let other = boxes.swap_remove(other);
                boxes[at] = around(&boxes[at], &other);
                // The larger box may now reach an earlier one.
                at = 0;
            }
            None => at += 1,
        }
    }
    boxes
}

fn around(a: &Rect<f64>, b: &Rect<f64>) -> Rect<f64> {
    Rect::new(
        Coord { x: a.min().x.min(b.min().x), y: a.min().y.min(b.min().y) },
        Coord { x: a.max().x.max(b.max().x), y: a.max().y.max(b.max().y) },
    )
}

fn between(a: &Rect<f64>, b: &Rect<f64>) -> f64 {
    let gap = |low: f64, high: f64, other_low: f64, other_high: f64| {
        (other_low - high).max(low - other_high).max(0.0)
    };
    gap(a.min().x, a.max().x, b.min().x, b.max().x).hypot(gap(
        a.min().y,
        a.max().y,
        b.min().y,
        b.max().y,
    ))
}

fn tile(place: Rect<f64>, reaches: &[Reach], levels: &[(Rect<f64>, f64)]) -> ReliefTile {
    let low = |v: f64| (v / CELL_M).floor() - MARGIN_CELLS;
    let high = |v: f64| (v / CELL_M).ceil() + MARGIN_CELLS;
    let corner = Coord { x: low(place.min().x), y: low(place.min().y) } * CELL_M;
    let n_cols = (high(place.max().x) - low(place.min().x)) as usize;
    let n_rows = (high(place.max().y) - low(place.min().y)) as usize;
    let size = Coord { x: n_cols as f64, y: n_rows as f64 } * CELL_M;
    let (middle, radius) = (corner + size * 0.5, size.x.hypot(size.y) / 2.0);
    // Only rivers that can be the nearest of some cell.
    let nearest = reaches.iter().map(|reach| reach.beyond(middle)).fold(f64::INFINITY, f64::min);
    let near: Vec<Reach> = reaches
        .iter()
        .filter(|reach| reach.beyond(middle) <= nearest + 2.0 * radius)
        .copied()
        .collect();
    let frame = Rect::new(corner, corner + size);
    let levels: Vec<&(Rect<f64>, f64)> =
        levels.iter().filter(|(level, _)| between(level, &frame) < LEVEL_M + RAMP_M).collect();
    let mut heights_cm = Vec::with_capacity(n_cols * n_rows);
    for row in (0..n_rows).rev() {
        for column in 0..n_cols {
            let centre = Coord { x: column as f64 + 0.5, y: row as f64 + 0.5 } * CELL_M;
            let at = corner + centre;
            let mut height = natural(at, &near);
            for (level, level_height) in &levels {
                let away = between(level, &Rect::new(at, at));
                let share = smooth((away - LEVEL_M) / RAMP_M);
                height = level_height + (height - level_height) * share;
            }
            heights_cm.push((height * 100.0).round() as i32);
        }
    }
    ReliefTile { corner, n_cols, n_rows, heights_cm }
}

/// The height that rivers and hills make, m.
fn natural(at: Coord<f64>, reaches: &[Reach]) -> f64 {
    let beyond = reaches.iter().map(|reach| reach.beyond(at)).fold(f64::INFINITY, f64::min);
    let beyond = if beyond.is_finite() { beyond } else { FOOT_M + RISE_M };
    let upland = (beyond - FOOT_M).max(0.0);
    let slope = PLAIN_SLOPE * beyond.min(0.0)
        + FOOT_SLOPE * beyond.clamp(0.0, FOOT_M)
        + UPLAND_SLOPE * upland;
    let wave = |v: f64, length: f64| (std::f64::consts::TAU * v / length).sin();
    let hills = wave(at.x, CREST_TO_CREST_M.0) + wave(at.y, CREST_TO_CREST_M.1);
    EDGE_OF_PLAIN_M + slope + HILL_M * hills * smooth(upland / RISE_M)
}

/// From 0 to 1, level at both ends.
fn smooth(share: f64) -> f64 {
    let share = share.clamp(0.0, 1.0);
    share * share * (3.0 - 2.0 * share)
}

#[cfg(test)]
mod tests {
    use super::*;

    const RIVER: Reach = Reach {
        from: Coord { x: -50_000.0, y: 0.0 },
        to: Coord { x: 50_000.0, y: 0.0 },
        half_width_m: 1_000.0,
    };

    /// Mean slope, by differences over 10 m, of 400 places across the given distances from the river.
    fn mean_slope(from_m: f64, to_m: f64) -> f64 {
        let slope = |x: f64, y: f64| {
            let height = |x: f64, y: f64| natural(Coord { x, y }, &[RIVER]);
            let along = height(x + 5.0, y) - height(x - 5.0, y);
            let across = height(x, y + 5.0) - height(x, y - 5.0);
            along.hypot(across) / 10.0
        };
        let places = (0..20).flat_map(|i| (0..20).map(move |j| (f64::from(i), f64::from(j))));
        let sum: f64 =
            places.map(|(i, j)| slope(i * 97.0, from_m + (to_m - from_m) * (j + 0.5) / 20.0)).sum();
        sum / 400.0
    }

    #[test]
    fn plains_are_flat_their_feet_gentle_and_hills_steep() {
        let (plain, foot, hills) =
            (mean_slope(100.0, 990.0), mean_slope(1_010.0, 1_890.0), mean_slope(2_900.0, 9_000.0));
        assert!(plain < 0.01, "{plain}");
        assert!((0.02..0.04).contains(&foot), "{foot}");
        assert!((0.05..0.15).contains(&hills), "{hills}");
    }

    #[test]
    fn the_ground_of_planted_terrains_is_level_and_tiles_agree() {
        let place = Rect::new(Coord { x: 10.0, y: 6_010.0 }, Coord { x: 400.0, y: 6_300.0 });
        let levels = [(place, 123.0)];
        let first = tile(place, &[RIVER], &levels);
        assert!(first.heights_cm.iter().all(|height| *height == 12_300));
        let wider = Rect::new(Coord { x: -3_000.0, y: 5_000.0 }, place.max());
        let second = tile(wider, &[RIVER], &levels);
        let (low, high) = second
            .heights_cm
            .iter()
            .fold((i32::MAX, i32::MIN), |(low, high), h| (low.min(*h), high.max(*h)));
        assert!(high - low > 2_000, "{low} {high}");
        // The cell in the lower left corner of the first, as the second has it.
        let step = (first.corner - second.corner) / CELL_M;
        let (column, row) = (step.x as usize, step.y as usize);
        let in_second = second.heights_cm[(second.n_rows - 1 - row) * second.n_cols + column];
        assert_eq!(in_second, first.heights_cm[(first.n_rows - 1) * first.n_cols]);
    }
}
