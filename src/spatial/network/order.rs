//! The numbers of nodes: along a Hilbert curve, so that what is near on the ground is near in memory.

use geo::Coord;

use super::noding::Nodes;

/// Cells of a side of the square that the curve fills, a power of two.
const SIDE: u32 = 1 << 16;

/// The same nodes with numbers along a Hilbert curve over their extent; those of one cell by x, then y.
pub(super) fn along_a_curve(nodes: Nodes) -> Nodes {
    let Nodes { places, mut of_end, n_snapped } = nodes;
    let (mut min, mut max) =
        (Coord { x: f64::INFINITY, y: f64::INFINITY }, Coord { x: 0.0, y: 0.0 });
    max.x -= f64::INFINITY;
    max.y -= f64::INFINITY;
    for place in &places {
        min = Coord { x: min.x.min(place.x), y: min.y.min(place.y) };
        max = Coord { x: max.x.max(place.x), y: max.y.max(place.y) };
    }
    let extent = (max.x - min.x).max(max.y - min.y);
    let cell = |value: f64| {
        // A cast of what is beyond, or no number, stops at the ends.
        let share = if extent > 0.0 { value / extent } else { 0.0 };
        ((share * f64::from(SIDE)) as u32).min(SIDE - 1)
    };
    let mut order: Vec<(u64, u32)> = (0_u32..)
        .zip(&places)
        .map(|(at, place)| (position(cell(place.x - min.x), cell(place.y - min.y)), at))
        .collect();
    // Places come by x, then y: their number so far breaks ties.
    order.sort_unstable();
    let mut number_of = vec![0_u32; places.len()];
    for (number, (_, at)) in (0_u32..).zip(&order) {
        number_of[*at as usize] = number;
    }
    for node in &mut of_end {
        *node = number_of[*node as usize];
    }
    let places = order.iter().map(|(_, at)| places[*at as usize]).collect();
    Nodes { places, of_end, n_snapped }
}

/// Where a cell lies on the curve, from 0.
fn position(mut x: u32, mut y: u32) -> u64 {
    let mut along = 0_u64;
    let mut side = SIDE / 2;
    while side > 0 {
        let (right, up) = (u32::from(x & side > 0), u32::from(y & side > 0));
        along += u64::from(side) * u64::from(side) * u64::from((3 * right) ^ up);
        // The quarter is turned so that the curve enters and leaves it where its neighbours do.
        if up == 0 {
            if right == 1 {
                x = SIDE - 1 - x;
                y = SIDE - 1 - y;
            }
            std::mem::swap(&mut x, &mut y);
        }
        side /= 2;
    }
    along
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_curve_goes_from_cell_to_neighbour_and_through_all() {
        // The first 4^4 steps fill a square of 16 cells at the origin.
        let mut cells: Vec<(u64, u32, u32)> =
            (0..16).flat_map(|x| (0..16).map(move |y| (position(x, y), x, y))).collect();
        cells.sort_unstable();
        assert!((0_u64..).zip(&cells).all(|(at, cell)| cell.0 == at), "{cells:?}");
        for pair in cells.windows(2) {
            let step = pair[0].1.abs_diff(pair[1].1) + pair[0].2.abs_diff(pair[1].2);
            assert_eq!(step, 1, "{pair:?}");
        }
    }
}
