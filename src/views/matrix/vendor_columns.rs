//! The columns of the matrix of third parties, and its words.

use crate::views::inventory::{DECLARED_AT, HELD_BACK, OPEN, SUBJECT_ABOUT, TITLE, column};
use crate::views::{Column, Holds};

pub const COVERED: &str = "covered";
pub const IN_PART: &str = "in part";
pub const NOT_COVERED: &str = "not covered";
pub const UNKNOWN: &str = "unknown";
/// None is declared, and it is not carved out of any of ours.
pub const NO_REPORT: &str = "no report";
pub const NO_DAYS: &str = "no days";
pub const WORDS: &[&str] = &[COVERED, IN_PART, NOT_COVERED, UNKNOWN, NO_REPORT, NO_DAYS];

/// Of a report of a third party.
pub const REPORT: &[Column] = &[
    column("what", "What", "What it is: SOC 1 type 2.", Holds::Text, false),
    column("from", "From", "The first day of its period.", Holds::Day, false),
    column(
        "to",
        "To",
        "The last day of its period, or the day of a type 1 report.",
        Holds::Day,
        false,
    ),
    column("opinion", "Opinion", "The auditor's opinion.", Holds::Text, false),
    column(
        "bridged",
        "Bridged",
        "The days that bridge letters to it cover.",
        Holds::List,
        false,
    ),
    column(
        "alternative",
        "Alternative",
        "The alternative procedures, where it is not relied on.",
        Holds::Text,
        false,
    ),
];

/// Of a complementary control that is expected of us.
pub const CUEC: &[Column] = &[
    column("id", "Id", "Its id.", Holds::Text, false),
    column("text", "Text", "What is expected.", Holds::Text, false),
    column("status", "Status", "Its status, if stated.", Holds::Text, false),
    column(
        "owner",
        "Owner",
        "Who performs it: as stated, or the owner of the control.",
        Holds::Text,
        false,
    ),
    column(
        "control",
        "Control",
        "The path of the control that does it.",
        Holds::Text,
        false,
    ),
    column("reason", "Reason", "Why it does not apply.", Holds::Text, false),
];

pub const COLUMNS: &[Column] = &[
    column("third-party", "Third party", "The third party.", Holds::Text, true),
    TITLE,
    column(
        "owner",
        "Owner",
        "Who manages the relationship, as declared.",
        Holds::Text,
        false,
    ),
    column("role", "Role", "What it is to the organization.", Holds::List, false),
    column(
        "services",
        "Relied on by",
        "The services that rely on it, and that the days matter for.",
        Holds::List,
        true,
    ),
    column(
        "whose",
        "Days of ours",
        "Whose days its reports are set against: our fiscal year, that of user entities, or the period of a report of ours that carves it out.",
        Holds::Text,
        true,
    ),
    column(
        "from",
        "From",
        "The first of those days, no earlier than the relationship.",
        Holds::Day,
        false,
    ),
    column("to", "To", "The last of them.", Holds::Day, true),
    column(
        "counted",
        "Reports that count",
        "What its reports have to be about to count for those days.",
        Holds::Text,
        false,
    ),
    column(
        "state",
        "State",
        "Whether its type 2 reports and bridge letters that count cover those days: `covered`, `in part`, `not covered`, `unknown`; `no report`: none is declared, and it is no subservice organization; `no days`: none of ours are declared that it matters for.",
        Holds::OneOf(WORDS),
        true,
    ),
    column("days", "Days", "How many days of ours those are.", Holds::Count, false),
    column(
        "covered-days",
        "Covered days",
        "How many of them are covered.",
        Holds::Count,
        false,
    ),
    column(
        "not-covered",
        "Not covered",
        "The days that no report covers.",
        Holds::List,
        true,
    ),
    column(
        "reports",
        "Its reports",
        "Its own reports, each with its period or day, its opinion and the days that bridge letters cover.",
        Holds::Parts(REPORT),
        false,
    ),
    column(
        "treatment",
        "Treatment",
        "How each of our issued reports treats it (in the row of one, how that does), or else its own method: carved out or inclusive.",
        Holds::List,
        false,
    ),
    column(
        "cuecs",
        "CUECs",
        "The complementary controls that its reports expect of us, and who performs each.",
        Holds::Parts(CUEC),
        false,
    ),
    column(
        "reviewed-on",
        "Reviewed on",
        "The day of its last review.",
        Holds::Day,
        false,
    ),
    column(
        "next-review",
        "Next review",
        "The day by which its declared cycle asks for the next.",
        Holds::Day,
        false,
    ),
    column(
        "since",
        "Since",
        "The day on which the relationship began.",
        Holds::Day,
        false,
    ),
    OPEN,
    HELD_BACK,
    column("subject", "Path", SUBJECT_ABOUT, Holds::Text, false),
    DECLARED_AT,
];
