//! `soclint timeline --plan`: the way to a first report or certificate.

use crate::timeline::{estate, events, timeline, validator};
use crate::tool::{self, run, soclint, stderr, stdout, write};
use serde_json::Value;
use std::path::Path;

const TARGETS: [&str; 4] = ["soc1", "soc2", "isae3402", "iso27001"];

fn plan(root: &Path, target: &str, args: &[&str]) -> Value {
    let output = timeline(
        root,
        &[&["--plan", target, "--start", "2027-01-04", "--format", "json"], args].concat(),
        &[],
    );
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    serde_json::from_str(&stdout(&output)).expect("JSON")
}

fn steps(plan: &Value) -> &[Value] {
    plan["steps"].as_array().expect("steps")
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_else(|| panic!("{key} in {value}"))
}

/// What is declared by the end of each step, as a manifest.
fn declared(plan: &Value) -> Vec<(String, String)> {
    let mut lines: Vec<(String, String)> = Vec::new();
    let of_step = |step: &Value| {
        for line in step["declare"].as_array().expect("lines") {
            let (key, value) = (text(line, "key").to_owned(), text(line, "value").to_owned());
            lines.retain(|(known, _)| *known != key);
            lines.push((key, value));
        }
        let manifest: Vec<String> = lines.iter().map(|(key, value)| format!("{key} = {value}\n")).collect();
        (text(step, "declare-by").to_owned(), manifest.concat())
    };
    let mut steps: Vec<&Value> = steps(plan).iter().collect();
    steps.sort_by_key(|step| text(step, "declare-by"));
    steps.into_iter().map(of_step).collect()
}

#[test]
fn what_a_plan_declares_is_read_and_is_no_error_at_any_step() {
    let nowhere = tempfile::tempdir().expect("a folder");
    for target in TARGETS {
        let plan = plan(nowhere.path(), target, &[]);
        let mut number = 0;
        for (day, manifest) in declared(&plan) {
            let root = tempfile::tempdir().expect("a folder");
            write(root.path(), "scope.toml", &manifest);
            let document = tool::check_json(root.path(), &day);
            let findings = tool::findings(&document).iter();
            let errors: Vec<String> = findings
                .filter(|finding| finding["severity"] == "error")
                .map(|finding| format!("{}: {}", finding["rule"], finding["message"]))
                .collect();
            assert!(
                errors.is_empty(),
                "{target}, step {number}, {day}: {errors:?}\n{manifest}"
            );
            let reading: Vec<&Value> = tool::findings(&document)
                .iter()
                .filter(|finding| READING.contains(&text(finding, "rule")))
                .collect();
            assert!(reading.is_empty(), "{target}, step {number}: {reading:?}\n{manifest}");
            number += 1;
        }
        assert!(number >= 8, "{target}");
    }
}

const READING: [&str; 13] = [
    "invalid-toml",
    "not-utf8",
    "unreadable-file",
    "unknown-key",
    "unknown-value",
    "wrong-type",
    "missing-key",
    "duplicate-id",
    "unknown-reference",
    "invalid-id",
    "invalid-date",
    "invalid-duration",
    "non-canonical-spelling",
];

#[test]
fn steps_follow_one_another_and_rest_on_what_is_known() {
    let root = estate();
    for target in TARGETS {
        let plan = plan(root.path(), target, &[]);
        let mut before = "2027-01-04";
        for step in steps(&plan) {
            let (from, to) = (text(step, "from"), text(step, "to"));
            assert!(before <= from && from <= to, "{step}");
            assert!((from..=to).contains(&text(step, "declare-by")), "{step}");
            assert!(!step["involved"].as_array().expect("a list").is_empty());
            for reference in step["references"].as_array().expect("a list") {
                let known = run(soclint().args(["explain", reference.as_str().expect("a reference")]));
                assert_eq!(known.status.code(), Some(0), "{reference}");
            }
            let length = text(step, "length").to_lowercase();
            let is_typical = step["typical"].as_bool().expect("a boolean");
            assert!(is_typical || !length.contains("typical"), "{step}");
            before = from;
        }
        let about = plan["about"].to_string();
        assert!(
            about.contains("two to four months with fewer than a hundred people"),
            "{about}"
        );
    }
    // In the cycle of a certificate: a year, a calendar year, and three years.
    let plan = plan(root.path(), "iso27001", &[]);
    let step = |name: &str| steps(&plan).iter().find(|step| step["step"] == name).expect("a step");
    let value = |step: &Value, key: &str| {
        let lines = step["declare"].as_array().expect("lines").clone();
        let line = lines
            .into_iter()
            .find(|line| text(line, "key").ends_with(key))
            .expect("a key");
        text(&line, "value").to_owned()
    };
    let certificate = step("Certificate");
    let (issued, expires) = (value(certificate, ".issued"), value(certificate, ".expires"));
    assert_eq!((issued.as_str(), expires.as_str()), ("2027-07-04", "2030-07-03"));
    assert_eq!(text(step("First surveillance audit"), "to"), "2028-07-04");
    assert_eq!(text(step("Second surveillance audit"), "to"), "2029-07-04");
    assert_eq!(text(step("Recertification"), "to"), expires);
}

