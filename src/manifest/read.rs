//! From one source file to one manifest, with what is wrong with its text.

use super::{Certificate, Framework, Manifest, Report, categories, named, prepare, profiles};
use crate::decode::{self, Entities, Fault, Field, Problem, Text};
use crate::source::{Source, Span};
use std::collections::HashSet;

/// What an id or a namespace looks like.
pub const ID_PATTERN: &str = "^[A-Za-z0-9][A-Za-z0-9._-]*$";

pub fn is_id(text: &str) -> bool {
    let mut bytes = text.bytes();
    bytes.next().is_some_and(|first| first.is_ascii_alphanumeric())
        && bytes.all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-'))
}

pub struct Read<'a> {
    pub manifest: Manifest<'a>,
    pub problems: Vec<Problem>,
    /// Text that could not be read, and may have declared more.
    pub lost: Vec<String>,
}

pub fn read(source: &Source) -> Read<'_> {
    let decoded = decode::decode_leniently::<Manifest<'_>>(source, prepare::prepare);
    let (mut manifest, lost) = (decoded.value, decoded.lost);
    let mut problems = decoded.problems;
    // Nothing is said about the keys of a table that stands in the wrong place: moving it is the answer.
    let misfiled = misfiled(&manifest);
    problems.retain(|problem| {
        let entity = problem.entity.as_ref().map(|(table, id)| (table.as_str(), id.as_str()));
        let is_misfiled = entity.is_some_and(|entity| misfiled.contains(&entity));
        !(matches!(problem.fault, Fault::UnknownKey | Fault::UnknownValue) && is_misfiled)
    });
    drop(misfiled);
    check(&manifest, &mut problems);
    categories::check(source, &mut manifest, &mut problems);
    decode::say_once(&mut problems);
    // Bytes that are no UTF-8 are reported once for the file, and not by what they break.
    problems.retain(|problem| !source.bad_bytes.iter().any(|bad| bad.overlaps(problem.span)));
    tell_the_first(&mut problems);
    Read {
        manifest,
        problems,
        lost,
    }
}

/// Nobody reads so many faults of one file.
const MOST_TOLD: usize = 50_000;

/// Of more faults than anybody reads, those that stand first are told, and that there are others.
fn tell_the_first(problems: &mut Vec<Problem>) {
    if problems.len() <= MOST_TOLD {
        return;
    }
    problems.sort_by_key(|problem| problem.span);
    let more = problems.len() - MOST_TOLD;
    let message = format!("too many faults in this file: from here on, {more} more are not told");
    let next = Problem::new(
        Fault::InvalidToml,
        problems[MOST_TOLD].span,
        message,
        "not told from here on",
    )
    .with_help("fix those before this one first");
    problems.truncate(MOST_TOLD);
    problems.shrink_to_fit();
    problems.push(next);
}

impl Report<'_> {
    /// Whether this is a certificate that stands among the reports.
    pub fn is_misfiled(&self) -> bool {
        self.framework.value().is_some_and(Framework::is_certificate)
    }
}

impl Certificate<'_> {
    /// Whether this is a report that stands among the certificates.
    pub fn is_misfiled(&self) -> bool {
        self.framework.value().is_some_and(Framework::is_report)
    }

    /// Whether it states what only a report has.
    pub fn poses_as_report(&self) -> bool {
        !(self.report_type.is_absent() && self.period.is_absent() && self.opinion.is_absent())
    }
}

/// The entities that stand in the table of others, each as its own table and id.
fn misfiled<'m>(manifest: &'m Manifest<'_>) -> HashSet<(&'static str, &'m str)> {
    let reports = manifest.reports.0.iter().filter(|report| report.body.is_misfiled());
    let certificates = manifest.certificates.0.iter();
    let certificates = certificates.filter(|of| of.body.is_misfiled() || of.body.poses_as_report());
    let reports = reports.map(|report| ("reports", report.id.as_str()));
    reports
        .chain(certificates.map(|of| ("certificates", of.id.as_str())))
        .collect()
}

fn check(manifest: &Manifest<'_>, problems: &mut Vec<Problem>) {
    if let Some(namespace) = manifest.namespace.known()
        && !is_id(&namespace.value)
    {
        problems.push(invalid_id("namespace", &namespace.value, namespace.span));
    }
    check_ids("owners", &manifest.owners, problems);
    check_ids("services", &manifest.services, problems);
    check_ids("profiles", &manifest.profiles, problems);
    check_ids("identities", &manifest.identities, problems);
    check_ids("data", &manifest.data, problems);
    check_ids("reports", &manifest.reports, problems);
    check_ids("certificates", &manifest.certificates, problems);
    check_ids("third-parties", &manifest.third_parties, problems);
    check_ids("controls", &manifest.controls, problems);
    check_ids("evidence", &manifest.evidence, problems);
    for report in &manifest.reports.0 {
        require(
            "reports",
            report,
            &report.body.framework,
            "framework",
            "such as \"soc2\"",
            problems,
        );
    }
    for certificate in &manifest.certificates.0 {
        require(
            "certificates",
            certificate,
            &certificate.body.framework,
            "framework",
            "such as \"iso27001\"",
            problems,
        );
    }
    named::check(manifest, problems);
    profiles::check(manifest, problems);
    for waiver in manifest.waivers.iter() {
        for (key, field) in [("rule", &waiver.value.rule), ("subject", &waiver.value.subject)] {
            if field.is_absent() {
                let mut problem = missing_key(&format!("a waiver needs `{key}`"), key, waiver.span);
                problem.keys = Some(format!("waivers.{key}"));
                problems.push(problem);
            }
        }
    }
}

fn check_ids<T>(table: &str, entities: &Entities<'_, T>, problems: &mut Vec<Problem>) {
    for entry in &entities.0 {
        if !is_id(&entry.id) {
            problems.push(in_entity(invalid_id("id", &entry.id, entry.span), table, &entry.id));
        }
    }
}

fn invalid_id(what: &str, text: &str, span: Span) -> Problem {
    Problem::new(
        Fault::InvalidId,
        span,
        format!("\"{text}\" cannot be an {what}").replace("an namespace", "a namespace"),
        "not letters, digits, `.`, `_` and `-` after a first letter or digit",
    )
    .with_help("begin with a letter or digit, and use letters, digits, `.`, `_` and `-`")
}

pub(super) fn require<T, U>(
    table: &str,
    entry: &decode::Entry<'_, T>,
    field: &Field<U>,
    key: &str,
    example: &str,
    problems: &mut Vec<Problem>,
) {
    if entry.readable && field.is_absent() {
        let message = format!("`{table}.{}` does not state its `{key}`", entry.id.as_str());
        let mut problem = missing_key(&message, &format!("{key}, {example}"), entry.span);
        problem.keys = Some(key.to_owned());
        problems.push(in_entity(problem, table, &entry.id));
    }
}

pub(super) fn missing_key(message: &str, what: &str, span: Span) -> Problem {
    Problem::new(Fault::MissingKey, span, message.to_owned(), "a required key is missing")
        .with_help(format!("add {what}"))
}

pub(super) fn in_entity(mut problem: Problem, table: &str, id: &Text<'_>) -> Problem {
    problem.entity = Some((table.to_owned(), id.as_str().to_owned()));
    problem
}
