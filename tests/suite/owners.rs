//! Whose a finding is, and what `--owner` reports.

use crate::tool::{self, AS_OF, run, soclint, stderr, stdout, write};
use serde_json::Value;
use std::path::Path;
use std::process::Output;

fn estate(files: &[(&str, &str)]) -> tempfile::TempDir {
    let root = tempfile::tempdir().expect("a folder");
    for (path, text) in files {
        write(root.path(), path, text);
    }
    root
}

/// An error about a service: a direct effect on users' books, and no report for it.
fn wrong(id: &str, owner: &str) -> String {
    format!("services.{id} = {{ financial-impact = \"direct\", owner = \"{owner}\" }}\n")
}

fn in_folder(root: &Path, args: &[&str]) -> Output {
    run(soclint().args(args).args(["--as-of", AS_OF]).current_dir(root))
}

fn check(root: &Path, args: &[&str]) -> Output {
    in_folder(root, &[&["check", "--format", "concise"], args].concat())
}

/// The subject and the owner of each finding.
fn owned(root: &Path, args: &[&str]) -> Vec<(String, Option<String>)> {
    let output = in_folder(root, &[&["check", "--format", "json"], args].concat());
    let document: Value = serde_json::from_str(&stdout(&output)).unwrap_or_else(|_| panic!("{}", stderr(&output)));
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let findings = tool::findings(&document).iter();
    findings
        .map(|finding| (text(&finding["subject"]).expect("a subject"), text(&finding["owner"])))
        .collect()
}

fn owner_of(root: &Path, subject: &str) -> Option<String> {
    let all = owned(root, &[]);
    let found = all.iter().find(|(found, _)| found == subject);
    found
        .unwrap_or_else(|| panic!("no finding about {subject}: {all:?}"))
        .1
        .clone()
}

#[test]
fn an_owner_is_the_entitys_own_else_its_profiles_else_its_files() {
    let nhi = "kind = \"api-key\"\ncredential = \"static-secret\"\nstore = \"chat\"\n";
    let root = estate(&[
        (
            "a/scope.toml",
            &format!(
                "owner = \"team-file\"\nprofiles.p = {{ owner = \"team-profile\", knid = 1 }}\n\
                 [identities.own]\nowner = \"team-own\"\nprofile = \"p\"\n{nhi}[identities.of-profile]\nprofile = \"p\"\n{nhi}\
                 [identities.of-file]\n{nhi}[reports.r]\nframework = \"soc2\"\ntype = 3\n[owners]\nx = 1\n"
            ),
        ),
        (
            "b/scope.toml",
            &format!(
                "titel = 1\n[identities.nobodys]\n{nhi}[services.unread]\nfinancial-impact = \"direct\"\nowner = 7\n"
            ),
        ),
        (
            "c/scope.toml",
            "owner = \"team-c\"\ntitel = 1\nservices.s = { financial-impact = \"direct\", owner = 7 }\n",
        ),
    ]);
    for (subject, owner) in [
        ("identities.own", Some("team-own")),
        ("identities.of-profile", Some("team-profile")),
        ("identities.of-file", Some("team-file")),
        ("profiles.p", Some("team-profile")),
        ("reports.r", Some("team-file")),
        ("identities.nobodys", None),
        ("services.unread", None),
        // A file is its own owner's, and one that could not be read is unknown, not the file's.
        ("c/scope.toml", Some("team-c")),
        ("b/scope.toml", None),
        ("services.s", None),
    ] {
        assert_eq!(owner_of(root.path(), subject).as_deref(), owner, "{subject}");
    }
}

#[test]
fn an_owner_is_called_as_it_is_declared_else_by_its_bare_name() {
    let pay = "namespace = \"pay\"\n";
    let files = |declared: &str| {
        estate(&[
            ("scope.toml", &(wrong("a", "pay/team") + declared)),
            (
                "pay/scope.toml",
                &(pay.to_owned() + &wrong("b", "team") + &wrong("c", "/team")),
            ),
        ])
    };
    let root = files("");
    for subject in ["services.a", "pay/services.b", "pay/services.c"] {
        assert_eq!(owner_of(root.path(), subject).as_deref(), Some("team"), "{subject}");
    }
    let root = files("[owners.team]\n[owners.x]\n");
    assert_eq!(owner_of(root.path(), "pay/services.b").as_deref(), Some("team"));
    // Not declared, and reported as such.
    assert_eq!(owner_of(root.path(), "services.a").as_deref(), Some("pay/team"));
    write(
        root.path(),
        "pay/owners.scope.toml",
        "namespace = \"pay\"\n[owners.team]\n",
    );
    assert_eq!(owner_of(root.path(), "pay/services.b").as_deref(), Some("pay/team"));
    assert_eq!(owner_of(root.path(), "services.a").as_deref(), Some("pay/team"));
    let subjects = |owner: &str| {
        owned(
            root.path(),
            &["--owner", owner, "--select", "financial-impact-without-icfr-report"],
        )
    };
    let is_of = |owner: &str, subject: &str| subjects(owner).iter().any(|(found, _)| found == subject);
    assert!(is_of("pay/team", "pay/services.b") && is_of("pay/team", "services.a"));
    assert!(!is_of("/team", "pay/services.b") && !is_of("team", "pay/services.b"));
}

