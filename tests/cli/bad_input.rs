use std::fs;
use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::drawn::Drawn;
use crate::drawn::PARCELS;
use crate::drawn::X;
use crate::drawn::Y;
use crate::drawn::collection;
use crate::drawn::feature;

/// Ranks the territory into a file that exists, and demands: exit code 2, this message, the file untouched, no other
/// file beside it.
fn refused(drawn: &Drawn, message: &str) {
    refused_with(drawn, &["rank", "land", "--format", "geojson"], message);
}

fn refused_with(drawn: &Drawn, args: &[&str], message: &str) {
    let out = drawn.path("before.geojson");
    fs::write(&out, "before").unwrap();
    let files = || fs::read_dir(drawn.dir.path()).unwrap().count();
    let n_files = files();
    let mut all = args.to_vec();
    let out_text = out.display().to_string();
    all.extend(["--out", &out_text]);
    let ran = drawn.run(&all);
    assert_eq!(ran.stderr.trim_end(), format!("gisement: {message}"));
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    assert_eq!(fs::read_to_string(&out).unwrap(), "before");
    assert_eq!(files(), n_files);
}

#[test]
fn a_folder_without_configuration() {
    let dir = tempfile::tempdir().unwrap();
    let ran = crate::drawn::run(dir.path(), &["check"]);
    assert_eq!(
        ran.stderr.trim_end(),
        "gisement: DIR: no gisement.toml here; make one with `gisement init DIR`, or name the folder with -C"
    );
    assert_eq!(ran.code, 2);
}

#[test]
fn a_missing_file() {
    let drawn = Drawn::new();
    fs::remove_file(drawn.path("parcels.geojson")).unwrap();
    refused(
        &drawn,
        "[layers.parcels] parcels.geojson: no such file in DIR; correct `path` in gisement.toml",
    );
}

#[test]
fn a_wrong_column() {
    let drawn = Drawn::new();
    drawn.change("gisement.toml", "class = \"classe\"", "class = \"typeass\"");
    refused(&drawn, "[layers.hazards] hazards.geojson: no column `typeass`; the file has: classe");
}

#[test]
fn columns_of_another_layer() {
    let drawn = Drawn::new();
    drawn.change("gisement.toml", "path = \"zoning.geojson\"", "path = \"roads.geojson\"");
    refused(
        &drawn,
        "[layers.zoning] roads.geojson: columns are not those of any zoning file known: missing libelle, typezone; \
         present: ID, NATURE, IMPORTANCE; give `columns = { … }` or correct the file",
    );
}

#[test]
fn an_unknown_reference_system() {
    let drawn = Drawn::new();
    drawn.change("parcels.geojson", "EPSG::2154", "EPSG::99999");
    let ran = drawn.run(&["rank", "land"]);
    assert_eq!(ran.code, 2);
    // PROJ, where it is built in, speaks up on stderr before our own sentence.
    let sentence = ran.stderr.lines().last().unwrap();
    assert!(
        sentence.starts_with("gisement: [layers.parcels] parcels.geojson: EPSG:99999 is n"),
        "{sentence}"
    );
    assert!(sentence.ends_with("or reproject the file to EPSG:2154"), "{sentence}");
    drawn.change("parcels.geojson", "urn:ogc:def:crs:EPSG::99999", "Repère du géomètre");
    refused(
        &drawn,
        "[layers.parcels] parcels.geojson: unknown reference system `Repère du géomètre`; add `crs = \"EPSG:…\"` to [layers.parcels]",
    );
}

/// A shapefile of one triangle whose .prj was left behind.
fn triangle_without_prj(drawn: &Drawn, x: f64, y: f64) {
    let ring = [(x, y), (x, y + 100.0), (x + 100.0, y + 100.0), (x, y)];
    let points = ring.map(|(x, y)| shapefile::Point::new(x, y)).to_vec();
    let polygon = shapefile::Polygon::new(shapefile::PolygonRing::Outer(points));
    let mut writer = shapefile::ShapeWriter::from_path(drawn.path("parcels.shp")).unwrap();
    writer.write_shape(&polygon).unwrap();
    drop(writer);
    drawn.change("gisement.toml", "parcels.geojson", "parcels.shp");
}

#[test]
fn no_reference_system_at_all() {
    let drawn = Drawn::new();
    // Coordinates of a surveyor's own grid.
    triangle_without_prj(&drawn, 5_000.0, 5_000.0);
    refused(
        &drawn,
        "[layers.parcels] parcels.shp: no reference system; add `crs = \"EPSG:2154\"` (or the one it is in) to [layers.parcels]",
    );
}

