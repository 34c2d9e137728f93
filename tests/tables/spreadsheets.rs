//! Spreadsheets as files, whole and hostile.

use std::fs;
use std::ops::ControlFlow;
use std::path::Path;
use std::time::Duration;
use std::time::Instant;

use gisement::io::read::Cell;
use gisement::io::read::Format;
use gisement::io::read::GeometryFrom;
use gisement::io::read::Limits;
use gisement::io::read::ReadError;
use gisement::io::read::Row;
use gisement::io::read::Want;
use gisement::io::read::format_of;
use gisement::io::read::probe;
use gisement::io::read::read;

use crate::workbook;

fn want() -> Want {
    let columns = Want::columns(&[&["code"], &["nom"], &["valeur"]]);
    Want { geometry: GeometryFrom::None, ..columns }
}

fn rows_of(path: &Path, want: &Want) -> Result<Vec<Row>, ReadError> {
    let mut rows = Vec::new();
    read(path, want, &mut |row| {
        rows.push(row);
        ControlFlow::Continue(())
    })?;
    Ok(rows)
}

/// Reads bytes under a name, and gives the rows or the message without the folder.
fn outcome(name: &str, bytes: &[u8], want: &Want) -> Result<Vec<Row>, String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    rows_of(&path, want)
        .map_err(|error| error.to_string().replace(&folder.path().display().to_string(), ""))
}

#[test]
fn both_formats_give_the_same_rows_under_any_name() {
    let sheet: [&[&str]; 6] = [
        &["Un titre"],
        &[],
        &["", "Code", "Nom", "Valeur"],
        &["", "01004", "Ambérieu & Cie", "12.5"],
        &[],
        &["", "32012", "", "s"],
    ];
    let xlsx = workbook::xlsx(&[("Titre", &[&["rien"]]), ("Données", &sheet)]);
    let ods = workbook::ods(&[("Titre", &[&["rien"]]), ("Données", &sheet)]);
    for (name, bytes) in [("a.xlsx", &xlsx), ("a.ods", &ods), ("a.bin", &xlsx), ("b.bin", &ods)] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        assert_eq!(format_of(&path).unwrap(), Format::Spreadsheet, "{name}");
        let headers = probe(&path).unwrap();
        assert_eq!(headers[1].name, "Données", "{name}");
        assert_eq!(headers[1].columns, ["", "Code", "Nom", "Valeur"], "{name}");
        let named = Want { layer: Some("données".to_owned()), ..want() };
        let rows = rows_of(&path, &named).unwrap();
        assert_eq!(rows.iter().map(|row| row.number).collect::<Vec<_>>(), [1, 2], "{name}");
        let text = |text: &str| Cell::Text(text.to_owned());
        assert_eq!(
            rows[0].cells,
            [text("01004"), text("Ambérieu & Cie"), Cell::Number(12.5)],
            "{name}"
        );
        assert_eq!(rows[1].cells, [Cell::Number(32012.0), Cell::Missing, text("s")], "{name}");
        // Of several sheets, the only one with the required columns; else the sheets are told.
        let required = Want { required: vec![0, 1], ..want() };
        assert_eq!(rows_of(&path, &required).unwrap().len(), 2, "{name}");
        let error = rows_of(&path, &want()).unwrap_err().to_string();
        assert!(error.contains("name one of: Titre, Données"), "{name}: {error}");
    }
}

#[test]
fn an_absurd_sheet_costs_nothing() {
    let started = Instant::now();
    // Two cells at the far ends of a sheet of 1 048 576 rows and 16 384 columns.
    let data = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>code</t></is></c><c r=\"B1\" t=\"inlineStr\"><is><t>nom</t></is></c></row>\
                <row r=\"1048576\"><c r=\"XFD1048576\"><v>7</v></c></row>";
    let far = workbook::xlsx_of(&[("F", data.to_owned())], &[]);
    let rows = outcome("far.xlsx", &far, &want()).unwrap();
    assert_eq!(rows.len(), 1);
    assert!(rows[0].cells.iter().all(Cell::is_missing));

    // Blanks repeated a million times before a value: counted, not made.
    let blanks = workbook::ods_of(
        "<table:table table:name=\"B\">\
         <table:table-row><table:table-cell office:value-type=\"string\"><text:p>code</text:p></table:table-cell><table:table-cell office:value-type=\"string\"><text:p>nom</text:p></table:table-cell></table:table-row>\
         <table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>\
         <table:table-row><table:table-cell office:value-type=\"string\"><text:p>x</text:p></table:table-cell><table:table-cell table:number-columns-repeated=\"16382\"/><table:table-cell office:value-type=\"float\" office:value=\"1\"/></table:table-row>\
         </table:table>",
    );
    assert_eq!(outcome("blanks.ods", &blanks, &want()).unwrap().len(), 1);

    // A value repeated in every cell of the largest sheet: refused.
    let full = workbook::ods_of(
        "<table:table table:name=\"B\">\
         <table:table-row table:number-rows-repeated=\"1048576\"><table:table-cell table:number-columns-repeated=\"16384\" office:value-type=\"float\" office:value=\"1\"/></table:table-row>\
         </table:table>",
    );
    let error = outcome("full.ods", &full, &want()).unwrap_err();
    assert_eq!(
        error,
        "/full.ods: it repeats cells with content beyond all measure (after row 0); open it and save it again, or save the sheet as CSV"
    );
    assert!(started.elapsed() < Duration::from_secs(5), "{:?}", started.elapsed());
}

