//! For any table: a dwelling more never raises tension; what secrecy and missing rows leave contains the truth.

use gisement::domain::CommuneTable;
use gisement::domain::HousingKind;
use gisement::domain::LayerKey;
use gisement::domain::Territory;
use gisement::domain::Value;
use gisement::evaluation::Ranking;
use gisement::evaluation::published_profile;
use gisement::housing;
use gisement::housing::Tension;
use proptest::prelude::*;

use crate::folder::COMMUNES;
use crate::folder::Folder;

/// What is true of a commune.
#[derive(Debug, Clone, Copy)]
struct Truth {
    households: u32,
    second_homes: u32,
    vacant_2y: u32,
    vacant_recent: u32,
    social: u32,
    social_vacant: u32,
    started: u32,
    authorised: u32,
    jobs: u32,
    workers: u32,
}

impl Truth {
    fn private_dwellings(self) -> u32 {
        self.households + self.second_homes + self.vacant_2y + self.vacant_recent
    }
}

fn truth() -> impl Strategy<Value = Truth> {
    let few = || prop_oneof![0_u32..12, 0_u32..300];
    ((1_u32..3000, few(), few(), few()), (few(), few(), few(), few()), (0_u32..3000, 1_u32..3000))
        .prop_map(|((households, second_homes, vacant_2y, vacant_recent), stock, work)| {
            let (social, social_vacant, started, authorised) = stock;
            // No commune has more permits than dwellings, which bounds what is not known of them.
            let dwellings = households + second_homes + vacant_2y + vacant_recent;
            let started = started.min(dwellings);
            let authorised = authorised.min(dwellings - started);
            Truth {
                households,
                second_homes,
                vacant_2y,
                vacant_recent,
                social: social + social_vacant,
                social_vacant,
                started,
                authorised,
                jobs: work.0,
                workers: work.1,
            }
        })
}

/// Adds `more` dwellings of a kind to all counts that they are part of.
fn add(truth: &mut Truth, kind: HousingKind, more: u32) {
    match kind {
        HousingKind::PrivateVacant2y => truth.vacant_2y += more,
        HousingKind::PrivateVacantRecent => truth.vacant_recent += more,
        HousingKind::SocialVacant => {
            truth.social += more;
            truth.social_vacant += more;
        }
        HousingKind::Started => truth.started += more,
        HousingKind::Authorised => truth.authorised += more,
        HousingKind::SecondHomes => truth.second_homes += more,
    }
}

/// What is published of a count: LOVAC hides 1 to 10.
type Publish = fn(u32) -> Value<'static>;

fn openly(count: u32) -> Value<'static> {
    Value::Number(f64::from(count))
}

fn under_secrecy(count: u32) -> Value<'static> {
    if (1..=10).contains(&count) {
        return Value::Between { low: 1.0, high: 10.0 };
    }
    openly(count)
}

/// A table over the five communes; `None` leaves the commune without row.
fn table(
    columns: &[&str],
    rows: impl Iterator<Item = Option<Vec<Value<'static>>>>,
) -> CommuneTable {
    let codes = COMMUNES.iter().map(|code| code.parse().unwrap());
    CommuneTable {
        columns: columns.iter().map(|&name| name.to_owned()).collect(),
        rows: codes.zip(rows).filter_map(|(code, row)| Some((code, row?))).collect(),
        ..CommuneTable::default()
    }
}

/// A territory with these truths as published; `given` says which commune has a row in which table.
fn territory(truths: &[Truth; 5], lovac: Publish, given: &[[bool; 5]; 4]) -> Territory {
    let mut territory = Folder::new().load();
    let rows = |which: usize, row: &dyn Fn(&Truth) -> Vec<Value<'static>>| {
        let all = truths.iter().zip(given[which]);
        all.map(|(truth, given)| given.then(|| row(truth))).collect::<Vec<_>>().into_iter()
    };
    let vacancy = rows(0, &|truth| {
        vec![
            lovac(truth.private_dwellings()),
            lovac(truth.vacant_2y + truth.vacant_recent),
            lovac(truth.vacant_2y),
        ]
    });
    let social = rows(1, &|truth| vec![openly(truth.social), openly(truth.social_vacant)]);
    let permits = rows(2, &|truth| {
        vec![openly(truth.started), openly(truth.started), openly(truth.authorised)]
    });
    let census = rows(3, &|truth| {
        let vacant = truth.vacant_2y + truth.vacant_recent + truth.social_vacant;
        vec![
            openly(truth.private_dwellings() + truth.social),
            openly(truth.households),
            openly(truth.households),
            openly(truth.second_homes),
            openly(vacant),
        ]
    });
    let jobs = rows(3, &|truth| vec![openly(truth.jobs), openly(truth.workers)]);
    for (key, columns, rows) in [
        (LayerKey::VACANCY, &["private_dwellings", "vacant", "vacant_2y"][..], vacancy),
        (LayerKey::SOCIAL_HOUSING, &["social_dwellings", "social_vacant"][..], social),
        (
            LayerKey::PERMITS,
            &["started", "started_per_year", "authorised_not_started"][..],
            permits,
        ),
        (
            LayerKey::CENSUS,
            &["dwellings", "main_homes", "households", "second_homes", "census_vacant"][..],
            census,
        ),
        (LayerKey::JOBS, &["jobs", "workers"][..], jobs),
    ] {
        territory.tables.insert(key.to_owned(), table(columns, rows));
    }
    housing::prepare(&mut territory).unwrap();
    territory
}

