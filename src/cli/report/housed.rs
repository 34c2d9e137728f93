//! Where the people of a site could live, as a text of one screen and as JSON.

use std::collections::BTreeSet;

use gisement::domain::Entity;
use gisement::domain::Territory;
use gisement::evaluation::method::floating_catchment::Bounds;
use gisement::housing;
use gisement::housing::Carrying;
use gisement::housing::Demand;
use gisement::housing::Housed;
use gisement::housing::HousingReach;
use gisement::housing::Jobs;
use gisement::housing::SiteWithJobs;
use gisement::io::deliver::layers;
use gisement::units::M2_PER_HA;
use gisement::units::Minutes;
use gisement::units::Unit;
use gisement::words::Words;
use serde_json::Value as Json;
use serde_json::json;

use super::rounding;
use super::table::Align;
use super::table::TextTable;

/// Communes that are listed.
const COMMUNES_SHOWN: usize = 8;

/// The answer about one site, or several that share the dwellings.
pub(crate) fn text(
    territory: &Territory,
    sites: &[SiteWithJobs],
    housed: &[Housed],
    words: &Words,
) -> String {
    let mut parts: Vec<String> = Vec::new();
    if territory.is_synthetic() {
        parts.push(super::synthetic_line(territory, words));
    }
    if let [_, _, ..] = sites {
        parts.push(summary(sites, housed, words));
    }
    for (site, housed) in sites.iter().zip(housed) {
        parts.push(one(territory, site, housed, sites.len() == 1, words));
    }
    let rules = territory.housing_rules.as_ref();
    let rules = rules.map_or_else(String::new, |rules| super::housing::rules_told(rules, words));
    let mut notes = vec![words.fill("housed.notes", &[("rules", &rules)])];
    if sites.iter().any(|site| site.reach.has_straight_lines()) {
        notes.push(words.say("housed.straight_line").to_owned());
    }
    parts.push(format!("{}\n{}\n", notes.join(" "), sources(territory, words)));
    parts.join("\n")
}

/// Origin and year of the tables that the figures are made of.
fn sources(territory: &Territory, words: &Words) -> String {
    let used: BTreeSet<&str> =
        housing::made_of("mobilisable").into_iter().map(|(table, _)| table).collect();
    let told: Vec<String> = territory
        .provenances()
        .filter(|(key, _)| used.contains(key))
        .map(|(key, provenance)| {
            let vintage = provenance.vintage.as_deref();
            let vintage = vintage.unwrap_or_else(|| words.say("product.no_vintage"));
            format!("{} ({vintage})", layers::origin(key, provenance, words))
        })
        .collect();
    let list =
        if told.is_empty() { words.say("product.unknown").to_owned() } else { told.join(" ; ") };
    let sources = words.fill("housed.sources", &[("list", &list)]);
    let missing: Vec<&str> = used
        .into_iter()
        .filter(|table| !territory.tables.contains_key(*table))
        .map(|table| words.get(&format!("layer.{table}")).unwrap_or(table))
        .collect();
    if missing.is_empty() {
        return sources;
    }
    let missing = words.fill("housed.no_table", &[("list", &missing.join(" ; "))]);
    format!("{sources} {missing}")
}

/// What `explain` says of the housing within reach of a unit, for the jobs that its land would hold; empty for one without area,
/// and where no figures of housing were made.
pub(crate) fn brief(territory: &Territory, unit: &dyn Entity, words: &Words) -> String {
    told_of(territory, unit, words).unwrap_or_default()
}

/// The same as JSON: the dwellings within reach, and how many of the households that its land would bring they house.
pub(crate) fn reach_of(territory: &Territory, unit: &dyn Entity) -> Option<Json> {
    let (_, site, housed) = site_of(territory, unit)?;
    Some(site_json(territory, &site, &housed))
}

/// A unit as a site with the jobs that its land would hold.
fn site_of(territory: &Territory, unit: &dyn Entity) -> Option<(Jobs, SiteWithJobs, Housed)> {
    let rules = territory.housing_rules.as_ref()?;
    let hectares = unit.area()?.get() / M2_PER_HA;
    let jobs = housing::jobs_of_area(rules, housing::ANY_ACTIVITY, hectares)?;
    let minutes = housing::BANDS_MIN.map(Minutes::new).into_iter().collect::<Option<Vec<_>>>()?;
    let place = territory.travel_place(unit)?;
    let reach = housing::reach(territory, &[place], &minutes)?.pop()?;
    let site =
        SiteWithJobs { name: unit.id().into_owned(), demand: Demand::of(rules, jobs), reach };
    let housed = housing::house(std::slice::from_ref(&site)).pop()?;
    Some((jobs, site, housed))
}

