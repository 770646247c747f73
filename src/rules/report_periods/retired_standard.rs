//! A report or certificate is declared under a superseded standard.

use crate::decode::{Field, Val};
use crate::estate::{AssuranceRef, CertificateRef, Origin, ReportRef, Standing};
use crate::finding::{Finding, Severity};
use crate::manifest::Report;
use crate::model::{Date, Framework};
use crate::rules::{Check, Context, Group, Rule, YieldsTo};
use crate::standards::editions::{self, Counts, Edition};

pub static RULE: Rule = Rule {
    name: "retired-standard",
    since: "0.1.0",
    group: Group::ReportPeriods,
    severity: Severity::Warning,
    summary: "A report or certificate is declared under a superseded standard.",
    references: &["AT-C 320", "IAF MD 26"],
    options: &[],
    yields_to: &[
        YieldsTo::on_subject("certificate-expired"),
        YieldsTo::on_subject("standard-framework-mismatch"),
    ],
    page: include_str!("retired_standard.md"),
    check: Check::Assurance(judge),
};

fn judge(cx: &Context<'_, '_>, assurance: AssuranceRef<'_, '_>) -> Option<Finding> {
    match assurance.origin() {
        Origin::Report(report) if assurance.standing() == Standing::Issued => judge_report(cx, report),
        Origin::Certificate(certificate) if assurance.is_live() => judge_certificate(cx, certificate),
        _ => None,
    }
}

fn judge_report(cx: &Context<'_, '_>, report: ReportRef<'_, '_>) -> Option<Finding> {
    let body = &report.body;
    // An ISO standard among the reports is misfiled; what it states is checked where it belongs.
    if body.framework.is_unknown() || body.is_misfiled() {
        return None;
    }
    let stated = body.issued_under.known()?;
    let edition = editions::issued_under(&stated.value)?;
    let (name, successor) = (edition.name, edition.successor);
    let later = decisive(body, edition)?;
    if !edition.has_ended(&cx.as_of) || later.value.0 <= edition.last {
        return None;
    }
    let from = edition.last.tomorrow().ok()?;
    let which = match edition.counts {
        Counts::Issue => "dated",
        _ if body.period.is_absent() => "on a day that is",
        _ => "on a period that ends",
    };
    let message = format!(
        "`{}` is declared as issued under {name}; a report {which} on or after {from} is under {successor}",
        report.name()
    );
    let finding = RULE.finding(
        report.path(),
        report.at(stated.span),
        format!("not for a report {which} on or after {from}"),
        message,
    );
    let finding = finding
        .citing(&["AT-C 320"])
        .related(report.at(later.span), "not before that date");
    Some(finding.help("state the standard that the report itself names or, if the report is older, its dates"))
}

fn judge_certificate(cx: &Context<'_, '_>, certificate: CertificateRef<'_, '_>) -> Option<Finding> {
    let body = &certificate.body;
    let framework = body.framework.value()?;
    if framework != Framework::Iso27001 || body.poses_as_report() {
        return None;
    }
    let stated = body.edition.known()?;
    let edition = editions::certified(framework, &stated.value)?;
    let (name, last) = (edition.name, edition.last);
    let may_have_ended = match &body.expires {
        Field::Unknown(_) => true,
        Field::Known(expires) => expires.value.0 <= last,
        Field::Absent => false,
    };
    if may_have_ended || !edition.has_ended(&cx.as_of) {
        return None;
    }
    let message = format!(
        "`{}` is declared as a certificate to {name}, under which no certificate is valid after {last}",
        certificate.name()
    );
    let finding = RULE
        .finding(
            certificate.path(),
            certificate.at(stated.span),
            format!("{name} ended on {last}"),
            message,
        )
        .citing(&["IAF MD 26"])
        .severity(Severity::Error);
    let finding = match body.expires.known() {
        Some(expires) => finding.related(certificate.at(expires.span), "not valid after that date"),
        None => finding,
    };
    Some(finding.help(format!(
        "declare the certificate to {}; if there is none, set `status = \"withdrawn\"` and remove the claims to this one",
        edition.successor
    )))
}

/// The day of a report that decides whether a standard was still current, if it is stated. A report is not dated before
/// the last day that it covers, so that day is enough where it states no issue date.
fn decisive<'r>(report: &'r Report<'_>, edition: &Edition) -> Option<&'r Val<Date>> {
    let end = match &report.period {
        Field::Absent => &report.as_of,
        Field::Unknown(_) => return None,
        Field::Known(period) => &period.value.to,
    };
    match (edition.counts, &report.issued) {
        (Counts::Issue, Field::Known(issued)) => Some(issued),
        (Counts::Issue, Field::Unknown(_)) => None,
        _ => end.known(),
    }
}
