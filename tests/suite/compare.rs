//! `soclint compare`: a company of three small repositories, what changed in it, and how that is told.

use crate::cases::project;
use crate::tool::{run, soclint, stderr, stdout, write};
use serde_json::{Value, json};
use std::path::Path;
use std::process::{Command, Output};

const AS_OF: &str = "2026-10-01";

fn git_on(folder: &Path, day: &str, arguments: &[&str]) -> String {
    let date = format!("{day}T12:00:00Z");
    let output = Command::new("git")
        .args(["-c", "user.name=x", "-c", "user.email=x@example.com"])
        .args(["-c", "core.autocrlf=false", "-c", "init.defaultBranch=main", "-c", "commit.gpgsign=false"])
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
        .arg("compare")
        .args(arguments)
        .args(["--as-of", AS_OF])
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
        .map(|item| format!("{} {}", item["rule"].as_str().unwrap(), item["subject"].as_str().unwrap()))
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

#[test]
fn what_a_branch_changes_is_told_of_each_kind() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    company(root);
    git_on(root, "2026-02-01", &["checkout", "-qb", "work"]);
    // Out of scope, another right, a rename, an opinion, a profile, a file's owner; comments, order and place say nothing.
    edit(root, "pay/scope.toml", "[services.payroll]", "[services.payroll]\nscope = \"out\"\n# By the board");
    edit(root, "pay/scope.toml", "actions = \"read\"", "actions = [\"read\", \"admin\"]");
    edit(root, "pay/scope.toml", "[identities.bot]", "[identities.robot]");
    edit(root, "pay/scope.toml", "every = \"90d\"", "every = \"180d\"");
    edit(root, "assurance/scope.toml", "\"unmodified\"", "\"qualified\"\naffected = \"CO1\"");
    commit(root, "2026-02-01");
    let told = compared(root, &["main", "work"]);

    assert_eq!(told["version"], 1);
    assert_eq!(told["as-of"], AS_OF);
    assert_eq!((&told["base"], &told["head"]), (&json!("main"), &json!("work")));
    assert_eq!(told["config"], json!([]));
    assert_eq!(
        told["scope"],
        json!([
            {
                "subject": "pay/identities.robot", "change": "renamed", "from": "pay/identities.bot",
                "keys": [{
                    "key": "access",
                    "before": [{ "service": "pay/services.ledger", "actions": ["read"] }],
                    "after": [{ "service": "pay/services.ledger", "actions": ["admin", "read"] }]
                }]
            },
            {
                "subject": "pay/profiles.vaulted", "change": "changed",
                "keys": [{
                    "key": "rotation",
                    "before": { "every": "90d", "last": "2026-09-01", "mode": "automatic" },
                    "after": { "every": "180d", "last": "2026-09-01", "mode": "automatic" }
                }],
                // The exporter has an interval of its own.
                "reaches": ["pay/identities.robot"]
            },
            {
                "subject": "pay/services.payroll", "change": "changed",
                "keys": [{ "key": "scope", "before": null, "after": "out" }]
            },
            {
                "subject": "reports.soc1", "change": "changed",
                "keys": [
                    { "key": "affected", "before": null, "after": ["CO1"] },
                    { "key": "opinion", "before": "unmodified", "after": "qualified" }
                ]
            }
        ])
    );
    assert_eq!(
        told["coverage"],
        json!([{ "service": "pay/services.payroll", "report": "reports.soc1", "change": "not-covered" }])
    );
    let new = rules(&told["findings"]["new"]);
    assert!(new.contains(&"excluded-service-claimed pay/services.payroll".to_owned()), "{new:?}");
    assert!(new.contains(&"nhi-excessive-privilege pay/identities.robot".to_owned()), "{new:?}");

    // Three lines come first, and what is counted there is folded away.
    let page = stdout(&compare(root, &["main", "work", "--format", "markdown"]));
    let lines: Vec<&str> = page.lines().filter(|line| line.starts_with("- **")).collect();
    assert_eq!(lines.len(), 3, "{page}");
    assert!(lines[0].starts_with("- **Scope:**") && lines[0].contains("out of scope now: `pay/services.payroll`"), "{page}");
    assert!(lines[0].contains("admin"), "{page}");
    assert!(lines[1].starts_with("- **Coverage:** 1 service no longer covered"), "{page}");
    assert!(lines[2].starts_with("- **Findings:**") && lines[2].contains(" new ("), "{page}");
    assert_eq!(page.matches("<details>").count(), page.matches("</details>").count());
    assert!(page.find("- **Findings").unwrap() < page.find("<details>").unwrap());
    let table = stdout(&compare(root, &["main", "work"]));
    assert!(table.contains("scope: - -> out") && table.contains("renamed from pay/identities.bot"), "{table}");

    // Back again is the same from the other side.
    let back = compared(root, &["work", "main"]);
    assert_eq!(
        back["coverage"],
        json!([{ "service": "pay/services.payroll", "report": "reports.soc1", "change": "covered" }])
    );
    assert_eq!(rules(&back["findings"]["resolved"]), new.iter().map(|said| said.replace("robot", "robot")).collect::<Vec<String>>());
    assert_eq!(rules(&back["findings"]["new"]), rules(&told["findings"]["resolved"]));
}

