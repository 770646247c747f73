//! Services.

use super::shared::{EXCUSED, OWNED, Synonym, TITLED, Tables};
use crate::manifest::{Claim, Dependency, Exclusion, Reliance, Service, UserEntities};

const SERVICE: &[Synonym] = &[
    ("description", "summary purpose omschrijving beschreibung"),
    (
        "since",
        "go-live live-since launched in-production-since start-date sinds seit depuis",
    ),
    ("kind", "type category soort art"),
    ("lifecycle", "stage state status environment levenscyclus"),
    ("exposure", "visibility audience"),
    ("financial-impact", "icfr-impact financial-relevance icfr sox-impact"),
    ("user-entities", "customers clients"),
    ("user-entities.regions", "customer-regions client-regions regions"),
    ("user-entities.sec-issuers", "sec-registrants sox-customers"),
    ("user-entities.fiscal-year-ends", "year-ends"),
    ("commitments", "promises trust-services-categories tsc"),
    (
        "data",
        "data-categories data-types data-classes processes stores gegevens daten données",
    ),
    (
        "depends-on",
        "dependencies requires upstream uses afhankelijk-van abhängig-von dépend-de",
    ),
    (
        "third-parties",
        "vendors suppliers providers subprocessors subservice-organizations leveranciers lieferanten \
         dienstleister fournisseurs prestataires",
    ),
    ("operated-by", "hosted-by run-by operator hosting-provider"),
    (
        "claims",
        "reports claimed-reports claimed-report attestations covered-by assurance certifications certificates \
         soc-reports compliance",
    ),
    ("scope", "in-scope"),
];

pub const TABLES: Tables = &[
    (Service::NAME, &[OWNED, TITLED, SERVICE]),
    (
        UserEntities::NAME,
        &[&[
            ("regions", "countries markets"),
            ("sec-issuers", "public-companies sec-registrants issuers"),
            ("fiscal-year-ends", "year-ends"),
        ]],
    ),
    (Dependency::NAME, &[&[("service", "name on"), ("influence", "type")]]),
    (
        Reliance::NAME,
        &[&[("third-party", "vendor name provider"), ("uses", "services products")]],
    ),
    (
        Claim::NAME,
        &[&[("report", "name framework id"), ("for", "purpose audience")]],
    ),
    (
        Exclusion::NAME,
        &[EXCUSED, &[("approved-by", "by"), ("ticket", "jira issue")]],
    ),
];
