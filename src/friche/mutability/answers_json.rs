//! Answers from JSON: keys and values as in the published examples.

use std::fmt;

use serde::Deserialize;
use serde::Deserializer;
use serde::de::MapAccess;
use serde::de::SeqAccess;
use serde::de::Visitor;
use serde_json::Value as Json;

use super::answer::Answer;
use super::answer::Answers;
use super::criterion_key::CriterionKey;
use super::criterion_key::Form;
use super::criterion_key::NumberUnit;
use super::error::AnswersError;

/// The published word for "nobody knows".
const UNKNOWN: &str = "ne-sait-pas";

/// The object of answers in a worked case, beside its name and what is expected.
const CASE: &str = "input";

/// The two objects of answers in a request to ADEME's service: what was looked up, what a person knows (which wins).
const REQUEST: [&str; 2] = ["donneesEnrichies", "donneesComplementaires"];

/// Facts that ADEME's service gives with a site and no version of the algorithm scores.
const NOT_SCORED: [&str; 14] = [
    "identifiantParcelle",
    "identifiantsParcelles",
    "nombreParcelles",
    "parcellePredominante",
    "codeInsee",
    "commune",
    "communePredominante",
    "coordonnees",
    "geometrie",
    "sourcesUtilisees",
    "sourcesEchouees",
    "champsManquants",
    "siteReferencePollue",
    "ilotChaleurUrbain",
];

/// How much of a wrong value is repeated, in characters.
const SHOWN: usize = 60;

impl Answers {
    /// Answers from JSON: an object of criteria, such an object under the key `input`, or the two objects of a request to
    /// ADEME's service.
    ///
    /// # Errors
    /// When the text is no JSON or no object, a key is no criterion or stands twice, or a value is none of its criterion's.
    pub fn from_json(text: &str) -> Result<Self, AnswersError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let tree: Tree = serde_json::from_str(text)
            .map_err(|error| AnswersError::Syntax { message: error.to_string() })?;
        let pairs = tree.into_pairs()?;
        let holds = |key: &str| pairs.iter().any(|(known, _)| known == key);
        let (is_case, is_request) = (holds(CASE), REQUEST.iter().any(|key| holds(key)));
        let mut answers = Self::new();
        if is_case {
            for (_, tree) in pairs.into_iter().filter(|(key, _)| key == CASE) {
                answers.take_object(tree)?;
            }
        } else if is_request {
            for part in REQUEST {
                if let Some((_, tree)) = pairs.iter().find(|(key, _)| key == part) {
                    answers.take_object(tree.clone())?;
                }
            }
        } else {
            answers.take_object(Tree::Object(pairs))?;
        }
        Ok(answers)
    }

    fn take_object(&mut self, tree: Tree) -> Result<(), AnswersError> {
        let mut seen: Vec<String> = Vec::new();
        for (key, tree) in tree.into_pairs()? {
            if seen.contains(&key) {
                return Err(AnswersError::Twice { key });
            }
            match CriterionKey::from_name(&key) {
                Some(criterion) => {
                    let answer = answer(criterion, &tree)?;
                    // What one part of a request does not know, the other may.
                    if answer.is_known() || !self.get(criterion).is_known() {
                        self.set(criterion, answer);
                    }
                }
                None if NOT_SCORED.contains(&key.as_str()) => self.note_not_scored(&key),
                None => return Err(no_criterion(key)),
            }
            seen.push(key);
        }
        Ok(())
    }
}

fn answer(key: CriterionKey, tree: &Tree) -> Result<Answer, AnswersError> {
    let value = match tree {
        Tree::Value(Json::Null) => return Ok(Answer::NoneFound),
        Tree::Value(Json::String(word)) if word == UNKNOWN => return Ok(Answer::Unknown),
        Tree::Value(value) => value,
        Tree::Object(_) => &Json::Null,
    };
    let told = || shown(tree);
    let name = key.as_str();
    match key.form() {
        Form::Words(words) => words
            .iter()
            .find(|word| value.as_str() == Some(**word))
            .map(|word| Answer::Word(word))
            .ok_or_else(|| AnswersError::Word {
                key: name,
                value: told(),
                allowed: words
                    .iter()
                    .map(|word| format!("\"{word}\""))
                    .collect::<Vec<_>>()
                    .join(", "),
            }),
        Form::Flag => value
            .as_bool()
            .map(Answer::Flag)
            .ok_or_else(|| AnswersError::Flag { key: name, value: told() }),
        Form::Number(unit) => {
            value.as_f64().filter(|number| unit.allows(*number)).map(Answer::Number).ok_or_else(
                || AnswersError::Number {
                    key: name,
                    value: told(),
                    expected: match unit {
                        NumberUnit::SquareMeters => "an area in m², 0 or more",
                        NumberUnit::Meters => "a distance in metres, 0 or more",
                        NumberUnit::Percent => "a share in percent, 0 to 100",
                    },
                },
            )
        }
    }
}

/// A wrong value as it is repeated.
fn shown(tree: &Tree) -> String {
    let text = match tree {
        Tree::Object(_) => "{…}".to_owned(),
        Tree::Value(value) => value.to_string(),
    };
    if text.chars().count() <= SHOWN {
        return text;
    }
    let start: String = text.chars().take(SHOWN).collect();
    format!("{start}…")
}

/// The error of a key that is no criterion: with those that are spelt nearly so, else with all.
fn no_criterion(key: String) -> AnswersError {
    let lower = key.to_lowercase();
    let allowed = (key.chars().count() / 4).max(2);
    let near: Vec<&str> = CriterionKey::ALL
        .into_iter()
        .map(CriterionKey::as_str)
        .filter(|name| strsim::damerau_levenshtein(&name.to_lowercase(), &lower) <= allowed)
        .collect();
    if near.is_empty() {
        let known = CriterionKey::ALL.map(CriterionKey::as_str).join(", ");
        return AnswersError::UnknownCriterion { key, known };
    }
    AnswersError::Misspelt { key, near: near.join(", ") }
}

