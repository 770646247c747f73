//! `soclint.toml`: strict in every key, and extended by others.

use super::{concise, estate, json, manifest, printed, refused, rows};
use crate::tool::{self, AS_OF, write};
use serde_json::Value;

const CLEAN: &str = "[services.wiki]\nexposure = \"internal\"\n";

fn complaint(config: &str) -> String {
    let root = estate(&[("soclint.toml", config), ("scope.toml", CLEAN)]);
    refused(root.path(), &["check", "--as-of", AS_OF, "--format", "concise"])
}

#[test]
fn every_key_is_known_or_refused_at_its_place_with_the_nearest() {
    let cases = [
        (
            "extend = \"x\"\n",
            "soclint.toml:1:1: unknown key `extend` (did you mean `extends`?)",
        ),
        (
            "exclud = \"x\"\n",
            "soclint.toml:1:1: unknown key `exclud` (did you mean `exclude`?)",
        ),
        (
            "[polici]\n",
            "soclint.toml:1:2: unknown key `polici` (did you mean `policy`?)",
        ),
        (
            "[policy]\nrequires = []\n",
            "soclint.toml:2:1: unknown key `requires` (did you mean `require`?)",
        ),
        (
            "[policy]\nsecret-store = []\n",
            "soclint.toml:2:1: unknown key `secret-store` (did you mean `secret-stores`?)",
        ),
        (
            "[policy]\nrequire = \"services.financial-impct\"\n",
            "soclint.toml:2:11: `services` has no key `financial-impct` (did you mean `services.financial-impact`?)",
        ),
        (
            "[policy]\nrequire = [\"services.title\", \"servces.owner\"]\n",
            "soclint.toml:2:30: \"servces.owner\" is not a key of a table of entities (did you mean `services.owner`?)",
        ),
        (
            "[policy]\nrequire = \"financial-impact\"\n",
            "not a table and a key, such as services.financial-impact",
        ),
        ("[policy]\nrequire = \"services\"\n", "`services` has no key ``"),
        ("[waiver-polcy]\n", "(did you mean `waiver-policy`?)"),
        (
            "[waiver-policy]\nlongest-trm = \"6mo\"\n",
            "soclint.toml:2:1: unknown key `longest-trm` (did you mean `longest-term`?)",
        ),
        ("[waiver-policy]\nlongest-term = \"6 months\"\n", "soclint.toml:2:16: "),
        ("[waiver-policy]\nlongest-term = \"0d\"\n", "soclint.toml:2:16: "),
        (
            "[waiver-policy]\nnot-waivable = [\"evidence-chnged\"]\n",
            "soclint.toml:2:17: there is no rule `evidence-chnged` (did you mean `evidence-changed`?)",
        ),
        ("[waiver-policy]\napprover = \"x\"\n", "(did you mean `approvers`?)"),
        ("[waiver-policy]\nallow-broad = \"no\"\n", "soclint.toml:2:15: "),
        ("[[overides]]\npaths = \"x\"\n", "(did you mean `overrides`?)"),
        (
            "[[overrides]]\nrules = {}\n",
            "soclint.toml:1:1: an override needs `paths`",
        ),
        ("[[overrides]]\npath = \"x\"\nrules = {}\n", "(did you mean `paths`?)"),
        (
            "[[overrides]]\npaths = \"[\"\nrules = {}\n",
            "soclint.toml:2:9: \"[\" is not a glob",
        ),
        (
            "[[overrides]]\npaths = \"x\"\nrules = { stale-reprot = \"off\" }\n",
            "soclint.toml:3:11: there is no rule `stale-reprot` (did you mean `stale-report`?)",
        ),
        (
            "[[overrides]]\npaths = \"x\"\nrules = { stale-report = \"warnin\" }\n",
            "(did you mean \"warning\"?)",
        ),
        (
            "[[overrides]]\npaths = \"x\"\nrules = { unknown-key = \"note\" }\n",
            "cannot be turned off or lowered",
        ),
        (
            "[[overrides]]\npaths = \"x\"\nrules = { stale-report = { longest = \"1mo\" } }\n",
            "unknown key `longest`",
        ),
        (
            "[[waivers]]\nsubject = \"x\"\n",
            "soclint.toml:1:1: a waiver needs `rule`",
        ),
        (
            "[[waivers]]\nrule = \"stale-report\"\n",
            "soclint.toml:1:1: a waiver needs `subject`",
        ),
        (
            "[[waivers]]\nrule = \"stale-reprot\"\nsubject = \"x\"\n",
            "soclint.toml:2:8: there is no rule `stale-reprot` (did you mean `stale-report`?)",
        ),
        (
            "[[waivers]]\nrule = \"stale-report\"\nsubject = \"x\"\nexpire = 2026-12-31\n",
            "(did you mean `expires`?)",
        ),
        (
            "[[waivers]]\nrule = \"stale-report\"\nsubject = \"x\"\nexpires = 2026-02-30\n",
            "soclint.toml:4:11: ",
        ),
        (
            "[rules.stale-report]\nseverit = \"off\"\n",
            "(did you mean `severity`?)",
        ),
        (
            "[rules.nhi-rotation-overdue]\nlongest = { api-kye = \"30d\" }\n",
            "(did you mean `api-key`?)",
        ),
        ("[rules.stale-report]\nlongest = \"a year\"\n", "soclint.toml:2:11: "),
        ("[rules.coverage-gap]\ntolerate = \"1mo\"\n", "soclint.toml:2:12: "),
        ("[rules.coverage-gap]\nseason = \"1mo\"\n", "has no option `season`"),
        ("[rules.coverage-gap]\nfrom = \"1mo\"\n", "has no option `from`"),
        (
            "[rules.in-progress-report-unready]\nfrom = \"0d\"\n",
            "soclint.toml:2:8: ",
        ),
    ];
    for (config, said) in cases {
        let complaint = complaint(config);
        assert!(complaint.contains(said), "{config}{complaint}");
    }
}

