//! Upcoming findings: each with its first day, and never a failure.

use super::{call, estate, identity, json, manifest, printed, refused, rows, waiver};
use crate::tool::{self, AS_OF, project, soclint, stdout, write};
use serde_json::Value;
use soclint::{Choice, Session, Severity};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::Instant;

/// `day severity rule subject` of each finding that a forecast tells.
pub(super) fn forecast(root: &Path, until: &str, args: &[&str]) -> Vec<String> {
    let text = printed(
        root,
        &[
            &["forecast", "--format", "json", "--as-of", AS_OF, "--until", until],
            args,
        ]
        .concat(),
    );
    let document: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(
        (&document["as-of"], &document["until"]),
        (&Value::from(AS_OF), &Value::from(until))
    );
    let of = |finding: &Value, key: &str| finding[key].as_str().expect("text").to_owned();
    let findings = document["findings"].as_array().expect("a list").iter();
    findings
        .map(|finding| {
            format!(
                "{} {} {} {}",
                of(finding, "from"),
                of(finding, "severity"),
                of(finding, "rule"),
                of(finding, "subject")
            )
        })
        .collect()
}

/// Whether something is found on a day; the forecast has to agree with the check.
fn is_found(root: &Path, day: &str, rule: &str) -> bool {
    rows(&json(root, &["--as-of", day]), "findings")
        .iter()
        .any(|row| row.contains(&format!(" {rule} ")) && !row.starts_with("note"))
}

#[test]
fn each_thing_that_lapses_is_told_with_its_first_day() {
    let key = "owner = \"team\"\n[identities.key]\nkind = \"api-key\"\ncredential = \"static-secret\"\nstore = \"vault\"\nenvironments = \"test\"\n\
        rotation = { every = \"90d\", last = 2026-09-01, evidence = \"https://x.example.com\" }\nreview = { last = 2026-02-28, every = \"12mo\", evidence = \"https://x.example.com\" }\n\
        offboarding = { trigger = \"retired\", evidence = \"https://x.example.com\" }\n";
    let report = "[services.a]\nclaims = \"r\"\nexposure = \"internal\"\n[reports.r]\nframework = \"soc2\"\ntype = 2\ncategories = \"security\"\nissued = 2026-02-10\nauditor = \"X\"\nopinion = \"unmodified\"\nreadiness = \"https://x.example.com\"\nperiod = { from = 2025-01-01, to = 2025-12-31 }\ncovers = \"a\"\nsystem-description = { evidence = \"https://x.example.com\", sections = [\"infrastructure\", \"software\", \"people\", \"procedures\", \"data\"] }\n";
    let certificate = "[services.a]\nclaims = \"c\"\nexposure = \"internal\"\n[certificates.c]\nframework = \"iso27001\"\nedition = \"2022\"\nscope-statement = \"All of it\"\nstatement-of-applicability = \"3\"\nbody = \"X\"\nexpires = 2027-02-28\ncovers = \"a\"\n";
    let privilege = "owner = \"team\"\n[identities.root]\nkind = \"bot\"\ncredential = \"federated\"\naccess = { service = \"a\", actions = \"admin\" }\nprivilege = { reason = \"The only way in\", approved-by = \"person-ciso\", expires = 2026-12-24 }\nreview = { last = 2026-09-28, evidence = \"https://x.example.com\" }\nmonitoring = { evidence = \"https://x.example.com\" }\noffboarding = { trigger = \"retired\", evidence = \"https://x.example.com\" }\n[services.a]\nexposure = \"internal\"\n";
    let party = "[services.a]\nexposure = \"internal\"\n[third-parties.cloud]\nrole = \"subservice-organization\"\nmethod = \"carve-out\"\nsupports = \"a\"\ncsocs-not-needed = \"None\"\nreview = { last = 2026-03-31, every = \"6mo\" , evidence = \"https://x.example.com\" }\n";
    let waived = manifest(&["a"]) + &waiver("identities.a");
    let waived = waived.as_str();
    let cases: [(&str, &str, &str, &str); 7] = [
        (key, "nhi-rotation-overdue", "2026-11-30", "2026-12-01"),
        (key, "nhi-without-access-review", "2027-02-28", "2027-03-01"),
        (report, "stale-report", "2026-12-31", "2027-01-01"),
        (certificate, "certificate-expired", "2027-02-28", "2027-03-01"),
        (privilege, "nhi-excessive-privilege", "2026-12-24", "2026-12-25"),
        (waived, "nhi-without-monitoring", "2026-12-31", "2027-01-01"),
        (waived, "waiver-invalid", "2026-12-31", "2027-01-01"),
    ];
    for (text, rule, last, first) in cases {
        let root = estate(&[("scope.toml", text)]);
        assert!(
            !is_found(root.path(), last, rule) && is_found(root.path(), first, rule),
            "{rule} is not found from {first} on"
        );
        let told = forecast(root.path(), "2027-06-30", &[]);
        let of_rule: Vec<&String> = told.iter().filter(|row| row.contains(&format!(" {rule} "))).collect();
        assert!(of_rule.len() == 1 && of_rule[0].starts_with(first), "{rule}: {told:?}");
        let until = |day| {
            forecast(root.path(), day, &[])
                .iter()
                .any(|row| row.contains(&format!(" {rule} ")))
        };
        assert!(!until(last) && until(first), "{rule}: the last day counts");
    }
    let root = estate(&[("scope.toml", party)]);
    let told = forecast(root.path(), "2026-10-31", &[]);
    assert!(
        told.is_empty() || told.iter().all(|row| row.as_str() > AS_OF),
        "{told:?}"
    );
}

