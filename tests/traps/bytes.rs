//! Shapefiles and dBase tables, written from their published descriptions.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;

/// RGF93 / Lambert-93 as ESRI writes it: no EPSG code.
pub const LAMBERT_93: &str = r#"PROJCS["RGF_1993_Lambert_93",GEOGCS["GCS_RGF_1993",DATUM["D_RGF_1993",SPHEROID["GRS_1980",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Lambert_Conformal_Conic"],PARAMETER["False_Easting",700000.0],PARAMETER["False_Northing",6600000.0],PARAMETER["Central_Meridian",3.0],PARAMETER["Standard_Parallel_1",44.0],PARAMETER["Standard_Parallel_2",49.0],PARAMETER["Latitude_Of_Origin",46.5],UNIT["Meter",1.0]]"#;

/// A point of a ring or of a line.
pub type At = (f64, f64);

/// The types of shapes used here.
pub const LINE: i32 = 3;
pub const POLYGON: i32 = 5;
pub const POLYGON_Z: i32 = 15;

/// A square as an outer ring: clockwise, closed.
pub fn square(x: f64, y: f64, side: f64) -> Vec<At> {
    vec![(x, y), (x, y + side), (x + side, y + side), (x + side, y), (x, y)]
}

/// A `.shp` of records of one type.
pub fn shp(kind: i32, records: &[Vec<u8>]) -> Vec<u8> {
    let words = |bytes: usize| i32::try_from(bytes / 2).unwrap().to_be_bytes();
    let length = 100 + records.iter().map(|record| 8 + record.len()).sum::<usize>();
    let mut file = 9994_i32.to_be_bytes().to_vec();
    file.extend([0; 20]);
    file.extend(words(length));
    file.extend(1000_i32.to_le_bytes());
    file.extend(kind.to_le_bytes());
    // The box of the file: nobody may rely on it, many programs leave it at zero.
    file.extend([0; 64]);
    for (record, number) in records.iter().zip(1_i32..) {
        file.extend(number.to_be_bytes());
        file.extend(words(record.len()));
        file.extend(record);
    }
    file
}

/// A record without shape.
pub fn null_shape() -> Vec<u8> {
    0_i32.to_le_bytes().to_vec()
}

/// A polygon of these rings, or a line of these parts.
pub fn parts(kind: i32, parts: &[Vec<At>]) -> Vec<u8> {
    let points: Vec<At> = parts.concat();
    let least = |of: fn(&At) -> f64| points.iter().map(of).fold(f64::INFINITY, f64::min);
    let most = |of: fn(&At) -> f64| points.iter().map(of).fold(f64::NEG_INFINITY, f64::max);
    let frame = [least(|at| at.0), least(|at| at.1), most(|at| at.0), most(|at| at.1)];
    let mut record = kind.to_le_bytes().to_vec();
    record.extend(frame.iter().flat_map(|edge| edge.to_le_bytes()));
    record.extend(count(parts.len()));
    record.extend(count(points.len()));
    let mut first = 0;
    for part in parts {
        record.extend(count(first));
        first += part.len();
    }
    record.extend(points.iter().flat_map(|at| [at.0.to_le_bytes(), at.1.to_le_bytes()].concat()));
    record
}

/// A polygon whose points have a height, the same number of heights as of points in all.
pub fn polygon_z(rings: &[Vec<At>], heights: &[f64]) -> Vec<u8> {
    let mut record = parts(POLYGON_Z, rings);
    let least = heights.iter().copied().fold(f64::INFINITY, f64::min);
    let most = heights.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    record.extend([least, most].iter().chain(heights).flat_map(|height| height.to_le_bytes()));
    record
}

fn count(number: usize) -> [u8; 4] {
    i32::try_from(number).unwrap().to_le_bytes()
}

/// A column of a table: name, type (`b'C'` text, `b'N'` number), width.
pub type Column = (&'static str, u8, u8);

/// A dBase table. `language` is the byte that says (or not) which encoding the texts are in.
pub fn dbf(columns: &[Column], rows: &[Vec<&[u8]>], language: u8) -> Vec<u8> {
    let width = |column: &Column| usize::from(column.2);
    let head = u16::try_from(32 + 32 * columns.len() + 1).unwrap();
    let record = u16::try_from(1 + columns.iter().map(width).sum::<usize>()).unwrap();
    let mut file = vec![3, 126, 1, 1];
    file.extend(u32::try_from(rows.len()).unwrap().to_le_bytes());
    file.extend(head.to_le_bytes());
    file.extend(record.to_le_bytes());
    file.extend([0; 17]);
    file.push(language);
    file.extend([0; 2]);
    for (name, kind, width) in columns {
        let mut description = [0_u8; 32];
        description[..name.len()].copy_from_slice(name.as_bytes());
        description[11] = *kind;
        description[16] = *width;
        file.extend(description);
    }
    file.push(0x0d);
    for row in rows {
        file.push(b' ');
        for (value, column) in row.iter().zip(columns) {
            assert!(value.len() <= width(column), "{} is too narrow", column.0);
            file.extend(*value);
            file.resize(file.len() + width(column) - value.len(), b' ');
        }
    }
    file.push(0x1a);
    file
}

/// Marks a row, from 0, of a table as deleted.
pub fn delete(table: &mut [u8], row: usize) {
    let short = |at: usize| usize::from(u16::from_le_bytes([table[at], table[at + 1]]));
    let place = short(8) + row * short(10);
    table[place] = b'*';
}

/// Packed as `.gz`.
pub fn gzip(plain: &str) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::default());
    packer.write_all(plain.as_bytes()).unwrap();
    packer.finish().unwrap()
}
