//! Duplicate keys and tables.

use super::syntax_error::SyntaxError;
use super::unknown::header_path;
use crate::decode::problem::{Fault, Problem};
use crate::source::Span;
use std::collections::HashMap;
use std::ops::Range;

/// The headers of a file, each by its path, with the place of its last key where it first is.
pub type Headers = HashMap<Vec<String>, Span>;

pub fn first_headers(text: &str) -> Headers {
    let mut headers = Headers::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if let Some(path) = header_path(line)
            && let Some(id) = path.last()
            && let Some(at) = line.rfind(id.as_str())
        {
            let span = Span::new(start + at..start + at + id.len());
            headers.entry(path).or_insert(span);
        }
        start += line.len();
    }
    headers
}

/// A duplicate key or table. Two entities of one id are a duplicate id; anything else is a syntax error.
pub fn duplicate(text: &str, headers: &Headers, at: Range<usize>) -> Problem {
    let key = text.get(at.clone()).unwrap_or_default();
    let line_start = text[..at.start].rfind('\n').map_or(0, |nl| nl + 1);
    let path = text[line_start..].lines().next().and_then(header_path);
    if let Some(path) = path {
        let mut problem = Problem::new(
            Fault::DuplicateId,
            Span::new(at),
            format!("duplicate table `[{}]`", path.join(".")),
            "declared again here",
        )
        .with_help("give one of the two another id, or make them one");
        if let [kind, id, ..] = path.as_slice() {
            problem.entity = Some((kind.clone(), id.clone()));
        }
        let first = headers.get(&path);
        problem.related = first.map(|span| (*span, "declared first here".to_owned()));
        return problem;
    }
    let mut problem = super::problem(SyntaxError::new(format!("duplicate key `{key}`"), at));
    problem.help = Some("keep one of the two; the first is the one that was read".to_owned());
    problem
}
