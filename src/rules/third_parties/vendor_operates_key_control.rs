//! A control of a report is performed by a third party declared as a vendor.

use crate::estate::ControlRef;
use crate::finding::{Finding, Severity};
use crate::model::Role;
use crate::rules::{Check, Context, Group, Rule, YieldsTo, words};

pub static RULE: Rule = Rule {
    name: "vendor-operates-key-control",
    since: "0.1.0",
    group: Group::ThirdParties,
    severity: Severity::Warning,
    summary: "A control of a report is performed by a third party declared as a vendor.",
    references: &["DC 200"],
    options: &[],
    yields_to: &[YieldsTo::on_named("operator-declared-vendor")],
    page: include_str!("vendor_operates_key_control.md"),
    check: Check::Control(judge),
};

fn judge(cx: &Context<'_, '_>, control: ControlRef<'_, '_>) -> Option<Finding> {
    let provider = control.body.inherited_from.known()?;
    let third_party = cx.third_party_named(control.namespace, &provider.value)?;
    let role = third_party.body.role_of(Role::Vendor)?;
    let mut live = control.reports().filter(|report| {
        let misfiled = report.body.is_misfiled();
        report.assurance().is_live() && !misfiled
    });
    let first = live.next()?;
    let message = format!(
        "the control `{}` of {} is inherited from `{}`, which is declared as a vendor",
        control.name(),
        words::report(first),
        third_party.name()
    );
    let mut finding = RULE
        .finding(
            control.path(),
            control.at(provider.span),
            "operates a control that the report relies on",
            message,
        )
        .related(
            third_party.at(role.span),
            format!(
                "`{}` is declared as a vendor, whose controls no report relies on",
                third_party.name()
            ),
        )
        .naming([third_party.path()]);
    for report in std::iter::once(first).chain(live) {
        let label = format!("the control is part of `{}`", report.name());
        finding = finding.related(report.place(), label);
    }
    Some(finding.help("declare the organization as a `subservice-organization` and state whether reports carve it out or include it; if the control is yours, remove `inherited-from`"))
}
