//! A non-human identity has no declared offboarding, or no evidence of it.

use crate::calendar;
use crate::estate::IdentityRef;
use crate::finding::{Finding, Severity};
use crate::model::{Credential, Duration, IdentityKind, list_words};
use crate::rules::{Check, Context, Group, Rule};

pub static RULE: Rule = Rule {
    name: "nhi-without-offboarding",
    since: "0.1.0",
    group: Group::Nhi,
    severity: Severity::Warning,
    summary: "A non-human identity has no declared offboarding, or no evidence of it.",
    references: &["NHI1", "CC6.2", "AC-2"],
    options: &[],
    yields_to: &[],
    page: include_str!("without_offboarding.md"),
    check: Check::Identity(judge),
};

fn judge(cx: &Context<'_, '_>, identity: IdentityRef<'_, '_>) -> Option<Finding> {
    if !identity.is_non_human() || needs_no_end_of_ours(identity) {
        return None;
    }
    if identity.is_active() {
        without_an_end(identity)
    } else {
        revoked_unshown(cx, identity)
    }
}

/// Whether it ends, or may end, by itself or through its provider.
fn needs_no_end_of_ours(identity: IdentityRef<'_, '_>) -> bool {
    let credential = identity.stated(|i| &i.credential);
    let is_certificate = identity.stated(|i| &i.kind).value() == Some(IdentityKind::Certificate);
    let rotation = identity.part(|i| &i.rotation);
    let ends = || !identity.stated(|i| &i.expires).is_absent();
    let is_renewed = || rotation.is_automatic() || rotation.stated(|r| &r.mode).is_unknown();
    credential.is_unknown()
        || credential.value() == Some(Credential::Ephemeral)
        || identity.may_be_left_to_its_provider()
        || is_certificate && (ends() || is_renewed())
}

fn without_an_end(identity: IdentityRef<'_, '_>) -> Option<Finding> {
    let name = identity.name();
    let offboarding = identity.part(|i| &i.offboarding);
    if offboarding.is_unknown() {
        return None;
    }
    let finding = match offboarding.place() {
        None => {
            let message =
                format!("no offboarding is declared for `{name}`: neither what triggers it nor evidence of it");
            RULE.finding(identity.path(), identity.place(), "no `offboarding`", message)
        }
        Some(place) => {
            let mut missing = Vec::new();
            if !offboarding.stated(|o| &o.trigger).says_something() {
                missing.push("`trigger`");
            }
            if !offboarding.names_evidence(|o| &o.evidence) {
                missing.push("`evidence`");
            }
            if missing.is_empty() {
                return None;
            }
            let missing = list_words(&missing, "and no");
            let message = format!("the offboarding of `{name}` states no {missing}");
            RULE.finding(identity.path(), place, format!("no {missing}"), message)
        }
    };
    Some(finding.help("state `offboarding` with the `trigger` that ends the identity (service retired, owner leaves) and the `evidence` of the procedure"))
}

/// A recently revoked identity without evidence of the revocation.
fn revoked_unshown(cx: &Context<'_, '_>, identity: IdentityRef<'_, '_>) -> Option<Finding> {
    // The date belongs to the identity itself: a profile's would be that of every identity with the profile.
    let own = identity.body.offboarding.known().filter(|_| identity.readable)?;
    let revoked = own.value.revoked.known()?;
    let is_recent = revoked.value.0 <= cx.as_of && calendar::plus(revoked.value.0, A_YEAR) >= cx.as_of;
    if !is_recent || identity.part(|i| &i.offboarding).names_evidence(|o| &o.evidence) {
        return None;
    }
    let message = format!(
        "the access of `{}` is declared to have been revoked on {}, but no evidence of it is linked",
        identity.name(),
        revoked.value
    );
    let finding = RULE.finding(
        identity.path(),
        identity.at(revoked.span),
        "no `evidence` of it",
        message,
    );
    Some(
        finding.severity(Severity::Note).help(
            "link the evidence that the access is gone in `offboarding.evidence`: the ticket, the log of the change",
        ),
    )
}

/// How long it may still be asked for: the period of a report is ordinarily a year.
const A_YEAR: Duration = Duration::months(12);
