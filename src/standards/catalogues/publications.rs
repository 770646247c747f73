//! Standards, laws and guides that rules cite as a whole or by paragraph, by who publishes them.

use crate::standards::catalogue::{Catalogue, r};

pub static AICPA: Catalogue = Catalogue {
    name: "AICPA standards and guides",
    version: None,
    organization: "AICPA",
    about: "United States standards for attestation and audits, with the criteria and guides that go with them",
    prefixes: &["AICPA"],
    prefix_needed: false,
    shape: None,
    earlier: None,
    references: &[
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
        r(
            "AU-C 402.18",
            "AICPA: when a report leaves out what a subservice organization does",
        ),
        r("TSP 100", "AICPA: the 2017 trust services criteria"),
        r("DC 200", "AICPA: criteria for describing a system in a SOC 2 report"),
        r(
            "AICPA SOC 1 guide",
            "AICPA: guide to reporting on controls relevant to user entities' financial reporting",
        ),
    ],
};

pub static PCAOB: Catalogue = Catalogue {
    name: "PCAOB auditing standards",
    version: None,
    organization: "PCAOB",
    about: "Standards for audits of companies that report to the SEC",
    prefixes: &["PCAOB"],
    prefix_needed: true,
    shape: None,
    earlier: None,
    references: &[
        r(
            "AS 2201.B17",
            "PCAOB: what an auditor of an SEC issuer weighs when it uses a service organization",
        ),
        r(
            "AS 2201.B24",
            "PCAOB: what an auditor weighs when time has passed since a service auditor's tests ended",
        ),
        r("AS 2601", "PCAOB: audits of companies that use service organizations"),
        r(
            "AS 2601.53",
            "PCAOB: how useful a service auditor's report is, given the period of its tests",
        ),
    ],
};

pub static SARBANES_OXLEY: Catalogue = Catalogue {
    name: "Sarbanes-Oxley Act",
    version: Some("2002"),
    organization: "United States Congress",
    about: "What companies that report to the SEC owe their investors about financial reporting",
    prefixes: &[],
    prefix_needed: false,
    shape: None,
    earlier: None,
    references: &[r(
        "SOX 404",
        "Sarbanes-Oxley Act: management's assessment of internal control over financial reporting",
    )],
};

pub static IAASB: Catalogue = Catalogue {
    name: "IAASB standards",
    version: None,
    organization: "IAASB",
    about: "International standards for audits and assurance engagements",
    prefixes: &["IAASB"],
    prefix_needed: false,
    shape: None,
    earlier: None,
    references: &[
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
    ],
};

pub static ISO_IEC: Catalogue = Catalogue {
    name: "ISO/IEC standards",
    version: None,
    organization: "ISO/IEC",
    about: "International standards for management systems and for those who certify them",
    prefixes: &[],
    prefix_needed: false,
    shape: None,
    earlier: None,
    references: &[
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
    ],
};

pub static IAF: Catalogue = Catalogue {
    name: "IAF mandatory documents",
    version: None,
    organization: "International Accreditation Forum",
    about: "What accreditation bodies and certification bodies have agreed on",
    prefixes: &["IAF"],
    prefix_needed: true,
    shape: None,
    earlier: None,
    references: &[r(
        "MD 26",
        "International Accreditation Forum: the transition to ISO/IEC 27001:2022",
    )],
};
