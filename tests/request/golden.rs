//! One drawing, one request, one answer found on paper.

use gisement::request::CandidateKind;
use gisement::request::VerdictResult;
use gisement::request::Without;
use gisement::request::assembly::Proof;

use super::asking::ask;
use super::asking::candidates;
use super::asking::near_misses;
use super::asking::relaxations;
use super::drawn::Drawing;
use super::drawn::parcel;

/// Parcels of one row along the x axis: widths, each 100 m deep.
fn row(widths: &[f64]) -> Vec<[f64; 4]> {
    let mut x = 0.0;
    widths
        .iter()
        .map(|width| {
            let place = [x, 0.0, x + width, 100.0];
            x += width;
            place
        })
        .collect()
}

#[test]
fn a_terrain_that_fits_exactly_is_the_answer() {
    // 1 ha and, apart from it, 3 ha.
    let drawing = Drawing::zone_with(&[[0.0, 0.0, 100.0, 100.0], [300.0, 0.0, 600.0, 100.0]]);
    ask(&drawing, "[area]\nmin_ha = 3\nmax_ha = 3\n", |answer| {
        assert_eq!(candidates(answer), [[2]]);
        let one = &answer.candidates[0];
        assert_eq!(one.candidate.kind, CandidateKind::Terrain);
        assert!(one.is_sure());
        assert_eq!(one.row.rank, Some(1));
    });
}

#[test]
fn three_parcels_across_a_lane_are_put_together() {
    // A lane of 6 m that no parcel has runs between the second and the third parcel; each is 1 ha, and a terrain of two
    // and one of one are found, of which neither has 3 ha.
    let mut drawing = Drawing::zone_with(&[
        [0.0, 0.0, 100.0, 100.0],
        [100.0, 0.0, 200.0, 100.0],
        [0.0, 106.0, 100.0, 206.0],
        [500.0, 0.0, 600.0, 100.0],
    ]);
    drawing.zones[0].4 = [0.0, 0.0, 600.0, 206.0];
    ask(&drawing, "[area]\nmin_ha = 3\nmax_ha = 3.5\n", |answer| {
        assert_eq!(candidates(answer), [[1, 2, 3]]);
        let one = &answer.candidates[0];
        assert_eq!(one.candidate.kind, CandidateKind::Assembly);
        assert_eq!(one.candidate.net_m2(), Some(30_000.0));
        let facts = one.assembly.as_ref().unwrap();
        assert_eq!(facts.proof, Some(Proof::Optimal));
        // Each of the three is needed.
        assert_eq!(facts.pivots().count(), 3);
    });
    ask(&drawing, "[area]\nmin_ha = 3\n[assembly]\nacross_ways = false\n", |answer| {
        assert_eq!(candidates(answer), Vec::<Vec<u32>>::new());
    });
}

#[test]
fn the_parcel_without_which_nothing_works_is_a_pivot() {
    // 1 ha – 1 ha – 1 ha in a row, and 1 ha above each end: whoever wants 3 ha needs the middle one.
    let drawing = Drawing::zone_with(&[
        [0.0, 0.0, 100.0, 100.0],
        [100.0, 0.0, 200.0, 100.0],
        [200.0, 0.0, 300.0, 100.0],
        [0.0, 100.0, 100.0, 200.0],
        [200.0, 100.0, 300.0, 200.0],
    ]);
    ask(&drawing, "[area]\nmin_ha = 3\nmax_ha = 3.2\n", |answer| {
        let best = &answer.candidates[0];
        let facts = best.assembly.as_ref().unwrap();
        let pivots: Vec<String> = facts.pivots().map(|id| id.to_string()).collect();
        assert_eq!(pivots, [parcel(2)]);
        assert_eq!(facts.acquisition[0].without, Without::Fails);
        let others = facts.acquisition[1..].iter();
        assert!(others.clone().all(|step| step.without == Without::Replaced));
        assert!(others.clone().all(|step| step.replaced_by.len() == 1));
        assert_eq!(facts.acquisition.len(), 3);
    });
}

