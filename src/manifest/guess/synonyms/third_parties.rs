//! Third parties, and their reports.

use super::shared::{OWNED, Synonym, TITLED, Tables};
use crate::manifest::{Csoc, ProviderCuec, ProviderReport, ThirdParty};

const THIRD_PARTY: &[Synonym] = &[
    ("role", "type kind category rôle rol"),
    ("method", "subservice-method"),
    ("supports", "services used-by service used-for diensten dienste"),
    ("data", "data-processed processes"),
    ("since", "onboarded contract-start sinds seit depuis"),
    ("csocs", "complementary-controls"),
    (
        "reports",
        "assurance attestations certifications certificates compliance soc-reports soc-report berichte \
         rapporten rapports",
    ),
    (
        "review.last",
        "last-reviewed last-review last-assessment reviewed laatste-beoordeling letzte-prüfung",
    ),
    ("review.by", "reviewed-by reviewer"),
    ("review.every", "review-period review-frequency review-cycle"),
    ("cuecs", "user-entity-controls"),
];

const PROVIDER_REPORT: &[Synonym] = &[
    ("framework", "standard"),
    ("name", "title"),
    ("period.from", "start from period-start"),
    ("period.to", "end to period-end"),
    ("as-of", "date"),
    ("services", "covers"),
    ("evidence", "file link url document path"),
    ("bridge-letter", "gap-letter"),
];

pub const TABLES: Tables = &[
    (ThirdParty::NAME, &[OWNED, TITLED, THIRD_PARTY]),
    (ProviderReport::NAME, &[PROVIDER_REPORT]),
    (
        ProviderCuec::NAME,
        &[&[("text", "title description name"), ("owner", "team")]],
    ),
    (Csoc::NAME, &[&[("text", "title description name")]]),
];
