//! Working out the figures of housing before anything is measured.

use super::rules::RulesError;
use super::rules::published_rules;
use super::table;
use crate::domain::Commune;
use crate::domain::Coverage;
use crate::domain::EpciArea;
use crate::domain::Layer;
use crate::domain::LayerKey;
use crate::domain::Provenance;
use crate::domain::Territory;
use crate::domain::Value;

/// Columns of LOVAC that are sums for an EPCI, so that profiles which ask the table itself have an answer for EPCIs.
const SUMS_OF_VACANCY: [&str; 3] = ["private_dwellings", "vacant", "vacant_2y"];

/// Makes the EPCIs as places ([`LayerKey::EPCIS`]) and the table of housing ([`LayerKey::HOUSING`]) by the rules of the
/// territory, or by the published ones. Asked twice, it makes them anew.
///
/// # Errors
/// When the published rules are damaged.
pub fn prepare(territory: &mut Territory) -> Result<(), RulesError> {
    let rules = match territory.housing_rules.take() {
        Some(rules) => rules,
        None => published_rules()?,
    };
    let epcis = areas(territory);
    let table = table::table(territory, &rules, &epcis);
    sum_vacancy(territory, &epcis);
    territory.tables.insert(LayerKey::HOUSING.to_owned(), table);
    territory.epci_areas = Some(Layer::new(epcis, Provenance::default(), Coverage::Everywhere));
    territory.housing_rules = Some(rules);
    Ok(())
}

/// The EPCIs that have a commune in the territory, in the order of their SIREN.
fn areas(territory: &Territory) -> Vec<EpciArea> {
    let of_epci = |siren| {
        let communes = territory.communes.entities.iter();
        communes.filter(|commune| commune.epci == Some(siren)).collect::<Vec<&Commune>>()
    };
    territory.epcis.iter().filter_map(|epci| EpciArea::of(epci, &of_epci(epci.siren))).collect()
}

fn sum_vacancy(territory: &mut Territory, epcis: &[EpciArea]) {
    let Some(vacancy) = territory.tables.get_mut(LayerKey::VACANCY) else { return };
    let row = |epci: &EpciArea| {
        let sum = |column: &String| {
            if !SUMS_OF_VACANCY.contains(&column.as_str()) {
                return Value::Missing;
            }
            let sum = vacancy.sum(epci.communes.iter().copied(), column);
            match (sum.n_known + sum.n_secret, sum.n_unknown) {
                (0, _) => Value::Missing,
                (_, 0) if sum.low == sum.high => Value::Number(sum.low),
                (_, 0) => Value::Between { low: sum.low, high: sum.high },
                _ => Value::Between { low: sum.low, high: f64::INFINITY },
            }
        };
        (epci.siren(), vacancy.columns.iter().map(sum).collect())
    };
    vacancy.epcis = epcis.iter().map(row).collect();
}
