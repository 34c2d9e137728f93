//! What can be typed.

mod request;

use std::path::PathBuf;

use clap::ArgGroup;
use clap::Args as ClapArgs;
use clap::Parser;
use clap::Subcommand;
use clap::ValueEnum;
use clap::builder::PossibleValuesParser;
use clap::builder::TypedValueParser;
use gisement::demo::Scale;
use gisement::friche::mutability::Use;
use gisement::io::jobs::MOST;
use gisement::io::load::LooseKind;
use gisement::words::Lang;

pub(crate) use request::RequestArgs;

/// Find, compare and explain land for industry and for the people who work there, on French open data.
#[derive(Debug, Parser)]
#[command(name = "gisement", version, about, max_term_width = 100)]
pub(crate) struct Args {
    /// Folder of the territory, where gisement.toml is
    #[arg(short = 'C', long = "folder", value_name = "DIR", default_value = ".", global = true)]
    pub(crate) folder: PathBuf,
    /// Language of what people read; French unless the locale says otherwise
    #[arg(long, value_enum, global = true)]
    pub(crate) lang: Option<LangArg>,
    /// Number of threads; all cores by default. Results do not depend on it
    #[arg(long, value_name = "N", global = true)]
    pub(crate) threads: Option<usize>,
    /// Say nothing on stderr but errors
    #[arg(short, long, global = true)]
    pub(crate) quiet: bool,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Run the whole chain on a generated demonstration territory
    Demo(DemoArgs),
    /// Write a gisement.toml to start from
    Init(InitArgs),
    /// Say what was read, what is wrong with it and what is missing
    Check(CheckArgs),
    /// Rank land, friches or communes for housing
    Rank(RankArgs),
    /// Say why a parcel, friche or commune has its score
    Explain(ExplainArgs),
    /// Score the future uses of one site from stated answers (ADEME's Mutafriches); needs no territory
    Assess(AssessArgs),
    /// Write the inventory of economic zones (CNIG standard Sites économiques)
    Inventory(InventoryArgs),
    /// Write the friches in the forms that others ask for
    Friches(FrichesArgs),
    /// Say where the people who would work on a site could live
    Housing(HousingArgs),
    /// Answer a company that asks for land
    Request(Box<RequestArgs>),
    /// Draw a map as PNG or SVG
    Map(MapArgs),
    /// Write all layers: GeoPackage with styles, GeoJSON, CSV
    Export(ExportArgs),
}

