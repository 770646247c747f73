//! From TOML text to typed declarations, without ever stopping at the first problem.
//!
//! Types derive serde's `Deserialize` as usual; what is special is the deserializer that drives them:
//! it knows spans, reports each problem where it stands and goes on with the rest. The field types in
//! [`field`] turn a value that could not be read into *unknown*, which is not the same as absent.

mod date;
mod duration;
pub mod field;
mod guess;
mod known;
mod near;
mod problem;
mod recover;
#[cfg(feature = "schema")]
mod schema;
mod spelling;
mod text;
pub mod tree;
mod value;

pub use date::{DATE_NAME, Date, MonthDay};
pub use duration::Duration;
pub use field::{Entities, Entry, Field, List, OneOrTable, Val};
pub use guess::{action_words, as_key, every_synonym, every_word, framework_of, id_of, quoted};
pub use known::keys_of;
pub use near::{folded, nearest, slip_of, spelt_alike};
pub use problem::{Fault, Form, Problem, Repair, Wanted};
pub use spelling::{Compound, canonical, compound, same_type};
pub use text::{Text, is_invisible, shortened};
pub use value::REGION_NAME;

use crate::source::{Source, Span};
use serde::Deserialize;

/// What one file gave.
pub struct Decoded<T> {
    pub value: T,
    pub problems: Vec<Problem>,
    /// Text that could not be read as declarations: what it names may exist, and is missing from `value`.
    pub lost: Vec<String>,
}

/// A file's tree before it is decoded, and what was found wrong with it so far.
pub struct Prepared<'p, 'a> {
    pub text: &'a str,
    pub table: &'p mut tree::Table<'a>,
    pub problems: &'p mut Vec<Problem>,
    /// Values here were reported, and are unknown.
    pub damage: &'p mut Vec<Span>,
    /// Names that may have been declared where nothing could be read.
    pub lost: &'p mut Vec<String>,
}

/// Reads `source` as a `T`, in which every key is optional, and every word of a closed list is written as it stands
/// there.
pub fn decode<'a, T>(source: &'a Source) -> Decoded<T>
where
    T: Deserialize<'a> + Default,
{
    read(source, false, |_| {})
}

/// The same, but words are read in the spellings that people use, and `prepare` sees the tree first.
pub fn decode_leniently<'a, T>(source: &'a Source, prepare: impl Fn(&mut Prepared<'_, 'a>)) -> Decoded<T>
where
    T: Deserialize<'a> + Default,
{
    read(source, true, prepare)
}

fn read<'a, T>(source: &'a Source, lenient: bool, prepare: impl Fn(&mut Prepared<'_, 'a>)) -> Decoded<T>
where
    T: Deserialize<'a> + Default,
{
    let mut parsed = recover::parse(source);
    if !(parsed.problems.is_empty() || source.text.is_ascii()) {
        tree::to_borders(&mut parsed.table, &source.text);
        for problem in &mut parsed.problems {
            problem.span = tree::at_borders(problem.span, &source.text);
        }
    }
    let lost = parsed.lost.iter().map(|span| source.slice(*span).to_owned());
    let mut lost: Vec<String> = lost.collect();
    prepare(&mut Prepared {
        text: &source.text,
        table: &mut parsed.table,
        problems: &mut parsed.problems,
        damage: &mut parsed.damage,
        lost: &mut lost,
    });
    let tree = tree::Value::Table(parsed.table);
    let first = pass(
        &source.text,
        &tree,
        lenient,
        parsed.problems.clone(),
        parsed.damage.clone(),
    );
    let is_answerable = |problem: &Problem| problem.wants.is_some();
    let mut decoded = match lenient && first.problems.iter().any(is_answerable) {
        true => guess::answered(first, tree, &source.text, parsed.problems, parsed.damage, prepare),
        false => first,
    };
    decoded.lost.extend(lost);
    decoded
}

/// Reads a tree, in which something may have been found wrong before.
fn pass<'a, T>(
    text: &str,
    tree: &tree::Value<'a>,
    lenient: bool,
    problems: Vec<Problem>,
    damage: Vec<Span>,
) -> Decoded<T>
where
    T: Deserialize<'a> + Default,
{
    let sink = problem::Sink::new(text, lenient, problems, damage);
    let value = T::deserialize(value::ValueDeserializer::root(tree, &sink)).unwrap_or_default();
    let (mut problems, lost) = sink.finish();
    tree::name_keys(tree, &mut problems);
    Decoded { value, problems, lost }
}

/// The first thing that is wrong with a text's syntax: its offset, and what it is.
pub fn first_fault(text: &str) -> Option<(usize, String)> {
    let source = Source::new(String::new(), text.to_owned());
    let problems = recover::parse(&source).problems.into_iter();
    let first = problems.min_by_key(|problem| problem.span)?;
    Some((first.span.start as usize, first.message))
}

/// A key without quotes that it needs is no TOML; where more is wrong with its name, that alone is said.
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
