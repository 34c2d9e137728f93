//! Friches: what each is suited for, what is known of it, what it costs, and its standing.

use geo::Geometry;

use super::fields::coded;
use super::fields::criterion_cells;
use super::fields::criterion_fields;
use super::fields::field;
use super::fields::rounded_1;
use super::fields::standing;
use super::fields::standing_fields;
use super::ranked::place;
use super::ranked::shown;
use crate::domain::Entity;
use crate::domain::Friche;
use crate::domain::LayerKey;
use crate::domain::SourceTrust;
use crate::domain::Territory;
use crate::evaluation::Ranked;
use crate::evaluation::Ranking;
use crate::friche;
use crate::friche::costs::SiteCosts;
use crate::friche::costs::UnitCosts;
use crate::friche::costs::costs;
use crate::friche::mutability::Use;
use crate::io::deliver::DeliverError;
use crate::io::deliver::layer::Cell;
use crate::io::deliver::layer::DeliveredLayer;
use crate::io::deliver::layer::Field;
use crate::io::deliver::layer::FieldKind;
use crate::io::deliver::layer::GeometryKind;
use crate::io::deliver::layer::Row;
use crate::io::deliver::styles;
use crate::spatial::shape;
use crate::words::Words;

/// Name of the layer of outlines, beside the points of all sites.
const OUTLINES: &str = "friche_outlines";
/// Trust in a source, in the order of legends.
pub(super) const TRUST: [SourceTrust; 5] = [
    SourceTrust::Observatory,
    SourceTrust::Call,
    SourceTrust::User,
    SourceTrust::Study,
    SourceTrust::Unverified,
];

/// The sites as points, which show at the scale of a territory; their outlines are [`outlines`].
pub(super) fn points(
    territory: &Territory,
    ranking: &Ranking,
    words: &Words,
) -> Result<DeliveredLayer, DeliverError> {
    let sites = chosen(territory, ranking, None);
    let kind = (LayerKey::FRICHES, GeometryKind::Point, LayerKey::FRICHES);
    of_kind(territory, ranking, &sites, kind, words)
}

/// The sites as one layer: areas when all have one, else points.
pub(super) fn layer(
    territory: &Territory,
    ranking: &Ranking,
    top: Option<usize>,
    words: &Words,
) -> Result<DeliveredLayer, DeliverError> {
    let chosen = chosen(territory, ranking, top);
    let all_outlined = chosen.iter().all(|(_, friche)| is_areal(&friche.geometry));
    let (kind, style) = if all_outlined && !chosen.is_empty() {
        (GeometryKind::MultiPolygon, "friches_polygons")
    } else {
        (GeometryKind::Point, LayerKey::FRICHES)
    };
    of_kind(territory, ranking, &chosen, (LayerKey::FRICHES, kind, style), words)
}

/// The outlines of those sites that have one; `None` where none has.
pub(super) fn outlines(
    territory: &Territory,
    ranking: &Ranking,
    words: &Words,
) -> Result<Option<DeliveredLayer>, DeliverError> {
    let mut sites = chosen(territory, ranking, None);
    sites.retain(|(_, friche)| is_areal(&friche.geometry));
    if sites.is_empty() {
        return Ok(None);
    }
    let kind = (OUTLINES, GeometryKind::MultiPolygon, "friches_polygons");
    of_kind(territory, ranking, &sites, kind, words).map(Some)
}

fn chosen<'a>(
    territory: &'a Territory,
    ranking: &'a Ranking,
    top: Option<usize>,
) -> Vec<(&'a Ranked, &'a Friche)> {
    let entities = territory.friches.as_ref().map(|layer| &layer.entities[..]).unwrap_or_default();
    ranking.rows[..shown(ranking, top)]
        .iter()
        .filter_map(|row| entities.get(row.unit).map(|friche| (row, friche)))
        .collect()
}

fn of_kind(
    territory: &Territory,
    ranking: &Ranking,
    sites: &[(&Ranked, &Friche)],
    (name, kind, style): (&str, GeometryKind, &str),
    words: &Words,
) -> Result<DeliveredLayer, DeliverError> {
    let units = UnitCosts::published()?;
    let mut fields = site_fields(words);
    // A profile that names no published version was refused before anything was ranked.
    let grid = friche::grid_of(&ranking.profile).ok().flatten();
    let use_told = |usage: Use| {
        let word = grid.as_ref().map_or(usage.as_str(), |grid| grid.use_word(usage));
        words.say(&format!("use.{word}")).to_owned()
    };
    fields.extend(suitability_fields(&use_told, words));
    fields.extend(cost_fields(words));
    fields.extend(standing_fields(words));
    fields.extend(criterion_fields(ranking, words));
    let rows = sites
        .iter()
        .map(|(row, friche)| {
            let geometry = if kind == GeometryKind::Point {
                shape::representative_point(&friche.geometry).map(|at| Geometry::Point(at.into()))
            } else {
                Some(friche.geometry.clone())
            };
            let mut values = vec![Cell::text(&row.id)];
            values.extend(place(territory, row.commune));
            values.extend(site_cells(territory, friche));
            values.extend(suitability_cells(friche, &use_told));
            values.extend(cost_cells(&costs(territory, friche, &units)));
            values.extend(standing(ranking, row, words));
            values.extend(criterion_cells(ranking, row));
            Row { geometry, values }
        })
        .collect();
    let about = words.fill(
        &format!("layer_about.{name}"),
        &[("profile", &ranking.profile.id), ("costs", &units.source)],
    );
    let title = words.say(&format!("layer.{name}")).to_owned();
    let style = styles::style(style, words);
    DeliveredLayer::new(name, &title, &about, Some(kind), fields, rows, style)
}

