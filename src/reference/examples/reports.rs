//! Reports and certificates.

use super::Example;

pub const TABLES: &[Example] = &[
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
        "Period",
        r#"
[reports.soc1-2026]
framework = "soc1"
period = { from = 2025-07-01, to = 2026-06-30 }
"#,
    ),
];
