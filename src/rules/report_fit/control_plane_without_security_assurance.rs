//! A control plane is covered neither by a trust-services report nor by any other assurance over its security.

use crate::estate::{Coverage, SecurityShown, ServiceRef};
use crate::finding::{Finding, Severity};
use crate::model::ServiceKind;
use crate::rules::{Check, Context, Group, Rule, words};
use crate::standards::Family;

pub static RULE: Rule = Rule {
    name: "control-plane-without-security-assurance",
    since: "0.1.0",
    group: Group::ReportFit,
    severity: Severity::Warning,
    summary: "A control plane is covered neither by a trust-services report nor by any other assurance over its security.",
    references: &["CSF GV.OC-04", "TSP 100"],
    options: &[],
    yields_to: &[],
    page: include_str!("control_plane_without_security_assurance.md"),
    check: Check::Service(judge),
};

fn judge(_: &Context<'_, '_>, service: ServiceRef<'_, '_>) -> Option<Finding> {
    let body = &service.body;
    let kind = body
        .kind
        .known()
        .filter(|kind| kind.value == ServiceKind::ControlPlane)?;
    let is_bare = service.readable
        && body.is_offered()
        && service.coverage(Family::TrustServices) == Coverage::No
        && service.security_otherwise_shown() == SecurityShown::No;
    if !is_bare {
        return None;
    }
    let message = format!(
        "`{}` is declared as a control plane and offered to user entities, but {}: neither a trust-services report, nor an ISO/IEC 27001 certificate or another attestation of security, covers it",
        service.name(),
        words::claimed(service)
    );
    let label = "anyone who controls it controls what is built on it";
    let mut finding = RULE.finding(service.path(), service.at(kind.span), label, message);
    for report in service.assurances().filter(|report| report.is_live()) {
        finding = finding.related(
            report.place(),
            format!(
                "`{}` covers it and is about {}",
                report.name(),
                words::subject_matter(report)
            ),
        );
    }
    Some(finding.help("have it covered by a SOC 2 report, an ISAE 3000 report on the trust services criteria or an ISO/IEC 27001 certificate, and declare that; a planned one counts"))
}
