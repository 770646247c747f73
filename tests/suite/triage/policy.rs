//! What a config may not hide: keys that are fixed, exemptions, and bounds of baselines.

use super::{call, estate, json, printed, refused, rows};
use crate::tool::{AS_OF, stderr, stdout, write};
use serde_json::Value;
use std::path::Path;

/// A config that fixes keys, beside one that extends it and says `nearer`.
fn chain(fixed: &str, farther: &str, nearer: &str) -> tempfile::TempDir {
    let farther = format!("final = [{fixed}]\n{farther}");
    let nearer = format!("extends = \"org/soclint.toml\"\n{nearer}");
    let root = estate(&[
        ("org/base.toml", ""),
        ("org/soclint.toml", &farther),
        ("soclint.toml", &nearer),
        ("scope.toml", "[services.a]\nexposure = \"internal\"\n"),
    ]);
    std::fs::create_dir(root.path().join(".git")).expect("a folder");
    root
}

fn check(root: &Path) -> std::process::Output {
    call(root, &["check", "--as-of", AS_OF])
}

#[test]
fn a_nearer_config_cannot_loosen_what_is_fixed() {
    let cases = [
        ("fail-on", "fail-on = \"warning\"", "fail-on = \"error\"", 2),
        ("fail-on", "", "fail-on = \"never\"", 2),
        (
            "rules.modified-opinion-relied-on",
            "",
            "[rules]\nmodified-opinion-relied-on = \"warning\"",
            3,
        ),
        (
            "rules.stale-report",
            "[rules]\nstale-report = \"error\"",
            "[rules.stale-report]\nseverity = \"warning\"",
            3,
        ),
        ("rules.stale-report", "", "[rules.stale-report]\nlongest = \"13mo\"", 3),
        ("rules.coverage-gap", "", "[rules.coverage-gap]\ntolerate = \"1d\"", 3),
        (
            "rules.user-year-overlap-short",
            "",
            "[rules.user-year-overlap-short]\nseason = \"3mo\"",
            3,
        ),
        (
            "rules.user-year-overlap-short",
            "[rules.user-year-overlap-short]\nseason = \"6mo\"",
            "[rules.user-year-overlap-short]\nseason = \"5mo\"",
            3,
        ),
        (
            "rules.in-progress-report-unready",
            "",
            "[rules.in-progress-report-unready]\nfrom = \"5mo\"",
            3,
        ),
        (
            "rules.in-progress-report-unready",
            "[rules.in-progress-report-unready]\nfrom = \"2mo\"",
            "[rules.in-progress-report-unready]\nfrom = \"3mo\"",
            3,
        ),
        (
            "rules.nhi-rotation-overdue",
            "[rules.nhi-rotation-overdue]\nlongest = { bot = \"30d\" }",
            "[rules.nhi-rotation-overdue]\nlongest = { bot = \"31d\" }",
            3,
        ),
        (
            "rules",
            "",
            "[[overrides]]\npaths = [\"x/**\"]\nrules = { coverage-gap = \"note\" }",
            4,
        ),
        ("waiver-policy", "", "[waiver-policy]\nlongest-term = \"2y\"", 3),
        (
            "waiver-policy.allow-broad",
            "",
            "[waiver-policy]\nallow-broad = true",
            3,
        ),
        (
            "waiver-policy",
            "[waiver-policy]\nnot-waivable = [\"evidence-changed\", \"stale-report\"]",
            "[waiver-policy]\nnot-waivable = \"stale-report\"",
            3,
        ),
        (
            "waiver-policy.approvers",
            "[waiver-policy]\napprovers = \"person-ciso\"",
            "[waiver-policy]\napprovers = [\"person-ciso\", \"person-dev\"]",
            3,
        ),
        (
            "waiver-policy",
            "[waiver-policy]\nbaseline-until = 2027-01-31",
            "[waiver-policy]\nbaseline-until = 2027-02-01",
            3,
        ),
        (
            "waiver-policy.exemptions-end",
            "[waiver-policy]\nexemptions-end = true",
            "[waiver-policy]\nexemptions-end = false",
            3,
        ),
        (
            "policy",
            "[policy]\nsecret-stores = [\"vault\"]",
            "[policy]\nsecret-stores = [\"vault\", \"wiki\"]",
            3,
        ),
        (
            "policy.require",
            "[policy]\nrequire = \"services.financial-impact\"",
            "[policy]\nrequire = []",
            3,
        ),
        ("exclude", "", "exclude = \"vendor/**\"", 2),
        (
            "include",
            "include = [\"**/scope.toml\", \"**/*.scope.toml\"]",
            "include = [\"**/scope.toml\"]",
            2,
        ),
        (
            "waivers",
            "",
            "[[waivers]]\nrule = \"stale-report\"\nsubject = \"reports.a\"",
            2,
        ),
    ];
    for (key, farther, nearer, line) in cases {
        let root = chain(&format!("\"{key}\""), farther, nearer);
        let output = check(root.path());
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(2), "{key}, {nearer}: {said}");
        assert!(
            said.contains(&format!("soclint.toml:{line}:"))
                && said.contains(&format!("`{key}` is fixed at org/soclint.toml:1:10")),
            "{key}, {nearer}: {said}"
        );
    }
}

