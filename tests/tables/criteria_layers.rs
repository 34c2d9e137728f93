//! Layers that answer the criteria of a friche, each in its producer's layout as documented (invented places): separator,
//! encoding, spelling of the header; and what must not be taken for one.

use gisement::domain::Entity;
use gisement::domain::LayerView;
use gisement::domain::ProblemCode;
use gisement::domain::Territory;
use gisement::domain::Value;

use crate::folder::Folder;
use crate::folder::figure;

/// Bytes in Windows-1252.
fn latin(text: &str) -> Vec<u8> {
    text.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap()).collect()
}

fn collection(rows: &[(&str, &str)]) -> String {
    let features: Vec<String> = rows
        .iter()
        .map(|(row, geometry)| {
            format!("{{\"type\":\"Feature\",\"properties\":{{{row}}},\"geometry\":{geometry}}}")
        })
        .collect();
    format!("{{\"type\":\"FeatureCollection\",\"features\":[{}]}}", features.join(","))
}

const AREA: &str =
    "{\"type\":\"Polygon\",\"coordinates\":[[[1.1,44.1],[1.101,44.1],[1.101,44.101],[1.1,44.1]]]}";
const POINT: &str = "{\"type\":\"Point\",\"coordinates\":[1.1,44.1]}";
const LINE: &str = "{\"type\":\"LineString\",\"coordinates\":[[1.1,44.1],[1.101,44.1]]}";

/// Identifier and one attribute of every object, in order of the file.
fn told(territory: &Territory, layer: &str, attribute: &str) -> Vec<(String, String)> {
    let told = |value: Value<'_>| match value {
        Value::Text(text) => text.into_owned(),
        Value::Flag(flag) => flag.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Missing => "?".to_owned(),
        other => panic!("{other:?}"),
    };
    let entities = territory.objects[layer].entities.iter();
    entities.map(|one| (one.id().into_owned(), told(one.attribute(attribute)))).collect()
}

fn pairs(of: &[(&str, &str)]) -> Vec<(String, String)> {
    of.iter().map(|(id, word)| ((*id).to_owned(), (*word).to_owned())).collect()
}

#[test]
fn town_halls_of_the_directory_are_told_from_other_services() {
    // The directory names the mayor; the name must not come in.
    let dila = "id;pivot;nom;affectation_personne;adresse;code_insee_commune\n\
        m1;\"[{\"\"type_service_local\"\": \"\"mairie\"\", \"\"code_insee_commune\"\": [\"\"82112\"\"]}]\";Mairie - Moissac;\
        \"[{\"\"personne\"\": {\"\"nom\"\": \"\"PLANTENOM\"\"}}]\";\
        \"[{\"\"type_adresse\"\": \"\"Adresse\"\", \"\"longitude\"\": \"\"1.0865\"\", \"\"latitude\"\": \"\"44.1040\"\"}]\";82112\n\
        m2;\"[{\"\"type_service_local\"\": \"\"mairie_com\"\"}]\";Mairie déléguée;;\
        \"[{\"\"longitude\"\": \"\"1.09\"\", \"\"latitude\"\": \"\"44.11\"\"}]\";82112\n\
        e1;\"[{\"\"type_service_local\"\": \"\"epci\"\"}]\";Communauté;;\
        \"[{\"\"longitude\"\": \"\"1.09\"\", \"\"latitude\"\": \"\"44.11\"\"}]\";82112\n";
    let territory = Folder::new()
        .layer("town_halls", &[("annuaire-administration.csv", dila.as_bytes())])
        .load();
    let layer = &territory.objects["town_halls"];
    assert_eq!(layer.entities.len(), 1);
    let hall = &layer.entities[0];
    assert_eq!(hall.commune().map(|code| code.to_string()).as_deref(), Some("82112"));
    let geo::Geometry::Point(at) = hall.geometry() else { panic!("{:?}", hall.geometry()) };
    // EPSG:2154 of 1.0865 E, 44.1040 N by pyproj.
    assert!((at.x() - 546_820.46).abs() < 0.01 && (at.y() - 6_335_744.57).abs() < 0.01, "{at:?}");
    assert_eq!(territory.balance["town_halls"].total.outside, 2);
    assert!(!format!("{territory:?}").contains("PLANTENOM"));
}

