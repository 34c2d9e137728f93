//! The `gisement` command: arguments to a plan, a plan to the library's calls, an exit code.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
