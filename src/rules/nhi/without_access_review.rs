//! The access of a non-human identity was not reviewed within its cycle.

use crate::config::Settings;
use crate::estate::{Estate, IdentityRef, Located, StatedAt};
use crate::finding::{Finding, Severity};
use crate::model::Duration;
use crate::rules::context::Limit;
use crate::rules::{Check, Context, Group, Rule, RuleOption};

pub static RULE: Rule = Rule {
    name: "nhi-without-access-review",
    since: "0.1.0",
    group: Group::Nhi,
    severity: Severity::Warning,
    summary: "The access of a non-human identity was not reviewed within its cycle.",
    references: &["CC6.3", "A.5.18", "PR.AA-05", "PCI DSS 7.2.5.1"],
    options: &[RuleOption::longest(
        "Cycle of identities whose review states no `every` and, if set in a config, the longest `every` that counts",
        Duration::months(12),
    )],
    yields_to: &[],
    page: include_str!("without_access_review.md"),
    check: Check::ActiveNhi(judge),
};

/// How often an identity's access is reviewed, and where it states that itself; `None` when that is not known.
pub fn cycle<'e>(
    estate: &Estate<'_>,
    settings: &Settings<'_>,
    identity: IdentityRef<'e, '_>,
) -> Option<(Limit, Option<Located<'e, Duration>>)> {
    match identity.part(|i| &i.review).stated(|r| &r.every) {
        StatedAt::Unknown => None,
        StatedAt::Known(every) => {
            let limit = Limit::own(&estate.as_of, *every.value, settings.longest(RULE.name));
            Some((limit, Some(every)))
        }
        StatedAt::Absent => Some((Limit::longest(settings, &RULE), None)),
    }
}

fn judge(cx: &Context<'_, '_>, identity: IdentityRef<'_, '_>) -> Option<Finding> {
    let review = identity.part(|i| &i.review);
    let (limit, own) = cycle(cx.estate, cx.settings, identity)?;
    if review.is_unknown() || may_be_new(cx, identity, limit) || identity.may_need_no_watch() {
        return None;
    }
    let name = identity.name();
    let stated = review.stated(|r| &r.last);
    let mut finding = match (review.place(), cx.happened_by_now(stated)) {
        (_, StatedAt::Unknown) => return None,
        (_, StatedAt::Known(last)) if limit.due(last.value.0) < cx.as_of => {
            let due = limit.due(last.value.0);
            let message = format!(
                "the access of `{name}` is declared to have been last reviewed on {}; with a cycle of {}, the next review was due on {due}",
                last.value, limit.value
            );
            RULE.finding(identity.path(), last.place(), format!("due again by {due}"), message)
        }
        (_, StatedAt::Known(_)) if review.names_evidence(|r| &r.evidence) => return None,
        (_, StatedAt::Known(last)) => {
            let message = format!(
                "the access of `{name}` is declared to have been reviewed on {}, but the review names no evidence",
                last.value
            );
            let finding = RULE.finding(identity.path(), last.place(), "no `evidence` of it", message);
            return Some(finding.severity(Severity::Note).help(
                "link the evidence of the review in `review.evidence`: the list that was reviewed, and the outcome",
            ));
        }
        (Some(place), StatedAt::Absent) => {
            let lack = if stated.is_absent() {
                "no `last`"
            } else {
                "a future `last`"
            };
            let message = format!("the access review of `{name}` states {lack}");
            RULE.finding(identity.path(), place, lack, message)
        }
        (None, StatedAt::Absent) => {
            let message = format!("no review of the access of `{name}` is declared");
            RULE.finding(identity.path(), identity.place(), "no `review`", message)
        }
    };
    if let Some(every) = own {
        finding = finding.related(every.place(), every.label("the declared cycle"));
    }
    if let Some(option) = limit.option {
        finding = finding.related(option, "longest cycle set in the config");
    }
    Some(finding.help("have someone confirm that each of its rights is still needed, and state the date in `review = { last = .., by = .., evidence = .. }`"))
}

/// Whether its first review may not be due yet.
fn may_be_new(cx: &Context<'_, '_>, identity: IdentityRef<'_, '_>, limit: Limit) -> bool {
    match identity.stated(|i| &i.created) {
        StatedAt::Absent => false,
        StatedAt::Unknown => true,
        StatedAt::Known(created) => limit.due(created.value.0) > cx.as_of,
    }
}
