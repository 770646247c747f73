//! The config.

use super::Example;

pub const TABLES: &[Example] = &[
    (
        "Config",
        r#"
exclude = "vendor"
fail-on = "warning"

[policy]
require = ["services.financial-impact", "identities.credential"]

[rules]
readiness-not-evidenced = "off"
nhi-rotation-overdue = { severity = "error", longest = { api-key = "30d", default = "90d" } }
"#,
    ),
    (
        "Policy",
        r#"
[policy]
secret-stores = ["vault", "hsm"]
require = ["services.financial-impact", "identities.credential"]
"#,
    ),
    (
        "WaiverPolicy",
        r#"
[waiver-policy]
longest-term = "6mo"
not-waivable = "evidence-changed"
approvers = "person-ciso"
allow-broad = false
baseline-until = 2027-03-31
exemptions-end = true
"#,
    ),
    (
        "Override",
        r#"
[[overrides]]
paths = "experiments"
rules = { nhi-without-monitoring = "note" }
"#,
    ),
    (
        "Discover",
        r#"
[discover]
sources = ["github-actions", "terraform"]
exclude = "infra/sandbox/**"
elsewhere = "github-secret:ORG_*"

[discover.environments]
"live*" = "production"
"#,
    ),
    (
        "Ignored",
        r#"
[[discover.ignore]]
locator = "github-secret:E2E_*"
reason = "Tokens of a throw-away organization that holds no data"
"#,
    ),
    (
        "Meaning",
        r#"
[discover.environments]
"live*" = { environment = "production" }
"#,
    ),
];
