//! A static credential is valid, or stays unchanged, for longer than twelve months.

use crate::calendar;
use crate::estate::{IdentityRef, Located, StatedAt};
use crate::finding::{Finding, Severity};
use crate::model::{Date, Duration, list_words};
use crate::rules::context::Limit;
use crate::rules::{Check, Context, Group, Rule, RuleOption, YieldsTo, words};

pub static RULE: Rule = Rule {
    name: "nhi-long-lived-credential",
    since: "0.1.0",
    group: Group::Nhi,
    severity: Severity::Warning,
    summary: "A static credential is valid, or stays unchanged, for longer than twelve months.",
    references: &["NHI7"],
    options: &[RuleOption::longest(
        "Maximum time that a static credential may be valid, and may stay unchanged",
        Duration::months(12),
    )],
    yields_to: &[YieldsTo::on_subject("nhi-without-rotation-evidence")],
    page: include_str!("long_lived_credential.md"),
    check: Check::ActiveNhi(judge),
};

fn judge(cx: &Context<'_, '_>, identity: IdentityRef<'_, '_>) -> Option<Finding> {
    let limit = cx.longest(&RULE);
    let credential = identity
        .stated(|i| &i.credential)
        .known()
        .filter(|credential| credential.value.is_static())?;
    let life = long_life(cx, identity, limit);
    let interval = long_interval(cx, identity, limit);
    let place = life
        .map(|(_, expires)| expires.place())
        .or(interval.map(|every| every.place()))?;
    // The rotation may state that it does not apply.
    if identity.part(|i| &i.rotation).is_unknown() {
        return None;
    }
    let mut facts = Vec::new();
    if let Some((created, expires)) = life {
        facts.push(format!("to be valid from {} to {}", created.value, expires.value));
    }
    if let Some(every) = interval {
        facts.push(format!("to be rotated only {}", words::every(*every.value)));
    }
    let message = format!(
        "the static credential (`{}`) of `{}` is declared {}, longer than {}",
        credential.value,
        identity.name(),
        list_words(&facts, "and"),
        limit.value
    );
    let mut finding = RULE.finding(identity.path(), place, format!("longer than {}", limit.value), message);
    if let Some((created, _)) = life {
        finding = finding.related(created.place(), created.label("valid from this day"));
    }
    if let Some(every) = interval {
        finding = finding.related(every.place(), every.label("the declared interval"));
    }
    finding = finding.related(credential.place(), credential.label("unchanged until it is rotated"));
    if let Some(option) = limit.option {
        finding = finding.related(option, "limit set in the config");
    }
    Some(finding.help(format!(
        "have the credential expire, or rotate it, within {}; or use a `federated` or `ephemeral` credential, which does not have to be stored",
        limit.value
    )))
}

/// The first and the last day of a credential that is valid for too long.
fn long_life<'e>(
    cx: &Context<'_, '_>,
    identity: IdentityRef<'e, '_>,
    limit: Limit,
) -> Option<(Located<'e, Date>, Located<'e, Date>)> {
    let created = identity.stated(|i| &i.created).known()?;
    let expires = identity.stated(|i| &i.expires).known()?;
    let has_begun = created.value.0 <= cx.as_of;
    (has_begun && limit.due(created.value.0) < expires.value.0).then_some((created, expires))
}

/// The interval of a rotation that is too rare. The length of a month depends on where it begins: at the last
/// one, or at the as-of date where a system rotates the credential and no date is kept.
fn long_interval<'e>(
    cx: &Context<'_, '_>,
    identity: IdentityRef<'e, '_>,
    limit: Limit,
) -> Option<Located<'e, Duration>> {
    let rotation = identity.part(|i| &i.rotation);
    let every = rotation.stated(|r| &r.every).known()?;
    let is_long = match cx.happened_by_now(rotation.stated(|r| &r.last)) {
        StatedAt::Unknown => return None,
        StatedAt::Known(last) => calendar::plus(last.value.0, *every.value) > limit.due(last.value.0),
        StatedAt::Absent => cx.as_of.is_sooner(limit.value, *every.value),
    };
    (is_long && !rotation.does_not_apply()).then_some(every)
}
