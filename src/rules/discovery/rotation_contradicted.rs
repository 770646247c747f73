//! A secret is rotated less often than is declared.

use crate::discover::What;
use crate::estate::IdentityRef;
use crate::finding::{Finding, Severity};
use crate::rules::seen;
use crate::rules::{Check, Context, Group, Rule};

pub static RULE: Rule = Rule {
    name: "rotation-contradicted",
    since: "0.2.0",
    group: Group::Discovery,
    severity: Severity::Warning,
    summary: "The declared rotation interval is shorter than the one that is configured.",
    references: &["NHI7", "A.5.17", "IA-5"],
    options: &[],
    yields_to: &[],
    page: include_str!("rotation_contradicted.md"),
    check: Check::SeenIdentity(judge),
};

fn judge(_: &Context<'_, '_>, identity: IdentityRef<'_, '_>) -> Option<Finding> {
    if !identity.is_active() {
        return None;
    }
    let every = identity
        .part(|i| &i.rotation)
        .stated(|rotation| &rotation.every)
        .known()?;
    let facts = seen::facts(identity, |what| match what {
        What::RotatedEvery(seen) => Some(*seen).filter(|seen| seen.is_longer_than(*every.value)),
        _ => None,
    });
    let (first, fact, longer) = *facts.first()?;
    let message = format!(
        "`{}` is declared to be rotated every {}, and is configured to be rotated every {longer}",
        identity.name(),
        every.value
    );
    let finding = RULE
        .finding(
            identity.path(),
            first.place_of(fact),
            format!("every {longer}"),
            message,
        )
        .related(every.place(), every.label("the declared interval"))
        .fact(format!("{} {}", every.value.written(), longer.written()));
    Some(finding.help("configure the declared interval, or declare in `rotation.every` what is configured"))
}
