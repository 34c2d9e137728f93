//! The demonstration territory as a whole: sums, partition, identifiers, determinism, files.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use geo::Area;
use geo::BooleanOps;
use geo::BoundingRect;
use geo::Contains;
use geo::Intersects;
use geo::Validation;
use geo_types::Point;
use gisement::demo::Demo;
use gisement::demo::Lambert93;
use gisement::demo::LandUse;
use gisement::demo::PlanningDocument;
use gisement::demo::RoadClass;
use gisement::demo::Scale;
use gisement::demo::generate;
use gisement::io::config::Config;
use gisement::io::demo_files::write;
use gisement::io::load::load;

static DEMO: LazyLock<Demo> = LazyLock::new(|| generate(1, Scale::Standard).unwrap());

#[test]
fn the_territory_has_its_communes_and_more_than_100_000_parcels() {
    assert_eq!(DEMO.communes.len(), 298);
    assert_eq!(DEMO.epcis.len(), 11);
    let population: u32 = DEMO.communes.iter().map(|c| c.figures.population).sum();
    assert_eq!(population, 202_636);
    let parcels: usize = DEMO.communes.iter().map(|c| c.parcels.len()).sum();
    assert!((100_000..300_000).contains(&parcels), "{parcels}");
}

#[test]
fn communes_have_their_real_area_and_hold_their_real_centre() {
    let projection = Lambert93::new().unwrap();
    let (mut close, mut inside, mut whole, mut real) = (0, 0, 0.0, 0.0);
    for commune in &DEMO.communes {
        let area_km2 = commune.polygon.unsigned_area() / 1e6;
        let figures = &commune.figures;
        close += usize::from((area_km2 / figures.area_km2 - 1.0).abs() < 0.06);
        whole += area_km2;
        real += figures.area_km2;
        let centre = projection.to_plane(figures.lon_deg, figures.lat_deg).unwrap();
        inside += usize::from(commune.polygon.contains(&Point::from(centre)));
        assert!(commune.polygon.contains(&Point::from(commune.centre)), "{}", figures.name);
        assert!(commune.polygon.is_valid(), "{}", figures.name);
    }
    assert!(close >= 290, "{close} communes of 298 within 6 % of their area");
    assert!(inside >= 285, "{inside} real centres of 298 inside");
    assert!((whole / real - 1.0).abs() < 0.03, "{whole} km² for {real}");
}

#[test]
fn parcels_are_valid_and_identified_as_the_cadastre_does() {
    let mut ids = BTreeSet::new();
    for commune in DEMO.communes.iter().step_by(3) {
        for parcel in &commune.parcels {
            assert_eq!(parcel.id.len(), 14, "{}", parcel.id);
            assert!(parcel.id.starts_with(&commune.figures.insee));
            assert!(ids.insert(parcel.id.clone()), "{} twice", parcel.id);
            assert!(parcel.polygon.is_valid(), "{}", parcel.id);
            assert!(parcel.polygon.unsigned_area() > 1.0, "{}", parcel.id);
        }
    }
}

#[test]
fn parcels_of_a_commune_do_not_overlap_and_fill_it_but_for_roads_and_rivers() {
    for commune in DEMO.communes.iter().step_by(41) {
        let parcels = &commune.parcels;
        let sum: f64 = parcels.iter().map(|p| p.polygon.unsigned_area()).sum();
        let share = sum / commune.polygon.unsigned_area();
        assert!((0.9..0.995).contains(&share), "{}: {share}", commune.figures.name);
        let boxes: Vec<_> = parcels.iter().map(|p| p.polygon.bounding_rect().unwrap()).collect();
        let mut order: Vec<usize> = (0..parcels.len()).collect();
        order.sort_by(|a, b| boxes[*a].min().x.total_cmp(&boxes[*b].min().x));
        for (rank, &a) in order.iter().enumerate() {
            for &b in order[rank + 1..].iter().take_while(|b| boxes[**b].min().x < boxes[a].max().x)
            {
                if boxes[a].intersects(&boxes[b])
                    && parcels[a].polygon.intersects(&parcels[b].polygon)
                {
                    let common =
                        parcels[a].polygon.intersection(&parcels[b].polygon).unsigned_area();
                    assert!(common < 0.05, "{} and {}: {common} m²", parcels[a].id, parcels[b].id);
                }
            }
        }
    }
}

#[test]
fn zones_cover_the_commune_or_there_is_no_document() {
    let mut without = 0;
    for commune in &DEMO.communes {
        let zoned: f64 = commune.zones.iter().map(|zone| zone.polygon.unsigned_area()).sum();
        if commune.document == PlanningDocument::None {
            assert!(commune.zones.is_empty());
            without += 1;
        } else {
            let share = zoned / commune.polygon.unsigned_area();
            assert!((share - 1.0).abs() < 0.002, "{}: {share}", commune.figures.name);
        }
    }
    assert!((5..80).contains(&without), "{without} communes without a document");
}

