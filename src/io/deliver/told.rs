//! The errors of writing as sentences of the catalogue.

use super::DeliverError;
use crate::words::Tell;
use crate::words::Told;

impl Tell for DeliverError {
    fn told(&self) -> Told {
        match self {
            Self::Write { path, source } => {
                Told::new("error_deliver.write").with("path", path.display()).with("source", source)
            }
            Self::Stream(source) => Told::new("error_deliver.stream").with("source", source),
            Self::Database { path, source } => Told::new("error_deliver.database")
                .with("path", path.display())
                .with("source", source),
            Self::Json(source) => Told::new("error_deliver.json").with("source", source),
            Self::Csv(source) => Told::new("error_deliver.csv").with("source", source),
            Self::Costs(source) => Told::new("error_deliver.costs").with("source", source),
            Self::Row { layer, row, what } => Told::new("error_deliver.row")
                .with("layer", layer)
                .with("row", row)
                .with_phrase("what", what),
            Self::Layer { layer, what } => {
                Told::new("error_deliver.layer").with("layer", layer).with_phrase("what", what)
            }
            Self::Projection { layer, row } => {
                Told::new("error_deliver.projection").with("layer", layer).with("row", row)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Error;

    use super::*;
    use crate::friche::costs::CostsError;
    use crate::words::assert_told;

    #[test]
    fn every_error_is_told() {
        let layer = || "parcels".to_owned();
        let json = serde_json::from_str::<u8>("x").unwrap_err();
        assert_told(
            "error_deliver",
            &[
                DeliverError::Write { path: "a.gpkg".into(), source: Error::other("full") },
                DeliverError::Stream(Error::other("closed")),
                DeliverError::Database {
                    path: "a.gpkg".into(),
                    source: rusqlite::Error::InvalidQuery,
                },
                DeliverError::Json(json),
                DeliverError::Csv(Error::other("full").into()),
                CostsError { what: "line 3".to_owned() }.into(),
                DeliverError::Row {
                    layer: layer(),
                    row: 2,
                    what: "the shape is not of the layer's kind".to_owned(),
                },
                DeliverError::Layer {
                    layer: layer(),
                    what: "column `score` stands twice".to_owned(),
                },
                DeliverError::Projection { layer: layer(), row: 2 },
            ],
        );
    }
}
