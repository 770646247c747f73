//! For an audit of financial statements, readers are given type 1 reports only.

use crate::estate::Standing;
use crate::finding::{Finding, Severity, list_words};
use crate::manifest::{Lifecycle, Purpose, ReportType};
use crate::rules::{Context, Group, Rule};
use crate::standards::Family;

pub static RULE: Rule = Rule {
    name: "type-1-cited-for-audit",
    group: Group::ReportPeriods,
    severity: Severity::Warning,
    summary: "For an audit of financial statements, readers are given type 1 reports only.",
    references: &["AU-C 402.17"],
    options: &[],
    page: include_str!("type_1_cited_for_audit.md"),
    check,
};

fn check(cx: &Context<'_, '_>) -> Vec<Finding> {
    (0..cx.services.len())
        .filter_map(|service| judge(cx, service))
        .collect()
}

fn judge(cx: &Context<'_, '_>, index: usize) -> Option<Finding> {
    let service = cx.services.get(index);
    let lifecycle = &service.body.lifecycle;
    let retired = lifecycle.is_unknown() || lifecycle.value() == Some(Lifecycle::Retired);
    if retired || !service.body.is_in_scope() {
        return None;
    }
    let purpose = cx.claimed_for(index, Purpose::FinancialStatementAudit)?;
    let mut cited = Vec::new();
    for (place, id) in purpose.claims {
        let assurance = cx.assurance(id);
        match assurance.family {
            // It may be a report of the family, and of type 2.
            Err(()) => return None,
            Ok(Some(Family::Icfr)) if assurance.standing == Standing::Issued => {
                if assurance.report_type != Some(ReportType::One) {
                    return None;
                }
                cited.push((place, id));
            }
            Ok(_) => {}
        }
    }
    if cited.is_empty() {
        return None;
    }
    let names: Vec<String> = cited
        .iter()
        .map(|(_, id)| format!("`{}`", cx.assurance_name(*id)))
        .collect();
    let message = format!(
        "readers of `{}` need assurance for a financial statement audit, but every issued {} report that is cited for it is type 1: {}",
        cx.name(service),
        Family::Icfr.reports(),
        list_words(&names, "and")
    );
    let mut finding = RULE.finding(
        cx.path(service),
        purpose.stated,
        "auditors need to know whether controls operated",
        message,
    );
    for (place, id) in cited {
        finding = finding.related(place, "cited here");
        let head = cx.head(id);
        if let Some(stated) = head.report_type.known() {
            let place = cx.place(head.file, stated.span);
            finding = finding.related(place, "type 1 speaks about the design of controls on one day");
        }
    }
    Some(finding.help("have a type 2 report issued and cite it for this purpose; until then, tell readers that their auditors have to test the controls in another way"))
}
