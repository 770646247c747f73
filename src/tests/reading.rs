//! What is said of a text that cannot be read, or is read otherwise than it is written: one finding, at the right place,
//! with a help that leads to the answer.

use crate::config;
use crate::decode::{Problem, first_fault};
use crate::manifest;
use crate::rules;
use crate::source::Source;
use crate::triage::Baseline;

fn problems(text: &str) -> Vec<Problem> {
    let source = Source::new("scope.toml".to_owned(), text.to_owned());
    let mut problems = manifest::read(&source).problems;
    problems.sort_by_key(|problem| problem.span);
    problems
}

/// The one problem of a text, with what it points at and its help.
fn only(text: &str) -> (String, String, String) {
    let problems = problems(text);
    assert_eq!(problems.len(), 1, "{text}\n{problems:#?}");
    let problem = &problems[0];
    let pointed = text[problem.span.range()].to_owned();
    (
        problem.message.clone(),
        pointed,
        problem.help.clone().unwrap_or_default(),
    )
}

#[test]
fn help_names_the_header_to_write() {
    for (text, pointed, help) in [
        ("[[services]]\nname = \"ledger\"\n", "services", "`[services.ledger]`"),
        (
            "[[identities]]\nid = \"bot\"\n[[identities]]\nid = \"other\"\n",
            "identities",
            "`[identities.bot]`",
        ),
        ("[[data]]\ntitle = \"Pay\"\n", "data", "`[data.Pay]`"),
        ("[[data]]\nkinds = \"secret\"\n", "data", "`[data.<id>]`"),
        (
            "[[reports]]\nname = \"SOC 1 of 2026\"\nframework = \"soc1\"\n",
            "reports",
            "`[reports.soc-1-of-2026]`",
        ),
        (
            "[[controls.monthly]]\ntitle = \"x\"\n",
            "monthly",
            "`[controls.monthly]`",
        ),
        (
            "[[third-parties.host]]\ntitle = \"x\"\n",
            "host",
            "`[third-parties.host]`",
        ),
        ("[[organization]]\nname = \"x\"\n", "organization", "`[organization]`"),
        ("services = \"ledger\"\n", "\"ledger\"", "`[services.<id>]`"),
        ("[services]\nledger = \"x\"\n", "\"x\"", "`[services.ledger]`"),
        (
            "[third-parties.a.b]\nrole = \"vendor\"\n",
            "a.b",
            "`[third-parties.\"a.b\"]`",
        ),
        (
            "[evidence.2026.q3.log]\nkind = \"log\"\n",
            "2026.q3.log",
            "`[evidence.\"2026.q3.log\"]`",
        ),
        ("[owners.team.a]\nkind = \"team\"\n", "team.a", "`[owners.\"team.a\"]`"),
        ("[profiles.v.1]\nstore = \"vault\"\n", "v.1", "`[profiles.\"v.1\"]`"),
        (
            "[services.api.v2]\nexposure = \"internal\"\n",
            "api.v2",
            "`[services.\"api.v2\"]`",
        ),
        (
            "[services.a\nexposure = \"internal\"\n",
            "[services.a",
            "`[services.a]`",
        ),
        ("[services.a]]\n", "[services.a]]", "`[services.a]`"),
        ("[[waivers]\nrule = \"x\"\n", "[[waivers]", "`[[waivers]]`"),
        ("services.a]\n", "services.a]", "`[services.a]`"),
        ("[ data . 'x'\n", "[ data . 'x'", "`[data . 'x']`"),
    ] {
        let (message, at, said) = only(text);
        assert_eq!(at, pointed, "{text}: {message}");
        assert!(said.contains(help), "{text}: {said}");
        assert!(!message.contains("list is not closed"), "{text}: {message}");
    }
}

