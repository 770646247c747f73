//! A non-human identity authenticates in a way that is easy to take over.

use crate::estate::{IdentityRef, StatedAt};
use crate::finding::{Finding, Severity};
use crate::model::{Authentication, IdentityKind};
use crate::rules::{Check, Context, Group, Rule, words};

pub static RULE: Rule = Rule {
    name: "nhi-weak-authentication",
    since: "0.1.0",
    group: Group::Nhi,
    severity: Severity::Warning,
    summary: "A non-human identity authenticates in a way that is easy to take over.",
    references: &["NHI4", "NHI6", "A.8.5"],
    options: &[],
    yields_to: &[],
    page: include_str!("weak_authentication.md"),
    check: Check::ActiveNhi(judge),
};

fn judge(_: &Context<'_, '_>, identity: IdentityRef<'_, '_>) -> Option<Finding> {
    let authentication = identity.stated(|i| &i.authentication).known()?;
    match identity.stated(|i| &i.authentication_reason) {
        StatedAt::Unknown => return None,
        StatedAt::Known(reason) if reason.value.explains() => return None,
        _ => {}
    }
    let (name, path, place) = (identity.name(), identity.path(), authentication.place());
    let finding = match authentication.value {
        Authentication::Basic | Authentication::Password => {
            let message = format!(
                "`{name}` authenticates with `{}`: anyone who learns the password can act as `{name}`",
                authentication.value
            );
            let finding = RULE.finding(path, place, "a password is enough", message);
            Some(finding.help(
                "authenticate with `oidc`, `mtls` or a signed request; where the other side offers nothing stronger, state that in `authentication-reason`",
            ))
        }
        Authentication::Sigv4 => {
            let kind = identity
                .stated(|i| &i.kind)
                .known()
                .filter(|kind| *kind.value == IdentityKind::CiPipeline)?;
            let credential = identity
                .stated(|i| &i.credential)
                .known()
                .filter(|credential| credential.value.is_static())?;
            let message = format!(
                "the pipeline `{name}` signs its requests with a static credential (`{}`), which every run of the pipeline holds",
                credential.value
            );
            let finding = RULE
                .finding(path, place, "signed with a static key", message)
                .related(credential.place(), credential.label("a static credential"))
                .related(kind.place(), kind.label("a pipeline"));
            Some(finding.help(
                "have the pipeline assume a role by OIDC for each run and declare `credential = \"federated\"`; where the other side offers no such role, state that in `authentication-reason`",
            ))
        }
        Authentication::Oidc => {
            match identity.stated(|i| &i.subject_condition) {
                StatedAt::Unknown => return None,
                StatedAt::Known(condition) if condition.value.says_something() => return None,
                _ => {}
            }
            let message = format!("`{name}` is trusted by OIDC, but no subject is declared that the trust is bound to");
            let finding = RULE
                .finding(path, place, "not bound to a subject", message)
                .related(identity.place(), "no `subject-condition`");
            Some(finding.help(
                "bind the trust to a subject, such as one repository and branch, and state it in `subject-condition`",
            ))
        }
        _ => None,
    };
    let reason = identity.stated(|i| &i.authentication_reason).known();
    Some(match (finding?, reason) {
        (finding, Some(reason)) => finding.related(reason.place(), reason.label(words::NO_EXPLANATION)),
        (finding, None) => finding,
    })
}
