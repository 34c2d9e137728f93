//! Overlaps, copies and gaps of zones: drawn by hand, and on real documents against GEOS
//! (`tests/reference/zoning_audit.py`).

// Clippy lets test functions unwrap, but not the functions that they share.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)]

use std::collections::BTreeMap;
use std::path::Path;
use std::path::PathBuf;

use geo::Geometry;
use geo::Rect;
use gisement::domain::Commune;
use gisement::domain::Coverage;
use gisement::domain::Layer;
use gisement::domain::ProblemCode;
use gisement::domain::Provenance;
use gisement::domain::TypeZone;
use gisement::domain::ZoneKind;
use gisement::domain::ZoneUrba;
use gisement::domain::ZoningAudit;
use gisement::io::config::Config;
use gisement::io::load;
use serde_json::Value;
use serde_json::json;

const ORIGIN: (f64, f64) = (560_000.0, 6_300_000.0);

fn rectangle(x: f64, y: f64, width: f64, height: f64) -> Geometry {
    let (x, y) = (ORIGIN.0 + x, ORIGIN.1 + y);
    Geometry::Polygon(Rect::new((x, y), (x + width, y + height)).to_polygon())
}

fn zone(document: &str, label: &str, geometry: Geometry) -> ZoneUrba {
    ZoneUrba {
        id: format!("{document}/{label}").into(),
        document: (!document.is_empty()).then(|| document.into()),
        file: "zones.shp".into(),
        commune: None,
        label: label.into(),
        long_label: None,
        typezone: TypeZone::U,
        kind: ZoneKind::Unknown,
        kind_rule: "".into(),
        geometry,
    }
}

fn commune(insee: &str, geometry: Geometry) -> Commune {
    Commune {
        insee: insee.parse().unwrap(),
        name: insee.to_owned(),
        department: insee[..2].to_owned(),
        epci: None,
        population: None,
        households: None,
        active: None,
        official_area: None,
        geometry,
    }
}

fn audit(
    zones: Vec<ZoneUrba>,
    communes: Vec<Commune>,
    covered: &[&str],
) -> (ZoningAudit, Vec<ProblemCode>) {
    let covered = covered.iter().map(|code| code.parse().unwrap()).collect();
    let zoning = Layer::new(zones, Provenance::default(), Coverage::Communes(covered));
    let communes = Layer::new(communes, Provenance::default(), Coverage::Everywhere);
    let audit = ZoningAudit::of(&zoning, &communes);
    let mut codes = Vec::new();
    for problem in audit.problems(&zoning) {
        if problem.code != ProblemCode::ZoningGapsUnknown {
            assert!(problem.place.at.is_some(), "{problem:?}");
        }
        codes.push(problem.code);
    }
    (audit, codes)
}

#[test]
fn a_partition_has_nothing_to_tell() {
    let zones = vec![
        zone("A", "U", rectangle(0., 0., 100., 100.)),
        zone("A", "N", rectangle(100., 0., 100., 50.)),
        zone("A", "A", rectangle(100., 50., 100., 50.)),
    ];
    let (audit, codes) =
        audit(zones, vec![commune("82001", rectangle(0., 0., 200., 100.))], &["82001"]);
    assert!(audit.is_partition());
    assert_eq!(codes, []);
    assert!(audit.communes[0].uncovered_m2 < 1e-6);
}

#[test]
fn overlaps_are_counted_per_document_and_slivers_apart() {
    let zones = vec![
        zone("A", "U", rectangle(0., 0., 100., 100.)),
        zone("a", "N", rectangle(98., 0., 100., 100.)), // 200 m² on U
        zone("A", "A", rectangle(0., 99.995, 90., 100.)), // 0.45 m² on U: a sliver
        zone("B", "U", rectangle(0., -50., 90., 51.)),  // 90 m² on U of the other document
    ];
    let (audit, codes) =
        audit(zones, vec![commune("82001", rectangle(0., 0., 100., 100.))], &["82001"]);
    assert_eq!(audit.documents.len(), 2, "a and A are one document");
    let within = &audit.documents[0].overlaps;
    assert_eq!((within.count, within.slivers, within.minor), (1, 1, 0));
    assert!((within.total_m2 - 200.0).abs() < 1e-6 && (within.largest_m2 - 200.0).abs() < 1e-6);
    let at = within.largest_at.unwrap();
    assert!(at.x > ORIGIN.0 + 98.0 && at.x < ORIGIN.0 + 100.0);
    assert_eq!(audit.between_documents.count, 1);
    assert_eq!(audit.communes[0].overlaps.count, 2);
    assert_eq!(codes, [ProblemCode::ZonesOverlap, ProblemCode::ZonesOverlap]);
}

