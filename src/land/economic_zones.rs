//! Economic zones: from inventories of sites where they speak, else from planning zones made for activity.

use std::collections::BTreeMap;

use geo::BoundingRect;
use geo::Geometry;
use geo::MultiPolygon;
use geo::Rect;

use super::document_order::date_of;
use super::document_order::document_of;
use super::place_id::place_id;
use super::place_order::by_place;
use crate::domain::CodeInsee;
use crate::domain::EconomicZone;
use crate::domain::Entity;
use crate::domain::LayerKey;
use crate::domain::LayerView;
use crate::domain::Territory;
use crate::domain::UnitCount;
use crate::domain::Value;
use crate::domain::ZoneOrigin;
use crate::domain::ZoneUrba;
use crate::domain::plain;
use crate::evaluation::LandRules;
use crate::spatial::contiguity;
use crate::spatial::dissolve;
use crate::spatial::distance;
use crate::spatial::overlay;
use crate::spatial::overlay::PreparedArea;
use crate::spatial::shape;

/// What is left of a planning zone beside the sites of an inventory is a zone of its own from this size on, m²: less is
/// two drawings of one border.
const REMAINDER_M2: f64 = 500.0;

/// Overlaps up to this are two drawings of one border, m².
const SLIVER_M2: f64 = 1.0;

/// Shares of a zone in a commune below this are not told.
const SLIVER_SHARE: f64 = 0.005;

/// Stands for the code of a commune that is not known.
pub(super) const UNKNOWN_COMMUNE: &str = "00000";