#[test]
fn every_problem_of_a_config_is_told_at_once() {
    let complaint =
        complaint("fail-on = \"erorr\"\ninclud = \"x\"\n[rules]\nstale-reprot = \"off\"\n[[overrides]]\nrules = {}\n");
    for place in [":1:11:", ":2:1:", ":4:1:", ":5:1:"] {
        assert!(complaint.contains(&format!("soclint.toml{place}")), "{complaint}");
    }
}

#[test]
fn every_option_of_the_specification_is_taken() {
    let config = r#"
        [rules]
        readiness-not-evidenced = "off"
        nhi-rotation-overdue = { severity = "error", longest = { api-key = "30d", default = "90d" } }
        nhi-without-access-review.longest = "12mo"
        carve-out-unmonitored.longest = "12mo"
        oauth-grant-ungoverned.longest = "12mo"
        stale-report.longest = "12mo"
        bridge-letter-misused.longest = "3mo"
        nhi-long-lived-credential.longest = "12mo"
        type-2-period-unusually-long.longest = "15mo"
        coverage-gap.tolerate = "0d"
        user-year-overlap-short.season = "4mo"
        issuer-year-end-gap = { season = "4mo", longest = "3mo" }
        surveillance-overdue.longest = "15mo"
        in-progress-report-unready.from = "4mo"
        processor-unreviewed.longest = "12mo"
        vendor-report-unfit = { longest = "12mo", season = "4mo" }
    "#;
    let root = estate(&[("soclint.toml", config), ("scope.toml", CLEAN)]);
    printed(root.path(), &["check", "--as-of", AS_OF]);
}

/// A repository with a config above the estate.
fn organization(files: &[(&str, &str)]) -> tempfile::TempDir {
    let root = estate(files);
    std::fs::create_dir(root.path().join(".git")).expect("a folder");
    root
}

#[test]
fn the_nearest_config_wins_for_each_key() {
    let root = organization(&[
        (
            "org/soclint.toml",
            "fail-on = \"warning\"\nexclude = \"old/**\"\n[rules]\nnhi-without-monitoring = \"error\"\nstale-report = \"off\"\n",
        ),
        (
            "team/soclint.toml",
            "extends = [\"../org/soclint.toml\"]\n[rules]\nnhi-without-monitoring = \"note\"\n",
        ),
        ("team/scope.toml", &manifest(&["a"])),
        ("team/old/scope.toml", "no TOML"),
    ]);
    let team = root.path().join("team");
    let document = json(&team, &[]);
    assert_eq!(
        rows(&document, "findings"),
        ["note nhi-without-monitoring identities.a"]
    );
    assert_eq!(
        document["summary"]["fail-on"], "warning",
        "from the config that is extended"
    );
    assert_eq!(
        document["summary"]["files"], 1,
        "`exclude` counts from the estate's root"
    );
    let shown = printed(&team, &["config"]);
    for line in [
        "fail-on = \"warning\"  # ../org/soclint.toml:1",
        "exclude = [\"old/**\"]  # ../org/soclint.toml:2",
        "severity = \"note\"  # soclint.toml:3",
        "severity = \"off\"  # ../org/soclint.toml:5",
        "longest-term = \"12mo\"  # default",
    ] {
        assert!(shown.contains(line), "{line} is not in\n{shown}");
    }
}

