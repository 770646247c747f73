//! What the files of a repository show of the identities that are used: without network, and without running anything.
//!
//! Each source has a file of its own here, which gives what a file [`Shows`]. Nothing here knows manifests or rules.

pub mod hcl;
pub mod secret_name;
mod sighting;
pub mod terraform;

pub use sighting::{Demand, Fact, Input, Power, Rank, Shows, Sighting, Suggests, Unread, Untold, What};
