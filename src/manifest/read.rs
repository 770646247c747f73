//! From one source file to one manifest, with what is wrong with its text.

use super::problems::{in_entity, invalid_id, missing_key, require};
use super::{
    Certificate, Control, Data, Declaration, Evidence, Identity, Manifest, Owner, Profile, Report, Service,
    TABLES_WITH_KEYS, ThirdParty, categories, for_each_table, guess, named, parts, prepare, profiles,
};
use crate::decode::tree::Value;
use crate::decode::{Decoded, Entities, Fault, Parsed, Prepared, Problem, parse, say_once};
use crate::model::{CertificateStatus, Framework, is_id};
use crate::source::Source;
use std::collections::HashSet;

pub struct Read<'a> {
    pub manifest: Manifest<'a>,
    pub problems: Vec<Problem>,
    /// Text that could not be read, and may have declared more.
    pub lost: Vec<String>,
}

pub fn read(source: &Source) -> Read<'_> {
    let decoded = decode(source);
    let (mut manifest, lost) = (decoded.value, decoded.lost);
    let mut problems = decoded.problems;
    // Of a table in the wrong place, nothing is said that moving it answers.
    let misfiled = misfiled(&manifest);
    problems.retain(|problem| {
        let entity = problem.entity.as_ref().map(|(table, id)| (table.as_str(), id.as_str()));
        let misfiled = entity.filter(|entity| misfiled.contains(entity));
        let written = source.text.get(problem.span.range()).unwrap_or_default();
        !misfiled.is_some_and(|(table, _)| is_answered(problem, written, table))
    });
    drop(misfiled);
    check(&manifest, &mut problems);
    categories::check(source, &mut manifest, &mut problems);
    say_once(&mut problems);
    // Bytes that are no UTF-8 are reported once for the file, and not by what they break.
    problems.retain(|problem| !source.bad_bytes.iter().any(|bad| bad.overlaps(problem.span)));
    tell_the_first(&mut problems);
    Read {
        manifest,
        problems,
        lost,
    }
}

fn decode(source: &Source) -> Decoded<Manifest<'_>> {
    if let Some(value) = parts::decode(source) {
        return Decoded {
            value,
            problems: Vec::new(),
            lost: Vec::new(),
        };
    }
    let mut parsed = parse(source);
    prepare::prepare(&mut Prepared {
        text: source.text.as_str(),
        table: &mut parsed.table,
        problems: &mut parsed.problems,
        damage: &mut parsed.damage,
        lost: &mut parsed.lost,
    });
    decode_tree(source.text.as_str(), parsed)
}

/// Decodes a tree, and once more where what it says in other words has an answer.
fn decode_tree<'a>(text: &'a str, parsed: Parsed<'a>) -> Decoded<Manifest<'a>> {
    let Parsed {
        table,
        problems,
        damage,
        mut lost,
    } = parsed;
    let tree = Value::Table(table);
    let first = crate::decode::read(text, &tree, &guess::DIALECT, problems.clone(), damage.clone());
    let mut decoded = if first.problems.iter().any(|problem| problem.wants.is_some()) {
        guess::answered(first, tree, text, problems, damage, prepare::prepare)
    } else {
        first
    };
    decoded.lost.append(&mut lost);
    decoded
}

/// No one reads more errors of one file.
const MAX_TOLD: usize = 50_000;

/// Of too many errors, keeps the first, and adds one that counts the others.
fn tell_the_first(problems: &mut Vec<Problem>) {
    if problems.len() <= MAX_TOLD {
        return;
    }
    problems.sort_by_key(|problem| problem.span);
    let more = problems.len() - MAX_TOLD;
    let message = format!("too many errors in this file: {more} more are not shown");
    let next = Problem::new(
        Fault::InvalidToml,
        problems[MAX_TOLD].span,
        message,
        "not shown from here on",
    )
    .with_help("fix those before this one first");
    problems.truncate(MAX_TOLD);
    problems.shrink_to_fit();
    problems.push(next);
}

impl Report<'_> {
    /// Whether this is a certificate that is among the reports.
    pub fn is_misfiled(&self) -> bool {
        self.framework.value().is_some_and(Framework::is_certificate)
    }
}

impl Certificate<'_> {
    /// Whether this is a report that is among the certificates.
    pub fn is_misfiled(&self) -> bool {
        self.framework.value().is_some_and(Framework::is_report)
    }

    /// Whether its framework is known, and it states what only a report has.
    pub fn poses_as_report(&self) -> bool {
        self.framework.value().is_some()
            && !(self.report_type.is_absent() && self.period.is_absent() && self.opinion.is_absent())
    }
}

/// The entities that rules ask to move, or to take keys of a report out of, each as its own table and id.
fn misfiled<'m>(manifest: &'m Manifest<'_>) -> HashSet<(&'static str, &'m str)> {
    let reports = manifest.reports.iter().filter(|report| report.body.is_misfiled());
    let certificates = manifest.certificates.iter();
    let certificates = certificates.filter(|of| of.body.is_misfiled() || of.body.poses_as_report());
    let reports = reports.map(|report| (Report::TABLE, report.id.as_str()));
    reports
        .chain(certificates.map(|of| (Certificate::TABLE, of.id.as_str())))
        .collect()
}

/// Whether a problem of such an entity is one of what reports have and certificates have not, or the reverse. A slip is none:
/// it would be overlooked where the rule that asks for the move is off.
fn is_answered(problem: &Problem, written: &str, table: &str) -> bool {
    let Some(key) = problem.keys.as_deref() else {
        return false;
    };
    match problem.fault {
        Fault::UnknownKey => {
            let is_other = |other: &str| [Report::TABLE, Certificate::TABLE].contains(&other) && other != table;
            let mut tables = TABLES_WITH_KEYS.iter().filter(|(other, _)| is_other(other));
            tables.any(|(_, keys)| keys.contains(&key))
        }
        Fault::UnknownValue => match key {
            "type" | "opinion" => true,
            "status" => CertificateStatus::WORDS.contains(&written.trim_matches(['"', '\''])),
            _ => false,
        },
        _ => false,
    }
}

fn check(manifest: &Manifest<'_>, problems: &mut Vec<Problem>) {
    if let Some(namespace) = manifest.namespace.known()
        && !is_id(&namespace.value)
    {
        problems.push(invalid_id("namespace", &namespace.value, namespace.span));
    }
    macro_rules! check_tables {
        ($($table:ident: $type:ident,)*) => {
            // Taken apart in full, so that no table is forgotten.
            let Manifest { namespace: _, owner: _, keep: _, organization: _, waivers: _, $($table),* } = manifest;
            $(check_ids($type::TABLE, $table, problems);)*
        };
    }
    for_each_table!(check_tables);
    for report in &manifest.reports {
        require(
            "reports",
            report,
            &report.body.framework,
            "framework",
            "such as \"soc2\"",
            problems,
        );
    }
    for certificate in &manifest.certificates {
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
    for entry in entities {
        if !is_id(&entry.id) {
            problems.push(in_entity(invalid_id("id", &entry.id, entry.span), table, &entry.id));
        }
    }
}
