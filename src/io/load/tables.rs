//! Tables with figures per commune: one row per commune, or many that are added up.

mod books;
mod commuting;
mod figure;
mod per_commune;
mod permits;
mod sales;

use super::LoadError;
use super::pieces::Pieces;
use super::source::Source;
use crate::domain::Balance;
use crate::domain::CommuneTable;
use crate::domain::CommutingFlow;
use crate::domain::LayerKey;
use crate::domain::Problem;
use crate::domain::Territory;
use crate::io::schema::has_medians;

/// A table as read.
pub(super) struct TableResult {
    pub(super) table: CommuneTable,
    pub(super) balance: Balance,
    pub(super) problems: Vec<Problem>,
    /// Flows between communes of the territory, where the table holds flows.
    pub(super) flows: Vec<CommutingFlow>,
}

/// Reads the files of a table, in the order of their names.
pub(super) fn load(
    source: &Source<'_>,
    territory: Option<&Territory>,
    found: Pieces,
) -> Result<TableResult, LoadError> {
    match source.key {
        LayerKey::PERMITS => permits::load(source, territory, found),
        LayerKey::SALES if found.pieces.iter().any(|piece| has_medians(piece.schema)) => {
            // Medians cannot be joined to deeds: the median of both is that of neither.
            if found.pieces.iter().all(|piece| has_medians(piece.schema)) {
                per_commune::load(source, territory, found)
            } else {
                Err(LoadError::SalesMixed { layer: source.key.to_owned() })
            }
        }
        LayerKey::SALES => sales::load(source, territory, found),
        LayerKey::COMMUTING => commuting::load(source, territory, found),
        _ => per_commune::load(source, territory, found),
    }
}