#[test]
fn the_base_is_read_as_git_has_it_and_nothing_is_touched() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    company(root);
    let before = check(root);
    edit(root, "assurance/scope.toml", "covers = [\"pay/*\"]", "covers = \"pay/ledger\"");
    write(root, "new.scope.toml", "[services.portal]\nexposure = \"internal\"\n");
    let status = git_on(root, "2026-02-01", &["status", "--porcelain"]);
    let told = compared(root, &["HEAD"]);
    assert_eq!(git_on(root, "2026-02-01", &["status", "--porcelain"]), status);
    assert_eq!(
        subjects(&told["scope"]),
        [
            ("reports.soc1".to_owned(), "changed".to_owned()),
            ("services.portal".to_owned(), "added".to_owned())
        ]
    );
    assert_eq!(told["scope"][0]["keys"][0]["before"], json!(["pay/services.*"]));
    assert_eq!(told["scope"][0]["keys"][0]["after"], json!(["pay/services.ledger"]));

    // The findings of both sides are those of a check there.
    let now = check(root);
    let key = |finding: &Value| format!("{} {} {}", finding["rule"], finding["subject"], finding["fact"]);
    let keys = |list: &Value| list.as_array().unwrap().iter().map(key).collect::<Vec<String>>();
    let (old, new) = (keys(&before["findings"]), keys(&now["findings"]));
    for finding in keys(&told["findings"]["new"]) {
        assert!(new.contains(&finding) && !old.contains(&finding), "{finding}");
    }
    for finding in keys(&told["findings"]["resolved"]) {
        assert!(old.contains(&finding) && !new.contains(&finding), "{finding}");
    }
    for finding in new.iter().filter(|finding| !old.contains(finding)) {
        let told = [keys(&told["findings"]["new"]), keys(&told["findings"]["changed"])].concat();
        assert!(told.contains(finding), "{finding} is not told");
    }
    assert_eq!(compare(root, &["HEAD", "HEAD", "--format", "json"]).stdout, compare(root, &["HEAD", "HEAD", "--format", "json"]).stdout);
    assert_eq!(compared(root, &["HEAD", "HEAD"])["scope"], json!([]));
}

