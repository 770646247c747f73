//! Texts that excuse count only when they say something, and what lies ahead shows nothing.

use super::{Estate, toml_text};

/// The severity of a rule's finding about a manifest, if there is one.
fn severities(rule: &str, manifest: &str) -> Vec<String> {
    let found = Estate::of(manifest).found_by(rule);
    found.into_iter().map(|found| found.severity).collect()
}

const NHI: &str = "review = { last = 2026-09-01, evidence = \"https://x.example/r\" }\noffboarding = { trigger = \"end\", evidence = \"https://x.example/o\" }\nmonitoring = { evidence = \"https://x.example/m\" }\n";
const SOC2: &str = "framework = \"soc2\"\ntype = 2\nperiod = { from = 2025-07-01, to = 2026-06-30 }\nissued = 2026-08-15\nauditor = \"X\"\nopinion = \"unmodified\"\nreadiness = \"https://x.example/r\"\nsystem-description = { sections = [\"infrastructure\", \"software\", \"people\", \"procedures\", \"data\"], evidence = \"https://x.example/d\" }\n";

/// A rule, a manifest with `TEXT` where a text excuses, how the rule speaks without it, and how with it.
fn excused() -> Vec<(&'static str, String, Vec<&'static str>, Vec<&'static str>)> {
    let owner = "owner = \"team\"\n";
    let internal = "[services.s]\nexposure = \"internal\"\n";
    vec![
        (
            "nhi-without-rotation-evidence",
            format!(
                "{owner}{internal}[identities.i]\nkind = \"api-key\"\ncredential = \"static-secret\"\nstore = \"vault\"\naccess = {{ service = \"s\", actions = \"read\" }}\nrotation = {{ mode = \"not-applicable\", reason = TEXT }}\n{NHI}"
            ),
            vec!["error"],
            vec![],
        ),
        (
            "nhi-weak-authentication",
            format!(
                "{owner}{internal}[identities.i]\nkind = \"bot\"\ncredential = \"federated\"\nauthentication = \"basic\"\nauthentication-reason = TEXT\naccess = {{ service = \"s\", actions = \"read\" }}\n{NHI}"
            ),
            vec!["warning"],
            vec![],
        ),
        (
            "nhi-excessive-privilege",
            format!(
                "{owner}{internal}[identities.i]\nkind = \"bot\"\ncredential = \"federated\"\naccess = {{ service = \"s\", actions = \"admin\" }}\nprivilege = {{ reason = TEXT, approved-by = \"ciso\" }}\n{NHI}"
            ),
            vec!["warning"],
            vec![],
        ),
        (
            "nhi-interactive-login",
            format!(
                "{owner}{internal}[identities.i]\nkind = \"service-account\"\ncredential = \"federated\"\naccess = {{ service = \"s\", actions = \"read\" }}\ninteractive-login = {{ allowed = true, time-limited = true, individual-confirmed = true, attributable = true, reason = TEXT, approved-by = \"ciso\" }}\n{NHI}"
            ),
            vec!["error"],
            vec![],
        ),
        (
            "type-2-control-without-operating-evidence",
            format!(
                "{owner}[reports.r]\n{SOC2}[controls.c]\ndesign = \"https://x.example/p\"\nreports = \"r\"\ndid-not-operate = TEXT\n"
            ),
            vec!["error"],
            vec![],
        ),
        (
            "carve-out-without-csocs",
            format!(
                "{owner}{internal}[reports.r]\n{SOC2}covers = \"s\"\n[third-parties.t]\nrole = \"subservice-organization\"\nmethod = \"carve-out\"\nsupports = \"s\"\nreview = {{ last = 2026-09-01 }}\ncsocs-not-needed = TEXT\n"
            ),
            vec!["warning"],
            vec![],
        ),
        (
            "subservice-report-unfit",
            format!(
                "{owner}{internal}[reports.r]\n{SOC2}covers = \"s\"\n[third-parties.t]\nrole = \"subservice-organization\"\nmethod = \"carve-out\"\nsupports = \"s\"\nreview = {{ last = 2026-09-01 }}\ncsocs = {{ id = \"C\", text = \"x\" }}\nreports = {{ framework = \"soc2\", type = 2, period = {{ from = 2025-07-01, to = 2026-06-30 }}, opinion = \"adverse\", alternative-procedures = TEXT }}\n"
            ),
            vec!["warning"],
            vec![],
        ),
        (
            "financial-impact-without-icfr-report",
            format!("{owner}[services.s]\nfinancial-impact = \"direct\"\nicfr-alternative = TEXT\n"),
            vec!["error"],
            vec!["note"],
        ),
        (
            "type-2-period-under-six-months",
            format!(
                "{owner}[services.s]\nclaims = \"r\"\n[reports.r]\nframework = \"soc1\"\ntype = 2\nperiod = {{ from = 2026-03-01, to = 2026-06-30 }}\nissued = 2026-08-15\nauditor = \"X\"\nopinion = \"unmodified\"\ncovers = \"s\"\nshort-period-reason = TEXT\n"
            ),
            vec!["warning"],
            vec!["note"],
        ),
        (
            "identity-intersection-undocumented",
            format!(
                "{owner}[services.a]\nexposure = \"internal\"\n[services.b]\nexposure = \"internal\"\n[reports.r]\n{SOC2}covers = \"a\"\n[reports.q]\n{}covers = \"b\"\n[identities.i]\nkind = \"bot\"\ncredential = \"federated\"\nassurance-note = TEXT\naccess = [{{ service = \"a\", actions = \"read\" }}, {{ service = \"b\", actions = \"read\" }}]\n{NHI}",
                SOC2.replace("soc2", "soc1")
            ),
            vec!["note"],
            vec![],
        ),
        (
            "exclusion-without-rationale",
            format!("{owner}[services.s]\nscope = \"out\"\nexclusion = {{ reason = TEXT, approved-by = \"ciso\" }}\n"),
            vec!["warning"],
            vec![],
        ),
        (
            "cuec-unowned",
            format!(
                "{owner}{internal}[third-parties.t]\nrole = \"vendor\"\nsupports = \"s\"\ncuecs = {{ id = \"U1\", text = \"x\", status = \"not-applicable\", reason = TEXT }}\n"
            ),
            vec!["warning"],
            vec![],
        ),
        (
            "waiver-invalid",
            format!(
                "{owner}[services.s]\nfinancial-impact = \"direct\"\n[[waivers]]\nrule = \"financial-impact-without-icfr-report\"\nsubject = \"services.s\"\nreason = TEXT\nowner = \"team\"\napproved-by = \"ciso\"\nexpires = 2026-12-31\n"
            ),
            vec!["error"],
            vec![],
        ),
    ]
}

