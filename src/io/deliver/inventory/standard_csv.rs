//! The CSV of the standard: UTF-8 without mark, comma, CRLF, the standard's names in its order, decimal point.

use std::io::Write;
use std::path::Path;

use super::cell::InventoryTable;
use crate::io::deliver::DeliverError;
use crate::io::deliver::atomic;

/// Writes a table.
pub(super) fn write(path: &Path, table: &InventoryTable) -> Result<(), DeliverError> {
    atomic::write_with(path, |out| write_to(out, table))
}

fn write_to(out: &mut dyn Write, table: &InventoryTable) -> Result<(), DeliverError> {
    let mut csv = ::csv::WriterBuilder::new()
        .delimiter(b',')
        .terminator(::csv::Terminator::CRLF)
        .from_writer(out);
    let fields = table.table.fields();
    csv.write_record(fields.iter().filter(|field| field.is_standard).map(|field| field.name))?;
    for row in &table.rows {
        let cells = fields.iter().zip(&row.cells).filter(|(field, _)| field.is_standard);
        csv.write_record(cells.map(|(_, cell)| cell.value.as_deref().unwrap_or_default()))?;
    }
    csv.flush()?;
    Ok(())
}
