//! Waivers: which hold, what is shown of them, and that nothing is hidden without a trace.
//!
//! Each reason for which one does not hold has its cases in `fixtures/rules/waiver-invalid`.

use super::{call, concise, estate, identity, json, manifest, printed, rows, waiver};
use crate::tool::{self, AS_OF, stdout};
use serde_json::Value;
use soclint::Choice;
use std::fmt::Write as _;
use std::time::Instant;

fn one_waived() -> tempfile::TempDir {
    let text = manifest(&["a", "b"]) + &waiver("identities.a") + "ticket = \"SEC-7\"\n";
    estate(&[("scope.toml", &text)])
}

#[test]
fn what_is_waived_is_not_printed_and_always_counted() {
    let root = one_waived();
    let text = concise(root.path(), &[]);
    assert_eq!(
        text,
        "scope.toml:9:13: warning[nhi-without-monitoring] `b` counts as production, since it states no environment, and no monitoring of its use is declared\n\
         0 errors, 1 warning and 0 notes in 1 manifest (2 entities declared), as of 2026-10-01, root ., no config: passed: nothing at or above --fail-on error; 1 waived\n"
    );
    let pretty = stdout(&call(root.path(), &["check", "--as-of", AS_OF]));
    assert!(
        !pretty.contains("`a` counts") && pretty.contains("1 waived"),
        "{pretty}"
    );
    let status = |args: &[&str]| {
        call(
            root.path(),
            &[&["check", "--as-of", AS_OF, "--fail-on", "warning"], args].concat(),
        )
        .status
        .code()
    };
    assert_eq!(status(&["--ignore", "nhi-without-human-owner"]), Some(1));
    let alone = estate(&[("scope.toml", &(manifest(&["a"]) + &waiver("identities.a")))]);
    let code = |args: &[&str]| {
        call(
            alone.path(),
            &[&["check", "--as-of", AS_OF, "--fail-on", "note"], args].concat(),
        )
        .status
        .code()
    };
    assert_eq!(code(&[]), Some(0), "what is waived fails nothing");
    assert_eq!(code(&["--show-waived"]), Some(0), "nor does showing it");
    assert_eq!(code(&["--no-waivers"]), Some(1));
}

#[test]
fn json_always_has_what_is_waived_with_its_waiver() {
    let root = one_waived();
    for args in [&[][..], &["--show-waived"]] {
        let document = json(root.path(), args);
        assert_eq!(
            rows(&document, "findings"),
            ["warning nhi-without-monitoring identities.b"]
        );
        assert_eq!(
            rows(&document, "waived"),
            ["warning nhi-without-monitoring identities.a"]
        );
        assert_eq!(document["summary"]["waived"], 1);
        let waiver = &document["waived"][0]["waiver"];
        for (key, value) in [
            ("rule", "nhi-without-monitoring"),
            ("subject", "identities.a"),
            ("reason", "The collector comes in December"),
            ("owner", "team-billing"),
            ("approved-by", "person-ciso"),
            ("expires", "2026-12-31"),
            ("ticket", "SEC-7"),
        ] {
            assert_eq!(waiver[key], value);
        }
        assert_eq!(
            tool::text_at(root.path(), &waiver["location"]),
            "\"nhi-without-monitoring\""
        );
    }
    let document = json(root.path(), &["--no-waivers"]);
    assert_eq!(document["waived"], Value::Array(Vec::new()));
    assert_eq!(rows(&document, "findings").len(), 2);
}

#[test]
fn show_waived_shows_it_in_each_format_for_people() {
    let root = one_waived();
    let text = concise(root.path(), &["--show-waived"]);
    assert!(
        text.contains("scope.toml:2:13: waived warning[nhi-without-monitoring] `a` counts"),
        "{text}"
    );
    let said = "waived until 2026-12-31, approved by person-ciso: The collector comes in December (SEC-7)";
    for graphics in ["0", "1"] {
        let output = tool::run(
            tool::soclint()
                .args(["check", "--as-of", AS_OF, "--show-waived"])
                .current_dir(root.path())
                .env("NO_GRAPHICS", graphics),
        );
        let text = stdout(&output);
        assert!(
            text.contains("waived warning[nhi-without-monitoring]") && text.contains(said),
            "{text}"
        );
    }
}

