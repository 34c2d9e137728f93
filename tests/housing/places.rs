//! Measures of places asked of an EPCI: the mean of its communes.

use gisement::domain::Territory;
use gisement::evaluation::Measured;
use gisement::evaluation::Profile;
use gisement::evaluation::Ranking;
use gisement::housing;

use crate::folder::Folder;

/// Households of Ansan and Aubiet, which are the EPCI here.
const HOUSEHOLDS: [f64; 2] = [43.0, 509.0];
const ARRATS: &str = "200042372";

fn territory(covers: &str) -> Territory {
    let point = |x: f64, y: f64| {
        format!(
            "{{\"type\":\"Feature\",\"properties\":{{\"n\":1}},\"geometry\":{{\"type\":\"Point\",\"coordinates\":[{x},{y}]}}}}"
        )
    };
    let places = format!(
        "{{\"type\":\"FeatureCollection\",\"features\":[{},{}]}}",
        point(0.78, 43.69),
        point(0.70, 43.60)
    );
    let folder = Folder::new().layer("places", &[("places.geojson", places.as_bytes())]);
    let mut territory = folder.with(covers).try_load_for(&["32002", "32012"]).unwrap();
    housing::prepare(&mut territory).unwrap();
    territory
}

/// The first criterion of every row of both rankings.
fn measured(territory: &Territory, measure: &str) -> (Vec<Measured>, Measured) {
    let none = if measure.contains("within_m") { "none_scores = 0.0" } else { "" };
    let text = format!(
        "id = \"p-v1\"\ntitle = {{ fr = \"p\", en = \"p\" }}\nunit = \"commune\"\nmethod = \"weighted-sum\"\nmin_reliability = 0.0\n\
         [[criterion]]\nid = \"near\"\nlabel = {{ fr = \"p\", en = \"p\" }}\nmeasure = {{ {measure} }}\n\
         curve = [[0, 1.0], [9000, 0.0]]\nweight = 1\nsource = \"x\"\n{none}\n"
    );
    let profile = Profile::from_toml(&text).unwrap();
    let of = |ranking: &Ranking, id: &str| ranking.row(id).unwrap().assessments[0].measured.clone();
    let communes = housing::rank(territory, &profile).unwrap();
    let epcis = housing::rank_epcis(territory, &profile).unwrap();
    (["32002", "32012"].map(|id| of(&communes, id)).to_vec(), of(&epcis, ARRATS))
}

fn number(measured: &Measured) -> f64 {
    match measured {
        Measured::Number(number) => *number,
        other => panic!("{other:?}"),
    }
}

fn mean(of: [f64; 2]) -> f64 {
    (of[0] * HOUSEHOLDS[0] + of[1] * HOUSEHOLDS[1]) / (HOUSEHOLDS[0] + HOUSEHOLDS[1])
}

#[test]
fn a_distance_is_that_of_the_average_household() {
    let territory = territory("");
    let (communes, epci) = measured(&territory, "distance_to = \"places\"");
    let [ansan, aubiet] = [number(&communes[0]), number(&communes[1])];
    assert!(ansan < 1_500.0 && aubiet > 3_000.0, "{ansan} {aubiet}");
    assert!((number(&epci) - mean([ansan, aubiet])).abs() < 1e-9);
    let (communes, epci) = measured(&territory, "count_within = \"places\", radius_m = 1500");
    assert_eq!((number(&communes[0]), number(&communes[1])), (1.0, 0.0));
    assert!((number(&epci) - mean([1.0, 0.0])).abs() < 1e-12);
}

#[test]
fn what_a_commune_has_not_within_reach_is_at_least_that_far() {
    let territory = territory("");
    let (communes, epci) = measured(&territory, "distance_to = \"places\", within_m = 2000");
    let ansan = number(&communes[0]);
    assert!(communes[1].is_none());
    let low = mean([ansan, 2000.0]);
    assert!(
        matches!(epci, Measured::Between { low: ours, high } if (ours - low).abs() < 1e-9 && high.is_infinite())
    );
    // Nothing within reach of either.
    let (_, epci) = measured(&territory, "distance_to = \"places\", within_m = 100");
    assert!(epci.is_none());
}

#[test]
fn a_commune_that_no_layer_speaks_for_leaves_bounds() {
    let territory = territory("covers = [\"32012\"]");
    let (communes, epci) = measured(&territory, "distance_to = \"places\"");
    assert!(matches!(communes[0], Measured::Unknown(_)));
    let low = mean([0.0, number(&communes[1])]);
    assert!(
        matches!(epci, Measured::Between { low: ours, high } if (ours - low).abs() < 1e-9 && high.is_infinite())
    );
    let neither = territory_of_none();
    let (_, epci) = measured(&neither, "distance_to = \"places\"");
    assert!(matches!(epci, Measured::Unknown(_)));
}

fn territory_of_none() -> Territory {
    territory("covers = []")
}
