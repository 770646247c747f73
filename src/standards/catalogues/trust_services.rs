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
        r("CC1.4", "Able people are found, developed and kept"),
        r("CC1.5", "People answer for their part in internal control"),
        // Information and communication
        r("CC2.1", "Internal control runs on relevant information of good quality"),
        r("CC2.2", "People inside are told what they need for internal control"),
        r("CC2.3", "Outsiders are told what matters for internal control"),
        // Risk assessment
        r("CC3.1", "Objectives are clear enough to find the risks to them"),
        r("CC3.2", "Risks to the objectives are found and analyzed"),
        r("CC3.3", "Fraud is thought of when risks are assessed"),
        r(
            "CC3.4",
            "Changes that could upset internal control are noticed and weighed",
        ),
        // Monitoring
        r(
            "CC4.1",
            "Controls are evaluated, continuously or separately, to see that they are present and work",
        ),
        r("CC4.2", "Weaknesses reach those who can mend them, in time"),
        // Control activities
        r(
            "CC5.1",
            "Controls are chosen that bring risks down to what is acceptable",
        ),
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
            "Assets stay protected until nothing can be read from them any more",
        ),
        r("CC6.6", "Threats from outside the system's boundary are kept out"),
        r(
            "CC6.7",
            "Moving and removing information is restricted to authorized users",
        ),
        r(
            "CC6.8",
            "Unauthorized and malicious software is prevented, or found and dealt with",
        ),
        // System operations
        r("CC7.1", "New weaknesses and changed configurations are detected"),
        r("CC7.2", "Systems are monitored for anomalies"),
        r("CC7.3", "Security events are judged: is it an incident?"),
        r("CC7.4", "Incidents are answered by a set process"),
        r("CC7.5", "What is needed to recover from incidents is found and done"),
        // Change management
        r("CC8.1", "Changes are authorized, tested and approved"),
        // Risk mitigation
        r("CC9.1", "Risks of business disruption are mitigated"),
        r("CC9.2", "Risks from vendors and business partners are managed"),
        // Availability
        r("A1.1", "Capacity in use is watched, and grows with demand"),
        r(
            "A1.2",
            "Environmental protection, backups and recovery infrastructure are run and watched",
        ),
        r("A1.3", "Recovery plans are tested"),
        // Confidentiality
        r(
            "C1.1",
            "Confidential information is known as such, and kept while it is needed",
        ),
        r("C1.2", "Confidential information is destroyed in the end"),
        // Processing integrity
        r(
            "PI1.1",
            "It is specified what is to be processed, and this is used and shared",
        ),
        r("PI1.2", "Inputs are complete and accurate"),
        r("PI1.3", "Processing gives what its specification says"),
        r(
            "PI1.4",
            "Outputs are complete, accurate, on time and reach only whom they should",
        ),
        r(
            "PI1.5",
            "Inputs, work in progress and outputs are stored whole and accurate",
        ),
        // Privacy
        r("P1.1", "People are told how their personal data is handled"),
        r("P2.1", "People are given a choice, and their consent is obtained"),
        r("P3.1", "Only such personal data is collected as the purposes call for"),
        r("P3.2", "Explicit consent comes before collection where it is needed"),
        r("P4.1", "Personal data is used for the stated purposes only"),
        r("P4.2", "Personal data is kept no longer than the purposes call for"),
        r("P4.3", "Personal data is destroyed safely in the end"),
        r("P5.1", "People can see the personal data held about them"),
        r("P5.2", "People can have their personal data corrected"),
        r("P6.1", "Third parties get personal data only with consent"),
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
        r("P6.6", "Those concerned are notified of breaches"),
        r(
            "P6.7",
            "People get an account of the data held on them and of who received it",
        ),
        r("P7.1", "Personal data is right, whole, up to date and to the point"),
        r(
            "P8.1",
            "Questions, complaints and disputes about privacy are taken up and settled",
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