fn told_of(territory: &Territory, unit: &dyn Entity, words: &Words) -> Option<String> {
    let (jobs, site, housed) = site_of(territory, unit)?;
    let title = words.fill("housed.reach_title", &[("jobs", &jobs_told(jobs, words))]);
    Some(format!("\n{title}\n{}", within_reach(territory, &site, &housed, true, words)))
}

/// All sites, a line each.
fn summary(sites: &[SiteWithJobs], housed: &[Housed], words: &Words) -> String {
    let mut table = TextTable::new(&[
        (words.say("housed.site"), Align::Left),
        (words.say("housed.jobs"), Align::Right),
        (words.say("housed.households"), Align::Right),
        (words.say("housed.housed"), Align::Right),
        (words.say("housed.verdict"), Align::Left),
    ]);
    for (site, housed) in sites.iter().zip(housed) {
        let jobs = site.demand.kinds.iter().find(|kind| kind.kind.as_str() == "operation");
        table.row(vec![
            site.name.clone(),
            jobs.map_or_else(String::new, |kind| jobs_told(kind.jobs, words)),
            needed(housed, words),
            from_to(rounding::housed(housed), words),
            verdict(housed, words),
        ]);
    }
    let total = |of: fn(&Housed) -> f64| housed.iter().map(of).sum::<f64>();
    let all = Housed {
        low: total(|one| one.low),
        high: total(|one| one.high),
        needed: total(|one| one.needed),
        needed_range: Bounds {
            low: total(|one| one.needed_range.low),
            high: total(|one| one.needed_range.high),
        },
        lacking: Bounds { low: total(|one| one.lacking.low), high: total(|one| one.lacking.high) },
        communes: Vec::new(),
    };
    table.row(vec![
        words.say("housing.total").to_owned(),
        String::new(),
        needed(&all, words),
        from_to(rounding::housed(&all), words),
        String::new(),
    ]);
    format!("{}\n{}", words.say("housed.shared_title"), table.text())
}

fn one(
    territory: &Territory,
    site: &SiteWithJobs,
    housed: &Housed,
    is_alone: bool,
    words: &Words,
) -> String {
    let title = words.fill("housed.title", &[("site", &site.name)]);
    let within = within_reach(territory, site, housed, is_alone, words);
    format!("{title}\n\n{}\n{within}", demand(territory, site, words))
}

fn within_reach(
    territory: &Territory,
    site: &SiteWithJobs,
    housed: &Housed,
    is_alone: bool,
    words: &Words,
) -> String {
    if site.reach.is_cut_off {
        return format!("{}\n", words.say("housed.cut_off"));
    }
    let (supply, sentence) =
        (supply(&site.reach, housed, is_alone, words), sentence(housed, &site.reach, words));
    let unknown = unknown(&site.reach, words).map_or_else(String::new, |text| format!("{text}\n"));
    format!("{supply}\n{sentence}\n{unknown}\n{}", communes(territory, housed, words))
}

/// What the site brings, by kind of job.
fn demand(territory: &Territory, site: &SiteWithJobs, words: &Words) -> String {
    let mut table = TextTable::new(&[
        (words.say("housed.brings"), Align::Left),
        (words.say("housed.jobs"), Align::Right),
        (words.say("housed.households"), Align::Right),
        (words.say("housed.dwelling"), Align::Left),
    ]);
    for brought in &site.demand.kinds {
        let rules =
            territory.housing_rules.as_ref().and_then(|rules| rules.brought.get(&brought.kind));
        let (label, dwelling) = rules.map_or((brought.kind.as_str(), ""), |rules| {
            (
                words.pick(&rules.label.fr, &rules.label.en),
                words.pick(&rules.dwelling.fr, &rules.dwelling.en),
            )
        });
        table.row(vec![
            label.to_owned(),
            jobs_told(brought.jobs, words),
            jobs_told(brought.households, words),
            dwelling.to_owned(),
        ]);
    }
    table.row(vec![
        words.say("housed.lasting").to_owned(),
        String::new(),
        jobs_told(site.demand.lasting_households(), words),
        String::new(),
    ]);
    table.text()
}

