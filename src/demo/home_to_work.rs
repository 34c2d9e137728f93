//! Who works where: flows between communes, by the pull of jobs over distance, at one with the workers and the jobs that
//! each commune has.

use geo_types::Coord;

use super::housing_records::FlowPlace;
use super::housing_records::HomeToWork;
use super::places::TOULOUSE;
use super::power_diagram::distance;
use super::records::Demo;

/// Distance over which the pull of jobs falls to a third, m.
const PULL_M: f64 = 9_000.0;

/// What the own commune pulls more than another as near.
const OWN: f64 = 2.5;

/// Share of the jobs of a commune that its neighbours can take: the rest come from farther away.
const FOR_RESIDENTS: f64 = 0.9;

/// Smallest flow told between two communes; fewer people go to a town outside.
const SMALLEST: f64 = 2.0;

/// Towns outside the territory: code, name, place.
const TOWNS: [(&str, &str, Coord<f64>); 4] = [
    ("31555", "Toulouse", TOULOUSE),
    ("82121", "Montauban", Coord { x: 567_300.0, y: 6_325_300.0 }),
    ("32013", "Auch", Coord { x: 506_900.0, y: 6_285_100.0 }),
    ("47001", "Agen", Coord { x: 508_000.0, y: 6_347_400.0 }),
];

/// The flows, by home and work; the sum of those of a home is its workers, of those into a commune its jobs.
pub(super) fn flows(demo: &Demo) -> Vec<HomeToWork> {
    let jobs = &demo.economy.jobs;
    let centres: Vec<Coord<f64>> = demo.communes.iter().map(|commune| commune.centre).collect();
    let mut matrix: Vec<Vec<f64>> = Vec::with_capacity(centres.len());
    for (home, own) in centres.iter().enumerate() {
        let pulls: Vec<f64> = centres
            .iter()
            .zip(jobs)
            .enumerate()
            .map(|(work, (centre, there))| {
                let near = (-distance(*own, *centre) / PULL_M).exp();
                let own = if work == home { OWN } else { 1.0 };
                f64::from(there.jobs) * near * own
            })
            .collect();
        let outside: f64 =
            TOWNS.iter().map(|town| 9_000.0 * (-distance(*own, town.2) / PULL_M).exp()).sum();
        let all = pulls.iter().sum::<f64>() + outside;
        let workers = jobs.get(home).map_or(0.0, |jobs| f64::from(jobs.workers));
        matrix.push(pulls.iter().map(|pull| workers * pull / all.max(1.0)).collect());
    }
    let mut flows = Vec::new();
    let mut incoming: Vec<u32> = vec![0; centres.len()];
    // No commune gives its neighbours more work than it has.
    let into: Vec<f64> =
        (0..centres.len()).map(|work| matrix.iter().map(|row| row[work]).sum()).collect();
    for (home, row) in matrix.iter().enumerate() {
        let mut left = jobs.get(home).map_or(0, |jobs| jobs.workers);
        for (work, people) in row.iter().enumerate() {
            let most = f64::from(jobs[work].jobs) * FOR_RESIDENTS;
            let people = people * (most / into[work].max(1.0)).min(1.0);
            if people < SMALLEST {
                continue;
            }
            let people = (people.floor() as u32).min(left);
            if people == 0 {
                continue;
            }
            left -= people;
            incoming[work] += people;
            let (home, work) = (FlowPlace::Inside(home), FlowPlace::Inside(work));
            flows.push(HomeToWork { home, work, people });
        }
        if left > 0 {
            let home_place = FlowPlace::Inside(home);
            let town = nearest_town(centres[home]);
            flows.push(HomeToWork { home: home_place, work: town, people: left });
        }
    }
    for (work, taken) in incoming.iter().enumerate() {
        let from_outside = jobs[work].jobs.saturating_sub(*taken);
        if from_outside > 0 {
            let town = nearest_town(centres[work]);
            let work = FlowPlace::Inside(work);
            flows.push(HomeToWork { home: town, work, people: from_outside });
        }
    }
    flows
}

fn nearest_town(at: Coord<f64>) -> FlowPlace {
    let nearest = TOWNS.iter().min_by(|a, b| distance(a.2, at).total_cmp(&distance(b.2, at)));
    let (code, name, _) = nearest.unwrap_or(&TOWNS[0]);
    FlowPlace::Outside(code, name)
}
