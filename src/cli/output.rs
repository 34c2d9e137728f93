//! The only place that prints.

use std::io::IsTerminal;
use std::io::Write;
use std::process::ExitCode;

use super::CliError;

/// What is said while working: on stderr, never part of the answer.
pub(crate) struct Talk {
    quiet: bool,
}

impl Talk {
    pub(crate) fn new(quiet: bool) -> Self {
        Self { quiet }
    }

    /// One line on stderr.
    pub(crate) fn say(&self, line: &str) {
        if !self.quiet {
            // A closed stderr is nobody's problem.
            let _ = writeln!(std::io::stderr(), "{line}");
        }
    }
}

/// The answer, on stdout.
pub(crate) fn answer(text: &str) -> Result<(), CliError> {
    let mut stdout = std::io::stdout().lock();
    stdout.write_all(text.as_bytes())?;
    if !text.ends_with('\n') {
        stdout.write_all(b"\n")?;
    }
    Ok(stdout.flush()?)
}

/// An answer that is bytes, as it is.
pub(crate) fn answer_bytes(bytes: &[u8]) -> Result<(), CliError> {
    let mut stdout = std::io::stdout().lock();
    stdout.write_all(bytes)?;
    Ok(stdout.flush()?)
}

/// An error on stderr, and exit code 2.
pub(crate) fn fail(message: &str) -> ExitCode {
    let mut stderr = std::io::stderr();
    let red = if stderr.is_terminal() { ("\u{1b}[31m", "\u{1b}[0m") } else { ("", "") };
    let _ = writeln!(stderr, "{}gisement:{} {message}", red.0, red.1);
    ExitCode::from(2)
}
