//! Measured values as people read them.

use gisement::evaluation::Unknown;
use gisement::words::Words;

pub(crate) use gisement::io::deliver::layers::estimate_told as estimate;
pub(crate) use gisement::io::deliver::layers::measured_told as in_words;

/// The reason of an unknown value, as a sentence.
pub(crate) fn why_unknown(reason: &Unknown, words: &Words) -> String {
    gisement::io::deliver::layers::why_unknown(reason, words)
}
