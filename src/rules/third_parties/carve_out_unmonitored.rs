//! A carved-out subservice organization was not reviewed in time.

use crate::estate::ThirdPartyRef;
use crate::finding::{Finding, Severity};
use crate::model::Duration;
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
        "Review cycle of third parties that state no `every` and, if set in a config, the longest `every` that counts",
        Duration::months(12),
    )],
    yields_to: &[],
    page: include_str!("carve_out_unmonitored.md"),
    check: Check::ThirdParty(judge),
};

fn judge(cx: &Context<'_, '_>, third_party: ThirdPartyRef<'_, '_>) -> Option<Finding> {
    let (place, report) = third_party.carve_out()?;
    let label = match report {
        Some(report) => format!("carved out: `{}` excludes its controls", report.name()),
        None => "carved out: the report excludes its controls".to_owned(),
    };
    let asked = Asked {
        what: "is carved out".to_owned(),
        place,
        label,
    };
    let finding = third_party_review::overdue(cx, &RULE, third_party, &asked)?.citing(references(third_party));
    Some(finding.help("read the organization's report, or perform alternative procedures, and state the date in `review = { last = .., evidence = .. }`"))
}

/// By the reports that carve it out: their readers look for its monitoring in each description.
fn references(third_party: ThirdPartyRef<'_, '_>) -> &'static [&'static str] {
    let leaving_out = third_party.carve_outs();
    let is_in = |family| leaving_out.iter().any(|one| one.report.is_of(family));
    match (is_in(Family::Icfr), is_in(Family::TrustServices)) {
        (true, true) => RULE.references,
        (true, false) => &["AT-C 320", "A.5.22", "GV.SC-07"],
        (false, true) => &["DC 200", "CC9.2", "A.5.22", "GV.SC-07"],
        (false, false) => &["CC9.2", "A.5.22", "GV.SC-07"],
    }
}
