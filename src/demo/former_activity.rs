//! Dangerous activities that work and that are over; and the parcels on which their signs are planted, so that potential
//! friches can be found again: `verite/friches-potentielles.csv`, which nothing else reads.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use geo::Area;
use geo::Centroid;
use geo::Contains;
use geo::Intersects;
use geo_types::Coord;
use geo_types::Point;

use super::chance::Chance;
use super::chance::Purpose;
use super::commune_layout::LandUse;
use super::planted;
use super::records::Demo;
use super::records::Parcel;
use super::services::around;
use super::surroundings::FormerSite;
use super::surroundings::Installation;
use super::surroundings::PotentialFriche;
use super::surroundings::Surroundings;

/// Built area from which no establishment is a sign, m².
const LARGE_M2: f64 = 1_500.0;
/// How far from the threshold planted buildings keep, m².
const CLEAR_M2: f64 = 100.0;

const ICPE: &str = "icpe-fermee";
const CASIAS: &str = "casias-terminee";
const VACANT: &str = "terrain-vacant";
const EMPTY: &str = "bati-sans-etablissement";

/// What is to be planted on a parcel.
struct Story {
    name: &'static str,
    signs: &'static [&'static str],
    is_one: bool,
    /// Built area at and above the threshold, or well below it.
    large: bool,
    /// What becomes of the establishments: none is left, or one works.
    works: bool,
}

