//! A file together with what was read from it.

use super::read::{Read, read};
use crate::source::Source;
use self_cell::self_cell;
use std::sync::Arc;

self_cell!(
    /// A file, and what it declares: text that is declared is text of the file, so the two stay together.
    pub struct Declared {
        owner: Arc<Source>,

        #[covariant]
        dependent: Read,
    }
);

impl Declared {
    /// Reads what a file declares.
    pub fn in_file(source: Arc<Source>) -> Self {
        Self::new(source, |source| read(source))
    }

    pub fn read(&self) -> &Read<'_> {
        self.borrow_dependent()
    }
}
