use std::collections::BTreeMap;
use std::fs;

use geo::Coord;
use gisement::io::read::DeclaredCrs;
use gisement::io::read::probe_elevation;
use gisement::io::read::read_elevation;

use crate::fixture;

/// A cell as GDAL reads it.
pub struct Cell {
    pub at: Coord,
    pub height: Option<f64>,
    pub slope_percent: Option<f64>,
}

/// `tests/reference/elevation.tsv`, by file.
pub fn oracle() -> BTreeMap<String, Vec<Cell>> {
    let path = format!("{}/tests/reference/elevation.tsv", env!("CARGO_MANIFEST_DIR"));
    let mut files: BTreeMap<String, Vec<Cell>> = BTreeMap::new();
    for line in fs::read_to_string(path).unwrap().lines().skip(1) {
        let fields: Vec<&str> = line.split('\t').collect();
        let number = |at: usize| fields[at].parse::<f64>().ok();
        files.entry(fields[0].to_owned()).or_default().push(Cell {
            at: Coord { x: number(1).unwrap(), y: number(2).unwrap() },
            height: number(3),
            slope_percent: number(4),
        });
    }
    files
}

#[test]
fn heights_and_slopes_are_those_of_gdal() {
    let files = oracle();
    assert_eq!(files.len(), 9);
    for (name, cells) in files {
        let grid = read_elevation(&fixture(&name)).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(grid.cells(), cells.len(), "{name}");
        let known = cells.iter().filter(|cell| cell.height.is_some()).count();
        assert_eq!(grid.known_cells(), known, "{name}");
        for cell in cells {
            // GDAL writes single precision in nine digits.
            let close = |ours: Option<f64>, theirs: Option<f64>| match (ours, theirs) {
                (Some(ours), Some(theirs)) => (ours - theirs).abs() < 2e-5 * theirs.abs().max(1.0),
                (ours, theirs) => ours.is_none() && theirs.is_none(),
            };
            let (height, slope) = (grid.height_at(cell.at), grid.slope_at(cell.at));
            assert!(close(height, cell.height), "{name} {:?}: {height:?}", cell.at);
            let percent = slope.map(|slope| slope * 100.0);
            assert!(close(percent, cell.slope_percent), "{name} {:?}: {percent:?}", cell.at);
        }
    }
}

#[test]
fn headers_say_where_the_cells_are() {
    for (name, format) in [
        ("plain.asc", "esri-ascii-grid"),
        ("holes.asc", "esri-ascii-grid"),
        ("f32-deflate-tiles.tif", "geotiff"),
        ("u16-point.tif", "geotiff"),
        ("no-system.tif", "geotiff"),
    ] {
        let header = probe_elevation(&fixture(name)).unwrap();
        assert_eq!(header.format, format, "{name}");
        assert_eq!((header.n_cols, header.n_rows, header.cell), (20, 14, 5.0), "{name}");
        assert_eq!(header.origin, Coord { x: 550_002.5, y: 6_330_002.5 }, "{name}");
        assert_eq!(header.extent().max(), Coord { x: 550_100.0, y: 6_330_070.0 }, "{name}");
        let says = format == "geotiff" && name != "no-system.tif";
        let crs = if says { DeclaredCrs::Epsg(2154) } else { DeclaredCrs::None };
        assert_eq!(header.crs, crs, "{name}");
    }
}

/// GDAL leaves out tiles in which nothing is known.
#[test]
fn a_tile_that_is_not_stored_is_unknown() {
    let grid = read_elevation(&fixture("sparse.tif")).unwrap();
    assert_eq!((grid.cells(), grid.known_cells()), (800, 0));
}

/// One grid, written as other programs write it.
#[test]
fn an_ascii_grid_may_be_written_otherwise() {
    let dir = tempfile::tempdir().unwrap();
    let plain = fs::read_to_string(fixture("plain.asc")).unwrap();
    let theirs = read_elevation(&fixture("plain.asc")).unwrap();
    let one_line = plain.replace('\n', " ");
    let centred = plain
        .replace("corner 550000.0", "center 550002.5")
        .replace("corner 6330000.0", "center 6330002.5");
    for (name, text) in [
        ("crlf", plain.replace('\n', "\r\n")),
        ("bom", format!("\u{feff}{plain}")),
        ("upper", plain.replace("ncols", "NCOLS").replace("NODATA_value", "NoData_Value")),
        ("one line", one_line),
        ("cut line", plain.replace(' ', "\n")),
        ("tabs", plain.replace(' ', "\t")),
        ("centres", centred),
        ("without no-data", plain.replace("NODATA_value -9999\n", "")),
        ("two sides", plain.replace("cellsize 5.0", "dx 5.0\ndy 5.0")),
        ("no last end", plain.trim_end().to_owned()),
    ] {
        let path = dir.path().join(format!("{name}.asc"));
        fs::write(&path, text).unwrap();
        let ours = read_elevation(&path).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(ours == theirs, "{name}");
    }
}

/// A place given by a matrix: the rarer of the two ways, written by the `tiff` library.
#[test]
fn a_matrix_gives_the_place_too() {
    use tiff::encoder::TiffEncoder;
    use tiff::encoder::colortype::Gray32Float;
    use tiff::tags::Tag;
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("matrix.tif");
    let mut tiff = TiffEncoder::new(fs::File::create(&path).unwrap()).unwrap();
    let mut image = tiff.new_image::<Gray32Float>(3, 2).unwrap();
    let matrix = [
        25.0,
        0.0,
        0.0,
        550_000.0,
        0.0,
        -25.0,
        0.0,
        6_330_050.0,
        0.0,
        0.0,
        0.0,
        0.0,
        0.0,
        0.0,
        0.0,
        1.0,
    ];
    image.encoder().write_tag(Tag::ModelTransformationTag, &matrix[..]).unwrap();
    image.write_data(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0_f32]).unwrap();
    let grid = read_elevation(&path).unwrap();
    assert_eq!(grid.height_at(Coord { x: 550_001.0, y: 6_330_049.0 }), Some(1.0));
    assert_eq!(grid.height_at(Coord { x: 550_074.0, y: 6_330_001.0 }), Some(6.0));
    assert_eq!(grid.height_at(Coord { x: 550_076.0, y: 6_330_001.0 }), None);
}
