//! One record per site: duplicates joined, outlines out of parcels.

use gisement::domain::Entity;
use gisement::domain::Friche;
use gisement::domain::Outline;
use gisement::domain::ProblemCode;
use gisement::domain::SourceTrust;
use gisement::spatial::shape;

use super::drawn::Box4;
use super::drawn::Drawing;
use super::drawn::SITE;
use super::drawn::area;
use super::drawn::box_shape;
use super::drawn::collection;
use super::drawn::friche;
use super::drawn::listed;
use super::drawn::parcel;
use super::drawn::point_shape;

fn ids(site: &Friche) -> Vec<&str> {
    site.records.iter().map(|record| &*record.id).collect()
}

/// Records of every site, sites by their first.
fn told(sites: &[Friche]) -> Vec<Vec<&str>> {
    sites.iter().map(ids).collect()
}

/// Sites drawn as polygons.
fn polygons(places: &[Box4]) -> Vec<Friche> {
    let of = |(at, place): (usize, &Box4)| {
        friche(&format!("S-{at}"), &box_shape(place), "\"l_idtup\":\"{}\"")
    };
    let features: Vec<String> = places.iter().enumerate().map(of).collect();
    Drawing::new().layer("friches", "", &features).sites()
}

#[test]
fn the_same_parcels_in_two_inventories_are_one_site_and_the_most_trusted_leads() {
    let two = [parcel(1, &[0., 0., 100., 50.]), parcel(2, &[0., 50., 100., 100.])];
    let unchecked = friche(
        "A-1",
        &point_shape(10., 10.),
        &format!(
            "{},\"nom_prodcartofriches\":\"Site Basias ou Basol non vérifié par le Cerema\",\"site_statut\":\"friche potentielle\",\"proprio_personne\":\"personne physique\",\"bati_nombre\":\"3\"",
            listed(&[2, 1, 2])
        ),
    );
    let observed = friche(
        "Z-9",
        &point_shape(20., 20.),
        &format!(
            "{},\"nom_prodcartofriches\":\"Région Occitanie\",\"site_statut\":\"friche avec projet\"",
            listed(&[1, 2])
        ),
    );
    let drawing = Drawing::new()
        .layer("parcels", "", &two)
        .text("friches", "", "a.geojson", &collection(&[unchecked]))
        .text("friches", "", "b.geojson", &collection(&[observed]));
    let territory = drawing.territory();
    let [site] = &territory.friches.as_ref().unwrap().entities[..] else { panic!("not one site") };
    assert_eq!(ids(site), ["Z-9", "A-1"]);
    assert_eq!(&*site.id, "Z-9");
    assert_eq!(site.source_trust, Some(SourceTrust::Observatory));
    assert_eq!(site.records[1].trust, Some(SourceTrust::Unverified));
    // What the leading record says stands, what it leaves open the other fills.
    assert_eq!(site.statut.unwrap().as_str(), "friche avec projet");
    assert_eq!(site.owner_kind.as_deref(), Some("personne physique"));
    assert_eq!(site.said("building_count"), Some("3"));
    assert_eq!(site.outline, Outline::Parcels);
    assert_eq!(shape::area(&site.geometry), 10_000.0);
    let joined: Vec<_> =
        territory.problems.iter().filter(|one| one.code == ProblemCode::SitesJoined).collect();
    assert_eq!(joined.len(), 1);
    assert_eq!(joined[0].value, "Z-9 + A-1");
}

#[test]
fn a_status_that_is_unknown_is_filled_by_one_that_is_known() {
    let record = |id: &str, statut: &str, source: &str| {
        let more = format!(
            "{},\"site_statut\":\"{statut}\",\"nom_prodcartofriches\":\"{source}\"",
            listed(&[1])
        );
        friche(id, &point_shape(1., 1.), &more)
    };
    let features = [
        record("S-1", "inconnu", "Région Occitanie"),
        record("S-2", "friche sans projet", "Appel à projet Fonds Friches"),
    ];
    let sites = Drawing::new().layer("friches", "", &features).sites();
    assert_eq!(told(&sites), [["S-1", "S-2"]]);
    assert_eq!(sites[0].statut.unwrap().as_str(), "friche sans projet");
}

