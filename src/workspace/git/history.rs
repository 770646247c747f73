//! The history of the repository that an estate is in: its commits, and the estate in each, without a checkout.

use super::objects::Objects;
use super::revision::{Resolving, Revision};
use super::revision_error::RevisionError;
use super::snapshot::Snapshot;
use crate::workspace::read::read_bounded;
use crate::workspace::root::{config_in, leads_out};
use crate::workspace::{Files, Index, Root, RootError};
use gix::ObjectId;
use jiff::civil::Date;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The ends of a shallow history.
const MAX_SHALLOW: u64 = 16 * 1024 * 1024;
/// A longer history is not followed to its beginning.
const MAX_COMMITS: usize = 2_000_000;
/// Clocks go wrong: only so many commits of days before a period, one after the other, are its end.
const MAX_EARLIER: usize = 256;

/// The history of a repository, as far as it is here.
#[derive(Debug, Clone)]
pub struct History {
    objects: Arc<Objects>,
    /// The root of the work tree; a bare repository has none.
    work_tree: Option<PathBuf>,
    /// The estate's root, from that of the repository.
    folder: PathBuf,
    /// The config that was named for the estate, from the repository's root, where it is not called as configs are.
    config: Option<PathBuf>,
    shallow: Arc<[ObjectId]>,
}

/// A commit of a period, and the one before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The commit.
    pub commit: Revision,
    /// Its first parent; none for the first commit of all.
    pub before: Option<Revision>,
}

/// The first-parent history of a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Past {
    /// The commits of the period, the oldest first, as far as the one before each is here.
    pub steps: Vec<Step>,
    /// Where more of the period may have been than is known.
    pub cut: Option<Cut>,
}

/// Why a period is not known from its first day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// The clone has no commits before the one of that day.
    Shallow(Date),
    /// The history begins on that day, inside the period.
    Begins(Date),
    /// A commit before the one of that day is missing or damaged, or the history is too long to be followed.
    Broken(Date),
}

impl fmt::Display for Cut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Shallow(day) => write!(f, "this clone is shallow: it has no history before {day}"),
            Self::Begins(day) => write!(f, "the history begins on {day}"),
            Self::Broken(day) => write!(f, "the history before {day} cannot be read"),
        }
    }
}

impl History {
    /// That of the repository that an estate is in. The root itself may be a bare repository.
    pub fn of(root: &Root) -> Result<Self, RevisionError> {
        let (dir, work_tree) = match (root.index.git(), &root.repository) {
            (Some((top, git)), _) => (git.dir.clone(), Some(top.to_owned())),
            (None, Some(_)) => return Err(RevisionError::Repository),
            (None, None) if is_bare(&root.dir) => (root.dir.clone(), None),
            (None, None) => return Err(RevisionError::NoRepository),
        };
        let objects = Objects::open(&dir).ok_or(RevisionError::Repository)?;
        let inside = |path: &Path| match &work_tree {
            Some(top) => path.strip_prefix(top).ok().map(Path::to_owned),
            None => Some(PathBuf::new()),
        };
        let usual = |config: &&PathBuf| config_in(&Files::Disk, &root.dir).ok().flatten().as_ref() != Some(*config);
        let config = root.config.as_ref().filter(usual).and_then(|path| inside(path));
        let shallow = read_bounded(&objects.common().join("shallow"), MAX_SHALLOW).unwrap_or_default();
        let lines = shallow.split(|byte| *byte == b'\n');
        Ok(Self {
            folder: inside(&root.dir).unwrap_or_default(),
            config: config.filter(|_| work_tree.is_some()),
            shallow: lines
                .filter_map(|line| ObjectId::from_hex(line.trim_ascii()).ok())
                .collect(),
            objects,
            work_tree,
        })
    }

    /// Whether the repository has no work tree.
    pub fn is_bare(&self) -> bool {
        self.work_tree.is_none()
    }

    /// The commit that a revision names.
    pub fn resolve(&self, revision: &str) -> Result<Revision, RevisionError> {
        Resolving::new(&self.objects, &self.shallow, revision).commit()
    }

    /// The commit's first parent, if it has one; an error where this clone has it not.
    pub fn before(&self, of: &Revision) -> Result<Option<Revision>, RevisionError> {
        let resolving = Resolving::new(&self.objects, &self.shallow, &of.named);
        if self.shallow.contains(&of.id) {
            return Err(resolving.lacks(super::objects::Lack::NotHere));
        }
        of.parents.first().map(|parent| resolving.read(*parent)).transpose()
    }

    /// The first-parent commits up to `head` whose committer's day, in UTC, is in a period, first and last day included.
    pub fn between(&self, head: &Revision, from: Date, to: Date) -> Past {
        let mut steps = Vec::new();
        let mut next = Some(head.clone());
        let (mut earlier, mut seen) = (0, 0);
        let mut cut = None;
        while let Some(commit) = next {
            let day = commit.day();
            let (is_in, is_before) = (day >= from && day <= to, day < from);
            earlier = if is_before { earlier + 1 } else { 0 };
            seen += 1;
            let is_end = self.shallow.contains(&commit.id);
            let before = match self.before(&commit) {
                Ok(None) => {
                    cut = (day > from).then_some(Cut::Begins(day));
                    None
                }
                Ok(before) => before,
                // What it changed is not known; where history ends before the period, nothing is missing.
                Err(_) => {
                    cut = (!is_before).then_some(if is_end { Cut::Shallow(day) } else { Cut::Broken(day) });
                    break;
                }
            };
            next = before.clone().filter(|_| earlier < MAX_EARLIER);
            if is_in {
                steps.push(Step { commit, before });
            }
            if seen >= MAX_COMMITS && next.is_some() {
                cut = cut.or(Some(Cut::Broken(day)));
                break;
            }
        }
        steps.reverse();
        Past { steps, cut }
    }

    /// The estate in a commit, as a checkout of it would have it. A commit without the estate's folder has an empty one.
    pub fn root_at(&self, revision: &Revision) -> Result<Root, RevisionError> {
        let resolving = Resolving::new(&self.objects, &self.shallow, &revision.named);
        let snapshot = Snapshot::new(Arc::clone(&self.objects), self.work_tree.clone(), revision.tree);
        let refused = |why: RootError| RevisionError::Root {
            revision: revision.named.clone(),
            why: why.counted_from(super::snapshot::top()),
        };
        let top = snapshot.top().to_owned();
        let snapshot = Arc::new(snapshot);
        let files = Files::Tree(Arc::clone(&snapshot));
        let dir = top.join(&self.folder);
        if let Some(lack) = snapshot.lack_of(&dir) {
            return Err(resolving.lacks(lack));
        }
        let dir = snapshot.canonicalize(&dir).unwrap_or(dir);
        let named = self
            .config
            .as_ref()
            .map(|config| top.join(config))
            .filter(|config| files.is_there(config));
        let config = match named {
            Some(config) => Some(config),
            None => config_in(&files, &dir).map_err(refused)?,
        };
        let root = Root {
            dir,
            config,
            repository: Some(top),
            index: Index::of_snapshot(Arc::clone(&snapshot)),
            files,
        };
        match &root.config {
            Some(config) if leads_out(&root, config) => Err(refused(RootError::LinkOut { config: config.clone() })),
            _ => Ok(root),
        }
    }
}

/// Whether a folder is a repository without a work tree.
fn is_bare(dir: &Path) -> bool {
    let is = |name: &str| dir.join(name).is_dir();
    dir.join("HEAD").is_file() && is("objects") && is("refs")
}
