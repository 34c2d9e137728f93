//! Which sites to visit first: every swing against a ranking made anew with the answer written into the site.

use std::collections::BTreeMap;

use gisement::domain::FieldVisit;
use gisement::domain::Layer;
use gisement::domain::Territory;
use gisement::evaluation;
use gisement::evaluation::Method;
use gisement::evaluation::Profile;
use gisement::evaluation::Ranking;
use gisement::evaluation::Verdict;
use gisement::evaluation::published_profile;
use gisement::friche;
use gisement::friche::mutability::Answer;
use gisement::friche::mutability::CriterionKey;
use gisement::friche::mutability::Grid;
use gisement::friche::mutability::Use;
use gisement::friche::visits::ANSWERED_BY_VISIT;
use gisement::friche::visits::Visit;
use gisement::friche::visits::visits;

use super::drawn::Drawing;
use super::drawn::area;
use super::drawn::box_shape;
use super::drawn::friche;

const STATUTS: [&str; 3] = ["friche sans projet", "friche avec projet", "friche potentielle"];
const SOURCES: [&str; 3] =
    ["Région Occitanie", "Site Basias ou Basol non vérifié", "Friche étude Ademe 2021"];

/// Twelve sites of different size, status, source and knowledge; the seventh is in use again, the twelfth is all known.
fn twelve() -> Drawing {
    let site = |at: u32| {
        let (x, side) = (f64::from(at) * 600.0 - 7_000.0, 60.0 + 20.0 * f64::from(at * at % 7));
        let statut = if at == 6 { "friche reconvertie" } else { STATUTS[at as usize % 3] };
        let mut more = format!(
            "\"l_idtup\":\"{{}}\",\"site_statut\":\"{statut}\",\"nom_prodcartofriches\":\"{}\"",
            SOURCES[at as usize / 4]
        );
        if at.is_multiple_of(4) {
            more.push_str(",\"sol_pollution_existe\":\"pollution traitée\"");
        }
        if at % 5 == 1 {
            more.push_str(",\"bati_surface\":\"800\",\"bati_etat\":\"dégradation moyenne\"");
        }
        friche(&format!("S-{at:02}"), &box_shape(&[x, 0.0, x + side, side]), &more)
    };
    let sites: Vec<String> = (0..12).map(site).collect();
    let plan = [
        area(
            &[-8e3, -8e3, -3_000.0, 8e3],
            "\"LIBELLE\":\"UX\",\"TYPEZONE\":\"U\",\"LIBELONG\":\"\",\"IDURBA\":\"82112_PLU_20200101\"",
        ),
        area(
            &[-3_000.0, -8e3, 400.0, 8e3],
            "\"LIBELLE\":\"A\",\"TYPEZONE\":\"A\",\"LIBELONG\":\"\",\"IDURBA\":\"82112_PLU_20200101\"",
        ),
    ];
    let mut all = "site_id".to_owned();
    let mut known = "S-11".to_owned();
    for key in ANSWERED_BY_VISIT {
        all.push_str(&format!(";{key}"));
        known.push_str(&format!(";{}", written(grid().values_of(key)[0])));
    }
    Drawing::new()
        .layer("friches", "", &sites)
        .layer("zoning", "covers = \"territory\"", &plan)
        .text("field_visits", "", "visites.csv", &format!("{all}\n{known}\n"))
}

/// An answer as a user writes it.
fn written(answer: Answer) -> String {
    match answer {
        Answer::Word(word) => word.to_owned(),
        Answer::Flag(yes) => if yes { "oui" } else { "non" }.to_owned(),
        Answer::Number(number) => number.to_string(),
        Answer::NoneFound | Answer::Unknown => panic!("not tried"),
    }
}

fn grid() -> Grid {
    friche::grid_of(&profile()).unwrap().unwrap()
}

fn profile() -> Profile {
    published_profile(friche::DEFAULT_PROFILE).unwrap()
}

fn profiles() -> [Profile; 4] {
    let label = profile().criteria[0].label.clone();
    let promethee = Profile { method: Method::Promethee2, ..profile() };
    let topsis = Profile { method: Method::Topsis, ..profile() };
    [profile(), friche::for_use(&profile(), Use::Residentiel, &label), promethee, topsis]
}

fn prepared() -> Territory {
    let mut territory = twelve().territory();
    friche::prepare(&mut territory, &grid());
    territory
}

/// The ranking after a visit that answers this.
fn after(
    territory: &mut Territory,
    profile: &Profile,
    unit: usize,
    said: &[(CriterionKey, Answer)],
) -> Ranking {
    let layer = territory.friches.take().unwrap();
    let as_it_was = layer.entities.clone();
    let put =
        |territory: &mut Territory, sites: Vec<gisement::domain::Friche>, layer: &Layer<_>| {
            territory.friches =
                Some(Layer::new(sites, layer.provenance.clone(), layer.coverage.clone()));
        };
    let mut sites = as_it_was.clone();
    let mut visit = FieldVisit::default();
    for (key, answer) in said {
        visit.answers.insert(key.as_str().into(), written(*answer).into());
    }
    if let Some(known) = sites[unit].visit.take() {
        visit.complete(known);
    }
    sites[unit].visit = Some(visit);
    put(territory, sites, &layer);
    friche::prepare(territory, &grid());
    let ranking = evaluation::rank(territory, profile).unwrap();
    put(territory, as_it_was, &layer);
    ranking
}