#[test]
fn seventy_percent_of_the_larger_is_the_same_site_and_less_is_not() {
    // Squares of 100 m: 70 m wide in common, then 69.9 m.
    assert_eq!(polygons(&[[0., 0., 100., 100.], [30., 0., 130., 100.]]).len(), 1);
    assert_eq!(polygons(&[[0., 0., 100., 100.], [30.1, 0., 130.1, 100.]]).len(), 2);
    // 70 % of the larger, all of the smaller; then all of a smaller that is 69 % of the larger.
    assert_eq!(polygons(&[[0., 0., 100., 100.], [0., 0., 70., 100.]]).len(), 1);
    assert_eq!(polygons(&[[0., 0., 100., 100.], [0., 0., 69., 100.]]).len(), 2);
}

#[test]
fn a_small_site_inside_a_large_one_is_another_site() {
    let sites = polygons(&[[0., 0., 100., 100.], [40., 40., 60., 60.]]);
    assert_eq!(told(&sites), [["S-0"], ["S-1"]]);
}

#[test]
fn a_chain_of_overlaps_is_one_site() {
    // Each covers 75 % of the next; the ends have half in common.
    let sites = polygons(&[[0., 0., 100., 100.], [25., 0., 125., 100.], [50., 0., 150., 100.]]);
    assert_eq!(told(&sites), [["S-0", "S-1", "S-2"]]);
}

#[test]
fn the_same_identifier_in_two_files_is_one_site() {
    let one = friche("82112_1", &point_shape(0., 0.), "\"l_idtup\":\"{}\"");
    let other = friche("82112_1", &box_shape(&[0., 0., 50., 50.]), "\"l_idtup\":\"{}\"");
    let sites = Drawing::new()
        .text("friches", "", "a.geojson", &collection(&[one]))
        .text("friches", "", "b.geojson", &collection(&[other]))
        .sites();
    assert_eq!(told(&sites), [["82112_1", "82112_1"]]);
    assert_eq!(sites[0].outline, Outline::Polygon);
}

#[test]
fn sites_without_identifier_in_two_parts_stay_two() {
    let of = |x: f64| {
        let shape = box_shape(&[x, 0., x + 50., 50.]);
        collection(&[friche("", &shape, "\"l_idtup\":\"{}\"")])
    };
    let sites = Drawing::new()
        .text("friches", "", "a.geojson", &of(0.))
        .text("friches", "", "b.geojson", &of(1000.))
        .sites();
    assert_eq!(told(&sites), [["sans-id-0-1"], ["sans-id-1-0-1"]]);
}

/// A cadastre of today and an earlier one, and a site that lists some parcels.
fn renumbered(today: &[(u32, Box4)], before: &[(u32, Box4)], lists: &[u32]) -> Drawing {
    let of = |all: &[(u32, Box4)]| -> Vec<String> {
        all.iter().map(|(number, place)| parcel(*number, place)).collect()
    };
    Drawing::new()
        .layer("parcels", "previous = \"before.geojson\"", &of(today))
        .file("before.geojson", &collection(&of(before)))
        .layer("friches", "", &[friche("S-1", &point_shape(5., 5.), &listed(lists))])
}

/// Numbers of the parcels of today, of those renumbered and those missing; outline and area of the site.
fn land(drawing: &Drawing) -> (Vec<String>, Vec<String>, Vec<String>, Outline, f64) {
    let territory = drawing.territory();
    let site = &territory.friches.as_ref().unwrap().entities[0];
    let land = territory.land_of(site);
    let parcels = &territory.parcels.as_ref().unwrap().entities;
    let number = |text: String| text[10..].to_owned();
    let told = |ids: &[gisement::domain::Idu]| -> Vec<String> {
        ids.iter().map(|idu| number(idu.to_string())).collect()
    };
    let today = land.parcels.iter().map(|at| number(parcels[*at].id.to_string())).collect();
    (today, told(&land.renumbered), told(&land.missing), site.outline, shape::area(&site.geometry))
}

fn strings(of: &[&str]) -> Vec<String> {
    of.iter().map(|text| (*text).to_owned()).collect()
}

#[test]
fn a_parcel_split_in_two_is_both_its_successors() {
    let drawing = renumbered(
        &[(7, [0., 0., 60., 50.]), (8, [60., 0., 100., 50.])],
        &[(1, [0., 0., 100., 50.])],
        &[1],
    );
    let expected =
        (strings(&["0007", "0008"]), strings(&["0001"]), vec![], Outline::Parcels, 5_000.0);
    assert_eq!(land(&drawing), expected);
}

