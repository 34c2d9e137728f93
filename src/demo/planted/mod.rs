//! Planted terrains: simple exact figures in Lambert-93, drawn after the warp, of which state and areas are known.
//!
//! A ground is a new economic zone in the middle of a field: the fields are cut around it, their farms are cleared away,
//! and eight plots of 70 m by 105 m lie between ways of 15 m. Each plot has a story. What an answer must say stands in
//! `verite/terrains-plantes.csv`, which nothing else reads.

mod across_border;
mod ground;
mod planter;
mod stories;

pub(super) use planter::SECTION;

use super::records::Demo;

/// Kept free around a building, m. Default of the profile.
pub(crate) const BUILDING_MARGIN_M: f64 = 3.0;
/// Kept free along a red flood zone, m. Default of the profile.
pub(crate) const RED_FLOOD_MARGIN_M: f64 = 5.0;
/// Segments of a quarter circle around a corner.
const QUARTER_SEGMENTS: f64 = 8.0;

/// Draws all planted terrains.
pub(crate) fn plant(demo: &mut Demo) {
    let mut used = Vec::new();
    for (rank, draw) in stories::GROUNDS.iter().enumerate() {
        let small = rank + 1 == stories::GROUNDS.len();
        let Some(found) = ground::find(demo, &used, small) else { continue };
        used.push(found.commune);
        let mut planter = planter::Planter::open(demo, &found);
        draw(&mut planter);
        planter.close();
        if small {
            // The cadastre of this commune has no buildings: what stands on its land is unknown.
            demo.communes[found.commune].buildings.clear();
        }
    }
    across_border::plant(demo, &used);
}

/// Area of a rectangle with all that lies within `margin` of it, m².
pub(crate) fn with_margin_m2(width: f64, height: f64, margin: f64) -> f64 {
    let quarter = QUARTER_SEGMENTS / 2.0 * (std::f64::consts::FRAC_PI_2 / QUARTER_SEGMENTS).sin();
    let corners = 4.0 * (1.0 - quarter) * margin * margin;
    (width + 2.0 * margin) * (height + 2.0 * margin) - corners
}

#[cfg(test)]
mod tests {
    use super::with_margin_m2;

    /// 3 m around 40 m by 20 m: GEOS (shapely 2, `box(0, 0, 40, 20).buffer(3, quad_segs=8).area`).
    #[test]
    fn a_margin_is_what_geos_draws() {
        assert!((with_margin_m2(40.0, 20.0, 3.0) - 1_188.093_006_370_322_2).abs() < 1e-9);
    }
}
