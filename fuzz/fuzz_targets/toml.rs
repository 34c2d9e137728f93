//! Any text as gisement.toml and as a profile.
#![no_main]

use std::path::Path;

use gisement::evaluation::Profile;
use gisement::io::config::Config;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let _config = Config::from_toml(text, Path::new("."), Path::new("gisement.toml"));
    let _profile = Profile::from_toml(text);
});