#[test]
fn what_the_config_hides_is_never_resolved() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    company(root);
    // Payroll has no report of its own any more, and the rule that says so is turned off with the same change.
    write(root, "labs/scope.toml", "[services.trial]\nfinancial-impact = \"direct\"\n");
    commit(root, "2026-02-01");
    let finding = "financial-impact-without-icfr-report services.trial";
    assert!(rules(&check(root)["findings"]).contains(&finding.to_owned()));
    write(root, "soclint.toml", "exclude = [\"labs/**\"]\n\n[rules]\nstale-report = \"off\"\n\n[rules.nhi-rotation-overdue]\nlongest = \"2y\"\n");
    let output = compare(root, &["HEAD", "--format", "json", "--fail-on-new", "error"]);
    assert_eq!(output.status.code(), Some(1), "a finding that the config hides fails");
    let told = json_of(&output);
    assert_eq!(
        told["config"],
        json!([
            { "key": "exclude", "before": null, "after": ["labs/**"], "effect": "left-out" },
            { "key": "rules.nhi-rotation-overdue.longest", "before": null, "after": "2y".replace("2y", "24mo"), "effect": "stretched" },
            { "key": "rules.stale-report", "before": "warning", "after": "off", "effect": "off" }
        ])
    );
    assert!(rules(&told["findings"]["no-longer-reported"]).contains(&finding.to_owned()), "{told}");
    assert!(!rules(&told["findings"]["resolved"]).contains(&finding.to_owned()), "{told}");
    let page = stdout(&compare(root, &["HEAD", "--format", "markdown"]));
    assert!(page.contains("- **Config:** 3 keys changed") && page.contains("no longer reported because of the config"), "{page}");

    // A waiver is told as one; so is a finding that is graver.
    write(root, "soclint.toml", "[rules]\nstale-report = \"warning\"\nfinancial-impact-without-icfr-report = \"note\"\n");
    let told = compared(root, &["HEAD"]);
    let changed = &told["findings"]["changed"][0];
    assert_eq!((&changed["severity"], &changed["before"]["severity"]), (&json!("note"), &json!("error")));
    assert_eq!(told["config"][0]["effect"], "lowered");
    assert_eq!(compare(root, &["HEAD", "--fail-on-new", "note"]).status.code(), Some(0), "milder is not graver");
    write(
        root,
        "soclint.toml",
        format!("{CONFIG}[[waivers]]\nrule = \"financial-impact-without-icfr-report\"\nsubject = \"services.trial\"\nreason = \"Until the trial ends\"\nowner = \"team-grc\"\napproved-by = \"team-pay\"\nexpires = 2026-12-31\n"),
    );
    let told = compared(root, &["HEAD"]);
    assert_eq!(rules(&told["findings"]["waived"]), [finding]);
    assert_eq!(told["findings"]["waived"][0]["waiver"]["reason"], "Until the trial ends");
    assert!(!rules(&told["findings"]["resolved"]).contains(&finding.to_owned()));
}