#[test]
fn of_equals_the_shape_decides_then_the_cadastre() {
    // 4 × 1 ha in a square and 1 ha in line: two hectares in any way are one shape, but for the order of the cadastre.
    let square = Drawing::zone_with(&[
        [0.0, 0.0, 100.0, 100.0],
        [100.0, 0.0, 200.0, 100.0],
        [0.0, 100.0, 100.0, 200.0],
        [100.0, 100.0, 200.0, 200.0],
    ]);
    ask(&square, "[area]\nmin_ha = 2\nmax_ha = 2\n", |answer| {
        // Each shares at most half of its land with each before it; of equal shape, the cadastre orders them.
        let mut all = candidates(answer);
        all.sort();
        assert_eq!(all, [[1, 2], [1, 3], [2, 4]]);
    });
    // Three parcels of which the first is long: the two that make a square are among the answers.
    let long = Drawing::zone_with(&[
        [0.0, 0.0, 200.0, 50.0],
        [200.0, 0.0, 400.0, 50.0],
        [0.0, 50.0, 200.0, 100.0],
    ]);
    ask(&long, "[area]\nmin_ha = 2\nmax_ha = 2\n", |answer| {
        assert!(candidates(answer).contains(&vec![1, 3]));
    });
}

#[test]
fn two_pieces_of_land_apart_give_two_assemblies() {
    let drawing = Drawing::zone_with(&[
        [0.0, 0.0, 100.0, 100.0],
        [100.0, 0.0, 200.0, 100.0],
        [200.0, 0.0, 300.0, 100.0],
        [500.0, 0.0, 600.0, 100.0],
        [600.0, 0.0, 700.0, 100.0],
        [700.0, 0.0, 800.0, 100.0],
    ]);
    ask(
        &drawing,
        "[area]\nmin_ha = 2\nmax_ha = 2\n[candidates]\nkinds = [\"assembly\"]\n",
        |answer| {
            let all = candidates(answer);
            assert!(all.iter().any(|one| one.iter().all(|number| *number <= 3)), "{all:?}");
            assert!(all.iter().any(|one| one.iter().all(|number| *number > 3)), "{all:?}");
            assert!(all.iter().all(|one| one.len() == 2), "{all:?}");
        },
    );
}

#[test]
fn what_no_layer_speaks_of_is_unknown_and_stands_behind() {
    // Two terrains of 2 ha, one in each commune; stations are known in the first commune only.
    let mut drawing = Drawing::zone_with(&[[0.0, 0.0, 200.0, 100.0], [1000.0, 0.0, 1200.0, 100.0]]);
    drawing.parcels[1].0 = "82033000AB0002".to_owned();
    let station = super::drawn::point(100.0, 300.0, "\"genre\":\"gare\"");
    drawing.more.push((
        "gares.geojson",
        "[layers.halts]\npath = \"gares.geojson\"\ncovers = [\"82112\"]\ncolumns = { kind = \"genre\" }\n",
        super::drawn::collection(&[station]),
    ));
    let request = "[area]\nmin_ha = 2\n[candidates]\nkinds = [\"terrain\"]\n\
         [[must]]\nid = \"halt\"\nmeasure = { distance_to = \"halts\" }\nmax = 500\n";
    ask(&drawing, request, |answer| {
        assert_eq!(candidates(answer), [[1], [2]]);
        assert!(answer.candidates[0].is_sure());
        let second = &answer.candidates[1];
        let halt = answer.asked.iter().position(|asked| asked.id == "halt").unwrap();
        assert_eq!(second.verdicts[halt].result, VerdictResult::Unknown);
        assert!(!second.is_sure());
        assert_eq!(second.row.rank, Some(2));
        assert_eq!(answer.exclusions[halt].unknown, 1);
    });
}

