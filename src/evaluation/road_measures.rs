//! Measures by road, made ready for one territory, and taken.
//!
//! A search per measure is made once, over the reversed network from all objects; a unit then costs a look at the
//! nearest road. Where the network cannot answer, the straight line does, and the answer says so.

use std::borrow::Cow;

use rayon::prelude::*;

use super::Measured;
use super::Unknown;
use crate::domain::CommuneTable;
use crate::domain::Entity;
use crate::domain::FARTHEST_ROAD_M;
use crate::domain::LayerKey;
use crate::domain::LayerView;
use crate::domain::Territory;
use crate::domain::TravelPlace;
use crate::domain::Value;
use crate::domain::straight_line_minutes;
use crate::spatial::network::Access;
use crate::spatial::network::Cost;
use crate::spatial::network::Field;
use crate::spatial::network::ReachTable;
use crate::spatial::network::RoadNetwork;
use crate::spatial::network::Toward;
use crate::units::Meters;
use crate::units::Minutes;

/// Cost of a straight line where no road can be followed.
fn straight_cost(cost: Cost, distance_m: f64) -> f64 {
    match cost {
        Cost::Meters => distance_m,
        Cost::Minutes => straight_line_minutes(distance_m),
    }
}

/// Where a way begins or ends; a commune of an empty outline is nowhere, which is as far as its outline says.
fn place_of<'a>(territory: &Territory, entity: &'a dyn Entity) -> TravelPlace<'a> {
    territory
        .travel_place(entity)
        .unwrap_or_else(|| TravelPlace::new(Cow::Borrowed(entity.geometry()), entity.commune()))
}

/// The nearest object of a layer by road.
pub(super) struct NearestByRoad<'a> {
    territory: &'a Territory,
    layer: &'a dyn LayerView,
    key: &'a str,
    cost: Cost,
    limit: Option<f64>,
    field: Option<Field<'a>>,
    /// Objects that no road of the network leads to: for them only a straight line can be told.
    is_off_road: Vec<bool>,
    has_off_road: bool,
}

impl<'a> NearestByRoad<'a> {
    pub(super) fn new(
        territory: &'a Territory,
        layer: &'a dyn LayerView,
        key: &'a str,
        cost: Cost,
        limit: Option<f64>,
        keeps: impl Fn(u32) -> bool + Sync,
    ) -> Self {
        let mut is_off_road = vec![false; layer.len()];
        let field = territory.road_network().map(|network| {
            let accesses: Vec<Vec<Access>> = (0..layer.len())
                .into_par_iter()
                .map(|at| match layer.entity(at).filter(|_| keeps(at as u32)) {
                    Some(object) => access_of_object(territory, network, key, object),
                    None => Vec::new(),
                })
                .collect();
            for (at, found) in accesses.iter().enumerate() {
                is_off_road[at] = found.is_empty() && keeps(at as u32);
            }
            let limit = limit.unwrap_or(f64::INFINITY);
            network.field(&accesses.concat(), Toward::Places, cost, limit)
        });
        let has_off_road = is_off_road.contains(&true);
        Self { territory, layer, key, cost, limit, field, is_off_road, has_off_road }
    }

    pub(super) fn take(&self, unit: &dyn Entity, keeps: impl Fn(u32) -> bool) -> Measured {
        let place = place_of(self.territory, unit);
        let nearest = |max_m: Option<f64>, keep: &dyn Fn(u32) -> bool| {
            let found = self
                .layer
                .index()
                .nearest(place.geometry(), max_m, keep, |at| self.layer.geometry(at));
            found.map(|(_, distance_m)| distance_m)
        };
        // What the unit touches is there, whatever the roads.
        if nearest(Some(0.0), &keeps).is_some() {
            return Measured::Number(0.0);
        }
        // A straight line longer than this costs more than the limit.
        let farthest_m = self.limit.map(|limit| limit / straight_cost(self.cost, 1.0));
        let straight = |keep: &dyn Fn(u32) -> bool| {
            nearest(farthest_m, keep).map(|distance_m| straight_cost(self.cost, distance_m))
        };
        let on_road = self.field.as_ref().and_then(|field| {
            let accesses = self.territory.road_accesses(&place);
            (!accesses.is_empty()).then_some((field, accesses))
        });
        let Some((field, accesses)) = on_road else {
            return straight(&keeps).map_or_else(|| self.none(false), Measured::StraightLine);
        };
        let by_road = field.at(&accesses);
        let off_road =
            if self.has_off_road { straight(&|at| self.is_off_road[at as usize]) } else { None };
        match (by_road, off_road) {
            (Some(road), Some(line)) if line < road => Measured::StraightLine(line),
            (Some(road), _) => Measured::Number(road),
            (None, Some(line)) => Measured::StraightLine(line),
            (None, None) => self.none(true),
        }
    }

