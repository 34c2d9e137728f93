//! Columns: their names, titles and kinds.

use geo::Coord;
use geo::Geometry;
use geo::LineString;
use geo::Point;
use geo::Polygon;

use crate::domain::ANSWER;
use crate::domain::Commune;
use crate::domain::Reason;
use crate::domain::SourceTrust;
use crate::evaluation::Assessment;
use crate::evaluation::Criterion;
use crate::evaluation::LandRules;
use crate::evaluation::Measure;
use crate::evaluation::Measured;
use crate::evaluation::Ranked;
use crate::evaluation::Ranking;
use crate::evaluation::Unknown;
use crate::evaluation::Verdict;
use crate::evaluation::robustness::Standing;
use crate::friche::mutability::CriterionKey;
use crate::friche::mutability::Form;
use crate::io::deliver::layer::Cell;
use crate::io::deliver::layer::Field;
use crate::io::deliver::layer::FieldKind;
use crate::units::M2_PER_KM2;
use crate::units::SquareMeters;
use crate::units::Unit;
use crate::words::Words;

/// A column whose title is in the catalogue under `field.<name>`.
pub(super) fn field(name: &str, kind: FieldKind, words: &Words) -> Field {
    Field::new(name, words.say(&format!("field.{name}")), kind)
}

/// A column of codes, with the catalogue's label of each.
pub(super) fn coded(name: &str, section: &str, codes: &[&str], words: &Words) -> Field {
    let labels = codes
        .iter()
        .map(|code| ((*code).to_owned(), words.say(&format!("{section}.{code}")).to_owned()))
        .collect();
    field(name, FieldKind::Text, words).with_values(labels)
}

/// Standing of a row: score, bounds, rank, what the rank owes to the weights, reliability, verdict, reason.
pub(super) fn standing_fields(words: &Words) -> Vec<Field> {
    vec![
        field("score", FieldKind::Real { decimals: 1 }, words),
        field("score_low", FieldKind::Real { decimals: 1 }, words),
        field("score_high", FieldKind::Real { decimals: 1 }, words),
        field("rank", FieldKind::Integer, words),
        field("first_share", FieldKind::Real { decimals: 1 }, words),
        field("rank_low", FieldKind::Integer, words),
        field("rank_high", FieldKind::Integer, words),
        field("top10_share", FieldKind::Real { decimals: 1 }, words),
        field("reliability", FieldKind::Real { decimals: 0 }, words),
        coded("verdict", "verdict", &["ranked", "uncertain", "vetoed"], words),
        field("reason", FieldKind::Text, words),
    ]
}

/// Cells of [`standing_fields`].
pub(super) fn standing(ranking: &Ranking, row: &Ranked, words: &Words) -> Vec<Cell> {
    let standing = ranking.robustness.as_ref().and_then(|robustness| robustness.of(row));
    let percent = |share: fn(&Standing) -> f64| {
        Cell::real(standing.map(|standing| rounded_1(100.0 * share(standing))))
    };
    let at = |rank: Option<usize>| rank.map_or(Cell::Null, |rank| Cell::Integer(rank as i64));
    vec![
        Cell::real(row.score.map(rounded_1)),
        Cell::Real(rounded_1(row.score_low)),
        Cell::Real(rounded_1(row.score_high)),
        at(row.rank),
        percent(|standing| standing.first_share),
        at(standing.map(|standing| standing.rank_low)),
        at(standing.map(|standing| standing.rank_high)),
        percent(|standing| standing.top10_share),
        Cell::Real((row.reliability * 100.0).round()),
        Cell::text(row.verdict.as_str()),
        Cell::text_or_null(&reason(ranking, row, words)),
    ]
}

