//! Minutes between places: by road where the network answers, as the crow flies where it cannot, and which of both.

use std::borrow::Cow;

use geo::BoundingRect;
use geo::Coord;
use geo::Geometry;
use geo::Intersects;
use geo::Point;
use rayon::prelude::*;

use super::CodeInsee;
use super::Commune;
use super::Entity;
use super::LayerKey;
use super::LayerView;
use super::Territory;
use crate::spatial::distance::distance;
use crate::spatial::network::Access;
use crate::spatial::network::Cost;
use crate::spatial::network::RoadNetwork;
use crate::spatial::shape;
use crate::units::M_PER_KM;
use crate::units::Minutes;

/// A place farther than this from any road of the network is not on it: the data stops short of it. Metres, our
/// judgement; nowhere in the countryside of France is a dwelling that far from a road that BD TOPO draws.
pub const FARTHEST_ROAD_M: f64 = 2_000.0;

/// Metres by road for a metre as the crow flies, where minutes must do without a network. Our judgement, on the high
/// side of what is usual between communes of the open country.
pub const STRAIGHT_LINE_DETOUR: f64 = 1.3;

/// Speed at which that detour is driven, km/h. Our judgement: between that of a village road and that of a main road.
pub const STRAIGHT_LINE_KMH: f64 = 60.0;

/// Minutes for a straight line of so many metres where no road can be followed: [`STRAIGHT_LINE_DETOUR`] times its
/// length at [`STRAIGHT_LINE_KMH`].
#[must_use]
pub fn straight_line_minutes(distance_m: f64) -> f64 {
    distance_m * STRAIGHT_LINE_DETOUR * 60.0 / (STRAIGHT_LINE_KMH * M_PER_KM)
}

/// What minutes rest on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TravelBy {
    /// The road network.
    Road,
    /// A straight line, see [`straight_line_minutes`]: one end is on no road of the network, or there is no network.
    StraightLine,
}

impl TravelBy {
    /// The word of the catalogue: `road`, `straight-line`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Road => "road",
            Self::StraightLine => "straight-line",
        }
    }
}

/// Where a way begins or ends.
#[derive(Debug, Clone)]
pub struct TravelPlace<'a> {
    geometry: Cow<'a, Geometry<f64>>,
    commune: Option<CodeInsee>,
}

impl<'a> TravelPlace<'a> {
    /// A shape, EPSG:2154 metres, and the commune that it lies in, where known: it says whether the road layer speaks
    /// for the place.
    #[must_use]
    pub fn new(geometry: Cow<'a, Geometry<f64>>, commune: Option<CodeInsee>) -> Self {
        Self { geometry, commune }
    }

    /// The shape.
    #[must_use]
    pub fn geometry(&self) -> &Geometry<f64> {
        &self.geometry
    }
}

/// The way from one place to another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Trip {
    /// Number of the place that it leaves.
    pub from: u32,
    /// Number of the place that it leads to.
    pub to: u32,
    /// Minutes by car, from door to door.
    pub minutes: f64,
    /// What they rest on.
    pub by: TravelBy,
}

/// The ways from some places to others that take at most so many minutes; the others are left out.
#[derive(Debug, Clone, PartialEq)]
pub struct TravelTable {
    trips: Vec<Trip>,
    is_cut_off: Vec<bool>,
}

impl TravelTable {
    /// All ways, by the place they leave, then the one they lead to.
    #[must_use]
    pub fn trips(&self) -> &[Trip] {
        &self.trips
    }

    /// The ways that leave one place.
    #[must_use]
    pub fn from(&self, from: u32) -> &[Trip] {
        let first = self.trips.partition_point(|trip| trip.from < from);
        let rest = &self.trips[first..];
        &rest[..rest.partition_point(|trip| trip.from == from)]
    }

    /// The way between two places, where it takes no longer than the table goes.
    #[must_use]
    pub fn between(&self, from: u32, to: u32) -> Option<&Trip> {
        let of = self.from(from);
        of.binary_search_by_key(&to, |trip| trip.to).ok().and_then(|at| of.get(at))
    }

    /// Whether a place lies on a piece of the network from which no road leads to any of the others: that it reaches
    /// nothing is then not known. False for a number that is no place.
    #[must_use]
    pub fn is_cut_off(&self, from: u32) -> bool {
        self.is_cut_off.get(from as usize).copied().unwrap_or(false)
    }

    /// Whether any way rests on a straight line: whatever is made of the table must say so.
    #[must_use]
    pub fn has_straight_lines(&self) -> bool {
        self.trips.iter().any(|trip| trip.by == TravelBy::StraightLine)
    }
}

impl Territory {
    /// Where people of a commune live: its town hall where that layer is given (of several the first by identifier),
    /// else a point in the middle of its outline. `None` for an empty outline.
    #[must_use]
    pub fn main_place(&self, commune: &Commune) -> Option<Coord> {
        let town_halls = self.objects.get(LayerKey::TOWN_HALLS);
        town_halls
            .into_iter()
            .flat_map(|layer| &layer.entities)
            .filter(|hall| hall.commune == Some(commune.insee))
            .min_by(|a, b| a.id.cmp(&b.id))
            .and_then(|hall| shape::representative_point(&hall.geometry))
            .or_else(|| shape::representative_point(&commune.geometry))
    }