#[test]
fn town_halls_of_bd_topo_and_of_admin_express() {
    let bdtopo = collection(&[
        (
            "\"cleabs\":\"A1\",\"categorie\":\"Administratif ou militaire\",\"nature\":\"Mairie\"",
            AREA,
        ),
        (
            "\"cleabs\":\"A2\",\"categorie\":\"Administratif ou militaire\",\"nature\":\"Gendarmerie\"",
            AREA,
        ),
    ]);
    let express =
        collection(&[("\"ID\":\"C1\",\"NOM\":\"Moissac\",\"INSEE_COM\":\"82112\"", POINT)]);
    let territory = Folder::new()
        .layer(
            "town_halls",
            &[
                ("ZONE_D_ACTIVITE_OU_D_INTERET.geojson", bdtopo.as_bytes()),
                ("CHFLIEU_COMMUNE.geojson", express.as_bytes()),
            ],
        )
        .load();
    let halls = &territory.objects["town_halls"].entities;
    let ids: Vec<&str> = halls.iter().map(|hall| &*hall.id).collect();
    assert_eq!(ids, ["C1", "A1"]);
    assert!(halls.iter().all(|hall| matches!(hall.geometry(), geo::Geometry::Point(_))));
}

#[test]
fn stops_are_where_one_gets_on() {
    let stops = "stop_id,stop_code,stop_name,stop_desc,stop_lat,stop_lon,zone_id,stop_url,location_type,parent_station\n\
        S1,,\"Gare, quai 1\",,44.1,1.1,,,0,ST\n\
        ST,,Gare,,44.1001,1.1001,,,1,\n\
        S2,,Mairie,,44.11,1.11,,,,\n\
        E1,,Entrée,,44.1002,1.1002,,,2,ST\n\
        N1,,Palier,,44.1002,1.1002,,,3,ST\n";
    let other = "stop_id,stop_name,stop_lat,stop_lon\nB1,École,44.12,1.12\n";
    let territory = Folder::new()
        .layer(
            "transport_stops",
            &[("stops.txt", stops.as_bytes()), ("b_stops.txt", other.as_bytes())],
        )
        .load();
    let ids: Vec<String> =
        told(&territory, "transport_stops", "class").into_iter().map(|p| p.0).collect();
    assert_eq!(ids, ["B1", "S1", "ST", "S2"]);
    let total = territory.balance["transport_stops"].total;
    assert_eq!((total.read, total.kept, total.outside), (6, 4, 2));
}

#[test]
fn amenities_keep_their_kind_and_not_the_firm() {
    let bpe = latin(
        "AN;NOMRS;DEPCOM;DCIRIS;TYPEQU;LAMBERT_X;LAMBERT_Y;QUALITE_XY;EPSG\n\
         2024;PLANTENOM;82112;82112_0000;B207;548000.5;6335000.25;Bonne;2154\n\
         2024;PLANTENOM;82112;82112_0000;D307;548100;6335100;Acceptable;2154\n\
         2024;PLANTENOM;75056;75056_0000;B207;652000;6862000;Bonne;2154\n\
         2024;PLANTENOM;82112;82112_0000;A208;;;Non géolocalisé;2154\n",
    );
    let territory = Folder::new().layer("amenities", &[("BPE24.csv", &bpe)]).load();
    let kinds: Vec<String> =
        told(&territory, "amenities", "kind").into_iter().map(|p| p.1).collect();
    assert_eq!(kinds, ["B207", "D307"]);
    let total = territory.balance["amenities"].total;
    assert_eq!((total.read, total.kept, total.rejected, total.outside), (4, 2, 1, 1));
    assert!(!format!("{territory:?}").contains("PLANTENOM"));
}