/// What could be mobilised, by kind and minutes.
fn supply(reach: &HousingReach, housed: &Housed, is_alone: bool, words: &Words) -> String {
    let within: Vec<String> = reach
        .bands
        .iter()
        .map(|band| {
            let minutes = words.quantity(band.within.get(), Unit::Minute);
            words.fill("housed.within", &[("minutes", &minutes)])
        })
        .collect();
    let mut columns = vec![(words.say("housed.could_be_mobilised"), Align::Left)];
    columns.extend(within.iter().map(|title| (title.as_str(), Align::Right)));
    let mut table = TextTable::new(&columns);
    let kinds = reach.bands.first().map_or(0, |band| band.kinds.len());
    for at in 0..kinds {
        let mut row = Vec::new();
        for band in &reach.bands {
            let Some((kind, dwellings)) = band.kinds.get(at) else { continue };
            if row.is_empty() {
                row.push(words.say(&format!("housing_kind.{}", kind.as_str())).to_owned());
            }
            row.push(bounds(*dwellings, words));
        }
        table.row(row);
    }
    let mut line = |title: &str, of: &dyn Fn(&gisement::housing::ReachBand) -> String| {
        let cells = reach.bands.iter().map(of);
        table.row(std::iter::once(words.say(title).to_owned()).chain(cells).collect());
    };
    line("housing.total", &|band| bounds(band.all, words));
    line("housed.communes", &|band| words.count(band.n_communes));
    line("housed.without_figure", &|band| words.count(band.n_unknown));
    // Each block is that of its site: what the others take is in the table of all sites.
    let margin = if is_alone { "housed.margin" } else { "housed.margin_alone" };
    line(margin, &|band| {
        let needed = housed.needed_range;
        let margin = Bounds { low: band.all.low - needed.high, high: band.all.high - needed.low };
        bounds(margin, words)
    });
    table.text()
}

/// The kinds of stock of which communes within the longest drive have no figure; `None` where all have one.
fn unknown(reach: &HousingReach, words: &Words) -> Option<String> {
    let longest = reach.bands.iter().max_by(|a, b| a.within.get().total_cmp(&b.within.get()))?;
    let list: Vec<String> = longest
        .n_unknown_of
        .iter()
        .filter(|(_, n)| *n > 0)
        .map(|(kind, n)| {
            let key = format!("housing_kind.{}", kind.as_str());
            let label = words.say(&key);
            words.fill("housed.unknown_kind", &[("kind", label), ("n", &words.count(*n))])
        })
        .collect();
    let values = [
        ("n", &*words.count(longest.n_communes)),
        ("minutes", &*words.quantity(longest.within.get(), Unit::Minute)),
        ("list", &*list.join(" ; ")),
    ];
    (!list.is_empty()).then(|| words.fill("housed.unknown", &values))
}

/// Whether there is enough within the longest drive, in one sentence.
fn sentence(housed: &Housed, reach: &HousingReach, words: &Words) -> String {
    let minutes = reach.bands.iter().map(|band| band.within.get()).fold(0.0, f64::max);
    let minutes = words.quantity(minutes, Unit::Minute);
    let told = rounding::housed(housed);
    let whole = |value: f64| words.number(value, 0);
    match housed.is_enough() {
        Some(true) => words
            .fill("housed.enough", &[("needed", &needed(housed, words)), ("minutes", &minutes)]),
        Some(false) => {
            let short = rounding::Short::of(housed);
            let number = |value: f64| words.number(value, short.decimals);
            let values = [
                ("needed", &*number(short.needed)),
                ("high", &*number(short.housed)),
                ("lacking", &*number(short.lacking)),
                ("minutes", &*minutes),
            ];
            words.fill("housed.short", &values)
        }
        None => {
            let key = if housed.is_ranged() { "housed.open_jobs" } else { "housed.open" };
            let values = [
                ("needed", &*needed(housed, words)),
                ("low", &*whole(told.low)),
                ("high", &*whole(told.high)),
                ("minutes", &*minutes),
            ];
            words.fill(key, &values)
        }
    }
}

/// Households in need of a dwelling: the usual number, and the range where there is one.
fn needed(housed: &Housed, words: &Words) -> String {
    let Bounds { low, high } = housed.needed_range;
    jobs_told(Jobs { low, usual: housed.needed, high }, words)
}

fn verdict(housed: &Housed, words: &Words) -> String {
    let key = match housed.is_enough() {
        Some(true) => "housed.is_enough",
        Some(false) => "housed.is_short",
        None => "housed.is_open",
    };
    words.say(key).to_owned()
}

/// The communes that would carry the households.
fn communes(territory: &Territory, housed: &Housed, words: &Words) -> String {
    let mut table = TextTable::new(&[
        (words.say("housed.carrying"), Align::Left),
        (words.say("housed.drive"), Align::Right),
        (words.say("housing.mobilisable"), Align::Right),
        (words.say("housed.would_house"), Align::Right),
    ]);
    for one in housed.communes.iter().take(COMMUNES_SHOWN) {
        table.row(vec![
            name(territory, one),
            words.quantity(one.commune.minutes, Unit::Minute),
            bounds(one.commune.mobilisable, words),
            words.number(one.households, 1),
        ]);
    }
    let more = housed.communes.len().saturating_sub(COMMUNES_SHOWN);
    let mut text = table.text();
    if more > 0 {
        text.push_str(&format!("{}\n", words.fill("housed.more", &[("n", &words.count(more))])));
    }
    text
}

