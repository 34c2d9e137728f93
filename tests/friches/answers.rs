//! Properties of the answers: a layer speaks for its own criteria alone; threads do not show; words without points.

use gisement::domain::Entity;
use gisement::domain::Value;
use gisement::evaluation::EvaluationError;
use gisement::evaluation::published_profile;
use gisement::friche;
use gisement::friche::enrichment::Origin;
use gisement::friche::mutability::Answer;
use gisement::friche::mutability::Answers;
use gisement::friche::mutability::CriterionKey;
use gisement::friche::mutability::PUBLISHED_GRIDS;
use gisement::friche::mutability::assess;
use gisement::friche::mutability::published_grid;

use super::drawn::Drawing;
use super::drawn::SITE;
use super::drawn::area;
use super::drawn::east;
use super::drawn::found;
use super::drawn::idu;

/// A site that every layer says something about.
fn everything() -> Drawing {
    let hazards: Vec<String> = [
        "PPRI",
        "SIS",
        "ICPE",
        "Argile fort",
        "Cavité",
        "Zone humide",
        "AC1",
        "Natura 2000",
        "SRCE réservoir",
    ]
    .map(|word| area(&SITE, &format!("\"classe\":\"{word}\"")))
    .to_vec();
    Drawing::of_site(",\"urba_zone_type\":\"N\",\"bati_surface\":\"450\",\"urba_zaer\":\"oui\",\"proprio_personne\":\"personne physique\"")
        .layer("buildings", "covers = \"territory\"", &[area(&SITE, "\"commune\":\"82112\",\"type\":\"01\"")])
        .layer("zoning", "covers = \"territory\"", &[area(&SITE, "\"LIBELLE\":\"UX\",\"TYPEZONE\":\"U\",\"LIBELONG\":\"\",\"IDURBA\":\"82112_PLU_20200101\"")])
        .layer("hazards", "class = \"classe\"\ncovers = \"territory\"", &hazards)
        .layer("town_halls", "", &[east(10., "\"insee\":\"82112\"")])
        .layer("transport_stops", "", &[east(20., "\"stop_id\":\"1\"")])
        .layer("stations", "", &[east(30., "\"code_uic\":\"1\",\"fret\":\"N\",\"voyageurs\":\"O\"")])
        .layer("amenities", "", &[east(40., "\"kind\":\"B104\"")])
        .layer("substations", "", &[east(50., "\"type\":\"HTA\"")])
        .layer("rail_sidings", "", &[east(60., "\"etat\":\"bon état\"")])
        .layer("heat_networks", "", &[east(70., "\"a\":1")])
        .layer("priority_districts", "", &[area(&SITE, "\"code_qp\":\"QN1\",\"lib_qp\":\"x\"")])
        .layer("grid_constraints", "", &[area(&SITE, "\"id\":\"1\",\"statut\":\"SATUREE\"")])
        .layer("renewable_zones", "", &[area(&SITE, "\"filiere\":\"EOLIEN\",\"detail_filiere1\":\"\",\"zonage\":\"\"")])
        .layer("sites", "", &[area(&SITE, "\"site_id\":\"1\",\"site_type\":\"zone d'activité économique\",\"site_etat\":\"existant et actif\"")])
        .text("vacancy", "", "lovac.csv", "CODGEO_25;pp_total_25;pp_vacant_25;pp_vacant_plus_2ans_25\n82112;830;67;3\n")
        .text("housing_zones", "", "abc.csv", "CODGEO;zone_abc\n82112;B2\n")
        .text("owners", "", "owners.csv", &format!("idu;catpro3\n{};P5a\n", idu(1)))
}

#[test]
fn a_layer_that_is_taken_away_takes_its_own_answers_and_no_others() {
    let all = everything();
    let before = all.found();
    let n_known = before.values().filter(|text| !text.starts_with('?')).count();
    // All but the motorway, and what a person is asked: water, state, pollution, value, landscape, access road, species.
    assert_eq!(n_known, 32 - 8, "{before:#?}");
    for key in all.keys() {
        if ["communes", "parcels", "friches"].contains(&key) {
            continue;
        }
        let after = all.without(key).found();
        let mut changed = 0;
        for (criterion, was) in &before {
            if !was.ends_with(&format!("< {key}")) {
                assert_eq!(after[criterion], *was, "{criterion} without {key}");
                continue;
            }
            changed += 1;
            assert_ne!(after[criterion], *was, "{criterion} without {key}");
        }
        assert!(changed > 0 || key == "stations", "{key} answers nothing");
    }
}

