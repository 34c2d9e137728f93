//! The errors of the log as sentences of the catalogue.

use super::RequestLogError;
use crate::words::Tell;
use crate::words::Told;

impl Tell for RequestLogError {
    fn told(&self) -> Told {
        match self {
            Self::Unreadable { path, source } => Told::new("error_request_log.unreadable")
                .with("path", path.display())
                .with("source", source),
            Self::Damaged { path, message } => Told::new("error_request_log.damaged")
                .with("path", path.display())
                .with("message", message),
            Self::Request { path, source } => Told::new("error_request_log.request")
                .with("path", path.display())
                .with_told("source", source.told()),
            Self::Deliver(source) => source.told(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::request::RequestError;
    use crate::words::assert_told;

    #[test]
    fn every_error_is_told() {
        assert_told(
            "error_request_log",
            &[
                RequestLogError::Unreadable {
                    path: "requests".into(),
                    source: std::io::Error::other("no"),
                },
                RequestLogError::Damaged { path: "a.toml".into(), message: "line 1".to_owned() },
                RequestLogError::Request { path: "a.toml".into(), source: RequestError::NoParcels },
            ],
        );
    }
}
