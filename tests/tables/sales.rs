//! DVF in its two published forms, with the same deeds and the same answers.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use gisement::domain::ProblemCode;

use crate::folder::Folder;
use crate::folder::counts;
use crate::folder::number;
use crate::folder::problems;

/// Header of geo-dvf, vintage 2024.
const GEO: &str = "id_mutation,date_mutation,numero_disposition,nature_mutation,valeur_fonciere,adresse_numero,adresse_suffixe,adresse_nom_voie,adresse_code_voie,code_postal,code_commune,nom_commune,code_departement,ancien_code_commune,ancien_nom_commune,id_parcelle,ancien_id_parcelle,numero_volume,lot1_numero,lot1_surface_carrez,lot2_numero,lot2_surface_carrez,lot3_numero,lot3_surface_carrez,lot4_numero,lot4_surface_carrez,lot5_numero,lot5_surface_carrez,nombre_lots,code_type_local,type_local,surface_reelle_bati,nombre_pieces_principales,code_nature_culture,nature_culture,code_nature_culture_speciale,nature_culture_speciale,surface_terrain,longitude,latitude";

/// Header of the DGFiP's file, vintage 2023.
const DGFIP: &str = "Identifiant de document|Reference document|1 Articles CGI|2 Articles CGI|3 Articles CGI|4 Articles CGI|5 Articles CGI|No disposition|Date mutation|Nature mutation|Valeur fonciere|No voie|B/T/Q|Type de voie|Code voie|Voie|Code postal|Commune|Code departement|Code commune|Prefixe de section|Section|No plan|No Volume|1er lot|Surface Carrez du 1er lot|2eme lot|Surface Carrez du 2eme lot|3eme lot|Surface Carrez du 3eme lot|4eme lot|Surface Carrez du 4eme lot|5eme lot|Surface Carrez du 5eme lot|Nombre de lots|Code type local|Type local|Identifiant local|Surface reelle bati|Nombre pieces principales|Nature culture|Nature culture speciale|Surface terrain";

/// Deed, date, nature, price, commune, parcel, premises, built area, culture, land.
type Row = (
    u32,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    u32,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
);

const VEFA: &str = "Vente en l'état futur d'achèvement";

const ROWS: [Row; 24] = [
    // A house of 100 m² with a garage, on a parcel with garden and field, and a second parcel: 200 000 €, 2 000 €/m².
    (1, "2023-01-10", "Vente", "200000", "82033", 1, "1", "100", "S", "500"),
    (1, "2023-01-10", "Vente", "200000", "82033", 1, "3", "0", "S", "500"),
    (1, "2023-01-10", "Vente", "200000", "82033", 1, "1", "100", "J", "900"),
    (1, "2023-01-10", "Vente", "200000", "82033", 1, "3", "0", "J", "900"),
    (1, "2023-01-10", "Vente", "200000", "82033", 2, "", "", "T", "5000"),
    // A house: 1 500 €/m².
    (2, "2023-02-01", "Vente", "120000", "82033", 3, "1", "80", "S", "400"),
    // A block of two flats: 150 000 / (60 + 40) = 1 500 €/m².
    (3, "2023-02-01", "Vente", "150000.5", "82033", 4, "2", "60", "", ""),
    (3, "2023-02-01", "Vente", "150000.5", "82033", 4, "2", "40.0", "", ""),
    // A flat before it is built: 3 000 €/m².
    (4, "2022-12-31", VEFA, "150000", "82033", 5, "2", "50", "", ""),
    // A flat without area: a sale without price per m².
    (5, "2023-03-01", "Vente", "90000", "82033", 6, "2", "0", "", ""),
    // One symbolic euro.
    (6, "2023-03-02", "Vente", "1", "82033", 7, "1", "90", "S", "100"),
    // Land only.
    (7, "2023-03-03", "Vente", "30000", "82112", 1, "", "", "T", "9000"),
    // A shop only.
    (8, "2023-03-04", "Vente", "80000", "82112", 2, "4", "70", "S", "90"),
    // A house with a shop.
    (9, "2023-03-05", "Vente", "180000", "82112", 3, "1", "90", "S", "90"),
    (9, "2023-03-05", "Vente", "180000", "82112", 3, "4", "70", "S", "90"),
    // A house here, a meadow in a commune of the territory and one outside.
    (10, "2023-03-06", "Vente", "250000", "82112", 4, "1", "110", "S", "700"),
    (10, "2023-03-06", "Vente", "250000", "32012", 1, "", "", "P", "4000"),
    (10, "2023-03-06", "Vente", "250000", "31555", 1, "", "", "P", "1000"),
    // An exchange.
    (11, "2023-03-07", "Echange", "100000", "82112", 5, "1", "100", "S", "300"),
    // A house and a flat.
    (12, "2023-03-08", "Vente", "300000", "82112", 6, "1", "100", "S", "300"),
    (12, "2023-03-08", "Vente", "300000", "82112", 6, "2", "50", "S", "300"),
    // Sold outside.
    (13, "2023-03-09", "Vente", "999000", "31555", 2, "1", "100", "S", "300"),
    // A price that is none.
    (14, "2023-03-10", "Vente", "cher", "82112", 7, "1", "100", "S", "300"),
    // A commune that is none.
    (15, "2023-03-11", "Vente", "100000", "8?112", 8, "1", "100", "S", "300"),
];