#[test]
fn a_zone_that_stands_twice_is_no_overlap() {
    let zones = vec![
        zone("A", "U", rectangle(0., 0., 100., 100.)),
        zone("A", "N", rectangle(99., 0., 100., 100.)), // 100 m² on U, told once
        zone("A", "U", rectangle(0., 0., 100., 100.)),
        zone("A", "Ux", rectangle(0., 0., 100., 100.)),
        zone("A", "U", rectangle(0., 0., 100., 100.)),
    ];
    let (audit, codes) = audit(zones, vec![], &[]);
    let pairs: Vec<_> =
        audit.twins.iter().map(|twin| (twin.first, twin.again, twin.same_label)).collect();
    assert_eq!(pairs, [(0, 2, true), (0, 3, false), (0, 4, true)]);
    assert_eq!((audit.documents[0].twins, audit.documents[0].overlaps.count), (3, 1));
    use ProblemCode::*;
    assert_eq!(codes, [ZonesOverlap, ZoneDuplicated, ZoneOutlineShared, ZoneDuplicated]);
}

/// Four rectangles around a square of 100 m².
fn around_a_gap(document: &str) -> Vec<ZoneUrba> {
    vec![
        zone(document, "1", rectangle(0., 0., 100., 45.)),
        zone(document, "2", rectangle(0., 55., 100., 45.)),
        zone(document, "3", rectangle(0., 45., 45., 10.)),
        zone(document, "4", rectangle(55., 45., 45., 10.)),
    ]
}

#[test]
fn a_gap_is_told_unless_another_document_fills_it() {
    let whole = || vec![commune("82001", rectangle(0., 0., 100., 100.))];
    let (open, codes) = audit(around_a_gap("A"), whole(), &["82001"]);
    assert_eq!(open.gaps.len(), 1);
    assert!((open.gaps[0].area_m2 - 100.0).abs() < 1e-6);
    assert_eq!(open.gaps[0].commune.unwrap().as_str(), "82001");
    assert_eq!(open.communes[0].gaps.unwrap().count, 1);
    assert!((open.communes[0].uncovered_m2 - 100.0).abs() < 1e-6);
    // 1 % of the commune: it is told of the document and of the commune.
    assert_eq!(codes, [ProblemCode::ZoningGap, ProblemCode::CommunePartlyZoned]);

    let mut zones = around_a_gap("A");
    zones.push(zone("B", "U", rectangle(45., 45., 10., 10.)));
    let (filled, codes) = audit(zones, whole(), &["82001"]);
    assert!(filled.gaps[0].is_filled());
    assert_eq!(filled.communes[0].gaps.unwrap().count, 0);
    assert_eq!(codes, []);
}

#[test]
fn a_commune_without_document_is_not_covered_and_no_gap() {
    let communes = vec![
        commune("82001", rectangle(0., 0., 100., 100.)),
        commune("82002", rectangle(45., 45., 10., 10.)),
        commune("82003", Geometry::Point(ORIGIN.into())),
    ];
    // The second commune lies in the gap, and has no document: règlement national d'urbanisme.
    let mut first = communes;
    let hole = rectangle(45., 45., 10., 10.);
    if let (Geometry::Polygon(outer), Geometry::Polygon(inner)) = (&mut first[0].geometry, &hole) {
        outer.interiors_push(inner.exterior().clone());
    }
    let (audit, codes) = audit(around_a_gap("A"), first, &["82001", "82003"]);
    let codes_of = |list: &[gisement::domain::CodeInsee]| {
        list.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(codes_of(&audit.not_covered), ["82002"]);
    assert_eq!(codes_of(&audit.without_outline), ["82003"]);
    assert_eq!(audit.gaps.len(), 1);
    assert_eq!(codes, []);
}

#[test]
fn nothing_depends_on_the_number_of_threads() {
    let zones = || {
        let mut zones = around_a_gap("A");
        zones.extend((0..40).map(|k| {
            let k = f64::from(k);
            zone("B", "U", rectangle(k * 9.5, (k * 7.0) % 50.0, 10., 30.))
        }));
        zones
    };
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| {
            audit(zones(), vec![commune("82001", rectangle(0., 0., 300., 90.))], &["82001"]).0
        })
    };
    assert_eq!(with(1), with(2));
}

/// The folder of real files, or a line that says that there is none.
fn real_files(of: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("GISEMENT_REAL_DATA").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data"),
        PathBuf::from,
    );
    let found = folder.join(of).canonicalize().ok().filter(|found| found.is_dir());
    if found.is_none() {
        println!("left out: no real files");
    }
    found
}

