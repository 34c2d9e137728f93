//! Dwellings authorised and started, per commune and year.

use std::collections::BTreeMap;

use super::CodeInsee;
use super::Value;

/// Kinds of new dwellings that are counted apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PermitKind {
    /// The sum of all kinds, as the producer gives it.
    All,
    /// A house on its own.
    DetachedHouse,
    /// A house of a group.
    GroupedHouse,
    /// A flat.
    Flat,
    /// A dwelling in a residence for students, elderly people, tourists.
    Residence,
}

impl PermitKind {
    const PARTS: [Self; 4] = [Self::DetachedHouse, Self::GroupedHouse, Self::Flat, Self::Residence];
    const HOUSES: [Self; 2] = [Self::DetachedHouse, Self::GroupedHouse];
    const FLATS: [Self; 2] = [Self::Flat, Self::Residence];
}

/// What one row says; `None` where the producer says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct PermitFigures {
    /// Dwellings authorised.
    pub authorised: Option<f64>,
    /// Dwellings started.
    pub started: Option<f64>,
    /// Floor area authorised, m².
    pub authorised_m2: Option<f64>,
    /// Floor area started, m².
    pub started_m2: Option<f64>,
}

/// Years that a yearly mean looks back on: the latest with a figure, and the four before it.
const YEARS_LOOKED_AT: u16 = 5;

/// Years that a permit holds before work must begin: article R424-17 of the Code de l'urbanisme.
const YEARS_A_PERMIT_HOLDS: u16 = 3;

/// Column of the dwellings that are authorised, not begun, and may still be.
const NOT_STARTED: &str = "authorised_not_started";

type Years = BTreeMap<u16, BTreeMap<PermitKind, PermitFigures>>;

/// All rows of the permits table.
#[derive(Debug, Clone, Default)]
pub struct Permits {
    communes: BTreeMap<CodeInsee, Years>,
}

/// How one column of the commune table is made.
struct Figure {
    name: &'static str,
    of: fn(&PermitFigures) -> Option<f64>,
    /// Kinds to add up; empty: the total.
    kinds: &'static [PermitKind],
}

const FIGURES: [Figure; 6] = [
    Figure { name: "authorised", of: |row| row.authorised, kinds: &[] },
    Figure { name: "started", of: |row| row.started, kinds: &[] },
    Figure { name: "authorised_m2", of: |row| row.authorised_m2, kinds: &[] },
    Figure { name: "started_m2", of: |row| row.started_m2, kinds: &[] },
    Figure { name: "authorised_houses", of: |row| row.authorised, kinds: &PermitKind::HOUSES },
    Figure { name: "authorised_flats", of: |row| row.authorised, kinds: &PermitKind::FLATS },
];

impl Figure {
    /// The figure of one year: the total that is given, else the sum of all parts; unknown when a part is.
    fn in_year(&self, kinds: &BTreeMap<PermitKind, PermitFigures>) -> Option<f64> {
        let of = |kind: &PermitKind| kinds.get(kind).and_then(self.of);
        if !self.kinds.is_empty() {
            return self.kinds.iter().map(of).sum();
        }
        match kinds.get(&PermitKind::All) {
            Some(total) => (self.of)(total),
            None => PermitKind::PARTS.iter().map(of).sum(),
        }
    }
}

impl Permits {
    /// Takes a row. `false`: the commune already has this kind in this year, and the row changes nothing.
    #[must_use]
    pub fn add(
        &mut self,
        commune: CodeInsee,
        year: u16,
        kind: PermitKind,
        figures: PermitFigures,
    ) -> bool {
        let kinds = self.communes.entry(commune).or_default().entry(year).or_default();
        if kinds.contains_key(&kind) {
            return false;
        }
        kinds.insert(kind, figures);
        true
    }

    /// Names of the columns of [`Self::figures`]: for each figure that of the latest year, the mean of the last five
    /// years and the number of years that the mean rests on; last, the dwellings authorised in the years in which a permit
    /// still holds and not begun, as bounds.
    #[must_use]
    pub fn columns() -> Vec<String> {
        let of_figure = |figure: &Figure| {
            let name = figure.name;
            [name.to_owned(), format!("{name}_per_year"), format!("{name}_years")]
        };
        FIGURES.iter().flat_map(of_figure).chain([NOT_STARTED.to_owned()]).collect()
    }