/// Place from 1 and score of a site.
fn place(ranking: &Ranking, id: &str) -> (usize, f64) {
    let at = ranking.rows.iter().position(|row| row.id == id).unwrap();
    (at + 1, ranking.rows[at].score.unwrap_or(0.0))
}

#[test]
fn every_swing_is_what_a_ranking_made_anew_says() {
    for profile in profiles() {
        let mut territory = prepared();
        let ranking = friche::rank(&territory, &profile).unwrap();
        let found = visits(&territory, &ranking, &grid(), usize::MAX);
        assert!(found.len() >= 9, "{}", found.len());
        let mut n_moved = 0;
        for visit in &found {
            let row = ranking.rows[visit.row].clone();
            for swing in &visit.swings {
                let places: Vec<(usize, f64)> = grid()
                    .values_of(swing.criterion)
                    .into_iter()
                    .map(|answer| {
                        let said = [(swing.criterion, answer)];
                        place(&after(&mut territory, &profile, row.unit, &said), &row.id)
                    })
                    .collect();
                let best = places.iter().map(|place| place.0).min().unwrap();
                let worst = places.iter().map(|place| place.0).max().unwrap();
                let scores = |at: usize| places.iter().filter(move |p| p.0 == at).map(|p| p.1);
                let what = format!("{:?} {} {}", profile.method, row.id, swing.criterion);
                assert_eq!((swing.best_rank, swing.worst_rank), (best, worst), "{what}");
                let high = scores(best).fold(f64::MIN, f64::max);
                let low = scores(worst).fold(f64::MAX, f64::min);
                assert_eq!((swing.best_score, swing.worst_score), (high, low), "{what}");
                n_moved += swing.places();
            }
        }
        assert!(n_moved > 20, "{:?}: the drawing shows nothing", profile.method);
    }
}

/// A visit without its row.
fn key(visit: &Visit) -> (std::cmp::Reverse<usize>, usize) {
    (std::cmp::Reverse(visit.places()), visit.row)
}

#[test]
fn the_widest_come_first_and_a_whole_visit_holds_each_of_its_answers() {
    for profile in profiles() {
        let territory = prepared();
        let ranking = friche::rank(&territory, &profile).unwrap();
        let found = visits(&territory, &ranking, &grid(), usize::MAX);
        assert!(found.is_sorted_by_key(key));
        for visit in &found {
            assert!(visit.best_rank >= 1 && visit.worst_rank <= ranking.rows.len());
            assert!(visit.swings.is_sorted_by_key(|swing| std::cmp::Reverse(swing.places())));
            for swing in &visit.swings {
                assert!(visit.best_rank <= swing.best_rank, "{visit:?}");
                assert!(visit.worst_rank >= swing.worst_rank, "{visit:?}");
            }
        }
        let few = visits(&territory, &ranking, &grid(), 3);
        assert_eq!(few[..], found[..3]);
    }
}

#[test]
fn sites_of_which_all_is_known_and_excluded_ones_are_left_out() {
    let territory = prepared();
    let ranking = friche::rank(&territory, &profile()).unwrap();
    let found = visits(&territory, &ranking, &grid(), usize::MAX);
    let ids: Vec<&str> = found.iter().map(|visit| &*ranking.rows[visit.row].id).collect();
    assert_eq!(ranking.row("S-06").unwrap().verdict, Verdict::Vetoed);
    assert_eq!(ids.len(), 10);
    assert!(!ids.contains(&"S-06") && !ids.contains(&"S-11"), "{ids:?}");
    // What is known is not asked: pollution of every fourth site, the state of two.
    let asked: BTreeMap<&str, Vec<CriterionKey>> = found
        .iter()
        .map(|visit| {
            let id = &*ranking.rows[visit.row].id;
            (id, visit.swings.iter().map(|swing| swing.criterion).collect())
        })
        .collect();
    assert!(!asked["S-04"].contains(&CriterionKey::PresencePollution));
    assert!(asked["S-05"].contains(&CriterionKey::PresencePollution));
    assert!(!asked["S-01"].contains(&CriterionKey::EtatBatiInfrastructure));
    // Water follows from the buildings.
    assert!(!asked["S-01"].contains(&CriterionKey::RaccordementEau));
    assert_eq!(asked["S-05"].len(), ANSWERED_BY_VISIT.len());
}

#[test]
fn a_row_placed_by_its_own_answers_stands_where_it_stands() {
    for profile in profiles() {
        let territory = prepared();
        let ranking = evaluation::rank(&territory, &profile).unwrap();
        for (at, row) in ranking.rows.iter().enumerate() {
            let placed = ranking.placed(at, row.assessments.clone());
            assert_eq!(
                placed,
                (at + 1, row.score.unwrap_or(0.0)),
                "{:?} {}",
                profile.method,
                row.id
            );
        }
    }
}

#[test]
fn threads_do_not_show_and_an_unknown_answer_moves_no_index() {
    let told = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| {
            let territory = prepared();
            let ranking = friche::rank(&territory, &profile()).unwrap();
            format!("{:?}", visits(&territory, &ranking, &grid(), 20))
        })
    };
    assert_eq!(told(1), told(3));
    // A visit that found nothing out: the indexes stay; only the trust in the site is another.
    let mut territory = prepared();
    let before = territory.friches.as_ref().unwrap().entities[2].suitability.clone();
    let ranking = after(&mut territory, &profile(), 2, &[]);
    assert!(ranking.row("S-02").is_some());
    friche::prepare(&mut territory, &grid());
    assert_eq!(territory.friches.as_ref().unwrap().entities[2].suitability, before);
}