#[test]
fn a_nearer_config_may_tighten_what_is_fixed_and_state_what_is_not() {
    let cases = [
        ("fail-on", "fail-on = \"warning\"", "fail-on = \"note\""),
        ("rules.stale-report", "", "[rules]\nstale-report = \"error\""),
        ("rules.stale-report", "", "[rules.stale-report]\nlongest = \"11mo\""),
        ("rules.stale-report", "", "[rules]\ncoverage-gap = \"off\""),
        (
            "rules.user-year-overlap-short",
            "",
            "[rules.user-year-overlap-short]\nseason = \"5mo\"",
        ),
        ("waiver-policy", "", "[waiver-policy]\nlongest-term = \"90d\""),
        ("waiver-policy", "", "[waiver-policy]\napprovers = \"person-ciso\""),
        (
            "waiver-policy.not-waivable",
            "[waiver-policy]\nnot-waivable = \"stale-report\"",
            "[waiver-policy]\nnot-waivable = [\"stale-report\", \"coverage-gap\"]\nlongest-term = \"2y\"",
        ),
        ("policy", "", "[policy]\nsecret-stores = \"vault\""),
        ("exclude", "exclude = [\"a/**\", \"b/**\"]", "exclude = [\"a/**\"]"),
        (
            "rules.coverage-gap",
            "",
            "[[overrides]]\npaths = [\"x/**\"]\nrules = { coverage-gap = \"error\", stale-report = \"off\" }",
        ),
        ("waiver-policy", "[waiver-policy]\nbaseline-until = 2027-01-31", ""),
    ];
    for (key, farther, nearer) in cases {
        let root = chain(&format!("\"{key}\""), farther, nearer);
        let output = check(root.path());
        assert_eq!(output.status.code(), Some(0), "{key}, {nearer}: {}", stderr(&output));
    }
}

#[test]
fn a_key_that_cannot_be_fixed_is_refused_with_the_nearest() {
    for (key, near) in [
        ("fail-no", "fail-on"),
        ("rules.stale-reprot", "stale-report"),
        ("waiver-policy.longest-trem", "waiver-policy.longest-term"),
        ("polcy", "policy"),
    ] {
        let root = estate(&[("soclint.toml", &format!("final = \"{key}\"\n")), ("scope.toml", "")]);
        let said = refused(root.path(), &["check"]);
        assert!(said.contains(&format!("did you mean `{near}`?")), "{said}");
    }
}

const OLD_KEY: &str = r#"owner = "team-pay"
[services.wiki]
exposure = "internal"
owner = "team-wiki"
scope = "out"
exclusion = { reason = "Runs on the parent's network", approved-by = "person-ciso" }
[identities.admin]
kind = "service-account"
credential = "federated"
services = "wiki"
access = { service = "wiki", actions = "admin" }
privilege = { reason = "Installs plugins", approved-by = "person-ciso", expires = 2028-12-31 }
monitoring = { evidence = "https://siem.example.com/rules/admin" }
offboarding = { trigger = "wiki retired", evidence = "https://grc.example.com/offboarding" }
review = { every = "12mo", last = 2026-07-01, evidence = "https://grc.example.com/reviews/q3" }
"#;

