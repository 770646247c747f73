//! What is advised never contradicts what is found, over every service of every case, estate and generated service:
//! nothing is missing exactly when no error or warning about its reports names it, and what is recommended, once it is
//! declared, ends those findings and begins no other.

use crate::tests::inventory::{AS_OF, cases, session};
pub(super) mod generated;
mod worked;

use crate::finding::{Finding, Severity};
use crate::rules::{self, Group};
use crate::session::Session;
use crate::source::{FileId, Source, Sources};
use crate::triage::{Choice, Outcome};
use crate::views::{Advice, Both, Chosen, Judged, ServiceAdvice, State, Weight, additions};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn no_waivers() -> Choice {
    Choice {
        no_waivers: true,
        ..Choice::default()
    }
}

/// The outcome before waivers, and what is advised.
fn advised(session: &Session) -> (Outcome, Advice) {
    let linked = session.link(AS_OF);
    let reported = linked.outcome(&Choice::default(), None);
    let bare = linked.outcome(&no_waivers(), None);
    let judged = Judged::new(&linked.estate, session.sources(), session.settings(), &reported);
    let both = Both {
        reported: &reported,
        bare: &bare,
    };
    let advice = judged.advice(&both, &Chosen::default());
    (bare, advice)
}

/// The rules that decide it, as the contract lists them.
fn is_about_reports(finding: &Finding) -> bool {
    let group = rules::find(finding.rule).map(|rule| rule.group);
    group == Some(Group::ReportFit)
        || ["strongest-dependency-ignored", "commitment-without-category"].contains(&finding.rule)
}

/// Rules that may not begin to speak once a recommendation is declared.
fn is_of_fit_or_periods(finding: &Finding) -> bool {
    let group = rules::find(finding.rule).map(|rule| rule.group);
    is_about_reports(finding) || group == Some(Group::ReportPeriods)
}

/// The path of the service in whose table a place lies, by the headers in the text alone.
fn service_at(sources: &Sources, file: FileId, offset: usize) -> Option<String> {
    let source = sources.get(file);
    let text = &source.text[..offset];
    let mut namespace = "";
    for line in source.text.lines().take_while(|line| !line.starts_with('[')) {
        if let Some(stated) = line.strip_prefix("namespace = ") {
            namespace = stated.trim_matches('"');
        }
    }
    let line_end = source.text[offset..]
        .find('\n')
        .map_or(source.text.len(), |at| offset + at);
    let last = source.text[text.rfind('\n').map_or(0, |at| at + 1)..line_end].trim();
    let header = match last.starts_with("[services.") {
        true => Some(last),
        false => text.lines().rev().map(str::trim).find(|line| line.starts_with('[')),
    };
    let id = header?.strip_prefix("[services.")?;
    let id = id.split([']', '.']).next()?;
    let path = match namespace {
        "" => format!("services.{id}"),
        namespace => format!("{namespace}/services.{id}"),
    };
    Some(path)
}

fn names(sources: &Sources, finding: &Finding, service: &str) -> bool {
    let labels = std::iter::once(&finding.primary).chain(&finding.related);
    finding.subject == service
        || labels
            .map(|label| service_at(sources, label.place.file, label.place.span.start as usize))
            .any(|at| at.as_deref() == Some(service))
}

/// A manifest in which headers alone tell where a table begins: no inline tables of services, no quoted ids, no multi-line values.
fn is_told_by_headers(sources: &Sources) -> bool {
    let is_plain = |text: &str| {
        !text.contains("\"\"\"")
            && !text.contains("'''")
            && !text.contains("[services.\"")
            && !text.contains("[services]")
            && !text.lines().any(|line| line.starts_with("services."))
            // An element of a list on a line of its own begins as a header does.
            && !text.lines().any(|line| line.starts_with(char::is_whitespace) && line.trim_start().starts_with('['))
    };
    sources.as_slice().iter().all(|source| is_plain(&source.text))
}

#[test]
fn nothing_is_missing_exactly_when_no_finding_about_reports_names_it() {
    let of_case = |case: &PathBuf| {
        let session = session(case)?;
        let (bare, advice) = advised(&session);
        let sources = session.sources();
        if !is_told_by_headers(sources) {
            return None;
        }
        let lacks = bare.findings.iter();
        let lacks = lacks.filter(|finding| is_about_reports(finding) && finding.severity > Severity::Note);
        let lacks: Vec<&Finding> = lacks.collect();
        let mut wrong = Vec::new();
        for service in &advice.services {
            let named = lacks.iter().any(|finding| names(sources, finding, &service.subject));
            if named == service.nothing_missing {
                let rules: Vec<&str> = lacks.iter().map(|finding| finding.rule).collect();
                wrong.push(format!(
                    "{}: {}: named: {named}, {rules:?}",
                    case.display(),
                    service.subject
                ));
            }
            let says_missing = service.families.iter().any(|family| family.state == State::Missing);
            if service.nothing_missing == (says_missing || !service.corrections.is_empty()) {
                wrong.push(format!(
                    "{}: {}: its parts say otherwise",
                    case.display(),
                    service.subject
                ));
            }
        }
        Some((advice.services.len(), lacks.len(), wrong))
    };
    let all: Vec<(usize, usize, Vec<String>)> = cases().par_iter().filter_map(of_case).collect();
    let wrong: Vec<String> = all.iter().flat_map(|(.., wrong)| wrong.clone()).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let (services, lacks) = all
        .iter()
        .fold((0, 0), |(a, b), (services, lacks, _)| (a + services, b + lacks));
    assert!(services > 1_500 && lacks > 150, "{services} services, {lacks} findings");
}

