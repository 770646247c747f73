//! What people mean who write something else: other keys, lists for tables, days in other forms.
//!
//! Where a file has problems that may be answered, its tree is changed to what is meant, and read once more: what stands
//! under a key by another name is looked at too, and nothing is called missing that was said in other words. Each
//! answer is one problem with one suggestion.

mod ids;
mod keys;
mod lists;
mod places;
mod shapes;
mod single;
mod synonyms;
mod top;
mod values;
mod words;

pub use places::id_of;
pub use shapes::framework_of;
pub use words::{Lists, actions as action_words, among, each};

use crate::decode::tree::Value;
use crate::decode::{Decoded, Dialect, Prepared, Problem, Repair, Wanted, Written, read};
use crate::model::Framework;
use crate::source::Span;
use serde::Deserialize;
use std::collections::HashMap;

/// How manifests are read.
pub static DIALECT: Dialect = Dialect {
    lenient: true,
    is_other_key: |table, key| synonyms::of(table, key).next().is_some(),
    meant_word: words::of,
    without_word,
};

/// What to write in place of a framework that has no word of its own. One that differs in its number is another one.
fn without_word(list: &str, written: Written<'_>, near: Option<&str>) -> Option<String> {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let is_meant = near.is_some_and(|near| digits(near) == digits(written.text));
    (list == Framework::NAME && !is_meant).then(|| {
        let shown = written.shown;
        format!("write \"other\", and `name = {shown}` beside it, if it is another attestation")
    })
}

/// A table under another name may hold keys under other names.
const MAX_ROUNDS: usize = 6;
/// A file with more of them is something else.
const MAX_ANSWERS: usize = 2_000;

/// Pieces of a file, and what to write there.
type Edits = Vec<(Span, String)>;

/// An answer whose value was moved in the tree.
struct Moved {
    problem: Problem,
    how: How,
    /// What to write for its value, if not what is there.
    value: Option<(Span, String)>,
}

/// How something is written in another place.
enum How {
    /// The key changes, and all else stays.
    Renamed(Span, String),
    /// The statement goes, and is elsewhere: between these two texts.
    Elsewhere {
        gone: Span,
        at: Span,
        before: String,
        after: String,
    },
    Edits(Edits),
    /// Unknown.
    Unclear,
}

/// What was answered so far.
struct Answers<'t> {
    text: &'t str,
    moved: Vec<Moved>,
    /// Which of them is about the value at a place.
    values: HashMap<Span, usize>,
}

/// Answers the problems of a file that was read once.
pub fn answered<'a, T>(
    first: Decoded<T>,
    mut tree: Value<'a>,
    text: &'a str,
    mut problems: Vec<Problem>,
    mut damage: Vec<Span>,
    prepare: impl Fn(&mut Prepared<'_, 'a>),
) -> Decoded<T>
where
    T: Deserialize<'a> + Default,
{
    let mut answers = Answers {
        text,
        moved: Vec::new(),
        values: HashMap::new(),
    };
    let mut decoded = first;
    let is_manifest = decoded.problems.len() <= MAX_ANSWERS;
    for _ in 0..if is_manifest { MAX_ROUNDS } else { 1 } {
        let mut wanted = wanted(&decoded.problems);
        let Value::Table(root) = &mut tree else {
            break;
        };
        if wanted.is_empty() || answers.moved.len() > MAX_ANSWERS || !answers.reread(root, &mut wanted) {
            break;
        }
        let mut lost = Vec::new();
        prepare(&mut Prepared {
            text,
            table: root,
            problems: &mut problems,
            damage: &mut damage,
            lost: &mut lost,
        });
        decoded = read(text, &tree, &DIALECT, problems.clone(), damage.clone());
        decoded.lost.append(&mut lost);
    }
    if let Value::Table(root) = &tree {
        answers.answer_values(root, &mut decoded.problems);
    }
    decoded
        .problems
        .extend(answers.moved.into_iter().map(Moved::into_problem));
    decoded
}

/// The problems that may be answered by reading otherwise, by their places.
fn wanted(problems: &[Problem]) -> HashMap<Span, Problem> {
    let may_be = |problem: &&Problem| matches!(problem.wants, Some(Wanted::Key { .. } | Wanted::Table { .. }));
    let found = problems.iter().filter(may_be).take(MAX_ANSWERS);
    found.map(|problem| (problem.span, problem.clone())).collect()
}

impl Moved {
    fn into_problem(self) -> Problem {
        let Self {
            mut problem,
            how,
            value,
        } = self;
        let mut edits = match how {
            How::Renamed(at, key) => {
                let mut edits = vec![(at, key)];
                edits.extend(value);
                edits
            }
            How::Elsewhere {
                gone,
                at,
                before,
                after,
            } => {
                let value = value.map(|(_, value)| value).unwrap_or_default();
                vec![(at, format!("{before}{value}{after}")), (gone, String::new())]
            }
            How::Edits(edits) => edits,
            How::Unclear => return problem,
        };
        edits.sort_by_key(|(span, _)| *span);
        problem.suggestion = Some(Repair::Edits(edits));
        problem.fix = None;
        problem
    }
}

/// Every word that people write for a key, with what it means and the type that its table is read as.
pub fn every_synonym() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    synonyms::all()
}

/// Every word that people write for a word of a closed list, with what it means, by the name of the list.
pub fn every_word() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    words::all()
}
