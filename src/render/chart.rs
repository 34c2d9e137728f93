//! One chart: horizontal bars with, if known, the bounds of each value. For figures per EPCI that carry a doubt.

use plotters::chart::ChartBuilder;
use plotters::element::PathElement;
use plotters::element::Rectangle;
use plotters::style::RGBAColor;
use plotters::style::ShapeStyle;

use crate::render::error::RenderError;
use crate::render::map::Face;
use crate::render::map::Paper;
use crate::render::map::Words;
use crate::render::number::format_round_number;
use crate::render::page;
use crate::render::page::INK;
use crate::render::page::Margins;
use crate::render::page::SOFT_INK;
use crate::render::pixmap::PixmapSurface;
use crate::render::sheet::Sheet;
use crate::render::sheet::drawing_error;
use crate::render::surface::Anchor;
use crate::render::surface::PxRect;
use crate::render::surface::Surface;
use crate::render::surface::Text;
use crate::render::svg::SvgSurface;
use crate::render::symbol::Rgba;
use crate::render::typeface::CAP_HEIGHT_EM;

/// Lines across the chart.
const GRID: Rgba = Rgba::hex(0xd5_d8_dc);

/// One bar.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    /// Name, at the left.
    pub label: String,
    /// Its value, in the unit of the chart; `None` when not known: the row then shows the caller's word for it.
    pub value: Option<f64>,
    /// Lowest and highest value that the data allow, drawn as a whisker.
    pub bounds: Option<(f64, f64)>,
}

/// A chart of horizontal bars, in the order given, from the top.
#[derive(Debug, Clone, PartialEq)]
pub struct BarChart {
    /// Width and height of the page, pixels.
    pub size_px: (u32, u32),
    /// Title, top left.
    pub title: String,
    /// Line under the title: what a bar is, what a whisker is.
    pub subtitle: Option<String>,
    /// The bars.
    pub rows: Vec<Bar>,
    /// Unit of the values, under the axis: "logements", "ha".
    pub unit: String,
    /// Colour of the bars.
    pub color: Rgba,
    /// A warning the reader must not miss, in a band.
    pub notice: Option<String>,
    /// Sources and vintages, bottom left.
    pub sources: Vec<String>,
    /// Date, bottom right.
    pub date: Option<String>,
    /// Words and number marks.
    pub words: Words,
}

/// Draws a chart as a PNG file.
///
/// # Errors
/// [`RenderError`]: a page too small or too large, a value that is not finite.
pub fn png(chart: &BarChart) -> Result<Vec<u8>, RenderError> {
    let px_per_mm = page::px_per_mm(&chart.title, chart.size_px, Paper::A4)?;
    let mut surface = PixmapSurface::new(chart.size_px.0, chart.size_px.1)?;
    draw(chart, &mut surface, px_per_mm)?;
    surface.into_png(px_per_mm)
}

/// Draws a chart as SVG text.
///
/// # Errors
/// As [`png()`].
pub fn svg(chart: &BarChart) -> Result<String, RenderError> {
    let px_per_mm = page::px_per_mm(&chart.title, chart.size_px, Paper::A4)?;
    let mut surface = SvgSurface::new(chart.size_px.0, chart.size_px.1, px_per_mm, &chart.title);
    draw(chart, &mut surface, px_per_mm)?;
    Ok(surface.into_text())
}

fn check(chart: &BarChart) -> Result<(), RenderError> {
    for row in &chart.rows {
        let (low, high) = row.bounds.unwrap_or((0.0, 0.0));
        if let Some(value) =
            [row.value.unwrap_or(0.0), low, high].into_iter().find(|v| !v.is_finite())
        {
            return Err(RenderError::ValueNotFinite {
                title: chart.title.clone(),
                row: row.label.clone(),
                value,
            });
        }
    }
    Ok(())
}

