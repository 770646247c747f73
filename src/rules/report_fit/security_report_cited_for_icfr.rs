//! Only a security report or certificate is cited for an audit of financial statements.

use crate::estate::ServiceRef;
use crate::finding::{Finding, Severity};
use crate::model::{Framework, Purpose};
use crate::rules::{Check, Context, Group, Rule, YieldsTo, miscited, words};
use crate::standards::Family;

pub static RULE: Rule = Rule {
    name: "security-report-cited-for-icfr",
    since: "0.1.0",
    group: Group::ReportFit,
    severity: Severity::Error,
    summary: "Only a security report or certificate is cited for an audit of financial statements.",
    references: &["AU-C 402", "ISA 402"],
    options: &[],
    yields_to: &[YieldsTo::on_subject("financial-impact-without-icfr-report")],
    page: include_str!("security_report_cited_for_icfr.md"),
    check: Check::Service(judge),
};

fn judge(_: &Context<'_, '_>, service: ServiceRef<'_, '_>) -> Option<Finding> {
    let audits = [Purpose::FinancialStatementAudit, Purpose::StatutoryAudit];
    let miscited = miscited::miscited(service, audits, |report| {
        report.framework.is_some_and(Framework::is_certificate) || report.is_of(Family::TrustServices)
    });
    let named = |audit| words::with_article(words::purpose(audit));
    let asks = format_args!("needs a report on {}", Family::Icfr.subject_matter());
    let finding = miscited::finding(&RULE, service, miscited, named, asks)?;
    Some(finding.help(
        "cite a SOC 1 or ISAE 3402 report for this purpose; a security report is no substitute, however good it is",
    ))
}
