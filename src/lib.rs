#![doc = include_str!("../README.md")]

pub mod demo;
pub mod domain;
pub mod evaluation;
pub mod friche;
pub mod housing;
pub mod io;
pub mod land;
pub mod render;
pub mod request;
pub mod spatial;
pub mod units;
pub mod words;
