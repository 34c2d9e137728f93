//! Slips of the pen in a request: each is refused with its key, its value and what is allowed.

use gisement::request::LandRequest;

fn error(toml: &str) -> String {
    LandRequest::from_toml(toml).unwrap_err().to_string()
}

#[test]
fn each_slip_names_its_key_and_what_is_allowed() {
    let measure = "measure = { distance_to = \"roads\" }";
    for (toml, said) in [
        ("", "missing field `name`"),
        ("name = \" \"", "name: give the request a name"),
        ("name = \"a\"\nsize = 3", "unknown field `size`"),
        ("name = \"a\"\n[area]\nmin = 3", "unknown field `min`"),
        (
            "name = \"a\"\n[area]\nmin_ha = -3",
            "area.min_ha = -3 is not allowed; give a number above 0",
        ),
        (
            "name = \"a\"\n[area]\nmin_ha = 4\nmax_ha = 3",
            "area.max_ha = 3 is not allowed; it is below area.min_ha = 4",
        ),
        (
            "name = \"a\"\n[area]\nbasis = \"brut\"",
            "unknown variant `brut`, expected `net` or `gross`",
        ),
        (
            "name = \"a\"\n[place]\nepci = [\"82\"]",
            "place.epci = \"82\" is not allowed; write the nine digits",
        ),
        (
            "name = \"a\"\n[place]\ncommunes = [\"Moissac\"]",
            "place.communes = \"Moissac\" is not allowed",
        ),
        ("name = \"a\"\n[place]\nof = [1, 44]", "place.of: say how near"),
        ("name = \"a\"\n[place]\nwithin_min = 4", "place.within_min: say of which place"),
        (
            "name = \"a\"\n[place]\nof = [44, 1]\nwithin_km = 4",
            "place.of = [44, 1] is not allowed; write longitude and latitude",
        ),
        (
            "name = \"a\"\n[place]\nof = [1, 44]\nwithin_km = 4\nwithin_min = 4",
            "give within_km or within_min, not both",
        ),
        (
            "name = \"a\"\n[candidates]\nkinds = [\"zone\"]",
            "candidates.kinds = \"zone\" is not allowed; allowed are terrain, friche, site, assembly",
        ),
        (
            "name = \"a\"\n[candidates]\navailability = [\"bâti\"]",
            "allowed are libre, sous-densifié, friche",
        ),
        (
            "name = \"a\"\n[assembly]\norder = [\"price\"]",
            "allowed are owners, units, excess, cost, shape",
        ),
        ("name = \"a\"\n[assembly]\norder = [\"cost\", \"cost\"]", "each aim stands once"),
        ("name = \"a\"\n[assembly]\nmax_units = 0", "give a whole number from 1"),
        ("name = \"a\"\nready_by = \"June\"", "ready_by = June is not allowed; write a month"),
        ("name = \"a\"\njobs = 0", "jobs = 0 is not allowed"),
        (
            "name = \"a\"\n[[must]]\nid = \"x\"\nmeasure = { distance_to = \"roads\" }",
            "must.x: give min, max or one_of",
        ),
        (
            "name = \"a\"\n[[must]]\nid = \"x\"\nmeasure = { distance = \"roads\" }\nmax = 3",
            "unknown field `distance`",
        ),
        (
            "name = \"a\"\n[[must]]\nid = \"x\"\nmeasure = { area = true, compactness = true }\nmax = 3",
            "must.x: a measure is exactly one of",
        ),
        (
            "name = \"a\"\n[[must]]\nid = \"x\"\nmeasure = { distance_to = \"roads\", within_m = 500 }\nmax = 800",
            "must.x.within_m = 500 is not allowed; search at least as far",
        ),
    ] {
        assert!(error(toml).contains(said), "{toml}\n{}\n{said}", error(toml));
    }
    for (rest, said) in [
        ("id = \"area\"\nmax = 3", "must.area: this id belongs to a section"),
        ("id = \"X\"\nmax = 3", "an id is made of a-z"),
        (
            "id = \"x\"\nmin = 4\nmax = 3",
            "must.x.max = 3 is not allowed; it is below must.x.min = 4",
        ),
        ("id = \"x\"\nmax = nan", "must.x.max = NaN is not allowed"),
        ("id = \"x\"\nmax = 3\none_of = [\"a\"]", "give one of both"),
        ("id = \"x\"\nmax = 3\nweight = 2", "must.x.weight: goes with [[should]]"),
    ] {
        let toml = format!("name = \"a\"\n[[must]]\n{measure}\n{rest}\n");
        assert!(error(&toml).contains(said), "{toml}\n{}\n{said}", error(&toml));
    }
    let huge = error("name = \"a\"\n[area]\nmin_ha = 1e9");
    assert!(huge.contains("area.min_ha = 1000000000 is not allowed; give hectares"), "{huge}");
    let twice = format!(
        "name = \"a\"\n[[must]]\nid = \"x\"\n{measure}\nmax = 3\n[[should]]\nid = \"x\"\n{measure}\nmax = 3\n"
    );
    assert!(error(&twice).contains("should.x: this id stands twice"));
    let negative =
        format!("name = \"a\"\n[[should]]\nid = \"x\"\n{measure}\nmax = 3\ntolerance = -1\n");
    assert!(error(&negative).contains("should.x.tolerance = -1"));
}
