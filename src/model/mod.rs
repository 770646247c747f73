//! Words that all rooms share.

mod id_vec;
mod ids;

pub use id_vec::IdVec;
pub use ids::*;
