//! The same of estates that a generator makes: every kind of service, of reader and of report, in all combinations.

use super::once_declared;
use crate::session::Session;
use crate::source::Source;
use rayon::prelude::*;
use std::fmt::Write;

/// Each run is the same: what fails here fails everywhere. (xorshift64*)
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % sides
    }

    fn one_of<'w>(&mut self, words: &[&'w str]) -> &'w str {
        words[self.roll(words.len())]
    }

    /// Once in so many rolls.
    fn hits(&mut self, sides: usize) -> bool {
        self.roll(sides) == 0
    }

    fn some_of<'w>(&mut self, words: &[&'w str]) -> Vec<&'w str> {
        words.iter().copied().filter(|_| self.hits(3)).collect()
    }
}

const KINDS: [&str; 12] = [
    "saas",
    "iaas",
    "datacenter",
    "payroll-hr",
    "billing",
    "payments",
    "fund-administration",
    "custody",
    "control-plane",
    "shared-platform",
    "internal-tool",
    "managed-service",
];
const IMPACTS: [&str; 5] = ["direct", "indirect", "itgc-only", "own-books", "none"];
const CATEGORIES: [&str; 5] = [
    "security",
    "availability",
    "processing-integrity",
    "confidentiality",
    "privacy",
];
const PURPOSES: [&str; 6] = [
    "financial-statement-audit",
    "itgc-reliance",
    "statutory-audit",
    "security-due-diligence",
    "market-qualification",
    "internal-governance",
];
const REGIONS: [&str; 8] = ["us", "us-ny", "ca", "de", "eu", "gb", "global", "jp"];
const ENDS: [&str; 6] = ["12-31", "06-30", "03-31", "09-30", "02-end", "01-15"];

fn list(out: &mut String, key: &str, items: &[&str]) {
    if !items.is_empty() {
        let items: Vec<String> = items.iter().map(|item| format!("\"{item}\"")).collect();
        let _ = writeln!(out, "{key} = [{}]", items.join(", "));
    }
}

fn day(dice: &mut Dice, from: i16, years: usize) -> String {
    let year = i16::try_from(dice.roll(years)).expect("few years") + from;
    format!("{year}-{:02}-{:02}", dice.roll(12) + 1, dice.roll(28) + 1)
}

fn service(out: &mut String, dice: &mut Dice, at: usize, services: usize, reports: usize) {
    let _ = writeln!(out, "[services.s{at}]");
    if !dice.hits(4) {
        let _ = writeln!(out, "kind = \"{}\"", dice.one_of(&KINDS));
    }
    if !dice.hits(5) {
        let _ = writeln!(out, "financial-impact = \"{}\"", dice.one_of(&IMPACTS));
    }
    if dice.hits(3) {
        let _ = writeln!(
            out,
            "exposure = \"{}\"",
            dice.one_of(&["internal", "self-hosted", "external"])
        );
    }
    if dice.hits(6) {
        let _ = writeln!(
            out,
            "lifecycle = \"{}\"",
            dice.one_of(&["experimental", "deprecated", "retired"])
        );
    }
    if dice.hits(8) {
        out.push_str("scope = \"out\"\n");
    }
    if dice.hits(3) {
        out.push_str("tenancy = \"shared\"\n");
    }
    if dice.hits(8) {
        out.push_str("icfr-alternative = \"user auditors test the controls themselves, each year\"\n");
    }
    if dice.hits(4) {
        let _ = writeln!(out, "since = {}", day(dice, 2024, 3));
    }
    let promised = dice.some_of(&CATEGORIES);
    list(out, "commitments", &promised);
    let purposes = dice.some_of(&PURPOSES);
    list(out, "assurance-for", &purposes);
    if dice.hits(3) {
        list(out, "data", &["d"]);
    }
    if dice.hits(5) {
        list(out, "third-parties", &["t"]);
    }
    if !dice.hits(3) {
        let mut readers = String::new();
        list(&mut readers, "user-entities.regions", &dice.some_of(&REGIONS));
        out.push_str(&readers);
        if dice.hits(3) {
            let _ = writeln!(out, "user-entities.sec-issuers = {}", dice.hits(2));
        }
        let ends = dice.some_of(&ENDS);
        list(out, "user-entities.fiscal-year-ends", &ends);
    }
    let others: Vec<String> = (0..services)
        .filter(|other| *other != at && dice.hits(3))
        .map(|other| format!("s{other}"))
        .collect();
    let others: Vec<&str> = others.iter().map(String::as_str).collect();
    list(out, "depends-on", &others);
    let claims: Vec<String> = (0..reports)
        .filter(|_| dice.hits(3))
        .map(|report| format!("r{report}"))
        .collect();
    let mut stated = Vec::new();
    for claim in claims {
        stated.push(match dice.roll(4) {
            0 => format!("{{ report = \"{claim}\", for = \"{}\" }}", dice.one_of(&PURPOSES)),
            1 => format!("{{ report = \"{claim}\", level = \"operating\" }}"),
            _ => format!("\"{claim}\""),
        });
    }
    if !stated.is_empty() {
        let _ = writeln!(out, "claims = [{}]", stated.join(", "));
    }
    out.push('\n');
}