/// Columns per criterion: the raw value, its bounds where it may be known between two only, and its score from 0 to 1.
pub(super) fn criterion_fields(ranking: &Ranking, words: &Words) -> Vec<Field> {
    ranking
        .profile
        .criteria
        .iter()
        .flat_map(|criterion| {
            let label = words.pick(&criterion.label.fr, &criterion.label.en);
            let unit = unit_of(criterion);
            let (kind, symbol) = match unit {
                Unit::SquareMeter => (FieldKind::Real { decimals: 0 }, Some("m²")),
                Unit::Meter => (FieldKind::Real { decimals: 0 }, Some("m")),
                Unit::Minute => (FieldKind::Real { decimals: 1 }, Some("min")),
                Unit::Share => (FieldKind::Real { decimals: 4 }, None),
                Unit::Percent => (FieldKind::Real { decimals: 1 }, Some("%")),
                Unit::EuroPerSquareMeter => (FieldKind::Real { decimals: 1 }, Some("€/m²")),
                Unit::Count => (FieldKind::Real { decimals: 0 }, None),
                Unit::Plain => (FieldKind::Real { decimals: 3 }, None),
                Unit::Category => (FieldKind::Text, None),
            };
            let title = match symbol {
                Some(symbol) => format!("{label} ({symbol})"),
                None => label.to_owned(),
            };
            let mut columns = Vec::new();
            let raw = Field::new(&raw_name(criterion), &title, kind);
            let raw = match code_words(criterion, words) {
                labels if labels.is_empty() => raw,
                labels => raw.with_values(labels),
            };
            let score_title = words.fill("field.criterion_score", &[("label", label)]);
            let score = Field::new(
                &format!("s_{}", criterion.id),
                &score_title,
                FieldKind::Real { decimals: 3 },
            );
            columns.push(raw);
            if may_be_bounded(criterion) {
                for (bound, end) in [("housing.low", "low"), ("housing.high", "high")] {
                    let title = words.fill(bound, &[("label", &title)]);
                    columns.push(Field::new(
                        &format!("{}_{end}", raw_name(criterion)),
                        &title,
                        kind,
                    ));
                }
            }
            columns.push(score.hidden());
            columns
        })
        .collect()
}

/// Whether what a criterion measures may be known between two bounds only: sums and figures of communes. It rests on the
/// profile alone, so that the columns are the same for any data.
fn may_be_bounded(criterion: &Criterion) -> bool {
    unit_of(criterion) != Unit::Category
        && matches!(
            criterion.measure,
            Measure::SumWithin { .. } | Measure::ReachOf { .. } | Measure::CommuneFigure { .. }
        )
}

/// Codes that the answers to a criterion may be, with their words; none where answers are words already, or numbers.
fn code_words(criterion: &Criterion, words: &Words) -> Vec<(String, String)> {
    let Measure::Attribute { name } = &criterion.measure else { return Vec::new() };
    let (section, codes): (&str, &[&str]) = match name.as_str() {
        "owner" => ("owner", &["public", "private", "mixed"]),
        "trust" | "source_trust" => ("trust", &TRUST_CODES),
        other => match other
            .strip_prefix(ANSWER)
            .and_then(CriterionKey::from_name)
            .map(CriterionKey::form)
        {
            Some(Form::Words(codes)) => ("mutability_value", codes),
            _ => return Vec::new(),
        },
    };
    let label = |code: &&str| {
        let label = words.get(&format!("{section}.{code}"))?;
        Some(((*code).to_owned(), label.to_owned()))
    };
    codes.iter().filter_map(label).collect()
}

/// A visit, then the kinds of sources.
const TRUST_CODES: [&str; 6] = [
    "visit",
    SourceTrust::Observatory.as_str(),
    SourceTrust::Call.as_str(),
    SourceTrust::User.as_str(),
    SourceTrust::Study.as_str(),
    SourceTrust::Unverified.as_str(),
];

/// Cells of [`criterion_fields`]; what is unknown is null.
pub(super) fn criterion_cells(ranking: &Ranking, row: &Ranked) -> Vec<Cell> {
    ranking
        .profile
        .criteria
        .iter()
        .zip(&row.assessments)
        .flat_map(|(criterion, assessment)| {
            let score = assessment.score().map(|score| (score * 1000.0).round() / 1000.0);
            let mut cells = vec![raw_cell(criterion, assessment)];
            if may_be_bounded(criterion) {
                cells.extend(bound_cells(criterion, assessment));
            }
            cells.push(Cell::real(score));
            cells
        })
        .collect()
}

