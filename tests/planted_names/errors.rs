//! Files without titles, of other columns, of other layers: what errors say.

use gisement::io::load::LooseKind;
use gisement::io::load::check_files;
use gisement::io::problem_words;
use gisement::io::schema::SCHEMAS;
use gisement::io::schema::Schema;
use gisement::words::Lang;
use gisement::words::Tell;
use gisement::words::Words;

use crate::drawn::Drawn;
use crate::planted::WRITTEN;
use crate::planted::table;
use crate::searched::Found;

/// Schemas with columns.
fn schemas() -> impl Iterator<Item = &'static Schema> {
    SCHEMAS.iter().copied().filter(|schema| !schema.columns.is_empty())
}

/// What a check of loose files says of each problem and error, in both languages; a command tells one of each kind.
#[test]
fn nobody_is_named_by_a_check_of_loose_files() {
    let dir = tempfile::tempdir().unwrap();
    let mut paths = Vec::new();
    for schema in schemas() {
        let table = table(schema, 1, &WRITTEN);
        let stem = schema.names.first().map_or(schema.id, |name| name.trim_start_matches('~'));
        let mut files = vec![("csv", table.csv()), ("sans-titres.csv", table.headless())];
        files.extend(table.geojson().map(|text| ("geojson", text)));
        for (end, text) in files {
            let folder = dir.path().join(schema.id);
            std::fs::create_dir_all(&folder).unwrap();
            let path = folder.join(format!("{stem}.{end}"));
            std::fs::write(&path, text).unwrap();
            paths.push(path);
        }
    }
    let both = [Lang::Fr, Lang::En].map(|lang| Words::new(lang).unwrap());
    let mut found = Found::default();
    let mut n_problems = 0;
    for kind in LooseKind::ALL.into_iter().map(Some).chain([None]) {
        let check = check_files(&paths, kind, Some("EPSG:2154"));
        let what = format!("as {}", kind.map_or("found out", LooseKind::as_str));
        for words in &both {
            for (file, error) in &check.unreadable {
                found.look(&format!("{what}, {file}"), words.tell(&error.told()).as_bytes());
                found.look(&format!("{what}, {file}"), error.to_string().as_bytes());
            }
            for layer in &check.layers {
                found.look(&format!("{what}, {}", layer.path), layer.layer.as_bytes());
                for problem in &layer.problems {
                    n_problems += 1;
                    let text = problem_words::in_words(problem, words);
                    found.look(&format!("{what}, {}", layer.path), text.as_bytes());
                }
            }
        }
    }
    assert!(n_problems > 1000, "{n_problems}");
    found.assert_nothing();
}

/// A file without titles, one of which the configuration names a column that it does not have, and one read by a schema
/// of another layer's columns: the load stops, and says why.
#[test]
fn nobody_is_named_by_what_stops_a_command() {
    let drawn = Drawn::new();
    let mut found = Found::default();
    let mut n_stopped = 0;
    for schema in schemas() {
        let table = table(schema, 1, &WRITTEN);
        let crs = if table.has_shape { "crs = \"EPSG:2154\"\n" } else { "" };
        let layer = schema.layer;
        let by_schema = format!("schema = \"{}\"\n", schema.id);
        let no_column = format!("columns = {{ {} = \"bourg\" }}\n", schema.columns[0].ours);
        for (text, more) in [
            (table.headless(), ""),
            (table.headless(), by_schema.as_str()),
            (table.headless(), no_column.as_str()),
            (table.csv(), no_column.as_str()),
        ] {
            drawn.write("planted.csv", &text);
            drawn.write(
                "gisement.toml",
                &format!(
                    "[territory]\nname = \"Territoire\"\ncommunes = [\"82112\"]\n\
                     {}[layers.{layer}]\npath = \"planted.csv\"\n{crs}{more}",
                    if layer == "communes" {
                        ""
                    } else {
                        "[layers.communes]\npath = \"communes.geojson\"\n"
                    }
                ),
            );
            let ran = drawn.run(&["check"]);
            found.look_at(&format!("{}, {more}", schema.id), &ran);
            n_stopped += usize::from(ran.code == 2);
        }
    }
    assert!(n_stopped > 2 * schemas().count(), "{n_stopped}");
    found.assert_nothing();
}
