//! Identities and profiles.

use super::Example;

pub const TABLES: &[Example] = &[
    (
        "Identity",
        r#"
[identities.payroll-deployer]
kind = "ci-pipeline"
owner = "team-payroll"
credential = "static-secret"
store = "vault"
environments = "production"
access = { service = "ledger", actions = "deploy" }
locators = "github-secret:PAYROLL_DEPLOY_KEY"
rotation = { every = "90d", last = 2026-09-01, mode = "automatic", evidence = "./evidence/rotation.md" }
review = { every = "6mo", last = 2026-07-01, by = "team-security", evidence = "q3-access-review" }
"#,
    ),
    (
        "Profile",
        r#"
[profiles.vaulted]
credential = "static-secret"
store = "vault"
rotation = { every = "90d", mode = "automatic", evidence = "./evidence/rotation.md" }

[identities.payroll-deployer]
profile = "vaulted"
kind = "ci-pipeline"
rotation.last = 2026-09-01
"#,
    ),
    (
        "Access",
        r#"
[identities.payroll-deployer]
kind = "ci-pipeline"
access = [
    "metrics",
    { service = "ledger", actions = ["deploy", "change-financial-record"], data = "salary", environments = "production", second-approver = "team-finance" },
]
"#,
    ),
    (
        "Rotation",
        r#"
[identities.payroll-deployer]
kind = "ci-pipeline"
rotation = { every = "90d", last = 2026-09-01, mode = "automatic", evidence = "./evidence/rotation.md" }
"#,
    ),
    (
        "Review",
        r#"
[identities.payroll-deployer]
kind = "ci-pipeline"
review = { every = "6mo", last = 2026-07-01, by = "team-security", evidence = "q3-access-review" }
"#,
    ),
    (
        "Offboarding",
        r#"
[identities.payroll-deployer]
kind = "ci-pipeline"
offboarding = { trigger = "The service is retired, or its owner leaves", evidence = "./evidence/offboarding.md" }
"#,
    ),
    (
        "Monitoring",
        r#"
[identities.payroll-deployer]
kind = "ci-pipeline"
monitoring = { evidence = "https://siem.example.com/rules/payroll-deployer" }
"#,
    ),
    (
        "Approval",
        r#"
[identities.crm-sync]
kind = "oauth-app"
approval = { approved-by = "person-ciso", approved-on = 2026-02-10, evidence = "jira:SEC-1318" }
"#,
    ),
    (
        "Privilege",
        r#"
[identities.break-glass]
kind = "service-account"
privilege = { reason = "Restores the ledger when the platform is down", approved-by = "person-ciso", expires = 2027-01-31 }
"#,
    ),
    (
        "InteractiveLogin",
        r#"
[identities.break-glass]
kind = "service-account"
interactive-login = { allowed = true, time-limited = true, individual-confirmed = true, attributable = true, reason = "Emergencies", approved-by = "person-ciso" }
"#,
    ),
    (
        "Oauth",
        r#"
[identities.crm-sync]
kind = "oauth-app"
oauth = { scopes = ["contacts.read"], grants = "authorization_code" }
"#,
    ),
    (
        "Agent",
        r#"
[identities.invoice-agent]
kind = "ai-agent"
agent = { accountable = "person-controller", autonomy = "act-with-approval", oversight = "The controller releases each batch", evidence = "./agents/invoice.md" }
"#,
    ),
];