fn name(territory: &Territory, one: &Carrying) -> String {
    territory
        .commune(one.commune.insee)
        .map_or_else(|| one.commune.insee.to_string(), |commune| commune.name.clone())
}

fn jobs_told(jobs: Jobs, words: &Words) -> String {
    let usual = words.number(jobs.usual, 0);
    if jobs.low < jobs.high {
        let (low, high) = (words.number(jobs.low, 0), words.number(jobs.high, 0));
        words.fill("housed.usual", &[("usual", &usual), ("low", &low), ("high", &high)])
    } else {
        usual
    }
}

/// Dwellings: whole ones, the least rounded down and the most rounded up.
fn bounds(bounds: Bounds, words: &Words) -> String {
    if bounds.low == 0.0 && bounds.high.is_infinite() {
        words.say("product.unknown").to_owned()
    } else if bounds.high.is_infinite() {
        let low = words.number(rounding::down(bounds.low), 0);
        words.fill("report.at_least", &[("low", &low)])
    } else {
        from_to(rounding::outward(bounds), words)
    }
}

/// Bounds that are whole already.
fn from_to(bounds: Bounds, words: &Words) -> String {
    let low = words.number(bounds.low, 0);
    if bounds.high <= bounds.low {
        return low;
    }
    words.fill("housed.from_to", &[("low", &low), ("high", &words.number(bounds.high, 0))])
}

/// The same as JSON; an upper bound that nothing gives is null, and so is what is unknown.
pub(crate) fn json(territory: &Territory, sites: &[SiteWithJobs], housed: &[Housed]) -> Json {
    let rules = territory.housing_rules.as_ref();
    let is_own = rules.map(|rules| rules.is_of_territory);
    let rules = rules.map(|rules| rules.id.as_str());
    let sites: Vec<Json> =
        sites.iter().zip(housed).map(|(site, housed)| site_json(territory, site, housed)).collect();
    json!({ "synthetic": territory.is_synthetic(), "rules": rules, "rules_of_territory": is_own,
        "sites": sites })
}

fn site_json(territory: &Territory, site: &SiteWithJobs, housed: &Housed) -> Json {
    let brings: Vec<Json> = site
        .demand
        .kinds
        .iter()
        .map(|kind| {
            json!({
                "kind": kind.kind.as_str(),
                "jobs": jobs_json(kind.jobs),
                "households": jobs_json(kind.households),
            })
        })
        .collect();
    let communes: Vec<Json> = housed
        .communes
        .iter()
        .map(|one| {
            json!({
                "code": one.commune.insee.as_str(),
                "name": name(territory, one),
                "minutes": one.commune.minutes,
                "by": one.commune.by.as_str(),
                "mobilisable": bounds_json(one.commune.mobilisable),
                "households": one.households,
            })
        })
        .collect();
    json!({
        "name": site.name,
        "brings": brings,
        "households": housed.needed,
        "households_range": range_json(housed.needed_range),
        "housed": { "low": housed.low, "high": housed.high },
        "lacking": range_json(housed.lacking),
        "enough": housed.is_enough(),
        "reach": reach_json(&site.reach),
        "communes": communes,
    })
}

/// The housing within reach of a site, by minutes.
pub(crate) fn reach_json(reach: &HousingReach) -> Json {
    let bands: Vec<Json> = reach
        .bands
        .iter()
        .map(|band| {
            let kinds: serde_json::Map<String, Json> = band
                .kinds
                .iter()
                .map(|(kind, dwellings)| (kind.as_str().to_owned(), bounds_json(*dwellings)))
                .collect();
            let without: serde_json::Map<String, Json> = band
                .n_unknown_of
                .iter()
                .map(|(kind, n)| (kind.as_str().to_owned(), json!(n)))
                .collect();
            json!({
                "within_min": band.within.get(),
                "communes": band.n_communes,
                "communes_without_figure": band.n_unknown,
                "communes_without_figure_of": without,
                "mobilisable": bounds_json(band.all),
                "kinds": kinds,
            })
        })
        .collect();
    json!({
        "bands": bands,
        "straight_line": reach.has_straight_lines(),
        "cut_off": reach.is_cut_off,
    })
}

fn jobs_json(jobs: Jobs) -> Json {
    json!({ "low": jobs.low, "usual": jobs.usual, "high": jobs.high })
}

/// Both bounds, which are known.
fn range_json(bounds: Bounds) -> Json {
    json!({ "low": bounds.low, "high": bounds.high })
}

fn bounds_json(bounds: Bounds) -> Json {
    if bounds.low == 0.0 && bounds.high.is_infinite() {
        return Json::Null;
    }
    json!({ "low": bounds.low, "high": bounds.high.is_finite().then_some(bounds.high) })
}
