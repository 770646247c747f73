//! The references that rules cite: an id, and what it is about in our own words.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reference {
    pub id: &'static str,
    pub title: &'static str,
}

/// Finds a cited id.
pub fn find(id: &str) -> Option<&'static Reference> {
    REFERENCES.iter().find(|reference| reference.id == id)
}

const fn r(id: &'static str, title: &'static str) -> Reference {
    Reference { id, title }
}

pub const REFERENCES: &[Reference] = &[
    // United States attestation and audit standards, and the AICPA's criteria
    r("AT-C 105", "AICPA: concepts common to all attestation engagements"),
    r("AT-C 205", "AICPA: examination engagements"),
    r(
        "AT-C 320",
        "AICPA, SSAE 18: reports on controls relevant to user entities' financial reporting (SOC 1)",
    ),
    r("AU-C 402", "AICPA: audits of entities that use service organizations"),
    r(
        "AU-C 402.17",
        "AICPA: what a user auditor considers before relying on a type 2 report",
    ),
    r("TSP 100", "AICPA: the 2017 trust services criteria"),
    r("DC 200", "AICPA: criteria for describing a system in a SOC 2 report"),
    r(
        "PCAOB AS 2601.53",
        "PCAOB: how useful a service auditor's report is, given the period of its tests",
    ),
    r(
        "SOX 404",
        "Sarbanes-Oxley Act: management's assessment of internal control over financial reporting",
    ),
    // International standards
    r("ISA 402", "IAASB: audits of entities that use service organizations"),
    r(
        "ISAE 3000",
        "IAASB: assurance engagements other than audits and reviews of historical financial information",
    ),
    r(
        "ISAE 3402",
        "IAASB: assurance reports on controls at a service organization",
    ),
    r(
        "ISAE 3402 A30",
        "IAASB: how long a type 2 period ordinarily is at least",
    ),
    r("ISO/IEC 17021-1", "Bodies that audit and certify management systems"),
    // Trust services criteria
    r(
        "CC4.1",
        "Controls are evaluated, continuously or separately, to see that they are present and work",
    ),
    r("CC6.1", "Logical access to protected information assets is restricted"),
    r(
        "CC6.2",
        "Users are registered before they get credentials, and removed when access ends",
    ),
    r(
        "CC6.3",
        "Access follows roles, least privilege and the separation of duties",
    ),
    r(
        "CC6.7",
        "Moving and removing information is restricted to authorized users",
    ),
    r("CC7.2", "Systems are monitored for anomalies"),
    r("CC9.2", "Risks from vendors and business partners are managed"),
    // ISO/IEC 27001:2022 Annex A
    r("A.5.16", "Identities are managed over their whole life"),
    r("A.5.17", "Authentication information is managed"),
    r(
        "A.5.22",
        "Services of suppliers are monitored, reviewed and kept under change control",
    ),
    r("A.8.2", "Privileged access rights are restricted and managed"),
    r("A.8.15", "Logs are kept and protected"),
    r("A.8.16", "Networks, systems and applications are monitored"),
    r("A.8.24", "Cryptography and keys are used by rule"),
    // NIST Cybersecurity Framework 2.0
    r("CSF GV.OC-02", "Stakeholders and their needs are understood"),
    r(
        "CSF GV.OC-04",
        "What stakeholders depend on is understood and communicated",
    ),
    r(
        "CSF GV.OC-05",
        "What the organization depends on is understood and communicated",
    ),
    r(
        "DE.CM-03",
        "The activity of people and the use of technology are monitored",
    ),
    r(
        "GV.SC-07",
        "Risks of suppliers are understood, recorded and monitored over the relationship",
    ),
    // NIST SP 800-53 Rev. 5
    r("AC-2", "Account management"),
    r("AC-5", "Separation of duties"),
    r("AC-6", "Least privilege"),
    r("IA-5", "Authenticator management"),
    r(
        "IA-5(7)",
        "No unencrypted static authenticators in code or configuration",
    ),
    // PCI DSS 4.0.1
    r(
        "PCI DSS 8.6.2",
        "Passwords of system and application accounts are not written into code or files",
    ),
    r(
        "PCI DSS 8.6.3",
        "Passwords of system and application accounts are changed as often as risk asks",
    ),
    // OWASP Non-Human Identities Top 10, 2025
    r("NHI1", "Improper offboarding"),
    r("NHI2", "Secret leakage"),
    r("NHI5", "Overprivileged NHI"),
    r("NHI7", "Long-lived secrets"),
];