#[test]
fn what_will_be_a_note_is_not_told() {
    let text = manifest(&["a"]) + &waiver("identities.a");
    for (severity, told) in [("warning", 1), ("note", 0)] {
        let config = format!("[rules]\nnhi-without-monitoring = \"{severity}\"\nwaiver-invalid = \"off\"\n");
        let root = estate(&[("scope.toml", &text), ("soclint.toml", &config)]);
        let rows = forecast(root.path(), "2027-06-30", &[]);
        assert_eq!(rows.len(), told, "{severity}: {rows:?}");
    }
}

#[test]
fn an_old_risk_assessment_is_told_though_nothing_rests_on_it_for_long() {
    let assessed = "owner = \"team\"\n[evidence.risks-2026]\nkind = \"risk-assessment\"\nat = \"https://x.example.com\"\ncollected = 2026-02-10\n";
    let certificate = "[certificates.c]\nframework = \"iso27001\"\nexpires = 2027-03-01\n";
    let config = "[rules]\nrisk-assessment-missing = \"warning\"\ncertificate-incomplete = \"off\"\n";
    let text = format!("{assessed}{certificate}");
    let root = estate(&[("scope.toml", &text), ("soclint.toml", config)]);
    let rule = "risk-assessment-missing";
    for (day, found) in [
        ("2027-02-10", false),
        ("2027-02-11", true),
        ("2027-03-01", true),
        ("2027-03-02", false),
    ] {
        assert_eq!(is_found(root.path(), day, rule), found, "{day}");
    }
    let told = |until| forecast(root.path(), until, &[]);
    let first = "2027-02-11 warning risk-assessment-missing evidence.risks-2026";
    assert_eq!(told("2027-06-30"), [first]);
    assert_eq!(told("2027-02-11"), [first]);
    assert_eq!(told("2027-02-10"), Vec::<String>::new());
}

#[test]
fn criteria_without_controls_are_told_from_the_middle_of_the_period() {
    let report = "[reports.r]\nframework = \"soc2\"\ntype = 2\nstatus = \"in-progress\"\nperiod = { from = 2026-07-01, to = 2027-06-30 }\ncriteria = [\"CC6.1\", \"CC6.2\"]\nreadiness = \"https://x.example.com\"\n";
    let control =
        "[controls.c]\ncriteria = \"CC6.1\"\nreports = \"r\"\ndesign = \"https://x.example.com\"\nevery = \"3y\"\n";
    let text = format!("{report}{control}");
    let root = estate(&[("scope.toml", &text)]);
    let rule = "criterion-without-control";
    // Day 183 of 365 is the first that is half of it or more.
    assert!(!is_found(root.path(), "2026-12-29", rule) && is_found(root.path(), "2026-12-30", rule));
    let told = forecast(root.path(), "2027-07-31", &[]);
    let of_rule: Vec<&String> = told.iter().filter(|row| row.contains(rule)).collect();
    assert_eq!(of_rule, ["2026-12-30 warning criterion-without-control reports.r"]);
}