fn geo_line(row: &Row) -> String {
    let (deed, date, nature, price, commune, parcel, premises, built, culture, land) = *row;
    let parcel = format!("{commune}000AB{parcel:04}");
    let department = &commune[..2];
    format!(
        "2023-{deed},{date},000001,{nature},{price},,,,,,{commune},Ville,{department},,,{parcel},,,,,,,,,,,,,0,{premises},,{built},,{culture},,,,{land},1.1,44.1"
    )
}

fn dgfip_line(row: &Row) -> String {
    let (_, date, nature, price, commune, parcel, premises, built, culture, land) = *row;
    let (year, rest) = date.split_once('-').unwrap();
    let (month, day) = rest.split_once('-').unwrap();
    let price = price.replace('.', ",");
    let built = built.replace('.', ",");
    // As the file has it: the number without its zeros.
    let (department, number) = commune.split_at(2);
    let number = number.trim_start_matches('0');
    format!(
        "|||||||000001|{day}/{month}/{year}|{nature}|{price}|||||||VILLE|{department}|{number}||AB|{parcel}||||||||||||0|{premises}|||{built}||{culture}||{land}"
    )
}

fn file(header: &str, line: impl Fn(&Row) -> String, rows: &[Row]) -> Vec<u8> {
    let mut text = format!("{header}\n");
    for row in rows {
        text += &line(row);
        text.push('\n');
    }
    text.into_bytes()
}

