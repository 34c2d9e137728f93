//! The economy of the territory: who works where, whose land it is, which land is for sale, jobs per commune.

use geo::Area;
use geo::Centroid;
use geo::Contains;
use geo_types::Coord;
use geo_types::Point;

use super::chance::Chance;
use super::chance::Purpose;
use super::commune_layout::LandUse;
use super::economic_records::CommuneJobs;
use super::economic_records::EconomicLand;
use super::economic_records::Economy;
use super::economic_records::Establishment;
use super::economic_records::ParcelOwner;
use super::places::CommuneFigures;
use super::records::Demo;
use super::records::DemoCommune;
use super::records::Parcel;

/// EPCIs that publish the land of their economic zones, in the demonstration.
const WITH_LANDS: [&str; 2] = ["200034726", "200066652"];
/// NAF codes of firms of economic zones.
const ACTIVITIES: [&str; 8] =
    ["25.62B", "10.71A", "16.23Z", "45.20A", "49.41A", "46.73A", "43.32A", "28.30Z"];
/// INSEE codes of headcounts, from none to 50 to 99.
const STAFF: [&str; 7] = ["NN", "00", "01", "02", "03", "11", "21"];
/// Cerema's classes of owners of economic land, the frequent ones several times.
const OWNERS: [&str; 10] = ["G1a", "G1a", "G1a", "Z1a", "Z2a", "X1a", "X1a", "P4a", "P5a", "F4a"];

/// What the parcels of one commune give: filled before the planted terrains, which bring their own.
pub(super) fn of_commune(seed: u64, rank: usize, demo: &Demo, economy: &mut Economy) {
    let commune = &demo.communes[rank];
    let mut chance = Chance::new(seed, rank as u64, Purpose::Economy);
    economy.jobs.push(jobs(&commune.figures, &mut chance));
    let zoned: Vec<&Parcel> =
        commune.parcels.iter().filter(|parcel| is_economic(parcel.land_use)).collect();
    if zoned.is_empty() {
        return;
    }
    owners(&zoned, &mut chance, economy);
    let friches: Vec<&String> = demo
        .brownfields
        .iter()
        .filter(|friche| friche.commune == rank)
        .flat_map(|friche| &friche.parcel_ids)
        .collect();
    let has_lands = WITH_LANDS.contains(&commune.figures.epci_siren.as_str());
    let middles: Vec<Point<f64>> =
        commune.buildings.iter().filter_map(|building| building.polygon.centroid()).collect();
    for parcel in zoned {
        let LandUse::Activity(zone) = parcel.land_use else { continue };
        let on_it = middles.iter().find(|middle| parcel.polygon.contains(*middle));
        let is_friche = friches.contains(&&parcel.id);
        let place = on_it.copied().or_else(|| parcel.polygon.centroid());
        let working = on_it.is_some() && !is_friche && chance.happens(0.92);
        if working || chance.happens(if on_it.is_some() { 0.8 } else { 0.12 }) {
            let at = place.map_or(Coord { x: 0.0, y: 0.0 }, Coord::from);
            let n = economy.establishments.len();
            economy.establishments.push(establishment(n, rank, working, at, &mut chance));
        }
        if has_lands && !is_friche {
            let site = format!(
                "{}_SITE-ECO_{:05}",
                commune.figures.epci_siren,
                rank * 10 + usize::from(zone) + 1
            );
            economy.lands.push(land(rank, site, parcel, on_it.is_some(), &mut chance));
        }
    }
}

fn is_economic(land_use: LandUse) -> bool {
    matches!(land_use, LandUse::Activity(_) | LandUse::ActivityExtension)
}