#[test]
fn two_parcels_merged_are_their_one_successor() {
    let drawing = renumbered(
        &[(9, [0., 0., 100., 50.])],
        &[(1, [0., 0., 40., 50.]), (2, [40., 0., 100., 50.])],
        &[1, 2],
    );
    let expected =
        (strings(&["0009"]), strings(&["0001", "0002"]), vec![], Outline::Parcels, 5_000.0);
    assert_eq!(land(&drawing), expected);
}

#[test]
fn a_parcel_merged_into_a_larger_one_is_missing_even_if_it_is_listed_twice() {
    // 30 % of parcel 9: not the most of it. Twice 30 % would be.
    for lists in [vec![1], vec![1, 1]] {
        let drawing = renumbered(
            &[(9, [0., 0., 100., 50.])],
            &[(1, [0., 0., 30., 50.]), (2, [30., 0., 100., 50.])],
            &lists,
        );
        let expected = (vec![], vec![], strings(&["0001"]), Outline::Point, 0.0);
        assert_eq!(land(&drawing), expected);
    }
}

#[test]
fn parcels_that_are_missing_are_listed_and_the_others_are_the_outline() {
    let places = [[0., 0., 100., 50.], [0., 50., 100., 100.]];
    let parcels = [parcel(1, &places[0]), parcel(2, &places[1])];
    let with = |shape: &str| {
        Drawing::new().layer("parcels", "", &parcels).layer(
            "friches",
            "",
            &[friche("S-1", shape, &listed(&[1, 2, 99]))],
        )
    };
    let expected =
        (strings(&["0001", "0002"]), vec![], strings(&["0099"]), Outline::SomeParcels, 10_000.0);
    assert_eq!(land(&with(&point_shape(5., 5.))), expected);
    // A polygon of the inventory is better than some of the parcels.
    let polygon = with(&box_shape(&[0., 0., 200., 100.]));
    let (.., outline, area_m2) = land(&polygon);
    assert_eq!((outline, area_m2), (Outline::Polygon, 20_000.0));
    let problems = polygon.territory().problems;
    let missing: Vec<_> =
        problems.iter().filter(|one| one.code == ProblemCode::ParcelNotFound).collect();
    assert_eq!(missing.len(), 1);
    assert_eq!(missing[0].value, "82112000AB0099");
}

#[test]
fn an_outline_with_missing_parcels_has_no_area_and_is_no_other_site() {
    let drawing = Drawing::new().layer("parcels", "", &[parcel(1, &SITE)]).layer(
        "friches",
        "",
        &[
            friche("S-1", &point_shape(5., 5.), &listed(&[1, 98])),
            friche("S-2", &point_shape(6., 6.), &listed(&[1, 99])),
        ],
    );
    let sites = drawing.sites();
    assert_eq!(sites.len(), 2);
    for site in &sites {
        assert_eq!((site.outline, site.area()), (Outline::SomeParcels, None));
    }
    let built =
        drawing.layer("buildings", "covers = \"territory\"", &[area(&SITE, "\"type\":\"01\"")]);
    assert_eq!(built.says("surfaceBati"), "? no-value outline");
    assert_eq!(built.says("surfaceSite"), "? no-area");
}

#[test]
fn all_parcels_are_better_than_the_polygon() {
    let parcels = [parcel(1, &[0., 0., 100., 50.]), parcel(2, &[300., 0., 350., 50.])];
    let shape = box_shape(&[0., 0., 90., 90.]);
    let drawing = Drawing::new().layer("parcels", "", &parcels).layer(
        "friches",
        "",
        &[friche("S-1", &shape, &listed(&[1, 2]))],
    );
    let (.., outline, area_m2) = land(&drawing);
    assert_eq!((outline, area_m2), (Outline::Parcels, 5_000.0 + 2_500.0));
}

#[test]
fn a_site_whose_cadastre_is_not_given_keeps_its_point_and_its_declared_area() {
    let more = format!("{},\"unite_fonciere_surface\":27000", listed(&[1]));
    let drawing =
        Drawing::new().layer("friches", "", &[friche("S-1", &point_shape(5., 5.), &more)]);
    let territory = drawing.territory();
    let site = &territory.friches.as_ref().unwrap().entities[0];
    let land = territory.land_of(site);
    assert_eq!((land.unknown.len(), land.missing.len(), land.is_whole()), (1, 0, false));
    assert_eq!(site.outline, Outline::Point);
    assert_eq!(site.declared_area.unwrap().get(), 27_000.0);
    assert_eq!(drawing.says("surfaceSite"), "27000 < inventory");
}

