//! The `.QAL`: when objects were made and last changed.

use std::collections::HashMap;

use super::super::error::ReadError;
use super::super::row::Cell;
use super::record::Member;

/// Dates as the file has them, numbers such as 20140303.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Dates {
    pub created: Cell,
    pub updated: Cell,
}

/// Dates by identifier of the record that objects refer to.
pub(super) fn dates(member: &Member) -> Result<HashMap<Vec<u8>, Dates>, ReadError> {
    let mut dates = HashMap::new();
    let mut records = member.records();
    while let Some(record) = records.next()? {
        if &record.kind == b"QUP" {
            let date = |code| {
                let number = record.word(code).and_then(|text| text.parse::<u32>().ok());
                number.map_or(Cell::Missing, |number| Cell::Number(f64::from(number)))
            };
            let of = Dates { created: date(b"ODA"), updated: date(b"UDA") };
            dates.insert(record.id.to_vec(), of);
        }
    }
    Ok(dates)
}
