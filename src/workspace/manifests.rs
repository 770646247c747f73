//! Reading the manifests, and what was passed over on the way.

use super::asks::{Asks, Work};
use super::files::Files;
use super::git::{Absence, Change, Kind};
use super::look::{Look, Looked, Verdict, look};
use super::pattern::PatternFault;
use super::read::{MAX_MANIFEST, ReadError};
use super::wanted::Wanted;
use super::{Root, plainly_below, shown, shown_from};
use crate::model::list_words;
use crate::source::{Source, Sources};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// What looks as if it were read, and is not. Paths are as messages show them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PassedOver {
    /// Files that a reader may take for manifests.
    pub look_alikes: Vec<String>,
    /// Configs that are not in use.
    pub configs: Vec<String>,
    /// Other repositories and work trees.
    pub repositories: Vec<String>,
    /// Links to folders that are not part of the estate.
    pub links: Vec<String>,
    /// Ignore files that are not read, and why.
    pub ignore_files: Vec<(String, String)>,
    /// Where no index tells whether git tracks it: what ignore files leave out.
    pub ignored: Vec<String>,
    /// Patterns without effect: where each is, and as it is written.
    pub patterns: Vec<(&'static str, String)>,
    /// Why git's index cannot be read.
    pub index: Option<String>,
    /// How many folders and manifests the config's `exclude` keeps out.
    pub excluded: usize,
    /// How many folders and files are not looked into for identities.
    pub not_looked_into: usize,
}

/// The manifests of an estate, and what was passed over.
pub struct Manifests {
    pub sources: Sources,
    pub passed_over: PassedOver,
    /// Whether each was read where it is: no link leads to one, and nothing is missing.
    pub is_plain: bool,
}

/// A manifest that was found, or something that hides some.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Found {
    /// As messages name it.
    name: String,
    path: PathBuf,
    unread: Option<Unread>,
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Unread {
    Unreadable(String),
    NotCheckedOut { message: String, help: String },
}

/// So few manifests are read by one thread.
const FEW: usize = 32;
/// What one thread reads and judges in a moment, in bytes.
const LITTLE: usize = 64 * 1024;

/// Reads every manifest under the root.
pub fn read_manifests(root: &Root, asks: Asks<'_>) -> Result<Manifests, PatternFault> {
    let Look { looked, wanted } = look(root, asks)?;
    let read: Vec<&Path> = match asks.include {
        [] => Vec::new(),
        _ => {
            let read = looked.iter().filter(|looked| looked.verdict.is_read());
            read.map(|looked| looked.path.as_path()).collect()
        }
    };
    let idle = |kind, texts: &[String], at: usize| texts.get(at).map(|text| (kind, text.clone()));
    let includes = wanted.idle_includes(&read).into_iter();
    let excludes = wanted.idle_excludes();
    let mut passed_over = PassedOver {
        patterns: includes
            .filter_map(|at| idle("include", asks.include, at))
            .chain(excludes.filter_map(|at| idle("exclude", asks.exclude, at)))
            .collect(),
        index: root.index.problem().map(ToString::to_string),
        excluded: wanted.excluded(),
        ..PassedOver::default()
    };
    let mut found = Vec::with_capacity(looked.len());
    let mut absences = Vec::new();
    let mut is_plain = looked.iter().all(|looked| looked.verdict.is_plain());
    for Looked { path, verdict } in looked {
        let name = || shown(&root.dir, &path);
        match verdict {
            Verdict::Read | Verdict::Tracked(_) | Verdict::ReadThrough(_) => found.push(Found {
                name: name(),
                path,
                unread: None,
            }),
            Verdict::Unreadable(why) => found.push(Found {
                name: name(),
                path,
                unread: Some(Unread::Unreadable(why)),
            }),
            Verdict::NotCheckedOut(absence) => absences.push(absence),
            Verdict::LookAlike => passed_over.look_alikes.push(name()),
            Verdict::Config if root.config.as_deref() != Some(path.as_path()) => passed_over.configs.push(name()),
            Verdict::Repository => passed_over.repositories.push(name()),
            Verdict::LeadsOut(_) => passed_over.links.push(name()),
            Verdict::IgnoreFile(why) => passed_over.ignore_files.push((shown_from(root, &path), why)),
            Verdict::Ignored(_, false) => passed_over.ignored.push(name()),
            Verdict::IgnoredFolder(_, false) => passed_over.ignored.push(name() + "/"),
            _ => {}
        }
    }
    if matches!(&root.files, Files::Tree(tree) if tree.is_too_much()) {
        found.clear();
    }
    asks.tell(Work::Manifests(found.len()));
    let sources = match &root.files {
        Files::Disk if found.len() <= FEW => {
            found.extend(not_checked_out(root, absences));
            found.sort_unstable();
            let sources: Vec<Source> = found.into_iter().map(|found| source(root, found)).collect();
            let bytes: usize = sources.iter().map(|source| source.text.len()).sum();
            // Digests of files take as long as those are large, however short the manifest is.
            let is_little = bytes <= LITTLE && !sources.iter().any(|source| source.text.contains("sha256"));
            asks.tell(if is_little { Work::Little } else { Work::Much });
            sources
        }
        Files::Disk => {
            asks.tell(Work::Much);
            found.extend(not_checked_out(root, absences));
            // Sources are many times as large as their paths, and stay where they were put.
            found.par_sort_unstable();
            found.into_par_iter().map(|found| source(root, found)).collect()
        }
        // Only when it is read does it show that git has not here what a tree names.
        Files::Tree(_) => {
            found.par_sort_unstable();
            let read = found.into_par_iter().map(|found| {
                let path = found.path.clone();
                let source = source(root, found);
                let is_absent = source.unreadable.as_deref() == Some(&*ReadError::NotAtHand.to_string());
                let absence = is_absent.then(|| root.index.is_absent_by_choice(&path)).flatten();
                absence.map_or(Ok(source), Err)
            });
            let read: Vec<Result<Source, Absence>> = read.collect();
            let mut sources = Vec::with_capacity(read.len());
            for one in read {
                match one {
                    Ok(source) => sources.push(source),
                    Err(absence) => absences.push(absence),
                }
            }
            is_plain &= absences.is_empty();
            // Several links can lead to the same.
            let mut seen = BTreeSet::new();
            absences.retain(|absence| seen.insert(absence.clone()));
            sources.extend(not_checked_out(root, absences).map(|found| source(root, found)));
            sources
        }
    };
    Ok(Manifests {
        sources: Sources::new(sources),
        passed_over,
        is_plain,
    })
}

