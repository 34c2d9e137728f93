//! What became of the parcels of an earlier cadastre: the block of `gisement check`.

use gisement::domain::FormerParcel;
use gisement::domain::Territory;
use gisement::words::Words;
use serde_json::Value as Json;
use serde_json::json;

/// The block, or nothing where no earlier cadastre is given.
pub(crate) fn text(territory: &Territory, words: &Words) -> String {
    let Some(known) = &territory.renumbering else { return String::new() };
    let (renumbered, vanished) = known.counts();
    let total = known.balance.total;
    let count = |number: u64| words.number(number as f64, 0);
    let mut text = format!("\n{}\n\n", words.say("renumbering.title"));
    let lines = [
        words.fill(
            "renumbering.read",
            &[
                ("read", &count(total.read)),
                ("kept", &count(total.kept + total.repaired)),
                ("rejected", &count(total.rejected)),
                ("outside", &count(total.outside)),
            ],
        ),
        words.fill(
            "renumbering.counts",
            &[
                ("unchanged", &words.count(known.unchanged)),
                ("renumbered", &words.count(renumbered)),
                ("vanished", &words.count(vanished)),
                ("unknown", &words.count(known.not_compared)),
            ],
        ),
    ];
    for line in lines.into_iter().chain(example(territory).map(|one| {
        let example = format!("{} → {}", one.idu, one.successors_told());
        words.fill("renumbering.example", &[("example", &example)])
    })) {
        text.push_str(&format!("  {line}\n"));
    }
    text
}

/// The first parcel that has successors.
fn example(territory: &Territory) -> Option<&FormerParcel> {
    territory.renumbering.as_ref()?.former.iter().find(|one| !one.successors.is_empty())
}

/// The counts as JSON; null where no earlier cadastre is given.
pub(crate) fn json(territory: &Territory) -> Json {
    let Some(known) = &territory.renumbering else { return Json::Null };
    let (renumbered, vanished) = known.counts();
    let total = known.balance.total;
    let example = example(territory).map(|one| {
        let successors: Vec<Json> = one
            .successors
            .iter()
            .map(|one| json!({"parcel": one.parcel.to_string(), "share": (one.share * 1e4).round() / 1e4}))
            .collect();
        json!({"parcel": one.idu.to_string(), "successors": successors})
    });
    json!({
        "files": known.provenance.n_files,
        "rows": {"read": total.read, "kept": total.kept, "repaired": total.repaired,
            "rejected": total.rejected, "outside": total.outside},
        "unchanged": known.unchanged, "renumbered": renumbered, "vanished": vanished,
        "not_compared": known.not_compared, "example": example,
    })
}
