//! Where the zones overlap and leave gaps: the block of `gisement check`.

use gisement::domain::CodeInsee;
use gisement::domain::CommuneAudit;
use gisement::domain::DocumentAudit;
use gisement::domain::Pieces;
use gisement::domain::Territory;
use gisement::domain::ZoningAudit;
use gisement::units::Unit;
use gisement::words::Words;
use serde_json::Value as Json;
use serde_json::json;

use super::table::Align;
use super::table::TextTable;

/// Rows shown before "and n more": a territory of communal plans has hundreds of them.
const ROWS_SHOWN: usize = 20;
/// Names of communes shown before "and n more".
const NAMES_SHOWN: usize = 6;

/// Share of a commune above which its part under no zone is a problem of its own.
const MARKED_SHARE: f64 = 0.005;

/// The block, or nothing where no zones are given.
pub(crate) fn text(territory: &Territory, words: &Words) -> String {
    let Some(audit) = &territory.zoning_audit else { return String::new() };
    let mut text = format!("\n{}\n\n", words.say("zoning.title"));
    if audit.is_partition() {
        text.push_str(&format!("  {}\n", words.say("zoning.partition")));
    } else {
        text.push_str(&documents(audit, words));
        text.push_str(&communes(territory, audit, words));
        if audit.between_documents.count > 0 {
            let pieces = &audit.between_documents;
            text.push_str(&format!("  {}\n", said("zoning.between", pieces, words)));
        }
    }
    for (key, codes) in [
        ("zoning.not_covered", &audit.not_covered),
        ("zoning.without_outline", &audit.without_outline),
    ] {
        if !codes.is_empty() {
            let n = words.count(codes.len());
            let names = names(territory, codes, words);
            text.push_str(&format!("  {}\n", words.fill(key, &[("n", &n), ("names", &names)])));
        }
    }
    text
}

/// Documents with something to tell, the largest overlaps and gaps first.
fn documents(audit: &ZoningAudit, words: &Words) -> String {
    let mut told: Vec<&DocumentAudit> =
        audit.documents.iter().filter(|one| !is_sound(one)).collect();
    if told.is_empty() {
        return String::new();
    }
    let weight = |one: &DocumentAudit| {
        one.overlaps.total_m2 + one.gaps.map_or(f64::INFINITY, |gaps| gaps.total_m2)
    };
    told.sort_by(|a, b| weight(b).total_cmp(&weight(a)).then(a.document.cmp(&b.document)));
    let mut table = TextTable::new(&[
        (words.say("zoning.document"), Align::Left),
        (words.say("zoning.zones"), Align::Right),
        (words.say("zoning.twins"), Align::Right),
        (words.say("zoning.overlaps"), Align::Right),
        (words.say("zoning.total"), Align::Right),
        (words.say("zoning.largest"), Align::Right),
        (words.say("zoning.gaps"), Align::Right),
        (words.say("zoning.total"), Align::Right),
        (words.say("zoning.largest"), Align::Right),
        (words.say("zoning.slivers"), Align::Right),
    ]);
    for one in told.iter().take(ROWS_SHOWN) {
        let unknown = || words.say("zoning.unknown").to_owned();
        let gaps = |cell: &dyn Fn(&Pieces) -> String| one.gaps.as_ref().map_or_else(unknown, cell);
        table.row(vec![
            one.document.clone(),
            words.count(one.zones),
            words.count(one.twins),
            words.count(one.overlaps.count),
            area(one.overlaps.total_m2, words),
            area(one.overlaps.largest_m2, words),
            gaps(&|gaps| words.count(gaps.count)),
            gaps(&|gaps| area(gaps.total_m2, words)),
            gaps(&|gaps| area(gaps.largest_m2, words)),
            gaps(&|gaps| words.count(one.overlaps.slivers + gaps.slivers)),
        ]);
    }
    let mut text = table.text();
    if told.len() > ROWS_SHOWN {
        let more = words.count(told.len() - ROWS_SHOWN);
        text.push_str(&format!("{}\n", words.fill("report.and_more", &[("n", &more)])));
    }
    text.push('\n');
    text
}

