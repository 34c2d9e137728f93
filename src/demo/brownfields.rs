//! Brownfields: runs of neighbouring parcels in economic zones, towns and the countryside.
//!
//! Status, source and what is left unknown follow the shares of the real inventory of the two departments, where
//! nearly everything is "inconnu". Names are made up; no natural person is ever named.

use geo::algorithm::Area;
use geo::algorithm::Centroid;
use geo_types::Coord;
use geo_types::MultiPolygon;
use geo_types::Point;

use super::chance::Chance;
use super::commune_layout::LandUse;
use super::dissolve::contains;
use super::dissolve::dissolve;
use super::places::CommuneFigures;
use super::power_diagram::distance;
use super::records::Brownfield;
use super::records::Building;
use super::records::Parcel;
use super::records::PlanningDocument;
use super::zoning::zone_kind;

/// (name, type, former activity), by what the site was.
type Past = (&'static str, &'static str, Option<&'static str>);

const INDUSTRIAL: [Past; 8] = [
    ("Ancienne briqueterie", "friche industrielle", Some("Fabrication de briques et de tuiles")),
    (
        "Ancienne conserverie",
        "friche agro-industrielle",
        Some("Transformation et conservation de fruits et légumes"),
    ),
    ("Ancien atelier de mécanique", "friche industrielle", Some("Mécanique industrielle")),
    ("Entrepôt désaffecté", "friche logistique", None),
    ("Ancienne coopérative céréalière", "friche agro-industrielle", Some("Stockage de céréales")),
    ("Ancienne scierie", "friche industrielle", Some("Sciage et rabotage du bois")),
    ("Surface commerciale fermée", "friche commerciale", None),
    ("Site d'activité à l'abandon", "inconnu", None),
];
const URBAN: [Past; 6] = [
    ("Ancienne école", "friche enseignement", None),
    ("Ancien garage", "friche commerciale", Some("Garages, ateliers de mécanique et de soudure")),
    ("Îlot d'habitat dégradé", "friche d'habitat", None),
    ("Ancienne gendarmerie", "friche d'équipement public", None),
    (
        "Ancien chai",
        "friche agro-industrielle",
        Some("Production de boissons alcooliques distillées"),
    ),
    ("Site sans nom", "inconnu", None),
];
const RURAL: [Past; 6] = [
    (
        "Ancienne décharge",
        "inconnu",
        Some("Collecte et stockage des déchets non dangereux dont les ordures ménagères"),
    ),
    ("Ancienne carrière", "friche carrière ou mine", Some("Extraction de sables et graviers")),
    ("Délaissé sans usage", "inconnu", None),
    ("Délaissé sans usage", "inconnu", None),
    (
        "Ancien dépôt de ferraille",
        "inconnu",
        Some("Démantèlement d'épaves, récupération de matières métalliques"),
    ),
    ("Ancienne halte et emprises", "friche ferroviaire", None),
];
const OWNERS: [Option<&str>; 7] = [
    Some("COMMUNE (FICTIF)"),
    Some("COMMUNAUTE DE COMMUNES (FICTIF)"),
    Some("SCI DES BRIQUES FICTIVES"),
    Some("SOCIETE FICTIVE DE STOCKAGE"),
    None,
    None,
    None,
];

/// What is known of a commune when its brownfields are chosen.
pub(crate) struct Ground<'a> {
    pub(crate) rank: usize,
    pub(crate) figures: &'a CommuneFigures,
    pub(crate) parcels: &'a [Parcel],
    pub(crate) buildings: &'a [Building],
    pub(crate) document: PlanningDocument,
    pub(crate) station: Option<Coord<f64>>,
}

/// The brownfields of a commune.
pub(crate) fn brownfields(ground: &Ground<'_>, chance: &mut Chance) -> Vec<Brownfield> {
    let expected = 0.14 + f64::from(ground.figures.population) / 2_750.0;
    let count = (expected + chance.unit()).floor() as usize;
    let mut sites: Vec<Brownfield> = Vec::new();
    for number in 0..count {
        let draw = chance.unit();
        let (pasts, wanted_m2): (&[Past], f64) = if draw < 0.38 {
            (&INDUSTRIAL, chance.lognormal(14_000.0, 0.9))
        } else if draw < 0.66 {
            (&URBAN, chance.lognormal(2_600.0, 0.8))
        } else {
            (&RURAL, chance.lognormal(28_000.0, 1.0))
        };
        let past = *chance.pick(pasts).unwrap_or(&INDUSTRIAL[0]);
        let along_rail = past.1 == "friche ferroviaire" || chance.happens(0.12);
        let Some(members) = members(ground, draw, wanted_m2, along_rail, chance) else { continue };
        let taken = |id: &str| sites.iter().any(|site| site.parcel_ids.iter().any(|p| p == id));
        if members.iter().any(|parcel| taken(&parcel.id)) {
            continue;
        }
        sites.push(site(ground, number, past, &members, chance));
    }
    sites
}

