//! The company in mid-adoption: what becomes of each finding, as its WHY.md says.

use crate::tool::{self, AS_OF, project, run, soclint, stdout};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::PathBuf;

const BASELINE: &str = "soclint-baseline.toml";

type Row = (String, String, String, String);

fn folder() -> PathBuf {
    project().join("fixtures/estates/brackwater-custody")
}

fn tables() -> Vec<Vec<String>> {
    let why = std::fs::read_to_string(folder().join("WHY.md")).expect("WHY.md");
    let rows = why.lines().filter(|line| line.starts_with("| "));
    rows.map(|line| {
        line.trim_matches('|')
            .split('|')
            .map(|cell| cell.trim().to_owned())
            .collect()
    })
    .collect()
}

/// Severity, rule, subject and fate of each finding that is explained.
fn explained() -> Vec<Row> {
    let rows = tables()
        .into_iter()
        .filter(|cells| ["error", "warning", "note"].contains(&cells[0].as_str()));
    let mut rows: Vec<Row> = rows
        .map(|cells| {
            assert!(cells.len() == 5 && cells[4].len() >= 15, "no reason in {cells:?}");
            (cells[0].clone(), cells[1].clone(), cells[2].clone(), cells[3].clone())
        })
        .collect();
    rows.sort();
    rows
}

