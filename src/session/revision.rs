//! An estate in a revision of git: read as from a checkout of it, without one.

use super::{Session, patterns};
use crate::config;
use crate::error::Error;
use crate::manifest::Declared;
use crate::source::{Source, Sources};
use crate::workspace::{self, Change, Differing, Files, History, Revision, RevisionError, Root};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

/// The estate in another commit, and which of the files that are read differ.
pub struct Next {
    /// The estate there.
    pub session: Session,
    /// Manifests and configs, by their paths from the root, in order.
    pub changed: Vec<String>,
}

impl Session {
    /// The estate whose root is a folder, as a revision of its repository has it: a branch, a tag, `HEAD~2`, the id of a
    /// commit. Nothing is checked out, fetched or run; what git has not here is unknown.
    pub fn of_revision(folder: &Path, revision: &str) -> Result<Self, Error> {
        Self::at_revision(&super::root_at(folder)?, revision)
    }

    /// The estate of a root, as a revision of its repository has it. `root` is that of the working tree, or a bare
    /// repository.
    #[doc(hidden)]
    pub fn at_revision(root: &Root, revision: &str) -> Result<Self, Error> {
        let history = History::of(root)?;
        Self::at(&history, &history.resolve(revision)?)
    }

    /// The estate in a commit, with all that a check reads of it. A commit that has no folder of the estate's root has an
    /// empty estate.
    #[doc(hidden)]
    pub fn at(history: &History, revision: &Revision) -> Result<Self, Error> {
        let mut session = Self::open(history.root_at(revision)?)?;
        session.read(|_| ())?;
        session.is_whole(revision)?;
        Ok(session)
    }

    /// The estate in a commit, with what it declares alone: nothing is looked for beside the manifests.
    #[doc(hidden)]
    pub fn declared_at(history: &History, revision: &Revision) -> Result<Self, Error> {
        let mut session = Self::open(history.root_at(revision)?)?;
        let manifests = session.find_manifests(None, &|_| ())?;
        session.is_plain = manifests.is_plain;
        session.passed_over = manifests.passed_over;
        session.take(manifests.sources);
        session.is_whole(revision)?;
        Ok(session)
    }

    /// The same in another commit, mostly the next, of which only what differs is read and decoded. `None` where no file
    /// that is read differs: then this one stands for it.
    #[doc(hidden)]
    pub fn declared_next(&self, history: &History, revision: &Revision) -> Result<Option<Next>, Error> {
        let root = history.root_at(revision)?;
        let configs = config::read_chain(&root)?;
        let own = self.effective.borrow_owner();
        let is_same = |(one, other): (&Source, &Source)| one.path == other.path && one.text == other.text;
        let next = if configs.len() == own.len() && own.iter().zip(&configs).all(is_same) {
            match self.changed_manifests(&root)? {
                Some(changed) if changed.is_empty() => return Ok(None),
                Some(changed) => Some(self.with_changed(root.clone(), configs, changed)?),
                None => None,
            }
        } else {
            None
        };
        let next = match next {
            Some(next) => next,
            None => self.with_all(root)?,
        };
        next.session.is_whole(revision)?;
        Ok((!next.changed.is_empty()).then_some(next))
    }

    /// The manifests that differ in another tree, if only files decide which they are.
    fn changed_manifests(&self, later: &Root) -> Result<Option<Vec<Differing>>, Error> {
        let (Files::Tree(one), Files::Tree(other)) = (&self.root.files, &later.files) else {
            return Ok(None);
        };
        if !self.is_plain || self.root.dir != later.dir {
            return Ok(None);
        }
        let changes = one.changes_to(other, &later.dir);
        let Some(changes) = changes.filter(|changes| changes.iter().all(Change::is_of_files)) else {
            return Ok(None);
        };
        let (include, exclude) = patterns(self.settings());
        let roots = (&self.root, later);
        Ok(workspace::changed_manifests(roots, (&include, &exclude), &changes)?)
    }

