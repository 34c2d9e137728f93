//! The errors of an inventory as sentences of the catalogue.

use super::InventoryError;
use crate::words::Tell;
use crate::words::Told;

impl Tell for InventoryError {
    fn told(&self) -> Told {
        match self {
            Self::Foreign { path } => {
                Told::new("error_inventory.foreign").with("path", path.display())
            }
            Self::Locked { path } => {
                Told::new("error_inventory.locked").with("path", path.display())
            }
            Self::Unreadable { path, source } => Told::new("error_inventory.unreadable")
                .with("path", path.display())
                .with_told("source", source.told()),
            Self::Damaged { path, source } => Told::new("error_inventory.damaged")
                .with("path", path.display())
                .with("source", source),
            Self::NoDate => Told::new("error_inventory.no-date"),
            Self::Projection { what } => Told::new("error_inventory.projection").with("what", what),
            Self::Deliver(source) => source.told(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::deliver::DeliverError;
    use crate::io::read::ReadError;
    use crate::words::assert_told;

    #[test]
    fn every_error_is_told() {
        let path = || "inventaire.gpkg".into();
        let cut = ReadError::CutShort { path: path(), after_rows: 0, byte: 100 };
        assert_told(
            "error_inventory",
            &[
                InventoryError::Foreign { path: path() },
                InventoryError::Locked { path: path() },
                InventoryError::Unreadable { path: path(), source: cut },
                InventoryError::Damaged { path: path(), source: rusqlite::Error::InvalidQuery },
                InventoryError::NoDate,
                InventoryError::Projection { what: "82112_SITE-ECO_1".to_owned() },
                DeliverError::Stream(std::io::Error::other("full")).into(),
            ],
        );
    }
}
