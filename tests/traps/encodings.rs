//! Which encoding a dBase table is in: `.cpg`, else strict UTF-8, else Windows-1252. The language byte is not believed.

use crate::bytes;
use crate::bytes::square;
use crate::folder::Checked;
use crate::folder::Folder;
use crate::folder::zone_table;

/// One zone with this TYPEZONE, which no list has: the program says it back, decoded.
fn zone(typezone: &[u8], language: u8, cpg: Option<&str>) -> Checked {
    let folder = Folder::new();
    let ring = square(550_000.0, 6_330_000.0, 100.0);
    let table = zone_table(&[typezone], language);
    folder.polygons("zone_urba", &[ring], &table, Some(bytes::LAMBERT_93));
    if let Some(cpg) = cpg {
        folder.write("zone_urba.cpg", cpg);
    }
    folder.check("zone_urba.shp", "zoning")
}

fn assert_decoded(checked: &Checked, encoding: &str, typezone: &str) {
    let layer = checked.layer();
    assert_eq!(layer.rows(), [1, 1, 0, 0, 0]);
    assert_eq!(layer.encoding(), encoding);
    let example = layer.example("unknown-word");
    assert!(example.contains(&format!("TYPEZONE: {typezone}")), "{example}");
}

/// R1: BD TOPO and PLU 41175.
#[test]
fn utf8_without_cpg_and_without_language_byte() {
    let checked = zone("Aé".as_bytes(), 0x00, None);
    assert_decoded(&checked, "UTF-8", "Aé");
    assert_eq!(checked.layer().problems(), [("unknown-word", 1)]);
}

/// R1: the width of the column cuts the last letter in two; that is no reason to doubt the rest.
#[test]
fn utf8_whose_last_letter_is_cut_by_the_column() {
    let checked = zone(&"Indifférencié".as_bytes()[..14], 0x00, None);
    assert_decoded(&checked, "UTF-8", "Indifférenci");
    assert_eq!(checked.layer().count("wrong-encoding"), 0);
}

/// R1: PLU 44118 and the ICPE.
#[test]
fn windows_1252_by_language_byte_without_cpg() {
    assert_decoded(&zone(b"A\xe9", 0x57, None), "windows-1252", "Aé");
}

/// R1: PLU 30014.
#[test]
fn windows_1252_by_cpg() {
    assert_decoded(&zone(b"A\xe9", 0x03, Some("1252")), "windows-1252", "Aé");
}

/// R1: a `.cpg` is believed even where the bytes could be UTF-8.
#[test]
fn a_cpg_wins_over_what_the_bytes_could_be() {
    assert_decoded(&zone(b"A\xc3\xa9", 0x03, Some("1252")), "windows-1252", "AÃ©");
}

/// R1: PLUi 241800432.
#[test]
fn utf8_by_cpg() {
    assert_decoded(&zone("Aé".as_bytes(), 0x57, Some("UTF-8\n")), "UTF-8", "Aé");
}

/// A `.cpg` that is wrong: the text is read all the same, and it is told.
#[test]
fn a_cpg_that_does_not_fit_is_told() {
    let checked = zone(b"A\xe9", 0x57, Some("UTF-8"));
    let layer = checked.layer();
    assert_eq!(layer.rows(), [1, 1, 0, 0, 0]);
    assert!(layer.example("unknown-word").contains("TYPEZONE: Aé"));
    layer.example("wrong-encoding");
}
