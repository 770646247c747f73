//! From TOML text to typed declarations, without ever stopping at the first problem.
//!
//! Types derive serde's `Deserialize` as usual; what is special is the deserializer that drives them:
//! it knows spans, reports each problem where it stands and goes on with the rest. The field types in
//! [`field`] turn a value that could not be read into *unknown*, which is not the same as absent.

mod date;
mod duration;
pub mod field;
mod known;
mod near;
mod problem;
mod recover;
mod spelling;
mod text;
mod tree;
mod value;

pub use date::{DATE_NAME, Date, MonthDay};
pub use duration::Duration;
pub use field::{Entities, Entry, Field, List, OneOrTable, Val};
pub use known::keys_of;
pub use near::{nearest, only_near};
pub use problem::{Fault, Problem};
pub use text::{Text, is_invisible, shortened};

use crate::source::{Source, Span};
use serde::Deserialize;

/// What one file gave.
pub struct Decoded<T> {
    pub value: T,
    pub problems: Vec<Problem>,
    /// Text that could not be read as declarations: what it names may exist, and is missing from `value`.
    pub lost: Vec<String>,
}

/// Reads `source` as a `T`, in which every key is optional.
pub fn decode<'a, T>(source: &'a Source) -> Decoded<T>
where
    T: Deserialize<'a> + Default,
{
    let parsed = recover::parse(source);
    let tree = tree::Value::Table(parsed.table);
    let sink = problem::Sink::new(parsed.problems, parsed.damage);
    let value = T::deserialize(value::ValueDeserializer::root(&tree, &sink)).unwrap_or_default();
    let (problems, mut lost) = sink.finish();
    lost.extend(parsed.lost.iter().map(|span| source.slice(*span).to_owned()));
    Decoded { value, problems, lost }
}

/// The label of a key or value that has no better place: the first byte of the file.
pub const FILE_START: Span = Span { start: 0, end: 0 };
