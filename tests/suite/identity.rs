//! A finding stays the same finding: whatever else is found, in SARIF, GitLab's report, JUnit and the baseline alike.
//!
//! `fixtures/identities.txt` holds the identities of the bundled companies. A change of them closes and opens alerts
//! of every user. With `SOCLINT_WRITE_IDENTITIES` set, and not in CI, the test writes them again.

use crate::tool::{self, AS_OF, project, run, soclint, stderr, write};
use rayon::prelude::*;
use serde_json::Value;
use soclint::{Baseline, Checked, Choice, Format, Group, Key, Session, Source};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

fn text(value: &Value, key: &str) -> String {
    let text = value[key].as_str();
    text.unwrap_or_else(|| panic!("no {key} in {value}")).to_owned()
}

fn printed(root: &Path, args: &[&str]) -> String {
    let output = run(soclint()
        .args(["check", "--as-of", AS_OF, "--fail-on", "never", "--root"])
        .arg(root)
        .args(args));
    assert_eq!(output.status.code(), Some(0), "{args:?}: {}", stderr(&output));
    tool::stdout(&output)
}

fn found(root: &Path, args: &[&str]) -> Value {
    serde_json::from_str(&printed(root, &[&["--format", "json"], args].concat())).expect("JSON")
}

/// What each finding says and is known by, in each format.
pub type Known = BTreeSet<(String, String)>;

fn in_sarif(sarif: &Value) -> Known {
    let results = sarif["runs"][0]["results"].as_array().expect("results");
    let results = results.iter().map(|result| {
        let prints = &result["partialFingerprints"];
        assert_eq!(prints["soclint/v1"], prints["primaryLocationLineHash"]);
        let said = text(&result["message"], "text").replace('\\', "");
        (said, text(prints, "soclint/v1"))
    });
    results.collect()
}

fn in_gitlab(report: &Value) -> Known {
    let items = report.as_array().expect("a list").iter();
    let known = items.map(|item| (text(item, "description"), text(item, "fingerprint")));
    known.collect()
}

pub fn in_each_format(root: &Path) -> [Known; 3] {
    let sarif: Value = serde_json::from_str(&printed(root, &["--format", "sarif"])).expect("JSON");
    let gitlab: Value = serde_json::from_str(&printed(root, &["--format", "gitlab"])).expect("JSON");
    let junit = printed(root, &["--format", "junit"]);
    let document = roxmltree::Document::parse(&junit).expect("XML");
    let failures = document.descendants().filter(|node| node.has_tag_name("failure"));
    let junit = failures.map(|failure| {
        let case = failure.parent().expect("a test");
        let name = |attribute: &str| case.attribute(attribute).expect("an attribute").to_owned();
        let said = failure.attribute("message").expect("a message").to_owned();
        (said, name("classname") + " " + &name("name"))
    });
    [in_sarif(&sarif), in_gitlab(&gitlab), junit.collect()]
}

/// Every case that fails, and every company.
fn cases() -> Vec<PathBuf> {
    let folder = |path: PathBuf| {
        let entries = std::fs::read_dir(&path).unwrap_or_else(|_| panic!("{}", path.display()));
        entries.map(|entry| entry.expect("an entry").path()).collect::<Vec<_>>()
    };
    let fixtures = project().join("fixtures");
    let rules = folder(fixtures.join("rules")).into_iter();
    let mut cases: Vec<PathBuf> = rules.flat_map(|rule| folder(rule.join("fails"))).collect();
    cases.extend(folder(fixtures.join("broken")).into_iter().flat_map(folder));
    cases.extend(
        folder(fixtures.join("estates"))
            .into_iter()
            .filter(|path| path.is_dir()),
    );
    cases
}

/// What is wrong with the findings of a case.
#[derive(Default)]
struct Looked {
    /// Findings of one identity that say different things.
    confused: Vec<String>,
    /// Findings that change what others are known by when they go.
    changing: Vec<String>,
    /// How many findings share their rule and subject with others.
    several: usize,
}

/// Each case is read once.
fn looked() -> &'static [Looked] {
    static LOOKED: LazyLock<Vec<Looked>> = LazyLock::new(|| cases().par_iter().map(|case| look(case)).collect());
    &LOOKED
}