/// The axis: from and to round values that hold 0 and every value, and the step between ticks.
fn axis(rows: &[Bar]) -> (f64, f64, f64) {
    let all = || {
        rows.iter().flat_map(|r| {
            let (low, high) = r.bounds.unwrap_or((0.0, 0.0));
            [r.value.unwrap_or(0.0), low, high]
        })
    };
    let (low, high) = (all().fold(0.0, f64::min), all().fold(0.0, f64::max));
    let span = if high > low { high - low } else { 1.0 };
    let power = 10f64.powf((span / 6.0).log10().floor());
    let step = [1.0, 2.0, 5.0].into_iter().map(|l| l * power).find(|s| span / s <= 7.0);
    let step = step.unwrap_or(10.0 * power);
    let (from, to) = ((low / step).floor() * step, (high / step).ceil() * step);
    (from, if to > from { to } else { from + step }, step)
}

fn fill(color: Rgba) -> ShapeStyle {
    ShapeStyle { color: plain(color), filled: true, stroke_width: 0 }
}

fn pen(color: Rgba, width_px: f64) -> ShapeStyle {
    ShapeStyle {
        color: plain(color),
        filled: false,
        stroke_width: width_px.round().max(1.0) as u32,
    }
}

fn plain(color: Rgba) -> RGBAColor {
    RGBAColor(color.red, color.green, color.blue, color.opacity())
}

fn draw<S: Surface>(chart: &BarChart, surface: &mut S, px_per_mm: f64) -> Result<(), RenderError> {
    check(chart)?;
    let sheet = Sheet::new(surface, px_per_mm)?;
    let body = page::draw_margins(
        &sheet,
        chart.size_px,
        &Margins {
            title: &chart.title,
            subtitle: chart.subtitle.as_deref(),
            sources: &chart.sources,
            date: chart.date.as_deref(),
            margin_mm: Paper::A4.margin_mm,
        },
    )?;
    let top = match &chart.notice {
        Some(notice) => page::draw_notice(&sheet, notice, &body)?.bottom() + sheet.mm(3.0),
        None => body.top,
    };
    let body = PxRect { top, height: body.bottom() - top, ..body };

    let rows = chart.rows.len().max(1);
    // Under the bars, the numbers of the axis and its unit; few bars stay slim.
    let axis_px = sheet.pt(10.0) * 3.0;
    let pitch = ((body.height - axis_px) / rows as f64).clamp(1.0, sheet.mm(20.0));
    let em_px = sheet.pt(10.0).min(pitch * 0.62);
    let longest = |texts: &mut dyn Iterator<Item = String>| {
        texts.map(|t| sheet.faces.width_px(&t, Face::Regular, em_px)).fold(0.0, f64::max)
    };
    let names = longest(&mut chart.rows.iter().map(|r| r.label.clone())).min(body.width * 0.34);
    let figures = longest(&mut chart.rows.iter().map(|r| figure(chart, r)));
    let plot = PxRect {
        left: body.left + names + sheet.mm(3.0),
        top: body.top,
        width: body.width - names - figures - sheet.mm(9.0),
        height: pitch * rows as f64,
    };
    sheet.group("chart", "", || draw_plot(&sheet, chart, &plot, em_px))?;
    sheet.group("rows", "", || draw_words(&sheet, chart, &plot, em_px, names))
}

/// The value as written at the end of its row, with its bounds.
fn figure(chart: &BarChart, row: &Bar) -> String {
    let text = |v: f64| format_round_number(v, &chart.words);
    match (row.value, row.bounds) {
        (None, _) => chart.words.unknown.clone(),
        (Some(value), None) => text(value),
        (Some(value), Some((low, high))) => {
            format!("{} [{}\u{a0}; {}]", text(value), text(low), text(high))
        }
    }
}