/// JSON that keeps keys that stand twice, on the outer levels.
#[derive(Debug, Clone)]
enum Tree {
    Object(Vec<(String, Tree)>),
    Value(Json),
}

impl Tree {
    fn into_pairs(self) -> Result<Vec<(String, Self)>, AnswersError> {
        let found = match self {
            Self::Object(pairs) => return Ok(pairs),
            Self::Value(Json::Array(_)) => "a list",
            Self::Value(Json::Null) => "null",
            Self::Value(Json::String(_)) => "a text",
            Self::Value(Json::Number(_)) => "a number",
            Self::Value(_) => "true or false",
        };
        Err(AnswersError::NotAnObject { found })
    }
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AnyTree;

        impl<'de> Visitor<'de> for AnyTree {
            type Value = Tree;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("JSON")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Tree, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Tree::Object(pairs))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Tree, A::Error> {
                let mut values = Vec::new();
                while let Some(value) = list.next_element::<Json>()? {
                    values.push(value);
                }
                Ok(Tree::Value(Json::Array(values)))
            }

            fn visit_unit<E>(self) -> Result<Tree, E> {
                Ok(Tree::Value(Json::Null))
            }

            fn visit_bool<E>(self, value: bool) -> Result<Tree, E> {
                Ok(Tree::Value(value.into()))
            }

            fn visit_i64<E>(self, value: i64) -> Result<Tree, E> {
                Ok(Tree::Value(value.into()))
            }

            fn visit_u64<E>(self, value: u64) -> Result<Tree, E> {
                Ok(Tree::Value(value.into()))
            }

            fn visit_f64<E>(self, value: f64) -> Result<Tree, E> {
                Ok(Tree::Value(value.into()))
            }

            fn visit_str<E>(self, value: &str) -> Result<Tree, E> {
                Ok(Tree::Value(value.into()))
            }
        }

        deserializer.deserialize_any(AnyTree)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Answers {
        Answers::from_json(text).unwrap()
    }

    #[test]
    fn the_three_answers_are_kept_apart() {
        let answers = read(
            r#"{"surfaceSite": 16720, "siteEnCentreVille": false, "risqueInondation": "oui",
                "distanceTransportCommun": null, "presencePollution": "ne-sait-pas"}"#,
        );
        assert_eq!(answers.get(CriterionKey::SurfaceSite), Answer::Number(16_720.0));
        assert_eq!(answers.get(CriterionKey::SiteEnCentreVille), Answer::Flag(false));
        assert_eq!(answers.get(CriterionKey::RisqueInondation), Answer::Word("oui"));
        assert_eq!(answers.get(CriterionKey::DistanceTransportCommun), Answer::NoneFound);
        assert_eq!(answers.get(CriterionKey::PresencePollution), Answer::Unknown);
        assert_eq!(answers.get(CriterionKey::SurfaceBati), Answer::Unknown);
    }

    #[test]
    fn a_worked_case_and_a_request_hold_answers() {
        let bare = read(r#"{"surfaceSite": 5060}"#);
        assert_eq!(read("\u{feff}{\"id\": \"x\", \"input\": {\"surfaceSite\": 5060}}"), bare);
        let request = read(
            r#"{"donneesEnrichies": {"commune": "Besançon", "surfaceSite": 5060, "trameVerteEtBleue": "hors-trame"},
                "donneesComplementaires": {"trameVerteEtBleue": "ne-sait-pas", "typeProprietaire": "prive"}}"#,
        );
        assert_eq!(request.get(CriterionKey::SurfaceSite), Answer::Number(5060.0));
        assert_eq!(request.get(CriterionKey::TrameVerteEtBleue), Answer::Word("hors-trame"));
        assert_eq!(request.get(CriterionKey::TypeProprietaire), Answer::Word("prive"));
        assert_eq!(request.not_scored(), ["commune"]);
    }

    #[test]
    fn slips_are_told_with_the_way_out() {
        for (text, told) in [
            ("{\"surfaceSite\": 1", "not JSON: "),
            ("[1]", "but a list"),
            ("{\"input\": 3}", "but a number"),
            (
                "{\"surfaceSites\": 1}",
                "unknown criterion `surfaceSites`; did you mean surfaceSite?",
            ),
            ("{\"distanceAutoRoute\": 1}", "did you mean distanceAutoroute?"),
            ("{\"colour\": 1}", "unknown criterion `colour`; criteria are: surfaceSite, "),
            ("{\"siteEnQpv\": true, \"siteEnQpv\": false}", "`siteEnQpv` stands twice"),
            (
                "{\"risqueInondation\": true}",
                "`risqueInondation`: true is no answer; write one of \"non\", \"oui\",",
            ),
            ("{\"siteEnQpv\": \"oui\"}", "`siteEnQpv`: \"oui\" is no answer; write true, false,"),
            (
                "{\"surfaceSite\": -1}",
                "`surfaceSite`: -1 is no answer; write an area in m², 0 or more,",
            ),
            ("{\"surfaceSite\": \"12\"}", "`surfaceSite`: \"12\" is no answer"),
            ("{\"tauxLogementsVacants\": 100.1}", "a share in percent, 0 to 100"),
            ("{\"typeProprietaire\": {}}", "`typeProprietaire`: {…} is no answer"),
            ("{\"surfaceSite\": 1e999}", "not JSON: "),
        ] {
            let message = Answers::from_json(text).unwrap_err().to_string();
            assert!(message.contains(told), "{text}: {message}");
        }
    }
}