fn look(case: &Path) -> Looked {
    let root = tempfile::tempdir().expect("a folder");
    let session = if case.is_dir() {
        tool::copy_folder(case, root.path());
        Session::of_folder(root.path())
    } else {
        let manifest = Source::from_bytes("scope.toml".to_owned(), std::fs::read(case).expect("a file"));
        Session::of_texts(vec![manifest], Vec::new())
    };
    let session = session.expect("an estate");
    let as_of = AS_OF.parse().expect("a date");
    let checked = session.check(as_of, &Choice::default());
    let mut looked = Looked::default();
    let mut said: BTreeMap<Key, &str> = BTreeMap::new();
    let mut groups: BTreeMap<(&str, &str), Vec<Key>> = BTreeMap::new();
    for finding in &checked.outcome.findings {
        let (key, message) = (Key::of(finding, &checked.sources), &*finding.message);
        let before = *said.entry(key.clone()).or_insert(message);
        if before != message {
            let confused = &mut looked.confused;
            confused.push(format!("{}: {key:?}\n  {before}\n  {message}", case.display()));
        }
        if can_go(finding.rule) {
            groups.entry((finding.rule, &finding.subject)).or_default().push(key);
        }
    }
    let several: Vec<Key> = groups.into_values().filter(|group| group.len() > 1).flatten().collect();
    looked.several = several.len();
    if several.is_empty() {
        return looked;
    }
    // In SARIF, which tells of every rule each time, the first is enough.
    let gitlab = |checked: &Checked| in_gitlab(&tool::document(Format::Gitlab, checked));
    let sarif = |checked: &Checked| in_sarif(&tool::document(Format::Sarif, checked));
    let before = (gitlab(&checked), sarif(&checked));
    for (at, gone) in several.iter().enumerate() {
        let mut baseline = Baseline::default();
        baseline.entries.insert(gone.clone(), 1);
        let without = session.check_with_baseline(as_of, &Choice::default(), &baseline);
        let keeps = |before: &Known, after: &Known| after.is_subset(before) && after.len() == before.len() - 1;
        if !keeps(&before.0, &gitlab(&without)) || at == 0 && !keeps(&before.1, &sarif(&without)) {
            looked.changing.push(format!("{}: without {gone:?}", case.display()));
        }
    }
    looked
}

/// Parse errors cannot be suppressed.
fn can_go(rule: &str) -> bool {
    soclint::rule(rule).is_some_and(|rule| rule.group != Group::Reading)
}

