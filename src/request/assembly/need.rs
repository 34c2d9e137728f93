//! What is needed, and how two assemblies compare.

use std::f64::consts::PI;
use std::fmt;

use super::graph::Graph;
use super::graph::UNKNOWN;
use super::graph::fixed;
use super::graph::float;

/// What is to be as small as can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Aim {
    /// Number of owners.
    Owners,
    /// Number of units.
    Units,
    /// Area above the least needed, or the difference to the ideal one if there is one: in m², compared in whole steps.
    Excess,
    /// Sum of the costs. With one unknown the sum is, and stands behind all that are known.
    Cost,
    /// Perimeter² / (4π area): 1 for a disc, 1.27 for a square, more for what is long or ragged.
    Shape,
}

impl Aim {
    /// All aims.
    pub const ALL: [Self; 5] = [Self::Owners, Self::Units, Self::Excess, Self::Cost, Self::Shape];

    /// The word used in requests and in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Owners => "owners",
            Self::Units => "units",
            Self::Excess => "excess",
            Self::Cost => "cost",
            Self::Shape => "shape",
        }
    }
}

/// What is needed.
#[derive(Debug, Clone, PartialEq)]
pub struct Need {
    /// Least area in m², above 0 (whole mm²).
    pub min_m2: f64,
    /// Largest area in m², not below the least; may be infinite.
    pub max_m2: f64,
    /// The area that would be best, in m², above 0; without one the least is.
    pub ideal_m2: Option<f64>,
    /// The aims, the weightiest first: the next one decides where those before are equal. After all of them the lower
    /// list of units does.
    pub order: Vec<Aim>,
    /// Steps of the excess in m², above 0: less than one step more decides nothing.
    pub excess_step_m2: f64,
    /// Number of assemblies wanted.
    pub wanted: usize,
    /// Most units of an assembly; `None` for any number.
    pub max_units: Option<u32>,
    /// Nodes examined for each assembly wanted before the search makes do with the best found: 3 to 8 million in a second.
    pub budget: u64,
}

impl Default for Need {
    /// One hectare or more, of as few owners as can be: 2 million nodes.
    fn default() -> Self {
        Self {
            min_m2: 10_000.0,
            max_m2: f64::INFINITY,
            ideal_m2: None,
            order: vec![Aim::Owners, Aim::Units, Aim::Excess, Aim::Cost, Aim::Shape],
            excess_step_m2: 100.0,
            wanted: 1,
            max_units: None,
            budget: 2_000_000,
        }
    }
}

/// A need that cannot be searched for.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum NeedError {
    /// A least area that is not a number above 0.
    Min(f64),
    /// A largest area below the least, or no number.
    Max(f64),
    /// An ideal area that is not a number above 0.
    Ideal(f64),
    /// A step that is not a number above 0.
    Step(f64),
}

impl fmt::Display for NeedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Min(value) => write!(f, "the least area is {value} m²; give a number above 0"),
            Self::Max(value) => {
                write!(f, "the largest area is {value} m²; give one not below the least")
            }
            Self::Ideal(value) => write!(f, "the ideal area is {value} m²; give a number above 0"),
            Self::Step(value) => {
                write!(f, "the step of the excess is {value} m²; give a number above 0")
            }
        }
    }
}

impl std::error::Error for NeedError {}

/// The values of the aims in their order, as numbers that compare alike; 0 for those that there are not.
pub(super) type Rank = [u64; 5];

/// Behind every assembly.
pub(super) const LAST: Rank = [u64::MAX; 5];

/// An area no assembly has.
const NO_AREA: i64 = 1 << 61;

/// A need, ready for the search.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    pub(super) min: i64,
    pub(super) max: i64,
    ideal: Option<i64>,
    step: i64,
    /// Each aim once.
    pub(super) order: Vec<Aim>,
    pub(super) max_units: u32,
}

/// What the aims look at.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sums {
    pub(super) owners: u32,
    pub(super) units: u32,
    pub(super) area: i64,
    pub(super) cost: i64,
    pub(super) perimeter: i64,
}

impl Plan {
    pub(super) fn new(need: &Need) -> Result<Self, NeedError> {
        let area = |value: f64| value.is_finite() && value > 0.0 && value < 1e12;
        if !area(need.min_m2) {
            return Err(NeedError::Min(need.min_m2));
        }
        if need.max_m2.is_nan() || need.max_m2 < need.min_m2 {
            return Err(NeedError::Max(need.max_m2));
        }
        if let Some(ideal) = need.ideal_m2.filter(|ideal| !area(*ideal)) {
            return Err(NeedError::Ideal(ideal));
        }
        if !area(need.excess_step_m2) {
            return Err(NeedError::Step(need.excess_step_m2));
        }
        let mut order: Vec<Aim> = Vec::new();
        for aim in &need.order {
            if !order.contains(aim) {
                order.push(*aim);
            }
        }
        Ok(Self {
            min: fixed(need.min_m2).max(1),
            max: if need.max_m2 < 1e12 { fixed(need.max_m2).max(1) } else { NO_AREA },
            ideal: need.ideal_m2.map(fixed),
            step: fixed(need.excess_step_m2).max(1),
            order,
            max_units: need.max_units.unwrap_or(u32::MAX),
        })
    }

