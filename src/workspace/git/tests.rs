mod commit;

use super::IndexError;
use super::format::Entries;
use super::{Index, Kind};
use crate::workspace::{Root, find_root};
use proptest::prelude::*;
use std::path::{Path, PathBuf};
use std::process::Command;

type Tried = Result<(), Box<dyn std::error::Error>>;

struct Repository(tempfile::TempDir);

impl Repository {
    fn new(options: &[&str]) -> Result<Self, Box<dyn std::error::Error>> {
        let made = Self(tempfile::tempdir()?);
        let init = [&["init", "-q"], options].concat();
        made.git(&init)?;
        Ok(made)
    }

    fn git(&self, arguments: &[&str]) -> Tried {
        let mut git = Command::new("git");
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("GIT_")) {
            git.env_remove(name);
        }
        let ran = git
            .args([
                "-c",
                "user.name=x",
                "-c",
                "user.email=x@example.com",
                "-c",
                "protocol.file.allow=always",
            ])
            .args(arguments)
            .current_dir(self.0.path())
            .output()?;
        if ran.status.success() {
            Ok(())
        } else {
            Err(format!("git {arguments:?}: {}", String::from_utf8_lossy(&ran.stderr)).into())
        }
    }

    fn write(&self, paths: &[&str]) -> Tried {
        for path in paths {
            let path = self.0.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap_or(Path::new("/")))?;
            std::fs::write(path, "x")?;
        }
        Ok(())
    }

    fn root(&self) -> Result<Root, Box<dyn std::error::Error>> {
        let dir = self.0.path().canonicalize()?;
        Ok(find_root(&dir, None, None, &[])?)
    }

    fn bytes(&self) -> std::io::Result<Vec<u8>> {
        std::fs::read(self.0.path().join(".git/index"))
    }
}

const FILES: [&str; 7] = ["a.md", "b/c.md", "b/c/d.md", "b/é e.md", "b.md", "c/d/e/f.md", "z"];

fn knows_its_files(repository: &Repository) -> Tried {
    let root = repository.root()?;
    let index = root.index.clone();
    assert_eq!(index.problem(), None);
    for file in FILES {
        assert_eq!(index.tracks(&root.dir.join(file)), Some(true), "{file}");
    }
    for file in [
        "a",
        "b",
        "b/c",
        "b/c.m",
        "b/c.md2",
        "c/d/e",
        "zz",
        "untracked.md",
        ".git/config",
    ] {
        assert_eq!(index.tracks(&root.dir.join(file)), Some(false), "{file}");
    }
    for (folder, holds) in [
        ("b", true),
        ("b/c", true),
        ("c/d", true),
        ("", true),
        ("a", false),
        ("b/c.md", false),
        ("d", false),
    ] {
        assert_eq!(index.holds_under(&root.dir.join(folder)), Some(holds), "{folder}");
    }
    Ok(())
}

#[test]
fn every_version_and_hash_is_read() -> Tried {
    for (options, version) in [
        (&["--object-format=sha1"], "2"),
        (&["--object-format=sha1"], "3"),
        (&["--object-format=sha1"], "4"),
        (&["--object-format=sha256"], "2"),
        (&["--object-format=sha256"], "4"),
    ] {
        let repository = Repository::new(options)?;
        repository.write(&FILES)?;
        repository.git(&["update-index", "--index-version", version])?;
        repository.git(&["add", "."])?;
        if version == "3" {
            repository.write(&["planned.md"])?;
            repository.git(&["add", "-N", "planned.md"])?;
        }
        repository.git(&["update-index", "--index-version", version])?;
        assert_eq!(repository.bytes()?[7].to_string(), version);
        knows_its_files(&repository)?;
    }
    Ok(())
}

