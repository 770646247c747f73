//! Evidence: where it is, what counts as such, and texts that excuse its absence.

mod excuses;
mod folders;
mod git;
mod lfs;
mod links;
mod names;
mod references;
mod reports;
mod stores;

use crate::tool;
use serde_json::Value;
use std::path::Path;

/// An estate in a folder of its own, which goes when it is dropped.
struct Estate(tempfile::TempDir);

/// A finding, as far as these tests look at it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Found {
    severity: String,
    rule: String,
    message: String,
    label: String,
    help: String,
}

impl Estate {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a temporary folder"))
    }

    /// With one manifest, in the root.
    fn of(manifest: &str) -> Self {
        Self::new().with("scope.toml", manifest)
    }

    /// With a control for each place, which names it as a document of its design.
    fn naming<S: AsRef<str>>(places: &[S]) -> Self {
        Self::of(&naming(places))
    }

    fn with(self, path: &str, bytes: impl AsRef<[u8]>) -> Self {
        tool::write(self.root(), path, bytes);
        self
    }

    fn root(&self) -> &Path {
        self.0.path()
    }

    fn git(&self, arguments: &[&str]) -> &Self {
        let output = std::process::Command::new("git")
            .args([
                "-c",
                "user.name=x",
                "-c",
                "user.email=x@example.com",
                "-c",
                "init.defaultBranch=main",
            ])
            .args(["-c", "core.autocrlf=false", "-c", "protocol.file.allow=always"])
            .args(arguments)
            .current_dir(self.root())
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .output()
            .expect("git runs");
        assert!(output.status.success(), "git {arguments:?}: {}", tool::stderr(&output));
        self
    }

    fn json(&self) -> Value {
        tool::check_json(self.root(), tool::AS_OF)
    }

    /// What is found, but for what does not matter here.
    fn found(&self) -> Vec<Found> {
        found_in(&self.json())
    }

    /// What one rule finds, in the order of the places.
    fn found_by(&self, rule: &str) -> Vec<Found> {
        let mut found = self.found();
        found.retain(|found| found.rule == rule);
        found
    }
}

fn found_in(document: &Value) -> Vec<Found> {
    let text = |finding: &Value, key: &str| finding[key].as_str().expect("text").to_owned();
    let found = tool::findings(document).iter().map(|finding| Found {
        severity: text(finding, "severity"),
        rule: text(finding, "rule"),
        message: text(finding, "message"),
        label: String::new(),
        help: text(finding, "help"),
    });
    found.collect()
}

/// A manifest with a control for each place.
fn naming<S: AsRef<str>>(places: &[S]) -> String {
    let mut text = "owner = \"team\"\n".to_owned();
    for (at, place) in places.iter().enumerate() {
        let place = toml_text(place.as_ref());
        text += &format!("[controls.c{at}]\ndesign = {place}\n");
    }
    text
}

fn toml_text(text: &str) -> String {
    let escaped: String = text
        .chars()
        .map(|c| match c {
            '"' => "\\\"".to_owned(),
            '\\' => "\\\\".to_owned(),
            c if c.is_control() => format!("\\u{:04X}", u32::from(c)),
            c => c.to_string(),
        })
        .collect();
    format!("\"{escaped}\"")
}

const MISSING_FILE: &str = "evidence-missing-file";
