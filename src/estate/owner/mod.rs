//! Owners: their names, what they own, and whether anyone is left in them.

mod owners;
mod people;
mod subjects;

pub use people::{Left, ServiceOwner, Who, left};
pub use subjects::OwnerName;