#[test]
fn sarif_has_it_as_a_suppression_with_its_justification_when_asked() {
    let config = waiver("identities.b");
    let text = manifest(&["a", "b"]) + &waiver("identities.a");
    let root = estate(&[("scope.toml", &text), ("soclint.toml", &config)]);
    let results = |args: &[&str]| -> Vec<Value> {
        let output = call(
            root.path(),
            &[&["check", "--as-of", AS_OF, "--format", "sarif"], args].concat(),
        );
        let document: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        document["runs"][0]["results"].as_array().expect("a list").clone()
    };
    assert!(results(&[]).is_empty());
    let shown = results(&["--show-waived"]);
    assert_eq!(shown.len(), 2);
    for (result, (kind, path)) in shown
        .iter()
        .zip([("inSource", "scope.toml"), ("external", "soclint.toml")])
    {
        let suppression = &result["suppressions"][0];
        assert_eq!(suppression["kind"], kind);
        assert_eq!(suppression["status"], "accepted");
        assert_eq!(
            suppression["justification"],
            "waived until 2026-12-31, approved by person-ciso: The collector comes in December"
        );
        assert_eq!(
            suppression["location"]["physicalLocation"]["artifactLocation"]["uri"],
            path
        );
    }
    let naked = results(&["--no-waivers"]);
    assert!(naked.len() == 2 && naked.iter().all(|result| result.get("suppressions").is_none()));
}

#[test]
fn no_waivers_shows_the_naked_truth_and_what_is_wrong_with_waivers_too() {
    let text = manifest(&["a", "b"])
        + &waiver("identities.a")
        + &waiver("identities.b").replace("approved-by", "ticket")
        + &waiver("identities.c");
    let root = estate(&[("scope.toml", &text)]);
    let with = json(root.path(), &[]);
    assert_eq!(
        rows(&with, "findings"),
        [
            "warning nhi-without-monitoring identities.b",
            "error waiver-invalid waivers(nhi-without-monitoring, identities.b)",
            "note waiver-invalid waivers(nhi-without-monitoring, identities.c)"
        ]
    );
    let without = json(root.path(), &["--no-waivers"]);
    assert_eq!(
        rows(&without, "findings"),
        [
            "warning nhi-without-monitoring identities.a",
            "warning nhi-without-monitoring identities.b",
            "error waiver-invalid waivers(nhi-without-monitoring, identities.b)"
        ]
    );
    assert!(
        call(root.path(), &["check", "--no-waivers", "--show-waived"])
            .status
            .code()
            == Some(2)
    );
}

#[test]
fn one_that_does_not_hold_points_at_itself_and_names_what_came_back() {
    let text = manifest(&["a"]) + &waiver("identities.a").replace("2026-12-31", "2026-09-30");
    let root = estate(&[("scope.toml", &text)]);
    let document = json(root.path(), &[]);
    let finding = tool::findings(&document)
        .iter()
        .find(|finding| finding["rule"] == "waiver-invalid")
        .expect("it is found");
    assert_eq!(tool::text_at(root.path(), &finding["location"]), "2026-09-30");
    assert_eq!(
        finding["message"],
        "the waiver of `nhi-without-monitoring` for `identities.a` is not effective: it expired on 2026-09-30; the finding remains"
    );
    let back = &finding["related"][0];
    assert_eq!(
        back["message"],
        "not suppressed: nhi-without-monitoring of `identities.a`"
    );
    assert_eq!(tool::text_at(root.path(), &back["location"]), "a");
    assert_eq!(rows(&document, "waived"), [] as [String; 0]);
}

