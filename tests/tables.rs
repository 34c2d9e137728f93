//! Tables with figures per commune: every producer's layout in its exact form (invented figures), with the answers worked
//! out by hand; and spreadsheets, whole and hostile.
// A test that cannot go on has failed: that is what unwrap is for here.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

/// A territory of five communes and the tables given to it.
#[path = "tables/folder.rs"]
mod folder;

/// Spreadsheets written as their programs write them.
#[path = "tables/workbook.rs"]
mod workbook;

/// One small file per layout, with its vintage.
#[path = "tables/layouts.rs"]
mod layouts;

/// More layouts and vintages of housing.
#[path = "tables/housing_layouts.rs"]
mod housing_layouts;

/// Register of deeds: many rows per sale.
#[path = "tables/sales.rs"]
mod sales;

/// The real sample of the DGFiP's file, against pandas.
#[path = "tables/real_sales.rs"]
mod real_sales;

/// Spreadsheets as files: headers below titles, absurd sizes, bombs.
#[path = "tables/spreadsheets.rs"]
mod spreadsheets;

/// Owners of parcels.
#[path = "tables/owners.rs"]
mod owners;

/// Establishments, and the names that must not come in.
#[path = "tables/establishments.rs"]
mod establishments;

/// Prescriptions, servitudes, substations, sidings.
#[path = "tables/constraints.rs"]
mod constraints;

/// Layers that answer the criteria of a friche.
#[path = "tables/criteria_layers.rs"]
mod criteria_layers;
