//! The columns of the inventory of identities.

use super::super::{DECLARED_AT, HELD_BACK, OPEN_ABOUT, OWNER, SUBJECT, column};
use crate::views::{Column, Holds};

const fn matter(key: &'static str, head: &'static str, about: &'static str) -> Column {
    column(key, head, about, Holds::Standing, false)
}

pub const COLUMNS: &[Column] = &[
    SUBJECT,
    column(
        "kind",
        "Kind",
        "What kind of identity it is: as declared, or as what is seen suggests.",
        Holds::Text,
        false,
    ),
    OWNER,
    column(
        "state",
        "State",
        "`declared and seen`, `declared`, `seen` or `ignored`; seen is in a file of the repository.",
        Holds::Text,
        true,
    ),
    column(
        "demand",
        "Demand",
        "Of what is not declared, whether it has to be: `demanded`, `asked` or `shown`.",
        Holds::Text,
        false,
    ),
    column(
        "reason",
        "Reason",
        "Of what is ignored, why it is no identity of ours, as the config says.",
        Holds::Text,
        false,
    ),
    column(
        "in-use",
        "In use",
        "Whether it is declared to be in use on the as-of date: `yes`, `no` or `unknown`.",
        Holds::Text,
        false,
    ),
    column(
        "services",
        "Services",
        "Its home services, and those to which it has access.",
        Holds::List,
        false,
    ),
    column(
        "access",
        "Access",
        "What it may do, and on which service, as declared.",
        Holds::List,
        false,
    ),
    column(
        "environments",
        "Environments",
        "Where it acts: as declared or, of what is not declared, as it is seen. An identity that states none counts as one of production.",
        Holds::List,
        false,
    ),
    column(
        "credential",
        "Credential",
        "Its kind of credential: as declared, or as what is seen suggests.",
        Holds::Text,
        false,
    ),
    column(
        "credentials",
        "Credentials",
        "For how many things seen it stands, if several.",
        Holds::Count,
        false,
    ),
    column(
        "store",
        "Store",
        "Where its secret is declared to be stored.",
        Holds::Text,
        false,
    ),
    column(
        "created",
        "Created",
        "The day on which it was created.",
        Holds::Day,
        false,
    ),
    column(
        "expires",
        "Expires",
        "The last day on which it works.",
        Holds::Day,
        false,
    ),
    column(
        "retired",
        "Retired",
        "The day on which it was taken out of use.",
        Holds::Day,
        false,
    ),
    column(
        "rotated-on",
        "Rotated on",
        "The day of the last rotation.",
        Holds::Day,
        false,
    ),
    column(
        "reviewed-on",
        "Reviewed on",
        "The day of the last review.",
        Holds::Day,
        false,
    ),
    matter(
        "declaration",
        "Declaration",
        "Whether it is declared where it is seen, and only once.",
    ),
    matter("ownership", "Ownership", "Whether someone answers for it."),
    matter(
        "authentication",
        "Authentication",
        "How it authenticates, and whether people can log in with it.",
    ),
    matter("storage", "Storage", "Where its secret is stored."),
    matter("rotation", "Rotation", "Whether its credential is rotated in time."),
    matter(
        "privilege",
        "Privilege",
        "What it may do, and what that may not be combined with.",
    ),
    matter("review", "Review", "Whether its access is reviewed in time."),
    matter("offboarding", "Offboarding", "How it ends, and whether it has."),
    matter("monitoring", "Monitoring", "Whether its use is monitored."),
    column(
        "open-matters",
        "Open",
        "The matters that are open, and the other rules of which a finding is reported about it.",
        Holds::List,
        true,
    ),
    column("open", "Findings", OPEN_ABOUT, Holds::List, false),
    HELD_BACK,
    DECLARED_AT,
    column(
        "places",
        "Places",
        "Where it is seen, each with its locator there.",
        Holds::Places,
        false,
    ),
];