#[test]
fn bombs_are_refused() {
    let zeros = "0".repeat(70 << 20);
    let shared =
        workbook::zip(&[("xl/workbook.xml", "<workbook/>"), ("xl/sharedStrings.xml", &zeros)]);
    assert!(shared.len() < 1 << 20);
    let error = outcome("bomb.xlsx", &shared, &want()).unwrap_err();
    assert!(error.starts_with("/bomb.xlsx unpacks to more than 250 times"), "{error}");

    let small = workbook::xlsx(&[("A", &[&["code", "nom"], &["1", "2"]])]);
    let limits = Limits { unpacked_bytes: 500, ..Limits::default() };
    let error = outcome("small.xlsx", &small, &Want { limits, ..want() }).unwrap_err();
    assert!(error.starts_with("/small.xlsx unpacks to more than 500 bytes"), "{error}");
}

#[test]
fn damaged_workbooks_say_so() {
    let whole = workbook::xlsx(&[("A", &[&["code", "nom"], &["1", "Auch"], &["2", "Agen"]])]);
    let ods = workbook::ods(&[("A", &[&["code", "nom"], &["1", "Auch"], &["2", "Agen"]])]);
    for (name, bytes) in [("w.xlsx", &whole), ("w.ods", &ods)] {
        assert_eq!(outcome(name, bytes, &want()).unwrap().len(), 2);
        for cut in [6, bytes.len() / 3, bytes.len() / 2, bytes.len() - 1] {
            let error = outcome(name, &bytes[..cut], &want()).unwrap_err();
            assert!(error.contains("damaged or cut"), "{name} cut at {cut}: {error}");
        }
        // Any byte may be wrong: an answer each time, never a panic.
        for at in (0..bytes.len()).step_by(7) {
            let mut wrong = bytes.clone();
            wrong[at] ^= 0x55;
            let _ = outcome(name, &wrong, &want());
        }
    }
    for (what, data) in [
        (
            "rows of a sheet are out of order",
            "<row r=\"2\"><c r=\"A2\"><v>1</v></c></row><row r=\"1\"><c r=\"A1\"><v>1</v></c></row>",
        ),
        (
            "cells of a row are out of order",
            "<row r=\"1\"><c r=\"B1\"><v>1</v></c><c r=\"A1\"><v>1</v></c></row>",
        ),
    ] {
        let book = workbook::xlsx_of(&[("A", data.to_owned())], &[]);
        let error = outcome("o.xlsx", &book, &want()).unwrap_err();
        assert!(error.contains(what), "{error}");
    }
    let zip = workbook::zip(&[("a.txt", "a")]);
    assert!(outcome("a.xlsx", &zip, &want()).unwrap_err().contains("it holds no workbook"));
    let old = outcome("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", &want()).unwrap_err();
    assert!(old.contains("save it as .xlsx"), "{old}");
}

#[test]
fn workbooks_of_other_programs() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/bad-inputs/gdal");
    for name in [
        "xlsx/test.xlsx",
        "xlsx/cells_with_inline_formatting.xlsx",
        "xlsx/datetime.xlsx",
        "xlsx/row_without_r_attribute.xlsx",
        "xlsx/test_missing_row1_data.xlsx",
        "ods/test.ods",
    ] {
        let path = root.join(name);
        if !path.is_file() {
            println!("left out: no real files");
            continue;
        }
        println!("real file used: {}", path.display());
        let headers = probe(&path).unwrap_or_else(|error| panic!("{error}"));
        for header in headers {
            let wanted = Want {
                columns: header.columns.iter().map(|name| vec![name.clone()]).collect(),
                layer: Some(header.name.clone()),
                ..Want::default()
            };
            let rows = rows_of(&path, &wanted).unwrap_or_else(|error| panic!("{error}"));
            println!("{name}, {}: {:?}, {} rows", header.name, header.columns, rows.len());
        }
    }
}
