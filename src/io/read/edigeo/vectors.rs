//! The `.VEC`: nodes, arcs, faces and objects of a lot, and what links them.
//!
//! References go in any direction, across files and before what they name; so everything is taken
//! in first and linked at the end.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use geo::Coord;

use super::super::error::ReadError;
use super::super::row::GeometryFault;
use super::record::Member;
use super::record::Record;
use super::record::last_part;
use super::scheme::Scheme;
use super::scheme::Side;
use super::volume::Lot;
use super::volume::Volume;

/// A node, an arc or a face.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Primitive {
    Node(usize),
    Arc(usize),
    Face(usize),
}

/// What lies left or right of some arcs.
#[derive(Debug, Default)]
pub(super) struct Face {
    /// Its arcs, sorted.
    pub arcs: Vec<(usize, Side)>,
    /// Links from arcs that are not there.
    pub n_dangling: usize,
}

/// An object of the class that is read.
#[derive(Debug)]
pub(super) struct Object {
    pub id: Vec<u8>,
    /// Attribute identifier, text, whether the text was in its character set.
    pub values: Vec<(Vec<u8>, String, bool)>,
    /// Identifier of its record in the `.QAL`.
    pub quality: Option<Vec<u8>>,
    /// What draws it, in the order of the links.
    pub primitives: Vec<Primitive>,
    /// Links to primitives that are not there.
    pub n_dangling: usize,
}

/// Everything in the `.VEC` files of a lot that the objects of one class may need.
#[derive(Debug, Default)]
pub(super) struct Vectors {
    pub nodes: Vec<Result<Coord<f64>, GeometryFault>>,
    pub arcs: Vec<Result<Vec<Coord<f64>>, GeometryFault>>,
    pub faces: Vec<Face>,
    pub objects: Vec<Object>,
    primitives: HashMap<Vec<u8>, Primitive>,
    object_of: HashMap<Vec<u8>, usize>,
    links: Vec<Link>,
}

/// A link from an object or an arc to primitives, by keys.
#[derive(Debug)]
enum Link {
    Drawn {
        object: Vec<u8>,
        by: Vec<Vec<u8>>,
    },
    Beside {
        arc: Vec<u8>,
        face: Vec<u8>,
        side: Side,
    },
    /// Arcs to their end nodes, which their positions tell as well.
    Other,
}

impl Vectors {
    /// Reads all `.VEC` of a lot; of the objects, those of the class.
    pub fn read(
        volume: &Volume,
        lot: &Lot,
        scheme: &Scheme,
        class: &[u8],
    ) -> Result<Self, ReadError> {
        let mut vectors = Self::default();
        for (file, subset) in &lot.vectors {
            let member = volume.open_member(Some(file), "VEC")?;
            let mut records = member.records();
            while let Some(record) = records.next()? {
                vectors.take(&member, &record, subset, scheme, class)?;
            }
        }
        vectors.connect();
        Ok(vectors)
    }

    fn take(
        &mut self,
        member: &Member,
        record: &Record<'_>,
        subset: &[u8],
        scheme: &Scheme,
        class: &[u8],
    ) -> Result<(), ReadError> {
        let key = || [subset, &record.kind, &record.id].join(&b';');
        match &record.kind {
            b"PNO" => {
                match self.primitives.entry(key()).or_insert(Primitive::Node(self.nodes.len())) {
                    Primitive::Node(known) if *known < self.nodes.len() => {
                        same(&mut self.nodes[*known], &node(record));
                    }
                    _ => self.nodes.push(node(record)),
                }
            }
            b"PAR" => match self.primitives.entry(key()).or_insert(Primitive::Arc(self.arcs.len()))
            {
                Primitive::Arc(known) if *known < self.arcs.len() => {
                    same(&mut self.arcs[*known], &arc(record));
                }
                _ => self.arcs.push(arc(record)),
            },
            b"PFE" => {
                if let Entry::Vacant(entry) = self.primitives.entry(key()) {
                    entry.insert(Primitive::Face(self.faces.len()));
                    self.faces.push(Face::default());
                }
            }
            b"FEA" => {
                let of = last_part(record.value(b"SCP").unwrap_or_default());
                if of == class {
                    self.object_of.insert(key(), self.objects.len());
                    self.objects.push(object(record));
                } else if !scheme.classes.iter().any(|known| known.id == of) {
                    let what = "it is an object of a class that the .SCD does not have";
                    return Err(member.bad(record.line, what));
                }
            }
            b"LNK" if is_relation(record) => match link(record, scheme) {
                Some(Link::Other) => {}
                Some(link) => self.links.push(link),
                None => return Err(member.bad(record.line, "it links nothing that can be named")),
            },
            _ => {}
        }
        Ok(())
    }

    fn connect(&mut self) {
        for link in std::mem::take(&mut self.links) {
            match link {
                Link::Beside { arc, face, side } => {
                    // A face that is not there is told by the objects that it draws.
                    let Some(&Primitive::Face(face)) = self.primitives.get(&face) else { continue };
                    match self.primitives.get(&arc) {
                        Some(&Primitive::Arc(arc)) => self.faces[face].arcs.push((arc, side)),
                        _ => self.faces[face].n_dangling += 1,
                    }
                }
                Link::Other => {}
                Link::Drawn { object, by } => {
                    let Some(&object) = self.object_of.get(&object) else { continue };
                    let object = &mut self.objects[object];
                    for key in by {
                        match self.primitives.get(&key) {
                            Some(&primitive) => object.primitives.push(primitive),
                            None => object.n_dangling += 1,
                        }
                    }
                }
            }
        }
        for face in &mut self.faces {
            face.arcs.sort_unstable();
            face.arcs.dedup();
        }
    }
}

