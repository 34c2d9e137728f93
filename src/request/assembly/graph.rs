//! The land there is: units and which of them join.

use std::collections::BTreeMap;
use std::fmt;

/// Areas, lengths and costs are reckoned in millionths (mm², µm), so that sums do not depend on the order of adding.
const MILLIONTHS: f64 = 1e6;

/// More than this, in all, cannot be added up exactly.
const MOST: f64 = 1e12;

/// A sum of costs of which one is unknown.
pub(super) const UNKNOWN: i64 = 1 << 61;

/// In millionths.
pub(super) fn fixed(value: f64) -> i64 {
    (value * MILLIONTHS).round() as i64
}

/// From millionths.
pub(super) fn float(value: i64) -> f64 {
    value as f64 / MILLIONTHS
}

/// A parcel, or what else changes hands as a whole.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Unit {
    /// Usable area in m², above 0 (whole mm²).
    pub area_m2: f64,
    /// Number of the owner; units of an unknown owner count as owned by one of their own each.
    pub owner: Option<u32>,
    /// What it costs, 0 or more, in any unit; `None` if not known.
    pub cost: Option<f64>,
    /// Length of its border in m, 0 or more.
    pub perimeter_m: f64,
}

/// Two units that one can use together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Edge {
    /// The units, in any order.
    pub between: [u32; 2],
    /// Length of their common border in m; 0 across a lane.
    pub shared_m: f64,
}

/// Units or edges that no search can be made in.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum GraphError {
    /// An area that is not a number above 0.
    Area {
        /// The unit.
        unit: u32,
        /// What was given, m².
        value: f64,
    },
    /// A cost below 0 or no number.
    Cost {
        /// The unit.
        unit: u32,
        /// What was given.
        value: f64,
    },
    /// A perimeter below 0 or no number.
    Perimeter {
        /// The unit.
        unit: u32,
        /// What was given, m.
        value: f64,
    },
    /// An edge to a unit that there is not.
    NoUnit {
        /// Number of the edge, from 0.
        edge: usize,
        /// The unit.
        unit: u32,
    },
    /// An edge from a unit to itself.
    Loop {
        /// Number of the edge, from 0.
        edge: usize,
    },
    /// A common border below 0 or no number.
    Shared {
        /// Number of the edge, from 0.
        edge: usize,
        /// What was given, m.
        value: f64,
    },
    /// Areas, costs or borders that together are more than 10¹².
    TooMuch,
}

impl fmt::Display for GraphError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Area { unit, value } => {
                write!(f, "unit {unit} has an area of {value} m²; give a number above 0")
            }
            Self::Cost { unit, value } => {
                write!(f, "unit {unit} costs {value}; give a number of 0 or more, or none")
            }
            Self::Perimeter { unit, value } => {
                write!(f, "unit {unit} has a border of {value} m; give a number of 0 or more")
            }
            Self::NoUnit { edge, unit } => {
                write!(f, "edge {edge} goes to unit {unit}, which is not in the list")
            }
            Self::Loop { edge } => write!(f, "edge {edge} joins a unit to itself"),
            Self::Shared { edge, value } => {
                write!(f, "edge {edge} has a common border of {value} m; give 0 or more")
            }
            Self::TooMuch => write!(f, "areas, costs or borders add up to more than 10^12"),
        }
    }
}

impl std::error::Error for GraphError {}

/// Units and which of them join.
#[derive(Debug, Clone)]
pub struct Graph {
    pub(super) area: Vec<i64>,
    /// [`UNKNOWN`] if not known.
    pub(super) cost: Vec<i64>,
    pub(super) perimeter: Vec<i64>,
    /// Numbered anew, so that every unknown owner is one of its own.
    pub(super) owner: Vec<u32>,
    near: Vec<Vec<(u32, i64)>>,
    components: Vec<Vec<u32>>,
}

