//! The demonstration territory on disk, in the formats of the real producers.
//!
//! Every file says that it is synthetic where its format allows; a notice in each folder says it for the others.

use std::fs;
use std::path::Path;
use std::path::PathBuf;

use crate::demo::Demo;
use crate::demo::DemoError;

mod brownfield_files;
mod cadastre;
mod constraint_files;
mod economy_files;
mod friche_truths;
mod geojson_text;
mod geopackage_tables;
mod ground_files;
mod housing_files;
mod network_files;
mod planning_documents;
mod relief_files;
mod request_files;
mod service_files;
mod territory_files;
mod territory_folder;
mod told;

pub use territory_folder::write_territory;

/// A layer that was written, with what a configuration needs to read it again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenLayer {
    /// Role: the key of a layer, or `protections`, `servitudes` and `ground`, which are hazards of other producers.
    pub key: &'static str,
    /// Patterns relative to the folder written.
    pub paths: Vec<&'static str>,
    /// Column that classes its objects, if any.
    pub class_column: Option<&'static str>,
    /// Edition the layer stands for, `AAAA` or `AAAA-MM`.
    pub vintage: &'static str,
}

/// Why the demonstration could not be written.
#[derive(Debug, thiserror::Error)]
pub enum DemoFilesError {
    /// The system refused a file or folder.
    #[error(
        "cannot write {path}: {source}; check that the folder exists, is writable and has room"
    )]
    Unwritten {
        /// File or folder.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A format refused a value.
    #[error(
        "cannot write {path}: {what}; remove it if it was left by an earlier run, then try again"
    )]
    Format {
        /// File.
        path: PathBuf,
        /// What the format's library says.
        what: String,
    },
    /// The folder holds somebody's work.
    #[error(
        "{dir} is not empty and is not a demonstration; choose another folder with --out, or empty this one yourself"
    )]
    NotADemonstration {
        /// Folder.
        dir: PathBuf,
    },
    /// A file of ours could not be written.
    #[error(transparent)]
    Delivery(#[from] crate::io::deliver::DeliverError),
    /// A position could not be projected.
    #[error(transparent)]
    Demo(#[from] DemoError),
}

fn unwritten(path: &Path) -> impl FnOnce(std::io::Error) -> DemoFilesError + use<> {
    let path = path.to_path_buf();
    move |source| DemoFilesError::Unwritten { path, source }
}

const NOTICE: &str = "Données synthétiques – démonstration gisement\n\
    \n\
    Ces fichiers ont été inventés par un programme : aucune parcelle, aucun bâtiment, aucun propriétaire, aucune zone,\n\
    aucune friche n'existe. Seuls les noms, codes, populations, superficies et EPCI des communes sont réels (INSEE, DGCL,\n\
    IGN). Les formats et les colonnes sont ceux des producteurs. Ne pas diffuser comme des données réelles.\n";

const FOLDERS: [&str; 21] = [
    "cadastre",
    "cadastre-2024",
    "communes",
    "plu",
    "friches",
    "risques",
    "routes",
    "hydrographie",
    "sites",
    "logement",
    "foncier",
    "energie",
    "fer",
    "emploi",
    "altimetrie",
    "mairies",
    "transports",
    "insee",
    "social",
    "terrain",
    "verite",
];

/// Writes everything under `dir`, which is created if needed. Its own sub-folders are emptied first.
///
/// # Errors
/// [`DemoFilesError`] names the file that could not be written.
pub fn write(dir: &Path, demo: &Demo) -> Result<Vec<WrittenLayer>, DemoFilesError> {
    for folder in FOLDERS {
        let folder = dir.join(folder);
        if folder.exists() {
            fs::remove_dir_all(&folder).map_err(unwritten(&folder))?;
        }
        fs::create_dir_all(&folder).map_err(unwritten(&folder))?;
        let notice = folder.join("LISEZMOI.txt");
        fs::write(&notice, NOTICE).map_err(unwritten(&notice))?;
    }
    cadastre::write(&dir.join("cadastre"), &demo.communes)?;
    territory_files::communes(&dir.join("communes/communes.geojson"), demo)?;
    planning_documents::write(&dir.join("plu"), demo)?;
    brownfield_files::cartofriches(&dir.join("friches/cartofriches.geojson"), demo)?;
    brownfield_files::cnig(&dir.join("friches/friches-observatoire-cnig.csv"), demo)?;
    let hazards: [(&str, &str, &[&str]); 3] = [
        ("risques/ppri.gpkg", "ppri_zonage", &["PPRI"]),
        ("risques/technologiques.gpkg", "risques_technologiques", &["PPRT", "PM6", "SIS"]),
        ("risques/protections.gpkg", "protections", &["NATURA2000", "ZNIEFF1", "AC1"]),
    ];
    for (path, name, categories) in hazards {
        network_files::hazards(&dir.join(path), name, &demo.hazards, categories)?;
    }
    network_files::write(&dir.join("routes"), demo)?;
    network_files::rivers(&dir.join("hydrographie"), &demo.rivers)?;
    territory_files::sites(&dir.join("sites/zae.geojson"), demo)?;
    territory_files::vacancy(&dir.join("logement/lovac-2025-communes.csv"), demo)?;
    economy_files::establishments(&dir.join("sites/etablissements-sirene.csv"), demo)?;
    economy_files::lands(&dir.join("sites/terrain_eco.geojson"), demo)?;
    economy_files::owners(&dir.join("foncier/proprietaires.csv"), demo)?;
    economy_files::jobs(&dir.join("emploi/base-cc-emploi-pop-active-2022.csv"), demo)?;
    economy_files::truth(&dir.join("verite/terrains-plantes.csv"), demo)?;
    request_files::write(dir)?;
    constraint_files::prescriptions(&dir.join("plu/prescription_surf.gpkg"), demo)?;
    constraint_files::servitudes(&dir.join("risques/assiette_sup_s.gpkg"), demo)?;
    constraint_files::substations(&dir.join("energie/postes-electriques-rte.geojson"), demo)?;
    constraint_files::sidings(&dir.join("fer/ite_3000.gpkg"), demo)?;
    relief_files::write(&dir.join("altimetrie"), &demo.relief)?;
    cadastre::write_earlier(&dir.join("cadastre-2024"), demo)?;
    brownfield_files::second(&dir.join("friches/friches-communaute-cnig.csv"), demo)?;
    service_files::write(dir, demo)?;
    housing_files::write(dir, demo)?;
    ground_files::write(&dir.join("risques"), demo)?;
    friche_truths::visits(&dir.join("terrain/friches-terrain.csv"), demo)?;
    friche_truths::write(&dir.join("verite"), demo)?;
    Ok(written())
}

fn written() -> Vec<WrittenLayer> {
    let layer = |key, paths: &[&'static str], class_column, vintage| WrittenLayer {
        key,
        paths: paths.to_vec(),
        class_column,
        vintage,
    };
    vec![
        layer("parcels", &["cadastre/*-parcelles.json.gz"], None, "2026-07"),
        layer("buildings", &["cadastre/*-batiments.json.gz"], None, "2026-07"),
        layer("communes", &["communes/communes.geojson"], None, "2026"),
        layer(
            "zoning",
            &["plu/**/*_ZONE_URBA_*.shp", "plu/**/zone_urba.gpkg"],
            Some("TYPEZONE"),
            "2026-06",
        ),
        layer(
            "friches",
            &[
                "friches/cartofriches.geojson",
                "friches/friches-observatoire-cnig.csv",
                "friches/friches-communaute-cnig.csv",
            ],
            Some("site_statut"),
            "2026-04",
        ),
        layer("field_visits", &["terrain/friches-terrain.csv"], None, "2026-07"),
        layer(
            "hazards",
            &["risques/ppri.gpkg", "risques/technologiques.gpkg"],
            Some("classe"),
            "2026-05",
        ),
        layer("protections", &["risques/protections.gpkg"], Some("classe"), "2026-05"),
        layer("roads", &["routes/troncon_de_route.gpkg"], Some("NATURE"), "2026-06"),
        layer("railways", &["routes/troncon_de_voie_ferree.gpkg"], Some("NATURE"), "2026-06"),
        layer("stations", &["routes/gares.geojson"], Some("fret"), "2026"),
        layer("rivers", &["hydrographie/troncon_hydrographique.gpkg"], None, "2026-06"),
        layer("sites", &["sites/zae.geojson"], Some("site_vocadomi"), "2026-06"),
        layer("establishments", &["sites/etablissements-sirene.csv"], None, "2026-06"),
        layer("terrains", &["sites/terrain_eco.geojson"], None, "2026-06"),
        layer("owners", &["foncier/proprietaires.csv"], None, "2026"),
        layer("prescriptions", &["plu/prescription_surf.gpkg"], None, "2026-06"),
        layer("servitudes", &["risques/assiette_sup_s.gpkg"], None, "2026-05"),
        layer("substations", &["energie/postes-electriques-rte.geojson"], None, "2026"),
        layer("rail_sidings", &["fer/ite_3000.gpkg"], None, "2024"),
        layer("jobs", &["emploi/base-cc-emploi-pop-active-2022.csv"], None, "2022"),
        layer("elevation", &["altimetrie/*.asc"], None, "2025"),
        layer("vacancy", &["logement/lovac-2025-communes.csv"], None, "2025"),
        layer("social_housing", &["logement/rpls-2024-communes.csv"], None, "2024"),
        layer("permits", &["logement/sitadel-logements-communes.csv"], None, "2019-2024"),
        layer("rents", &["logement/pred-*.csv"], None, "2024"),
        layer("sales", &["logement/dvf-fictif.csv"], None, "2022-2024"),
        layer("census", &["insee/base-cc-logement-2022.csv"], None, "2022"),
        layer(
            "commuting",
            &["emploi/base-flux-mobilite-domicile-lieu-travail-2022.csv"],
            None,
            "2022",
        ),
        layer("town_halls", &["mairies/annuaire-administration-mairies.csv"], None, "2026"),
        layer("transport_stops", &["transports/gtfs-fictif/stops.txt"], None, "2026"),
        layer("amenities", &["insee/BPE24-fictive.csv"], None, "2024"),
        layer("heat_networks", &["energie/reseaux_de_chaleur.geojson"], None, "2025"),
        layer("priority_districts", &["social/QP2024-fictif.geojson"], None, "2024"),
        layer(
            "renewable_zones",
            &["energie/zaer.geojson", "energie/zones_exclues_zaer.geojson"],
            None,
            "2025",
        ),
        layer("grid_constraints", &["energie/zones-contrainte-enr.geojson"], None, "2026"),
        layer("housing_zones", &["logement/zonage-abc-2025.csv"], None, "2025"),
        layer(
            "ground",
            &[
                "risques/argiles.geojson",
                "risques/cavites.csv",
                "risques/zones_humides.geojson",
                "risques/srce.geojson",
                "risques/pnr.geojson",
                "risques/icpe.geojson",
                "risques/casias.csv",
            ],
            None,
            "2026-05",
        ),
    ]
}