#[test]
fn what_grows_graver_is_told_though_it_is_known_today() {
    // Half a year after its period the successor is no longer expected.
    let text = "[services.a]\nclaims = \"r\"\nexposure = \"internal\"\n\
        [reports.r]\nframework = \"soc2\"\ntype = 2\ncategories = \"security\"\nissued = 2025-10-10\nauditor = \"X\"\nopinion = \"unmodified\"\nreadiness = \"https://x.example.com\"\nperiod = { from = 2024-09-01, to = 2025-08-31 }\ncovers = \"a\"\nsystem-description = { evidence = \"https://x.example.com\", sections = [\"infrastructure\", \"software\", \"people\", \"procedures\", \"data\"] }\n\
        [reports.next]\nframework = \"soc2\"\ntype = 2\nstatus = \"in-progress\"\ncategories = \"security\"\nperiod = { from = 2025-09-01, to = 2026-06-30 }\ncovers = \"a\"\n";
    let root = estate(&[("scope.toml", text)]);
    let today = rows(&json(root.path(), &["--as-of", AS_OF]), "findings");
    assert_eq!(today.len(), 1, "{today:?}");
    assert!(today[0].starts_with("note stale-report "), "{today:?}");
    assert_eq!(
        forecast(root.path(), "2027-06-30", &[]),
        ["2026-12-31 warning stale-report reports.r"]
    );
    assert!(!is_found(root.path(), "2026-12-30", "stale-report"));
    assert!(is_found(root.path(), "2026-12-31", "stale-report"));
}

#[test]
fn findings_that_are_known_by_the_same_are_told_each() {
    let text = manifest(&["a"]) + &waiver("identities.a") + &waiver("identities.a");
    let root = estate(&[("scope.toml", &text)]);
    let rows = forecast(root.path(), "2027-06-30", &[]);
    let of_waivers = rows.iter().filter(|row| row.contains(" waiver-invalid "));
    assert_eq!(of_waivers.count(), 2, "{rows:?}");
}

#[test]
fn what_begins_on_the_day_on_which_another_ends_is_told() {
    let text =
        manifest(&["b", "a"]) + "retired = 2026-11-15\n" + &waiver("identities.b").replace("2026-12-31", "2026-11-14");
    let root = estate(&[
        ("scope.toml", text.as_str()),
        ("soclint.toml", "[rules]\nwaiver-invalid = \"off\"\n"),
    ]);
    let rows = forecast(root.path(), "2026-12-31", &[]);
    assert!(rows.len() == 1 && rows[0].starts_with("2026-11-15"), "{rows:?}");
}

#[test]
fn a_forecast_tells_exactly_what_the_checks_of_the_days_between_find() {
    for (name, days) in [("brackwater-custody", 100), ("talervik-pay", 40)] {
        let root = project().join("fixtures/estates").join(name);
        let key = |finding: &Value| format!("{} {}", finding["rule"], finding["subject"]);
        let session = Session::of_folder(&root).expect("an estate");
        let failing = |day: jiff::civil::Date| -> BTreeSet<String> {
            let checked = session.check(day, &Choice::default());
            let failing = checked
                .outcome
                .findings
                .iter()
                .filter(|finding| finding.severity > Severity::Note);
            failing
                .map(|finding| format!("\"{}\" {}", finding.rule, Value::from(finding.subject.as_str())))
                .collect()
        };
        let today: jiff::civil::Date = AS_OF.parse().expect("a date");
        let now = failing(today);
        let printed_now = json(&root, &[]);
        let printed_now = tool::findings(&printed_now)
            .iter()
            .filter(|finding| finding["severity"] != "note");
        assert_eq!(printed_now.map(key).collect::<BTreeSet<_>>(), now, "{name}");
        let mut expected: BTreeMap<String, String> = BTreeMap::new();
        let mut day = today;
        for _ in 0..days {
            day = day.tomorrow().expect("a day");
            for finding in failing(day).difference(&now) {
                expected.entry(finding.clone()).or_insert_with(|| day.to_string());
            }
        }
        let text = printed(
            &root,
            &[
                "forecast",
                "--format",
                "json",
                "--as-of",
                AS_OF,
                "--until",
                &day.to_string(),
            ],
        );
        let document: Value = serde_json::from_str(&text).expect("JSON");
        let findings = tool::findings(&document)
            .iter()
            .filter(|finding| !now.contains(&key(finding)));
        let mut told: BTreeMap<String, String> = BTreeMap::new();
        for finding in findings {
            told.entry(key(finding))
                .or_insert_with(|| finding["from"].as_str().expect("text").to_owned());
        }
        assert_eq!(told, expected, "{name}");
    }
}