/// The period that a plan has, and what is said of the years of readers.
fn period(plan: &Value) -> (&str, &str) {
    let step = steps(plan)
        .iter()
        .find(|step| step["step"] == "The period")
        .expect("a period");
    (text(step, "from"), text(step, "to"))
}

#[test]
fn a_period_is_fitted_to_the_years_of_its_readers_as_rules_judge_it() {
    let ends = ["12-31", "09-30", "06-30", "03-31", "02-end", "01-31"];
    let mut unfit = 0;
    for (at, end) in ends.iter().enumerate() {
        for more in &ends[at..] {
            let both = if end == more {
                format!("\"{end}\"")
            } else {
                format!("[\"{end}\", \"{more}\"]")
            };
            let service = format!(
                "[services.pay]\nfinancial-impact = \"direct\"\nuser-entities = {{ fiscal-year-ends = {both} }}\n"
            );
            let root = tempfile::tempdir().expect("a folder");
            write(root.path(), "scope.toml", &service);
            for target in ["soc1", "isae3402"] {
                let plan = plan(root.path(), target, &[]);
                let (from, to) = period(&plan);
                let planned = format!(
                    "{service}[reports.r]\nframework = \"{target}\"\ntype = 2\nstatus = \"planned\"\ncovers = \"pay\"\nperiod = {{ from = {from}, to = {to} }}\n"
                );
                let judged = tempfile::tempdir().expect("a folder");
                write(judged.path(), "scope.toml", &planned);
                let document = tool::check_json_with(judged.path(), "2027-01-04", &["planned-period-unfit"]);
                let years = plan["years"].as_array().expect("years");
                let is_fit = years.iter().all(|year| year["enough"] == true);
                assert_eq!(
                    tool::findings(&document).is_empty(),
                    is_fit,
                    "{end} {more}: {from} to {to}"
                );
                let notes = plan["notes"].to_string();
                assert_eq!(notes.contains("unfit for services.pay"), !is_fit, "{notes}");
                unfit += usize::from(!is_fit);
                assert!(!years.is_empty());
            }
        }
    }
    // One who cannot be served is told so, and few are: with a year to begin in, most are.
    assert!(unfit < 8, "{unfit}");
    let nothing = tempfile::tempdir().expect("a folder");
    let plan = plan(nothing.path(), "soc1", &[]);
    assert_eq!(period(&plan), ("2027-05-01", "2027-10-31"));
    assert!(
        plan["notes"]
            .to_string()
            .contains("no fiscal year-end of user entities is declared")
    );
}

#[test]
fn a_plan_is_drafted_in_each_format_and_says_what_it_lacks() {
    let root = estate();
    let ask = |args: &[&str]| {
        timeline(
            root.path(),
            &[&["--plan", "soc2", "--start", "2027-01-04"], args].concat(),
            &[],
        )
    };
    let shown = stdout(&ask(&["--service", "pay"]));
    assert!(shown.contains("services.pay.commitments = \"security\""), "{shown}");
    assert!(
        shown.contains("┄┄┄") && shown.contains("1. Scoping and categories: 2027-01-04 to 2027-01-17"),
        "{shown}"
    );
    let markdown = stdout(&ask(&["--format", "markdown"]));
    assert!(markdown.contains("```toml\nservices.my-service."), "{markdown}");
    let calendar = events(&stdout(&ask(&["--format", "ics"])));
    assert_eq!(calendar.len(), 8);
    for (args, why) in [
        (&["--plan", "soc1"][..], "--start"),
        (&["--start", "2027-01-04"], "--plan"),
        (&["--plan", "soc3", "--start", "2027-01-04"], "soc1"),
        (
            &["--plan", "soc1", "--start", "2027-01-04", "--from", "2027-01-01"],
            "--from",
        ),
    ] {
        let output = timeline(root.path(), args, &[]);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(stderr(&output).contains(why), "{args:?}: {}", stderr(&output));
    }
    let narrated = stdout(&timeline(
        root.path(),
        &["--plan", "iso27001", "--start", "2027-01-04"],
        &[("NO_GRAPHICS", "1")],
    ));
    assert!(
        !narrated.contains('┄') && narrated.contains("7. Certificate: "),
        "{narrated}"
    );
}

#[test]
fn json_is_as_its_schema_says() {
    let root = estate();
    let of_plans = validator("timeline-plan");
    for target in TARGETS {
        let plan = plan(root.path(), target, &[]);
        let wrong: Vec<String> = of_plans.iter_errors(&plan).map(|error| error.to_string()).collect();
        assert!(wrong.is_empty(), "{target}: {wrong:?}");
    }
    assert!(!of_plans.is_valid(&serde_json::json!({ "version": 1 })));
}
