//! A service auditor's report is declared as a certificate.

use crate::estate::CertificateRef;
use crate::finding::{Finding, Fix, Severity};
use crate::rules::{Check, Context, Group, Rule};

pub static RULE: Rule = Rule {
    name: "report-declared-as-certificate",
    since: "0.1.0",
    group: Group::ReportFit,
    severity: Severity::Error,
    summary: "A service auditor's report is declared as a certificate.",
    references: &["AT-C 105", "ISAE 3000"],
    options: &[],
    yields_to: &[],
    page: include_str!("report_declared_as_certificate.md"),
    check: Check::Certificate(judge),
};

fn judge(_: &Context<'_, '_>, certificate: CertificateRef<'_, '_>) -> Option<Finding> {
    let framework = certificate
        .body
        .framework
        .known()
        .filter(|_| certificate.body.is_misfiled())?;
    let title = framework.value.title();
    let message = format!(
        "`{}` is declared as a certificate, but {title} is a report with an auditor's opinion: it certifies no one",
        certificate.name()
    );
    let id = certificate.id.as_str();
    let label = format!("{title} is a report");
    let finding = RULE.finding(certificate.path(), certificate.at(framework.span), label, message);
    let fix = Fix::MoveTable {
        id: id.to_owned(),
        from: "certificates",
        to: "reports",
    };
    let help = format!("move the table: `[reports.{id}]` instead of `[certificates.{id}]`");
    Some(finding.fix(fix).help(help))
}
