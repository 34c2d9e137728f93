//! The versions as published: criteria, weights, dates, names; and what a comparison says of two of them.

use gisement::friche::mutability::Answer;
use gisement::friche::mutability::Answers;
use gisement::friche::mutability::Change;
use gisement::friche::mutability::CriterionKey;
use gisement::friche::mutability::Form;
use gisement::friche::mutability::Potential;
use gisement::friche::mutability::Use;
use gisement::friche::mutability::assess;
use gisement::friche::mutability::bounds;
use gisement::friche::mutability::compare;
use gisement::friche::mutability::published_grid;
use gisement::words::Lang;
use gisement::words::Words;

use crate::grids;

#[test]
fn criteria_and_weights_are_as_published() {
    let told: Vec<(String, String, usize, f64, usize)> = grids()
        .iter()
        .map(|grid| {
            let weight = grid.total_weight().get();
            let n_rules = grid.exclusions().len();
            (grid.version().to_owned(), grid.date().to_owned(), grid.rules().len(), weight, n_rules)
        })
        .collect();
    let expected = [
        ("v1.11", "2026-07-16", 28, 30.0, 0),
        ("v1.12", "2026-09-04", 28, 30.0, 0),
        ("v1.13", "2026-09-10", 29, 31.0, 0),
        ("v1.14", "2026-09-11", 30, 32.0, 0),
        ("v1.15", "2026-09-23", 31, 33.0, 0),
        ("v1.16", "2026-10-01", 31, 33.0, 2),
        ("v1.17", "2026-10-02", 31, 33.0, 2),
        ("v1.18", "2026-10-07", 32, 34.0, 2),
        ("v1.19", "2026-10-07", 32, 34.0, 2),
    ];
    let expected = expected.map(|(version, date, n, weight, n_rules)| {
        (version.to_owned(), date.to_owned(), n, weight, n_rules)
    });
    assert_eq!(told, expected);
}

#[test]
fn every_use_criterion_and_word_has_its_name() {
    for lang in [Lang::Fr, Lang::En] {
        let words = Words::new(lang).unwrap();
        for grid in grids() {
            for usage in Use::ALL {
                assert!(words.has(&format!("use.{}", grid.use_word(usage))), "{usage}");
            }
        }
        for key in CriterionKey::ALL {
            assert!(words.has(&format!("mutability_criterion.{key}")), "{key}");
            if let Form::Words(values) = key.form() {
                for value in values {
                    assert!(words.has(&format!("mutability_value.{value}")), "{key}: {value}");
                }
            }
        }
    }
    assert_eq!(published_grid("v1.16").unwrap().use_word(Use::Tertiaire), "tertiaire");
    assert_eq!(published_grid("v1.17").unwrap().use_word(Use::Tertiaire), "locaux-activite");
}

#[test]
fn a_motorway_out_of_reach_counts_as_far_from_the_day_it_was_decided() {
    let mut none = Answers::new();
    assert!(none.set(CriterionKey::DistanceAutoroute, Answer::NoneFound));
    for grid in grids() {
        let found = assess(&grid, &none);
        let industry = found.get(Use::Industrie).unwrap();
        let decided = grid.date() >= "2026-09-23";
        assert_eq!(industry.has_points(), decided, "{}", grid.id());
        // Known in either case.
        assert_eq!(found.reliability.known.get(), 0.5);
    }
}

#[test]
fn water_follows_from_buildings_unless_it_is_stated() {
    let grid = published_grid("v1.19").unwrap();
    let water =
        |json: &str| grid.answer(&Answers::from_json(json).unwrap(), CriterionKey::RaccordementEau);
    assert_eq!(water(r#"{"surfaceBati": 20.5}"#), Answer::Word("oui"));
    assert_eq!(water(r#"{"surfaceBati": 20}"#), Answer::Word("non"));
    assert_eq!(water(r#"{"surfaceBati": null}"#), Answer::Word("non"));
    assert_eq!(water(r#"{"surfaceBati": "ne-sait-pas"}"#), Answer::Unknown);
    assert_eq!(water("{}"), Answer::Unknown);
    assert_eq!(water(r#"{"surfaceBati": 500, "raccordementEau": "non"}"#), Answer::Word("non"));
    assert_eq!(water(r#"{"surfaceBati": 500, "raccordementEau": null}"#), Answer::NoneFound);
    assert_eq!(
        water(r#"{"surfaceBati": 0, "raccordementEau": "ne-sait-pas"}"#),
        Answer::Word("non")
    );
}

#[test]
fn nothing_known_says_nothing() {
    let grid = published_grid("v1.19").unwrap();
    let found = assess(&grid, &Answers::new());
    assert_eq!((found.reliability.note(), found.reliability.n_known), (0.0, 0));
    for one in &found.uses {
        assert_eq!((one.index.tenths(), one.potential()), (0, Potential::Unknown));
        let (low, high) = bounds(&grid, &Answers::new(), one.usage);
        assert!(low < 40.0 && high > 70.0, "{low} {high}");
    }
}

#[test]
fn a_comparison_names_what_came_went_and_changed() {
    let grid = |name| published_grid(name).unwrap();
    let answers = Answers::from_json(
        r#"{"siteEnZae": true, "siteEnCentreVille": false, "surfaceSite": 20000, "zoneAccelerationEnr": "exclusion"}"#,
    )
    .unwrap();
    let found = compare(&grid("v1.15"), &grid("v1.19"), &answers);
    assert_eq!(found.added, [CriterionKey::SiteEnZae]);
    assert!(found.removed.is_empty());
    let of = |usage: Use| &found.uses[usage.place()];
    let told = |usage: Use| {
        let causes = of(usage).causes.iter();
        causes.map(|cause| (cause.key.as_str(), cause.change)).collect::<Vec<_>>()
    };
    assert_eq!(told(Use::Industrie), [("siteEnZae", Change::Added)]);
    assert_eq!(
        told(Use::Tertiaire),
        [
            ("surfaceSite", Change::Score),
            ("siteEnCentreVille", Change::Score),
            ("siteEnZae", Change::Added)
        ]
    );
    let area = of(Use::Tertiaire).causes[0];
    assert_eq!(area.before.0.get(), 0.0);
    assert_eq!((area.before.1.get(), area.after.0.get(), area.after.1.get()), (2.0, 1.0, 1.0));
    // The zone of exclusion only excludes from v1.16 on; the index stays.
    let solar = of(Use::Photovoltaique);
    assert!(solar.excluded_because.0.is_empty());
    assert_eq!(solar.excluded_because.1, [CriterionKey::ZoneAccelerationEnr]);
    assert_eq!(solar.ranks.1, 7);
    // The other way round, what came goes.
    let back = compare(&grid("v1.19"), &grid("v1.15"), &answers);
    assert_eq!(back.removed, [CriterionKey::SiteEnZae]);
    assert_eq!(back.uses[Use::Industrie.place()].causes[0].change, Change::Removed);
    for usage in Use::ALL {
        assert_eq!(back.uses[usage.place()].difference(), -of(usage).difference(), "{usage}");
    }
}
