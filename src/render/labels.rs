//! Names on the drawing: as many as fit, the most important first, none over another.

use crate::render::error::RenderError;
use crate::render::map::Label;
use crate::render::map::Placement;
use crate::render::sheet::Sheet;
use crate::render::surface::Anchor;
use crate::render::surface::PxRect;
use crate::render::surface::Surface;
use crate::render::surface::Text;
use crate::render::typeface::CAP_HEIGHT_EM;
use crate::render::typeface::DESCENT_EM;
use crate::render::view::View;

/// Height of a line over the em.
const LINE_EM: f64 = 1.15;

/// Width of the halo beyond the letters over the em.
const HALO_EM: f64 = 0.14;

/// Room kept around a label over the em.
const ROOM_EM: f64 = 0.18;

/// A label that found its place.
#[derive(Debug, Clone)]
pub(super) struct Placed<'l> {
    pub(super) label: &'l Label,
    /// The box of its letters.
    pub(super) letters: PxRect,
    em_px: f64,
}

/// Chooses places inside `room`, never over another label, and away from `markers` where possible.
pub(super) fn place<'l, S: Surface>(
    sheet: &Sheet<'_, S>,
    labels: &'l [Label],
    view: &View,
    room: &PxRect,
    markers: &[PxRect],
) -> Vec<Placed<'l>> {
    let mut order: Vec<&Label> = labels.iter().filter(|l| !l.text.trim().is_empty()).collect();
    order.sort_by_key(|l| std::cmp::Reverse(l.priority));
    let mut busy: Vec<PxRect> = Vec::new();
    let mut placed = Vec::new();
    for label in order {
        let em_px = sheet.pt(label.size_pt);
        let at = view.place(label.at);
        let lines = label.text.lines().count().max(1) as f64;
        let width = label
            .text
            .lines()
            .map(|line| sheet.faces.width_px(line, label.face, em_px))
            .fold(0.0, f64::max);
        let height = em_px * (CAP_HEIGHT_EM + DESCENT_EM + (lines - 1.0) * LINE_EM);
        let mut free = candidates(label, at, (width, height), sheet.mm(1.0));
        free.retain(|c| {
            let wide = c.grown(em_px * ROOM_EM);
            room.contains(&wide) && !busy.iter().any(|b| b.overlaps(&wide))
        });
        // A name over a marker is better than no name; over few is better than over many.
        let covered = |place: &PxRect| markers.iter().filter(|m| m.overlaps(place)).count();
        if let Some(letters) = free.into_iter().min_by_key(covered) {
            busy.push(letters.grown(em_px * ROOM_EM));
            placed.push(Placed { label, letters, em_px });
        }
    }
    placed
}

/// The places a label may take, the best first.
fn candidates(
    label: &Label,
    (x, y): (f64, f64),
    (width, height): (f64, f64),
    px_per_mm: f64,
) -> Vec<PxRect> {
    let at =
        |cx: f64, cy: f64| PxRect { left: cx - width / 2.0, top: cy - height / 2.0, width, height };
    match label.placement {
        Placement::Centred => {
            let beside = width / 2.0 + px_per_mm;
            let over = [0.0, -0.7, 0.7, -1.3, 1.3, -1.9, 1.9].map(|rise| (0.0, rise));
            let aside =
                [0.0, -0.7, 0.7].into_iter().flat_map(|rise| [(beside, rise), (-beside, rise)]);
            let places = over.into_iter().chain(aside);
            places.map(|(shift, rise)| at(x + shift, y + rise * height)).collect()
        }
        Placement::Beside { gap_mm } => {
            let gap = gap_mm * px_per_mm;
            let (dx, dy) = (gap + width / 2.0, gap + height / 2.0);
            let slant = 0.75;
            [
                (dx, 0.0),
                (dx * slant + width / 2.0 * (1.0 - slant), -dy * slant),
                (-dx, 0.0),
                (0.0, -dy),
                (0.0, dy),
                (dx * slant + width / 2.0 * (1.0 - slant), dy * slant),
                (-dx * slant - width / 2.0 * (1.0 - slant), -dy * slant),
                (-dx * slant - width / 2.0 * (1.0 - slant), dy * slant),
            ]
            .map(|(ox, oy)| at(x + ox, y + oy))
            .to_vec()
        }
    }
}

/// Writes the labels where they were placed, the least important first.
pub(super) fn draw<S: Surface>(
    sheet: &Sheet<'_, S>,
    placed: &[Placed<'_>],
) -> Result<(), RenderError> {
    for Placed { label, letters, em_px } in placed.iter().rev() {
        for (rank, line) in label.text.lines().enumerate() {
            let beside = matches!(label.placement, Placement::Beside { .. });
            let baseline = letters.top + em_px * (CAP_HEIGHT_EM + rank as f64 * LINE_EM);
            let x = if beside { letters.left } else { letters.left + letters.width / 2.0 };
            sheet.text(&Text {
                text: line,
                at: (x, baseline),
                em_px: *em_px,
                face: label.face,
                color: label.color,
                anchor: if beside { Anchor::Start } else { Anchor::Middle },
                halo: label.halo.map(|color| (color, em_px * HALO_EM)),
            })?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::svg::SvgSurface;

    #[test]
    fn labels_stay_apart_inside_and_off_markers() {
        let mut surface = SvgSurface::new(1000, 700, 3.0, "");
        let sheet = Sheet::new(&mut surface, 3.0).unwrap();
        let panel = PxRect { left: 0.0, top: 0.0, width: 400.0, height: 300.0 };
        let view = View::fit(&geo::Rect::new((0.0, 0.0), (400.0, 300.0)), panel);
        let labels: Vec<Label> = (0..400)
            .map(|n| {
                let at = geo::Coord { x: f64::from(n * 37 % 400), y: f64::from(n * 53 % 300) };
                let mut label = Label::new(at, format!("Mas {n}"));
                label.priority = n % 3;
                if n % 2 == 0 {
                    label.placement = Placement::Beside { gap_mm: 1.0 };
                }
                label
            })
            .collect();
        let marker = PxRect { left: 190.0, top: 140.0, width: 20.0, height: 20.0 };
        let placed = place(&sheet, &labels, &view, &panel, &[marker]);
        assert!(placed.len() > 20 && placed.len() < 400, "{}", placed.len());
        for (rank, one) in placed.iter().enumerate() {
            assert!(panel.contains(&one.letters));
            for other in &placed[rank + 1..] {
                assert!(!one.letters.overlaps(&other.letters));
            }
        }
        let alone = [Label::new(geo::Coord { x: 200.0, y: 150.0 }, "Mas")];
        let placed = place(&sheet, &alone, &view, &panel, &[marker]);
        assert!(!placed[0].letters.overlaps(&marker));
    }
}