fn unit_of(criterion: &Criterion) -> Unit {
    match criterion.curve {
        crate::evaluation::Curve::Categories { .. } => Unit::Category,
        crate::evaluation::Curve::Linear(_) => criterion.measure.unit(),
    }
}

/// `flood` measured as a share is `flood_share`; a name that carries its unit already stays as it is.
fn raw_name(criterion: &Criterion) -> String {
    let suffix = unit_of(criterion).column_suffix();
    let base = format!("v_{}", criterion.id);
    if base.ends_with(suffix) { base } else { format!("{base}{suffix}") }
}

/// A number of so many per unit, rounded to the digits of its column.
fn scale(criterion: &Criterion) -> f64 {
    match unit_of(criterion) {
        Unit::Share => 10_000.0,
        Unit::Plain => 1_000.0,
        Unit::Minute | Unit::Percent | Unit::EuroPerSquareMeter => 10.0,
        _ => 1.0,
    }
}

/// The bounds of a value, rounded outward; a value that is exact is both, an upper bound that nobody knows is null.
fn bound_cells(criterion: &Criterion, assessment: &Assessment) -> [Cell; 2] {
    // What stands behind the digits of a sum is noise.
    const NOISE: f64 = 1e-6;
    let scale = scale(criterion);
    let cell = |number: f64| {
        if number.is_finite() { Cell::Real(number / scale + 0.0) } else { Cell::Null }
    };
    let [exact, low, high] =
        [f64::round, |n: f64| (n + NOISE).floor(), |n: f64| (n - NOISE).ceil()];
    match &assessment.measured {
        Measured::Number(number) | Measured::StraightLine(number) => {
            let number = cell(exact(number * scale));
            [number.clone(), number]
        }
        Measured::Estimate(estimate) => {
            [cell(low(estimate.low * scale)), cell(high(estimate.high * scale))]
        }
        Measured::Between { low: least, high: most }
        | Measured::StraightLineBetween { low: least, high: most } => {
            [cell(low(least * scale)), cell(high(most * scale))]
        }
        Measured::NoneFound { .. }
        | Measured::NoneInTime { .. }
        | Measured::Unknown(_)
        | Measured::Word(_) => [Cell::Null, Cell::Null],
    }
}

fn raw_cell(criterion: &Criterion, assessment: &Assessment) -> Cell {
    let scale = scale(criterion);
    let rounded = |number: f64| (number * scale).round() / scale;
    match &assessment.measured {
        // That it goes as the crow flies stands in the column of reasons.
        Measured::Number(number) | Measured::StraightLine(number) => Cell::Real(rounded(*number)),
        Measured::Estimate(estimate) => Cell::Real(rounded(estimate.value)),
        // The middle of an interval would read as a measurement: the bounds have columns of their own.
        Measured::Between { .. }
        | Measured::StraightLineBetween { .. }
        | Measured::NoneFound { .. }
        | Measured::NoneInTime { .. }
        | Measured::Unknown(_) => Cell::Null,
        Measured::Word(word) => Cell::text(word),
    }
}

/// Why a row is excluded or uncertain, or what is unknown about it.
fn reason(ranking: &Ranking, row: &Ranked, words: &Words) -> String {
    let label =
        |criterion: &Criterion| words.pick(&criterion.label.fr, &criterion.label.en).to_owned();
    let pairs = || ranking.profile.criteria.iter().zip(&row.assessments);
    let list: Vec<String> = match row.verdict {
        Verdict::Vetoed => pairs()
            .filter(|(_, found)| found.vetoed)
            .map(|(criterion, _)| label(criterion))
            .collect(),
        Verdict::Ranked | Verdict::Uncertain => pairs()
            .filter_map(|(criterion, found)| match &found.measured {
                Measured::Unknown(why) => {
                    Some(format!("{} : {}", label(criterion), why_unknown(why, words)))
                }
                _ => None,
            })
            .collect(),
    };
    let key = match row.verdict {
        Verdict::Vetoed => "field.reason_vetoed",
        Verdict::Ranked | Verdict::Uncertain => "field.reason_unknown",
    };
    let straight: Vec<String> = pairs()
        .filter(|(_, found)| found.measured.is_straight_line())
        .map(|(criterion, _)| label(criterion))
        .collect();
    let sentences = [(key, list), ("field.reason_straight_line", straight)];
    let said: Vec<String> = sentences
        .into_iter()
        .filter(|(_, list)| !list.is_empty())
        .map(|(key, list)| words.fill(key, &[("list", &list.join(" ; "))]))
        .collect();
    said.join(". ")
}