#[test]
fn what_the_config_turns_off_lowers_or_stretches_is_counted() {
    let manifest = "[identities.key]\nowner = \"t\"\nkind = \"api-key\"\nstore = \"vault\"\n";
    let root = estate(&[("scope.toml", manifest)]);
    let summary = |root: &Path| json(root, &[])["summary"].clone();
    let before = summary(root.path());
    assert_eq!(
        (&before["turned-off"], &before["lowered"], &before["stretched"]),
        (&0.into(), &0.into(), &0.into())
    );
    let config = "[rules]\nnhi-without-monitoring = \"off\"\nnhi-without-rotation-evidence = \"note\"\n\
                  nhi-without-access-review = \"error\"\n[rules.nhi-rotation-overdue]\nlongest = { bot = \"2y\" }\n\
                  [rules.coverage-gap]\ntolerate = \"2d\"\n[rules.user-year-overlap-short]\nseason = \"3mo\"\n[rules.stale-report]\nlongest = \"12mo\"\n\
                  [rules.in-progress-report-unready]\nfrom = \"5mo\"\n[rules.issuer-year-end-gap]\nlongest = \"2mo\"\n";
    write(root.path(), "soclint.toml", config);
    let after = summary(root.path());
    assert_eq!(
        (&after["turned-off"], &after["lowered"], &after["stretched"]),
        (&1.into(), &1.into(), &4.into())
    );
    let line = "by the config: 1 finding turned off, 1 lowered and 4 limits stretched";
    for format in ["pretty", "concise", "markdown", "github", "junit"] {
        let shown = stdout(&call(root.path(), &["check", "--as-of", AS_OF, "--format", format]));
        assert!(shown.contains(line), "{format}: {shown}");
        let quiet = stdout(&call(
            root.path(),
            &["check", "--as-of", AS_OF, "--format", format, "--quiet"],
        ));
        assert!(
            !quiet.contains(line) || format == "markdown" || format == "junit",
            "{format}: {quiet}"
        );
    }
    // Only what was asked for was kept from anyone.
    let selected = json(root.path(), &["--select", "nhi-without-offboarding"]);
    assert_eq!(selected["summary"]["turned-off"], 0);
}

#[test]
fn what_the_config_leaves_out_is_counted_wherever_it_lies() {
    let root = estate(&[
        ("scope.toml", "[services.a]\nexposure = \"internal\"\n"),
        ("vendor/deep/scope.toml", "[services.b]\n"),
        ("old/scope.toml", "[services.c]\n"),
        ("old/draft.scope.toml", "[services.d]\n"),
        ("old/notes.md", "notes"),
    ]);
    let excluded = |root: &Path| json(root, &[])["summary"]["excluded"].clone();
    assert_eq!(excluded(root.path()), 0);
    for (exclude, count) in [
        ("vendor", 1),
        ("vendor/**", 1),
        ("old/*.scope.toml", 1),
        ("old/**", 2),
        ("old/notes.md", 0),
        ("nowhere", 0),
        ("**/*.scope.toml", 1),
        ("**/deep", 1),
    ] {
        write(root.path(), "soclint.toml", format!("exclude = \"{exclude}\"\n"));
        assert_eq!(excluded(root.path()), count, "{exclude}");
    }
    write(
        root.path(),
        "soclint.toml",
        "exclude = [\"vendor\", \"old/draft.scope.toml\"]\n",
    );
    let told = "by the config: 2 folders and manifests left out";
    let shown = stdout(&call(root.path(), &["check", "--as-of", AS_OF]));
    assert!(shown.contains(told), "{shown}");
    let sarif = stdout(&call(root.path(), &["check", "--as-of", AS_OF, "--format", "sarif"]));
    let sarif: Value = serde_json::from_str(&sarif).expect("JSON");
    let invocation = &sarif["runs"][0]["invocations"][0];
    assert_eq!(invocation["toolConfigurationNotifications"][0]["message"]["text"], told);
    assert_eq!(invocation["executionSuccessful"], true);
}

