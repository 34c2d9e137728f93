//! GeoJSON geometries, decoded straight into `geo` types.

use std::fmt;

use geo::Geometry;
use serde::de::DeserializeSeed;
use serde::de::Deserializer;
use serde::de::IgnoredAny;
use serde::de::MapAccess;
use serde::de::SeqAccess;
use serde::de::Visitor;

use super::collection::one_geometry;
use super::geojson_coordinates::Coordinates;
use super::geojson_coordinates::ListSeed;
use super::row::GeometryFault;

/// What a geometry member holds.
pub(super) type Found = Result<Option<Geometry<f64>>, GeometryFault>;

/// Counts of what was put right inside one feature.
#[derive(Debug, Default)]
pub(super) struct GeometryCounts {
    pub collections_reduced: u64,
}

/// Parses a geometry object (or null). Faults of the geometry are answers, not parse errors.
pub(super) struct GeometrySeed<'c> {
    pub coordinates: &'c mut Coordinates,
    pub counts: &'c mut GeometryCounts,
}

impl<'de> DeserializeSeed<'de> for GeometrySeed<'_> {
    type Value = Found;

    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<Found, D::Error> {
        input.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for GeometrySeed<'_> {
    type Value = Found;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a geometry or null")
    }

    fn visit_unit<E>(self) -> Result<Found, E> {
        Ok(Ok(None))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Found, A::Error> {
        let mut kind = Kind::Absent;
        let mut level = None;
        let mut members: Option<Result<Vec<Geometry<f64>>, GeometryFault>> = None;
        // The buffer is taken out, so that a collection's members cannot disturb it.
        let mut coordinates = std::mem::take(self.coordinates);
        while let Some(key) = map.next_key_seed(MemberSeed)? {
            match key {
                Member::Type => kind = map.next_value_seed(KindSeed)?,
                Member::Coordinates => {
                    coordinates.clear();
                    level = Some(map.next_value_seed(ListSeed(&mut coordinates))?);
                }
                Member::Geometries => {
                    let seed = MembersSeed { coordinates: self.coordinates, counts: self.counts };
                    members = Some(map.next_value_seed(seed)?);
                }
                Member::Other => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        let found = match (&kind, level, members) {
            (Kind::Collection, _, Some(Ok(members))) => {
                let reduced = &mut self.counts.collections_reduced;
                one_geometry(members, reduced)
            }
            (Kind::Collection, _, Some(Err(fault))) => Err(fault),
            (Kind::Absent, ..) => Err(GeometryFault::malformed("it has no type")),
            (Kind::Unknown(name), ..) => Err(GeometryFault::UnsupportedKind { kind: name.clone() }),
            (_, Some(level), _) => coordinates.build(&kind, level),
            (..) => Err(GeometryFault::malformed("it has no coordinates")),
        };
        *self.coordinates = coordinates;
        Ok(found)
    }

    super::json_visit::answer_scalars_with!(
        Found,
        Err(GeometryFault::malformed("it is not an object"))
    );

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Found, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Err(GeometryFault::malformed("it is not an object")))
    }
}

enum Member {
    Type,
    Coordinates,
    Geometries,
    Other,
}

struct MemberSeed;

impl<'de> DeserializeSeed<'de> for MemberSeed {
    type Value = Member;

    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<Member, D::Error> {
        input.deserialize_str(self)
    }
}

impl Visitor<'_> for MemberSeed {
    type Value = Member;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a member name")
    }

    fn visit_str<E>(self, name: &str) -> Result<Member, E> {
        Ok(match name {
            "type" => Member::Type,
            "coordinates" => Member::Coordinates,
            "geometries" => Member::Geometries,
            _ => Member::Other,
        })
    }
}

/// The types of RFC 7946.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Absent,
    Point,
    MultiPoint,
    LineString,
    MultiLineString,
    Polygon,
    MultiPolygon,
    Collection,
    Unknown(String),
}

const CANONICAL: [&str; 7] = [
    "Point",
    "MultiPoint",
    "LineString",
    "MultiLineString",
    "Polygon",
    "MultiPolygon",
    "GeometryCollection",
];

impl Kind {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "Point" => Self::Point,
            "MultiPoint" => Self::MultiPoint,
            "LineString" => Self::LineString,
            "MultiLineString" => Self::MultiLineString,
            "Polygon" => Self::Polygon,
            "MultiPolygon" => Self::MultiPolygon,
            "GeometryCollection" => Self::Collection,
            _ => return None,
        })
    }
}

struct KindSeed;

impl<'de> DeserializeSeed<'de> for KindSeed {
    type Value = Kind;

    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<Kind, D::Error> {
        input.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for KindSeed {
    type Value = Kind;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a geometry type")
    }

    fn visit_str<E>(self, name: &str) -> Result<Kind, E> {
        if let Some(kind) = Kind::named(name) {
            return Ok(kind);
        }
        // The standard's spelling first; any letter case loses nothing.
        let folded = CANONICAL.iter().find(|canonical| canonical.eq_ignore_ascii_case(name));
        Ok(folded.and_then(|name| Kind::named(name)).unwrap_or_else(|| match name {
            // Only what looks like a type name is repeated in a message.
            other if other.len() <= 24 && other.bytes().all(|b| b.is_ascii_alphabetic()) => {
                Kind::Unknown(other.to_owned())
            }
            _ => Kind::Unknown("unknown".to_owned()),
        }))
    }

    super::json_visit::answer_non_text_with!(Kind, Kind::Absent);
}

struct MembersSeed<'c> {
    coordinates: &'c mut Coordinates,
    counts: &'c mut GeometryCounts,
}

type Members = Result<Vec<Geometry<f64>>, GeometryFault>;

impl<'de> DeserializeSeed<'de> for MembersSeed<'_> {
    type Value = Members;

    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<Members, D::Error> {
        input.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for MembersSeed<'_> {
    type Value = Members;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of geometries")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Members, A::Error> {
        let mut members = Ok(Vec::new());
        loop {
            let seed = GeometrySeed { coordinates: self.coordinates, counts: self.counts };
            match seq.next_element_seed(seed)? {
                None => return Ok(members),
                Some(Ok(geometry)) => {
                    if let Ok(members) = &mut members {
                        members.extend(geometry);
                    }
                }
                Some(Err(fault)) => members = members.and(Err(fault)),
            }
        }
    }
}
