//! An identity may do more than it is declared to.

use crate::discover::{Power, What};
use crate::estate::IdentityRef;
use crate::finding::{Finding, Severity};
use crate::model::Action;
use crate::rules::seen::{self, at};
use crate::rules::{Check, Context, Group, Rule};
use crate::source::Place;

pub static RULE: Rule = Rule {
    name: "privilege-contradicted",
    since: "0.2.0",
    group: Group::Discovery,
    severity: Severity::Error,
    summary: "An identity is granted administrator rights that its declared access does not have.",
    references: &["NHI5", "CC6.3", "A.8.2"],
    options: &[],
    yields_to: &[],
    page: include_str!("privilege_contradicted.md"),
    check: Check::SeenIdentity(judge),
};

fn judge(cx: &Context<'_, '_>, identity: IdentityRef<'_, '_>) -> Option<Finding> {
    let access = identity.list(|i| &i.access);
    let list = access.list.filter(|list| list.stated && !list.damaged)?;
    if !identity.is_active() || access.damaged {
        return None;
    }
    let allows_all = |action: &Action| matches!(action, Action::Admin | Action::All);
    let mut actions = access.iter().flat_map(|access| access.value.actions.iter());
    let is_damaged = access.iter().any(|access| access.value.actions.damaged);
    if is_damaged || actions.any(|action| allows_all(&action.value)) {
        return None;
    }
    let mut facts = seen::facts(identity, |what| match what {
        What::Power(power, name) => Some((*power, name.as_str())),
        _ => None,
    });
    facts.sort_by_key(|(.., (power, _))| std::cmp::Reverse(*power));
    let (first, fact, (power, name)) = *facts.first()?;
    let (severity, rights) = match power {
        Power::Administrator => (Severity::Error, "an administrator's"),
        Power::Broad => (Severity::Warning, "almost an administrator's"),
    };
    let message = format!(
        "`{}` is granted {}, and its declared access has neither `admin` nor `\"*\"`",
        identity.name(),
        seen::granted(name)
    );
    let declared = Place {
        file: access.file,
        span: list.span,
    };
    let finding = RULE
        .finding(
            identity.path(),
            first.place_of(fact),
            format!("these rights are {rights}"),
            message,
        )
        .severity(severity)
        .related(
            declared,
            crate::estate::in_profile(access.profile, "the access that is declared"),
        )
        .fact(name.to_owned());
    let finding = facts.iter().skip(1).fold(finding, |finding, (other, fact, (_, name))| {
        finding.related_with(other.place_of(fact), || {
            at(cx, &format!("granted {}", seen::granted(name)), other.place_of(fact))
        })
    });
    Some(finding.help(
        "grant only what the declared access needs; if it needs all of it, declare `admin` in `access` and state in `privilege` why, who approved it and until when",
    ))
}
