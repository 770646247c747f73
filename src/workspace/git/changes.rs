//! Which files differ between two trees. What is the same tree is not entered.

use super::objects::{Entry, Folder, Node};
use super::path_of;
use super::snapshot::Snapshot;
use super::way::Found;
use gix::ObjectId;
use std::cmp::Ordering;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A path at which two trees differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Whole, as the later tree has it.
    pub path: PathBuf,
    pub before: Option<Node>,
    pub after: Option<Node>,
}

impl Change {
    /// Whether there are but files in it, no links and no submodules.
    pub fn is_of_files(&self) -> bool {
        let is_file = |node: &Node| *node == Node::File;
        self.before.iter().chain(&self.after).all(is_file)
    }
}

type Tree = Option<ObjectId>;

impl Snapshot {
    /// What differs below a folder, between this tree and a later one of the same repository, in order of the paths name
    /// by name. `None` where not all of it can be told: a tree is not here, or there is too much.
    pub fn changes_to(&self, later: &Self, folder: &Path) -> Option<Vec<Change>> {
        let tree = |of: &Self| -> Option<Tree> {
            match of.way(folder, false) {
                Ok(way) if way.is_through_link => None,
                Ok(way) => match way.found {
                    Found::Folder(here) if here.level.depth == 0 => Some(Some(here.tree?)),
                    _ => None,
                },
                Err(miss) => miss.of_object().is_none().then_some(None),
            }
        };
        let mut changes = Vec::new();
        later.begin();
        let mut ahead = vec![(folder.to_owned(), tree(self)?, tree(later)?)];
        while let Some((folder, before, after)) = ahead.pop() {
            if before == after {
                continue;
            }
            let (one, other) = (later.entries(before)?, later.entries(after)?);
            if !later.count(one.entries().len() + other.entries().len()) {
                return None;
            }
            for (one, other) in side_by_side(one.entries(), other.entries()) {
                let Some(either) = one.or(other) else { continue };
                let path = folder.join(path_of(&either.name));
                let node = |entry: Option<&Entry>| entry.map(|entry| entry.node).filter(|node| *node != Node::Folder);
                let tree =
                    |entry: Option<&Entry>| entry.filter(|entry| entry.node == Node::Folder).map(|entry| entry.id);
                if (tree(one), tree(other)) != (None, None) {
                    ahead.push((path.clone(), tree(one), tree(other)));
                }
                if (node(one), node(other)) != (None, None) {
                    changes.push(Change {
                        path,
                        before: node(one),
                        after: node(other),
                    });
                }
            }
        }
        changes.sort_by(|one, other| one.path.cmp(&other.path));
        Some(changes)
    }

    fn entries(&self, tree: Tree) -> Option<Arc<Folder>> {
        match tree {
            Some(tree) => self.objects().folder(tree).ok(),
            None => Some(Arc::default()),
        }
    }
}

/// The entries of two folders that differ, by their names.
fn side_by_side<'f>(one: &'f [Entry], other: &'f [Entry]) -> Vec<(Option<&'f Entry>, Option<&'f Entry>)> {
    let (mut one, mut other) = (one.iter().peekable(), other.iter().peekable());
    let mut pairs = Vec::new();
    loop {
        let order = match (one.peek(), other.peek()) {
            (None, None) => return pairs,
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some(one), Some(other)) => one.name.cmp(&other.name),
        };
        let pair = match order {
            Ordering::Less => (one.next(), None),
            Ordering::Greater => (None, other.next()),
            Ordering::Equal => (one.next(), other.next()),
        };
        if pair.0 != pair.1 {
            pairs.push(pair);
        }
    }
}
