//! Problems as sentences, from the catalogue.

use crate::domain::Problem;
use crate::words::Told;
use crate::words::Words;

/// The sentence of a problem: file, row, object, what is wrong, and what was done about it.
#[must_use]
pub fn in_words(problem: &Problem, words: &Words) -> String {
    words.tell(&told(problem))
}

/// The same before it is said in a language, for errors that quote a problem.
#[must_use]
pub fn told(problem: &Problem) -> Told {
    let what = Told::new(format!("problem.{}", problem.code.as_str()));
    let what = match &problem.detail {
        Some(detail) => what.with_told("value", detail.clone()),
        None => what.with("value", &problem.value),
    };
    let (file, row) = (problem.file.as_str(), problem.row);
    if file.is_empty() && row.is_none() && problem.feature.is_none() {
        return what;
    }
    let feature = match &problem.feature {
        Some(feature) if file.is_empty() && row.is_none() => feature.clone(),
        Some(feature) => format!(" ({feature})"),
        None => String::new(),
    };
    let comma = if file.is_empty() || row.is_none() { "" } else { ", " };
    let place = Told::new("problem.place").with("file", file).with("comma", comma);
    let place = match row {
        Some(row) => place.with_told("row", Told::new("problem.row").with("row", row)),
        None => place.with("row", ""),
    };
    Told::new("problem.at")
        .with_told("place", place.with("feature", feature))
        .with_told("what", what)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Place;
    use crate::domain::ProblemCode;
    use crate::words::Lang;

    fn problem() -> Problem {
        Problem {
            layer: "friches".to_owned(),
            file: String::new(),
            row: None,
            feature: None,
            code: ProblemCode::IdDuplicate,
            value: "82112_1".to_owned(),
            detail: None,
            place: Place::default(),
        }
    }

    #[test]
    fn what_is_known_of_the_place_comes_first() {
        let french = Words::new(Lang::Fr).unwrap();
        let what = "l'identifiant 82112_1 est présent deux fois ; la première ligne est gardée";
        let says = |file: &str, row, feature: Option<&str>| {
            let (file, feature) = (file.to_owned(), feature.map(str::to_owned));
            in_words(&Problem { file, row, feature, ..problem() }, &french)
        };
        assert_eq!(says("", None, None), what);
        assert_eq!(says("", None, Some("a")), format!("a : {what}"));
        assert_eq!(says("", Some(7), None), format!("ligne 7 : {what}"));
        assert_eq!(says("f.csv", None, None), format!("f.csv : {what}"));
        assert_eq!(says("f.csv", Some(7), Some("a")), format!("f.csv, ligne 7 (a) : {what}"));
    }

    #[test]
    fn a_detail_is_told_in_the_language_asked_for() {
        let detail = Some(Told::new("fault.cut").with("after_bytes", 17));
        let code = ProblemCode::GeometryUnreadable;
        let problem = Problem { code, value: String::new(), detail, ..problem() };
        assert_eq!(
            in_words(&problem, &Words::new(Lang::Fr).unwrap()),
            "géométrie illisible : la géométrie s'arrête après 17 octets ; reprendre le fichier à la source"
        );
        assert_eq!(
            told(&problem).to_string(),
            "unreadable geometry: the geometry is cut after 17 bytes; take the file from its source"
        );
    }
}
