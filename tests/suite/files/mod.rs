//! What is read, what is passed over, and how that is said; in repositories that the real git makes.

mod checkouts;
mod ignoring;
mod links;
mod narrowing;
mod passed_over;
mod patterns;
mod roots;

use crate::tool::{self, AS_OF, soclint, stderr, stdout, write};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

/// One error, and no reading error: a direct effect on users' books, and no report for it.
fn wrong(id: &str) -> String {
    format!("[services.{id}]\nfinancial-impact = \"direct\"\n")
}

/// Nothing to find.
fn right(id: &str) -> String {
    format!("[services.{id}]\nfinancial-impact = \"none\"\nexposure = \"internal\"\n")
}

/// A folder, in which git runs.
struct Place(TempDir);

impl Place {
    /// Without a repository.
    fn bare(files: &[(&str, &str)]) -> Self {
        let place = Self(tempfile::tempdir().expect("a folder"));
        place.write(files);
        place
    }

    /// With a repository that tracks all files which no pattern names.
    fn tracked(files: &[(&str, &str)]) -> Self {
        let place = Self::bare(files);
        place.git(&["init", "-q"]);
        place.git(&["add", "-A"]);
        place
    }

    fn write(&self, files: &[(&str, &str)]) {
        for (path, text) in files {
            write(self.path(), path, text);
        }
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn at(&self, path: &str) -> PathBuf {
        self.path().join(path)
    }

    fn git(&self, arguments: &[&str]) {
        git(self.path(), arguments);
    }

    /// Runs the program in it; `{}` stands for no option at all.
    fn run(&self, arguments: &[&str]) -> Output {
        run_in(self.path(), arguments)
    }

    fn check(&self, arguments: &[&str]) -> Output {
        let fixed = ["check", "--as-of", AS_OF, "--format", "concise"];
        self.run(&[&fixed, arguments].concat())
    }

    fn json(&self, arguments: &[&str]) -> Value {
        let fixed = ["check", "--as-of", AS_OF, "--format", "json"];
        let output = self.run(&[&fixed, arguments].concat());
        serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {}", stderr(&output)))
    }

    /// Rules and paths of what is found.
    fn found(&self, arguments: &[&str]) -> Vec<(String, String)> {
        let document = self.json(arguments);
        let text = |value: &Value| value.as_str().expect("text").to_owned();
        let findings = tool::findings(&document).iter();
        findings
            .map(|finding| (text(&finding["rule"]), text(&finding["location"]["path"])))
            .collect()
    }

    /// The paths of what is found.
    fn paths(&self) -> Vec<String> {
        self.found(&[]).into_iter().map(|(_, path)| path).collect()
    }

    /// The summary's last lines, for people.
    fn summary(&self) -> String {
        stdout(&self.check(&[]))
            .lines()
            .filter(|line| line.contains(" declared), as of ") || line.starts_with("passed over: "))
            .collect::<Vec<_>>()
            .join("\n")
    }

    /// What `config --files` says: of each path its state, and why.
    fn listed(&self) -> Vec<(String, String, String)> {
        let output = self.run(&["config", "--files", "--format", "json"]);
        let document: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let files = document["files"].as_array().expect("a list").iter();
        let text = |value: &Value| value.as_str().expect("text").to_owned();
        files
            .map(|file| (text(&file["path"]), text(&file["state"]), text(&file["why"])))
            .collect()
    }

    fn state(&self, path: &str) -> String {
        let listed = self.listed().into_iter().find(|(listed, ..)| listed == path);
        listed.map_or_else(|| "unseen".to_owned(), |(_, state, why)| format!("{state}: {why}"))
    }
}

fn run_in(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = soclint();
    without_git(&mut command);
    tool::run(command.args(arguments).current_dir(folder))
}

fn git(folder: &Path, arguments: &[&str]) {
    let mut git = Command::new("git");
    without_git(&mut git);
    git.args([
        "-c",
        "user.name=x",
        "-c",
        "user.email=x@example.com",
        "-c",
        "protocol.file.allow=always",
    ]);
    let output = git.args(arguments).current_dir(folder).output().expect("git runs");
    assert!(output.status.success(), "git {arguments:?}: {}", stderr(&output));
}

/// Nothing of the surroundings says which repository is meant, or what it ignores.
fn without_git(command: &mut Command) {
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("GIT_")) {
        command.env_remove(name);
    }
    command
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", "/dev/null");
}

fn strings(value: &Value) -> Vec<&str> {
    let items = value.as_array().expect("a list").iter();
    items.map(|item| item.as_str().expect("text")).collect()
}
