//! An estimate in a ranking: as much as is known of it counts, and no more.

use gisement::domain::Estimate;
use gisement::evaluation::Assessment;
use gisement::evaluation::Measured;
use gisement::evaluation::Method;
use gisement::evaluation::Profile;
use gisement::evaluation::Ranking;
use gisement::evaluation::Unknown;
use gisement::evaluation::losses;
use gisement::evaluation::published_profile;
use gisement::evaluation::robustness;
use proptest::prelude::*;

/// A profile of the two indexes, the status and the distance to an economic zone, by each method.
fn profiles() -> Vec<Profile> {
    let mut profile = published_profile("friche-v2").unwrap();
    profile
        .criteria
        .retain(|one| ["for_industry", "for_housing", "owner", "area"].contains(&&*one.id));
    assert_eq!(profile.criteria.len(), 4);
    [Method::WeightedSum, Method::Topsis, Method::Promethee2]
        .map(|method| Profile { method, ..profile.clone() })
        .to_vec()
}

/// Numbers drawn for one site: two indexes, the share known of the first, an area.
type Site = (f64, f64, f64, f64);

fn sites() -> impl Strategy<Value = Vec<Site>> {
    let index = || (0..1001_u32).prop_map(|tenths| f64::from(tenths) / 10.0);
    let known = (0..21_u32).prop_map(|twentieths| f64::from(twentieths) / 20.0);
    proptest::collection::vec((index(), index(), known, 100.0..90_000.0), 2..9)
}

/// A ranking in which the first index is what `first` makes of a site.
fn ranked(profile: &Profile, sites: &[Site], first: impl Fn(&Site) -> Measured) -> Ranking {
    let unknown = || Measured::Unknown(Unknown::NoValue { attribute: "x".to_owned() });
    let answers = |(at, site): (usize, &Site)| {
        let owner = if at % 3 == 0 { unknown() } else { Measured::Word("mixte".to_owned()) };
        (
            format!("S-{at}"),
            vec![first(site), Measured::Number(site.1), owner, Measured::Number(site.3)],
        )
    };
    Ranking::of_answers(profile, sites.iter().enumerate().map(answers).collect())
}

fn estimate(value: f64, low: f64, high: f64, known: f64) -> Measured {
    Measured::Estimate(Estimate { value, low, high, known })
}

