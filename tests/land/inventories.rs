//! What inventories, owners and establishments say of land.

use gisement::domain::Availability;
use gisement::domain::Occupation;

use super::drawn::Box4;
use super::drawn::Drawing;
use super::drawn::collection;
use super::drawn::feature;
use super::drawn::parcel;
use super::drawn::point;
use super::drawn::told;

fn terrains(states: &[(Box4, &str, &str, &str)]) -> (&'static str, &'static str, String) {
    let features: Vec<String> = states
        .iter()
        .enumerate()
        .map(|(at, (place, works, sale, occupation))| {
            feature(
                place,
                &format!(
                    "\"terr_id\":\"82112_TERRAIN-ECO_{at}\",\"site_id\":\"S\",\"terr_refcad\":\"\",\
                     \"terr_stade_amngt\":\"{works}\",\"terr_stade_comm\":\"{sale}\",\"terr_etat_occup\":\"{occupation}\""
                ),
            )
        })
        .collect();
    ("terrains.geojson", "[layers.terrains]\npath = \"terrains.geojson\"\n", collection(&features))
}

#[test]
fn the_word_of_an_inventory_goes_before_geometry() {
    let places = [
        [0.0, 0.0, 100.0, 100.0],
        [100.0, 0.0, 200.0, 100.0],
        [200.0, 0.0, 300.0, 100.0],
        [300.0, 0.0, 390.0, 100.0],
    ];
    let mut drawing = Drawing::zone_with(&places);
    drawing.buildings = vec![[10.0, 10.0, 90.0, 90.0]];
    drawing.more = vec![terrains(&[
        (places[0], "viabilisé et aménagé", "en vente", "vacant"),
        (places[1], "viabilisé et aménagé", "réservé par option de réservation", "inoccupé"),
        (places[2], "non aménageable", "non commercialisable", "inoccupé"),
        (places[3], "viabilisé et aménagé", "vendu, commercialisation achevée", "occupé"),
    ])];
    let stock = drawing.surveyed();
    let classes: Vec<Availability> = stock.pieces.iter().map(|piece| piece.availability).collect();
    assert_eq!(
        classes,
        [
            Availability::Libre,
            Availability::EnProjet,
            Availability::NonAmenageable,
            Availability::Bati
        ]
    );
    assert_eq!(stock.pieces[0].reason.key, "declared");
    assert_eq!(told(&stock).len(), 1);
}

#[test]
fn a_listed_friche_is_one_unless_it_has_a_project() {
    let mut drawing = Drawing::zone_with(&[
        [0.0, 0.0, 100.0, 100.0],
        [100.0, 0.0, 200.0, 100.0],
        [200.0, 0.0, 300.0, 100.0],
    ]);
    let friche = |place: &Box4, id: &str, statut: &str| {
        feature(
            place,
            &format!(
                "\"site_id\":\"{id}\",\"comm_insee\":\"82112\",\"site_statut\":\"{statut}\",\"l_idtup\":\"{{}}\",\"nom_prodcartofriches\":\"Région Occitanie\""
            ),
        )
    };
    drawing.more = vec![(
        "friches.geojson",
        "[layers.friches]\npath = \"friches.geojson\"\n",
        collection(&[
            friche(&[0.0, 0.0, 100.0, 90.0], "82112_1", "friche sans projet"),
            friche(&[100.0, 0.0, 200.0, 90.0], "82112_2", "friche avec projet"),
            friche(&[200.0, 0.0, 300.0, 90.0], "82112_3", "friche potentielle"),
        ]),
    )];
    let stock = drawing.surveyed();
    let classes: Vec<(Availability, &str)> =
        stock.pieces.iter().map(|piece| (piece.availability, piece.reason.key)).collect();
    assert_eq!(
        classes,
        [
            (Availability::Friche, "friche"),
            (Availability::EnProjet, "friche-project"),
            (Availability::Libre, "no-building"),
        ]
    );
}

#[test]
fn contiguous_parcels_of_one_owner_are_one_land_unit() {
    let mut drawing = Drawing::zone_with(&[
        [0.0, 0.0, 100.0, 100.0],
        [100.0, 0.0, 200.0, 100.0],
        [200.0, 0.0, 300.0, 100.0],
        [0.0, 200.0, 100.0, 300.0],
    ]);
    drawing.more = vec![(
        "owners.csv",
        "[layers.owners]\npath = \"owners.csv\"\n",
        format!(
            "idu;owner_class;owner_key\n{};commune;A\n{};commune;A\n{};personne physique;B\n{};commune;A\n",
            parcel(1),
            parcel(2),
            parcel(3),
            parcel(4)
        ),
    )];
    let stock = drawing.surveyed();
    // Parcels 1 and 2 touch; 4 is of the same owner but apart.
    let units: Vec<Vec<usize>> =
        stock.units.entities.iter().map(|unit| unit.parcels.clone()).collect();
    assert_eq!(units, [vec![0, 1], vec![2], vec![3]]);
    let terrain = &stock.terrains.entities[0];
    assert_eq!((terrain.n_units, terrain.owner.as_deref()), (2, Some("mixed")));
}

