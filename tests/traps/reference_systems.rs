//! Reference systems: said, half said, not said; and axes the wrong way round.

use crate::bytes;
use crate::bytes::At;
use crate::bytes::square;
use crate::folder::Checked;
use crate::folder::Folder;
use crate::folder::zone_table;

const CC46: &str = r#"PROJCS["RGF_1993_CC46",GEOGCS["GCS_RGF_1993",DATUM["D_RGF_1993",SPHEROID["GRS_1980",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Lambert_Conformal_Conic"],PARAMETER["False_Easting",1700000.0],PARAMETER["False_Northing",5200000.0],PARAMETER["Central_Meridian",3.0],PARAMETER["Standard_Parallel_1",45.25],PARAMETER["Standard_Parallel_2",46.75],PARAMETER["Latitude_Of_Origin",46.0],UNIT["Meter",1.0]]"#;

/// Lambert-93 by its parameters only, as PLU 44118 has it.
const CONIC: &str = r#"PROJCS["Lambert_Conformal_Conic",GEOGCS["GCS_GRS 1980(IUGG, 1980)",DATUM["D_unknown",SPHEROID["GRS80",6378137,298.257222101]],PRIMEM["Greenwich",0],UNIT["Degree",0.017453292519943295]],PROJECTION["Lambert_Conformal_Conic"],PARAMETER["standard_parallel_1",49],PARAMETER["standard_parallel_2",44],PARAMETER["latitude_of_origin",46.5],PARAMETER["central_meridian",3],PARAMETER["false_easting",700000],PARAMETER["false_northing",6600000],UNIT["Meter",1]]"#;

const LAMBERT_2_EXTENDED: &str = r#"PROJCS["NTF_Lambert_II_etendu",GEOGCS["GCS_NTF_Paris",DATUM["D_NTF",SPHEROID["Clarke_1880_IGN",6378249.2,293.46602]],PRIMEM["Paris",2.337229166666667],UNIT["Grad",0.01570796326794897]],PROJECTION["Lambert_Conformal_Conic"],PARAMETER["False_Easting",600000.0],PARAMETER["False_Northing",2200000.0],PARAMETER["Central_Meridian",0.0],PARAMETER["Standard_Parallel_1",52.0],PARAMETER["Scale_Factor",0.99987742],PARAMETER["Latitude_Of_Origin",52.0],UNIT["Meter",1.0]]"#;

const IN_LAMBERT_93: At = (550_000.0, 6_330_000.0);

/// A zone of 100 m by 100 m in the units of the file.
fn zone(at: At, prj: Option<&str>) -> Checked {
    let folder = Folder::new();
    let ring = square(at.0, at.1, 100.0);
    folder.polygons("m3_zone_urba", &[ring], &zone_table(&[b"U"], 0), prj);
    folder.check("m3_zone_urba.shp", "zoning")
}

fn assert_zone(checked: &Checked, epsg: &str, area_m2: f64) {
    let layer = checked.layer();
    assert_eq!((layer.rows(), checked.code), ([1, 1, 0, 0, 0], 0), "{}", checked.stdout);
    assert_eq!(layer.epsg(), epsg);
    layer.assert_area(area_m2);
}

/// R2: Megève gives its cadastre in CC46 and its zones in Lambert-93, both by ESRI's names.
#[test]
fn two_systems_in_one_folder() {
    let checked = zone((1_980_000.0, 5_190_000.0), Some(CC46));
    assert_zone(&checked, "3946", 9_984.007_103_825_843);
    checked.layer().assert_clean();
    let checked = zone(IN_LAMBERT_93, Some(bytes::LAMBERT_93));
    assert_zone(&checked, "2154", 10_000.0);
    checked.layer().assert_clean();
}

/// R2: PLU 44118.
#[test]
fn an_esri_conic_without_code_is_known_by_its_parameters() {
    let checked = zone(IN_LAMBERT_93, Some(CONIC));
    assert_zone(&checked, "2154", 10_000.0);
    checked.layer().assert_clean();
}

/// R2: a `.prj` of 0 bytes.
#[test]
fn an_empty_prj_is_guessed_and_told() {
    let checked = zone(IN_LAMBERT_93, Some(""));
    assert_zone(&checked, "2154", 10_000.0);
    assert!(checked.layer().example("crs-guessed").contains("2154"));
}

/// R2: DOC_URBA of PLU 44118: 0-byte `.prj` and no shape at all. A table needs no reference system.
#[test]
fn an_empty_prj_beside_null_shapes_is_no_matter_for_a_table() {
    let folder = Folder::with("DOC_URBA.shp", bytes::shp(bytes::POLYGON, &[bytes::null_shape()]));
    let row = vec![b"44118_PLU_20200101".as_slice()];
    folder.write("DOC_URBA.dbf", bytes::dbf(&[("IDURBA", b'C', 20)], &[row], 0x57));
    folder.write("DOC_URBA.prj", "");
    let checked = folder.check("DOC_URBA.shp", "table");
    assert_eq!((checked.layer().rows(), checked.code), ([1, 1, 0, 0, 0], 0));
    checked.layer().assert_clean();
}

