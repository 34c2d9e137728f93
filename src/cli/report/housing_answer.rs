//! `rank housing` as JSON: communes and EPCIs in one answer.

use gisement::domain::LayerKey;
use gisement::domain::TensionClass;
use gisement::domain::Territory;
use gisement::evaluation::Ranking;
use serde_json::Value as Json;
use serde_json::json;

/// Communes and EPCIs in one answer: what is said of the first ranking, and the rows of all, each ranked within its kind.
pub(crate) fn json(territory: &Territory, rankings: &[Ranking], top: Option<usize>) -> Json {
    let mut answers = rankings.iter().map(|one| super::ranking::json(territory, one, top));
    let Some(mut answer) = answers.next() else { return Json::Null };
    for mut more in answers {
        let key = more["unit"].as_str().unwrap_or_default().to_owned();
        if let (Json::Array(rows), Json::Array(mut others)) =
            (&mut answer["rows"], more["rows"].take())
        {
            rows.append(&mut others);
        }
        answer[key] = json!({
            "n_units": more["n_units"],
            "n_candidates": more["n_candidates"],
            "robustness": more["robustness"],
            "left_out": more["left_out"],
        });
    }
    let rules = territory.housing_rules.as_ref();
    answer["rules"] = json!(rules.map(|rules| &rules.id));
    answer["rules_of_territory"] = json!(rules.map(|rules| rules.is_of_territory));
    answer["vintages"] =
        json!(territory.tables.get(LayerKey::HOUSING).map(|table| &table.vintages));
    answer["tension_classes"] = rules.map_or(Json::Null, |rules| {
        let class = |class: &TensionClass| {
            json!({"class": class.id, "up_to": class.up_to,
                "label": {"fr": class.label.fr, "en": class.label.en}})
        };
        json!(rules.tension.classes.iter().map(class).collect::<Vec<_>>())
    });
    answer
}