#[test]
fn a_chain_may_be_long_and_meet_again_and_what_is_named_later_is_nearer() {
    let rule = |level: &str| format!("[rules]\nnhi-without-monitoring = \"{level}\"\n");
    let root = organization(&[
        (
            "base.toml",
            &(rule("off") + "stale-report = \"off\"\n[waiver-policy]\nlongest-term = \"1mo\"\n"),
        ),
        ("left.toml", &format!("extends = \"base.toml\"\n{}", rule("note"))),
        ("right.toml", &format!("extends = \"base.toml\"\n{}", rule("error"))),
        ("team/soclint.toml", "extends = [\"../left.toml\", \"../right.toml\"]\n"),
        ("team/scope.toml", &manifest(&["a"])),
    ]);
    let team = root.path().join("team");
    assert_eq!(
        rows(&json(&team, &[]), "findings"),
        ["error nhi-without-monitoring identities.a"]
    );
    write(
        &team,
        "soclint.toml",
        "extends = [\"../right.toml\", \"../left.toml\"]\n",
    );
    assert_eq!(
        rows(&json(&team, &[]), "findings"),
        ["note nhi-without-monitoring identities.a"]
    );
    // What both extend lies beneath both, and still holds where neither says anything.
    assert!(printed(&team, &["config"]).contains("longest-term = \"1mo\"  # ../base.toml:5"));
}

#[test]
fn a_list_is_taken_whole_from_the_nearest_and_waivers_and_overrides_add_up() {
    let root = organization(&[
        (
            "org.toml",
            &format!(
                "[policy]\nsecret-stores = [\"vault\", \"hsm\"]\n[[overrides]]\npaths = \"**\"\nrules = {{ nhi-without-monitoring = \"error\" }}\n{}",
                super::waiver("identities.a")
            ),
        ),
        (
            "team/soclint.toml",
            &format!(
                "extends = \"../org.toml\"\n[policy]\nsecret-stores = \"aws-secrets-manager\"\n[[overrides]]\npaths = \"x/**\"\nrules = {{ nhi-without-monitoring = \"note\" }}\n{}",
                super::waiver("identities.b")
            ),
        ),
        ("team/scope.toml", &manifest(&["a", "b", "c"])),
        ("team/x/scope.toml", &manifest(&["d"])),
    ]);
    let team = root.path().join("team");
    let document = json(&team, &[]);
    assert_eq!(
        rows(&document, "findings"),
        [
            "error nhi-without-monitoring identities.c",
            "note nhi-without-monitoring identities.d"
        ]
    );
    assert_eq!(
        rows(&document, "waived"),
        [
            "error nhi-without-monitoring identities.a",
            "error nhi-without-monitoring identities.b"
        ]
    );
    let shown = printed(&team, &["config"]);
    assert!(
        shown.contains("secret-stores = [\"aws-secrets-manager\"]  # soclint.toml:3"),
        "{shown}"
    );
}

