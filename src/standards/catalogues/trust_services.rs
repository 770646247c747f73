//! The trust services criteria of 2017: 33 common ones, and those that a category adds.

use crate::standards::catalogue::{Catalogue, is_number, r};

pub static CATALOGUE: Catalogue = Catalogue {
    name: "Trust services criteria",
    version: Some("2017"),
    organization: "AICPA",
    about: "What SOC 2 and SOC 3 examinations measure controls against",
    prefixes: &["TSC", "TSP 100", "SOC 2"],
    prefix_needed: false,
    whole: &["TSP 100"],
    shape: Some(is_criterion),
    earlier: None,
    references: &[
        // Control environment
        r("CC1.1", "People are held to integrity and ethical values"),
        r(
            "CC1.2",
            "The board oversees internal control, independent of management",
        ),
        r("CC1.3", "Structures, reporting lines and authorities are set up"),
        r("CC1.4", "Capable people are recruited, developed and retained"),
        r("CC1.5", "People are accountable for their part in internal control"),
        // Information and communication
        r("CC2.1", "Internal control uses relevant information of good quality"),
        r("CC2.2", "Staff are informed of what they need for internal control"),
        r(
            "CC2.3",
            "External parties are informed of what matters for internal control",
        ),
        // Risk assessment
        r("CC3.1", "Objectives are clear enough to identify the risks to them"),
        r("CC3.2", "Risks to the objectives are identified and analyzed"),
        r("CC3.3", "Risk assessment includes fraud"),
        r(
            "CC3.4",
            "Changes that could impair internal control are identified and assessed",
        ),
        // Monitoring
        r(
            "CC4.1",
            "Controls are evaluated, continuously or separately, for whether they are present and work",
        ),
        r("CC4.2", "Weaknesses are reported in time to those who can fix them"),
        // Control activities
        r("CC5.1", "Controls are chosen to reduce risks to an acceptable level"),
        r("CC5.2", "General controls over technology are chosen and built"),
        r("CC5.3", "Controls are deployed through policies and procedures"),
        // Logical and physical access
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
            "CC6.4",
            "Physical access to facilities and protected assets is restricted",
        ),
        r(
            "CC6.5",
            "Assets stay protected until no data can be recovered from them",
        ),
        r("CC6.6", "The system is protected from threats outside its boundary"),
        r(
            "CC6.7",
            "Moving and removing information is restricted to authorized users",
        ),
        r(
            "CC6.8",
            "Unauthorized and malicious software is prevented, or detected and handled",
        ),
        // System operations
        r("CC7.1", "New vulnerabilities and changed configurations are detected"),
        r("CC7.2", "Systems are monitored for anomalies"),
        r("CC7.3", "Security events are assessed for whether they are incidents"),
        r("CC7.4", "Incidents are handled by a set process"),
        r("CC7.5", "Recovery from incidents is planned and carried out"),
        // Change management
        r("CC8.1", "Changes are authorized, tested and approved"),
        // Risk mitigation
        r("CC9.1", "Risks of business disruption are mitigated"),
        r("CC9.2", "Risks from vendors and business partners are managed"),
        // Availability
        r("A1.1", "Capacity use is monitored, and capacity grows with demand"),
        r(
            "A1.2",
            "Environmental protection, backups and recovery infrastructure are operated and monitored",
        ),
        r("A1.3", "Recovery plans are tested"),
        // Confidentiality
        r(
            "C1.1",
            "Confidential information is recognized as such, and kept while it is needed",
        ),
        r("C1.2", "Confidential information is destroyed when no longer needed"),
        // Processing integrity
        r(
            "PI1.1",
            "Processing is specified, and the specifications are used and shared",
        ),
        r("PI1.2", "Inputs are complete and accurate"),
        r("PI1.3", "Processing produces what its specification states"),
        r(
            "PI1.4",
            "Outputs are complete, accurate and on time, and reach only their recipients",
        ),
        r(
            "PI1.5",
            "Inputs, work in progress and outputs are stored whole and accurate",
        ),
        // Privacy
        r("P1.1", "People are told how their personal data is handled"),
        r("P2.1", "People are given a choice, and their consent is obtained"),
        r("P3.1", "Only personal data that the purposes require is collected"),
        r("P3.2", "Where required, explicit consent precedes collection"),
        r("P4.1", "Personal data is used only for the stated purposes"),
        r("P4.2", "Personal data is kept no longer than the purposes require"),
        r("P4.3", "Personal data is destroyed securely when no longer needed"),
        r("P5.1", "People can see the personal data held about them"),
        r("P5.2", "People can have their personal data corrected"),
        r("P6.1", "Third parties receive personal data only with consent"),
        r("P6.2", "Authorized disclosures of personal data are on record"),
        r("P6.3", "Unauthorized disclosures of personal data are on record"),
        r(
            "P6.4",
            "Third parties that handle personal data commit to privacy, and are checked",
        ),
        r(
            "P6.5",
            "Third parties commit to reporting unauthorized disclosures, and such reports are acted on",
        ),
        r("P6.6", "Affected parties are notified of breaches"),
        r(
            "P6.7",
            "People can learn which data is held on them and who received it",
        ),
        r("P7.1", "Personal data is correct, complete, current and relevant"),
        r(
            "P8.1",
            "Questions, complaints and disputes about privacy are handled and resolved",
        ),
    ],
};

/// `CC6.1`, `A1.2`, `PI1.3`.
fn is_criterion(id: &str) -> bool {
    let Some((series, number)) = id.split_once('.') else {
        return false;
    };
    let letters = series.trim_end_matches(|c: char| c.is_ascii_digit());
    matches!(letters, "CC" | "A" | "C" | "PI" | "P") && is_number(&series[letters.len()..]) && is_number(number)
}
