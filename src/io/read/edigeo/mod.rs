//! EDIGEO (NF Z 52000): the exchange in which the DGFiP hands out the cadastre, one folder per
//! sheet.
//!
//! A file `.THF` names the others: classes (`.SCD`) and their vocabulary (`.DIC`), reference system
//! (`.GEO`), dates (`.QAL`), and geometry with objects (`.VEC`). An area has no ring of its own: it
//! is a set of faces, a face is what lies left or right of arcs, and an arc is drawn once for the
//! two parcels that it parts. One layer per class of the `.SCD`, whether or not there are objects of
//! it: a sheet without buildings has none, which is not the same as no layer of buildings.

mod outline;
mod quality;
mod record;
mod reference_system;
mod scheme;
mod shape;
mod sheet;
mod vectors;
mod volume;

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::path::Path;

pub use self::sheet::SheetName;

use self::quality::Dates;
use self::record::Member;
use self::scheme::Attribute;
use self::scheme::Scheme;
use self::scheme::ValueKind;
use self::vectors::Object;
use self::vectors::Vectors;
use self::volume::Lot;
use self::volume::Volume;
use super::error::ReadError;
use super::layer::DeclaredCrs;
use super::layer::Format;
use super::layer::GeometryHint;
use super::layer::LayerHeader;
use super::layer::ReadNote;
use super::layer::SourceFacts;
use super::row::Cell;
use super::row::Row;
use super::want::ColumnMatcher;
use super::want::GeometryFrom;
use super::want::Want;
use super::want::unbound;

/// Columns that are no attributes, under the names that GDAL gives them: identifier of the object
/// in the exchange, and its dates.
const OBJECT: &str = "OBJECT_RID";
const CREATED: &str = "CREAT_DATE";
const UPDATED: &str = "UPDATE_DATE";

/// The classes of the exchange.
pub(super) fn probe(path: &Path) -> Result<Vec<LayerHeader>, ReadError> {
    Ok(Exchange::open(path)?.layers)
}

/// Reads the objects of one class, in the order of the `.VEC` files.
pub(super) fn read(
    path: &Path,
    want: &Want,
    sink: &mut dyn FnMut(Row) -> ControlFlow<()>,
) -> Result<SourceFacts, ReadError> {
    let exchange = Exchange::open(path)?;
    let chosen = super::choose_layer(path, want, exchange.layers.iter())?;
    let header = exchange.layers[chosen].clone();
    let bound = ColumnMatcher::new(&want.columns).bind(&header.columns);
    let missing = unbound(&bound);
    want.require(path, &missing, &header.columns)?;
    let mut facts = SourceFacts::new(header, missing);
    let (mut wrong_encoding, mut bad_numbers) = (0, 0);
    'lots: for (lot, scheme) in exchange.volume.lots.iter().zip(&exchange.schemes) {
        let class = scheme.classes.iter().find(|c| name_of(&c.id) == facts.header.name);
        let Some(class) = class else { continue };
        let dates = exchange.dates(lot, &mut facts)?;
        let vectors = Vectors::read(&exchange.volume, lot, scheme, &class.id)?;
        for object in &vectors.objects {
            let geometry = match want.geometry {
                GeometryFrom::Native => shape::of(object, class.geometry, &vectors),
                _ => Ok(None),
            };
            let mut cell = |column: &Option<usize>| {
                let name = column.and_then(|column| facts.header.columns.get(column));
                let Some(name) = name else { return Cell::Missing };
                let dates = || object.quality.as_ref().and_then(|quality| dates.get(quality));
                match name.as_str() {
                    OBJECT => Cell::from_text(&String::from_utf8_lossy(&object.id)),
                    CREATED => dates().map_or(Cell::Missing, |dates| dates.created.clone()),
                    UPDATED => dates().map_or(Cell::Missing, |dates| dates.updated.clone()),
                    name => match class.attributes.iter().find(|a| a.name == name) {
                        Some(a) => value(object, a, &mut wrong_encoding, &mut bad_numbers),
                        None => Cell::Missing,
                    },
                }
            };
            let cells = bound.iter().map(&mut cell).collect();
            facts.rows_read += 1;
            if sink(Row { number: facts.rows_read, geometry, cells }).is_break() {
                facts.stopped = true;
                break 'lots;
            }
        }
    }
    if wrong_encoding > 0 {
        facts.notes.push(ReadNote::WrongEncoding { count: wrong_encoding });
    }
    if bad_numbers > 0 {
        facts.notes.push(ReadNote::BadNumbers { count: bad_numbers });
    }
    Ok(facts)
}

