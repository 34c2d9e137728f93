//! Every error that a user can provoke, as a person sees it who asks for nothing: in French, with the file (or what was
//! asked for) and the next move.

use std::fs;
use std::io::Cursor;
use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use zip::write::SimpleFileOptions;

use crate::drawn::Drawn;
use crate::drawn::PARCELS;
use crate::drawn::collection;
use crate::drawn::feature;
use crate::drawn::rectangle;
use crate::drawn::run_in;

/// Words that no French sentence holds.
const ENGLISH: &[&str] = &[
    "the", "is", "are", "cannot", "not", "and", "of", "it", "its", "with", "to", "file", "row",
    "give", "has", "have", "no", "in", "there", "this", "layer", "unknown", "column", "must",
    "that", "than", "be", "by", "from", "for", "does", "bytes", "give", "write", "choose",
    "unpack", "remove", "correct", "check", "folder", "add", "first",
];

/// One thing that goes wrong.
struct Case {
    what: &'static str,
    /// What is changed in the drawn territory.
    spoil: fn(&Drawn),
    args: &'static [&'static str],
    /// What the sentence names: file, feature, value, next move.
    says: &'static [&'static str],
    /// Where the words of other programs begin and end: they stay as they are.
    foreign: Option<(&'static str, &'static str)>,
}

const RANK: &[&str] = &["rank", "land"];

fn nothing(_: &Drawn) {}

/// A profile with one criterion.
fn profile(drawn: &Drawn, criterion: &str) {
    let text = format!(
        "id = \"essai-v1\"\ntitle = {{ fr = \"Essai\", en = \"Trial\" }}\nunit = \"parcel\"\nmethod = \"weighted-sum\"\n\
         [[criterion]]\nid = \"flood\"\nlabel = {{ fr = \"Eau\", en = \"Water\" }}\nsource = \"essai\"\n{criterion}\n"
    );
    drawn.write("gisement.toml", &text);
}

/// The parcels in another file.
fn parcels_in(drawn: &Drawn, name: &str, content: &[u8]) {
    fs::write(drawn.path(name), content).unwrap();
    drawn.change("gisement.toml", "parcels.geojson", name);
}

fn zip_of(entry: &str) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file(entry, SimpleFileOptions::default()).unwrap();
    writer.write_all(b"{}").unwrap();
    writer.finish().unwrap().into_inner()
}

fn cut_gzip() -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::default());
    packer.write_all(Drawn::parcels(&PARCELS).as_bytes()).unwrap();
    let packed = packer.finish().unwrap();
    packed[..packed.len() - 20].to_vec()
}

/// Parcels that lie nowhere in France, in a system that nobody knows.
fn nowhere(drawn: &Drawn) {
    let far = "{\"type\":\"Polygon\",\"coordinates\":[[[-9e8,-9e8],[-8e8,-9e8],[-8e8,-8e8],[-9e8,-9e8]]]}";
    let properties = "\"id\":\"82112000AB0001\",\"commune\":\"82112\",\"contenance\":1";
    drawn.write("parcels.geojson", &collection(&[feature(far, properties)]));
    drawn.change("parcels.geojson", "urn:ogc:def:crs:EPSG::2154", "Repère local");
}

/// Parcels of which none has a shape that can be used.
fn half_a_position(drawn: &Drawn) {
    let bad = "{\"type\":\"Polygon\",\"coordinates\":[[[1.2],[1.3],[1.4],[1.2]]]}";
    let properties = "\"id\":\"82112000AB0001\",\"commune\":\"82112\",\"contenance\":1";
    drawn.write("parcels.geojson", &collection(&[feature(bad, properties)]));
}

fn shapefile_without_prj(drawn: &Drawn) {
    let ring = [(-9e8, -9e8), (-9e8, -8e8), (-8e8, -8e8), (-9e8, -9e8)];
    let points = ring.map(|(x, y)| shapefile::Point::new(x, y)).to_vec();
    let polygon = shapefile::Polygon::new(shapefile::PolygonRing::Outer(points));
    let mut writer = shapefile::ShapeWriter::from_path(drawn.path("parcels.shp")).unwrap();
    writer.write_shape(&polygon).unwrap();
    drop(writer);
    drawn.change("gisement.toml", "parcels.geojson", "parcels.shp");
}