#[test]
fn a_bound_of_the_config_is_pointed_at() {
    let cases = [
        ("longest-term = \"1mo\"", "\"1mo\"", "2026-12-31"),
        (
            "not-waivable = [\"stale-report\", \"nhi-without-monitoring\"]",
            "\"nhi-without-monitoring\"",
            "2026-11-01",
        ),
        ("approvers = [\"person-cro\"]", "approvers", "2026-11-01"),
    ];
    for (policy, label, expires) in cases {
        let text = manifest(&["a"]) + &waiver("identities.a").replace("2026-12-31", expires);
        let config = format!("[waiver-policy]\n{policy}\n");
        let root = estate(&[("scope.toml", &text), ("soclint.toml", &config)]);
        let document = json(root.path(), &[]);
        let finding = tool::findings(&document)
            .iter()
            .find(|finding| finding["rule"] == "waiver-invalid")
            .expect("it is found");
        let related = finding["related"].as_array().expect("a list").iter();
        let labels: Vec<String> = related
            .filter(|label| label["location"]["path"] == "soclint.toml")
            .map(|label| tool::text_at(root.path(), &label["location"]))
            .collect();
        assert_eq!(labels, [label], "{policy}");
    }
}

#[test]
fn a_waiver_knows_nothing_of_lines_and_files() {
    let text = manifest(&["a"]) + &waiver("identities.a");
    let moved = format!("# one\n\n\n{}", manifest(&["a"]));
    for files in [
        vec![("scope.toml", text.clone())],
        vec![("x/y.scope.toml", moved), ("z.scope.toml", waiver("identities.a"))],
    ] {
        let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
        let document = json(estate(&files).path(), &[]);
        assert_eq!(
            rows(&document, "waived"),
            ["warning nhi-without-monitoring identities.a"]
        );
        assert_eq!(rows(&document, "findings"), [] as [String; 0]);
    }
}

#[test]
fn a_finding_across_files_is_waived_like_any_other() {
    let provider = "[services.ledger]\nexposure = \"internal\"\n";
    let user = "[services.shop]\nexposure = \"internal\"\nfinancial-impact = \"own-books\"\ncommitments = \"security\"\ndepends-on = \"ledger\"\n";
    let waived = waiver("services.ledger").replace("nhi-without-monitoring", "strongest-dependency-ignored");
    let root = estate(&[
        ("a.scope.toml", provider),
        ("b.scope.toml", user),
        ("c.scope.toml", &waived),
    ]);
    let document = json(root.path(), &[]);
    assert_eq!(
        rows(&document, "waived"),
        ["warning strongest-dependency-ignored services.ledger"]
    );
    assert_eq!(
        rows(&document, "findings"),
        ["warning offering-contradicted services.shop"]
    );
}

#[test]
fn what_could_not_be_read_is_never_waived() {
    for rule in ["invalid-toml", "unknown-key", "non-canonical-spelling", "duplicate-id"] {
        let text = format!(
            "[reports.r]\nframework = \"SOC 2\"\ncolour = 1\n[reports.r]\nx = [\n{}",
            waiver("reports.r").replace("nhi-without-monitoring", rule)
        );
        let root = estate(&[("scope.toml", &text.replace("x = [\n", ""))]);
        let document = json(root.path(), &[]);
        assert_eq!(document["waived"], Value::Array(Vec::new()), "{rule}");
        let found = rows(&document, "findings");
        assert!(
            found.contains(&format!("error waiver-invalid waivers({rule}, reports.r)")),
            "{rule}: {found:?}"
        );
    }
}

#[test]
fn the_owner_of_what_is_waived_may_not_approve_though_there_is_nothing_to_waive() {
    let text = manifest(&["a"])
        + &waiver("identities.a")
            .replace("nhi-without-monitoring", "nhi-rotation-overdue")
            .replace("person-ciso", "team-billing")
            .replace("owner = \"team-billing\"", "owner = \"team-platform\"");
    let root = estate(&[("scope.toml", &text)]);
    let table = printed(root.path(), &["waivers", "--as-of", AS_OF]);
    assert!(
        table.lines().nth(1).unwrap_or_default().starts_with("invalid"),
        "{table}"
    );
}