#[test]
fn a_text_without_two_letters_excuses_nothing() {
    for (rule, manifest, without, _) in excused() {
        for text in [
            "-",
            "...",
            "\u{200b}\u{200b}",
            "x",
            "2026-09",
            "\u{a0}",
            "",
            "\u{2014} \u{2026}",
            "\u{301}\u{301}",
            "( )",
        ] {
            let manifest = manifest.replace("TEXT", &toml_text(text));
            assert_eq!(severities(rule, &manifest), without, "{rule} with {text:?}\n{manifest}");
        }
    }
}

#[test]
fn a_text_with_two_letters_does() {
    for (rule, manifest, _, with) in excused() {
        for text in [
            "Bank keys are yearly",
            "n/a",
            "\u{4e0d}\u{8981}",
            "\u{200b}no\u{200b}",
            "a 1 b",
            "\u{e4}\u{f6}",
        ] {
            let manifest = manifest.replace("TEXT", &toml_text(text));
            assert_eq!(severities(rule, &manifest), with, "{rule} with {text:?}\n{manifest}");
        }
    }
}

#[test]
fn a_text_that_does_not_count_is_pointed_at() {
    for (rule, manifest, ..) in excused().into_iter().filter(|(rule, ..)| *rule != "waiver-invalid") {
        let estate = Estate::of(&manifest.replace("TEXT", "\"-\""));
        let json = estate.json();
        let findings = json["findings"].as_array().expect("findings").iter();
        let finding = findings
            .clone()
            .find(|finding| finding["rule"] == rule)
            .expect("it is found");
        let related = finding["related"].as_array().expect("a list");
        assert!(
            related.iter().any(|label| label["message"] == "not an explanation"),
            "{rule}: {finding}"
        );
    }
}

