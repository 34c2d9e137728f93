//! Owners: a class and a key per parcel, from a table or from the parcels; names beside them are not read.

use gisement::domain::OwnerClass;
use gisement::domain::ProblemCode;
use gisement::domain::Territory;

use crate::folder::Folder;
use crate::folder::counts;
use crate::folder::problems;

/// Columns as a user's table has them, with the names that must stay outside.
const TABLE: &str = "idpar;idprocpte;catpro3;ddenom\n\
    82112000AB0001;82112C00001;P5a;COMMUNE DE MOISSAC\n\
    82112000AB0002;82112C00001;P5a;COMMUNE DE MOISSAC\n\
    82112000AB0003;82112D00007;X1a;DUPONT JEANNE\n\
    82112000AB0003;82112D00008;X1a;DURAND PAUL\n\
    82112000AB0004;82112D00009;DUPONT;DUPONT JEANNE\n\
    31555000AB0001;31555C00001;P5a;COMMUNE DE TOULOUSE\n\
    82112;82112D00010;X1a;DUPONT JEANNE\n";

fn class(territory: &Territory, idu: &str) -> Option<OwnerClass> {
    territory.owners.as_ref().unwrap().of(idu.parse().unwrap()).unwrap().class
}

fn key(territory: &Territory, idu: &str) -> Option<u32> {
    territory.owners.as_ref().unwrap().of(idu.parse().unwrap()).unwrap().key
}

#[test]
fn a_table_gives_classes_and_groups_and_no_name() {
    let territory = Folder::new().layer("owners", &[("foncier.csv", TABLE.as_bytes())]).load();
    assert_eq!(counts(&territory, "owners"), [7, 4, 2, 1]);
    assert_eq!(class(&territory, "82112000AB0001"), Some(OwnerClass::Commune));
    assert_eq!(class(&territory, "82112000AB0003"), Some(OwnerClass::NaturalPerson));
    assert_eq!(key(&territory, "82112000AB0001"), key(&territory, "82112000AB0002"));
    assert_ne!(key(&territory, "82112000AB0001"), key(&territory, "82112000AB0003"));
    assert_eq!(problems(&territory, ProblemCode::IdDuplicate).len(), 1);
    assert_eq!(problems(&territory, ProblemCode::IdMalformed).len(), 1);
    // A class that is none is told without its text.
    assert_eq!(class(&territory, "82112000AB0004"), None);
    assert_eq!(problems(&territory, ProblemCode::UnknownWord).len(), 1);
    let everything = format!("{territory:?}");
    assert!(!everything.contains("DUPONT") && !everything.contains("82112D00007"));
}

/// The open file of the DGFiP: the identifier in parts, groups of legal persons, SIREN.
#[test]
fn legal_persons_of_the_dgfip() {
    let table = "Département (Champ géographique);Code Direction (Champ géographique);Code Commune (Champ géographique);\
                 Préfixe (Références cadastrales);Section (Références cadastrales);N° plan (Références cadastrales);\
                 N° SIREN (Propriétaire(s) parcelle);Groupe personne (Propriétaire(s) parcelle);\
                 Dénomination (Propriétaire(s) parcelle)\n\
                 82;0;112;;AB;0001;218201127;4;COMMUNE DE MOISSAC\n\
                 82;0;112;;A;12;200066322;9;CC\n";
    let territory = Folder::new().layer("owners", &[("pm.csv", table.as_bytes())]).load();
    assert_eq!(counts(&territory, "owners"), [2, 2, 0, 0]);
    assert_eq!(class(&territory, "82112000AB0001"), Some(OwnerClass::Commune));
    assert_eq!(class(&territory, "821120000A0012"), Some(OwnerClass::PublicBody));
}

#[test]
fn columns_of_the_parcels_say_the_same() {
    let square = |x: f64| {
        format!("[[[{x},44.1],[{0},44.1],[{0},44.101],[{x},44.101],[{x},44.1]]]", x + 0.001)
    };
    let parcel = |idu: &str, x: f64, owner: &str| {
        format!(
            "{{\"type\":\"Feature\",\"properties\":{{\"id\":\"{idu}\",\"commune\":\"82112\",{owner}}},\
             \"geometry\":{{\"type\":\"Polygon\",\"coordinates\":{}}}}}",
            square(x)
        )
    };
    let file = format!(
        "{{\"type\":\"FeatureCollection\",\"features\":[{},{},{}]}}",
        parcel("82112000AB0001", 1.1, "\"statut\":\"Commune\",\"compte\":\"A\",\"nom\":\"DUPONT\""),
        parcel("82112000AB0002", 1.101, "\"statut\":\"SCI\",\"compte\":\"B\",\"nom\":\"DUPONT\""),
        parcel("82112000AB0003", 1.102, "\"statut\":null,\"compte\":\"B\",\"nom\":\"DUPONT\""),
    );
    let territory = Folder::new()
        .layer("parcels", &[("parcelles.geojson", file.as_bytes())])
        .with("columns = { owner_class = \"statut\", owner_key = \"compte\" }")
        .load();
    assert_eq!(class(&territory, "82112000AB0001"), Some(OwnerClass::Commune));
    assert_eq!(class(&territory, "82112000AB0002"), Some(OwnerClass::PropertyCompany));
    assert_eq!(class(&territory, "82112000AB0003"), None);
    assert_eq!(key(&territory, "82112000AB0002"), key(&territory, "82112000AB0003"));
    assert!(!format!("{territory:?}").contains("DUPONT"));
}