fn site_fields(words: &Words) -> Vec<Field> {
    vec![
        field("site_id", FieldKind::Text, words),
        field("commune", FieldKind::Text, words),
        field("commune_name", FieldKind::Text, words),
        field("epci_name", FieldKind::Text, words),
        field("statut", FieldKind::Text, words),
        field("site_type", FieldKind::Text, words),
        field("source", FieldKind::Text, words),
        coded("source_trust", "trust", &TRUST.map(SourceTrust::as_str), words),
        field("records", FieldKind::Text, words),
        coded("outline", "outline", &["parcels", "polygon", "some_parcels", "point"], words),
        field("parcels_found", FieldKind::Integer, words),
        field("parcels_missing", FieldKind::Text, words),
        field("area_m2", FieldKind::Real { decimals: 0 }, words),
    ]
}

fn site_cells(territory: &Territory, friche: &Friche) -> Vec<Cell> {
    let text = |value: &Option<Box<str>>| Cell::text_or_null(value.as_deref().unwrap_or_default());
    let land = territory.land_of(friche);
    let count = |n: usize| Cell::Integer(i64::try_from(n).unwrap_or(i64::MAX));
    let records: Vec<&str> = friche.records.iter().map(|record| &*record.id).collect();
    let missing: Vec<&str> = land.missing.iter().map(|idu| idu.as_str()).collect();
    vec![
        friche.statut.map_or(Cell::Null, |statut| Cell::text(statut.as_str())),
        text(&friche.site_type),
        Cell::text_or_null(&sources(friche)),
        friche.source_trust.map_or(Cell::Null, |trust| Cell::text(trust.as_str())),
        Cell::text(&records.join(" + ")),
        Cell::text(friche.outline.as_str()),
        if friche.parcels.is_empty() { Cell::Null } else { count(land.parcels.len()) },
        Cell::text_or_null(&missing.join(", ")),
        Cell::real(friche.area().map(|area| area.get().round())),
    ]
}

/// The inventories that list a site, the most trusted first, each once.
pub(super) fn sources(friche: &Friche) -> String {
    let mut sources: Vec<&str> = Vec::new();
    for source in friche.records.iter().filter_map(|record| record.source.as_deref()) {
        if !sources.contains(&source) {
            sources.push(source);
        }
    }
    sources.join(" + ")
}

/// Uses by the names that the version of the method gives them.
fn suitability_fields(told: &impl Fn(Use) -> String, words: &Words) -> Vec<Field> {
    let labels = Use::ALL.map(|usage| (usage.as_str().to_owned(), told(usage))).to_vec();
    let mut fields = vec![field("best_use", FieldKind::Text, words).with_values(labels)];
    fields.extend(Use::ALL.map(|usage| {
        let title = words.fill("field.index_of", &[("use", &told(usage))]);
        Field::new(&format!("index_{usage}_percent"), &title, FieldKind::Real { decimals: 1 })
    }));
    fields.push(field("excluded_uses", FieldKind::Text, words));
    fields.push(field("mutability_reliability", FieldKind::Real { decimals: 1 }, words));
    fields.push(field("mutability_method", FieldKind::Text, words));
    fields
}

fn suitability_cells(friche: &Friche, told: &impl Fn(Use) -> String) -> Vec<Cell> {
    let found = friche.suitability.as_ref();
    let best = found.and_then(|found| found.best());
    let mut cells = vec![best.map_or(Cell::Null, |best| Cell::text(&best.code))];
    cells.extend(Use::ALL.map(|usage| {
        let suited = found.and_then(|found| found.of(usage.as_str()));
        Cell::real(suited.map(|suited| rounded_1(suited.index.value)))
    }));
    let is_excluded = |usage: &Use| {
        found.and_then(|found| found.of(usage.as_str())).is_some_and(|suited| suited.excluded)
    };
    let excluded: Vec<String> = Use::ALL.into_iter().filter(is_excluded).map(told).collect();
    cells.push(Cell::text_or_null(&excluded.join(", ")));
    cells.push(Cell::real(found.map(|found| found.reliability)));
    cells.push(found.map_or(Cell::Null, |found| Cell::text(&found.method)));
    cells
}

fn cost_fields(words: &Words) -> Vec<Field> {
    ["clearing_low_eur", "clearing_high_eur", "waiting_low_eur_year", "waiting_high_eur_year"]
        .map(|name| field(name, FieldKind::Real { decimals: 0 }, words))
        .to_vec()
}

/// Rounded to two figures; the upper bound is empty when something is not known.
fn cost_cells(costs: &SiteCosts) -> Vec<Cell> {
    [&costs.doing, &costs.waiting]
        .into_iter()
        .flat_map(|costs| {
            let total = SiteCosts::total(costs).map(|range| range.rounded());
            [
                Cell::real(total.map(|range| range.low)),
                Cell::real(total.and_then(|range| range.high)),
            ]
        })
        .collect()
}

fn is_areal(geometry: &Geometry<f64>) -> bool {
    matches!(geometry, Geometry::Polygon(_) | Geometry::MultiPolygon(_))
}
