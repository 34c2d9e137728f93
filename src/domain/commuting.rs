//! Flows of people between home and work.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use super::CodeInsee;
use super::Value;

/// People who live in one commune and work in another, or the same.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CommutingFlow {
    /// Where they live.
    pub home: CodeInsee,
    /// Where they work.
    pub work: CodeInsee,
    /// How many; the census weighs people, so that this is no whole number.
    pub people: f64,
}

/// A sum that one unknown part makes unknown.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
struct Sum {
    known: f64,
    has_unknown: bool,
}

impl Sum {
    fn add(&mut self, part: Option<f64>) {
        match part {
            Some(number) => self.known += number,
            None => self.has_unknown = true,
        }
    }

    fn join(&mut self, other: Self) {
        self.known += other.known;
        self.has_unknown |= other.has_unknown;
    }

    fn value(self) -> Value<'static> {
        if self.has_unknown { Value::Missing } else { Value::Number(self.known) }
    }
}

/// One end of a flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FlowEnd {
    /// A commune of the territory.
    Inside(CodeInsee),
    /// A commune outside it, or a place abroad.
    Outside,
}

/// All flows that touch the territory.
#[derive(Debug, Clone, Default)]
pub struct Commuting {
    workers: BTreeMap<CodeInsee, Sum>,
    jobs: BTreeMap<CodeInsee, Sum>,
    pairs: BTreeMap<(CodeInsee, CodeInsee), Option<f64>>,
    /// Whether anybody comes in from outside: else the file holds residents only, and says nothing of jobs.
    has_incoming: bool,
}

impl Commuting {
    /// Columns of [`Self::figures`]: people in work who live in the commune, those of them who work in it, and people
    /// who work in it wherever they live. [`Self::figures_of`] has them for groups of communes.
    pub const COLUMNS: [&'static str; 3] = ["resident_workers", "workers_at_home", "jobs_held"];

    /// Takes a flow; `None`: its number is unknown, and so are the sums it is part of. `false`: the pair is there
    /// already, and the row changes nothing. Pairs with an end outside are not told apart.
    #[must_use]
    pub fn add(&mut self, home: FlowEnd, work: FlowEnd, people: Option<f64>) -> bool {
        if let (FlowEnd::Inside(home), FlowEnd::Inside(work)) = (home, work) {
            if self.pairs.contains_key(&(home, work)) {
                return false;
            }
            self.pairs.insert((home, work), people);
        }
        if let FlowEnd::Inside(home) = home {
            self.workers.entry(home).or_default().add(people);
        }
        if let FlowEnd::Inside(work) = work {
            self.jobs.entry(work).or_default().add(people);
            self.has_incoming |= home == FlowEnd::Outside;
        }
        true
    }

    /// The figures of every commune with a flow. Jobs are unknown when the file holds no flow from outside: the
    /// territory is no island, its residents alone were extracted.
    #[must_use]
    pub fn figures(&self) -> BTreeMap<CodeInsee, Vec<Value<'static>>> {
        let communes: BTreeSet<CodeInsee> =
            self.workers.keys().chain(self.jobs.keys()).copied().collect();
        self.figures_of(communes.into_iter().map(|commune| (commune, commune)))
    }

    /// The same of groups of communes: a flow between two communes of a group stays within it. Groups without any flow
    /// have no row; a commune that no flow touches makes the sums of its group unknown.
    #[must_use]
    pub fn figures_of<K: Ord + Copy>(
        &self,
        groups: impl Iterator<Item = (CodeInsee, K)>,
    ) -> BTreeMap<K, Vec<Value<'static>>> {
        let group_of: BTreeMap<CodeInsee, K> = groups.collect();
        let touched = |commune: &CodeInsee| {
            self.workers.contains_key(commune) || self.jobs.contains_key(commune)
        };
        let (mut workers, mut jobs) = (BTreeMap::<K, Sum>::new(), BTreeMap::<K, Sum>::new());
        for (commune, group) in &group_of {
            let has_flow = touched(commune);
            for (of, sums) in [(&self.workers, &mut workers), (&self.jobs, &mut jobs)] {
                match of.get(commune) {
                    Some(sum) => sums.entry(*group).or_default().join(*sum),
                    None if has_flow => {}
                    None => sums.entry(*group).or_default().add(None),
                }
            }
        }
        let mut within: BTreeMap<K, Sum> = BTreeMap::new();
        for ((home, work), people) in &self.pairs {
            if let (Some(from), Some(to)) = (group_of.get(home), group_of.get(work))
                && from == to
            {
                within.entry(*from).or_default().add(*people);
            }
        }
        let known: BTreeSet<K> = group_of
            .iter()
            .filter(|(commune, _)| touched(commune))
            .map(|(_, group)| *group)
            .collect();
        let value = |sum: Option<&Sum>| sum.map_or(Value::Missing, |sum| sum.value());
        let row = |group: K| {
            let workers = workers.get(&group);
            // Who has workers and none of them at home is known to have none there.
            let at_home = workers.map(|_| within.get(&group).copied().unwrap_or_default().value());
            let jobs = jobs.get(&group).filter(|_| self.has_incoming);
            vec![value(workers), at_home.unwrap_or(Value::Missing), value(jobs)]
        };
        known.into_iter().map(|group| (group, row(group))).collect()
    }

    /// Flows with both ends inside, by home and work; those of unknown number are left to the sums.
    #[must_use]
    pub fn inside(&self) -> Vec<CommutingFlow> {
        self.pairs
            .iter()
            .filter_map(|((home, work), people)| {
                people.map(|people| CommutingFlow { home: *home, work: *work, people })
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_and_pairs() {
        let [auch, montauban]: [CodeInsee; 2] =
            ["32013", "82121"].map(|code| code.parse().unwrap());
        let (a, m, out) = (FlowEnd::Inside(auch), FlowEnd::Inside(montauban), FlowEnd::Outside);
        let mut flows = Commuting::default();
        assert!(flows.add(a, a, Some(10.5)));
        assert!(flows.add(a, m, Some(2.0)));
        assert!(!flows.add(a, m, Some(7.0)));
        assert!(flows.add(a, out, Some(1.5)));
        assert!(flows.add(a, out, Some(1.0)));
        let number = |value| Value::Number(value);
        assert_eq!(flows.figures()[&auch], [number(15.0), number(10.5), Value::Missing]);
        assert_eq!(flows.figures()[&montauban], [Value::Missing, Value::Missing, Value::Missing]);
        assert!(flows.add(out, m, Some(4.0)));
        // Both as one: what goes from one to the other stays within.
        let both = flows.figures_of([(auch, 'e'), (montauban, 'e')].into_iter());
        assert_eq!(both[&'e'], [number(15.0), number(12.5), number(16.5)]);
        assert!(flows.add(m, a, None));
        assert_eq!(flows.figures()[&auch], [number(15.0), number(10.5), Value::Missing]);
        assert_eq!(flows.figures()[&montauban], [Value::Missing, number(0.0), number(6.0)]);
        // One flow of unknown size is within both as one.
        let both = flows.figures_of([(auch, 'e'), (montauban, 'e')].into_iter());
        assert_eq!(both[&'e'], [Value::Missing, Value::Missing, Value::Missing]);
        // A commune that no flow touches is not known to have nobody.
        let more: CodeInsee = "32012".parse().unwrap();
        let both = flows.figures_of([(auch, 'e'), (more, 'e'), (more, 'f')].into_iter());
        assert_eq!(both.len(), 1);
        let pairs: Vec<f64> = flows.inside().iter().map(|flow| flow.people).collect();
        assert_eq!(pairs, [10.5, 2.0]);
    }
}
