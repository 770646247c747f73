//! How a table was made: what someone needs to make it again, and to tell whether it is all.

use crate::discover::may_stand_for;
use crate::model::sha256;
use crate::source::{FileId, Source, Sources};
use crate::workspace::{self, Commit, CommitStanding, Root};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Where a table comes from.
#[derive(Debug, Default)]
pub struct Made {
    /// What and its value, in order: program, command, as-of date, commit, ..
    pub facts: Vec<(&'static str, String)>,
    /// Each file that was read, in the order of the paths.
    pub files: Vec<MadeFile>,
}

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MadeFile {
    /// From the root.
    pub path: String,
    /// "as committed", "changed since the commit", "not in the commit", "unknown".
    pub state: &'static str,
    /// The id that git gives its content, if there is a repository.
    pub blob: Option<String>,
}

/// What a table was made from, and what was asked for.
#[derive(Clone, Copy)]
pub struct Making<'m> {
    /// As anyone could type it, without paths of the machine.
    pub command: &'m str,
    pub as_of: Date,
    pub root: &'m Root,
    pub sources: &'m Sources,
    /// The sources of discovery that are off.
    pub sources_off: &'m [&'static str],
    /// Files that were looked into, whether they show something or not.
    pub looked_into: &'m [PathBuf],
    /// How many files were not read as a whole.
    pub incomplete: usize,
    /// Of a single table, how many rows it has, and these as CSV, of which the digest is taken.
    pub rows: Option<(usize, &'m [u8])>,
}

/// Says how a table was made. It reads each file again, and compares it with the commit that is checked out.
pub fn made(making: Making<'_>) -> Made {
    let mut commit = Commit::of(making.root);
    let files = files(making, &mut commit);
    let as_committed = CommitStanding::AsCommitted.as_str();
    let unchanged = files.iter().filter(|file| file.state == as_committed).count();
    let or_none = |names: String| if names.is_empty() { "none".to_owned() } else { names };
    let mut facts = vec![
        ("Program", format!("soclint {}", env!("CARGO_PKG_VERSION"))),
        ("Command", making.command.to_owned()),
        ("As of", making.as_of.to_string()),
        ("Root, from the repository's", workspace::shown_root(making.root)),
        (
            "Commit",
            commit
                .id()
                .unwrap_or_else(|| CommitStanding::Unknown.as_str().to_owned()),
        ),
        ("Files as committed", format!("{unchanged} of {}", files.len())),
        ("Files not read as a whole", making.incomplete.to_string()),
        ("Sources that are off", or_none(making.sources_off.join(", "))),
    ];
    if let Some((rows, csv)) = making.rows {
        facts.push(("Rows", rows.to_string()));
        facts.push(("SHA-256 of the rows as CSV", sha256(csv)));
    }
    Made { facts, files }
}

/// The manifests, the configs, and the files that were looked into; each once, by its path.
fn files(making: Making<'_>, commit: &mut Commit) -> Vec<MadeFile> {
    let sources = (0..making.sources.all()).map(|at| making.sources.get(FileId::at(at)));
    let read = sources.filter(|source| source.absent.is_none());
    let by_path: BTreeMap<&str, &Source> = read.map(|source| (source.path.as_str(), source)).collect();
    let file = |source: &Source| {
        let (state, blob) = standing(making.root, source, commit);
        MadeFile {
            path: shown(&source.path),
            state: state.as_str(),
            blob,
        }
    };
    let mut files: Vec<MadeFile> = by_path.values().copied().map(file).collect();
    for path in making.looked_into {
        let shown_as = workspace::shown(&making.root.dir, path);
        if by_path.contains_key(shown_as.as_str()) {
            continue;
        }
        // Nothing of it is kept, and nothing is in the list: it is compared as it is now.
        let (state, blob) = match workspace::read_bytes(path) {
            Ok(bytes) => commit.standing(path, &bytes),
            Err(_) => (CommitStanding::Unknown, None),
        };
        files.push(MadeFile {
            path: shown_as,
            state: state.as_str(),
            blob,
        });
    }
    files.sort_by(|one, other| one.path.cmp(&other.path));
    files
}

/// The path of a file outside the repository says where the machine has it, and is no one else's.
fn shown(path: &str) -> String {
    let whole = Path::new(path);
    match whole.file_name() {
        Some(name) if whole.is_absolute() => format!("{} (outside the repository)", name.to_string_lossy()),
        _ => path.to_owned(),
    }
}

fn standing(root: &Root, source: &Source, commit: &mut Commit) -> (CommitStanding, Option<String>) {
    let path = match &source.file {
        Some(file) => file.to_path_buf(),
        None => root.dir.join(&source.path),
    };
    let path = workspace::normalized(&path);
    let bytes = path.and_then(|path| Some((workspace::read_bytes(&path).ok()?, path)));
    match bytes {
        // One that someone saved in the meantime is not the one that was read.
        Some((bytes, path)) if is_as_read(source, &bytes) => commit.standing(&path, &bytes),
        _ => (CommitStanding::Unknown, None),
    }
}

