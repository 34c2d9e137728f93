//! Files in, files out: the only room that opens or writes anything.

pub mod deliver;
pub mod read;
pub mod schema;