#[test]
fn names_and_numbers_stand_as_they_are() {
    let manifest = "owner = \"team\"\n[services.s]\nfinancial-impact = \"direct\"\n[[waivers]]\nrule = \"financial-impact-without-icfr-report\"\nsubject = \"services.s\"\nreason = \"Until the report is out\"\nowner = \"7\"\napproved-by = \"8\"\nexpires = 2026-12-31\nticket = \"1\"\n";
    assert_eq!(severities("waiver-invalid", manifest), [""; 0]);
    let report = format!("[reports.r]\n{}", SOC2.replace("auditor = \"X\"", "auditor = \"4\""));
    assert_eq!(severities("report-incomplete", &report), [""; 0]);
    let certificate = "[certificates.c]\nframework = \"iso27001\"\nedition = \"2022\"\nscope-statement = \"X\"\nstatement-of-applicability = \"7\"\nbody = \"B\"\naccreditation = \"9\"\nissued = 2025-05-01\nexpires = 2028-04-30\n";
    assert_eq!(severities("certificate-incomplete", certificate), [""; 0]);
}

/// An issued report over a period, and a control with monthly evidence that is dated by `period`.
fn logged(period: &str, more: &str) -> String {
    format!(
        "owner = \"team\"\n[reports.r]\n{SOC2}[controls.c]\ndesign = \"https://x.example/p\"\nevery = \"1mo\"\nreports = \"r\"\noperating = [\"log\"{more}]\n[evidence.log]\nkind = \"log\"\nat = \"https://x.example/log\"\nperiod = {period}\n"
    )
}

#[test]
fn a_log_covers_only_until_the_day_of_the_check() {
    // Wholly ahead, it is about no day of the report, and makes no population of it.
    for period in [
        "{ from = 2026-10-02, to = 2026-12-31 }",
        "{ from = 2027-01-01, to = 2099-12-31 }",
    ] {
        assert_eq!(
            severities("evidence-outside-period", &logged(period, "")),
            ["warning"],
            "{period}"
        );
    }
    for period in [
        "{ from = 1900-01-01, to = 2099-01-01 }",
        "{ from = 2026-06-30, to = 2026-10-02 }",
        "{ from = 2025-07-01, to = 2026-06-30 }",
        "{ from = 2026-06-01, to = 2026-06-01 }",
        "{ from = 2026-01-01, to = 9999-12-31 }",
    ] {
        assert_eq!(
            severities("evidence-outside-period", &logged(period, "")),
            [""; 0],
            "{period}"
        );
    }
    // A report of next year has nothing in a log of this one, however far that is said to reach.
    let planned = |period: &str| {
        logged(period, "").replace(
            "from = 2025-07-01, to = 2026-06-30",
            "from = 2024-07-01, to = 2025-06-30",
        )
    };
    for (from, expected) in [("2025-07-01", 1), ("2025-06-30", 0)] {
        let manifest = planned(&format!("{{ from = {from}, to = 2099-12-31 }}"));
        assert_eq!(
            severities("evidence-outside-period", &manifest).len(),
            expected,
            "{from}"
        );
    }
    // What is collected after a period may be its whole population; what is still ahead is not.
    let one = ", { at = \"https://x.example/one\", collected = 2026-05-01 }";
    let gap = |period: &str| severities("evidence-cadence-gap", &logged(period, one)).len();
    assert_eq!(gap("{ from = 2026-07-01, to = 2026-08-01 }"), 0);
    assert_eq!(gap("{ from = 2026-11-01, to = 2026-12-01 }"), 1);
    assert_eq!(gap("{ from = 2099-11-01, to = 2099-12-01 }"), 1);
}