    /// Nothing was found: within the limit, on the unit's piece of the network, or at all.
    fn none(&self, is_on_road: bool) -> Measured {
        let layer = self.key.to_owned();
        let within_m = self.limit.filter(|_| self.cost == Cost::Meters).and_then(Meters::new);
        let within_min = self.limit.filter(|_| self.cost == Cost::Minutes).and_then(Minutes::new);
        match (within_m, within_min) {
            (Some(within), _) => Measured::NoneFound { within },
            (_, Some(within)) => Measured::NoneInTime { within },
            _ if is_on_road => Measured::Unknown(Unknown::NoWay { layer }),
            _ => Measured::Unknown(Unknown::NothingInLayer { layer }),
        }
    }
}

/// A road that is itself the destination is reached at its ends; anything else from the roads that open to it.
fn access_of_object(
    territory: &Territory,
    network: &RoadNetwork,
    key: &str,
    object: &dyn Entity,
) -> Vec<Access> {
    let along =
        if key == LayerKey::ROADS { network.running_along(object.geometry()) } else { Vec::new() };
    if !along.is_empty() {
        return along;
    }
    network.accesses(place_of(territory, object).geometry(), FARTHEST_ROAD_M)
}

/// A figure summed over the communes within a drive.
pub(super) struct SumInReach<'a> {
    territory: &'a Territory,
    figures: &'a CommuneTable,
    table: &'a str,
    column: &'a str,
    limit_min: f64,
    reach: Option<ReachTable<'a>>,
    /// Main place of each commune; `None` for an empty outline, which is in nobody's reach.
    places: Vec<Option<TravelPlace<'a>>>,
    /// Communes that no road of the network leads to.
    off_road: Vec<usize>,
}

impl<'a> SumInReach<'a> {
    /// `None` when the table is not given.
    pub(super) fn new(
        territory: &'a Territory,
        table: &'a str,
        column: &'a str,
        within: Minutes,
    ) -> Option<Self> {
        let figures = territory.tables.get(table)?;
        let communes = &territory.communes.entities;
        let places: Vec<Option<TravelPlace<'a>>> =
            communes.iter().map(|commune| territory.travel_place(commune)).collect();
        let mut off_road: Vec<usize> = Vec::new();
        let reach = territory.road_network().map(|network| {
            let accesses: Vec<Vec<Access>> = places
                .iter()
                .map(|place| place.as_ref().map_or_else(Vec::new, |at| territory.road_accesses(at)))
                .collect();
            off_road = (0..accesses.len()).filter(|at| accesses[*at].is_empty()).collect();
            network.reach(&accesses, Cost::Minutes, within.get())
        });
        let limit_min = within.get();
        Some(Self { territory, figures, table, column, limit_min, reach, places, off_road })
    }

    pub(super) fn take(&self, unit: &dyn Entity) -> Measured {
        let place = place_of(self.territory, unit);
        let in_straight_reach = |at: &usize| {
            let distance_m = self.places[*at]
                .as_ref()
                .and_then(|to| crate::spatial::distance::distance(place.geometry(), to.geometry()));
            distance_m.is_some_and(|m| straight_cost(Cost::Minutes, m) <= self.limit_min)
        };
        let on_road = self.reach.as_ref().and_then(|reach| {
            let accesses = self.territory.road_accesses(&place);
            (!accesses.is_empty()).then_some((reach, accesses))
        });
        let Some((reach, accesses)) = on_road else {
            let all: Vec<usize> = (0..self.places.len()).filter(in_straight_reach).collect();
            return self.sum(&all, true);
        };
        let by_road: Vec<usize> =
            reach.from(&accesses).into_iter().map(|(at, _)| at as usize).collect();
        let by_line: Vec<usize> = self.off_road.iter().copied().filter(in_straight_reach).collect();
        if by_road.is_empty() && by_line.is_empty() && !reach.has_a_place_near(&accesses) {
            return Measured::Unknown(Unknown::NoWay { layer: self.table.to_owned() });
        }
        let is_straight = !by_line.is_empty();
        self.sum(&[by_road, by_line].concat(), is_straight)
    }

    /// The sum over communes: exact, or bounded by figures under secrecy. A commune without a figure leaves a lower
    /// bound, where no figure is negative; with no figure at all nothing is known.
    fn sum(&self, communes: &[usize], is_straight: bool) -> Measured {
        let n_communes = communes.len();
        let codes = || communes.iter().map(|at| self.territory.communes.entities[*at].insee);
        let sum = self.figures.sum(codes(), self.column);
        let is_negative = |code| match self.figures.value(code, self.column) {
            Value::Number(number) => number < 0.0,
            Value::Between { low, .. } => low < 0.0,
            _ => false,
        };
        let has_bound = sum.n_unknown == 0 || !codes().any(is_negative);
        if n_communes > 0 && sum.n_unknown == n_communes || !has_bound {
            return Measured::Unknown(Unknown::NoValue { attribute: self.column.to_owned() });
        }
        let high = if sum.n_unknown > 0 { f64::INFINITY } else { sum.high };
        let is_exact = sum.n_unknown == 0 && sum.n_secret == 0;
        match (is_exact, is_straight) {
            (true, false) => Measured::Number(sum.low),
            (true, true) => Measured::StraightLine(sum.low),
            (false, false) => Measured::Between { low: sum.low, high },
            (false, true) => Measured::StraightLineBetween { low: sum.low, high },
        }
    }
}
