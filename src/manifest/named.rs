//! Attestations that are told by their names: `framework = "other"`.

use super::Manifest;
use super::problems::{in_entity, missing_key};
use crate::decode::{Fault, Field, Problem};
use crate::model::{Framework, SubjectMatter, Text, canonical, compound};
use crate::source::Span;
use std::sync::LazyLock;

/// What an entry says that is told by its name, and where it is.
struct Entry<'m, 'a> {
    table: &'static str,
    id: &'m Text<'a>,
    span: Span,
    readable: bool,
    framework: &'m Field<Framework>,
    name: &'m Field<Text<'a>>,
    subject_matter: &'m Field<SubjectMatter>,
}

/// The frameworks that have a word of their own.
static KNOWN: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let known = Framework::ALL
        .iter()
        .filter(|framework| **framework != Framework::Other);
    known.map(|framework| framework.as_str()).collect()
});

/// The framework that a name is, however it is written: "SOC 1 Type 2" is `soc1`.
fn framework_in(written: &str) -> Option<&'static str> {
    let plain = compound(written).map_or_else(|| written.to_owned(), |compound| compound.framework);
    canonical(Framework::NAME, &plain, &KNOWN)
}

pub fn check(manifest: &Manifest<'_>, problems: &mut Vec<Problem>) {
    for report in &manifest.reports {
        let body = &report.body;
        judge(
            Entry {
                table: "reports",
                id: &report.id,
                span: report.span,
                readable: report.readable,
                framework: &body.framework,
                name: &body.name,
                subject_matter: &body.subject_matter,
            },
            problems,
        );
    }
    for certificate in &manifest.certificates {
        let body = &certificate.body;
        judge(
            Entry {
                table: "certificates",
                id: &certificate.id,
                span: certificate.span,
                readable: certificate.readable,
                framework: &body.framework,
                name: &body.name,
                subject_matter: &body.subject_matter,
            },
            problems,
        );
    }
    for third_party in &manifest.third_parties {
        for report in third_party.body.reports.iter() {
            let body = &report.value;
            judge(
                Entry {
                    table: "third-parties",
                    id: &third_party.id,
                    span: body.framework.known().map_or(report.span, |framework| framework.span),
                    readable: third_party.readable,
                    framework: &body.framework,
                    name: &body.name,
                    subject_matter: &body.subject_matter,
                },
                problems,
            );
        }
    }
}

fn judge(entry: Entry<'_, '_>, problems: &mut Vec<Problem>) {
    let Some(framework) = entry.framework.known() else {
        return;
    };
    let mut found = Vec::new();
    match (framework.value, entry.name) {
        (Framework::Other, Field::Absent) if entry.readable => {
            let message = format!(
                "`{}.{}` is \"other\", and does not state its `name`",
                entry.table,
                entry.id.as_str()
            );
            let mut problem = missing_key(
                &message,
                "name: what it is called, such as \"PCI DSS 4.0.1\"",
                entry.span,
            );
            problem.keys = Some("name".to_owned());
            found.push(problem);
        }
        (Framework::Other, Field::Known(name)) => {
            if let Some(known) = framework_in(name.value.as_str()) {
                let message = format!("`name` is \"{}\", which is a framework of its own", name.value.as_str());
                let problem = Problem::new(Fault::UnknownValue, name.span, message, format!("it is `{known}`"))
                    .with_help(format!(
                        "write `framework = \"{known}\"`; \"other\" is for what has no word of its own"
                    ));
                found.push(problem);
            }
        }
        _ => {}
    }
    let tells = matches!(framework.value, Framework::Isae3000 | Framework::Other);
    if let Some(about) = entry.subject_matter.known()
        && !tells
    {
        let message = format!(
            "`subject-matter` is not a key of a {}, whose subject matter is fixed",
            framework.value.title()
        );
        let problem = Problem::new(Fault::UnknownKey, about.span, message, "not a key of this framework")
            .with_help("remove it; it is for `isae3000` and `other`");
        found.push(problem);
    }
    problems.extend(
        found
            .into_iter()
            .map(|problem| in_entity(problem, entry.table, entry.id)),
    );
}
