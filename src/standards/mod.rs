//! What the standards are called and how they relate, in our own words.

mod framework;
pub mod reference;
pub mod regions;
mod series;

pub use framework::Family;
pub use reference::Reference;
pub use series::Series;
