use std::path::Path;

use geo::Geometry;
use geo::Point;
use gisement::domain::ProblemCode;
use gisement::domain::Territory;
use gisement::io::config::Config;
use gisement::spatial::network::Cost;
use gisement::spatial::network::RoadNetwork;
use gisement::spatial::network::Toward;
use shapefile::Polyline;
use shapefile::dbase::FieldName;
use shapefile::dbase::FieldValue;
use shapefile::dbase::Record;
use shapefile::dbase::TableWriterBuilder;

use super::measures::Folder;
use super::measures::X;
use super::measures::Y;
use super::measures::line;
use super::measures::ring;

/// A network of one stretch of 1 000 m per column of the tests below, one above the other.
fn minutes(network: &RoadNetwork, row: usize, is_back: bool) -> Option<f64> {
    let at = |x: f64| {
        let place = Geometry::Point(Point::new(X + x, Y + row as f64 * 100.0));
        network.accesses(&place, 1.0)
    };
    let (from, to) = if is_back { (at(1000.0), at(0.0)) } else { (at(0.0), at(1000.0)) };
    network.field(&from, Toward::Nodes, Cost::Minutes, f64::INFINITY).at(&to)
}

/// Speeds there and back, km/h, to a millionth; `None` where it cannot be driven.
#[track_caller]
fn assert_speeds(territory: &Territory, expected: &[(Option<f64>, Option<f64>)]) {
    let network = territory.road_network().unwrap();
    for (row, (there, back)) in expected.iter().enumerate() {
        for (is_back, speed) in [(false, there), (true, back)] {
            let found = minutes(network, row, is_back).map(|minutes| 60.0 / minutes);
            match (found, speed) {
                (Some(found), Some(speed)) => {
                    assert!((found - speed).abs() < 1e-6, "row {row}: {found} is not {speed}");
                }
                (found, speed) => assert_eq!(found, *speed, "row {row}"),
            }
        }
    }
}

fn with_roads(toml: &str) -> Folder {
    let folder = Folder::new().without_roads();
    folder.add(&format!("[layers.roads]\n{toml}"));
    folder
}

/// BD TOPO v3 as GeoJSON or GeoPackage has it (IGN, descriptif de contenu, version 3.3, TRONCON_DE_ROUTE).
#[test]
fn bdtopo_v3_in_long_names() {
    let folder = with_roads("path = \"TRONCON_DE_ROUTE.geojson\"\n");
    let road = |row: f64, nature: &str, importance: &str, sens: &str, speed: &str, access: &str| {
        let properties = format!(
            "\"cleabs\":\"TRONROUT00000000{row:08}\",\"nature\":\"{nature}\",\"nom_collaboratif_gauche\":null,\
             \"importance\":\"{importance}\",\"fictif\":false,\"position_par_rapport_au_sol\":\"0\",\
             \"etat_de_l_objet\":\"En service\",\"date_creation\":\"2006-05-12T00:00:00\",\"nombre_de_voies\":2,\
             \"largeur_de_chaussee\":5.0,\"itineraire_vert\":false,\"prive\":false,\"sens_de_circulation\":\"{sens}\",\
             \"urbain\":false,\"vitesse_moyenne_vl\":{speed},\"acces_vehicule_leger\":\"{access}\",\
             \"cpx_numero\":\"D 813\",\"cpx_classement_administratif\":\"Départementale\""
        );
        (line(0.0, row * 100.0, 1000.0, row * 100.0), properties)
    };
    folder.features(
        "TRONCON_DE_ROUTE",
        &[
            road(0.0, "Route à 1 chaussée", "3", "Double sens", "70", "Libre"),
            road(1.0, "Route à 1 chaussée", "4", "Sens direct", "45", "Libre"),
            road(2.0, "Route à 2 chaussées", "1", "Sens inverse", "100", "A péage"),
            road(3.0, "Route à 1 chaussée", "5", "Double sens", "0", "Libre"),
            road(4.0, "Route à 1 chaussée", "5", "Double sens", "30", "Restreint aux ayants droit"),
            road(5.0, "Chemin", "6", "Sans objet", "10", "Libre"),
        ],
    );
    let territory = folder.load();
    assert_eq!(territory.objects["roads"].provenance.schema, "bdtopo-route");
    assert_speeds(
        &territory,
        &[
            (Some(70.0), Some(70.0)),
            (Some(45.0), None),
            (None, Some(100.0)),
            // No mean speed: the usual one of the importance.
            (Some(40.0), Some(40.0)),
            (None, None),
            (None, None),
        ],
    );
}

