//! Words for a person: tables and sentences made from results.

pub(crate) mod balance;
pub(crate) mod error;
pub(crate) mod explanation;
pub(crate) mod ranking;
pub(crate) mod supply;
pub(crate) mod table;
pub(crate) mod value;
