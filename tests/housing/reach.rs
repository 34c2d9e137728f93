//! Housing within reach of a site, and several sites at once.

use std::borrow::Cow;

use geo::Geometry;
use geo::Point;
use gisement::domain::Entity;
use gisement::domain::Territory;
use gisement::domain::TravelPlace;
use gisement::domain::Value;
use gisement::housing;
use gisement::housing::Demand;
use gisement::housing::HousingReach;
use gisement::housing::Jobs;
use gisement::housing::SiteWithJobs;
use gisement::spatial::shape;
use gisement::units::Minutes;

use crate::folder::COMMUNES;
use crate::folder::Folder;
use crate::folder::figure;

/// Ansan is under secrecy; Moissac has no row.
const LOVAC: &str = "CODGEO_25;LIBGEO_25;pp_total_25;pp_vacant_25;pp_vacant_plus_2ans_25\n\
    32002;Ansan;40;s;s\n32007;Ardizas;120;14;11\n32012;Aubiet;500;60;25\n82033;Castelsarrasin;7000;700;300\n";

fn territory() -> Territory {
    let mut territory = Folder::new().layer("vacancy", &[("lovac.csv", LOVAC.as_bytes())]).load();
    housing::prepare(&mut territory).unwrap();
    territory
}

fn at(territory: &Territory, insee: &str) -> geo::Coord {
    let commune = territory.commune(insee.parse().unwrap()).unwrap();
    shape::representative_point(commune.geometry()).unwrap()
}

fn place(x: f64, y: f64) -> TravelPlace<'static> {
    TravelPlace::new(Cow::Owned(Geometry::Point(Point::new(x, y))), None)
}

fn bands() -> Vec<Minutes> {
    housing::BANDS_MIN.map(|minutes| Minutes::new(minutes).unwrap()).to_vec()
}

fn reach_of(territory: &Territory, x: f64, y: f64) -> HousingReach {
    housing::reach(territory, &[place(x, y)], &bands()).unwrap().pop().unwrap()
}

fn bounds(territory: &Territory, insee: &str) -> (f64, f64) {
    match figure(territory, "housing", insee, "mobilisable") {
        Value::Number(number) => (number, number),
        Value::Between { low, high } => (low, high),
        _ => (0.0, f64::INFINITY),
    }
}

