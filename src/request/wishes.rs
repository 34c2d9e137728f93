//! The wishes of a request as a profile: what orders the candidates.

use super::AreaBasis;
use super::LandRequest;
use super::Should;
use crate::domain::Label;
use crate::evaluation::Criterion;
use crate::evaluation::Curve;
use crate::evaluation::Measure;
use crate::evaluation::Method;
use crate::evaluation::Profile;
use crate::evaluation::UnitKind;
use crate::evaluation::method::Preference;

/// Id of the criterion that an ideal area makes.
const IDEAL_AREA: &str = "area";

/// The profile that orders candidates: the wishes and the ideal area; `None` where the request has neither.
pub(super) fn profile(request: &LandRequest) -> Option<Profile> {
    let mut criteria: Vec<Criterion> = ideal_area(request).into_iter().collect();
    criteria.extend(request.shoulds.iter().map(criterion));
    if criteria.is_empty() {
        return None;
    }
    Some(Profile {
        id: "request".to_owned(),
        title: Label { fr: request.name.clone(), en: request.name.clone() },
        unit: UnitKind::Terrain,
        method: Method::WeightedSum,
        comparisons: None,
        min_reliability: 0.0,
        mutability: None,
        land: None,
        conditions: Vec::new(),
        criteria,
    })
}

/// The nearer to the ideal area the better: full at it, nothing at the limits, or half as much off where there is none.
fn ideal_area(request: &LandRequest) -> Option<Criterion> {
    let ideal = request.ideal_m2?;
    let (name, label) = match request.basis {
        AreaBasis::Net => ("net_area_m2", ["Surface nette", "Net area"]),
        AreaBasis::Gross => ("gross_area_m2", ["Surface brute", "Gross area"]),
    };
    let (low, high) =
        (request.min_m2.unwrap_or(ideal * 0.5), request.max_m2.unwrap_or(ideal * 1.5));
    let mut points = vec![(ideal, 1.0)];
    if low < ideal {
        points.insert(0, (low, 0.0));
    }
    if high > ideal {
        points.push((high, 0.0));
    }
    if let [_] = points.as_slice() {
        points.push((ideal.next_up(), 1.0));
    }
    Some(Criterion {
        id: IDEAL_AREA.to_owned(),
        label: Label { fr: label[0].to_owned(), en: label[1].to_owned() },
        measure: Measure::Attribute { name: name.to_owned() },
        curve: Curve::Linear(points),
        none_scores: None,
        weight: 1.0,
        preference: Preference::Usual,
        veto: None,
        source: "request".to_owned(),
    })
}

/// Full within the limits, falling to nothing over the tolerance beyond them.
fn criterion(should: &Should) -> Criterion {
    let wish = &should.wanted;
    let curve = match &wish.one_of {
        Some(words) => Curve::Categories {
            scores: words.iter().map(|word| (word.clone(), 1.0)).collect(),
            other: Some(0.0),
        },
        None => Curve::Linear(points(wish.min, wish.max, should.tolerance)),
    };
    // "Searched, none" is farther than any largest value.
    let none_scores = if wish.max.is_some() { 0.0 } else { 1.0 };
    Criterion {
        id: wish.id.clone(),
        label: wish.label.clone(),
        curve,
        none_scores: wish.measure.can_find_none().then_some(none_scores),
        measure: wish.measure.clone(),
        weight: should.weight,
        preference: Preference::Usual,
        veto: None,
        source: "request".to_owned(),
    }
}

fn points(min: Option<f64>, max: Option<f64>, tolerance: f64) -> Vec<(f64, f64)> {
    let mut points = Vec::new();
    if let Some(min) = min {
        points.push(((min - tolerance).min(min.next_down()), 0.0));
        points.push((min, 1.0));
    }
    if let Some(max) = max {
        // One value alone may be asked for.
        if min != Some(max) {
            points.push((max, 1.0));
        }
        points.push(((max + tolerance).max(max.next_up()), 0.0));
    }
    points
}

#[cfg(test)]
mod tests {
    use super::points;
    use crate::evaluation::Curve;

    #[test]
    fn a_wish_falls_over_its_tolerance() {
        let curve = Curve::Linear(points(None, Some(1000.0), 500.0));
        for (value, score) in [(0.0, 1.0), (1000.0, 1.0), (1250.0, 0.5), (1500.0, 0.0), (9e9, 0.0)]
        {
            assert_eq!(curve.of_number(value), Some(score), "{value}");
        }
        let strict = Curve::Linear(points(Some(2.0), Some(2.0), 0.0));
        for (value, score) in [(1.999, 0.0), (2.0, 1.0), (2.001, 0.0)] {
            assert_eq!(strict.of_number(value), Some(score), "{value}");
        }
        let between = Curve::Linear(points(Some(10.0), Some(20.0), 5.0));
        for (value, score) in [(5.0, 0.0), (7.5, 0.5), (10.0, 1.0), (15.0, 1.0), (22.5, 0.5)] {
            assert_eq!(between.of_number(value), Some(score), "{value}");
        }
    }
}
