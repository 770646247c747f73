//! The first manifest and the first config of a repository: what can be seen in it, and the texts that say it.

mod facts;
mod text;

pub use facts::{Facts, Owner, Pipeline, look};
pub use text::{config, manifest};
