//! The questions of `soclint advise --ask`: what decides which reports readers ask for. The answers are a manifest.

use crate::cli::ask::{Question, line, one, several};
use crate::cli::failure::Failure;
use crate::cli::output;
use crate::model::{FinancialImpact, MonthDay, Purpose, ServiceKind, is_id, regions};
use crate::starter::{BOOKS, Choice, PROMISES};
use std::fmt::Write;

const PURPOSES: [Choice; 6] = [
    Choice {
        word: Purpose::FinancialStatementAudit.as_str(),
        meaning: "the audit of their financial statements",
    },
    Choice {
        word: Purpose::ItgcReliance.as_str(),
        meaning: "relying on general IT controls here",
    },
    Choice {
        word: Purpose::StatutoryAudit.as_str(),
        meaning: "an audit that a law asks for",
    },
    Choice {
        word: Purpose::SecurityDueDiligence.as_str(),
        meaning: "their review of a vendor's security",
    },
    Choice {
        word: Purpose::MarketQualification.as_str(),
        meaning: "a tender or a marketplace",
    },
    Choice {
        word: Purpose::InternalGovernance.as_str(),
        meaning: "our own management",
    },
];

const YES_NO: [Choice; 2] = [
    Choice {
        word: "no",
        meaning: "none that is known",
    },
    Choice {
        word: "yes",
        meaning: "companies that report to the SEC rely on it",
    },
];

/// Asks, and gives the answers as a manifest.
pub fn ask() -> Result<String, Failure> {
    output::print("Three questions, in parts. Enter takes the default; nothing is written.\n\n")?;
    let name = line(
        "What is the service called?",
        "An id, such as payroll.",
        "service",
        is_id,
    )?;
    let kinds: Vec<Choice> = ServiceKind::ALL
        .iter()
        .map(|kind| Choice {
            word: kind.as_str(),
            meaning: "",
        })
        .collect();
    let kind = several(&Question {
        asks: "What kind of service is it?".to_owned(),
        why: "Enter leaves it open.",
        choices: &kinds,
        default: None,
    })?;
    let books = one(&Question {
        asks: "1. Who relies on it for their books?".to_owned(),
        why: "It decides whether user entities' financial reporting is affected.",
        choices: &BOOKS,
        default: Some(0),
    })?;
    let purposes = several(&Question {
        asks: "2. What do readers need a report for?".to_owned(),
        why: "Separate several with commas.",
        choices: &PURPOSES,
        default: None,
    })?;
    let promises = several(&Question {
        asks: "   And what is promised to its users?".to_owned(),
        why: "What contracts or a website promise. Separate several with commas.",
        choices: &PROMISES,
        default: None,
    })?;
    let where_they_are = line(
        "3. In which regions are its user entities?",
        "Country codes, `eu` or `global`, separated with commas.",
        "",
        |text| words(text).all(|word| regions::canonical(word).is_some()),
    )?;
    let issuers = one(&Question {
        asks: "   Are SEC issuers among them?".to_owned(),
        why: "Their auditors look for control objectives.",
        choices: &YES_NO,
        default: Some(0),
    })?;
    let ends = line(
        "   On which days do their fiscal years end?",
        "As MM-DD, separated with commas.",
        "",
        |text| words(text).all(MonthDay::is_one),
    )?;
    Ok(manifest(&Answers {
        name: &name,
        kind: kind.first().and_then(|at| ServiceKind::ALL.get(*at).copied()),
        books: books
            .checked_sub(1)
            .and_then(|at| FinancialImpact::ALL.get(at).copied()),
        purposes: purposes
            .iter()
            .filter_map(|at| PURPOSES.get(*at))
            .map(|choice| choice.word)
            .collect(),
        promises: promises
            .iter()
            .filter_map(|at| PROMISES.get(*at))
            .map(|choice| choice.word)
            .collect(),
        regions: words(&where_they_are).filter_map(regions::canonical).collect(),
        sec_issuers: issuers == 1,
        ends: words(&ends).map(str::to_owned).collect(),
    }))
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split([',', ' ', '\t']).filter(|word| !word.is_empty())
}