/// Written, read again and audited: no document overlaps itself or another, none leaves a gap over 1 m².
#[test]
fn planning_documents_are_partitions() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &DEMO).unwrap();
    let text = "[territory]\nsynthetic = true\n[layers.communes]\npath = \"communes/communes.geojson\"\n\
        [layers.zoning]\npath = [\"plu/**/*_ZONE_URBA_*.shp\", \"plu/**/zone_urba.gpkg\"]\n";
    let config =
        Config::from_toml(text, folder.path(), &folder.path().join("gisement.toml")).unwrap();
    let territory = load(&config).unwrap();
    let zoning = territory.zoning.as_ref().unwrap();
    assert!(zoning.entities.len() > 4_000, "{}", zoning.entities.len());
    let told: Vec<_> = territory.problems.iter().filter(|p| p.layer == "zoning").collect();
    assert!(told.is_empty(), "{} problems, first {:?}", told.len(), told[0]);
    let audit = territory.zoning_audit.as_ref().unwrap();
    for document in &audit.documents {
        let gaps = document.gaps.as_ref();
        assert_eq!(gaps.map(|gaps| gaps.count), Some(0), "{}", document.document);
    }
    for commune in &audit.communes {
        let gaps = commune.gaps.as_ref();
        assert_eq!(gaps.map(|gaps| gaps.count), Some(0), "{}", commune.insee);
    }
}

/// Parcels as written: the truth that the generator works out on paper must be that of its own geometry, and plots are
/// apart.
#[test]
fn planted_terrains_are_what_the_drawing_says() {
    let planted = &DEMO.economy.planted;
    assert!(planted.len() >= 30, "{}", planted.len());
    let stories: BTreeSet<&str> = planted.iter().map(|terrain| terrain.story.as_str()).collect();
    assert_eq!(stories.len(), planted.len());
    let parcels: BTreeMap<&str, &geo_types::Polygon<f64>> = DEMO
        .communes
        .iter()
        .flat_map(|commune| &commune.parcels)
        .map(|parcel| (parcel.id.as_str(), &parcel.polygon))
        .collect();
    for availability in
        ["libre", "sous-densifié", "bâti", "friche", "en projet", "non aménageable", "inconnu"]
    {
        assert!(planted.iter().any(|one| one.availability == availability), "{availability}");
    }
    // Cut by a constraint: the terrain is a part of its parcels.
    let cut =
        ["ligne-rouge", "emplacement-reserve-sud", "emplacement-reserve-nord", "aus-contre-auc"];
    for terrain in planted {
        let area_m2: f64 =
            terrain.parcels.iter().map(|id| parcels[id.as_str()].unsigned_area()).sum();
        if cut.contains(&terrain.story.as_str()) {
            assert!(terrain.gross_m2 < area_m2, "{}", terrain.story);
        } else {
            assert!((terrain.gross_m2 - area_m2).abs() < 0.01, "{}: {area_m2}", terrain.story);
        }
        let net_m2 = terrain.net_m2.unwrap_or(0.0);
        assert!(net_m2 <= terrain.gross_m2, "{}", terrain.story);
    }
    let across = planted.iter().find(|terrain| terrain.story == "deux-communes").unwrap();
    assert_ne!(across.parcels[0][..5], across.parcels[1][..5]);
    let (one, two) = (parcels[across.parcels[0].as_str()], parcels[across.parcels[1].as_str()]);
    let shared = one.exterior().0[..4].iter().filter(|at| two.exterior().0.contains(at)).count();
    assert_eq!(shared, 2, "the two parcels share an edge");
    // Nothing but its own parcels lies on a planted terrain.
    for commune in &DEMO.communes {
        let (ours, others): (Vec<_>, Vec<_>) =
            commune.parcels.iter().partition(|parcel| parcel.section == "YA");
        for planted in ours {
            for other in others.iter().filter(|other| other.polygon.intersects(&planted.polygon)) {
                let common = other.polygon.intersection(&planted.polygon).unsigned_area();
                // Along an oblique edge of 60 m, a corner on the grid of a centimetre takes or leaves this much.
                let rounding_m2 = if across.parcels.contains(&planted.id) { 0.25 } else { 0.01 };
                assert!(common < rounding_m2, "{} and {}: {common} m²", planted.id, other.id);
            }
        }
    }
}

