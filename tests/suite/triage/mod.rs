//! What decides which findings are shown: the config, waivers, baselines, and the day.

mod baseline;
mod config;
mod horizon;
mod horizon_vendors;
mod nothing_lost;
mod policy;
mod precedence;
mod settings;
mod waivers;

use crate::tool::{self, run, soclint, stderr, stdout, write};
use serde_json::Value;
use std::path::Path;
use std::process::Output;
use tempfile::TempDir;

/// A folder with these files.
fn estate(files: &[(&str, &str)]) -> TempDir {
    let root = tempfile::tempdir().expect("a temporary folder");
    for (path, text) in files {
        write(root.path(), path, text);
    }
    root
}

/// An identity that nothing but the monitoring is missing from; its owner is that of the file.
fn identity(id: &str) -> String {
    format!(
        "[identities.{id}]\nkind = \"service-account\"\ncredential = \"federated\"\naccess = []\n\
         review = {{ every = \"12mo\", last = 2026-09-20, evidence = \"https://ci.example.com/review\" }}\n\
         offboarding = {{ trigger = \"service retired\", evidence = \"https://ci.example.com/offboarding\" }}\n"
    )
}

/// A manifest with such identities.
fn manifest(ids: &[&str]) -> String {
    let identities: Vec<String> = ids.iter().map(|id| identity(id)).collect();
    format!("owner = \"team-billing\"\n{}", identities.join("\n"))
}

/// A waiver that holds on the tests' day.
fn waiver(subject: &str) -> String {
    format!(
        "[[waivers]]\nrule = \"nhi-without-monitoring\"\nsubject = \"{subject}\"\nreason = \"The collector comes in December\"\n\
         owner = \"team-billing\"\napproved-by = \"person-ciso\"\nexpires = 2026-12-31\n"
    )
}

fn call(root: &Path, args: &[&str]) -> Output {
    run(soclint().args(args).current_dir(root))
}

/// What a call prints, which has to succeed.
fn printed(root: &Path, args: &[&str]) -> String {
    let output = call(root, args);
    assert_eq!(
        output.status.code(),
        Some(0),
        "{args:?}: {}{}",
        stdout(&output),
        stderr(&output)
    );
    assert!(stderr(&output).is_empty(), "{args:?}: {}", stderr(&output));
    stdout(&output)
}

/// What a call complains about, which has to end with status 2 and print nothing.
fn refused(root: &Path, args: &[&str]) -> String {
    let output = call(root, args);
    assert_eq!(output.status.code(), Some(2), "{args:?}: {}", stdout(&output));
    assert!(stdout(&output).is_empty(), "{args:?}: {}", stdout(&output));
    stderr(&output)
}

/// `check --format json` with these arguments.
fn json(root: &Path, args: &[&str]) -> Value {
    let mut all = vec!["check", "--format", "json", "--as-of", tool::AS_OF];
    // The last of two wins.
    all.extend(args);
    let output = call(root, &all);
    assert!(
        matches!(output.status.code(), Some(0 | 1)),
        "{args:?}: {}",
        stderr(&output)
    );
    serde_json::from_slice(&output.stdout).expect("JSON")
}

/// `severity rule subject` of each finding in a list of the document.
fn rows(document: &Value, list: &str) -> Vec<String> {
    let of = |finding: &Value, key: &str| finding[key].as_str().expect("text").to_owned();
    let findings = document[list].as_array().expect("a list");
    findings
        .iter()
        .map(|finding| {
            format!(
                "{} {} {}",
                of(finding, "severity"),
                of(finding, "rule"),
                of(finding, "subject")
            )
        })
        .collect()
}

/// The first line of what is printed for people.
fn concise(root: &Path, args: &[&str]) -> String {
    let mut all = vec!["check", "--format", "concise", "--as-of", tool::AS_OF];
    all.extend(args);
    stdout(&call(root, &all))
}