#[test]
fn a_split_index_is_put_together() -> Tried {
    for hash in ["sha1", "sha256"] {
        let repository = Repository::new(&[&format!("--object-format={hash}")])?;
        let gone: Vec<String> = (0..200).map(|at| format!("gone/{at}.md")).collect();
        let gone: Vec<&str> = gone.iter().map(String::as_str).collect();
        repository.write(&FILES[1..])?;
        repository.write(&gone)?;
        repository.git(&["config", "splitIndex.maxPercentChange", "100"])?;
        repository.git(&["add", "."])?;
        repository.git(&["update-index", "--split-index"])?;
        repository.git(&["rm", "-rq", "--cached", "gone"])?;
        std::fs::write(repository.0.path().join("z"), "changed")?;
        repository.write(&FILES[..1])?;
        repository.git(&["add", "a.md", "z"])?;
        assert!(repository.bytes()?.windows(4).any(|name| name == b"link"));
        knows_its_files(&repository)?;
        let root = repository.root()?;
        assert_eq!(
            repository.root()?.index.tracks(&root.dir.join("gone/7.md")),
            Some(false)
        );

        for shared in std::fs::read_dir(root.dir.join(".git"))?.flatten() {
            if shared.file_name().to_string_lossy().starts_with("sharedindex.") {
                std::fs::write(shared.path(), "damaged")?;
            }
        }
        let index = repository.root()?.index;
        assert!(index.problem() == Some(&IndexError::Damaged));
        assert_eq!(index.tracks(&root.dir.join("z")), None);
    }
    Ok(())
}

#[test]
fn what_a_sparse_checkout_leaves_out_is_absent_by_choice() -> Tried {
    for is_sparse in ["true", "false"] {
        let repository = Repository::new(&[])?;
        repository.write(&FILES)?;
        repository.write(&["w x/deep/y.md"])?;
        repository.git(&["add", "."])?;
        repository.git(&["commit", "-qm", "x"])?;
        repository.git(&["config", "index.sparse", is_sparse])?;
        repository.git(&["sparse-checkout", "set", "--cone", "b"])?;
        let root = repository.root()?;
        let index = root.index.clone();
        let at = |path: &str| index.is_absent_by_choice(&root.dir.join(path));
        for there in ["a.md", "b/c.md", "z", "b", "b/c/d.md", "nothing", "b/nothing", "wx"] {
            assert_eq!(at(there), None, "{there}");
        }
        for (gone, command) in [
            ("c/d/e/f.md", "git sparse-checkout add c"),
            ("c/d", "git sparse-checkout add c"),
            ("c", "git sparse-checkout add c"),
            ("w x/deep/y.md", "git sparse-checkout add 'w x"),
            ("w x", "git sparse-checkout add 'w x'"),
        ] {
            let absence = at(gone).ok_or(gone)?;
            assert!(absence.command.starts_with(command), "{gone}: {}", absence.command);
        }
        let all = index.absences_under(&root.dir);
        assert_eq!(all.len(), 2);
        let kind = if is_sparse == "true" {
            Kind::SparseFolder
        } else {
            Kind::SparseFile
        };
        assert!(all.iter().all(|absence| absence.kind == kind));
        assert_eq!(index.absences_under(&root.dir.join("b")), []);
    }
    Ok(())
}

#[test]
fn submodules_are_followed_where_they_are_checked_out() -> Tried {
    let inner = Repository::new(&[])?;
    inner.write(&["deep/x.md"])?;
    inner.git(&["add", "."])?;
    inner.git(&["commit", "-qm", "x"])?;
    let outer = Repository::new(&[])?;
    outer.write(&FILES)?;
    let from = inner.0.path().to_string_lossy().into_owned();
    outer.git(&["submodule", "--quiet", "add", &from, "sub/one"])?;
    outer.git(&["submodule", "--quiet", "add", &from, "sub/two"])?;
    outer.git(&["add", "."])?;
    outer.git(&["submodule", "--quiet", "deinit", "-f", "sub/two"])?;
    let root = outer.root()?;
    let index = root.index.clone();
    let path = |path: &str| root.dir.join(path);
    assert!(index.is_submodule(&path("sub/one")) && index.is_submodule(&path("sub/two")));
    assert!(!index.is_submodule(&path("sub")) && !index.is_submodule(&path("b")));
    assert_eq!(index.tracks(&path("sub/one/deep/x.md")), Some(true));
    assert_eq!(index.tracks(&path("sub/one/other.md")), Some(false));
    assert_eq!(index.tracks(&path("sub/two/deep/x.md")), None);
    assert_eq!(index.is_absent_by_choice(&path("sub/one")), None);
    for absent in ["sub/two", "sub/two/deep/x.md", "sub/two/anything"] {
        let absence = index.is_absent_by_choice(&path(absent)).ok_or(absent)?;
        assert_eq!((absence.kind, absence.path), (Kind::Submodule, path("sub/two")));
        assert_eq!(absence.command, "git submodule update --init sub/two");
    }
    let tracked = index.tracked_under(&path("sub"), |_| true);
    assert_eq!(tracked, [path("sub/one/deep/x.md")]);
    Ok(())
}