    /// The latest year in which any commune has each figure, in the order of the figures.
    fn latest(&self) -> [Option<u16>; FIGURES.len()] {
        FIGURES.each_ref().map(|figure| {
            self.communes
                .values()
                .flatten()
                .filter(|(_, kinds)| figure.in_year(kinds).is_some())
                .map(|(year, _)| *year)
                .max()
        })
    }

    /// The figures of every commune that has a row, in the order of [`Self::columns`].
    ///
    /// A year without row or figure is unknown, not zero: the mean is taken over the years that are known.
    #[must_use]
    pub fn figures(&self) -> BTreeMap<CodeInsee, Vec<Value<'static>>> {
        let latest = self.latest();
        let row = |years: &Years| {
            let of_figures = FIGURES.iter().zip(latest);
            of_figures
                .flat_map(|(figure, latest)| in_commune(figure, latest, years))
                .chain([not_started(latest[0], years)])
                .collect()
        };
        self.communes.iter().map(|(commune, years)| (*commune, row(years))).collect()
    }

    /// The years each column speaks of, by its name.
    #[must_use]
    pub fn vintages(&self) -> BTreeMap<String, String> {
        let first = self.communes.values().filter_map(|years| years.keys().next()).min();
        let mut vintages = BTreeMap::new();
        for (figure, latest) in FIGURES.iter().zip(self.latest()) {
            let (Some(latest), Some(first)) = (latest, first) else { continue };
            let from = first_year(latest).max(*first);
            let span = if from < latest { format!("{from}-{latest}") } else { latest.to_string() };
            vintages.insert(figure.name.to_owned(), latest.to_string());
            vintages.insert(format!("{}_per_year", figure.name), span.clone());
            vintages.insert(format!("{}_years", figure.name), span);
        }
        if let (Some(latest), Some(first)) = (self.latest()[0], first) {
            let from = latest.saturating_sub(YEARS_A_PERMIT_HOLDS - 1).max(*first);
            let span = if from < latest { format!("{from}-{latest}") } else { latest.to_string() };
            vintages.insert(NOT_STARTED.to_owned(), span);
        }
        vintages
    }
}

fn first_year(latest: u16) -> u16 {
    latest.saturating_sub(YEARS_LOOKED_AT - 1)
}

/// Latest year, mean, number of years.
fn in_commune(figure: &Figure, latest: Option<u16>, years: &Years) -> [Value<'static>; 3] {
    let Some(latest) = latest else { return [Value::Missing, Value::Missing, Value::Missing] };
    let known: Vec<f64> = years
        .range(first_year(latest)..=latest)
        .filter_map(|(_, kinds)| figure.in_year(kinds))
        .collect();
    let last = years.get(&latest).and_then(|kinds| figure.in_year(kinds));
    let mean = (!known.is_empty()).then(|| known.iter().sum::<f64>() / known.len() as f64);
    [Value::number(last), Value::number(mean), Value::Number(known.len() as f64)]
}

