//! What readers put right or left out, as problems of a file.

use crate::domain::ProblemCode;
use crate::io::read::ReadNote;

/// A note of a reader as a problem of the file.
pub(super) fn told(note: &ReadNote) -> (ProblemCode, String) {
    match note {
        ReadNote::GzipUnderPlainName => (ProblemCode::GzipUnderPlainName, String::new()),
        ReadNote::NoQuality => (ProblemCode::NoQuality, String::new()),
        ReadNote::NoTable => (ProblemCode::NoTable, String::new()),
        ReadNote::Partial { rows, matched } => {
            (ProblemCode::PartialFile, format!("{rows} / {matched}"))
        }
        ReadNote::LimitReached => (ProblemCode::PartialFile, String::new()),
        ReadNote::WrongLength { announced, bytes } => {
            (ProblemCode::WrongLength, format!("{announced} / {bytes}"))
        }
        ReadNote::TrailingBytes { count } => (ProblemCode::TrailingBytes, count.to_string()),
        ReadNote::IndexFollowed => (ProblemCode::IndexFollowed, String::new()),
        ReadNote::UnknownEncoding => (ProblemCode::UnknownEncoding, String::new()),
        ReadNote::UnreadValues { count } => (ProblemCode::UnreadValues, count.to_string()),
        ReadNote::DeletedRows { count } => (ProblemCode::DeletedRows, count.to_string()),
        ReadNote::WrongEncoding { count } => (ProblemCode::WrongEncoding, count.to_string()),
        ReadNote::BadNumbers { count } => (ProblemCode::BadNumbers, count.to_string()),
        ReadNote::RaggedRows { count, first_row } => {
            (ProblemCode::RaggedRows, format!("{count} ({first_row})"))
        }
        ReadNote::CollectionsReduced { count } => {
            (ProblemCode::CollectionsReduced, count.to_string())
        }
        ReadNote::BareNan { count } => (ProblemCode::BareNan, count.to_string()),
    }
}
