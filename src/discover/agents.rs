//! What settings of AI agents show: MCP servers, and the credentials that they are given.

use super::{Input, Shows};

pub const WORDS: &[&str] = &["env", "headers", "--header", "mcpServers", "servers"];

pub fn see(_: Input<'_>) -> Shows {
    Shows::default()
}