/// Neighbouring parcels of one block, up to the area wanted.
fn members<'a>(
    ground: &Ground<'a>,
    draw: f64,
    wanted_m2: f64,
    along_rail: bool,
    chance: &mut Chance,
) -> Option<Vec<&'a Parcel>> {
    let fits = |land_use: LandUse| match land_use {
        LandUse::Activity(_) => draw < 0.38,
        LandUse::OldTown | LandUse::Town => (0.38..0.66).contains(&draw),
        LandUse::Hamlet | LandUse::Farmland | LandUse::Wood => draw >= 0.66,
        _ => false,
    };
    let mut hosts: Vec<usize> =
        (0..ground.parcels.len()).filter(|k| fits(ground.parcels[*k].land_use)).collect();
    if hosts.is_empty() {
        let town =
            |land_use| matches!(land_use, LandUse::OldTown | LandUse::Town | LandUse::Hamlet);
        hosts = (0..ground.parcels.len()).filter(|k| town(ground.parcels[*k].land_use)).collect();
    }
    if hosts.is_empty() {
        return None;
    }
    let mut start = hosts[chance.index(hosts.len())];
    if along_rail && let Some(station) = ground.station {
        let away = |k: &usize| distance(ground.parcels[*k].polygon.exterior().0[0], station);
        start = hosts.iter().copied().min_by(|a, b| away(a).total_cmp(&away(b)))?;
    }
    let mut members: Vec<&Parcel> = vec![&ground.parcels[start]];
    let mut whole = ground.parcels[start].polygon.unsigned_area();
    let touches = |a: &Parcel, b: &Parcel| {
        let ring = &b.polygon.exterior().0;
        a.polygon.exterior().0.iter().filter(|at| ring.contains(at)).count() >= 2
    };
    let near = start.saturating_sub(60)..(start + 60).min(ground.parcels.len());
    while members.len() < 9 && whole < wanted_m2 * 0.85 {
        let next = near.clone().map(|k| &ground.parcels[k]).find(|candidate| {
            candidate.block == ground.parcels[start].block
                && !members.iter().any(|known| known.id == candidate.id)
                && whole + candidate.polygon.unsigned_area() < wanted_m2 * 2.0
                && members.iter().any(|known| touches(known, candidate))
        });
        let Some(next) = next else { break };
        whole += next.polygon.unsigned_area();
        members.push(next);
    }
    Some(members)
}

/// A parcel that an inventory drawn up on an older cadastre still lists and today's no longer has: on one site of
/// eleven, as cadastral numbers die every quarter.
fn parcel_of_old(rank: usize, number: usize, neighbour: &str) -> Option<String> {
    let section = neighbour.get(..10).filter(|_| (rank + 5 * number).is_multiple_of(11))?;
    Some(format!("{section}{}", 9_100 + number))
}

fn site(
    ground: &Ground<'_>,
    number: usize,
    past: Past,
    members: &[&Parcel],
    chance: &mut Chance,
) -> Brownfield {
    let rings: Vec<Vec<Coord<f64>>> = members
        .iter()
        .map(|parcel| {
            parcel.polygon.exterior().0.split_last().map_or(Vec::new(), |(_, ring)| ring.to_vec())
        })
        .collect();
    let extent = MultiPolygon::new(dissolve(&rings));
    let on_site: Vec<f64> = ground
        .buildings
        .iter()
        .filter_map(|building| {
            let middle = Coord::from(building.polygon.centroid()?);
            rings
                .iter()
                .any(|ring| contains(ring, middle))
                .then(|| building.polygon.unsigned_area())
        })
        .collect();
    let status = match chance.unit() {
        u if u < 0.65 => "friche sans projet",
        u if u < 0.955 => "friche potentielle",
        _ => "friche avec projet",
    };
    let source = match (status, chance.unit()) {
        ("friche potentielle", _) => 2,
        ("friche avec projet", _) => 3,
        (_, u) if u < 0.45 => 1,
        (_, u) if u < 0.66 => 4,
        (_, u) if u < 0.9 => 3,
        _ => 5,
    };
    let soil_pollution = match chance.unit() {
        u if u < 0.82 => "inconnu",
        u if u < 0.9 => "pollution peu probable",
        u if u < 0.95 => "pollution supposée",
        _ => "pollution avérée",
    };
    let known_zone = ground.document != PlanningDocument::None && chance.happens(0.6);
    let zone = known_zone.then(|| zone_kind(members[0].land_use, false));
    let middle = extent.centroid().unwrap_or_else(|| Point::new(0.0, 0.0));
    let inside = |ring: &Vec<Coord<f64>>| contains(ring, middle.into());
    let at = if rings.iter().any(inside) {
        middle.into()
    } else {
        members[0].polygon.centroid().map_or(rings[0][0], Coord::from)
    };
    Brownfield {
        commune: ground.rank,
        number: 30_000 + (ground.rank * 40 + number) as u32,
        name: format!("{} n° {} de {} (fictif)", past.0, number + 1, ground.figures.name),
        kind: past.1,
        status,
        source,
        parcel_ids: members
            .iter()
            .map(|parcel| parcel.id.clone())
            .chain(parcel_of_old(ground.rank, number, &members[0].id))
            .collect(),
        area_m2: members.iter().map(|parcel| parcel.polygon.unsigned_area()).sum(),
        buildings: on_site.len(),
        built_m2: on_site.iter().sum(),
        zone_type: zone.map(|zone| zone.zone_type),
        zone_label: zone.map(|zone| format!("{} - {}", zone.label, zone.long_label)),
        document: ground.document,
        rail_distance_m: f64::NAN,
        owner: OWNERS[chance.index(OWNERS.len())],
        soil_pollution,
        activity: past.2,
        at,
        extent,
    }
}
