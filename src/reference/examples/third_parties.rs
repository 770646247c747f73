//! Third parties, controls, evidence and waivers.

use super::Example;

pub const TABLES: &[Example] = &[
    (
        "ThirdParty",
        r#"
[third-parties.aws]
title = "Amazon Web Services"
owner = "team-platform"
role = "subservice-organization"
method = "carve-out"
supports = ["payroll", "ledger"]
csocs = { id = "CS1", text = "Physical access to data centers is restricted", criteria = "CC6.4" }
review = { every = "12mo", last = 2026-03-15, by = "team-security", evidence = "./vendors/aws-2026.md" }
reports = { framework = "soc2", type = 2, period = { from = 2025-04-01, to = 2026-03-31 }, opinion = "unmodified" }
cuecs = { id = "1", text = "Customers manage access to their accounts", control = "access-review" }
"#,
    ),
    (
        "Csoc",
        r#"
[third-parties.aws]
csocs = [
    "CS1",
    { id = "CS2", text = "Physical access to data centers is restricted", criteria = "CC6.4" },
]
"#,
    ),
    (
        "ProviderReport",
        r#"
[third-parties.aws]
reports = { framework = "soc2", type = 2, period = { from = 2025-04-01, to = 2026-03-31 }, opinion = "unmodified", services = ["EC2", "S3"], regions = ["us", "eu"], evidence = "./vendors/aws-soc2-2026.md" }
"#,
    ),
    (
        "ProviderCuec",
        r#"
[third-parties.aws]
cuecs = [
    { id = "1", text = "Customers manage access to their accounts", control = "access-review" },
    { id = "2", text = "Customers encrypt their own backups", owner = "team-platform", status = "implemented", evidence = "./evidence/backups.md" },
]
"#,
    ),
    (
        "Control",
        r#"
[controls.gross-to-net]
title = "Recalculation of net pay"
owner = "team-payroll"
area = "processing"
effective = 2024-01-01
every = "1mo"
criteria = "PI1.3"
design = "./policies/payroll-calculation.md"
operating = "recalculation-2026"
reports = { report = "soc1-2026", population = "All monthly runs", narrative = "Recalculates net pay" }
"#,
    ),
    (
        "ControlLink",
        r#"
[controls.gross-to-net]
reports = ["soc2-2026", { report = "soc1-2026", population = "All monthly runs", narrative = "Recalculates net pay" }]
"#,
    ),
    (
        "Evidence",
        r#"
[evidence.recalculation-2026]
kind = "log"
at = "./evidence/recalculation-2026.csv"
owner = "team-payroll"
collected = 2026-07-05
period = { from = 2025-07-01, to = 2026-06-30 }
"#,
    ),
    (
        "EvidenceReference",
        r#"
[controls.gross-to-net]
design = { at = "./policies/payroll-calculation.md", collected = 2026-01-12 }
operating = ["recalculation-2026", "jira:PAY-771"]
"#,
    ),
    (
        "Waiver",
        r#"
[[waivers]]
rule = "nhi-long-lived-credential"
subject = "identities.payroll-deployer"
reason = "The bank's portal issues yearly keys only; replaced by mTLS in the first quarter"
owner = "team-payroll"
approved-by = "person-ciso"
expires = 2027-01-31
ticket = "SEC-1432"
"#,
    ),
];