struct Answers<'n> {
    name: &'n str,
    kind: Option<ServiceKind>,
    books: Option<FinancialImpact>,
    purposes: Vec<&'static str>,
    promises: Vec<&'static str>,
    regions: Vec<String>,
    sec_issuers: bool,
    ends: Vec<String>,
}

fn manifest(answers: &Answers<'_>) -> String {
    let mut out = format!("[services.\"{}\"]\n", answers.name);
    if let Some(kind) = answers.kind {
        let _ = writeln!(out, "kind = \"{}\"", kind.as_str());
    }
    if let Some(books) = answers.books {
        let _ = writeln!(out, "financial-impact = \"{}\"", books.as_str());
    }
    let listed = |items: &[&str]| {
        let items: Vec<String> = items.iter().map(|item| format!("\"{item}\"")).collect();
        items.join(", ")
    };
    if !answers.purposes.is_empty() {
        let _ = writeln!(out, "assurance-for = [{}]", listed(&answers.purposes));
    }
    if !answers.promises.is_empty() {
        let _ = writeln!(out, "commitments = [{}]", listed(&answers.promises));
    }
    let as_texts = |items: &[String]| listed(&items.iter().map(String::as_str).collect::<Vec<&str>>());
    let mut readers = Vec::new();
    if !answers.regions.is_empty() {
        readers.push(format!("regions = [{}]", as_texts(&answers.regions)));
    }
    if answers.sec_issuers {
        readers.push("sec-issuers = true".to_owned());
    }
    if !answers.ends.is_empty() {
        readers.push(format!("fiscal-year-ends = [{}]", as_texts(&answers.ends)));
    }
    if !readers.is_empty() {
        let _ = writeln!(out, "user-entities = {{ {} }}", readers.join(", "));
    }
    out
}

#[cfg(test)]
#[allow(clippy::expect_used, reason = "tests fail by panicking, and say why")]
mod tests {
    use super::*;
    use crate::session::Session;
    use crate::source::Source;
    use crate::triage::Choice as Asked;

    #[test]
    fn answers_are_a_manifest_that_is_read_without_an_error() {
        let text = manifest(&Answers {
            name: "pay.roll",
            kind: Some(ServiceKind::PayrollHr),
            books: Some(FinancialImpact::Direct),
            purposes: PURPOSES.iter().map(|choice| choice.word).collect(),
            promises: PROMISES.iter().map(|choice| choice.word).collect(),
            regions: vec!["us".to_owned(), "eu".to_owned()],
            sec_issuers: true,
            ends: vec!["12-31".to_owned(), "02-end".to_owned()],
        });
        let source = Source::new("answers".to_owned(), text.clone());
        let session = Session::of_texts(vec![source], Vec::new()).expect("no config");
        let checked = session.check(jiff::civil::date(2026, 10, 1), &Asked::default());
        let rules: Vec<&str> = checked.outcome.findings.iter().map(|finding| finding.rule).collect();
        assert!(
            rules.contains(&"financial-impact-without-icfr-report"),
            "{text}{rules:?}"
        );
        assert!(checked.unread.is_empty(), "{text}{rules:?}");
        assert!(text.starts_with("[services.\"pay.roll\"]\n"), "{text}");
    }

    #[test]
    fn every_purpose_can_be_chosen() {
        let words: Vec<&str> = PURPOSES.iter().map(|choice| choice.word).collect();
        let all: Vec<&str> = Purpose::ALL.iter().map(|purpose| purpose.as_str()).collect();
        let sorted = |mut words: Vec<&'static str>| {
            words.sort_unstable();
            words
        };
        assert_eq!(sorted(words), sorted(all));
    }
}