#[test]
fn below_an_approver_stands_of_whom_it_is_the_only_member() {
    let text = format!(
        "[owners.team-billing]\nkind = \"team\"\nmembers = [\"person-ciso\"]\n[owners.person-ciso]\nkind = \"person\"\n{}",
        waiver("identities.a") + &identity("a")
    );
    let text = format!("owner = \"team-platform\"\n{text}[owners.team-platform]\nkind = \"team\"\n");
    let root = estate(&[("scope.toml", &text)]);
    let shown = stdout(&call(root.path(), &["check", "--as-of", AS_OF, "--format", "pretty"]));
    assert!(shown.contains("── the only member of `team-billing`\n"), "{shown}");
}

#[test]
fn on_its_last_day_a_waiver_that_does_not_hold_is_invalid_and_then_expired() {
    let text = manifest(&["a"]) + &waiver("identities.a").replace("person-ciso", "team-billing");
    let root = estate(&[("scope.toml", &text)]);
    for (day, state) in [("2026-12-31", "invalid"), ("2027-01-01", "expired")] {
        let table = printed(root.path(), &["waivers", "--as-of", day]);
        let line = table.lines().nth(1).unwrap_or_default();
        assert!(line.starts_with(state), "{day}: {table}");
    }
}

#[test]
fn the_list_has_state_approver_expiry_and_what_each_holds_back() {
    let text = manifest(&["a", "b", "c"])
        + &waiver("identities.a").replace("2026-12-31", "2026-10-20")
        + &waiver("identities.b").replace("2026-12-31", "2026-09-30")
        + &waiver("identities.c").replace("person-ciso", "team-billing")
        + &waiver("identities.d")
        + &waiver("identities.e").replace("2026-12-31", "2026-02-30");
    let root = estate(&[("scope.toml", &text), ("soclint.toml", &waiver("identities.a*"))]);
    let table = printed(root.path(), &["waivers", "--as-of", AS_OF, "--allow-empty"]);
    let lines: Vec<&str> = table.lines().collect();
    assert!(lines[0].starts_with("state     expires"), "{table}");
    let states: Vec<&str> = lines[1..]
        .iter()
        .filter(|line| !line.starts_with(' '))
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    assert_eq!(
        states,
        ["unread", "expired", "active", "invalid", "unused", "shadowed"],
        "{table}"
    );
    assert!(table.contains("expired   2026-09-30 (1 day ago)"), "{table}");
    assert!(table.contains("active    2026-10-20 (in 19 days)"), "{table}");

    let listed = |args: &[&str]| -> Vec<Value> {
        let text = printed(
            root.path(),
            &[&["waivers", "--as-of", AS_OF, "--format", "json"], args].concat(),
        );
        serde_json::from_str::<Value>(&text)
            .expect("JSON")
            .as_array()
            .expect("a list")
            .clone()
    };
    let all = listed(&[]);
    assert_eq!(all.len(), 6);
    let first = all
        .iter()
        .find(|waiver| waiver["subject"] == "identities.a")
        .expect("it is listed");
    assert_eq!(first["holds-back"], serde_json::json!(["identities.a"]));
    assert_eq!(first["days-left"], 19);
    assert_eq!(first["approved-by"], "person-ciso");
    assert_eq!(first["path"], "scope.toml");
    let subjects = |waivers: &[Value]| -> Vec<String> {
        waivers
            .iter()
            .map(|waiver| waiver["subject"].as_str().expect("text").to_owned())
            .collect()
    };
    assert_eq!(subjects(&listed(&["--expiring", "18d"])), ["identities.b"]);
    assert_eq!(
        subjects(&listed(&["--expiring", "19d"])),
        ["identities.b", "identities.a"],
        "the day counts"
    );
    assert_eq!(subjects(&listed(&["--expiring", "3mo"])).len(), 5, "all that say when");
    assert_eq!(
        printed(estate(&[("scope.toml", "")]).path(), &["waivers", "--as-of", AS_OF]),
        "no waivers\n"
    );
    assert_eq!(
        printed(root.path(), &["waivers", "--as-of", "2026-08-01", "--expiring", "1d"]),
        "no waivers\n"
    );
}

