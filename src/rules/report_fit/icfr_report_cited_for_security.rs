//! Only a SOC 1 or ISAE 3402 report is cited for security due diligence or market qualification.

use crate::estate::ServiceRef;
use crate::finding::{Finding, Severity};
use crate::model::Purpose;
use crate::rules::{Check, Context, Group, Rule, YieldsTo, miscited, words};
use crate::standards::Family;

pub static RULE: Rule = Rule {
    name: "icfr-report-cited-for-security",
    since: "0.1.0",
    group: Group::ReportFit,
    severity: Severity::Warning,
    summary: "Only a SOC 1 or ISAE 3402 report is cited for security due diligence or market qualification.",
    references: &["TSP 100"],
    options: &[],
    yields_to: &[YieldsTo::on_subject("dual-purpose-service-single-family")],
    page: include_str!("icfr_report_cited_for_security.md"),
    check: Check::Service(judge),
};

fn judge(_: &Context<'_, '_>, service: ServiceRef<'_, '_>) -> Option<Finding> {
    let purposes = [Purpose::SecurityDueDiligence, Purpose::MarketQualification];
    let miscited = miscited::miscited(service, purposes, |report| report.is_of(Family::Icfr));
    if service.may_be_dual_purpose() {
        return None;
    }
    let named = |purpose| words::purpose(purpose).to_owned();
    let asks = format_args!("asks about {}", Family::TrustServices.subject_matter());
    let finding = miscited::finding(&RULE, service, miscited, named, asks)?;
    Some(finding.help("cite a SOC 2 or SOC 3 report, an ISAE 3000 report or an ISO/IEC 27001 certificate for this purpose; control objectives for financial reporting leave out much of security"))
}
