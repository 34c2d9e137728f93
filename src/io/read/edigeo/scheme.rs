//! The `.SCD` and the `.DIC`: which classes of objects there are and what their attributes are
//! called.

use std::collections::BTreeMap;
use std::collections::HashMap;

use super::super::error::ReadError;
use super::super::layer::GeometryHint;
use super::record::Member;
use super::record::Record;
use super::record::last_part;
use super::volume::Lot;
use super::volume::Volume;

/// What a value of an attribute is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ValueKind {
    /// Text, codes, dates, references.
    Text,
    /// Integers and reals.
    Number,
}

/// An attribute of a class.
#[derive(Debug, Clone)]
pub(super) struct Attribute {
    /// Its identifier in the `.SCD`, which objects call it by.
    pub id: Vec<u8>,
    /// Its name in the `.DIC`.
    pub name: String,
    pub kind: ValueKind,
}

/// A class of objects: a layer.
#[derive(Debug, Clone)]
pub(super) struct Class {
    pub id: Vec<u8>,
    pub geometry: GeometryHint,
    pub attributes: Vec<Attribute>,
}

/// How an arc and a face meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Side {
    Left,
    Right,
    /// The scheme does not say.
    Either,
}

/// The classes of a lot, in the order of the `.SCD`.
#[derive(Debug)]
pub(super) struct Scheme {
    pub classes: Vec<Class>,
    sides: HashMap<Vec<u8>, Side>,
}

impl Scheme {
    pub fn read(volume: &Volume, lot: &Lot) -> Result<Self, ReadError> {
        let dictionary = volume.open_member(lot.dictionary.as_ref(), "DIC")?;
        let terms = terms(&dictionary)?;
        let member = volume.open_member(lot.scheme.as_ref(), "SCD")?;
        let mut records = member.records();
        let (mut attributes, mut sides) = (HashMap::new(), HashMap::new());
        let mut drafts = Vec::new();
        while let Some(record) = records.next()? {
            match &record.kind {
                b"ATT" => {
                    attributes.insert(record.id.to_vec(), attribute(&record, &terms));
                }
                b"OBJ" => drafts.push(Draft::of(&record)),
                b"REL" => {
                    let side = match record.value(b"KND") {
                        Some(b"LPO") => Side::Left,
                        Some(b"RPO") => Side::Right,
                        _ => continue,
                    };
                    sides.insert(record.id.to_vec(), side);
                }
                _ => {}
            }
        }
        // An attribute may be described after the class that has it.
        let mut classes = Vec::with_capacity(drafts.len());
        for draft in drafts {
            let mut class =
                Class { id: draft.id, geometry: draft.geometry, attributes: Vec::new() };
            for id in draft.attributes {
                let found: Option<&Attribute> = attributes.get(&id);
                let Some(attribute) = found else {
                    let what = "a class has an attribute that no ATT describes";
                    return Err(member.bad(draft.line, what));
                };
                class.attributes.push(attribute.clone());
            }
            classes.push(class);
        }
        Ok(Self { classes, sides })
    }

    /// The side that a relation of the scheme tells.
    pub fn side(&self, relation: &[u8]) -> Side {
        self.sides.get(relation).copied().unwrap_or(Side::Either)
    }
}

struct Draft {
    id: Vec<u8>,
    line: u64,
    geometry: GeometryHint,
    attributes: Vec<Vec<u8>>,
}

impl Draft {
    fn of(record: &Record<'_>) -> Self {
        let geometry = match record.value(b"KND") {
            Some(b"PCT") => GeometryHint::Points,
            Some(b"LIN") => GeometryHint::Lines,
            Some(b"ARE") => GeometryHint::Areas,
            // Objects made of other objects.
            Some(b"CPX") => GeometryHint::None,
            _ => GeometryHint::Unknown,
        };
        let attributes = record.fields.iter().filter(|field| &field.code == b"AAP");
        let attributes = attributes.map(|field| last_part(&field.value).to_vec()).collect();
        Self { id: record.id.to_vec(), line: record.line, geometry, attributes }
    }
}

/// Name and type of the attributes of the `.DIC`.
fn terms(dictionary: &Member) -> Result<BTreeMap<Vec<u8>, (String, ValueKind)>, ReadError> {
    let mut terms = BTreeMap::new();
    let mut records = dictionary.records();
    while let Some(record) = records.next()? {
        if &record.kind != b"DIA" {
            continue;
        }
        let kind = match record.value(b"TYP") {
            Some([b'I' | b'N' | b'R' | b'E', ..]) => ValueKind::Number,
            _ => ValueKind::Text,
        };
        if let Some(name) = record.word(b"LAB").filter(|name| !name.is_empty()) {
            terms.insert(record.id.to_vec(), (name, kind));
        }
    }
    Ok(terms)
}

/// An attribute that the `.DIC` does not explain keeps its identifier and is text.
fn attribute(record: &Record<'_>, terms: &BTreeMap<Vec<u8>, (String, ValueKind)>) -> Attribute {
    let term = record.value(b"DIP").and_then(|reference| terms.get(last_part(reference)));
    let (name, kind) = term.cloned().unwrap_or_else(|| {
        let name = String::from_utf8_lossy(&record.id).into_owned();
        (name.strip_suffix("_id").map(str::to_owned).unwrap_or(name), ValueKind::Text)
    });
    Attribute { id: record.id.to_vec(), name, kind }
}
