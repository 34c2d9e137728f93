//! The same sites by `tests/reference/mutafriches.py`, for every version: every figure is equal.

use std::fs;
use std::path::Path;

use gisement::friche::mutability::Answers;
use gisement::friche::mutability::CriterionKey;
use gisement::friche::mutability::Form;
use gisement::friche::mutability::Points;
use gisement::friche::mutability::UseAssessment;
use gisement::friche::mutability::assess;
use gisement::friche::mutability::published_grid;

fn table(name: &str) -> Vec<Vec<String>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference").join(name);
    let text = fs::read_to_string(path).unwrap();
    text.lines().map(|line| line.split('\t').map(str::to_owned).collect()).collect()
}

/// A row of the table of answers as JSON, as a user would write it.
fn answers(keys: &[String], row: &[String]) -> Answers {
    let given = keys.iter().zip(row).filter(|(_, value)| !value.is_empty()).map(|(key, value)| {
        let form = CriterionKey::from_name(key).unwrap().form();
        let is_word = value != "null" && (matches!(form, Form::Words(_)) || value == "ne-sait-pas");
        if is_word { format!("\"{key}\": \"{value}\"") } else { format!("\"{key}\": {value}") }
    });
    Answers::from_json(&format!("{{{}}}", given.collect::<Vec<_>>().join(", "))).unwrap()
}

#[test]
fn two_hundred_sites_by_nine_versions_are_as_in_python() {
    let sites = table("mutafriches_answers.tsv");
    let sites: Vec<Answers> = sites[1..].iter().map(|row| answers(&sites[0], row)).collect();
    assert_eq!(sites.len(), 200);
    let expected = table("mutafriches.tsv");
    assert_eq!(expected.len(), 1 + 9 * 200);
    for row in &expected[1..] {
        let found =
            assess(&published_grid(&row[0]).unwrap(), &sites[row[1].parse::<usize>().unwrap()]);
        let told = |of: &dyn Fn(&UseAssessment) -> String, between: &str| {
            found.uses.iter().map(of).collect::<Vec<_>>().join(between)
        };
        let quarters = |points: Points| points.quarters().to_string();
        let excluded = found.uses.iter().filter(|one| one.is_excluded());
        let ours = [
            told(&|one| one.index.tenths().to_string(), " "),
            told(&|one| quarters(one.advantages), " "),
            told(&|one| quarters(one.constraints), " "),
            told(&|one| one.rank.to_string(), ""),
            excluded.map(|one| one.usage.as_str()).collect::<Vec<_>>().join(" "),
            format!("{:?}", found.reliability.note()),
            format!("{:?}", found.reliability.known.get()),
        ];
        assert_eq!(ours, row[2..], "{} of site {}", row[0], row[1]);
    }
}