#[test]
fn a_waiver_behind_another_says_so_and_holds_when_that_one_ends() {
    let text = manifest(&["a", "b"])
        + &waiver("identities.a").replace("2026-12-31", "2026-10-20")
        + &waiver("identities.*").replace("identities.*", "identities.a*")
        + &waiver("identities.a");
    let root = estate(&[("scope.toml", &text)]);
    let listed = |day: &str| -> Vec<String> {
        let text = printed(root.path(), &["waivers", "--as-of", day, "--format", "json"]);
        let list: Value = serde_json::from_str(&text).expect("JSON");
        let waivers = list.as_array().expect("a list").iter();
        let told = waivers.map(|waiver| {
            format!(
                "{} {} {} {}",
                waiver["line"], waiver["state"], waiver["holds-back"], waiver["behind"]
            )
        });
        let mut told: Vec<String> = told.collect();
        told.sort();
        told
    };
    let line = |nth: usize| {
        let found = text.lines().enumerate().filter(|(_, line)| line.starts_with("rule = "));
        found.map(|(at, _)| at + 1).nth(nth).expect("a waiver")
    };
    let (first, second, third) = (line(0), line(1), line(2));
    let mut today = vec![
        format!("{first} \"active\" [\"identities.a\"] null"),
        format!("{second} \"shadowed\" [] \"scope.toml:{first}\""),
        format!("{third} \"shadowed\" [] \"scope.toml:{first}\""),
    ];
    today.sort();
    assert_eq!(listed(AS_OF), today);
    let mut later = vec![
        format!("{first} \"expired\" [] null"),
        format!("{second} \"active\" [\"identities.a\"] null"),
        format!("{third} \"shadowed\" [] \"scope.toml:{second}\""),
    ];
    later.sort();
    assert_eq!(listed("2026-10-21"), later);
    let table = printed(root.path(), &["waivers", "--as-of", AS_OF]);
    assert_eq!(
        table
            .matches(&format!("\n  already suppressed by scope.toml:{first}\n"))
            .count(),
        2,
        "{table}"
    );
}

#[test]
fn a_waiver_of_ten_thousand_stars_and_ten_thousand_waivers_take_no_time() {
    let stars = "identities.".to_owned() + &"a*".repeat(10_000) + "b";
    let long = "a".repeat(20_000);
    let mut text = manifest(&[&long]) + &waiver(&stars);
    for n in 0..10_000 {
        text.push_str(&waiver(&format!("identities.x{n}*")));
    }
    let _ = writeln!(
        text,
        "{}ticket = \"{}\"",
        waiver("identities.y").replace("team-billing", &"w".repeat(200_000)),
        "t".repeat(200_000)
    );
    let root = estate(&[("scope.toml", &text)]);
    let before = Instant::now();
    let document = json(root.path(), &[]);
    assert_eq!(document["summary"]["notes"], 10_002);
    let table = printed(root.path(), &["waivers", "--as-of", AS_OF]);
    assert!(
        table.len() < 10_000_000,
        "one long text does not widen every row: {}",
        table.len()
    );
    assert!(before.elapsed() < tool::HANGS, "{:?}", before.elapsed());
}

