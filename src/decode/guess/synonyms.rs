//! What people write for a key that is called otherwise, table by table.
//!
//! A key that is meant is shown, and never written by `--fix`: a word is not another word. The test in
//! `tests/suite/synonyms.rs` takes each of these at its word.

use std::collections::HashMap;
use std::sync::LazyLock;

/// The keys that lead to what is meant, and the words that people write for it.
type Synonym = (&'static str, &'static str);

/// Tables of entities, and single keys at the top of a file. What is meant depends on what stands there: `team = ".."`
/// is an owner, `[team.x]` one of several.
const TOP: &[Synonym] = &[
    ("namespace", "project domain domein bereich domaine"),
    (
        "owner",
        "team maintainer owned-by responsible contact eigenaar verantwortlich eigentümer propriétaire \
         proprietaire responsable",
    ),
    ("organization", "company org organisatie unternehmen entreprise bedrijf"),
    (
        "owners",
        "team teams people persons groups eigenaren eigentümer équipes equipes propriétaires",
    ),
    (
        "services",
        "system systems application applications apps products components microservices diensten dienst \
         dienste systeme systemen systèmes anwendungen applicaties",
    ),
    (
        "identities",
        "nhi nhis non-human-identities machine-identities secrets secret credentials api-keys api-key tokens \
         service-accounts service-account service-principals workload-identities technical-users bots agents \
         ai-agents oauth-apps pipelines users accounts principals identiteiten identitäten identités \
         dienstkonten comptes-de-service serviceaccounts geheimnisse",
    ),
    ("profiles", "defaults templates identity-profiles"),
    (
        "data",
        "data-categories data-classes data-types datasets information-assets gegevens daten données donnees",
    ),
    (
        "reports",
        "audits attestations soc-reports assurance assurance-reports audit-reports rapporten rapportages \
         berichte rapports",
    ),
    ("certificates", "certifications certs zertifikate"),
    (
        "third-parties",
        "vendors vendor suppliers supplier providers subprocessors sub-processors subservice-organizations \
         subservice partners lieferanten dienstleister leveranciers derde-partijen fournisseurs prestataires \
         tiers sous-traitants",
    ),
    (
        "controls",
        "safeguards internal-controls kontrollen maßnahmen beheersmaatregelen maatregelen contrôles",
    ),
    (
        "evidence",
        "artifacts artefacts proofs documents nachweise bewijs bewijzen bewijsstukken preuves",
    ),
    (
        "waivers",
        "exceptions exemptions suppressions risk-acceptances ausnahmen uitzonderingen dérogations",
    ),
];

/// What the name of a table of identities or third parties says of each of them: a key, its value, and the words.
const IMPLIED: &[(&str, &str, &str)] = &[
    ("kind", "api-key", "secrets secret geheimnisse tokens api-keys api-key"),
    (
        "kind",
        "service-account",
        "service-accounts service-account serviceaccounts dienstkonten comptes-de-service technical-users service-principals",
    ),
    ("kind", "workload-identity", "workload-identities"),
    ("kind", "bot", "bots"),
    ("kind", "ai-agent", "ai-agents agents"),
    ("kind", "oauth-app", "oauth-apps"),
    ("kind", "ci-pipeline", "pipelines"),
    ("kind", "human", "users"),
    ("role", "sub-processor", "subprocessors sub-processors sous-traitants"),
    ("role", "subservice-organization", "subservice-organizations subservice"),
];

const OWNED: &[Synonym] = &[(
    "owner",
    "team owned-by owning-team owner-team business-owner maintainer maintained-by responsible \
         responsible-team custodian steward eigenaar verantwoordelijke verantwortlich verantwortlicher \
         eigentümer propriétaire proprietaire responsable",
)];

const TITLED: &[Synonym] = &[("title", "name display-name label naam bezeichnung nom libellé")];

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

