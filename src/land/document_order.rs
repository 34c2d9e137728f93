//! Which planning document speaks where several overlap: the later one.

use geo::BoundingRect;
use geo::Geometry;
use geo::Rect;

use crate::domain::Layer;
use crate::domain::LayerView;
use crate::domain::ZoneUrba;
use crate::spatial::overlay;
use crate::spatial::shape;

/// Overlaps up to this are two drawings of one border, m².
const SLIVER_M2: f64 = 1.0;

/// The document of a zone; its file where zones name none.
pub(super) fn document_of(zone: &ZoneUrba) -> &str {
    zone.document.as_deref().unwrap_or(&zone.file)
}

/// The last eight digits of an `idurba` are the day of its approval: the later document replaces the earlier. Empty when
/// the name has none.
pub(super) fn date_of(document: &str) -> &str {
    document.rsplit(|c: char| !c.is_ascii_digit()).find(|part| part.len() == 8).unwrap_or_default()
}

/// What a zone still says inside a box, once later documents have spoken: its shape, or the part of it that they leave.
/// `None` when they leave nothing, or when it cannot be cut.
pub(super) fn in_force<'a>(
    zoning: &'a Layer<ZoneUrba>,
    at: usize,
    frame: &Rect<f64>,
) -> Option<std::borrow::Cow<'a, Geometry<f64>>> {
    let zone = &zoning.entities[at];
    let (document, day) = (document_of(zone), date_of(document_of(zone)));
    let later: Vec<&Geometry<f64>> = zoning
        .index()
        .in_box(frame)
        .into_iter()
        .map(|other| &zoning.entities[other as usize])
        .filter(|other| document_of(other) != document && date_of(document_of(other)) > day)
        .map(|other| &other.geometry)
        .collect();
    if later.is_empty() {
        return Some(std::borrow::Cow::Borrowed(&zone.geometry));
    }
    let near = Geometry::MultiPolygon(overlay::clipped_for_overlay(&zone.geometry, frame));
    near.bounding_rect()?;
    let mut later = later;
    later.sort_by(|a, b| super::place_order::by_place(a, b));
    let left = Geometry::MultiPolygon(overlay::difference_geometry(&near, &later).ok()?);
    (shape::area(&left) > SLIVER_M2).then_some(std::borrow::Cow::Owned(left))
}

#[cfg(test)]
mod tests {
    use super::date_of;

    #[test]
    fn the_day_of_a_document_is_in_its_name() {
        assert_eq!(date_of("82112_PLU_20210304"), "20210304");
        assert_eq!(date_of("200066652_PLUi_20240101_A"), "20240101");
        assert_eq!(date_of("plu/zone_urba.shp"), "");
    }
}
