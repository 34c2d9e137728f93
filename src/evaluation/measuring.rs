//! Measures made ready for one territory, and taken.

use geo::BoundingRect;
use geo::Geometry;

use super::Measure;
use super::Measured;
use super::Unknown;
use super::epci_measures;
use super::epci_measures::weighing_of;
use super::filter::word;
use super::road_measures::NearestByRoad;
use super::road_measures::SumInReach;
use crate::domain::CodeInsee;
use crate::domain::CommuneTable;
use crate::domain::Entity;
use crate::domain::LayerView;
use crate::domain::Territory;
use crate::domain::Value;
use crate::spatial::network::Cost;
use crate::spatial::overlay;
use crate::spatial::overlay::PreparedArea;
use crate::spatial::shape;
use crate::units::Meters;
use crate::units::Minutes;

/// A measure with its layer found and its filter applied once for all units.
pub struct PreparedMeasure<'a> {
    measure: &'a Measure,
    territory: &'a Territory,
    layer: Option<&'a dyn LayerView>,
    /// Which objects pass the filter; `None` when all do.
    kept: Option<Vec<bool>>,
    n_kept: usize,
    /// What a measure by road has searched beforehand.
    by_road: Option<ByRoad<'a>>,
}

/// A search over the road network, made once for all units.
enum ByRoad<'a> {
    Nearest(NearestByRoad<'a>),
    Sum(SumInReach<'a>),
}

impl<'a> PreparedMeasure<'a> {
    /// Makes a measure ready for the units of a territory.
    #[must_use]
    pub fn new(measure: &'a Measure, territory: &'a Territory) -> Self {
        let layer = measure.filter().and(measure.layer()).and_then(|key| territory.layer(key));
        let kept = layer.zip(measure.filter()).filter(|(_, filter)| !filter.is_empty()).map(
            |(layer, filter)| {
                (0..layer.len())
                    .map(|at| layer.entity(at).is_some_and(|entity| filter.keeps(entity)))
                    .collect::<Vec<bool>>()
            },
        );
        let n_kept = match &kept {
            Some(kept) => kept.iter().filter(|kept| **kept).count(),
            None => layer.map_or(0, LayerView::len),
        };
        let mut prepared = Self { measure, territory, layer, kept, n_kept, by_road: None };
        prepared.by_road = prepared.search_roads();
        prepared
    }

    fn search_roads(&self) -> Option<ByRoad<'a>> {
        let nearest = |key: &'a str, cost, limit| {
            let keeps = |at| self.keeps(at);
            let view = self.layer.filter(|_| self.n_kept > 0)?;
            Some(ByRoad::Nearest(NearestByRoad::new(self.territory, view, key, cost, limit, keeps)))
        };
        match self.measure {
            Measure::RoadDistanceTo { layer, within, .. } => {
                nearest(layer, Cost::Meters, within.map(Meters::get))
            }
            Measure::RoadMinutesTo { layer, within, .. } => {
                nearest(layer, Cost::Minutes, within.map(Minutes::get))
            }
            Measure::ReachOf { table, name, within } => {
                SumInReach::new(self.territory, table, name, *within).map(ByRoad::Sum)
            }
            _ => None,
        }
    }

    fn keeps(&self, at: u32) -> bool {
        self.kept.as_ref().is_none_or(|kept| kept.get(at as usize).copied().unwrap_or(false))
    }

    /// Takes the measure of one unit. A measure of places is that of an EPCI's communes, weighed.
    #[must_use]
    pub fn take(&self, unit: &dyn Entity) -> Measured {
        match unit.epci() {
            Some(siren) if weighing_of(self.measure).is_some() => {
                epci_measures::over_communes(self, self.territory, siren)
            }
            _ => self.take_alone(unit),
        }
    }

    /// What is measured.
    pub(super) fn measure(&self) -> &'a Measure {
        self.measure
    }

    /// Takes the measure of a unit that is one place.
    pub(super) fn take_alone(&self, unit: &dyn Entity) -> Measured {
        match self.measure {
            Measure::Area => unit
                .area()
                .map_or(Measured::Unknown(Unknown::NoArea), |area| Measured::Number(area.get())),
            Measure::Compactness => shape::compactness(unit.geometry())
                .map_or(Measured::Unknown(Unknown::NoArea), Measured::Number),
            Measure::Attribute { name } => of_value(unit.attribute(name), name),
            Measure::CommuneFigure { table, name, per } => {
                self.commune_figure(unit, table, name, per.as_deref())
            }
            Measure::RoadDistanceTo { layer, within, .. } => {
                let none = within.map(|within| Measured::NoneFound { within });
                self.by_road(layer, unit, none)
            }
            Measure::RoadMinutesTo { layer, within, .. } => {
                let none = within.map(|within| Measured::NoneInTime { within });
                self.by_road(layer, unit, none)
            }
            Measure::ReachOf { table, .. } => match &self.by_road {
                Some(ByRoad::Sum(sum)) => sum.take(unit),
                _ => Measured::Unknown(Unknown::LayerNotGiven { layer: table.clone() }),
            },
            Measure::SumWithin { layer, name, radius, .. } => {
                self.searched(layer, unit, |view| self.sum_within(view, name, *radius, unit))
            }
            Measure::ShareWithin { layer, .. } => {
                self.searched(layer, unit, |view| self.share_within(view, layer, unit.geometry()))
            }
            Measure::DistanceTo { layer, within, .. } => self.searched(layer, unit, |view| {
                if self.n_kept == 0 && within.is_none() {
                    return Measured::Unknown(Unknown::NothingInLayer { layer: layer.clone() });
                }
                let nearest = view.index().nearest(
                    unit.geometry(),
                    within.map(Meters::get),
                    |at| self.keeps(at),
                    |at| view.geometry(at),
                );
                match (nearest, within) {
                    (Some((_, distance)), _) => Measured::Number(distance),
                    (None, Some(within)) => Measured::NoneFound { within: *within },
                    (None, None) => {
                        Measured::Unknown(Unknown::NothingInLayer { layer: layer.clone() })
                    }
                }
            }),
            Measure::CountWithin { layer, radius, .. } => self.searched(layer, unit, |view| {
                let near = view
                    .index()
                    .within_distance(unit.geometry(), radius.get(), |at| view.geometry(at));
                Measured::Number(near.into_iter().filter(|at| self.keeps(*at)).count() as f64)
            }),
        }
    }

    /// Whether the layer speaks of what is looked for in a commune.
    fn covered(&self, view: &dyn LayerView, commune: Option<CodeInsee>) -> bool {
        match self.measure.filter() {
            Some(filter) => filter.covered(view, commune),
            None => view.covers(commune),
        }
    }

    /// Runs a search in the layer where it is given and speaks for the unit's commune.
    fn searched(
        &self,
        key: &str,
        unit: &dyn Entity,
        search: impl FnOnce(&'a dyn LayerView) -> Measured,
    ) -> Measured {
        match self.layer {
            None => Measured::Unknown(Unknown::LayerNotGiven { layer: key.to_owned() }),
            Some(view) if !self.covered(view, unit.commune()) => {
                Measured::Unknown(Unknown::NotCovered { layer: key.to_owned() })
            }
            Some(view) => search(view),
        }
    }

    /// The nearest object by road; `none` is the answer when the layer holds nothing that counts.
    fn by_road(&self, key: &str, unit: &dyn Entity, none: Option<Measured>) -> Measured {
        self.searched(key, unit, |_| match (&self.by_road, none) {
            (Some(ByRoad::Nearest(nearest)), _) => nearest.take(unit, |at| self.keeps(at)),
            (_, Some(none)) => none,
            (_, None) => Measured::Unknown(Unknown::NothingInLayer { layer: key.to_owned() }),
        })
    }

    /// Objects without the number make the sum a lower bound, where none of the others is negative.
    fn sum_within(
        &self,
        view: &dyn LayerView,
        name: &str,
        radius: Meters,
        unit: &dyn Entity,
    ) -> Measured {
        let near = view
            .index()
            .within_distance(unit.geometry(), radius.get(), |at| view.geometry(at))
            .into_iter()
            .filter(|at| self.keeps(*at))
            .filter_map(|at| view.entity(at as usize));
        let (mut low, mut high, mut n_known, mut n_unknown) = (0.0, 0.0, 0_usize, 0_usize);
        let mut has_negative = false;
        for object in near {
            let (least, most) = match object.attribute(name) {
                Value::Number(number) => (number, number),
                Value::Between { low, high } => (low, high),
                _ => {
                    n_unknown += 1;
                    continue;
                }
            };
            n_known += 1;
            has_negative |= least < 0.0;
            low += least;
            high += most;
        }
        if n_unknown > 0 && (n_known == 0 || has_negative) {
            return Measured::Unknown(Unknown::NoValue { attribute: name.to_owned() });
        }
        if n_unknown > 0 {
            Measured::Between { low, high: f64::INFINITY }
        } else if high > low {
            Measured::Between { low, high }
        } else {
            Measured::Number(low)
        }
    }

    fn share_within(&self, view: &'a dyn LayerView, key: &str, unit: &Geometry<f64>) -> Measured {
        if let Geometry::Point(point) = unit {
            let inside = view.index().at_point(point.0, |at| view.geometry(at));
            let covered = inside.into_iter().any(|at| self.keeps(at));
            return Measured::Number(if covered { 1.0 } else { 0.0 });
        }
        let area = shape::area(unit);
        let Some(frame) = unit.bounding_rect().filter(|_| area > 0.0) else {
            return Measured::Unknown(Unknown::NoArea);
        };
        let over: Vec<&PreparedArea> = view
            .index()
            .in_box(&frame)
            .into_iter()
            .filter(|at| self.keeps(*at))
            .map(|at| view.area(at as usize))
            .collect();
        let share = overlay::covered_area_prepared(unit, &over) / area;
        if share.is_finite() {
            // Adding zero turns the negative zero of rounding into zero.
            Measured::Number(share.clamp(0.0, 1.0) + 0.0)
        } else {
            Measured::Unknown(Unknown::NotComputable { layer: key.to_owned() })
        }
    }

    /// Why a figure is missing: for want of a table that it is made of, or for `why`.
    fn for_want_of(&self, figures: &CommuneTable, column: &str, why: Unknown) -> Unknown {
        let made_of = figures.made_of.get(column).into_iter().flatten();
        let mut missing = made_of.filter(|key| !self.territory.tables.contains_key(*key));
        missing.next().map_or(why, |layer| Unknown::LayerNotGiven { layer: layer.clone() })
    }

    fn commune_figure(
        &self,
        unit: &dyn Entity,
        table: &str,
        name: &str,
        per: Option<&str>,
    ) -> Measured {
        let Some(figures) = self.territory.tables.get(table) else {
            return Measured::Unknown(Unknown::LayerNotGiven { layer: table.to_owned() });
        };
        let value = |column: &str| match (unit.commune(), unit.epci()) {
            (Some(commune), _) => Some(figures.value(commune, column)),
            (None, Some(epci)) => Some(figures.value_of_epci(epci, column)),
            (None, None) => None,
        };
        let Some(figure) = value(name) else {
            return Measured::Unknown(Unknown::NotCovered { layer: table.to_owned() });
        };
        let figure = match of_value(figure, name) {
            Measured::Unknown(why) => Measured::Unknown(self.for_want_of(figures, name, why)),
            known => known,
        };
        let Some(whole) = per.and_then(value) else { return figure };
        let per = per.unwrap_or_default();
        match (figure, whole) {
            (Measured::Number(number), Value::Number(whole)) if whole > 0.0 => {
                Measured::Number(number / whole)
            }
            (Measured::Between { low, high }, Value::Number(whole)) if whole > 0.0 => {
                Measured::Between { low: low / whole, high: (high / whole).min(1.0) }
            }
            (unknown @ Measured::Unknown(_), _) => unknown,
            _ => Measured::Unknown(Unknown::NoValue { attribute: per.to_owned() }),
        }
    }
}

fn of_value(value: Value<'_>, name: &str) -> Measured {
    match value {
        Value::Number(number) => Measured::Number(number),
        Value::Between { low, high } => Measured::Between { low, high },
        Value::Estimate(estimate) => Measured::Estimate(estimate),
        Value::Missing | Value::NoSuchAttribute => {
            Measured::Unknown(Unknown::NoValue { attribute: name.to_owned() })
        }
        other => word(&other).map_or(
            Measured::Unknown(Unknown::NoValue { attribute: name.to_owned() }),
            Measured::Word,
        ),
    }
}
