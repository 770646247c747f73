//! A non-human identity has a password for the console.

use crate::discover::What;
use crate::estate::{IdentityRef, StatedAt};
use crate::finding::{Finding, Severity};
use crate::rules::seen;
use crate::rules::{Check, Context, Group, Rule};

pub static RULE: Rule = Rule {
    name: "login-contradicted",
    since: "0.2.0",
    group: Group::Discovery,
    severity: Severity::Error,
    summary: "A non-human identity that declares no interactive login has a password for the console.",
    references: &["NHI10", "PCI DSS 8.6.1"],
    options: &[],
    yields_to: &[],
    page: include_str!("login_contradicted.md"),
    check: Check::SeenIdentity(judge),
};

fn judge(_: &Context<'_, '_>, identity: IdentityRef<'_, '_>) -> Option<Finding> {
    if !identity.is_active() || !identity.is_non_human() {
        return None;
    }
    let allowed = identity.stated(|i| &i.interactive_login);
    let (declared, text) = match allowed {
        StatedAt::Unknown => return None,
        StatedAt::Absent => (identity.place(), "no `interactive-login` is declared".to_owned()),
        StatedAt::Known(login) => match &login.value.allowed {
            crate::decode::Field::Unknown(_) => return None,
            crate::decode::Field::Absent => (login.place(), login.label("`allowed` is not stated")),
            crate::decode::Field::Known(allowed) if allowed.value => return None,
            crate::decode::Field::Known(allowed) => (login.at(allowed.span), login.label("declared as not allowed")),
        },
    };
    let facts = seen::facts(identity, |what| matches!(what, What::ConsolePassword).then_some(()));
    let (first, fact, ()) = *facts.first()?;
    let message = format!(
        "`{}` has a password for the console, and is declared without interactive login",
        identity.name()
    );
    let finding = RULE
        .finding(
            identity.path(),
            first.place_of(fact),
            "a password for the console",
            message,
        )
        .related(declared, text)
        .fact(first.seen.thing().locator.clone());
    Some(finding.help(
        "remove the login profile; if people have to log in with it, declare `interactive-login` with its reason, its approval and how each action is traced to a person",
    ))
}
