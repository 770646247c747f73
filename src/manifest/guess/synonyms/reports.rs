//! Reports and certificates.

use super::shared::{Synonym, Tables};
use crate::manifest::{
    BridgeLetter, Certificate, Cuec, NotRelevant, NotedException, Objective, Report, StatedPeriod, SystemDescription,
};

const REPORT: &[Synonym] = &[
    ("framework", "standard type-of-report kind"),
    ("type", "report-type"),
    ("name", "title"),
    (
        "period",
        "audit-period reporting-period coverage-period zeitraum berichtszeitraum période",
    ),
    ("period.from", "start from period-start start-date"),
    ("period.to", "end to period-end end-date"),
    ("as-of", "as-at point-in-time"),
    (
        "issued",
        "date issued-on issue-date report-date published ausgestellt uitgegeven",
    ),
    (
        "auditor",
        "issuer issued-by audit-firm firm service-auditor audited-by prüfer auditeur accountant",
    ),
    ("status", "state"),
    ("opinion", "conclusion result"),
    (
        "categories",
        "trust-services-categories tsc principles trust-principles kategorien",
    ),
    (
        "covers",
        "services service in-scope scope systems system covered-services umfang omvat couvre",
    ),
    ("audience", "distribution readers"),
    ("cuecs", "user-entity-controls complementary-user-entity-controls"),
    ("predecessor", "previous prior-report replaces"),
    ("bridge-letter", "bridge gap-letter"),
    ("not-relevant", "exclusions"),
    ("exceptions", "findings deviations"),
    ("expected", "due expected-on"),
];

const CERTIFICATE: &[Synonym] = &[
    ("framework", "standard norm norme kind"),
    ("name", "title"),
    ("edition", "version year"),
    ("statement-of-applicability", "soa"),
    (
        "body",
        "issuer issued-by certification-body certifier registrar auditor zertifizierer aussteller",
    ),
    ("accreditation", "accredited-by"),
    ("issued", "date issued-on issue-date valid-from gültig-ab"),
    (
        "expires",
        "expiry expiry-date expires-on valid-until valid-to gültig-bis geldig-tot valable-jusqu-au",
    ),
    ("surveillance", "surveillance-audits"),
    ("covers", "services service systems"),
    ("status", "state"),
];

const PERIOD: &[Synonym] = &[
    ("from", "start begin since start-date von van du"),
    ("to", "end until till end-date bis tot au"),
];

pub const TABLES: Tables = &[
    (Report::NAME, &[REPORT]),
    (Certificate::NAME, &[CERTIFICATE]),
    (StatedPeriod::NAME, &[PERIOD]),
    (
        BridgeLetter::NAME,
        &[&[
            ("period.from", "from start"),
            ("period.to", "to end"),
            ("issued-by", "signed-by by"),
            ("evidence", "file at"),
        ]],
    ),
    (
        SystemDescription::NAME,
        &[&[("sections", "components"), ("evidence", "file at path")]],
    ),
    (Objective::NAME, &[&[("text", "title description objective name")]]),
    (Cuec::NAME, &[&[("text", "title description name"), ("id", "ref")]]),
    (
        NotRelevant::NAME,
        &[&[("id", "criterion"), ("reason", "justification why")]],
    ),
    (
        NotedException::NAME,
        &[&[
            ("about", "control criterion"),
            ("text", "description"),
            ("response", "management-response"),
        ]],
    ),
];
