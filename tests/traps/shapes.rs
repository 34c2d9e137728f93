//! Shapes that are missing, packed, mixed, folded or crossed.

use crate::bytes;
use crate::bytes::At;
use crate::bytes::square;
use crate::drawn::X;
use crate::drawn::Y;
use crate::drawn::collection;
use crate::drawn::feature;
use crate::drawn::rectangle;
use crate::folder::Checked;
use crate::folder::Folder;
use crate::folder::zone_table;

const ZONE: &str = "\"libelle\":\"UX\",\"typezone\":\"U\"";

/// Moves points to where the territory is.
fn placed(points: &[At]) -> Vec<At> {
    points.iter().map(|at| (X + at.0, Y + at.1)).collect()
}

/// Zones of one ring each, drawn from the origin of the territory.
fn zones(rings: &[&[At]]) -> Checked {
    let folder = Folder::new();
    let rings: Vec<Vec<At>> = rings.iter().map(|ring| placed(ring)).collect();
    let types = vec![b"U".as_slice(); rings.len()];
    folder.polygons("zone_urba", &rings, &zone_table(&types, 0), Some(bytes::LAMBERT_93));
    folder.check("zone_urba.shp", "zoning")
}

/// R3: bondy-cadastre2024.geojson.
#[test]
fn gzip_under_a_plain_name() {
    let plain = collection(&[feature(&rectangle(0.0, 0.0, 100.0, 100.0), ZONE)]);
    let folder = Folder::with("zones.geojson", bytes::gzip(&plain));
    folder.write("packed.geojson.gz", bytes::gzip(&plain));
    let checked = folder.check("zones.geojson", "zoning");
    assert_eq!((checked.layer().rows(), checked.code), ([1, 1, 0, 0, 0], 0), "{}", checked.stdout);
    assert_eq!(checked.layer().epsg(), "2154");
    checked.layer().assert_area(10_000.0);
    checked.layer().example("gzip-under-plain-name");
    // Under an honest name there is nothing to say.
    folder.check("packed.geojson.gz", "zoning").layer().assert_clean();
}

/// R3: DOC_URBA.shp of PLU 44118: 404 records, not one shape.
#[test]
fn a_shapefile_of_null_shapes() {
    let folder = Folder::new();
    let shapes = vec![bytes::null_shape(); 4];
    folder.write("DOC_URBA.shp", bytes::shp(bytes::POLYGON, &shapes));
    folder.write("DOC_URBA.prj", bytes::LAMBERT_93);
    folder.write("DOC_URBA.dbf", zone_table(&[b"U", b"U", b"U", b"U"], 0));
    let as_table = folder.check("DOC_URBA.shp", "table");
    assert_eq!((as_table.layer().rows(), as_table.code), ([4, 4, 0, 0, 0], 0));
    // Where shapes are asked for, each row says that it has none.
    let as_zones = folder.check("DOC_URBA.shp", "zoning");
    assert_eq!((as_zones.layer().rows(), as_zones.code), ([4, 0, 0, 4, 0], 1));
    assert_eq!(as_zones.layer().problems(), [("geometry-missing", 4)]);
    as_zones.layer().assert_area(0.0);
}

/// R3: TRONCON_DE_ROUTE.shp without `.dbf`.
#[test]
fn a_shapefile_without_table() {
    let folder = Folder::new();
    let line = |y: f64| bytes::parts(bytes::LINE, &[placed(&[(0.0, y), (100.0, y), (150.0, y)])]);
    folder.write("TRONCON_DE_ROUTE.shp", bytes::shp(bytes::LINE, &[line(0.0), line(10.0)]));
    folder.write("TRONCON_DE_ROUTE.prj", bytes::LAMBERT_93);
    let checked = folder.check("TRONCON_DE_ROUTE.shp", "roads");
    assert_eq!((checked.layer().rows(), checked.code), ([2, 2, 0, 0, 0], 0), "{}", checked.stdout);
    checked.layer().example("no-table");
    checked.layer().assert_area(0.0);
}

/// R3: Megève's parcels have no `.dbf` either: they keep their shapes, and have no identifier.
#[test]
fn parcels_without_table() {
    let folder = Folder::new();
    let parcel = bytes::parts(bytes::POLYGON, &[square(X, Y, 10.0)]);
    folder.write("geo_parcelle.shp", bytes::shp(bytes::POLYGON, &[parcel]));
    folder.write("geo_parcelle.prj", bytes::LAMBERT_93);
    let checked = folder.check("geo_parcelle.shp", "parcels");
    assert_eq!((checked.layer().rows(), checked.code), ([1, 1, 0, 0, 0], 0), "{}", checked.stdout);
    checked.layer().example("no-table");
    checked.layer().assert_area(100.0);
}

/// R3: INFO_SURF of Bondy holds one GeometryCollection.
#[test]
fn a_collection_is_reduced_to_its_polygons() {
    let line = format!("{{\"type\":\"LineString\",\"coordinates\":[[{X},{Y}],[{X},{}]]}}", Y + 9.0);
    let polygon = rectangle(0.0, 0.0, 100.0, 100.0);
    let mixed = format!("{{\"type\":\"GeometryCollection\",\"geometries\":[{polygon},{line}]}}");
    let text =
        collection(&[feature(&mixed, ZONE), feature(&rectangle(100.0, 0.0, 200.0, 100.0), ZONE)]);
    let checked = Folder::with("INFO_SURF.geojson", text).check("INFO_SURF.geojson", "zoning");
    let [read, kept, repaired, rejected, _] = checked.layer().rows();
    assert_eq!((read, kept + repaired, rejected), (2, 2, 0), "{}", checked.stdout);
    checked.layer().example("collections-reduced");
    checked.layer().assert_area(20_000.0);
}

