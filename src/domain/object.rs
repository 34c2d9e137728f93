//! Objects of layers that have no noun of their own: buildings, hazards, roads, stations, anything a
//! profile names. Only the columns that the configuration or a schema asks for are kept.

use std::borrow::Cow;
use std::sync::Arc;

use geo::Geometry;

use super::CodeInsee;
use super::Entity;
use super::Value;

/// An object with named attributes.
#[derive(Debug, Clone, PartialEq)]
pub struct Object {
    /// Identifier, unique in its layer.
    pub id: Box<str>,
    /// Commune, when the source says it.
    pub commune: Option<CodeInsee>,
    /// Shape in EPSG:2154 metres.
    pub geometry: Geometry<f64>,
    /// Names of the attributes, shared by all objects of the layer.
    pub names: Arc<[String]>,
    /// Values, in the order of `names`.
    pub values: Box<[Value<'static>]>,
}

impl Entity for Object {
    fn id(&self) -> Cow<'_, str> {
        Cow::Borrowed(&self.id)
    }

    fn geometry(&self) -> &Geometry<f64> {
        &self.geometry
    }

    fn commune(&self) -> Option<CodeInsee> {
        self.commune
    }

    fn attribute(&self, name: &str) -> Value<'_> {
        if name == "id" {
            return Value::text(&self.id);
        }
        self.names
            .iter()
            .position(|known| known == name)
            .and_then(|at| self.values.get(at))
            .cloned()
            .unwrap_or(Value::NoSuchAttribute)
    }
}
