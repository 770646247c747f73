//! An estate in a revision is what a check of a checkout of it finds.

mod alike;
mod clones;
mod hostile;
mod links;
mod names;

use serde_json::Value;
use soclint::{Checked, Choice, Format, RenderOptions, Session};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

pub const AS_OF: &str = "2026-10-01";

/// A repository that a test makes, with nothing around it that counts.
pub struct Made {
    pub folder: tempfile::TempDir,
}

impl Made {
    pub fn new(options: &[&str]) -> Self {
        let made = Self {
            folder: tempfile::tempdir().expect("a folder"),
        };
        made.git(&[&["init", "-q", "-b", "main"], options].concat());
        made
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn at(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    pub fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        crate::tool::write(self.path(), path, text);
    }

    pub fn git(&self, arguments: &[&str]) -> String {
        git_in(self.path(), arguments)
    }

    /// Commits all, whatever ignore files say, and gives the commit's id.
    pub fn commit(&self, message: &str) -> String {
        self.commit_on(message, "2026-03-01T12:00:00Z")
    }

    pub fn commit_on(&self, message: &str, date: &str) -> String {
        self.git(&["add", "-A", "--force", "."]);
        let committed = command(self.path(), &["commit", "-q", "--allow-empty", "-m", message])
            .env("GIT_COMMITTER_DATE", date)
            .env("GIT_AUTHOR_DATE", date)
            .output()
            .expect("git runs");
        assert!(
            committed.status.success(),
            "{}",
            String::from_utf8_lossy(&committed.stderr)
        );
        self.git(&["rev-parse", "HEAD"])
    }

    /// A tree of entries as `git mktree` takes them.
    pub fn tree(&self, entries: &str) -> String {
        self.fed(&["mktree", "--missing"], entries.as_bytes())
    }

    /// An object of these bytes, whatever they are.
    pub fn object(&self, kind: &str, bytes: &[u8]) -> String {
        self.fed(&["hash-object", "--literally", "-w", "--stdin", "-t", kind], bytes)
    }

    pub fn commit_of(&self, tree: &str) -> String {
        self.git(&["commit-tree", "-m", "x", tree])
    }

    fn fed(&self, arguments: &[&str], bytes: &[u8]) -> String {
        use std::io::Write;
        let mut child = command(self.path(), arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("git runs");
        let mut input = child.stdin.take().expect("an input");
        input.write_all(bytes).expect("git reads");
        drop(input);
        let output = child.wait_with_output().expect("git ends");
        assert!(output.status.success(), "{arguments:?}");
        String::from_utf8(output.stdout).expect("text").trim().to_owned()
    }
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut git = Command::new("git");
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("GIT_")) {
        git.env_remove(name);
    }
    git.args([
        "-c",
        "core.autocrlf=false",
        "-c",
        "protocol.file.allow=always",
        "-c",
        "gc.auto=0",
    ])
    .args([
        "-c",
        "user.name=x",
        "-c",
        "user.email=x@example.com",
        "-c",
        "core.fsync=none",
    ])
    .args(arguments)
    .current_dir(folder)
    .env("GIT_CONFIG_NOSYSTEM", "1")
    .env("GIT_CONFIG_GLOBAL", "/dev/null")
    .env("GIT_TERMINAL_PROMPT", "0");
    git
}

pub fn git_in(folder: &Path, arguments: &[&str]) -> String {
    let output = command(folder, arguments).output().expect("git runs");
    assert!(
        output.status.success(),
        "git {arguments:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

pub fn checked(session: &Session) -> Checked {
    session.check(AS_OF.parse().expect("a date"), &Choice::default())
}

pub fn of_folder(folder: &Path) -> Checked {
    checked(&Session::of_folder(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())))
}

pub fn of_revision(folder: &Path, revision: &str) -> Checked {
    let session = Session::of_revision(folder, revision);
    checked(&session.unwrap_or_else(|error| panic!("{} at {revision}: {error}", folder.display())))
}

pub fn json(checked: &Checked) -> Value {
    serde_json::from_str(&checked.render(Format::Json, &RenderOptions::default())).expect("JSON")
}

/// What is found, each as its rule, its subject and its message.
pub fn found(checked: &Checked) -> Vec<(&'static str, String, String)> {
    let findings = checked.outcome.findings.iter();
    let told = findings.map(|finding| (finding.rule, finding.subject.clone(), finding.message.to_string()));
    told.collect()
}

/// Why a revision cannot be read.
pub fn refused(folder: &Path, revision: &str) -> String {
    match Session::of_revision(folder, revision) {
        Ok(_) => panic!("{revision} is read"),
        Err(error) => error.to_string(),
    }
}