fn is_as_read(source: &Source, bytes: &[u8]) -> bool {
    if source.unreadable.is_some() {
        return false;
    }
    if source.is_masked {
        return std::str::from_utf8(bytes).is_ok_and(|text| may_stand_for(&source.text, text));
    }
    if source.bad_bytes.is_empty() {
        return source.text.as_bytes() == bytes;
    }
    // Bytes that are no text are not in it.
    Source::from_bytes(String::new(), bytes.to_vec()).text == source.text
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use std::process::Command;

    type Tried = Result<(), Box<dyn std::error::Error>>;

    fn git(dir: &Path, arguments: &[&str]) -> Tried {
        let author = [
            "-c",
            "user.name=x",
            "-c",
            "user.email=x@example.com",
            "-c",
            "core.autocrlf=false",
        ];
        let ran = Command::new("git")
            .args(author)
            .args(arguments)
            .current_dir(dir)
            .output()?;
        match ran.status.success() {
            true => Ok(()),
            false => Err(String::from_utf8_lossy(&ran.stderr).into()),
        }
    }

    #[test]
    fn the_same_files_are_made_alike_wherever_they_are() -> Tried {
        let mut all = Vec::new();
        for _ in 0..2 {
            let folder = tempfile::tempdir()?;
            let dir = folder.path().canonicalize()?;
            git(&dir, &["init", "-q"])?;
            std::fs::create_dir_all(dir.join("in"))?;
            for (path, text) in [
                ("soclint.toml", ""),
                ("in/scope.toml", "a\r\nb"),
                ("main.tf", "key = \"s3cret\"\n"),
                ("plain.tf", "variable \"a\" {}\n"),
            ] {
                std::fs::write(dir.join(path), text)?;
            }
            git(&dir, &["add", "."])?;
            let day = "2026-01-01T00:00:00Z";
            let commit = Command::new("git")
                .args([
                    "-c",
                    "user.name=x",
                    "-c",
                    "user.email=x@example.com",
                    "commit",
                    "-qm",
                    "x",
                ])
                .envs([("GIT_AUTHOR_DATE", day), ("GIT_COMMITTER_DATE", day)])
                .current_dir(&dir)
                .output()?;
            assert!(commit.status.success());
            std::fs::write(dir.join("soclint.toml"), "exclude = []\n")?;
            std::fs::write(dir.join("new.scope.toml"), "[services.a]\n")?;
            std::fs::write(dir.join("saved.scope.toml"), "saved while it was read")?;

            let root = workspace::find_root(&dir, None, None, &[])?;
            let source = |path: &str, text: &str| Source::new(path.to_owned(), text.to_owned());
            let mut sources = Sources::new(vec![
                source("in/scope.toml", "a\r\nb"),
                source("new.scope.toml", "[services.a]\n"),
                source("saved.scope.toml", "as it was"),
                Source::not_checked_out("absent.scope.toml".to_owned(), String::new(), String::new()),
            ])
            .with_configs(&[
                source("soclint.toml", "exclude = []\n"),
                source("/elsewhere/base.toml", ""),
            ]);
            sources.show([Source::masked("main.tf".to_owned(), "key = \"******\"\n".to_owned())]);
            let making = Making {
                command: "soclint inventory --format xlsx",
                as_of: date(2026, 10, 1),
                root: &root,
                sources: &sources,
                sources_off: &["terraform"],
                looked_into: &[dir.join("main.tf"), dir.join("plain.tf")],
                incomplete: 1,
                rows: Some((3, b"abc")),
            };
            let made = made(making);
            let states: Vec<(&str, &str)> = made.files.iter().map(|file| (file.path.as_str(), file.state)).collect();
            assert_eq!(
                states,
                [
                    ("base.toml (outside the repository)", "unknown"),
                    ("in/scope.toml", "as committed"),
                    ("main.tf", "as committed"),
                    ("new.scope.toml", "not in the commit"),
                    ("plain.tf", "as committed"),
                    ("saved.scope.toml", "unknown"),
                    ("soclint.toml", "changed since the commit"),
                ]
            );
            let fact = |what: &str| {
                made.facts
                    .iter()
                    .find(|(name, _)| *name == what)
                    .map(|(_, value)| value.clone())
            };
            assert_eq!(fact("Files as committed").as_deref(), Some("3 of 7"));
            assert_eq!(
                fact("SHA-256 of the rows as CSV").as_deref(),
                Some("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
            );
            assert_eq!(fact("Commit").map(|id| id.len()), Some(40));
            all.push(format!("{made:?}"));
            assert!(!format!("{made:?}").contains(&dir.display().to_string()));
        }
        assert_eq!(all[0], all[1]);
        Ok(())
    }
}
