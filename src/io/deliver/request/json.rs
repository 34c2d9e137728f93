//! The answer to a request as JSON, by the schema that is published with it.

use serde_json::Value as Json;
use serde_json::json;

use super::asks;
use super::limits_told;
use super::place_told;
use super::verdict_told;
use crate::domain::Territory;
use crate::evaluation::Measured;
use crate::evaluation::method::floating_catchment::Bounds;
use crate::request::Answer;
use crate::request::Answered;
use crate::request::AreaBasis;
use crate::request::Asked;
use crate::request::AssemblyFacts;
use crate::request::Candidate;
use crate::request::Fail;
use crate::request::NearLimit;
use crate::request::Verdict;
use crate::request::assembly::Proof;
use crate::words::Words;

/// The JSON Schema of the answer (draft 2020-12).
pub const SCHEMA: &str = include_str!("../../../../data/request/answer.schema.json");

/// The answer as JSON.
#[must_use]
pub fn json(territory: &Territory, answer: &Answer<'_>, words: &Words) -> Json {
    let mut all = json!({
        "request": request(answer),
        "conditions": conditions(territory, answer, words),
        "profile": answer.profile.id,
        "looked_at": answer.looked_at.iter().map(|(kind, n)| (kind.as_str().to_owned(), json!(n)))
            .collect::<serde_json::Map<_, _>>(),
        "candidates": answer.candidates.iter()
            .map(|one| candidate(territory, answer, one, words)).collect::<Vec<_>>(),
        "near_misses": answer.near_misses.iter()
            .filter_map(|miss| {
                let (land, verdicts, assembly) = answer.missed.get(miss.candidate)?;
                let mut item = land_json(territory, land, assembly.as_ref(), answer.request.basis);
                item["fails"] = miss.fails.iter().map(|fail| fail_json(&answer.asked, fail)).collect();
                item["verdicts"] = verdicts_json(territory, &answer.asked, verdicts, words);
                item["asks"] = json!(asks(&answer.asked, verdicts, words));
                Some(item)
            })
            .collect::<Vec<_>>(),
        "relaxations": answer.relaxations.iter()
            .map(|one| json!({
                "condition": answer.asked[one.condition].id,
                "limit": one.limit.as_str(),
                "from": one.from,
                "to": one.to,
                "unit": answer.asked[one.condition].unit.to_string(),
                "candidates": one.candidates,
            }))
            .collect::<Vec<_>>(),
        "robustness": answer.robustness.as_ref().map(|robustness| json!({
            "draws": robustness.draws, "seed": robustness.seed, "leader": robustness.leader,
        })),
        "refused": answer.refused,
        "vintages": crate::io::deliver::layers::sources(territory, words),
    });
    if territory.is_synthetic() {
        all["synthetic"] = json!(true);
        all["notice"] = json!(words.say("product.synthetic"));
    }
    all
}

fn request(answer: &Answer<'_>) -> Json {
    let asked = &answer.request;
    json!({
        "name": asked.name,
        "area": {"min_m2": asked.min_m2, "ideal_m2": asked.ideal_m2, "max_m2": asked.max_m2,
            "basis": asked.basis.as_str()},
        "rectangle_m": asked.rectangle_m.map(|(long, short)| [long, short]),
        "frontage_m": asked.frontage_m,
        "place": {
            "epci": asked.epcis.iter().map(ToString::to_string).collect::<Vec<_>>(),
            "communes": asked.communes.iter().map(ToString::to_string).collect::<Vec<_>>(),
            "of": asked.near.map(|near| [near.lon_lat.0, near.lon_lat.1]),
            "within_m": asked.near.and_then(|near| match near.limit {
                NearLimit::Meters(limit) => Some(limit), NearLimit::Minutes(_) => None }),
            "within_min": asked.near.and_then(|near| match near.limit {
                NearLimit::Minutes(limit) => Some(limit), NearLimit::Meters(_) => None }),
        },
        "kinds": asked.kinds.iter().map(|kind| kind.as_str()).collect::<Vec<_>>(),
        "availability": asked.availability.iter().map(|class| class.as_str()).collect::<Vec<_>>(),
        "order": asked.order.iter().map(|aim| aim.as_str()).collect::<Vec<_>>(),
        "max_units": asked.max_units,
        "across_ways": asked.across_ways,
        "ready_by": asked.ready_by,
        "budget_eur": asked.budget_eur,
        "jobs": asked.jobs,
        "activity": asked.activity,
    })
}

fn conditions(territory: &Territory, answer: &Answer<'_>, words: &Words) -> Json {
    let each = answer.asked.iter().zip(&answer.exclusions);
    each.map(|(asked, exclusion)| {
        json!({
            "id": asked.id,
            "label": {"fr": asked.label.fr, "en": asked.label.en},
            "wants": limits_told(territory, asked, words),
            "min": asked.min, "max": asked.max, "one_of": asked.one_of,
            "unit": asked.unit.to_string(),
            "failed": exclusion.failed, "failed_alone": exclusion.alone, "unknown": exclusion.unknown,
        })
    })
    .collect()
}

