//! `soclint inventory`: the tables of the program itself, against what `check` says of the same folders.

use crate::cases::project;
use crate::tool::{AS_OF, run, soclint, stderr, stdout, write};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

const TABLES: [&str; 7] = [
    "identities",
    "services",
    "reports",
    "third-parties",
    "controls",
    "evidence",
    "data",
];

fn estate(name: &str) -> PathBuf {
    project().join("fixtures/estates").join(name)
}

fn estates() -> Vec<PathBuf> {
    crate::cases::entries(&project().join("fixtures/estates"))
}

fn json(root: &Path, args: &[&str]) -> (Value, Option<i32>) {
    let mut command = soclint();
    command
        .args(args)
        .args(["--format", "json", "--as-of", AS_OF, "--root"])
        .arg(root);
    let output = run(&mut command);
    let document = serde_json::from_str(&stdout(&output)).unwrap_or_else(|_| panic!("{}", stderr(&output)));
    (document, output.status.code())
}

fn rows<'d>(document: &'d Value, table: &str) -> &'d [Value] {
    document[table].as_array().expect("rows")
}

/// Each subject and rule of which something is reported, as `check` says it.
fn reported(root: &Path) -> BTreeSet<(String, String)> {
    let (document, _) = json(root, &["check"]);
    let text = |finding: &Value, key: &str| finding[key].as_str().expect("text").to_owned();
    let findings = document["findings"].as_array().expect("findings").iter();
    findings
        .map(|finding| (text(finding, "subject"), text(finding, "rule")))
        .collect()
}

#[test]
fn what_is_open_is_what_check_reports() {
    for root in estates() {
        let reported = reported(&root);
        let mut open = BTreeSet::new();
        for table in TABLES {
            let args: &[&str] = if table == "identities" {
                &["inventory", table, "--all"]
            } else {
                &["inventory", table]
            };
            let (document, _) = json(&root, args);
            for row in rows(&document, table) {
                let rules = row["open"].as_array().expect("a list");
                let subject = row["subject"].as_str().expect("text");
                open.extend(
                    rules
                        .iter()
                        .map(|rule| (subject.to_owned(), rule.as_str().expect("text").to_owned())),
                );
            }
        }
        let listed = |subject: &str| {
            // A waiver's subject names what it is about.
            let own = subject.split('(').next().unwrap_or_default();
            let table = own.rsplit('/').next().and_then(|path| path.split('.').next());
            subject.starts_with("seen(") || table == Some("certificates") || TABLES.contains(&table.unwrap_or_default())
        };
        let expected: BTreeSet<_> = reported.into_iter().filter(|(subject, _)| listed(subject)).collect();
        assert_eq!(open, expected, "{}", root.display());
        assert!(!open.is_empty() || root.ends_with("quillmarsh-payroll") || expected.is_empty());
    }
    assert!(estates().len() > 4);
}

#[test]
fn json_is_as_its_schema_says() {
    let schema: Value = serde_json::from_str(&stdout(&run(soclint().args(["schema", "inventory"])))).expect("a schema");
    let validator = jsonschema::validator_for(&schema).expect("a schema that holds");
    for root in estates() {
        for table in TABLES {
            let (document, _) = json(&root, &["inventory", table]);
            let wrong: Vec<String> = validator
                .iter_errors(&document)
                .map(|error| error.to_string())
                .collect();
            assert!(wrong.is_empty(), "{} {table}: {}", root.display(), wrong.join("\n"));
        }
    }
    let (mut document, _) = json(&estate("talervik-pay"), &["inventory"]);
    document["identities"][0]["rotation"] = "fine".into();
    assert!(!validator.is_valid(&document), "it takes any word");
}

#[test]
fn rows_are_chosen_by_owner_service_and_what_is_open() {
    let root = estate("talervik-pay");
    let of = |args: &[&str], table: &str| {
        let (document, _) = json(&root, &[&["inventory", table], args].concat());
        let subjects = rows(&document, table).iter();
        let subjects: Vec<String> = subjects
            .map(|row| row["subject"].as_str().expect("text").to_owned())
            .collect();
        (subjects, document["notes"].to_string())
    };
    let (all, notes) = of(&[], "services");
    assert!(!notes.contains("not asked for"), "{notes}");
    for table in TABLES {
        let all = of(&[], table).0;
        let (open, notes) = of(&["--open"], table);
        assert!(!open.is_empty() || table == "data", "{table}");
        assert!(
            open.len() < all.len() && notes.contains("were not asked for"),
            "{table}: {notes}"
        );
        let of_service = of(&["--service", "payroll/payroll-engine"], table).0;
        assert!(
            !of_service.is_empty() && of_service.len() < all.len(),
            "{table}: {of_service:?}"
        );
        assert!(of_service.iter().all(|subject| all.contains(subject)));
    }
    let (owned, _) = of(&["--owner", "team-card"], "services");
    assert!(!owned.is_empty() && owned.len() < all.len(), "{owned:?}");
    for (option, name) in [("--owner", "team-crad"), ("--service", "payroll/payroll-engin")] {
        let output = run(soclint().args(["inventory", option, name, "--root"]).arg(&root));
        assert_eq!(output.status.code(), Some(2));
        assert!(stderr(&output).contains("did you mean"), "{}", stderr(&output));
    }
}

