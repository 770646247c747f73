//! Controls, and what they are measured against.

use super::Term;

pub const TERMS: &[Term] = &[
    Term {
        name: "Annex A",
        also: &["Annex A of ISO/IEC 27001"],
        means: "The list of security controls of ISO/IEC 27001, which a statement of applicability goes through. The edition of 2022 has 93.",
        see: &["A.5.17", "certificates.statement-of-applicability"],
    },
    Term {
        name: "common criteria",
        also: &["CC series", "CC"],
        means: "The trust services criteria numbered CC1 to CC9, which apply to every category and are all that security consists of.",
        see: &["CC6", "reports.criteria", "common-criteria-missing"],
    },
    Term {
        name: "control",
        also: &[],
        means: "What an organization does, again and again, so that something does not go wrong or is found if it does: a second approval, a reconciliation, a review of access.",
        see: &["controls", "controls.area"],
    },
    Term {
        name: "control objective",
        also: &["objective"],
        means: "What a group of controls is meant to achieve. In a SOC 1 or ISAE 3402 report the service organization states its own.",
        see: &["reports.objectives", "report-without-objectives"],
    },
    Term {
        name: "criteria",
        also: &["criterion", "suitable criteria"],
        means: "What controls are measured against. Trust services reports use the AICPA's criteria, such as CC6.1; other attestations name theirs.",
        see: &["reports.criteria", "reports.suitable-criteria"],
    },
    Term {
        name: "CSOC",
        also: &["complementary subservice organization control"],
        means: "Complementary subservice organization control: a control that a carved-out subservice organization is assumed to have, and without which the service organization's own do not suffice.",
        see: &[
            "third-parties.csocs",
            "reports.subservice.csocs",
            "carve-out-without-csocs",
        ],
    },
    Term {
        name: "CUEC",
        also: &["complementary user entity control", "user control consideration"],
        means: "Complementary user entity control: a control that user entities are assumed to have, and without which the service organization's own do not suffice. A provider's report asks CUECs of us, and ours asks them of our user entities.",
        see: &["reports.cuecs", "third-parties.cuecs", "cuec-unowned"],
    },
    Term {
        name: "design and operation",
        also: &[
            "operating effectiveness",
            "suitably designed",
            "design evidence",
            "operating evidence",
        ],
        means: "A control is suitably designed if it would do what it is for. It operated effectively if it did so all through a period. Policies and procedures show the first; logs, tickets and reviews the second.",
        see: &[
            "controls.design",
            "controls.operating",
            "type-2-control-without-operating-evidence",
        ],
    },
    Term {
        name: "evidence",
        also: &["audit evidence"],
        means: "What shows something: a policy, a log, a ticket, a review. soclint knows where it is and of which days, not what it shows.",
        see: &["evidence", "evidence-reference"],
    },
    Term {
        name: "fiscal year",
        also: &["fiscal year-end", "financial year", "year-end"],
        means: "The twelve months that financial statements are about. User auditors need reports that reach far enough into their own.",
        see: &[
            "organization.fiscal-year-end",
            "services.user-entities.fiscal-year-ends",
            "user-year-overlap-short",
        ],
    },
    Term {
        name: "ICFR",
        also: &[
            "internal control over financial reporting",
            "internal controls over financial reporting",
        ],
        means: "Internal control over financial reporting: what an entity does so that its financial statements can be relied on. A SOC 1 report is about the service organization's part in it.",
        see: &[
            "SOC 1",
            "services.icfr-alternative",
            "financial-impact-without-icfr-report",
        ],
    },
    Term {
        name: "issuer",
        also: &["SEC issuer"],
        means: "A company whose securities are registered with the SEC. Its auditors work by the PCAOB's standards.",
        see: &["services.user-entities.sec-issuers", "issuer-year-end-gap"],
    },
    Term {
        name: "ITGC",
        also: &["general IT controls", "IT general controls"],
        means: "General IT controls: controls over access, changes and operations of systems, on which controls in the applications rest.",
        see: &["services.financial-impact", "itgc-objectives-missing"],
    },
    Term {
        name: "population",
        also: &[],
        means: "All occurrences of a control in a period, from which an auditor takes a sample.",
        see: &["controls.reports.population"],
    },
    Term {
        name: "readiness",
        also: &["readiness assessment"],
        means: "Work done before a first report to find what is missing. It gives no assurance.",
        see: &["reports.readiness", "readiness-not-evidenced"],
    },
    Term {
        name: "recertification",
        also: &[],
        means: "The audit of a whole management system in the third year of its certificate, before that expires. With it, the next three years begin.",
        see: &["certificates.expires", "ISO/IEC 17021-1 9.1.3"],
    },
    Term {
        name: "risk assessment",
        also: &[],
        means: "A look at what can go wrong, how likely and how bad that is, and what is done about it.",
        see: &["risk-assessment-missing"],
    },
    Term {
        name: "segregation of duties",
        also: &["separation of duties", "conflicting duties", "SoD"],
        means: "Two duties that together would let one person or program do and hide harm, such as creating a payee and releasing a payment, are held by two.",
        see: &["conflicting-duties", "self-approval"],
    },
    Term {
        name: "stage 1",
        also: &["stage 2"],
        means: "The first of the two audits before a certificate: of the documents, and of whether the organization is ready for stage 2. That one is of whether the management system is put into practice and works.",
        see: &["certificates", "ISO/IEC 17021-1 9.1.3"],
    },
    Term {
        name: "statement of applicability",
        also: &["SoA"],
        means: "The document of an ISO/IEC 27001 management system that lists which controls of Annex A apply, and justifies those left out.",
        see: &["certificates.statement-of-applicability"],
    },
    Term {
        name: "surveillance audit",
        also: &["surveillance"],
        means: "An audit by the certification body between the certification and its renewal: not of everything, and ordinarily once a year.",
        see: &["certificates.surveillance", "surveillance-overdue"],
    },
];
