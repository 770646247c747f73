//! A file together with what was read from it.

use super::read::{Read, read};
use crate::source::Source;
use self_cell::self_cell;
use std::sync::Arc;

self_cell!(
    /// Text that is declared is text of the file, so the two stay together.
    struct Kept {
        owner: Arc<Source>,

        #[covariant]
        dependent: Read,
    }
);

/// A file, and what it declares. Estates that have the same file share it.
#[derive(Clone)]
pub struct Declared(Arc<Kept>);

impl Declared {
    /// Reads what a file declares.
    pub fn in_file(source: Arc<Source>) -> Self {
        Self(Arc::new(Kept::new(source, |source| read(source))))
    }

    pub fn read(&self) -> &Read<'_> {
        self.0.borrow_dependent()
    }
}
