//! The scale bar, of a round length, and the north arrow. North is that of the grid (Lambert-93), less than 2 degrees
//! from true north in the territory.

use crate::render::error::RenderError;
use crate::render::map::Face;
use crate::render::map::Words;
use crate::render::number::format_round_number;
use crate::render::page::INK;
use crate::render::page::SOFT_INK;
use crate::render::sheet::Sheet;
use crate::render::surface::Anchor;
use crate::render::surface::Paint;
use crate::render::surface::Path;
use crate::render::surface::PxRect;
use crate::render::surface::Surface;
use crate::render::surface::Text;
use crate::render::symbol::Rgba;
use crate::render::view::View;

const LABEL_PT: f64 = 8.0;
const RATIO_PT: f64 = 6.5;

/// Height the block takes, millimetres.
pub(super) const HEIGHT_MM: f64 = 17.0;

/// A scale bar: its length on the ground and on the page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct ScaleBar {
    pub(super) length_m: f64,
    pub(super) length_px: f64,
    /// Alternating parts.
    pub(super) parts: u32,
}

impl ScaleBar {
    /// The longest bar of 1, 2 or 5 times a power of ten metres that fits in `room_px`.
    pub(super) fn fit(px_per_m: f64, room_px: f64) -> Self {
        let room_m = room_px / px_per_m;
        let power = 10f64.powf(room_m.log10().floor());
        let (lead, parts) = [(5.0, 5), (2.0, 4)]
            .into_iter()
            .find(|(lead, _)| lead * power <= room_m)
            .unwrap_or((1.0, 4));
        let length_m = lead * power;
        Self { length_m, length_px: length_m * px_per_m, parts }
    }
}

/// Denominator of the scale on paper, rounded to two digits.
fn ratio(px_per_m: f64, px_per_mm: f64) -> f64 {
    let exact = px_per_mm * 1000.0 / px_per_m;
    let step = 10f64.powf(exact.log10().floor() - 1.0);
    (exact / step).round() * step
}

/// Draws the block in `room`: bar and ratio at the left, arrow at the right.
pub(super) fn draw<S: Surface>(
    sheet: &Sheet<'_, S>,
    view: &View,
    words: &Words,
    room: &PxRect,
) -> Result<(), RenderError> {
    let arrow_mm = 9.0;
    sheet.group("scale-bar", "", || {
        let bar_room = PxRect { width: room.width - sheet.mm(arrow_mm + 12.0), ..*room };
        draw_bar(sheet, &ScaleBar::fit(view.px_per_m, bar_room.width), words, &bar_room)
    })?;
    if let Some(pattern) = &words.scale_ratio {
        let n = format_round_number(ratio(view.px_per_m, sheet.px_per_mm), words);
        let text = pattern.replace("{n}", &n);
        let em_px = sheet.pt(RATIO_PT);
        let text =
            sheet.faces.ellipsis(&text, Face::Regular, em_px, room.width - sheet.mm(arrow_mm));
        sheet.text(&Text {
            text: &text,
            at: (room.left, room.bottom() - sheet.mm(0.6)),
            em_px,
            face: Face::Regular,
            color: SOFT_INK,
            anchor: Anchor::Start,
            halo: None,
        })?;
    }
    let arrow =
        PxRect { left: room.right() - sheet.mm(arrow_mm), width: sheet.mm(arrow_mm), ..*room };
    sheet.group("north", "", || draw_arrow(sheet, &words.north, &arrow))
}

fn draw_bar<S: Surface>(
    sheet: &Sheet<'_, S>,
    bar: &ScaleBar,
    words: &Words,
    room: &PxRect,
) -> Result<(), RenderError> {
    let em_px = sheet.pt(LABEL_PT);
    let thick = sheet.mm(1.5);
    let top = room.bottom() - sheet.mm(6.4);
    let part = bar.length_px / f64::from(bar.parts);
    let whole = PxRect { left: room.left, top, width: bar.length_px, height: thick };
    sheet.rect(&whole, &Paint::fill(Rgba::WHITE))?;
    for rank in (0..bar.parts).step_by(2) {
        let left = whole.left + part * f64::from(rank);
        sheet.rect(&PxRect { left, width: part, ..whole }, &Paint::fill(INK))?;
    }
    sheet.rect(&whole, &Paint::stroke(INK, sheet.mm(0.2)))?;

    let (unit_m, unit) =
        if bar.length_m >= 1000.0 { (1000.0, &words.kilometre) } else { (1.0, &words.metre) };
    let write = |metres: f64, unit: &str, anchor: Anchor| {
        let number = format_round_number(metres / unit_m, words);
        let x = whole.left + metres / bar.length_m * whole.width;
        // The number stands on its tick; the unit follows it.
        let half = sheet.faces.width_px(&number, Face::Regular, em_px) / 2.0;
        let text = if unit.is_empty() { number } else { format!("{number}\u{a0}{unit}") };
        let x = if anchor == Anchor::Start { (x - half).max(whole.left) } else { x };
        sheet.text(&Text {
            text: &text,
            at: (x, top - sheet.mm(1.1)),
            em_px,
            face: Face::Regular,
            color: INK,
            anchor,
            halo: None,
        })
    };
    write(0.0, "", Anchor::Start)?;
    if bar.parts == 4 {
        write(bar.length_m / 2.0, "", Anchor::Middle)?;
    }
    write(bar.length_m, unit, Anchor::Start)
}

/// An arrow split down the middle, one half filled, under its letter.
fn draw_arrow<S: Surface>(
    sheet: &Sheet<'_, S>,
    north: &str,
    room: &PxRect,
) -> Result<(), RenderError> {
    let em_px = sheet.pt(9.5);
    let x = room.left + room.width / 2.0;
    let top = room.top + em_px * 1.05;
    let bottom = room.bottom() - sheet.mm(0.6);
    let half = room.width * 0.3;
    let notch = bottom - (bottom - top) * 0.22;
    for (side, fill) in [(-1.0, INK), (1.0, Rgba::WHITE)] {
        let mut path = Path::default();
        path.start(true);
        for (px, py) in [(x, top), (x + side * half, bottom), (x, notch)] {
            path.push(px, py);
        }
        let paint = Paint { fill: Some(fill), ..Paint::stroke(INK, sheet.mm(0.2)) };
        sheet.shape(&path, &paint)?;
    }
    sheet.text(&Text {
        text: north,
        at: (x, room.top + em_px * 0.8),
        em_px,
        face: Face::Bold,
        color: INK,
        anchor: Anchor::Middle,
        halo: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_round_and_fill_their_room() {
        for (px_per_m, room_px) in [(0.01, 300.0), (0.0213, 411.0), (3.7, 250.0), (0.000_2, 300.0)]
        {
            let bar = ScaleBar::fit(px_per_m, room_px);
            assert!(bar.length_px <= room_px && bar.length_px > room_px / 2.6, "{bar:?}");
            assert!((bar.length_px / bar.length_m - px_per_m).abs() < 1e-12);
            let lead = bar.length_m / 10f64.powf(bar.length_m.log10().floor() + 1e-9).round();
            assert!([1.0, 2.0, 5.0].iter().any(|l| (lead - l).abs() < 1e-6), "{bar:?}");
        }
    }

    #[test]
    fn ratio_is_that_of_the_paper() {
        // 10 px to the millimetre and 1 px to 25 m: 1 mm is 250 m, 1/250 000.
        assert!((ratio(1.0 / 25.0, 10.0) - 250_000.0).abs() < 1e-6);
        assert!((ratio(1.0 / 25.31, 10.0) - 250_000.0).abs() < 1e-6);
    }
}