#[test]
fn help_shows_the_keys_of_a_table() {
    for (text, help) in [
        (
            "[reports.r]\nframework = \"soc1\"\nperiod = \"2026\"\n",
            "{ from = .., to = .. }",
        ),
        (
            "[services.a]\nuser-entities = \"us\"\n",
            "`{ regions = \"us\" }`; its keys: regions, sec-issuers, fiscal-year-ends",
        ),
        (
            "[identities.a]\nkind = \"bot\"\nrotation = \"90d\"\n",
            "`{ every = \"90d\" }`; its keys: every, last, mode, reason, evidence",
        ),
        (
            "[identities.a]\nkind = \"bot\"\noffboarding = true\n",
            "{ trigger = .., revoked = .., evidence = .. }",
        ),
        (
            "[identities.a]\nkind = \"bot\"\nprivilege = [\"root\"]\n",
            "{ reason = .., approved-by = .., expires = .. }",
        ),
    ] {
        let (message, _, said) = only(text);
        assert!(said.contains(help), "{text}: {message}: {said}");
    }
}

#[test]
fn characters_are_named_where_they_stand() {
    for (text, pointed, said) in [
        ("[services.a]\nexposure = “internal”\n", "“internal”", "curly"),
        ("[services.a]\nexposure = ‘internal’\n", "‘internal’", "curly"),
        ("[services.a]\n„title“ = \"x\"\n", "„title“", "curly"),
        ("[services.a]\ndepends-on = [«b», «c»]\n", "«b»", "curly"),
        (
            "[services.a]\ntitle = \u{ff02}x\u{ff02}\n",
            "\u{ff02}x\u{ff02}",
            "curly",
        ),
        ("[services.a]\ntitle = \"x”\n", "\"x”", "no closing quote"),
        (
            "[services.a]\n\u{a0}title = \"x\"\n",
            "\u{a0}",
            "a no-break space (U+00A0)",
        ),
        (
            "[services.a]\ntitle\u{200b} = \"x\"\n",
            "\u{200b}",
            "a zero-width space (U+200B)",
        ),
        (
            "[services.a]\ntitle = \u{3000}\"x\"\n",
            "\u{3000}",
            "an ideographic space (U+3000)",
        ),
        (
            "[services.a]\u{202f}\ntitle = \"x\"\n",
            "\u{202f}",
            "a narrow no-break space (U+202F)",
        ),
        (
            "[services.a]\ntitle = \"x\"\u{200f}\n",
            "\u{200f}",
            "text direction (U+200F)",
        ),
        ("\u{2060}[services.a]\n", "\u{2060}", "a word joiner (U+2060)"),
        (
            "[services.a]\ntitle =\u{b}\"x\"\n",
            "\u{b}",
            "a line break that TOML does not know",
        ),
    ] {
        let (message, at, _) = only(text);
        if !said.is_empty() {
            assert_eq!(at, pointed, "{text}");
            assert!(message.contains(said), "{text}: {message}");
        }
    }
}

#[test]
fn a_text_without_its_end_is_one_finding_on_the_text() {
    for (line, pointed) in [
        ("title = \"Payroll engine", "\"Payroll engine"),
        ("title = 'Payroll engine", "'Payroll engine"),
        ("commitments = [\"security\", \"privacy]", "\"privacy]"),
        (
            "user-entities = { regions = \"us, sec-issuers = true }",
            "\"us, sec-issuers = true }",
        ),
        ("claims = { report = \"r\", for = 'x }", "'x }"),
        ("title = \"a \\\"", "\"a \\\""),
        ("depends-on = [ { service = \"b }, ]", "\"b }, ]"),
    ] {
        let text = format!("[services.a]\n{line}\nexposure = \"internal\"\nlifecycle = \"production\"\n");
        let (message, at, _) = only(&text);
        assert_eq!(at, pointed, "{line}");
        assert!(message.contains("no closing quote"), "{line}: {message}");
    }
}