#[test]
fn what_comes_and_goes_before_the_last_day_is_told() {
    let text = "owner = \"team\"\n[identities.key]\nkind = \"api-key\"\ncredential = \"static-secret\"\nstore = \"vault\"\nenvironments = \"test\"\nretired = 2026-11-15\n\
        rotation = { every = \"30d\", last = 2026-09-30, evidence = \"https://x.example.com\" }\nreview = { last = 2026-08-01, evidence = \"https://x.example.com\" }\n\
        offboarding = { trigger = \"retired\", evidence = \"https://x.example.com\" }\n";
    let root = estate(&[("scope.toml", text)]);
    for until in ["2026-11-14", "2026-11-15", "2027-03-01"] {
        assert_eq!(
            forecast(root.path(), until, &[]),
            ["2026-10-31 warning nhi-rotation-overdue identities.key"],
            "{until}"
        );
    }
}

#[test]
fn a_fiscal_year_is_told_though_no_day_of_its_season_is_written_down() {
    let report = |to: &str| {
        format!(
            "[services.a]\nexposure = \"internal\"\nfinancial-impact = \"own-books\"\nuser-entities = {{ fiscal-year-ends = \"12-31\" }}\n\
             [reports.r]\nframework = \"soc1\"\ntype = 2\nperiod = {{ from = 2025-06-01, to = 2026-05-31 }}\nissued = 2026-07-15\nauditor = \"X\"\nopinion = \"unmodified\"\ncovers = \"a\"\n{to}"
        )
    };
    let told = |text: &str, config: &str, until: &str| {
        let root = estate(&[("scope.toml", text), ("soclint.toml", config)]);
        let mut rows = forecast(root.path(), until, &[]);
        rows.retain(|row| row.contains(" user-year-overlap-short "));
        rows
    };
    let begins = |day: &str| vec![format!("{day} warning user-year-overlap-short reports.r")];
    let alone = report("");
    assert_eq!(told(&alone, "", "2026-12-30"), Vec::<String>::new());
    assert_eq!(told(&alone, "", "2026-12-31"), begins("2026-12-31"));
    // When the next year is not yet over, and this one's season is.
    assert_eq!(told(&alone, "", "2027-12-30"), begins("2026-12-31"));
    // A successor makes it a note, until it is no longer expected.
    let coming = report(
        "[reports.next]\nframework = \"soc1\"\ntype = 2\nstatus = \"in-progress\"\nperiod = { from = 2026-06-01, to = 2026-08-31 }\ncovers = \"a\"\n",
    );
    assert_eq!(told(&coming, "", "2027-12-30"), begins("2027-03-01"));
    let short = "[rules.user-year-overlap-short]\nseason = \"1mo\"\n";
    assert_eq!(told(&coming, short, "2027-12-30"), Vec::<String>::new());
    let long = "[rules.user-year-overlap-short]\nseason = \"61d\"\n";
    assert_eq!(told(&coming, long, "2027-12-30"), begins("2027-03-01"));
}

