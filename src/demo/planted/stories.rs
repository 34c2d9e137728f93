//! The stories of the grounds, plot by plot. A plot is 70 m by 105 m; (0, 0) is in the south-west.

use super::BUILDING_MARGIN_M;
use super::RED_FLOOD_MARGIN_M;
use super::planter::Figure;
use super::planter::Planter;
use super::with_margin_m2;
use crate::demo::zoning::ACTIVITY_CLOSED;
use crate::demo::zoning::ACTIVITY_OPEN;

const WIDE: f64 = 70.0;
const DEEP: f64 = 105.0;
const PLOT_M2: f64 = WIDE * DEEP;

/// The grounds; the last is in the commune without buildings.
pub(super) const GROUNDS: [fn(&mut Planter<'_>); 6] =
    [free_and_built, said_by_others, planning, order, sizes, unknown];

fn plot(column: u8, row: u8) -> (f64, f64) {
    (8.0 + 85.0 * f64::from(column), 8.0 + 120.0 * f64::from(row))
}

fn whole(column: u8, row: u8) -> Figure {
    let (x, y) = plot(column, row);
    (x, y, WIDE, DEEP)
}

fn margin_m2(building: Figure) -> f64 {
    with_margin_m2(building.2, building.3, BUILDING_MARGIN_M)
}

/// A built parcel with a building over a quarter or more of it, 5 m or more inside.
fn built(planter: &mut Planter<'_>, story: &str, figure: Figure, building: Figure) -> String {
    let id = planter.parcel(figure);
    planter.building(building, true);
    planter.truth(story, &[&id], "bâti", (figure.2 * figure.3, None));
    id
}

fn free_and_built(planter: &mut Planter<'_>) {
    let id = planter.parcel(whole(0, 0));
    planter.truth("libre-simple", &[&id], "libre", (PLOT_M2, Some(PLOT_M2)));

    let (x, y) = plot(1, 0);
    let three = [0.0, 35.0, 70.0].map(|up| planter.parcel((x, y + up, WIDE, 35.0)));
    planter.truth("libre-trois", &three.each_ref(), "libre", (PLOT_M2, Some(PLOT_M2)));

    let (x, y) = plot(2, 0);
    let two = [0.0, 57.0].map(|up| planter.parcel((x, y + up, WIDE, 48.0)));
    let area_m2 = 2.0 * WIDE * 48.0;
    planter.truth("voie-9m", &two.each_ref(), "libre", (area_m2, Some(area_m2)));
    planter.noting(
        None,
        "deux parcelles de part et d'autre d'une voie de 9 m : un terrain si les voies se franchissent, sinon deux",
    );

    let (x, y) = plot(3, 0);
    let id = planter.parcel(whole(3, 0));
    planter.flood((x - 7.0, y - 40.0, WIDE + 14.0, 80.0), "PPRI rouge");
    let above = DEEP - 40.0;
    let net_m2 = WIDE * (above - RED_FLOOD_MARGIN_M);
    planter.truth("ligne-rouge", &[&id], "libre", (WIDE * above, Some(net_m2)));
    planter.noting(None, "la part hors zone rouge");

    let (x, y) = plot(0, 1);
    let hole = (x + 23.0, y + 35.0, 24.0, 34.0);
    let id = planter.parcel_around(whole(0, 1), hole);
    let area_m2 = PLOT_M2 - 24.0 * 34.0;
    planter.truth("trou", &[&id], "libre", (area_m2, Some(area_m2)));
    built(planter, "trou-bati", hole, (hole.0 + 4.0, hole.1 + 4.0, 16.0, 26.0));

    let (x, y) = plot(1, 1);
    let id = planter.parcel(whole(1, 1));
    let building = (x + 20.0, y + 40.0, 30.0, 19.6);
    planter.building(building, true);
    let net_m2 = PLOT_M2 - margin_m2(building);
    planter.truth("sous-densifie", &[&id], "sous-densifié", (PLOT_M2, Some(net_m2)));

    let (x, y) = plot(2, 1);
    built(planter, "bati", whole(2, 1), (x + 15.0, y + 25.0, 40.0, 50.0));

    let (x, y) = plot(3, 1);
    let figure = (x, y, WIDE, 45.0);
    let with_works =
        built(planter, "proprietaire-unique-bati", figure, (x + 10.0, y + 8.0, 50.0, 28.0));
    let free = [45.0, 75.0].map(|up| planter.parcel((x, y + up, WIDE, 30.0)));
    planter.owned_by_one(&[&with_works, &free[0], &free[1]], "Z1a");
    let area_m2 = WIDE * 60.0;
    planter.truth("proprietaire-unique", &free.each_ref(), "libre", (area_m2, Some(area_m2)));
    planter
        .noting(None, "réserve d'une entreprise : même propriétaire que la parcelle bâtie voisine");
}

fn said_by_others(planter: &mut Planter<'_>) {
    let (x, y) = plot(0, 0);
    let id = planter.parcel(whole(0, 0));
    let building = (x + 20.0, y + 40.0, 30.0, 20.0);
    planter.building(building, false);
    planter.friche(whole(0, 0), &[&id], "friche sans projet");
    let net_m2 = PLOT_M2 - margin_m2(building);
    planter.truth("friche", &[&id], "friche", (PLOT_M2, Some(net_m2)));

    let (x, y) = plot(1, 0);
    let id = planter.parcel(whole(1, 0));
    planter.friche((x, y, WIDE, 30.0), &[], "friche sans projet");
    planter.truth("friche-partielle", &[&id], "libre", (PLOT_M2, Some(PLOT_M2)));
    planter.noting(None, "friche sur 29 % : moins de la moitié");

    let id = planter.parcel(whole(2, 0));
    planter.friche(whole(2, 0), &[&id], "friche avec projet");
    planter.truth("friche-projet", &[&id], "en projet", (PLOT_M2, None));

    let served = "viabilisé et aménagé";
    for (column, row, story, said, availability) in [
        (3, 0, "reserve", [served, "réservé par option de réservation", "inoccupé"], "en projet"),
        (0, 1, "vendu", [served, "vendu, commercialisation achevée", "inoccupé"], "en projet"),
        (1, 1, "en-vente", [served, "en vente", "inoccupé"], "libre"),
        (
            3,
            1,
            "stade-non-amenageable",
            ["non aménageable", "non commercialisable", "inoccupé"],
            "non aménageable",
        ),
    ] {
        let id = planter.parcel(whole(column, row));
        planter.land(whole(column, row), &[&id], said);
        let net_m2 = (availability == "libre").then_some(PLOT_M2);
        planter.truth(story, &[&id], availability, (PLOT_M2, net_m2));
    }

    let (x, y) = plot(2, 1);
    let sold = [served, "vendu, commercialisation achevée", "occupé"];
    let id = built(planter, "vendu-occupe", whole(2, 1), (x + 10.0, y + 20.0, 50.0, 45.0));
    planter.land(whole(2, 1), &[&id], sold);
}

fn planning(planter: &mut Planter<'_>) {
    // AU0 in the south-east, in the shape of an L; the rest is open.
    planter.zone(
        ACTIVITY_CLOSED,
        &[(170.5, 0.0), (341.0, 0.0), (341.0, 120.5), (255.5, 120.5), (255.5, 58.0), (170.5, 58.0)],
    );
    planter.zone(
        ACTIVITY_OPEN,
        &[
            (0.0, 0.0),
            (170.5, 0.0),
            (170.5, 58.0),
            (255.5, 58.0),
            (255.5, 120.5),
            (341.0, 120.5),
            (341.0, 241.0),
            (0.0, 241.0),
        ],
    );
    let id = planter.parcel(whole(0, 0));
    planter.truth("auc", &[&id], "libre", (PLOT_M2, Some(PLOT_M2)));

    let (x, y) = plot(1, 0);
    let id = planter.parcel(whole(1, 0));
    planter.prescription(
        (x - 5.0, y + 45.0, WIDE + 10.0, 16.0),
        ("05", "00"),
        "ER 1 – voie (fictif)",
    );
    for (story, height) in [("emplacement-reserve-sud", 45.0), ("emplacement-reserve-nord", 44.0)] {
        planter.truth(story, &[&id], "libre", (WIDE * height, Some(WIDE * height)));
        planter.noting(None, "un des deux morceaux que l'emplacement réservé sépare de 16 m");
    }

    let id = planter.parcel(whole(2, 0));
    planter.truth("aus-contre-auc", &[&id], "libre", (WIDE * 55.0, Some(WIDE * 55.0)));
    planter.noting(None, "la part en AUc");

    let id = planter.parcel(whole(3, 0));
    planter.truth("aus", &[&id], "non aménageable", (PLOT_M2, None));

    let hard = [
        (0, ("05", "07"), "perimetre-attente", "Périmètre d'attente (fictif)"),
        (1, ("02", "01"), "secteur-a-risque", "Constructions interdites, risques (fictif)"),
    ];
    for (column, code, story, label) in hard {
        let id = planter.parcel(whole(column, 1));
        let (x, y) = plot(column, 1);
        planter.prescription((x - 3.0, y - 3.0, WIDE + 6.0, DEEP + 6.0), code, label);
        planter.truth(story, &[&id], "non aménageable", (PLOT_M2, None));
    }

    let (x, y) = plot(2, 1);
    built(planter, "lanière-voisin-ouest", (x, y, 34.0, DEEP), (x + 6.0, y + 10.0, 20.0, 60.0));
    let id = planter.parcel((x + 34.0, y, 2.0, DEEP));
    planter.truth("lanière", &[&id], "libre", (2.0 * DEEP, Some(2.0 * DEEP)));
    planter.noting(None, "2 m de large : aucun bâtiment n'y tient");
    built(
        planter,
        "lanière-voisin-est",
        (x + 36.0, y, 34.0, DEEP),
        (x + 44.0, y + 10.0, 20.0, 60.0),
    );

    let (x, y) = plot(3, 1);
    let hole = (x + 20.0, y + 10.0, 30.0, 20.0);
    let around = planter.parcel_around(whole(3, 1), hole);
    planter.building((x + 8.0, y + 45.0, 54.0, 45.0), true);
    planter.truth("enclave-autour", &[&around], "bâti", (PLOT_M2 - 600.0, None));
    let id = planter.parcel(hole);
    planter.truth("enclave", &[&id], "libre", (600.0, Some(600.0)));
}

fn order(planter: &mut Planter<'_>) {
    let double_m2 = (2.0 * WIDE + 15.0) * DEEP;
    let (x, y) = plot(0, 0);
    let id = planter.parcel((x, y, 2.0 * WIDE + 15.0, DEEP));
    let building = (x + 57.5, y + 42.5, 40.0, 20.0);
    planter.building(building, true);
    let net_m2 = double_m2 - margin_m2(building);
    planter.truth("marge-batiment", &[&id], "sous-densifié", (double_m2, Some(net_m2)));

    let (x, y) = plot(2, 0);
    let id = planter.parcel(whole(2, 0));
    let building = (x + 10.0, y + 10.0, 50.0, 14.0);
    planter.building(building, true);
    let net_m2 = PLOT_M2 - margin_m2(building);
    planter.truth("sous-densifie-limite", &[&id], "sous-densifié", (PLOT_M2, Some(net_m2)));
    planter.noting(None, "9,5 % bâti : juste sous le seuil");

    let (x, y) = plot(0, 1);
    let id = planter.parcel((x, y, 2.0 * WIDE + 15.0, DEEP));
    planter.truth("ordre-1", &[&id], "libre", (double_m2, Some(double_m2)));
    planter.noting(Some(("ordre", 1)), "");

    let id = planter.parcel(whole(2, 1));
    planter.truth("ordre-2", &[&id], "libre", (PLOT_M2, Some(PLOT_M2)));
    planter.noting(Some(("ordre", 2)), "");

    let (x, y) = plot(3, 1);
    let id = planter.parcel((x, y, WIDE, 50.0));
    planter.flood((x - 4.0, y - 4.0, WIDE + 8.0, 54.0), "PPRI bleu");
    planter.truth("ordre-3", &[&id], "libre", (WIDE * 50.0, Some(WIDE * 50.0)));
    planter.noting(Some(("ordre", 3)), "entièrement en zone bleue");
    built(planter, "ordre-3-voisin", (x, y + 50.0, WIDE, 55.0), (x + 10.0, y + 60.0, 50.0, 35.0));

    let (x, y) = plot(3, 0);
    let id = planter.parcel((x, y, WIDE, 20.0));
    planter.flood((x - 4.0, y - 4.0, WIDE + 8.0, 24.0), "PPRI bleu");
    planter.truth("ordre-4", &[&id], "libre", (WIDE * 20.0, Some(WIDE * 20.0)));
    planter.noting(Some(("ordre", 4)), "entièrement en zone bleue, étroit");
    built(planter, "ordre-4-voisin", (x, y + 20.0, WIDE, 85.0), (x + 10.0, y + 35.0, 50.0, 50.0));
}

/// Free land of one ground, each piece smaller and narrower than the one before; what lies around it is no parcel.
fn sizes(planter: &mut Planter<'_>) {
    let pieces: [(u8, u8, f64, f64); 6] = [
        (0, 0, WIDE, DEEP),
        (1, 0, WIDE, 78.0),
        (2, 0, 62.0, 62.0),
        (3, 0, 50.0, 50.0),
        (0, 1, 40.0, 42.0),
        (1, 1, 28.0, 40.0),
    ];
    for (order, (column, row, wide, deep)) in (1_u32..).zip(pieces) {
        let (x, y) = plot(column, row);
        let id = planter.parcel((x, y, wide, deep));
        let story = format!("taille-{order}");
        planter.truth(&story, &[&id], "libre", (wide * deep, Some(wide * deep)));
        planter.noting(Some(("taille", order)), "");
    }
}

fn unknown(planter: &mut Planter<'_>) {
    let id = planter.parcel(whole(0, 0));
    planter.truth("inconnu", &[&id], "inconnu", (PLOT_M2, None));
    planter.noting(None, "la couche des bâtiments ne couvre pas la commune");
    let (x, y) = plot(1, 0);
    let two = [0.0, 50.0]
        .map(|up| planter.parcel((x, y + up, WIDE, if up == 0.0 { 50.0 } else { 55.0 })));
    planter.truth("inconnu-deux", &two.each_ref(), "inconnu", (PLOT_M2, None));
}
