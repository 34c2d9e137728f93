//! The same parcels as producers publish them: Etalab's gzipped GeoJSON, a GeoPackage with its R-tree, a shapefile.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use geo::BoundingRect;
use geo::Coord;
use geo::MapCoords;
use geo::Polygon;
use gisement::spatial::crs::Transform;
use rusqlite::Connection;

use crate::parcels::Parcel;
use crate::parcels::rounded;

/// Features in Etalab's layout, letter for letter.
pub fn etalab_features(commune: &str, parcels: &[Parcel]) -> String {
    let mut text = String::new();
    for (rank, parcel) in parcels.iter().enumerate() {
        let id = idu(commune, parcel);
        text.push_str(if rank > 0 { ",\n" } else { "" });
        let _ = write!(
            text,
            "{{\"type\":\"Feature\",\"id\":\"{id}\",\"geometry\":{{\"type\":\"Polygon\",\"coordinates\":[["
        );
        for (at, c) in parcel.outline.exterior().0.iter().enumerate() {
            text.push_str(if at > 0 { "," } else { "" });
            let _ = write!(text, "[{},{}]", c.x, c.y);
        }
        let _ = write!(
            text,
            "]]}},\"properties\":{{\"id\":\"{id}\",\"commune\":\"{commune}\",\"prefixe\":\"000\",\"section\":\"{}\",\
             \"numero\":\"{}\",\"contenance\":{},\"arpente\":false,\"created\":\"2010-01-01\",\"updated\":\"2026-07-01\"}}}}",
            parcel.section, parcel.number, parcel.contenance,
        );
    }
    text
}

/// The collection of these features, gzipped.
pub fn write_etalab(path: &Path, features: &[String]) {
    let mut packer = GzEncoder::new(Vec::new(), Compression::default());
    packer.write_all(b"{\"type\":\"FeatureCollection\",\"features\":[\n").unwrap();
    for (rank, some) in features.iter().enumerate() {
        packer.write_all(if rank > 0 { b",\n" } else { b"" }).unwrap();
        packer.write_all(some.as_bytes()).unwrap();
    }
    packer.write_all(b"\n]}").unwrap();
    fs::write(path, packer.finish().unwrap()).unwrap();
}

/// The fourteen characters that name a parcel.
fn idu(commune: &str, parcel: &Parcel) -> String {
    format!("{commune}000{:0>2}{:04}", parcel.section, parcel.number)
}

/// The outline in Lambert-93, to the centimetre.
fn in_meters(transform: &Transform, outline: &Polygon<f64>) -> Polygon<f64> {
    outline.map_coords(|at| {
        let at = transform.point(at).unwrap();
        rounded(at.x, at.y, 100.0)
    })
}

/// One table with an R-tree, as GDAL writes it.
pub fn write_geopackage(path: &Path, communes: &[(String, Vec<Parcel>)]) {
    let transform = Transform::to_lambert_93(4326).unwrap();
    let mut database = Connection::open(path).unwrap();
    database.execute_batch("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;").unwrap();
    database.execute_batch(include_str!("geopackage.sql")).unwrap();
    let transaction = database.transaction().unwrap();
    let mut count = 0;
    {
        let mut insert = transaction
            .prepare(
                "INSERT INTO parcelles VALUES (?, ?, ?, ?, '000', ?, ?, ?, 0, '2010-01-01', '2026-07-01')",
            )
            .unwrap();
        let mut index =
            transaction.prepare("INSERT INTO rtree_parcelles_geom VALUES (?, ?, ?, ?, ?)").unwrap();
        for (commune, parcels) in communes {
            for parcel in parcels {
                count += 1;
                let outline = in_meters(&transform, &parcel.outline);
                let bounds = outline.bounding_rect().unwrap();
                let (low, high) = (bounds.min(), bounds.max());
                insert
                    .execute((
                        count,
                        blob(&outline, low, high),
                        idu(commune, parcel),
                        commune,
                        &parcel.section,
                        parcel.number.to_string(),
                        parcel.contenance as i64,
                    ))
                    .unwrap();
                index.execute((count, low.x, high.x, low.y, high.y)).unwrap();
            }
        }
    }
    transaction.execute("UPDATE gpkg_ogr_contents SET feature_count = ?", [count]).unwrap();
    transaction.commit().unwrap();
}

