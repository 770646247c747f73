//! The links between entities, resolved once.

mod claimed;
mod edge;
mod links;
mod lists;
mod naming;
mod references;
mod shared;
mod uses;

pub use claimed::Claimed;
pub use edge::Edge;
pub use links::{Links, link, link_coverage};
pub use lists::Lists;
pub use naming::Naming;
pub use references::{References, Unresolved};
pub use uses::{LocalPlace, Uses};
