//! One GeoJSON feature, parsed with only the wanted properties.

use std::collections::BTreeSet;
use std::fmt;

use serde::de::DeserializeSeed;
use serde::de::Deserializer;
use serde::de::IgnoredAny;
use serde::de::MapAccess;
use serde::de::SeqAccess;
use serde::de::Visitor;

use super::geojson_cell::CellSeed;
use super::geojson_coordinates::Coordinates;
use super::geojson_geometry::Found;
use super::geojson_geometry::GeometryCounts;
use super::geojson_geometry::GeometrySeed;
use super::geojson_quick;
use super::row::Cell;
use super::row::GeometryFault;
use super::want::ColumnMatcher;
use super::want::Slot;

/// A layer with more property names than this is a key-value store, not a layer.
const MAX_COLUMNS: usize = 4096;

/// Parses features one after the other and remembers what is common to them.
pub(super) struct FeatureParser {
    matcher: ColumnMatcher,
    wanted: usize,
    pub with_geometry: bool,
    /// What a feature's own `id` can fill.
    id_slots: Vec<Slot>,
    /// Property names in the order of the feature before, which is nearly always the order of the
    /// next one: a name is then recognised by one comparison.
    order: Vec<(String, Vec<Slot>)>,
    /// Names in order of appearance.
    pub columns: Vec<String>,
    seen: BTreeSet<String>,
    /// For each wanted column whether any feature had it.
    pub met: Vec<bool>,
    pub counts: GeometryCounts,
    pub coordinates: Coordinates,
}

/// A feature's cells and geometry.
#[derive(Debug)]
pub(super) struct Feature {
    pub cells: Vec<Cell>,
    pub geometry: Found,
}

impl FeatureParser {
    pub(super) fn new(columns: &[Vec<String>], with_geometry: bool) -> Self {
        let matcher = ColumnMatcher::new(columns);
        Self {
            id_slots: matcher.slots("id").to_vec(),
            matcher,
            wanted: columns.len(),
            with_geometry,
            order: Vec::new(),
            columns: Vec::new(),
            seen: BTreeSet::new(),
            met: vec![false; columns.len()],
            counts: GeometryCounts::default(),
            coordinates: Coordinates::default(),
        }
    }

    /// Parses the text of one feature (or of a bare geometry).
    pub(super) fn parse(&mut self, text: &[u8]) -> Result<Feature, GeometryFault> {
        match geojson_quick::parse(self, text) {
            Some(feature) => Ok(feature),
            None => self.parse_general(text),
        }
    }

    /// The same for any JSON.
    pub(super) fn parse_general(&mut self, text: &[u8]) -> Result<Feature, GeometryFault> {
        let mut input = serde_json::Deserializer::from_slice(text);
        // Only the place is told: the parser's own words could repeat a value.
        let unreadable = |error: &serde_json::Error| GeometryFault::UnreadableRow {
            what: format!("JSON error at character {} of the feature", error.column()),
        };
        let feature = FeatureSeed(self).deserialize(&mut input).map_err(|e| unreadable(&e))?;
        input.end().map_err(|e| unreadable(&e))?;
        feature
    }

    /// The slots that a property of this name fills; `at` is its place in the feature.
    pub(super) fn recognise(&mut self, at: usize, name: &str) -> bool {
        if self.order.get(at).is_some_and(|(known, _)| known == name) {
            return !self.order[at].1.is_empty();
        }
        let slots = self.matcher.slots(name).to_vec();
        for slot in &slots {
            self.met[slot.wanted] = true;
        }
        if self.seen.len() < MAX_COLUMNS && !self.seen.contains(name) {
            self.seen.insert(name.to_owned());
            self.columns.push(name.to_owned());
        }
        let wanted = !slots.is_empty();
        if at < self.order.len() {
            self.order[at] = (name.to_owned(), slots);
        } else if at < MAX_COLUMNS {
            self.order.push((name.to_owned(), slots));
        }
        wanted && at < MAX_COLUMNS
    }

    /// The slots of the property recognised at this place.
    pub(super) fn slots_at(&self, at: usize) -> &[Slot] {
        self.order.get(at).map_or(&[], |(_, slots)| slots)
    }

    /// An empty row to fill.
    pub(super) fn filling(&self) -> Filling {
        Filling { cells: vec![Cell::Missing; self.wanted], ranks: vec![usize::MAX; self.wanted] }
    }

