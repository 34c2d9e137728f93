//! Parcels followed from an earlier cadastre to today's: drawn by hand, as properties, and through the files.

// Clippy lets test functions unwrap, but not the functions that they share.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::fs;

use geo::Geometry;
use geo::Rect;
use gisement::domain::Coverage;
use gisement::domain::Idu;
use gisement::domain::Layer;
use gisement::domain::Parcel;
use gisement::domain::ParcelId;
use gisement::domain::ParcelToday;
use gisement::domain::ProblemCode;
use gisement::domain::Provenance;
use gisement::domain::Renumbering;
use gisement::domain::Territory;
use gisement::io::config::Config;
use gisement::io::load;
use proptest::prelude::*;
use serde_json::Value;
use serde_json::json;

fn idu(number: u32) -> Idu {
    format!("82112000AB{number:04}").parse().unwrap()
}

/// A parcel called `number`, a rectangle.
fn parcel(number: u32, x: f64, y: f64, width: f64, height: f64) -> Parcel {
    let (x, y) = (560_000.0 + x, 6_300_000.0 + y);
    let rectangle = Rect::new((x, y), (x + width, y + height)).to_polygon();
    let id = ParcelId::Idu(idu(number));
    Parcel {
        id,
        commune: idu(number).commune(),
        geometry: Geometry::Polygon(rectangle),
        contenance: None,
    }
}

fn cadastre(parcels: Vec<Parcel>) -> Layer<Parcel> {
    Layer::new(parcels, Provenance::default(), Coverage::Everywhere)
}

fn followed(earlier: Vec<Parcel>, today: Vec<Parcel>) -> Renumbering {
    Renumbering::of(&cadastre(earlier), &cadastre(today))
}

/// Successors of the parcel called `number`: their numbers and shares in hundredths.
fn successors(of: &Renumbering, number: u32) -> Vec<(String, f64)> {
    let former = of.former(idu(number)).unwrap();
    let told = |one: &gisement::domain::Successor| {
        (one.parcel.to_string()[10..].to_owned(), (one.share * 1e4).round() / 100.0)
    };
    former.successors.iter().map(told).collect()
}

#[test]
fn a_parcel_split_in_two_has_two_successors() {
    let found = followed(
        vec![parcel(1, 0., 0., 100., 50.), parcel(2, 100., 0., 50., 50.)],
        vec![
            parcel(7, 0., 0., 60., 50.),
            parcel(8, 60., 0., 40., 50.),
            parcel(2, 100., 0., 50., 50.),
        ],
    );
    assert_eq!(found.former.len(), 1);
    assert_eq!(found.unchanged, 1);
    assert_eq!(successors(&found, 1), [("0007".to_owned(), 60.0), ("0008".to_owned(), 40.0)]);
    assert_eq!(found.former[0].successors_told(), "82112000AB0007 (60 %), 82112000AB0008 (40 %)");
}

#[test]
fn two_parcels_merged_have_one_successor() {
    let earlier = vec![parcel(1, 0., 0., 40., 50.), parcel(2, 40., 0., 60., 50.)];
    let found = followed(earlier, vec![parcel(9, 0., 0., 100., 50.)]);
    for number in [1, 2] {
        assert_eq!(successors(&found, number), [("0009".to_owned(), 100.0)]);
    }
    assert_eq!(found.counts(), (2, 0));
}

#[test]
fn a_border_drawn_anew_makes_no_successor() {
    // The neighbour has moved by 20 cm: 0.2 % of the parcel that was renumbered.
    let found = followed(
        vec![parcel(1, 0., 0., 100., 50.), parcel(2, 100., 0., 50., 50.)],
        vec![parcel(9, 0., 0., 99.8, 50.), parcel(2, 99.8, 0., 50.2, 50.)],
    );
    assert_eq!(successors(&found, 1), [("0009".to_owned(), 99.8)]);
}

#[test]
fn a_parcel_gone_into_the_road_has_no_successor() {
    let found = followed(
        vec![parcel(1, 0., 0., 10., 50.), parcel(2, 10., 0., 50., 50.)],
        vec![parcel(2, 10., 0., 50., 50.)],
    );
    assert_eq!(found.counts(), (0, 1));
    let problems = found.problems();
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].code, ProblemCode::ParcelVanished);
    assert!(problems[0].place.at.is_some());
}

