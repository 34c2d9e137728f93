//! Dwellings shared between sites: none is counted twice.

use std::collections::VecDeque;

/// What is left of a need or a stock below this is nothing: rounding, not dwellings.
const NOTHING: f64 = 1e-9;

/// Rounds of handing out in proportion; after that what is left is put right by [`complete`].
const ROUNDS: usize = 200;

/// Dwellings of each commune (columns) for the households of each site (rows).
///
/// Households look for a dwelling where it is near and where there are many: each site spreads its `needs` over the
/// communes in proportion to `pulls` times what is left there, and a commune asked for more than it has divides it in
/// proportion to what is asked. Where a site then lacks what another one could find elsewhere, the other one moves: as many
/// households are housed as can be (a maximum flow). A pull of 0 is out of reach.
///
/// No row is more than its need, no column more than its stock. Needs and stocks are finite, none is negative.
#[must_use]
pub fn share(needs: &[f64], stocks: &[f64], pulls: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let mut given = vec![vec![0.0; stocks.len()]; needs.len()];
    let (mut wanting, mut left) = (needs.to_vec(), stocks.to_vec());
    for _ in 0..ROUNDS {
        if !hand_out(&mut wanting, &mut left, pulls, &mut given) {
            break;
        }
    }
    for site in 0..needs.len() {
        while wanting[site] > NOTHING && complete(site, &mut wanting, &mut left, pulls, &mut given)
        {
        }
    }
    given
}

/// One round; whether anything was handed out.
fn hand_out(
    wanting: &mut [f64],
    left: &mut [f64],
    pulls: &[Vec<f64>],
    given: &mut [Vec<f64>],
) -> bool {
    let asked: Vec<Vec<f64>> = wanting
        .iter()
        .zip(pulls)
        .map(|(need, pulls)| {
            let pull: Vec<f64> =
                pulls.iter().zip(left.iter()).map(|(pull, left)| pull * left).collect();
            let total: f64 = pull.iter().sum();
            let share = |pull: f64| if total > 0.0 { need * pull / total } else { 0.0 };
            pull.into_iter().map(share).collect()
        })
        .collect();
    let mut any = false;
    for commune in 0..left.len() {
        let total: f64 = asked.iter().map(|asked| asked[commune]).sum();
        if total <= NOTHING || left[commune] <= NOTHING {
            continue;
        }
        let kept = (left[commune] / total).min(1.0);
        for (site, asked) in asked.iter().enumerate() {
            let got = asked[commune] * kept;
            given[site][commune] += got;
            wanting[site] = (wanting[site] - got).max(0.0);
        }
        left[commune] = (left[commune] - total * kept).max(0.0);
        any = true;
    }
    any
}

/// Where a search came from.
#[derive(Clone, Copy)]
enum From {
    Start,
    /// To a commune, by a site that may ask there.
    Site(usize),
    /// To a site, by a commune that houses some of its households.
    Commune(usize),
}

/// Finds dwellings for a site that lacks some, by moving households of others where needed; whether any were found.
fn complete(
    site: usize,
    wanting: &mut [f64],
    left: &mut [f64],
    pulls: &[Vec<f64>],
    given: &mut [Vec<f64>],
) -> bool {
    let mut sites: Vec<Option<From>> = vec![None; wanting.len()];
    let mut communes: Vec<Option<From>> = vec![None; left.len()];
    sites[site] = Some(From::Start);
    let mut queue = VecDeque::from([site]);
    let mut end = None;
    'search: while let Some(here) = queue.pop_front() {
        for commune in 0..left.len() {
            if pulls[here][commune] <= 0.0 || communes[commune].is_some() {
                continue;
            }
            communes[commune] = Some(From::Site(here));
            if left[commune] > NOTHING {
                end = Some(commune);
                break 'search;
            }
            for other in 0..wanting.len() {
                if sites[other].is_none() && given[other][commune] > NOTHING {
                    sites[other] = Some(From::Commune(commune));
                    queue.push_back(other);
                }
            }
        }
    }
    let Some(end) = end else { return false };
    let way = way_to(end, &sites, &communes);
    let movable =
        way.iter().filter_map(|(_, taken)| taken.map(|(site, commune)| given[site][commune]));
    let amount = movable.fold(left[end].min(wanting[site]), f64::min);
    left[end] -= amount;
    wanting[site] -= amount;
    for ((site, commune), taken) in way {
        given[site][commune] += amount;
        if let Some((site, commune)) = taken {
            given[site][commune] = (given[site][commune] - amount).max(0.0);
        }
    }
    true
}

