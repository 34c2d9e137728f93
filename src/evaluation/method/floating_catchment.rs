//! Floating catchments: how much of a supply falls to each head of a demand, when others can reach it too.
//!
//! Each place of supply is shared among the demand that reaches it, each place of demand adds up its shares:
//!
//! ```text
//! R_j = S_j / Σ_i D_i w_ij        A_i = Σ_j R_j w_ij
//! ```
//!
//! | method | w_ij | source |
//! |---|---|---|
//! | 2SFCA | 1 within a limit, else 0 | Luo & Wang 2003, Environment and Planning B 30(6) |
//! | E2SFCA | the weight of the band of minutes | Luo & Qi 2009, Health & Place 15(4) |
//! | 3SFCA | that weight times its share of the weights of `i` | Wan, Zou & Sternberg 2012, IJGIS 26(6) |
//!
//! All equal PySAL's `access` (`tests/methods_oracle.rs`). What is shared out is what was there: the sum of `A_i D_i` is
//! the supply that anybody reaches. More of a supply never lowers an access. Moving a place of demand farther never
//! raises its own, by 2SFCA and E2SFCA; by 3SFCA it can, since who no longer reaches one supply competes more for the
//! others.

use crate::units::Minutes;

/// How many minutes weigh how much: steps, the nearest first; beyond the last one nothing is reached.
#[derive(Debug, Clone, PartialEq)]
pub struct Bands(Vec<Band>);

/// One step of [`Bands`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Band {
    /// Up to and with this many minutes, 0 or more.
    pub up_to_min: f64,
    /// Weight, above 0 and at most 1.
    pub weight: f64,
}

impl Bands {
    /// Up to 10, 20 and 30 minutes 1, 0.68 and 0.22: Luo & Qi 2009, the first of their two sets.
    #[must_use]
    pub fn luo_qi_2009() -> Self {
        Self::of(&[(10.0, 1.0), (20.0, 0.68), (30.0, 0.22)])
    }

    /// Up to 10, 20, 30 and 60 minutes 0.962, 0.704, 0.377 and 0.042: Wan, Zou & Sternberg 2012, as PySAL has them.
    #[must_use]
    pub fn wan_2012() -> Self {
        Self::of(&[(10.0, 0.962), (20.0, 0.704), (30.0, 0.377), (60.0, 0.042)])
    }

    /// All minutes up to a limit alike.
    #[must_use]
    pub fn within(limit: Minutes) -> Self {
        Self::of(&[(limit.get(), 1.0)])
    }

    /// Any steps.
    ///
    /// # Errors
    /// No step, minutes that do not rise, a weight that is not above 0 and at most 1.
    pub fn new(bands: Vec<Band>) -> Result<Self, CatchmentError> {
        let mut least = 0.0;
        for (band, Band { up_to_min, weight }) in bands.iter().copied().enumerate() {
            let rises = if band == 0 { up_to_min >= least } else { up_to_min > least };
            if !rises || !up_to_min.is_finite() {
                return Err(CatchmentError::BandMinutes { band, value: up_to_min });
            }
            if !(weight > 0.0 && weight <= 1.0) {
                return Err(CatchmentError::BandWeight { band, value: weight });
            }
            least = up_to_min;
        }
        if bands.is_empty() { Err(CatchmentError::NoBand) } else { Ok(Self(bands)) }
    }

    fn of(steps: &[(f64, f64)]) -> Self {
        Self(
            steps
                .iter()
                .map(|(up_to_min, weight)| Band { up_to_min: *up_to_min, weight: *weight })
                .collect(),
        )
    }

    /// The weight of so many minutes; 0 beyond the last step.
    #[must_use]
    pub fn weight(&self, minutes: f64) -> f64 {
        self.0.iter().find(|band| minutes <= band.up_to_min).map_or(0.0, |band| band.weight)
    }

    /// The steps, the nearest first.
    #[must_use]
    pub fn steps(&self) -> &[Band] {
        &self.0
    }

    /// Minutes beyond which nothing is reached.
    #[must_use]
    pub fn farthest_min(&self) -> f64 {
        self.0.last().map_or(0.0, |band| band.up_to_min)
    }
}

impl Default for Bands {
    fn default() -> Self {
        Self::luo_qi_2009()
    }
}

/// How a supply is shared among those who reach it.
#[derive(Debug, Clone, PartialEq)]
pub enum FloatingCatchment {
    /// Two steps, all within a limit alike (2SFCA).
    TwoStep {
        /// The limit.
        within: Minutes,
    },
    /// Two steps, the nearer the more (E2SFCA).
    Enhanced(Bands),
    /// Three steps: a place of demand wants less of each supply the more of them it reaches (3SFCA).
    ThreeStep(Bands),
}

/// The way from a place of demand to a place of supply. Pairs that no way joins are left out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Way {
    /// Number of the place of demand.
    pub demand: u32,
    /// Number of the place of supply.
    pub supply: u32,
    /// Minutes, 0 or more.
    pub minutes: f64,
}

/// A figure known to lie between two bounds, both the same where it is known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    /// The least it can be.
    pub low: f64,
    /// The most it can be; infinite where only the least is known.
    pub high: f64,
}

impl Bounds {
    /// A figure that is known.
    #[must_use]
    pub fn exact(value: f64) -> Self {
        Self { low: value, high: value }
    }
}

