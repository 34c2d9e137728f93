//! The page of a map: where the title, the drawing, the legend, the scale and the sources go.

use crate::render::error::RenderError;
use crate::render::labels;
use crate::render::layers;
use crate::render::legend;
use crate::render::map::Face;
use crate::render::map::Map;
use crate::render::map::Paper;
use crate::render::scale;
use crate::render::sheet::Sheet;
use crate::render::surface::Anchor;
use crate::render::surface::Paint;
use crate::render::surface::PxRect;
use crate::render::surface::Surface;
use crate::render::surface::Text;
use crate::render::symbol::Rgba;
use crate::render::typeface::CAP_HEIGHT_EM;
use crate::render::view::View;

/// Text and frames.
pub(super) const INK: Rgba = Rgba::hex(0x1f_24_2a);
/// What matters less: sources, counts.
pub(super) const SOFT_INK: Rgba = Rgba::hex(0x55_5d_66);
/// The world outside the layers.
pub(super) const GROUND: Rgba = Rgba::hex(0xf6_f4_ef);
/// Band of a notice.
const NOTICE: Rgba = Rgba::hex(0xff_cf_4d);

const GUTTER_MM: f64 = 6.0;
const TITLE_PT: f64 = 18.0;
const SUBTITLE_PT: f64 = 10.5;
const NOTICE_PT: f64 = 9.5;
const SOURCE_PT: f64 = 6.5;
/// Most lines of sources; the drawing makes room for those there are.
const SOURCE_LINES: usize = 9;

/// Smallest and largest long side of a page, and smallest short side, pixels.
const LONG_SIDE_PX: (u32, u32) = (640, 20_000);
const SHORT_SIDE_PX: u32 = 400;

/// Largest page, pixels: 100 million are 400 MB while drawing.
const PAGE_PX: u64 = 100_000_000;

/// Pixels to the millimetre on the paper that a page is made for.
///
/// # Errors
/// [`RenderError::PageSize`].
pub(super) fn px_per_mm(
    title: &str,
    (width, height): (u32, u32),
    paper: Paper,
) -> Result<f64, RenderError> {
    let (long, short) = (width.max(height), width.min(height));
    if long < LONG_SIDE_PX.0
        || long > LONG_SIDE_PX.1
        || short < SHORT_SIDE_PX
        || u64::from(long) * u64::from(short) > PAGE_PX
    {
        return Err(RenderError::PageSize {
            title: title.to_owned(),
            width_px: width,
            height_px: height,
            min_px: LONG_SIDE_PX.0,
            min_short_px: SHORT_SIDE_PX,
            max_px: LONG_SIDE_PX.1,
        });
    }
    Ok((f64::from(long) / paper.long_mm).min(f64::from(short) / paper.short_mm))
}

/// Refuses a frame that shows nothing.
///
/// # Errors
/// [`RenderError::FrameNotFinite`], [`RenderError::EmptyFrame`].
pub(super) fn check_frame(map: &Map<'_>) -> Result<(), RenderError> {
    let (min, max) = (map.frame.min(), map.frame.max());
    if ![min.x, min.y, max.x, max.y].iter().all(|v| v.is_finite()) {
        return Err(RenderError::FrameNotFinite { title: map.title.clone() });
    }
    let (width_m, height_m) = (map.frame.width(), map.frame.height());
    if width_m <= 0.0 || height_m <= 0.0 {
        return Err(RenderError::EmptyFrame { title: map.title.clone(), width_m, height_m });
    }
    Ok(())
}

/// The words above and below the drawing of any page.
pub(super) struct Margins<'p> {
    pub(super) title: &'p str,
    pub(super) subtitle: Option<&'p str>,
    pub(super) sources: &'p [String],
    pub(super) date: Option<&'p str>,
    /// Blank on all sides, mm.
    pub(super) margin_mm: f64,
}