fn is_sound(one: &DocumentAudit) -> bool {
    one.twins == 0 && one.overlaps.count == 0 && one.gaps.is_some_and(|gaps| gaps.count == 0)
}

/// One line: how many communes are not wholly zoned, how much of them, and the one that lacks most.
fn communes(territory: &Territory, audit: &ZoningAudit, words: &Words) -> String {
    let open: Vec<&CommuneAudit> =
        audit.communes.iter().filter(|one| one.gaps.is_none_or(|gaps| gaps.count > 0)).collect();
    let share = |one: &CommuneAudit| one.uncovered_m2 / one.area_m2;
    let worst = open.iter().copied().reduce(|a, b| if share(b) > share(a) { b } else { a });
    let Some(worst) = worst else { return String::new() };
    let uncovered: f64 = open.iter().map(|one| one.uncovered_m2).sum();
    let marked = open.iter().filter(|one| share(one) > MARKED_SHARE).count();
    let line = words.fill(
        "zoning.communes",
        &[
            ("n", &words.count(open.len())),
            ("of", &words.count(audit.communes.len())),
            ("area", &area(uncovered, words)),
            ("name", &name(territory, worst.insee)),
            ("marked", &words.count(marked)),
            ("worst", &area(worst.uncovered_m2, words)),
            ("share", &words.number(share(worst) * 100.0, 2)),
        ],
    );
    format!("  {line}\n")
}

fn said(key: &str, pieces: &Pieces, words: &Words) -> String {
    words.fill(
        key,
        &[
            ("n", &words.count(pieces.count)),
            ("area", &area(pieces.total_m2, words)),
            ("largest", &area(pieces.largest_m2, words)),
        ],
    )
}

fn area(area_m2: f64, words: &Words) -> String {
    words.quantity(area_m2, Unit::SquareMeter)
}

fn name(territory: &Territory, insee: CodeInsee) -> String {
    territory.commune(insee).map_or_else(|| insee.to_string(), |commune| commune.name.clone())
}

fn names(territory: &Territory, codes: &[CodeInsee], words: &Words) -> String {
    let mut names: Vec<String> =
        codes.iter().take(NAMES_SHOWN).map(|code| name(territory, *code)).collect();
    if codes.len() > NAMES_SHOWN {
        let more = words.count(codes.len() - NAMES_SHOWN);
        names.push(words.fill("report.and_more", &[("n", &more)]));
    }
    names.join(", ")
}

/// The audit as JSON; null where no zones are given.
pub(crate) fn json(territory: &Territory) -> Json {
    let Some(audit) = &territory.zoning_audit else { return Json::Null };
    let documents: Vec<Json> = audit
        .documents
        .iter()
        .map(|one| {
            json!({"document": one.document, "zones": one.zones, "duplicated": one.twins,
                "overlaps": pieces(&one.overlaps), "gaps": one.gaps.as_ref().map(pieces)})
        })
        .collect();
    let communes: Vec<Json> = audit
        .communes
        .iter()
        .map(|one| {
            json!({"commune": one.insee.to_string(), "area_m2": rounded(one.area_m2),
                "uncovered_m2": rounded(one.uncovered_m2), "duplicated": one.twins,
                "overlaps": pieces(&one.overlaps), "gaps": one.gaps.as_ref().map(pieces)})
        })
        .collect();
    let codes =
        |codes: &[CodeInsee]| -> Vec<String> { codes.iter().map(ToString::to_string).collect() };
    json!({
        "is_partition": audit.is_partition(),
        "documents": documents,
        "between_documents": pieces(&audit.between_documents),
        "communes": communes,
        "communes_without_document": codes(&audit.not_covered),
        "communes_without_outline": codes(&audit.without_outline),
    })
}

fn pieces(of: &Pieces) -> Json {
    let at = of.largest_at.map(|at| [rounded(at.x), rounded(at.y)]);
    json!({"count": of.count, "minor": of.minor, "slivers": of.slivers, "total_m2": rounded(of.total_m2),
        "largest_m2": rounded(of.largest_m2), "largest_at": at})
}

/// To a centimetre, or a square decimetre: what is beyond is rounding.
fn rounded(number: f64) -> f64 {
    (number * 100.0).round() / 100.0
}
