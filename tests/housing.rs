//! Worker housing: figures worked out by hand, properties, real tables against pandas, answers of the program.
// A test that cannot go on has failed: that is what unwrap is for here.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

/// Tables given to a territory of five communes.
#[allow(dead_code)]
#[path = "tables/folder.rs"]
mod folder;

/// Every column on paper: communes, EPCIs, what is unknown.
#[path = "housing/on_paper.rs"]
mod on_paper;

/// Measures of places asked of an EPCI.
#[path = "housing/places.rs"]
mod places;

/// What holds for any table.
#[path = "housing/properties.rs"]
mod properties;

/// The real tables of the TI 32/82 against `tests/reference/housing.py`.
#[path = "housing/real.rs"]
mod real;

/// `rank housing`, `explain`, the configuration.
#[path = "housing/answers.rs"]
mod answers;

/// Housing within reach of a site, and several sites at once.
#[path = "housing/reach.rs"]
mod reach;

/// `housing`: what is told of a site, and how it is rounded.
#[path = "housing/site_answers.rs"]
mod site_answers;
