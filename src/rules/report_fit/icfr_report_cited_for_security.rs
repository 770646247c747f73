//! A report for audits of financial statements is offered where readers look into security.

use crate::finding::{Finding, Severity, list_words};
use crate::manifest::Purpose;
use crate::model::ServiceId;
use crate::rules::{Check, Context, Group, Rule, YieldsTo, words};
use crate::standards::Family;

pub static RULE: Rule = Rule {
    name: "icfr-report-cited-for-security",
    since: "0.1.0",
    group: Group::ReportFit,
    severity: Severity::Warning,
    summary: "A report for audits of financial statements is offered where readers look into security.",
    references: &["TSP 100"],
    options: &[],
    yields_to: &[YieldsTo::on_subject("dual-purpose-service-single-family")],
    page: include_str!("icfr_report_cited_for_security.md"),
    check: Check::Service(judge),
};

fn judge(cx: &Context<'_, '_>, index: ServiceId) -> Option<Finding> {
    let service = cx.services.get(index);
    if !service.readable || !service.body.is_in_use() {
        return None;
    }
    let purposes = [Purpose::SecurityDueDiligence, Purpose::MarketQualification];
    let mut miscited = purposes.into_iter().filter_map(|purpose| {
        let cited = cx.cited_for(index, purpose)?;
        let only_icfr = cited.claims.iter().all(|(_, id)| cx.assurance(*id).is_of(Family::Icfr));
        (only_icfr && !cited.claims.is_empty()).then_some((purpose, cited))
    });
    let (purpose, cited) = miscited.next()?;
    if cx.may_be_dual_purpose(index) {
        return None;
    }
    let titles: Vec<String> = cited.claims.iter().map(|(_, id)| words::assurance(cx, *id)).collect();
    let message = format!(
        "readers of `{}` need assurance for {}, but all that is cited for it is {}",
        cx.name(service),
        words::purpose(purpose),
        list_words(&titles, "and")
    );
    let label = format!(
        "{} asks about {}",
        words::purpose(purpose),
        Family::TrustServices.subject_matter()
    );
    let mut finding = RULE.finding(cx.path(service), cited.stated, label, message);
    for (place, id) in cited.claims {
        finding = finding.related(
            place,
            format!(
                "{} speaks about {}",
                cx.assurance_title(id),
                words::subject_matter(cx, id)
            ),
        );
    }
    for (purpose, cited) in miscited {
        finding = finding.related(
            cited.stated,
            format!("and for {}, with nothing else cited", words::purpose(purpose)),
        );
    }
    Some(finding.help("cite a SOC 2 or SOC 3 report, an ISAE 3000 report or an ISO/IEC 27001 certificate for this purpose; control objectives for financial reporting leave much of security out"))
}
