//! From TOML text to typed declarations, without ever stopping at the first problem.
//!
//! Types derive serde's `Deserialize` as usual; what is special is the deserializer that drives them:
//! it knows spans, reports each problem where it is and goes on with the rest. The field types in
//! [`field`] turn a value that could not be read into *unknown*, which is not the same as absent.

pub mod days;
mod dialect;
mod entities;
mod error;
pub mod field;
mod key_paths;
mod known;
mod problem;
pub mod protocol;
mod recover;
#[cfg(feature = "schema")]
mod schema;
mod serialize;
mod sink;
pub mod tree;
mod value;
mod written;

pub use dialect::{Dialect, Written};
pub use entities::{Entities, Entry};
pub use field::{Field, Items, List, OneOrTable, Rare, Val};
pub use known::keys_of;
pub use problem::{Fault, Form, Problem, Repair, Wanted};
pub use recover::{is_plain, line_start};
pub use written::{as_key, quoted};

use crate::source::{Source, Span};
use serde::Deserialize;

/// What one file gave.
pub struct Decoded<T> {
    pub value: T,
    pub problems: Vec<Problem>,
    /// Text that could not be read as declarations: what it names may exist, and is missing from `value`.
    pub lost: Vec<String>,
}

/// A file's tree before it is decoded, and what was found wrong with its text.
pub struct Parsed<'a> {
    pub table: tree::Table<'a>,
    pub problems: Vec<Problem>,
    /// Values here were reported, and are unknown.
    pub damage: Vec<Span>,
    /// Text that may have declared something, and could not be read.
    pub lost: Vec<String>,
}

/// The same while it is put right.
pub struct Prepared<'p, 'a> {
    pub text: &'a str,
    pub table: &'p mut tree::Table<'a>,
    pub problems: &'p mut Vec<Problem>,
    pub damage: &'p mut Vec<Span>,
    pub lost: &'p mut Vec<String>,
}

pub fn parse(source: &Source) -> Parsed<'_> {
    let mut parsed = recover::parse(source);
    if !(parsed.problems.is_empty() || source.text.is_ascii()) {
        tree::to_borders(&mut parsed.table, &source.text);
        for problem in &mut parsed.problems {
            problem.span = tree::at_borders(problem.span, &source.text);
        }
    }
    let lost = parsed.lost.iter().map(|span| source.slice(*span).to_owned());
    Parsed {
        lost: lost.collect(),
        table: parsed.table,
        problems: parsed.problems,
        damage: parsed.damage,
    }
}

/// Reads `source` as a `T`, in which every key is optional.
pub fn decode<'a, T>(source: &'a Source, dialect: &Dialect) -> Decoded<T>
where
    T: Deserialize<'a> + Default,
{
    let Parsed {
        table,
        problems,
        damage,
        lost,
    } = parse(source);
    let mut decoded = read(&source.text, &tree::Value::Table(table), dialect, problems, damage);
    decoded.lost.extend(lost);
    decoded
}

/// Reads the tree of a text, in which something may have been found wrong before.
pub fn read<'a, T>(
    text: &str,
    tree: &tree::Value<'a>,
    dialect: &Dialect,
    problems: Vec<Problem>,
    damage: Vec<Span>,
) -> Decoded<T>
where
    T: Deserialize<'a> + Default,
{
    let sink = sink::Sink::new(text, dialect, problems, damage);
    let value = T::deserialize(value::ValueDeserializer::root(tree, &sink)).unwrap_or_default();
    let (mut problems, lost) = sink.finish();
    key_paths::name_keys(tree, &mut problems);
    Decoded { value, problems, lost }
}

/// The first thing that is wrong with a text's syntax: its offset, and what it is.
pub fn first_fault(text: &str) -> Option<(Span, String)> {
    let source = Source::new(String::new(), text.to_owned());
    let problems = recover::parse(&source).problems.into_iter();
    let first = problems.min_by_key(|problem| problem.span)?;
    Some((first.span, first.message))
}

/// A key without quotes that it needs is not TOML; where more is wrong with its name, that alone is said.
pub fn say_once(problems: &mut Vec<Problem>) {
    let is_torn = |problem: &Problem| problem.fault == Fault::InvalidToml;
    if !problems.iter().any(is_torn) {
        return;
    }
    let others = problems.iter().filter(|problem| !is_torn(problem));
    let others: std::collections::HashSet<Span> = others.map(|problem| problem.span).collect();
    problems.retain(|problem| !(is_torn(problem) && others.contains(&problem.span)));
}

/// The label of a key or value that has no better place: the first byte of the file.
pub const FILE_START: Span = Span { start: 0, end: 0 };