/// Two records of one name: which one is meant is not known, unless they are the same.
fn same<T: PartialEq>(known: &mut Result<T, GeometryFault>, other: &Result<T, GeometryFault>) {
    if known != other {
        *known = Err(GeometryFault::malformed("two nodes or two arcs have the same identifier"));
    }
}

/// Whether a link is one that draws; others associate objects (a building stands on a parcel).
fn is_relation(record: &Record<'_>) -> bool {
    let of = record.value(b"SCP").unwrap_or_default();
    of.rsplit(|&b| b == b';').nth(1).is_none_or(|kind| kind == b"REL")
}

/// What a link says, `None` when it cannot be understood.
fn link(record: &Record<'_>, scheme: &Scheme) -> Option<Link> {
    let relation = last_part(record.value(b"SCP")?);
    let ends = record.fields.iter().filter(|field| &field.code == b"FTP");
    let ends = ends.map(|field| Key::of(&field.value)).collect::<Option<Vec<_>>>()?;
    let (first, others) = ends.split_first()?;
    if first.kind == b"FEA" {
        let by = others.iter().filter(|end| end.kind != b"FEA").map(|end| end.key.to_vec());
        return Some(Link::Drawn { object: first.key.to_vec(), by: by.collect() });
    }
    let end = |kind: &[u8]| ends.iter().find(|end| end.kind == kind).map(|end| end.key.to_vec());
    Some(match (end(b"PAR"), end(b"PFE")) {
        (Some(arc), Some(face)) => Link::Beside { arc, face, side: scheme.side(relation) },
        _ => Link::Other,
    })
}

/// A reference `LOT;SUBSET;KIND;ID` without its lot.
struct Key<'r> {
    key: &'r [u8],
    kind: &'r [u8],
}

impl<'r> Key<'r> {
    fn of(reference: &'r [u8]) -> Option<Self> {
        let lot = reference.iter().position(|&b| b == b';')?;
        let key = reference.get(lot + 1..)?;
        let kind = key.split(|&b| b == b';').nth(1)?;
        Some(Self { key, kind })
    }
}

fn object(record: &Record<'_>) -> Object {
    let mut values: Vec<(Vec<u8>, String, bool)> = Vec::new();
    let mut attribute: Option<Vec<u8>> = None;
    for field in &record.fields {
        match &field.code {
            b"ATP" => attribute = Some(last_part(&field.value).to_vec()),
            b"ATV" => {
                // One value per attribute: what follows without a name says nothing known.
                if let Some(attribute) = attribute.take() {
                    let (text, is_whole) = field.text();
                    // The value is a term of the scheme, which its last part names.
                    let text = match text.rsplit_once(';') {
                        Some((_, term)) if field.is_reference => term.to_owned().into(),
                        _ => text,
                    };
                    values.push((attribute, text.into_owned(), is_whole));
                }
            }
            _ => {}
        }
    }
    let quality = record.value(b"QAP").map(|reference| last_part(reference).to_vec());
    let id = record.id.to_vec();
    Object { id, values, quality, primitives: Vec::new(), n_dangling: 0 }
}

fn node(record: &Record<'_>) -> Result<Coord<f64>, GeometryFault> {
    let mut positions = positions(record)?;
    match (positions.pop(), positions.pop()) {
        (Some(only), None) => Ok(only),
        _ => Err(GeometryFault::malformed("a node has not exactly one position")),
    }
}

fn arc(record: &Record<'_>) -> Result<Vec<Coord<f64>>, GeometryFault> {
    // 1: straight segments; 2: arc of a circle; 3: curve.
    match record.value(b"TYP") {
        None | Some(b"1") => {}
        Some(b"2") => {
            return Err(GeometryFault::UnsupportedKind { kind: "arc of a circle".into() });
        }
        Some(_) => return Err(GeometryFault::UnsupportedKind { kind: "curve".into() }),
    }
    let positions = positions(record)?;
    let announced = record.value(b"PTC").and_then(|count| std::str::from_utf8(count).ok());
    let announced: Option<usize> = announced.and_then(|count| count.trim().parse().ok());
    match announced {
        Some(announced) if announced != positions.len() => Err(GeometryFault::malformed(format!(
            "an arc announces {announced} positions and has {}",
            positions.len()
        ))),
        _ if positions.len() < 2 => Err(GeometryFault::malformed("an arc has one position only")),
        _ => Ok(positions),
    }
}

/// Positions are `+951399.75;+6701567.10;`, a third number being the altitude.
fn positions(record: &Record<'_>) -> Result<Vec<Coord<f64>>, GeometryFault> {
    let fields = record.fields.iter().filter(|field| &field.code == b"COR");
    let position = |field: &super::record::Field<'_>| {
        if !field.is_whole() {
            return Err(GeometryFault::malformed("a position is not as long as its line says"));
        }
        let mut numbers = field.value.split(|&b| b == b';').map(|number| {
            let number = std::str::from_utf8(number).ok().map(str::trim);
            number.filter(|number| !number.is_empty())
        });
        let (x, y) = (numbers.next().flatten(), numbers.next().flatten());
        let (Some(x), Some(y)) = (x, y) else { return Err(GeometryFault::IncompletePosition) };
        let (Ok(x), Ok(y)) = (x.parse::<f64>(), y.parse::<f64>()) else {
            return Err(GeometryFault::NonNumericCoordinate);
        };
        if x.is_finite() && y.is_finite() {
            // One zero only, so that equal positions have equal bits.
            Ok(Coord { x: x + 0.0, y: y + 0.0 })
        } else {
            Err(GeometryFault::NonFiniteCoordinate)
        }
    };
    fields.map(position).collect()
}
