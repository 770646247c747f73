//! YAML, and the JSON that it holds, as a tree whose every node knows its place.
//!
//! The nodes lie in one list in the order of the text, so that a tree of any shape is built, walked and dropped without
//! recursion. An alias is a number of a node: it is followed, and never copied.

mod build;
pub mod literals;
mod node;
mod places;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::cell::{Cell, RefCell};

pub use node::Node;
use places::Places;

use crate::discover::Unread;
use crate::source::Span;

/// Collections in collections, at most.
pub const MAX_DEPTH: usize = 64;
/// Nodes of all documents of a file, at most.
pub const MAX_NODES: usize = 250_000;
/// How many bytes of anchored nodes are read again through aliases: lists of aliases of lists of aliases are no work.
const MAX_FOLLOWED: usize = 4 << 20;

/// Why a text could not be read to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// It is not YAML.
    Syntax,
    /// It is nested deeper than [`MAX_DEPTH`].
    TooDeep,
    /// It has more nodes than [`MAX_NODES`].
    TooLarge,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Plain,
    Single,
    Double,
    Literal,
    Folded,
    Map,
    List,
    Alias,
}

/// A node as it lies in the list.
#[derive(Debug)]
struct Item<'t> {
    kind: Kind,
    /// Of a scalar: with its quotes.
    span: Span,
    /// Of an alias: the anchored node. Of all others: what lies behind the last node within it; 0 while it is open.
    link: u32,
    /// Empty without one.
    tag: Span,
    /// Of a scalar: its value.
    text: Cow<'t, str>,
}

/// What is to be said of a part that could not be read; of what is no YAML nothing, since a template is none.
pub fn unread(fault: Fault, span: Span) -> Option<Unread> {
    let why = match fault {
        Fault::Syntax => return None,
        Fault::TooDeep => format!("the document is nested deeper than {MAX_DEPTH}"),
        Fault::TooLarge => format!("the documents have more than {MAX_NODES} nodes"),
    };
    Some(Unread { span, why })
}

/// What is to be said of a file that is to be YAML by its place.
pub fn unread_in_place(fault: Fault, span: Span) -> Unread {
    unread(fault, span).unwrap_or_else(|| Unread {
        span,
        why: "it is not YAML from here on, and no more of it was read".to_owned(),
    })
}

/// The documents of a text.
#[derive(Debug)]
pub struct Tree<'t> {
    source: &'t str,
    items: Vec<Item<'t>>,
    /// Where documents begin.
    roots: Vec<u32>,
    /// What an alias stands for that leads nowhere.
    nothing: Item<'t>,
    /// What is left of [`MAX_FOLLOWED`].
    budget: Cell<usize>,
    /// Where the bytes of one scalar stand: the one that was asked about last.
    places: RefCell<Option<(u32, Option<Places>)>>,
}

impl<'t> Tree<'t> {
    /// The documents before the fault, if there is one, which are whole.
    pub fn parse(text: &'t str) -> (Self, Option<(Fault, Span)>) {
        build::tree(text)
    }

    /// Whether some alias was not followed, because others had led to so much before.
    pub fn is_exhausted(&self) -> bool {
        self.budget.get() == 0
    }

    /// What each document holds.
    pub fn documents(&self) -> impl Iterator<Item = Node<'_, 't>> {
        self.roots.iter().map(|root| Node::new(self, *root))
    }
}