    /// The area that would be best.
    pub(super) fn best(&self) -> i64 {
        self.ideal.unwrap_or(self.min).clamp(self.min, self.max)
    }

    /// Whether an area will do.
    pub(super) fn fits(&self, area: i64) -> bool {
        (self.min..=self.max).contains(&area)
    }

    /// Excess in steps: the least of all areas between two.
    pub(super) fn excess(&self, low: i64, high: i64) -> u64 {
        (self.excess_area(low, high) / self.step) as u64
    }

    fn excess_area(&self, low: i64, high: i64) -> i64 {
        let (low, high) = (low.max(self.min), high.min(self.max));
        match self.ideal {
            None => low - self.min,
            Some(ideal) => (low - ideal).max(ideal - high).max(0),
        }
    }

    /// The values of an assembly.
    pub(super) fn rank(&self, sums: &Sums) -> Rank {
        let mut rank = [0; 5];
        for (rank, aim) in rank.iter_mut().zip(&self.order) {
            *rank = match aim {
                Aim::Owners => u64::from(sums.owners),
                Aim::Units => u64::from(sums.units),
                Aim::Excess => self.excess(sums.area, sums.area),
                Aim::Cost => cost(sums.cost),
                Aim::Shape => shape(sums.perimeter, sums.area),
            };
        }
        rank
    }

    /// What a value stands for: owners, units, m², cost, shape; infinite if unknown.
    pub(super) fn told(&self, aim: Aim, rank: u64) -> f64 {
        match aim {
            Aim::Owners | Aim::Units => rank as f64,
            Aim::Excess => rank as f64 * float(self.step),
            Aim::Cost if rank == u64::MAX => f64::INFINITY,
            Aim::Cost => rank as f64 / 1e6,
            Aim::Shape => f64::from_bits(rank),
        }
    }
}

/// Value of a cost: all that are unknown are alike.
pub(super) fn cost(sum: i64) -> u64 {
    if sum >= UNKNOWN { u64::MAX } else { sum as u64 }
}

/// Value of a shape: the bits of a number of 0 or more compare as it does.
pub(super) fn shape(perimeter: i64, area: i64) -> u64 {
    let perimeter = float(perimeter.max(0));
    (perimeter * perimeter / (4.0 * PI * float(area.max(1)))).to_bits()
}

/// A connected set of units of an area within the bounds.
#[derive(Debug, Clone, PartialEq)]
pub struct Assembly {
    /// The units, in ascending order.
    pub units: Vec<u32>,
    /// Area in m².
    pub area_m2: f64,
    /// Number of owners.
    pub owners: u32,
    /// Area above the least needed, or difference to the ideal one, in m².
    pub excess_m2: f64,
    /// Sum of the costs; `None` if one of them is not known.
    pub cost: Option<f64>,
    /// Length of the border in m.
    pub perimeter_m: f64,
    /// Perimeter² / (4π area).
    pub shape: f64,
}

impl Assembly {
    /// The value of an aim: owners, units, m² in whole steps left aside, cost (infinite if not known), shape.
    #[must_use]
    pub fn value(&self, aim: Aim) -> f64 {
        match aim {
            Aim::Owners => f64::from(self.owners),
            Aim::Units => self.units.len() as f64,
            Aim::Excess => self.excess_m2,
            Aim::Cost => self.cost.unwrap_or(f64::INFINITY),
            Aim::Shape => self.shape,
        }
    }

    pub(super) fn of(graph: &Graph, plan: &Plan, units: Vec<u32>) -> Self {
        let sums = sums(graph, &units);
        Self {
            area_m2: float(sums.area),
            owners: sums.owners,
            excess_m2: float(plan.excess_area(sums.area, sums.area)),
            cost: (sums.cost < UNKNOWN).then(|| float(sums.cost)),
            perimeter_m: float(sums.perimeter.max(0)),
            shape: f64::from_bits(shape(sums.perimeter, sums.area)),
            units,
        }
    }
}

/// What the aims look at, of units in ascending order.
pub(super) fn sums(graph: &Graph, units: &[u32]) -> Sums {
    let mut owners: Vec<u32> = units.iter().map(|unit| graph.owner[*unit as usize]).collect();
    owners.sort_unstable();
    owners.dedup();
    let mut sums = Sums {
        owners: owners.len() as u32,
        units: units.len() as u32,
        area: 0,
        cost: 0,
        perimeter: 0,
    };
    for unit in units {
        sums.area += graph.area[*unit as usize];
        sums.cost = (sums.cost + graph.cost[*unit as usize]).min(UNKNOWN);
        sums.perimeter += graph.perimeter[*unit as usize];
        for (other, shared) in graph.near(*unit) {
            if units.binary_search(other).is_ok() {
                sums.perimeter -= shared;
            }
        }
    }
    sums
}
