//! soclint reads what teams declare about their services, identities and reports, and shows what does not fit.
//!
//! # From Rust
//!
//! A [`Session`] holds an estate: of a folder, or of texts. Checked on a day, it gives the findings that count, and any
//! file of it can take another text and be checked again.
//!
//! ```
//! use soclint::{Choice, FileId, Session, Source};
//!
//! let manifest = "[services.payouts]\nfinancial-impact = \"direct\"\n";
//! let manifest = Source::new("scope.toml".to_owned(), manifest.to_owned());
//! let mut session = Session::of_texts(vec![manifest], Vec::new())?;
//!
//! let as_of = "2026-10-01".parse()?;
//! let checked = session.check(as_of, &Choice::default());
//! let finding = checked
//!     .outcome
//!     .findings
//!     .iter()
//!     .find(|finding| finding.rule == "financial-impact-without-icfr-report")
//!     .ok_or("it moves money, and no report covers it")?;
//! assert_eq!(finding.subject, "services.payouts");
//!
//! let place = finding.primary.place;
//! let source = checked.sources.get(place.file);
//! assert_eq!(source.position(place.span.start).line, 2);
//! assert_eq!(source.slice(place.span), "\"direct\"");
//!
//! session.replace(FileId(0), "[services.payouts]\nfinancial-impact = \"none\"\n".to_owned())?;
//! let checked = session.check(as_of, &Choice::default());
//! assert!(checked.outcome.findings.iter().all(|finding| finding.rule != "financial-impact-without-icfr-report"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! [`Session::of_folder`] reads an estate from the disk, as `soclint check` does. [`rules`] lists what it is judged by.
//!
//! # Inside
//!
//! The way through is one direction: files (`workspace`) become declarations (`manifest`), these are linked to one
//! `estate`, `rules` turn facts into findings, `triage` decides which count, `render` shows them. All of it in a row is a
//! [`Session`]. What all of them share is the `model`; what can be declared, and what the field's words mean, is in
//! `reference`.

#![cfg_attr(
    not(feature = "internals"),
    allow(
        dead_code,
        unused_imports,
        reason = "what documents are generated from, and what is fuzzed, is used with that feature"
    )
)]

/// The version of this crate.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

mod calendar;
mod cli;
mod config;
mod decode;
mod error;
mod estate;
mod finding;
mod fiscal_year;
mod fix;
mod manifest;
mod model;
mod reference;
mod render;
mod rules;
mod session;
mod source;
mod standards;
mod starter;
mod triage;
mod workspace;

pub use error::Error;
pub use finding::{Finding, Fix, Label, Severity};
pub use rules::{Group, Rule};
pub use session::{Checked, Session};
pub use source::{FileId, Place, Position, Source, Sources, Span};
pub use triage::{Choice, Outcome};

/// Every rule, in the order of the catalogue.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    rules::all()
}

/// What the program does: arguments in, exit status out.
pub fn main() -> std::process::ExitCode {
    cli::main()
}

/// The rooms behind the façade, for what tests, fuzzes and measures them. Nothing of it is promised.
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod internals {
    macro_rules! rooms {
        ($($room:ident)*) => {
            $(pub mod $room {
                pub use crate::$room::*;
            })*
        };
    }
    rooms! {
        calendar cli config decode error estate finding fiscal_year fix manifest model reference render rules session
        source standards starter triage workspace
    }
}