/// R2: m3_zone_urba.shp has neither `.prj` nor `.shx`.
#[test]
fn no_prj_and_no_shx() {
    let checked = zone(IN_LAMBERT_93, None);
    assert_zone(&checked, "2154", 10_000.0);
    assert!(checked.layer().example("crs-guessed").contains("2154"));
    let checked = zone((1_550_000.0, 3_200_000.0), None);
    assert_zone(&checked, "3944", 10_001.929_791_129_35);
    assert!(checked.layer().example("crs-guessed").contains("3944"));
}

/// Coordinates that no French system has are refused, with the next move.
#[test]
fn coordinates_of_no_system_are_refused() {
    let checked = zone((20_000.0, 30_000.0), None);
    assert_eq!(checked.code, 2, "{}", checked.stdout);
    let unreadable = &checked.answer["unreadable"][0];
    assert!(unreadable["path"].as_str().unwrap().ends_with("m3_zone_urba.shp"), "{unreadable}");
    assert!(unreadable["message"].as_str().unwrap().contains("reference system"), "{unreadable}");
}

/// Lambert II étendu without its grid is good to metres, and says so. Areas hardly notice.
#[test]
fn lambert_2_extended_says_how_exact_it_is() {
    let checked = zone((503_000.0, 1_894_000.0), Some(LAMBERT_2_EXTENDED));
    let layer = checked.layer();
    assert_eq!((layer.rows(), layer.epsg()), ([1, 1, 0, 0, 0], "27572"));
    layer.assert_area_within(9_978.989_639_284_573, 1e-4);
    layer.example("crs-approximate");
}

/// E6: the CNIG's economic sites: Lambert-93 inside GeoJSON, which should be degrees.
#[test]
fn metres_in_geojson_without_a_crs_member() {
    let text = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"libelle":"UX","typezone":"U"},
        "geometry":{"type":"Polygon","coordinates":[[[550000,6330000],[550100,6330000],[550100,6330100],[550000,6330100],[550000,6330000]]]}}]}"#;
    let checked = Folder::with("zone_urba.geojson", text).check("zone_urba.geojson", "zoning");
    assert_zone(&checked, "2154", 10_000.0);
    assert!(checked.layer().example("crs-guessed").contains("2154"));
}

/// A friche of the CNIG standard with this point and this outline.
fn friche(point: &str, outline: &str) -> Checked {
    let header = "site_id,site_nom,comm_insee,site_statut,unite_fonciere_refcad,geompoint,geomsurf";
    let row = format!("82112_1,,82112,friche sans projet,82112000AB0001,{point},{outline}");
    let folder = Folder::with("friches.csv", format!("\u{feff}{header}\r\n{row}\r\n"));
    folder.check("friches.csv", "friches")
}

/// E6: the points of the CNIG's own example of friches have latitude first.
#[test]
fn latitude_first_in_wkt_is_put_right_and_told() {
    let checked = friche("POINT(49.2527 3.9815)", "");
    let [read, kept, repaired, rejected, outside] = checked.layer().rows();
    assert_eq!((read, kept + repaired, rejected, outside), (1, 1, 0, 0), "{}", checked.stdout);
    assert_eq!(checked.layer().epsg(), "4326");
    checked.layer().example("axes-swapped");
    checked.layer().assert_area(0.0);
    let outline = "\"POLYGON((49.25 3.98, 49.251 3.98, 49.251 3.981, 49.25 3.981, 49.25 3.98))\"";
    let checked = friche("", outline);
    checked.layer().example("axes-swapped");
    checked.layer().assert_area(8_100.177_007_124_16);
}

/// E6: longitude first is how WKT is meant: nothing to say.
#[test]
fn longitude_first_in_wkt_says_nothing() {
    let outline =
        "\"MultiPolygon (((3.98 49.25, 3.981 49.25, 3.981 49.251, 3.98 49.251, 3.98 49.25)))\"";
    let checked = friche("POINT(3.9805 49.2505)", outline);
    assert_eq!((checked.layer().rows(), checked.code), ([1, 1, 0, 0, 0], 0), "{}", checked.stdout);
    assert_eq!(checked.layer().count("axes-swapped"), 0);
    checked.layer().assert_area(8_100.177_007_124_16);
}

/// E6: the outline of the CNIG's example is shortened with `...`: its coordinates are lost, the point is not.
#[test]
fn an_outline_shortened_with_dots_is_told() {
    let checked = friche("POINT(3.9805 49.2505)", "\"POLYGON((49.33 3.95, 49.38 3.89, ...))\"");
    assert_eq!(checked.layer().rows()[0], 1, "{}", checked.stdout);
    checked.layer().example("outline-unreadable");
    checked.layer().assert_area(0.0);
}

/// E6: the same in GeoJSON.
#[test]
fn latitude_first_in_geojson_is_put_right_and_told() {
    let text = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"libelle":"UX","typezone":"U"},
        "geometry":{"type":"Polygon","coordinates":[[[44.05,1.125],[44.05,1.126],[44.051,1.126],[44.051,1.125],[44.05,1.125]]]}}]}"#;
    let checked = Folder::with("zone_urba.geojson", text).check("zone_urba.geojson", "zoning");
    checked.layer().example("axes-swapped");
    checked.layer().assert_area(8_903.740_126_400_427);
}
