//! The drawing itself: every layer, from the bottom up.

use geo::BoundingRect;
use geo::Centroid;

use crate::render::error::RenderError;
use crate::render::map::Class;
use crate::render::map::Item;
use crate::render::map::MapLayer;
use crate::render::marker::add_marker;
use crate::render::marker::paint;
use crate::render::marker::stroke_px;
use crate::render::sheet::Sheet;
use crate::render::surface::Paint;
use crate::render::surface::Path;
use crate::render::surface::PxRect;
use crate::render::surface::Surface;
use crate::render::symbol::Symbol;
use crate::render::view::View;

/// Side of the square that marks a point drawn with an area symbol, millimetres.
const POINT_SIDE_MM: f64 = 1.2;

/// Under this size an item is drawn as its box: no pixel can show its shape.
const SPECK_PX: f64 = 1.5;

/// A filled item smaller than this many widths of its outline is drawn without it: white edges would bleach crowds of
/// small parcels, dark ones blacken them.
const OUTLINE_WIDTHS: f64 = 5.0;

/// Refuses items of classes that do not exist, before anything is drawn.
///
/// # Errors
/// [`RenderError::UnknownClass`].
pub(super) fn check(layers: &[MapLayer<'_>]) -> Result<(), RenderError> {
    for layer in layers {
        let classes = layer.classes.len();
        if let Some((item, found)) =
            layer.items.iter().enumerate().find(|(_, item)| item.class >= classes)
        {
            return Err(RenderError::UnknownClass {
                layer: layer.title.clone(),
                item,
                class: found.class,
                classes,
            });
        }
    }
    Ok(())
}

/// Draws the items of one layer that show in the view.
pub(super) fn draw<S: Surface>(
    sheet: &Sheet<'_, S>,
    layer: &MapLayer<'_>,
    view: &View,
) -> Result<(), RenderError> {
    let paints: Vec<Paint> =
        layer.classes.iter().map(|c| paint(&c.symbol, sheet.px_per_mm)).collect();
    let mut path = Path::default();
    for Shown { item, class, .. } in shown(layer, view) {
        if let Symbol::Line { casing: Some(casing), .. } = &class.symbol {
            path.clear();
            view.trace(item.geometry, &mut path);
            let under =
                Paint { stroke: Some(stroke_px(casing, sheet.px_per_mm)), ..Paint::default() };
            sheet.shape(&path, &under)?;
        }
    }
    for Shown { item, class, bounds } in shown(layer, view) {
        path.clear();
        let mut own = paints[item.class];
        let size_px = bounds.width.max(bounds.height);
        let has_extent = size_px > 0.0;
        match &class.symbol {
            Symbol::Point { shape, radius_mm, .. } => {
                let radius = sheet.mm(*radius_mm);
                for at in places(item.geometry) {
                    add_marker(*shape, view.place(at), radius, &mut path);
                }
            }
            symbol @ (Symbol::Area { .. } | Symbol::Line { .. }) if has_extent => {
                let area = matches!(symbol, Symbol::Area { .. });
                let min_px = sheet.mm(class.min_mm);
                if area && size_px < min_px.max(SPECK_PX) {
                    // A square if every item must be seen; else its own box, so that many specks tint the page as
                    // their areas do.
                    let side = |length: f64| if min_px > size_px { min_px } else { length };
                    path.rect(&around(&bounds, side(bounds.width), side(bounds.height)));
                    own = symbol.main_color().map(Paint::fill).unwrap_or_default();
                } else {
                    if own.fill.is_some()
                        && own.stroke.is_some_and(|s| size_px < OUTLINE_WIDTHS * s.width)
                    {
                        own.stroke = None;
                    }
                    view.trace(item.geometry, &mut path);
                }
            }
            symbol @ (Symbol::Area { .. } | Symbol::Line { .. }) => {
                let side = sheet.mm(class.min_mm.max(POINT_SIDE_MM));
                for at in places(item.geometry) {
                    let (x, y) = view.place(at);
                    path.rect(&around(
                        &PxRect { left: x, top: y, width: 0.0, height: 0.0 },
                        side,
                        side,
                    ));
                }
                own = symbol.main_color().map(Paint::fill).unwrap_or_default();
            }
        }
        if !path.is_empty() {
            sheet.shape(&path, &own)?;
        }
    }
    Ok(())
}

/// More markers than this cover the drawing: labels then stop keeping clear of them.
const MARKERS_TO_AVOID: usize = 2_000;

/// The boxes of the markers that show, for labels to keep clear of; none if there are too many.
pub(super) fn markers<S: Surface>(
    sheet: &Sheet<'_, S>,
    layers: &[MapLayer<'_>],
    view: &View,
) -> Vec<PxRect> {
    let mut boxes = Vec::new();
    for Shown { item, class, .. } in layers.iter().flat_map(|layer| shown(layer, view)) {
        let Symbol::Point { radius_mm, .. } = &class.symbol else { continue };
        let side = sheet.mm(*radius_mm) * 2.0;
        for at in places(item.geometry) {
            let (left, top) = view.place(at);
            boxes.push(around(&PxRect { left, top, width: 0.0, height: 0.0 }, side, side));
        }
        if boxes.len() > MARKERS_TO_AVOID {
            return vec![];
        }
    }
    boxes
}

/// An item that shows, its class and its box on the page.
struct Shown<'l, 'a> {
    item: &'l Item<'a>,
    class: &'l Class,
    bounds: PxRect,
}

fn shown<'l, 'a>(
    layer: &'l MapLayer<'a>,
    view: &View,
) -> impl Iterator<Item = Shown<'l, 'a>> + use<'l, 'a> {
    let (view, reach) = (*view, view.reach());
    layer.items.iter().filter_map(move |item| {
        let class = layer.classes.get(item.class)?;
        let bounds = view.place_rect(&item.geometry.bounding_rect()?);
        // Points have an empty box, which overlaps nothing: grow it.
        reach.overlaps(&bounds.grown(0.5)).then_some(Shown { item, class, bounds })
    })
}

/// A rectangle of the given sides around the centre of another.
fn around(of: &PxRect, width: f64, height: f64) -> PxRect {
    PxRect {
        left: of.left + (of.width - width) / 2.0,
        top: of.top + (of.height - height) / 2.0,
        width,
        height,
    }
}

/// Where markers go: each point of points, the centroid of the rest.
fn places(geometry: &geo::Geometry<f64>) -> Vec<geo::Coord<f64>> {
    match geometry {
        geo::Geometry::Point(p) => vec![p.0],
        geo::Geometry::MultiPoint(many) => many.iter().map(|p| p.0).collect(),
        other => other.centroid().map(|p| p.0).into_iter().collect(),
    }
}
