//! Housing of the demonstration is at one with itself, and with what a reader makes of its files.

use std::collections::BTreeMap;

use gisement::demo::FlowPlace;
use gisement::domain::LayerKey;
use gisement::domain::Value;
use gisement::evaluation::published_profile;
use gisement::housing;
use gisement::io::config::Config;
use gisement::io::demo_files::write_territory;
use gisement::io::load::load;
use gisement::words::Lang;
use gisement::words::Words;

use crate::DEMO;

#[test]
fn dwellings_add_up_and_what_is_vacant_is_within_the_stock() {
    let housing = &DEMO.housing;
    for ((commune, homes), social) in DEMO.communes.iter().zip(&housing.census).zip(&housing.social)
    {
        let name = &commune.figures.name;
        assert_eq!(homes.dwellings, homes.main_homes + homes.second_homes + homes.vacant, "{name}");
        assert_eq!(f64::from(homes.main_homes), commune.figures.households.round(), "{name}");
        assert!(homes.houses <= homes.dwellings, "{name}");
        let vacancy = commune.vacancy;
        assert!(vacancy.vacant_over_two_years <= vacancy.vacant, "{name}");
        assert!(vacancy.vacant <= vacancy.dwellings, "{name}");
        if let Some(stock) = social {
            let parts = stock.let_out + stock.vacant + stock.empty;
            assert_eq!(stock.dwellings, parts, "{name}");
            assert!(stock.vacant_3m <= stock.vacant, "{name}");
            assert!(homes.social_main_homes <= homes.main_homes, "{name}");
        }
    }
    for year in housing.permits.iter().flatten() {
        for (at, begun) in year.started.iter().flatten().enumerate() {
            assert!(*begun <= year.authorised[at]);
        }
    }
}

#[test]
fn flows_add_up_to_workers_and_jobs() {
    let (mut workers, mut jobs) = (BTreeMap::new(), BTreeMap::new());
    for flow in &DEMO.housing.flows {
        assert!(flow.people > 0);
        if let FlowPlace::Inside(home) = flow.home {
            *workers.entry(home).or_insert(0) += flow.people;
        }
        if let FlowPlace::Inside(work) = flow.work {
            *jobs.entry(work).or_insert(0) += flow.people;
        }
    }
    for (rank, expected) in DEMO.economy.jobs.iter().enumerate() {
        let name = &DEMO.communes[rank].figures.name;
        assert_eq!(workers.get(&rank).copied().unwrap_or(0), expected.workers, "{name}");
        assert_eq!(jobs.get(&rank).copied().unwrap_or(0), expected.jobs, "{name}");
    }
}

/// Every table is read without a fault, feeds the ranking, and says what was drawn.
#[test]
fn the_files_are_read_as_they_were_drawn() {
    let folder = tempfile::tempdir().unwrap();
    write_territory(folder.path(), &DEMO, &Words::new(Lang::Fr).unwrap()).unwrap();
    let mut config = Config::read(folder.path()).unwrap();
    config.layers.retain(|key, _| LayerKey::TABLES.contains(&key.as_str()));
    let mut territory = load(&config).unwrap();
    for key in LayerKey::TABLES {
        let total = territory.balance[key].total;
        assert!(
            total.kept > 0 && total.rejected == 0 && total.outside == 0 || key == "commuting",
            "{key}: {total:?}"
        );
    }
    housing::prepare(&mut territory).unwrap();
    let table = &territory.tables[LayerKey::HOUSING];
    for ((commune, homes), jobs) in
        DEMO.communes.iter().zip(&DEMO.housing.census).zip(&DEMO.economy.jobs)
    {
        let code = commune.figures.insee.parse().unwrap();
        let number = |column: &str| match table.value(code, column) {
            Value::Number(number) => number,
            other => panic!("{code}, {column}: {other:?}"),
        };
        assert_eq!(number("dwellings"), f64::from(homes.dwellings));
        assert_eq!(number("second_homes"), f64::from(homes.second_homes));
        assert_eq!(number("jobs"), f64::from(jobs.jobs));
        assert_eq!(number("resident_workers"), f64::from(jobs.workers));
        let vacant = f64::from(commune.vacancy.vacant_over_two_years);
        match table.value(code, "vacant_2y") {
            Value::Number(number) => assert_eq!(number, vacant),
            Value::Between { low, high } => assert!(low <= vacant && vacant <= high),
            other => panic!("{code}: {other:?}"),
        }
    }
    let profile = published_profile(housing::DEFAULT_PROFILE).unwrap();
    let rules = territory.housing_rules.clone().unwrap();
    let mut classes = BTreeMap::new();
    for row in housing::rank(&territory, &profile).unwrap().rows {
        let tension = housing::tension(&rules.tension, &profile, &row);
        *classes.entry(tension.class.map(|class| class.id)).or_insert(0) += 1;
    }
    assert!(classes.len() >= 3 && !classes.contains_key(&None), "{classes:?}");
    assert_eq!(housing::rank_epcis(&territory, &profile).unwrap().rows.len(), 11);
}
