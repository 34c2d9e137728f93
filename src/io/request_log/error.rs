//! What goes wrong with the log of requests.

use std::path::PathBuf;

use crate::io::deliver::DeliverError;
use crate::request::RequestError;

/// A log that cannot be read or written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RequestLogError {
    /// A file or the folder cannot be read or made.
    #[error("{}: {source}", .path.display())]
    Unreadable {
        /// File or folder.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A file that is no entry of a log; the message holds line and column.
    #[error("{}: this is no request of the log: {message}; mend it or move it away", .path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What the TOML reader says.
        message: String,
    },
    /// An entry whose request cannot be read.
    #[error("{}: {source}", .path.display())]
    Request {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        source: RequestError,
    },
    /// A file that cannot be written.
    #[error(transparent)]
    Deliver(#[from] DeliverError),
}
