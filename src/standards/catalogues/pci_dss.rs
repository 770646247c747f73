//! Requirements of PCI DSS 4.0.1 about accounts of applications and systems. There are many more.

use crate::standards::catalogue::{Catalogue, r};

pub static CATALOGUE: Catalogue = Catalogue {
    name: "PCI DSS",
    version: Some("4.0.1"),
    organization: "PCI Security Standards Council",
    about: "Requirements for those who handle payment card data; a selection",
    prefixes: &["PCI DSS", "PCI", "PCI DSS 4.0.1"],
    prefix_needed: true,
    whole: &[],
    shape: None,
    earlier: None,
    references: &[
        r("7.2.4", "User accounts and what they may access are reviewed"),
        r(
            "7.2.5",
            "Application and system accounts have no more access than they need",
        ),
        r("7.2.5.1", "Access of application and system accounts is reviewed"),
        r(
            "8.6.1",
            "Interactive use of system and application accounts is an exception",
        ),
        r(
            "8.6.2",
            "Passwords of system accounts that people can log in with are not hard-coded in code or files",
        ),
        r(
            "8.6.3",
            "Passwords of system and application accounts are changed as often as the risk requires",
        ),
        r("12.3.1", "Where an interval is not prescribed, a risk analysis sets it"),
    ],
};
