//! A secret is seen in another store than the declared one.

use crate::discover::What;
use crate::estate::IdentityRef;
use crate::finding::{Finding, Severity};
use crate::manifest::{Store, store};
use crate::rules::seen::{self, at};
use crate::rules::{Check, Context, Group, Rule, YieldsTo};

pub static RULE: Rule = Rule {
    name: "store-contradicted",
    since: "0.2.0",
    group: Group::Discovery,
    severity: Severity::Warning,
    summary: "The secret of an identity is seen in another store than its declaration states.",
    references: &["NHI2", "CC6.1", "A.8.24"],
    options: &[],
    yields_to: &[YieldsTo::on_subject("secret-in-repository")],
    page: include_str!("store_contradicted.md"),
    check: Check::SeenIdentity(judge),
};

/// What stands in clear in a file of the repository is stored there.
const IN_CLEAR: &str = "source-code";

fn judge(cx: &Context<'_, '_>, identity: IdentityRef<'_, '_>) -> Option<Finding> {
    let is_static = identity
        .stated(|i| &i.credential)
        .value()
        .is_some_and(|credential| credential.is_static());
    if !is_static || !identity.is_active() {
        return None;
    }
    let stated = identity.stated(|i| &i.store).known()?;
    let Store::Known(declared) = store(stated.value) else {
        return None;
    };
    let copies = identity.list(|i| &i.copies);
    if copies.damaged {
        return None;
    }
    let copies: Vec<&str> = copies
        .iter()
        .filter_map(|copy| match store(copy.value) {
            Store::Known(known) => Some(known),
            _ => None,
        })
        .collect();
    let mut facts = seen::facts(identity, |what| match what {
        What::Store(known) => Some(*known).filter(|known| *known != declared && !copies.contains(known)),
        _ => None,
    });
    // What is in clear is graver, wherever else it is.
    facts.sort_by_key(|(.., known)| *known != IN_CLEAR);
    let (first, fact, known) = *facts.first()?;
    let is_in_clear = known == IN_CLEAR;
    let (severity, label, message) = if is_in_clear {
        (
            Severity::Error,
            "a secret stands here in clear".to_owned(),
            format!(
                "the secret of `{}` is declared to be in `{declared}`, and stands in clear in the repository: `{}`",
                identity.name(),
                first.sighting().locator
            ),
        )
    } else {
        (
            Severity::Warning,
            format!("kept in `{known}`"),
            format!(
                "the secret of `{}` is declared to be in `{declared}`, and is seen in `{known}`: `{}`",
                identity.name(),
                first.sighting().locator
            ),
        )
    };
    let finding = RULE
        .finding(identity.path(), first.place_of(fact), label, message)
        .severity(severity)
        .related(stated.place(), stated.label(format!("declared to be in `{declared}`")))
        .fact(format!("{declared} {known}"));
    let finding = facts.iter().skip(1).fold(finding, |finding, (other, fact, known)| {
        finding.related_with(other.place_of(fact), || {
            let kept = match *known {
                IN_CLEAR => "in clear".to_owned(),
                known => format!("kept in `{known}`"),
            };
            at(cx, &kept, other.place_of(fact))
        })
    });
    Some(finding.help(if is_in_clear {
        "remove it from the file and from the history, rotate it, and have the file refer to the store".to_owned()
    } else {
        format!(
            "if `{known}` holds it on purpose, filled from `{declared}`, add it to `copies`; else state in `store` where it is, or remove it there and rotate it"
        )
    }))
}
