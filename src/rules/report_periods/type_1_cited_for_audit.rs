//! For an audit of financial statements, readers are given type 1 reports only.

use crate::estate::{AssuranceId, Standing};
use crate::finding::{Finding, Severity, list_words};
use crate::manifest::{Purpose, ReportType};
use crate::rules::{Check, Context, Group, Rule};
use crate::standards::Family;

pub static RULE: Rule = Rule {
    name: "type-1-cited-for-audit",
    since: "0.1.0",
    group: Group::ReportPeriods,
    severity: Severity::Warning,
    summary: "For an audit of financial statements, readers are given type 1 reports only.",
    references: &["AU-C 402.17", "ISA 402", "PCAOB AS 2601"],
    options: &[],
    yields_to: &[],
    page: include_str!("type_1_cited_for_audit.md"),
    check: Check::Service(judge),
};

fn judge(cx: &Context<'_, '_>, index: usize) -> Option<Finding> {
    let service = cx.services.get(index);
    if !service.readable || !service.body.is_in_use() {
        return None;
    }
    let cited = cx.cited_for(index, Purpose::FinancialStatementAudit)?;
    // One of unknown framework may be of the family.
    if cited.claims.iter().any(|(_, id)| cx.assurance(*id).family.is_err()) {
        return None;
    }
    let mut issued = cited.claims;
    issued.retain(|(_, id)| cx.assurance(*id).is_of(Family::Icfr) && cx.assurance(*id).standing == Standing::Issued);
    let is_type_1 = |id: AssuranceId| cx.assurance(id).report_type == Some(ReportType::One);
    if issued.is_empty() || !issued.iter().all(|(_, id)| is_type_1(*id)) {
        return None;
    }
    let names: Vec<String> = issued
        .iter()
        .map(|(_, id)| format!("`{}`", cx.assurance_name(*id)))
        .collect();
    let message = format!(
        "readers of `{}` need assurance for a financial statement audit, but every {} report that is cited for it is type 1: {}",
        cx.name(service),
        Family::Icfr.reports(),
        list_words(&names, "and")
    );
    let mut finding = RULE.finding(
        cx.path(service),
        cited.stated,
        "auditors need to know whether controls operated",
        message,
    );
    for (claim, id) in issued {
        finding = finding.related(claim, "cited here");
        let head = cx.head(id);
        if let Some(stated) = head.report_type.known() {
            let place = cx.place(head.file, stated.span);
            finding = finding.related(place, "type 1 speaks about the design of controls on one day");
        }
    }
    Some(finding.help("have a type 2 report issued and cite it for this purpose; until then, tell readers that their auditors have to test the controls in another way"))
}
