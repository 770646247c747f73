//! Pieces of a text, and what is there instead.

use crate::source::Span;

/// A piece of a text, and what is there instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The piece.
    pub span: Span,
    /// What stands there afterwards.
    pub text: String,
}

impl Edit {
    pub(crate) fn new(span: Span, text: impl Into<String>) -> Self {
        Self {
            span,
            text: text.into(),
        }
    }

    pub(super) fn touches(&self, other: &Self) -> bool {
        self.span.overlaps(other.span)
    }
}

/// A text with its pieces changed, of which no two overlap. One that is named twice is changed once.
pub fn apply<'e>(text: &str, edits: impl IntoIterator<Item = &'e Edit>) -> String {
    let mut edits: Vec<&Edit> = edits.into_iter().collect();
    edits.sort_by_key(|edit| edit.span);
    let mut out = String::with_capacity(text.len() + 64);
    let mut done = 0;
    for edit in edits {
        let range = edit.span.range();
        let Some(kept) = text.get(done..range.start).filter(|_| range.end >= done) else {
            continue;
        };
        out.push_str(kept);
        out.push_str(&edit.text);
        done = range.end;
    }
    out.push_str(text.get(done..).unwrap_or_default());
    out
}

/// A name in the quotes of the one at a place.
pub fn quoted_alike(text: &str, span: Span, name: &str) -> Option<String> {
    let is_bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    // What would have to be escaped is not a name.
    if name.contains(|c: char| !(is_bare(c) || matches!(c, '.' | '/'))) {
        return None;
    }
    let old = text.get(span.range())?;
    Some(match old.as_bytes().first()? {
        b'\'' => format!("'{name}'"),
        b'"' => format!("\"{name}\""),
        _ if name.contains(|c| !is_bare(c)) => format!("\"{name}\""),
        _ => name.to_owned(),
    })
}