#[test]
fn the_number_of_threads_does_not_show() {
    let grid = published_grid("v1.19").unwrap();
    let told = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| {
            let mut territory = everything().territory();
            friche::prepare(&mut territory, &grid);
            (found(&territory), format!("{:?}", territory.friches.unwrap().entities))
        })
    };
    assert_eq!(told(1), told(4));
}

#[test]
fn what_is_prepared_is_what_was_found_and_distances_are_metres() {
    let grid = published_grid("v1.19").unwrap();
    let mut territory = everything().territory();
    friche::prepare(&mut territory, &grid);
    let site = &territory.friches.as_ref().unwrap().entities[0];
    let number = |name: &str| match site.attribute(&format!("answer_{name}")) {
        Value::Number(number) => number,
        other => panic!("{name}: {other:?}"),
    };
    assert_eq!(number("distanceTransportCommun"), 20.0);
    assert_eq!(number("distanceRaccordementElectrique"), 50.0);
    assert_eq!(number("tauxLogementsVacants"), 8.1);
    assert_eq!(number("surfaceSite"), 10_000.0);
    // Derived from 10 000 m² of buildings.
    assert_eq!(site.attribute("answer_raccordementEau"), Value::text("oui"));
    let suitability = site.suitability.as_ref().unwrap();
    assert_eq!(&*suitability.answers["raccordementEau"].origin, "derived");
    let told = friche::of_site(&territory, site, &grid).found;
    let water = told.iter().find(|one| one.criterion == CriterionKey::RaccordementEau).unwrap();
    assert_eq!(water.answer, Ok((Answer::Word("oui"), Origin::Derived)));
    // What is told of one site is what is kept on it.
    let n_told =
        told.iter().filter(|one| matches!(&one.answer, Ok((answer, _)) if answer.is_known()));
    assert_eq!(n_told.count(), suitability.answers.len());
    for suited in &suitability.uses {
        let index = suited.index;
        assert!(index.low <= index.value && index.value <= index.high, "{suited:?}");
        assert!((0.0..=1.0).contains(&index.known), "{suited:?}");
    }
}

#[test]
fn a_profile_that_asks_for_answers_names_its_method() {
    let territory = everything().territory();
    let mut profile = published_profile(friche::DEFAULT_PROFILE).unwrap();
    profile.mutability = None;
    let refused = friche::rank(&territory, &profile).unwrap_err();
    assert!(matches!(refused, EvaluationError::NoMethod { .. }), "{refused}");
}

#[test]
fn words_of_the_published_enrichment_without_points_are_known_and_move_no_index() {
    for (criterion, word) in [
        (CriterionKey::ZonageEnvironnemental, "parc-naturel-regional"),
        (CriterionKey::ZonageEnvironnemental, "parc-naturel-national"),
        (CriterionKey::ZonagePatrimonial, "monument-historique"),
        (CriterionKey::ZonagePatrimonial, "zppaup"),
        (CriterionKey::ZonagePatrimonial, "avap"),
        (CriterionKey::ZonagePatrimonial, "spr"),
    ] {
        let text = format!("{{\"surfaceSite\": 12000, \"{criterion}\": \"{word}\"}}");
        let with = Answers::from_json(&text).unwrap();
        let without = Answers::from_json("{\"surfaceSite\": 12000}").unwrap();
        assert_eq!(with.get(criterion), Answer::Word(word));
        for (id, _) in PUBLISHED_GRIDS {
            let grid = published_grid(id).unwrap();
            let (with, without) = (assess(&grid, &with), assess(&grid, &without));
            for (one, other) in with.uses.iter().zip(&without.uses) {
                assert_eq!((one.usage, one.index), (other.usage, other.index), "{id} {word}");
            }
            let more = with.reliability.known.get() - without.reliability.known.get();
            assert_eq!(more, grid.rule(criterion).unwrap().weight().get(), "{id} {word}");
        }
    }
}
