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

impl Provenance {
    /// The origin of two parts of one layer: each text once, in order.
    #[must_use]
    pub fn joined_with(self, other: Self) -> Self {
        let both = |a: String, b: String| match (a.is_empty(), b.is_empty()) {
            (true, _) => b,
            (_, true) => a,
            _ if a.split(" ; ").any(|part| part == b) => a,
            _ => format!("{a} ; {b}"),
        };
        let perhaps = |a: Option<String>, b: Option<String>| match (a, b) {
            (Some(a), Some(b)) => Some(both(a, b)),
            (a, b) => a.or(b),
        };
        Self {
            source: both(self.source, other.source),
            schema: both(self.schema, other.schema),
            vintage: perhaps(self.vintage, other.vintage),
            licence: perhaps(self.licence, other.licence),
            n_files: self.n_files + other.n_files,
            synthetic: self.synthetic || other.synthetic,
        }
    }
}
