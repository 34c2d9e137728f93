//! What can be typed after `gisement request`.

use std::path::PathBuf;

use clap::Args as ClapArgs;

use super::CheckFormat;

#[derive(Debug, ClapArgs)]
pub(crate) struct RequestArgs {
    /// The request as a TOML file; without one, the flags below make it
    pub(crate) file: Option<PathBuf>,
    /// Write a request to start from, with every key explained, to this file; - writes to stdout
    #[arg(long, value_name = "FILE", num_args = 0..=1, default_missing_value = "-", conflicts_with = "file")]
    pub(crate) new: Option<PathBuf>,
    /// Name of the project, never of a person
    #[arg(long, conflicts_with = "file")]
    pub(crate) name: Option<String>,
    /// Smallest net area
    #[arg(long, value_name = "HA", conflicts_with = "file")]
    pub(crate) min_ha: Option<f64>,
    /// Net area that would suit best
    #[arg(long, value_name = "HA", conflicts_with = "file")]
    pub(crate) ideal_ha: Option<f64>,
    /// Largest net area
    #[arg(long, value_name = "HA", conflicts_with = "file")]
    pub(crate) max_ha: Option<f64>,
    /// SIREN of the EPCIs that are looked at
    #[arg(long, value_delimiter = ',', value_name = "SIREN,…", conflicts_with = "file")]
    pub(crate) epci: Vec<String>,
    /// INSEE codes of the communes that are looked at
    #[arg(long, value_delimiter = ',', value_name = "CODE,…", conflicts_with = "file")]
    pub(crate) communes: Vec<String>,
    /// A place that the land must be near
    #[arg(
        long,
        value_name = "LON,LAT",
        value_delimiter = ',',
        num_args = 1,
        allow_hyphen_values = true,
        conflicts_with = "file"
    )]
    pub(crate) of: Vec<f64>,
    /// How near to it, as the crow flies
    #[arg(long, value_name = "KM", conflicts_with = "file")]
    pub(crate) within_km: Option<f64>,
    /// How near to it, by car
    #[arg(long, value_name = "MIN", conflicts_with = "file")]
    pub(crate) within_min: Option<f64>,
    /// Least frontage on public roads
    #[arg(long, value_name = "M", conflicts_with = "file")]
    pub(crate) frontage_m: Option<f64>,
    /// Kinds of candidates: terrain, friche, site, assembly
    #[arg(long, value_delimiter = ',', value_name = "KIND,…", conflicts_with = "file")]
    pub(crate) kinds: Vec<String>,
    /// Jobs that the company brings: where would they live?
    #[arg(long, value_name = "N", conflicts_with = "file")]
    pub(crate) jobs: Option<f64>,
    /// Candidates and near misses shown in the table
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub(crate) top: usize,
    /// Folder to write the answer to: sheets, maps, tables, layers for QGIS
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// Candidates with a sheet and a map of their own
    #[arg(long, value_name = "N", default_value_t = 5, requires = "out")]
    pub(crate) sheets: usize,
    /// Candidates to put side by side, two to five; the best five by default
    #[arg(long, value_name = "ID,…", value_delimiter = ',', requires = "out")]
    pub(crate) compare: Vec<String>,
    /// Keep the request and its answer in the territory's folder; without a request, answer all that are open again and say
    /// what changed
    #[arg(long)]
    pub(crate) log: bool,
    /// Close a request of the log, by the name of its file
    #[arg(long, value_name = "NAME", conflicts_with_all = ["file", "log", "out"])]
    pub(crate) close: Option<String>,
    /// Form of the answer
    #[arg(long, value_enum, default_value = "table")]
    pub(crate) format: CheckFormat,
}