/// A site and a commune.
type Pair = (usize, usize);

/// The steps that end at a commune, last first: which site gets dwellings where, and which dwellings it gives up for it.
fn way_to(
    end: usize,
    sites: &[Option<From>],
    communes: &[Option<From>],
) -> Vec<(Pair, Option<Pair>)> {
    let mut steps = Vec::new();
    let mut commune = end;
    while let Some(From::Site(site)) = communes[commune] {
        match sites[site] {
            Some(From::Commune(before)) => {
                steps.push(((site, commune), Some((site, before))));
                commune = before;
            }
            _ => {
                steps.push(((site, commune), None));
                break;
            }
        }
    }
    steps
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rows(given: &[Vec<f64>]) -> Vec<f64> {
        given.iter().map(|row| row.iter().sum()).collect()
    }

    fn column(given: &[Vec<f64>], at: usize) -> f64 {
        given.iter().map(|row| row[at]).sum()
    }

    #[test]
    fn one_site_takes_where_there_is_most_and_near() {
        let given = share(&[6.0], &[10.0, 20.0], &[vec![1.0, 1.0]]);
        assert!((given[0][0] - 2.0).abs() < 1e-9 && (given[0][1] - 4.0).abs() < 1e-9);
        // Twice as near pulls twice as much.
        let given = share(&[6.0], &[10.0, 10.0], &[vec![1.0, 0.5]]);
        assert!((given[0][0] - 4.0).abs() < 1e-9 && (given[0][1] - 2.0).abs() < 1e-9);
    }

    #[test]
    fn who_can_go_elsewhere_leaves_what_another_needs() {
        // The second site reaches one commune only.
        let given = share(&[10.0, 10.0], &[10.0, 10.0], &[vec![1.0, 1.0], vec![1.0, 0.0]]);
        assert!(rows(&given).iter().all(|housed| (housed - 10.0).abs() < 1e-6), "{given:?}");
    }

    #[test]
    fn nothing_is_given_where_nothing_is_reached() {
        assert_eq!(share(&[5.0], &[10.0], &[vec![0.0]]), [[0.0]]);
        assert!(share(&[], &[10.0], &[]).is_empty());
        assert_eq!(share(&[5.0], &[], &[vec![]]), [Vec::<f64>::new()]);
    }

    /// Most that can be housed: by the theorem of maximum flow and minimum cut, the least over all sets of sites of the
    /// needs outside the set and the stocks that the set reaches.
    fn most(needs: &[f64], stocks: &[f64], pulls: &[Vec<f64>]) -> f64 {
        (0..1_u32 << needs.len())
            .map(|set| {
                let is_in = |site: usize| set >> site & 1 == 1;
                let outside: f64 =
                    (0..needs.len()).filter(|site| !is_in(*site)).map(|site| needs[site]).sum();
                let reached = |commune: &usize| {
                    (0..needs.len()).any(|site| is_in(site) && pulls[site][*commune] > 0.0)
                };
                let inside: f64 = (0..stocks.len()).filter(reached).map(|at| stocks[at]).sum();
                outside + inside
            })
            .fold(f64::INFINITY, f64::min)
    }

    proptest! {
        #[test]
        fn never_more_than_there_is_and_as_many_as_can_be(
            needs in prop::collection::vec(0.0..80.0_f64, 0..6),
            stocks in prop::collection::vec(0.0..60.0_f64, 0..9),
            seeds in prop::collection::vec(prop::sample::select(vec![0.0, 0.0, 0.22, 0.68, 1.0]), 54),
        ) {
            let pulls: Vec<Vec<f64>> = (0..needs.len())
                .map(|site| (0..stocks.len()).map(|at| seeds[site * 9 + at]).collect())
                .collect();
            let given = share(&needs, &stocks, &pulls);
            for (housed, need) in rows(&given).iter().zip(&needs) {
                prop_assert!(*housed <= need + 1e-6);
            }
            for (at, stock) in stocks.iter().enumerate() {
                prop_assert!(column(&given, at) <= stock + 1e-6);
            }
            for (row, pulls) in given.iter().zip(&pulls) {
                for (dwellings, pull) in row.iter().zip(pulls) {
                    prop_assert!(*dwellings >= 0.0 && (*pull > 0.0 || *dwellings == 0.0));
                }
            }
            let housed: f64 = rows(&given).iter().sum();
            prop_assert!((housed - most(&needs, &stocks, &pulls)).abs() < 1e-5);
        }
    }
}
