//! Safeguards of the CIS Critical Security Controls 8.1 about accounts. There are many more.

use crate::standards::catalogue::{Catalogue, r};

pub static CATALOGUE: Catalogue = Catalogue {
    name: "CIS Critical Security Controls",
    version: Some("8.1"),
    organization: "Center for Internet Security",
    about: "Safeguards against the most common attacks; a selection",
    prefixes: &["CIS", "CIS Controls", "CIS Controls 8.1"],
    prefix_needed: true,
    whole: &[],
    shape: None,
    earlier: None,
    references: &[
        r("5.1", "Accounts are inventoried"),
        r("5.3", "Dormant accounts are disabled"),
        r(
            "5.5",
            "Service accounts are inventoried, with owner, purpose and date of review",
        ),
    ],
};
