//! Subcategories of the NIST AI Risk Management Framework 1.0 about governing AI. There are many more.

use crate::standards::catalogue::{Catalogue, r};

pub static CATALOGUE: Catalogue = Catalogue {
    name: "NIST AI Risk Management Framework",
    version: Some("1.0"),
    organization: "NIST",
    about: "Outcomes by which organizations manage the risks of AI; a choice of them",
    prefixes: &["AI RMF", "NIST AI RMF", "AI RMF 1.0"],
    prefix_needed: true,
    whole: &[],
    shape: None,
    earlier: None,
    references: &[
        r("GOVERN 1.6", "AI systems are inventoried"),
        r("GOVERN 1.7", "AI systems can be taken out of use without doing harm"),
        r(
            "GOVERN 2.1",
            "It is written down who does and answers for what about AI risks",
        ),
        r("GOVERN 3.2", "It is settled which people oversee AI systems, and how"),
        r("GOVERN 6.1", "There are policies for the risks of third parties' AI"),
    ],
};
