//! Controls of NIST SP 800-53 Rev. 5 about accounts and external services. There are many more.

use crate::standards::catalogue::{Catalogue, r};

pub static CATALOGUE: Catalogue = Catalogue {
    name: "NIST SP 800-53",
    version: Some("Rev. 5"),
    organization: "NIST",
    about: "Security and privacy controls for systems and organizations; a choice of them",
    prefixes: &["SP 800-53", "NIST SP 800-53", "NIST 800-53", "800-53"],
    prefix_needed: false,
    whole: &[],
    shape: None,
    earlier: None,
    references: &[
        r("AC-2", "Accounts are set up, reviewed and closed under control"),
        r("AC-5", "Conflicting duties lie with different people"),
        r("AC-6", "Nobody may do more than the task needs"),
        r("IA-4", "Identifiers are assigned, kept unique and taken back"),
        r("IA-5", "Passwords, keys and the like are issued, protected and changed"),
        r(
            "IA-5(7)",
            "No unencrypted static authenticators in code or configuration",
        ),
        r("IA-9", "Services prove who they are before they talk to one another"),
        r(
            "SA-9",
            "Outside services meet the organization's demands, and are watched",
        ),
    ],
};