#[test]
fn a_waiver_is_its_owners_else_its_files() {
    let waiver = "[[waivers]]\nrule = \"stale-report\"\nsubject = \"services.a\"\nreason = \"for a reason\"\nexpires = 2026-12-01\n\
                  approved-by = \"ciso\"\n";
    let root = estate(&[
        ("a/scope.toml", &format!("{waiver}owner = \"team-own\"\n")),
        (
            "b/scope.toml",
            &format!("owner = \"team-b\"\n{}", waiver.replace("services.a", "services.b")),
        ),
        ("soclint.toml", &waiver.replace("services.a", "services.c")),
    ]);
    for (id, owner) in [("a", Some("team-own")), ("b", Some("team-b")), ("c", None)] {
        let subject = format!("waivers(stale-report, services.{id})");
        assert_eq!(owner_of(root.path(), &subject).as_deref(), owner, "{id}");
    }
}

#[test]
fn the_owner_of_a_profile_approves_no_waiver_of_it() {
    let state = |approver: &str| {
        let waiver = format!(
            "[[waivers]]\nrule = \"rotation-date-shared\"\nsubject = \"profiles.p\"\nreason = \"for a reason\"\n\
             expires = 2026-12-01\nowner = \"team-a\"\napproved-by = \"{approver}\"\n"
        );
        let profile = "profiles.p = { credential = \"static-secret\", owner = \"team-p\" }\n";
        let root = estate(&[("scope.toml", &(profile.to_owned() + &waiver))]);
        let shown = stdout(&in_folder(root.path(), &["waivers", "--format", "json"]));
        let waivers: Value = serde_json::from_str(&shown).expect("JSON");
        waivers[0]["state"].as_str().expect("a state").to_owned()
    };
    assert_eq!(state("team-p"), "invalid");
    assert_eq!(state("ciso"), "unused");
}

#[test]
fn a_named_owner_narrows_what_is_reported_and_what_fails() {
    let root = estate(&[
        ("soclint.toml", ""),
        ("pay/scope.toml", &(wrong("a", "team-a") + &wrong("b", "team-b"))),
        (
            "hr/scope.toml",
            &(wrong("c", "team-a") + "services.d = { exposure = \"internal\", owner = \"team-d\" }\n"),
        ),
    ]);
    let subjects = |args: &[&str]| {
        owned(root.path(), args)
            .into_iter()
            .map(|(subject, _)| subject)
            .collect::<Vec<_>>()
    };
    assert_eq!(subjects(&["--owner", "team-a"]), ["services.c", "services.a"]);
    assert_eq!(subjects(&["--owner", "team-b"]), ["services.b"]);
    assert_eq!(subjects(&["--owner", "team-a", "--owner", "team-b"]).len(), 3);
    assert_eq!(subjects(&["--owner", "team-a,team-b"]).len(), 3);
    assert_eq!(
        subjects(&["--owner", "team-a", "pay"]),
        ["services.a"],
        "of what was named"
    );
    let output = check(root.path(), &["--owner", "team-d"]);
    assert_eq!(
        (output.status.code(), stdout(&output).lines().count()),
        (Some(0), 1),
        "{}",
        stdout(&output)
    );
    for (args, told) in [
        (
            &["--owner", "team-a"][..],
            "2 errors, 0 warnings and 0 notes in 2 manifests, narrowed to the owner `team-a` (4 entities",
        ),
        (
            &["--owner", "team-b,team-a"],
            "in 2 manifests, narrowed to the owners `team-a` and `team-b` (4",
        ),
        (
            &["--owner", "team-a", "pay"],
            "in 1 of 2 manifests, narrowed to the given paths and to the owner `team-a` (4",
        ),
    ] {
        let output = check(root.path(), args);
        assert_eq!(output.status.code(), Some(1), "{args:?}");
        assert!(stdout(&output).contains(told), "{}", stdout(&output));
    }
    let output = in_folder(root.path(), &["check", "--format", "json", "--owner", "team-b"]);
    let document: Value = serde_json::from_str(&stdout(&output)).expect("JSON");
    assert_eq!(document["summary"]["owners"], serde_json::json!(["team-b"]));
    assert!(document["summary"].get("named").is_none());
}

