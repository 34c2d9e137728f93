//! Friches on territories drawn by hand: sites out of records, answers out of layers, visits, estimates in a ranking.
// A test that cannot go on has failed: that is what unwrap is for here.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "friches/access.rs"]
mod access;
#[path = "friches/answers.rs"]
mod answers;
#[path = "friches/drawn.rs"]
mod drawn;
#[path = "friches/estimates.rs"]
mod estimates;
#[path = "friches/field_visits.rs"]
mod field_visits;
#[path = "friches/planning.rs"]
mod planning;
#[path = "friches/site_properties.rs"]
mod site_properties;
#[path = "friches/sites.rs"]
mod sites;
#[path = "friches/visits.rs"]
mod visits;