#[test]
fn a_reference_system_is_recognised_and_said_so() {
    let drawn = Drawn::new();
    triangle_without_prj(&drawn, X, Y);
    let ran = drawn.run(&["check"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(
        ran.stdout
            .contains("parcels.shp : reference system recognised from the coordinates: EPSG:2154"),
        "{}",
        ran.stdout
    );
    drawn.change("gisement.toml", "\"parcels.shp\"", "\"parcels.shp\"\ncrs = \"EPSG:2154\"");
    let ran = drawn.run(&["check"]);
    assert!(!ran.stdout.contains("recognised from"), "{}", ran.stdout);
}

#[test]
fn an_empty_layer() {
    let drawn = Drawn::new();
    drawn.write("parcels.geojson", &collection(&[]));
    let ran = drawn.run(&["rank", "land"]);
    assert_eq!(ran.code, 2);
    assert_eq!(
        ran.stderr.trim_end(),
        "gisement: [layers.parcels] parcels.geojson: the layer is empty; remove it from gisement.toml, or give the right file"
    );
}

#[test]
fn a_truncated_gzip() {
    let drawn = Drawn::new();
    let mut packer = GzEncoder::new(Vec::new(), Compression::default());
    packer.write_all(Drawn::parcels(&PARCELS).as_bytes()).unwrap();
    let packed = packer.finish().unwrap();
    fs::write(drawn.path("parcels.json.gz"), &packed[..packed.len() - 20]).unwrap();
    drawn.change("gisement.toml", "parcels.geojson", "parcels.json.gz");
    let ran = drawn.run(&["rank", "land"]);
    assert_eq!(ran.code, 2);
    let message = ran.stderr.trim_end();
    assert!(
        message.starts_with(
            "gisement: [layers.parcels] DIR/parcels.json.gz is cut: its gzip data end after row "
        ) && message.ends_with("; download it again"),
        "{message}"
    );
}

#[test]
fn a_collection_cut_in_half() {
    let drawn = Drawn::new();
    let whole = Drawn::parcels(&PARCELS);
    let half = &whole[..whole.find("82112000AB0004").unwrap()];
    drawn.write("parcels.geojson", half);
    refused(
        &drawn,
        &format!(
            "[layers.parcels] DIR/parcels.geojson is cut after row 3 (byte {}); take it again from its source",
            half.len()
        ),
    );
}

#[test]
fn coordinates_that_are_no_numbers() {
    let drawn = Drawn::new();
    // One bad parcel among five: it is rejected and told, the others stay.
    drawn.change("parcels.geojson", &format!("[[[{},{}]", X + 100.0, Y), &format!("[[[NaN,{Y}]"));
    let ran = drawn.run(&["check", "--max-rejected", "1"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(
        ran.stdout.contains(
            "parcels.geojson, row 2 (82112000AB0002) : coordinate infinite or not a number"
        ),
        "{}",
        ran.stdout
    );
    let ran = drawn.run(&["check"]);
    assert_eq!(ran.code, 1);
    // Nothing but bad parcels: there is no cadastre to speak of.
    let only = collection(&[feature(
        &format!("{{\"type\":\"Polygon\",\"coordinates\":[[[NaN,{Y}],[{X},1],[1,1],[NaN,{Y}]]]}}"),
        "\"id\":\"82112000AB0002\",\"commune\":\"82112\",\"contenance\":1",
    )]);
    drawn.write("parcels.geojson", &only);
    let ran = drawn.run(&["rank", "land"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr.starts_with(
            "gisement: [layers.parcels] none of the 1 rows can be used; first: parcels.geojson, row 1 (82112000AB0002) : "
        ),
        "{}",
        ran.stderr
    );
}

fn bow_tie() -> String {
    let at = |x: f64, y: f64| format!("[{},{}]", X + x, Y + y);
    let ring = [at(0.0, 0.0), at(100.0, 100.0), at(100.0, 0.0), at(0.0, 100.0), at(0.0, 0.0)];
    collection(&[feature(
        &format!("{{\"type\":\"Polygon\",\"coordinates\":[[{}]]}}", ring.join(",")),
        "\"id\":\"82112000AB0001\",\"commune\":\"82112\",\"contenance\":1",
    )])
}

#[test]
fn a_self_crossing_polygon_is_repaired_and_told() {
    let drawn = Drawn::new();
    drawn.write("parcels.geojson", &bow_tie());
    let ran = drawn.run(&["check"]);
    assert_eq!(ran.code, 0);
    assert!(
        ran.stdout.contains(
            "parcels.geojson, row 1 (82112000AB0001) : the outline crosses itself; repaired without losing a lobe, \
             area 0.0 m² → 5000.0 m²"
        ),
        "{}",
        ran.stdout
    );
}

#[test]
fn a_self_crossing_polygon_is_refused_where_asked() {
    let drawn = Drawn::new();
    drawn.write("parcels.geojson", &bow_tie());
    drawn.change(
        "gisement.toml",
        "[layers.parcels]\n",
        "[layers.parcels]\non_invalid = \"refuse\"\n",
    );
    refused(
        &drawn,
        "[layers.parcels] none of the 1 rows can be used; first: parcels.geojson, row 1 (82112000AB0001) : \
         outline refused (self-crossing); correct the file, or remove on_invalid = \"refuse\"",
    );
}

/// A profile with one criterion, changed by the caller.
fn profile(criterion: &str) -> String {
    format!(
        "id = \"essai-v1\"\ntitle = {{ fr = \"Essai\", en = \"Trial\" }}\nunit = \"parcel\"\nmethod = \"weighted-sum\"\n\
         [[criterion]]\nid = \"flood\"\nlabel = {{ fr = \"Eau\", en = \"Water\" }}\nsource = \"essai\"\n{criterion}\n"
    )
}

#[test]
fn a_profile_with_an_unknown_layer() {
    let drawn = Drawn::new();
    drawn.write(
        "p.toml",
        &profile("measure = { share_within = \"hasards\" }\ncurve = [[0, 1], [1, 0]]\nweight = 1"),
    );
    let path = drawn.path("p.toml").display().to_string();
    refused_with(
        &drawn,
        &["rank", "land", "--profile", &path],
        "profile `essai-v1`, `flood`: unknown layer `hasards`; layers are: amenities, buildings, census, \
         communes, commuting, establishments, friches, grid_constraints, hazards, heat_networks, housing_zones, informations, \
         jobs, parcels, permits, poles, prescriptions, priority_districts, rail_sidings, railways, renewable_zones, rents, \
         roads, sales, sites, social_housing, stations, substations, terrains, town_halls, transport_stops, vacancy, zoning",
    );
}

#[test]
fn a_profile_with_an_unknown_attribute() {
    let drawn = Drawn::new();
    drawn.write(
        "p.toml",
        &profile(
            "measure = { share_within = \"hazards\", where = { teme = [\"flood\"] } }\ncurve = [[0, 1], [1, 0]]\nweight = 1",
        ),
    );
    let path = drawn.path("p.toml").display().to_string();
    refused_with(
        &drawn,
        &["rank", "land", "--profile", &path],
        "profile `essai-v1`, `flood`: layer `hazards` has no attribute `teme`; add it to `columns` of [layers.hazards], \
         or correct the profile",
    );
}

#[test]
fn a_weight_below_zero() {
    let drawn = Drawn::new();
    drawn.write(
        "p.toml",
        &profile("measure = { area = true }\ncurve = [[0, 1], [1, 0]]\nweight = -1"),
    );
    let path = drawn.path("p.toml").display().to_string();
    refused_with(
        &drawn,
        &["rank", "land", "--profile", &path],
        "DIR/p.toml: profile `essai-v1`, `flood`: weight = -1 is not allowed; give a weight of 0 or more",
    );
}

#[test]
fn a_profile_with_an_unknown_key() {
    let drawn = Drawn::new();
    drawn.write(
        "p.toml",
        &profile("measure = { area = true }\ncurve = [[0, 1], [1, 0]]\nwieght = 1"),
    );
    let path = drawn.path("p.toml").display().to_string();
    let ran = drawn.run(&["rank", "land", "--profile", &path]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr.starts_with("gisement: DIR/p.toml: TOML parse error at line 11, column 1"),
        "{}",
        ran.stderr
    );
    assert!(ran.stderr.contains("unknown field `wieght`"), "{}", ran.stderr);
}

#[test]
fn a_profile_that_is_not_published() {
    let drawn = Drawn::new();
    refused_with(
        &drawn,
        &["rank", "land", "--profile", "industrie-v9"],
        "no published profile `industrie-v9`; there are: industrie-v1, industrie-v2, industrie-v3, friche-v1, friche-v2, logement-v1, logement-v2",
    );
}

#[test]
fn the_demonstration_does_not_overwrite_somebodys_work() {
    let drawn = Drawn::new();
    let dir = drawn.dir.path().display().to_string();
    let ran = drawn.run(&["demo", "--out", &dir]);
    assert_eq!(ran.code, 2);
    assert_eq!(
        ran.stderr.trim_end(),
        "gisement: DIR is not empty and is not a demonstration; choose another folder with --out, or empty this one yourself"
    );
    assert!(drawn.path("parcels.geojson").exists());
}
