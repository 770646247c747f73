//! How services stand to reports and certificates, and the columns that say so.

use crate::views::inventory::{DECLARED_AT, HELD_BACK, OPEN, OWNER, SUBJECT, TITLE, column};
use crate::views::{Column, Holds};

/// How a service stands to a report or certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stands {
    Covered,
    /// By a certificate that has expired, or is to a withdrawn edition.
    Lapsed,
    ClaimedOnly,
    Planned,
    Unknown,
    OutOfScope,
    NotCovered,
}

impl Stands {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Covered => "covered",
            Self::Lapsed => "lapsed",
            Self::ClaimedOnly => "claimed only",
            Self::Planned => "planned",
            Self::Unknown => "unknown",
            Self::OutOfScope => "out of scope",
            Self::NotCovered => "not covered",
        }
    }
}

pub const WORDS: &[&str] = &[
    "covered",
    "lapsed",
    "claimed only",
    "planned",
    "unknown",
    "out of scope",
    "not covered",
];

pub const REPORT: Column = column(
    "report",
    "Report",
    "The path of the report or certificate.",
    Holds::Text,
    true,
);
pub const WHAT: Column = column(
    "what",
    "What",
    "What it is declared to be: SOC 1 type 2, ISO 27001 certificate.",
    Holds::Text,
    true,
);
pub const FROM: Column = column("from", "From", "The first day of its period.", Holds::Day, false);
pub const TO: Column = column(
    "to",
    "To",
    "The last day of its period, or the day of a type 1 report.",
    Holds::Day,
    false,
);
pub const EXPIRES: Column = column(
    "expires",
    "Expires",
    "The last day on which a certificate is valid.",
    Holds::Day,
    false,
);
pub const OPINION: Column = column("opinion", "Opinion", "The auditor's opinion.", Holds::Text, false);
pub const STATE: Column = column(
    "state",
    "State",
    "How the service stands to it: `covered`, `lapsed`, `claimed only`, `planned`, `unknown`, `out of scope` or `not covered`.",
    Holds::OneOf(WORDS),
    true,
);
pub const SERVICE: Column = column("service", "Service", "The service.", Holds::Text, true);
pub const SCOPE: Column = column(
    "scope",
    "Scope",
    "Whether the service is inside the boundary, if stated.",
    Holds::Text,
    false,
);

pub const PAIR: &[Column] = &[REPORT, WHAT, FROM, TO, EXPIRES, OPINION, STATE];

/// Of JSON: a row for each service.
pub const COLUMNS: &[Column] = &[
    SUBJECT,
    TITLE,
    OWNER,
    SCOPE,
    column(
        "reports",
        "Reports",
        "Each report and certificate, newest first, and how the service stands to it.",
        Holds::Parts(PAIR),
        true,
    ),
    OPEN,
    HELD_BACK,
    DECLARED_AT,
];

/// Of CSV: a row for each service and each report or certificate.
pub const PAIR_COLUMNS: &[Column] = &[
    SUBJECT,
    TITLE,
    OWNER,
    SCOPE,
    REPORT,
    WHAT,
    FROM,
    TO,
    EXPIRES,
    OPINION,
    STATE,
    OPEN,
    HELD_BACK,
    DECLARED_AT,
];

/// Where a terminal has no room for a column for each report: a row for each service and each way in which it stands to some.
pub const LIST_COLUMNS: &[Column] = &[
    SERVICE,
    STATE,
    column("reports", "Reports and certificates", "", Holds::List, true),
    column("open", "Open", "", Holds::List, false),
];