/// Places, ways or bands that no catchment can be made of.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum CatchmentError {
    /// A demand below 0 or no number.
    #[error("demand {place} is {value}; give finite numbers of 0 or more")]
    Demand {
        /// Number of the place, from 0.
        place: usize,
        /// What was given.
        value: f64,
    },
    /// A supply whose bounds are below 0, no numbers, or the wrong way round.
    #[error(
        "supply {place} lies between {low} and {high}; give a finite low of 0 or more and a high not below it"
    )]
    Supply {
        /// Number of the place, from 0.
        place: usize,
        /// The lower bound.
        low: f64,
        /// The upper bound.
        high: f64,
    },
    /// A way between places that there are not.
    #[error("a way goes from demand {demand} to supply {supply}, which is not in the lists")]
    NoPlace {
        /// Number of the place of demand.
        demand: u32,
        /// Number of the place of supply.
        supply: u32,
    },
    /// A way of no number of minutes.
    #[error(
        "the way from demand {demand} to supply {supply} takes {minutes} minutes; leave out pairs that no way joins"
    )]
    Minutes {
        /// Number of the place of demand.
        demand: u32,
        /// Number of the place of supply.
        supply: u32,
        /// What was given.
        minutes: f64,
    },
    /// Two ways between the same places.
    #[error("two ways go from demand {demand} to supply {supply}; give the shorter one")]
    Twice {
        /// Number of the place of demand.
        demand: u32,
        /// Number of the place of supply.
        supply: u32,
    },
    /// No band at all.
    #[error("there is no band; give at least one")]
    NoBand,
    /// Minutes of a band that do not follow those of the band before.
    #[error(
        "band {band} goes up to {value} minutes; give finite numbers of 0 or more, each above the one before"
    )]
    BandMinutes {
        /// Number of the band, from 0.
        band: usize,
        /// What was given.
        value: f64,
    },
    /// A weight outside its range.
    #[error("band {band} weighs {value}; give a weight above 0 and at most 1")]
    BandWeight {
        /// Number of the band, from 0.
        band: usize,
        /// What was given.
        value: f64,
    },
}

impl FloatingCatchment {
    /// What falls to each head of each place of demand: supply per head of demand, in the order of `demand`.
    ///
    /// Where a supply is bounded, so is the access. A place of nobody can reach a supply that nobody else does: what
    /// would fall to a head of it is then anything above what it shares with others, and the bound above is infinite.
    /// The order of `ways` changes nothing.
    ///
    /// # Errors
    /// Figures that are no numbers or below 0, ways between places that there are not, two ways between the same.
    pub fn access(
        &self,
        demand: &[f64],
        supply: &[Bounds],
        ways: &[Way],
    ) -> Result<Vec<Bounds>, CatchmentError> {
        check_figures(demand, supply)?;
        let pairs = self.weighted(demand.len(), supply.len(), ways)?;
        let mut wanted = vec![0.0; supply.len()];
        for (i, j, weight) in &pairs {
            wanted[*j] += demand[*i] * weight;
        }
        let mut found = vec![Bounds::exact(0.0); demand.len()];
        for (i, j, weight) in pairs {
            let share = shared(supply[j], wanted[j]);
            found[i].low += share.low * weight;
            found[i].high += share.high * weight;
        }
        Ok(found)
    }

    fn bands(&self) -> Bands {
        match self {
            Self::TwoStep { within } => Bands::within(*within),
            Self::Enhanced(bands) | Self::ThreeStep(bands) => bands.clone(),
        }
    }

    /// The pairs within reach by demand, then supply, with their weight.
    fn weighted(
        &self,
        n_demand: usize,
        n_supply: usize,
        ways: &[Way],
    ) -> Result<Vec<(usize, usize, f64)>, CatchmentError> {
        let bands = self.bands();
        let mut ways = ways.to_vec();
        ways.sort_by_key(|way| (way.demand, way.supply));
        let mut pairs = Vec::new();
        for (at, way) in ways.iter().enumerate() {
            let Way { demand, supply, minutes } = *way;
            if demand as usize >= n_demand || supply as usize >= n_supply {
                return Err(CatchmentError::NoPlace { demand, supply });
            }
            if !minutes.is_finite() || minutes < 0.0 {
                return Err(CatchmentError::Minutes { demand, supply, minutes });
            }
            if at > 0 && (ways[at - 1].demand, ways[at - 1].supply) == (demand, supply) {
                return Err(CatchmentError::Twice { demand, supply });
            }
            let weight = bands.weight(minutes);
            if weight > 0.0 {
                pairs.push((demand as usize, supply as usize, weight));
            }
        }
        if matches!(self, Self::ThreeStep(_)) {
            let mut sums = vec![0.0; n_demand];
            for (i, _, weight) in &pairs {
                sums[*i] += weight;
            }
            for (i, _, weight) in &mut pairs {
                *weight *= *weight / sums[*i];
            }
        }
        Ok(pairs)
    }
}

fn check_figures(demand: &[f64], supply: &[Bounds]) -> Result<(), CatchmentError> {
    for (place, value) in demand.iter().copied().enumerate() {
        if !value.is_finite() || value < 0.0 {
            return Err(CatchmentError::Demand { place, value });
        }
    }
    for (place, Bounds { low, high }) in supply.iter().copied().enumerate() {
        if !(low.is_finite() && low >= 0.0 && high >= low) {
            return Err(CatchmentError::Supply { place, low, high });
        }
    }
    Ok(())
}

/// A supply divided by the demand that reaches it.
fn shared(supply: Bounds, wanted: f64) -> Bounds {
    let per_head = |figure: f64| if figure > 0.0 { figure / wanted } else { 0.0 };
    if wanted > 0.0 {
        Bounds { low: per_head(supply.low), high: per_head(supply.high) }
    } else {
        Bounds { low: 0.0, high: if supply.high > 0.0 { f64::INFINITY } else { 0.0 } }
    }
}