#[rustfmt::skip]
fn configuration() -> Vec<Case> {
    vec![
        Case { what: "no configuration", spoil: |d| fs::remove_file(d.path("gisement.toml")).unwrap(), args: RANK,
            says: &["DIR : pas de gisement.toml ici", "`gisement init DIR`"], foreign: None },
        Case { what: "broken TOML", spoil: |d| d.change("gisement.toml", "[territory]", "[territory"), args: RANK,
            says: &["DIR/gisement.toml : configuration illisible", "à corriger à la ligne citée"],
            foreign: Some(("TOML parse error", "\u{0}")) },
        Case { what: "SIREN", spoil: |d| d.change("gisement.toml", "communes = [\"82112\"]", "epci = [\"2000\"]"), args: RANK,
            says: &["DIR/gisement.toml : « 2000 » n'est pas un numéro SIREN", "neuf chiffres"], foreign: None },
        Case { what: "theme", spoil: |d| d.change("gisement.toml", "class = \"classe\"", "theme = \"inondation\""), args: RANK,
            says: &["[layers.hazards] le thème \"inondation\" n'existe pas", "flood"], foreign: None },
        Case { what: "crs", spoil: |d| d.change("gisement.toml", "path = \"parcels.geojson\"", "path = \"parcels.geojson\"\ncrs = \"Lambert\""),
            args: RANK, says: &["[layers.parcels] crs = \"Lambert\" est incompréhensible", "EPSG:2154"], foreign: None },
        Case { what: "covers", spoil: |d| d.change("gisement.toml", "covers = \"territory\"", "covers = [\"821\"]"), args: RANK,
            says: &["[layers.hazards] covers : « 821 »", "cinq caractères"], foreign: None },
        Case { what: "schema", spoil: |d| d.change("gisement.toml", "path = \"parcels.geojson\"", "path = \"parcels.geojson\"\nschema = \"x\""),
            args: RANK, says: &["le schéma « x » n'existe pas", "il y a :"], foreign: None },
        Case { what: "no class", spoil: |d| d.change("gisement.toml", "class = \"classe\"\n", ""), args: RANK,
            says: &["hazards.geojson : rien ne dit de quel risque", "theme = \"flood\""], foreign: None },
        Case { what: "unknown commune", spoil: |d| d.change("gisement.toml", "communes = [\"82112\"]", "communes = [\"01001\"]"), args: RANK,
            says: &["commune 01001 : inconnue", "[layers.communes]"], foreign: None },
        Case { what: "init twice", spoil: nothing, args: &["init", "DIR"],
            says: &["DIR/gisement.toml : existe déjà", "choisir un autre dossier"], foreign: None },
        Case { what: "init with a bad code", spoil: nothing, args: &["init", "DIR/new", "--epci", "12"],
            says: &["--epci : « 12 » n'est pas un numéro SIREN valide"], foreign: None },
        Case { what: "demonstration over work", spoil: nothing, args: &["demo", "--out", "DIR"],
            says: &["DIR n'est pas vide", "choisir un autre dossier avec --out"], foreign: None },
    ]
}

