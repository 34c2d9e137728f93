//! What a terrain is made of: its steps from parcels to net land, as a table and as JSON.

use gisement::domain::EconomicZone;
use gisement::domain::LandStock;
use gisement::domain::Terrain;
use gisement::domain::Territory;
use gisement::domain::ZoneOrigin;
use gisement::evaluation::LandRules;
use gisement::evaluation::Ranked;
use gisement::evaluation::Ranking;
use gisement::evaluation::UnitKind;
use gisement::io::deliver::layers;
use gisement::units::Unit;
use gisement::words::Words;
use serde_json::Value as Json;
use serde_json::json;

use super::table::Align;
use super::table::TextTable;

/// Parcels told one by one in the table of steps.
const PARCELS_SHOWN: usize = 12;

/// Less than this is rounding, m²: counted, not told.
const WORTH_TELLING_M2: f64 = 5.0;

/// The terrain of a row, when the ranking is one of terrains.
pub(crate) fn of_row<'a>(
    territory: &'a Territory,
    row: &Ranked,
) -> Option<(&'a LandStock, &'a Terrain)> {
    let stock = territory.stock.as_ref()?;
    stock.terrains.entities.get(row.unit).map(|terrain| (stock, terrain))
}

/// What JSON says of a terrain beside its score.
pub(crate) fn json(territory: &Territory, ranking: &Ranking, row: &Ranked, item: &mut Json) {
    let Some((stock, terrain)) = of_row(territory, row) else { return };
    let zone = stock.zones.entities.get(terrain.zone);
    let net = terrain.net.as_ref();
    let parcels: Vec<String> = terrain.parts.iter().map(|part| part.id.to_string()).collect();
    item["parcels"] = json!(parcels);
    item["availability"] = json!(terrain.availability.as_str());
    item["availability_rule"] = json!({"rule": terrain.reason.key, "about": terrain.reason.about});
    item["area_m2"] = json!(terrain.gross_m2);
    item["net_area_m2"] = json!(terrain.net_m2());
    item["buildings_m2"] = json!(net.map(|net| net.buildings_m2));
    item["margins_m2"] = json!(net.map(|net| net.margins_m2));
    item["circle_diameter_m"] =
        json!(net.and_then(|net| net.circle).map(|(_, radius)| 2.0 * radius));
    let rectangle = net.and_then(|net| net.rectangle.as_ref());
    item["rectangle_length_m"] = json!(rectangle.map(|(_, long, _)| long));
    item["rectangle_width_m"] = json!(rectangle.map(|(_, _, short)| short));
    item["frontage_m"] = json!(terrain.frontage_m);
    item["slope_share"] = json!(terrain.slope);
    item["planning"] = json!(terrain.planning);
    item["owner"] = json!(terrain.owner);
    item["n_units"] = json!(terrain.n_units);
    item["zone"] = json!(zone.map(|zone| json!({
        "id": zone.id, "name": zone.name, "origin": zone.origin.as_str(), "rule": zone.rule,
    })));
    item["unsettled"] = json!(terrain.unsettled);
    let cut: Vec<Json> = terrain
        .cut_off
        .iter()
        .map(|(id, area_m2)| json!({"constraint": id, "area_m2": area_m2}))
        .collect();
    item["cut_off"] = json!(cut);
    let rules = ranking.profile.land.as_ref();
    item["building_margin_m"] = json!(rules.map(|rules| rules.building_margin_m));
}

/// What could not be cut or joined and is missing from a ranking of terrains, or that there is no zone to look in; empty
/// when nothing is amiss.
pub(crate) fn refused(territory: &Territory, ranking: &Ranking, words: &Words) -> String {
    let no_zone = ranking.profile.unit == UnitKind::Terrain
        && territory.stock.as_ref().is_some_and(|stock| stock.zones.entities.is_empty());
    if no_zone {
        return format!("  {}\n", words.say("land.no_zone"));
    }
    let list = refused_of(territory, ranking);
    if list.is_empty() {
        return String::new();
    }
    let ids: Vec<&str> = list.iter().map(|(id, _)| id.as_str()).collect();
    let told =
        words.fill("land.refused", &[("n", &words.count(list.len())), ("list", &ids.join(", "))]);
    format!("  {told}\n")
}

/// The same as JSON: identifier and operation of each.
pub(crate) fn refused_json(territory: &Territory, ranking: &Ranking) -> Json {
    let list = refused_of(territory, ranking).iter();
    json!(list.map(|(id, what)| json!({"id": id, "operation": what})).collect::<Vec<_>>())
}

fn refused_of<'a>(territory: &'a Territory, ranking: &Ranking) -> &'a [(String, &'static str)] {
    match &territory.stock {
        Some(stock) if ranking.profile.unit == UnitKind::Terrain => &stock.refused,
        _ => &[],
    }
}

/// The steps from parcels to net land.
pub(crate) fn steps(
    territory: &Territory,
    ranking: &Ranking,
    row: &Ranked,
    words: &Words,
) -> Option<String> {
    let (stock, terrain) = of_row(territory, row)?;
    let rules = ranking.profile.land.as_ref()?;
    let mut table = TextTable::new(&[
        (words.say("land.step"), Align::Left),
        (words.say("land.result"), Align::Right),
        (words.say("land.how"), Align::Left),
    ]);
    for (step, result, how) in lines(stock, terrain, rules, words) {
        table.row(vec![step, result, how]);
    }
    let mut text = table.text();
    if !terrain.unsettled.is_empty() {
        text.push_str(&unsettled(terrain, rules, words));
        text.push('\n');
    }
    Some(text)
}

