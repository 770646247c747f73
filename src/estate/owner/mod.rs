//! Owners: what they are called, what they own, and whether somebody still stands behind them.

mod owners;
mod people;
mod subjects;

pub use people::{Left, ServiceOwner, Who, left};
pub use subjects::OwnerName;