/// Some of these begin and end on days that no file states.
#[test]
fn what_periods_and_audits_become_is_told_with_its_first_day() {
    let service = "[services.a]\nexposure = \"internal\"\nfinancial-impact = \"own-books\"\nclaims = \"r\"\n";
    let issuers = "user-entities = { sec-issuers = true, fiscal-year-ends = \"12-31\" }\n";
    let report = |id: &str, stage: &str, from: &str, to: &str| {
        format!(
            "[reports.{id}]\nframework = \"soc1\"\ntype = 2\n{stage}\nperiod = {{ from = {from}, to = {to} }}\ncovers = \"a\"\n"
        )
    };
    let issued = "issued = 2026-09-15\nauditor = \"X\"\nopinion = \"unmodified\"";
    let under_way = "status = \"in-progress\"";
    let control = |body: &str| format!("[controls.c]\n{body}reports = \"r\"\n");
    let undesigned = control("operating = \"https://x.example.com\"\n");
    let half_yearly = control("design = \"https://x.example.com\"\nevery = \"6mo\"\n");
    let year = report("r", issued, "2025-08-01", "2026-07-31");
    let gap = format!("{service}{issuers}{year}");
    let coming = report("next", under_way, "2026-08-01", "2026-08-31");
    let hole = format!(
        "{service}{year}{}",
        report("next", "status = \"planned\"", "2027-12-01", "2028-11-30")
    );
    let to_june = report("r", under_way, "2026-07-01", "2027-06-30");
    let certificate = "[services.a]\nexposure = \"internal\"\nclaims = \"c\"\n[certificates.c]\nframework = \"iso27001\"\n\
        issued = 2024-09-01\nexpires = 2027-08-31\nsurveillance = 2025-08-01\n";
    let cases = [
        (gap.clone(), "issuer-year-end-gap", "2026-12-31"),
        (format!("{gap}{coming}"), "issuer-year-end-gap", "2027-03-01"),
        (hole, "planned-period-unfit", "2026-12-01"),
        (
            format!("{service}{to_june}{undesigned}"),
            "in-progress-report-unready",
            "2026-12-30",
        ),
        // Two intervals have passed with the period, and the report is no longer expected after six months more.
        (
            format!("{service}{to_june}{half_yearly}"),
            "in-progress-report-unready",
            "2027-07-01",
        ),
        // Recertification takes its place from the end of February on.
        (certificate.to_owned(), "surveillance-overdue", "2026-11-02"),
    ];
    for (text, rule, first) in cases {
        let root = estate(&[("scope.toml", &text)]);
        let told = |until: &str| {
            let mut rows = forecast(root.path(), until, &[]);
            rows.retain(|row| row.contains(&format!(" {rule} ")));
            rows
        };
        for until in [first, "2028-06-30"] {
            let told = told(until);
            let begins = format!("{first} warning");
            assert!(
                told.len() == 1 && told[0].starts_with(&begins),
                "{rule}, until {until}: {told:?}"
            );
        }
        let before: jiff::civil::Date = first.parse().expect("a date");
        let before = before.yesterday().expect("a day before").to_string();
        assert_eq!(told(&before), Vec::<String>::new(), "{rule}");
        let is_found = |day| is_found(root.path(), day, rule);
        assert!(is_found(first) && !is_found(&before), "{rule}");
    }
}

#[test]
fn files_that_a_waiver_or_a_baseline_speaks_of_count_on_later_days_too() {
    let text = "owner = \"team-billing\"\n[controls.c]\ndesign = \"./missing.md\"\n".to_owned()
        + &waiver("controls.c").replace("nhi-without-monitoring", "evidence-missing-file");
    let root = estate(&[("scope.toml", &text)]);
    assert_eq!(
        forecast(root.path(), "2027-03-01", &[]),
        [
            "2027-01-01 error evidence-missing-file controls.c",
            "2027-01-01 error waiver-invalid waivers(evidence-missing-file, controls.c)"
        ]
    );
    let bare = estate(&[(
        "scope.toml",
        "owner = \"team\"\n[controls.c]\ndesign = \"./missing.md\"\n",
    )]);
    printed(
        bare.path(),
        &["baseline", "write", "--as-of", AS_OF, "--until", "2026-11-30"],
    );
    assert_eq!(
        forecast(bare.path(), "2027-03-01", &["--baseline", "soclint-baseline.toml"]),
        ["2026-12-01 error evidence-missing-file controls.c"]
    );
    assert_eq!(
        forecast(bare.path(), "2027-03-01", &[]),
        [] as [String; 0],
        "it is found today"
    );
}

#[test]
fn a_waiver_that_does_not_hold_today_is_not_told_again() {
    let text = manifest(&["a"]) + &waiver("identities.a").replace("approved-by", "ticket");
    let root = estate(&[("scope.toml", &text)]);
    assert_eq!(forecast(root.path(), "2027-06-30", &[]), [] as [String; 0]);
}

