//! The legend: a column that always fits, by smaller type first, then shorter lines, then a line "… and n more".

use crate::render::error::RenderError;
use crate::render::map::Face;
use crate::render::map::Map;
use crate::render::map::MapLayer;
use crate::render::marker::draw_sample;
use crate::render::marker::sample_height;
use crate::render::number::format_number;
use crate::render::page::INK;
use crate::render::page::SOFT_INK;
use crate::render::sheet::Sheet;
use crate::render::surface::Anchor;
use crate::render::surface::Paint;
use crate::render::surface::Path;
use crate::render::surface::PxRect;
use crate::render::surface::Surface;
use crate::render::surface::Text;
use crate::render::symbol::Symbol;
use crate::render::typeface::CAP_HEIGHT_EM;

const TITLE_PT: f64 = 11.5;
const ENTRY_PT: f64 = 8.5;
const SAMPLE_MM: (f64, f64) = (7.0, 4.0);
const LINE_EM: f64 = 1.2;

/// Sizes tried in turn, relative to the usual ones, and the lines an entry may take.
const TRIES: [(f64, usize); 6] = [(1.0, 3), (0.9, 3), (0.82, 3), (0.74, 2), (0.68, 2), (0.68, 1)];

/// One line of the legend, placed.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) symbol: Option<Symbol>,
    pub(super) lines: Vec<String>,
    pub(super) count: Option<String>,
    pub(super) heading: bool,
    pub(super) at: PxRect,
}

/// The legend, placed.
#[derive(Debug, Clone)]
pub(super) struct Legend {
    pub(super) title: Vec<String>,
    pub(super) rows: Vec<Row>,
    pub(super) room: PxRect,
    title_em: f64,
    em: f64,
    scale: f64,
}

/// Composes the legend of a map in `room`.
pub(super) fn compose<S: Surface>(sheet: &Sheet<'_, S>, map: &Map<'_>, room: &PxRect) -> Legend {
    let title_em = sheet.pt(TITLE_PT);
    let title = sheet.faces.wrap(&map.legend_title, Face::Bold, title_em, room.width, 2);
    let mut legend = Legend { title, rows: vec![], room: *room, title_em, em: 0.0, scale: 1.0 };
    for (scale, lines) in TRIES {
        legend.scale = scale;
        legend.em = sheet.pt(ENTRY_PT * scale);
        legend.rows = rows(sheet, map, &legend, lines);
        if legend.bottom() <= room.bottom() {
            return legend;
        }
    }
    cut(sheet, map, &mut legend);
    legend
}

impl Legend {
    fn first_top(&self, sheet_mm: f64) -> f64 {
        let title = self.title.len() as f64 * self.title_em * LINE_EM;
        self.room.top + title + if self.title.is_empty() { 0.0 } else { 3.0 * sheet_mm }
    }

    /// Lowest pixel of the rows.
    pub(super) fn bottom(&self) -> f64 {
        self.rows.last().map_or(self.room.top, |r| r.at.bottom())
    }
}

