//! Any word of help, messages and pages that is no plain English is a term of the glossary.

use crate::cases;
use crate::documents;
use crate::tool::{project, run, soclint, stdout};
use std::collections::{BTreeMap, BTreeSet};

/// The field's words. Each is in a text for readers who may know neither SOC nor soclint.
const TERMS: [&str; 60] = [
    "access review",
    "agent",
    "as-of date",
    "assurance",
    "attestation",
    "audience",
    "baseline",
    "break-glass",
    "bridge letter",
    "carve-out",
    "carved out",
    "certificate",
    "claim",
    "commitment",
    "common criteria",
    "complementary user entity control",
    "control",
    "control objective",
    "criteria",
    "criterion",
    "CSOC",
    "CUEC",
    "entity",
    "estate",
    "evidence",
    "exception",
    "exemption",
    "family",
    "finding",
    "fiscal year",
    "glob",
    "inclusive",
    "internal control over financial reporting",
    "ISMS",
    "issuer",
    "general IT controls",
    "locator",
    "management system",
    "management's assertion",
    "namespace",
    "non-human identity",
    "OAuth grant",
    "offboarding",
    "opinion",
    "population",
    "practice",
    "profile",
    "readiness",
    "risk assessment",
    "rotation",
    "secret store",
    "service auditor",
    "service organization",
    "statement of applicability",
    "static credential",
    "subservice organization",
    "surveillance",
    "system description",
    "type 1",
    "user auditor",
];

/// Abbreviations that belong to no standard: of files and formats, of the network, of companies, and examples.
const PLAIN: [&str; 61] = [
    // Formats, files and where they are kept.
    "ASCII",
    "CONTRIBUTING",
    "CRLF",
    "CSV",
    "FEFF",
    "HCL",
    "HTML",
    "JSON",
    "JUnit",
    "LF",
    "LFS",
    "NUL",
    "PDF",
    "SARIF",
    "SHA",
    "TOML",
    "UTF",
    "XML",
    "YAML",
    "CHANGELOG",
    "README",
    "SECURITY",
    "WHY",
    "LICENSE",
    "MIT",
    "APACHE",
    // The network and the cloud.
    "API",
    "ARN",
    "AWS",
    "CD",
    "CI",
    "CVSS",
    "CircleCI",
    "CloudFormation",
    "ExternalSecret",
    "GitHub",
    "GitLab",
    "HTTP",
    "IAM",
    "MCP",
    "OpenTofu",
    "PyPI",
    "SAML",
    "SealedSecret",
    "ServiceAccount",
    "SOPS",
    "SSH",
    "TLS",
    "URL",
    "WebAuthn",
    // Sizes, times, places, a program, a made-up company, and what keeps its customers' names.
    "EU",
    "GB",
    "MB",
    "MiB",
    "US",
    "UTC",
    "VS",
    "ACME",
    "CRM",
    "ARM",
    "macOS",
];

/// All that is read by people: help, titles, summaries and pages of rules, messages, documents.
fn texts() -> BTreeMap<String, String> {
    let mut texts = BTreeMap::new();
    let commands = [
        "",
        "check",
        "baseline",
        "baseline write",
        "baseline prune",
        "baseline show",
        "waivers",
        "forecast",
        "config",
        "explain",
        "rules",
        "schema",
        "init",
        "completions",
        "man",
    ];
    for command in commands {
        let output = run(soclint().args(command.split_whitespace()).arg("--help"));
        assert_eq!(output.status.code(), Some(0), "{command}");
        texts.insert(format!("soclint {command} --help"), stdout(&output));
    }
    for rule in soclint::rules() {
        let mut text = format!("{}\n{}\n{}\n", rule.group.title(), rule.summary, rule.page);
        for option in rule.options {
            text.push_str(&option.help());
        }
        texts.insert(rule.file(), text);
        let said = format!("fixtures/rules/{}/said.txt", rule.name);
        if let Ok(text) = std::fs::read_to_string(project().join(&said)) {
            texts.insert(said, text);
        }
    }
    for folder in cases::broken() {
        for ran in &folder.fails {
            if let Ok(checked) = &ran.checked {
                let said = checked.outcome.findings.iter().map(|finding| &*finding.message);
                texts.insert(cases::shown(&ran.case.path), said.collect::<Vec<_>>().join("\n"));
            }
        }
    }
    for document in documents::all() {
        // What explains terms may use what it explains.
        if document.path != "docs/glossary.md" {
            texts.insert(document.path, document.text);
        }
    }
    texts
}

