//! A hosting provider that affects financial reporting is covered by only one family of reports.

use crate::estate::{SecurityShown, ServiceRef};
use crate::finding::{Finding, Severity};
use crate::model::ServiceKind;
use crate::rules::{Check, Context, Group, Rule, YieldsTo, words};
use crate::standards::Family;

pub static RULE: Rule = Rule {
    name: "hosting-without-both-families",
    since: "0.1.0",
    group: Group::ReportFit,
    severity: Severity::Warning,
    summary: "A hosting provider that affects financial reporting is covered by only one family of reports.",
    references: &[],
    options: &[],
    yields_to: &[
        YieldsTo::on_subject("financial-impact-without-icfr-report"),
        YieldsTo::on_subject("dual-purpose-service-single-family"),
    ],
    page: include_str!("hosting_without_both_families.md"),
    check: Check::Service(judge),
};

const HOSTING: [ServiceKind; 3] = [ServiceKind::Datacenter, ServiceKind::Iaas, ServiceKind::Paas];

fn judge(_: &Context<'_, '_>, service: ServiceRef<'_, '_>) -> Option<Finding> {
    let body = &service.body;
    let kind = body.kind.known().filter(|kind| HOSTING.contains(&kind.value))?;
    let impact = body.financial_impact.known().filter(|_| body.has_financial_impact())?;
    if !service.readable || !body.is_offered() || service.may_be_dual_purpose() {
        return None;
    }
    let missing = service.only_missing_family()?;
    let covering = service.live_reports(missing.other()).next()?;
    let shown = match missing {
        Family::TrustServices => service.security_otherwise_shown(),
        Family::Icfr => SecurityShown::No,
    };
    let message = format!(
        "`{}` is declared as `{}`, with {} on user entities' financial reporting, but of the declared reports only {} covers it: such providers ordinarily have both",
        service.name(),
        kind.value,
        words::impact(impact.value),
        covering.title()
    );
    let mut finding = RULE
        .finding(
            service.path(),
            service.at(kind.span),
            "readers of both families ask about hosting",
            message,
        )
        .related(
            service.at(impact.span),
            format!("{} on user entities' financial reporting", words::impact(impact.value)),
        )
        .related(
            covering.place(),
            format!(
                "`{}` covers it and reports on {}",
                covering.name(),
                missing.other().subject_matter()
            ),
        );
    if shown != SecurityShown::No {
        finding = finding.severity(Severity::Note);
    }
    if let SecurityShown::By(other) = shown {
        let label = format!(
            "`{}` ({}) covers its security, so this is a note",
            other.name(),
            other.title()
        );
        finding = finding.related(other.place(), label);
    }
    Some(finding.help(format!(
        "have a report on {} cover it too ({}), and declare it; a planned one counts",
        missing.subject_matter(),
        missing.reports()
    )))
}
