//! Files in, files out: the only room that opens or writes anything.

pub mod config;
pub mod crs;
pub mod deliver;
pub mod demo_files;
pub mod jobs;
pub mod load;
pub mod problem_words;
pub mod read;
pub mod request_log;
pub mod schema;
pub mod unpack;
