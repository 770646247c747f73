//! The dependencies of one service.

use crate::model::{Influence, ServiceId};

/// A dependency of one service on another.
#[derive(Debug, Clone, Copy)]
pub struct Edge {
    pub to: ServiceId,
    /// Which entry of `depends-on` states it.
    pub entry: u32,
    /// `None` when it could not be read.
    pub influence: Option<Influence>,
}
