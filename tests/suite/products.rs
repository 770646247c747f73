//! Reports over services by patterns, and third parties that support them by patterns: few lines that mean millions of
//! pairs, and must not mean billions of triples, nor findings as large as all pairs.

use crate::tool::{self, AS_OF, HANGS, run, soclint, stdout, write};
use serde_json::Value;
use soclint::Choice;
use std::collections::BTreeMap;
use std::time::Instant;

const MANY: usize = 500;

fn many(of: impl Fn(usize) -> String) -> String {
    (0..MANY).map(of).collect()
}

/// A report over all services.
fn report(id: usize, framework: &str, dates: &str) -> String {
    format!("[reports.r{id}]\nframework = \"{framework}\"\ntype = 2\n{dates}\ncovers = \"*\"\n")
}

const ISSUED: &str = "period = { from = 2025-07-01, to = 2026-06-30 }\nissued = 2026-08-15\nopinion = \"unmodified\"";

fn service(id: usize, more: &str) -> String {
    format!("[services.s{id}]\n{more}\n")
}

/// How often each rule finds something.
fn counted(text: &str) -> BTreeMap<&'static str, usize> {
    let root = tempfile::tempdir().expect("a folder");
    write(root.path(), "scope.toml", format!("owner = \"t\"\n{text}"));
    let before = Instant::now();
    let checked = tool::checked(root.path(), AS_OF, &Choice::default());
    assert!(before.elapsed() < HANGS, "it took {:?}", before.elapsed());
    let mut counted = BTreeMap::new();
    for finding in &checked.outcome.findings {
        *counted.entry(finding.rule).or_default() += 1;
    }
    counted
}

#[test]
fn reports_services_and_third_parties_are_no_product_of_three() {
    let services = many(|id| service(id, "financial-impact = \"none\"\nclaims = \"r0\""));
    let issued = many(|id| report(id, "soc2", ISSUED));
    let coming = |status: &str, from: &str, to: &str| {
        let dates = format!("status = \"{status}\"\nperiod = {{ from = {from}, to = {to} }}");
        many(|id| report(id, "soc2", &dates))
    };
    let organizations = |more: &str| {
        many(|id| format!("[third-parties.p{id}]\nrole = \"subservice-organization\"\nsupports = \"*\"\n{more}\n"))
    };
    let carved = organizations("method = \"carve-out\"");
    let controls =
        |more: &dyn Fn(usize) -> String| many(|id| format!("[controls.c{id}]\nreports = \"r{id}\"\n{}\n", more(id)));
    for (estate, rule, expected) in [
        (format!("{services}{issued}{carved}"), "carve-out-without-csocs", MANY),
        (
            format!("{services}{issued}{}", organizations("")),
            "subservice-method-missing",
            MANY,
        ),
        (
            format!(
                "{services}{issued}{carved}{}",
                controls(&|id| format!("criteria = \"CC6.1\"\ninherited-from = \"p{id}\""))
            ),
            "carve-out-unmonitored",
            MANY,
        ),
        (
            format!(
                "{services}{}{}{}",
                coming("in-progress", "2026-01-01", "2026-12-31"),
                organizations(""),
                controls(&|_| String::new())
            ),
            "in-progress-report-unready",
            MANY,
        ),
        (
            format!("{services}{}", coming("planned", "2027-01-01", "2027-02-28")),
            "planned-period-unfit",
            MANY,
        ),
        (
            many(|id| service(id, &format!("operated-by = \"p{id}\"")))
                + &issued
                + &many(|id| format!("[third-parties.p{id}]\nrole = \"vendor\"\nsupports = \"*\"\n")),
            "operator-declared-vendor",
            MANY,
        ),
    ] {
        let counted = counted(&estate);
        assert_eq!(counted.get(rule), Some(&expected), "{rule}: {counted:?}");
    }
}

/// One vendor on whose old report services in many files rest.
fn vendor(services: usize) -> tempfile::TempDir {
    let root = tempfile::tempdir().expect("a folder");
    write(
        root.path(),
        "scope.toml",
        "owner = \"t\"\n[third-parties.bank]\nrole = \"vendor\"\nsupports = \"*\"\nreports = { framework = \"soc1\", type = 2, period = { from = 2020-01-01, to = 2020-12-31 } }\n",
    );
    for id in 0..services {
        let text = service(id, "financial-impact = \"direct\"");
        write(
            root.path(),
            &format!("{id:03}/scope.toml"),
            format!("owner = \"t\"\n{text}"),
        );
    }
    root
}

