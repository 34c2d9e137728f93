//! What else is known of the friches: a second inventory that lists some of them again, parcels listed under numbers of
//! an earlier cadastre, and what a visit on the ground found.

use geo::Area;
use geo::BooleanOps;
use geo::BoundingRect;
use geo::Translate;
use geo_types::Coord;
use geo_types::MultiPolygon;

use super::chance::Chance;
use super::chance::Purpose;
use super::commune_layout::LandUse;
use super::dissolve::dissolve;
use super::records::Brownfield;
use super::records::Demo;
use super::records::Parcel;
use super::warp::centimetre;

/// A friche of the second inventory.
#[derive(Debug, Clone, PartialEq)]
pub struct SecondRecord {
    /// Place of the friche that it is drawn after; `None` where it is another one.
    pub of: Option<usize>,
    /// Whether both are the same place.
    pub is_same: bool,
    /// `mêmes parcelles`, `contour`, `site nouveau`.
    pub how: &'static str,
    /// Share of the outline that both have, 0 to 1.
    pub overlap: f64,
    /// The record.
    pub friche: Brownfield,
}

/// What a visit found: the answers of one site, in the order of [`FIELD_QUESTIONS`]; empty where nobody looked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldVisit {
    /// Place of the friche among those of the first inventories, or of the second behind them.
    pub site: usize,
    /// Answers.
    pub answers: Vec<&'static str>,
    /// Day of the visit, ISO 8601.
    pub visited: String,
}

/// A parcel that a friche lists and today's cadastre has under other numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renumbered {
    /// Place of the friche.
    pub site: usize,
    /// Number listed.
    pub listed: String,
    /// Numbers of today.
    pub today: Vec<String>,
}

/// The earlier cadastre of one commune.
#[derive(Debug, Clone, PartialEq)]
pub struct EarlierCadastre {
    /// Rank of the commune.
    pub commune: usize,
    /// Its parcels then.
    pub parcels: Vec<Parcel>,
}

/// Everything that inventories know beside the first ones.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Inventories {
    /// EPCI (SIREN) that keeps the second inventory.
    pub second_epci: String,
    /// Its records.
    pub second: Vec<SecondRecord>,
    /// Visits.
    pub visits: Vec<FieldVisit>,
    /// Renumbered parcels.
    pub renumbered: Vec<Renumbered>,
    /// Earlier cadastre of the communes in which a friche lists a number of then.
    pub earlier: Vec<EarlierCadastre>,
}

/// The questions of the field form, in the keys of ADEME's Mutafriches, and their answers.
pub const FIELD_QUESTIONS: [(&str, &[&str]); 10] = [
    (
        "etatBatiInfrastructure",
        &[
            "degradation-inexistante",
            "degradation-faible",
            "degradation-moyenne",
            "degradation-tres-importante",
            "degradation-heterogene",
            "pas-de-bati",
        ],
    ),
    (
        "presencePollution",
        &["non", "deja-geree", "oui-composes-volatils", "oui-autres-composes", "oui-amiante"],
    ),
    (
        "valeurArchitecturaleHistorique",
        &["sans-interet", "ordinaire", "interet-remarquable", "pas-de-bati"],
    ),
    ("qualitePaysage", &["sans-interet", "ordinaire", "interet-remarquable"]),
    ("qualiteVoieDesserte", &["accessible", "degradee", "peu-accessible"]),
    (
        "trameVerteEtBleue",
        &["hors-trame", "reservoir-biodiversite", "corridor-a-preserver", "corridor-a-restaurer"],
    ),
    ("presenceEspecesProtegees", &["non", "oui"]),
    ("presenceZoneHumide", &["non", "oui"]),
    ("typeProprietaire", &["public", "prive", "copro-indivision", "mixte"]),
    ("raccordementEau", &["oui", "non"]),
];

/// First number of the records of the second inventory.
const FIRST_SECOND: u32 = 70_000;
/// First number of parcels of the earlier cadastre.
const FIRST_FORMER: usize = 9_200;
/// Records of each kind: same parcels, same outline, outline of another site, new site.
const SAME_PARCELS: usize = 5;
const SAME_OUTLINE: usize = 4;
const OTHER_OUTLINE: usize = 3;
const NEW_SITES: usize = 3;
/// Share that outlines have in common: well above 70 % however it is counted, and well below.
const ABOVE: f64 = 0.88;
const BELOW: f64 = 0.60;
/// Friches with a renumbered parcel; the last lists one that became two.
const RENUMBERED: usize = 4;
const VISITS: usize = 14;

