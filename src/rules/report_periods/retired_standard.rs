//! A report or certificate stands on a standard that no longer holds.

use crate::decode::{Date, Field};
use crate::estate::{Entity, Standing};
use crate::finding::{Finding, Severity};
use crate::manifest::{Certificate, Framework, Report};
use crate::rules::{Check, Context, Group, Rule, YieldsTo};
use crate::standards::editions::{self, Edition};

pub static RULE: Rule = Rule {
    name: "retired-standard",
    since: "0.1.0",
    group: Group::ReportPeriods,
    severity: Severity::Warning,
    summary: "A report or certificate stands on a standard that no longer holds.",
    references: &["AT-C 320", "IAF MD 26"],
    options: &[],
    yields_to: &[YieldsTo::on_subject("certificate-expired")],
    page: include_str!("retired_standard.md"),
    check: Check::Estate(check),
};

fn check(cx: &Context<'_, '_>) -> Vec<Finding> {
    let standing = |id: usize| cx.assurance(id).standing;
    let reports = cx
        .reports
        .iter()
        .enumerate()
        .filter(|(index, _)| standing(*index) == Standing::Issued);
    let certificates = cx
        .certificates
        .iter()
        .enumerate()
        .filter(|(index, _)| matches!(standing(cx.reports.len() + index), Standing::Issued | Standing::Coming));
    let reports = reports.filter_map(|(_, report)| judge_report(cx, report));
    reports
        .chain(certificates.filter_map(|(_, certificate)| judge_certificate(cx, certificate)))
        .collect()
}

fn judge_report<'a>(cx: &Context<'_, 'a>, report: &Entity<'a, Report<'a>>) -> Option<Finding> {
    let body = &report.body;
    // An ISO standard among the reports is misfiled; what it states is judged where it belongs.
    if body.framework.is_unknown() || body.is_misfiled() {
        return None;
    }
    let stated = body.issued_under.known()?;
    let edition = editions::issued_under(&stated.value)?;
    let end = end_of_report(body);
    let last = outlived(cx, edition, &end)?;
    let name = edition.name;
    let message = format!(
        "`{}` is declared as issued under {name}, which ended on {last}",
        cx.name(report)
    );
    let finding = RULE.finding(
        cx.path(report),
        report.at(stated.span),
        format!("{name} ended on {last}"),
        message,
    );
    let finding = finding.citing(&["AT-C 320"]);
    let finding = match end.known() {
        Some(end) => finding.related(report.at(end.span), "later than that"),
        None => finding,
    };
    let successor = edition.successor.unwrap_or("its successor");
    Some(finding.help(format!(
        "{successor} took its place: state the standard that the report itself names, or, if the report is from before, its dates"
    )))
}

fn judge_certificate<'a>(cx: &Context<'_, 'a>, certificate: &Entity<'a, Certificate<'a>>) -> Option<Finding> {
    let body = &certificate.body;
    let framework = body.framework.value()?;
    if framework != Framework::Iso27001 || body.poses_as_report() {
        return None;
    }
    let stated = body.edition.known()?;
    let edition = editions::certified(framework, &stated.value)?;
    let last = outlived(cx, edition, &body.expires)?;
    let name = edition.name;
    let message = format!(
        "`{}` is declared as a certificate to {name}, under which no certificate holds after {last}",
        cx.name(certificate)
    );
    let finding = RULE
        .finding(
            cx.path(certificate),
            certificate.at(stated.span),
            format!("{name} ended on {last}"),
            message,
        )
        .citing(&["IAF MD 26"])
        .severity(Severity::Error);
    let finding = match body.expires.known() {
        Some(expires) => finding.related(certificate.at(expires.span), "no day after that counts"),
        None => finding,
    };
    Some(finding.help(format!(
        "declare the certificate to {}; if there is none, set `status = \"withdrawn\"` and take back what claims this one",
        edition.successor.unwrap_or("the edition that took its place")
    )))
}

/// The last day that a report speaks about; where it states none, the day it was issued.
fn end_of_report(report: &Report<'_>) -> Field<Date> {
    let end = match &report.period {
        Field::Absent => Field::Absent,
        Field::Unknown(span) => Field::Unknown(*span),
        Field::Known(period) => period.value.to,
    };
    let stated = [end, report.as_of, report.issued];
    stated.into_iter().find(|date| !date.is_absent()).unwrap_or_default()
}

/// The last day of an edition that has ended, unless what stands on it ended by then, or may have.
fn outlived(cx: &Context<'_, '_>, edition: &Edition, end: &Field<Date>) -> Option<jiff::civil::Date> {
    let last = edition.ended(cx.as_of)?;
    match end {
        Field::Unknown(_) => None,
        Field::Known(end) if end.value.0 <= last => None,
        _ => Some(last),
    }
}
