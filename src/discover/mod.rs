//! What the files of a repository show of the identities that are used: without network, and without running anything.
//!
//! Each source has a file of its own here, which gives what a file [`Shows`]. Nothing here knows manifests or rules.

mod addresses;
mod agents;
mod assemble;
mod ci_issuers;
mod circleci;
pub mod cloudformation;
mod discovered;
pub mod github_actions;
mod gitlab_ci;
pub mod hcl;
mod jenkins;
pub mod kubernetes;
mod look;
mod mask;
mod placeholder;
mod registries;
pub mod secret_name;
mod sighting;
mod sources;
pub mod terraform;
mod texts;
mod words;
mod written_out;
pub mod yaml;

pub use crate::model::{Locator, SCHEMES, Specificity};
pub use assemble::{Seen, Thing, assemble, demand_of};
pub use discovered::Discovered;
pub use look::{Looking, Reading, Shown};
pub use mask::{masked, may_stand_for};
pub use sighting::{Demand, EVERYTHING, Fact, Input, Power, Rank, Shows, Sighting, Suggests, Unread, Untold, What};
pub use texts::look_into_texts;
