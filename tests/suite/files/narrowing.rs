//! Paths narrow what is reported, never what is trusted.

use super::{Place, right, wrong};
use crate::tool::{stderr, stdout};

fn estate() -> Place {
    Place::tracked(&[
        ("soclint.toml", ""),
        ("README.md", "text"),
        ("pay/scope.toml", &wrong("pay")),
        ("pay/deep/x.scope.toml", &wrong("deep")),
        ("hr/scope.toml", &wrong("hr")),
        ("[odd] name/scope.toml", &wrong("odd")),
    ])
}

fn told(place: &Place, paths: &[&str]) -> Vec<String> {
    place.found(paths).into_iter().map(|(_, path)| path).collect()
}

#[test]
fn what_was_named_is_reported() {
    let place = estate();
    let pay = ["pay/deep/x.scope.toml", "pay/scope.toml"];
    for paths in [
        &["pay"][..],
        &["pay/"],
        &["./pay"],
        &["hr/../pay"],
        &["pay/**"],
        &["p*"],
        &["pay/scope.toml", "pay/deep"],
        &["*/x.*", "pay/scope.toml", "pay/**/x.scope.toml"],
    ] {
        assert_eq!(told(&place, paths), pay, "{paths:?}");
    }
    assert_eq!(told(&place, &["[odd] name"]), ["[odd] name/scope.toml"]);
    assert_eq!(told(&place, &["[odd] name/*.toml"]), ["[odd] name/scope.toml"]);
    assert_eq!(told(&place, &["."]).len(), 4);
    let summary = stdout(&place.check(&["pay"]));
    assert!(
        summary.contains("in 2 of 4 manifests, narrowed to the given paths (4 entities"),
        "{summary}"
    );
    assert_eq!(place.json(&["pay"])["summary"]["named"], 2);
    assert!(place.json(&[])["summary"].get("named").is_none());
}

