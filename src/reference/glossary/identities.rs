//! Identities and what they may do.

use super::Term;

pub const TERMS: &[Term] = &[
    Term {
        name: "access review",
        also: &["review of access"],
        means: "A review of who may do what, which removes access that is no longer needed.",
        see: &["identities.review", "nhi-without-access-review"],
    },
    Term {
        name: "AI agent",
        also: &["agent"],
        means: "A program that decides by a model what it does, and may act on systems.",
        see: &["identities.agent", "agent-without-accountable-human"],
    },
    Term {
        name: "break-glass",
        also: &["emergency access"],
        means: "Access that is kept for emergencies, and stands out when it is used.",
        see: &["identities.privilege", "identities.interactive-login"],
    },
    Term {
        name: "delegation",
        also: &["on behalf of"],
        means: "An identity acts for another under its own name, so that the log shows both. To become the other (impersonation) leaves only the other in the log.",
        see: &["identities.acts-for", "identities.may-assume"],
    },
    Term {
        name: "locator",
        also: &[],
        means: "Where an identity can be seen, such as a secret's name in GitHub or an ARN.",
        see: &["identities.locators"],
    },
    Term {
        name: "NHI",
        also: &["non-human identity", "machine identity"],
        means: "Non-human identity: an account, key, certificate, token, pipeline or agent by which a program, not a person, acts.",
        see: &["identities.kind", "NHI7", "nhi-rotation-overdue"],
    },
    Term {
        name: "OAuth grant",
        also: &["OAuth"],
        means: "The permission that someone gave an application to act on their data, by the protocol OAuth 2.0, without giving it their password.",
        see: &["identities.oauth", "oauth-grant-ungoverned"],
    },
    Term {
        name: "offboarding",
        also: &[],
        means: "The end of an identity: its access is revoked when the person leaves, or what it was for is over.",
        see: &["identities.offboarding", "leaver-with-access"],
    },
    Term {
        name: "OIDC",
        also: &["OpenID Connect", "OIDC trust"],
        means: "OpenID Connect: a protocol by which one party vouches for an identity to another. A pipeline can log in to a cloud by it without a stored secret, if the cloud's trust is bound to that pipeline.",
        see: &["identities.subject-condition", "identities.authentication"],
    },
    Term {
        name: "rotation",
        also: &["credential rotation", "secret rotation"],
        means: "A credential is replaced by a new one, and the old one stops working.",
        see: &["identities.rotation", "nhi-rotation-overdue"],
    },
    Term {
        name: "secret store",
        also: &["vault", "HSM"],
        means: "A system that keeps secrets and hands them out to those who may have them; a hardware security module (HSM) never lets the key out.",
        see: &["identities.store", "policy.secret-stores"],
    },
    Term {
        name: "static credential",
        also: &["static secret", "long-lived credential"],
        means: "A credential that stays the same until it is rotated: a secret, a key pair, a certificate.",
        see: &["identities.credential", "nhi-long-lived-credential"],
    },
];