/// One firm in nine is a sole trader, under a made-up person's name.
fn establishment(
    n: usize,
    commune: usize,
    active: bool,
    at: Coord<f64>,
    chance: &mut Chance,
) -> Establishment {
    let legal_form = match chance.index(9) {
        0 => "1000",
        1 | 2 => "5710",
        3 => "5410",
        4 => "6540",
        _ => "5499",
    };
    let name = if legal_form == "1000" {
        format!("Nom Fictif {}", n + 1)
    } else {
        format!("Entreprise fictive {}", n + 1)
    };
    let day =
        |chance: &mut Chance| format!("{:02}-{:02}", 1 + chance.index(12), 1 + chance.index(28));
    let created = format!("{}-{}", 1978 + chance.index(40), day(chance));
    // What is closed has been so for two years and more.
    let year = if active { 2018 + chance.index(7) } else { 2019 + chance.index(5) };
    let since = format!("{year}-{}", day(chance));
    Establishment {
        siret: format!("9{n:08}00010"),
        commune,
        legal_form,
        name,
        active,
        created,
        since,
        activity: ACTIVITIES[chance.index(ACTIVITIES.len())],
        staff: if active { STAFF[chance.index(STAFF.len())] } else { "NN" },
        at,
    }
}

fn land(
    commune: usize,
    site_id: String,
    parcel: &Parcel,
    built: bool,
    chance: &mut Chance,
) -> EconomicLand {
    const SOLD: &str = "vendu, commercialisation achevée";
    let (sale, occupation, ownership) = match (built, chance.index(10)) {
        (true, 0) => (SOLD, "vacant", "investisseur professionnel"),
        (true, _) => (SOLD, "occupé", "établissement industriel et commercial"),
        (false, 0..4) => ("en vente", "inoccupé", "EPCI, structure intercommunale"),
        (false, 4 | 5) => {
            ("réservé par option de réservation", "inoccupé", "EPCI, structure intercommunale")
        }
        (false, 6) => ("non commercialisé", "inoccupé", "commune"),
        (false, _) => (SOLD, "inoccupé", "établissement industriel et commercial"),
    };
    EconomicLand {
        site_id,
        commune,
        parcels: vec![parcel.id.clone()],
        works: "viabilisé et aménagé",
        sale,
        occupation,
        ownership,
        extent: parcel.polygon.clone(),
    }
}

/// Neighbours in the cadastre often have one owner: those of a block are numbered one after the other.
fn owners(zoned: &[&Parcel], chance: &mut Chance, economy: &mut Economy) {
    let mut last: Option<(usize, &'static str, String)> = None;
    for (n, parcel) in zoned.iter().enumerate() {
        let goes_on = chance.happens(0.3);
        let owner = match last.take() {
            Some((block, class, account)) if goes_on && block == parcel.block => (class, account),
            _ => {
                let class = OWNERS[chance.index(OWNERS.len())];
                // Public owners have one account in their commune.
                let account = match class {
                    "P4a" | "P5a" => format!("{}{class}", &parcel.id[..5]),
                    _ => format!("{}C{n:05}", &parcel.id[..5]),
                };
                (class, account)
            }
        };
        last = Some((parcel.block, owner.0, owner.1.clone()));
        let (class, account) = owner;
        economy.owners.push(ParcelOwner { parcel: parcel.id.clone(), class, account });
    }
}

/// Workers follow population; jobs gather in towns.
fn jobs(figures: &CommuneFigures, chance: &mut Chance) -> CommuneJobs {
    let workers = (f64::from(figures.population) * chance.between(0.38, 0.46)).round();
    let per_worker = match figures.population {
        0..500 => chance.between(0.2, 0.6),
        500..2_500 => chance.between(0.35, 0.9),
        _ => chance.between(0.9, 1.4),
    };
    let unemployed = (workers * chance.between(0.07, 0.15)).round();
    CommuneJobs {
        jobs: (workers * per_worker).round() as u32,
        workers: workers as u32,
        active: (workers + unemployed) as u32,
        unemployed: unemployed as u32,
    }
}

/// Area of the largest fields kept as wood (espaces boisés classés), m².
const WOOD_M2: f64 = 20_000.0;

/// Woods that the planning document protects.
pub(super) fn protected_woods(commune: &DemoCommune) -> impl Iterator<Item = &Parcel> {
    let woods = commune.parcels.iter().filter(|parcel| parcel.land_use == LandUse::Wood);
    woods.filter(|parcel| parcel.polygon.unsigned_area() > WOOD_M2).take(3)
}
