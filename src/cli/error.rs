//! Everything that ends a command with exit code 2.

use std::path::PathBuf;

use gisement::domain::BadCode;
use gisement::evaluation::EvaluationError;
use gisement::evaluation::ProfileError;
use gisement::friche::mutability::AnswersError;
use gisement::friche::mutability::GridError;
use gisement::housing::RulesError;
use gisement::io::config::ConfigError;
use gisement::io::deliver::DeliverError;
use gisement::io::deliver::inventory::InventoryError;
use gisement::io::deliver::request::AnswerFolderError;
use gisement::io::jobs::JobsError;
use gisement::io::load::LoadError;
use gisement::io::request_log::RequestLogError;
use gisement::render::RenderError;
use gisement::request::RequestError;

#[derive(Debug, thiserror::Error)]
pub(crate) enum CliError {
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error(transparent)]
    Load(#[from] LoadError),
    #[error("{}: {source}", .path.display())]
    ProfileFile { path: PathBuf, source: ProfileError },
    #[error(transparent)]
    Profile(#[from] ProfileError),
    #[error(transparent)]
    Grid(#[from] GridError),
    #[error("{}: cannot be read: {source}; give a published profile or the path of a profile file", .path.display())]
    ProfileUnreadable { path: PathBuf, source: std::io::Error },
    #[error("profile `{profile}` ranks {found}s, this command needs one that ranks {wanted}s")]
    WrongUnit { profile: String, found: &'static str, wanted: &'static str },
    #[error("profile `{profile}` names no version of mutability: a visit would not change it")]
    NoMutability { profile: String },
    #[error(
        "--use: profile `{profile}` does not ask what friches are suited for; use it with `rank friches` and a profile that names a version of mutability"
    )]
    UseOfNothing { profile: String },
    #[error(transparent)]
    HousingRules(#[from] RulesError),
    #[error("--by goes with `rank housing`, which ranks communes and EPCIs")]
    ByOfNothing,
    #[error("--multiples goes with `map housing`")]
    MultiplesOfNothing,
    #[error("several places are called `{name}`: {codes}; give the code")]
    SeveralNames { name: String, codes: String },
    #[error("no site: give --at ID (or lon,lat) with --jobs N, or --add FILE")]
    NoSiteOfJobs,
    #[error(
        "--at {at}: no terrain, zone, parcel, friche, commune, site or station has this identifier, and it is no lon,lat in France"
    )]
    NoSuchPlaceOfJobs { at: String },
    #[error("--activity {activity}: the rules of housing have {known}")]
    NoSuchActivity { activity: String, known: String },
    #[error("{at}: a place without area holds no jobs of itself; give --jobs N or --hectares HA")]
    NoJobs { at: String },
    #[error(transparent)]
    Jobs(#[from] JobsError),
    #[error(transparent)]
    Evaluation(#[from] EvaluationError),
    #[error(transparent)]
    Inventory(#[from] InventoryError),
    #[error(
        "profile `{profile}` describes no terrains: this command needs a profile with a section [land]"
    )]
    InventoryProfile { profile: String },
    #[error("--epci {code}: this territory has no such EPCI")]
    NoSuchEpci { code: String },
    #[error("an inventory is made from parcels; add [layers.parcels] to gisement.toml")]
    NoParcels,
    #[error(transparent)]
    Deliver(#[from] DeliverError),
    #[error(transparent)]
    Render(#[from] RenderError),
    #[error(transparent)]
    Demo(#[from] gisement::io::demo_files::DemoFilesError),
    #[error(transparent)]
    DemoTerritory(#[from] gisement::demo::DemoError),
    #[error("--epci: {0}")]
    Code(#[from] BadCode),
    #[error(
        "no terrain, parcel, friche, commune or EPCI `{id}` in this territory; identifiers are in the first columns of `gisement rank`"
    )]
    NoSuchId { id: String },
    #[error("--at {code}: no commune or EPCI of this territory has this code")]
    NoSuchPlace { code: String },
    #[error(
        "gisement map isochrone: name the place with --at, by an identifier (terrain, zone, parcel, friche, commune) or as lon,lat"
    )]
    NoIsochronePlace,
    #[error(
        "--at {at}: this is neither an identifier of this territory (terrain, zone, parcel, friche, commune, site) nor a place as lon,lat such as 0.92,43.98"
    )]
    NoSuchIsochronePlace { at: String },
    #[error("--minutes {value}: give durations above 0 and up to {most} minutes, such as 10,20,30")]
    IsochroneMinutes { value: String, most: String },
    #[error("{}: the name must end in .png or .svg", .path.display())]
    MapFormat { path: PathBuf },
    #[error("{n} files cannot be read (of {of} named): see the answer")]
    Unreadable { n: usize, of: usize },
    #[error("{path}: {source}")]
    Answers { path: String, source: AnswersError },
    #[error("{path}: cannot be read: {source}; give a JSON file, or - for standard input")]
    AnswersUnreadable { path: String, source: std::io::Error },
    #[error("{path}: more than {limit} bytes; a file of answers has a few hundred")]
    AnswersTooLarge { path: String, limit: u64 },
    #[error("--compare {given}: give two versions, such as v1.16,v1.19")]
    CompareTwo { given: String },
    #[error("{}: {source}", .path.display())]
    RequestFile { path: PathBuf, source: RequestError },
    #[error("{}: cannot be read: {source}; give a TOML file, or flags such as --min-ha 3", .path.display())]
    RequestUnreadable { path: PathBuf, source: std::io::Error },
    #[error("{}: this file exists already; give another name", .path.display())]
    RequestExists { path: PathBuf },
    #[error(
        "nothing is asked: give a file (gisement request --new demande.toml writes one), or flags such as --min-ha 3 --max-ha 5"
    )]
    NoRequest,
    #[error(transparent)]
    Request(#[from] RequestError),
    #[error(transparent)]
    AnswerFolder(#[from] AnswerFolderError),
    #[error(transparent)]
    RequestLog(#[from] RequestLogError),
    #[error("--close {name}: the log has no such request; it has {known}")]
    NoSuchRequest { name: String, known: String },
    #[error("--compare: {n} candidates; give {fewest} to {most}")]
    CompareSome { n: usize, fewest: usize, most: usize },
    #[error("--compare {id}: no candidate of the answer has this identifier")]
    NoSuchCandidate { id: String },
    #[error("answer: {0}")]
    Json(#[from] serde_json::Error),
    #[error("output: {0}")]
    Output(#[from] std::io::Error),
}