/// Communes and EPCIs, ranked.
fn ranked(territory: &Territory) -> [Ranking; 2] {
    let profile = published_profile(housing::DEFAULT_PROFILE).unwrap();
    [
        gisement::evaluation::rank(territory, &profile).unwrap(),
        gisement::evaluation::rank(territory, &profile.for_epcis()).unwrap(),
    ]
}

/// Tension by identifier of commune or EPCI.
fn tensions(territory: &Territory) -> Vec<(String, Tension)> {
    let rules = &territory.housing_rules.as_ref().unwrap().tension;
    let mut all: Vec<(String, Tension)> = ranked(territory)
        .iter()
        .flat_map(|ranking| {
            let of = |row| housing::tension(rules, &ranking.profile, row);
            ranking.rows.iter().map(|row| (row.id.clone(), of(row))).collect::<Vec<_>>()
        })
        .collect();
    all.sort_by(|a, b| a.0.cmp(&b.0));
    all
}

fn bounds(value: &Value<'_>) -> Option<(f64, f64)> {
    match value {
        Value::Number(number) => Some((*number, *number)),
        Value::Between { low, high } => Some((*low, *high)),
        Value::Estimate(estimate) => Some((estimate.low, estimate.high)),
        _ => None,
    }
}

const EVERYTHING: [[bool; 5]; 4] = [[true; 5]; 4];

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn a_dwelling_more_never_raises_tension(
        truths in proptest::array::uniform5(truth()),
        at in 0_usize..5,
        kind in 0_usize..6,
        more in 1_u32..200,
        secret in any::<bool>(),
        given in proptest::array::uniform4(proptest::array::uniform5(proptest::bool::weighted(0.8))),
    ) {
        let lovac = if secret { under_secrecy } else { openly };
        let before = tensions(&territory(&truths, lovac, &given));
        let mut richer = truths;
        add(&mut richer[at], HousingKind::ALL[kind], more);
        let after = tensions(&territory(&richer, lovac, &given));
        for ((id, before), (_, after)) in before.iter().zip(&after) {
            let (Some(before_index), Some(after_index)) = (before.index, after.index) else {
                prop_assert_eq!(before.index, after.index);
                continue;
            };
            prop_assert!(
                after_index <= before_index + 1e-9,
                "{id}: {before_index} before, {after_index} after {more} of {}",
                HousingKind::ALL[kind].as_str()
            );
            prop_assert!(after.low <= before.low + 1e-9 && after.high <= before.high + 1e-9);
        }
    }

    #[test]
    fn bounds_contain_the_truth(
        truths in proptest::array::uniform5(truth()),
        given in proptest::array::uniform4(proptest::array::uniform5(proptest::bool::weighted(0.7))),
    ) {
        let open = territory(&truths, openly, &EVERYTHING);
        let published = territory(&truths, under_secrecy, &given);
        let (open_table, table) =
            (&open.tables[LayerKey::HOUSING], &published.tables[LayerKey::HOUSING]);
        let within = |what: &str, truth: &Value<'_>, told: &Value<'_>| {
            let (Some((truth, _)), Some((low, high))) = (bounds(truth), bounds(told)) else {
                return Ok(());
            };
            let slack = 1e-9 * truth.abs().max(1.0);
            prop_assert!(
                low - slack <= truth && truth <= high + slack,
                "{what}: {truth} is not within {low} and {high}"
            );
            Ok(())
        };
        for column in &table.columns {
            for commune in COMMUNES.map(|code| code.parse().unwrap()) {
                let what = format!("{commune}, {column}");
                within(&what, &open_table.value(commune, column), &table.value(commune, column))?;
            }
            for epci in &published.epcis {
                let what = format!("{}, {column}", epci.siren);
                let truth = open_table.value_of_epci(epci.siren, column);
                within(&what, &truth, &table.value_of_epci(epci.siren, column))?;
            }
        }
        for (open, published) in ranked(&open).iter().zip(ranked(&published)) {
            for row in &open.rows {
                let told = published.row(&row.id).unwrap();
                // What is unknown to both, such as rents, leaves the truth bounds of its own.
                prop_assert!(told.score_low <= row.score_low + 1e-9, "{}", row.id);
                prop_assert!(row.score_high <= told.score_high + 1e-9, "{}", row.id);
            }
        }
        for ((id, truth), (_, told)) in tensions(&open).iter().zip(tensions(&published)) {
            prop_assert!(told.low <= truth.low + 1e-9 && truth.high <= told.high + 1e-9, "{id}");
        }
    }
}
