//! `soclint compare`: a company of three small repositories, what changed in it, and how that is told.

mod company;
mod history;
mod states;
mod texts;

use crate::tool::{run, soclint, stderr, stdout, write};
use serde_json::Value;
use std::path::Path;
use std::process::{Command, Output};

const AS_OF: &str = "2026-10-01";

fn git_on(folder: &Path, day: &str, arguments: &[&str]) -> String {
    let date = format!("{day}T12:00:00Z");
    let output = Command::new("git")
        .args(["-c", "user.name=x", "-c", "user.email=x@example.com"])
        .args([
            "-c",
            "core.autocrlf=false",
            "-c",
            "init.defaultBranch=main",
            "-c",
            "commit.gpgsign=false",
        ])
        .args(["-c", "protocol.file.allow=always"])
        .args(arguments)
        .envs([("GIT_AUTHOR_DATE", &date), ("GIT_COMMITTER_DATE", &date)])
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .current_dir(folder)
        .output()
        .expect("git starts");
    assert!(output.status.success(), "{arguments:?}: {}", stderr(&output));
    stdout(&output).trim().to_owned()
}

fn commit(folder: &Path, day: &str) -> String {
    git_on(folder, day, &["add", "-A"]);
    git_on(folder, day, &["commit", "-qm", "x"]);
    git_on(folder, day, &["rev-parse", "HEAD"])
}

fn compare(folder: &Path, arguments: &[&str]) -> Output {
    run(soclint()
        .args(["compare", "--as-of", AS_OF])
        .args(arguments)
        .current_dir(folder))
}

fn json_of(output: &Output) -> Value {
    serde_json::from_str(&stdout(output)).unwrap_or_else(|_| panic!("{}", stderr(output)))
}

fn compared(folder: &Path, arguments: &[&str]) -> Value {
    json_of(&compare(folder, &[arguments, &["--format", "json"]].concat()))
}

fn check(folder: &Path) -> Value {
    let output = run(soclint()
        .args(["check", "--format", "json", "--as-of", AS_OF])
        .current_dir(folder));
    json_of(&output)
}

/// The subjects of a list, each with what became of it.
fn subjects(list: &Value) -> Vec<(String, String)> {
    let items = list.as_array().expect("a list").iter();
    items
        .map(|item| {
            let text = |key: &str| item[key].as_str().unwrap_or_default().to_owned();
            (text("subject"), text("change"))
        })
        .collect()
}

fn rules(list: &Value) -> Vec<String> {
    let items = list.as_array().expect("a list").iter();
    items
        .map(|item| {
            format!(
                "{} {}",
                item["rule"].as_str().unwrap(),
                item["subject"].as_str().unwrap()
            )
        })
        .collect()
}

fn edit(folder: &Path, path: &str, from: &str, to: &str) {
    let text = std::fs::read_to_string(folder.join(path)).expect("a file");
    assert!(text.contains(from), "{path} has no {from}");
    write(folder, path, text.replace(from, to));
}

const CONFIG: &str = "[rules]\nstale-report = \"warning\"\n";

const ASSURANCE: &str = "\
owner = \"team-grc\"

[owners.team-grc]
kind = \"team\"

[owners.team-pay]
kind = \"team\"

[reports.soc1]
framework = \"soc1\"
type = 2
period = { from = 2025-07-01, to = 2026-06-30 }
issued = 2026-08-15
auditor = \"Example LLP\"
opinion = \"unmodified\"
covers = [\"pay/*\"]

[reports.soc2]
framework = \"soc2\"
type = 2
status = \"planned\"
period = { from = 2026-10-01, to = 2027-09-30 }
covers = \"pay/ledger\"
";

const PAY: &str = "\
namespace = \"pay\"
owner = \"team-pay\"

[profiles.vaulted]
credential = \"static-secret\"
store = \"vault\"
rotation = { every = \"90d\", last = 2026-09-01, mode = \"automatic\" }

[services.payroll]
title = \"Payroll\"
financial-impact = \"direct\"
assurance-for = \"financial-statement-audit\"
depends-on = \"ledger\"
claims = \"soc1\"

[services.ledger]
financial-impact = \"direct\"
claims = \"soc1\"

[identities.bot]
profile = \"vaulted\"
kind = \"bot\"
access = { service = \"ledger\", actions = \"read\" }
locators = \"github-secret:BOT_TOKEN\"

[identities.exporter]
profile = \"vaulted\"
kind = \"service-account\"
rotation.every = \"30d\"
access = { service = \"payroll\", actions = [\"read\", \"export\"] }
";

/// A repository with an estate in it.
fn company(folder: &Path) {
    git_on(folder, "2026-01-05", &["init", "-q"]);
    write(folder, "soclint.toml", CONFIG);
    write(folder, "assurance/scope.toml", ASSURANCE);
    write(folder, "pay/scope.toml", PAY);
    commit(folder, "2026-01-05");
}