#[test]
fn what_cannot_be_extended_is_refused_at_its_place() {
    let outside = estate(&[("soclint.toml", "")]);
    let outside_path = outside.path().join("soclint.toml");
    let outside_path = outside_path.to_str().expect("UTF-8");
    // The files, the place at which it is said, and what is said.
    type Case<'c> = (Vec<(&'c str, String)>, &'c str, &'c str);
    let cases: Vec<Case<'_>> = vec![
        (
            vec![("soclint.toml", "extends = \"soclint.toml\"\n".into())],
            "soclint.toml:1:11: ",
            "in a circle",
        ),
        (
            vec![
                ("soclint.toml", "\nextends = [\"org/a.toml\"]\n".into()),
                ("org/a.toml", "extends = \"b.toml\"\n".into()),
                ("org/b.toml", "extends = [\"a.toml\"]\n".into()),
            ],
            "org/b.toml:1:12: ",
            "in a circle",
        ),
        (
            vec![("soclint.toml", "extends = \"org/missing.toml\"\n".into())],
            "soclint.toml:1:11: ",
            "there is no file \"org/missing.toml\"",
        ),
        (
            vec![("soclint.toml", "extends = \"org\"\n".into()), ("org/x", String::new())],
            "soclint.toml:1:11: ",
            "not a regular file",
        ),
        (
            vec![("soclint.toml", format!("extends = \"{outside_path}\"\n"))],
            "soclint.toml:1:11: ",
            "is outside the repository",
        ),
        (
            vec![
                ("soclint.toml", "extends = \"org.toml\"\n".into()),
                ("org.toml", "[rules]\nstale-reprot = \"off\"\n".into()),
            ],
            "org.toml:2:1: ",
            "did you mean `stale-report`?",
        ),
        (
            vec![
                ("soclint.toml", "extends = \"org.toml\"\n".into()),
                ("org.toml", "rules = [\n".into()),
            ],
            "org.toml:",
            "TOML",
        ),
    ];
    for (files, place, said) in cases {
        let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
        let root = organization(&files);
        write(root.path(), "scope.toml", CLEAN);
        let complaint = refused(root.path(), &["check", "--as-of", AS_OF, "--format", "concise"]);
        assert!(
            complaint.contains(place) && complaint.contains(said),
            "{place}{said}: {complaint}"
        );
        let drawn = refused(root.path(), &["check", "--as-of", AS_OF]);
        assert!(drawn.contains(place.trim_end_matches(": ")), "{place}: {drawn}");
        assert_eq!(refused(root.path(), &["config"]), drawn);
    }
    let mut files: Vec<(String, String)> = (0..40)
        .map(|n| (format!("c{n}.toml"), format!("extends = \"c{}.toml\"\n", n + 1)))
        .collect();
    files.push(("soclint.toml".into(), "extends = \"c0.toml\"\n".into()));
    files.push(("c40.toml".into(), String::new()));
    files.push(("scope.toml".into(), CLEAN.into()));
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()))
        .collect();
    let complaint = refused(organization(&files).path(), &["check"]);
    assert!(complaint.contains("more than 32 configs"), "{complaint}");
}

#[cfg(unix)]
#[test]
fn a_link_hides_neither_a_circle_nor_a_way_out_of_the_repository() {
    use std::os::unix::fs::symlink;
    let root = organization(&[("soclint.toml", "extends = \"link.toml\"\n"), ("scope.toml", CLEAN)]);
    symlink("soclint.toml", root.path().join("link.toml")).expect("a link");
    assert!(refused(root.path(), &["check"]).contains("in a circle"));
    let outside = estate(&[("x.toml", "fail-on = \"never\"\n")]);
    std::fs::remove_file(root.path().join("link.toml")).expect("it was there");
    symlink(outside.path().join("x.toml"), root.path().join("link.toml")).expect("a link");
    assert!(refused(root.path(), &["check"]).contains("is outside the repository"));
    // The config itself may be a link; what it extends lies beside the link.
    let linked = organization(&[
        ("real/soclint.toml", "extends = \"soclint.toml\"\n"),
        ("scope.toml", CLEAN),
    ]);
    symlink("real/soclint.toml", linked.path().join("soclint.toml")).expect("a link");
    assert!(refused(linked.path(), &["check"]).contains("in a circle"));
}

#[test]
fn an_option_in_a_config_above_the_estate_is_labelled_there() {
    let report = "owner = \"team\"\n[identities.key]\nkind = \"api-key\"\ncredential = \"static-secret\"\nstore = \"vault\"\nenvironments = \"test\"\n\
        rotation = { last = 2026-08-01, evidence = \"https://x.example.com\" }\nreview = { last = 2026-08-01, evidence = \"https://x.example.com\" }\n\
        offboarding = { trigger = \"retired\", evidence = \"https://x.example.com\" }\n";
    let root = organization(&[
        (
            "org/soclint.toml",
            "[rules.nhi-rotation-overdue]\nlongest = { default = \"30d\" }\n",
        ),
        ("team/soclint.toml", "extends = \"../org/soclint.toml\"\n"),
        ("team/scope.toml", report),
    ]);
    let team = root.path().join("team");
    let document = json(&team, &[]);
    let finding = &tool::findings(&document)[0];
    assert_eq!(finding["rule"], "nhi-rotation-overdue");
    let labels = finding["related"].as_array().expect("a list");
    let option = labels
        .iter()
        .find(|label| label["location"]["path"] == "../org/soclint.toml")
        .expect("a label");
    assert_eq!(tool::text_at(&team, &option["location"]), "\"30d\"");
    assert!(
        super::call(&team, &["check", "--as-of", AS_OF])
            .stdout
            .windows(22)
            .any(|part| part == b"../org/soclint.toml:2:")
    );
    // For code review, paths count from the repository's root.
    let sarif = super::call(&team, &["check", "--as-of", AS_OF, "--format", "sarif"]);
    let sarif: Value = serde_json::from_slice(&sarif.stdout).expect("JSON");
    let related = &sarif["runs"][0]["results"][0]["relatedLocations"];
    let uris: Vec<&str> = related
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|place| place.pointer("/physicalLocation/artifactLocation/uri")?.as_str())
        .collect();
    assert!(uris.contains(&"org/soclint.toml"), "{uris:?}");
}

