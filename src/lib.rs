//! soclint reads what teams declare about their services, identities and reports, and shows what does not fit.
//!
//! The way through is one direction: files ([`workspace`]) become declarations ([`manifest`]), these are linked
//! to one [`estate`], [`rules`] turn facts into [`finding`]s, [`triage`] decides which count, [`render`] shows them. All of
//! it in a row is a [`session`]. What all of them share is the [`model`]; what can be declared, and what the field's words
//! mean, is in [`reference`].

/// The version of this crate.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

pub mod calendar;
pub mod cli;
pub mod config;
pub mod decode;
pub mod error;
pub mod estate;
pub mod finding;
pub mod fiscal_year;
pub mod fix;
pub mod manifest;
pub mod model;
pub mod reference;
pub mod render;
pub mod rules;
pub mod session;
pub mod source;
pub mod standards;
pub mod starter;
pub mod triage;
pub mod workspace;