/// Draws them all, with chances of their own.
pub(super) fn draw(demo: &mut Demo) {
    let mut chance = Chance::new(demo.seed, 0, Purpose::Inventories);
    let mut inventories = Inventories::default();
    renumber(demo, &mut inventories);
    second(demo, &mut chance, &mut inventories);
    visits(demo, &mut chance, &mut inventories);
    demo.inventories = inventories;
}

/// Friches that Cartofriches lists, by EPCI or all, planted ones apart.
fn drawn<'a>(
    demo: &'a Demo,
    siren: Option<&'a str>,
) -> impl Iterator<Item = (usize, &'a Brownfield)> {
    let epci = |site: &Brownfield| demo.communes[site.commune].figures.epci_siren.as_str();
    demo.brownfields.iter().enumerate().filter(move |(_, site)| {
        let is_of = siren.is_none_or(|siren| siren == epci(site));
        !site.is_planted() && is_of && epci(site) != demo.observatory_epci
    })
}

/// Gives some friches the numbers that their parcels had in an earlier cadastre, which is written beside today's.
fn renumber(demo: &mut Demo, into: &mut Inventories) {
    let mut used: Vec<usize> = Vec::new();
    let mut changes: Vec<(Renumbered, EarlierCadastre)> = Vec::new();
    for (place, site) in drawn(demo, None) {
        if changes.len() == RENUMBERED {
            break;
        }
        let commune = &demo.communes[site.commune];
        let members: Vec<&Parcel> =
            commune.parcels.iter().filter(|parcel| site.parcel_ids.contains(&parcel.id)).collect();
        let joins = changes.len() + 1 == RENUMBERED;
        let gone = if joins { 2 } else { 1 };
        if used.contains(&site.commune) || members.len() < gone + 1 {
            continue;
        }
        let gone = &members[..gone];
        let rings: Vec<Vec<Coord<f64>>> = gone
            .iter()
            .map(|parcel| {
                let ring = &parcel.polygon.exterior().0;
                ring.split_last().map_or(Vec::new(), |(_, ring)| ring.to_vec())
            })
            .collect();
        let joined = dissolve(&rings);
        let [outline] = joined.as_slice() else { continue };
        let number = FIRST_FORMER + changes.len();
        let listed = format!("{}{number}", &gone[0].id[..10]);
        let former = Parcel {
            id: listed.clone(),
            number: number as u32,
            contenance_m2: outline.unsigned_area().round() as u32,
            polygon: outline.clone(),
            ..gone[0].clone()
        };
        let is_gone = |parcel: &&Parcel| gone.iter().any(|one| one.id == parcel.id);
        let rest = commune.parcels.iter().filter(|parcel| !is_gone(parcel)).cloned();
        let parcels = rest.chain([former]).collect();
        used.push(site.commune);
        changes.push((
            Renumbered {
                site: place,
                listed,
                today: gone.iter().map(|parcel| parcel.id.clone()).collect(),
            },
            EarlierCadastre { commune: site.commune, parcels },
        ));
    }
    for (change, earlier) in changes {
        let ids = &mut demo.brownfields[change.site].parcel_ids;
        ids.retain(|id| !change.today.contains(id));
        ids.insert(0, change.listed.clone());
        into.renumbered.push(change);
        into.earlier.push(earlier);
    }
}

/// The inventory of the EPCI with most friches in Cartofriches.
fn second(demo: &Demo, chance: &mut Chance, into: &mut Inventories) {
    let count = |siren: &str| drawn(demo, Some(siren)).count();
    let sirens = demo.epcis.iter().map(|epci| epci.siren.as_str());
    let Some(siren) = sirens.max_by_key(|siren| (count(siren), *siren)) else { return };
    siren.clone_into(&mut into.second_epci);
    let renumbered = |place: &usize| into.renumbered.iter().any(|one| one.site == *place);
    let firsts: Vec<(usize, &Brownfield)> =
        drawn(demo, Some(siren)).filter(|(place, _)| !renumbered(place)).collect();
    let mut records: Vec<SecondRecord> = Vec::new();
    let mut sources = firsts.into_iter();
    while records.len() < SAME_PARCELS + SAME_OUTLINE + OTHER_OUTLINE
        && let Some((place, site)) = sources.next()
    {
        let number = FIRST_SECOND + records.len() as u32;
        let mut friche = again(site, number, chance);
        let record = if records.len() < SAME_PARCELS {
            friche.parcel_ids.reverse();
            Some((true, "mêmes parcelles", 1.0))
        } else {
            let is_same = records.len() < SAME_PARCELS + SAME_OUTLINE;
            let wanted = if is_same { ABOVE } else { BELOW };
            friche.parcel_ids.clear();
            shifted(&site.extent, wanted).map(|(extent, overlap)| {
                friche.extent = extent;
                (is_same, "contour", overlap)
            })
        };
        if let Some((is_same, how, overlap)) = record {
            records.push(SecondRecord { of: Some(place), is_same, how, overlap, friche });
        }
    }
    let hosts = new_places(demo, siren);
    for (parcel, rank) in hosts.into_iter().take(NEW_SITES) {
        let Some(model) = demo.brownfields.first() else { break };
        let number = FIRST_SECOND + records.len() as u32;
        let middle = geo::Centroid::centroid(&parcel.polygon);
        let friche = Brownfield {
            commune: rank,
            name: format!(
                "Site recensé n° {number} de {} (fictif)",
                demo.communes[rank].figures.name
            ),
            kind: "friche industrielle",
            parcel_ids: vec![parcel.id.clone()],
            area_m2: parcel.polygon.unsigned_area(),
            buildings: 0,
            built_m2: 0.0,
            zone_type: None,
            zone_label: None,
            document: demo.communes[rank].document,
            activity: None,
            at: middle.map_or(parcel.polygon.exterior().0[0], Coord::from),
            extent: MultiPolygon::new(vec![parcel.polygon.clone()]),
            ..again(model, number, chance)
        };
        records.push(SecondRecord {
            of: None,
            is_same: false,
            how: "site nouveau",
            overlap: 0.0,
            friche,
        });
    }
    into.second = records;
}