    /// The row filled; the feature's own `id` serves when no property does.
    pub(super) fn finished(&mut self, filling: Filling, geometry: Found, id: &Cell) -> Feature {
        let Filling { mut cells, .. } = filling;
        if !id.is_missing() {
            for slot in &self.id_slots {
                self.met[slot.wanted] = true;
                if cells[slot.wanted].is_missing() {
                    cells[slot.wanted] = id.clone();
                }
            }
        }
        Feature { cells, geometry }
    }
}

/// Cells of one feature under way, with the rank of the spelling each one came from.
pub(super) struct Filling {
    cells: Vec<Cell>,
    ranks: Vec<usize>,
}

impl Filling {
    pub(super) fn put(&mut self, slots: &[Slot], value: Cell) {
        let Some((last, others)) = slots.split_last() else { return };
        for slot in others {
            self.put_in(*slot, value.clone());
        }
        self.put_in(*last, value);
    }

    fn put_in(&mut self, slot: Slot, value: Cell) {
        if !value.is_missing() && slot.rank < self.ranks[slot.wanted] {
            self.ranks[slot.wanted] = slot.rank;
            self.cells[slot.wanted] = value;
        }
    }
}

struct FeatureSeed<'p>(&'p mut FeatureParser);

impl<'de> DeserializeSeed<'de> for FeatureSeed<'_> {
    type Value = Result<Feature, GeometryFault>;

    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<Self::Value, D::Error> {
        input.deserialize_any(self)
    }
}

fn not_a_feature<T>() -> Result<T, GeometryFault> {
    Err(GeometryFault::UnreadableRow { what: "it is not a GeoJSON feature".to_owned() })
}

impl<'de> Visitor<'de> for FeatureSeed<'_> {
    type Value = Result<Feature, GeometryFault>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a feature")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let Self(parser) = self;
        let mut filling = parser.filling();
        let mut geometry = Ok(None);
        let mut id = Cell::Missing;
        let mut is_feature = false;
        while let Some(key) = map.next_key_seed(FeatureKeySeed)? {
            match key {
                FeatureKey::Geometry => {
                    is_feature = true;
                    if parser.with_geometry {
                        let FeatureParser { coordinates, counts, .. } = &mut *parser;
                        geometry = map.next_value_seed(GeometrySeed { coordinates, counts })?;
                    } else {
                        map.next_value::<IgnoredAny>()?;
                    }
                }
                FeatureKey::Properties => {
                    is_feature = true;
                    map.next_value_seed(PropertiesSeed { parser, filling: &mut filling })?;
                }
                FeatureKey::Id => id = map.next_value_seed(CellSeed)?,
                FeatureKey::Other => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        if !is_feature {
            return Ok(not_a_feature());
        }
        Ok(Ok(parser.finished(filling, geometry, &id)))
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(not_a_feature())
    }

    super::json_visit::answer_scalars_with!(Self::Value, not_a_feature());

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(not_a_feature())
    }
}

enum FeatureKey {
    Geometry,
    Properties,
    Id,
    Other,
}

struct FeatureKeySeed;

impl<'de> DeserializeSeed<'de> for FeatureKeySeed {
    type Value = FeatureKey;

    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<FeatureKey, D::Error> {
        input.deserialize_str(self)
    }
}

impl Visitor<'_> for FeatureKeySeed {
    type Value = FeatureKey;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a member name")
    }

    fn visit_str<E>(self, name: &str) -> Result<FeatureKey, E> {
        Ok(match name {
            "geometry" => FeatureKey::Geometry,
            "properties" => FeatureKey::Properties,
            "id" => FeatureKey::Id,
            _ => FeatureKey::Other,
        })
    }
}

struct PropertiesSeed<'p> {
    parser: &'p mut FeatureParser,
    filling: &'p mut Filling,
}

impl<'de> DeserializeSeed<'de> for PropertiesSeed<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<(), D::Error> {
        input.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for PropertiesSeed<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("properties or null")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Self { parser, filling } = self;
        let mut at = 0;
        while let Some(wanted) = map.next_key_seed(PropertyName { parser, at })? {
            if wanted {
                let value = map.next_value_seed(CellSeed)?;
                filling.put(parser.slots_at(at), value);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
            at += 1;
        }
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    super::json_visit::answer_scalars_with!((), ());

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(())
    }
}

struct PropertyName<'p> {
    parser: &'p mut FeatureParser,
    at: usize,
}

impl<'de> DeserializeSeed<'de> for PropertyName<'_> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<bool, D::Error> {
        input.deserialize_str(self)
    }
}

impl Visitor<'_> for PropertyName<'_> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a property name")
    }

    fn visit_str<E>(self, name: &str) -> Result<bool, E> {
        Ok(self.parser.recognise(self.at, name))
    }
}