fn value(
    object: &Object,
    attribute: &Attribute,
    wrong_encoding: &mut u64,
    bad_numbers: &mut u64,
) -> Cell {
    let value = object.values.iter().find(|(id, ..)| id == &attribute.id);
    let Some((_, text, is_whole)) = value else { return Cell::Missing };
    *wrong_encoding += u64::from(!is_whole);
    match (attribute.kind, Cell::from_text(text)) {
        (ValueKind::Number, Cell::Text(text)) => match text.trim().parse::<f64>() {
            Ok(number) if number.is_finite() => Cell::Number(number),
            _ => {
                *bad_numbers += 1;
                Cell::Missing
            }
        },
        (_, cell) => cell,
    }
}

fn name_of(id: &[u8]) -> String {
    String::from_utf8_lossy(id).into_owned()
}

/// What the small files of an exchange say.
struct Exchange {
    volume: Volume,
    /// One per lot.
    schemes: Vec<Scheme>,
    layers: Vec<LayerHeader>,
}

impl Exchange {
    fn open(path: &Path) -> Result<Self, ReadError> {
        let volume = Volume::open(path)?;
        let mut schemes: Vec<Scheme> = Vec::new();
        let mut layers: Vec<LayerHeader> = Vec::new();
        let mut crs: Option<DeclaredCrs> = None;
        for lot in &volume.lots {
            let here = match lot.georeference.as_ref().and_then(|name| volume.find(name, "GEO")) {
                Some(file) => reference_system::declared(&Member::open(&file)?)?,
                None => DeclaredCrs::None,
            };
            if crs.as_ref().is_some_and(|crs| crs != &here) {
                return Err(ReadError::BadEdigeo {
                    path: path.to_owned(),
                    line: 1,
                    what: "its lots are in different reference systems".to_owned(),
                });
            }
            let scheme = Scheme::read(&volume, lot)?;
            for class in &scheme.classes {
                let attributes = class.attributes.iter().map(|a| a.name.clone());
                let name = name_of(&class.id);
                match layers.iter_mut().find(|layer| layer.name == name) {
                    Some(layer) => {
                        for attribute in attributes {
                            if !layer.columns.contains(&attribute) {
                                layer.columns.push(attribute);
                            }
                        }
                        if layer.geometry != class.geometry {
                            layer.geometry = GeometryHint::Unknown;
                        }
                    }
                    None => layers.push(LayerHeader {
                        name,
                        format: Format::Edigeo,
                        columns: std::iter::once(OBJECT.to_owned())
                            .chain(attributes)
                            .chain([CREATED.to_owned(), UPDATED.to_owned()])
                            .collect(),
                        rows: None,
                        crs: here.clone(),
                        encoding: None,
                        geometry: class.geometry,
                    }),
                }
            }
            schemes.push(scheme);
            crs = Some(here);
        }
        Ok(Self { volume, schemes, layers })
    }

    /// The dates of a lot; without their file the objects have none, which is told.
    fn dates(
        &self,
        lot: &Lot,
        facts: &mut SourceFacts,
    ) -> Result<HashMap<Vec<u8>, Dates>, ReadError> {
        match lot.quality.as_ref().and_then(|name| self.volume.find(name, "QAL")) {
            Some(file) => quality::dates(&Member::open(&file)?),
            None => {
                if !facts.notes.contains(&ReadNote::NoQuality) {
                    facts.notes.push(ReadNote::NoQuality);
                }
                Ok(HashMap::new())
            }
        }
    }
}
