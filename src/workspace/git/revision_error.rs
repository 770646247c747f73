//! Why a revision is not read, and what to do about it.

use crate::model::shortened;
use crate::workspace::RootError;
use std::fmt;

/// Why a revision, or the repository that has it, cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RevisionError {
    /// The estate is in no git repository.
    NoRepository,
    /// Git's own folder is none that can be read.
    Repository,
    /// A name that begins with `-`.
    Option {
        revision: String,
    },
    /// A form of a name that is not read here.
    Form {
        revision: String,
    },
    NotFound {
        revision: String,
    },
    Ambiguous {
        revision: String,
    },
    /// The repository keeps its references in a form that is not read.
    Reftable {
        revision: String,
    },
    /// It names a file or a tag of one.
    NotACommit {
        revision: String,
    },
    /// The commit, or the tree of it that matters, is not in this clone.
    NotHere {
        revision: String,
        is_shallow: bool,
    },
    Damaged {
        revision: String,
    },
    /// It holds more than is read of a revision.
    TooMuch {
        revision: String,
    },
    /// The estate's root cannot be told there.
    Root {
        revision: String,
        why: RootError,
    },
}

impl fmt::Display for RevisionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoRepository => f.write_str("the estate is not in a git repository, so it has no revisions"),
            Self::Repository => f.write_str("the git repository cannot be read"),
            Self::Option { revision } => {
                write!(f, "`{}` begins with `-`, and so is no revision", shortened(revision))
            }
            Self::Form { revision } => write!(f, "`{}` is not a form of a revision that is read", shortened(revision)),
            Self::NotFound { revision } => {
                write!(f, "there is no revision `{}` in this repository", shortened(revision))
            }
            Self::Ambiguous { revision } => write!(f, "more than one object has an id that begins with `{revision}`"),
            Self::Reftable { revision } => write!(
                f,
                "`{}` is not found: this repository keeps its references as reftable, which is not read",
                shortened(revision)
            ),
            Self::NotACommit { revision } => write!(f, "`{}` is not a commit", shortened(revision)),
            Self::NotHere {
                revision,
                is_shallow: true,
            } => {
                write!(f, "`{}` is not in this clone, which is shallow", shortened(revision))
            }
            Self::NotHere { revision, .. } => write!(f, "`{}` is not in this clone", shortened(revision)),
            Self::Damaged { revision } => write!(f, "what git has of `{}` is damaged", shortened(revision)),
            Self::Root { revision, why } => write!(f, "in `{}`: {why}", shortened(revision)),
            Self::TooMuch { revision } => write!(f, "`{}` holds more files than are read", shortened(revision)),
        }
    }
}

impl std::error::Error for RevisionError {}

impl RevisionError {
    /// What to do about it.
    pub fn help(&self) -> Option<&'static str> {
        match self {
            Self::Form { .. } | Self::NotFound { .. } | Self::Option { .. } => {
                Some("name a branch, a tag, the id of a commit, or one before it, such as `HEAD~2`")
            }
            Self::Ambiguous { .. } => Some("write more of the id"),
            Self::Reftable { .. } => Some("name the commit by its whole id, which `git rev-parse` tells"),
            Self::NotHere { is_shallow: true, .. } => {
                Some("fetch more of the history: `git fetch --unshallow`, or in a workflow `fetch-depth: 0`")
            }
            Self::NotHere { .. } => Some("fetch it first; nothing is fetched here"),
            _ => None,
        }
    }
}
