//! Establishments and what names them: legal persons are named, sole traders never, whatever the configuration says.

use gisement::domain::Entity;
use gisement::domain::Territory;
use gisement::domain::Value;

use crate::folder::Folder;

const CNIG: &str = "SIRET;SIREN;terr_id;etab_raison_sociale;etab_nat_juridique;etab_nom;etab_adresse;comm_insee;etab_actif;\
    etab_creation_date;etab_fermeture_date;etab_activite_code;etab_activite_libelle;etab_effectif_code;\
    etab_effectif_libelle;etab_effectif_annee;geocodage_qualite;etab_contact_mail;etab_geompoint\n\
    11111111100011;111111111;;Aciers du Tarn;5710;ADT;1 rue du Port;82112;oui;2001-02-03;;2410Z;Sidérurgie;21;50 à 99 \
    salariés;2022;localisation au bâtiment;a@b.fr;1.10, 44.10\n\
    22222222200011;222222222;;DUPONT Jeanne;1000;Chez Jeanne DUPONT;2 rue DUPONT;82112;non;2001-02-03;2020-05-06;4520A;\
    Garage;00;0 salarié;2022;localisation à la parcelle;jeanne.dupont@b.fr;1.11, 44.11\n\
    33333333300011;333333333;;DUPONT Paul;;DUPONT;;82112;oui;2001-02-03;;4520A;Garage;00;0 salarié;2022;\
    localisation à la parcelle;;1.12, 44.12\n";

const SIRENE: &str = "siret,siren,statutDiffusionEtablissement,dateCreationEtablissement,trancheEffectifsEtablissement,\
    anneeEffectifsEtablissement,etatAdministratifEtablissement,dateDebut,activitePrincipaleEtablissement,\
    categorieJuridiqueUniteLegale,denominationUniteLegale,enseigne1Etablissement,codeCommuneEtablissement,\
    coordonneeLambertAbscisseEtablissement,coordonneeLambertOrdonneeEtablissement\n\
    11111111100029,111111111,O,2001-01-01,21,2022,A,2010-01-01,24.10Z,5710,ACIERS DU TARN,,82112,548100.0,6335200.0\n\
    11111111100037,111111111,O,2001-01-01,NN,,F,2019-03-31,24.10Z,5710,ACIERS DU TARN,,82112,548200.0,6335300.0\n\
    44444444400011,444444444,P,2001-01-01,NN,,A,2010-01-01,45.20A,5710,DUPONT SARL,DUPONT,82112,548300.0,6335400.0\n\
    55555555500011,555555555,O,2001-01-01,NN,,A,2010-01-01,45.20A,1000,,DUPONT,82112,548400.0,6335500.0\n\
    66666666600011,666666666,P,2001-01-01,NN,,A,2010-01-01,45.20A,1000,[ND],[ND],82112,[ND],[ND]\n";

fn load(name: &str, text: &str, more: &str) -> Territory {
    Folder::new().layer("establishments", &[(name, text.as_bytes())]).with(more).load()
}

fn value(territory: &Territory, siret: &str, attribute: &str) -> Value<'static> {
    let layer = &territory.objects["establishments"];
    let found = layer.entities.iter().find(|object| &*object.id == siret).unwrap();
    match found.attribute(attribute) {
        Value::Text(text) => Value::Text(text.into_owned().into()),
        Value::Flag(flag) => Value::Flag(flag),
        Value::Number(number) => Value::Number(number),
        Value::Missing => Value::Missing,
        other => panic!("{attribute}: {other:?}"),
    }
}

fn text(text: &str) -> Value<'static> {
    Value::Text(text.to_owned().into())
}