fn checked(args: &[&str]) -> Value {
    let output = run(soclint()
        .args(["check", "--format", "json", "--as-of", AS_OF])
        .args(args)
        .current_dir(folder()));
    assert!(matches!(output.status.code(), Some(0 | 1)), "{}", tool::stderr(&output));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

fn rows(document: &Value, list: &str, fate: &str) -> Vec<Row> {
    let text = |finding: &Value, key: &str| finding[key].as_str().expect("text").to_owned();
    let findings = document[list].as_array().expect("a list").iter();
    findings
        .map(|finding| {
            (
                text(finding, "severity"),
                text(finding, "rule"),
                text(finding, "subject"),
                fate.to_owned(),
            )
        })
        .collect()
}

#[test]
fn each_finding_meets_the_fate_that_is_written_down() {
    let document = checked(&["--baseline", BASELINE]);
    let mut found: Vec<Row> = [("findings", "shown"), ("waived", "waived"), ("baselined", "baseline")]
        .into_iter()
        .flat_map(|(list, fate)| rows(&document, list, fate))
        .collect();
    found.sort();
    let explained: Vec<Row> = explained().into_iter().filter(|row| row.3 != "off").collect();
    let missing: Vec<&Row> = explained.iter().filter(|row| !found.contains(row)).collect();
    let more: Vec<&Row> = found.iter().filter(|row| !explained.contains(row)).collect();
    assert!(
        missing.is_empty() && more.is_empty(),
        "not so: {missing:#?}\nnot explained: {more:#?}"
    );
    assert_eq!(found.len(), explained.len());
    let fates = |fate: &str| found.iter().filter(|row| row.3 == fate).count();
    let why = std::fs::read_to_string(folder().join("WHY.md")).expect("WHY.md");
    let sums = format!(
        "Shown {}, waived {}, baseline {}: {} found.",
        fates("shown"),
        fates("waived"),
        fates("baseline"),
        found.len()
    );
    assert!(why.contains(&sums), "{sums}");
    assert_eq!(document["baseline"]["resolved"], serde_json::json!([]));
    assert_eq!(document["summary"]["failed"], true);
}

#[test]
fn what_is_off_is_found_without_the_severities_of_the_config() {
    let copy = tempfile::tempdir().expect("a folder");
    tool::copy_folder(&folder(), copy.path());
    let config = std::fs::read_to_string(copy.path().join("soclint.toml")).expect("the config");
    let config: String = config
        .split_inclusive('\n')
        .filter(|line| !line.contains("= \"off\"") || line.contains("nhi-without-monitoring"))
        .collect();
    let config = config.replace(", nhi-without-offboarding = \"off\"", "");
    tool::write(copy.path(), "soclint.toml", config);
    let output = run(soclint()
        .args(["check", "--format", "json", "--as-of", AS_OF])
        .current_dir(copy.path()));
    let document: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let found = rows(&document, "findings", "off");
    let off: Vec<Row> = explained().into_iter().filter(|row| row.3 == "off").collect();
    assert_eq!(off.len(), 2);
    for row in off {
        assert!(found.contains(&row), "{row:?}");
    }
}

#[test]
fn the_baseline_is_what_the_program_writes_of_these_findings() {
    let copy = tempfile::tempdir().expect("a folder");
    tool::copy_folder(&folder(), copy.path());
    let kept = std::fs::read_to_string(folder().join(BASELINE)).expect("the baseline");
    std::fs::remove_file(copy.path().join(BASELINE)).expect("it was there");
    let output = run(soclint()
        .args(["baseline", "write", "--as-of", AS_OF])
        .current_dir(copy.path()));
    assert_eq!(output.status.code(), Some(0), "{}", tool::stderr(&output));
    let written = std::fs::read_to_string(copy.path().join(BASELINE)).expect("it is written");
    let entries = |text: &str| -> Vec<String> {
        text.split("[[findings]]")
            .skip(1)
            .map(|entry| entry.trim().to_owned())
            .collect()
    };
    let (kept_entries, all) = (entries(&kept), entries(&written));
    assert_eq!(kept_entries.len(), 8);
    for entry in &kept_entries {
        assert!(all.contains(entry), "{entry}");
    }
    let mut sorted = kept_entries.clone();
    sorted.sort();
    assert_eq!(kept_entries, sorted);
    let head = |text: &str| text.split("version").next().unwrap_or_default().to_owned();
    assert_eq!(head(&kept), head(&written));
}

#[test]
fn each_waiver_stands_as_is_written_down() {
    let output = run(soclint()
        .args(["waivers", "--format", "json", "--as-of", AS_OF])
        .current_dir(folder()));
    let listed: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let listed = listed.as_array().expect("a list");
    let text = |waiver: &Value, key: &str| waiver[key].as_str().expect("text").to_owned();
    let mut found: BTreeMap<(String, String, String), (String, String)> = BTreeMap::new();
    for waiver in listed {
        found.insert(
            (text(waiver, "path"), text(waiver, "rule"), text(waiver, "subject")),
            (text(waiver, "state"), text(waiver, "expires")),
        );
    }
    let rows: Vec<Vec<String>> = tables()
        .into_iter()
        .filter(|cells| cells.len() == 5 && cells[0].ends_with(".toml"))
        .collect();
    assert_eq!(rows.len(), listed.len());
    for row in rows {
        let (state, expires) = found
            .get(&(row[0].clone(), row[1].clone(), row[2].clone()))
            .unwrap_or_else(|| panic!("{row:?} is not listed"));
        assert!(row[3].starts_with(state.as_str()), "{row:?} is {state}");
        assert_eq!(&row[4], expires);
    }
    let soon = run(soclint()
        .args(["waivers", "--expiring", "30d", "--format", "json", "--as-of", AS_OF])
        .current_dir(folder()));
    let soon: Value = serde_json::from_slice(&soon.stdout).expect("JSON");
    let active: Vec<&Value> = soon
        .as_array()
        .expect("a list")
        .iter()
        .filter(|waiver| waiver["state"] == "active")
        .map(|waiver| &waiver["subject"])
        .collect();
    assert_eq!(
        active,
        [
            "custody/identities.corporate-actions",
            "custody/identities.message-gateway"
        ]
    );
}

#[test]
fn a_horizon_shows_the_waivers_that_end_in_it() {
    let document = checked(&["--baseline", BASELINE, "--horizon", "30d"]);
    let upcoming: Vec<String> = document["upcoming"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|finding| {
            format!(
                "{} {}",
                finding["from"].as_str().expect("text"),
                finding["subject"].as_str().expect("text")
            )
        })
        .collect();
    for expected in [
        "2026-10-02 custody/identities.corporate-actions",
        "2026-10-16 custody/identities.message-gateway",
    ] {
        assert!(upcoming.contains(&expected.to_owned()), "{upcoming:?}");
    }
    let without = checked(&["--baseline", BASELINE]);
    assert_eq!(document["summary"]["failed"], without["summary"]["failed"]);
}

#[test]
fn nothing_is_hidden_without_a_trace() {
    let naked = checked(&["--no-waivers"]);
    let document = checked(&["--baseline", BASELINE]);
    let count = |document: &Value, list: &str| document[list].as_array().expect("a list").len();
    // A waiver that holds nothing back is not a finding of its own with `--no-waivers`.
    let unused = rows(&document, "findings", "")
        .iter()
        .filter(|row| row.0 == "note" && row.1 == "waiver-invalid")
        .count();
    // A finding that yields is named by the one it yields to, and is shown by itself where that one is suppressed.
    let yielded = |document: &Value| -> usize {
        let findings = document["findings"].as_array().expect("a list").iter();
        findings
            .filter_map(|finding| finding["precedes"].as_array())
            .map(Vec::len)
            .sum()
    };
    assert_eq!(
        count(&naked, "findings") + yielded(&naked) + unused,
        count(&document, "findings") + count(&document, "waived") + count(&document, "baselined") + yielded(&document)
    );
    let shown = stdout(&run(soclint()
        .args(["check", "--as-of", AS_OF, "--baseline", BASELINE, "--format", "concise"])
        .current_dir(folder())));
    assert!(
        shown.ends_with("; 5 waived and 8 in the baseline\nby the config: 2 findings turned off and 2 lowered\n"),
        "{shown}"
    );
}
