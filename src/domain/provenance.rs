//! Where a layer comes from: said beside everything that rests on it.

/// Origin of a layer.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Provenance {
    /// Producer and product (`Cadastre – DGFiP/Etalab`).
    pub source: String,
    /// Identifier of the schema the rows were read by.
    pub schema: String,
    /// Date or period of the data as the configuration or the schema says it (`2026-06`); not read from a clock.
    pub vintage: Option<String>,
    /// Licence, when known.
    pub licence: Option<String>,
    /// Number of files read.
    pub n_files: usize,
    /// The data are invented: every output says so.
    pub synthetic: bool,
}
