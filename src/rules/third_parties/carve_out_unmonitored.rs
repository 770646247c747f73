//! A carved-out subservice organization was not reviewed in time.

use crate::decode::Duration;
use crate::finding::{Finding, Severity};
use crate::model::ThirdPartyId;
use crate::rules::third_party_review::{self, Asked};
use crate::rules::{Check, Context, Group, Rule, RuleOption};
use crate::standards::Family;

pub static RULE: Rule = Rule {
    name: "carve-out-unmonitored",
    since: "0.1.0",
    group: Group::ThirdParties,
    severity: Severity::Warning,
    summary: "A carved-out subservice organization was not reviewed in time.",
    references: &["AT-C 320", "DC 200", "CC9.2", "A.5.22", "GV.SC-07"],
    options: &[RuleOption::longest(
        "The review cycle of third parties that state no `every`, and, where a config states it, the longest `every` that counts",
        Duration::months(12),
    )],
    yields_to: &[],
    page: include_str!("carve_out_unmonitored.md"),
    check: Check::Estate(check),
};

fn check(cx: &Context<'_, '_>) -> Vec<Finding> {
    cx.third_parties
        .ids()
        .filter_map(|third_party| judge(cx, third_party))
        .collect()
}

fn judge(cx: &Context<'_, '_>, index: ThirdPartyId) -> Option<Finding> {
    let (place, report) = cx.carve_out(index)?;
    let label = match report {
        Some(report) => format!(
            "carved out: `{}` leaves its controls out",
            cx.name(cx.reports.get(report))
        ),
        None => "carved out: the report leaves its controls out".to_owned(),
    };
    let asked = Asked {
        what: "is carved out".to_owned(),
        place,
        label,
    };
    let finding = third_party_review::overdue(cx, &RULE, index, &asked)?.citing(references(cx, index));
    Some(finding.help("read the organization's report, or do what takes its place, and state the day in `review = { last = .., evidence = .. }`"))
}

/// By the reports that leave its controls out: their readers look for the monitoring of it in each description.
fn references(cx: &Context<'_, '_>, index: ThirdPartyId) -> &'static [&'static str] {
    let leaving_out = cx.carve_outs(index);
    let is_in = |family| leaving_out.iter().any(|one| cx.assurance(one.report).is_of(family));
    match (is_in(Family::Icfr), is_in(Family::TrustServices)) {
        (true, true) => RULE.references,
        (true, false) => &["AT-C 320", "A.5.22", "GV.SC-07"],
        (false, true) => &["DC 200", "CC9.2", "A.5.22", "GV.SC-07"],
        (false, false) => &["CC9.2", "A.5.22", "GV.SC-07"],
    }
}