#[test]
fn without_a_key_only_classes_of_one_owner_join_parcels() {
    let mut drawing = Drawing::zone_with(&[
        [0.0, 0.0, 100.0, 100.0],
        [100.0, 0.0, 200.0, 100.0],
        [200.0, 0.0, 300.0, 100.0],
        [300.0, 0.0, 390.0, 100.0],
    ]);
    let rows = [(1, "commune"), (2, "commune"), (3, "personne physique"), (4, "personne physique")];
    let rows: String = rows.map(|(at, class)| format!("{};{class}\n", parcel(at))).concat();
    drawing.more = vec![(
        "owners.csv",
        "[layers.owners]\npath = \"owners.csv\"\n",
        format!("idu;owner_class\n{rows}"),
    )];
    let stock = drawing.surveyed();
    let units: Vec<Vec<usize>> =
        stock.units.entities.iter().map(|unit| unit.parcels.clone()).collect();
    assert_eq!(units, [vec![0, 1], vec![2], vec![3]]);
}

#[test]
fn two_vacant_units_of_fifteen_make_thirteen_percent() {
    let places: Vec<Box4> =
        (0..15).map(|at| [f64::from(at) * 20.0, 0.0, f64::from(at) * 20.0 + 20.0, 50.0]).collect();
    let mut drawing = Drawing::zone_with(&places);
    drawing.buildings = places.iter().map(|p| [p[0] + 2.0, 5.0, p[2] - 2.0, 40.0]).collect();
    let establishments: Vec<String> = (0..15)
        .map(|at| {
            let (active, closed) = if at < 2 { ("non", "2021-03-31") } else { ("oui", "") };
            point(
                f64::from(at) * 20.0 + 10.0,
                20.0,
                &format!("\"SIRET\":\"3474995190{at:04}\",\"terr_id\":\"\",\"comm_insee\":\"82112\",\"etab_actif\":\"{active}\",\"etab_fermeture_date\":\"{closed}\""),
            )
        })
        .collect();
    drawing.more = vec![(
        "etablissement.geojson",
        "[layers.establishments]\npath = \"etablissement.geojson\"\nvintage = \"2026-06\"\n",
        collection(&establishments),
    )];
    let stock = drawing.surveyed();
    let units = stock.zones.entities[0].units;
    assert_eq!((units.total, units.vacant, units.occupied, units.unknown), (15, 2, 13, 0));
    let (low, high) = units.vacancy_percent().unwrap();
    assert_eq!((low.round(), high.round()), (13.0, 13.0));
    // Two years are counted on 1 January: who closed in the course of 2024 has not been gone for so long in 2026.
    let (file, layer, text) = drawing.more.remove(0);
    let counted = |drawing: &mut Drawing, closed: &str| {
        drawing.more = vec![(file, layer, text.replace("2021-03-31", closed))];
        drawing.surveyed().zones.entities[0].units.vacant
    };
    assert_eq!(counted(&mut drawing, "2024-12-20"), 0);
    assert_eq!(counted(&mut drawing, "20/12/2023"), 2);
}

#[test]
fn without_establishments_or_a_word_of_the_officer_vacancy_is_unknown() {
    let mut drawing = Drawing::zone_with(&[[0.0, 0.0, 100.0, 100.0], [100.0, 0.0, 200.0, 100.0]]);
    drawing.buildings = vec![[10.0, 10.0, 90.0, 90.0]];
    let stock = drawing.surveyed();
    assert!(stock.units.entities.iter().all(|unit| unit.occupation == Occupation::Unknown));
    assert_eq!(stock.zones.entities[0].units.vacancy_percent(), Some((0.0, 100.0)));
}

#[test]
fn the_order_of_contradictory_rows_decides_nothing() {
    let place = [0.0, 0.0, 100.0, 100.0];
    let mut drawing = Drawing::zone_with(&[place]);
    let rows = [
        (place, "viabilisé et aménagé", "réservé par option de réservation", "inoccupé"),
        (place, "viabilisé et aménagé", "en vente", "inoccupé"),
    ];
    let (file, layer, text) = terrains(&rows);
    // The same two rows, the other first, each with its identifier.
    let turned = {
        let start = text.find("\"features\":[").unwrap() + 12;
        let (head, body) = text.split_at(start);
        let (one, two) = body.trim_end_matches("]}").split_once(",\n").unwrap();
        format!("{head}{two},\n{one}]}}")
    };
    let class = |drawing: &mut Drawing, text: String| {
        drawing.more = vec![(file, layer, text)];
        drawing.surveyed().pieces[0].availability
    };
    assert_eq!(class(&mut drawing, text), class(&mut drawing.clone(), turned));
}

#[test]
fn without_buildings_the_net_area_is_unknown_whatever_an_inventory_says() {
    let place = [0.0, 0.0, 100.0, 100.0];
    let mut drawing = Drawing::zone_with(&[place]);
    drawing.no_buildings = true;
    drawing.more = vec![terrains(&[(place, "viabilisé et aménagé", "en vente", "inoccupé")])];
    let stock = drawing.surveyed();
    let terrain = &stock.terrains.entities[0];
    assert_eq!((terrain.availability, terrain.net_m2()), (Availability::Libre, None));
    drawing.more.clear();
    assert_eq!(drawing.surveyed().pieces[0].availability, Availability::Inconnu);
}