/// What is told of the friches, and the balance of their rows: read, kept, rejected.
fn books(drawing: &Drawing) -> (Vec<(ProblemCode, String)>, [u64; 3]) {
    let territory = drawing.territory();
    let total = territory.balance["friches"].total;
    assert!(total.is_balanced());
    let problems = territory.problems.into_iter().filter(|one| one.layer == "friches");
    let mut problems: Vec<_> = problems.map(|one| (one.code, one.value)).collect();
    problems.sort();
    (problems, [total.read, total.kept, total.rejected])
}

#[test]
fn a_record_that_draws_nothing_is_where_its_parcels_are() {
    let features = [friche("S-1", "null", &listed(&[1, 99]))];
    let drawing = Drawing::new().layer("parcels", "", &[parcel(1, &SITE)]).layer(
        "friches",
        "",
        &[features, [friche("S-2", "null", &listed(&[1]))]].concat(),
    );
    let sites = drawing.sites();
    let outlines: Vec<_> = sites.iter().map(|site| (&*site.id, site.outline)).collect();
    assert_eq!(outlines, [("S-1", Outline::SomeParcels), ("S-2", Outline::Parcels)]);
    assert_eq!(sites[1].area().unwrap().get(), 10_000.0);
    assert_eq!(sites[1].commune.unwrap().to_string(), "82112");
    let expected = vec![
        (ProblemCode::OutlineByParcels, String::new()),
        (ProblemCode::OutlineByParcels, String::new()),
        (ProblemCode::ParcelNotFound, "82112000AB0099".to_owned()),
    ];
    assert_eq!(books(&drawing), (expected, [2, 2, 0]));
}

#[test]
fn a_table_without_any_shape_is_friches_by_their_parcels() {
    let csv = "site_id,site_nom,site_type,comm_insee,unite_fonciere_refcad\n\
        82112_1,x,friche industrielle,82112,82112000AB0001|82112000AB0002\n\
        82112_2,x,friche industrielle,82112,82112000AB0003\n";
    let drawing = Drawing::new()
        .layer("parcels", "", &[parcel(1, &SITE), parcel(2, &[100., 0., 150., 100.])])
        .text("friches", "", "friches.csv", csv);
    let sites = drawing.sites();
    assert_eq!(told(&sites), [["82112_1"]]);
    assert_eq!((sites[0].outline, shape::area(&sites[0].geometry)), (Outline::Parcels, 15_000.0));
    let (problems, balance) = books(&drawing);
    assert!(problems.contains(&(ProblemCode::SiteNowhere, "82112000AB0003".to_owned())));
    assert_eq!(balance, [2, 1, 1]);
}

#[test]
fn a_record_that_draws_nothing_joins_the_one_that_does() {
    let drawing = Drawing::new().layer(
        "friches",
        "",
        &[
            friche("S-1", "null", &listed(&[1])),
            friche("S-2", &box_shape(&SITE), &listed(&[1])),
            friche("S-3", "null", "\"l_idtup\":\"{}\""),
            friche("S-4", "null", &listed(&[5])),
        ],
    );
    let sites = drawing.sites();
    assert_eq!(told(&sites), [["S-1", "S-2"]]);
    assert_eq!(sites[0].outline, Outline::Polygon);
    let (problems, balance) = books(&drawing);
    assert!(problems.contains(&(ProblemCode::GeometryMissing, String::new())));
    assert!(problems.contains(&(ProblemCode::SiteNowhere, "82112000AB0005".to_owned())));
    assert_eq!(balance, [4, 2, 2]);
}

#[test]
fn parcels_that_are_missing_are_told_of_every_record_of_a_site() {
    let drawing = Drawing::new().layer("parcels", "", &[parcel(1, &SITE)]).layer(
        "friches",
        "",
        &[
            friche("S-1", &point_shape(5., 5.), &listed(&[1])),
            friche("S-2", &box_shape(&[0., 0., 100., 99.]), &listed(&[1, 98])),
        ],
    );
    assert_eq!(told(&drawing.sites()), [["S-1", "S-2"]]);
    let (problems, _) = books(&drawing);
    assert!(problems.contains(&(ProblemCode::ParcelNotFound, "82112000AB0098".to_owned())));
}