/// The firms of the demonstration that are sole traders carry a made-up name, which must not come in.
#[test]
fn sole_traders_of_the_demonstration_are_not_named() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &DEMO).unwrap();
    let file = fs::read_to_string(folder.path().join("sites/etablissements-sirene.csv")).unwrap();
    assert!(file.matches("Nom Fictif").count() > 20);
    let text = "[territory]\nsynthetic = true\n[layers.communes]\npath = \"communes/communes.geojson\"\n\
        [layers.establishments]\npath = \"sites/etablissements-sirene.csv\"\n";
    let config =
        Config::from_toml(text, folder.path(), &folder.path().join("gisement.toml")).unwrap();
    let territory = load(&config).unwrap();
    let establishments = &territory.objects["establishments"].entities;
    assert_eq!(establishments.len(), DEMO.economy.establishments.len());
    let everything = format!("{establishments:?}{:?}", territory.problems);
    assert!(!everything.contains("Nom Fictif"));
    assert!(everything.contains("Entreprise fictive 1"));
}

type Node = (i64, i64);
type Parents = BTreeMap<Node, Node>;

fn key(at: &geo_types::Coord<f64>) -> Node {
    ((at.x * 100.0).round() as i64, (at.y * 100.0).round() as i64)
}

fn root(parent: &mut Parents, mut at: Node) -> Node {
    while let Some(up) = parent.get(&at).copied().filter(|up| *up != at) {
        at = up;
    }
    parent.insert(at, at);
    at
}

#[test]
fn every_centre_is_on_one_road_network() {
    let mut parent = Parents::new();
    for road in &DEMO.roads {
        let (a, b) = (key(&road.line.0[0]), key(&road.line.0[road.line.0.len() - 1]));
        let (a, b) = (root(&mut parent, a), root(&mut parent, b));
        parent.insert(a, b);
    }
    let networks: BTreeSet<_> =
        DEMO.communes.iter().map(|commune| root(&mut parent, key(&commune.centre))).collect();
    assert_eq!(networks.len(), 1);
    let motorway = DEMO.roads.iter().find(|road| road.class == RoadClass::Motorway).unwrap();
    assert_eq!(motorway.number, "A62");
    let on_motorway = root(&mut parent, key(&motorway.line.0[0]));
    assert!(networks.contains(&on_motorway), "no junction leads to the motorway");
}

#[test]
fn brownfields_stand_on_known_parcels_and_name_nobody() {
    assert!((90..160).contains(&DEMO.brownfields.len()), "{}", DEMO.brownfields.len());
    let mut of_old = 0;
    for site in &DEMO.brownfields {
        let commune = &DEMO.communes[site.commune];
        for id in &site.parcel_ids {
            // Some inventories still list a parcel that the cadastre no longer has.
            let is_of_old = id[10..].parse::<u32>().unwrap() >= 9_100;
            of_old += usize::from(is_of_old);
            let exists = commune.parcels.iter().any(|parcel| parcel.id == *id);
            assert_eq!(exists, !is_of_old, "{id}");
        }
        assert!(site.name.ends_with("(fictif)"));
        assert!(site.owner.is_none_or(|owner| owner.contains("FICTI")));
    }
    assert!((3..30).contains(&of_old), "{of_old}");
    assert!(DEMO.stations.len() == 12 && DEMO.sites.len() > 50);
    let in_zones = |p: &gisement::demo::Parcel| matches!(p.land_use, LandUse::Activity(_));
    assert!(DEMO.communes.iter().flat_map(|c| &c.parcels).filter(|p| in_zones(p)).count() > 800);
}

#[test]
fn another_number_of_threads_gives_the_same_territory() {
    let alone = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    let again = alone.install(|| generate(1, Scale::Standard).unwrap());
    assert!(again == *DEMO);
}

#[test]
fn files_are_the_same_twice_and_all_there() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let layers = write(one.path(), &DEMO).unwrap();
    write(two.path(), &DEMO).unwrap();
    for layer in &layers {
        for pattern in &layer.paths {
            let found = glob::glob(one.path().join(pattern).to_str().unwrap()).unwrap().count();
            assert!(found > 0, "{}: nothing at {pattern}", layer.key);
        }
    }
    let (files, same) = compare(one.path(), two.path());
    assert!(files > 700, "{files}");
    assert_eq!(files, same);
}

fn compare(one: &Path, two: &Path) -> (usize, usize) {
    let (mut files, mut same) = (0, 0);
    for entry in fs::read_dir(one).unwrap() {
        let path = entry.unwrap().path();
        let other = two.join(path.file_name().unwrap());
        if path.is_dir() {
            let (f, s) = compare(&path, &other);
            files += f;
            same += s;
        } else {
            files += 1;
            same += usize::from(fs::read(&path).unwrap() == fs::read(&other).unwrap());
        }
    }
    (files, same)
}

/// Friches: what surrounds them, who lists them twice, what is planted to be found.
#[path = "demo/friches.rs"]
mod friches;

#[path = "demo/housing.rs"]
mod housing;
