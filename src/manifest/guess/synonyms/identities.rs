//! Identities.

use super::shared::{EXCUSED, OWNED, RECURRING, Synonym, Tables};
use crate::manifest::{
    Access, Agent, Approval, Identity, InteractiveLogin, Monitoring, Offboarding, Privilege, Review, Rotation,
};

const IDENTITY: &[Synonym] = &[
    ("profile", "template inherits extends"),
    (
        "description",
        "purpose comment notes name title display-name used-for omschrijving beschreibung zweck doel",
    ),
    ("created", "created-on created-at creation-date erstellt aangemaakt"),
    (
        "expires",
        "expiry expiry-date expires-on expires-at expiration valid-until not-after gültig-bis geldig-tot",
    ),
    ("retired", "decommissioned disabled-on"),
    ("kind", "type identity-type account-type soort art typ"),
    ("credential", "credential-type secret-type"),
    ("authentication", "auth auth-method auth-type authn login-method"),
    ("provider", "vendor issuer supplier"),
    (
        "subject-condition",
        "subject sub oidc-subject subject-claim condition trust-condition",
    ),
    (
        "store",
        "location stored-in storage secret-store vault where backend opslag ablage ablageort emplacement",
    ),
    ("copies", "synced-to replicas"),
    ("environments", "env envs umgebung umgebungen omgeving environnement"),
    (
        "services",
        "used-by application applications systems system diensten dienste",
    ),
    (
        "access.actions",
        "permissions permission rights privileges roles role actions access-level berechtigungen rechten \
         droits",
    ),
    ("access.service", "target resource"),
    ("access.data", "data data-access"),
    ("may-assume", "can-assume assumes impersonates"),
    ("acts-for", "on-behalf-of delegated-by"),
    ("locators", "arn reference references found-in email resource-id"),
    (
        "rotation.last",
        "last-rotated last-rotation rotated-on rotated-at rotated rotation-date letzte-rotation laatst- \
         geroteerd dernière-rotation",
    ),
    (
        "rotation.every",
        "rotation-period rotation-interval rotation-frequency rotation-days rotate-every rotate-after rotates \
         max-age ttl",
    ),
    ("rotation.evidence", "rotation-policy rotation-evidence"),
    ("rotation.mode", "auto-rotate rotation-mode"),
    (
        "review.last",
        "last-reviewed last-review reviewed-on reviewed letzte-prüfung laatste-review",
    ),
    ("review", "access-review"),
    ("review.by", "reviewer reviewed-by"),
    (
        "review.every",
        "review-period review-interval review-frequency review-cadence",
    ),
    ("offboarding", "decommissioning deprovisioning revocation"),
    ("offboarding.revoked", "revoked revoked-on"),
    ("monitoring", "logging alerting"),
    ("monitoring.evidence", "monitored-by logs"),
    ("approval.approved-by", "approver approved-by"),
    ("approval.approved-on", "approved approved-on"),
    ("privilege.reason", "justification"),
    ("interactive-login.allowed", "interactive"),
    ("oauth.scopes", "scopes scope"),
    ("oauth.grants", "grants grant-types"),
    ("agent.accountable", "accountable"),
    ("agent.autonomy", "autonomy"),
    ("agent.oversight", "oversight human-in-the-loop"),
];

pub const TABLES: Tables = &[
    (Identity::NAME, &[OWNED, IDENTITY]),
    (
        Access::NAME,
        &[&[
            ("actions", "permissions permission rights level role can verbs"),
            ("service", "system target resource to on"),
        ]],
    ),
    (
        Rotation::NAME,
        &[
            RECURRING,
            &[("last", "last-rotation"), ("mode", "type method automated")],
        ],
    ),
    (Review::NAME, &[RECURRING, &[("by", "reviewer reviewed-by owner who")]]),
    (
        Offboarding::NAME,
        &[&[
            ("trigger", "when on"),
            ("evidence", "procedure"),
            ("revoked", "revoked-on"),
        ]],
    ),
    (Monitoring::NAME, &[&[("evidence", "rule dashboard url alert link")]]),
    (
        Approval::NAME,
        &[&[
            ("approved-by", "by approver"),
            ("approved-on", "on date"),
            ("evidence", "ticket"),
        ]],
    ),
    (Privilege::NAME, &[EXCUSED, &[("approved-by", "by")]]),
    (
        InteractiveLogin::NAME,
        &[&[
            ("allowed", "enabled"),
            ("reason", "justification why rationale"),
            ("approved-by", "approver approved by"),
        ]],
    ),
    (
        Agent::NAME,
        &[&[
            ("accountable", "owner human"),
            ("autonomy", "mode level"),
            ("oversight", "supervision"),
        ]],
    ),
];
