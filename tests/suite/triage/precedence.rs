//! One fact speaks once, and nothing is hidden by what does not speak. Over all fixtures: `src/triage/tests.rs`.

use crate::tool::AS_OF;

const OVERDUE: &str = r#"owner = "team-platform"
[identities.deployer]
kind = "ci-pipeline"
credential = "static-secret"
store = "vault"
rotation = { every = "90d", last = 2020-06-01 }
offboarding = { trigger = "pipeline retired", evidence = "https://grc.example.com/offboarding" }
monitoring = { evidence = "https://siem.example.com/rules/deployer" }
review = { every = "12mo", last = 2026-07-01, evidence = "https://grc.example.com/reviews/q3" }
access = []
"#;

#[test]
fn what_is_off_ignored_or_waived_takes_nothing_with_it() {
    let root = super::estate(&[("scope.toml", OVERDUE)]);
    let shown = |args: &[&str]| super::rows(&super::json(root.path(), args), "findings");
    let missing = "error nhi-without-rotation-evidence identities.deployer";
    let overdue = "warning nhi-rotation-overdue identities.deployer";
    assert_eq!(shown(&[]), [missing]);
    assert_eq!(shown(&["--select", "nhi-rotation-overdue"]), [overdue]);
    assert_eq!(shown(&["--ignore", "nhi-without-rotation-evidence"]), [overdue]);
    assert_eq!(shown(&["--fail-on", "warning"]), [missing]);

    let document = super::json(root.path(), &[]);
    assert_eq!(
        document["findings"][0]["precedes"],
        serde_json::json!([{ "rule": "nhi-rotation-overdue", "severity": "warning", "subject": "identities.deployer" }])
    );
    for format in ["pretty", "markdown"] {
        let printed = super::call(root.path(), &["check", "--as-of", AS_OF, "--format", format]);
        let printed = crate::tool::stdout(&printed);
        assert!(
            printed.contains("takes precedence over nhi-rotation-overdue (warning)"),
            "{printed}"
        );
    }

    let waived = "[[waivers]]\nrule = \"nhi-without-rotation-evidence\"\nsubject = \"identities.deployer\"\n\
                  reason = \"The vault's log is being exported\"\nowner = \"team-platform\"\napproved-by = \"person-ciso\"\nexpires = 2026-12-31\n";
    crate::tool::write(root.path(), "waivers.scope.toml", waived);
    assert_eq!(shown(&[]), [overdue]);
    let table = super::printed(root.path(), &["waivers", "--as-of", AS_OF]);
    assert!(
        table.contains("with it waived, 1 other finding is reported that would give way"),
        "{table}"
    );
    let listed = super::printed(root.path(), &["waivers", "--as-of", AS_OF, "--format", "json"]);
    let listed: serde_json::Value = serde_json::from_str(&listed).expect("JSON");
    assert_eq!(listed[0]["brings-back"], 1);
}