/// The rows at the legend's size, one under the other, whether they fit or not.
fn rows<S: Surface>(
    sheet: &Sheet<'_, S>,
    map: &Map<'_>,
    legend: &Legend,
    max_lines: usize,
) -> Vec<Row> {
    let (em, mm) = (legend.em, sheet.px_per_mm * legend.scale);
    let mut rows: Vec<Row> = Vec::new();
    let mut top = legend.first_top(sheet.px_per_mm);
    let mut add = |symbol: Option<&Symbol>, text: &str, count: Option<usize>, gap: f64| {
        let count = count.map(|n| format_number(n as f64, 0, &map.words));
        let count_width =
            count.as_ref().map_or(0.0, |c| sheet.faces.width_px(c, Face::Regular, em) + 2.0 * mm);
        let indent = if symbol.is_some() { (SAMPLE_MM.0 + 2.5) * mm } else { 0.0 };
        let face = if symbol.is_some() { Face::Regular } else { Face::Bold };
        let width = (legend.room.width - indent - count_width).max(em * 3.0);
        let lines = sheet.faces.wrap(text, face, em, width, max_lines);
        let letters = lines.len().max(1) as f64 * em * LINE_EM;
        let height = symbol
            .map_or(letters, |s| letters.max(sample_height(s, SAMPLE_MM.1 * mm, sheet.px_per_mm)));
        top += gap;
        let at = PxRect { left: legend.room.left, top, width: legend.room.width, height };
        top += height + 1.2 * mm;
        let heading = symbol.is_none();
        rows.push(Row { symbol: symbol.copied(), lines, count, heading, at });
    };
    let listed = map.layers.iter().rev().filter(|l| l.in_legend && !l.classes.is_empty());
    let mut above_is_sole = true;
    for (rank, layer) in listed.enumerate() {
        let sole = sole_class(layer);
        // Layers of one line follow each other closely; a heading stands apart.
        let apart = rank > 0 && !(above_is_sole && sole.is_some());
        let gap = if apart { 2.2 * mm } else { 0.0 };
        above_is_sole = sole.is_some();
        match sole {
            Some(class) => add(Some(&class.symbol), &layer.title, class.count, gap),
            None => {
                if !layer.title.is_empty() {
                    add(None, &layer.title, None, gap);
                }
                for class in &layer.classes {
                    add(Some(&class.symbol), &class.label, class.count, 0.0);
                }
            }
        }
    }
    rows
}

/// The class of a layer that needs no heading.
fn sole_class<'l>(layer: &'l MapLayer<'_>) -> Option<&'l crate::render::map::Class> {
    match layer.classes.as_slice() {
        [class] if class.label.is_empty() => Some(class),
        _ => None,
    }
}

/// Drops the last rows until the rest and a line that says how many are missing fit.
fn cut<S: Surface>(sheet: &Sheet<'_, S>, map: &Map<'_>, legend: &mut Legend) {
    let line = legend.em * LINE_EM;
    let mut dropped = 0usize;
    while let Some(row) = legend.rows.last() {
        let dangling = row.heading;
        if !dangling && row.at.bottom() + line * 1.5 <= legend.room.bottom() {
            break;
        }
        dropped += usize::from(!dangling);
        legend.rows.pop();
    }
    let top = legend.rows.last().map_or(legend.first_top(sheet.px_per_mm), |r| r.at.bottom());
    if top + line * 1.5 > legend.room.bottom() {
        return;
    }
    let text = map.words.and_more.replace("{n}", &format_number(dropped as f64, 0, &map.words));
    let text = sheet.faces.ellipsis(&text, Face::Bold, legend.em, legend.room.width);
    legend.rows.push(Row {
        symbol: None,
        lines: vec![text],
        count: None,
        heading: true,
        at: PxRect {
            left: legend.room.left,
            top: top + line * 0.4,
            width: legend.room.width,
            height: line,
        },
    });
}

