//! A certificate extends ISO/IEC 27001, but no ISO/IEC 27001 certificate accompanies it.

use crate::estate::{CertificateRef, ManagementSystems, Standing};
use crate::finding::{Finding, Severity};
use crate::model::Framework;
use crate::rules::{Check, Context, Group, Rule};
use crate::standards::editions;

pub static RULE: Rule = Rule {
    name: "extension-without-isms",
    since: "0.1.0",
    group: Group::ReportPeriods,
    severity: Severity::Warning,
    summary: "A certificate extends ISO/IEC 27001, but no ISO/IEC 27001 certificate accompanies it.",
    references: &["ISO/IEC 27006-1"],
    options: &[],
    yields_to: &[],
    page: include_str!("extension_without_isms.md"),
    check: Check::Estate(check),
};

fn check(cx: &Context<'_, '_>) -> Vec<Finding> {
    if !cx.certificates().any(extends) {
        return Vec::new();
    }
    // Any of those that could not be read may be the one.
    let unread = cx.assurances().any(|assurance| {
        let may_be = assurance
            .framework
            .is_none_or(|framework| framework == Framework::Iso27001);
        let unknown = assurance.framework.is_none() || assurance.standing() == Standing::Unknown;
        may_be && unknown && assurance.standing() != Standing::Gone
    });
    if unread || cx.may_hide("certificates") || cx.may_hide("reports") {
        return Vec::new();
    }
    let systems = ManagementSystems::declared(cx);
    cx.certificates_in_force()
        .filter(|certificate| extends(*certificate))
        .filter_map(|certificate| judge(certificate, &systems))
        .collect()
}

fn extends(certificate: CertificateRef<'_, '_>) -> bool {
    let edition = certificate.body.edition.get();
    match certificate.body.framework.value() {
        Some(Framework::Iso27017 | Framework::Iso27018) => true,
        Some(Framework::Iso27701) => edition.is_some_and(|edition| editions::extends_27001_as_27701(edition.as_str())),
        _ => false,
    }
}

fn judge(certificate: CertificateRef<'_, '_>, systems: &ManagementSystems<'_, '_>) -> Option<Finding> {
    let framework = certificate.body.framework.known()?;
    if systems.stand_beside(certificate.assurance()) {
        return None;
    }
    let message = format!(
        "the {} `{}` extends ISO/IEC 27001, but no {}",
        certificate.title(),
        certificate.name(),
        match systems.latest {
            Some(_) => "declared certificate to that standard overlaps with it in dates and services",
            None => "certificate to that standard is declared",
        }
    );
    let finding = RULE.finding(
        certificate.path(),
        certificate.at(framework.span),
        "builds on an ISO/IEC 27001 management system",
        message,
    );
    let finding = match systems.latest {
        Some(system) => finding.related(
            system.place(),
            format!("`{}` is valid in other years, or covers other services", system.name()),
        ),
        None => finding,
    };
    let title = framework.value.title();
    let help = "declare the ISO/IEC 27001 certificate that it extends, with its dates";
    let issued = certificate.body.issued.known();
    let further = match framework.value {
        Framework::Iso27017 | Framework::Iso27018 => {
            format!("; {title} is a code of practice, to which no one is certified alone")
        }
        _ if issued.is_some_and(|issued| issued.value.0 >= editions::ALONE_AS_27701) => {
            format!("; if it is to {title}:2025, which stands alone, correct `edition`")
        }
        _ => String::new(),
    };
    Some(finding.help(format!("{help}{further}")))
}
