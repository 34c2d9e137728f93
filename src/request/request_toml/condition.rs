//! `[[must]]` and `[[should]]`.

use serde::Deserialize;

use super::RESERVED;
use super::contradiction;
use super::value;
use crate::domain::Label;
use crate::evaluation::Condition;
use crate::evaluation::Measure;
use crate::evaluation::MeasureToml;
use crate::evaluation::ProfileError;
use crate::request::RequestError;
use crate::request::Should;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawCondition {
    id: String,
    label: Option<RawLabel>,
    measure: MeasureToml,
    min: Option<f64>,
    max: Option<f64>,
    one_of: Option<Vec<String>>,
    tolerance: Option<f64>,
    weight: Option<f64>,
}

/// One text for all languages, or one for each.
#[derive(Deserialize)]
#[serde(untagged)]
enum RawLabel {
    One(String),
    Each(Label),
}

impl RawCondition {
    pub(super) fn must(self) -> Result<Condition, RequestError> {
        for (key, given) in [("tolerance", self.tolerance), ("weight", self.weight)] {
            if given.is_some() {
                let what = "goes with [[should]]; a [[must]] holds or does not";
                return Err(contradiction(&format!("must.{}.{key}", self.id), what));
            }
        }
        self.check("must")
    }

    pub(super) fn should(self) -> Result<Should, RequestError> {
        let key = |name: &str| format!("should.{}.{name}", self.id);
        let (tolerance, weight) = (self.tolerance.unwrap_or(0.0), self.weight.unwrap_or(1.0));
        if !(tolerance >= 0.0 && tolerance.is_finite()) {
            let expected = "give a number of 0 or more, in the unit of the measure";
            return Err(value(&key("tolerance"), &tolerance.to_string(), expected));
        }
        if !(weight > 0.0 && weight.is_finite()) {
            return Err(value(&key("weight"), &weight.to_string(), "give a number above 0"));
        }
        if self.tolerance.is_some() && self.one_of.is_some() {
            return Err(contradiction(&key("tolerance"), "goes with min or max, not with one_of"));
        }
        Ok(Should { wanted: self.check("should")?, tolerance, weight })
    }

    fn check(self, section: &str) -> Result<Condition, RequestError> {
        let id = self.id;
        let key = format!("{section}.{id}");
        if id.is_empty()
            || !id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
        {
            return Err(contradiction(&key, "an id is made of a-z, 0-9 and _: it names a column"));
        }
        let measure = self.measure.check("", &id).map_err(|error| of_measure(&key, error))?;
        let numbers = [("min", self.min), ("max", self.max)];
        if let Some((name, number)) =
            numbers.iter().find_map(|(name, n)| Some((name, (*n)?)).filter(|(_, n)| !n.is_finite()))
        {
            return Err(value(&format!("{key}.{name}"), &number.to_string(), "give a number"));
        }
        let has_number = self.min.is_some() || self.max.is_some();
        match &self.one_of {
            None if !has_number => {
                return Err(contradiction(
                    &key,
                    "give min, max or one_of: without one, nothing is asked",
                ));
            }
            Some(_) if has_number => {
                return Err(contradiction(
                    &key,
                    "one_of goes with words, min and max with numbers; give one of both",
                ));
            }
            Some(words) if words.is_empty() => {
                return Err(contradiction(&key, "one_of is empty: nothing could pass"));
            }
            _ => {}
        }
        if let (Some(min), Some(max)) = (self.min, self.max)
            && min > max
        {
            let expected = format!("it is below {key}.min = {min}");
            return Err(value(&format!("{key}.max"), &max.to_string(), &expected));
        }
        // "Searched, none" is farther than what was searched, not farther than any limit.
        let searched = match &measure {
            Measure::DistanceTo { within, .. } | Measure::RoadDistanceTo { within, .. } => {
                within.map(|within| ("within_m", within.get()))
            }
            Measure::RoadMinutesTo { within, .. } => {
                within.map(|within| ("within_min", within.get()))
            }
            _ => None,
        };
        if let Some((name, searched)) = searched {
            let farthest = self.min.into_iter().chain(self.max).fold(0.0, f64::max);
            if searched < farthest {
                let expected = format!("search at least as far as the limit, {farthest}");
                return Err(value(&format!("{key}.{name}"), &searched.to_string(), &expected));
            }
        }
        let label = match self.label {
            Some(RawLabel::One(text)) => Label { fr: text.clone(), en: text },
            Some(RawLabel::Each(label)) => label,
            None => {
                let text = id.replace('_', " ");
                Label { fr: text.clone(), en: text }
            }
        };
        Ok(Condition { id, label, measure, min: self.min, max: self.max, one_of: self.one_of })
    }
}

/// An error of a measure, told with the key of the request.
fn of_measure(key: &str, error: ProfileError) -> RequestError {
    match error {
        ProfileError::Range { key: name, value: given, expected, .. } => {
            value(&format!("{key}.{name}"), &given, expected)
        }
        ProfileError::Contradiction { what, .. } => contradiction(key, &what),
        other => contradiction(key, &other.to_string()),
    }
}

/// Each id stands once, and none is that of a section.
pub(super) fn check_ids(musts: &[Condition], shoulds: &[Should]) -> Result<(), RequestError> {
    let mut seen: Vec<&str> = Vec::new();
    let all = musts.iter().map(|must| ("must", must));
    for (section, must) in all.chain(shoulds.iter().map(|should| ("should", &should.wanted))) {
        let key = format!("{section}.{}", must.id);
        if RESERVED.contains(&must.id.as_str()) {
            let what = format!(
                "this id belongs to a section of the request ({}); give another",
                RESERVED.join(", ")
            );
            return Err(contradiction(&key, &what));
        }
        if seen.contains(&must.id.as_str()) {
            return Err(contradiction(&key, "this id stands twice; give each condition its own"));
        }
        seen.push(&must.id);
    }
    Ok(())
}
