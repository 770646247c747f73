//! A security report or a certificate is offered where readers audit financial statements.

use crate::estate::Cited;
use crate::finding::{Finding, Severity, list_words};
use crate::manifest::{Framework, Purpose};
use crate::model::{AssuranceId, ServiceId};
use crate::rules::{Check, Context, Group, Rule, YieldsTo, words};
use crate::standards::Family;

pub static RULE: Rule = Rule {
    name: "security-report-cited-for-icfr",
    since: "0.1.0",
    group: Group::ReportFit,
    severity: Severity::Error,
    summary: "A security report or a certificate is offered where readers audit financial statements.",
    references: &["AU-C 402", "ISA 402"],
    options: &[],
    yields_to: &[YieldsTo::on_subject("financial-impact-without-icfr-report")],
    page: include_str!("security_report_cited_for_icfr.md"),
    check: Check::Service(judge),
};

fn judge(cx: &Context<'_, '_>, index: ServiceId) -> Option<Finding> {
    let service = cx.services.get(index);
    if !service.readable || !service.body.is_in_use() {
        return None;
    }
    let mut finding: Option<Finding> = None;
    for purpose in [Purpose::FinancialStatementAudit, Purpose::StatutoryAudit] {
        let Some(cited) = miscited(cx, index, purpose) else {
            continue;
        };
        if let Some(first) = finding.take() {
            finding = Some(first.related(
                cited.stated,
                format!("and for a {}, with nothing else cited", words::purpose(purpose)),
            ));
            continue;
        }
        let titles: Vec<String> = cited.claims.iter().map(|(_, id)| words::assurance(cx, *id)).collect();
        let message = format!(
            "readers of `{}` need assurance for a {}, but all that is cited for it is {}",
            cx.name(service),
            words::purpose(purpose),
            list_words(&titles, "and")
        );
        let label = format!(
            "a {} needs a report on {}",
            words::purpose(purpose),
            Family::Icfr.subject_matter()
        );
        let mut new = RULE.finding(cx.path(service), cited.stated, label, message);
        for (place, id) in cited.claims {
            new = new.related(
                place,
                format!(
                    "{} speaks about {}",
                    cx.assurance_title(id),
                    words::subject_matter(cx, id)
                ),
            );
        }
        finding = Some(new.help(
            "cite a SOC 1 or ISAE 3402 report for this purpose; a security report does not stand in for it, however good it is",
        ));
    }
    finding
}

/// Where a purpose is declared and what is cited for it, if that is nothing but security reports and certificates.
fn miscited(cx: &Context<'_, '_>, index: ServiceId, purpose: Purpose) -> Option<Cited> {
    let cited = cx.cited_for(index, purpose)?;
    let is_about_security = |id: AssuranceId| {
        let assurance = cx.assurance(id);
        assurance.framework.is_some_and(Framework::is_certificate) || assurance.is_of(Family::TrustServices)
    };
    let only_security = cited.claims.iter().all(|(_, id)| is_about_security(*id));
    (only_security && !cited.claims.is_empty()).then_some(cited)
}