fn lines(
    stock: &LandStock,
    terrain: &Terrain,
    rules: &LandRules,
    words: &Words,
) -> Vec<(String, String, String)> {
    let area = |m2: f64| words.quantity(m2, Unit::SquareMeter);
    let length = |m: f64| words.quantity(m, Unit::Meter);
    let unknown = || words.say("product.unknown").to_owned();
    let step = |key: &str| words.say(&format!("land.{key}")).to_owned();
    let nothing = String::new;
    let mut lines = Vec::new();
    if let Some(zone) = stock.zones.entities.get(terrain.zone) {
        let name = zone.name.as_deref().unwrap_or(&zone.id).to_owned();
        lines.push((step("step_zone"), name, origin(zone, words)));
    }
    let key = format!("availability.{}", terrain.availability.as_str());
    lines.push((
        step("step_availability"),
        words.say(&key).to_owned(),
        layers::reason_told(&terrain.reason, Some(rules), words),
    ));
    for (at, part) in terrain.parts.iter().take(PARCELS_SHOWN).enumerate() {
        let how = words.fill(
            "land.part",
            &[
                ("id", &part.id.to_string()),
                ("area", &area(part.area_m2)),
                ("share", &words.quantity(part.share, Unit::Share)),
                ("reason", &layers::reason_told(&part.reason, Some(rules), words)),
            ],
        );
        let (name, count) = if at == 0 {
            (step("step_parcels"), words.count(terrain.parts.len()))
        } else {
            (nothing(), nothing())
        };
        lines.push((name, count, how));
    }
    lines.push((step("step_units"), words.count(terrain.n_units), nothing()));
    lines.push((step("step_pieces"), area(terrain.pieces_m2), nothing()));
    for (id, m2) in terrain.cut_off.iter().filter(|(_, m2)| *m2 >= WORTH_TELLING_M2) {
        let label = layers::constraint_told(id, Some(rules), words);
        let name = words.fill("land.step_cut", &[("constraint", &label)]);
        let source = rules.hard.iter().find(|rule| rule.id == *id);
        let source = source.map_or_else(nothing, |rule| rule.source.clone());
        lines.push((name, format!("−{}", area(*m2)), source));
    }
    if terrain.elsewhere_m2 >= WORTH_TELLING_M2 {
        lines.push((step("step_elsewhere"), format!("−{}", area(terrain.elsewhere_m2)), nothing()));
    }
    lines.push((step("step_gross"), area(terrain.gross_m2), nothing()));
    match &terrain.net {
        Some(net) => {
            let margin = words.number(rules.building_margin_m, 0);
            let name = words.fill("land.step_buildings", &[("margin", &margin)]);
            if net.buildings_m2 >= WORTH_TELLING_M2 {
                lines.push((name, format!("−{}", area(net.buildings_m2)), nothing()));
            }
            if net.margins_m2 >= WORTH_TELLING_M2 {
                lines.push((step("step_margins"), format!("−{}", area(net.margins_m2)), nothing()));
            }
            lines.push((step("step_net"), area(net.area_m2), nothing()));
            if let Some((_, radius)) = net.circle {
                lines.push((step("step_circle"), length(2.0 * radius), nothing()));
            }
            if let Some((_, long, short)) = &net.rectangle {
                let sides = format!("{} × {}", length(*long), length(*short));
                lines.push((step("step_rectangle"), sides, nothing()));
            }
        }
        None => lines.push((step("step_net"), unknown(), nothing())),
    }
    let slope = |share: f64| format!("{}\u{a0}%", words.number(share * 100.0, 1));
    lines.push((step("step_frontage"), terrain.frontage_m.map_or_else(unknown, length), nothing()));
    lines.push((step("step_slope"), terrain.slope.map_or_else(unknown, slope), nothing()));
    let planning = terrain.planning.as_deref().map_or_else(unknown, str::to_owned);
    lines.push((step("step_planning"), planning, nothing()));
    let owner = terrain.owner.as_deref();
    let owner = owner.map_or_else(unknown, |word| words.say(&format!("owner.{word}")).to_owned());
    lines.push((step("step_owner"), owner, nothing()));
    lines
}

fn origin(zone: &EconomicZone, words: &Words) -> String {
    let document = zone.document.as_deref().unwrap_or_default();
    match zone.origin {
        ZoneOrigin::Site => words.fill("land.from_site", &[("rule", &zone.rule)]),
        ZoneOrigin::Zoning => {
            words.fill("land.from_zoning", &[("document", document), ("rule", &zone.rule)])
        }
    }
}

/// Constraints of which no layer speaks, and who can say.
fn unsettled(terrain: &Terrain, rules: &LandRules, words: &Words) -> String {
    let labels: Vec<String> = terrain
        .unsettled
        .iter()
        .map(|id| layers::constraint_told(id, Some(rules), words))
        .collect();
    let mut who: Vec<&str> = terrain
        .unsettled
        .iter()
        .filter_map(|id| rules.hard.iter().find(|rule| rule.id == *id))
        .filter_map(|rule| words.get(&format!("ask.{}", rule.layer)))
        .collect();
    who.sort_unstable();
    who.dedup();
    words.fill("land.unsettled", &[("list", &labels.join(", ")), ("ask", &who.join(" ; "))])
}
