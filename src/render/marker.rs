//! Symbols in pixels: paints, markers, and the small sample of a symbol that the legend shows.

use std::f64::consts::PI;

use crate::render::error::RenderError;
use crate::render::sheet::Sheet;
use crate::render::surface::HatchPx;
use crate::render::surface::Paint;
use crate::render::surface::Path;
use crate::render::surface::PxRect;
use crate::render::surface::StrokePx;
use crate::render::surface::Surface;
use crate::render::symbol::Hatch;
use crate::render::symbol::HatchDirection;
use crate::render::symbol::MarkerShape;
use crate::render::symbol::Stroke;
use crate::render::symbol::Symbol;

/// A stroke at `px_per_mm`.
pub(super) fn stroke_px(stroke: &Stroke, px_per_mm: f64) -> StrokePx {
    StrokePx {
        color: stroke.color,
        width: stroke.width_mm * px_per_mm,
        dash: stroke.dash_mm.map(|(on, off)| (on * px_per_mm, off * px_per_mm)),
    }
}

fn hatch_px(hatch: &Hatch, px_per_mm: f64) -> HatchPx {
    let diagonal =
        !matches!(hatch.direction, HatchDirection::Horizontal | HatchDirection::Vertical);
    // Diagonals repeat every spacing times the square root of 2 along an axis.
    let period_mm = hatch.spacing_mm * if diagonal { std::f64::consts::SQRT_2 } else { 1.0 };
    HatchPx {
        color: hatch.color,
        width: hatch.width_mm * px_per_mm,
        tile: (period_mm * px_per_mm).round().clamp(3.0, 400.0) as u32,
        direction: hatch.direction,
    }
}

/// How the items of a symbol are painted. For lines, the casing is painted apart.
pub(super) fn paint(symbol: &Symbol, px_per_mm: f64) -> Paint {
    match symbol {
        Symbol::Area { fill, hatch, outline } => Paint {
            fill: *fill,
            hatch: hatch.map(|h| hatch_px(&h, px_per_mm)),
            stroke: outline.map(|o| stroke_px(&o, px_per_mm)),
        },
        Symbol::Line { stroke, .. } => {
            Paint { stroke: Some(stroke_px(stroke, px_per_mm)), ..Paint::default() }
        }
        Symbol::Point { fill, outline, .. } => Paint {
            fill: Some(*fill),
            hatch: None,
            stroke: outline.map(|o| stroke_px(&o, px_per_mm)),
        },
    }
}

/// Adds a marker centred on (`x`, `y`), of the area of a disc of `radius` pixels.
pub(super) fn add_marker(shape: MarkerShape, (x, y): (f64, f64), radius: f64, path: &mut Path) {
    let polygon = |path: &mut Path, corners: usize, first: f64, radii: &[f64], dy: f64| {
        path.start(true);
        for corner in 0..corners {
            let angle = first + 2.0 * PI * corner as f64 / corners as f64;
            let r = radii[corner % radii.len()] * radius;
            path.push(x + r * angle.cos(), y + dy * radius + r * angle.sin());
        }
    };
    match shape {
        MarkerShape::Circle => path.disc(x, y, radius),
        MarkerShape::Square => polygon(path, 4, PI / 4.0, &[1.2533], 0.0),
        MarkerShape::Diamond => polygon(path, 4, -PI / 2.0, &[1.2533], 0.0),
        // Lowered so that it looks centred.
        MarkerShape::Triangle => polygon(path, 3, -PI / 2.0, &[1.5551], 0.2),
        MarkerShape::Star => polygon(path, 10, -PI / 2.0, &[1.62, 0.72], 0.08),
    }
}

/// Height of the legend's sample of a symbol, pixels.
pub(super) fn sample_height(symbol: &Symbol, usual: f64, px_per_mm: f64) -> f64 {
    match symbol {
        Symbol::Point { radius_mm, .. } => usual.max(radius_mm * 2.8 * px_per_mm),
        Symbol::Line { stroke, casing } => {
            usual.max(casing.unwrap_or(*stroke).width_mm.max(stroke.width_mm) * px_per_mm)
        }
        Symbol::Area { .. } => usual,
    }
}

/// Draws the legend's sample of a symbol in `at`.
pub(super) fn draw_sample<S: Surface>(
    sheet: &Sheet<'_, S>,
    symbol: &Symbol,
    at: &PxRect,
) -> Result<(), RenderError> {
    let mut path = Path::default();
    let middle = (at.left + at.width / 2.0, at.top + at.height / 2.0);
    let own = paint(symbol, sheet.px_per_mm);
    match symbol {
        Symbol::Area { .. } => {
            path.rect(at);
            sheet.shape(&path, &own)
        }
        Symbol::Line { casing, .. } => {
            path.line(&[(at.left, middle.1), (at.right(), middle.1)]);
            if let Some(casing) = casing {
                let under =
                    Paint { stroke: Some(stroke_px(casing, sheet.px_per_mm)), ..Paint::default() };
                sheet.shape(&path, &under)?;
            }
            sheet.shape(&path, &own)
        }
        Symbol::Point { shape, radius_mm, .. } => {
            add_marker(*shape, middle, sheet.mm(*radius_mm), &mut path);
            sheet.shape(&path, &own)
        }
    }
}
