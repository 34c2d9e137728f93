//! What holds for every request: conditions, relaxations, gaps, assemblies.

use std::collections::BTreeSet;

use geo::Area;
use geo::Geometry;
use gisement::domain::Entity;
use gisement::evaluation::Measured;
use gisement::evaluation::published_profile;
use gisement::housing;
use gisement::land;
use gisement::land::Ground;
use gisement::request;
use gisement::request::Answer;
use gisement::request::CandidateKind;
use gisement::request::Desk;
use gisement::request::LandRequest;
use gisement::request::Limit;
use gisement::request::VerdictResult;
use proptest::prelude::*;

use super::drawn::Drawing;

/// A field of parcels of 50 to 150 m, some missing, some built on, in two blocks apart.
fn drawing() -> impl Strategy<Value = Drawing> {
    let size = (2_usize..5, 2_usize..4);
    (size, proptest::collection::vec((0_u8..10, 50.0_f64..150.0), 32), 0.0_f64..400.0).prop_map(
        |((columns, rows), cells, flood)| {
            let mut parcels = Vec::new();
            let mut buildings = Vec::new();
            for block in 0..2 {
                let mut x = f64::from(block) * 900.0 - 900.0;
                for column in 0..columns {
                    let width = cells[column * 2 + block as usize].1;
                    for row in 0..rows {
                        let (kind, _) = cells[(column * rows + row + block as usize * 11) % 32];
                        let y = row as f64 * 100.0;
                        if kind > 1 {
                            parcels.push([x, y, x + width, y + 100.0]);
                        }
                        if kind == 2 {
                            buildings.push([x + 5.0, y + 5.0, x + width - 5.0, y + 95.0]);
                        }
                    }
                    x += width;
                }
            }
            let mut drawing = Drawing::zone_with(&parcels);
            drawing.buildings = buildings;
            drawing.hazards = vec![("PPRI", [-900.0, -50.0, -900.0 + flood, 150.0])];
            drawing
        },
    )
}