/// Without code, quotes and addresses: those hold names, or something to type.
fn prose(text: &str) -> String {
    let mut out = String::new();
    let mut in_code = false;
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            in_code = !in_code;
        } else if !in_code && !line.starts_with('#') && !line.starts_with("Usage:") {
            let parts = without_placeholders(line);
            let parts = parts.split('`').step_by(2).collect::<Vec<_>>().join(" ");
            let parts = parts.split('"').step_by(2).collect::<Vec<_>>().join(" ");
            let words = parts.split_whitespace().filter(|word| {
                let is_placeholder = word.starts_with('[') && !word.contains("](");
                !is_placeholder && !word.contains("://") && !word.contains('_')
            });
            out.push_str(&words.collect::<Vec<_>>().join(" "));
            out.push('\n');
        }
    }
    out
}

/// Without `<FILE>` and the like: what stands in help for something to type.
fn without_placeholders(line: &str) -> String {
    let mut depth = 0_u32;
    let mut out = String::new();
    for c in line.chars() {
        match c {
            '<' => depth += 1,
            '>' if depth > 0 => depth -= 1,
            c if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

/// Words of two capitals or more: `ICFR`, `CUECs`, `FedRAMP`.
fn abbreviations(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    let short = words.filter(|word| word.chars().filter(char::is_ascii_uppercase).count() > 1);
    short.map(|word| word.trim_end_matches('s').to_owned()).collect()
}

/// Every name of every term of the glossary's page.
fn names() -> Vec<String> {
    let page = std::fs::read_to_string(project().join("docs/glossary.md")).expect("a document");
    let mut names = Vec::new();
    for line in page.lines() {
        if let Some(name) = line.strip_prefix("### ") {
            names.push(name.to_owned());
        } else if let Some(also) = line.strip_prefix("Also: ") {
            let also = also
                .split_once(". See ")
                .map_or(also.trim_end_matches('.'), |(also, _)| also);
            names.extend(also.split(", ").map(str::to_owned));
        }
    }
    names
}

/// Case, blanks, `-` and plurals make no difference.
fn folded(name: &str) -> String {
    let lower = name.to_lowercase().replace([' ', '-'], "");
    lower.trim_end_matches('s').to_owned()
}

#[test]
fn each_word_of_the_field_is_a_term_and_is_in_use() {
    let texts: String = texts()
        .into_values()
        .map(|text| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase() + "\n")
        .collect();
    let known: BTreeSet<String> = names().iter().map(|name| folded(name)).collect();
    let unknown: Vec<&str> = TERMS
        .into_iter()
        .filter(|term| !known.contains(&folded(term)))
        .collect();
    assert_eq!(unknown, [""; 0], "no terms");
    let unused: Vec<&str> = TERMS
        .into_iter()
        .filter(|term| !texts.contains(&term.to_lowercase()))
        .collect();
    assert_eq!(unused, [""; 0], "in no text");
    let distinct: BTreeSet<&str> = TERMS.into_iter().collect();
    assert_eq!(distinct.len(), TERMS.len());
    assert!(!known.contains(&folded("plain English")));
}

#[test]
fn each_abbreviation_is_a_term_or_known_to_everyone() {
    let named: BTreeSet<String> = names().iter().flat_map(|name| abbreviations(name)).collect();
    // What `explain` knows without a blank, and what rules refer to.
    let fish = stdout(&run(soclint().args(["completions", "fish"])));
    let known = fish
        .lines()
        .find(|line| line.contains("using_subcommand explain\" -f -a"));
    let known = known.expect("what explain knows").split_whitespace();
    let cited = soclint::rules().flat_map(|rule| rule.references).copied();
    let ids: BTreeSet<String> = known.chain(cited).flat_map(abbreviations).collect();
    let mut unknown: BTreeMap<String, String> = BTreeMap::new();
    let mut met = BTreeSet::new();
    for (place, text) in texts() {
        for word in abbreviations(&prose(&text)) {
            if PLAIN.contains(&word.as_str()) {
                met.insert(word);
            } else if !named.contains(&word) && !ids.contains(&word) {
                unknown.entry(word).or_insert_with(|| place.clone());
            }
        }
    }
    assert!(unknown.is_empty(), "neither terms nor plain: {unknown:#?}");
    let unmet: Vec<&&str> = PLAIN.iter().filter(|word| !met.contains(**word)).collect();
    assert!(unmet.is_empty(), "nowhere: {unmet:?}");
    assert!(named.contains("ICFR") && named.contains("ITGC") && named.contains("NHI") && named.contains("OIDC"));
}
