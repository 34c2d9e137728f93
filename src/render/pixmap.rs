//! Pixels, through tiny-skia: anti-aliased, even-odd, round joins. The page is opaque.

use tiny_skia::Color;
use tiny_skia::FillRule;
use tiny_skia::FilterQuality;
use tiny_skia::LineCap;
use tiny_skia::LineJoin;
use tiny_skia::PathBuilder;
use tiny_skia::Pattern;
use tiny_skia::Pixmap;
use tiny_skia::PixmapPaint;
use tiny_skia::SpreadMode;
use tiny_skia::StrokeDash;
use tiny_skia::Transform;

use crate::render::error::RenderError;
use crate::render::hairline;
use crate::render::surface::Anchor;
use crate::render::surface::HatchPx;
use crate::render::surface::Paint;
use crate::render::surface::Path;
use crate::render::surface::PxRect;
use crate::render::surface::StrokePx;
use crate::render::surface::Surface;
use crate::render::surface::Text;
use crate::render::symbol::Rgba;
use crate::render::typeface::Typeface;

/// A picture in pixels.
pub(super) struct PixmapSurface {
    page: Pixmap,
    /// The panel being drawn and where its top left corner goes.
    panel: Option<(Pixmap, i32, i32)>,
    faces: &'static Typeface,
    /// Memory of the last path, used again.
    scratch: PathBuilder,
    /// The last hatch drawn: layers use one many times.
    tile: Option<(HatchPx, Pixmap)>,
}

impl PixmapSurface {
    /// A white page.
    pub(super) fn new(width: u32, height: u32) -> Result<Self, RenderError> {
        Ok(Self {
            page: pixmap(width, height, Color::WHITE)?,
            panel: None,
            faces: Typeface::load()?,
            scratch: PathBuilder::new(),
            tile: None,
        })
    }

    /// The picture as a PNG file, opaque RGB, with its dots per metre so that A4 prints as A4.
    pub(super) fn into_png(self, px_per_mm: f64) -> Result<Vec<u8>, RenderError> {
        let (width, height) = (self.page.width(), self.page.height());
        let rgb: Vec<u8> =
            self.page.pixels().iter().flat_map(|p| [p.red(), p.green(), p.blue()]).collect();
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, width, height);
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_compression(png::Compression::Balanced);
        let dots = (px_per_mm * 1000.0).round() as u32;
        encoder.set_pixel_dims(Some(png::PixelDimensions {
            xppu: dots,
            yppu: dots,
            unit: png::Unit::Meter,
        }));
        let refused = |e: png::EncodingError| RenderError::Drawing { reason: e.to_string() };
        let mut writer = encoder.write_header().map_err(refused)?;
        writer.write_image_data(&rgb).map_err(refused)?;
        writer.finish().map_err(refused)?;
        Ok(bytes)
    }

    fn target(&mut self) -> (&mut Pixmap, f64, f64) {
        match &mut self.panel {
            Some((panel, x, y)) => (panel, f64::from(*x), f64::from(*y)),
            None => (&mut self.page, 0.0, 0.0),
        }
    }

    fn fine_edges(&mut self, path: &Path, stroke: &StrokePx) {
        let (target, dx, dy) = self.target();
        let (width, height) = (target.width() as usize, target.height() as usize);
        let mut pixels = hairline::Pixels { data: target.data_mut(), width, height };
        let mut draw = |a: (f64, f64), b: (f64, f64)| {
            let (a, b) = ((a.0 - dx, a.1 - dy), (b.0 - dx, b.1 - dy));
            hairline::segment(&mut pixels, a, b, stroke.color, stroke.width);
        };
        for (points, closed) in path.parts() {
            points.windows(2).for_each(|pair| draw(pair[0], pair[1]));
            if let (true, Some(last), Some(first)) = (closed, points.last(), points.first()) {
                draw(*last, *first);
            }
        }
    }

    fn hatch(&mut self, path: &tiny_skia::Path, hatch: HatchPx) -> Result<(), RenderError> {
        let tile = match self.tile.take() {
            Some((known, tile)) if known == hatch => tile,
            _ => draw_tile(&hatch)?,
        };
        let paint = tiny_skia::Paint {
            shader: Pattern::new(
                tile.as_ref(),
                SpreadMode::Repeat,
                FilterQuality::Nearest,
                1.0,
                Transform::identity(),
            ),
            ..tiny_skia::Paint::default()
        };
        let (target, ..) = self.target();
        target.fill_path(path, &paint, FillRule::EvenOdd, Transform::identity(), None);
        self.tile = Some((hatch, tile));
        Ok(())
    }
}

impl Surface for PixmapSurface {
    fn size(&self) -> (u32, u32) {
        (self.page.width(), self.page.height())
    }

