//! Economic sites as the CNIG's own examples write them: `;` between columns, JSON in cells with quotes and without,
//! Lambert-93 inside GeoJSON, a list of words that the separator cuts in two.

use crate::folder::Checked;
use crate::folder::Folder;

/// 100 m by 100 m in Lambert-93, as the standard's example writes an outline.
const OUTLINE: &str = "{\"\"type\"\": \"\"Polygon\"\", \"\"coordinates\"\": [[[550000.00,6330000.00],[550100.00,6330000.00],\
                       [550100.00,6330100.00],[550000.00,6330100.00],[550000.00,6330000.00]]]}";

/// A table of sites with one row.
fn site(vocation: &str, state: &str, outline: &str, point: &str) -> Checked {
    let table = format!(
        "site_id;site_nom;site_type;site_vocadomi;site_etat;site_surf_brute;site_comm_insee;site_uf_nbre;\
         site_uf_vacant_nbre;site_taux_vacance;site_geomsurf;site_geompoint\n\
         82112_SITE-ECO_00001;Essai;zone d'activité économique;{vocation};{state};37.2;82112;15;2;13;{outline};{point}\n"
    );
    Folder::with("site-eco.csv", table).check("site-eco.csv", "sites")
}

/// R10: `;` between the columns and commas inside the quoted JSON; E6: metres inside it.
#[test]
fn json_in_a_cell_between_semicolons() {
    let checked =
        site("industrielle", "existant et actif", &format!("\"{OUTLINE}\""), "1.128, 44.053");
    let layer = checked.layer();
    assert_eq!((layer.rows(), checked.code), ([1, 1, 0, 0, 0], 0), "{}", checked.stdout);
    assert_eq!(layer.epsg(), "2154");
    layer.assert_area(10_000.0);
}

/// R10: the example's ring ends 7 mm beside its start: it is closed, and keeps its area.
#[test]
fn a_ring_that_is_not_quite_closed_is_closed() {
    let open = OUTLINE.replace("[550000.00,6330000.00]]]", "[550000.007,6330000.00]]]");
    let checked = site("industrielle", "existant et actif", &format!("\"{open}\""), "");
    let [read, kept, repaired, rejected, _] = checked.layer().rows();
    assert_eq!((read, kept + repaired, rejected), (1, 1, 0), "{}", checked.stdout);
    // The last corner is a corner: 100 m x 7 mm / 2 are not in the site.
    checked.layer().assert_area_within(10_000.0, 1e-4);
}

/// R10: the example of establishments writes JSON without quotes around it.
#[test]
fn json_in_a_cell_without_quotes() {
    let table = "SIRET;SIREN;etab_nom;comm_insee;etab_geompoint;etab_contact_tel\n\
                 34749951900010;347499519;Essai;82112;\
                 {\"type\": \"MultiPoint\", \"coordinates\": [[1.12,44.05], [1.13,44.06]]};\n";
    let folder = Folder::with("etablissement.csv", table);
    let checked = folder.check("etablissement.csv", "sites");
    assert_eq!((checked.layer().rows(), checked.code), ([1, 1, 0, 0, 0], 0), "{}", checked.stdout);
    assert_eq!(checked.layer().epsg(), "4326");
    checked.layer().assert_area(0.0);
}

/// R10: the example of poles has a pair of numbers in one cell, longitude first.
#[test]
fn a_pair_of_numbers_in_a_cell() {
    let table = "pole_id;pole_nom;pole_vocadomi;pole_surface;pole_geompoint;pole_rayonnement\n\
                 82112_POLE-ECO_00001;Essai;industrielle;21;1.128, 44.053;local\n";
    let checked = Folder::with("pole-eco.csv", table).check("pole-eco.csv", "sites");
    assert_eq!((checked.layer().rows(), checked.code), ([1, 1, 0, 0, 0], 0), "{}", checked.stdout);
    assert_eq!(checked.layer().epsg(), "4326");
    assert_eq!(checked.layer().count("axes-swapped"), 0);
}

/// E7: the vocation `entrepôts, logistique` was cut at its comma by whoever made the example, so that the state is
/// "logistique": as many columns as the header, and two words of no list.
#[test]
fn a_word_that_was_cut_in_two_is_told() {
    let cut = site("entrepôts", "logistique", &format!("\"{OUTLINE}\""), "1.128, 44.053");
    assert_eq!(cut.layer().rows()[0], 1);
    assert!(cut.layer().count("unknown-word") >= 1, "{}", cut.stdout);
    let whole = site(
        "entrepôts, logistique",
        "existant et actif",
        &format!("\"{OUTLINE}\""),
        "1.128, 44.053",
    );
    assert_eq!(whole.layer().count("unknown-word"), 0, "{}", whole.stdout);
}

/// E8: the law words the rate upside down; 2 of 15 vacant is 13, and nothing is wrong with that.
#[test]
fn a_rate_of_vacancy_is_vacant_over_all() {
    let checked =
        site("industrielle", "existant et actif", &format!("\"{OUTLINE}\""), "1.128, 44.053");
    assert_eq!(checked.layer().count("number-malformed"), 0, "{}", checked.stdout);
    assert_eq!(checked.layer().count("unknown-word"), 0, "{}", checked.stdout);
}