#[derive(Debug, ClapArgs)]
pub(crate) struct DemoArgs {
    /// Folder to write; becomes an ordinary territory folder
    #[arg(long, value_name = "DIR", default_value = "demo")]
    pub(crate) out: PathBuf,
    /// Seed of the generator
    #[arg(long, default_value_t = 3282)]
    pub(crate) seed: u64,
    /// How many parcels: standard, 100 000 or more; full, about 700 000
    #[arg(long, value_enum, default_value = "standard")]
    pub(crate) scale: ScaleArg,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct InitArgs {
    /// Folder to create or fill
    pub(crate) dir: PathBuf,
    /// SIREN of the EPCIs; the eleven of the TI 32/82 by default
    #[arg(long, value_delimiter = ',', value_name = "SIREN,…")]
    pub(crate) epci: Vec<String>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct CheckArgs {
    /// Loose files, folders or archives to look at, without a territory
    pub(crate) files: Vec<PathBuf>,
    /// What the loose files are; found out when not said
    #[arg(long = "as", value_parser = kinds(), value_name = "KIND", requires = "files")]
    pub(crate) read_as: Option<LooseKind>,
    /// Reference system of the loose files, as EPSG:2154, whatever they say
    #[arg(long, value_name = "EPSG:…", requires = "files", value_parser = crs)]
    pub(crate) crs: Option<String>,
    /// Form of the answer
    #[arg(long, value_enum, default_value = "table")]
    pub(crate) format: CheckFormat,
    /// Exit 1 when more than this share of the rows of a layer (0 to 1) is rejected
    #[arg(long, value_name = "SHARE", default_value_t = 0.01)]
    pub(crate) max_rejected: f64,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct RankArgs {
    /// What to rank
    #[arg(value_enum)]
    pub(crate) what: What,
    /// Number of rows in the answer; all by default except in a table, which shows 10
    #[arg(long, value_name = "N")]
    pub(crate) top: Option<usize>,
    /// Published profile or path of a profile file
    #[arg(long, value_name = "ID|FILE")]
    pub(crate) profile: Option<String>,
    /// Friches: rank by how well they suit this future use
    #[arg(long = "use", value_enum, value_name = "USE")]
    pub(crate) usage: Option<UseArg>,
    /// Housing: rank communes or EPCIs only; both by default
    #[arg(long, value_enum, value_name = "KIND")]
    pub(crate) by: Option<By>,
    /// Form of the answer
    #[arg(long, value_enum, default_value = "table")]
    pub(crate) format: RankFormat,
    /// Write the answer to a file instead of stdout
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct ExplainArgs {
    /// Identifier of a terrain, a parcel (14 characters), a friche, a commune (5) or an EPCI (9); or the name of a commune or EPCI
    pub(crate) id: String,
    /// Published profile or path of a profile file
    #[arg(long, value_name = "ID|FILE")]
    pub(crate) profile: Option<String>,
    /// Form of the answer
    #[arg(long, value_enum, default_value = "table")]
    pub(crate) format: CheckFormat,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct AssessArgs {
    /// JSON file of answers, criterion by criterion; - reads standard input
    #[arg(long, value_name = "FILE")]
    pub(crate) answers: PathBuf,
    /// Published version of the algorithm, as mutafriches-v1.16 or v1.16; the newest by default
    #[arg(long, value_name = "ID", conflicts_with = "compare")]
    pub(crate) profile: Option<String>,
    /// Two versions on the same answers: what moved, and why
    #[arg(long, value_delimiter = ',', value_name = "ID,ID")]
    pub(crate) compare: Vec<String>,
    /// Form of the answer
    #[arg(long, value_enum, default_value = "table")]
    pub(crate) format: AssessFormat,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct InventoryArgs {
    /// Folder to write; inventaire in the territory's folder by default. Edits in its inventaire.gpkg are kept
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// SIREN of the EPCIs to take up; all by default
    #[arg(long, value_delimiter = ',', value_name = "SIREN,…")]
    pub(crate) epci: Vec<String>,
    /// Published profile or path of a profile file, whose rules say what an economic zone is
    #[arg(long, value_name = "ID|FILE")]
    pub(crate) profile: Option<String>,
    /// Day of the inventory; the newest vintage of the data by default
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub(crate) date: Option<String>,
    /// Form of the answer
    #[arg(long, value_enum, default_value = "table")]
    pub(crate) format: CheckFormat,
}

#[derive(Debug, ClapArgs)]
#[command(group(ArgGroup::new("form").required(true)))]
pub(crate) struct FrichesArgs {
    /// CNIG standard Friches v1.0.6, as CSV and GeoPackage, with a report of what is still to be filled
    #[arg(long, group = "form")]
    pub(crate) cnig: bool,
    /// The sites where one visit would change the ranking most, and what to find out there
    #[arg(long, group = "form")]
    pub(crate) visits: bool,
    /// A table to take along: the sites to visit, one column per question; filled, it is read as [layers.field_visits]
    #[arg(long, group = "form")]
    pub(crate) visit_sheet: bool,
    /// Built land of economic zones that no inventory lists and that shows signs of disuse
    #[arg(long, group = "form")]
    pub(crate) potential: bool,
    /// Published profile or path of a profile file
    #[arg(long, value_name = "ID|FILE")]
    pub(crate) profile: Option<String>,
    /// Number of rows; 20 visits, all potential friches by default
    #[arg(long, value_name = "N")]
    pub(crate) top: Option<usize>,
    /// Form of a list
    #[arg(long, value_enum, default_value = "table")]
    pub(crate) format: RankFormat,
    /// File to write; with --cnig a folder, results/friches-cnig in the territory's folder by default
    #[arg(long, value_name = "PATH")]
    pub(crate) out: Option<PathBuf>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct MapArgs {
    /// What to show
    #[arg(value_enum, default_value = "land")]
    pub(crate) what: MapWhat,
    /// Published profile or path of a profile file
    #[arg(long, value_name = "ID|FILE")]
    pub(crate) profile: Option<String>,
    /// With friches: only the sites to visit first, in their order
    #[arg(long)]
    pub(crate) visits: bool,
    /// With housing: one small map for each EPCI, the tightest first
    #[arg(long)]
    pub(crate) multiples: bool,
    /// Frame the map on one commune (INSEE) or EPCI (SIREN) instead of the territory; with isochrone, the place that
    /// is driven to: an identifier (terrain, zone, parcel, friche, commune, site), or lon,lat
    #[arg(long, value_name = "CODE|ID|LON,LAT", allow_hyphen_values = true)]
    pub(crate) at: Option<String>,
    /// With isochrone: the drives to show
    #[arg(long, value_name = "MIN,…", value_delimiter = ',', default_value = "10,20,30")]
    pub(crate) minutes: Vec<f64>,
    /// File to write; .png or .svg. By default results/carte-<what>.png and .svg in the territory's folder
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// Width of the picture in pixels
    #[arg(long, value_name = "PX", default_value_t = 2480)]
    pub(crate) width: u32,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct ExportArgs {
    /// Folder to write; results in the territory's folder by default
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct HousingArgs {
    /// Where the jobs would be: an identifier (terrain, zone, parcel, friche, commune, site), or lon,lat
    #[arg(long, value_name = "ID|LON,LAT", allow_hyphen_values = true)]
    pub(crate) at: Option<String>,
    /// Jobs announced; without them, those that the land would hold
    #[arg(long, value_name = "N", value_parser = above_zero, requires = "at")]
    pub(crate) jobs: Option<f64>,
    /// Activity, for the jobs that the land would hold: average, industry, logistics, crafts, offices
    #[arg(long, value_name = "CODE", requires = "at")]
    pub(crate) activity: Option<String>,
    /// Hectares that the jobs would stand on; by default those of the site
    #[arg(long, value_name = "HA", value_parser = above_zero, requires = "at")]
    pub(crate) hectares: Option<f64>,
    /// Several sites at once, which share the dwellings: a table with the columns at, jobs, activity, hectares
    #[arg(long, value_name = "FILE")]
    pub(crate) add: Option<PathBuf>,
    /// Drives from home to work
    #[arg(long, value_name = "MIN,…", value_delimiter = ',', default_value = "10,20,30")]
    pub(crate) minutes: Vec<f64>,
    /// Form of the answer
    #[arg(long, value_enum, default_value = "table")]
    pub(crate) format: CheckFormat,
}

/// A number above zero, and no slip of the hand.
fn above_zero(text: &str) -> Result<f64, String> {
    text.replace(',', ".")
        .parse()
        .ok()
        .filter(|number: &f64| *number > 0.0 && *number <= MOST)
        .ok_or_else(|| format!("give a number above 0 and at most {MOST}"))
}

/// What `rank housing` ranks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum By {
    /// Communes
    Commune,
    /// EPCIs
    Epci,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum What {
    /// Parcels for industry
    Land,
    /// Friches
    Friches,
    /// Communes for worker housing
    Housing,
}

/// What a map can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum MapWhat {
    /// Parcels for industry
    Land,
    /// Friches
    Friches,
    /// Communes for worker housing
    Housing,
    /// Drive time to one place
    Isochrone,
}

impl MapWhat {
    /// The ranking that is shown; none for a drive time.
    pub(crate) fn ranking(self) -> Option<What> {
        match self {
            Self::Land => Some(What::Land),
            Self::Friches => Some(What::Friches),
            Self::Housing => Some(What::Housing),
            Self::Isochrone => None,
        }
    }
}

/// The future uses of a friche, by the codes of Mutafriches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum UseArg {
    Residentiel,
    Equipements,
    Culture,
    Tertiaire,
    Industrie,
    Renaturation,
    Photovoltaique,
}

impl From<UseArg> for Use {
    fn from(usage: UseArg) -> Self {
        match usage {
            UseArg::Residentiel => Self::Residentiel,
            UseArg::Equipements => Self::Equipements,
            UseArg::Culture => Self::Culture,
            UseArg::Tertiaire => Self::Tertiaire,
            UseArg::Industrie => Self::Industrie,
            UseArg::Renaturation => Self::Renaturation,
            UseArg::Photovoltaique => Self::Photovoltaique,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum RankFormat {
    Table,
    Json,
    Csv,
    Geojson,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum AssessFormat {
    Table,
    Json,
    Csv,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum CheckFormat {
    Table,
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum LangArg {
    Fr,
    En,
}

impl From<LangArg> for Lang {
    fn from(lang: LangArg) -> Self {
        match lang {
            LangArg::Fr => Self::Fr,
            LangArg::En => Self::En,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ScaleArg {
    Standard,
    Full,
}

impl From<ScaleArg> for Scale {
    fn from(scale: ScaleArg) -> Self {
        match scale {
            ScaleArg::Standard => Self::Standard,
            ScaleArg::Full => Self::Full,
        }
    }
}

/// The words for kinds of loose files.
fn kinds() -> impl TypedValueParser<Value = LooseKind> {
    PossibleValuesParser::new(LooseKind::ALL.map(LooseKind::as_str)).try_map(|word| {
        let found = LooseKind::ALL.into_iter().find(|kind| kind.as_str() == word);
        found.ok_or("no such kind")
    })
}

/// A reference system as typed.
fn crs(text: &str) -> Result<String, String> {
    match gisement::io::config::epsg_code(text) {
        Some(_) => Ok(text.to_owned()),
        None => Err("write it as EPSG:2154".to_owned()),
    }
}

/// A day as typed.
fn day(text: &str) -> Result<String, String> {
    match gisement::io::deliver::inventory::day(text) {
        Some(day) if day == text => Ok(day),
        _ => Err("write it as 2026-06-01".to_owned()),
    }
}