    fn shape(&mut self, path: &Path, paint: &Paint) -> Result<(), RenderError> {
        let mut builder = std::mem::take(&mut self.scratch);
        let (_, dx, dy) = self.target();
        for (points, closed) in path.parts() {
            for (rank, (x, y)) in points.iter().enumerate() {
                let (x, y) = ((x - dx) as f32, (y - dy) as f32);
                if rank == 0 { builder.move_to(x, y) } else { builder.line_to(x, y) }
            }
            if closed {
                builder.close();
            }
        }
        for (x, y, radius) in path.discs() {
            builder.push_circle((x - dx) as f32, (y - dy) as f32, *radius as f32);
        }
        // `finish` refuses an empty path and one whose points are all the same: nothing to see.
        let Some(built) = builder.finish() else { return Ok(()) };
        if let Some(color) = paint.fill.filter(|c| c.alpha > 0) {
            let (target, ..) = self.target();
            target.fill_path(&built, &flat(color), FillRule::EvenOdd, Transform::identity(), None);
        }
        if let Some(hatch) = paint.hatch {
            self.hatch(&built, hatch)?;
        }
        let stroke = paint.stroke.filter(|s| s.width > 0.0 && s.color.alpha > 0);
        if let Some(stroke) = stroke.filter(|s| is_fine(path, &built, s)) {
            self.fine_edges(path, &stroke);
        } else if let Some(stroke) = stroke {
            let (target, ..) = self.target();
            target.stroke_path(
                &built,
                &flat(stroke.color),
                &pen(&stroke),
                Transform::identity(),
                None,
            );
        }
        self.scratch = built.clear();
        Ok(())
    }

    fn text(&mut self, text: &Text<'_>) -> Result<(), RenderError> {
        let width = self.faces.width_px(text.text, text.face, text.em_px);
        let (_, dx, dy) = self.target();
        let x = text.at.0
            - dx
            - match text.anchor {
                Anchor::Start => 0.0,
                Anchor::Middle => width / 2.0,
                Anchor::End => width,
            };
        let mut builder = PathBuilder::new();
        // A baseline on a whole pixel keeps the feet of the letters sharp.
        let at = (x, (text.at.1 - dy).round());
        self.faces.outline(text.text, text.face, text.em_px, at, &mut builder);
        let Some(built) = builder.finish() else { return Ok(()) };
        let (target, ..) = self.target();
        if let Some((color, beyond)) = text.halo {
            let around = StrokePx { color, width: beyond * 2.0, dash: None };
            target.stroke_path(&built, &flat(color), &pen(&around), Transform::identity(), None);
        }
        target.fill_path(&built, &flat(text.color), FillRule::Winding, Transform::identity(), None);
        Ok(())
    }

    fn open_group(&mut self, _id: &str, _title: &str) {}

    fn close_group(&mut self) {}

    fn open_panel(&mut self, rect: &PxRect) -> Result<(), RenderError> {
        let (left, top) = (rect.left.floor(), rect.top.floor());
        let (width, height) = ((rect.right().ceil() - left), (rect.bottom().ceil() - top));
        let panel = pixmap(width as u32, height as u32, Color::TRANSPARENT)?;
        self.panel = Some((panel, left as i32, top as i32));
        Ok(())
    }

    fn close_panel(&mut self) -> Result<(), RenderError> {
        if let Some((panel, x, y)) = self.panel.take() {
            let paint = PixmapPaint::default();
            self.page.draw_pixmap(x, y, panel.as_ref(), &paint, Transform::identity(), None);
        }
        Ok(())
    }
}

/// Shapes up to this size may have their thin edges drawn by [`hairline`].
const FINE_PX: f32 = 24.0;

fn is_fine(path: &Path, built: &tiny_skia::Path, stroke: &StrokePx) -> bool {
    let size = built.bounds();
    stroke.width < 1.0
        && stroke.dash.is_none()
        && path.discs().is_empty()
        && size.width() <= FINE_PX
        && size.height() <= FINE_PX
}

fn pixmap(width: u32, height: u32, color: Color) -> Result<Pixmap, RenderError> {
    let mut pixmap = Pixmap::new(width, height).ok_or_else(|| RenderError::Drawing {
        reason: format!("no picture of {width} x {height} px can be made"),
    })?;
    pixmap.fill(color);
    Ok(pixmap)
}

fn flat(color: Rgba) -> tiny_skia::Paint<'static> {
    let mut paint = tiny_skia::Paint::default();
    paint.set_color_rgba8(color.red, color.green, color.blue, color.alpha);
    paint
}

fn pen(stroke: &StrokePx) -> tiny_skia::Stroke {
    tiny_skia::Stroke {
        width: stroke.width as f32,
        line_join: LineJoin::Round,
        // A round cap would close the gaps of a dash.
        line_cap: if stroke.dash.is_some() { LineCap::Butt } else { LineCap::Round },
        dash: stroke
            .dash
            .and_then(|(on, off)| StrokeDash::new(vec![on.max(0.1) as f32, off as f32], 0.0)),
        ..tiny_skia::Stroke::default()
    }
}

fn draw_tile(hatch: &HatchPx) -> Result<Pixmap, RenderError> {
    let mut tile = pixmap(hatch.tile, hatch.tile, Color::TRANSPARENT)?;
    let stroke = pen(&StrokePx { color: hatch.color, width: hatch.width, dash: None });
    let mut builder = PathBuilder::new();
    for [from, to] in hatch.lines() {
        builder.move_to(from.0 as f32, from.1 as f32);
        builder.line_to(to.0 as f32, to.1 as f32);
    }
    if let Some(path) = builder.finish() {
        tile.stroke_path(&path, &flat(hatch.color), &stroke, Transform::identity(), None);
    }
    Ok(tile)
}
