//! A request asked of a drawing, and the answer in a few words.

use gisement::domain::Territory;
use gisement::evaluation::published_profile;
use gisement::housing;
use gisement::land;
use gisement::land::Ground;
use gisement::request;
use gisement::request::Answer;
use gisement::request::Desk;
use gisement::request::LandRequest;

use super::drawn::Drawing;

/// Asks `toml` of a drawing and looks at the answer.
pub fn ask<T>(drawing: &Drawing, toml: &str, look: impl FnOnce(&Answer<'_>) -> T) -> T {
    ask_territory(drawing.territory(), toml, look)
}

/// Asks `toml` of a territory.
pub fn ask_territory<T>(
    mut territory: Territory,
    toml: &str,
    look: impl FnOnce(&Answer<'_>) -> T,
) -> T {
    let profile = published_profile(request::PROFILE).unwrap();
    land::prepare(&mut territory, &profile);
    housing::prepare(&mut territory).unwrap();
    let ground = Ground::new(&territory, profile.land.as_ref().unwrap()).unwrap();
    let desk = Desk::new(&territory, &ground, &profile).unwrap();
    let request = LandRequest::from_toml(&format!("name = \"Essai\"\n{toml}")).unwrap();
    look(&desk.answer(&request).unwrap())
}

/// Numbers of the parcels of each candidate, the best first.
pub fn candidates(answer: &Answer<'_>) -> Vec<Vec<u32>> {
    answer
        .candidates
        .iter()
        .map(|one| {
            let ids = one.candidate.parcels.iter();
            ids.map(|(id, _)| id.to_string()[10..].parse().unwrap()).collect()
        })
        .collect()
}

/// Parcels of a near miss by their numbers, and the conditions that it fails with the gaps.
pub type Missed = (Vec<u32>, Vec<(String, Option<f64>)>);

/// Numbers of the parcels of each near miss, with the conditions that it fails and the gaps.
pub fn near_misses(answer: &Answer<'_>) -> Vec<Missed> {
    answer
        .near_misses
        .iter()
        .map(|miss| {
            let ids = answer.missed[miss.candidate].0.parcels.iter();
            let numbers = ids.map(|(id, _)| id.to_string()[10..].parse().unwrap()).collect();
            let fails = miss.fails.iter();
            let told = fails.map(|fail| (answer.asked[fail.condition].id.clone(), fail.gap));
            (numbers, told.collect())
        })
        .collect()
}

/// Relaxations as condition, limit, where it would be, candidates.
pub fn relaxations(answer: &Answer<'_>) -> Vec<(String, &'static str, f64, usize)> {
    let each = answer.relaxations.iter();
    each.map(|one| {
        (answer.asked[one.condition].id.clone(), one.limit.as_str(), one.to, one.candidates)
    })
    .collect()
}