const fn found(name: &'static str, signs: &'static [&'static str], large: bool) -> Story {
    Story { name, signs, is_one: true, large, works: false }
}

const fn passed_over(name: &'static str, large: bool, works: bool) -> Story {
    Story { name, signs: &[], is_one: false, large, works }
}

const STORIES: [Story; 20] = [
    found("icpe-1", &[ICPE], false),
    found("icpe-2", &[ICPE], false),
    found("icpe-3", &[ICPE], false),
    found("casias-1", &[CASIAS], false),
    found("casias-2", &[CASIAS], false),
    found("casias-3", &[CASIAS], false),
    found("vacant-1", &[VACANT], false),
    found("vacant-2", &[VACANT], false),
    found("vide-1", &[EMPTY], true),
    found("vide-2", &[EMPTY], true),
    found("vide-3", &[EMPTY], true),
    found("icpe-et-vide", &[ICPE, EMPTY], true),
    found("casias-et-vacant", &[CASIAS, VACANT], false),
    passed_over("leurre-etablissement-1", true, true),
    passed_over("leurre-etablissement-2", true, true),
    passed_over("leurre-icpe-active-1", true, true),
    passed_over("leurre-icpe-active-2", false, true),
    passed_over("leurre-petit-1", false, false),
    passed_over("leurre-petit-2", false, false),
    passed_over("leurre-casias-active", false, true),
];
/// Friches of an inventory that show a sign: listed ones are no potential ones.
const LISTED: usize = 2;

/// A parcel that a story can be planted on.
struct Candidate {
    commune: usize,
    parcel: String,
    built_m2: f64,
    at: Coord<f64>,
    /// Places among the establishments.
    firms: Vec<usize>,
    /// Place of the only land of the inventory that lists it.
    land: Option<usize>,
}

/// Draws activities over the territory, then plants the stories.
pub(super) fn draw(demo: &mut Demo, into: &mut Surroundings) {
    let mut chance = Chance::new(demo.seed, 0, Purpose::FormerActivity);
    everywhere(demo, &mut chance, into);
    let mut candidates = candidates(demo);
    let mut gone = BTreeSet::new();
    for story in &STORIES {
        let needs_land = story.signs.contains(&VACANT);
        let fits = |one: &Candidate| {
            let size = if story.large {
                one.built_m2 >= LARGE_M2 + CLEAR_M2
            } else {
                one.built_m2 <= LARGE_M2 - CLEAR_M2
            };
            // What the inventory says of land could itself be a sign.
            size && one.land.is_some() == needs_land && one.firms.is_empty() != story.works
        };
        let anyhow = |one: &Candidate| {
            let size = (one.built_m2 - LARGE_M2).abs() >= CLEAR_M2
                && (one.built_m2 > LARGE_M2) == story.large;
            size && one.land.is_some() == needs_land && (!story.works || !one.firms.is_empty())
        };
        let place = candidates.iter().position(fits).or_else(|| candidates.iter().position(anyhow));
        let Some(place) = place else { continue };
        let chosen = candidates.remove(place);
        // One in a commune, so that stories stay apart.
        candidates.retain(|other| other.commune != chosen.commune);
        if !story.works {
            // The installation of a firm goes with it.
            let firms = chosen.firms.iter().map(|firm| demo.economy.establishments[*firm].at);
            let places: Vec<Coord<f64>> = firms.collect();
            into.installations.retain(|one| !places.contains(&one.at));
        }
        plant(demo, story, &chosen, into);
        if !story.works {
            gone.extend(chosen.firms);
        }
    }
    // Where nobody is left, the firms that were drawn there go; the others keep their number.
    let mut place = 0;
    demo.economy.establishments.retain(|_| {
        place += 1;
        !gone.contains(&(place - 1))
    });
    listed(demo, into);
}

/// Installations that work where firms do, former ones in towns and on friches; none of them on land of an economic zone
/// where it could be taken for a sign.
fn everywhere(demo: &Demo, chance: &mut Chance, into: &mut Surroundings) {
    for (rank, firm) in demo.economy.establishments.iter().enumerate() {
        let is_industrial = ["25.62B", "10.71A", "16.23Z", "28.30Z"].contains(&firm.activity);
        if firm.active && is_industrial && chance.happens(0.12) {
            into.installations.push(Installation {
                code: format!("{:010}", 9_990_000_000_u64 + rank as u64),
                commune: firm.commune,
                regime: if chance.happens(0.3) { "Autorisation" } else { "Enregistrement" },
                state: "En exploitation avec titre",
                at: firm.at,
            });
        }
    }
    for (rank, commune) in demo.communes.iter().enumerate() {
        let is_town =
            |parcel: &&Parcel| matches!(parcel.land_use, LandUse::OldTown | LandUse::Town);
        let towns: Vec<&Parcel> = commune.parcels.iter().filter(is_town).collect();
        let count =
            (f64::from(commune.figures.population) / 1_400.0 + chance.unit()).floor() as usize;
        for number in 0..count {
            let Some(parcel) = chance.pick(&towns) else { continue };
            let Some(at) = parcel.polygon.centroid() else { continue };
            let states = [
                "Activité terminée",
                "Activité terminée",
                "En arrêt",
                "En activité",
                "Indéterminé",
            ];
            into.former_sites.push(FormerSite {
                code: format!("FIC{}{rank:03}{number:03}", commune.figures.department),
                commune: rank,
                state: states[chance.index(states.len())],
                at: at.into(),
            });
        }
    }
    let quarries = demo.communes.iter().enumerate().step_by(23);
    for (rank, commune) in quarries {
        into.installations.push(Installation {
            code: format!("{:010}", 9_991_000_000_u64 + rank as u64),
            commune: rank,
            regime: "Autorisation",
            state: "En fin d'exploitation",
            at: far_field(commune, chance),
        });
    }
}

/// A place in the fields, away from every economic zone.
fn far_field(commune: &super::records::DemoCommune, chance: &mut Chance) -> Coord<f64> {
    let fields: Vec<&Parcel> =
        commune.parcels.iter().filter(|parcel| parcel.land_use == LandUse::Farmland).collect();
    let place = chance.pick(&fields).and_then(|field| field.polygon.centroid());
    place.map_or_else(|| around(commune.centre, 50.0, chance), Coord::from)
}

/// Built parcels of economic zones that have an owner of their own, no friche, no planted story and at most one land.
fn candidates(demo: &Demo) -> Vec<Candidate> {
    let mut per_account: BTreeMap<&str, usize> = BTreeMap::new();
    for owner in &demo.economy.owners {
        *per_account.entry(owner.account.as_str()).or_default() += 1;
    }
    let alone: BTreeSet<&str> = demo
        .economy
        .owners
        .iter()
        .filter(|owner| per_account.get(owner.account.as_str()) == Some(&1))
        .map(|owner| owner.parcel.as_str())
        .collect();
    let mut firms_of = vec![Vec::new(); demo.communes.len()];
    for (place, firm) in demo.economy.establishments.iter().enumerate() {
        firms_of[firm.commune].push(place);
    }
    let mut found = Vec::new();
    for (rank, commune) in demo.communes.iter().enumerate() {
        let friches = || {
            let second = demo.inventories.second.iter().map(|record| &record.friche);
            demo.brownfields.iter().chain(second).filter(move |friche| friche.commune == rank)
        };
        let is_host = |parcel: &&Parcel| {
            matches!(parcel.land_use, LandUse::Activity(_))
                && parcel.section != planted::SECTION
                && alone.contains(parcel.id.as_str())
                && !friches().any(|friche| friche.parcel_ids.contains(&parcel.id))
                && !friches()
                    .flat_map(|friche| &friche.extent.0)
                    .any(|of| of.intersects(&parcel.polygon))
        };
        for parcel in commune.parcels.iter().filter(is_host) {
            let built: Vec<(Point<f64>, f64)> = commune
                .buildings
                .iter()
                .filter_map(|building| {
                    let middle = building.polygon.centroid()?;
                    let on_it = parcel.polygon.contains(&middle);
                    on_it.then(|| (middle, building.polygon.unsigned_area()))
                })
                .collect();
            let Some((at, _)) = built.first() else { continue };
            let firms = firms_of[rank]
                .iter()
                .copied()
                .filter(|n| {
                    let at = demo.economy.establishments[*n].at;
                    parcel.polygon.contains(&Point::from(at))
                })
                .collect();
            let lands = demo.economy.lands.iter().enumerate();
            let of_land: Vec<usize> = lands
                .filter(|(_, land)| land.commune == rank && land.parcels.contains(&parcel.id))
                .map(|(place, _)| place)
                .collect();
            if of_land.len() < 2 {
                found.push(Candidate {
                    commune: rank,
                    parcel: parcel.id.clone(),
                    built_m2: built.iter().map(|(_, area_m2)| area_m2).sum(),
                    at: (*at).into(),
                    firms,
                    land: of_land.first().copied(),
                });
            }
        }
    }
    found
}

fn plant(demo: &mut Demo, story: &Story, on: &Candidate, into: &mut Surroundings) {
    let firms = &mut demo.economy.establishments;
    if story.works {
        for place in &on.firms {
            firms[*place].active = true;
        }
    }
    let number = into.potential.len() as u64;
    let icpe = |state| Installation {
        code: format!("{:010}", 9_992_000_000_u64 + number),
        commune: on.commune,
        regime: "Enregistrement",
        state,
        at: on.at,
    };
    let casias = |state| FormerSite {
        code: format!("FICP{number:08}"),
        commune: on.commune,
        state,
        at: on.at,
    };
    if story.signs.contains(&ICPE) {
        into.installations.push(icpe("En fin d'exploitation"));
    } else if story.name.starts_with("leurre-icpe-active") {
        into.installations.push(icpe("En exploitation avec titre"));
    }
    if story.signs.contains(&CASIAS) {
        into.former_sites.push(casias("Activité terminée"));
    } else if story.name == "leurre-casias-active" {
        into.former_sites.push(casias("En activité"));
    }
    if let Some(land) = on.land.and_then(|place| demo.economy.lands.get_mut(place)) {
        land.sale = "vendu, commercialisation achevée";
        land.occupation = if story.signs.contains(&VACANT) { "vacant" } else { "occupé" };
    }
    into.potential.push(PotentialFriche {
        story: story.name,
        parcel: on.parcel.clone(),
        is_one: story.is_one,
        signs: story.signs.to_vec(),
    });
}

/// Friches of the inventories in economic zones, with a closed installation on them.
fn listed(demo: &Demo, into: &mut Surroundings) {
    let listed = demo.brownfields.iter().filter(|friche| !friche.is_planted());
    let in_zones = listed.filter_map(|friche| {
        let commune = &demo.communes[friche.commune];
        let first = friche.parcel_ids.first()?;
        let parcel = commune.parcels.iter().find(|parcel| parcel.id == *first)?;
        matches!(parcel.land_use, LandUse::Activity(_)).then_some((friche, parcel))
    });
    for (friche, parcel) in in_zones.take(LISTED) {
        let Some(at) = parcel.polygon.centroid() else { continue };
        let number = into.potential.len() as u64;
        into.installations.push(Installation {
            code: format!("{:010}", 9_992_000_000_u64 + number),
            commune: friche.commune,
            regime: "Autorisation",
            state: "En fin d'exploitation",
            at: at.into(),
        });
        into.potential.push(PotentialFriche {
            story: "leurre-deja-recensee",
            parcel: parcel.id.clone(),
            is_one: false,
            signs: vec![ICPE],
        });
    }
}