#[test]
fn a_horizon_adds_notes_with_their_days_that_fail_nothing() {
    let text =
        manifest(&["a", "b"]) + &waiver("identities.a") + &waiver("identities.b").replace("2026-12-31", "2026-11-30");
    let root = estate(&[("scope.toml", &text)]);
    for (horizon, days) in [
        ("60d", [].as_slice()),
        ("61d", &["2026-12-01", "2026-12-01"]),
        ("3mo", &["2026-12-01", "2026-12-01", "2027-01-01", "2027-01-01"]),
    ] {
        let document = json(root.path(), &["--horizon", horizon, "--fail-on", "note"]);
        let upcoming = document["upcoming"].as_array().expect("a list");
        let from: Vec<&str> = upcoming
            .iter()
            .map(|finding| finding["from"].as_str().expect("text"))
            .collect();
        assert_eq!(from, days, "{horizon}");
        assert!(upcoming.iter().all(|finding| finding["severity"] == "note"));
        assert_eq!(document["findings"], Value::Array(Vec::new()));
        assert_eq!(document["summary"]["upcoming"], days.len());
        assert_eq!(
            (&document["summary"]["notes"], &document["summary"]["failed"]),
            (&Value::from(0), &Value::from(false))
        );
    }
    let output = call(
        root.path(),
        &[
            "check",
            "--as-of",
            AS_OF,
            "--horizon",
            "1y",
            "--fail-on",
            "note",
            "--format",
            "concise",
        ],
    );
    assert_eq!(output.status.code(), Some(0));
    let text = stdout(&output);
    assert!(
        text.contains("note[nhi-without-monitoring] from 2026-12-01 on: `b` counts as production")
            && text.contains("; 2 waived and "),
        "{text}"
    );
    let document = json(root.path(), &[]);
    assert_eq!(document["upcoming"], Value::Array(Vec::new()));
    assert!(
        document["findings"]
            .as_array()
            .expect("a list")
            .iter()
            .all(|finding| finding.get("from").is_none())
    );
}

#[test]
fn a_horizon_obeys_waivers_baselines_and_the_choice_of_rules() {
    let text = manifest(&["a"]) + &waiver("identities.a");
    let root = estate(&[("scope.toml", &text)]);
    let told = |args: &[&str]| rows(&json(root.path(), &[&["--horizon", "1y"], args].concat()), "upcoming");
    let review = "note nhi-without-access-review identities.a";
    let all = [
        "note nhi-without-monitoring identities.a",
        "note waiver-invalid waivers(nhi-without-monitoring, identities.a)",
        review,
    ];
    assert_eq!(told(&[]), all);
    assert_eq!(told(&["--select", "nhi-without-access-review"]), [review]);
    assert_eq!(told(&["--no-waivers"]), [all[1], review], "it is found today");
    write(
        root.path(),
        "soclint.toml",
        "[rules]\nnhi-without-access-review = \"off\"\n",
    );
    assert_eq!(told(&[]), all[..2]);
}

#[test]
fn no_horizon_hangs() {
    let mut text = manifest(&["a"]) + &waiver("identities.a");
    for year in 2027..2200 {
        text.push_str(
            &waiver("identities.a")
                .replace("2026-12-31", &format!("{year}-02-03"))
                .replace("reason", "ticket"),
        );
    }
    let root = estate(&[
        ("scope.toml", &text),
        ("soclint.toml", "[waiver-policy]\nlongest-term = \"999y\"\n"),
    ]);
    let before = Instant::now();
    for horizon in ["1000y", "9999y", "1d"] {
        json(root.path(), &["--horizon", horizon]);
    }
    forecast(root.path(), "9999-12-31", &[]);
    assert!(before.elapsed() < tool::HANGS, "{:?}", before.elapsed());
    assert_eq!(forecast(root.path(), AS_OF, &[]), [] as [String; 0]);
    assert!(refused(root.path(), &["forecast", "--as-of", AS_OF, "--until", "2026-09-30"]).contains("is before"));
    for horizon in ["0d", "60", "-1d", ""] {
        assert_eq!(
            call(root.path(), &["check", "--horizon", horizon]).status.code(),
            Some(2),
            "{horizon}"
        );
    }
    printed(
        root.path(),
        &["forecast", "--as-of", "9999-12-31", "--until", "9999-12-31"],
    );
}