const IDENTITY: &[Synonym] = &[
    ("profile", "template inherits extends"),
    (
        "description",
        "purpose comment notes name title display-name used-for omschrijving beschreibung zweck doel",
    ),
    ("created", "created-on created-at creation-date erstellt aangemaakt"),
    (
        "expires",
        "expiry expiry-date expires-on expires-at expiration valid-until not-after gültig-bis geldig-tot",
    ),
    ("retired", "decommissioned disabled-on"),
    ("kind", "type identity-type account-type soort art typ"),
    ("credential", "credential-type secret-type"),
    ("authentication", "auth auth-method auth-type authn login-method"),
    ("provider", "vendor issuer supplier"),
    (
        "subject-condition",
        "subject sub oidc-subject subject-claim condition trust-condition",
    ),
    (
        "store",
        "location stored-in storage secret-store vault where backend opslag ablage ablageort emplacement",
    ),
    ("copies", "synced-to replicas"),
    ("environments", "env envs umgebung umgebungen omgeving environnement"),
    (
        "services",
        "used-by application applications systems system diensten dienste",
    ),
    (
        "access.actions",
        "permissions permission rights privileges roles role actions access-level berechtigungen rechten \
         droits",
    ),
    ("access.service", "target resource"),
    ("access.data", "data data-access"),
    ("may-assume", "can-assume assumes impersonates"),
    ("acts-for", "on-behalf-of delegated-by"),
    ("locators", "arn reference references found-in email resource-id"),
    (
        "rotation.last",
        "last-rotated last-rotation rotated-on rotated-at rotated rotation-date letzte-rotation laatst- \
         geroteerd dernière-rotation",
    ),
    (
        "rotation.every",
        "rotation-period rotation-interval rotation-frequency rotation-days rotate-every rotate-after rotates \
         max-age ttl",
    ),
    ("rotation.evidence", "rotation-policy rotation-evidence"),
    ("rotation.mode", "auto-rotate rotation-mode"),
    (
        "review.last",
        "last-reviewed last-review reviewed-on reviewed letzte-prüfung laatste-review",
    ),
    ("review", "access-review"),
    ("review.by", "reviewer reviewed-by"),
    (
        "review.every",
        "review-period review-interval review-frequency review-cadence",
    ),
    ("offboarding", "decommissioning deprovisioning revocation"),
    ("offboarding.revoked", "revoked revoked-on"),
    ("monitoring", "logging alerting"),
    ("monitoring.evidence", "monitored-by logs"),
    ("approval.approved-by", "approver approved-by"),
    ("approval.approved-on", "approved approved-on"),
    ("privilege.reason", "justification"),
    ("interactive-login.allowed", "interactive"),
    ("oauth.scopes", "scopes scope"),
    ("oauth.grants", "grants grant-types"),
    ("agent.accountable", "accountable"),
    ("agent.autonomy", "autonomy"),
    ("agent.oversight", "oversight human-in-the-loop"),
];

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

const CONTROL: &[Synonym] = &[
    ("title", "description objective"),
    ("area", "domain category type"),
    ("effective", "since effective-date in-effect-since"),
    (
        "every",
        "frequency cadence interval period häufigkeit frequentie fréquence",
    ),
    (
        "criteria",
        "mapping mappings maps-to criterion tsc requirement requirements",
    ),
    ("catalogue", "framework"),
    ("design", "policy policies procedure"),
    ("operating", "evidence tests bewijs nachweis nachweise preuve"),
    ("inherited-from", "performed-by"),
];

const EVIDENCE: &[Synonym] = &[
    ("kind", "type"),
    ("at", "path file url link location uri source pfad pad chemin"),
    ("collected", "date collected-on collected-at datum"),
    ("period.from", "start"),
    ("period.to", "end"),
    ("valid-for", "validity valid"),
    ("sha256", "hash checksum digest"),
];

const PERIOD: &[Synonym] = &[
    ("from", "start begin since start-date von van du"),
    ("to", "end until till end-date bis tot au"),
];

const RECURRING: &[Synonym] = &[
    ("every", "interval frequency period cadence days max-age"),
    ("last", "last-rotated last-review last-reviewed date on"),
    ("evidence", "proof policy nachweis bewijs preuve"),
];

const EXCUSED: &[Synonym] = &[
    ("reason", "justification why rationale reden grund raison"),
    ("approved-by", "approver approved"),
    ("expires", "expiry until valid-until"),
];