/// Draws a composed legend.
pub(super) fn draw<S: Surface>(sheet: &Sheet<'_, S>, legend: &Legend) -> Result<(), RenderError> {
    let room = &legend.room;
    let write = |text: &str, at: (f64, f64), em_px: f64, face: Face, anchor: Anchor| {
        let color = if anchor == Anchor::End { SOFT_INK } else { INK };
        sheet.text(&Text { text, at, em_px, face, color, anchor, halo: None })
    };
    let mut baseline = room.top;
    for line in &legend.title {
        baseline += legend.title_em * CAP_HEIGHT_EM;
        write(line, (room.left, baseline), legend.title_em, Face::Bold, Anchor::Start)?;
        baseline += legend.title_em * (LINE_EM - CAP_HEIGHT_EM);
    }
    if !legend.title.is_empty() {
        let y = baseline + sheet.mm(0.6);
        let mut path = Path::default();
        path.line(&[(room.left, y), (room.right(), y)]);
        sheet.shape(&path, &Paint::stroke(INK, sheet.mm(0.3)))?;
    }
    let mm = sheet.px_per_mm * legend.scale;
    for row in &legend.rows {
        let at = &row.at;
        let middle = at.top + at.height / 2.0;
        let mut left = at.left;
        if let Some(symbol) = &row.symbol {
            let (width, height) = (SAMPLE_MM.0 * mm, SAMPLE_MM.1 * mm);
            let sample = PxRect { left, top: middle - height / 2.0, width, height };
            draw_sample(sheet, symbol, &sample)?;
            left += width + 2.5 * mm;
        }
        let face = if row.heading { Face::Bold } else { Face::Regular };
        // The block of lines is centred on its row, by the capitals of its first and last line.
        let block = legend.em * (CAP_HEIGHT_EM + (row.lines.len().max(1) - 1) as f64 * LINE_EM);
        let mut y = middle - block / 2.0 + legend.em * CAP_HEIGHT_EM;
        if let Some(count) = &row.count {
            write(count, (at.right(), y), legend.em, Face::Regular, Anchor::End)?;
        }
        for line in &row.lines {
            write(line, (left, y), legend.em, face, Anchor::Start)?;
            y += legend.em * LINE_EM;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::map::Class;
    use crate::render::sample;
    use crate::render::svg::SvgSurface;
    use crate::render::symbol::Rgba;

    fn legend_of(classes: Vec<Class>) -> Legend {
        let mut map = sample::empty_map();
        map.layers = vec![MapLayer {
            title: "Une couche au titre particulièrement long, et même un peu plus que cela".into(),
            in_legend: true,
            classes,
            items: vec![],
        }];
        let mut surface = SvgSurface::new(1000, 700, 3.0, "");
        let sheet = Sheet::new(&mut surface, 3.0).unwrap();
        let room = PxRect { left: 700.0, top: 50.0, width: 200.0, height: 400.0 };
        compose(&sheet, &map, &room)
    }

    fn class(label: &str) -> Class {
        Class::new(label, Symbol::area(Rgba::BLACK, None)).counted(1_234_567)
    }

    fn assert_fits(legend: &Legend) {
        let faces = crate::render::typeface::Typeface::load().unwrap();
        assert!(legend.bottom() <= legend.room.bottom(), "{} rows", legend.rows.len());
        for row in &legend.rows {
            let face = if row.heading { Face::Bold } else { Face::Regular };
            let indent =
                if row.symbol.is_some() { (SAMPLE_MM.0 + 2.5) * 3.0 * legend.scale } else { 0.0 };
            let count =
                row.count.as_ref().map_or(0.0, |c| faces.width_px(c, Face::Regular, legend.em));
            for line in &row.lines {
                let width = indent + count + faces.width_px(line, face, legend.em);
                assert!(width <= legend.room.width, "{line}: {width}");
            }
        }
        for pair in legend.rows.windows(2) {
            assert!(pair[0].at.bottom() <= pair[1].at.top);
        }
    }

    #[test]
    fn long_labels_stay_in_the_column() {
        let long = "Anticonstitutionnellement".repeat(6);
        let sentence = "zone d’aménagement concerté à vocation économique principale, ".repeat(4);
        assert_fits(&legend_of(vec![class(&long), class(&sentence), class("court"), class("")]));
    }

    #[test]
    fn too_many_classes_are_counted_not_lost() {
        let legend = legend_of((0..300).map(|n| class(&format!("classe {n}"))).collect());
        assert_fits(&legend);
        let shown = legend.rows.iter().filter(|r| r.symbol.is_some()).count();
        let last = &legend.rows.last().unwrap().lines[0];
        assert_eq!(*last, format!("… et {} autres", 300 - shown));
    }

    #[test]
    fn a_short_legend_keeps_its_size() {
        let legend = legend_of(vec![class("a"), class("b")]);
        assert!((legend.scale - 1.0).abs() < 1e-9);
        assert_eq!(legend.rows.len(), 3);
    }
}