#[test]
fn exemptions_are_counted_and_listed_with_owner_and_place() {
    let root = estate(&[("scope.toml", OLD_KEY)]);
    assert_eq!(json(root.path(), &[])["summary"]["exemptions"], 2);
    let shown = stdout(&call(root.path(), &["check", "--as-of", AS_OF, "--format", "concise"]));
    assert!(shown.trim_end().ends_with("; 2 exemptions"), "{shown}");
    let listed = printed(
        root.path(),
        &["waivers", "--exemptions", "--as-of", AS_OF, "--format", "json"],
    );
    let listed: Vec<Value> = serde_json::from_str(&listed).expect("JSON");
    let text = |at: usize, key: &str| listed[at][key].as_str().unwrap_or("-").to_owned();
    let row = |at: usize| {
        ["key", "subject", "owner", "approved-by", "expires", "reason", "path"]
            .map(|key| text(at, key))
            .join(" | ")
    };
    assert_eq!(listed.len(), 2);
    assert_eq!(
        row(0),
        "exclusion | services.wiki | team-wiki | person-ciso | - | Runs on the parent's network | scope.toml"
    );
    assert_eq!(
        row(1),
        "privilege | identities.admin | team-pay | person-ciso | 2028-12-31 | Installs plugins | scope.toml"
    );
    let soon = printed(
        root.path(),
        &["waivers", "--exemptions", "--as-of", AS_OF, "--expiring", "3y"],
    );
    assert!(soon.contains("privilege") && !soon.contains("exclusion"), "{soon}");
}

/// Each key that silences a rule, in an estate where it is stated.
#[test]
fn each_key_that_silences_is_an_exemption() {
    let identity = |keys: &str| format!("[identities.i]\nkind = \"service-account\"\n{keys}\n");
    let service = |keys: &str| format!("[services.s]\n{keys}\n");
    let third = |keys: &str| format!("[third-parties.t]\nrole = \"vendor\"\n{keys}\n");
    let cases = [
        (
            "rotation.mode",
            identity("rotation = { mode = \"not-applicable\", reason = \"The key never leaves the HSM\" }"),
        ),
        (
            "authentication-reason",
            identity("authentication-reason = \"The bank offers nothing else\""),
        ),
        (
            "assurance-note",
            identity("assurance-note = \"Each population is drawn by service\""),
        ),
        (
            "privilege",
            identity("privilege = { reason = \"Bootstraps clusters\" }"),
        ),
        ("platform", identity("platform = true")),
        (
            "access.second-approver",
            identity("access = { service = \"s\", second-approver = \"p\" }") + &service(""),
        ),
        (
            "icfr-alternative",
            service("icfr-alternative = \"User auditors test here themselves\""),
        ),
        (
            "exclusion",
            service("scope = \"out\"\nexclusion = { reason = \"Sold in May\" }"),
        ),
        (
            "csocs-not-needed",
            third("csocs-not-needed = \"It sees only ciphertext\""),
        ),
        (
            "alternative-procedures",
            third("reports = [{ framework = \"soc2\", alternative-procedures = \"We audited it on site\" }]"),
        ),
        (
            "cuecs.status",
            third("cuecs = [{ id = \"U1\", status = \"not-applicable\", reason = \"We use no console\" }]"),
        ),
        (
            "did-not-operate",
            "[controls.c]\ndid-not-operate = \"Nobody joined in the period\"\n".to_owned(),
        ),
        (
            "short-period-reason",
            "[reports.r]\nframework = \"soc2\"\nshort-period-reason = \"The first report\"\n".to_owned(),
        ),
    ];
    let emptied = [
        identity("rotation = { mode = \"automatic\", reason = \"-\" }"),
        identity("platform = false"),
        identity("privilege = { reason = \"Was needed once\" }\nretired = 2026-01-31"),
        service("exclusion = { reason = \"It is in scope again\" }"),
        third("cuecs = [{ id = \"U1\", status = \"planned\", reason = \"Next quarter\" }]"),
        "[controls.c]\ndid-not-operate = \" \"\n".to_owned(),
    ];
    let keys = |manifest: &str| -> Vec<String> {
        let root = estate(&[("scope.toml", manifest)]);
        let listed = printed(
            root.path(),
            &["waivers", "--exemptions", "--as-of", AS_OF, "--format", "json"],
        );
        let listed: Vec<Value> = serde_json::from_str(&listed).expect("JSON");
        listed
            .iter()
            .map(|one| one["key"].as_str().expect("a key").to_owned())
            .collect()
    };
    for (key, manifest) in cases {
        assert_eq!(keys(&manifest), [key], "{manifest}");
    }
    for manifest in emptied {
        assert!(keys(&manifest).is_empty(), "{manifest}");
    }
}

