//! What is asked for when files are looked for, and who is told how much that is.

use super::sought::Sought;

/// Which files are manifests, as the config says, and what else is asked for.
#[derive(Clone, Copy, Default)]
pub struct Asks<'a> {
    pub include: &'a [String],
    pub exclude: &'a [String],
    /// Whether files and folders are wanted too that are left out by choice.
    pub tells_all: bool,
    /// Files beside the manifests that are looked for, if any are.
    pub sought: Option<&'a Sought<'a>>,
    /// Who wants to know how much there is to do, as it becomes known.
    pub tell: Option<&'a (dyn Fn(Work) + Sync)>,
}

/// How much there is to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Work {
    /// No more than one thread does in a moment.
    Little,
    Much,
    /// So many manifests are read next.
    Manifests(usize),
}

impl Asks<'_> {
    pub(super) fn tell(&self, work: Work) {
        if let Some(tell) = self.tell {
            tell(work);
        }
    }
}
