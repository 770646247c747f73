//! A carved-out subservice organization was not reviewed in time.

use crate::decode::{Duration, Field};
use crate::finding::{Finding, Severity};
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
    (0..cx.third_parties.len())
        .filter_map(|third_party| judge(cx, third_party))
        .collect()
}

fn judge(cx: &Context<'_, '_>, index: usize) -> Option<Finding> {
    let third_party = cx.third_parties.get(index);
    let method = cx.carve_out(index)?;
    let review = match &third_party.body.review {
        Field::Unknown(_) => return None,
        Field::Absent => None,
        Field::Known(review) => Some(review),
    };
    let every = review.map(|review| &review.value.every);
    if every.is_some_and(Field::is_unknown) {
        return None;
    }
    let own = every.and_then(Field::known);
    let limit = match own {
        Some(every) => cx.own_interval(every.value, cx.settings.longest(RULE.name)),
        None => cx.longest(&RULE),
    };
    let is_new = match &third_party.body.since {
        Field::Absent => false,
        Field::Unknown(_) => true,
        Field::Known(since) => limit.due(since.value.0) > cx.as_of,
    };
    if is_new {
        return None;
    }
    let name = cx.name(third_party);
    let path = cx.path(third_party);
    let last = review.map(|review| cx.happened(&review.value.last));
    let mut finding = match (review, last) {
        (_, Some(Field::Unknown(_))) => return None,
        (_, Some(Field::Known(last))) => {
            let due = limit.due(last.value.0);
            if due >= cx.as_of {
                return None;
            }
            let message = format!(
                "`{name}` is carved out, and was last reviewed on {}: with a cycle of {} that was due again on {due}",
                last.value, limit.value
            );
            RULE.finding(path, third_party.at(last.span), format!("due again by {due}"), message)
                .related(method, "carved out: the report leaves its controls out")
        }
        (Some(review), _) => {
            let message = format!("`{name}` is carved out, but its review states no day on which it took place");
            RULE.finding(path, third_party.at(review.span), "no `last` that has passed", message)
                .related(method, "carved out: the report leaves its controls out")
        }
        (None, _) => {
            let message = format!("`{name}` is carved out, but no review of it is declared");
            RULE.finding(path, method, "carved out: the report leaves its controls out", message)
                .related(third_party.place(), "no `review`")
        }
    };
    if let Some(every) = own {
        finding = finding.related(third_party.at(every.span), "the cycle it is declared to have");
    }
    if let Some(option) = limit.option {
        finding = finding.related(option, "the longest cycle is set here");
    }
    let finding = finding.citing(references(cx, index));
    Some(finding.help("read the organization's report, or do what takes its place, and state the day in `review = { last = .., evidence = .. }`"))
}

/// By the reports that leave its controls out: their readers look for the monitoring of it in each description.
fn references(cx: &Context<'_, '_>, index: usize) -> &'static [&'static str] {
    let leaving_out = cx.carve_outs(index);
    let is_in = |family| leaving_out.iter().any(|one| cx.assurance(one.report).is_of(family));
    match (is_in(Family::Icfr), is_in(Family::TrustServices)) {
        (true, true) => RULE.references,
        (true, false) => &["AT-C 320", "A.5.22", "GV.SC-07"],
        (false, true) => &["DC 200", "CC9.2", "A.5.22", "GV.SC-07"],
        (false, false) => &["CC9.2", "A.5.22", "GV.SC-07"],
    }
}
