//! The columns of a control matrix, and its words.

use super::control_rows::EVIDENCE;
use crate::views::inventory::{HELD_BACK, column};
use crate::views::{Column, Holds};

pub const SERVED: &str = "served";
pub const NONE_DECLARED: &str = "none declared";
pub const BY_OTHERS: &str = "by others";
pub const NOT_RELEVANT: &str = "not relevant";
pub const SERVES_NONE: &str = "serves none";
pub const NO_OBJECTIVES: &str = "no objectives";
pub const UNKNOWN: &str = "unknown";
pub const WORDS: &[&str] = &[
    SERVED,
    NONE_DECLARED,
    BY_OTHERS,
    NOT_RELEVANT,
    SERVES_NONE,
    NO_OBJECTIVES,
    UNKNOWN,
];

pub const COLUMNS: &[Column] = &[
    column(
        "criterion",
        "Criterion",
        "The id of the objective or of the criterion.",
        Holds::Text,
        true,
    ),
    column(
        "text",
        "What it asks for",
        "The text of the objective, as declared; of a criterion, what it is about, in our own words.",
        Holds::Text,
        false,
    ),
    column(
        "state",
        "State",
        "`served`: the control is declared for it; `none declared`: no control is; `by others`: only complementary controls are, which others perform; `not relevant`: the description says so; `serves none`: a control of the report that none of its objectives or criteria has; `no objectives`: the report declares none that it could serve; `unknown`.",
        Holds::OneOf(WORDS),
        true,
    ),
    column("control", "Control", "The control.", Holds::Text, true),
    column("control-title", "Title", "Its display name.", Holds::Text, false),
    column(
        "owner",
        "Owner",
        "The owner of the control; where there is none, that of the report.",
        Holds::Text,
        true,
    ),
    column("every", "Every", "How often it operates.", Holds::Text, false),
    column("area", "Area", "Its area.", Holds::Text, false),
    column(
        "effective",
        "Effective",
        "The day on which it came into effect.",
        Holds::Day,
        false,
    ),
    column(
        "design",
        "Evidence of design",
        "The evidence of its design: each place, its kind, and the day or the days of it.",
        Holds::Parts(EVIDENCE),
        false,
    ),
    column(
        "operating",
        "Evidence of operation",
        "The evidence of its operation.",
        Holds::Parts(EVIDENCE),
        true,
    ),
    column(
        "inherited-from",
        "Inherited from",
        "The third party that performs it.",
        Holds::Text,
        false,
    ),
    column(
        "population",
        "Population",
        "What it was tested over.",
        Holds::Text,
        false,
    ),
    column("narrative", "Result", "The report's result for it.", Holds::Text, false),
    column(
        "did-not-operate",
        "Did not operate",
        "Why it did not operate in the period.",
        Holds::Text,
        false,
    ),
    column(
        "by-others",
        "By others",
        "The complementary controls of user entities and of carved-out organizations that are declared for it.",
        Holds::List,
        false,
    ),
    column(
        "not-relevant",
        "Why not relevant",
        "Why the description declares the criterion not relevant.",
        Holds::Text,
        false,
    ),
    column(
        "exceptions",
        "Exceptions",
        "The exceptions that the auditor noted about the control, the objective or the criterion, each with management's response.",
        Holds::List,
        false,
    ),
    column(
        "open",
        "Open",
        "The rules of which a finding is reported about the control or, where there is none, about the report for that.",
        Holds::List,
        true,
    ),
    HELD_BACK,
    column(
        "report-open",
        "Open of the report",
        "The rules of which a finding is reported about the report.",
        Holds::List,
        false,
    ),
    column(
        "control-path",
        "Path of the control",
        "The path by which findings, waivers and baselines name it.",
        Holds::Text,
        false,
    ),
    column(
        "declared-at",
        "Declared at",
        "The place of the control's declaration or, where there is none, of the objective or the report.",
        Holds::Places,
        false,
    ),
];
