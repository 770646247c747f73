//! A control of a report is performed by what is declared a mere vendor.

use crate::finding::{Finding, Severity};
use crate::manifest::Role;
use crate::rules::{Check, Context, Group, Rule, YieldsTo, words};

pub static RULE: Rule = Rule {
    name: "vendor-operates-key-control",
    since: "0.1.0",
    group: Group::ThirdParties,
    severity: Severity::Warning,
    summary: "A control of a report is performed by what is declared a mere vendor.",
    references: &["DC 200"],
    options: &[],
    yields_to: &[YieldsTo::on_named("operator-declared-vendor")],
    page: include_str!("vendor_operates_key_control.md"),
    check: Check::Control(judge),
};

fn judge(cx: &Context<'_, '_>, index: usize) -> Option<Finding> {
    let control = cx.controls.get(index);
    let provider = control.body.inherited_from.known()?;
    let third_party = cx
        .third_parties
        .resolve(&cx.namespaces, control.namespace, &provider.value)?;
    let third_party = cx.third_parties.get(third_party);
    let role = third_party.body.role_of(Role::Vendor)?;
    let mut live = cx.reports_of_control(index).iter().copied().filter(|report| {
        let misfiled = cx.reports.get(*report).body.is_misfiled();
        cx.assurance(*report).is_live() && !misfiled
    });
    let first = live.next()?;
    let message = format!(
        "the control `{}` of {} is inherited from `{}`, which is declared a vendor",
        cx.name(control),
        words::report(cx, first),
        cx.name(third_party)
    );
    let mut finding = RULE
        .finding(
            cx.path(control),
            control.at(provider.span),
            "operates a control that the report rests on",
            message,
        )
        .related(
            third_party.at(role.span),
            format!(
                "`{}` is declared a vendor, on whose controls no report rests",
                cx.name(third_party)
            ),
        )
        .naming([cx.path(third_party)]);
    for report in std::iter::once(first).chain(live) {
        let report = cx.reports.get(report);
        let label = format!("the control is part of `{}`", cx.name(report));
        finding = finding.related(report.place(), label);
    }
    Some(finding.help("declare the organization a `subservice-organization` and say whether reports carve it out or include it; if the control is yours, take `inherited-from` out"))
}