#[test]
fn a_type_is_shown_as_it_is_written() {
    for (written, said) in [
        ("+2", "read as 2"),
        ("0x2", "read as 2"),
        ("0o1", "read as 1"),
        ("0b1_0", "read as 2"),
        ("\"II\"", "read as 2"),
        ("1_0", "no value 1_0"),
        ("-1", "no value -1"),
        ("0x20", "no value 0x20"),
        ("\"III\"", "no value \"III\""),
    ] {
        let (message, at, _) = only(&format!("[reports.r]\nframework = \"soc2\"\ntype = {written}\n"));
        assert_eq!(at, written);
        assert!(message.contains(said), "{written}: {message}");
    }
}

#[test]
fn a_word_is_proposed_and_not_put_in_the_place_of_another() {
    let soc = "[services.a]\nexposure = \"internal\"\n";
    for (key, fixed, proposed) in [
        ("lifecylce = \"production\"", Some("lifecycle"), false),
        ("Title = \"x\"", Some("title"), false),
        ("financialImpact = \"none\"", Some("financial-impact"), false),
        ("depend_on = []", Some("depends-on"), false),
        ("finacial-impct = \"none\"", None, true),
        ("lifecyle1 = \"production\"", None, true),
        ("colour = \"red\"", None, true),
    ] {
        let problems = problems(&format!("{soc}{key}\n"));
        assert_eq!(problems.len(), 1, "{key}: {problems:?}");
        let fix = problems[0].fix.as_ref().map(|fix| format!("{fix:?}"));
        assert_eq!(fix, fixed.map(|name| format!("Rename({name:?})")), "{key}");
        assert_eq!(problems[0].suggestion.is_some(), proposed, "{key}");
    }
}

/// What a merge leaves, whatever it is about.
const MERGES: [&str; 6] = [
    "<<<<<<< HEAD\n@A\n=======\n@B\n>>>>>>> main\n",
    "<<<<<<< HEAD\n@A\n||||||| 0f3a\n@B\n=======\n>>>>>>> main\n",
    "<<<<<<< HEAD\n@A\n||||||| 0f3a\n=======\n@A\n@B\n>>>>>>> main\n",
    "<<<<<<<<<< HEAD\n@A\n==========\n@B\n>>>>>>>>>> main\n",
    "<<<<<<< HEAD\n<<<<<<< other\n@A\n=======\n@B\n>>>>>>> other\n=======\n@B\n>>>>>>> main\n",
    "<<<<<<< HEAD\r\n@A\r\n=======\r\n@B\r\n>>>>>>> main\r\n",
];

#[test]
fn a_merge_is_one_finding_in_a_config_and_a_baseline_too() {
    let known = rules::known_to_config();
    let versions = [
        ("fail-on = \"error\"", "fail-on = \"note\""),
        ("[rules]\nstale-report = \"off\"", "[rules]\nstale-report = \"note\""),
        ("exclude = [\n\"a\",\n]", "exclude = [\n\"b\",\n]"),
        ("[[waivers]]\nrule = \"x\"", "[policy]\nsecret-stores = \"vault\""),
        ("[waiver-policy]", ""),
    ];
    for merge in MERGES {
        for (a, b) in versions {
            let conflict = merge.replace("@A", a).replace("@B", b);
            let text = format!("include = [\"**/scope.toml\"]\n{conflict}");
            let source = Source::new("soclint.toml".to_owned(), text.clone());
            let (_, problems) = config::read(&source, &known);
            assert_eq!(problems.len(), 1, "{text}\n{problems:#?}");
            assert!(
                problems[0].message.contains("a merge left this conflict behind"),
                "{text}"
            );
            assert!(source.slice(problems[0].span).starts_with("<<<"), "{text}");

            let twice = format!("{text}\n{conflict}");
            let source = Source::new("soclint.toml".to_owned(), twice.clone());
            assert_eq!(config::read(&source, &known).1.len(), 2, "{twice}");
        }
        let row =
            |fact: &str| format!("[[findings]]\nrule = \"stale-report\"\nsubject = \"reports.a\"\nfact = \"{fact}\"");
        let conflict = merge.replace("@A", &row("x")).replace("@B", &row("y"));
        let text = format!("version = 1\n{conflict}");
        let fault = Baseline::parse(&text).expect_err("it is no baseline");
        let why = fault.kind.to_string();
        assert!(why.contains("a merge left this conflict behind"), "{why}");
        assert_eq!(fault.span.range().start, text.find("<<<").expect("it is there"));
    }
}

