//! Only type 1 reports are cited for an audit.

use crate::estate::{AssuranceRef, Cited, ServiceRef, Standing};
use crate::finding::{Finding, Severity};
use crate::model::{Framework, Purpose, ReportType, list_words};
use crate::rules::{Check, Context, Group, Rule, words};
use crate::source::Place;
use crate::standards::Family;
use std::collections::BTreeSet;

pub static RULE: Rule = Rule {
    name: "type-1-cited-for-audit",
    since: "0.1.0",
    group: Group::ReportPeriods,
    severity: Severity::Warning,
    summary: "Only type 1 reports are cited for an audit.",
    references: &["AU-C 402.17", "ISA 402", "PCAOB AS 2601"],
    options: &[],
    yields_to: &[],
    page: include_str!("type_1_cited_for_audit.md"),
    check: Check::Service(judge),
};

/// Purposes of an audit, and how severe it is that only type 1 reports meet them. General IT controls are assessed in
/// other ways as well.
const AUDITS: [(Purpose, Severity); 3] = [
    (Purpose::FinancialStatementAudit, Severity::Warning),
    (Purpose::StatutoryAudit, Severity::Warning),
    (Purpose::ItgcReliance, Severity::Note),
];

fn judge(_: &Context<'_, '_>, service: ServiceRef<'_, '_>) -> Option<Finding> {
    if !service.readable || !service.body.is_in_use() {
        return None;
    }
    let met = AUDITS
        .iter()
        .filter_map(|(purpose, severity)| Some((*purpose, *severity, by_type_1_alone(service, *purpose)?)));
    let met: Vec<(Purpose, Severity, Cited<'_, '_>)> = met.collect();
    let (_, severity, first) = met.first()?;
    let mut claims: Vec<(Place, AssuranceRef<'_, '_>)> =
        met.iter().flat_map(|(_, _, cited)| cited.claims.clone()).collect();
    let mut seen = BTreeSet::new();
    claims.retain(|claim| seen.insert(*claim));
    let reports: BTreeSet<AssuranceRef<'_, '_>> = claims.iter().map(|(_, report)| *report).collect();
    let names: Vec<String> = reports.iter().map(|report| format!("`{}`", report.name())).collect();
    let purposes = met.iter().map(|(purpose, ..)| match purpose {
        Purpose::ItgcReliance => words::purpose(*purpose).to_owned(),
        audit => words::with_article(words::purpose(*audit)),
    });
    let purposes: Vec<String> = purposes.collect();
    let message = format!(
        "readers of `{}` need assurance for {}, but every {} report cited for it is type 1: {}",
        service.name(),
        list_words(&purposes, "and"),
        Family::Icfr.reports(),
        list_words(&names, "and")
    );
    let mut finding = RULE
        .finding(
            service.path(),
            first.stated,
            "auditors need to know whether controls operated",
            message,
        )
        .severity(*severity);
    for (_, _, other) in met.iter().skip(1) {
        finding = finding.related(other.stated, "also needed for this");
    }
    for (claim, report) in claims {
        finding = finding.related(claim, "cited here");
        let head = report.head();
        if let Some(stated) = head.report_type.known() {
            let label = format!("`{}` is type 1: the design of controls on one day", report.name());
            finding = finding.related(head.at(stated.span), label);
        }
    }
    Some(finding.help("have a type 2 report issued and cite it for this purpose; until then, tell readers that their auditors have to test the controls in another way"))
}

/// What is cited for a purpose, where its issued ICFR reports are all type 1.
fn by_type_1_alone<'e, 'a>(service: ServiceRef<'e, 'a>, purpose: Purpose) -> Option<Cited<'e, 'a>> {
    let mut cited = service.cited_for(purpose)?;
    // A report of unknown framework may be of the family.
    if cited.claims.iter().any(|(_, report)| report.family.is_unknown()) {
        return None;
    }
    let is_type_1 = |report: AssuranceRef<'_, '_>| report.report_type == Some(ReportType::One);
    cited.claims.retain(|(_, report)| report.standing() == Standing::Issued);
    // A SOC 2 report also shows how general IT controls operated.
    let tested = |report: AssuranceRef<'_, '_>| {
        report.is_of(Family::TrustServices) && report.framework != Some(Framework::Soc3) && !is_type_1(report)
    };
    if purpose == Purpose::ItgcReliance && cited.claims.iter().any(|(_, report)| tested(*report)) {
        return None;
    }
    cited.claims.retain(|(_, report)| report.is_of(Family::Icfr));
    let all = !cited.claims.is_empty() && cited.claims.iter().all(|(_, report)| is_type_1(*report));
    all.then_some(cited)
}
