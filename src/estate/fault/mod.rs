//! Errors of the declarations themselves, and what was meant.

mod flaw;
mod no_evidence;
mod proposals;
mod unresolved;

pub use flaw::Flaw;
pub use unresolved::complementary_controls;
