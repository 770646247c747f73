//! Subcategories of the NIST AI Risk Management Framework 1.0 about governing AI. There are many more.

use crate::standards::catalogue::{Catalogue, r};

pub static CATALOGUE: Catalogue = Catalogue {
    name: "NIST AI Risk Management Framework",
    version: Some("1.0"),
    organization: "NIST",
    about: "Outcomes by which organizations manage the risks of AI; a selection",
    prefixes: &["AI RMF", "NIST AI RMF", "AI RMF 1.0"],
    prefix_needed: true,
    whole: &[],
    shape: None,
    earlier: None,
    references: &[
        r("GOVERN 1.6", "AI systems are inventoried"),
        r("GOVERN 1.7", "AI systems can be decommissioned without doing harm"),
        r("GOVERN 2.1", "Roles and responsibilities for AI risks are documented"),
        r("GOVERN 3.2", "Human oversight of AI systems is defined"),
        r("GOVERN 6.1", "Policies address the risks of third parties' AI"),
    ],
};