#[test]
fn the_cnig_table_keeps_what_an_inventory_needs() {
    let territory = load("etablissement.csv", CNIG, "");
    let of = |attribute| value(&territory, "11111111100011", attribute);
    for (attribute, expected) in [
        ("siren", "111111111"),
        ("legal_form", "5710"),
        ("created", "2001-02-03"),
        ("class", "2410Z"),
        ("activity_label", "Sidérurgie"),
        ("staff_label", "50 à 99 salariés"),
        ("place_quality", "localisation au bâtiment"),
        ("firm_name", "Aciers du Tarn"),
        ("trade_name", "ADT"),
        ("address", "1 rue du Port"),
    ] {
        let found = match of(attribute) {
            Value::Number(number) => text(&number.to_string()),
            other => other,
        };
        assert_eq!(found, text(expected), "{attribute}");
    }
    assert_eq!(of("active"), Value::Flag(true));
    assert_eq!(value(&territory, "22222222200011", "active"), Value::Flag(false));
    assert_eq!(value(&territory, "22222222200011", "closed"), text("2020-05-06"));
}

#[test]
fn a_sole_trader_and_a_firm_of_unknown_form_are_not_named() {
    let territory = load("etablissement.csv", CNIG, "");
    assert_eq!(territory.balance["establishments"].total.kept, 3);
    assert_eq!(value(&territory, "22222222200011", "firm_name"), Value::Missing);
    let everything = format!("{territory:?}").to_lowercase();
    assert!(!everything.contains("dupont") && !everything.contains("jeanne"));
}

#[test]
fn a_name_cannot_be_asked_for_under_another_name() {
    let more = "class = \"etab_nom\"\ncolumns = { note = \"ETAB_RAISON_SOCIALE\", adr = \"etab_adresse\" }";
    let territory = load("etablissement.csv", CNIG, more);
    assert_eq!(value(&territory, "11111111100011", "note"), text("Aciers du Tarn"));
    assert!(!format!("{territory:?}").to_lowercase().contains("dupont"));
}

#[test]
fn sirene_says_the_same_in_its_own_words() {
    let territory = load("sirene.csv", SIRENE, "");
    let total = territory.balance["establishments"].total;
    // The firm whose coordinates are withheld cannot be placed: it is rejected, and told.
    assert_eq!((total.read, total.kept, total.rejected), (5, 4, 1));
    assert_eq!(value(&territory, "11111111100029", "active"), Value::Flag(true));
    assert_eq!(value(&territory, "11111111100029", "closed"), Value::Missing);
    assert_eq!(value(&territory, "11111111100037", "active"), Value::Flag(false));
    assert_eq!(value(&territory, "11111111100037", "closed"), text("2019-03-31"));
    assert_eq!(value(&territory, "11111111100029", "firm_name"), text("ACIERS DU TARN"));
    assert!(!format!("{territory:?}").contains("DUPONT"));
}

/// A zone has a name of its own; an isolated firm is called after its owner, and a private person runs no zone.
#[test]
fn sites_are_named_only_where_they_are_zones() {
    let site = |id: &str, kind: &str, name: &str, moa: &str| {
        format!(
            "{id};{name};{kind};industrielle;existant et actif;{moa};{name};oui;82112;\
             \"{{\"\"type\"\": \"\"Point\"\", \"\"coordinates\"\": [1.1,44.1]}}\"\n"
        )
    };
    let table = "site_id;site_nom;site_type;site_vocadomi;site_etat;site_moa_type;site_moa_nom;reseau_gaz;site_comm_insee;\
                 site_geompoint\n"
        .to_owned()
        + &site("S1", "zone d'activité économique", "ZA du Port", "EPCI")
        + &site("S2", "établissement économique isolé", "Garage DUPONT", "privé");
    let territory = Folder::new().layer("sites", &[("site-eco.csv", table.as_bytes())]).load();
    let sites = &territory.objects["sites"].entities;
    assert_eq!(sites[0].attribute("name"), Value::Text("ZA du Port".into()));
    assert_eq!(sites[0].attribute("owner_name"), Value::Text("ZA du Port".into()));
    assert_eq!(sites[0].attribute("network_gas"), Value::Text("oui".into()));
    assert_eq!(sites[1].attribute("name"), Value::Missing);
    assert!(!format!("{territory:?}").contains("DUPONT"));
}