    fn with_changed(&self, root: Root, configs: Vec<Source>, changed: Vec<Differing>) -> Result<Next, Error> {
        let mut session = Self::with_configs(root, configs)?;
        let mut changed: BTreeMap<String, Option<Source>> = changed.into_iter().collect();
        let paths = changed.keys().cloned().collect();
        let mut manifests: Vec<(Arc<Source>, Declared)> = Vec::with_capacity(self.declared.len() + changed.len());
        for (source, declared) in self.sources.as_slice().iter().zip(&self.declared) {
            match changed.remove(&source.path) {
                None => manifests.push((Arc::clone(source), declared.clone())),
                Some(None) => {}
                Some(Some(source)) => manifests.push(decoded(source)),
            }
        }
        if !changed.is_empty() {
            manifests.extend(changed.into_values().flatten().map(decoded));
            manifests.sort_by(|(one, _), (other, _)| one.path.cmp(&other.path));
        }
        session.keep(manifests);
        session.is_plain = true;
        Ok(Next {
            session,
            changed: paths,
        })
    }

    /// Reads all of another tree; what is in it as it is here is not decoded again.
    fn with_all(&self, root: Root) -> Result<Next, Error> {
        let mut session = Self::open(root)?;
        let found = session.find_manifests(None, &|_| ())?;
        session.is_plain = found.is_plain;
        session.passed_over = found.passed_over;
        let mut changed = BTreeSet::new();
        let known = self.sources.as_slice().iter().zip(&self.declared);
        let mut known: BTreeMap<&str, (&Arc<Source>, &Declared)> = known
            .map(|(source, declared)| (source.path.as_str(), (source, declared)))
            .collect();
        let mut manifests = Vec::with_capacity(found.sources.len());
        for source in found.sources.as_slice() {
            manifests.push(match known.remove(source.path.as_str()) {
                Some((same, declared)) if is_same(same, source) => (Arc::clone(same), declared.clone()),
                _ => {
                    changed.insert(source.path.clone());
                    (Arc::clone(source), Declared::in_file(Arc::clone(source)))
                }
            });
        }
        changed.extend(known.into_keys().map(str::to_owned));
        let own = self.effective.borrow_owner().iter();
        let texts: BTreeMap<&str, &str> = own.map(|config| (config.path.as_str(), config.text.as_str())).collect();
        let others = session.effective.borrow_owner().iter();
        let others: BTreeMap<&str, &str> = others
            .map(|config| (config.path.as_str(), config.text.as_str()))
            .collect();
        let configs = texts
            .keys()
            .chain(others.keys())
            .filter(|path| texts.get(*path) != others.get(*path));
        changed.extend(configs.map(|path| (*path).to_owned()));
        session.keep(manifests);
        Ok(Next {
            session,
            changed: changed.into_iter().collect(),
        })
    }

    /// Takes manifests that are decoded as its files.
    fn keep(&mut self, manifests: Vec<(Arc<Source>, Declared)>) {
        let count = manifests.len();
        self.effective.with_dependent_mut(|_, settings| settings.follow(count));
        let (sources, declared) = manifests.into_iter().unzip();
        self.sources = Sources::of_shared(sources).with_configs(self.effective.borrow_owner());
        self.declared = declared;
    }

    fn is_whole(&self, revision: &Revision) -> Result<(), RevisionError> {
        let revision = || revision.name().to_owned();
        match &self.root.files {
            Files::Tree(tree) if tree.is_too_much() => Err(RevisionError::TooMuch { revision: revision() }),
            _ => Ok(()),
        }
    }
}

fn decoded(source: Source) -> (Arc<Source>, Declared) {
    let source = Arc::new(source);
    (Arc::clone(&source), Declared::in_file(source))
}

/// Whether two files of a path were read alike.
fn is_same(one: &Source, other: &Source) -> bool {
    let message = |source: &Source| source.absent.as_ref().map(|absent| absent.message.clone());
    one.text == other.text
        && one.bad_bytes == other.bad_bytes
        && one.no_text == other.no_text
        && one.unreadable == other.unreadable
        && message(one) == message(other)
        && one.file == other.file
}