/// Answers several requests of one drawing.
fn answers<T>(drawing: &Drawing, tomls: &[String], look: impl Fn(&[Answer<'_>]) -> T) -> T {
    let mut territory = drawing.territory();
    let profile = published_profile(request::PROFILE).unwrap();
    land::prepare(&mut territory, &profile);
    housing::prepare(&mut territory).unwrap();
    let ground = Ground::new(&territory, profile.land.as_ref().unwrap()).unwrap();
    let desk = Desk::new(&territory, &ground, &profile).unwrap();
    let all: Vec<Answer<'_>> = tomls
        .iter()
        .map(|toml| {
            let request = LandRequest::from_toml(&format!("name = \"Essai\"\n{toml}")).unwrap();
            desk.answer(&request).unwrap()
        })
        .collect();
    look(&all)
}

/// Identifiers of the candidates that are no assemblies: those are searched anew for each request.
fn fixed(answer: &Answer<'_>) -> BTreeSet<String> {
    let all = answer.candidates.iter().map(|one| &one.candidate);
    all.filter(|one| one.kind != CandidateKind::Assembly).map(|one| one.id.clone()).collect()
}

fn request(min: f64, max: f64, flood: f64, extra: &str) -> String {
    format!(
        "[area]\nmin_ha = {min}\nmax_ha = {max}\n{extra}\n\
         [[must]]\nid = \"flood\"\nmeasure = {{ share_within = \"hazards\", where = {{ theme = [\"flood\"] }} }}\nmax = {flood}\n"
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn a_must_more_adds_nothing_and_relaxing_takes_nothing_away(
        drawing in drawing(),
        min in 0.5_f64..3.0,
        wide in 0.2_f64..3.0,
        flood in 0.0_f64..0.6,
    ) {
        let asked = request(min, min + wide, flood, "");
        let more = request(min, min + wide, flood, "[shape]\nrectangle_m = [90, 70]\n");
        let relaxed = request(min * 0.8, min + wide + 0.5, flood + 0.2, "");
        answers(&drawing, &[asked, more, relaxed], |all| {
            prop_assert!(fixed(&all[1]).is_subset(&fixed(&all[0])));
            prop_assert!(fixed(&all[0]).is_subset(&fixed(&all[2])));
            // Of assemblies, there is one wherever there was one.
            let has = |answer: &Answer<'_>| !answer.candidates.is_empty();
            prop_assert!(!has(&all[1]) || has(&all[0]));
            prop_assert!(!has(&all[0]) || has(&all[2]));
            Ok(())
        })?;
    }

    #[test]
    fn assemblies_hang_together_fit_and_are_of_available_land(
        drawing in drawing(),
        min in 0.5_f64..4.0,
        wide in 0.1_f64..2.0,
    ) {
        answers(&drawing, &[request(min, min + wide, 1.0, "")], |all| {
            let assemblies = all[0].candidates.iter().map(|one| &one.candidate);
            for one in assemblies.filter(|one| one.kind == CandidateKind::Assembly) {
                // Drawn without ways: what hangs together is one polygon.
                let Geometry::MultiPolygon(area) = one.geometry().clone() else {
                    let Geometry::Polygon(_) = one.geometry() else { panic!("no area") };
                    continue;
                };
                prop_assert_eq!(area.0.len(), 1, "{}", one.id);
                let net = &one.net().unwrap().geometry;
                let net_m2 = net.unsigned_area();
                prop_assert!((net_m2 - one.net_m2().unwrap()).abs() < 1e-3);
                prop_assert!(net_m2 >= min * 1e4 - 1e-3 && net_m2 <= (min + wide) * 1e4 + 1e-3);
                for class in &one.classes {
                    prop_assert!(class.is_available());
                }
            }
            Ok(())
        })?;
    }

    #[test]
    fn a_gap_is_exact(drawing in drawing(), min in 1.0_f64..6.0, flood in 0.0_f64..0.3) {
        let max = min + 0.3;
        let misses: Vec<(String, String, Limit, f64)> =
            answers(&drawing, &[request(min, max, flood, "")], |all| {
                let answer = &all[0];
                let single = answer.near_misses.iter().filter(|miss| miss.fails.len() == 1);
                single
                    .filter_map(|miss| {
                        let fail = &miss.fails[0];
                        let land = &answer.missed[miss.candidate].0;
                        (land.kind != CandidateKind::Assembly).then_some(())?;
                        let id = answer.asked[fail.condition].id.clone();
                        Some((land.id.clone(), id, fail.limit?, fail.gap?))
                    })
                    .collect()
            });
        for (land, condition, limit, gap) in misses {
            let with = |gap: f64| match (condition.as_str(), limit) {
                ("area", Limit::Min) => request((min * 1e4 - gap) / 1e4, max, flood, ""),
                ("area", Limit::Max) => request(min, (max * 1e4 + gap) / 1e4, flood, ""),
                ("flood", Limit::Max) => request(min, max, flood + gap, ""),
                other => panic!("{other:?}"),
            };
            // Hectares are written with a point and read back: a hair is more than their rounding.
            let hair = 1e-6 * gap.max(1.0);
            answers(&drawing, &[with(gap + hair), with(gap - hair)], |all| {
                prop_assert!(fixed(&all[0]).contains(&land), "{land} {condition} {gap}");
                prop_assert!(!fixed(&all[1]).contains(&land), "{land} {condition} {gap}");
                Ok(())
            })?;
        }
    }

    #[test]
    fn every_pass_is_seen_on_the_geometry(drawing in drawing(), min in 0.5_f64..2.0, flood in 0.0_f64..0.5) {
        let asked = request(min, min + 2.0, flood, "[shape]\nrectangle_m = [60, 40]\n");
        let hazard = drawing.hazards[0].1;
        answers(&drawing, &[asked], |all| {
            for one in &all[0].candidates {
                let pairs = all[0].asked.iter().zip(&one.verdicts);
                for (asked, verdict) in pairs.filter(|(_, verdict)| verdict.result == VerdictResult::Pass) {
                    let Measured::Number(value) = verdict.measured else { continue };
                    match asked.id.as_str() {
                        "area" => {
                            let net_m2 = one.candidate.net().unwrap().geometry.unsigned_area();
                            prop_assert!((net_m2 - value).abs() < 1e-2);
                            prop_assert!(net_m2 >= min * 1e4 - 1e-2);
                        }
                        "flood" => prop_assert!((flooded(&one.candidate.geometry, &hazard) - value).abs() < 1e-6),
                        "rectangle" => prop_assert!(value >= 60.0),
                        _ => {}
                    }
                }
            }
            Ok(())
        })?;
    }
}

/// Share of an area of upright rectangles under an upright rectangle, by another library's overlay.
fn flooded(land: &Geometry<f64>, hazard: &[f64; 4]) -> f64 {
    use geo::BooleanOps;
    let at = |x: f64, y: f64| (super::drawn::X + x, super::drawn::Y + y);
    let water = geo::Rect::new(at(hazard[0], hazard[1]), at(hazard[2], hazard[3])).to_polygon();
    let land = match land {
        Geometry::Polygon(one) => geo::MultiPolygon(vec![one.clone()]),
        Geometry::MultiPolygon(many) => many.clone(),
        other => panic!("{other:?}"),
    };
    land.intersection(&geo::MultiPolygon(vec![water])).unsigned_area() / land.unsigned_area()
}
