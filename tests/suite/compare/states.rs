//! Two states of one company: what changed, how that is told, and what the config hides.

use super::{AS_OF, CONFIG, check, commit, company, compare, compared, edit, git_on, json_of, rules, subjects};
use crate::tool::{stdout, write};
use serde_json::{Value, json};

#[test]
fn what_a_branch_changes_is_told_of_each_kind() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    company(root);
    git_on(root, "2026-02-01", &["checkout", "-qb", "work"]);
    // Out of scope, another right, a rename, an opinion, a profile, a file's owner; comments, order and place say nothing.
    edit(
        root,
        "pay/scope.toml",
        "[services.payroll]",
        "[services.payroll]\nscope = \"out\"\n# By the board",
    );
    edit(
        root,
        "pay/scope.toml",
        "actions = \"read\"",
        "actions = [\"read\", \"admin\"]",
    );
    edit(root, "pay/scope.toml", "[identities.bot]", "[identities.robot]");
    edit(root, "pay/scope.toml", "every = \"90d\"", "every = \"180d\"");
    edit(
        root,
        "assurance/scope.toml",
        "\"unmodified\"",
        "\"qualified\"\naffected = \"CO1\"",
    );
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
    assert!(
        new.contains(&"excluded-service-claimed pay/services.payroll".to_owned()),
        "{new:?}"
    );
    assert!(
        new.contains(&"nhi-excessive-privilege pay/identities.robot".to_owned()),
        "{new:?}"
    );

    // Three lines come first, and what is counted there is folded away.
    let page = stdout(&compare(root, &["main", "work", "--format", "markdown"]));
    let lines: Vec<&str> = page.lines().filter(|line| line.starts_with("- **")).collect();
    assert_eq!(lines.len(), 3, "{page}");
    assert!(
        lines[0].starts_with("- **Scope:**") && lines[0].contains("out of scope now: `pay/services.payroll`"),
        "{page}"
    );
    assert!(lines[0].contains("admin"), "{page}");
    assert!(
        lines[1].starts_with("- **Coverage:** 1 service no longer covered"),
        "{page}"
    );
    assert!(
        lines[2].starts_with("- **Findings:**") && lines[2].contains(" new ("),
        "{page}"
    );
    assert_eq!(page.matches("<details>").count(), page.matches("</details>").count());
    assert!(page.find("- **Findings").unwrap() < page.find("<details>").unwrap());
    let table = stdout(&compare(root, &["main", "work"]));
    assert!(
        table.contains("scope: - -> out") && table.contains("renamed from pay/identities.bot"),
        "{table}"
    );

    // Back again is the same from the other side.
    let back = compared(root, &["work", "main"]);
    assert_eq!(
        back["coverage"],
        json!([{ "service": "pay/services.payroll", "report": "reports.soc1", "change": "covered" }])
    );
    assert_eq!(rules(&back["findings"]["resolved"]), new);
    assert_eq!(rules(&back["findings"]["new"]), rules(&told["findings"]["resolved"]));
}

#[test]
fn the_base_is_read_as_git_has_it_and_nothing_is_touched() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    company(root);
    let before = check(root);
    edit(
        root,
        "assurance/scope.toml",
        "covers = [\"pay/*\"]",
        "covers = \"pay/ledger\"",
    );
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
    assert_eq!(
        compare(root, &["HEAD", "HEAD", "--format", "json"]).stdout,
        compare(root, &["HEAD", "HEAD", "--format", "json"]).stdout
    );
    assert_eq!(compared(root, &["HEAD", "HEAD"])["scope"], json!([]));
}

#[test]
fn what_the_config_hides_is_never_resolved() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    company(root);
    // Payroll has no report of its own any more, and the rule that says so is turned off with the same change.
    write(
        root,
        "labs/scope.toml",
        "[services.trial]\nfinancial-impact = \"direct\"\n",
    );
    commit(root, "2026-02-01");
    let finding = "financial-impact-without-icfr-report services.trial";
    assert!(rules(&check(root)["findings"]).contains(&finding.to_owned()));
    write(
        root,
        "soclint.toml",
        "exclude = [\"labs/**\"]\n\n[rules]\nstale-report = \"off\"\n\n[rules.nhi-rotation-overdue]\nlongest = \"2y\"\n",
    );
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
    assert!(
        rules(&told["findings"]["no-longer-reported"]).contains(&finding.to_owned()),
        "{told}"
    );
    assert!(
        !rules(&told["findings"]["resolved"]).contains(&finding.to_owned()),
        "{told}"
    );
    let page = stdout(&compare(root, &["HEAD", "--format", "markdown"]));
    assert!(
        page.contains("- **Config:** 3 keys changed") && page.contains("no longer reported because of the config"),
        "{page}"
    );

    // A waiver is told as one; so is a finding that is graver.
    write(
        root,
        "soclint.toml",
        "[rules]\nstale-report = \"warning\"\nfinancial-impact-without-icfr-report = \"note\"\n",
    );
    let told = compared(root, &["HEAD"]);
    let changed = &told["findings"]["changed"][0];
    assert_eq!(
        (&changed["severity"], &changed["before"]["severity"]),
        (&json!("note"), &json!("error"))
    );
    assert_eq!(told["config"][0]["effect"], "lowered");
    assert_eq!(
        compare(root, &["HEAD", "--fail-on-new", "note"]).status.code(),
        Some(0),
        "milder is not graver"
    );
    write(
        root,
        "soclint.toml",
        format!(
            "{CONFIG}[[waivers]]\nrule = \"financial-impact-without-icfr-report\"\nsubject = \"services.trial\"\nreason = \"Until the trial ends\"\nowner = \"team-grc\"\napproved-by = \"team-pay\"\nexpires = 2026-12-31\n"
        ),
    );
    let told = compared(root, &["HEAD"]);
    assert_eq!(rules(&told["findings"]["waived"]), [finding]);
    assert_eq!(
        told["findings"]["waived"][0]["waiver"]["reason"],
        "Until the trial ends"
    );
    assert!(!rules(&told["findings"]["resolved"]).contains(&finding.to_owned()));
}
