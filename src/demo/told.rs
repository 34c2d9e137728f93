//! The errors of this room as sentences of the catalogue.

use crate::demo::DemoError;
use crate::words::Tell;
use crate::words::Told;

impl Tell for DemoError {
    fn told(&self) -> Told {
        match self {
            Self::Table { table, line, column, value } => Told::new("error_demo.table")
                .with("table", table)
                .with("line", line)
                .with("column", column)
                .with("value", format!("{value:?}")),
            Self::Projection(reason) => Told::new("error_demo.projection").with("reason", reason),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::assert_told;

    #[test]
    fn every_error_is_told() {
        let value = "abc".to_owned();
        assert_told(
            "error_demo",
            &[
                DemoError::Table { table: "axes.csv", line: 2, column: 1, value },
                DemoError::Projection("out of range".to_owned()),
            ],
        );
    }
}
