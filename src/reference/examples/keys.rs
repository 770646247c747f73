//! Keys that no table's example states.

/// The name of a key, and a value that it takes.
pub const KEYS: &[(&str, &str)] = &[
    ("affected", r#""CC6.2""#),
    (
        "alternative-procedures",
        r#""We test the calculation ourselves each month""#,
    ),
    (
        "assurance-note",
        r#""Its evidence is kept for both reports, and tested once""#,
    ),
    ("authentication-reason", r#""The bank's portal takes nothing else""#),
    ("acts-for", r#""users""#),
    ("catalogue", r#""C5:2020""#),
    ("copies", r#""github-actions""#),
    ("csocs-not-needed", r#""It works under our own controls""#),
    ("criteria", r#"["CC6.1", "CC6.2"]"#),
    ("data", r#""salary""#),
    ("description", r#""Deploys the payroll engine""#),
    ("did-not-operate", r#""No one left in the period""#),
    ("extends", r#""../org/soclint.toml""#),
    ("final", r#"["fail-on", "waiver-policy"]"#),
    ("icfr-alternative", r#""User auditors test the calculation themselves""#),
    ("include", r#""**/scope.toml""#),
    ("inherited-from", r#""aws""#),
    ("issued-under", r#""SSAE 18""#),
    ("keep", r#""Kept for the audit of 2027""#),
    ("may-assume", r#""ledger-writer""#),
    ("name", r#""PCI DSS 4.0.1""#),
    ("operated-by", r#""hosting-partner""#),
    ("predecessor", r#""soc1-2025""#),
    ("profile", r#""vaulted""#),
    ("provider", r#""aws""#),
    ("readiness", r#""./soc2/readiness.md""#),
    ("reason", r#""It does not concern us""#),
    ("remediation", r#""Access now ends with the contract""#),
    ("services", r#""payroll""#),
    (
        "sha256",
        r#""9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08""#,
    ),
    ("short-period-reason", r#""First report of a new service""#),
    ("subject-condition", r#""repo:example/payroll:ref:refs/heads/main""#),
    ("suitable-criteria", r#""C5:2020""#),
];

/// Keys that not every kind of their table has: the table, the key, and the whole example.
pub const RARE: &[(&str, &str, &str)] = &[
    (
        "Report",
        "subject-matter",
        r#"
[reports.aaf-2026]
framework = "isae3000"
subject-matter = "financial-reporting"
issued-under = "AAF 01/20"
"#,
    ),
    (
        "Certificate",
        "subject-matter",
        r#"
[certificates.pci-dss]
framework = "other"
name = "PCI DSS 4.0.1"
subject-matter = "security"
"#,
    ),
    (
        "ProviderReport",
        "subject-matter",
        r#"
[third-parties.aws]
reports = { framework = "isae3000", subject-matter = "trust-services", type = 2 }
"#,
    ),
    (
        "Ignored",
        "locator",
        r#"
[[discover.ignore]]
locator = "github-secret:E2E_*"
reason = "Tokens of a throw-away organization that holds no data"
"#,
    ),
];