/// A manifest that differs, by its path from the root, and what it is later, if it is still there.
pub type Differing = (String, Option<Source>);

/// Of the files that differ between two trees, those that are manifests, each with its text in the later tree. `None`
/// where patterns mean other files there, or a file is not here.
pub fn changed_manifests(
    (before, after): (&Root, &Root),
    (include, exclude): (&[String], &[String]),
    changes: &[Change],
) -> Result<Option<Vec<Differing>>, PatternFault> {
    let wanted = Wanted::new(after.base(), include, exclude)?;
    if !wanted.means_the_same(&Wanted::new(before.base(), include, exclude)?) {
        return Ok(None);
    }
    let mut changed = Vec::new();
    for change in changes.iter().filter(|change| wanted.takes(&change.path)) {
        let (name, path) = (shown(&after.dir, &change.path), change.path.clone());
        let read = change.after.map(|_| {
            let name = name.clone();
            source(
                after,
                Found {
                    name,
                    path,
                    unread: None,
                },
            )
        });
        if read.as_ref().is_some_and(|read| read.unreadable.is_some()) {
            return Ok(None);
        }
        changed.push((name, read));
    }
    Ok(Some(changed))
}

fn source(root: &Root, Found { name, path, unread }: Found) -> Source {
    let file = (plainly_below(&root.dir, &path) != Some(&*name)).then(|| path.clone().into_boxed_path());
    let source = match unread {
        None => match root.files.read(&path, MAX_MANIFEST) {
            Ok(bytes) => Source::from_bytes(name, bytes),
            Err(why) => Source::unreadable(name, why.to_string()),
        },
        Some(Unread::Unreadable(why)) => Source::unreadable(name, why),
        Some(Unread::NotCheckedOut { message, help }) => Source::not_checked_out(name, message, help),
    };
    source.at(file)
}

/// So many are named; all of them are in `soclint config --files`.
const MAX_NAMED: usize = 3;

