//! The raw readers against fixtures in every format, and against what GDAL reads in real files.

// Clippy lets test functions unwrap, but not the functions that they share.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)]

use std::fs::File;
use std::io::Write;
use std::ops::ControlFlow;
use std::path::Path;
use std::path::PathBuf;

use flate2::Compression;
use flate2::write::GzEncoder;
use geo::Area;
use geo::CoordsIter;
use geo::Geometry;
use gisement::io::read::Cell;
use gisement::io::read::DeclaredCrs;
use gisement::io::read::Format;
use gisement::io::read::GeometryFrom;
use gisement::io::read::GeometryHint;
use gisement::io::read::ReadError;
use gisement::io::read::ReadNote;
use gisement::io::read::Row;
use gisement::io::read::SourceFacts;
use gisement::io::read::Want;
use gisement::io::read::probe;
use gisement::io::read::read;

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/read").join(name)
}

fn collect(path: &Path, want: &Want) -> (SourceFacts, Vec<Row>) {
    let mut rows = Vec::new();
    let facts = read(path, want, &mut |row| {
        rows.push(row);
        ControlFlow::Continue(())
    });
    (facts.unwrap_or_else(|error| panic!("{error}")), rows)
}

fn zones_want() -> Want {
    Want::columns(&[&["libelle"], &["ID", "Ident"], &["cote"], &["actif"], &["absente"]])
}

fn text(value: &str) -> Cell {
    Cell::Text(value.to_owned())
}

/// Areas of the four zones; the third one has no geometry.
fn areas(rows: &[Row]) -> Vec<Option<f64>> {
    let area = |row: &Row| row.geometry.as_ref().unwrap().as_ref().map(Area::unsigned_area);
    rows.iter().map(area).collect()
}

#[test]
fn every_format_gives_the_same_rows() {
    let wkt =
        Want { geometry: GeometryFrom::Wkt(vec!["WKT".into(), "geom".into()]), ..zones_want() };
    for (name, want) in [
        ("zones.geojson", zones_want()),
        ("zones.shp", zones_want()),
        ("zones.gpkg", zones_want()),
        ("zones.csv", wkt.clone()),
        ("zones.bom.csv", wkt),
    ] {
        let (facts, rows) = collect(&fixture(name), &want);
        assert_eq!(areas(&rows), [Some(96.0), Some(29.0), None, Some(1.0)], "{name}");
        assert_eq!(rows.iter().map(|r| r.number).collect::<Vec<_>>(), [1, 2, 3, 4], "{name}");
        let labels: Vec<&Cell> = rows.iter().map(|row| &row.cells[0]).collect();
        let expected = [text("Forêt"), text("Zone d’activité"), Cell::Missing, text("Friche")];
        assert_eq!(labels, expected.iter().collect::<Vec<_>>(), "{name}");
        assert_eq!(rows[1].cells[1], text("Z2"), "{name}");
        let level = match facts.header.format {
            Format::Delimited => text("1.5"),
            _ => Cell::Number(1.5),
        };
        assert_eq!(rows[0].cells[2], level, "{name}");
        assert_eq!(rows[2].cells[2..], [Cell::Missing, Cell::Missing, Cell::Missing], "{name}");
        assert_eq!((facts.rows_read, facts.stopped), (4, false), "{name}");
        assert_eq!(facts.missing_columns, [4], "{name}");
        assert!(!format!("{rows:?}{facts:?}").contains("owner"), "{name}");
        if facts.header.format != Format::Delimited {
            assert_eq!(facts.header.crs, DeclaredCrs::Epsg(2154), "{name}");
        }
    }
}

#[test]
fn flags_and_notes() {
    let (facts, rows) = collect(&fixture("zones.gpkg"), &zones_want());
    assert_eq!((&rows[0].cells[3], &rows[1].cells[3]), (&Cell::Flag(true), &Cell::Flag(false)));
    assert_eq!(facts.notes, []);
    let (facts, _) = collect(&fixture("zones.geojson"), &zones_want());
    let expected = [ReadNote::BareNan { count: 1 }, ReadNote::CollectionsReduced { count: 1 }];
    assert_eq!(facts.notes, expected);
    let (facts, _) = collect(&fixture("zones.shp"), &zones_want());
    assert_eq!(facts.header.encoding.as_deref(), Some("windows-1252"));
}

