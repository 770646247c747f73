//! Words of reports and certificates.

use super::Lists;
use crate::model::{
    Audience, CertificateStatus, Framework, LetterIssuer, Method, Opinion, Section, Status, SubjectMatter,
};

pub const LISTS: Lists = &[
    (
        Framework::NAME,
        &[
            ("soc1", "soc1report ssae16"),
            ("soc2", "soc2report"),
            ("soc3", "soc3report"),
            ("isae3402", "isae3402report"),
            ("iso27001", "27001 isms iso27k iso27001certificate"),
        ],
    ),
    (
        SubjectMatter::NAME,
        &[
            ("financial-reporting", "icfr financial finance"),
            ("trust-services", "tsc soc2"),
            ("security", "infosec informationsecurity cybersecurity"),
        ],
    ),
    (
        Status::NAME,
        &[
            ("issued", "final complete completed done published active valid current"),
            ("in-progress", "ongoing running started fieldwork open wip draft"),
            ("planned", "upcoming scheduled todo future"),
            ("withdrawn", "revoked cancelled canceled"),
        ],
    ),
    (
        CertificateStatus::NAME,
        &[
            ("issued", "final active valid certified current gültig geldig"),
            ("in-progress", "ongoing open draft"),
            ("planned", "upcoming scheduled"),
            ("withdrawn", "revoked cancelled canceled"),
            ("suspended", "onhold"),
        ],
    ),
    (
        Opinion::NAME,
        &[
            ("unmodified", "clean pass unqualifiedopinion passed positive"),
            ("qualified", "qualifiedopinion"),
            ("adverse", "fail failed negative"),
            ("disclaimer", "disclaimed disclaimerofopinion"),
        ],
    ),
    (
        Audience::NAME,
        &[
            ("management", "internal board"),
            ("user-entity", "userentities clients"),
            ("user-auditor", "auditor auditors userauditors externalauditor"),
            ("customer", "customers kunden klanten"),
            ("prospect-nda", "prospects prospect nda undernda"),
            ("regulator", "regulators supervisor"),
            ("public", "everyone website anyone"),
        ],
    ),
    (
        Section::NAME,
        &[
            ("infrastructure", "infra hardware"),
            ("procedures", "procedure processes"),
            ("people", "staff personnel"),
            ("software", "applications"),
        ],
    ),
    (
        Method::NAME,
        &[
            ("carve-out", "carvedout carve exclusive excluded carveoutmethod"),
            ("inclusive", "included inclusivemethod include"),
        ],
    ),
    (
        LetterIssuer::NAME,
        &[
            ("management", "company us serviceorganization"),
            ("auditor", "serviceauditor"),
        ],
    ),
];
