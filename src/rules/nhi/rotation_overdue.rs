//! A credential's last rotation is older than its own interval, or the accepted one, allows.

use crate::config::Settings;
use crate::estate::{Estate, IdentityRef, Located, StatedAt};
use crate::finding::{Finding, Severity};
use crate::model::{Credential, Date, Duration};
use crate::rules::context::Limit;
use crate::rules::{Check, Context, Group, Rule, RuleOption, YieldsTo, words};
use crate::source::Place;

pub static RULE: Rule = Rule {
    name: "nhi-rotation-overdue",
    since: "0.1.0",
    group: Group::Nhi,
    severity: Severity::Warning,
    summary: "A credential's last rotation is older than its own interval, or the accepted one, allows.",
    references: &["PCI DSS 8.6.3", "NHI7"],
    options: &[RuleOption::longest_by_kind(
        "Interval of identities that state no `every` and, if set in a config, the longest `every` that counts: a duration, or a table of durations by kind of identity with a `default`",
        Duration::days(90),
    )],
    yields_to: &[YieldsTo::on_subject("nhi-without-rotation-evidence")],
    page: include_str!("rotation_overdue.md"),
    check: Check::ActiveNhi(judge),
};

/// When a credential was last rotated, and how often it has to be.
pub struct Cycle<'e> {
    pub last: Located<'e, Date>,
    pub limit: Limit,
    /// Where the identity states its own interval.
    interval: Option<(Place, String)>,
}

/// The cycle of an identity's credential; `None` when there is nothing to rotate, or when that is not known.
pub fn cycle<'e>(estate: &Estate<'_>, settings: &Settings<'_>, identity: IdentityRef<'e, '_>) -> Option<Cycle<'e>> {
    let keyless = match identity.stated(|i| &i.credential) {
        StatedAt::Unknown => return None,
        StatedAt::Absent => false,
        StatedAt::Known(credential) => match credential.value {
            Credential::Federated | Credential::Ephemeral => true,
            Credential::ProviderManaged => !identity.stated(|i| &i.provider).is_absent(),
            _ => false,
        },
    };
    let rotation = identity.part(|i| &i.rotation);
    if keyless || rotation.does_not_apply() {
        return None;
    }
    let last = estate.happened_by_now(rotation.stated(|r| &r.last)).known()?;
    let kind = identity.stated(|i| &i.kind).known()?;
    let (limit, interval) = match rotation.stated(|r| &r.every) {
        StatedAt::Unknown => return None,
        StatedAt::Known(every) => (
            Limit::own(
                &estate.as_of,
                *every.value,
                settings.longest_for(RULE.name, *kind.value),
            ),
            Some((every.place(), every.label("the declared interval"))),
        ),
        StatedAt::Absent => (Limit::longest_for(settings, &RULE, *kind.value), None),
    };
    Some(Cycle { last, limit, interval })
}

fn judge(cx: &Context<'_, '_>, identity: IdentityRef<'_, '_>) -> Option<Finding> {
    let Cycle { last, limit, interval } = cycle(cx.estate, cx.settings, identity)?;
    let rotation = identity.part(|i| &i.rotation);
    let due = limit.due(last.value.0);
    if due >= cx.as_of {
        return None;
    }
    let late = cx.as_of.days_after(due);
    let late = words::days(late);
    let message = format!(
        "the credential of `{}` is declared to have been last rotated on {}; with an interval of {} it was due on {due}, {late} before {}",
        identity.name(),
        last.value,
        limit.value,
        cx.as_of
    );
    let finding = RULE.finding(identity.path(), last.place(), format!("due again by {due}"), message);
    let option = limit
        .option
        .map(|option| (option, "longest interval set in the config".to_owned()));
    // The default interval is practice.
    let finding = if interval.is_some() || option.is_some() {
        finding
    } else {
        finding.citing(&[])
    };
    let labels = interval.into_iter().chain(option);
    let finding = labels.fold(finding, |finding, (place, label)| finding.related(place, label));
    let automatic = rotation.stated(|r| &r.mode).known().filter(|_| rotation.is_automatic());
    Some(match automatic {
        Some(mode) => finding
            .severity(Severity::Note)
            .related(mode.place(), mode.label("rotated by a system"))
            .help("check whether the system still rotates the credential; a `last` that is not kept up to date can be removed once `every` and the system's configuration as `evidence` are stated"),
        None => finding.help("rotate the credential and update `last` and its evidence"),
    })
}
