//! Tables, and single keys at the top of a file.

use super::shared::Synonym;

/// Tables of entities, and single keys at the top of a file. What is meant depends on what is there: `team = ".."`
/// is an owner, `[team.x]` one of several.
pub const TOP: &[Synonym] = &[
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
pub const IMPLIED: &[(&str, &str, &str)] = &[
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
