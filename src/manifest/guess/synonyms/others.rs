//! Data, owners, the organization and waivers.

use super::shared::{EXCUSED, OWNED, TITLED, Tables};
use crate::manifest::{Data, Organization, Owner, Waiver};

pub const TABLES: Tables = &[
    (
        Data::NAME,
        &[
            OWNED,
            TITLED,
            &[
                (
                    "classification",
                    "level sensitivity class classificatie klassifizierung",
                ),
                ("kinds", "type types category categories"),
            ],
        ],
    ),
    (
        Owner::NAME,
        &[&[
            ("kind", "type"),
            ("contact", "email mail slack name"),
            ("members", "people users mitglieder leden"),
            ("left", "left-on departed"),
        ]],
    ),
    (
        Organization::NAME,
        &[&[
            ("name", "title company"),
            ("regions", "countries"),
            (
                "fiscal-year-end",
                "year-end financial-year-end fye boekjaar-einde geschäftsjahresende",
            ),
        ]],
    ),
    (
        Waiver::NAME,
        &[
            EXCUSED,
            &[
                ("rule", "rule-id check"),
                ("subject", "entity path target resource"),
                ("reason", "comment"),
                ("ticket", "issue jira"),
            ],
        ],
    ),
];
