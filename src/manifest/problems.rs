//! How what is wrong with an entity is reported.

use crate::decode::{Entry, Fault, Field, Problem};
use crate::model::Text;
use crate::source::Span;

pub fn invalid_id(what: &str, text: &str, span: Span) -> Problem {
    Problem::new(
        Fault::InvalidId,
        span,
        format!("\"{text}\" cannot be an {what}").replace("an namespace", "a namespace"),
        "not letters, digits, `.`, `_` and `-` after a first letter or digit",
    )
    .with_help("begin with a letter or digit, and use letters, digits, `.`, `_` and `-`")
}

pub fn require<T, U>(
    table: &str,
    entry: &Entry<'_, T>,
    field: &Field<U>,
    key: &str,
    example: &str,
    problems: &mut Vec<Problem>,
) {
    if entry.readable && field.is_absent() {
        let message = format!("`{table}.{}` does not state its `{key}`", entry.id.as_str());
        let mut problem = missing_key(&message, &format!("{key}, {example}"), entry.span);
        problem.keys = Some(key.to_owned());
        problems.push(in_entity(problem, table, &entry.id));
    }
}

pub fn missing_key(message: &str, what: &str, span: Span) -> Problem {
    Problem::new(Fault::MissingKey, span, message.to_owned(), "a required key is missing")
        .with_help(format!("add {what}"))
}

pub fn in_entity(mut problem: Problem, table: &str, id: &Text<'_>) -> Problem {
    problem.entity = Some((table.to_owned(), id.as_str().to_owned()));
    problem
}