#[test]
fn a_list_or_table_over_lines_is_one_finding_in_a_config_and_a_baseline_too() {
    let known = rules::known_to_config();
    for text in [
        "exclude = [\n\"a\"\n\"b\"\n]\nfail-on = \"note\"\n",
        "exclude = [ \"a\",\nfail-on = \"note\"\n",
        "[rules]\nnhi-rotation-overdue = {\n severity = \"off\"\n fail-on = 3\n}\nstale-report = \"off\"\n",
        "[rules]\nnhi-rotation-overdue = { severity = \"off\"\nstale-report = \"nothing\"\n[policy]\nsecret-stores = \"vault\"\n",
        "waivers = [\n { rule = \"x\"\n subject = \"y\" },\n]\n",
    ] {
        let source = Source::new("soclint.toml".to_owned(), text.to_owned());
        let (_, problems) = config::read(&source, &known);
        assert_eq!(problems.len(), 1, "{text}\n{problems:#?}");
        assert!(matches!(source.slice(problems[0].span), "[" | "{"), "{text}");
    }
    let text = "version = 1\nfindings = [\n { rule = \"x\", subject = \"y\", fact = \"z\" }\n { rule = \"x\" },\n]\n";
    let fault = Baseline::parse(text).expect_err("it is no baseline");
    assert_eq!(&text[fault.span.range()], "[");
    assert_eq!(first_fault("a = 1\n"), None);
}

/// What only moving a report or certificate settles is left to the rule that asks for it; a slip is always said.
#[test]
fn a_slip_is_said_of_what_is_in_the_wrong_table_too() {
    let report_keys = "type = 2\nperiod = { from = 2025-07-01, to = 2026-06-30 }\nopinion = \"unmodified\"\n";
    for (header, text, slips) in [
        // No rule speaks of what it states before its framework is known.
        ("certificates.x", "framwork = \"iso27018\"\n", &["framwork"][..]),
        ("certificates.x", "framework = \"iso2718\"\n", &["\"iso2718\""]),
        ("certificates.x", "framework = \"iso27018\"\n", &[]),
        ("certificates.x", "framework = \"iso27018\"\nauditor = \"A\"\n", &[]),
        (
            "certificates.x",
            "framework = \"iso27018\"\nexpries = 2027-01-01\n",
            &["expries"],
        ),
        ("certificates.x", "framework = \"soc2\"\nauditor = \"A\"\n", &[]),
        ("certificates.x", "framework = \"soc2\"\nauditr = \"A\"\n", &["auditr"]),
        (
            "certificates.x",
            "framework = \"soc2\"\nstatus = \"isued\"\n",
            &["\"isued\""],
        ),
        (
            "reports.x",
            "framework = \"iso27001\"\nsurveillance = [2026-05-20]\n",
            &[],
        ),
        ("reports.x", "framework = \"iso27001\"\nstatus = \"suspended\"\n", &[]),
        (
            "reports.x",
            "framework = \"iso27001\"\nsurveilance = [2026-05-20]\n",
            &["surveilance"],
        ),
        (
            "reports.x",
            "framwork = \"iso27001\"\nsurveillance = [2026-05-20]\n",
            &["framwork", "surveillance"],
        ),
    ] {
        let text = format!("[{header}]\n{text}{report_keys}");
        let said = problems(&text);
        let said: Vec<&str> = said.iter().map(|problem| &text[problem.span.range()]).collect();
        assert_eq!(said, slips, "{text}");
    }
}
