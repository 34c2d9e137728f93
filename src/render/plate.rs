//! Small multiples: panels of one scale side by side, with one legend.

use crate::render::error::RenderError;
use crate::render::labels;
use crate::render::layers;
use crate::render::legend;
use crate::render::map::Face;
use crate::render::map::Label;
use crate::render::map::Map;
use crate::render::map::MapLayer;
use crate::render::page;
use crate::render::page::INK;
use crate::render::page::Margins;
use crate::render::page::SOFT_INK;
use crate::render::scale;
use crate::render::sheet::Sheet;
use crate::render::surface::Anchor;
use crate::render::surface::Paint;
use crate::render::surface::PxRect;
use crate::render::surface::Surface;
use crate::render::surface::Text;
use crate::render::typeface::CAP_HEIGHT_EM;
use crate::render::view::View;

const GAP_MM: f64 = 4.0;
const TITLE_PT: f64 = 9.0;
const NOTE_PT: f64 = 7.0;
/// Width of a panel over its height, at best.
const SHAPE: f64 = 1.3;

/// One of the small maps.
#[derive(Debug, Clone)]
pub struct Panel<'a> {
    /// Title above it, in two lines at most.
    pub title: String,
    /// What is said under the title, in two lines at most.
    pub note: String,
    /// Extent to show, EPSG:2154 metres. All panels are drawn at the scale of the largest.
    pub frame: geo::Rect<f64>,
    /// Its layers, from the bottom to the top.
    pub layers: Vec<MapLayer<'a>>,
    /// Names written over it, as many as fit.
    pub labels: Vec<Label>,
}

/// A page of small maps: `page` has size, words, sources and the layers of the legend; its frame is that of nothing drawn.
#[derive(Debug, Clone)]
pub struct Plate<'a> {
    /// What stands around the panels.
    pub page: Map<'a>,
    /// The panels, line by line.
    pub panels: Vec<Panel<'a>>,
}

/// Columns and rows for `cells` cells in a room of this shape: as many columns as make panels nearest to [`SHAPE`].
fn grid(cells: usize, width: f64, height: f64) -> (usize, usize) {
    let misfit = |columns: usize| {
        let rows = cells.div_ceil(columns);
        let shape = (width / columns as f64) / (height / rows as f64);
        ((shape / SHAPE).ln().abs(), columns * rows)
    };
    let best = (1..=cells.max(1)).min_by(|a, b| {
        let (a, b) = (misfit(*a), misfit(*b));
        a.0.total_cmp(&b.0).then_with(|| a.1.cmp(&b.1))
    });
    let columns = best.unwrap_or(1);
    (columns, cells.div_ceil(columns).max(1))
}

