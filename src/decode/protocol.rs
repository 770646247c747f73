//! What the field types and the deserializer say to each other.

use crate::source::Span;

/// Asks for a pair of the place (packed) and the value.
pub const VAL_NAME: &str = "a value with its place";
/// Asks for a pair of the value and which of the keys that its type knows are stated, a bit each in their order.
pub const ENTRY_NAME: &str = "a value with its stated keys";
/// Says that text may stand for a table that has only its first key.
pub const SHORT_NAME: &str = "text or a table";

/// Says that something is stated at a place (packed), and could not be read.
pub const UNREAD_NAME: &str = "a value that could not be read";

pub fn pack(span: Span) -> u64 {
    u64::from(span.start) << 32 | u64::from(span.end)
}

#[expect(clippy::cast_possible_truncation, reason = "the two halves that `pack` joined")]
pub fn unpack(packed: u64) -> Span {
    Span {
        start: (packed >> 32) as u32,
        end: packed as u32,
    }
}