#[test]
fn findings_of_one_identity_say_the_same() {
    let wrong: Vec<&str> = looked()
        .iter()
        .flat_map(|looked| &looked.confused)
        .map(String::as_str)
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn when_one_finding_goes_the_others_keep_their_identities() {
    let wrong: Vec<&str> = looked()
        .iter()
        .flat_map(|looked| &looked.changing)
        .map(String::as_str)
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let several: usize = looked().iter().map(|looked| looked.several).sum();
    assert!(several > 20, "{several}");
}

/// Estates in which a rule says several things about one subject, each with what takes the first of them away.
const SEVERAL: [(&str, &str, &str, &str); 12] = [
    (
        "cuec-unowned",
        "[third-parties.host]\nrole = \"vendor\"\nsupports = \"a\"\ncuecs = [{ id = \"E1\", text = \"Joiners\" }, { id = \"E2\", text = \"Leavers\" }, { id = \"E3\", text = \"Movers\" }]\n[services.a]\nexposure = \"internal\"\n",
        "{ id = \"E1\", text = \"Joiners\" }, ",
        "",
    ),
    (
        "operating-effectiveness-overclaimed",
        "[services.a]\nclaims = [{ report = \"r1\", level = \"operating\" }, { report = \"r2\", level = \"operating\" }, { report = \"r3\", level = \"operating\" }]\n[reports.r1]\nframework = \"soc2\"\ntype = 1\nas-of = 2026-06-30\ncovers = \"a\"\n[reports.r2]\nframework = \"soc1\"\ntype = 1\nas-of = 2026-06-30\ncovers = \"a\"\n[reports.r3]\nframework = \"isae3402\"\ntype = 1\nas-of = 2026-06-30\ncovers = \"a\"\n",
        "{ report = \"r1\", level = \"operating\" }, ",
        "",
    ),
    (
        "influence-understated",
        "[services.a]\ndepends-on = [{ service = \"b\", influence = \"none\" }, { service = \"c\", influence = \"none\" }, { service = \"d\", influence = \"none\" }]\n[services.b]\n[services.c]\n[services.d]\n[identities.bot]\nkind = \"bot\"\nservices = \"a\"\naccess = [{ service = \"b\", actions = \"write\" }, { service = \"c\", actions = \"write\" }, { service = \"d\", actions = \"write\" }]\n",
        "{ service = \"b\", influence = \"none\" }, ",
        "",
    ),
    (
        "bridge-letter-misused",
        "[services.a]\n[reports.r]\nframework = \"soc2\"\ntype = 2\nperiod = { from = 2025-01-01, to = 2025-12-31 }\ncovers = \"a\"\nbridge-letter = [{ period = { from = 2026-01-01, to = 2026-02-28 }, issued-by = \"auditor\" }, { period = { from = 2026-03-01, to = 2026-04-30 }, issued-by = \"auditor\" }]\n",
        "{ period = { from = 2026-01-01, to = 2026-02-28 }, issued-by = \"auditor\" }, ",
        "",
    ),
    (
        "claim-not-covering-service",
        "[services.a]\nclaims = [{ report = \"r1\", regions = \"jp\" }, { report = \"r2\", regions = \"jp\" }]\n[reports.r1]\nframework = \"soc2\"\ncovers = \"a\"\nregions = \"us\"\n[reports.r2]\nframework = \"soc1\"\ncovers = \"a\"\nregions = \"us\"\n",
        "{ report = \"r1\", regions = \"jp\" }, ",
        "",
    ),
    (
        "evidence-missing-file",
        "[controls.c]\ndesign = \"./d.md\"\noperating = [\"./b.csv\", \"./a.csv\"]\n",
        "design = \"./d.md\"\n",
        "",
    ),
    (
        "objective-without-control",
        "[services.a]\n[reports.r]\nframework = \"soc1\"\ncovers = \"a\"\nobjectives.Z = { text = \"Change\" }\nobjectives.Y = { text = \"Access\" }\nobjectives.X = { text = \"Backup\" }\n",
        "objectives.Z = { text = \"Change\" }\n",
        "",
    ),
    (
        "wrong-type",
        "[identities.bot]\nkind = \"bot\"\nstore = 7\nplatform = 7\nrotation = { every = 7, reason = 7 }\nreview = { every = 7 }\n",
        "store = 7\n",
        "",
    ),
    (
        "unknown-value",
        "[identities.bot]\nkind = \"bot\"\nrotation = { mode = \"full\" }\nagent = { autonomy = \"full\" }\nenvironments = \"full\"\n",
        "rotation = { mode = \"full\" }\n",
        "",
    ),
    (
        "invalid-duration",
        "[identities.bot]\nkind = \"bot\"\nrotation = { every = \"0mo\" }\nreview = { every = \"0mo\" }\n[controls.c]\nevery = \"0mo\"\n",
        "rotation = { every = \"0mo\" }\n",
        "",
    ),
    (
        "missing-key",
        "[identities.bot]\nkind = \"bot\"\ncredential = \"provider-managed\"\n[identities.b2]\ncredential = \"provider-managed\"\n",
        "[identities.b2]\n",
        "[identities.b2]\nkind = \"bot\"\n",
    ),
    (
        "unknown-reference",
        "[owners.p]\nkind = \"person\"\n[services.a]\nowner = \"ghost\"\ndepends-on = \"ghost\"\ndata = \"ghost\"\nthird-parties = \"ghost\"\n",
        "owner = \"ghost\"\n",
        "",
    ),
];

#[test]
fn facts_and_not_places_tell_findings_of_one_subject_apart_in_every_format() {
    for (rule, manifest, first, instead) in SEVERAL {
        let root = tempfile::tempdir().expect("a folder");
        let looked_at = |manifest: &str| {
            write(root.path(), "scope.toml", manifest);
            let document = found(root.path(), &["--select", rule]);
            let of_rule = tool::findings(&document)
                .iter()
                .filter(|finding| finding["rule"] == rule);
            let facts: Known = of_rule
                .map(|finding| {
                    (
                        text(finding, "subject") + &text(finding, "message"),
                        text(finding, "fact"),
                    )
                })
                .collect();
            (
                facts,
                in_each_format(root.path()),
                tool::findings(&found(root.path(), &[])).len(),
            )
        };
        let (facts, before, all) = looked_at(manifest);
        assert!(manifest.contains(first), "{rule}");
        let (left, after, _) = looked_at(&manifest.replacen(first, instead, 1));
        assert!(facts.len() >= 2, "{rule}: {facts:#?}");
        assert!(
            left.len() == facts.len() - 1 && left.is_subset(&facts),
            "{rule}: {facts:#?} {left:#?}"
        );
        for (before, after) in before.iter().zip(&after) {
            let known: BTreeMap<&String, BTreeSet<&String>> =
                before.iter().fold(BTreeMap::new(), |mut known, (said, identity)| {
                    known.entry(said).or_default().insert(identity);
                    known
                });
            for (said, identity) in after {
                // Another finding may count what is left.
                if let Some(known) = known.get(said) {
                    assert!(
                        known.contains(identity),
                        "{rule}: {said}: {identity} is not one of {known:?}"
                    );
                }
            }
            let identities: BTreeSet<&String> = before.iter().map(|(_, identity)| identity).collect();
            assert_eq!(identities.len(), all, "{rule}");
        }
    }
}

#[test]
fn a_fact_that_cannot_be_read_is_not_shown() {
    let root = tempfile::tempdir().expect("a folder");
    write(
        root.path(),
        "scope.toml",
        "[services.a]\ntoken = hunter2secret\n= hunter3secret\n[services.b]\ntitle = \"x\" hunter4secret\n",
    );
    let document = found(root.path(), &[]);
    let torn: Vec<&Value> = tool::findings(&document)
        .iter()
        .filter(|finding| finding["rule"] == "invalid-toml")
        .collect();
    assert!(torn.len() >= 2);
    for finding in torn {
        assert!(!text(finding, "fact").contains("hunter"), "{finding}");
    }
    for (_, name) in &in_each_format(root.path())[2] {
        assert!(!name.contains("hunter"), "{name}");
    }
}

/// The identities of every finding of the bundled companies, as they are at the root of a repository.
fn identities() -> String {
    let folder = project().join("fixtures/estates");
    let entries = std::fs::read_dir(folder).expect("estates");
    let mut estates: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    estates.retain(|estate| estate.is_dir());
    estates.sort();
    let mut out = String::new();
    for estate in estates {
        let root = tempfile::tempdir().expect("a folder");
        tool::copy_folder(&estate, root.path());
        let _ = writeln!(out, "# {}", estate.file_name().expect("a name").to_string_lossy());
        let document = found(root.path(), &["--no-waivers"]);
        let sarif = printed(root.path(), &["--format", "sarif", "--no-waivers"]);
        let sarif: Value = serde_json::from_str(&sarif).expect("JSON");
        let results = sarif["runs"][0]["results"].as_array().expect("results");
        let findings = tool::findings(&document);
        assert_eq!(results.len(), findings.len());
        let mut lines: Vec<String> = findings
            .iter()
            .zip(results)
            .map(|(finding, result)| {
                let [rule, subject, fact] = ["rule", "subject", "fact"].map(|key| text(finding, key));
                assert_eq!(
                    (&result["ruleId"], &result["properties"]["subject"]),
                    (&finding["rule"], &finding["subject"])
                );
                let print = text(&result["partialFingerprints"], "soclint/v1");
                format!("{print} {rule} {subject} `{fact}`\n")
            })
            .collect();
        lines.sort_by(|a, b| {
            a.split_once(' ')
                .map(|(_, rest)| rest)
                .cmp(&b.split_once(' ').map(|(_, rest)| rest))
        });
        out.extend(lines);
    }
    out
}

#[test]
fn identities_are_those_that_are_written_down() {
    let file = project().join("fixtures/identities.txt");
    let now = identities();
    if std::env::var_os("SOCLINT_WRITE_IDENTITIES").is_some() && std::env::var_os("CI").is_none() {
        std::fs::write(&file, &now).expect("a file can be written");
    }
    let known = std::fs::read_to_string(&file).unwrap_or_default();
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<BTreeSet<String>>();
    let (known, now) = (lines(&known), lines(&now));
    let gone: Vec<&String> = known.difference(&now).collect();
    let new: Vec<&String> = now.difference(&known).collect();
    assert!(
        gone.is_empty() && new.is_empty(),
        "if findings were meant to come or go, set SOCLINT_WRITE_IDENTITIES and run the test again; a finding that stays \
         has to keep its fingerprint.\ngone: {gone:#?}\nnew: {new:#?}"
    );
}
