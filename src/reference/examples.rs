//! An example of each table, and of keys that no table's example states. The suite reads every one of them.

/// The example of a table, by the name that its schema has.
pub fn of_table(name: &str) -> Option<&'static str> {
    let found = TABLES.iter().find(|(table, _)| *table == name);
    found.map(|(_, example)| example.trim_ascii_start())
}

/// A value for a key that no table's example states.
pub fn of_key(name: &str) -> Option<&'static str> {
    let found = KEYS.iter().find(|(key, _)| *key == name);
    found.map(|(_, value)| *value)
}

const TABLES: &[(&str, &str)] = &[
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
    (
        "Report",
        r#"
[reports.soc1-2026]
framework = "soc1"
also = "isae3402"
type = 2
period = { from = 2025-07-01, to = 2026-06-30 }
issued = 2026-08-15
auditor = "Example LLP"
opinion = "unmodified"
covers = ["payroll", "ledger"]
system-description = { evidence = "./soc1/description.md" }
objectives.CO1 = { text = "Payroll is calculated completely and accurately", controls = "gross-to-net" }
cuecs = { id = "UE1", text = "User entities approve each pay run" }
"#,
    ),
    (
        "SystemDescription",
        r#"
[reports.soc2-2026]
framework = "soc2"
system-description = { sections = ["infrastructure", "software", "people", "procedures", "data"], agents = "invoice-agent", evidence = "./soc2/description.md" }
"#,
    ),
    (
        "NotRelevant",
        r#"
[reports.soc2-2026]
framework = "soc2"
not-relevant = { id = "P6.4", reason = "Nothing is disclosed to third parties" }
"#,
    ),
    (
        "NotedException",
        r#"
[reports.soc2-2026]
framework = "soc2"
exceptions = { about = "CC6.2", text = "One of 25 leavers kept access for nine days", response = "Access now ends with the contract", evidence = "jira:SEC-1402" }
"#,
    ),
    (
        "Objective",
        r#"
[reports.soc1-2026]
framework = "soc1"
objectives.CO1 = { text = "Payroll is calculated completely and accurately", controls = "gross-to-net", met-by = "UE1" }
"#,
    ),
    (
        "Cuec",
        r#"
[reports.soc1-2026]
framework = "soc1"
cuecs = [
    { id = "UE1", text = "User entities approve each pay run" },
    { id = "UE2", text = "User entities remove leavers from the portal" },
]
"#,
    ),
    (
        "Subservice",
        r#"
[reports.soc1-2026]
framework = "soc1"
subservice.aws = { method = "carve-out", csocs = { id = "CS1", text = "Physical access to data centers is restricted" } }
"#,
    ),
    (
        "BridgeLetter",
        r#"
[reports.soc1-2026]
framework = "soc1"
bridge-letter = { period = { from = 2026-07-01, to = 2026-09-30 }, issued-by = "management", evidence = "./soc1/bridge-letter.pdf" }
"#,
    ),
    (
        "Certificate",
        r#"
[certificates.iso27001]
framework = "iso27001"
edition = "2022"
scope-statement = "Development and operation of the payroll platform"
statement-of-applicability = "4.1"
body = "Example Certification Ltd"
accreditation = "Example Accreditation Service"
issued = 2025-05-12
expires = 2028-05-11
surveillance = 2026-05-06
covers = "*"
"#,
    ),
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
        "Period",
        r#"
[reports.soc1-2026]
framework = "soc1"
period = { from = 2025-07-01, to = 2026-06-30 }
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
];

const KEYS: &[(&str, &str)] = &[
    ("accreditation", r#""Example Accreditation Service""#),
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
    ("data", r#""salary""#),
    ("description", r#""Deploys the payroll engine""#),
    ("did-not-operate", r#""Nobody left in the period""#),
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
    ("ticket", r#""SEC-1432""#),
];
