//! A subservice organization of a covered service is neither carved out nor included.

use crate::finding::{Finding, Severity};
use crate::manifest::Role;
use crate::model::ThirdPartyId;
use crate::rules::{Check, Context, Group, Rule};

pub static RULE: Rule = Rule {
    name: "subservice-method-missing",
    since: "0.1.0",
    group: Group::ThirdParties,
    severity: Severity::Error,
    summary: "A subservice organization of a covered service is neither carved out nor included.",
    references: &["AT-C 320", "DC 200"],
    options: &[],
    yields_to: &[],
    page: include_str!("subservice_method_missing.md"),
    check: Check::Estate(check),
};

fn check(cx: &Context<'_, '_>) -> Vec<Finding> {
    cx.third_parties
        .ids()
        .filter_map(|third_party| judge(cx, third_party))
        .collect()
}

fn judge(cx: &Context<'_, '_>, index: ThirdPartyId) -> Option<Finding> {
    let third_party = cx.third_parties.get(index);
    let role = third_party.body.role_of(Role::SubserviceOrganization)?;
    if !third_party.body.method.is_absent() {
        return None;
    }
    // Each report says for itself how it treats a subservice organization.
    let mut covering = cx.covering_reports(index).into_iter();
    let (service, report) = covering.find(|(_, report)| cx.method_in_report(index, *report).is_absent())?;
    let (service, report) = (cx.services.get(service), cx.reports.get(report));
    let message = format!(
        "`{}` is a subservice organization of `{}`, which the report `{}` covers, but nothing says whether it is carved out or included",
        cx.name(third_party),
        cx.name(service),
        cx.name(report)
    );
    let finding = RULE
        .finding(
            cx.path(third_party),
            third_party.at(role.span),
            "carved out, or included?",
            message,
        )
        .related(
            report.at(report.body.covers.span),
            format!("`{}` covers `{}`", cx.name(report), cx.name(service)),
        )
        .related(service.place(), format!("`{}` relies on it", cx.name(service)));
    Some(finding.help("state `method = \"carve-out\"` or `method = \"inclusive\"`, here or in the report's `subservice` table, as the report's system description has it"))
}