/// Why a piece of land has its class, as a sentence.
pub fn reason_told(reason: &Reason, rules: Option<&LandRules>, words: &Words) -> String {
    let about = match reason.key {
        "hard" => {
            let labels: Vec<String> =
                reason.about.split(", ").map(|id| constraint_told(id, rules, words)).collect();
            labels.join(", ")
        }
        "no-building" | "under-dense" | "built" => match reason.about.parse() {
            Ok(percent) => words.number(percent, 1),
            Err(_) => reason.about.clone(),
        },
        _ => reason.about.clone(),
    };
    words.fill(&format!("rule.{}", reason.key), &[("about", &about)])
}

/// The label of a hard constraint; its identifier when the rules do not have it.
pub fn constraint_told(id: &str, rules: Option<&LandRules>, words: &Words) -> String {
    rules
        .and_then(|rules| rules.hard.iter().find(|rule| rule.id == id))
        .map_or(id, |rule| words.pick(&rule.label.fr, &rule.label.en))
        .to_owned()
}

/// The reason of an unknown value, as a sentence.
pub fn why_unknown(reason: &Unknown, words: &Words) -> String {
    let layer = format!("layer.{}", reason.about());
    let attribute = format!("attribute.{}", reason.about());
    let about = words.get(&layer).or_else(|| words.get(&attribute)).unwrap_or(reason.about());
    words.fill(&format!("unknown.{}", reason.code()), &[("about", about)])
}

/// The shape of a commune in a layer of areas. A commune without outline is drawn as a disc of its official area around
/// its centre, so that no row is lost and no ring looks like a border; the anomalies say which.
pub(super) fn outline(commune: &Commune, areas: bool) -> Geometry<f64> {
    match (&commune.geometry, areas) {
        (Geometry::Point(centre), true) => disc(*centre, commune.official_area),
        (shape, _) => shape.clone(),
    }
}

/// A shape for a layer of areas: a site of which only a point is known is drawn as a disc of its area.
pub(in crate::io::deliver) fn shape_as_area(
    geometry: &Geometry<f64>,
    area_m2: Option<f64>,
) -> Geometry<f64> {
    match geometry {
        Geometry::Point(centre) => disc(*centre, area_m2.and_then(SquareMeters::new)),
        shape => shape.clone(),
    }
}

/// A disc of this area around a centre; of 1 km² when it is not known.
pub(super) fn disc(centre: Point<f64>, area: Option<SquareMeters>) -> Geometry<f64> {
    let area = area.map_or(M2_PER_KM2, SquareMeters::get);
    let radius = (area / std::f64::consts::PI).sqrt();
    let ring: LineString<f64> = (0..DISC_CORNERS)
        .map(|at| {
            let angle = std::f64::consts::TAU * f64::from(at) / f64::from(DISC_CORNERS);
            Coord { x: centre.x() + radius * angle.cos(), y: centre.y() + radius * angle.sin() }
        })
        .collect();
    Geometry::Polygon(Polygon::new(ring, Vec::new()))
}

/// Corners of the disc that stands for an unknown outline.
const DISC_CORNERS: u32 = 48;

pub(super) fn rounded_1(number: f64) -> f64 {
    // Adding zero turns the negative zero of an empty sum into zero.
    (number * 10.0).round() / 10.0 + 0.0
}
