//! A subservice organization of a covered service is not declared as carved out or included.

use crate::estate::ThirdPartyRef;
use crate::finding::{Finding, Severity};
use crate::model::Role;
use crate::rules::{Check, Context, Group, Rule};

pub static RULE: Rule = Rule {
    name: "subservice-method-missing",
    since: "0.1.0",
    group: Group::ThirdParties,
    severity: Severity::Error,
    summary: "A subservice organization of a covered service is not declared as carved out or included.",
    references: &["AT-C 320", "DC 200"],
    options: &[],
    yields_to: &[],
    page: include_str!("subservice_method_missing.md"),
    check: Check::ThirdParty(judge),
};

fn judge(_: &Context<'_, '_>, third_party: ThirdPartyRef<'_, '_>) -> Option<Finding> {
    let role = third_party.body.role_of(Role::SubserviceOrganization)?;
    if !third_party.body.method.is_absent() {
        return None;
    }
    // Each report states by itself how it treats a subservice organization.
    let mut covering = third_party.covering_reports().into_iter();
    let (service, report) = covering.find(|(_, report)| third_party.method_in(*report).is_absent())?;
    let message = format!(
        "`{}` is a subservice organization of `{}`, which the report `{}` covers, but nothing states whether it is carved out or included",
        third_party.name(),
        service.name(),
        report.name()
    );
    let finding = RULE
        .finding(third_party.path(), third_party.at(role.span), "no `method`", message)
        .related(
            report.at(report.body.covers.span),
            format!("`{}` covers `{}`", report.name(), service.name()),
        )
        .related(service.place(), format!("`{}` relies on it", service.name()));
    Some(finding.help("state `method = \"carve-out\"` or `method = \"inclusive\"`, here or in the report's `subservice` table, as in the report's system description"))
}