/// A friche as another inventory would have it.
fn again(site: &Brownfield, number: u32, chance: &mut Chance) -> Brownfield {
    let soils = ["inconnu", "pollution peu probable", "pollution supposée"];
    Brownfield {
        number,
        name: format!("{} – fiche {number} (fictif)", site.name.trim_end_matches(" (fictif)")),
        source: 0,
        status: if chance.happens(0.8) { "friche sans projet" } else { "friche avec projet" },
        soil_pollution: soils[chance.index(soils.len())],
        ..site.clone()
    }
}

/// An outline moved east until it has about this share in common with where it was; `None` where it cannot be found.
fn shifted(extent: &MultiPolygon<f64>, wanted: f64) -> Option<(MultiPolygon<f64>, f64)> {
    let whole = extent.unsigned_area();
    let moved = |by: f64| {
        let mut moved = extent.translate(by, 0.0);
        geo::MapCoordsInPlace::map_coords_in_place(&mut moved, centimetre);
        let overlap = moved.intersection(extent).unsigned_area() / whole;
        (moved, overlap)
    };
    let (mut near, mut far) = (0.0, extent.bounding_rect()?.width());
    for _ in 0..30 {
        let middle = f64::midpoint(near, far);
        if moved(middle).1 > wanted { near = middle } else { far = middle }
    }
    Some(moved(near)).filter(|(_, overlap)| (overlap - wanted).abs() < 0.02)
}

/// Parcels of economic zones that no friche lists, one in a commune.
fn new_places<'a>(demo: &'a Demo, siren: &str) -> Vec<(&'a Parcel, usize)> {
    let communes = demo.communes.iter().enumerate();
    let of_epci = communes.filter(|(_, commune)| commune.figures.epci_siren == siren);
    let host = |(rank, commune): (usize, &'a super::records::DemoCommune)| {
        let is_listed =
            |id: &String| demo.brownfields.iter().any(|site| site.parcel_ids.contains(id));
        let is_host = |parcel: &&Parcel| {
            matches!(parcel.land_use, LandUse::Activity(_))
                && parcel.section != super::planted::SECTION
                && parcel.polygon.unsigned_area() > 2_000.0
                && !is_listed(&parcel.id)
        };
        commune.parcels.iter().rfind(is_host).map(|parcel| (parcel, rank))
    };
    of_epci.filter_map(host).collect()
}

fn visits(demo: &Demo, chance: &mut Chance, into: &mut Inventories) {
    let firsts: Vec<usize> = drawn(demo, None).map(|(place, _)| place).collect();
    let step = (firsts.len() / VISITS).max(1);
    let seconds = (0..into.second.len()).step_by(6).map(|place| demo.brownfields.len() + place);
    let sites = firsts.into_iter().step_by(step).take(VISITS).chain(seconds);
    for site in sites {
        let answers = FIELD_QUESTIONS
            .iter()
            .map(|(_, words)| match chance.unit() {
                u if u < 0.12 => "",
                u if u < 0.22 => "ne-sait-pas",
                _ => words[chance.index(words.len())],
            })
            .collect();
        let visited = format!("2026-{:02}-{:02}", 3 + chance.index(5), 1 + chance.index(28));
        into.visits.push(FieldVisit { site, answers, visited });
    }
}