#[test]
fn a_table_and_markdown_tell_the_same_by_day() {
    let root = project().join("fixtures/estates/brackwater-custody");
    let told = forecast(&root, "2027-06-30", &[]);
    assert!(told.len() > 15);
    let mut sorted = told.clone();
    sorted.sort_by(|a, b| a[..10].cmp(&b[..10]));
    assert_eq!(told, sorted, "by day");
    let call = |format: &str| {
        printed(
            &root,
            &[
                "forecast",
                "--as-of",
                AS_OF,
                "--until",
                "2027-06-30",
                "--format",
                format,
            ],
        )
    };
    let table: Vec<String> = call("table")
        .lines()
        .skip(1)
        .map(|line| line.split_whitespace().take(3).collect::<Vec<_>>().join(" "))
        .collect();
    let expected: Vec<String> = told
        .iter()
        .map(|row| row.split(' ').take(3).collect::<Vec<_>>().join(" "))
        .collect();
    assert_eq!(table, expected);
    let markdown = call("markdown");
    let (by_owner, listed) = markdown.split_once("\n\n").expect("two tables");
    let head = ["| owner | errors | warnings | notes |", "| --- | ---: | ---: | ---: |"];
    let rows: Vec<&str> = by_owner.lines().collect();
    assert_eq!(rows[..2], head);
    let counts = rows[2..].iter().flat_map(|row| row.split(" | ").skip(1));
    let counts = counts.map(|count| count.trim_end_matches(" |").parse::<usize>().expect("a number"));
    assert_eq!(counts.sum::<usize>(), told.len());
    let lines: Vec<&str> = listed.lines().collect();
    assert_eq!(
        lines[..2],
        [
            "| from | severity | rule | subject | owner | what | place |",
            "| --- | --- | --- | --- | --- | --- | --- |"
        ]
    );
    assert_eq!(lines.len(), told.len() + 2);
    for (line, row) in lines[2..].iter().zip(&told) {
        assert!(
            line.starts_with(&format!("| {} | ", &row[..10])) && line.ends_with(" |"),
            "{line}"
        );
        assert_eq!(line.replace("\\|", "").matches('|').count(), 8, "{line}");
    }
    let empty = estate(&[("scope.toml", "")]);
    for format in ["table", "markdown"] {
        let text = printed(
            empty.path(),
            &[
                "forecast",
                "--as-of",
                AS_OF,
                "--until",
                "2027-06-30",
                "--format",
                format,
            ],
        );
        assert_eq!(text, "No upcoming findings from 2026-10-01 to 2027-06-30.\n");
    }
}

/// A calendar read as RFC 5545 says: lines unfolded, then names, parameters and values.
fn events(text: &str) -> Vec<BTreeMap<String, String>> {
    assert!(
        text.ends_with("\r\n") && !text.replace("\r\n", "").contains(['\r', '\n']),
        "lines end with CRLF"
    );
    for line in text.split("\r\n") {
        assert!(line.len() <= 75, "{} octets: {line}", line.len());
    }
    let unfolded = text.replace("\r\n ", "");
    let mut lines = unfolded
        .trim_end()
        .split("\r\n")
        .map(|line| line.split_once(':').unwrap_or_else(|| panic!("no value: {line}")));
    assert_eq!(lines.next(), Some(("BEGIN", "VCALENDAR")));
    let mut events = Vec::new();
    let mut current: Option<BTreeMap<String, String>> = None;
    let mut head = BTreeMap::new();
    for (name, value) in lines {
        match (name, value) {
            ("BEGIN", "VEVENT") => assert!(current.replace(BTreeMap::new()).is_none(), "events do not nest"),
            ("END", "VEVENT") => events.push(current.take().expect("an event that began")),
            ("END", "VCALENDAR") => assert!(current.is_none()),
            _ => {
                assert!(
                    name.chars().all(|c| c.is_ascii_uppercase() || "-;=".contains(c)),
                    "{name}"
                );
                let into = current.as_mut().unwrap_or(&mut head);
                assert!(
                    into.insert(name.to_owned(), unescaped(value, name)).is_none(),
                    "{name} twice"
                );
            }
        }
    }
    assert_eq!(head["VERSION"], "2.0");
    assert!(head.contains_key("PRODID"));
    events
}

