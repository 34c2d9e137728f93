//! Cadastral parcels.

use std::borrow::Cow;
use std::fmt;

use geo::Geometry;

use super::CodeInsee;
use super::Entity;
use super::Idu;
use super::Value;
use crate::units::SquareMeters;

/// How a parcel is named: by its idu, or by its place in a file that has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ParcelId {
    /// The cadastral identifier.
    Idu(Idu),
    /// A parcel without identifier (a shapefile without .dbf): n-th file of the layer, n-th row.
    Unnamed {
        /// Position of the file among the layer's files, from 0.
        file: u32,
        /// Row in the file, from 1.
        row: u32,
    },
}

impl fmt::Display for ParcelId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Idu(idu) => f.pad(idu.as_str()),
            Self::Unnamed { file, row } => f.pad(&format!("sans-idu-{file}-{row}")),
        }
    }
}

/// A cadastral parcel.
#[derive(Debug, Clone, PartialEq)]
pub struct Parcel {
    /// Identifier.
    pub id: ParcelId,
    /// Commune of the idu, or of the place when there is none.
    pub commune: Option<CodeInsee>,
    /// Outline in EPSG:2154 metres.
    pub geometry: Geometry<f64>,
    /// Fiscal area as declared. Never the computed area, which can differ by more than 10 %.
    pub contenance: Option<SquareMeters>,
}

impl Entity for Parcel {
    fn id(&self) -> Cow<'_, str> {
        match &self.id {
            ParcelId::Idu(idu) => Cow::Borrowed(idu.as_str()),
            unnamed @ ParcelId::Unnamed { .. } => Cow::Owned(unnamed.to_string()),
        }
    }

    fn geometry(&self) -> &Geometry<f64> {
        &self.geometry
    }

    fn commune(&self) -> Option<CodeInsee> {
        self.commune
    }

    fn attribute(&self, name: &str) -> Value<'_> {
        match name {
            "id" | "idu" => Value::Text(self.id()),
            "section" => match &self.id {
                ParcelId::Idu(idu) => Value::text(idu.section()),
                ParcelId::Unnamed { .. } => Value::Missing,
            },
            "contenance_m2" => Value::number(self.contenance.map(SquareMeters::get)),
            _ => Value::NoSuchAttribute,
        }
    }
}