#[test]
fn where_exemptions_end_a_privilege_and_an_exclusion_need_an_end_before_long() {
    let root = estate(&[("scope.toml", OLD_KEY)]);
    let of = |root: &Path| -> Vec<String> {
        let rows = rows(&json(root, &[]), "findings");
        rows.into_iter()
            .filter(|row| row.contains("privilege") || row.contains("rationale"))
            .collect()
    };
    assert!(of(root.path()).is_empty());
    write(root.path(), "soclint.toml", "[waiver-policy]\nexemptions-end = true\n");
    let both = [
        "warning exclusion-without-rationale services.wiki",
        "warning nhi-excessive-privilege identities.admin",
    ];
    assert_eq!(of(root.path()), both);
    let ended = OLD_KEY.replace("expires = 2028-12-31", "expires = 2027-10-01").replace(
        "approved-by = \"person-ciso\" }\n[id",
        "approved-by = \"person-ciso\", expires = 2027-10-01 }\n[id",
    );
    write(root.path(), "scope.toml", &ended);
    assert!(of(root.path()).is_empty());
    write(root.path(), "scope.toml", ended.replace("2027-10-01", "2027-10-02"));
    assert_eq!(of(root.path()), both);
    write(
        root.path(),
        "soclint.toml",
        "[waiver-policy]\nexemptions-end = true\nlongest-term = \"2y\"\n",
    );
    assert!(of(root.path()).is_empty());
}

#[test]
fn what_is_not_waivable_is_not_adopted_either() {
    let manifest = "[identities.key]\nowner = \"t\"\nkind = \"api-key\"\nstore = \"vault\"\n";
    let root = estate(&[("scope.toml", manifest)]);
    let found = rows(&json(root.path(), &[]), "findings").len();
    printed(root.path(), &["baseline", "write", "--as-of", AS_OF]);
    assert!(rows(&json(root.path(), &["--baseline", "soclint-baseline.toml"]), "findings").is_empty());
    write(
        root.path(),
        "soclint.toml",
        "[waiver-policy]\nnot-waivable = \"nhi-without-rotation-evidence\"\n",
    );
    let left = rows(&json(root.path(), &["--baseline", "soclint-baseline.toml"]), "findings");
    assert_eq!(left, ["error nhi-without-rotation-evidence identities.key"]);
    let written = printed(root.path(), &["baseline", "write", "--as-of", AS_OF]);
    assert!(written.contains("1 finding cannot be adopted"), "{written}");
    assert!(
        written.contains(&format!("{} findings adopted", found - 1)),
        "{written}"
    );
}

#[test]
fn a_baseline_holds_no_longer_than_the_config_lets_it() {
    let manifest = "[identities.key]\nowner = \"t\"\nkind = \"api-key\"\nstore = \"vault\"\n";
    let root = estate(&[("scope.toml", manifest)]);
    let forever = printed(root.path(), &["baseline", "write", "--as-of", AS_OF]);
    assert!(forever.contains("adopted"), "{forever}");
    let shown = |day: &str| {
        stdout(&call(
            root.path(),
            &[
                "check",
                "--as-of",
                day,
                "--format",
                "concise",
                "--baseline",
                "soclint-baseline.toml",
            ],
        ))
    };
    assert!(shown("2027-02-01").contains("never expires"), "{}", shown("2027-02-01"));
    write(
        root.path(),
        "soclint.toml",
        "[waiver-policy]\nbaseline-until = 2027-01-31\n",
    );
    assert!(shown("2027-01-31").contains("0 errors"), "{}", shown("2027-01-31"));
    assert!(!shown("2027-01-31").contains("never expires"));
    assert!(!shown("2027-02-01").contains("0 errors"), "{}", shown("2027-02-01"));
    let late = refused(
        root.path(),
        &["baseline", "write", "--as-of", AS_OF, "--until", "2027-02-01"],
    );
    assert!(late.contains("2027-01-31"), "{late}");
    printed(root.path(), &["baseline", "write", "--as-of", AS_OF]);
    let text = std::fs::read_to_string(root.path().join("soclint-baseline.toml")).expect("a baseline");
    assert!(text.contains("until = 2027-01-31"), "{text}");
}