#[test]
fn networks_districts_and_zones_of_energy() {
    let heat = collection(&[
        ("\"identifiant_reseau\":\"8201C\",\"nom_reseau\":\"Réseau\",\"has_trace\":true", LINE),
        (
            "\"identifiant_reseau\":\"8202C\",\"nom_reseau\":\"Chaufferie\",\"has_trace\":false",
            POINT,
        ),
    ]);
    let qpv = collection(&[(
        "\"code_qp\":\"QN08201M\",\"lib_qp\":\"Sarlac\",\"insee_com\":\"82112,82033\",\"insee_dep\":\"82\"",
        AREA,
    )]);
    let zaer = collection(&[
        (
            "\"id\":\"z1\",\"nom\":\"Chez PLANTENOM\",\"filiere\":\"SOLPV\",\"detail_filiere1\":\"SOLPV.OMBRIERE\"",
            AREA,
        ),
        ("\"id\":\"z2\",\"nom\":\"Bois\",\"filiere\":\"BIOMASSE\",\"detail_filiere1\":null", AREA),
    ]);
    let excluded = collection(&[
        ("\"id\":\"x1\",\"zonage\":\"Interdiction ZAER (loi APER) toutes ENR sauf toiture\"", AREA),
        ("\"id\":\"x2\",\"zonage\":\"Interdiction ZAER (loi APER) éolien uniquement\"", AREA),
    ]);
    let grid = collection(&[
        ("\"id\":\"p1\",\"statut\":\"SATUREE\"", AREA),
        ("\"id\":\"p2\",\"statut\":\"EN_TENSION\"", AREA),
        ("\"id\":\"p3\",\"statut\":\"ELD\"", AREA),
        ("\"id\":\"p4\",\"statut\":\"VERTE\"", AREA),
    ]);
    let territory = Folder::new()
        .layer("heat_networks", &[("reseaux_de_chaleur.geojson", heat.as_bytes())])
        .layer("priority_districts", &[("QP2024_France.geojson", qpv.as_bytes())])
        .layer(
            "renewable_zones",
            &[("a_zaer.geojson", zaer.as_bytes()), ("zones_exclues.geojson", excluded.as_bytes())],
        )
        .layer("grid_constraints", &[("zones-contrainte-enr.geojson", grid.as_bytes())])
        .load();
    assert_eq!(
        told(&territory, "heat_networks", "complete"),
        pairs(&[("8201C", "true"), ("8202C", "false")])
    );
    assert_eq!(told(&territory, "priority_districts", "label"), pairs(&[("QN08201M", "Sarlac")]));
    assert_eq!(
        told(&territory, "renewable_zones", "kind"),
        pairs(&[
            ("z1", "solar_roof"),
            ("z2", "acceleration"),
            ("x1", "exclusion"),
            ("x2", "wind_exclusion")
        ])
    );
    assert_eq!(
        told(&territory, "grid_constraints", "saturated"),
        pairs(&[("p1", "true"), ("p2", "false"), ("p3", "?"), ("p4", "?")])
    );
    let unknown: Vec<_> =
        territory.problems.iter().filter(|p| p.code == ProblemCode::UnknownWord).collect();
    assert_eq!(unknown.len(), 1, "{unknown:?}");
    assert!(unknown[0].value.contains("VERTE"));
    assert!(!format!("{territory:?}").contains("PLANTENOM"));
    // Lists of the whole country say of a commune without one that it has none; a zone of the grid does not.
    let elsewhere = Some("32002".parse().unwrap());
    for (key, covers) in [
        ("heat_networks", true),
        ("priority_districts", true),
        ("renewable_zones", true),
        ("grid_constraints", false),
    ] {
        assert_eq!(territory.objects[key].covers(elsewhere), covers, "{key}");
    }
}

