//! What fixes would change, as a patch.

use super::FixedFile;
use crate::source::Sources;
use similar::TextDiff;

/// What fixes would change, as a unified diff with paths from the estate's root.
pub fn diff(fixed: &[FixedFile], sources: &Sources) -> String {
    let patch = |one: &FixedFile| {
        let source = sources.get(one.file);
        patch(&source.path, Some(&source.text), &one.text)
    };
    fixed.iter().map(patch).collect()
}

/// What a new text changes in a file, or the patch that makes one.
pub fn patch(path: &str, old: Option<&str>, new: &str) -> String {
    let from = old.map_or_else(|| "/dev/null".to_owned(), |_| header("a", path));
    // A lone carriage return is not an end of a line, for a patch.
    let old: Vec<&str> = old.unwrap_or_default().split_inclusive('\n').collect();
    let new: Vec<&str> = new.split_inclusive('\n').collect();
    let diff = TextDiff::configure().newline_terminated(true).diff_slices(&old, &new);
    diff.unified_diff().header(&from, &header("b", path)).to_string()
}

/// A path as git writes it into a patch: what could end it is escaped.
fn header(side: &str, path: &str) -> String {
    let path = format!("{side}/{path}");
    if !path.chars().any(|c| c.is_control() || matches!(c, '"' | '\\')) {
        // A name with a space is ended by a tab.
        let end = if path.contains(' ') { "\t" } else { "" };
        return path + end;
    }
    let mut out = String::from("\"");
    for byte in path.bytes() {
        match byte {
            b'"' | b'\\' => out.extend(['\\', char::from(byte)]),
            b' '..=b'~' => out.push(char::from(byte)),
            _ => out.push_str(&format!("\\{byte:03o}")),
        }
    }
    out + "\""
}