#[test]
fn what_is_not_declared_is_one_row_each_with_its_places() {
    let root = tempfile::tempdir().expect("a folder");
    write(
        root.path(),
        "scope.toml",
        "[owners.ada]\nkind = \"person\"\n[identities.ada]\nkind = \"human\"\nowner = \"ada\"\n",
    );
    write(
        root.path(),
        ".github/workflows/a.yml",
        "on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: echo ${{ secrets.NPM_TOKEN }} ${{ secrets.CODECOV_TOKEN }}\n      - run: echo ${{ secrets.npm_token }}\n",
    );
    let (document, status) = json(root.path(), &["inventory"]);
    assert_eq!(status, Some(0), "nothing is missing from the list");
    let [row] = rows(&document, "identities") else {
        panic!("{document}")
    };
    assert_eq!(row["subject"], "seen(github-secret:NPM_TOKEN)");
    assert_eq!(row["state"], "seen");
    assert_eq!(row["declaration"], "off", "no rule asks without `[discover]`");
    assert_eq!(row["rotation"], "unknown");
    let places: Vec<(u64, u64)> = row["places"]
        .as_array()
        .expect("places")
        .iter()
        .map(|place| {
            (
                place["line"].as_u64().expect("a line"),
                place["column"].as_u64().expect("a column"),
            )
        })
        .collect();
    assert_eq!(places, [(6, 31), (7, 31)]);
    let notes = document["notes"].to_string();
    assert!(
        notes.contains("1 name or account") && notes.contains("1 human") && notes.contains("[discover]"),
        "{notes}"
    );

    write(root.path(), "soclint.toml", "[discover]\n");
    let (document, _) = json(root.path(), &["inventory", "--all"]);
    let of = |subject: &str| {
        let found = rows(&document, "identities")
            .iter()
            .find(|row| row["subject"] == subject);
        found.unwrap_or_else(|| panic!("{subject} in {document}"))
    };
    assert_eq!(of("seen(github-secret:NPM_TOKEN)")["declaration"], "open");
    assert_eq!(of("seen(github-secret:CODECOV_TOKEN)")["declaration"], "not needed");
    assert_eq!(of("identities.ada")["kind"], "human");
}

#[test]
fn a_list_that_lacks_something_says_so_at_its_head_in_every_format() {
    let root = tempfile::tempdir().expect("a folder");
    write(
        root.path(),
        "pay/scope.toml",
        "[identities.a]\nkind = \"bot\"\nowner = \n",
    );
    for (format, head) in [
        ("table", "incomplete"),
        ("markdown", "incomplete"),
        ("csv", "incomplete"),
        ("json", "\"incomplete\": [\n    \"pay/scope.toml\"\n  ]"),
    ] {
        let output = run(soclint()
            .args(["inventory", "--format", format, "--root"])
            .arg(root.path()));
        assert_eq!(output.status.code(), Some(1), "{format}");
        let text = stdout(&output);
        assert!(
            text.contains(head) && text.contains("pay/scope.toml"),
            "{format}: {text}"
        );
    }
}

#[test]
fn a_file_s_ending_names_the_format() {
    let root = estate("quillmarsh-payroll");
    let out = tempfile::tempdir().expect("a folder");
    for (name, begins) in [
        ("a.json", &b"{"[..]),
        ("a.csv", b"\"subject\""),
        ("a.md", b"### Data"),
        ("a.xlsx", b"PK"),
        ("a.txt", b"Subject"),
    ] {
        let file = out.path().join(name);
        let mut command = soclint();
        command
            .args(["inventory", "data", "--as-of", AS_OF, "--output"])
            .arg(&file)
            .arg("--root")
            .arg(&root);
        let output = run(&mut command);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        let bytes = std::fs::read(&file).expect("it is written");
        assert!(bytes.starts_with(begins), "{name}: {}", String::from_utf8_lossy(&bytes));
        let again = run(&mut command);
        assert_eq!(again.status.code(), Some(0));
        assert_eq!(
            std::fs::read(&file).expect("it is there"),
            bytes,
            "{name}: the same bytes"
        );
    }
}
