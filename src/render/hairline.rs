//! Thin edges of small shapes, pixel by pixel. tiny-skia blends 16 pixels to draw one, which for the edges of 100 000
//! parcels is most of the time of a map; at this size the eye cannot tell the two apart.

use crate::render::symbol::Rgba;

/// A picture as bytes, premultiplied RGBA.
pub(super) struct Pixels<'p> {
    pub(super) data: &'p mut [u8],
    pub(super) width: usize,
    pub(super) height: usize,
}

/// Draws a segment of `width_px` (under 1) between two points: at each step along its longer axis, the two pixels that
/// it passes between share its weight (Wu, 1991). The last pixel is left to the segment that follows.
pub(super) fn segment(
    pixels: &mut Pixels<'_>,
    from: (f64, f64),
    to: (f64, f64),
    color: Rgba,
    width_px: f64,
) {
    let steep = (to.1 - from.1).abs() > (to.0 - from.0).abs();
    let turned = |(x, y): (f64, f64)| if steep { (y, x) } else { (x, y) };
    let (mut a, mut b) = (turned(from), turned(to));
    if a.0 > b.0 {
        (a, b) = (b, a);
    }
    let slope = (b.1 - a.1) / (b.0 - a.0);
    if !slope.is_finite() {
        return;
    }
    // Rising along a slope, the line is longer than its steps: so is its weight.
    let weight = width_px * (1.0 + slope * slope).sqrt() * color.opacity();
    let (first, end) = ((a.0 - 0.5).ceil().max(0.0), (b.0 - 0.5).ceil());
    let limit = if steep { pixels.height } else { pixels.width } as f64;
    let mut along = first;
    while along < end.min(limit) {
        let across = a.1 + (along + 0.5 - a.0) * slope - 0.5;
        let near = across.floor();
        let share = across - near;
        for (line, part) in [(near, 1.0 - share), (near + 1.0, share)] {
            let (x, y) = if steep { (line, along) } else { (along, line) };
            blend(pixels, x, y, color, weight * part);
        }
        along += 1.0;
    }
}

fn blend(pixels: &mut Pixels<'_>, x: f64, y: f64, color: Rgba, weight: f64) {
    if x < 0.0 || y < 0.0 || x >= pixels.width as f64 || y >= pixels.height as f64 {
        return;
    }
    let at = (y as usize * pixels.width + x as usize) * 4;
    let Some(pixel) = pixels.data.get_mut(at..at + 4) else { return };
    let over = (weight.clamp(0.0, 1.0) * 255.0).round() as u32;
    for (below, above) in pixel.iter_mut().zip([color.red, color.green, color.blue, 255]) {
        let mixed = (u32::from(above) * over + u32::from(*below) * (255 - over) + 127) / 255;
        *below = mixed as u8;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Draws one segment in black on white and gives the ink in pixels.
    fn ink(from: (f64, f64), to: (f64, f64), width_px: f64) -> f64 {
        let mut data = vec![255u8; 40 * 40 * 4];
        let mut pixels = Pixels { data: &mut data, width: 40, height: 40 };
        segment(&mut pixels, from, to, Rgba::BLACK, width_px);
        data.chunks_exact(4).map(|p| 1.0 - f64::from(p[0]) / 255.0).sum()
    }

    #[test]
    fn ink_is_length_times_width() {
        for to in [(30.0, 10.0), (10.0, 30.0), (30.0, 22.0), (5.0, 33.0), (30.0, 30.0)] {
            let length = f64::hypot(to.0 - 10.0, to.1 - 10.0);
            let found = ink((10.0, 10.0), to, 0.5);
            assert!((found / (length * 0.5) - 1.0).abs() < 0.08, "{to:?}: {found}");
            assert!((found - ink(to, (10.0, 10.0), 0.5)).abs() < 1e-9, "both ways");
        }
    }

    #[test]
    fn what_leaves_the_picture_is_cut() {
        assert!(ink((-100.0, 20.0), (100.0, 20.0), 0.5) <= 20.5);
        assert_eq!(ink((50.0, 50.0), (90.0, 70.0), 0.5), 0.0);
        assert_eq!(ink((5.0, 5.0), (5.0, 5.0), 0.5), 0.0);
        assert_eq!(ink((f64::NAN, 5.0), (5.0, 5.0), 0.5), 0.0);
    }
}
