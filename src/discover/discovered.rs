//! Everything that an estate's files show.

use super::{Reading, Shown, Thing, Unread, Untold, assemble};
use crate::source::Source;

#[derive(Debug, Default)]
pub struct Discovered {
    /// In the order of their locators.
    pub things: Vec<Thing>,
    /// Uses of secrets whose names cannot be told, each with the number of its file.
    pub untold: Vec<(usize, Untold)>,
    /// What could not be read, each with the number of its file.
    pub unread: Vec<(usize, Unread)>,
    pub reading: Reading,
}

impl Discovered {
    /// Puts together what files show, and gives their texts beside it, in the same order.
    pub fn of(shown: Vec<Shown>, reading: Reading, well_known: bool) -> (Self, Vec<Source>) {
        let (mut untold, mut unread) = (Vec::new(), Vec::new());
        let (mut sources, mut shows) = (Vec::with_capacity(shown.len()), Vec::with_capacity(shown.len()));
        for (file, mut one) in shown.into_iter().enumerate() {
            untold.extend(one.shows.untold.drain(..).map(|use_| (file, use_)));
            unread.extend(one.shows.unread.drain(..).map(|part| (file, part)));
            sources.push(one.source);
            shows.push(one.shows);
        }
        let things = assemble(shows, well_known);
        (
            Self {
                things,
                untold,
                unread,
                reading,
            },
            sources,
        )
    }
}