#[test]
fn nothing_found_tells_what_excludes_and_the_nearest() {
    // 1 ha, 2 ha and 2.6 ha, far apart; 3 ha are asked for.
    let drawing = Drawing::zone_with(&[
        [0.0, 0.0, 100.0, 100.0],
        [300.0, 0.0, 500.0, 100.0],
        [700.0, 0.0, 960.0, 100.0],
    ]);
    ask(&drawing, "[area]\nmin_ha = 3\nmax_ha = 4\n", |answer| {
        assert!(answer.candidates.is_empty());
        let misses = near_misses(answer);
        let told: Vec<(u32, f64)> =
            misses.iter().map(|(parcels, fails)| (parcels[0], fails[0].1.unwrap())).collect();
        assert_eq!(told, [(3, 4_000.0), (2, 10_000.0), (1, 20_000.0)]);
        let area = answer.asked.iter().position(|asked| asked.id == "area").unwrap();
        assert_eq!((answer.exclusions[area].failed, answer.exclusions[area].alone), (3, 3));
        // The first relaxation gives one, the second all three.
        assert_eq!(
            relaxations(answer),
            [("area".to_owned(), "min", 26_000.0, 1), ("area".to_owned(), "min", 10_000.0, 3),]
        );
    });
}

#[test]
fn a_relaxation_that_does_not_help_is_not_told() {
    // The only terrain misses both the area and the frontage of another condition: no single one helps.
    let drawing = Drawing::zone_with(&[[0.0, 0.0, 100.0, 100.0]]);
    let request = "[area]\nmin_ha = 3\n[shape]\nrectangle_m = [200, 150]\n";
    ask(&drawing, request, |answer| {
        assert!(answer.candidates.is_empty());
        assert_eq!(relaxations(answer), []);
        let misses = near_misses(answer);
        assert_eq!(misses.len(), 1);
        let failed: Vec<&str> = misses[0].1.iter().map(|(id, _)| id.as_str()).collect();
        assert_eq!(failed, ["area", "rectangle"]);
    });
    // With one condition less, that of the rectangle is what would help.
    ask(&drawing, "[shape]\nrectangle_m = [200, 80]\n", |answer| {
        let told = relaxations(answer);
        assert_eq!(told.len(), 1);
        assert_eq!((told[0].0.as_str(), told[0].1, told[0].3), ("rectangle", "min", 1));
        // 80 m wide, the square of 100 m holds 100 m.
        assert!((told[0].2 - 100.0).abs() < 0.5, "{told:?}");
    });
}

#[test]
fn parcels_that_together_are_too_small_tell_the_gap() {
    let drawing = Drawing::zone_with(&row(&[100.0, 100.0, 60.0]));
    ask(&drawing, "[area]\nmin_ha = 3\n[candidates]\nkinds = [\"assembly\"]\n", |answer| {
        assert_eq!(
            near_misses(answer),
            [(vec![1, 2, 3], vec![("area".to_owned(), Some(4_000.0))])]
        );
    });
}

#[test]
fn a_place_a_class_and_wishes_decide() {
    // Free land of 2 ha in each commune; a friche without a project of 2 ha in the first.
    let mut drawing = Drawing::zone_with(&[[0.0, 0.0, 200.0, 100.0], [1000.0, 0.0, 1200.0, 100.0]]);
    drawing.parcels[1].0 = "82033000AB0002".to_owned();
    ask(&drawing, "[area]\nmin_ha = 1\n[place]\ncommunes = [\"82033\"]\n", |answer| {
        assert_eq!(candidates(answer), [[2]]);
    });
    let near = "[area]\nmin_ha = 1\n[[should]]\nid = \"east\"\nmeasure = { distance_to = \"communes\", where = { insee = [\"82033\"] } }\nmax = 0\ntolerance = 400\n";
    ask(&drawing, near, |answer| {
        assert_eq!(candidates(answer), [[2], [1]]);
        let score = |at: usize| answer.candidates[at].row.score.unwrap();
        // The second lies in it; the first is 200 m from the border, half of the tolerance.
        assert!((score(0) - 100.0).abs() < 1e-9 && (score(1) - 50.0).abs() < 1e-9);
        assert!(answer.candidates[0].standing.as_ref().unwrap().first_share > 0.999);
    });
}

