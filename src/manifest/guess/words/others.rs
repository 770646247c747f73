//! Words of data, third parties, controls, evidence and owners.

use super::Lists;
use crate::model::{Area, Classification, CuecStatus, DataKind, EvidenceKind, OwnerKind, Role};

pub const LISTS: Lists = &[
    (
        Classification::NAME,
        &[
            ("public", "open öffentlich openbaar publique"),
            ("internal", "internaluse internalonly intern interne"),
            (
                "confidential",
                "vertraulich vertrouwelijk confidentiel confidentielle sensitive",
            ),
            (
                "restricted",
                "strictlyconfidential highlyconfidential strengvertraulich geheim topsecret",
            ),
        ],
    ),
    (
        DataKind::NAME,
        &[
            ("financial-record", "financial finance accounting ledger financialdata"),
            (
                "personal",
                "pii personaldata gdpr personenbezogen persoonsgegevens donnéespersonnelles",
            ),
            ("special-category", "phi health medical specialcategories"),
            ("cardholder", "pci card cardholderdata pan carddata"),
            ("secret", "secrets credentials keys"),
        ],
    ),
    (
        Role::NAME,
        &[
            ("vendor", "supplier saas provider lieferant leverancier fournisseur"),
            (
                "subservice-organization",
                "subservice subserviceorganisation hosting hostingprovider cloudprovider cloud iaas subserviceprovider",
            ),
            (
                "sub-processor",
                "processor dataprocessor auftragsverarbeiter verwerker subverwerker soustraitant",
            ),
        ],
    ),
    (
        CuecStatus::NAME,
        &[
            ("implemented", "done yes inplace complete active"),
            ("planned", "todo open inprogress no"),
            ("not-applicable", "na n/a notrelevant"),
        ],
    ),
    (
        Area::NAME,
        &[
            (
                "logical-access",
                "access iam accesscontrol accessmanagement logicalaccesscontrol zugriff toegang",
            ),
            ("physical-access", "physical physicalsecurity"),
            ("change", "changemanagement sdlc changecontrol änderungen wijzigingen"),
            ("operations", "ops itoperations backup betrieb"),
            ("monitoring", "logging detection"),
            ("processing", "transactionprocessing business finance"),
        ],
    ),
    (
        EvidenceKind::NAME,
        &[
            ("policy", "policies richtlinie beleid politique"),
            ("procedure", "process runbook playbook"),
            ("description", "diagram architecture systemdescription"),
            ("risk-assessment", "risk risks riskregister"),
            ("log", "logs screenshot export auditlog protokoll"),
            ("ticket", "jira issue change changerequest"),
            ("review", "accessreview userreview"),
            ("test", "pentest penetrationtest testresult restoretest scan"),
            ("monitoring", "dashboard alert alerts"),
            ("approval", "signoff"),
            ("revocation", "offboarding deprovisioning"),
        ],
    ),
    (
        OwnerKind::NAME,
        &[
            ("team", "group squad department abteilung afdeling équipe"),
            ("person", "user human individual employee mensch persoon personne"),
        ],
    ),
];