#[test]
fn probe_tells_what_is_there() {
    for (name, rows, hint) in [
        ("zones.geojson", Some(4), GeometryHint::Unknown),
        ("zones.shp", Some(4), GeometryHint::Areas),
        ("zones.gpkg", Some(4), GeometryHint::Unknown),
        ("zones.csv", None, GeometryHint::None),
    ] {
        let layers = probe(&fixture(name)).unwrap();
        assert_eq!(layers.len(), 1, "{name}");
        let layer = &layers[0];
        assert_eq!((layer.rows, layer.geometry), (rows, hint), "{name}");
        assert_eq!(layer.name, "zones", "{name}");
        let has = |wanted: &str| layer.columns.iter().any(|c| c.eq_ignore_ascii_case(wanted));
        assert!(["ident", "libelle", "cote", "actif"].iter().all(|c| has(c)), "{name} {layer:?}");
    }
}

#[test]
fn columns_and_layers_that_are_not_there() {
    let mut ignore = |_: Row| ControlFlow::Continue(());
    for name in ["zones.geojson", "zones.shp", "zones.gpkg", "zones.csv"] {
        let want = Want { required: vec![4], ..zones_want() };
        let error = read(&fixture(name), &want, &mut ignore).unwrap_err();
        assert!(matches!(error, ReadError::MissingColumn { .. }), "{name}: {error}");
        assert!(error.to_string().contains("absente"), "{error}");
        let want = Want { layer: Some("roads".into()), ..zones_want() };
        let error = read(&fixture(name), &want, &mut ignore).unwrap_err();
        assert!(matches!(error, ReadError::NoSuchLayer { .. }), "{name}: {error}");
        let want = Want { layer: Some("ZONES".into()), ..zones_want() };
        assert!(read(&fixture(name), &want, &mut ignore).is_ok(), "{name}");
    }
}

#[test]
fn the_sink_may_stop() {
    for name in ["zones.geojson", "zones.shp", "zones.gpkg", "zones.csv"] {
        let mut count = 0;
        let facts = read(&fixture(name), &zones_want(), &mut |_| {
            count += 1;
            if count == 2 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        let facts = facts.unwrap();
        assert_eq!((count, facts.rows_read, facts.stopped), (2, 2, true), "{name}");
    }
}

#[test]
fn gzip_under_any_name_and_features_by_line() {
    let folder = tempfile::tempdir().unwrap();
    let plain = std::fs::read(fixture("zones.geojson")).unwrap();
    for (name, notes) in [("zones.json.gz", 2), ("zones.geojson", 3)] {
        let path = folder.path().join(name);
        let mut packed = GzEncoder::new(File::create(&path).unwrap(), Compression::fast());
        packed.write_all(&plain).unwrap();
        packed.finish().unwrap();
        let (facts, rows) = collect(&path, &zones_want());
        assert_eq!((rows.len(), facts.notes.len()), (4, notes), "{name} {:?}", facts.notes);
        assert_eq!(facts.header.name, "zones");
    }
    let lines: Vec<String> = String::from_utf8(plain)
        .unwrap()
        .lines()
        .filter(|line| line.contains("\"Feature\""))
        .map(|line| line.trim_end_matches(',').to_owned())
        .collect();
    for (name, separator) in [("zones.geojsonl", "\n"), ("zones.json", "\n\u{1e}")] {
        let path = folder.path().join(name);
        std::fs::write(&path, lines.join(separator)).unwrap();
        let (_, rows) = collect(&path, &zones_want());
        assert_eq!(areas(&rows), [Some(96.0), Some(29.0), None, Some(1.0)], "{name}");
    }
    let single = folder.path().join("single.geojson");
    std::fs::write(&single, &lines[1]).unwrap();
    assert_eq!(areas(&collect(&single, &zones_want()).1), [Some(29.0)]);
}

#[test]
fn pairs_of_coordinates_in_any_table() {
    let folder = tempfile::tempdir().unwrap();
    let pair = GeometryFrom::LonLat(vec!["lon".into(), "x".into()], vec!["lat".into(), "y".into()]);
    let want = Want { geometry: pair, ..Want::columns(&[&["nom"]]) };
    let table = folder.path().join("points.txt");
    std::fs::write(&table, "nom|x|y\na|0,5|43.9\nb||\n").unwrap();
    let features = folder.path().join("points.json");
    let text = r#"{"type":"FeatureCollection","features":[
        {"type":"Feature","geometry":null,"properties":{"nom":"a","lon":0.5,"lat":"43.9"}},
        {"type":"Feature","geometry":null,"properties":{"nom":"b","lon":null}}]}"#;
    std::fs::write(&features, text).unwrap();
    for path in [table, features] {
        let (facts, rows) = collect(&path, &want);
        let point = Geometry::Point(geo::Point::new(0.5, 43.9));
        assert_eq!(rows[0].geometry, Ok(Some(point)));
        assert_eq!(rows[1].geometry, Ok(None));
        assert_eq!(rows[0].cells, [Cell::Text("a".to_owned())]);
        assert_eq!(facts.missing_columns, [] as [usize; 0]);
    }
}