impl Graph {
    /// Units, numbered by their place in the list, and the edges between them. The same pair given more than once is one
    /// edge, with the longest of the borders given.
    ///
    /// # Errors
    /// Figures out of range, edges from a unit to itself or to none.
    pub fn new(units: &[Unit], edges: &[Edge]) -> Result<Self, GraphError> {
        check_units(units)?;
        let mut joined: BTreeMap<(u32, u32), i64> = BTreeMap::new();
        for (number, Edge { between: [a, b], shared_m }) in edges.iter().enumerate() {
            if let Some(unit) = [*a, *b].into_iter().find(|unit| *unit as usize >= units.len()) {
                return Err(GraphError::NoUnit { edge: number, unit });
            }
            if a == b {
                return Err(GraphError::Loop { edge: number });
            }
            if !(*shared_m >= 0.0 && shared_m.is_finite()) {
                return Err(GraphError::Shared { edge: number, value: *shared_m });
            }
            let shared = joined.entry((*a.min(b), *a.max(b))).or_insert(0);
            *shared = (*shared).max(fixed(*shared_m));
        }
        if joined.values().map(|shared| float(*shared)).sum::<f64>() > MOST {
            return Err(GraphError::TooMuch);
        }
        let mut near = vec![Vec::new(); units.len()];
        for ((a, b), shared) in joined {
            near[a as usize].push((b, shared));
            near[b as usize].push((a, shared));
        }
        for near in &mut near {
            near.sort_unstable();
        }
        let components = parts(&near, &vec![true; units.len()]);
        Ok(Self {
            area: units.iter().map(|unit| fixed(unit.area_m2)).collect(),
            cost: units.iter().map(|unit| unit.cost.map_or(UNKNOWN, fixed)).collect(),
            perimeter: units.iter().map(|unit| fixed(unit.perimeter_m)).collect(),
            owner: owners(units),
            near,
            components,
        })
    }

    /// Number of units.
    #[must_use]
    pub fn len(&self) -> usize {
        self.area.len()
    }

    /// Whether there is no unit.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.area.is_empty()
    }

    /// The units that hang together, in ascending order; the one with the lowest unit first.
    #[must_use]
    pub fn components(&self) -> &[Vec<u32>] {
        &self.components
    }

    /// The units that join one, with the common border.
    pub(super) fn near(&self, unit: u32) -> &[(u32, i64)] {
        &self.near[unit as usize]
    }

    /// What is left of some units, in parts that hang together, when one is taken out.
    pub(super) fn without(&self, units: &[u32], out: u32) -> Vec<Vec<u32>> {
        let mut within = vec![false; self.len()];
        for unit in units {
            within[*unit as usize] = *unit != out;
        }
        parts(&self.near, &within)
    }
}

fn check_units(units: &[Unit]) -> Result<(), GraphError> {
    let (mut area, mut cost, mut perimeter) = (0.0, 0.0, 0.0);
    for (number, unit) in (0_u32..).zip(units) {
        if !(unit.area_m2.is_finite() && unit.area_m2 > 0.0 && unit.area_m2 * MILLIONTHS >= 0.5) {
            return Err(GraphError::Area { unit: number, value: unit.area_m2 });
        }
        let value = unit.cost.unwrap_or(0.0);
        if !(value.is_finite() && value >= 0.0) {
            return Err(GraphError::Cost { unit: number, value });
        }
        if !(unit.perimeter_m.is_finite() && unit.perimeter_m >= 0.0) {
            return Err(GraphError::Perimeter { unit: number, value: unit.perimeter_m });
        }
        area += unit.area_m2;
        cost += value;
        perimeter += unit.perimeter_m;
    }
    if area > MOST || cost > MOST || perimeter > MOST {
        return Err(GraphError::TooMuch);
    }
    Ok(())
}

fn owners(units: &[Unit]) -> Vec<u32> {
    let mut known: BTreeMap<u32, u32> = BTreeMap::new();
    let mut next = 0;
    let mut new = || {
        next += 1;
        next - 1
    };
    units
        .iter()
        .map(|unit| match unit.owner {
            Some(owner) => *known.entry(owner).or_insert_with(&mut new),
            None => new(),
        })
        .collect()
}

/// The parts that hang together of the units marked.
fn parts(near: &[Vec<(u32, i64)>], within: &[bool]) -> Vec<Vec<u32>> {
    let mut left = within.to_vec();
    let mut parts = Vec::new();
    for start in 0..near.len() {
        if !std::mem::take(&mut left[start]) {
            continue;
        }
        let mut part = vec![start as u32];
        let mut at = 0;
        while let Some(unit) = part.get(at).copied() {
            at += 1;
            for (other, _) in &near[unit as usize] {
                if std::mem::take(&mut left[*other as usize]) {
                    part.push(*other);
                }
            }
        }
        part.sort_unstable();
        parts.push(part);
    }
    parts
}
