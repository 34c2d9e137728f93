//! What goes wrong with the folder of an answer, as sentences of the catalogue.

use super::AnswerFolderError;
use crate::words::Tell;
use crate::words::Told;

impl Tell for AnswerFolderError {
    fn told(&self) -> Told {
        match self {
            Self::Deliver(source) => source.told(),
            Self::Render(source) => source.told(),
            Self::Json(source) => Told::new("error_cli.json").with("source", source),
            Self::Folder { path, source } => Told::new("error_request_folder.folder")
                .with("path", path.display())
                .with("source", source),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::assert_told;

    #[test]
    fn every_error_is_told() {
        assert_told(
            "error_request_folder",
            &[AnswerFolderError::Folder {
                path: "reponse".into(),
                source: std::io::Error::other("read-only"),
            }],
        );
    }
}