#[rustfmt::skip]
fn files() -> Vec<Case> {
    vec![
        Case { what: "missing file", spoil: |d| fs::remove_file(d.path("parcels.geojson")).unwrap(), args: RANK,
            says: &["[layers.parcels] parcels.geojson : pas de tel fichier dans DIR", "corriger « path »"], foreign: None },
        Case { what: "bad glob", spoil: |d| d.change("gisement.toml", "parcels.geojson", "***"), args: RANK,
            says: &["[layers.parcels] *** : motif de noms de fichiers incompréhensible"], foreign: Some(("Pattern", "\u{0}")) },
        Case { what: "wrong column", spoil: |d| d.change("gisement.toml", "class = \"classe\"", "class = \"typeass\""), args: RANK,
            says: &["hazards.geojson : pas de colonne « typeass »", "le fichier a : classe"], foreign: None },
        Case { what: "columns of another layer", spoil: |d| d.change("gisement.toml", "zoning.geojson", "roads.geojson"), args: RANK,
            says: &["roads.geojson : les colonnes ne sont celles d'aucun fichier « zoning »", "corriger le fichier"], foreign: None },
        Case { what: "unknown EPSG", spoil: |d| d.change("parcels.geojson", "EPSG::2154", "EPSG::99999"), args: RANK,
            says: &["[layers.parcels] parcels.geojson : EPSG:99999 n'est pas une", "reprojeter le fichier en EPSG:2154"],
            foreign: Some(("Lambert-93 (", ") ;")) },
        Case { what: "unknown system", spoil: nowhere, args: RANK,
            says: &["projection « Repère local » inconnue", "ajouter crs ="], foreign: None },
        Case { what: "no system", spoil: shapefile_without_prj, args: RANK,
            says: &["parcels.shp : pas de projection", "ajouter crs = \"EPSG:2154\""], foreign: None },
        Case { what: "empty layer", spoil: |d| d.write("parcels.geojson", &collection(&[])), args: RANK,
            says: &["parcels.geojson : la couche est vide", "donner le bon fichier"], foreign: None },
        Case { what: "cut gzip", spoil: |d| parcels_in(d, "p.json.gz", &cut_gzip()), args: RANK,
            says: &["DIR/p.json.gz est coupé : ses données gzip s'arrêtent", "le télécharger de nouveau"], foreign: None },
        Case { what: "cut collection", spoil: |d| {
            let whole = Drawn::parcels(&PARCELS);
            d.write("parcels.geojson", &whole[..whole.find("82112000AB0004").unwrap()]);
        }, args: RANK, says: &["DIR/parcels.geojson est coupé après la ligne 3", "à la source"], foreign: None },
        Case { what: "JSON of something else", spoil: |d| parcels_in(d, "p.json", b"[1, 2]"), args: RANK,
            says: &["p.json est du JSON mais", "c'est une liste", "l'exporter en GeoJSON"], foreign: None },
        Case { what: "no geometry that can be used", spoil: half_a_position, args: RANK,
            says: &["aucune ligne utilisable sur 1 lues", "parcels.geojson, ligne 1 (82112000AB0001) : géométrie illisible", "la compléter"],
            foreign: None },
        Case { what: "archive that leads out", spoil: |d| parcels_in(d, "p.zip", &zip_of("../../p.geojson")), args: RANK,
            says: &["p.zip ne peut pas être décompressé", "mène hors de l'archive", "à la source"], foreign: None },
        Case { what: "archive of nothing", spoil: |d| parcels_in(d, "p.zip", &zip_of("note.pdf")), args: RANK,
            says: &["p.zip : ne contient aucun fichier lisible comme « parcels »", "la bonne archive"], foreign: None },
        Case { what: "damaged archive", spoil: |d| { let zip = zip_of("p.geojson"); parcels_in(d, "p.zip", &zip[..40]); }, args: RANK,
            says: &["p.zip ne peut pas être décompressé", "le reprendre à la source"], foreign: Some(("décompressé : ", " ; le reprendre")) },
        Case { what: "Parquet", spoil: |d| parcels_in(d, "p.parquet", b"PAR1...PAR1"), args: RANK,
            says: &["p.parquet n'est dans aucun format connu ici", "l'enregistrer en GeoPackage"], foreign: None },
        Case { what: "empty file", spoil: |d| parcels_in(d, "p.gpkg", b""), args: RANK,
            says: &["p.gpkg n'est dans aucun format connu ici", "il est vide"], foreign: None },
        Case { what: "database of something else", spoil: |d| {
            let database = rusqlite::Connection::open(d.path("p.gpkg")).unwrap();
            database.execute("CREATE TABLE t (a)", []).unwrap();
            drop(database);
            d.change("gisement.toml", "parcels.geojson", "p.gpkg");
        }, args: RANK, says: &["p.gpkg : c'est une base SQLite mais pas un GeoPackage", "exporter de nouveau"], foreign: None },
        Case { what: "open quote", spoil: |d| d.write("lovac.csv", "CODGEO_25;LIBGEO_25;pp_total_24;pp_vacant_25;pp_vacant_plus_2ans_25\n82112;\"Moissac;6 500;700;s\n"), args: RANK,
            says: &["lovac.csv n'est pas un tableau de texte", "un guillemet est ouvert et pas fermé à la ligne 1"], foreign: None },
        Case { what: "loose file", spoil: |d| fs::write(d.path("p.xlsx"), zip_of("a.xml")).unwrap(), args: &["check", "DIR/p.xlsx"],
            says: &["fichiers illisibles : 1"], foreign: None },
        Case { what: "loose file that is not there", spoil: nothing, args: &["check", "DIR/absent.shp"],
            says: &["DIR/absent.shp n'existe pas", "vérifier le chemin"], foreign: None },
    ]
}

