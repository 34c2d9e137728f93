//! What a site brings: jobs of three kinds, and the households they are of.

use crate::domain::HousingRules;
use crate::domain::JobKind;

/// Code of the activity of land that names none: the mean over all.
pub const ANY_ACTIVITY: &str = "average";

/// Jobs of a site: least, usual, most.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Jobs {
    /// Fewest.
    pub low: f64,
    /// Usual number.
    pub usual: f64,
    /// Most.
    pub high: f64,
}

impl Jobs {
    /// A number that is announced.
    #[must_use]
    pub fn announced(number: f64) -> Self {
        Self { low: number, usual: number, high: number }
    }

    fn times(self, factor: f64) -> Self {
        Self { low: self.low * factor, usual: self.usual * factor, high: self.high * factor }
    }

    fn plus(self, other: Self) -> Self {
        Self {
            low: self.low + other.low,
            usual: self.usual + other.usual,
            high: self.high + other.high,
        }
    }
}

/// The jobs that so many hectares of an activity hold; `None` for an activity that the rules do not know.
#[must_use]
pub fn jobs_of_area(rules: &HousingRules, activity: &str, hectares: f64) -> Option<Jobs> {
    let density = rules.density(activity)?;
    let per_ha = Jobs { low: density.low, usual: density.usual, high: density.high };
    Some(per_ha.times(hectares.max(0.0)))
}

/// What a site brings of one kind.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BroughtOf {
    /// The kind.
    pub kind: JobKind,
    /// Jobs of this kind.
    pub jobs: Jobs,
    /// Households that come to live here, each in need of one dwelling.
    pub households: Jobs,
}

/// What a site brings, by kind, in the order of [`JobKind::ALL`].
#[derive(Debug, Clone, PartialEq)]
pub struct Demand {
    /// By kind.
    pub kinds: Vec<BroughtOf>,
}

impl Demand {
    /// What `jobs` announced on a site bring.
    #[must_use]
    pub fn of(rules: &HousingRules, jobs: Jobs) -> Self {
        let of_kind = |kind: JobKind| {
            let brought = rules.brought.get(&kind)?;
            let jobs = jobs.times(brought.jobs_per_job);
            let households = jobs.times(brought.newcomers * brought.households_per_newcomer);
            Some(BroughtOf { kind, jobs, households })
        };
        Self { kinds: JobKind::ALL.into_iter().filter_map(of_kind).collect() }
    }

    /// Households that stay: of operation and induced jobs. Those of the works are gone when these come.
    #[must_use]
    pub fn lasting_households(&self) -> Jobs {
        self.kinds
            .iter()
            .filter(|brought| brought.kind != JobKind::Construction)
            .fold(Jobs::announced(0.0), |sum, brought| sum.plus(brought.households))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::housing::published_rules;

    #[test]
    fn sixty_jobs_bring_three_kinds_of_households() {
        let rules = published_rules().unwrap();
        let demand = Demand::of(&rules, Jobs::announced(60.0));
        let households: Vec<f64> =
            demand.kinds.iter().map(|brought| brought.households.usual).collect();
        // 60 × 0.5 × 0.6 × 1; 60 × 0.4 × 0.8; 60 × 0.3 × 0.2 × 0.8.
        for (ours, on_paper) in households.iter().zip([18.0, 19.2, 2.88]) {
            assert!((ours - on_paper).abs() < 1e-9, "{ours} {on_paper}");
        }
        assert!((demand.lasting_households().usual - 22.08).abs() < 1e-9);
    }

    #[test]
    fn hectares_hold_jobs_by_activity() {
        let rules = published_rules().unwrap();
        let jobs = jobs_of_area(&rules, "average", 2.0).unwrap();
        assert_eq!((jobs.low, jobs.usual, jobs.high), (30.0, 48.0, 80.0));
        assert_eq!(jobs_of_area(&rules, "fishing", 2.0), None);
    }
}
