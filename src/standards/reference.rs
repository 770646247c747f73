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
        "AICPA SOC 1 guide",
        "AICPA: guide to reporting on controls relevant to user entities' financial reporting",
    ),
    r(
        "PCAOB AS 2601.53",
        "PCAOB: how useful a service auditor's report is, given the period of its tests",
    ),
    r(
        "PCAOB AS 2201.B17",
        "PCAOB: what an auditor of an SEC issuer weighs when it uses a service organization",
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
    r("ISO/IEC 27001 4.3", "The scope of the management system is determined"),
    r(
        "ISO/IEC 27001 6.1.3",
        "Risks are treated, and the statement of applicability says how",
    ),
    r(
        "ISO/IEC 27006",
        "Bodies that audit and certify information security management systems",
    ),
    r(
        "IAF MD 26",
        "International Accreditation Forum: the transition to ISO/IEC 27001:2022",
    ),
    // Trust services criteria
    r(
        "CC4.1",
        "Controls are evaluated, continuously or separately, to see that they are present and work",
    ),
    r("CC5.3", "Controls are deployed through policies and procedures"),
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
    r("CC8.1", "Changes are authorized, tested and approved"),
    r("CC9.2", "Risks from vendors and business partners are managed"),
    // ISO/IEC 27001:2022 Annex A
    r("A.5.3", "Conflicting duties are separated"),
    r("A.5.16", "Identities are managed over their whole life"),
    r("A.5.17", "Authentication information is managed"),
    r("A.5.18", "Access rights are granted, reviewed and removed"),
    r(
        "A.5.19",
        "Risks from the use of suppliers' products and services are managed",
    ),
    r(
        "A.5.22",
        "Services of suppliers are monitored, reviewed and kept under change control",
    ),
    r("A.8.2", "Privileged access rights are restricted and managed"),
    r("A.8.5", "Authentication is secure"),
    r("A.8.15", "Logs are kept and protected"),
    r("A.8.16", "Networks, systems and applications are monitored"),
    r("A.8.24", "Cryptography and keys are used by rule"),
    r("A.8.31", "Development, test and production are kept apart"),
    // NIST Cybersecurity Framework 2.0
    r("CSF GV.OC-02", "Stakeholders and their needs are understood"),
    r(
        "GV.OC-03",
        "Legal, regulatory and contractual requirements are understood and managed",
    ),
    r(
        "CSF GV.OC-04",
        "What stakeholders depend on is understood and communicated",
    ),
    r(
        "CSF GV.OC-05",
        "What the organization depends on is understood and communicated",
    ),
    r(
        "CSF GV.RR-02",
        "Roles, responsibilities and authorities are established and communicated",
    ),
    r(
        "CSF ID.RA-07",
        "Changes and exceptions are managed, assessed and recorded",
    ),
    r(
        "PR.AA-05",
        "Access permissions are managed by policy, with least privilege and separation of duties",
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
        "PCI DSS 7.2.5.1",
        "Access of application and system accounts is reviewed",
    ),
    r(
        "PCI DSS 8.6.1",
        "Interactive use of system and application accounts is an exception",
    ),
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
    r("NHI3", "Vulnerable third-party NHI"),
    r("NHI4", "Insecure authentication"),
    r("NHI5", "Overprivileged NHI"),
    r("NHI6", "Insecure cloud deployment configurations"),
    r("NHI7", "Long-lived secrets"),
    r("NHI8", "Environment isolation"),
    r("NHI9", "NHI reuse"),
    r("NHI10", "Human use of NHI"),
    // NIST AI Risk Management Framework 1.0
    r("AI RMF GOVERN 1.6", "AI systems are inventoried"),
    r(
        "AI RMF GOVERN 2.1",
        "Roles and responsibilities for AI risks are documented",
    ),
    r(
        "AI RMF GOVERN 3.2",
        "Roles in human oversight of AI systems are defined",
    ),
];