fn candidate(
    territory: &Territory,
    answer: &Answer<'_>,
    one: &Answered<'_>,
    words: &Words,
) -> Json {
    let mut item =
        land_json(territory, &one.candidate, one.assembly.as_ref(), answer.request.basis);
    item["score"] = json!(one.row.score);
    item["score_low"] = json!(one.row.score_low);
    item["score_high"] = json!(one.row.score_high);
    item["rank"] = json!(one.row.rank);
    item["reliability"] = json!(one.row.reliability);
    item["sure"] = json!(one.is_sure());
    item["acceptability"] = json!(one.standing.as_ref().map(|standing| json!({
        "first_share": standing.first_share,
        "top10_share": standing.top10_share,
        "rank_low": standing.rank_low,
        "rank_high": standing.rank_high,
    })));
    item["verdicts"] = verdicts_json(territory, &answer.asked, &one.verdicts, words);
    let criteria = answer.profile.criteria.iter().zip(&one.row.assessments);
    item["wishes"] = criteria
        .map(|(criterion, found)| {
            json!({
                "id": criterion.id,
                "label": {"fr": criterion.label.fr, "en": criterion.label.en},
                "weight": criterion.weight,
                "value": value(&found.measured),
                "score": found.score(),
            })
        })
        .collect();
    item["same_land_as"] = json!(one.same_land);
    item["asks"] = json!(asks(&answer.asked, &one.verdicts, words));
    item["housing"] = json!(one.housing.as_ref().map(|(site, housed)| json!({
        "households": housed.needed,
        "housed": {"low": housed.low, "high": finite(housed.high)},
        "enough": housed.is_enough(),
        "straight_line": site.reach.has_straight_lines(),
        "bands": site.reach.bands.iter().map(|band| json!({
            "within_min": band.within.get(),
            "communes": band.n_communes,
            "mobilisable": bounds(band.all),
        })).collect::<Vec<_>>(),
        "communes": housed.communes.iter().map(|carrying| json!({
            "code": carrying.commune.insee.to_string(),
            "minutes": carrying.commune.minutes,
            "households": carrying.households,
        })).collect::<Vec<_>>(),
    })));
    item
}

/// What is said of a piece of land, whether it answers or almost does.
fn land_json(
    territory: &Territory,
    land: &Candidate<'_>,
    assembly: Option<&AssemblyFacts>,
    basis: AreaBasis,
) -> Json {
    let area = match basis {
        AreaBasis::Net => land.net_m2(),
        AreaBasis::Gross => land.gross_m2,
    };
    json!({
        "id": land.id,
        "kind": land.kind.as_str(),
        "commune": land.commune.map(|commune| commune.to_string()),
        "place": place_told(territory, land),
        "units": land.parcels.iter().map(|(id, _)| id.to_string()).collect::<Vec<_>>(),
        "area_m2": area,
        "net_area_m2": land.net_m2(),
        "gross_area_m2": land.gross_m2,
        "availability": land.classes.iter().map(|class| class.as_str()).collect::<Vec<_>>(),
        "price_eur": land.price_eur,
        "works_stage": land.works_stage,
        "assembly": assembly.map(|facts| json!({
            "owners": facts.owners,
            "owners_unknown": facts.owners_unknown,
            "acquisition": facts.acquisition.iter().map(|step| json!({
                "unit": step.unit.to_string(),
                "without": step.without.as_str(),
                "replaced_by": step.replaced_by.iter().map(ToString::to_string).collect::<Vec<_>>(),
            })).collect::<Vec<_>>(),
            "pivots": facts.pivots().map(|unit| unit.to_string()).collect::<Vec<_>>(),
            "proof": facts.proof.as_ref().map(proof),
        })),
    })
}

fn proof(proof: &Proof) -> Json {
    match proof {
        Proof::Optimal => json!({"optimal": true}),
        Proof::Bounded { lower } => json!({
            "optimal": false,
            "no_better_than": lower.iter().map(|(aim, value)| (aim.as_str().to_owned(), json!(finite(*value))))
                .collect::<serde_json::Map<_, _>>(),
        }),
    }
}

fn verdicts_json(
    territory: &Territory,
    asked: &[Asked],
    verdicts: &[Verdict],
    words: &Words,
) -> Json {
    let each = asked.iter().zip(verdicts).map(|(asked, verdict)| {
        let mut item = json!({
            "condition": asked.id,
            "result": verdict.result.as_str(),
            "value": value(&verdict.measured),
            "told": verdict_told(territory, asked, verdict, words),
        });
        if let Measured::Unknown(reason) = &verdict.measured {
            item["reason"] = json!(reason.code());
            item["about"] = json!(reason.about());
        }
        if let Some((low, high)) = verdict.measured.bounds().filter(|(low, high)| low < high) {
            item["low"] = json!(low);
            item["high"] = json!(finite(high));
        }
        if verdict.measured.is_straight_line() {
            item["straight_line"] = json!(true);
        }
        item
    });
    each.collect()
}

fn fail_json(asked: &[Asked], fail: &Fail) -> Json {
    let one = &asked[fail.condition];
    json!({
        "condition": one.id,
        "value": value(&fail.measured),
        "limit": fail.limit.map(|limit| limit.as_str()),
        "gap": fail.gap,
        "unit": one.unit.to_string(),
    })
}

/// A measured value: a number, a word, or null where it is an interval, none, or unknown.
fn value(measured: &Measured) -> Json {
    match measured {
        Measured::Number(number) | Measured::StraightLine(number) => json!(number),
        Measured::Estimate(estimate) => json!(estimate.value),
        Measured::Word(word) => json!(word),
        Measured::Between { .. }
        | Measured::StraightLineBetween { .. }
        | Measured::NoneFound { .. }
        | Measured::NoneInTime { .. }
        | Measured::Unknown(_) => Json::Null,
    }
}

fn bounds(bounds: Bounds) -> Json {
    json!({"low": bounds.low, "high": finite(bounds.high)})
}

/// JSON has no infinity: what has no upper bound is null.
fn finite(number: f64) -> Option<f64> {
    number.is_finite().then_some(number)
}