#[test]
fn what_means_nothing_here_is_told_and_the_rest_is_checked() {
    let place = estate();
    let outside = Place::bare(&[("scope.toml", &wrong("x"))]);
    let outside = outside.path().to_str().expect("text");
    for (foreign, said) in [
        ("README.md", "README.md holds no manifest"),
        ("gone/scope.toml", "gone/scope.toml: there is no such file or folder"),
        (outside, "outside the estate's root"),
        ("soclint.toml", "soclint.toml is the config, not a manifest"),
        ("nothing/*.toml", "nothing/*.toml holds no manifest"),
        (".git", ".git holds no manifest"),
        ("pay\\scope.toml", "there is no such file"),
    ] {
        let output = place.check(&["hr", foreign]);
        assert_eq!(output.status.code(), Some(1), "{foreign}");
        assert!(stdout(&output).starts_with("hr/scope.toml:2:"), "{foreign}");
        assert!(
            stderr(&output).contains("warning: ") && stderr(&output).contains(said),
            "{foreign}: {}",
            stderr(&output)
        );
        // Alone, it would let everything pass.
        let output = place.check(&[foreign]);
        assert_eq!(output.status.code(), Some(2), "{foreign}");
        assert!(
            stderr(&output).contains(said) && stdout(&output).is_empty(),
            "{foreign}"
        );
        let output = place.check(&[foreign, "--allow-empty"]);
        assert_eq!(output.status.code(), Some(0), "{foreign}");
    }
    let many = ["a.rs", "b.rs", "c.rs", "d.rs", "hr"];
    let output = place.check(&many);
    assert_eq!(stderr(&output).lines().count(), 1, "{}", stderr(&output));
    assert!(
        stderr(&output).contains("a.rs, b.rs, c.rs and 1 more"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn a_file_that_a_sparse_checkout_leaves_out_is_told_with_the_command() {
    let place = estate();
    place.git(&["commit", "-qm", "x"]);
    place.git(&["sparse-checkout", "set", "--no-cone", "/pay/"]);
    let output = place.check(&["pay", "hr/scope.toml"]);
    let said = stderr(&output);
    assert!(
        said.contains("hr/scope.toml is not checked out; `git sparse-checkout add hr` does it"),
        "{said}"
    );
}

/// Each hides what other manifests rely on, so that a rule is silent about what was named.
#[test]
fn what_could_not_be_read_is_never_narrowed_away() {
    for (path, bytes, rule) in [
        ("other/scope.toml", &b"[reports\n"[..], "invalid-toml"),
        ("other/scope.toml", b"\xff\xfe[\0r\0", "not-utf8"),
        (
            "other/scope.toml",
            b"[services.a]\nkind = \"nonsense\"\n",
            "unknown-value",
        ),
        ("other/scope.toml", b"[services.a]\nknid = \"saas\"\n", "unknown-key"),
        (
            "other/scope.toml",
            b"[services.a]\nsince = 2026-02-30\n",
            "invalid-date",
        ),
        (
            "other/x.scope.toml",
            b"[services.a]\ndepends-on = \"nobody\"\n",
            "unknown-reference",
        ),
    ] {
        let place = Place::tracked(&[("pay/scope.toml", &right("pay"))]);
        crate::tool::write(place.path(), path, bytes);
        let output = place.check(&["pay"]);
        assert_eq!(output.status.code(), Some(1), "{rule}");
        assert!(
            stdout(&output).starts_with(&format!("{path}:")) && stdout(&output).contains(rule),
            "{}",
            stdout(&output)
        );
        let pretty = stdout(&place.run(&["check", "pay", "--quiet"]));
        assert_eq!(
            pretty.lines().count(),
            1,
            "a line is enough for what belongs to others: {pretty}"
        );
        assert!(
            pretty.starts_with(&format!("{path}:")) && pretty.contains(rule),
            "{pretty}"
        );
    }
    #[cfg(unix)]
    {
        let place = Place::tracked(&[("pay/scope.toml", &right("pay"))]);
        std::os::unix::fs::symlink("gone", place.at("scope.toml")).expect("a link");
        assert_eq!(
            place.found(&["pay"]),
            [("unreadable-file".to_owned(), "scope.toml".to_owned())]
        );
    }
}

#[test]
fn a_finding_is_reported_for_every_manifest_in_which_it_has_a_label() {
    let place = Place::tracked(&[
        ("soclint.toml", "[rules]\nunclaimed-service = \"error\"\n"),
        (
            "org/scope.toml",
            "[reports.soc2]\nframework = \"soc2\"\ntype = 1\nas-of = 2026-06-30\nissued = 2026-08-15\nauditor = \"X\"\nopinion = \"adverse\"\ncovers = \"pay\"\n",
        ),
        (
            "pay/scope.toml",
            "[services.pay]\nfinancial-impact = \"direct\"\nclaims = \"soc2\"\n",
        ),
        ("hr/scope.toml", &wrong("hr")),
    ]);
    let all = place.found(&[]);
    let document = place.json(&[]);
    let labels_in = |folder: &str| {
        let findings = crate::tool::findings(&document).iter();
        let lies = |location: &serde_json::Value| location["path"].as_str().expect("text").starts_with(folder);
        let labelled = findings.filter(|finding| {
            let related = finding["related"].as_array().expect("a list").iter();
            lies(&finding["location"]) || related.into_iter().any(|label| lies(&label["location"]))
        });
        labelled.count()
    };
    for folder in ["org", "pay", "hr"] {
        assert_eq!(place.found(&[folder]).len(), labels_in(folder), "{folder} of {all:?}");
    }
    let first_elsewhere = place.found(&["org"]).iter().any(|(_, path)| path == "pay/scope.toml")
        || place.found(&["pay"]).iter().any(|(_, path)| path == "org/scope.toml");
    assert!(
        first_elsewhere,
        "one is told for a label that is not its first: {all:?}"
    );
    assert!(labels_in("hr") < all.len());
}

#[test]
fn what_was_not_named_is_not_fixed_though_it_is_told() {
    for wrong in [
        "[services.a]\ntitel = \"A\"\n",
        "[services.a]\nexposrue = \"internal\"\n",
        "[services.a]\nowner = \"x\"\nlifecycel = \"retired\"\n",
        "[evidence.a]\ncolected = 2026-01-01\n",
        "[owners.a]\nkidn = \"team\"\n",
    ] {
        let place = Place::tracked(&[("pay/scope.toml", &right("pay")), ("other/scope.toml", wrong)]);
        let other = || std::fs::read_to_string(place.at("other/scope.toml")).expect("text");
        let output = place.check(&["--fix", "pay"]);
        assert_eq!(other(), wrong);
        assert!(stdout(&output).starts_with("other/scope.toml:"), "{}", stdout(&output));
        place.check(&["--fix", "other"]);
        assert_ne!(other(), wrong, "named, it is");
    }
}