/// What GEOS says, by document.
fn reference() -> BTreeMap<String, BTreeMap<String, f64>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference/zoning_audit.tsv");
    let text = std::fs::read_to_string(path).unwrap();
    let mut lines = text.lines();
    let names: Vec<&str> = lines.next().unwrap().split('\t').skip(1).collect();
    let row = |line: &str| {
        let mut cells = line.split('\t');
        let document = cells.next().unwrap().to_owned();
        let numbers =
            names.iter().zip(cells).map(|(name, cell)| ((*name).to_owned(), cell.parse().unwrap()));
        (document, numbers.collect())
    };
    lines.map(row).collect()
}

#[test]
fn real_documents_overlap_and_gape_as_geos_says() {
    let Some(folder) = real_files("elsewhere") else { return };
    let expected = reference();
    for (name, insee, path) in [
        (
            "30014",
            "30014",
            "plu/30014_PLU_20171013/Donnees_geographiques/30014_ZONE_URBA_20171013.shp",
        ),
        ("41175", "41175", "plu/41175_PLU_20140603/Donnees_geographiques/ZONE_URBA.shp"),
        ("200011781", "18007", "plu/200011781_PLUi_20180101/Donnees_geographiques/ZONE_URBA.shp"),
        ("megeve", "74173", "megeve/ZONE_URBA.shp"),
    ] {
        let of = |key: &str| expected[name][key];
        let audit = audit_of_file(&folder.join(path), insee, &everywhere(insee));
        assert_eq!(audit.documents.len(), 1, "{name}");
        let document = &audit.documents[0];
        println!("{name}: {document:?}");
        assert_eq!(document.zones as f64, of("zones"), "{name}");
        assert_eq!(document.twins as f64, of("twins"), "{name}");
        let near = |what: &str, ours: f64, theirs: f64| {
            // A millionth, or the rounding of a thousand metres of border by a tenth of a millimetre.
            assert!(
                (ours - theirs).abs() <= 0.1 + 1e-6 * theirs,
                "{name} {what}: {ours} here, {theirs} by GEOS"
            );
        };
        let overlaps = &document.overlaps;
        assert_eq!(overlaps.count as f64, of("overlaps"), "{name}");
        near("overlaps", overlaps.total_m2, of("overlaps_m2"));
        near("largest overlap", overlaps.largest_m2, of("largest_overlap_m2"));
        assert_eq!(overlaps.slivers as f64, of("overlap_slivers"), "{name}");
        let gaps = document.gaps.unwrap();
        assert_eq!(gaps.count as f64, of("gaps"), "{name}");
        near("gaps", gaps.total_m2, of("gaps_m2"));
        near("largest gap", gaps.largest_m2, of("largest_gap_m2"));
        assert_eq!(gaps.slivers as f64, of("gap_slivers"), "{name}");
    }
}

/// GEOS: the outline of the commune less the union of the zones is 0.00009 m².
#[test]
fn the_zones_of_megeve_are_the_commune_exactly() {
    let Some(folder) = real_files("elsewhere/megeve") else { return };
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference/real_files.json");
    let all: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let outline = json!({"type": "FeatureCollection",
        "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3946"}},
        "features": [{"type": "Feature", "properties": {"code": "74173", "nom": "Megève"},
            "geometry": all["megeve"]["commune"]}]});
    let audit = audit_of_file(&folder.join("ZONE_URBA.shp"), "74173", &outline);
    let commune = &audit.communes[0];
    assert!((commune.area_m2 - 43_901_050.858).abs() < 0.5, "{commune:?}");
    assert!(commune.uncovered_m2 < 0.01, "{commune:?}");
    assert_eq!((commune.gaps.unwrap().count, commune.overlaps.count), (0, 1));
    assert!(audit.not_covered.is_empty());
}

/// A commune that is a square over all of France.
fn everywhere(insee: &str) -> Value {
    json!({"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"code": insee, "nom": "C"},
        "geometry": {"type": "Polygon", "coordinates": [[[-4, 42], [8, 42], [8, 51], [-4, 51], [-4, 42]]]}}]})
}

/// The audit of a file read as any territory's zoning.
fn audit_of_file(path: &Path, insee: &str, commune: &Value) -> ZoningAudit {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("commune.geojson"), commune.to_string()).unwrap();
    let text = format!(
        "[territory]\ncommunes = [\"{insee}\"]\n[layers.communes]\npath = \"commune.geojson\"\n\
         [layers.zoning]\npath = {}\n",
        json!(path.to_str().unwrap())
    );
    let config = Config::from_toml(&text, folder.path(), &folder.path().join("gisement.toml"))
        .unwrap_or_else(|error| panic!("{error}"));
    let territory = load::load(&config).unwrap_or_else(|error| panic!("{error}"));
    territory.zoning_audit.unwrap()
}