#[test]
fn what_could_not_be_read_is_never_narrowed_away() {
    let root = estate(&[
        (
            "a/scope.toml",
            "services.a = { exposure = \"internal\", owner = \"team-a\" }\n",
        ),
        (
            "b/scope.toml",
            "owner = \"team-b\"\nservices.b = { exposrue = \"internal\" }\n",
        ),
    ]);
    let output = check(root.path(), &["--owner", "team-a"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stdout(&output).starts_with("b/scope.toml:2:"), "{}", stdout(&output));
    let pretty = in_folder(root.path(), &["check", "--owner", "team-a", "--quiet"]);
    assert_eq!(
        stdout(&pretty).lines().count(),
        1,
        "a line is enough for what belongs to others"
    );
    let pretty = in_folder(root.path(), &["check", "--owner", "team-b", "--quiet"]);
    assert!(stdout(&pretty).contains("\n  owner: team-b\n"), "{}", stdout(&pretty));
}

#[test]
fn a_name_that_is_no_owner_is_an_error_with_the_nearest() {
    let declared = "[owners.team-payments]\n[owners.team-x]\n[owners.person-a]\n";
    let in_namespace = "namespace = \"hr\"\n[owners.team-people]\n";
    let files = [("scope.toml", declared), ("hr/scope.toml", in_namespace)];
    let root = estate(&files);
    for (owner, said) in [
        (
            "team-paymnts",
            "there is no owner `team-paymnts`; did you mean `team-payments`?",
        ),
        (
            "team-people",
            "there is no owner `team-people`; did you mean `hr/team-people`?",
        ),
        ("hr/team-poeple", "did you mean `hr/team-people`?"),
        (
            "somebody",
            "there is no owner `somebody`; the estate has `hr/team-people`, `person-a`, `team-payments` and `team-x`",
        ),
        ("", "there is no owner ``; the estate has"),
    ] {
        for command in [&["check"][..], &["waivers"], &["forecast", "--until", "2027-01-01"]] {
            let output = in_folder(root.path(), &[command, &["--owner", owner]].concat());
            assert_eq!(output.status.code(), Some(2), "{command:?} {owner}");
            assert!(
                stderr(&output).contains(said) && stdout(&output).is_empty(),
                "{}",
                stderr(&output)
            );
        }
    }
    for owner in ["team-x", "/team-x", "hr/team-people"] {
        assert_eq!(
            check(root.path(), &["--owner", owner]).status.code(),
            Some(0),
            "{owner}"
        );
    }
    // It may be declared where nothing could be read, and that is what fails the run.
    write(
        root.path(),
        "hr/owners.scope.toml",
        "namespace = \"hr\"\n[owners.team-new\n",
    );
    let output = check(root.path(), &["--owner", "team-new"]);
    assert!(
        stdout(&output).starts_with("hr/owners.scope.toml:2:"),
        "{}",
        stderr(&output)
    );
    let bare = estate(&[("scope.toml", "services.a = { exposure = \"internal\" }\n")]);
    let output = check(bare.path(), &["--owner", "team-x"]);
    assert!(
        stderr(&output).contains("the estate declares no owner"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn what_is_not_the_named_owners_is_not_fixed() {
    let misspelt =
        |id: &str, owner: &str| format!("services.{id} = {{ exposrue = \"internal\", owner = \"{owner}\" }}\n");
    let root = estate(&[("scope.toml", &(misspelt("a", "team-a") + &misspelt("b", "team-b")))]);
    let output = check(root.path(), &["--fix", "--owner", "team-a"]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    let text = std::fs::read_to_string(root.path().join("scope.toml")).expect("text");
    assert_eq!(
        text,
        misspelt("a", "team-a").replace("exposrue", "exposure") + &misspelt("b", "team-b")
    );
}

#[test]
fn an_upload_for_one_owner_closes_no_alert_of_another() {
    let root = estate(&[("scope.toml", &(wrong("a", "team-a") + &wrong("b", "team: b")))]);
    let id = |args: &[&str]| {
        let output = in_folder(root.path(), &[&["check", "--format", "sarif"], args].concat());
        let document: Value = serde_json::from_str(&stdout(&output)).expect("JSON");
        let id = &document["runs"][0]["automationDetails"]["id"];
        id.as_str().expect("an id").to_owned()
    };
    assert_eq!(id(&["--owner", "team-a"]), "soclint/owners:team-a/");
    assert_eq!(id(&["--owner", "/team-a"]), "soclint/owners:team-a/");
    assert_eq!(id(&["--owner", "team: b"]), "soclint/owners:team%3A b/");
}

#[test]
fn every_format_but_concise_names_the_owner() {
    let root = estate(&[(
        "scope.toml",
        &(wrong("a", "team-a") + "services.b = { financial-impact = \"direct\" }\n"),
    )]);
    for (format, owner) in [
        ("pretty", "\n  owner: team-a\n"),
        ("json", "\"owner\": \"team-a\""),
        ("sarif", "\"owner\":\"team-a\""),
        ("github", "%0AOwner: team-a%0A"),
        ("gitlab", ". Owner: team-a\""),
        ("junit", "\nowner: team-a\n"),
        ("markdown", "| `services.a` | `team-a` |"),
    ] {
        let shown = stdout(&in_folder(root.path(), &["check", "--format", format]));
        assert_eq!(shown.matches(owner).count(), 1, "{format}: {shown}");
    }
    assert!(!stdout(&check(root.path(), &[])).contains("team-a"));
}

#[test]
fn a_forecast_names_the_owner_and_is_narrowed_to_it() {
    let identity = |id: &str, owner: &str| {
        format!(
            "[identities.{id}]\nkind = \"api-key\"\nowner = \"{owner}\"\ncredential = \"static-secret\"\nstore = \"vault\"\n\
             rotation = {{ every = \"90d\", last = 2026-09-01, mode = \"manual\", evidence = \"https://x.example.com\" }}\n"
        )
    };
    let root = estate(&[("scope.toml", &(identity("a", "team-a") + &identity("b", "team-b")))]);
    for format in ["table", "json", "markdown", "ics"] {
        let shown = |args: &[&str]| {
            let fixed = ["forecast", "--until", "2027-01-01", "--format", format];
            stdout(&in_folder(root.path(), &[&fixed, args].concat()))
        };
        assert!(
            shown(&[]).contains("team-a") && shown(&[]).contains("team-b"),
            "{format}: {}",
            shown(&[])
        );
        let narrowed = shown(&["--owner", "team-a"]);
        assert!(
            narrowed.contains("identities.a") && narrowed.contains("team-a"),
            "{format}: {narrowed}"
        );
        assert!(!narrowed.contains("identities.b"), "{format}: {narrowed}");
    }
}

#[test]
fn waivers_and_exemptions_are_narrowed_to_an_owner() {
    for (estate, list, owner) in [
        ("brackwater-custody", &[][..], "team-funds"),
        ("talervik-pay", &["--exemptions"], "team-platform"),
    ] {
        let estate = tool::project().join("fixtures/estates").join(estate);
        let rows = |args: &[&str]| -> Vec<String> {
            let shown = stdout(&in_folder(&estate, &[&["waivers"], list, args].concat()));
            let rows = shown.lines().skip(1).filter(|line| !line.starts_with(' '));
            rows.map(|row| row.split_whitespace().collect::<Vec<_>>().join(" "))
                .collect()
        };
        let (all, narrowed) = (rows(&[]), rows(&["--owner", owner]));
        let is_theirs = |row: &&String| row.contains(&format!(" {owner} "));
        let theirs: Vec<String> = all.iter().filter(is_theirs).cloned().collect();
        assert!(!theirs.is_empty() && theirs.len() < all.len(), "{all:#?}");
        assert_eq!(narrowed, theirs);
    }
}

/// A name is one line, whatever is in it, and begins no command of a log.
#[test]
fn a_name_is_only_a_name() {
    let name = "x\n::error::y\u{1b}[31m";
    let root = estate(&[("scope.toml", &wrong("a", "x\\n::error::y\\u001b[31m"))]);
    for format in ["pretty", "concise", "github", "junit", "markdown"] {
        let shown = stdout(&in_folder(root.path(), &["check", "--format", format, "--owner", name]));
        assert!(!shown.contains('\u{1b}'), "{format}: {shown}");
        assert!(
            !shown.lines().any(|line| line.trim_start().starts_with("::error::y")),
            "{format}: {shown}"
        );
    }
    let output = check(root.path(), &["--owner", "\u{1b}[31m"]);
    assert!(!stderr(&output).contains('\u{1b}'), "{}", stderr(&output));
}