/// The folder of real files, when it is there.
fn real_data() -> Option<PathBuf> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let named = std::env::var_os("GISEMENT_REAL_DATA").map(PathBuf::from);
    let found = named.unwrap_or_else(|| here.join("../shared/data"));
    let found = found.is_dir().then_some(found);
    if found.is_none() {
        println!("left out: no real data (set GISEMENT_REAL_DATA)");
    }
    found
}

fn first_vertex(geometry: &Geometry<f64>) -> (f64, f64) {
    geometry.coords_iter().next().map_or((f64::NAN, f64::NAN), |c| (c.x, c.y))
}

#[test]
fn real_files_agree_with_gdal() {
    let Some(folder) = real_data() else { return };
    let table = include_str!("reference/read_counts.tsv");
    let mut differences = Vec::new();
    let mut compared = 0;
    for line in table.lines().skip(1) {
        let fields: Vec<&str> = line.split('\t').collect();
        let path = folder.join(fields[0]);
        if !path.exists() {
            println!("left out: {}", fields[0]);
            continue;
        }
        if fields[1] == "layer_styles" {
            continue; // not in gpkg_contents: no layer of its own
        }
        let mut want = Want::columns(&[&[fields[8]]]);
        want.layer = fields[0].ends_with(".gpkg").then(|| fields[1].to_owned());
        let (facts, rows) = collect(&path, &want);
        let shapes: Vec<&Geometry<f64>> =
            rows.iter().filter_map(|r| r.geometry.as_ref().ok()?.as_ref()).collect();
        let faults = rows.iter().filter(|r| r.geometry.is_err()).count();
        let filled = rows.iter().filter(|r| !r.cells[0].is_missing()).count();
        let area: f64 = shapes
            .iter()
            .filter(|g| matches!(g, Geometry::Polygon(_) | Geometry::MultiPolygon(_)))
            .map(|g| g.unsigned_area())
            .sum();
        let number = |field: usize| fields[field].parse::<f64>().unwrap_or(f64::NAN);
        let near = |a: f64, b: f64| (a - b).abs() <= 1e-9 * b.abs().max(1e-3);
        let first = shapes.first().map_or((f64::NAN, f64::NAN), |g| first_vertex(g));
        let same_first =
            shapes.is_empty() || (near(first.0, number(5)) && near(first.1, number(6)));
        let counts = (rows.len(), shapes.len() + faults, filled);
        let expected = (
            fields[2].parse::<usize>().unwrap(),
            fields[3].parse::<usize>().unwrap(),
            fields[9].parse::<usize>().unwrap(),
        );
        if counts != expected || faults > 0 || !near(area, number(4)) || !same_first {
            differences.push(format!(
                "{line}\n   read: {counts:?} area {area} first {first:?} faults {faults} {:?}",
                facts.notes
            ));
        }
        compared += 1;
    }
    println!("{compared} layers compared with GDAL");
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn real_text_is_decoded() {
    let Some(folder) = real_data() else { return };
    for (path, column, expected) in [
        ("elsewhere/bdtopo/v3/BATIMENT.shp", "USAGE1", "Indifférencié"),
        ("ti-32-82/lovac-tauxvacance-communes-2021.csv", "NOM_COM", "Ambérieu-en-Bugey"),
    ] {
        let path = folder.join(path);
        if !path.exists() {
            println!("left out: {}", path.display());
            continue;
        }
        let (facts, rows) = collect(&path, &Want::columns(&[&[column]]));
        let found = rows.iter().any(|row| row.cells[0] == text(expected));
        assert!(found, "{} {:?} {:?}", path.display(), facts.header.encoding, rows[0].cells);
    }
    let path = folder.join("elsewhere/dvf/dvf-brut-echantillon.txt");
    if path.exists() {
        let (facts, rows) = collect(&path, &Want::columns(&[&["valeur fonciere"]]));
        assert_eq!((rows.len(), facts.missing_columns), (2500, vec![]));
    }
}

/// MapInfo through GDAL: the 19 sectors of a carte communale.
#[cfg(feature = "gdal")]
#[test]
fn mapinfo_through_gdal() {
    let Some(folder) = real_data() else { return };
    let name = "19182_SECTEUR_CC_20150517.TAB";
    let path = folder.join("elsewhere/plu/19182_CC_20150517/Donnees_geographiques").join(name);
    let (facts, rows) = collect(&path, &Want::columns(&[&["libelle"], &["typesect"]]));
    assert_eq!((rows.len(), facts.header.format), (19, Format::Gdal));
    assert_eq!(facts.header.crs, DeclaredCrs::Epsg(2154));
    assert!(rows.iter().all(|row| matches!(&row.geometry, Ok(Some(g)) if g.unsigned_area() > 0.0)));
    assert!(rows.iter().all(|row| !row.cells[0].is_missing()));
}

/// GDAL's GML reader would write a `.gfs` beside the file.
#[cfg(feature = "gdal")]
#[test]
fn nothing_is_written_beside_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("zones.gml");
    let text = r#"<c xmlns:gml="http://www.opengis.net/gml"><gml:featureMember><zone fid="1"><nom>a</nom>
        <geom><gml:MultiSurface srsName="EPSG:2154"><gml:surfaceMember><gml:Polygon><gml:exterior>
        <gml:LinearRing><gml:posList>0 0 2 0 2 1 0 0</gml:posList></gml:LinearRing></gml:exterior>
        </gml:Polygon></gml:surfaceMember></gml:MultiSurface></geom></zone></gml:featureMember></c>"#;
    std::fs::write(&path, text).unwrap();
    let (facts, rows) = collect(&path, &Want::columns(&[&["nom"]]));
    assert_eq!(areas(&rows), [Some(1.0)]);
    assert_eq!(facts.header.crs, DeclaredCrs::Epsg(2154));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

/// Every `.prj` of the real files is recognised, ESRI's names without code among them.
#[test]
fn real_reference_systems_are_recognised() {
    let Some(folder) = real_data() else { return };
    let table = include_str!("reference/read_counts.tsv");
    let mut recognised = 0;
    for name in table.lines().filter_map(|line| line.split('\t').next()) {
        let path = folder.join(name);
        let prj = std::fs::read(path.with_extension("prj")).unwrap_or_default();
        if !name.ends_with(".shp") || prj.trim_ascii().is_empty() {
            continue;
        }
        let expected = match name {
            _ if name.contains("InstallationsClassees") => 4326,
            _ if name.contains("megeve") && !name.contains("ZONE_URBA") => 3946,
            _ => 2154,
        };
        assert_eq!(probe(&path).unwrap()[0].crs, DeclaredCrs::Epsg(expected), "{name}");
        recognised += 1;
    }
    println!("{recognised} .prj recognised");
}
