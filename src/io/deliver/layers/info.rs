//! What a delivery says about itself: title, origin of every layer, date, licence.

use std::io::Write;
use std::path::Path;

use crate::domain::Provenance;
use crate::domain::Territory;
use crate::io::deliver::DeliverError;
use crate::io::deliver::DeliveryInfo;
use crate::io::deliver::atomic;
use crate::io::deliver::geojson;
use crate::io::deliver::layer::DeliveredLayer;
use crate::spatial::crs::Transform;
use crate::words::Words;

/// The description that goes into the metadata of every file.
#[must_use]
pub fn info(territory: &Territory, words: &Words) -> DeliveryInfo {
    let name = if territory.name.is_empty() {
        words.say("product.territory").to_owned()
    } else {
        territory.name.clone()
    };
    let mut about = words.say("product.reserve").to_owned();
    if territory.is_synthetic() {
        about = format!("{}. {about}", words.say("product.synthetic"));
    }
    DeliveryInfo {
        title: name,
        abstract_: about,
        licence: licences(territory),
        sources: sources(territory, words),
        lineage: words.fill("product.made_by", &[("version", env!("CARGO_PKG_VERSION"))]),
        timestamp: timestamp(territory),
        language: words.lang().as_str().to_owned(),
    }
}

/// Writes a layer as GeoJSON to a file, from Lambert-93.
///
/// # Errors
/// As [`geojson::write`].
pub fn geojson_file(
    path: &Path,
    layer: &DeliveredLayer,
    info: &DeliveryInfo,
) -> Result<(), DeliverError> {
    atomic::write_with(path, |out| geojson_to(out, layer, info))
}

/// Writes a layer as GeoJSON to a stream, from Lambert-93.
///
/// # Errors
/// As [`geojson::write_to`].
pub fn geojson_to(
    out: &mut dyn Write,
    layer: &DeliveredLayer,
    info: &DeliveryInfo,
) -> Result<(), DeliverError> {
    let wgs_84 = Transform::to_wgs_84().map_err(|error| DeliverError::Layer {
        layer: layer.name().to_owned(),
        what: error.to_string(),
    })?;
    geojson::write_to(out, layer, info, |at| wgs_84.point(at))
}

/// One line per layer: producer, product, vintage.
#[must_use]
pub fn sources(territory: &Territory, words: &Words) -> Vec<String> {
    let mut lines: Vec<String> = territory
        .provenances()
        .map(|(key, provenance)| {
            let vintage = provenance.vintage.as_deref().map_or_else(
                || words.say("product.no_vintage").to_owned(),
                |vintage| words.fill("product.vintage", &[("vintage", vintage)]),
            );
            format!("{} ({vintage})", origin(key, provenance, words))
        })
        .collect();
    lines.sort();
    lines.dedup();
    lines
}

/// As [`sources`], for the foot of a page: what is invented says so once, ahead of its list.
#[must_use]
pub fn sources_in_brief(territory: &Territory, words: &Words) -> Vec<String> {
    sources_of(territory, &|_| true, words)
}

/// As [`sources_in_brief`], for the layers that `used` keeps.
#[must_use]
pub fn sources_of(
    territory: &Territory,
    used: &dyn Fn(&str) -> bool,
    words: &Words,
) -> Vec<String> {
    let mut real: Vec<String> = Vec::new();
    let mut invented: Vec<String> = Vec::new();
    for (key, provenance) in territory.provenances().filter(|(key, _)| used(key)) {
        let plain = Provenance { synthetic: false, ..provenance.clone() };
        let source = origin(key, &plain, words);
        let line = match &provenance.vintage {
            Some(vintage) => format!("{source} ({vintage})"),
            None => format!("{source} ({})", words.say("product.no_vintage")),
        };
        if provenance.synthetic { &mut invented } else { &mut real }.push(line);
    }
    for lines in [&mut real, &mut invented] {
        lines.sort();
        lines.dedup();
    }
    if !invented.is_empty() {
        let list = invented.join(" · ");
        real.push(words.fill("product.synthetic_source", &[("source", &list)]));
    }
    real
}

/// Producer and product of a layer; the layer's own name where nobody said it. Invented data never pass for a
/// producer's.
#[must_use]
pub fn origin(key: &str, provenance: &Provenance, words: &Words) -> String {
    let named = format!("layer.{key}");
    let source = match provenance.source.as_str() {
        "" if words.has(&named) => words.say(&named),
        "" => key,
        source => source,
    };
    if provenance.synthetic {
        words.fill("product.synthetic_source", &[("source", source)])
    } else {
        source.to_owned()
    }
}

fn licences(territory: &Territory) -> String {
    let mut licences: Vec<String> =
        territory.provenances().filter_map(|(_, provenance)| provenance.licence.clone()).collect();
    licences.sort();
    licences.dedup();
    licences.join(" ; ")
}

/// The date that files carry: the newest vintage of the data, never the clock's, so that the same input gives the same
/// bytes.
fn timestamp(territory: &Territory) -> String {
    let newest = newest_vintage(territory).unwrap_or_else(|| "1970-01-01".to_owned());
    format!("{newest}T00:00:00.000Z")
}

/// The newest vintage of all layers as a day, `2026-06-01`; `None` when none says its own.
#[must_use]
pub fn newest_vintage(territory: &Territory) -> Option<String> {
    let vintages = territory.provenances().filter_map(|(_, origin)| origin.vintage.as_deref());
    vintages.filter_map(day_of).max()
}

/// `2026`, `2026-06` and `2026-06-15` as a day; `None` for anything else.
fn day_of(vintage: &str) -> Option<String> {
    let mut parts = vintage.split('-');
    let number = |part: &str, width: usize| {
        (part.len() == width && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.to_owned())
    };
    let year = number(parts.next()?, 4)?;
    let month = parts.next().map_or(Some("01".to_owned()), |part| number(part, 2))?;
    let day = parts.next().map_or(Some("01".to_owned()), |part| number(part, 2))?;
    parts.next().is_none().then(|| format!("{year}-{month}-{day}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vintages_are_days_or_nothing() {
        assert_eq!(day_of("2026-06").as_deref(), Some("2026-06-01"));
        assert_eq!(day_of("2025").as_deref(), Some("2025-01-01"));
        assert_eq!(day_of("juin 2026"), None);
    }
}