#[test]
fn bands_are_sums_over_the_communes_within_them() {
    let territory = territory();
    let here = at(&territory, "32012");
    let reach = reach_of(&territory, here.x, here.y);
    let mut any = false;
    for (band, minutes) in reach.bands.iter().zip([10.0, 20.0, 30.0]) {
        // Without a network a kilometre as the crow flies is 1.3 km at 60 km/h.
        let within: Vec<&str> = COMMUNES
            .into_iter()
            .filter(|insee| {
                let there = at(&territory, insee);
                (there.x - here.x).hypot(there.y - here.y) * 1.3e-3 <= minutes
            })
            .collect();
        let (low, high) = within
            .iter()
            .map(|insee| bounds(&territory, insee))
            .fold((0.0, 0.0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
        assert_eq!(band.n_communes, within.len());
        assert!((band.all.low - low).abs() < 1e-9, "{} {low}", band.all.low);
        assert!(band.all.high == high || (band.all.high - high).abs() < 1e-9);
        any |= within.len() > 1;
        let of_kinds: f64 = band.kinds.iter().map(|(_, bounds)| bounds.low).sum();
        assert!((of_kinds - band.all.low).abs() < 1e-9);
    }
    assert!(any, "Ansan lies within 30 minutes of Aubiet");
    assert!(reach.has_straight_lines() && !reach.is_cut_off);
    assert_eq!(reach.communes[0].insee.as_str(), "32012");
}

#[test]
fn a_site_that_moves_away_never_reaches_more() {
    let territory = territory();
    // All communes lie east of the first place.
    let start = at(&territory, "32012");
    let mut before = [f64::INFINITY; 3];
    for step in 0..60 {
        let reach = reach_of(&territory, start.x - 1_000.0 * f64::from(step), start.y);
        for (at, band) in reach.bands.iter().enumerate() {
            assert!(band.all.low <= before[at], "step {step}");
            before[at] = band.all.low;
        }
    }
    assert_eq!(before, [0.0; 3]);
    let far = reach_of(&territory, start.x - 60_000.0, start.y);
    assert!(far.is_cut_off && far.communes.is_empty());
    let alone = with_jobs(&territory, "far", start.x - 60_000.0, start.y, 60.0);
    let housed = housing::house(&[alone]).pop().unwrap();
    // What lies beyond the territory is not counted, so it is not known to lack.
    assert_eq!((housed.low, housed.is_enough()), (0.0, None));
}

fn with_jobs(territory: &Territory, name: &str, x: f64, y: f64, jobs: f64) -> SiteWithJobs {
    let rules = territory.housing_rules.as_ref().unwrap();
    SiteWithJobs {
        name: name.to_owned(),
        demand: Demand::of(rules, Jobs::announced(jobs)),
        reach: reach_of(territory, x, y),
    }
}

#[test]
fn what_one_site_needs_is_found_nearest_and_never_beyond_the_stock() {
    let territory = territory();
    let here = at(&territory, "32012");
    let few = housing::house(&[with_jobs(&territory, "a", here.x, here.y, 10.0)]).pop().unwrap();
    // 10 × 0.4 × 0.8 + 10 × 0.3 × 0.2 × 0.8.
    assert!((few.needed - 3.68).abs() < 1e-9);
    assert_eq!(few.is_enough(), Some(true));
    assert_eq!(few.communes[0].commune.insee.as_str(), "32012");
    let total: f64 = few.communes.iter().map(|one| one.households).sum();
    assert!((total - few.needed).abs() < 1e-6);

    let many = housing::house(&[with_jobs(&territory, "b", here.x, here.y, 1e6)]).pop().unwrap();
    for one in &many.communes {
        let (low, _) = bounds(&territory, one.commune.insee.as_str());
        assert!(one.households <= low + 1e-6);
    }
    // What no table says could be any number: the unknown decides, it does not say no.
    assert_eq!(many.is_enough(), None);
    assert!(many.low < many.needed && many.high <= many.needed + 1e-6);
}

#[test]
fn no_more_dwellings_than_there_are() {
    // No table of social dwellings nor of permits; Moissac has no row of LOVAC, Ardizas no second homes.
    let census = "CODGEO;P22_LOG;P22_RP;P22_RSECOCC;P22_LOGVAC;P22_MEN\n32002;45;33;5;7;33\n32007;150;120;;20;120\n\
        32012;560;500;20;40;500\n82033;8000;7000;100;900;7000\n82112;6500;5600;100;800;5600\n";
    let mut territory = Folder::new()
        .layer("vacancy", &[("lovac.csv", LOVAC.as_bytes())])
        .layer("census", &[("logement.csv", census.as_bytes())])
        .load();
    housing::prepare(&mut territory).unwrap();
    // 20 % of 25, 30 % of 35, 2 % of 20; 80 % of 560 that could be social, 40 % of as many under way.
    let (low, high) = bounds(&territory, "32012");
    assert!(
        (low - 15.9).abs() < 1e-9 && (high - (15.9 + 448.0 + 224.0)).abs() < 1e-9,
        "{low} {high}"
    );
    let here = at(&territory, "32012");
    let many = housing::house(&[with_jobs(&territory, "b", here.x, here.y, 1e6)]).pop().unwrap();
    assert_eq!(many.is_enough(), Some(false));
    assert!(many.lacking.low > 0.0 && many.high < many.needed);
    let reach = reach_of(&territory, here.x, here.y);
    assert!(reach.bands.iter().all(|band| band.all.high.is_finite()));
}

#[test]
fn sites_share_dwellings_and_none_is_counted_twice() {
    let territory = territory();
    let here = at(&territory, "32012");
    let sites: Vec<SiteWithJobs> = (0..4)
        .map(|at| with_jobs(&territory, "x", here.x + 500.0 * f64::from(at), here.y, 40.0))
        .collect();
    let housed = housing::house(&sites);
    let alone = housing::house(&sites[..1]);
    assert!(housed[0].low <= alone[0].low + 1e-9);
    for insee in COMMUNES {
        let taken: f64 = housed
            .iter()
            .flat_map(|one| &one.communes)
            .filter(|one| one.commune.insee.as_str() == insee)
            .map(|one| one.households)
            .sum();
        assert!(taken <= bounds(&territory, insee).0 + 1e-6, "{insee}: {taken}");
    }
}

#[test]
fn what_falls_to_each_job_adds_up_to_what_is_reached() {
    const JOBS: [(&str, f64); 5] =
        [("32002", 8.0), ("32007", 20.0), ("32012", 300.0), ("82033", 6000.0), ("82112", 0.0)];
    let rows: String = JOBS.iter().map(|(insee, jobs)| format!("{insee};{jobs};1\n")).collect();
    let jobs = format!("CODGEO;P22_EMPLT;P22_ACTOCC15P\n{rows}");
    let mut territory = Folder::new()
        .layer("vacancy", &[("lovac.csv", LOVAC.as_bytes())])
        .layer("jobs", &[("emploi.csv", jobs.as_bytes())])
        .load();
    housing::prepare(&mut territory).unwrap();
    housing::add_access(&mut territory);
    // E2SFCA on paper: the weights of Luo and Qi, straight lines for want of roads.
    let weight = |from: &str, to: &str| {
        let (from, to) = (at(&territory, from), at(&territory, to));
        match (from.x - to.x).hypot(from.y - to.y) * 1.3e-3 {
            minutes if minutes <= 10.0 => 1.0,
            minutes if minutes <= 20.0 => 0.68,
            minutes if minutes <= 30.0 => 0.22,
            _ => 0.0,
        }
    };
    for (work, _) in JOBS {
        let on_paper: f64 = JOBS
            .iter()
            .map(|(home, _)| {
                let asked: f64 = JOBS.iter().map(|(other, jobs)| jobs * weight(home, other)).sum();
                let low = bounds(&territory, home).0;
                if asked > 0.0 { weight(home, work) * low / asked } else { 0.0 }
            })
            .sum();
        match figure(&territory, "housing", work, housing::ACCESS) {
            Value::Between { low, .. } | Value::Number(low) => {
                assert!((low - 1_000.0 * on_paper).abs() < 1e-9, "{work}: {low} {on_paper}");
            }
            other => panic!("{work}: {other:?}"),
        }
    }
    let before = territory.tables["housing"].columns.len();
    housing::add_access(&mut territory);
    assert_eq!(territory.tables["housing"].columns.len(), before, "asked twice");
}