#[test]
fn waivers_that_are_not_compared_with_all_findings_say_so_and_hold_nothing_back() {
    let one = |n: usize| {
        format!(
            "[services.sx{n}x]\n[[waivers]]\nrule = \"unclaimed-service\"\nsubject = \"services.*x{n}x*\"\nreason = \"It comes later\"\n\
             owner = \"a\"\napproved-by = \"b\"\nexpires = 2026-12-31\n"
        )
    };
    let checked = |count: usize| {
        let root = estate(&[("scope.toml", &(0..count).map(one).collect::<String>())]);
        let outcome = tool::checked(root.path(), AS_OF, &Choice::default()).outcome;
        let invalid = outcome
            .findings
            .iter()
            .filter(|finding| finding.rule == "waiver-invalid");
        let untold = invalid.filter(|finding| finding.message.contains("than can be compared"));
        (untold.count(), outcome.waived.len())
    };
    assert_eq!(checked(300), (0, 300));
    // Twenty million comparisons are 3,333 waivers of six thousand findings.
    assert_eq!(checked(6_000), (6_000 - 3_333, 3_333));
}

#[test]
fn names_in_tables_and_calendars_cannot_steer_a_terminal() {
    let nasty = "\\u001b[31mred\\u202e\\r\\n| x |\\u0007";
    let text = manifest(&["a"])
        + &waiver("identities.a")
            .replace("team-billing", nasty)
            .replace("person-ciso", &format!("{nasty}-2"))
            .replace("The collector", nasty)
        + &waiver(&format!("identities.{nasty}"));
    let root = estate(&[("scope.toml", &text)]);
    let calls: [&[&str]; 8] = [
        &["waivers", "--as-of", AS_OF],
        &["waivers", "--as-of", AS_OF, "--format", "json"],
        &["forecast", "--as-of", AS_OF, "--until", "2027-02-01"],
        &[
            "forecast",
            "--as-of",
            AS_OF,
            "--until",
            "2027-02-01",
            "--format",
            "markdown",
        ],
        &[
            "forecast",
            "--as-of",
            AS_OF,
            "--until",
            "2027-02-01",
            "--format",
            "json",
        ],
        &["check", "--as-of", AS_OF, "--horizon", "1y", "--show-waived"],
        &["check", "--as-of", AS_OF, "--show-waived", "--format", "concise"],
        &["config"],
    ];
    for args in calls {
        let text = printed(root.path(), args);
        let bad = text
            .chars()
            .find(|c| (c.is_control() && *c != '\n') || ('\u{202a}'..='\u{202e}').contains(c));
        assert_eq!(bad, None, "{args:?}: {text}");
    }
    let ics = printed(
        root.path(),
        &["forecast", "--as-of", AS_OF, "--until", "2027-02-01", "--format", "ics"],
    );
    assert!(
        ics.chars().all(|c| !c.is_control() || c == '\r' || c == '\n') && !ics.contains('\u{202e}'),
        "{ics}"
    );
}

#[test]
fn a_waiver_of_a_turned_off_rule_waives_nothing() {
    let text = manifest(&["a"]) + &waiver("identities.a");
    let root = estate(&[
        ("scope.toml", &text),
        ("soclint.toml", "[rules]\nnhi-without-monitoring = \"off\"\n"),
    ]);
    let document = json(root.path(), &[]);
    assert_eq!(
        rows(&document, "findings"),
        ["note waiver-invalid waivers(nhi-without-monitoring, identities.a)"]
    );
}

#[test]
fn narrowing_to_a_path_or_a_rule_changes_no_fate() {
    let root = estate(&[
        ("a/scope.toml", &manifest(&["a"])),
        ("b/scope.toml", &(manifest(&["b"]) + &waiver("identities.a"))),
        ("soclint.toml", ""),
    ]);
    let only = json(root.path(), &["a"]);
    assert_eq!((rows(&only, "findings").len(), rows(&only, "waived").len()), (0, 1));
    let other = json(root.path(), &["b"]);
    assert_eq!((rows(&other, "findings").len(), rows(&other, "waived").len()), (1, 0));
    let ruled = json(root.path(), &["--select", "stale-report"]);
    assert_eq!(
        (rows(&ruled, "findings").len(), rows(&ruled, "waived").len()),
        (0, 0),
        "an unasked rule's waiver is not unused"
    );
}