/// What cannot be cut or joined: identifier, and the operation.
pub(super) type Refused = Vec<(String, &'static str)>;

/// The economic zones of a territory, disjoint: sites in the order of their identifiers, then zones of planning documents, the
/// latest document first.
pub(super) fn economic_zones(
    territory: &Territory,
    rules: &LandRules,
) -> (Vec<EconomicZone>, Refused) {
    let mut refused = Refused::new();
    let mut drafts = sites(territory, rules);
    drafts.sort_by(|a, b| a.id.cmp(&b.id).then_with(|| by_place(&a.geometry, &b.geometry)));
    drafts.extend(planning_zones(territory, rules, &drafts, &mut refused));
    let mut zones: Vec<EconomicZone> = Vec::with_capacity(drafts.len());
    let mut taken: Vec<(Rect<f64>, PreparedArea)> = Vec::new();
    for mut draft in drafts {
        let Some(frame) = draft.geometry.bounding_rect() else { continue };
        let mut over: Vec<&Geometry<f64>> = taken
            .iter()
            .zip(&zones)
            .filter(|((other, _), _)| overlap(other, &frame))
            .filter(|((_, area), _)| area.intersection_area(&draft.geometry) > SLIVER_M2)
            .map(|(_, zone)| &zone.geometry)
            .collect();
        over.sort_by(|a, b| by_place(a, b));
        if !over.is_empty() {
            match overlay::difference_geometry(&draft.geometry, &over) {
                Ok(rest) => draft.geometry = Geometry::MultiPolygon(rest),
                Err(_) => {
                    refused.push((draft.id.unwrap_or_else(|| draft.rule.clone()), "difference"));
                    continue;
                }
            }
        }
        if shape::area(&draft.geometry) <= SLIVER_M2 {
            continue;
        }
        taken.push((frame, PreparedArea::new(&draft.geometry)));
        zones.push(finished(territory, draft));
    }
    (zones, refused)
}

/// Activity zones of each document, the latest document first.
type ByDocument<'a> =
    BTreeMap<(std::cmp::Reverse<&'a str>, &'a str), Vec<(&'a ZoneUrba, Geometry<f64>)>>;

/// A zone before its place is looked at.
struct Draft {
    id: Option<String>,
    name: Option<String>,
    origin: ZoneOrigin,
    site: Option<usize>,
    document: Option<Box<str>>,
    rule: String,
    geometry: Geometry<f64>,
}

fn finished(territory: &Territory, draft: Draft) -> EconomicZone {
    let communes = communes_of(territory, &draft.geometry);
    let main = communes.first().map(|(commune, _)| *commune);
    let id = draft.id.unwrap_or_else(|| {
        let name = place_id(&draft.geometry).map(|(_, name)| name).unwrap_or_default();
        let commune =
            main.map_or_else(|| UNKNOWN_COMMUNE.to_owned(), |commune| commune.to_string());
        format!("{commune}_SITE-ECO_{name}")
    });
    EconomicZone {
        id: id.into(),
        name: draft.name.map(Into::into),
        origin: draft.origin,
        site: draft.site,
        document: draft.document,
        rule: draft.rule.into(),
        built_share: built_share(territory, &draft.geometry, main),
        communes,
        geometry: draft.geometry,
        units: UnitCount::default(),
    }
}

/// Sites of the inventories whose type is one of a zone, and which have an outline.
fn sites(territory: &Territory, rules: &LandRules) -> Vec<Draft> {
    let Some(layer) = territory.layer(LayerKey::SITES) else { return Vec::new() };
    let word = |entity: &dyn Entity, name: &str| match entity.attribute(name) {
        Value::Text(text) => Some(text.into_owned()),
        _ => None,
    };
    (0..layer.len())
        .filter_map(|at| layer.entity(at).map(|entity| (at, entity)))
        .filter(|(_, entity)| shape::area(entity.geometry()) > 0.0)
        .filter_map(|(at, entity)| {
            let class = word(entity, "class");
            let counts = class.as_deref().is_none_or(|class| {
                let of_site = plain(class);
                rules.site_types.iter().any(|known| plain(known) == of_site)
            });
            let is_over = word(entity, "state").is_some_and(|state| plain(&state) == "declasse");
            (counts && !is_over).then(|| Draft {
                id: Some(entity.id().into_owned()),
                name: word(entity, "name"),
                origin: ZoneOrigin::Site,
                site: Some(at),
                document: None,
                rule: class.unwrap_or_default(),
                geometry: entity.geometry().clone(),
            })
        })
        .collect()
}

/// Planning zones made for activity, less the sites, merged where they touch in one document.
fn planning_zones(
    territory: &Territory,
    rules: &LandRules,
    sites: &[Draft],
    refused: &mut Refused,
) -> Vec<Draft> {
    let Some(zoning) = &territory.zoning else { return Vec::new() };
    let mut by_document: ByDocument<'_> = BTreeMap::new();
    let index = crate::spatial::index::SpatialIndex::of_geometries(
        sites.iter().map(|site| &site.geometry).collect::<Vec<_>>().into_iter(),
    );
    for zone in &zoning.entities {
        if !rules.zone_kinds.iter().any(|kind| kind == zone.kind.as_str()) {
            continue;
        }
        let Some(frame) = zone.geometry.bounding_rect() else { continue };
        let mut over: Vec<&Geometry<f64>> = index
            .in_box(&frame)
            .into_iter()
            .map(|at| &sites[at as usize].geometry)
            .filter(|site| overlay::intersection_area(&zone.geometry, site) > SLIVER_M2)
            .collect();
        over.sort_by(|a, b| by_place(a, b));
        let rest = if over.is_empty() {
            zone.geometry.clone()
        } else {
            match overlay::difference_geometry(&zone.geometry, &over) {
                Ok(rest) => Geometry::MultiPolygon(large_pieces(rest)),
                Err(_) => {
                    refused.push((zone.id.to_string(), "difference"));
                    continue;
                }
            }
        };
        if shape::area(&rest) <= SLIVER_M2 {
            continue;
        }
        let document = document_of(zone);
        let key = (std::cmp::Reverse(date_of(document)), document);
        by_document.entry(key).or_default().push((zone, rest));
    }
    let mut drafts = Vec::new();
    for ((_, document), mut zones) in by_document {
        zones.sort_by(|a, b| by_place(&a.1, &b.1));
        for group in touching(&zones, rules) {
            let shapes: Vec<&Geometry<f64>> = group.iter().map(|at| &zones[*at].1).collect();
            let merged = match shapes.as_slice() {
                [one] => Ok((*one).clone()),
                several => dissolve::union(several).map(Geometry::MultiPolygon),
            };
            let largest = group
                .iter()
                .copied()
                .max_by(|a, b| {
                    shape::area(&zones[*a].1).total_cmp(&shape::area(&zones[*b].1)).then(b.cmp(a))
                })
                .map(|at| zones[at].0);
            let Some(largest) = largest else { continue };
            let Ok(geometry) = merged else {
                refused.push((largest.id.to_string(), "union"));
                continue;
            };
            let mut labels: Vec<&str> = group.iter().map(|at| &*zones[*at].0.label).collect();
            labels.sort_unstable();
            labels.dedup();
            drafts.push(Draft {
                id: None,
                name: Some(labels.join(", ")).filter(|name| !name.is_empty()),
                origin: ZoneOrigin::Zoning,
                site: None,
                document: Some(document.into()),
                rule: largest.kind_rule.to_string(),
                geometry,
            });
        }
    }
    drafts
}

/// Groups of zones that touch along a border or overlap; each in ascending order, ordered by their first.
fn touching(zones: &[(&ZoneUrba, Geometry<f64>)], rules: &LandRules) -> Vec<Vec<usize>> {
    let frames: Vec<Option<Rect<f64>>> =
        zones.iter().map(|(_, shape)| shape.bounding_rect()).collect();
    crate::spatial::components::components(zones.len(), |a, b| {
        let (Some(one), Some(other)) = (&frames[a], &frames[b]) else { return false };
        let near = super::constraints::grown(one, rules.contact_tolerance_m);
        if !overlap(&near, other) {
            return false;
        }
        let (one, other) = (&zones[a].1, &zones[b].1);
        distance::is_within_distance(one, other, rules.contact_tolerance_m)
            && (overlay::intersection_area(one, other) > SLIVER_M2
                || contiguity::shared_border_m(one, other, rules.contact_tolerance_m)
                    >= rules.contact_m)
    })
}

fn large_pieces(rest: MultiPolygon<f64>) -> MultiPolygon<f64> {
    let kept = rest
        .0
        .into_iter()
        .filter(|piece| shape::area(&Geometry::Polygon(piece.clone())) >= REMAINDER_M2);
    MultiPolygon(kept.collect())
}

/// Communes that hold more than a sliver of `land`, with its share in each, largest first.
pub(super) fn communes_of(territory: &Territory, land: &Geometry<f64>) -> Vec<(CodeInsee, f64)> {
    let (Some(frame), whole) = (land.bounding_rect(), shape::area(land)) else { return Vec::new() };
    let communes = &territory.communes;
    let mut shares: Vec<(CodeInsee, f64)> = communes
        .index()
        .in_box(&frame)
        .into_iter()
        .map(|at| {
            let share = communes.area(at as usize).intersection_area(land) / whole;
            (communes.entities[at as usize].insee, share.min(1.0))
        })
        .filter(|(_, share)| *share > SLIVER_SHARE)
        .collect();
    shares.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    shares
}

/// Share of `land` under buildings; `None` where no layer of buildings speaks for its commune.
fn built_share(
    territory: &Territory,
    land: &Geometry<f64>,
    commune: Option<CodeInsee>,
) -> Option<f64> {
    let buildings = territory.layer(LayerKey::BUILDINGS).filter(|layer| layer.covers(commune))?;
    let frame = land.bounding_rect()?;
    let prepared = PreparedArea::new(land);
    let whole = prepared.area_m2();
    let over: Vec<&PreparedArea> = buildings
        .index()
        .in_box(&frame)
        .into_iter()
        .filter(|at| prepared.intersection_area(buildings.geometry(*at as usize)) > 0.0)
        .map(|at| buildings.area(at as usize))
        .collect();
    let built = overlay::covered_area_prepared(land, &over);
    (whole > 0.0).then(|| (built / whole).min(1.0))
}

/// Whether two boxes share a point.
pub(super) fn overlap(a: &Rect<f64>, b: &Rect<f64>) -> bool {
    a.min().x <= b.max().x
        && b.min().x <= a.max().x
        && a.min().y <= b.max().y
        && b.min().y <= a.max().y
}