#[test]
fn a_linked_work_tree_has_an_index_of_its_own() -> Tried {
    let repository = Repository::new(&[])?;
    repository.write(&FILES)?;
    repository.git(&["add", "."])?;
    repository.git(&["commit", "-qm", "x"])?;
    repository.git(&["worktree", "add", "-q", "linked"])?;
    std::fs::write(repository.0.path().join("linked/own.md"), "x")?;
    repository.git(&["-C", "linked", "add", "own.md"])?;
    let dir = repository.0.path().canonicalize()?.join("linked");
    let root = find_root(&dir, None, None, &[])?;
    assert_eq!(root.dir, dir);
    let index = root.index.clone();
    assert_eq!(index.tracks(&dir.join("own.md")), Some(true));
    assert_eq!(index.tracks(&dir.join("b/c.md")), Some(true));
    assert_eq!(repository.root()?.index.tracks(&dir.join("own.md")), Some(false));
    Ok(())
}

#[test]
fn without_an_index_nobody_can_tell() -> Tried {
    let repository = Repository::new(&[])?;
    repository.write(&FILES)?;
    let root = repository.root()?;
    assert_eq!(
        root.index.tracks(&root.dir.join("z")),
        Some(false),
        "nothing was added yet"
    );
    std::fs::write(root.dir.join(".git/index"), "DIRC")?;
    let index = repository.root()?.index;
    assert!(index.problem().is_some() && !index.is_at_hand());
    assert_eq!(index.tracks(&root.dir.join("z")), None);
    assert_eq!(index.holds_under(&root.dir), None);

    let none = tempfile::tempdir()?;
    let dir = none.path().canonicalize()?;
    let root = Root {
        dir: dir.clone(),
        config: None,
        repository: None,
        index: Index::default(),
        files: crate::workspace::Files::Disk,
    };
    let index = root.index.clone();
    assert_eq!((index.problem(), index.tracks(&dir.join("z"))), (None, None));
    Ok(())
}

/// Indexes of every kind, as git writes them.
fn samples() -> Vec<Vec<u8>> {
    let made = || -> Result<Vec<Vec<u8>>, Box<dyn std::error::Error>> {
        let mut samples = Vec::new();
        for hash in ["sha1", "sha256"] {
            let repository = Repository::new(&[&format!("--object-format={hash}")])?;
            repository.write(&FILES)?;
            repository.git(&["add", "."])?;
            for version in ["2", "3", "4"] {
                repository.git(&["update-index", "--index-version", version])?;
                samples.push(repository.bytes()?);
            }
            repository.git(&["update-index", "--split-index"])?;
            repository.git(&["rm", "-q", "--cached", "z", "b.md"])?;
            samples.push(repository.bytes()?);
        }
        Ok(samples)
    };
    made().unwrap_or_default()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]
    #[test]
    fn no_bytes_are_too_much(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..4_u8), 0..8), which in any::<prop::sample::Index>()) {
        static SAMPLES: std::sync::LazyLock<Vec<Vec<u8>>> = std::sync::LazyLock::new(samples);
        prop_assert_eq!(SAMPLES.len(), 8);
        let mut bytes = which.get(&SAMPLES).clone();
        for (at, byte, how) in changes {
            if bytes.is_empty() {
                break;
            }
            let at = at.index(bytes.len());
            match how {
                0 => bytes[at] = byte,
                1 => bytes.truncate(at),
                2 => bytes.insert(at, byte),
                _ => drop(bytes.drain(at..bytes.len().min(at + usize::from(byte)))),
            }
        }
        let shared = SAMPLES[0].clone();
        if let Ok(entries) = Entries::parse(bytes, |_| Ok(shared)) {
            for entry in entries.under(b"") {
                let name = entries.name(entry);
                prop_assert!(entries.find(name).is_some());
                let _ = entries.under(name);
            }
        }
    }
}

#[test]
fn git_folders_that_are_none_are_passed_over() -> Tried {
    let folder = tempfile::tempdir()?;
    for text in ["", "gitdir:", "gitdir: nowhere", "something else", "gitdir: \0"] {
        std::fs::write(folder.path().join(".git"), text)?;
        let dir: PathBuf = folder.path().canonicalize()?;
        let root = find_root(&dir, None, None, &[])?;
        assert_eq!(root.repository.as_deref(), Some(dir.as_path()));
        assert_eq!(root.index.tracks(&dir.join("z")), None, "{text:?}");
    }
    Ok(())
}
