//! The errors of the configuration as sentences of the catalogue.

use super::ConfigError;
use crate::words::Tell;
use crate::words::Told;

impl Tell for ConfigError {
    fn told(&self) -> Told {
        match self {
            Self::NoConfig { folder } => {
                Told::new("error_config.no-config").with("folder", folder.display())
            }
            Self::Unreadable { path, source } => Told::new("error_config.unreadable")
                .with("path", path.display())
                .with("source", source),
            Self::Syntax { path, message } => Told::new("error_config.syntax")
                .with("path", path.display())
                .with("message", message),
            Self::Code { path, source } => Told::new("error_config.code")
                .with("path", path.display())
                .with_told("source", source.told()),
            Self::Layer { path, key, what } => Told::new("error_config.layer")
                .with("path", path.display())
                .with("key", key)
                .with_phrase("what", what),
            Self::Exists { path } => Told::new("error_config.exists").with("path", path.display()),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::domain::Siren;
    use crate::words::assert_told;

    #[test]
    fn every_error_is_told() {
        let path = || PathBuf::from("a/gisement.toml");
        assert_told(
            "error_config",
            &[
                ConfigError::NoConfig { folder: path() },
                ConfigError::Unreadable {
                    path: path(),
                    source: std::io::Error::other("disk on fire"),
                },
                ConfigError::Syntax { path: path(), message: "line 3".to_owned() },
                ConfigError::Code { path: path(), source: "1".parse::<Siren>().unwrap_err() },
                ConfigError::Layer {
                    path: path(),
                    key: "roads".to_owned(),
                    what: "names no file; give `path = \"…\"`".to_owned(),
                },
                ConfigError::Exists { path: path() },
            ],
        );
    }
}