#[test]
fn a_parcel_smaller_than_a_sliver_is_followed_all_the_same() {
    let found = followed(vec![parcel(1, 0., 0., 0.5, 0.5)], vec![parcel(9, 0., 0., 10., 10.)]);
    assert_eq!(successors(&found, 1), [("0009".to_owned(), 100.0)]);
}

#[test]
fn the_same_idu_in_another_shape_is_no_renumbering() {
    let found = followed(vec![parcel(1, 0., 0., 100., 50.)], vec![parcel(1, 0., 0., 20., 50.)]);
    assert_eq!((found.former.len(), found.unchanged), (0, 1));
}

#[test]
fn where_todays_cadastre_says_nothing_nothing_has_vanished() {
    let today = Layer::new(vec![], Provenance::default(), Coverage::Communes([].into()));
    let found = Renumbering::of(&cadastre(vec![parcel(1, 0., 0., 10., 10.)]), &today);
    assert_eq!((found.former.len(), found.not_compared), (0, 1));
}

/// Parcels on a coarse grid, so that they split, merge, overlap and coincide often.
fn parcels() -> impl Strategy<Value = Vec<Parcel>> {
    let size = || (1..5_i32).prop_map(f64::from);
    let place = || (0..8_i32).prop_map(f64::from);
    let one = (0..60_u32, place(), place(), size(), size());
    prop::collection::btree_map(0..60_u32, one, 0..30).prop_map(|map| {
        let one = |(number, (_, x, y, w, h)): (u32, (u32, f64, f64, f64, f64))| {
            parcel(number, x * 10., y * 10., w * 10., h * 10.)
        };
        map.into_iter().map(one).collect()
    })
}

proptest! {
    #[test]
    fn shares_never_sum_to_more_than_the_parcel(earlier in parcels(), today in parcels()) {
        let n = earlier.len();
        let found = followed(earlier, today);
        prop_assert_eq!(found.former.len() + found.unchanged + found.not_compared, n);
        for former in &found.former {
            let sum: f64 = former.successors.iter().map(|one| one.share).sum();
            prop_assert!(sum <= 1.0 + 1e-9, "{}: {sum}", former.idu);
            prop_assert!(former.successors.iter().all(|one| one.share > 0.0));
            prop_assert!(former.successors.is_sorted_by(|a, b| a.share >= b.share));
        }
    }

    #[test]
    fn identical_cadastres_have_nothing_to_tell(parcels in parcels()) {
        let found = followed(parcels.clone(), parcels);
        prop_assert!(found.former.is_empty() && found.problems().is_empty());
    }
}

/// A square of about 100 m in the commune drawn below, some hundredths of a degree east of its corner.
fn feature(id: &str, commune: &str, east: f64, width: f64) -> Value {
    let (x, y) = (1.0 + east / 1000.0, 44.01);
    let (x2, y2) = (x + width / 1000.0, y + 0.001);
    json!({"type": "Feature", "properties": {"id": id, "commune": commune, "contenance": 1},
        "geometry": {"type": "Polygon", "coordinates": [[[x, y], [x2, y], [x2, y2], [x, y2], [x, y]]]}})
}

fn collection(features: &[Value]) -> String {
    json!({"type": "FeatureCollection", "features": features}).to_string()
}

fn territory(files: &[(&str, String)], layers: &str) -> Result<Territory, String> {
    let folder = tempfile::tempdir().unwrap();
    let square = json!([[[1.0, 44.0], [1.1, 44.0], [1.1, 44.1], [1.0, 44.1], [1.0, 44.0]]]);
    let commune = json!({"type": "Feature", "properties": {"code": "82112", "nom": "Moissac"},
        "geometry": {"type": "Polygon", "coordinates": square}});
    fs::write(folder.path().join("communes.geojson"), collection(&[commune])).unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let text = format!(
        "[territory]\ncommunes = [\"82112\"]\n[layers.communes]\npath = \"communes.geojson\"\n{layers}"
    );
    let config = Config::from_toml(&text, folder.path(), &folder.path().join("gisement.toml"))
        .map_err(|error| error.to_string())?;
    load::load(&config).map_err(|error| error.to_string())
}

