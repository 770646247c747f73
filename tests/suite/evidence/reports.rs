//! A report that is said to be on its way, and states what only an issued one has.

use super::{Estate, Found};
use crate::tool::{self, run, soclint};

const RULE: &str = "impossible-report-dates";

fn report(status: &str, more: &str) -> String {
    format!(
        "[services.s]\nfinancial-impact = \"direct\"\nclaims = {{ report = \"r\", for = \"financial-statement-audit\" }}\n\
         [reports.r]\nframework = \"soc1\"\ntype = 2\nperiod = {{ from = 2025-07-01, to = 2026-06-30 }}\nstatus = \"{status}\"\n\
         auditor = \"X\"\ncovers = \"s\"\n{more}"
    )
}

fn found(manifest: &str) -> Vec<Found> {
    Estate::of(manifest).found()
}

fn of_rule<'f>(found: &'f [Found], rule: &str) -> Vec<&'f Found> {
    found.iter().filter(|found| found.rule == rule).collect()
}

#[test]
fn what_only_an_issued_report_has_makes_its_status_impossible() {
    for status in ["planned", "in-progress"] {
        for more in [
            "issued = 2026-08-15\n",
            "issued = 2026-10-01\n",
            "issued = 2026-06-30\n",
            "opinion = \"unmodified\"\n",
            "opinion = \"adverse\"\n",
            "opinion = \"disclaimer\"\nissued = 2026-12-01\n",
            "opinion = \"qualified\"\nissued = 2026-08-15\n",
        ] {
            let found = found(&report(status, more));
            let [finding] = of_rule(&found, RULE)[..] else {
                panic!("{status}, {more}: {found:#?}");
            };
            assert_eq!(finding.severity, "error");
            let declared = status.replace('-', " ");
            assert!(
                finding
                    .message
                    .contains(&format!("is declared as {declared}, but states")),
                "{}",
                finding.message
            );
        }
    }
}

#[test]
fn what_is_really_on_its_way_is_none_of_its_business() {
    for (status, more) in [
        ("planned", ""),
        ("in-progress", ""),
        ("planned", "issued = 2026-10-02\n"),
        ("in-progress", "issued = 2027-01-15\n"),
        ("planned", "readiness = \"https://x.example/r\"\n"),
        ("withdrawn", "issued = 2026-08-15\nopinion = \"adverse\"\n"),
        ("issued", "issued = 2026-08-15\nopinion = \"unmodified\"\n"),
    ] {
        let found = found(&report(status, more));
        assert!(of_rule(&found, RULE).is_empty(), "{status}, {more}: {found:#?}");
    }
    // What could not be read is no statement, and no absence either.
    for more in ["opinion = \"good\"\n", "issued = 2026-02-30\n"] {
        let found = found(&report("planned", more));
        assert!(of_rule(&found, RULE).is_empty(), "{more}: {found:#?}");
        assert!(
            of_rule(&found, "financial-impact-without-icfr-report").is_empty(),
            "{more}: {found:#?}"
        );
    }
    // Nor is a certificate.
    let certificate =
        "[certificates.c]\nframework = \"iso27001\"\nedition = \"2022\"\nstatus = \"planned\"\nissued = 2025-05-01\n";
    assert!(of_rule(&found(certificate), RULE).is_empty());
}

#[test]
fn it_is_judged_as_issued_everywhere() {
    for status in ["planned", "in-progress"] {
        for (rule, more) in [
            (
                "modified-opinion-relied-on",
                "opinion = \"adverse\"\nissued = 2026-08-15\n",
            ),
            ("report-incomplete", "opinion = \"unmodified\"\n"),
            (
                "report-without-system-description",
                "opinion = \"unmodified\"\nissued = 2026-08-15\n",
            ),
            (
                "readiness-not-evidenced",
                "opinion = \"unmodified\"\nissued = 2026-08-15\n",
            ),
            (
                "report-without-objectives",
                "opinion = \"unmodified\"\nissued = 2026-08-15\n[controls.c]\nowner = \"t\"\nreports = \"r\"\n",
            ),
            (
                "type-2-control-without-operating-evidence",
                "issued = 2026-08-15\n[controls.c]\nowner = \"t\"\nreports = \"r\"\n",
            ),
        ] {
            let coming = found(&report(status, more));
            let issued = found(&report("issued", more));
            let told = |found: &[Found]| {
                of_rule(found, rule)
                    .iter()
                    .map(|found| found.severity.clone())
                    .collect::<Vec<_>>()
            };
            assert!(!told(&issued).is_empty(), "{rule}: {issued:#?}");
            assert_eq!(told(&coming), told(&issued), "{rule}, {status}");
        }
        // It counts as an issued report does, and no note says that it is upcoming.
        let found = found(&report(status, "issued = 2026-08-15\nopinion = \"unmodified\"\n"));
        assert!(
            of_rule(&found, "financial-impact-without-icfr-report").is_empty(),
            "{found:#?}"
        );
    }
}

#[test]
fn it_is_said_ahead_on_the_day_on_which_it_begins() {
    let estate = Estate::of(&report("in-progress", "issued = 2026-11-15\n"));
    let output = run(soclint()
        .args([
            "check",
            "--horizon",
            "3mo",
            "--format",
            "json",
            "--as-of",
            tool::AS_OF,
            "--root",
        ])
        .arg(estate.root()));
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let upcoming = json["upcoming"].as_array().expect("a list").iter();
    let days: Vec<&str> = upcoming
        .filter(|finding| finding["rule"] == RULE)
        .map(|finding| finding["from"].as_str().expect("a day"))
        .collect();
    assert_eq!(days, ["2026-11-15"]);
    assert!(super::found_in(&json).iter().all(|found| found.rule != RULE));
}
