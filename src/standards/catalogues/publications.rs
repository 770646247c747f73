//! Standards, laws and guides that rules cite as a whole or by paragraph, by who publishes them.

use crate::standards::catalogue::{Catalogue, r};

pub static AICPA: Catalogue = Catalogue {
    name: "AICPA standards and guides",
    version: None,
    organization: "AICPA",
    about: "United States standards for attestation and audits, with the criteria and guides that go with them",
    prefixes: &["AICPA"],
    prefix_needed: false,
    whole: &[],
    shape: None,
    earlier: None,
    references: &[
        r("AT-C 105", "AICPA: concepts common to all attestation engagements"),
        r("AT-C 205", "AICPA: assertion-based examination engagements"),
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
            "AICPA: reports that exclude the services of a subservice organization",
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
    whole: &[],
    shape: None,
    earlier: None,
    references: &[
        r(
            "AS 2201.B17",
            "PCAOB: what an auditor of an SEC issuer considers when it uses a service organization",
        ),
        r(
            "AS 2201.B24",
            "PCAOB: what an auditor considers when time has passed since a service auditor's tests",
        ),
        r("AS 2601", "PCAOB: audits of companies that use service organizations"),
        r(
            "AS 2601.53",
            "PCAOB: the usefulness of a service auditor's report, given the period of its tests",
        ),
    ],
};

pub static SARBANES_OXLEY: Catalogue = Catalogue {
    name: "Sarbanes-Oxley Act",
    version: Some("2002"),
    organization: "United States Congress",
    about: "Obligations of companies that report to the SEC for their financial reporting",
    prefixes: &[],
    prefix_needed: false,
    whole: &[],
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
    whole: &[],
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
    ],
};

pub static ISO_IEC: Catalogue = Catalogue {
    name: "ISO/IEC standards",
    version: None,
    organization: "ISO/IEC",
    about: "International standards for management systems and their certification",
    prefixes: &[],
    prefix_needed: false,
    whole: &[],
    shape: None,
    earlier: None,
    references: &[
        r("ISO/IEC 17021-1", "Bodies that audit and certify management systems"),
        r(
            "ISO/IEC 17021-1 8.2.2",
            "What a management system certificate states, including its scope and dates",
        ),
        r(
            "ISO/IEC 17021-1 9.1.3",
            "A three-year certification cycle with annual audits: surveillance, then recertification",
        ),
        r("ISO/IEC 27001 4.3", "The scope of the management system is determined"),
        r(
            "ISO/IEC 27001 6.1.3",
            "Risks are treated, and the statement of applicability states how",
        ),
        r(
            "ISO/IEC 27001 8.2",
            "Risks are assessed at planned intervals, and on significant changes",
        ),
        r(
            "ISO/IEC 27006-1",
            "Bodies that audit and certify information security management systems (2024)",
        ),
        r(
            "ISO/IEC 27706",
            "Bodies that audit and certify privacy information management systems (2025)",
        ),
    ],
};

/// Documents of the International Accreditation Forum keep their names; the body that it joined publishes them.
pub static IAF: Catalogue = Catalogue {
    name: "IAF mandatory documents",
    version: None,
    organization: "Global Accreditation Cooperation, formerly IAF",
    about: "What accreditation bodies and certification bodies have agreed on",
    prefixes: &["IAF"],
    prefix_needed: true,
    whole: &[],
    shape: None,
    earlier: None,
    references: &[r(
        "MD 26",
        "International Accreditation Forum, until 2025: the transition to ISO/IEC 27001:2022",
    )],
};

pub static NIST: Catalogue = Catalogue {
    name: "NIST publications",
    version: None,
    organization: "NIST",
    about: "Frameworks of the United States' standards institute, each as a whole",
    prefixes: &[],
    prefix_needed: false,
    whole: &[],
    shape: None,
    earlier: None,
    references: &[r("NIST CSF 2.0", "The NIST Cybersecurity Framework (CSF) 2.0, 2024")],
};

pub static OWASP: Catalogue = Catalogue {
    name: "OWASP publications",
    version: None,
    organization: "OWASP",
    about: "Lists of risks that a community of practitioners ranks, each as a whole",
    prefixes: &[],
    prefix_needed: false,
    whole: &[],
    shape: None,
    earlier: None,
    references: &[r(
        "OWASP NHI 2025",
        "OWASP: the ten greatest risks of non-human identities, 2025",
    )],
};
