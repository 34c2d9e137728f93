//! A layer: objects of one noun, indexed, with their origin and the part of the territory they speak for.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::sync::OnceLock;

use geo::BoundingRect;
use geo::Coord;
use geo::Geometry;
use geo::Rect;

use super::CodeInsee;
use super::Entity;
use super::Provenance;
use crate::spatial::index::SpatialIndex;
use crate::spatial::overlay::PreparedArea;

/// Which communes a layer speaks for. Where it does not, finding nothing in it means "unknown", not "none".
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Coverage {
    /// The whole territory.
    Everywhere,
    /// These communes only.
    Communes(BTreeSet<CodeInsee>),
}

impl Coverage {
    /// Whether the layer speaks for `commune`. An object without a commune is covered only by `Everywhere`.
    #[must_use]
    pub fn covers(&self, commune: Option<CodeInsee>) -> bool {
        match self {
            Self::Everywhere => true,
            Self::Communes(set) => commune.is_some_and(|code| set.contains(&code)),
        }
    }
}

impl Coverage {
    /// The communes that at least one speaks for.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Everywhere, _) | (_, Self::Everywhere) => Self::Everywhere,
            (Self::Communes(a), Self::Communes(b)) => {
                Self::Communes(a.union(&b).copied().collect())
            }
        }
    }

    /// The communes that both speak for.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Everywhere, other) | (other, Self::Everywhere) => other,
            (Self::Communes(a), Self::Communes(b)) => {
                Self::Communes(a.intersection(&b).copied().collect())
            }
        }
    }
}

/// What a layer of several themes speaks for: a map of protected nature says nothing about floods.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThemeCoverage {
    /// Coverage of each group of themes that the layer has objects of.
    pub by_group: BTreeMap<String, Coverage>,
    /// Coverage of the themes that it has no object of.
    pub others: Coverage,
}

impl ThemeCoverage {
    /// Themes that one source speaks of together: a plan of flood risks draws its red zones and the others.
    #[must_use]
    pub fn group_of(theme: &str) -> &str {
        match theme {
            "flood_red" => "flood",
            "nuclear" => "technological",
            other => other,
        }
    }

    /// Whether it speaks of a theme in a commune.
    #[must_use]
    pub fn covers(&self, theme: &str, commune: Option<CodeInsee>) -> bool {
        self.by_group.get(Self::group_of(theme)).unwrap_or(&self.others).covers(commune)
    }

    /// Of two parts of a layer: a theme is spoken of where one part that has it speaks.
    fn joined_with(mut self, other: Self) -> Self {
        for (group, coverage) in other.by_group {
            let known = self.by_group.remove(&group);
            let both = known.map_or(coverage.clone(), |known| known.or(coverage));
            self.by_group.insert(group, both);
        }
        Self { others: self.others.and(other.others), ..self }
    }
}

/// Objects of one noun.
#[derive(Debug)]
pub struct Layer<E> {
    /// The objects, in a fixed order.
    pub entities: Vec<E>,
    /// Origin.
    pub provenance: Provenance,
    /// Part of the territory the layer speaks for.
    pub coverage: Coverage,
    /// The same by theme, for layers whose objects have one.
    pub themes: Option<ThemeCoverage>,
    index: OnceLock<SpatialIndex>,
    areas: OnceLock<Vec<OnceLock<PreparedArea>>>,
}

impl<E: Entity> Layer<E> {
    /// A layer over `entities`. The index is built when first asked for.
    #[must_use]
    pub fn new(entities: Vec<E>, provenance: Provenance, coverage: Coverage) -> Self {
        Self {
            entities,
            provenance,
            coverage,
            themes: None,
            index: OnceLock::new(),
            areas: OnceLock::new(),
        }
    }

    /// The same layer, which speaks of each theme for its own communes.
    #[must_use]
    pub fn with_themes(self, themes: Option<ThemeCoverage>) -> Self {
        Self { themes, ..self }
    }
}

impl<E: Entity> Layer<E> {
    /// The objects of both; it speaks for the communes that both speak for.
    #[must_use]
    pub fn joined_with(self, other: Self) -> Self {
        let mut entities = self.entities;
        entities.extend(other.entities);
        let provenance = self.provenance.joined_with(other.provenance);
        let themes = match (self.themes, other.themes) {
            (Some(one), Some(other)) => Some(one.joined_with(other)),
            (one, other) => one.or(other),
        };
        Self::new(entities, provenance, self.coverage.and(other.coverage)).with_themes(themes)
    }
}

/// A layer whose noun does not matter to the caller: what measures see.
pub trait LayerView: Sync {
    /// Number of objects.
    fn len(&self) -> usize;

    /// Whether there is no object.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The object at `at`, `None` beyond the end.
    fn entity(&self, at: usize) -> Option<&dyn Entity>;

    /// Its shape, in EPSG:2154 metres. An index handed out by this layer always has one.
    fn geometry(&self, at: usize) -> &Geometry<f64>;

    /// The index over all objects.
    fn index(&self) -> &SpatialIndex;

    /// Its area made ready for many overlays; made when first asked for, then kept.
    fn area(&self, at: usize) -> &PreparedArea;

    /// Origin.
    fn provenance(&self) -> &Provenance;

    /// Whether the layer speaks for `commune`.
    fn covers(&self, commune: Option<CodeInsee>) -> bool;

    /// Whether the layer speaks of a theme in `commune`.
    fn covers_theme(&self, theme: &str, commune: Option<CodeInsee>) -> bool;
}

impl<E: Entity> LayerView for Layer<E> {
    fn len(&self) -> usize {
        self.entities.len()
    }

    fn entity(&self, at: usize) -> Option<&dyn Entity> {
        self.entities.get(at).map(|entity| entity as &dyn Entity)
    }

    fn geometry(&self, at: usize) -> &Geometry<f64> {
        self.entities[at].geometry()
    }

    fn index(&self) -> &SpatialIndex {
        self.index.get_or_init(|| {
            let boxes: Vec<Rect<f64>> =
                self.entities.iter().map(|entity| bounding_box(entity.geometry())).collect();
            SpatialIndex::build(&boxes)
        })
    }

    fn area(&self, at: usize) -> &PreparedArea {
        let areas =
            self.areas.get_or_init(|| self.entities.iter().map(|_| OnceLock::new()).collect());
        areas[at].get_or_init(|| PreparedArea::new(self.entities[at].geometry()))
    }

    fn provenance(&self) -> &Provenance {
        &self.provenance
    }

    fn covers_theme(&self, theme: &str, commune: Option<CodeInsee>) -> bool {
        match &self.themes {
            Some(themes) => themes.covers(theme, commune),
            None => self.coverage.covers(commune),
        }
    }

    fn covers(&self, commune: Option<CodeInsee>) -> bool {
        self.coverage.covers(commune)
    }
}

/// Box of a geometry; an empty geometry, which loading refuses, gets a box at the origin of the grid,
/// far outside France, so that no query meets it.
fn bounding_box(geometry: &Geometry<f64>) -> Rect<f64> {
    geometry
        .bounding_rect()
        .unwrap_or_else(|| Rect::new(Coord { x: 0.0, y: 0.0 }, Coord { x: 0.0, y: 0.0 }))
}