#[test]
fn zonage_abc_is_a_word_per_commune() {
    let abc = latin(
        "CODGEO;DEP;LIBGEO;Zonage en vigueur depuis le 5 septembre 2025;Reclassement 5 septembre 2025\n\
         32002;32;Ansan;C;Non\n32007;32;Ardizas;B2;Oui (de C à B2)\n32012;32;Aubiet;A bis;Non\n\
         82033;82;Castelsarrasin;X;Non\n82112;82;Moissac;B1;Non\n",
    );
    let territory = Folder::new().layer("housing_zones", &[("zonage-abc.csv", &abc)]).load();
    let zone = |commune| figure(&territory, "housing_zones", commune, "abc");
    assert_eq!(zone("32002"), Value::Text("c".into()));
    assert_eq!(zone("32007"), Value::Text("b2".into()));
    assert_eq!(zone("32012"), Value::Text("abis".into()));
    assert_eq!(zone("82112"), Value::Text("b1".into()));
    assert_eq!(zone("82033"), Value::Missing);
    assert!(
        territory
            .problems
            .iter()
            .any(|p| p.code == ProblemCode::UnknownWord && p.value.contains('X'))
    );
}

#[test]
fn installations_and_former_sites_say_whether_they_work() {
    let icpe = collection(&[
        (
            "\"code_aiot\":\"I1\",\"nom_ets\":\"PLANTENOM\",\"lib_regime\":\"Autorisation\",\"lib_etat\":\"En exploitation avec titre\",\"cd_insee\":\"82112\"",
            POINT,
        ),
        (
            "\"code_aiot\":\"I2\",\"nom_ets\":\"PLANTENOM\",\"lib_regime\":\"Enregistrement\",\"lib_etat\":\"En fin d'exploitation\",\"cd_insee\":\"82112\"",
            POINT,
        ),
        // Over the border, 100 m away: it counts.
        (
            "\"code_aiot\":\"I3\",\"nom_ets\":\"PLANTENOM\",\"lib_regime\":\"Autorisation\",\"lib_etat\":null,\"cd_insee\":\"82001\"",
            POINT,
        ),
    ]);
    let casias = "identifiant_ssp;identifiant_casias;nom_etablissement;statut;code_insee;longitude;latitude\n\
        SSP1;MPY8200001;PLANTENOM;En arrêt;82112;1.1;44.1\n\
        SSP2;MPY8200002;PLANTENOM;Activité terminée;82112;1.1;44.1\n\
        SSP3;MPY8200003;PLANTENOM;Indéterminé;82112;1.1;44.1\n\
        SSP4;MPY8200004;PLANTENOM;En activité et partiellement en friche;82112;1.1;44.1\n";
    let sis = collection(&[(
        "\"id_sis\":\"82SIS01\",\"nom\":\"PLANTENOM\",\"code_insee\":\"82112\"",
        AREA,
    )]);
    let territory = Folder::new()
        .layer(
            "hazards",
            &[
                ("a_icpe.geojson", icpe.as_bytes()),
                ("b_casias.csv", casias.as_bytes()),
                ("c_sis.geojson", sis.as_bytes()),
            ],
        )
        .load();
    assert_eq!(
        told(&territory, "hazards", "state"),
        pairs(&[
            ("I1", "active"),
            ("I2", "closed"),
            ("I3", "?"),
            ("MPY8200001", "closed"),
            ("MPY8200002", "closed"),
            ("MPY8200003", "?"),
            ("MPY8200004", "active"),
            ("82SIS01", "?"),
        ])
    );
    let kinds: Vec<String> = told(&territory, "hazards", "kind").into_iter().map(|p| p.1).collect();
    assert_eq!(kinds, ["?", "?", "?", "CASIAS", "CASIAS", "CASIAS", "CASIAS", "SIS"]);
    let themes: Vec<String> =
        told(&territory, "hazards", "theme").into_iter().map(|p| p.1).collect();
    assert_eq!(themes[0], "technological");
    assert!(themes[3..].iter().all(|theme| theme == "pollution"), "{themes:?}");
    assert!(!format!("{territory:?}").contains("PLANTENOM"));
}

