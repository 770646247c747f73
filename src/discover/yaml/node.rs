//! What can be asked of a node.

use std::ops::Range;

use hashbrown::HashSet;

use super::places::Places;
use super::{Item, Kind, Tree};
use crate::source::Span;

/// A node of a tree. One that is an alias is, to all questions, the node that it leads to.
#[derive(Debug, Clone, Copy)]
pub struct Node<'n, 't> {
    tree: &'n Tree<'t>,
    index: u32,
}

impl<'n, 't> Node<'n, 't> {
    pub(super) fn new(tree: &'n Tree<'t>, index: u32) -> Self {
        Self { tree, index }
    }

    /// Where it stands. Of a quoted scalar: what is between the quotes; of a block scalar: its lines, without the
    /// indentation of the first; of a collection: all of it.
    pub fn span(self) -> Span {
        let item = self.item();
        let Range { start, end } = item.span.range();
        let written = self.tree.source.get(start..end).unwrap_or_default();
        match item.kind {
            Kind::Single | Kind::Double if written.len() >= 2 => Span::new(start + 1..end - 1),
            Kind::Literal | Kind::Folded => Span::new(start..start + written.trim_end().len()),
            _ => item.span,
        }
    }

    /// The value of a scalar; empty for one that is not there.
    pub fn text(self) -> Option<&'n str> {
        let item = self.read();
        (!matches!(item.kind, Kind::Map | Kind::List)).then_some(&*item.text)
    }

    /// Whether it is a scalar without quotes and of no block: only such a one may be a number, a boolean or null.
    pub fn is_plain(self) -> bool {
        self.item().kind == Kind::Plain
    }

    /// Whether it is a value that is not there, or null.
    pub fn is_null(self) -> bool {
        self.is_plain() && matches!(&*self.item().text, "" | "~" | "null" | "Null" | "NULL")
    }

    /// As it is written: `!Ref`.
    pub fn tag(self) -> Option<&'n str> {
        let tag = self.item().tag.range();
        self.tree.source.get(tag).filter(|tag| !tag.is_empty())
    }

    /// Whether it is a mapping.
    pub fn is_map(self) -> bool {
        self.item().kind == Kind::Map
    }

    /// Whether it is a sequence.
    pub fn is_list(self) -> bool {
        self.item().kind == Kind::List
    }

    /// Whether an alias stands here. One who walks a whole tree passes over aliases: what they mean was met before.
    pub fn is_alias(self) -> bool {
        self.written().kind == Kind::Alias
    }

    /// The keys and values of a mapping, and behind them those that it merges in (`<<`) and does not have itself.
    pub fn entries(self) -> impl Iterator<Item = (Self, Self)> {
        let own = self.own_entries().filter(|(key, _)| !key.is_merge());
        own.chain(self.merged())
    }

    /// The keys and values that are written in a mapping itself, `<<` among them.
    pub fn own_entries(self) -> impl Iterator<Item = (Self, Self)> {
        let mut children = self.children(Kind::Map);
        std::iter::from_fn(move || Some((children.next()?, children.next()?)))
    }

    /// The value of a key. Of several with that key, the first.
    pub fn get(self, key: &str) -> Option<Self> {
        self.entry(key).map(|(_, value)| value)
    }

    /// A key and its value. Of several with that key, the first.
    pub fn entry(self, key: &str) -> Option<(Self, Self)> {
        let is_it = |(name, _): &(Self, Self)| name.text() == Some(key);
        self.own_entries()
            .find(is_it)
            .or_else(|| self.merged().into_iter().find(is_it))
    }

    /// What is in a sequence.
    pub fn items(self) -> impl Iterator<Item = Self> {
        self.children(Kind::List)
    }

    /// This node and all within it, keys too, in the order of the text. Aliases are among them, and not what they lead
    /// to: so this is never longer than the text.
    pub fn walk(self) -> impl Iterator<Item = Self> {
        let end = match self.written().kind {
            Kind::Alias => self.index + 1,
            _ => self.written().link,
        };
        (self.index..end).map(move |index| Self::new(self.tree, index))
    }

    /// Where a range of the bytes of [`text`](Self::text) stands in the file; the whole where that cannot be told.
    pub fn at(self, range: Range<usize>) -> Span {
        let index = self.target();
        let item = self.item();
        let mut last = self.tree.places.borrow_mut();
        if last.as_ref().is_none_or(|(of, _)| *of != index) {
            *last = Some((index, Places::of(self.tree.source, item)));
        }
        let places = last.as_ref().and_then(|(_, places)| places.as_ref());
        let fits = item.text.get(range.clone()).is_some();
        places
            .filter(|_| fits)
            .and_then(|places| places.at(range))
            .unwrap_or_else(|| self.span())
    }

    fn children(self, of: Kind) -> impl Iterator<Item = Self> {
        let item = self.read();
        let end = if item.kind == of { item.link } else { 0 };
        let mut next = self.target() + 1;
        std::iter::from_fn(move || {
            let child = (next < end).then(|| Self::new(self.tree, next))?;
            next = match child.written().kind {
                Kind::Alias => next + 1,
                // Never back, whatever the list says.
                _ => child.written().link.max(next + 1),
            };
            Some(child)
        })
    }

    fn is_merge(self) -> bool {
        self.is_plain() && self.item().text == "<<"
    }

    /// What the mapping merges in. Each mapping is taken once, however many ways lead to it.
    fn merged(self) -> Vec<(Self, Self)> {
        let mut found = Vec::new();
        if !self.own_entries().any(|(key, _)| key.is_merge()) {
            return found;
        }
        let mut names: HashSet<&str> = HashSet::new();
        let mut visited: HashSet<u32> = HashSet::new();
        let mut todo = vec![self];
        while let Some(map) = todo.pop() {
            if !visited.insert(map.target()) {
                continue;
            }
            let is_own = map.target() == self.target();
            let mut sources = Vec::new();
            for (key, value) in map.own_entries() {
                if key.is_merge() {
                    sources.push(value);
                    sources.extend(value.items());
                } else if key.text().is_none_or(|name| names.insert(name)) && !is_own {
                    found.push((key, value));
                }
            }
            // Of several, what comes first wins.
            todo.extend(sources.into_iter().filter(|source| source.is_map()).rev());
        }
        found
    }

    fn written(self) -> &'n Item<'t> {
        self.tree.items.get(self.index as usize).unwrap_or(&self.tree.nothing)
    }

    fn target(self) -> u32 {
        match self.written().kind {
            Kind::Alias => self.written().link,
            _ => self.index,
        }
    }

    fn item(self) -> &'n Item<'t> {
        self.tree
            .items
            .get(self.target() as usize)
            .unwrap_or(&self.tree.nothing)
    }

    /// The node, to read what is in it, which through aliases is done only so often.
    fn read(self) -> &'n Item<'t> {
        let item = self.item();
        if self.is_alias() {
            let cost = item.span.range().len() + 1;
            match self.tree.budget.get().checked_sub(cost) {
                Some(left) => self.tree.budget.set(left),
                None => {
                    self.tree.budget.set(0);
                    return &self.tree.nothing;
                }
            }
        }
        item
    }
}