/// How a rule speaks where the config states a `longest` for it, and where it does not.
fn with_config(rule: &str, manifest: &str, longest: Option<&str>) -> usize {
    let estate = Estate::of(manifest);
    let estate = match longest {
        Some(longest) => estate.with("soclint.toml", format!("[rules.{rule}]\nlongest = {longest}\n")),
        None => estate,
    };
    estate.found_by(rule).len()
}

#[test]
fn an_own_interval_holds_as_far_as_the_config_lets_it() {
    let identity = |rotation: &str, review: &str| {
        format!(
            "owner = \"team\"\n[services.s]\nexposure = \"internal\"\n[identities.i]\nkind = \"api-key\"\ncredential = \"static-secret\"\nstore = \"vault\"\naccess = {{ service = \"s\", actions = \"read\" }}\nrotation = {{ {rotation}, evidence = \"https://x.example/r\" }}\nreview = {{ {review}, evidence = \"https://x.example/a\" }}\noffboarding = {{ trigger = \"end\", evidence = \"https://x.example/o\" }}\nmonitoring = {{ evidence = \"https://x.example/m\" }}\n"
        )
    };
    let review = |review: &str| identity("every = \"90d\", last = 2026-09-01", review);
    let rotation = |rotation: &str| identity(rotation, "last = 2026-09-01");
    let third_party = |review: &str| {
        format!(
            "owner = \"team\"\n[services.s]\nexposure = \"internal\"\n[third-parties.t]\nrole = \"subservice-organization\"\nmethod = \"carve-out\"\nsupports = \"s\"\ncsocs = {{ id = \"C\", text = \"x\" }}\nreview = {{ {review} }}\n"
        )
    };
    for (rule, manifest) in [
        (
            "nhi-without-access-review",
            review("every = \"99999y\", last = 2019-09-01"),
        ),
        (
            "nhi-without-access-review",
            review("every = \"13mo\", last = 2025-09-15"),
        ),
        ("nhi-rotation-overdue", rotation("every = \"2y\", last = 2025-01-01")),
        ("nhi-rotation-overdue", rotation("every = \"366d\", last = 2025-09-30")),
        (
            "carve-out-unmonitored",
            third_party("every = \"10y\", last = 2020-01-01"),
        ),
    ] {
        assert_eq!(
            with_config(rule, &manifest, None),
            0,
            "a default bounds nothing: {manifest}"
        );
        assert_eq!(with_config(rule, &manifest, Some("\"12mo\"")), 1, "{manifest}");
        assert_eq!(with_config(rule, &manifest, Some("\"99999y\"")), 0, "{manifest}");
    }
    for (rule, manifest) in [
        (
            "nhi-without-access-review",
            review("every = \"3mo\", last = 2026-05-01"),
        ),
        ("nhi-rotation-overdue", rotation("every = \"30d\", last = 2026-08-01")),
        (
            "carve-out-unmonitored",
            third_party("every = \"6mo\", last = 2026-01-01"),
        ),
    ] {
        // A shorter one is its own, whatever the config says.
        assert_eq!(with_config(rule, &manifest, None), 1, "{manifest}");
        assert_eq!(with_config(rule, &manifest, Some("\"12mo\"")), 1, "{manifest}");
    }
    // By kind, too.
    let manifest = rotation("every = \"2y\", last = 2025-01-01");
    assert_eq!(
        with_config("nhi-rotation-overdue", &manifest, Some("{ api-key = \"30d\" }")),
        1
    );
    assert_eq!(
        with_config("nhi-rotation-overdue", &manifest, Some("{ certificate = \"30d\" }")),
        0
    );
    assert_eq!(
        with_config(
            "nhi-rotation-overdue",
            &manifest,
            Some("{ default = \"30d\", api-key = \"5y\" }")
        ),
        0
    );
}