/// Everything about a row but the raw answers, exact.
fn told(ranking: &Ranking) -> Vec<String> {
    ranking
        .rows
        .iter()
        .map(|row| {
            let numbers = [row.score_low, row.score_high, row.reliability].map(f64::to_bits);
            let losses: Vec<Option<u64>> =
                losses(ranking, row).into_iter().map(|loss| loss.map(f64::to_bits)).collect();
            let scores: Vec<Option<u64>> =
                row.assessments.iter().map(|one| one.score().map(f64::to_bits)).collect();
            let score = row.score.map(f64::to_bits);
            format!(
                "{} {score:?} {numbers:?} {losses:?} {scores:?} {:?} {:?}",
                row.id, row.rank, row.verdict
            )
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn wholly_known_it_is_the_number_and_not_known_at_all_it_is_unknown(sites in sites()) {
        for profile in profiles() {
            let number = ranked(&profile, &sites, |site| Measured::Number(site.0));
            let whole = ranked(&profile, &sites, |site| estimate(site.0, site.0, site.0, 1.0));
            prop_assert_eq!(told(&number), told(&whole));
            prop_assert_eq!(robustness(&number, 200, 7), robustness(&whole, 200, 7));

            let unknown = || Measured::Unknown(Unknown::NoValue { attribute: "x".to_owned() });
            let nothing = ranked(&profile, &sites, |_| unknown());
            let empty = ranked(&profile, &sites, |site| estimate(site.0, 0.0, 100.0, 0.0));
            prop_assert_eq!(told(&nothing), told(&empty));
            prop_assert_eq!(robustness(&nothing, 200, 7), robustness(&empty, 200, 7));
        }
    }

    #[test]
    fn in_between_it_stays_within_its_bounds_and_counts_for_its_share(sites in sites()) {
        for profile in profiles() {
            let partly = |site: &Site| {
                let open = 100.0 * (1.0 - site.2);
                estimate(site.0, (site.0 - open).max(0.0), (site.0 + open).min(100.0), site.2)
            };
            let ranking = ranked(&profile, &sites, partly);
            for row in &ranking.rows {
                let at: usize = row.id[2..].parse().unwrap();
                let found = &row.assessments[0];
                prop_assert_eq!(found.voice(), sites[at].2);
                prop_assert_eq!(found.certainty(), sites[at].2);
                if let Some(score) = found.score() {
                    prop_assert!(found.bounds.0 <= score && score <= found.bounds.1, "{found:?}");
                }
                let score = row.score.unwrap();
                prop_assert!((0.0..=100.0).contains(&score), "{score}");
                if profile.method == Method::Promethee2 {
                    prop_assert!(row.score_low <= score && score <= row.score_high, "{row:?}");
                }
                // What a better answer would gain is never negative, and nothing where the answer is the best already.
                for (loss, found) in losses(&ranking, row).into_iter().zip(&row.assessments) {
                    prop_assert_eq!(loss.is_some(), found.is_known());
                    let loss = loss.unwrap_or(0.0);
                    prop_assert!(loss >= -1e-9, "{loss}");
                    if found.score() == Some(1.0) {
                        prop_assert!(loss.abs() < 1e-9, "{loss}");
                    }
                }
            }
        }
    }
}

#[test]
fn a_weighted_sum_on_paper() {
    // Index 60 scores 0.7 and is known by half: 4 × ½ × 0.7. Index 50 scores 0.4: 2 × 0.4. Area 20 000 m² scores 0.8, twice.
    let [profile, ..] = &profiles()[..] else { panic!() };
    let sites = [(0.0, 50.0, 0.0, 20_000.0), (0.0, 50.0, 0.0, 20_000.0)];
    let ranking = ranked(profile, &sites, |_| estimate(60.0, 40.0, 70.0, 0.5));
    let row = ranking.row("S-0").unwrap();
    let (for_it, known) = (4.0 * 0.5 * 0.7 + 2.0 * 0.4 + 2.0 * 0.8, 4.0 * 0.5 + 2.0 + 2.0);
    assert!((row.score.unwrap() - 100.0 * for_it / known).abs() < 1e-9);
    // Of 9: half of 4, and 2 and 2. The owner is not known.
    assert!((row.reliability - 6.0 / 9.0).abs() < 1e-12);
    assert!((row.score_low - 100.0 * (0.0 + 0.8 + 1.6) / 9.0).abs() < 1e-9);
    assert!((row.score_high - 100.0 * (4.0 + 0.8 + 1.6 + 1.0) / 9.0).abs() < 1e-9);
    let lost = losses(&ranking, row);
    assert!((lost[0].unwrap() - 100.0 * 4.0 * 0.5 * 0.3 / known).abs() < 1e-9);
    assert_eq!(lost[2], None);
}

#[test]
fn an_estimate_on_a_curve_that_turns_has_its_score_within_its_bounds() {
    let mut criterion = profiles()[0].criteria[0].clone();
    let text = "id = \"x-v1\"\ntitle = { fr = \"x\", en = \"x\" }\nunit = \"friche\"\n[[criterion]]\nid = \"c\"\nlabel = { fr = \"x\", en = \"x\" }\nmeasure = { area = true }\ncurve = [[0, 0.0], [50, 1.0], [100, 0.2]]\nweight = 1\nsource = \"x\"\n";
    criterion.curve = Profile::from_toml(text).unwrap().criteria[0].curve.clone();
    for value in 0..=100 {
        let value = f64::from(value);
        let found =
            Assessment::of(&criterion, estimate(value, value * 0.5, 50.0 + value * 0.5, 0.4));
        let score = found.score().unwrap();
        assert!(found.bounds.0 <= score && score <= found.bounds.1, "{value}: {found:?}");
        assert_eq!(found.voice(), 0.4);
    }
}