/// Grid, bars and whiskers, in plotters' coordinates: the value across, the rank of the row down.
fn draw_plot<S: Surface>(
    sheet: &Sheet<'_, S>,
    chart: &BarChart,
    plot: &PxRect,
    em_px: f64,
) -> Result<(), RenderError> {
    let (from, to, step) = axis(&chart.rows);
    let rows = chart.rows.len().max(1) as f64;
    let area = sheet.area.clone().shrink(
        (plot.left.round() as i32, plot.top.round() as i32),
        (plot.width.round() as i32, plot.height.round() as i32),
    );
    let plane =
        ChartBuilder::on(&area).build_cartesian_2d(from..to, rows..0.0).map_err(drawing_error)?;
    let plane = plane.plotting_area();
    let ticks = ((to - from) / step).round() as i32;
    for tick in 0..=ticks {
        let value = from + f64::from(tick) * step;
        let zero = value.abs() < step / 2.0;
        let (color, width_mm) = if zero { (INK, 0.3) } else { (GRID, 0.18) };
        let style = pen(color, sheet.mm(width_mm));
        plane
            .draw(&PathElement::new(vec![(value, 0.0), (value, rows)], style))
            .map_err(drawing_error)?;
        let x = plot.left + (value - from) / (to - from) * plot.width;
        let text = format_round_number(value, &chart.words);
        write(
            sheet,
            &text,
            (x, plot.bottom() + em_px * 1.1),
            em_px * 0.9,
            SOFT_INK,
            Anchor::Middle,
        )?;
    }
    for (rank, row) in chart.rows.iter().enumerate() {
        let Some(value) = row.value else { continue };
        let y = rank as f64;
        let corners = [(0.0, y + 0.2), (value, y + 0.8)];
        plane.draw(&Rectangle::new(corners, fill(chart.color))).map_err(drawing_error)?;
        if let Some((low, high)) = row.bounds {
            for points in [
                vec![(low, y + 0.5), (high, y + 0.5)],
                vec![(low, y + 0.36), (low, y + 0.64)],
                vec![(high, y + 0.36), (high, y + 0.64)],
            ] {
                let style = pen(INK, sheet.mm(0.3));
                plane.draw(&PathElement::new(points, style)).map_err(drawing_error)?;
            }
        }
    }
    let below = (plot.left + plot.width / 2.0, plot.bottom() + em_px * 2.5);
    write(sheet, &chart.unit, below, em_px * 0.9, SOFT_INK, Anchor::Middle)
}

/// Names at the left, figures at the right.
fn draw_words<S: Surface>(
    sheet: &Sheet<'_, S>,
    chart: &BarChart,
    plot: &PxRect,
    em_px: f64,
    names_px: f64,
) -> Result<(), RenderError> {
    let pitch = plot.height / chart.rows.len().max(1) as f64;
    for (rank, row) in chart.rows.iter().enumerate() {
        let baseline = plot.top + pitch * (rank as f64 + 0.5) + em_px * CAP_HEIGHT_EM / 2.0;
        let name = sheet.faces.ellipsis(&row.label, Face::Regular, em_px, names_px + 0.5);
        let left = (plot.left - sheet.mm(3.0), baseline);
        write(sheet, &name, left, em_px, INK, Anchor::End)?;
        let color = if row.value.is_some() { INK } else { SOFT_INK };
        let right = (plot.right() + sheet.mm(3.0), baseline);
        write(sheet, &figure(chart, row), right, em_px, color, Anchor::Start)?;
    }
    Ok(())
}

fn write<S: Surface>(
    sheet: &Sheet<'_, S>,
    text: &str,
    at: (f64, f64),
    em_px: f64,
    color: Rgba,
    anchor: Anchor,
) -> Result<(), RenderError> {
    sheet.text(&Text { text, at, em_px, face: Face::Regular, color, anchor, halo: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bar(value: f64, bounds: Option<(f64, f64)>) -> Bar {
        Bar { label: String::new(), value: Some(value), bounds }
    }

    #[test]
    fn axes_are_round_and_hold_everything() {
        assert_eq!(axis(&[bar(430.0, Some((300.0, 610.0)))]), (0.0, 700.0, 100.0));
        assert_eq!(axis(&[bar(-3.0, None), bar(9.0, None)]), (-4.0, 10.0, 2.0));
        assert_eq!(axis(&[bar(0.0, None)]).0, 0.0);
        assert!(axis(&[]).1 > 0.0);
    }
}
