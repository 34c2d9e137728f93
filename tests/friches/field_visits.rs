//! What the user found out on the spot: read from a table, before layers and inventories.

use std::collections::BTreeMap;

use gisement::domain::ProblemCode;
use gisement::domain::Territory;

use super::drawn::Drawing;
use super::drawn::SITE;
use super::drawn::east;
use super::drawn::friche;
use super::drawn::listed;
use super::drawn::parcel;
use super::drawn::point_shape;

fn visited(text: &str) -> Drawing {
    Drawing::of_site(",\"bati_etat\":\"dégradation moyenne\"")
        .layer("transport_stops", "", &[east(20., "\"stop_id\":\"1\"")])
        .text("field_visits", "", "visites.csv", text)
}

fn problems(territory: &Territory) -> Vec<(ProblemCode, String)> {
    let of_visits = territory.problems.iter().filter(|problem| problem.layer == "field_visits");
    of_visits.map(|problem| (problem.code, problem.value.clone())).collect()
}

fn said(territory: &Territory) -> BTreeMap<String, String> {
    let site = &territory.friches.as_ref().unwrap().entities[0];
    let answers = site.visit.as_ref().map(|visit| visit.answers.clone()).unwrap_or_default();
    answers.iter().map(|(key, said)| (key.to_string(), said.to_string())).collect()
}

#[test]
fn a_visit_wins_over_layers_and_inventories() {
    let found = visited(
        "site_id;visite_date;etatBatiInfrastructure;distanceTransportCommun;siteEnQpv;raccordementEau\n\
         S-1;2026-06-01;Dégradation très importante;aucun;oui;non\n",
    )
    .found();
    assert_eq!(found["etatBatiInfrastructure"], "degradation-tres-importante < visit");
    assert_eq!(found["distanceTransportCommun"], "none < visit");
    assert_eq!(found["siteEnQpv"], "true < visit");
    assert_eq!(found["raccordementEau"], "non < visit");
}

#[test]
fn who_does_not_know_has_said_nothing() {
    let drawing = visited(
        "site_id;etatBatiInfrastructure;distanceTransportCommun;presencePollution\n\
         S-1;ne-sait-pas;Ne sait pas;inconnu\n",
    );
    let territory = drawing.territory();
    assert_eq!(said(&territory), BTreeMap::new());
    assert_eq!(problems(&territory), []);
    let found = drawing.found();
    assert_eq!(found["etatBatiInfrastructure"], "degradation-moyenne < inventory");
    assert_eq!(found["distanceTransportCommun"], "20 < transport_stops");
}

#[test]
fn a_cell_that_is_no_answer_is_told_without_its_text() {
    let drawing = visited(
        "site_id;visite_date;demande_en_attente;typeProprietaire;surfaceBati;siteEnZae;distanceTransportCommun;tauxLogementsVacants\n\
         S-1;45/13/2026;Jean Dupont;Jean Dupont;Jean Dupont;Jean Dupont;1 234,5;120\n",
    );
    let territory = drawing.territory();
    assert_eq!(
        said(&territory),
        [("distanceTransportCommun".to_owned(), "1 234,5".to_owned())].into()
    );
    let told = problems(&territory);
    let codes: Vec<ProblemCode> = told.iter().map(|(code, _)| *code).collect();
    use ProblemCode::*;
    assert_eq!(
        codes,
        [UnknownWord, UnknownWord, ValueUnfit, ValueUnfit, UnknownWord, UnknownWord],
        "{told:?}"
    );
    let all = format!("{:?}", territory.problems);
    assert!(!all.contains("Dupont") && !all.contains("45/13"), "{all}");
    assert_eq!(drawing.found()["distanceTransportCommun"], "1234.5 < visit");
}

#[test]
fn the_newest_visit_speaks_first_and_older_ones_where_it_is_silent() {
    let drawing = visited(
        "site_id;visite_date;raccordementEau;qualitePaysage;demande_en_attente\n\
         S-1;2024-02-01;oui;ordinaire;oui\n\
         S-1;01/06/2026;non;;\n\
         S-1;;oui;sans-interet;non\n",
    );
    let territory = drawing.territory();
    let site = &territory.friches.as_ref().unwrap().entities[0];
    let visit = site.visit.as_ref().unwrap();
    assert_eq!(visit.day.as_deref(), Some("2026-06-01"));
    assert_eq!(&*visit.answers["raccordementEau"], "non");
    assert_eq!(&*visit.answers["qualitePaysage"], "ordinaire");
    assert_eq!(visit.request_waiting, Some(true));
}

#[test]
fn a_visit_of_no_site_is_told_and_one_of_any_record_finds_its_site() {
    let records = ["S-1", "S-2"].map(|id| friche(id, &point_shape(5., 5.), &listed(&[1])));
    let drawing = Drawing::new()
        .layer("parcels", "", &[parcel(1, &SITE)])
        .layer("friches", "", &records)
        .text("field_visits", "", "visites.csv", "site_id;raccordementEau\nS-2;oui\nS-9;oui\n");
    let territory = drawing.territory();
    assert_eq!(said(&territory), [("raccordementEau".to_owned(), "oui".to_owned())].into());
    let told = problems(&territory);
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].0, ProblemCode::VisitOfNoSite);
    let total = territory.balance["field_visits"].total;
    assert!(total.is_balanced());
    assert_eq!((total.read, total.kept, total.rejected), (2, 1, 1));
}