fn blob(outline: &Polygon<f64>, low: Coord<f64>, high: Coord<f64>) -> Vec<u8> {
    let mut bytes = vec![b'G', b'P', 0, 3];
    bytes.extend(2154_i32.to_le_bytes());
    for bound in [low.x, high.x, low.y, high.y] {
        bytes.extend(bound.to_le_bytes());
    }
    bytes.extend([1, 6, 0, 0, 0, 1, 0, 0, 0, 1, 3, 0, 0, 0, 1, 0, 0, 0]);
    bytes.extend((outline.exterior().0.len() as u32).to_le_bytes());
    for c in &outline.exterior().0 {
        bytes.extend(c.x.to_le_bytes());
        bytes.extend(c.y.to_le_bytes());
    }
    bytes
}

/// `.shp`, `.shx`, `.dbf` and `.prj`; shells run clockwise, as the format wants.
pub fn write_shapefile(path: &Path, communes: &[(String, Vec<Parcel>)]) {
    let transform = Transform::to_lambert_93(4326).unwrap();
    let (mut shapes, mut index, mut rows, mut count) = (Vec::new(), Vec::new(), Vec::new(), 0_u32);
    for (commune, parcels) in communes {
        for parcel in parcels {
            count += 1;
            let outline = in_meters(&transform, &parcel.outline);
            let start = shapes.len();
            shape_record(count, &outline, &mut shapes);
            index.extend(((100 + start) as u32 / 2).to_be_bytes());
            index.extend(((shapes.len() - start - 8) as u32 / 2).to_be_bytes());
            let _ =
                write!(rows, " {:<14}{commune:<5}{:>10}", idu(commune, parcel), parcel.contenance);
        }
    }
    for (end, records) in [("shp", shapes), ("shx", index)] {
        let mut file = vec![0, 0, 0x27, 0x0a];
        file.resize(24, 0);
        file.extend(((100 + records.len()) as u32 / 2).to_be_bytes());
        file.extend([0xe8, 3, 0, 0, 5, 0, 0, 0]);
        file.resize(100, 0);
        file.extend(records);
        fs::write(path.with_extension(end), file).unwrap();
    }
    let mut dbf = vec![3, 126, 7, 1];
    dbf.extend(count.to_le_bytes());
    dbf.extend((32 + 3 * 32 + 1_u16).to_le_bytes());
    dbf.extend(30_u16.to_le_bytes());
    dbf.resize(32, 0);
    for (name, kind, length) in [("id", b'C', 14), ("commune", b'C', 5), ("contenance", b'N', 10)] {
        let start = dbf.len();
        dbf.extend(name.as_bytes());
        dbf.resize(start + 11, 0);
        dbf.push(kind);
        dbf.resize(start + 16, 0);
        dbf.push(length);
        dbf.resize(start + 32, 0);
    }
    dbf.push(0x0d);
    dbf.extend(rows);
    dbf.push(0x1a);
    fs::write(path.with_extension("dbf"), dbf).unwrap();
    fs::write(path.with_extension("prj"), include_str!("lambert93.prj")).unwrap();
}

fn shape_record(number: u32, outline: &Polygon<f64>, out: &mut Vec<u8>) {
    let ring = &outline.exterior().0;
    let bounds = outline.bounding_rect().unwrap();
    out.extend(number.to_be_bytes());
    out.extend(((48 + 16 * ring.len()) as u32 / 2).to_be_bytes());
    out.extend(5_u32.to_le_bytes());
    for bound in [bounds.min().x, bounds.min().y, bounds.max().x, bounds.max().y] {
        out.extend(bound.to_le_bytes());
    }
    for word in [1, ring.len() as u32, 0] {
        out.extend(word.to_le_bytes());
    }
    for c in ring.iter().rev() {
        out.extend(c.x.to_le_bytes());
        out.extend(c.y.to_le_bytes());
    }
}
