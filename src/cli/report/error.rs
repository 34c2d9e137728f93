//! Errors as sentences in the reader's language.

use gisement::io::load::LoadError;
use gisement::words::Tell;
use gisement::words::Words;

use crate::cli::CliError;

/// The sentence of an error: file, feature, value and the next move.
pub(crate) fn in_words(error: &CliError, words: &Words) -> String {
    words.tell(&error.told())
}

/// The sentence of what stops the reading of files.
pub(crate) fn of_load(error: &LoadError, words: &Words) -> String {
    words.tell(&error.told())
}