#[test]
fn what_is_sold_and_what_is_listed_are_candidates_too() {
    // A parcel of 2 ha declared for sale at 20 €/m², serviced; a friche of 2 ha on the next one; one promised to somebody.
    let mut drawing = Drawing::zone_with(&[
        [0.0, 0.0, 200.0, 100.0],
        [300.0, 0.0, 500.0, 100.0],
        [600.0, 0.0, 800.0, 100.0],
    ]);
    let land = |id: &str, sale: &str, place: [f64; 4]| {
        super::drawn::feature(
            &place,
            &format!(
                "\"terr_id\":\"{id}\",\"site_id\":\"S1\",\"terr_stade_comm\":\"{sale}\",\
                 \"terr_stade_amngt\":\"viabilisé et aménagé\",\"terr_etat_occup\":\"inoccupé\",\"terr_m2_prix\":20"
            ),
        )
    };
    drawing.more.push((
        "terrains.geojson",
        "[layers.terrains]\npath = \"terrains.geojson\"\nschema = \"cnig-terrain-eco\"\n",
        super::drawn::collection(&[
            land("T1", "en vente", [0.0, 0.0, 200.0, 100.0]),
            land("T3", "réservé par option de réservation", [600.0, 0.0, 800.0, 100.0]),
        ]),
    ));
    drawing.more.push((
        "friches.geojson",
        "[layers.friches]\npath = \"friches.geojson\"\n",
        super::drawn::collection(&[super::drawn::feature(
            &[300.0, 0.0, 500.0, 100.0],
            "\"site_id\":\"82112_9\",\"comm_insee\":\"82112\",\"site_statut\":\"friche sans projet\",\"l_idtup\":\"{}\",\"unite_fonciere_surface\":20000,\"nom_prodcartofriches\":\"Cerema\"",
        )]),
    ));
    let request = "ready_by = \"2027\"\nbudget_eur = 500000\n[area]\nmin_ha = 1\n[candidates]\nkinds = [\"site\", \"friche\"]\n";
    ask(&drawing, request, |answer| {
        let told: Vec<(&str, bool)> = answer
            .candidates
            .iter()
            .map(|one| (one.candidate.id.as_str(), one.is_sure()))
            .collect();
        // Of the friche, nobody says what it costs and whether it is serviced.
        assert_eq!(told, [("T1", true), ("82112_9", false)]);
        assert_eq!(answer.candidates[0].candidate.price_eur, Some(400_000.0));
        let promised = &answer.near_misses[0];
        assert_eq!(answer.missed[promised.candidate].0.id, "T3");
        assert_eq!(answer.asked[promised.fails[0].condition].id, "availability");
        assert_eq!(promised.fails[0].gap, None);
    });
    // Works under way may end in time: nobody says when.
    let mut under_way = drawing.clone();
    under_way.more[0].2 =
        under_way.more[0].2.replace("viabilisé et aménagé", "viabilisation en cours");
    ask(&under_way, request, |answer| {
        let ready = answer.asked.iter().position(|asked| asked.id == "ready").unwrap();
        let sold = answer.candidates.iter().find(|one| one.candidate.id == "T1").unwrap();
        assert_eq!(sold.verdicts[ready].result, VerdictResult::Unknown);
    });
    // Less than what is asked: the price of 400 000 € is 100 000 € too high.
    let poor = request.replace("500000", "300000");
    ask(&drawing, &poor, |answer| {
        let miss = near_misses(answer).into_iter().find(|(parcels, _)| parcels == &[1]).unwrap();
        assert_eq!(miss.1, [("budget".to_owned(), Some(100_000.0))]);
    });
}