/// R3: simplu3d: buildings as roof and wall faces, all invalid in the plane. Two eaves that overlap are one surface,
/// and a building of walls alone has none.
#[test]
fn roofs_and_walls_in_the_plane() {
    let face =
        |x0: f64, x1: f64| placed(&[(x0, 0.0), (x0, 10.0), (x1, 10.0), (x1, 0.0), (x0, 0.0)]);
    let wall = placed(&[(0.0, 0.0), (10.0, 0.0), (10.0, 0.0), (0.0, 0.0), (0.0, 0.0)]);
    let roof = bytes::polygon_z(&[face(0.0, 6.0), face(4.0, 10.0)], &[5.0; 10]);
    let walls = bytes::polygon_z(&[wall], &[0.0, 0.0, 3.0, 3.0, 0.0]);
    let folder = Folder::with("BATIMENT.shp", bytes::shp(bytes::POLYGON_Z, &[roof, walls]));
    folder.write("BATIMENT.prj", bytes::LAMBERT_93);
    let columns = [("ID", b'C', 24), ("NATURE", b'C', 20)];
    let rows = ["1", "2"].map(|id| vec![id.as_bytes(), b"Toit".as_slice()]);
    folder.write("BATIMENT.dbf", bytes::dbf(&columns, &rows, 0));
    let checked = folder.check("BATIMENT.shp", "buildings");
    assert_eq!(checked.layer().rows(), [2, 0, 1, 1, 0], "{}", checked.stdout);
    checked.layer().example("parts-overlap");
    checked.layer().example("zero-area");
    checked.layer().assert_area(100.0);
}

/// R3: 19182 and 241800432 have zones that cross themselves. Both lobes stay, and the areas are told.
#[test]
fn a_zone_that_crosses_itself_keeps_both_lobes() {
    let bow_tie = [(0.0, 0.0), (100.0, 100.0), (100.0, 0.0), (0.0, 100.0), (0.0, 0.0)];
    let checked = zones(&[&bow_tie]);
    assert_eq!(checked.layer().rows(), [1, 0, 1, 0, 0], "{}", checked.stdout);
    assert_eq!(checked.layer().count("self-crossing"), 1);
    assert!(checked.layer().example("self-crossing").contains("m²"));
    checked.layer().assert_area(5_000.0);
}

/// R3: a spike, as MapInfo leaves it, takes nothing away.
#[test]
fn a_spike_takes_no_area_away() {
    let spike = [
        (0.0, 0.0),
        (0.0, 100.0),
        (100.0, 100.0),
        (250.0, 100.0),
        (100.0, 100.0),
        (100.0, 0.0),
        (0.0, 0.0),
    ];
    let checked = zones(&[&spike]);
    let [read, kept, repaired, rejected, _] = checked.layer().rows();
    assert_eq!((read, kept + repaired, rejected), (1, 1, 0), "{}", checked.stdout);
    checked.layer().assert_area(10_000.0);
}

/// R3: shapefiles written with rings that are not closed, or the wrong way round.
#[test]
fn open_and_reversed_rings() {
    let open = [(0.0, 0.0), (0.0, 100.0), (100.0, 100.0), (100.0, 0.0)];
    let reversed = [(200.0, 0.0), (300.0, 0.0), (300.0, 100.0), (200.0, 100.0), (200.0, 0.0)];
    let checked = zones(&[&open, &reversed]);
    let [read, kept, repaired, rejected, _] = checked.layer().rows();
    assert_eq!((read, kept + repaired, rejected), (2, 2, 0), "{}", checked.stdout);
    checked.layer().assert_area(20_000.0);
}

/// Rows deleted in a table keep their shape in the `.shp`: they are not read, and it is told.
#[test]
fn deleted_rows_are_told() {
    let folder = Folder::new();
    let rings = [square(X, Y, 10.0), square(X + 20.0, Y, 20.0)];
    let mut table = zone_table(&[b"U", b"U"], 0);
    bytes::delete(&mut table, 0);
    folder.polygons("zone_urba", &rings, &table, Some(bytes::LAMBERT_93));
    let checked = folder.check("zone_urba.shp", "zoning");
    assert_eq!(checked.layer().rows(), [1, 1, 0, 0, 0], "{}", checked.stdout);
    checked.layer().example("deleted-rows");
    checked.layer().assert_area(400.0);
}

/// NaN is no JSON: the row is read all the same, without the value.
#[test]
fn bare_nan_is_told() {
    let zone = feature(&rectangle(0.0, 0.0, 10.0, 10.0), &format!("{ZONE},\"libelong\":NaN"));
    let checked =
        Folder::with("zones.geojson", collection(&[zone])).check("zones.geojson", "zoning");
    assert_eq!(checked.layer().rows(), [1, 1, 0, 0, 0], "{}", checked.stdout);
    checked.layer().example("bare-nan");
    checked.layer().assert_area(100.0);
}
