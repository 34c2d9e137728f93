//! Errors as sentences in the reader's language.

use gisement::io::load::LoadError;
use gisement::words::Tell;
use gisement::words::Words;

use crate::cli::CliError;

/// The sentence of an error: file, feature, value and the next move.
pub(crate) fn in_words(error: &CliError, words: &Words) -> String {
    words.tell(&error.told())
}

/// The sentence of what stops the reading of loose files: there is no configuration to correct.
pub(crate) fn of_loose(error: &LoadError, words: &Words) -> String {
    let file = match error {
        LoadError::Read { source, .. } => return words.tell(&source.told()),
        LoadError::NoCrs { file, .. } | LoadError::UnknownCrs { file, .. } => file,
        other => return without_layer(&words.tell(&other.told())).to_owned(),
    };
    words.fill("report.no_crs", &[("file", file)])
}

/// A sentence without the `[layers.…]` that begins it.
fn without_layer(sentence: &str) -> &str {
    match sentence.strip_prefix("[layers.").and_then(|rest| rest.split_once("] ")) {
        Some((_, rest)) => rest,
        None => sentence,
    }
}
