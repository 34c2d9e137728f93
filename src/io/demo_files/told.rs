//! Why the demonstration was not written, as sentences of the catalogue.

use super::DemoFilesError;
use crate::words::Tell;
use crate::words::Told;

impl Tell for DemoFilesError {
    fn told(&self) -> Told {
        match self {
            Self::Unwritten { path, source } => Told::new("error_demo_files.unwritten")
                .with("path", path.display())
                .with("source", source),
            Self::Format { path, what } => Told::new("error_demo_files.format")
                .with("path", path.display())
                .with_phrase("what", what),
            Self::NotADemonstration { dir } => {
                Told::new("error_demo_files.not-a-demonstration").with("dir", dir.display())
            }
            Self::Delivery(source) => source.told(),
            Self::Demo(source) => source.told(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::DemoError;
    use crate::io::deliver::DeliverError;
    use crate::words::assert_told;

    #[test]
    fn every_error_is_told() {
        let source = std::io::Error::other("full");
        assert_told(
            "error_demo_files",
            &[
                DemoFilesError::Unwritten { path: "demo".into(), source },
                DemoFilesError::Format { path: "a.gpkg".into(), what: "no".to_owned() },
                DemoFilesError::NotADemonstration { dir: "demo".into() },
                DemoFilesError::Delivery(DeliverError::Stream(std::io::Error::other("full"))),
                DemoFilesError::Demo(DemoError::Projection("far".to_owned())),
            ],
        );
    }
}