fn check(folder: &Folder, form: &str) {
    let territory = folder.load();
    assert_eq!(counts(&territory, "sales"), [24, 21, 1, 2], "{form}");
    let of = |commune, column| number(&territory, "sales", commune, column);
    let castelsarrasin = |column| of("82033", column);
    assert_eq!(castelsarrasin("dwelling_sales"), Some(6.0), "{form}");
    assert_eq!(castelsarrasin("house_sales"), Some(3.0), "{form}");
    assert_eq!(castelsarrasin("flat_sales"), Some(3.0), "{form}");
    assert_eq!(castelsarrasin("deeds_set_aside"), Some(0.0), "{form}");
    assert_eq!(castelsarrasin("house_price_m2"), Some(1750.0), "{form}");
    assert_eq!(castelsarrasin("house_price_n"), Some(2.0), "{form}");
    assert_eq!(castelsarrasin("flat_price_m2"), Some(2250.0025), "{form}");
    assert_eq!(castelsarrasin("flat_price_n"), Some(2.0), "{form}");
    // 1 500, 1 500.005, 2 000, 3 000.
    assert_eq!(castelsarrasin("price_m2"), Some(1750.0025), "{form}");
    assert_eq!(castelsarrasin("price_n"), Some(4.0), "{form}");
    // One house of unreadable price; a shop, a meadow, an exchange, and what spans communes are no sales of dwellings.
    assert_eq!(of("82112", "dwelling_sales"), Some(1.0), "{form}");
    assert_eq!(of("82112", "house_price_m2"), None, "{form}");
    assert_eq!(of("82112", "price_n"), Some(0.0), "{form}");
    assert_eq!(of("82112", "deeds_set_aside"), Some(4.0), "{form}");
    assert_eq!(of("32012", "dwelling_sales"), Some(0.0), "{form}");
    assert_eq!(of("32012", "deeds_set_aside"), Some(1.0), "{form}");
    assert_eq!(of("32002", "dwelling_sales"), None, "{form}");
    let told = |code| problems(&territory, code);
    let several = told(ProblemCode::DeedSeveralCommunes);
    assert_eq!(several.len(), 1, "{form}");
    assert_eq!(several[0].value, "31555, 32012, 82112", "{form}");
    assert_eq!(told(ProblemCode::DeedMixed).len(), 2, "{form}");
    assert_eq!(told(ProblemCode::DeedOtherNature).len(), 1, "{form}");
    let price = told(ProblemCode::NumberMalformed)[0].detail.as_ref().map(ToString::to_string);
    let withheld = price.is_some_and(|price| price.starts_with("price: a text of "));
    assert!(withheld, "{form}");
    assert_eq!(territory.tables["sales"].vintages["price_m2"], "2022-2023", "{form}");
    let rows: Vec<_> = territory
        .problems
        .iter()
        .filter(|problem| problem.row.is_some())
        .map(|problem| (problem.file.clone(), problem.row))
        .collect();
    assert!(rows.is_sorted(), "{form}: {rows:?}");
}

/// geo-dvf, vintage 2024, packed as it is published.
#[test]
fn geo_dvf() {
    let bytes = file(GEO, geo_line, &ROWS);
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(&bytes).unwrap();
    let packed = packed.finish().unwrap();
    check(&Folder::new().layer("sales", &[("82.csv.gz", &packed)]), "packed");
    check(&Folder::new().layer("sales", &[("82.csv", &bytes)]), "plain");
}

/// Deeds are named: rows in any order give the same answer, and so do files per commune.
#[test]
fn geo_dvf_in_any_order() {
    let mut rows = ROWS.to_vec();
    rows.reverse();
    // Rows of one deed far apart, the one outside before the others.
    rows.sort_by_key(|row| (row.4 != "31555", row.9.len(), row.0));
    check(&Folder::new().layer("sales", &[("82.csv", &file(GEO, geo_line, &rows))]), "shuffled");

    let of = |commune: &str| -> Vec<Row> {
        ROWS.iter().filter(|row| row.4.starts_with(commune)).copied().collect()
    };
    let parts = ["31", "32", "82033", "82112", "8?"].map(|code| file(GEO, geo_line, &of(code)));
    let names = ["31.csv", "32.csv", "82033.csv", "82112.csv", "none.csv"];
    let files: Vec<(&str, &[u8])> =
        names.iter().copied().zip(parts.iter().map(Vec::as_slice)).collect();
    check(&Folder::new().layer("sales", &files), "per commune");
}

/// The DGFiP's own form: no name of the deed, rows that stand together.
#[test]
fn dgfip_text() {
    let bytes = file(DGFIP, dgfip_line, &ROWS);
    check(&Folder::new().layer("sales", &[("ValeursFoncieres-2023.txt", &bytes)]), "DGFiP");
}

