//! `gisement demo`: a generated territory, then the same chain as for real files.

use std::time::Instant;

use gisement::demo;
use gisement::io::config::Config;
use gisement::io::demo_files;
use gisement::io::load;
use gisement::words::Words;

use super::CliError;
use super::Outcome;
use super::args::Args;
use super::args::DemoArgs;
use super::args::What;
use super::export;
use super::map;
use super::output;
use super::output::Talk;
use super::report;

/// Rows of each ranking that are printed.
const TOP: usize = 10;

pub(crate) fn run(
    _: &Args,
    args: &DemoArgs,
    words: &Words,
    talk: &Talk,
) -> Result<Outcome, CliError> {
    let clock = Instant::now();
    let told = |step: &str| {
        let seconds = words.number(clock.elapsed().as_secs_f64(), 1);
        talk.say(&words.fill("report.elapsed", &[("step", step), ("seconds", &seconds)]));
    };
    let made = demo::generate(args.seed, args.scale.into())?;
    demo_files::write_territory(&args.out, &made, words)?;
    let generated = words.fill(
        "report.generated",
        &[
            ("parcels", &words.count(made.communes.iter().map(|c| c.parcels.len()).sum::<usize>())),
            (
                "buildings",
                &words.count(made.communes.iter().map(|c| c.buildings.len()).sum::<usize>()),
            ),
            ("seed", &args.seed.to_string()),
        ],
    );
    drop(made);
    told(&generated);

    let mut territory = load::load(&Config::read(&args.out)?)?;
    told(words.say("report.loaded"));
    let rankings = export::rank_all(&mut territory)?;
    told(words.say("report.ranked"));
    let out = args.out.join(export::RESULTS);
    let mut files = export::write(&territory, &rankings, &out, words)?;
    let maps = [
        (What::Land, &rankings.land),
        (What::Friches, &rankings.friches),
        (What::Housing, &rankings.housing),
    ];
    for (what, ranking) in maps {
        if let Some(ranking) = ranking {
            files.extend(map::write_default(&territory, ranking, what, None, &out, words)?);
        }
    }
    if let Some(ranking) = &rankings.friches {
        let visits = Some(&rankings.visits[..]);
        files.extend(map::write_default(&territory, ranking, What::Friches, visits, &out, words)?);
    }
    if let (Some(communes), Some(epcis)) = (&rankings.housing, &rankings.housing_epcis) {
        files.extend(map::write_multiples(&territory, communes, epcis, &out, words)?);
    }
    told(words.say("report.delivered"));

    let mut text = report::balance::text(&territory, words);
    for ranking in [&rankings.land, &rankings.friches].into_iter().flatten() {
        text.push('\n');
        text.push_str(&report::ranking::table(&territory, ranking, TOP, words));
    }
    if let Some(ranking) = &rankings.housing_epcis {
        text.push('\n');
        text.push_str(&report::ranking::table(&territory, ranking, usize::MAX, words));
    }
    text.push('\n');
    text.push_str(&export::list(&files, words));
    text.push_str(&format!("\n\n{}\n", words.say("product.synthetic")));
    output::answer(&text)?;
    Ok(Outcome::Answered)
}
