//! A management system certificate is declared as a report.

use crate::decode::Field;
use crate::estate::{AssuranceRef, CertificateRef, Origin, ReportRef};
use crate::finding::{Finding, Fix, Severity};
use crate::rules::{Check, Context, Group, Rule, words};
use crate::source::Span;

pub static RULE: Rule = Rule {
    name: "certificate-declared-as-report",
    since: "0.1.0",
    group: Group::ReportFit,
    severity: Severity::Error,
    summary: "A management system certificate is declared as a report.",
    references: &["ISO/IEC 17021-1"],
    options: &[],
    yields_to: &[],
    page: include_str!("certificate_declared_as_report.md"),
    check: Check::Assurance(judge),
};

fn judge(_: &Context<'_, '_>, assurance: AssuranceRef<'_, '_>) -> Option<Finding> {
    match assurance.origin() {
        Origin::Report(report) => misfiled(report),
        Origin::Certificate(certificate) => posing(certificate),
    }
}

fn misfiled(report: ReportRef<'_, '_>) -> Option<Finding> {
    let framework = report.body.framework.known().filter(|_| report.body.is_misfiled())?;
    let title = framework.value.title();
    let message = format!(
        "`{}` is declared as a report, but {title} is a certification: a management system certificate has no opinion, type or period",
        report.name()
    );
    let id = report.id.as_str();
    let finding = RULE.finding(
        report.path(),
        report.at(framework.span),
        format!("{title} is a certificate"),
        message,
    );
    let fix = Fix::MoveTable {
        id: id.to_owned(),
        from: "reports",
        to: "certificates",
    };
    let help = format!("move the table: `[certificates.{id}]` instead of `[reports.{id}]`");
    Some(finding.fix(fix).help(help))
}

fn posing(certificate: CertificateRef<'_, '_>) -> Option<Finding> {
    let body = &certificate.body;
    let framework = body.framework.known()?;
    if body.is_misfiled() || !body.poses_as_report() {
        return None;
    }
    let stated = [
        ("type", span(&body.report_type)),
        ("period", span(&body.period)),
        ("opinion", span(&body.opinion)),
    ];
    let mut stated = stated.into_iter().filter_map(|(key, span)| Some((key, span?)));
    let (key, first) = stated.next()?;
    let message = format!(
        "the {} certificate `{}` states {}, which only a report has: a certificate attests that a management system conforms, not that controls operated over a period",
        framework.value.title(),
        certificate.name(),
        words::with_article(key)
    );
    let finding = RULE.finding(
        certificate.path(),
        certificate.at(first),
        format!("a certificate has no {key}"),
        message,
    );
    let finding = stated.fold(finding, |finding, (key, span)| {
        finding.related(certificate.at(span), format!("nor {}", words::with_article(key)))
    });
    Some(
        finding
            .related(certificate.at(framework.span), "a management system certificate")
            .help("remove the key; a certificate is valid from `issued` to `expires`"),
    )
}

fn span<T>(field: &Field<T>) -> Option<Span> {
    match field {
        Field::Absent => None,
        Field::Unknown(span) => Some(*span),
        Field::Known(val) => Some(val.span),
    }
}