/// Writes the title above and the sources below; gives the room between them.
pub(super) fn draw_margins<S: Surface>(
    sheet: &Sheet<'_, S>,
    size_px: (u32, u32),
    words: &Margins<'_>,
) -> Result<PxRect, RenderError> {
    let page = PxRect { left: 0.0, top: 0.0, width: size_px.0.into(), height: size_px.1.into() };
    let body = page.grown(-sheet.mm(words.margin_mm));
    let line = |text: &str, at, em_px, face, color, anchor| {
        sheet.text(&Text { text, at, em_px, face, color, anchor, halo: None })
    };
    let mut top = body.top;
    // A title too long for its two lines shrinks before it is cut.
    let (em, lines) = [1.0, 0.85, 0.7]
        .map(|s| sheet.pt(TITLE_PT * s))
        .map(|em| (em, sheet.faces.wrap(words.title, Face::Bold, em, body.width, 2)))
        .into_iter()
        .find(|(_, lines)| !lines.last().is_some_and(|l| l.ends_with('…')))
        .unwrap_or_else(|| {
            let em = sheet.pt(TITLE_PT * 0.7);
            (em, sheet.faces.wrap(words.title, Face::Bold, em, body.width, 2))
        });
    sheet.group("title", "", || {
        for text in lines.iter().filter(|_| !words.title.is_empty()) {
            let at = (body.left, top + em * CAP_HEIGHT_EM);
            line(text, at, em, Face::Bold, INK, Anchor::Start)?;
            top += em * 1.15;
        }
        if let Some(subtitle) = words.subtitle {
            let em = sheet.pt(SUBTITLE_PT);
            for text in sheet.faces.wrap(subtitle, Face::Regular, em, body.width, 2) {
                let at = (body.left, top + em * CAP_HEIGHT_EM);
                line(&text, at, em, Face::Regular, SOFT_INK, Anchor::Start)?;
                top += em * 1.25;
            }
        }
        Ok(())
    })?;
    if !words.title.is_empty() {
        top += sheet.mm(1.6);
    }

    let sources = words.sources.join(" · ");
    let date = words.date.unwrap_or("");
    let at_size = |share: f64| {
        let em = sheet.pt(SOURCE_PT * share);
        let date = sheet.faces.ellipsis(date, Face::Regular, em, body.width * 0.3);
        let date_width = sheet.faces.width_px(&date, Face::Regular, em);
        let width = body.width - date_width - sheet.mm(GUTTER_MM);
        (em, date, sheet.faces.wrap(&sources, Face::Regular, em, width, SOURCE_LINES))
    };
    // Sources are owed to their producers: they shrink before one is cut.
    let is_whole = |lines: &[String]| !lines.last().is_some_and(|last| last.ends_with('…'));
    let (em, date, sources) = [1.0, 0.9]
        .map(at_size)
        .into_iter()
        .find(|(_, _, lines)| is_whole(lines))
        .unwrap_or_else(|| at_size(0.8));
    let is_blank = words.sources.is_empty() && date.is_empty();
    let rows = if is_blank { 0 } else { sources.len().max(usize::from(!date.is_empty())) };
    let step = em * 1.3;
    let mut baseline = body.bottom() - step * (rows.max(1) - 1) as f64;
    let bottom =
        if rows == 0 { body.bottom() } else { baseline - em * CAP_HEIGHT_EM - sheet.mm(2.4) };
    sheet.group("sources", "", || {
        line(&date, (body.right(), baseline), em, Face::Regular, SOFT_INK, Anchor::End)?;
        for text in &sources {
            line(text, (body.left, baseline), em, Face::Regular, SOFT_INK, Anchor::Start)?;
            baseline += step;
        }
        Ok(())
    })?;
    Ok(PxRect { top, height: (bottom - top).max(1.0), ..body })
}

/// Draws a notice along the top of `over`; gives the band.
pub(super) fn draw_notice<S: Surface>(
    sheet: &Sheet<'_, S>,
    notice: &str,
    over: &PxRect,
) -> Result<PxRect, RenderError> {
    let em_px = sheet.pt(NOTICE_PT);
    let lines = sheet.faces.wrap(notice, Face::Bold, em_px, over.width - sheet.mm(8.0), 2);
    let block = em_px * (CAP_HEIGHT_EM + (lines.len().max(1) - 1) as f64 * 1.25);
    let band = PxRect { height: (block + em_px * 1.1).round(), ..*over };
    sheet.group("notice", "", || {
        sheet.rect(&band, &Paint::fill(NOTICE))?;
        for (rank, text) in lines.iter().enumerate() {
            let baseline = band.top + em_px * (0.55 + CAP_HEIGHT_EM + rank as f64 * 1.25);
            sheet.text(&Text {
                text,
                at: (band.left + band.width / 2.0, baseline),
                em_px,
                face: Face::Bold,
                color: INK,
                anchor: Anchor::Middle,
                halo: None,
            })?;
        }
        Ok(())
    })?;
    Ok(band)
}

/// Where the drawing and the column beside it go, between the margins.
struct Layout {
    panel: PxRect,
    legend: PxRect,
    scale: PxRect,
}

fn layout<S: Surface>(sheet: &Sheet<'_, S>, body: &PxRect) -> Layout {
    let column = sheet.mm(66.0).min(body.width * 0.32);
    let panel_width = (body.width - column - sheet.mm(GUTTER_MM)).floor();
    let panel = PxRect {
        left: body.left.round(),
        top: body.top.round(),
        width: panel_width,
        height: body.height.floor(),
    };
    let left = body.right() - column;
    let block = sheet.mm(scale::HEIGHT_MM);
    let scale = PxRect { left, top: panel.bottom() - block, width: column, height: block };
    let legend = PxRect {
        left,
        top: panel.top,
        width: column,
        height: panel.height - block - sheet.mm(4.0),
    };
    Layout { panel, legend, scale }
}

/// Draws a whole map.
pub(super) fn draw<S: Surface>(map: &Map<'_>, surface: &mut S) -> Result<(), RenderError> {
    let sheet = Sheet::new(surface, px_per_mm(&map.title, map.size_px, map.paper)?)?;
    check_frame(map)?;
    layers::check(&map.layers)?;
    let body = draw_margins(
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
    let Layout { panel: framed, legend, scale } = layout(&sheet, &body);
    // The notice takes its room from the drawing: it hides nothing.
    let panel = match &map.notice {
        Some(notice) => {
            let band = draw_notice(&sheet, notice, &framed)?;
            PxRect { top: band.bottom(), height: framed.bottom() - band.bottom(), ..framed }
        }
        None => framed,
    };
    let view = View::fit(&map.frame, panel);
    sheet.panel(&panel, || {
        sheet.rect(&panel, &Paint::fill(GROUND))?;
        for (rank, layer) in map.layers.iter().enumerate() {
            let id = format!("layer-{}", rank + 1);
            sheet.group(&id, &layer.title, || layers::draw(&sheet, layer, &view))?;
        }
        let room = panel.grown(-sheet.mm(0.8));
        let markers = layers::markers(&sheet, &map.layers, &view);
        let placed = labels::place(&sheet, &map.labels, &view, &room, &markers);
        sheet.group("labels", "", || labels::draw(&sheet, &placed))
    })?;
    sheet.rect(&framed, &Paint::stroke(INK, sheet.mm(0.35)))?;
    let composed = legend::compose(&sheet, map, &legend);
    sheet.group("legend", "", || legend::draw(&sheet, &composed))?;
    scale::draw(&sheet, &view, &map.words, &scale)
}
