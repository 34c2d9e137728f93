//! Twelve requests whose answers the demonstration plants: each is found first.
// A test that cannot go on has failed: that is what unwrap is for here.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use gisement::demo::PLANTED_REQUESTS;
use gisement::demo::Scale;
use gisement::demo::generate;
use gisement::evaluation::published_profile;
use gisement::housing;
use gisement::io::config::Config;
use gisement::io::demo_files;
use gisement::io::load;
use gisement::land;
use gisement::land::Ground;
use gisement::request;
use gisement::request::CandidateKind;
use gisement::request::Desk;
use gisement::request::LandRequest;
use gisement::words::Lang;
use gisement::words::Words;

#[test]
fn twelve_of_twelve_are_found_first() {
    let dir = tempfile::tempdir().unwrap();
    let made = generate(3282, Scale::Standard).unwrap();
    let words = Words::new(Lang::Fr).unwrap();
    demo_files::write_territory(dir.path(), &made, &words).unwrap();
    let mut territory = load::load(&Config::read(dir.path()).unwrap()).unwrap();
    let profile = published_profile(request::PROFILE).unwrap();
    land::prepare(&mut territory, &profile);
    housing::prepare(&mut territory).unwrap();
    let ground = Ground::new(&territory, profile.land.as_ref().unwrap()).unwrap();
    let desk = Desk::new(&territory, &ground, &profile).unwrap();
    assert_eq!(desk.plots().refused, Vec::<String>::new());
    let truth = std::fs::read_to_string(dir.path().join("verite/demandes.csv")).unwrap();
    let mut kinds = Vec::new();
    for planted in PLANTED_REQUESTS {
        let file = format!("demandes/{}.toml", planted.file);
        let text = std::fs::read_to_string(dir.path().join(&file)).unwrap();
        let request = LandRequest::from_toml(&text).unwrap();
        let answer = desk.answer(&request).unwrap();
        let first = answer.candidates.first().unwrap_or_else(|| panic!("{file}: nothing"));
        let parcels: Vec<String> =
            first.candidate.parcels.iter().map(|(id, _)| id.to_string()).collect();
        assert_eq!(parcels, planted.parcels, "{file}");
        let line = format!("{}.toml;{}", planted.file, parcels.join("|"));
        assert!(truth.lines().any(|one| one == line), "{line}");
        assert!(first.is_sure(), "{file}");
        kinds.push(first.candidate.kind);
    }
    for kind in [CandidateKind::Terrain, CandidateKind::Site, CandidateKind::Assembly] {
        assert!(kinds.contains(&kind), "{kind:?}");
    }
}