/// By the type that a table is read as.
const TABLES: &[(&str, &[&[Synonym]])] = &[
    ("Service", &[OWNED, TITLED, SERVICE]),
    ("Identity", &[OWNED, IDENTITY]),
    ("Report", &[REPORT]),
    ("Certificate", &[CERTIFICATE]),
    ("ThirdParty", &[OWNED, TITLED, THIRD_PARTY]),
    ("ProviderReport", &[PROVIDER_REPORT]),
    ("Control", &[OWNED, TITLED, CONTROL]),
    ("Evidence", &[OWNED, EVIDENCE]),
    (
        "Data",
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
        "Owner",
        &[&[
            ("kind", "type"),
            ("contact", "email mail slack name"),
            ("members", "people users mitglieder leden"),
            ("left", "left-on departed"),
        ]],
    ),
    (
        "Organization",
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
        "UserEntities",
        &[&[
            ("regions", "countries markets"),
            ("sec-issuers", "public-companies sec-registrants issuers"),
            ("fiscal-year-ends", "year-ends"),
        ]],
    ),
    ("Dependency", &[&[("service", "name on"), ("influence", "type")]]),
    (
        "Reliance",
        &[&[("third-party", "vendor name provider"), ("uses", "services products")]],
    ),
    (
        "Claim",
        &[&[("report", "name framework id"), ("for", "purpose audience")]],
    ),
    (
        "Access",
        &[&[
            ("actions", "permissions permission rights level role can verbs"),
            ("service", "system target resource to on"),
        ]],
    ),
    (
        "Rotation",
        &[
            RECURRING,
            &[("last", "last-rotation"), ("mode", "type method automated")],
        ],
    ),
    ("Review", &[RECURRING, &[("by", "reviewer reviewed-by owner who")]]),
    (
        "Offboarding",
        &[&[
            ("trigger", "when on"),
            ("evidence", "procedure"),
            ("revoked", "revoked-on"),
        ]],
    ),
    ("Monitoring", &[&[("evidence", "rule dashboard url alert link")]]),
    (
        "Approval",
        &[&[
            ("approved-by", "by approver"),
            ("approved-on", "on date"),
            ("evidence", "ticket"),
        ]],
    ),
    ("Privilege", &[EXCUSED, &[("approved-by", "by")]]),
    (
        "Exclusion",
        &[EXCUSED, &[("approved-by", "by"), ("ticket", "jira issue")]],
    ),
    (
        "InteractiveLogin",
        &[&[
            ("allowed", "enabled"),
            ("reason", "justification why rationale"),
            ("approved-by", "approver approved by"),
        ]],
    ),
    (
        "Agent",
        &[&[
            ("accountable", "owner human"),
            ("autonomy", "mode level"),
            ("oversight", "supervision"),
        ]],
    ),
    ("StatedPeriod", &[PERIOD]),
    (
        "BridgeLetter",
        &[&[
            ("period.from", "from start"),
            ("period.to", "to end"),
            ("issued-by", "signed-by by"),
            ("evidence", "file at"),
        ]],
    ),
    (
        "SystemDescription",
        &[&[("sections", "components"), ("evidence", "file at path")]],
    ),
    ("Objective", &[&[("text", "title description objective name")]]),
    ("Cuec", &[&[("text", "title description name"), ("id", "ref")]]),
    (
        "ProviderCuec",
        &[&[("text", "title description name"), ("owner", "team")]],
    ),
    ("Csoc", &[&[("text", "title description name")]]),
    (
        "NotRelevant",
        &[&[("id", "criterion"), ("reason", "justification why")]],
    ),
    (
        "NotedException",
        &[&[
            ("about", "control criterion"),
            ("text", "description"),
            ("response", "management-response"),
        ]],
    ),
    ("ControlLink", &[&[("report", "name id"), ("narrative", "description")]]),
    (
        "EvidenceRef",
        &[&[("at", "path file url link"), ("collected", "date collected-on")]],
    ),
    (
        "Waiver",
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

fn words(list: &'static [Synonym]) -> impl Iterator<Item = (&'static str, &'static str)> {
    list.iter()
        .flat_map(|(meant, words)| words.split(' ').map(move |word| (word, *meant)))
}

/// Every word with what it means, by the type that its table is read as.
pub fn all() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    let top = std::iter::once(("Manifest", &[TOP][..]));
    let lists = top.chain(TABLES.iter().copied());
    lists.flat_map(|(table, lists)| {
        let all = lists.iter().flat_map(|list| words(list));
        all.map(move |(word, meant)| (table, word, meant))
    })
}

/// What each word means, by the type of its table.
static MEANT: LazyLock<HashMap<&str, HashMap<&str, Vec<&'static str>>>> = LazyLock::new(|| {
    let mut index: HashMap<&str, HashMap<&str, Vec<&'static str>>> = HashMap::new();
    for (table, word, meant) in all() {
        let words = index.entry(table).or_default();
        words.entry(word).or_default().push(meant);
    }
    index
});

/// What a key of a table may mean, by the keys that lead to it. Case and `_` never matter.
pub fn of(table: &str, written: &str) -> impl Iterator<Item = &'static str> {
    let found = MEANT.get(table).and_then(|words| words.get(plain(written).as_str()));
    found.into_iter().flatten().copied()
}

/// What the name of a table says of each of its entities: a key and its value.
pub fn implied(written: &str) -> Option<(&'static str, &'static str)> {
    let plain = plain(written);
    let found = IMPLIED
        .iter()
        .find(|(.., words)| words.split(' ').any(|word| word == plain))?;
    Some((found.0, found.1))
}

/// A key as it stands in the lists: `lastRotated`, `last_rotated` and `Last Rotated` are `last-rotated`.
fn plain(written: &str) -> String {
    let mut plain = String::new();
    if written.len() > 64 {
        return plain;
    }
    let mut before_is_small = false;
    for c in written.chars() {
        if c.is_uppercase() && before_is_small {
            plain.push('-');
        }
        before_is_small = c.is_lowercase();
        match c {
            '_' | ' ' => plain.push('-'),
            _ => plain.extend(c.to_lowercase()),
        }
    }
    plain
}
