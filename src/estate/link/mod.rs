//! What names what: the links between entities, found once.

mod links;
mod lists;
mod shared;
mod uses;

pub use links::{Edge, Links, link};
pub use lists::Lists;
pub use uses::{Uses, Using};