/// The same estate, with what is recommended for a service declared as well.
fn with_declared(session: &Session, folder: Option<&Path>, advice: &ServiceAdvice) -> Session {
    let copies = |sources: &[std::sync::Arc<Source>]| {
        sources
            .iter()
            .map(|source| Source::clone(source))
            .collect::<Vec<Source>>()
    };
    let mut manifests = copies(session.sources().as_slice());
    let additions = additions(advice);
    let mut texts: Vec<(String, String)> = Vec::new();
    for addition in &additions {
        match texts.iter_mut().find(|(namespace, _)| *namespace == addition.namespace) {
            Some((_, text)) => text.push_str(&addition.text),
            None => texts.push((addition.namespace.clone(), addition.text.clone())),
        }
        if let Some((report, purposes)) = &addition.claim {
            claim(
                &mut manifests,
                advice,
                report,
                purposes.iter().map(|purpose| purpose.as_str()),
            );
        }
    }
    for (at, (namespace, text)) in texts.into_iter().enumerate() {
        let text = match namespace.as_str() {
            "" => text,
            namespace => format!("namespace = \"{namespace}\"\n\n{text}"),
        };
        manifests.push(Source::new(format!("zzz-{at}.scope.toml"), text));
    }
    let configs = copies(session.sources().configs());
    let made = match folder {
        Some(folder) => Session::of_texts_in(folder, manifests, configs),
        None => Session::of_texts(manifests, configs),
    };
    made.unwrap_or_else(|error| panic!("{}: {error}", advice.subject))
}

/// Adds a claim to a service where it is declared.
fn claim<'p>(manifests: &mut [Source], advice: &ServiceAdvice, report: &str, purposes: impl Iterator<Item = &'p str>) {
    let file = &mut manifests[advice.place.file.0 as usize];
    let mut document: toml_edit::DocumentMut = file
        .text
        .parse()
        .unwrap_or_else(|error| panic!("{}: {error}", file.path));
    let id = advice
        .subject
        .split_once("services.")
        .map(|(_, id)| id)
        .expect("a service");
    let mut claims: toml_edit::Array = match document["services"][id]
        .get("claims")
        .and_then(|claims| claims.as_value())
    {
        Some(toml_edit::Value::Array(claims)) => claims.clone(),
        Some(one) => std::iter::once(one.clone()).collect(),
        None => toml_edit::Array::new(),
    };
    let mut table = toml_edit::InlineTable::new();
    table.insert("report", report.into());
    table.insert("for", purposes.collect::<toml_edit::Array>().into());
    claims.push(table);
    document["services"][id]["claims"] = toml_edit::value(claims);
    *file = Source::new(file.path.clone(), document.to_string());
}

fn found_again(before: &BTreeSet<(&'static str, String)>, finding: &Finding) -> bool {
    before.contains(&(finding.rule, finding.subject.clone()))
}

/// What is wrong once the recommendations for each service of a session are declared, and how many were.
fn once_declared(session: &Session, folder: Option<&Path>, named: &str) -> (usize, Vec<String>) {
    let (bare, advice) = advised(session);
    let before: BTreeSet<(&'static str, String)> = bare
        .findings
        .iter()
        .chain(&bare.yielded)
        .filter(|finding| is_of_fit_or_periods(finding))
        .map(|finding| (finding.rule, finding.subject.clone()))
        .collect();
    let mut wrong = Vec::new();
    let mut count = 0;
    for service in advice
        .services
        .iter()
        .filter(|service| !service.recommendations.is_empty())
    {
        count += 1;
        let declared = with_declared(session, folder, service);
        let (after, advised_again) = advised(&declared);
        let again = advised_again
            .services
            .iter()
            .find(|again| again.subject == service.subject)
            .expect("it is there");
        let corrected: BTreeSet<&str> = service.corrections.iter().map(|correction| correction.rule).collect();
        let said: String = additions(service).into_iter().map(|addition| addition.text).collect();
        for family in again.families.iter().filter(|family| family.state == State::Missing) {
            wrong.push(format!(
                "{named}: {}: {:?} is still missing: {:?}\n{said}",
                service.subject, family.family, family.because
            ));
        }
        for correction in again.corrections.iter().filter(|one| !corrected.contains(one.rule)) {
            wrong.push(format!(
                "{named}: {}: then: {}\n{said}",
                service.subject, correction.text
            ));
        }
        if again.recommendations.iter().any(|one| one.weight == Weight::Needed) {
            wrong.push(format!("{named}: {}: more is needed then\n{said}", service.subject));
        }
        let others = after.findings.iter().filter(|finding| is_of_fit_or_periods(finding));
        for finding in others.filter(|finding| !found_again(&before, finding)) {
            wrong.push(format!(
                "{named}: {}: begins: {}: {}\n{said}",
                service.subject, finding.rule, finding.message
            ));
        }
        for finding in after
            .findings
            .iter()
            .filter(|finding| finding.primary.place.file.0 as usize >= session.sources().len())
        {
            if rules::is_reading_error(finding.rule) {
                wrong.push(format!(
                    "{named}: {}: it is not read: {}\n{said}",
                    service.subject, finding.message
                ));
            }
        }
    }
    (count, wrong)
}

#[test]
fn what_is_recommended_ends_what_is_missing_and_begins_nothing_in_every_case() {
    let of_case = |case: &PathBuf| {
        let session = session(case)?;
        let folder = case.is_dir().then_some(case.as_path());
        Some(once_declared(&session, folder, &case.display().to_string()))
    };
    let all: Vec<(usize, Vec<String>)> = cases().par_iter().filter_map(of_case).collect();
    let wrong: Vec<String> = all.iter().flat_map(|(_, wrong)| wrong.clone()).collect();
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
    let count: usize = all.iter().map(|(count, _)| count).sum();
    assert!(count > 150, "{count}");
}
