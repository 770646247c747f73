//! What a non-human identity may do was not reviewed within its cycle.

use crate::decode::{Duration, Field};
use crate::estate::{IdentityRef, Said};
use crate::finding::{Finding, Severity};
use crate::rules::context::Limit;
use crate::rules::{Check, Context, Group, Rule, RuleOption};

pub static RULE: Rule = Rule {
    name: "nhi-without-access-review",
    since: "0.1.0",
    group: Group::Nhi,
    severity: Severity::Warning,
    summary: "What a non-human identity may do was not reviewed within its cycle.",
    references: &["CC6.3", "A.5.18", "PR.AA-05", "PCI DSS 7.2.5.1"],
    options: &[RuleOption::longest(
        "The cycle of identities whose review states no `every`, and, where a config states it, the longest `every` that counts",
        Duration::months(12),
    )],
    yields_to: &[],
    page: include_str!("without_access_review.md"),
    check: Check::ActiveNhi(judge),
};

fn judge(cx: &Context<'_, '_>, identity: IdentityRef<'_, '_>) -> Option<Finding> {
    let entity = identity.entity();
    let review = match identity.said(|i| &i.review) {
        Said::Unknown => return None,
        Said::Absent => None,
        Said::Known(review) => Some(review),
    };
    let own = match review.map(|review| &review.value.every) {
        Some(Field::Unknown(_)) => return None,
        Some(Field::Known(every)) => Some(every),
        Some(Field::Absent) | None => None,
    };
    let limit = match own {
        Some(every) => cx.own_interval(every.value, cx.settings.longest(RULE.name)),
        None => cx.longest(&RULE),
    };
    if may_be_new(cx, identity, limit) {
        return None;
    }
    let name = cx.name(entity);
    let last = review.map(|review| cx.happened(&review.value.last));
    let mut finding = match (review, last) {
        (_, Some(Field::Unknown(_))) => return None,
        (Some(review), Some(Field::Known(last))) => {
            let due = limit.due(last.value.0);
            if due >= cx.as_of {
                return None;
            }
            let message = format!(
                "the access of `{name}` was last reviewed on {}; with a cycle of {} that was due again on {due}",
                last.value, limit.value
            );
            RULE.finding(
                cx.path(entity),
                review.at(last.span),
                format!("due again by {due}"),
                message,
            )
        }
        (Some(review), _) => {
            let lack = match review.value.last.is_absent() {
                true => "no `last`",
                false => "a `last` that lies ahead",
            };
            let message = format!("the access review of `{name}` states {lack}");
            RULE.finding(cx.path(entity), review.place(), lack, message)
        }
        (None, _) => {
            let message = format!("no review of what `{name}` may do is declared");
            RULE.finding(cx.path(entity), entity.place(), "no `review`", message)
        }
    };
    if let (Some(every), Some(review)) = (own, review) {
        finding = finding.related(review.at(every.span), "the cycle it is declared to have");
    }
    if let Some(option) = limit.option {
        finding = finding.related(option, "the longest cycle is set here");
    }
    Some(finding.help("have somebody confirm that each of its rights is still needed, and state the day in `review = { last = .., by = .., evidence = .. }`"))
}

/// Whether its first review may not be due yet.
fn may_be_new(cx: &Context<'_, '_>, identity: IdentityRef<'_, '_>, limit: Limit) -> bool {
    match identity.said(|i| &i.created) {
        Said::Absent => false,
        Said::Unknown => true,
        Said::Known(created) => limit.due(created.value.0) > cx.as_of,
    }
}