#[test]
fn folders_and_revisions_are_told_apart() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    company(root);
    let failed = |arguments: &[&str], why: &str| {
        let output = compare(root, arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(stderr(&output).contains(why), "{arguments:?}: {}", stderr(&output));
        assert!(output.stdout.is_empty());
    };
    failed(&["no-such-branch"], "no revision and no folder `no-such-branch`");
    failed(&["--", "--upload-pack=x"], "begins with `-`");
    failed(&["HEAD", "--from", "2026-01-01"], "cannot be used with");
    git_on(root, "2026-01-06", &["branch", "pay"]);
    failed(&["pay"], "is a revision and a folder");
    // Each folder is an estate of its own: no config above it is used.
    let told = compared(root, &["./pay", "."]);
    assert!(subjects(&told["scope"]).contains(&("reports.soc1".to_owned(), "added".to_owned())), "{told}");
    assert_eq!(told["config"][0]["key"], "rules.stale-report");
    assert_eq!(compared(root, &["refs/heads/pay"])["scope"], json!([]));
    let nowhere = tempfile::tempdir().expect("a folder");
    let output = compare(nowhere.path(), &["HEAD"]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn a_period_is_told_commit_by_commit_with_what_was_taken_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    company(root);
    let out = |day| {
        edit(root, "pay/scope.toml", "[services.payroll]\n", "[services.payroll]\nscope = \"out\"\n");
        commit(root, day)
    };
    let back = |day| {
        edit(root, "pay/scope.toml", "scope = \"out\"\n", "");
        commit(root, day)
    };
    let first = out("2026-02-02");
    let second = back("2026-03-03");
    write(root, "README.md", "Nothing that is read\n");
    commit(root, "2026-03-04");
    let third = out("2026-04-04");
    write(root, "soclint.toml", "[rules]\nstale-report = \"off\"\n");
    let fourth = commit(root, "2026-05-05");
    back("2026-06-06");

    let period = |arguments: &[&str]| run(soclint().arg("compare").args(arguments).current_dir(root));
    let output = period(&["--from", "2026-02-01", "--to", "2026-05-31", "--format", "json"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let told = json_of(&output);
    let ids: Vec<&str> = told["commits"].as_array().unwrap().iter().map(|commit| commit["id"].as_str().unwrap()).collect();
    assert_eq!(ids, [&first, &second, &third, &fourth]);
    assert_eq!(told["commits"][1]["day"], "2026-03-03");
    let scope = |before: Value, after: Value, commits: Value| {
        json!({
            "subject": "pay/services.payroll", "change": "changed",
            "keys": [{ "key": "scope", "before": before, "after": after }], "commits": commits
        })
    };
    assert_eq!(
        told["scope"],
        json!([
            scope(Value::Null, json!("out"), json!([first, third])),
            scope(json!("out"), Value::Null, json!([second]))
        ])
    );
    assert_eq!(told["coverage"].as_array().map(Vec::len), Some(2), "{told}");
    assert_eq!(told["config"][0]["effect"], "off");
    assert_eq!(told["config"][0]["commits"], json!([fourth]));
    assert_eq!(told["notes"], json!([]));
    let table = stdout(&period(&["--from", "2026-02-01", "--to", "2026-05-31"]));
    assert!(table.contains("Declared changes from 2026-02-01 to 2026-05-31"), "{table}");
    assert!(table.contains(&format!("2026-02-02 {}", &first[..10])), "{table}");
    let page = stdout(&period(&["--from", "2026-02-01", "--to", "2026-05-31", "--format", "markdown"]));
    assert!(page.contains("| `scope` | - | `out` |") || page.contains("| `scope` | `-` | `out` |"), "{page}");

    // History that begins within the period says so.
    let output = period(&["--from", "2025-12-01", "--to", "2026-05-31", "--format", "json"]);
    assert_eq!(output.status.code(), Some(2));
    let told = json_of(&output);
    assert!(told["notes"][0].as_str().unwrap().contains("begins on 2026-01-05"), "{told}");
    let output = period(&["--from", "2026-06-01", "--to", "2026-05-31"]);
    assert_eq!(output.status.code(), Some(2));
    // So does a shallow clone.
    let clone = tempfile::tempdir().expect("a folder");
    let url = format!("file://{}", root.display());
    git_on(clone.path(), "2026-06-07", &["clone", "-q", "--depth", "2", &url, "copy"]);
    let output = run(soclint()
        .args(["compare", "--from", "2026-02-01", "--to", "2026-06-30"])
        .current_dir(clone.path().join("copy")));
    assert_eq!(output.status.code(), Some(2));
    assert!(stdout(&output).contains("shallow"), "{}", stdout(&output));
}

#[test]
fn three_repositories_are_compared_each_by_itself() {
    // A company of three: the assurance team's, the product's with a submodule of it, and a bare mirror.
    let folder = tempfile::tempdir().expect("a folder");
    let all = folder.path();
    for name in ["assurance", "product"] {
        std::fs::create_dir(all.join(name)).expect("a folder");
        git_on(&all.join(name), "2026-01-05", &["init", "-q"]);
    }
    write(&all.join("assurance"), "scope.toml", "[reports.soc2]\nframework = \"soc2\"\ncovers = \"shop\"\n");
    commit(&all.join("assurance"), "2026-01-05");
    let product = all.join("product");
    write(&product, "scope.toml", "[services.shop]\nclaims = \"soc2\"\n");
    git_on(&product, "2026-01-06", &["submodule", "--quiet", "add", "../assurance", "assurance"]);
    commit(&product, "2026-01-06");
    edit(&product, "scope.toml", "[services.shop]", "[services.shop]\nlifecycle = \"deprecated\"");
    commit(&product, "2026-02-06");
    let told = compared(&product, &["HEAD~1", "HEAD"]);
    assert_eq!(subjects(&told["scope"]), [("services.shop".to_owned(), "changed".to_owned())], "{told}");
    git_on(all, "2026-02-07", &["clone", "-q", "--bare", "product", "mirror.git"]);
    let mirror = compared(&all.join("mirror.git"), &["HEAD~1", "HEAD"]);
    assert_eq!(mirror["scope"], told["scope"]);
    let output = compare(&all.join("mirror.git"), &["HEAD~1"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("has no working tree"), "{}", stderr(&output));
    git_on(&product, "2026-02-08", &["worktree", "add", "-q", "../second", "HEAD~1"]);
    let second = compared(&all.join("second"), &["HEAD", "main"]);
    assert_eq!(second["scope"], told["scope"]);
}

#[test]
fn hostile_names_are_inert_and_texts_count_only_when_asked_for() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    write(root, "a/scope.toml", "[services.pay]\ntitle = \"Pay\"\nprovider-note = 1\n[third-parties.x]\ncsocs-not-needed = \"because they said so\"\n");
    write(
        root,
        "b/scope.toml",
        "[services.pay]\ntitle = \"<img src=x onerror=alert(1)>|@everyone \\u001b[31m\"\nprovider-note = 1\n[third-parties.x]\ncsocs-not-needed = \"because | <b>they</b> insist\"\n",
    );
    assert_eq!(compared(root, &["a/", "b/"])["scope"], json!([]), "wording is no change");
    let told = compared(root, &["a/", "b/", "--all"]);
    assert_eq!(
        subjects(&told["scope"]),
        [
            ("services.pay".to_owned(), "changed".to_owned()),
            ("third-parties.x".to_owned(), "changed".to_owned())
        ]
    );
    for format in ["table", "markdown", "json"] {
        let shown = stdout(&compare(root, &["a/", "b/", "--all", "--format", format]));
        assert!(!shown.contains('\u{1b}'), "{shown}");
        if format == "markdown" {
            assert!(!shown.contains("<img") && !shown.contains("<b>") && !shown.contains("@everyone"), "{shown}");
        }
    }
    // Whether it is excused counts; that is no wording.
    write(root, "b/scope.toml", "[services.pay]\ntitle = \"Pay\"\nprovider-note = 1\n[third-parties.x]\n");
    let told = compared(root, &["a/", "b/"]);
    assert_eq!(told["scope"][0]["keys"][0]["key"], "csocs-not-needed");
    assert_eq!(told["scope"][0]["keys"][0]["after"], Value::Null);
}

#[test]
fn what_cannot_be_read_is_not_gone() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    let whole = "[services.pay]\nfinancial-impact = \"none\"\n\n[services.web]\nfinancial-impact = \"none\"\n";
    write(root, "a/scope.toml", whole);
    write(root, "b/scope.toml", whole.replace("[services.web]", "[services.web"));
    let told = compared(root, &["a/", "b/"]);
    let gone = subjects(&told["scope"]);
    assert!(gone.iter().all(|(_, change)| change != "removed"), "{told}");
    assert_eq!(told["unread"], json!({ "base": [], "head": ["scope.toml"] }));
    let page = stdout(&compare(root, &["a/", "b/", "--format", "markdown"]));
    assert!(page.contains("could not be read") || page.contains("be read completely"), "{page}");
}

#[test]
fn the_json_is_what_its_schema_says() {
    for (name, required) in [("compare", "no-longer-reported"), ("compare-period", "commits")] {
        let schema = std::fs::read_to_string(project().join(format!("schemas/{name}.schema.json"))).expect("a schema");
        let document: Value = serde_json::from_str(&schema).expect("JSON");
        assert!(schema.contains(required), "{schema}");
        let printed = run(soclint().args(["schema", name]));
        assert_eq!(stdout(&printed), schema);
        let folder = tempfile::tempdir().expect("a folder");
        company(folder.path());
        edit(folder.path(), "pay/scope.toml", "[services.payroll]", "[services.payroll]\nscope = \"out\"");
        commit(folder.path(), "2026-02-02");
        let told = match name {
            "compare" => compared(folder.path(), &["HEAD~1", "HEAD"]),
            _ => json_of(&run(soclint()
                .args(["compare", "--from", "2026-02-01", "--to", "2026-02-28", "--format", "json"])
                .current_dir(folder.path()))),
        };
        let validator = jsonschema::validator_for(&document).expect("a schema");
        let errors: Vec<String> = validator.iter_errors(&told).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{errors:?}");
        assert!(!told["scope"].as_array().unwrap().is_empty());
    }
}