/// The same deeds in a file of the department and one of the commune count once.
#[test]
fn the_same_sales_in_two_files() {
    let all = file(GEO, geo_line, &ROWS[..6]);
    let again = file(GEO, geo_line, &ROWS[5..6]);
    let territory = Folder::new().layer("sales", &[("82.csv", &all), ("82033.csv", &again)]).load();
    assert_eq!(counts(&territory, "sales"), [7, 6, 1, 0]);
    assert_eq!(number(&territory, "sales", "82033", "house_price_m2"), Some(1750.0));
    let told = problems(&territory, ProblemCode::RowDuplicate);
    assert_eq!((told[0].file.as_str(), told[0].value.as_str()), ("82033.csv", "2023-2"));
}

const LAND_SALE: &str = "Vente terrain à bâtir";

/// Building land and workshops; each deed is told with what it is.
const LAND_ROWS: [Row; 15] = [
    // Two parcels of building land: 60 000 / (500 + 1 000) = 40 €/m².
    (1, "2023-01-10", LAND_SALE, "60000", "82033", 1, "", "", "AB", "500"),
    (1, "2023-01-10", LAND_SALE, "60000", "82033", 2, "", "", "AB", "1000"),
    // One row twice, as a register repeats it: 20 000 / 1 000 = 20 €/m².
    (2, "2023-01-11", "Vente", "20000", "82033", 3, "", "", "AB", "1000"),
    (2, "2023-01-11", "Vente", "20000", "82033", 3, "", "", "AB", "1000"),
    // Building land and a field: the price belongs to neither.
    (3, "2023-01-12", "Vente", "90000", "82033", 4, "", "", "AB", "100"),
    (3, "2023-01-12", "Vente", "90000", "82033", 4, "", "", "T", "5000"),
    // Building land with a house on it; a house to be built; an exchange; one euro; no area.
    (4, "2023-01-13", "Vente", "180000", "82033", 5, "1", "90", "AB", "800"),
    (5, "2023-01-14", VEFA, "180000", "82033", 6, "", "", "AB", "800"),
    (6, "2023-01-15", "Echange", "50000", "82033", 7, "", "", "AB", "800"),
    (7, "2023-01-16", "Vente", "1", "82033", 8, "", "", "AB", "800"),
    (8, "2023-01-17", "Vente", "50000", "82033", 9, "", "", "AB", ""),
    // A workshop of 200 m² with a garage, its price per built m²: 500 €.
    (9, "2023-01-18", "Vente", "100000", "82112", 1, "4", "200", "S", "900"),
    (9, "2023-01-18", "Vente", "100000", "82112", 1, "3", "0", "S", "900"),
    // A workshop with a flat: mixed.
    (10, "2023-01-19", "Vente", "100000", "82112", 2, "4", "100", "S", "900"),
    (10, "2023-01-19", "Vente", "100000", "82112", 2, "2", "100", "S", "900"),
];

#[test]
fn building_land_and_workshops_have_their_own_prices() {
    let dgfip = file(DGFIP, dgfip_line, &LAND_ROWS);
    let geo = file(GEO, geo_line, &LAND_ROWS);
    for (name, bytes) in [("82.csv", geo), ("ValeursFoncieres-2023.txt", dgfip)] {
        let territory = Folder::new().layer("sales", &[(name, &bytes)]).load();
        let of = |commune, column| number(&territory, "sales", commune, column);
        assert_eq!(of("82033", "building_land_price_eur_m2"), Some(30.0), "{name}");
        assert_eq!(of("82033", "building_land_n"), Some(2.0), "{name}");
        assert_eq!(of("82033", "industrial_price_eur_m2"), None, "{name}");
        assert_eq!(of("82033", "industrial_n"), Some(0.0), "{name}");
        assert_eq!(of("82112", "industrial_price_eur_m2"), Some(500.0), "{name}");
        assert_eq!(of("82112", "industrial_n"), Some(1.0), "{name}");
        assert_eq!(of("82112", "building_land_price_eur_m2"), None, "{name}");
    }
}
