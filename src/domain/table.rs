//! Tables with one row per commune, and where a figure is no sum one per EPCI: statistics without geometry.

use std::collections::BTreeMap;

use super::CodeInsee;
use super::Provenance;
use super::Siren;
use super::Value;

/// Figures per commune.
#[derive(Debug, Clone, Default)]
pub struct CommuneTable {
    /// Names of the columns, as our schema gives them.
    pub columns: Vec<String>,
    /// One row per commune, in the order of `columns`.
    pub rows: BTreeMap<CodeInsee, Vec<Value<'static>>>,
    /// Rows of EPCIs in the order of `columns`, for tables that have figures of their own for them: a median or a flow
    /// within the EPCI is no sum over communes. Empty in tables of communes alone.
    pub epcis: BTreeMap<Siren, Vec<Value<'static>>>,
    /// The year or years a column speaks of (`2022`, `2020-2024`), where the file says it.
    pub vintages: BTreeMap<String, String>,
    /// For a table that is made of others: the keys of the tables that a column is made of.
    pub made_of: BTreeMap<String, Vec<String>>,
    /// Origin.
    pub provenance: Provenance,
}

impl CommuneTable {
    /// One figure of one commune. [`Value::Missing`] when the commune has no row.
    #[must_use]
    pub fn value(&self, commune: CodeInsee, column: &str) -> Value<'_> {
        let Some(at) = self.columns.iter().position(|name| name == column) else {
            return Value::NoSuchAttribute;
        };
        self.rows.get(&commune).and_then(|row| row.get(at)).cloned().unwrap_or(Value::Missing)
    }

    /// One figure of one EPCI. [`Value::Missing`] when the EPCI has no row.
    #[must_use]
    pub fn value_of_epci(&self, epci: Siren, column: &str) -> Value<'_> {
        let Some(at) = self.columns.iter().position(|name| name == column) else {
            return Value::NoSuchAttribute;
        };
        self.epcis.get(&epci).and_then(|row| row.get(at)).cloned().unwrap_or(Value::Missing)
    }

    /// Bounds of the sum of one column over `communes`: figures under secrecy count from their low to their high
    /// bound; communes without a figure are counted apart, never as zero.
    #[must_use]
    pub fn sum(&self, communes: impl Iterator<Item = CodeInsee>, column: &str) -> BoundedSum {
        let mut sum = BoundedSum::default();
        for commune in communes {
            match self.value(commune, column) {
                Value::Number(number) => {
                    sum.low += number;
                    sum.high += number;
                    sum.n_known += 1;
                }
                Value::Between { low, high } => {
                    sum.low += low;
                    sum.high += high;
                    sum.n_secret += 1;
                }
                _ => sum.n_unknown += 1,
            }
        }
        sum
    }
}

/// A sum over communes of which some figures are intervals or missing.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct BoundedSum {
    /// Sum of the known figures and the low bounds.
    pub low: f64,
    /// Sum of the known figures and the high bounds.
    pub high: f64,
    /// Communes with an exact figure.
    pub n_known: usize,
    /// Communes whose figure is under secrecy.
    pub n_secret: usize,
    /// Communes without any figure: not in the sum.
    pub n_unknown: usize,
}
