//! A person may log in with a non-human identity without all the conditions of a controlled exception.

use crate::decode::Field;
use crate::estate::IdentityRef;
use crate::finding::{Finding, Severity};
use crate::model::list_words;
use crate::rules::{Check, Context, Group, Rule, words};

pub static RULE: Rule = Rule {
    name: "nhi-interactive-login",
    since: "0.1.0",
    group: Group::Nhi,
    severity: Severity::Error,
    summary: "A person may log in with a non-human identity without all the conditions of a controlled exception.",
    references: &["PCI DSS 8.6.1", "NHI10"],
    options: &[],
    yields_to: &[],
    page: include_str!("interactive_login.md"),
    check: Check::ActiveNhi(judge),
};

fn judge(_: &Context<'_, '_>, identity: IdentityRef<'_, '_>) -> Option<Finding> {
    let login = identity.stated(|i| &i.interactive_login).known()?;
    let allowed = login.value.allowed.known().filter(|allowed| allowed.value)?;
    let conditions = [
        ("`time-limited`", &login.value.time_limited),
        ("`individual-confirmed`", &login.value.individual_confirmed),
        ("`attributable`", &login.value.attributable),
    ];
    let mut missing = Vec::new();
    let mut denied = Vec::new();
    for (name, condition) in conditions {
        match condition {
            Field::Absent => missing.push(name),
            Field::Known(stated) if !stated.value => {
                missing.push(name);
                let label = login.label(format!("{name} is declared `false`"));
                denied.push((login.at(stated.span), label));
            }
            _ => {}
        }
    }
    for (name, is_said) in [
        ("`reason`", login.value.reason.explains()),
        ("`approved-by`", login.value.approved_by.says_something()),
    ] {
        if !is_said {
            missing.push(name);
        }
    }
    if missing.is_empty() {
        return None;
    }
    let missing = list_words(&missing, "and");
    let message = format!(
        "people may log in as `{}`, but its interactive login is declared without {missing}",
        identity.name()
    );
    let mut finding = RULE.finding(
        identity.path(),
        login.at(allowed.span),
        format!("allowed without {missing}"),
        message,
    );
    for (place, label) in denied {
        finding = finding.related(place, label);
    }
    if let Some((place, label)) = words::no_explanation(&login.value.reason, |span| login.at(span)) {
        finding = finding.related(place, login.label(label));
    }
    Some(finding.help(
        "set `allowed = false`; if people must log in with it in an emergency, limit the login in time, confirm the person, trace each action to that person, and state all five fields",
    ))
}
