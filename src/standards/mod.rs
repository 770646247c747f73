//! What the standards are called and how they relate, in our own words.

mod framework;
pub mod itgc;
pub mod reference;
pub mod regions;

pub use framework::Family;
pub use reference::Reference;
