//! Answers about plans and perimeters, owners, and what the inventory itself says.

use super::drawn::Box4;
use super::drawn::Drawing;
use super::drawn::SITE;
use super::drawn::area;
use super::drawn::friche;
use super::drawn::idu;
use super::drawn::listed;
use super::drawn::parcel;
use super::drawn::point_shape;

const HERE: &str = "covers = \"territory\"";
const WEST: Box4 = [0.0, 0.0, 51.0, 100.0];
const EAST: Box4 = [51.0, 0.0, 100.0, 100.0];

fn zone(place: &Box4, label: &str, kind: &str, long: &str, main_use: &str) -> String {
    area(
        place,
        &format!(
            "\"LIBELLE\":\"{label}\",\"TYPEZONE\":\"{kind}\",\"LIBELONG\":\"{long}\",\"DESTDOMI\":\"{main_use}\",\"IDURBA\":\"82112_PLU_20200101\""
        ),
    )
}

fn zoned(zones: &[String]) -> String {
    Drawing::of_site("").layer("zoning", HERE, zones).says("zonageReglementaire")
}

#[test]
fn the_zone_of_most_of_the_site_answers_by_its_use_then_its_label_then_its_type() {
    for ((label, kind, long, main_use), expected) in [
        (("UB", "U", "", ""), "zone-urbaine-u-habitat < zoning"),
        (("UX", "U", "", ""), "zone-urbaine-u-activite < zoning"),
        (("U1", "U", "Zone d'équipements sportifs", ""), "zone-urbaine-u-equipement < zoning"),
        (("U1", "U", "", ""), "zone-urbaine-u < zoning"),
        (("U1", "U", "", "02"), "zone-vocation-activites < zoning"),
        (("1AUX", "AUc", "", "02"), "zone-vocation-activites < zoning"),
        (("1AU", "AUc", "", ""), "zone-a-urbaniser-au < zoning"),
        (("2AU", "AUs", "", ""), "zone-a-urbaniser-au < zoning"),
        (("A", "A", "", ""), "zone-agricole-a < zoning"),
        (("Nh", "Nh", "", ""), "zone-naturelle-n < zoning"),
        // AU of old does not say whether it is open.
        (("AU", "AU", "", ""), "? no-value typezone"),
    ] {
        assert_eq!(zoned(&[zone(&SITE, label, kind, long, main_use)]), expected, "{label} {kind}");
    }
    let (a, u) = (zone(&WEST, "A", "A", "", ""), zone(&EAST, "UX", "U", "", ""));
    assert_eq!(zoned(&[u, a]), "zone-agricole-a < zoning");
}

#[test]
fn sectors_of_a_carte_communale_have_their_words() {
    for (sector, expected) in [
        ("01", "secteur-ouvert-a-la-construction < zoning"),
        ("02", "zone-vocation-activites < zoning"),
        ("03", "secteur-non-ouvert-a-la-construction < zoning"),
        ("99", "? no-value typezone"),
    ] {
        let object = area(
            &SITE,
            &format!(
                "\"LIBELLE\":\"x\",\"TYPESECT\":\"{sector}\",\"IDURBA\":\"82112_CC_20200101\""
            ),
        );
        assert_eq!(zoned(&[object]), expected, "{sector}");
    }
}

#[test]
fn where_no_plan_speaks_the_inventory_may() {
    assert_eq!(Drawing::of_site("").says("zonageReglementaire"), "? layer-not-given zoning");
    let declared = Drawing::of_site(",\"urba_zone_type\":\"N\"");
    assert_eq!(declared.says("zonageReglementaire"), "zone-naturelle-n < inventory");
    let plan = declared.layer("zoning", HERE, &[zone(&SITE, "UX", "U", "", "")]);
    assert_eq!(plan.says("zonageReglementaire"), "zone-urbaine-u-activite < zoning");
}

fn hazard(word: &str) -> String {
    area(&SITE, &format!("\"classe\":\"{word}\""))
}

fn hazards(words: &[&str]) -> Drawing {
    let objects: Vec<String> = words.iter().map(|word| hazard(word)).collect();
    Drawing::of_site("").layer("hazards", "class = \"classe\"\ncovers = \"territory\"", &objects)
}

