//! A place that is not TOML.

use std::ops::Range;

pub struct SyntaxError {
    pub message: String,
    pub label: String,
    pub at: Range<usize>,
    pub help: Option<String>,
    /// Where exactly, if what is pointed at is the beginning.
    pub exactly: Option<(Range<usize>, String)>,
    /// What was likely meant at a place.
    pub instead: Option<(Range<usize>, String)>,
}

impl SyntaxError {
    pub fn new(message: impl Into<String>, at: Range<usize>) -> Self {
        let message = message.into();
        Self {
            label: message.clone(),
            message: format!("this is not TOML: {message}"),
            at,
            help: None,
            exactly: None,
            instead: None,
        }
    }
}