fn unescaped(value: &str, name: &str) -> String {
    let mut out = String::new();
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('n') => out.push('\n'),
                Some(c @ ('\\' | ';' | ',')) => out.push(c),
                other => panic!("\\{other:?} in {value}"),
            },
            ';' | ',' => {
                assert_eq!(name, "CATEGORIES", "not escaped: {value}");
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

#[test]
fn the_calendar_can_be_imported_and_imported_again() {
    let root = project().join("fixtures/estates/brackwater-custody");
    let ics = |as_of: &str, until: &str| {
        events(&printed(
            &root,
            &["forecast", "--as-of", as_of, "--until", until, "--format", "ics"],
        ))
    };
    let told = forecast(&root, "2027-06-30", &[]);
    let calendar = ics(AS_OF, "2027-06-30");
    assert_eq!(calendar.len(), told.len());
    let mut names = BTreeSet::new();
    for (event, row) in calendar.iter().zip(&told) {
        let words: Vec<&str> = row.splitn(4, ' ').collect();
        assert_eq!(event["DTSTART;VALUE=DATE"], words[0].replace('-', ""));
        let day: jiff::civil::Date = words[0].parse().expect("a date");
        assert_eq!(
            event["DTEND;VALUE=DATE"],
            day.tomorrow().expect("a day").to_string().replace('-', ""),
            "the end is the day after"
        );
        assert_eq!(event["DTSTAMP"], "20261001T000000Z");
        assert_eq!(event["SUMMARY"], format!("{}: {}", words[3], words[2]));
        assert_eq!(event["CATEGORIES"], format!("soclint,{}", words[1]));
        assert!(
            event["DESCRIPTION"].contains(".toml:") && event["DESCRIPTION"].contains("\nTo do: "),
            "{event:?}"
        );
        assert!(
            event["UID"].ends_with("@soclint") && event["UID"].is_ascii(),
            "{event:?}"
        );
        names.insert(event["UID"].clone());
    }
    assert_eq!(names.len(), told.len(), "each has a name of its own");
    // The next day's forecast names each event as before.
    let later: BTreeSet<String> = ics("2026-10-05", "2027-06-30")
        .into_iter()
        .map(|event| event["UID"].clone())
        .collect();
    let gone = names.difference(&later).count();
    assert!(
        later.is_subset(&names) && gone == told.iter().filter(|row| row.as_str() < "2026-10-06").count(),
        "{gone}"
    );
    assert!(
        events(&printed(
            estate(&[("scope.toml", "")]).path(),
            &["forecast", "--as-of", AS_OF, "--until", "2027-01-01", "--format", "ics"]
        ))
        .is_empty()
    );
}

#[test]
fn any_text_is_folded_and_escaped_in_a_calendar() {
    let odd = "é; 漢字, \\\\ \\n \\r 🗓".repeat(30);
    let text = manifest(&["a"])
        + &waiver("identities.a").replace("team-billing", &odd)
        + &identity("b")
        + &waiver("identities.b").replace("person-ciso", &odd);
    let root = estate(&[
        ("scope.toml", &text),
        ("odd; name, é.scope.toml", "[services.x]\nexposure = \"internal\"\n"),
    ]);
    let text = printed(
        root.path(),
        &["forecast", "--as-of", AS_OF, "--until", "2027-03-01", "--format", "ics"],
    );
    assert_eq!(events(&text).len(), 4);
}

#[test]
fn threads_and_folders_change_nothing_of_what_is_told() {
    let estate = project().join("fixtures/estates/brackwater-custody");
    let (_elsewhere, copy) = tool::copied_estate("brackwater-custody");
    let calls: [&[&str]; 7] = [
        &["forecast", "--until", "2027-01-31", "--format", "ics"],
        &["forecast", "--until", "2027-01-31", "--format", "json"],
        &["forecast", "--until", "2027-01-31", "--format", "markdown"],
        &["waivers"],
        &["waivers", "--format", "json"],
        &["check", "--horizon", "4mo", "--show-waived"],
        &["check", "--horizon", "4mo", "--format", "sarif", "--show-waived"],
    ];
    for args in calls {
        let print = |root: &Path, threads: &str| {
            stdout(&tool::run(
                soclint()
                    .args(args)
                    .args(["--as-of", AS_OF])
                    .current_dir(root)
                    .env("RAYON_NUM_THREADS", threads),
            ))
        };
        let first = print(&estate, "1");
        assert!(first.len() > 500, "{args:?}");
        assert_eq!(print(&estate, "7"), first, "{args:?}");
        assert_eq!(print(&copy, "2"), first, "{args:?} in another folder");
    }
    let written = |root: &Path| {
        printed(root, &["baseline", "write", "b.toml", "--as-of", AS_OF]);
        std::fs::read_to_string(root.join("b.toml")).expect("a file")
    };
    let first = written(&copy);
    std::fs::remove_file(copy.join("b.toml")).expect("it was there");
    assert_eq!(written(&copy), first);
}