/// Draws the whole page.
pub(super) fn draw<S: Surface>(plate: &Plate<'_>, surface: &mut S) -> Result<(), RenderError> {
    let map = &plate.page;
    let sheet = Sheet::new(surface, page::px_per_mm(&map.title, map.size_px, map.paper)?)?;
    for panel in &plate.panels {
        page::check_frame(&Map { frame: panel.frame, title: panel.title.clone(), ..map.clone() })?;
        layers::check(&panel.layers)?;
    }
    layers::check(&map.layers)?;
    let body = page::draw_margins(
        &sheet,
        map.size_px,
        &Margins {
            title: &map.title,
            subtitle: map.subtitle.as_deref(),
            sources: &map.sources,
            date: map.date.as_deref(),
            margin_mm: map.paper.margin_mm,
        },
    )?;
    let body = match &map.notice {
        Some(notice) => {
            let band = page::draw_notice(&sheet, notice, &body)?;
            let top = band.bottom() + sheet.mm(2.0);
            PxRect { top, height: body.bottom() - top, ..body }
        }
        None => body,
    };
    // The last cell is the legend's.
    let (columns, rows) = grid(plate.panels.len() + 1, body.width, body.height);
    let gap = sheet.mm(GAP_MM);
    let width = ((body.width - gap * (columns - 1) as f64) / columns as f64).floor();
    let height = ((body.height - gap * (rows - 1) as f64) / rows as f64).floor();
    let cell = |at: usize| PxRect {
        left: (body.left + (at % columns) as f64 * (width + gap)).round(),
        top: (body.top + (at / columns) as f64 * (height + gap)).round(),
        width,
        height,
    };
    let head = sheet.pt(TITLE_PT) * 1.2 + sheet.pt(NOTE_PT) * 2.8;
    let room = |cell: PxRect| PxRect { top: cell.top + head, height: cell.height - head, ..cell };
    let scales = plate.panels.iter().map(|panel| View::fit(&panel.frame, room(cell(0))).px_per_m);
    let px_per_m = scales.fold(f64::INFINITY, f64::min);
    for (at, panel) in plate.panels.iter().enumerate() {
        let cell = cell(at);
        let view = View::at_scale(&panel.frame, room(cell), px_per_m);
        sheet.group(&format!("panel-{}", at + 1), &panel.title, || {
            draw_panel(&sheet, panel, &cell, &view)
        })?;
    }
    let rest = cell(plate.panels.len());
    let scale_room = PxRect {
        top: rest.bottom() - sheet.mm(scale::HEIGHT_MM),
        height: sheet.mm(scale::HEIGHT_MM),
        ..rest
    };
    let legend_room = PxRect { height: scale_room.top - rest.top - sheet.mm(2.0), ..rest };
    let composed = legend::compose(&sheet, map, &legend_room);
    sheet.group("legend", "", || legend::draw(&sheet, &composed))?;
    match plate.panels.first() {
        Some(first) => {
            let view = View::at_scale(&first.frame, room(cell(0)), px_per_m);
            scale::draw(&sheet, &view, &map.words, &scale_room)
        }
        None => Ok(()),
    }
}

fn draw_panel<S: Surface>(
    sheet: &Sheet<'_, S>,
    panel: &Panel<'_>,
    cell: &PxRect,
    view: &View,
) -> Result<(), RenderError> {
    // A title too long for its line shrinks before it is cut.
    let fits = |em: &f64| sheet.faces.width_px(&panel.title, Face::Bold, *em) <= cell.width;
    let sizes = [1.0, 0.9, 0.8, 0.7].map(|scale| sheet.pt(TITLE_PT * scale));
    let title_em = sizes.into_iter().find(fits).unwrap_or(sizes[3]);
    let title = sheet.faces.ellipsis(&panel.title, Face::Bold, title_em, cell.width);
    let mut baseline = cell.top + sheet.pt(TITLE_PT) * CAP_HEIGHT_EM;
    let line = |text: &str, top, em_px, face, color| {
        let at = (cell.left, top);
        sheet.text(&Text { text, at, em_px, face, color, anchor: Anchor::Start, halo: None })
    };
    line(&title, baseline, title_em, Face::Bold, INK)?;
    let note_em = sheet.pt(NOTE_PT);
    for note in sheet.faces.wrap(&panel.note, Face::Regular, note_em, cell.width, 2) {
        baseline += note_em * 1.3;
        line(&note, baseline, note_em, Face::Regular, SOFT_INK)?;
    }
    sheet.panel(&view.panel, || {
        sheet.rect(&view.panel, &Paint::fill(page::GROUND))?;
        for layer in &panel.layers {
            layers::draw(sheet, layer, view)?;
        }
        let room = view.panel.grown(-sheet.mm(0.8));
        let markers = layers::markers(sheet, &panel.layers, view);
        let placed = labels::place(sheet, &panel.labels, view, &room, &markers);
        labels::draw(sheet, &placed)
    })?;
    sheet.rect(&view.panel, &Paint::stroke(INK, sheet.mm(0.25)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twelve_cells_fill_a_landscape_page() {
        assert_eq!(grid(12, 280.0, 180.0), (4, 3));
        assert_eq!(grid(1, 280.0, 180.0), (1, 1));
        assert_eq!(grid(4, 280.0, 200.0), (2, 2));
    }
}