/// Writes lines of 1 000 m one above the other, with text columns as shapefiles of producers have them.
fn shapefile_of(folder: &Folder, name: &str, columns: &[(&str, u8)], rows: &[Vec<&str>]) {
    let mut table = TableWriterBuilder::new();
    for (column, width) in columns {
        table = table.add_character_field(FieldName::try_from(*column).unwrap(), *width);
    }
    let path = folder.path(&format!("{name}.shp"));
    let mut writer = shapefile::Writer::from_path(&path, table).unwrap();
    for (at, row) in rows.iter().enumerate() {
        let y = Y + at as f64 * 100.0;
        let line =
            Polyline::new(vec![shapefile::Point::new(X, y), shapefile::Point::new(X + 1000.0, y)]);
        let mut record = Record::default();
        for ((column, _), value) in columns.iter().zip(row) {
            record.insert((*column).to_owned(), FieldValue::Character(Some((*value).to_owned())));
        }
        writer.write_shape_and_record(&line, &record).unwrap();
    }
    drop(writer);
    folder.write(
        &format!("{name}.prj"),
        "PROJCS[\"RGF93_Lambert_93\",GEOGCS[\"GCS_RGF93\",DATUM[\"D_RGF_1993\",SPHEROID[\"GRS_1980\",6378137.0,298.257222101]],\
         PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\",0.0174532925199433]],PROJECTION[\"Lambert_Conformal_Conic\"],\
         PARAMETER[\"False_Easting\",700000.0],PARAMETER[\"False_Northing\",6600000.0],PARAMETER[\"Central_Meridian\",3.0],\
         PARAMETER[\"Standard_Parallel_1\",44.0],PARAMETER[\"Standard_Parallel_2\",49.0],\
         PARAMETER[\"Latitude_Of_Origin\",46.5],UNIT[\"Meter\",1.0]]",
    );
    folder.write(&format!("{name}.cpg"), "UTF-8");
}

/// BD TOPO v3 as shapefile: names of ten letters at most.
#[test]
fn bdtopo_v3_in_short_names() {
    let folder = with_roads("path = \"TRONCON_DE_ROUTE.shp\"\n");
    let columns = [
        ("ID", 24),
        ("NATURE", 30),
        ("IMPORTANCE", 4),
        ("FICTIF", 3),
        ("POS_SOL", 4),
        ("ETAT", 20),
        ("NB_VOIES", 3),
        ("LARGEUR", 5),
        ("SENS", 20),
        ("URBAIN", 3),
        ("VIT_MOY_VL", 4),
        ("ACCES_VL", 26),
        ("CPX_NUMERO", 10),
    ];
    let row = |id, nature, sens, ground, state, speed, access| {
        vec![id, nature, "3", "Non", ground, state, "2", "5.5", sens, "Non", speed, access, "D14"]
    };
    shapefile_of(
        &folder,
        "TRONCON_DE_ROUTE",
        &columns,
        &[
            row(
                "TRONROUT0000000001",
                "Route à 1 chaussée",
                "Double sens",
                "0",
                "En service",
                "70",
                "Libre",
            ),
            row(
                "TRONROUT0000000002",
                "Rond-point",
                "Sens direct",
                "0",
                "En service",
                "30",
                "Libre",
            ),
            row(
                "TRONROUT0000000003",
                "Route à 1 chaussée",
                "Double sens",
                "0",
                "En projet",
                "70",
                "Libre",
            ),
            row(
                "TRONROUT0000000004",
                "Route à 1 chaussée",
                "Double sens",
                "0",
                "En service",
                "70",
                "Physiquement impossible",
            ),
        ],
    );
    let territory = folder.load();
    assert_eq!(territory.objects["roads"].provenance.schema, "bdtopo-route");
    let both = Some(70.0);
    assert_speeds(&territory, &[(both, both), (Some(30.0), None), (None, None), (None, None)]);
}

/// Any lines with names of their own, here those of an OpenStreetMap extract; words of the columns in gisement.toml.
#[test]
fn any_line_layer_with_class_speed_and_direction_configured() {
    let columns =
        "columns = { class = \"fclass\", speed_kmh = \"maxspeed\", direction = \"oneway\" }\n";
    let columns_of_file =
        [("osm_id", 12), ("fclass", 28), ("name", 40), ("oneway", 1), ("maxspeed", 3)];
    let folder = with_roads(&format!("path = \"gis_osm_roads_free_1.shp\"\n{columns}"));
    shapefile_of(
        &folder,
        "gis_osm_roads_free_1",
        &columns_of_file,
        &[
            vec!["1", "primary", "", "B", "80"],
            vec!["2", "residential", "", "F", "30"],
            vec!["3", "tertiary", "", "T", "50"],
            // No speed said: that of a street.
            vec!["4", "unclassified", "", "B", "0"],
        ],
    );
    let territory = folder.load();
    let (street, fast) = (Some(40.0), Some(80.0));
    let expected = [(fast, fast), (Some(30.0), None), (None, Some(50.0)), (street, street)];
    assert_speeds(&territory, &expected);

    let folder = with_roads(
        "path = \"voirie.geojson\"\ncolumns = { class = \"categorie\", importance = \"rang\", speed_kmh = \"v\", direction = \"sens_unique\" }\n",
    );
    let road = |row: f64, class: &str, rank: &str, v: &str, sens: &str| {
        let properties = format!(
            "\"categorie\":\"{class}\",\"rang\":\"{rank}\",\"v\":{v},\"sens_unique\":\"{sens}\""
        );
        (line(0.0, row * 100.0, 1000.0, row * 100.0), properties)
    };
    folder.features(
        "voirie",
        &[
            road(0.0, "départementale", "3", "55.5", "no"),
            road(1.0, "communale", "5", "null", "yes"),
            road(2.0, "Sentier", "5", "null", "no"),
            road(3.0, "départementale", "2", "null", "-1"),
        ],
    );
    let road = Some(55.5);
    assert_speeds(
        &folder.load(),
        &[(road, road), (Some(40.0), None), (None, None), (None, Some(75.0))],
    );
}

