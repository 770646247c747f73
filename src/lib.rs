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
//! What was found is written in any of the program's formats, and so are the fixes:
//!
//! ```
//! use soclint::{Choice, Format, RenderOptions, Session, Source};
//!
//! let manifest = "[services.payouts]\nexposrue = \"internal\"\n";
//! let manifest = Source::new("scope.toml".to_owned(), manifest.to_owned());
//! let session = Session::of_texts(vec![manifest], Vec::new())?;
//! let checked = session.check("2026-10-01".parse()?, &Choice::default());
//!
//! let sarif = checked.render(Format::Sarif, &RenderOptions::default());
//! assert!(sarif.contains("unknown-key"));
//! let fixed = checked.fixed();
//! assert_eq!(fixed[0].text, "[services.payouts]\nexposure = \"internal\"\n");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! [`Session::adopt`] makes a [`Baseline`] of what is found today, and [`Session::check_with_baseline`] holds that back
//! tomorrow. An [`Error`] says what is wrong with a config or a root, and where.
//!
//! # Inside
//!
//! The way through is one direction: files (`workspace`) become declarations (`manifest`), these are linked to one
//! `estate`, `rules` turn facts into findings, `triage` decides which count, `render` shows them. All of it in a row is a
//! [`Session`]. What all of them share is the `model`; what can be declared, and what the field's words mean, is in
//! `reference`.

// With the rooms open, all that they have would count as public.
#![cfg_attr(
    not(feature = "internals"),
    warn(missing_docs),
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
mod discover;
mod error;
mod estate;
mod finding;
mod fiscal_year;
mod fix;
mod library;
mod manifest;
mod model;
mod reference;
mod render;
mod rules;
mod session;
mod source;
mod standards;
mod starter;
#[cfg(test)]
mod tests;
mod today;
mod triage;
mod views;
mod workspace;

pub use config::{FailOn, RuleOption};
pub use error::{Detail, Error, Kind as ErrorKind, Spot};
pub use finding::{Beyond, Details as FindingDetails, Finding, Fix, Label, Severity, Yielded};
pub use fix::{Edit, FixedFile};
pub use library::RenderOptions;
pub use render::Format;
pub use rules::{Group, Rule, Shares, YieldsTo};
pub use session::{Checked, Session};
pub use source::{FileId, Odd, Place, Position, Source, Sources, Span};
pub use triage::{
    Baseline, BaselineError, BaselineFault, BaselineState, Choice, Declared as DeclaredWaiver, Discovery, Key, Named,
    Outcome, Reading, State as WaiverState, Summary, Waived, Waiver, Word,
};
pub use workspace::PassedOver;

/// Every rule, in the order of the catalogue.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    rules::all()
}

/// The rule of a name.
pub fn rule(name: &str) -> Option<&'static Rule> {
    rules::find(name)
}

/// What the program does: arguments in, exit status out.
pub fn main() -> std::process::ExitCode {
    cli::main()
}

/// The rooms behind the façade, for what is not a program that calls soclint: fuzzing (`fuzz/`), what generates the
/// project's own documents (`xtask/`), and `tests/internals`, which runs both for a moment. The suite goes without.
/// Nothing of it is promised: any release may change or drop it.
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
        calendar cli config decode discover error estate finding fiscal_year fix manifest model reference render rules session
        source standards starter today triage views workspace
    }
}
