//! What policies grant.

use crate::discover::Power;
use crate::source::Span;

/// What a policy grants.
#[derive(Debug, Clone, PartialEq)]
pub struct Grant {
    pub power: Power,
    pub name: String,
    /// Where it is granted; `None` when that is in another resource.
    pub span: Option<Span>,
}