#[test]
fn overrides_go_by_the_path_of_the_manifest_and_later_ones_win() {
    let config = "[rules]\nnhi-without-monitoring = \"error\"\n\
        [[overrides]]\npaths = [\"labs/**\", \"old/**\"]\nrules = { nhi-without-monitoring = \"note\", stale-report = \"off\" }\n\
        [[overrides]]\npaths = \"labs/prod/**\"\nrules.nhi-without-monitoring = \"warning\"\n\
        [[overrides]]\npaths = \"labs/off/**\"\nrules = { nhi-without-monitoring = { severity = \"off\" } }\n";
    let root = estate(&[
        ("soclint.toml", config),
        ("a.scope.toml", &manifest(&["a"])),
        ("labs/b.scope.toml", &manifest(&["b"])),
        ("labs/off/d.scope.toml", &manifest(&["d"])),
        ("labs/prod/c.scope.toml", &manifest(&["c"])),
        ("old/e.scope.toml", &manifest(&["e"])),
    ]);
    let document = json(root.path(), &[]);
    assert_eq!(
        rows(&document, "findings"),
        [
            "error nhi-without-monitoring identities.a",
            "note nhi-without-monitoring identities.b",
            "warning nhi-without-monitoring identities.c",
            "note nhi-without-monitoring identities.e",
        ]
    );
    assert!(concise(root.path(), &[]).contains("1 error, 1 warning and 2 notes"));
}

#[test]
fn severity_and_options_stand_together_and_apart() {
    let stale = "[services.a]\nclaims = \"r\"\nexposure = \"internal\"\n[reports.r]\nframework = \"soc2\"\nstatus = \"issued\"\ntype = 2\ncategories = \"security\"\nissued = 2025-09-30\nauditor = \"X\"\nopinion = \"unmodified\"\nreadiness = \"https://x.example.com\"\nperiod = { from = 2024-07-01, to = 2025-06-30 }\ncovers = \"a\"\nsystem-description = { evidence = \"https://x.example.com\", sections = [\"infrastructure\", \"software\", \"people\", \"procedures\", \"data\"] }\n";
    let found = |config: &str| {
        rows(
            &json(estate(&[("soclint.toml", config), ("scope.toml", stale)]).path(), &[]),
            "findings",
        )
    };
    assert_eq!(found(""), ["warning stale-report reports.r"]);
    assert_eq!(
        found("[rules.stale-report]\nseverity = \"error\"\nlongest = \"12mo\"\n"),
        ["error stale-report reports.r"]
    );
    assert_eq!(
        found("[rules.stale-report]\nlongest = \"15mo\"\n"),
        ["warning stale-report reports.r"],
        "to the end of September"
    );
    assert_eq!(found("[rules.stale-report]\nlongest = \"16mo\"\n"), [] as [String; 0]);
    assert_eq!(found("[rules]\nstale-report.severity = \"off\"\n"), [] as [String; 0]);
}

#[test]
fn the_config_schema_describes_every_key_and_accepts_the_example_of_the_specification() {
    let schema = tool::project().join("schemas/config.schema.json");
    let schema: Value = serde_json::from_slice(&std::fs::read(schema).expect("a file")).expect("JSON");
    let properties = schema["properties"].as_object().expect("an object");
    for key in [
        "include",
        "exclude",
        "extends",
        "fail-on",
        "policy",
        "rules",
        "waiver-policy",
        "waivers",
        "overrides",
    ] {
        let text = properties[key]["description"].as_str().unwrap_or_default();
        assert!(text.len() >= 20, "{key} is not described: {text}");
    }
}