#[rustfmt::skip]
fn questions() -> Vec<Case> {
    const PROFILE: &[&str] = &["explain", "82112", "--profile", "DIR/gisement.toml"];
    vec![
        Case { what: "no such profile", spoil: nothing, args: &["rank", "land", "--profile", "industrie-v9"],
            says: &["il n'y a pas de profil publié « industrie-v9 »", "industrie-v1"], foreign: None },
        Case { what: "no profile file", spoil: nothing, args: &["rank", "land", "--profile", "DIR/p.toml"],
            says: &["DIR/p.toml : ne peut pas être lu", "donner un profil publié"], foreign: Some(("lu : ", " ; donner")) },
        Case { what: "profile of another unit", spoil: nothing, args: &["rank", "land", "--profile", "logement-v1"],
            says: &["« logement-v1 » classe des communes", "classe des terrains"], foreign: None },
        Case { what: "weight", spoil: |d| profile(d, "measure = { area = true }\ncurve = [[0, 1], [1, 0]]\nweight = -1"), args: PROFILE,
            says: &["profil « essai-v1 », « flood » : weight = -1 n'est pas permis", "donner un poids de 0 ou plus"], foreign: None },
        Case { what: "curve", spoil: |d| profile(d, "measure = { area = true }\ncurve = [[0, 1]]\nweight = 1"), args: PROFILE,
            says: &["« flood » : une courbe a besoin d'au moins deux points"], foreign: None },
        Case { what: "key", spoil: |d| profile(d, "wieght = 1"), args: PROFILE,
            says: &["DIR/gisement.toml : profil illisible, à corriger à la ligne citée", "wieght"],
            foreign: Some(("TOML parse error", "\u{0}")) },
        Case { what: "layer of the ranking", spoil: |d| d.change("gisement.toml", "[layers.friches]\npath = \"friches.geojson\"\n", ""),
            args: &["rank", "friches"], says: &["classe des friches", "aucune couche « friches »", "ajouter [layers.friches]"], foreign: None },
        Case { what: "no such identifier", spoil: nothing, args: &["explain", "99999"],
            says: &["ni parcelle, ni friche, ni commune, ni EPCI « 99999 »", "`gisement rank`"], foreign: None },
        Case { what: "no such place", spoil: nothing, args: &["map", "land", "--at", "99999", "--out", "DIR/a.png"],
            says: &["--at 99999 : aucune commune ni EPCI"], foreign: None },
        Case { what: "map format", spoil: nothing, args: &["map", "land", "--out", "DIR/a.jpg"],
            says: &["DIR/a.jpg : le nom doit finir par .png ou .svg"], foreign: None },
        Case { what: "folder of the answer", spoil: nothing, args: &["rank", "land", "--format", "csv", "--out", "DIR/absent/a.csv"],
            says: &["ne peut pas être écrit", "vérifier le dossier"], foreign: Some(("écrit : ", " ; vérifier")) },
    ]
}

