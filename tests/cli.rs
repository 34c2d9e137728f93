//! The binary, as a person runs it: answers, exit codes, messages, files.
// A test that cannot go on has failed: that is what unwrap is for here.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "cli/drawn.rs"]
mod drawn;

/// What happens with files that are wrong: the exact message, exit code 2, nothing touched.
#[path = "cli/bad_input.rs"]
mod bad_input;

/// The commands on a small territory drawn by hand, with answers worked out on paper.
#[path = "cli/commands.rs"]
mod commands;

/// Methods of a profile, worked out again from the answer, and what a ranking owes to its weights.
#[path = "cli/methods.rs"]
mod methods;

/// The demonstration territory, and the same bytes twice.
#[path = "cli/demonstration.rs"]
mod demonstration;

/// Zones that overlap and leave gaps, parcels that changed their number.
#[path = "cli/partition.rs"]
mod partition;

/// Terrains: made of parcels, ranked, explained.
#[path = "cli/request.rs"]
mod request;
#[path = "cli/terrains.rs"]
mod terrains;

/// The same errors in French, which is what people get who ask for nothing.
#[path = "cli/french.rs"]
mod french;

/// The inventory of economic zones: the standard's tables, the user's edits, what is not ours.
#[path = "cli/inventory.rs"]
mod inventory;

/// The uses of one site from stated answers, without a territory.
#[path = "cli/assess.rs"]
mod assess;

/// Friches: one row per site, uses, visits, potential friches, what explain says.
#[path = "cli/friches.rs"]
mod friches;

/// Where the people who would work on a site could live.
#[path = "cli/housing.rs"]
mod housing;