/// What is not checked out, said once for submodules, once for what a sparse checkout leaves out, and once for what this
/// clone does not have.
fn not_checked_out(root: &Root, absences: Vec<Absence>) -> impl Iterator<Item = Found> {
    let (submodules, others): (Vec<_>, Vec<_>) = absences
        .into_iter()
        .partition(|absence| absence.kind == Kind::Submodule);
    let (missing, sparse): (Vec<_>, Vec<_>) = others.into_iter().partition(|absence| absence.kind == Kind::Object);
    let is_revision = matches!(root.files, Files::Tree(_));
    [(submodules, Kind::Submodule), (sparse, Kind::SparseFile), (missing, Kind::Object)].into_iter().filter_map(move |(absences, kind)| {
        let are_submodules = kind == Kind::Submodule;
        let first = absences.first()?;
        let mut names: Vec<String> = absences.iter().take(MAX_NAMED).map(|one| format!("`{}`", shown(&root.dir, &one.path))).collect();
        if absences.len() > MAX_NAMED {
            names.push(format!("{} more", absences.len() - MAX_NAMED));
        }
        let names = list_words(&names, "and");
        let (are, they, them, hold) = match absences.len() {
            1 => ("is", "it", "it", "holds"),
            _ => ("are", "they", "them", "hold"),
        };
        let what = match (are_submodules, absences.len()) {
            (true, 1) => "the submodule ",
            (true, _) => "the submodules ",
            (false, _) => "",
        };
        let state = match kind {
            Kind::Submodule if is_revision => format!("{are} not here at the commit that is named"),
            Kind::Submodule => format!("{are} not checked out"),
            Kind::Object => format!("{are} not in this clone"),
            Kind::SparseFile | Kind::SparseFolder => format!("{are} not checked out, by a sparse checkout"),
        };
        let mut commands: Vec<&str> = absences.iter().map(|one| one.command.as_str()).collect();
        commands.dedup();
        let command = match commands.as_slice() {
            [one] => *one,
            _ if are_submodules => "git submodule update --init --recursive",
            _ => "git sparse-checkout disable",
        };
        Some(Found {
            name: shown(&root.dir, &first.path),
            path: first.path.clone(),
            unread: Some(Unread::NotCheckedOut {
                message: format!("{what}{names} {state}: what {they} may declare is unknown"),
                help: match kind {
                    Kind::Object => format!("fetch {them} with `{command}`"),
                    _ => format!(
                        "check {them} out with `{command}`, or exclude {them} in the config if {they} {hold} no manifest"
                    ),
                },
            }),
        })
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by that")]

    use super::*;
    use std::sync::Mutex;

    /// What is told of a folder with these files.
    fn told(files: &[(String, usize)], text: &str) -> Vec<Work> {
        let folder = tempfile::tempdir().unwrap();
        for (path, size) in files {
            let path = folder.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text.repeat(*size)).unwrap();
        }
        let root = crate::workspace::find_root(folder.path(), Some(folder.path()), None, &[]).unwrap();
        let told = Mutex::new(Vec::new());
        let tell = |work| told.lock().unwrap().push(work);
        let asks = Asks {
            tell: Some(&tell),
            ..Asks::default()
        };
        let manifests = read_manifests(&root, asks).unwrap();
        let is_manifest = |(path, _): &&(String, usize)| path.ends_with("scope.toml");
        assert_eq!(manifests.sources.present(), files.iter().filter(is_manifest).count());
        told.into_inner().unwrap()
    }

    fn files(name: &str, count: usize, size: usize) -> Vec<(String, usize)> {
        (0..count).map(|at| (format!("{at}/{name}"), size)).collect()
    }

    #[test]
    fn what_one_thread_does_in_a_moment_is_told_and_all_else_is_much() {
        let manifests = |count, size| told(&files("scope.toml", count, size), "#");
        assert_eq!(manifests(FEW, LITTLE / FEW), [Work::Manifests(FEW), Work::Little]);
        assert_eq!(manifests(FEW + 1, 1), [Work::Manifests(FEW + 1), Work::Much]);
        assert_eq!(manifests(1, LITTLE + 1), [Work::Manifests(1), Work::Much]);
        assert_eq!(
            told(&files("scope.toml", 1, 1), "#sha256"),
            [Work::Manifests(1), Work::Much]
        );
        // A walk that is shared out comes first, and needs other threads by itself.
        let mut wide = files("main.rs", 1_000, 0);
        wide.extend(files("scope.toml", 1, 1));
        assert_eq!(told(&wide, "#"), [Work::Much, Work::Manifests(1), Work::Little]);
    }
}