    /// Where a way to an object begins or ends: its shape, but for a commune the place where people live, since its
    /// outline touches every road. `None` for a commune of an empty outline.
    #[must_use]
    pub fn travel_place<'a>(&self, entity: &'a dyn Entity) -> Option<TravelPlace<'a>> {
        let insee = entity.commune();
        let commune = insee.filter(|code| code.as_str() == entity.id());
        let geometry = match commune.and_then(|code| self.commune(code)) {
            Some(commune) => Cow::Owned(Geometry::Point(Point(self.main_place(commune)?))),
            None => Cow::Borrowed(entity.geometry()),
        };
        Some(TravelPlace { geometry, commune: insee })
    }

    /// The network, where it speaks for a place, and the place's ways onto it; none where the place is farther than
    /// [`FARTHEST_ROAD_M`] from any road, or the road layer does not speak for its commune.
    #[must_use]
    pub fn road_accesses(&self, place: &TravelPlace<'_>) -> Vec<Access> {
        // A station beyond the border is in no commune of ours: a road beside it is enough.
        let covers =
            |layer: &dyn LayerView| place.commune.is_none_or(|commune| layer.covers(Some(commune)));
        match (self.road_network(), self.layer(LayerKey::ROADS)) {
            (Some(network), Some(layer)) if covers(layer) => {
                network.accesses(&place.geometry, FARTHEST_ROAD_M)
            }
            _ => Vec::new(),
        }
    }

    /// Minutes from places to others, for pairs within a limit: between communes, sites and stations, say.
    ///
    /// By road where both ends are on the network; as the crow flies where one is not. Places that touch are 0 minutes
    /// apart. The same for any number of threads.
    #[must_use]
    pub fn travel(
        &self,
        from: &[TravelPlace<'_>],
        to: &[TravelPlace<'_>],
        within: Minutes,
    ) -> TravelTable {
        let accesses = |places: &[TravelPlace<'_>]| -> Vec<Vec<Access>> {
            places.par_iter().map(|place| self.road_accesses(place)).collect()
        };
        let (leave, arrive) = (accesses(from), accesses(to));
        let network = self.road_network();
        let mut trips: Vec<Trip> = network
            .map(|network| network.travel(&leave, &arrive, Cost::Minutes, within.get()))
            .unwrap_or_default()
            .into_iter()
            .map(|way| Trip { from: way.from, to: way.to, minutes: way.cost, by: TravelBy::Road })
            .collect();
        let boxes: Vec<_> = to.iter().map(|place| place.geometry.bounding_rect()).collect();
        let straight: Vec<Vec<Trip>> = (0_u32..)
            .zip(from)
            .zip(&leave)
            .collect::<Vec<_>>()
            .into_par_iter()
            .map(|((number, start), leave)| {
                let around = start.geometry.bounding_rect();
                let pair = |at: usize| {
                    let off_road = leave.is_empty() || arrive[at].is_empty();
                    let may_touch = around.zip(boxes[at]).is_some_and(|(a, b)| a.intersects(&b));
                    if !off_road && !may_touch {
                        return None;
                    }
                    let meters = distance(&start.geometry, &to[at].geometry)?;
                    let touches = meters <= 0.0;
                    let minutes = straight_line_minutes(meters);
                    let by = if off_road { TravelBy::StraightLine } else { TravelBy::Road };
                    ((off_road || touches) && minutes <= within.get()).then_some(Trip {
                        from: number,
                        to: at as u32,
                        minutes,
                        by,
                    })
                };
                (0..to.len()).filter_map(pair).collect()
            })
            .collect();
        trips.extend(straight.into_iter().flatten());
        // Of a pair that touches and has a way by road, touching is the less.
        trips.sort_by(|a, b| {
            (a.from, a.to).cmp(&(b.from, b.to)).then_with(|| a.minutes.total_cmp(&b.minutes))
        });
        trips.dedup_by_key(|trip| (trip.from, trip.to));
        TravelTable { trips, is_cut_off: cut_off(network, &leave, &arrive) }
    }
}

/// Whether each start is on the network, all others are too, and none of them is on a piece that it is on.
fn cut_off(
    network: Option<&RoadNetwork>,
    leave: &[Vec<Access>],
    arrive: &[Vec<Access>],
) -> Vec<bool> {
    let pieces = |accesses: &[Access]| -> Vec<u32> {
        accesses.iter().filter_map(|access| network?.piece_of(access)).collect()
    };
    let mut reached: Vec<u32> = arrive.iter().flat_map(|accesses| pieces(accesses)).collect();
    reached.sort_unstable();
    reached.dedup();
    let all_on_road = arrive.iter().all(|accesses| !accesses.is_empty());
    leave
        .iter()
        .map(|accesses| {
            let own = pieces(accesses);
            let joins = own.iter().any(|piece| reached.binary_search(piece).is_ok());
            !arrive.is_empty() && all_on_road && !own.is_empty() && !joins
        })
        .collect()
}