/// Dwellings authorised in the years in which a permit still holds and not begun. A start is of any permit, and where a
/// year's starts are not known yet all of it may have begun: so at most all that is authorised, at least what the starts of
/// all these years leave. Missing when a year's authorisations are.
fn not_started(latest: Option<u16>, years: &Years) -> Value<'static> {
    let Some(latest) = latest else { return Value::Missing };
    let first = latest.saturating_sub(YEARS_A_PERMIT_HOLDS - 1);
    let (mut low, mut high) = (0.0, 0.0);
    for year in first..=latest {
        let kinds = years.get(&year);
        let of = |figure: &Figure| kinds.and_then(|kinds| figure.in_year(kinds));
        let Some(authorised) = of(&FIGURES[0]) else { return Value::Missing };
        high += authorised;
        low += authorised - of(&FIGURES[1]).unwrap_or(authorised);
    }
    let low = f64::max(low, 0.0);
    if low < high { Value::Between { low, high } } else { Value::Number(high) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dwellings(authorised: f64, started: Option<f64>) -> PermitFigures {
        PermitFigures { authorised: Some(authorised), started, ..PermitFigures::default() }
    }

    fn column(permits: &Permits, commune: CodeInsee, name: &str) -> Value<'static> {
        let at = Permits::columns().iter().position(|column| column == name).unwrap();
        permits.figures()[&commune][at].clone()
    }

    #[test]
    fn the_total_is_not_added_to_its_parts_and_a_blank_year_is_not_zero() {
        let auch = "32013".parse().unwrap();
        let mut permits = Permits::default();
        for (year, kind, figures) in [
            (2022, PermitKind::All, dwellings(30.0, Some(20.0))),
            (2022, PermitKind::DetachedHouse, dwellings(10.0, Some(5.0))),
            (2022, PermitKind::GroupedHouse, dwellings(2.0, Some(0.0))),
            (2022, PermitKind::Flat, dwellings(18.0, Some(15.0))),
            (2023, PermitKind::All, dwellings(10.0, None)),
        ] {
            assert!(permits.add(auch, year, kind, figures));
        }
        assert!(!permits.add(auch, 2023, PermitKind::All, dwellings(99.0, None)));
        assert_eq!(column(&permits, auch, "authorised"), Value::Number(10.0));
        assert_eq!(column(&permits, auch, "authorised_per_year"), Value::Number(20.0));
        assert_eq!(column(&permits, auch, "authorised_years"), Value::Number(2.0));
        assert_eq!(column(&permits, auch, "started"), Value::Number(20.0));
        assert_eq!(column(&permits, auch, "started_years"), Value::Number(1.0));
        assert_eq!(column(&permits, auch, "authorised_houses_per_year"), Value::Number(12.0));
        // Residences are not given: flats are unknown, not 18.
        assert_eq!(column(&permits, auch, "authorised_flats"), Value::Missing);
        assert_eq!(column(&permits, auch, "authorised_m2"), Value::Missing);
        assert_eq!(permits.vintages()["authorised_per_year"], "2022-2023");
        assert_eq!(permits.vintages()["started"], "2022");
    }

    #[test]
    fn what_is_authorised_and_not_begun_has_bounds() {
        let auch = "32013".parse().unwrap();
        let mut permits = Permits::default();
        for (year, authorised, started) in
            [(2021, 90.0, Some(90.0)), (2022, 30.0, Some(10.0)), (2023, 10.0, Some(14.0))]
        {
            let row = dwellings(authorised, started);
            assert!(permits.add(auch, year, PermitKind::All, row));
        }
        // 130 authorised in 2021 to 2023, 114 begun: 16 at least; all 130 if these starts are of earlier permits.
        let bounds = Value::Between { low: 16.0, high: 130.0 };
        assert_eq!(column(&permits, auch, NOT_STARTED), bounds);
        assert!(permits.add(auch, 2024, PermitKind::All, dwellings(5.0, None)));
        let bounds = Value::Between { low: 16.0, high: 45.0 };
        assert_eq!(column(&permits, auch, NOT_STARTED), bounds);
        assert_eq!(permits.vintages()[NOT_STARTED], "2022-2024");
        assert!(permits.add(auch, 2025, PermitKind::Flat, dwellings(5.0, None)));
        assert!(permits.add("32012".parse().unwrap(), 2025, PermitKind::All, dwellings(1.0, None)));
        // Of 2025 only the flats are known here.
        assert_eq!(column(&permits, auch, NOT_STARTED), Value::Missing);
    }

    #[test]
    fn without_a_total_the_four_parts_make_it() {
        let auch = "32013".parse().unwrap();
        let mut permits = Permits::default();
        for (kind, number) in PermitKind::PARTS.into_iter().zip([1.0, 2.0, 3.0, 4.0]) {
            assert!(permits.add(auch, 2020, kind, dwellings(number, None)));
        }
        assert_eq!(column(&permits, auch, "authorised"), Value::Number(10.0));
        assert_eq!(column(&permits, auch, "authorised_flats"), Value::Number(7.0));
    }
}
