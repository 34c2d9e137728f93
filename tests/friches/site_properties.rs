//! Nothing is lost when records are joined, and the order of files and rows does not show.

use std::collections::BTreeMap;

use gisement::domain::Friche;
use proptest::prelude::*;

use super::drawn::Box4;
use super::drawn::Drawing;
use super::drawn::box_shape;
use super::drawn::collection;
use super::drawn::friche;
use super::drawn::listed;
use super::drawn::parcel;
use super::drawn::point_shape;

#[derive(Debug, Clone)]
struct Record {
    id: u32,
    parcels: Vec<u32>,
    shape: Option<(i32, i32)>,
    source: usize,
    statut: usize,
}

const SOURCES: [&str; 4] = [
    "Région Occitanie",
    "Contribution utilisateur",
    "Friche étude Ademe 2021",
    "Appel à projet Fonds Friches",
];
const STATUTS: [&str; 3] = ["inconnu", "friche sans projet", "friche avec projet"];

fn records() -> impl Strategy<Value = Vec<Record>> {
    let shape = proptest::option::of((0..4_i32, 0..2_i32));
    let parcels = proptest::collection::vec(1..7_u32, 0..3);
    let one = (0..30_u32, parcels, shape, 0..SOURCES.len(), 0..STATUTS.len());
    let of = |(id, parcels, shape, source, statut)| Record { id, parcels, shape, source, statut };
    proptest::collection::vec(one.prop_map(of), 1..9)
}

fn feature(record: &Record) -> String {
    let shape = match record.shape {
        Some((x, y)) => {
            let (x, y) = (f64::from(x) * 15.0, f64::from(y) * 200.0);
            box_shape(&[x, y, x + 60.0, y + 60.0])
        }
        None => point_shape(f64::from(record.id), 400.0),
    };
    let more = format!(
        "{},\"nom_prodcartofriches\":\"{}\",\"site_statut\":\"{}\"",
        listed(&record.parcels),
        SOURCES[record.source],
        STATUTS[record.statut]
    );
    friche(&format!("S-{}", record.id), &shape, &more)
}

fn sites(records: &[Record], cut: usize) -> Vec<Friche> {
    let place = |number: u32| -> Box4 {
        let x = f64::from(number) * 40.0;
        [x, 600.0, x + 40.0, 640.0]
    };
    let parcels: Vec<String> = (1..6).map(|number| parcel(number, &place(number))).collect();
    let features: Vec<String> = records.iter().map(feature).collect();
    let (one, other) = features.split_at(cut.min(features.len()));
    let mut drawing = Drawing::new().layer("parcels", "", &parcels);
    for (name, part) in [("a.geojson", one), ("b.geojson", other)] {
        if !part.is_empty() {
            drawing = drawing.text("friches", "", name, &collection(part));
        }
    }
    drawing.sites()
}

fn by_id(sites: Vec<Friche>) -> BTreeMap<String, Friche> {
    sites.into_iter().map(|site| (site.id.to_string(), site)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn every_record_is_in_one_site_and_the_order_does_not_show(
        (records, shuffled) in records().prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle())),
        cuts in (0..9_usize, 0..9_usize),
    ) {
        let found = sites(&records, cuts.0);
        let mut told: Vec<String> =
            found.iter().flat_map(|site| &site.records).map(|record| record.id.to_string()).collect();
        let mut given: Vec<String> = records.iter().map(|record| format!("S-{}", record.id)).collect();
        told.sort_unstable();
        given.sort_unstable();
        prop_assert_eq!(told, given);
        let n = found.len();
        let one = by_id(found);
        prop_assert_eq!(one.len(), n, "two sites of one identifier");
        prop_assert_eq!(one, by_id(sites(&shuffled, cuts.1)));
    }
}
