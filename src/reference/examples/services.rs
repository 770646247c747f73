//! The file, the organization, owners, services and data.

use super::Example;

pub const TABLES: &[Example] = &[
    (
        "Manifest",
        r#"
namespace = "payments"
owner = "team-payroll"

[services.payroll]
title = "Payroll engine"
financial-impact = "direct"
claims = "soc1-2026"
"#,
    ),
    (
        "Organization",
        r#"
[organization]
name = "Example Ltd"
regions = ["us", "eu"]
fiscal-year-end = "12-31"
"#,
    ),
    (
        "Owner",
        r#"
[owners.person-ciso]
kind = "person"
contact = "ciso@example.com"

[owners.team-payroll]
kind = "team"
members = "person-ciso"
"#,
    ),
    (
        "Service",
        r#"
[services.payroll]
title = "Payroll engine"
owner = "team-payroll"
kind = "payroll-hr"
since = 2023-03-01
financial-impact = "direct"
user-entities = { regions = ["us", "eu"], sec-issuers = true, fiscal-year-ends = "12-31" }
commitments = ["availability", "confidentiality"]
data = "salary"
depends-on = ["ledger", { service = "metrics", influence = "telemetry" }]
third-parties = "aws"
claims = ["soc2-2026", { report = "soc1-2026", for = "financial-statement-audit" }]
"#,
    ),
    (
        "UserEntities",
        r#"
[services.payroll]
user-entities = { regions = ["us", "eu"], sec-issuers = true, fiscal-year-ends = ["12-31", "06-30"] }
"#,
    ),
    (
        "Dependency",
        r#"
[services.payroll]
depends-on = ["ledger", { service = "metrics", influence = "telemetry" }]
"#,
    ),
    (
        "Reliance",
        r#"
[services.payroll]
third-parties = ["aws", { third-party = "mailer", uses = "Transactional email", regions = "eu" }]
"#,
    ),
    (
        "Claim",
        r#"
[services.payroll]
claims = ["soc2-2026", { report = "soc1-2026", for = "financial-statement-audit", level = "operating", regions = "us" }]
"#,
    ),
    (
        "Exclusion",
        r#"
[services.demo]
scope = "out"
exclusion = { reason = "Shows invented data to prospects", approved-by = "person-ciso", ticket = "SEC-1201", expires = 2027-03-31 }
"#,
    ),
    (
        "Data",
        r#"
[data.salary]
title = "Salaries"
owner = "team-payroll"
classification = "restricted"
kinds = ["financial-record", "personal"]
"#,
    ),
];
