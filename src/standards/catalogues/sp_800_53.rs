//! Controls of NIST SP 800-53 Rev. 5 about accounts and external services. There are many more.

use crate::standards::catalogue::{Catalogue, r};

pub static CATALOGUE: Catalogue = Catalogue {
    name: "NIST SP 800-53",
    version: Some("Rev. 5"),
    organization: "NIST",
    about: "Security and privacy controls for systems and organizations; a selection",
    prefixes: &["SP 800-53", "NIST SP 800-53", "NIST 800-53", "800-53"],
    prefix_needed: false,
    whole: &[],
    shape: None,
    earlier: None,
    references: &[
        r("AC-2", "Accounts are managed from creation to removal, and reviewed"),
        r("AC-5", "Conflicting duties are held by different people"),
        r("AC-6", "No one has more rights than the task needs"),
        r("IA-4", "Identifiers are assigned, kept unique and retired"),
        r(
            "IA-5",
            "Passwords, keys and other authenticators are issued, protected and changed",
        ),
        r(
            "IA-5(7)",
            "No unencrypted static authenticators in code or configuration",
        ),
        r("IA-9", "Services authenticate before they communicate"),
        r(
            "SA-9",
            "External services meet the organization's requirements and are monitored",
        ),
    ],
};