#[test]
fn natural_hazards_and_protections_by_the_names_of_their_files() {
    let clay = collection(&[
        ("\"DPT\":\"82\",\"NIVEAU\":2,\"ALEA\":\"Moyen\"", AREA),
        ("\"DPT\":\"82\",\"NIVEAU\":3,\"ALEA\":\"Fort\"", AREA),
    ]);
    let cavities = "identifiant;type;nom;reperage_geo;code_insee;longitude;latitude\n\
        MPYAA001;cave;Cave de PLANTENOM;précis;82112;1.1;44.1\n";
    let znieff = collection(&[("\"ID_MNHN\":\"730010001\",\"NOM\":\"Coteaux\"", AREA)]);
    let park = collection(&[("\"ID_MNHN\":\"FR8000001\",\"NOM\":\"Parc\"", AREA)]);
    let network = collection(&[
        ("\"ID_CORR\":\"C1\",\"OBJ_ASSIGN\":\"à remettre en bon état\"", LINE),
        ("\"ID_CORR\":\"C2\",\"OBJ_ASSIGN\":\"à préserver\"", LINE),
    ]);
    let wet = collection(&[("\"gid\":1", AREA)]);
    let territory = Folder::new()
        .layer(
            "hazards",
            &[
                ("ExpoArgile_Fxx_L93.geojson", clay.as_bytes()),
                ("cavites_82.csv", cavities.as_bytes()),
                ("znieff2.geojson", znieff.as_bytes()),
                ("N_PNR_S.geojson", park.as_bytes()),
                ("N_SRCE_CORRIDOR_L_73.geojson", network.as_bytes()),
                ("zones_humides_82.geojson", wet.as_bytes()),
            ],
        )
        .load();
    let column = |name| told(&territory, "hazards", name).into_iter().map(|p| p.1);
    let all: Vec<(String, (String, String))> =
        column("theme").zip(column("kind").zip(column("level"))).collect();
    let row = |theme: &str, kind: &str, level: &str| {
        (theme.to_owned(), (kind.to_owned(), level.to_owned()))
    };
    for (expected, times) in [
        (row("clay", "?", "medium"), 1),
        (row("clay", "?", "high"), 1),
        (row("cavities", "cave", "?"), 1),
        (row("nature", "znieff2", "?"), 1),
        (row("regional_park", "pnr", "?"), 1),
        (row("ecological_network", "corridor_to_restore", "?"), 1),
        (row("ecological_network", "corridor_to_preserve", "?"), 1),
        (row("wetland", "?", "?"), 1),
    ] {
        assert_eq!(all.iter().filter(|found| **found == expected).count(), times, "{all:?}");
    }
    // Each theme speaks for its own communes: points for all, areas for those that they lie in.
    let moissac = Some("82112".parse().unwrap());
    let hazards = &territory.objects["hazards"];
    for (theme, covers) in [("cavities", true), ("clay", false), ("flood", false)] {
        assert_eq!(hazards.covers_theme(theme, moissac), covers, "{theme}");
    }
    assert!(!format!("{territory:?}").contains("PLANTENOM"));
}

/// A flood map with a column `ALEA` is no map of clay, whatever its levels are called.
#[test]
fn a_flood_map_is_not_taken_for_clay() {
    let flood = collection(&[("\"ALEA\":\"Fort\",\"NIVEAU\":3", AREA)]);
    let territory = Folder::new()
        .layer("hazards", &[("alea_crue.geojson", flood.as_bytes())])
        .with("theme = \"flood\"\nclass = \"ALEA\"")
        .load();
    assert_eq!(told(&territory, "hazards", "theme")[0].1, "flood");
    assert_eq!(told(&territory, "hazards", "level")[0].1, "?");
    let refused =
        Folder::new().layer("hazards", &[("alea_crue.geojson", flood.as_bytes())]).try_load();
    assert!(refused.is_err(), "nothing says what the file is");
}
