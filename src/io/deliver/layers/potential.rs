//! Land that may be a friche, with the signs that it shows. Never mixed with listed friches.

use super::fields::field;
use super::ranked::place;
use crate::domain::Territory;
use crate::friche::potential::PotentialFriche;
use crate::friche::potential::Sign;
use crate::io::deliver::DeliverError;
use crate::io::deliver::layer::Cell;
use crate::io::deliver::layer::DeliveredLayer;
use crate::io::deliver::layer::FieldKind;
use crate::io::deliver::layer::GeometryKind;
use crate::io::deliver::layer::Row;
use crate::io::deliver::styles;
use crate::spatial::shape;
use crate::units::Unit;
use crate::words::Words;

/// Name of the layer.
const POTENTIAL: &str = "potential_friches";

/// One row per land unit that may be a friche, the strongest signs first.
///
/// # Errors
/// When a row does not fit the layer, which would be a fault of this program.
pub fn potential_friches(
    territory: &Territory,
    found: &[PotentialFriche],
    words: &Words,
) -> Result<DeliveredLayer, DeliverError> {
    let fields = vec![
        field("unit_id", FieldKind::Text, words),
        field("commune", FieldKind::Text, words),
        field("commune_name", FieldKind::Text, words),
        field("epci_name", FieldKind::Text, words),
        field("eco_zone", FieldKind::Text, words),
        field("area_m2", FieldKind::Real { decimals: 0 }, words),
        field("built_area_m2", FieldKind::Real { decimals: 0 }, words),
        field("n_signs", FieldKind::Integer, words),
        field("signs", FieldKind::Text, words),
        field("to_do", FieldKind::Text, words),
        field("parcel_list", FieldKind::Text, words),
    ];
    let mut rows = Vec::new();
    for one in found {
        let Some((stock, unit)) = territory
            .stock
            .as_ref()
            .and_then(|stock| stock.units.entities.get(one.unit).map(|unit| (stock, unit)))
        else {
            continue;
        };
        let zone = stock.zones.entities.get(unit.zone);
        let zone = zone.map(super::zone_name).unwrap_or_default();
        let parcels: Vec<String> = unit
            .parcels
            .iter()
            .filter_map(|at| territory.parcels.as_ref()?.entities.get(*at))
            .map(|parcel| parcel.id.to_string())
            .collect();
        let signs: Vec<String> =
            one.signs.iter().map(|(sign, about)| sign_told(*sign, about, words)).collect();
        let mut values = vec![Cell::text(&unit.id)];
        values.extend(place(territory, unit.commune));
        values.extend([
            Cell::text_or_null(&zone),
            Cell::Real(shape::area(&unit.geometry).round()),
            Cell::real(unit.built_m2.map(f64::round)),
            Cell::Integer(i64::try_from(one.signs.len()).unwrap_or(i64::MAX)),
            Cell::text(&signs.join(" ; ")),
            Cell::text(words.say("potential.to_do")),
            Cell::text(&parcels.join(", ")),
        ]);
        rows.push(Row { geometry: Some(unit.geometry.clone()), values });
    }
    let kind = Some(GeometryKind::MultiPolygon);
    let about = words.say("layer_about.potential_friches");
    let style = styles::style(POTENTIAL, words);
    DeliveredLayer::new(
        POTENTIAL,
        words.say("layer.potential_friches"),
        about,
        kind,
        fields,
        rows,
        style,
    )
}

/// A sign as a sentence.
#[must_use]
pub fn sign_told(sign: Sign, about: &str, words: &Words) -> String {
    let about = match (sign, about.parse::<f64>()) {
        (Sign::NobodyThere, Ok(built_m2)) => words.quantity(built_m2, Unit::SquareMeter),
        _ => about.to_owned(),
    };
    words.fill(&format!("sign.{}", sign.as_str()), &[("about", &about)])
}