#[test]
fn heritage_nature_and_network_answer_in_the_published_order() {
    for (criterion, words, expected) in [
        ("zonagePatrimonial", vec!["AC2", "AC1"], "perimetre-abf < hazards"),
        ("zonagePatrimonial", vec!["AC4", "AC2"], "site-inscrit-classe < hazards"),
        ("zonagePatrimonial", vec!["AC4"], "spr < hazards"),
        (
            "zonagePatrimonial",
            vec!["AC2 – périmètre du site inscrit"],
            "site-inscrit-classe < hazards",
        ),
        ("zonagePatrimonial", vec!["AC4 – périmètre du SPR"], "spr < hazards"),
        ("zonagePatrimonial", vec!["Patrimoine : ZPPAUP"], "zppaup < hazards"),
        ("zonagePatrimonial", vec!["Patrimoine : AVAP"], "avap < hazards"),
        ("zonagePatrimonial", vec!["Monument historique"], "monument-historique < hazards"),
        ("zonagePatrimonial", vec!["Patrimoine du XXe siècle"], "? no-value class"),
        ("zonagePatrimonial", vec!["PPRI"], "? nothing-in-layer hazards"),
        ("zonageEnvironnemental", vec!["ZNIEFF de type 2", "Natura 2000"], "natura-2000 < hazards"),
        ("zonageEnvironnemental", vec!["ZNIEFF de type 1"], "znieff-type-1-2 < hazards"),
        (
            "zonageEnvironnemental",
            vec!["Natura 2000", "Réserve naturelle régionale"],
            "reserve-naturelle < hazards",
        ),
        (
            "zonageEnvironnemental",
            vec!["Natura 2000", "Parc naturel régional"],
            "parc-naturel-regional < hazards",
        ),
        ("zonageEnvironnemental", vec!["Arrêté de biotope"], "? no-value kind"),
        ("zonageEnvironnemental", vec!["PPRI"], "? nothing-in-layer hazards"),
        (
            "trameVerteEtBleue",
            vec!["SRCE corridor à préserver", "SRCE réservoir"],
            "reservoir-biodiversite < hazards",
        ),
        ("trameVerteEtBleue", vec!["SRCE corridor à restaurer"], "corridor-a-restaurer < hazards"),
        ("trameVerteEtBleue", vec!["SRCE corridor à préserver"], "corridor-a-preserver < hazards"),
        ("trameVerteEtBleue", vec!["SRCE corridor"], "? no-value kind"),
        ("trameVerteEtBleue", vec!["PPRI"], "? nothing-in-layer hazards"),
    ] {
        assert_eq!(hazards(&words).says(criterion), expected, "{words:?}");
        assert_eq!(Drawing::of_site("").says(criterion), "? layer-not-given hazards");
    }
}

#[test]
fn what_lies_elsewhere_says_that_nothing_is_here() {
    for (criterion, word, expected) in [
        ("zonagePatrimonial", "AC1", "non-concerne < hazards"),
        ("zonageEnvironnemental", "ZNIEFF de type 1", "hors-zone < hazards"),
        ("trameVerteEtBleue", "SRCE réservoir", "hors-trame < hazards"),
    ] {
        let far = area(&[500.0, 0.0, 600.0, 100.0], &format!("\"classe\":\"{word}\""));
        let drawing = Drawing::of_site("").layer(
            "hazards",
            "class = \"classe\"\ncovers = \"territory\"",
            &[far],
        );
        assert_eq!(drawing.says(criterion), expected, "{word}");
    }
}

#[test]
fn an_installation_classee_is_no_heritage() {
    let drawing = hazards(&["Installation classée", "SIS"]);
    assert_eq!(drawing.says("zonagePatrimonial"), "? nothing-in-layer hazards");
    assert_eq!(drawing.says("presenceRisquesTechnologiques"), "true < hazards");
}

fn of_layer(key: &str, criterion: &str, objects: &[String], expected: &str) {
    let drawing = Drawing::of_site("").layer(key, "", objects);
    assert_eq!(drawing.says(criterion), expected, "{objects:?}");
    assert_eq!(Drawing::of_site("").says(criterion), format!("? layer-not-given {key}"));
}

#[test]
fn zones_for_renewables_districts_grid_and_economic_zones_answer() {
    let zaer = |words: &str| area(&SITE, words);
    let (roof, wind, out, far) = (
        zaer("\"filiere\":\"SOLAIRE\",\"detail_filiere1\":\"Ombrière\",\"zonage\":\"\""),
        zaer("\"filiere\":\"EOLIEN\",\"detail_filiere1\":\"\",\"zonage\":\"\""),
        zaer(
            "\"filiere\":\"\",\"detail_filiere1\":\"\",\"zonage\":\"Interdiction ZAER toutes filières\"",
        ),
        area(
            &[300., 0., 400., 100.],
            "\"filiere\":\"EOLIEN\",\"detail_filiere1\":\"\",\"zonage\":\"\"",
        ),
    );
    let key = "renewable_zones";
    of_layer(key, "zoneAccelerationEnr", std::slice::from_ref(&wind), "oui < renewable_zones");
    of_layer(
        key,
        "zoneAccelerationEnr",
        &[wind.clone(), roof],
        "oui-solaire-pv-ombriere < renewable_zones",
    );
    of_layer(key, "zoneAccelerationEnr", &[wind, out], "exclusion < renewable_zones");
    of_layer(key, "zoneAccelerationEnr", &[far], "non < renewable_zones");
    let declared = Drawing::of_site(",\"urba_zaer\":\"oui\"");
    assert_eq!(declared.says("zoneAccelerationEnr"), "oui < inventory");

    // By the middle of the site, (50, 50).
    let district = |place: Box4| area(&place, "\"code_qp\":\"QN08201M\",\"lib_qp\":\"x\"");
    let key = "priority_districts";
    of_layer(key, "siteEnQpv", &[district([0., 0., 51., 100.])], "true < priority_districts");
    of_layer(key, "siteEnQpv", &[district([0., 0., 49., 100.])], "false < priority_districts");

    let grid = |word: &str| area(&SITE, &format!("\"id\":\"1\",\"statut\":\"{word}\""));
    let key = "grid_constraints";
    of_layer(key, "saturationReseauEnr", &[grid("SATUREE")], "true < grid_constraints");
    of_layer(key, "saturationReseauEnr", &[grid("EN_TENSION")], "false < grid_constraints");
    of_layer(key, "saturationReseauEnr", &[grid("ELD")], "? no-value saturated");

    let zae = |kind: &str, state: &str| {
        area(
            &SITE,
            &format!("\"site_id\":\"1\",\"site_type\":\"{kind}\",\"site_etat\":\"{state}\""),
        )
    };
    let economic = "zone d'activité économique";
    of_layer("sites", "siteEnZae", &[zae(economic, "existant et actif")], "true < sites");
    of_layer("sites", "siteEnZae", &[zae(economic, "en projet")], "false < sites");
    of_layer("sites", "siteEnZae", &[zae("inconnu", "existant et actif")], "false < sites");
}

