//! Words for a person: tables and sentences made from results.

pub(crate) mod balance;
pub(crate) mod error;
pub(crate) mod explanation;
pub(crate) mod ranking;
pub(crate) mod renumbering;
pub(crate) mod supply;
pub(crate) mod table;
pub(crate) mod value;
pub(crate) mod zoning;

use gisement::domain::Territory;
use gisement::words::Words;

/// The line that heads every answer about invented data; empty for real ones.
pub(crate) fn synthetic_line(territory: &Territory, words: &Words) -> String {
    if territory.is_synthetic() {
        format!("{}\n", words.say("product.synthetic"))
    } else {
        String::new()
    }
}