/// What is wrong with the answer to one case; empty when nothing is.
fn faults_of(case: &Case) -> Vec<String> {
    let drawn = Drawn::new();
    (case.spoil)(&drawn);
    let dir = drawn.dir.path().display().to_string();
    let args: Vec<String> = case.args.iter().map(|arg| arg.replace("DIR", &dir)).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let ran = run_in(drawn.dir.path(), "", &args);
    let mut faults = Vec::new();
    // PROJ, where it is built in, speaks up before our own sentence.
    let spoken = ran.stderr.find("gisement: ").map_or("", |at| &ran.stderr[at + 10..]);
    let mut sentence = format!("{}{spoken}", ran.stdout);
    if ran.code != 2 || spoken.is_empty() {
        faults.push(format!("exit code {}, stderr {}", ran.code, ran.stderr));
    }
    for part in case.says.iter().filter(|part| !sentence.contains(**part)) {
        faults.push(format!("does not say `{part}`: {sentence}"));
    }
    if let Some((start, end)) = case.foreign
        && let Some(from) = sentence.find(start).map(|at| at + start.len())
    {
        let to = sentence[from..].find(end).map_or(sentence.len(), |at| from + at);
        sentence.replace_range(from..to, "");
    }
    let is_inside = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '/' | '-' | '[');
    let english: Vec<&str> = sentence
        .split(|c: char| !is_inside(c))
        .map(|word| word.trim_matches('.'))
        .filter(|word| ENGLISH.contains(&word.to_lowercase().as_str()))
        .collect();
    if !english.is_empty() {
        faults.push(format!("speaks English {english:?}: {sentence}"));
    }
    faults.iter().map(|fault| format!("{}: {fault}", case.what)).collect()
}

#[test]
fn every_error_a_user_can_provoke_is_told_in_french() {
    let cases: Vec<Case> = configuration().into_iter().chain(files()).chain(questions()).collect();
    let faults: Vec<String> = cases.iter().flat_map(faults_of).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn another_locale_and_the_option_get_english() {
    let drawn = Drawn::new();
    let says = |locale: &str, args: &[&str]| run_in(drawn.dir.path(), locale, args).stderr;
    let question = ["explain", "99999"];
    assert!(says("de_DE.UTF-8", &question).starts_with("gisement: no terrain, parcel"));
    assert!(says("fr_FR.UTF-8", &question).starts_with("gisement: il n'y a ni terrain"));
    assert!(says("C.UTF-8", &question).starts_with("gisement: il n'y a ni terrain"));
    let asked = ["--lang", "en", "explain", "99999"];
    assert!(says("fr_FR.UTF-8", &asked).starts_with("gisement: no terrain, parcel"));
}

#[test]
fn the_fault_of_a_row_is_told_in_french_in_every_answer() {
    let drawn = Drawn::new();
    let good = feature(
        &rectangle(0.0, 0.0, 100.0, 200.0),
        "\"id\":\"82112000AB0001\",\"commune\":\"82112\",\"contenance\":20100",
    );
    let bad = feature(
        "{\"type\":\"Polygon\",\"coordinates\":[[[\"a\",2],[1,3],[1,4],[1,2]]]}",
        "\"id\":\"82112000AB0002\",\"commune\":\"82112\",\"contenance\":1",
    );
    drawn.write("parcels.geojson", &collection(&[good, bad]));
    let told = "parcels.geojson, ligne 2 (82112000AB0002) : coordonnée infinie ou non numérique";
    let fault = "une coordonnée n'est pas un nombre ; exporter de nouveau cet objet";
    for args in [["check", "--format", "table"], ["check", "--format", "json"]] {
        let ran = run_in(drawn.dir.path(), "", &args);
        assert_eq!(ran.code, 1, "{}", ran.stderr);
        assert!(ran.stdout.contains(told) && ran.stdout.contains(fault), "{}", ran.stdout);
    }
}
