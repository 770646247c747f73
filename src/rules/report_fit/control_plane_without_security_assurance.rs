//! A control plane is answered for neither by a trust-services report nor by an ISO/IEC 27001 certificate.

use crate::estate::{Answer, Assurance, Standing};
use crate::finding::{Finding, Severity};
use crate::manifest::{Framework, ServiceKind};
use crate::rules::{Check, Context, Group, Rule, words};
use crate::standards::Family;

pub static RULE: Rule = Rule {
    name: "control-plane-without-security-assurance",
    since: "0.1.0",
    group: Group::ReportFit,
    severity: Severity::Warning,
    summary: "A control plane is answered for neither by a trust-services report nor by an ISO/IEC 27001 certificate.",
    references: &["CSF GV.OC-04", "TSP 100"],
    options: &[],
    yields_to: &[],
    page: include_str!("control_plane_without_security_assurance.md"),
    check: Check::Estate(check),
};

fn check(cx: &Context<'_, '_>) -> Vec<Finding> {
    let anywhere = |assurance: &Assurance| is_about_security(assurance) && assurance.covers_unknown;
    if cx.assurances().any(|(_, assurance)| anywhere(assurance)) {
        return Vec::new();
    }
    let bare = (0..cx.services.len()).filter(|service| is_bare(cx, *service));
    bare.filter_map(|service| finding(cx, service)).collect()
}

fn is_bare(cx: &Context<'_, '_>, index: usize) -> bool {
    let service = cx.services.get(index);
    let body = &service.body;
    service.readable
        && body.kind.value() == Some(ServiceKind::ControlPlane)
        && body.is_offered()
        && cx.answer(index, Family::TrustServices) == Answer::No
        && !cx
            .answering(index)
            .iter()
            .any(|id| is_about_security(cx.assurance(*id)))
}

/// An ISO/IEC 27001 certificate, or ISAE 3000 on criteria of its own; of what criteria, its name alone says.
fn is_about_security(assurance: &Assurance) -> bool {
    let framework = matches!(assurance.framework, Some(Framework::Iso27001 | Framework::Isae3000));
    framework && assurance.standing != Standing::Gone
}

fn finding(cx: &Context<'_, '_>, index: usize) -> Option<Finding> {
    let service = cx.services.get(index);
    let kind = service.body.kind.known()?;
    let message = format!(
        "`{}` is declared as a control plane and offered to user entities, but {}: neither a trust-services report nor an ISO/IEC 27001 certificate answers for it",
        cx.name(service),
        words::claimed(cx, index)
    );
    let label = "whoever controls it controls what is built on it";
    let mut finding = RULE.finding(cx.path(service), service.at(kind.span), label, message);
    for id in cx.answering(index) {
        if cx.assurance(*id).is_live() {
            finding = finding.related(
                cx.assurance_place(*id),
                format!("answers for it, and speaks about {}", words::subject_matter(cx, *id)),
            );
        }
    }
    Some(finding.help("have a SOC 2 report, or ISAE 3000 on the trust services criteria, or an ISO/IEC 27001 certificate cover it, and declare it; one that is planned is an answer here"))
}
