//! Words of services.

use super::Lists;
use crate::model::{
    Category, Exposure, FinancialImpact, Influence, Level, Lifecycle, Purpose, Scope, ServiceKind, Tenancy,
};

pub const LISTS: Lists = &[
    (
        ServiceKind::NAME,
        &[
            ("saas", "application app web webapp api website"),
            ("iaas", "infrastructure cloud compute hosting"),
            ("paas", "platform"),
            ("datacenter", "datacentre colocation colo rechenzentrum"),
            ("payroll-hr", "payroll hr hris salaris lohn paie"),
            ("billing", "invoicing subscriptions facturation facturatie abrechnung"),
            (
                "payments",
                "payment psp paymentprocessing acquiring zahlungen betalingen paiements",
            ),
            ("fulfilment", "fulfillment logistics"),
            ("shared-platform", "kubernetes sharedservice sharedservices"),
            ("internal-tool", "internal backoffice tool tooling"),
            ("ai-service", "ai ml llm"),
            ("software", "onpremise onprem selfhosted library"),
        ],
    ),
    (
        Lifecycle::NAME,
        &[
            ("experimental", "alpha beta preview poc pilot development"),
            ("production", "live active ga prd productie produktion"),
            ("deprecated", "sunset legacy maintenance endoflife eol"),
            ("retired", "decommissioned archived dead off inactive"),
        ],
    ),
    (
        Exposure::NAME,
        &[
            (
                "external",
                "public customer customerfacing internet customers extern externe",
            ),
            ("internal", "private intern interne employees"),
            ("self-hosted", "onprem onpremise"),
        ],
    ),
    (
        FinancialImpact::NAME,
        &[
            ("itgc-only", "itgc"),
            ("none", "no na n/a nein nee aucun geen keine"),
            ("own-books", "ownledger internalreporting"),
        ],
    ),
    (
        Tenancy::NAME,
        &[
            ("shared", "multitenant multi"),
            ("single-purpose", "singletenant single dedicated"),
        ],
    ),
    (
        Scope::NAME,
        &[
            ("in", "yes inscope included true"),
            ("out", "no outofscope excluded false"),
        ],
    ),
    (
        Purpose::NAME,
        &[
            (
                "financial-statement-audit",
                "icfr financialaudit sox audit financialstatements soxaudit",
            ),
            (
                "security-due-diligence",
                "duediligence security vendorassessment tprm customers",
            ),
            ("market-qualification", "sales rfp marketing tender"),
            ("internal-governance", "governance internal"),
        ],
    ),
    (
        Category::NAME,
        &[
            ("security", "sec commoncriteria cc sicherheit beveiliging sécurité"),
            ("availability", "avail verfügbarkeit beschikbaarheid disponibilité"),
            ("processing-integrity", "pi integrity integrität integriteit"),
            (
                "confidentiality",
                "conf vertraulichkeit vertrouwelijkheid confidentialité",
            ),
            ("privacy", "datenschutz dataprotection gdpr"),
        ],
    ),
    (
        Influence::NAME,
        &[
            ("full", "critical hard strong runtime"),
            ("telemetry", "metrics logs observability monitoring"),
            ("none", "no"),
        ],
    ),
    (
        Level::NAME,
        &[
            ("design", "type1 designonly"),
            ("operating", "type2 operatingeffectiveness operational"),
        ],
    ),
];