/// Speeds by class and importance, none where no car may drive, and the share left in town, all of gisement.toml.
#[test]
fn speeds_of_a_territory_by_class_of_its_own() {
    let toml = "path = \"voirie.geojson\"\ncolumns = { class = \"categorie\", importance = \"rang\", speed_kmh = \"v\" }\n\
                speeds_kmh = { \"Departementale\" = 72, communale = 36, piste = 0, 4 = 52, voie_verte = 20 }\ntown_factor = 0.5\n";
    let folder = with_roads(toml);
    let road = |row: f64, class: &str, rank: &str, v: &str| {
        let properties = format!("\"categorie\":{class},\"rang\":\"{rank}\",\"v\":{v}");
        (line(0.0, row * 100.0, 1000.0, row * 100.0), properties)
    };
    folder.features(
        "voirie",
        &[
            road(0.0, "\"départementale\"", "4", "null"),
            road(1.0, "\"communale\"", "5", "44"),
            road(2.0, "\"Piste\"", "5", "30"),
            road(3.0, "null", "4", "null"),
            road(4.0, "\"impasse\"", "5", "null"),
            road(5.0, "\"impasse\"", "5", "61"),
        ],
    );
    let both = |speed: f64| (Some(speed), Some(speed));
    let territory = folder.load();
    // The territory's word for a class wins over the producer's speed of the second road, and closes the third; the sixth
    // keeps the speed that its producer gives, since nothing is said of it here.
    let expected = [both(72.0), both(36.0), (None, None), both(52.0), both(40.0), both(61.0)];
    assert_speeds(&territory, &expected);
    let told: Vec<&str> = territory
        .problems
        .iter()
        .filter(|problem| problem.code == ProblemCode::SpeedOfNoRoad)
        .map(|problem| problem.value.as_str())
        .collect();
    assert_eq!(told, ["voie_verte"]);

    // All but the fifth run through a zone of dwellings, where usual speeds are halved, and the producer's is not.
    folder.features(
        "zones",
        &[
            (ring(-10.0, -10.0, 1010.0, 350.0), "\"typezone\":\"U\",\"libelle\":\"UB\"".to_owned()),
            (ring(-10.0, 450.0, 1010.0, 550.0), "\"typezone\":\"U\",\"libelle\":\"UB\"".to_owned()),
        ],
    );
    folder.add("[layers.zoning]\npath = \"zones.geojson\"\n");
    let expected = [both(36.0), both(18.0), (None, None), both(26.0), both(40.0), both(61.0)];
    assert_speeds(&folder.load(), &expected);
}

#[test]
fn speeds_that_are_none_are_refused() {
    for (toml, said) in [
        ("speeds_kmh = { rue = 500 }", "speeds_kmh: 500 of \"rue\" is no speed"),
        ("speeds_kmh = { rue = -1 }", "speeds_kmh: -1 of \"rue\" is no speed"),
        ("speeds_kmh = { rue = nan }", "speeds_kmh: NaN of \"rue\" is no speed"),
        ("town_factor = 0", "town_factor = 0 is no share"),
        ("town_factor = 1.5", "town_factor = 1.5 is no share"),
    ] {
        let text = format!("[layers.roads]\npath = \"a.shp\"\n{toml}\n");
        let error = Config::from_toml(&text, Path::new("."), Path::new("g.toml")).unwrap_err();
        assert!(error.to_string().contains(said), "{error}");
    }
    let text = "[layers.railways]\npath = \"a.shp\"\nspeeds_kmh = { rue = 50 }\n";
    let error = Config::from_toml(text, Path::new("."), Path::new("g.toml")).unwrap_err();
    assert!(error.to_string().contains("which only [layers.roads] understands"), "{error}");
}