#[test]
fn an_earlier_cadastre_is_read_as_the_parcels_are() {
    let today = collection(&[
        feature("82112000AB0007", "82112", 0.0, 6.0),
        feature("82112000AB0008", "82112", 6.0, 4.0),
        feature("82112000AB0005", "82112", 40.0, 1.0),
    ]);
    let before = collection(&[
        feature("82112000AB0001", "82112", 0.0, 10.0),
        feature("82112000AB0005", "82112", 40.0, 1.0),
        feature("82112000AB0006", "82112", 60.0, 1.0),
        // A commune merged since, and a neighbour whose parcel touches the border from outside.
        feature("82199000AB0001", "82199", 0.0, 6.0),
        feature("82047000AB0001", "82047", -2.0, 2.0),
        feature("slip", "82112", 50.0, 1.0),
    ]);
    let friches = collection(&[json!({"type": "Feature",
        "properties": {"site_id": "82112_1", "comm_insee": "82112", "site_type": "autre", "site_statut": "inconnu",
            "l_idtup": "{82112000AB0005,82112000AB0001,82112000AB0006,82112000AB0999,82047000AB0001}"},
        "geometry": {"type": "Point", "coordinates": [1.041, 44.0105]}})]);
    let territory = territory(
        &[("today.geojson", today), ("before-a.geojson", before), ("friches.geojson", friches)],
        "[layers.parcels]\npath = \"today.geojson\"\nprevious = \"before-*.geojson\"\n\
         [layers.friches]\npath = \"friches.geojson\"\n",
    )
    .unwrap();
    let found = territory.renumbering.as_ref().unwrap();
    let total = found.balance.total;
    assert!(total.is_balanced());
    assert_eq!((total.read, total.kept, total.rejected, total.outside), (6, 4, 1, 1));
    assert_eq!((found.unchanged, found.counts()), (1, (2, 1)));
    assert_eq!(successors(found, 1), [("0007".to_owned(), 60.0), ("0008".to_owned(), 40.0)]);
    let merged = found.former("82199000AB0001".parse().unwrap()).unwrap();
    assert_eq!(merged.successors_told(), "82112000AB0007 (100 %)");

    let friche = &territory.friches.as_ref().unwrap().entities[0];
    let told: Vec<String> = territory
        .parcels_of(friche)
        .into_iter()
        .map(|listed| match listed.today {
            ParcelToday::Found(at) => format!("found at {at}"),
            ParcelToday::Renumbered(former) => format!("{} successors", former.successors.len()),
            ParcelToday::Missing => "missing".to_owned(),
            ParcelToday::Unknown => "unknown".to_owned(),
        })
        .collect();
    assert_eq!(told, ["found at 2", "2 successors", "missing", "missing", "unknown"]);
    let codes = |layer: &str| -> Vec<ProblemCode> {
        let of_layer = territory.problems.iter().filter(|problem| problem.layer == layer);
        of_layer.map(|problem| problem.code).collect()
    };
    use ProblemCode::*;
    assert_eq!(codes("parcels"), [IdMalformed, ParcelRenumbered, ParcelVanished, ParcelRenumbered]);
    assert_eq!(codes("friches"), [ListedParcelRenumbered, ParcelNotFound, ParcelNotFound]);
}

#[test]
fn only_parcels_have_an_earlier_cadastre() {
    let layers = "[layers.zoning]\npath = \"x\"\nprevious = \"y\"\n";
    let error = territory(&[], layers).unwrap_err();
    assert!(error.contains("[layers.zoning] has `previous`"), "{error}");
    let error = territory(
        &[("today.geojson", collection(&[feature("82112000AB0007", "82112", 0.0, 6.0)]))],
        "[layers.parcels]\npath = \"today.geojson\"\nprevious = \"none.geojson\"\n",
    )
    .unwrap_err();
    assert!(error.contains("none.geojson: no such file"), "{error}");
}
