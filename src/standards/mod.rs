//! What the standards are called and how they relate, in our own words.

mod catalogue;
mod catalogues;
pub mod editions;
mod framework;
pub mod reference;
pub mod regions;

pub use catalogue::{Catalogue, Retired};
pub use catalogues::ALL as CATALOGUES;
pub use framework::Family;
pub use reference::Reference;