fn report(out: &mut String, dice: &mut Dice, at: usize, services: usize) {
    if dice.hits(6) {
        let _ = writeln!(
            out,
            "[certificates.r{at}]\nframework = \"iso27001\"\nedition = \"2022\""
        );
        if dice.hits(2) {
            let _ = writeln!(out, "issued = 2025-05-05\nexpires = {}", day(dice, 2026, 3));
        }
    } else {
        let framework = dice.one_of(&["soc1", "soc2", "soc3", "isae3402", "isae3000", "other"]);
        let _ = writeln!(out, "[reports.r{at}]\nframework = \"{framework}\"");
        if framework == "other" {
            out.push_str("name = \"PCI DSS\"\n");
        }
        if framework == "soc1" && dice.hits(2) {
            out.push_str("also = \"isae3402\"\n");
        }
        if framework == "isae3000" && dice.hits(2) {
            let _ = writeln!(
                out,
                "subject-matter = \"{}\"",
                dice.one_of(&["financial-reporting", "security", "trust-services"])
            );
        }
        let status = dice.one_of(&["issued", "issued", "issued", "planned", "in-progress", "withdrawn"]);
        let _ = writeln!(out, "status = \"{status}\"");
        let year = 2024 + dice.roll(3);
        let month = dice.roll(12) + 1;
        if dice.hits(4) {
            let _ = writeln!(out, "type = 1\nas-of = {year}-{month:02}-15");
        } else if !dice.hits(6) {
            let (last, to) = if dice.hits(3) {
                (year, 12)
            } else {
                (year + 1, dice.roll(12) + 1)
            };
            let _ = writeln!(
                out,
                "type = 2\nperiod = {{ from = {year}-{month:02}-01, to = {last}-{to:02}-28 }}"
            );
        }
        if status == "issued" && !dice.hits(4) {
            let _ = writeln!(
                out,
                "issued = 2026-09-01\nauditor = \"Example LLP\"\nopinion = \"unmodified\""
            );
        }
        if ["soc2", "soc3"].contains(&framework) && !dice.hits(4) {
            let categories = dice.some_of(&CATEGORIES);
            list(out, "categories", &categories);
        }
        if ["soc1", "isae3402"].contains(&framework) && dice.hits(2) {
            out.push_str("objectives.a = { text = \"Access is restricted\" }\n");
        }
    }
    let covers: Vec<String> = (0..services)
        .filter(|_| dice.hits(3))
        .map(|service| format!("s{service}"))
        .collect();
    let covers: Vec<&str> = covers.iter().map(String::as_str).collect();
    list(out, "covers", &covers);
    out.push('\n');
}

pub(in crate::tests) fn estate(seed: u64) -> String {
    let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    for _ in 0..8 {
        dice.roll(2);
    }
    let (services, reports) = (dice.roll(4) + 1, dice.roll(4));
    let mut out = String::new();
    if dice.hits(4) {
        out.push_str("namespace = \"pay\"\n\n");
    }
    for at in 0..services {
        service(&mut out, &mut dice, at, services, reports);
    }
    for at in 0..reports {
        report(&mut out, &mut dice, at, services);
    }
    let kind = dice.one_of(&["personal", "special-category", "financial-record"]);
    let _ = writeln!(out, "[data.d]\nclassification = \"restricted\"\nkinds = \"{kind}\"\n");
    let _ = writeln!(out, "[third-parties.t]\nrole = \"subservice-organization\"");
    if dice.hits(2) {
        out.push_str("[controls.c]\noperating = \"https://example.com/log\"\n");
    }
    out
}

#[test]
fn what_is_recommended_ends_what_is_missing_and_begins_nothing_in_generated_estates() {
    let of_seed = |seed: u64| {
        let text = estate(seed);
        let source = Source::new("scope.toml".to_owned(), text.clone());
        let session = Session::of_texts(vec![source], Vec::new()).expect("no config");
        let (count, wrong) = once_declared(&session, None, &format!("seed {seed}"));
        (
            count,
            wrong
                .into_iter()
                .map(|wrong| format!("{wrong}\n{text}"))
                .collect::<Vec<String>>(),
        )
    };
    let all: Vec<(usize, Vec<String>)> = (1..=600_u64).into_par_iter().map(of_seed).collect();
    let wrong: Vec<String> = all.iter().flat_map(|(_, wrong)| wrong.clone()).collect();
    assert!(
        wrong.is_empty(),
        "{} wrong\n{}",
        wrong.len(),
        wrong[..wrong.len().min(12)].join("\n----\n")
    );
    let count: usize = all.iter().map(|(count, _)| count).sum();
    assert!(count > 500, "{count}");
}

#[test]
fn generated_estates_are_read_without_an_error() {
    for seed in 1..=200 {
        let text = estate(seed);
        let source = Source::new("scope.toml".to_owned(), text.clone());
        let session = Session::of_texts(vec![source], Vec::new()).expect("no config");
        let checked = session.check(crate::tests::inventory::AS_OF, &crate::triage::Choice::default());
        let unread: Vec<&str> = checked
            .outcome
            .findings
            .iter()
            .filter(|finding| crate::rules::is_reading_error(finding.rule))
            .map(|finding| &*finding.message)
            .collect();
        assert!(unread.is_empty(), "{unread:?}\n{text}");
    }
}
