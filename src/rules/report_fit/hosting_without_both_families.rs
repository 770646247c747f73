//! A hosting provider that affects financial reporting is covered by one family of reports only.

use crate::estate::SecurityShown;
use crate::finding::{Finding, Severity};
use crate::manifest::ServiceKind;
use crate::model::ServiceId;
use crate::rules::{Check, Context, Group, Rule, YieldsTo, words};
use crate::standards::Family;

pub static RULE: Rule = Rule {
    name: "hosting-without-both-families",
    since: "0.1.0",
    group: Group::ReportFit,
    severity: Severity::Warning,
    summary: "A hosting provider that affects financial reporting is covered by one family of reports only.",
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

fn judge(cx: &Context<'_, '_>, index: ServiceId) -> Option<Finding> {
    let service = cx.services.get(index);
    let body = &service.body;
    let kind = body.kind.known().filter(|kind| HOSTING.contains(&kind.value))?;
    let impact = body.financial_impact.known().filter(|_| body.has_financial_impact())?;
    if !service.readable || !body.is_offered() || cx.may_be_dual_purpose(index) {
        return None;
    }
    let missing = cx.only_unanswered(index)?;
    let answered = cx.live_of(index, missing.other()).next()?;
    let shown = match missing {
        Family::TrustServices => cx.security_otherwise_shown(index),
        Family::Icfr => SecurityShown::No,
    };
    let message = format!(
        "`{}` is declared as `{}`, with {} on user entities' financial reporting, but of the declared reports only {} covers it: such providers ordinarily report both",
        cx.name(service),
        kind.value,
        words::impact(impact.value),
        cx.assurance_title(answered)
    );
    let mut finding = RULE
        .finding(
            cx.path(service),
            service.at(kind.span),
            "what others are hosted on is asked about by both kinds of readers",
            message,
        )
        .related(
            service.at(impact.span),
            format!("{} on user entities' financial reporting", words::impact(impact.value)),
        )
        .related(
            cx.assurance_place(answered),
            format!(
                "`{}` covers it, and speaks about {}",
                cx.assurance_name(answered),
                missing.other().subject_matter()
            ),
        );
    if shown != SecurityShown::No {
        finding = finding.severity(Severity::Note);
    }
    if let SecurityShown::By(id) = shown {
        let label = format!(
            "`{}` ({}) speaks about its security, so this is a note",
            cx.assurance_name(id),
            cx.assurance_title(id)
        );
        finding = finding.related(cx.assurance_place(id), label);
    }
    Some(finding.help(format!(
        "have a report on {} cover it too ({}), and declare it; a planned one counts",
        missing.subject_matter(),
        missing.reports()
    )))
}