fn of_vendor(document: &Value) -> &Value {
    let mut findings = tool::findings(document).iter();
    findings
        .find(|finding| finding["rule"] == "vendor-report-unfit")
        .expect("it is found")
}

#[test]
fn a_finding_about_many_places_names_some_and_counts_the_others() {
    for (services, named, more) in [
        (98, 98, None),
        (100, 100, None),
        (101, 100, Some(1)),
        (250, 100, Some(150)),
    ] {
        let root = vendor(services);
        let document = tool::check_json(root.path(), AS_OF);
        let finding = of_vendor(&document);
        let related = finding["related"].as_array().expect("a list");
        assert_eq!(related.len(), named, "{services}");
        assert_eq!(finding["more-related"].as_u64(), more, "{services}");
        let said = |format: &str| {
            let output = run(soclint()
                .args([
                    "check",
                    "--select",
                    "vendor-report-unfit",
                    "--as-of",
                    AS_OF,
                    "--format",
                    format,
                    "--root",
                ])
                .arg(root.path()));
            let text = stdout(&output);
            text.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        // Code scanning shows one less.
        let sarif = format!("and {} more places", services.saturating_sub(99));
        assert_eq!(said("sarif").contains(&sarif), services > 99, "{services}");
        let others = services - 5;
        let pretty = match more {
            None => format!("({others} more places are in --format json)"),
            Some(_) => format!("(and {others} more places)"),
        };
        assert!(said("pretty").contains(&pretty), "{services}: {}", said("pretty"));
        assert_eq!(said("junit").contains("and 150 more places"), services == 250);
    }
}

#[test]
fn a_place_that_is_only_counted_is_a_place_all_the_same() {
    let root = vendor(250);
    for (path, is_found) in [
        ("scope.toml", true),
        ("000", true),
        ("120", true),
        ("249", true),
        ("empty", false),
    ] {
        write(root.path(), "empty/scope.toml", "owner = \"t\"\n");
        let output = run(soclint()
            .args([
                "check",
                path,
                "--select",
                "vendor-report-unfit",
                "--as-of",
                AS_OF,
                "--format",
                "concise",
                "--root",
                ".",
            ])
            .current_dir(root.path()));
        assert_eq!(
            stdout(&output).contains("[vendor-report-unfit]"),
            is_found,
            "{path}: {}",
            stdout(&output)
        );
    }
}

#[test]
fn a_finding_gives_way_to_what_is_said_of_any_service_that_it_names() {
    for doubted in [0, 150, MANY - 1] {
        let reports = many(|id| report(id, "soc1", ISSUED));
        let services = many(|id| service(id, "financial-impact = \"none\""));
        let identity = format!(
            "[identities.bot]\nkind = \"bot\"\ncredential = \"federated\"\naccess = {{ service = \"s{doubted}\", actions = \"release-payment\", environments = \"production\" }}\n"
        );
        let counted = counted(&format!("{reports}{services}{identity}"));
        assert_eq!(counted.get("financial-impact-understated"), Some(&1), "{counted:?}");
        assert_eq!(counted.get("icfr-without-financial-impact"), None, "{counted:?}");
    }
    let counted = counted(&format!(
        "{}{}",
        many(|id| report(id, "soc1", ISSUED)),
        many(|id| service(id, "financial-impact = \"none\""))
    ));
    assert_eq!(counted.get("icfr-without-financial-impact"), Some(&MANY), "{counted:?}");
}

#[test]
fn what_is_used_of_a_provider_is_named_up_to_a_few() {
    for (uses, says) in [
        (2, "for `x0` and for `x1`"),
        (8, "and for `x7`"),
        (9, "for `x7` and 1 more"),
        (900, "for `x7` and 892 more"),
    ] {
        let used: String = (0..uses).map(|n| format!("\"x{n}\", ")).collect();
        let root = tempfile::tempdir().expect("a folder");
        let text = format!(
            "owner = \"t\"\n[third-parties.p]\nrole = \"vendor\"\nreports = {{ framework = \"soc2\", type = 2, period = {{ from = 2025-07-01, to = 2026-06-30 }}, services = \"zz\" }}\n\
             [services.s]\nthird-parties = {{ third-party = \"p\", uses = [{used}] }}\n"
        );
        write(root.path(), "scope.toml", text);
        let document = tool::check_json(root.path(), AS_OF);
        let mut findings = tool::findings(&document).iter();
        let finding = findings.find(|finding| finding["rule"] == "provider-service-not-covered");
        let message = finding.expect("it is found")["message"]
            .as_str()
            .expect("text")
            .to_owned();
        assert!(message.contains(says), "{uses}: {message}");
    }
}