#[test]
fn the_zonage_abc_is_of_the_commune() {
    let of = |text: &str| {
        let text = format!("CODGEO;zone_abc\n{text}\n");
        Drawing::of_site("").text("housing_zones", "", "abc.csv", &text).says("zonageAbcLogement")
    };
    assert_eq!(of("82112;B2"), "b2 < housing_zones");
    assert_eq!(of("82112;Abis"), "abis < housing_zones");
    assert_eq!(of("82033;C"), "? no-value abc");
    let none = Drawing::of_site("").says("zonageAbcLogement");
    assert_eq!(none, "? layer-not-given housing_zones");
}

#[test]
fn owners_are_public_private_or_both() {
    let of = |rows: &[(u32, &str)], more: &str| {
        let table: String =
            rows.iter().map(|(number, class)| format!("{};{class}\n", idu(*number))).collect();
        let parcels = [parcel(1, &SITE), parcel(2, &[0., 100., 100., 200.])];
        let shape = point_shape(5., 5.);
        Drawing::new()
            .layer("parcels", "", &parcels)
            .layer("friches", "", &[friche("S-1", &shape, &format!("{}{more}", listed(&[1, 2])))])
            .text("owners", "", "owners.csv", &format!("idu;catpro3\n{table}"))
            .says("typeProprietaire")
    };
    assert_eq!(of(&[(1, "P5a"), (2, "P1a")], ""), "public < owners");
    assert_eq!(of(&[(1, "X1a"), (2, "G1a")], ""), "prive < owners");
    assert_eq!(of(&[(1, "P5a"), (2, "X1a")], ""), "mixte < owners");
    // One owner is not known: the inventory's word, if there is one.
    assert_eq!(of(&[(1, "P5a")], ""), "? no-value owner_kind");
    assert_eq!(
        of(&[(1, "P5a")], ",\"proprio_personne\":\"personne physique\""),
        "prive < inventory"
    );
    assert_eq!(
        of(&[(1, "P5a")], ",\"proprio_personne\":\"personne morale\""),
        "? no-value owner_kind"
    );
}

#[test]
fn the_inventory_answers_what_no_layer_does() {
    for (criterion, words, expected) in [
        (
            "etatBatiInfrastructure",
            "\"bati_etat\":\"dégradation moyenne\"",
            "degradation-moyenne < inventory",
        ),
        ("etatBatiInfrastructure", "\"bati_etat\":\"inconnu\"", "? no-value building_state"),
        ("etatBatiInfrastructure", "\"bati_nombre\":\"0\"", "pas-de-bati < inventory"),
        ("surfaceBati", "\"bati_nombre\":\"0\"", "0 < inventory"),
        ("surfaceBati", "\"bati_nombre\":\"2\"", "? layer-not-given buildings"),
        (
            "presencePollution",
            "\"sol_pollution_existe\":\"pollution inexistante\"",
            "non < inventory",
        ),
        (
            "presencePollution",
            "\"sol_pollution_existe\":\"pollution traitée\"",
            "deja-geree < inventory",
        ),
        (
            "presencePollution",
            "\"sol_pollution_existe\":\"pollution avérée\"",
            "? no-value pollution",
        ),
        (
            "presencePollution",
            "\"sol_pollution_existe\":\"pollution inexistante\",\"bati_pollution\":\"amiante\"",
            "oui-amiante < inventory",
        ),
        (
            "presencePollution",
            "\"sol_pollution_existe\":\"pollution inexistante\",\"bati_pollution\":\"plomb\"",
            "? no-value building_pollution",
        ),
        (
            "valeurArchitecturaleHistorique",
            "\"bati_patrimoine\":\"présence d'un bâtiment classé\"",
            "interet-remarquable < inventory",
        ),
        (
            "valeurArchitecturaleHistorique",
            "\"bati_patrimoine\":\"aucun\"",
            "? no-value building_heritage",
        ),
        ("qualitePaysage", "\"bati_nombre\":\"0\"", "? no-value visit"),
    ] {
        assert_eq!(Drawing::of_site(&format!(",{words}")).says(criterion), expected, "{words}");
    }
}
