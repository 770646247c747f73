//! What people write for a word of a closed list, list by list.
//!
//! What is meant is shown, and never written by `--fix`: a word is not another word.

use crate::decode::near::folded;

/// The word that is meant, and what people write for it, without blanks, `-` and `_`.
type Synonym = (&'static str, &'static str);

const LISTS: &[(&str, &[Synonym])] = &[
    (
        "IdentityKind",
        &[
            (
                "human",
                "user person employee humanuser mensch persoon personne mitarbeiter medewerker",
            ),
            (
                "service-account",
                "service sa serviceuser serviceprincipal technicaluser technischeruser systemaccount systemuser machine \
                 machineuser robotaccount functionalaccount dienstkonto serviceaccounts k8sserviceaccount kubernetesserviceaccount comptedeservice",
            ),
            (
                "workload-identity",
                "workload managedidentity irsa iamrole role podidentity spiffe",
            ),
            (
                "api-key",
                "apitoken token secret key accesskey apikeys accesstoken pat webhooksecret",
            ),
            (
                "oauth-app",
                "oauth oauthclient oauth2 app application oauthapplication clientcredentials",
            ),
            (
                "ci-pipeline",
                "ci cicd pipeline githubactions gitlabci deploykey deployer workflow runner",
            ),
            ("bot", "chatbot robot slackbot githubapp rpa"),
            ("certificate", "cert tlscert x509 zertifikat certificaat certificat"),
            ("ai-agent", "ai agent llm aiassistant copilot mcp llmagent"),
        ],
    ),
    (
        "Credential",
        &[
            (
                "static-secret",
                "static secret password apikey token clientsecret longlived sharedsecret accesskey pat statickey",
            ),
            ("key-pair", "keypairs sshkey rsa privatekey publickey ed25519 pgp ssh"),
            ("certificate", "cert tls mtls x509"),
            (
                "federated",
                "oidc federation workloadidentityfederation wif saml federatedidentity",
            ),
            (
                "ephemeral",
                "temporary shortlived dynamic sts dynamicsecret jit session",
            ),
        ],
    ),
    (
        "Authentication",
        &[
            ("password", "userpass usernamepassword passwort wachtwoord motdepasse"),
            ("basic", "basicauth httpbasic"),
            ("api-key", "apitoken bearer bearertoken token"),
            ("pat", "personalaccesstoken"),
            ("oauth", "oauth2 clientcredentials oauth20"),
            ("oidc", "openid openidconnect federated workloadidentity"),
            ("mtls", "mutualtls clientcertificate tls certificate cert"),
            ("ssh", "sshkey"),
            ("sigv4", "awssigv4 signaturev4"),
            ("passkey", "webauthn fido2"),
            ("saml", "sso saml2"),
            ("hardware-token", "yubikey smartcard securitykey"),
            ("iam", "awsiam iamauth gcpiam"),
        ],
    ),
    (
        "Environment",
        &[
            ("production", "live prd produktion productie"),
            (
                "staging",
                "stg uat preprod preproduction acceptance acc abnahme acceptatie recette",
            ),
            (
                "development",
                "dev develop sandbox entwicklung ontwikkeling développement local",
            ),
            ("test", "testing qa tst"),
        ],
    ),
    (
        "Action",
        &[
            ("read", "readonly view viewer list get reader lesen lezen lire"),
            (
                "write",
                "update edit editor create modify schreiben schrijven contributor",
            ),
            (
                "admin",
                "administrator owner root superuser fullaccess fullcontrol beheerder",
            ),
            ("export", "download extract"),
            ("approve", "approver approval"),
            ("deploy", "release publish deployer"),
            ("impersonate", "assume actas assumerole"),
            ("*", "all any everything"),
            ("change-financial-record", "post postentries bookentries journal"),
            ("release-payment", "pay payout payouts sendpayment"),
            ("create-payee", "addpayee createvendor createbeneficiary"),
        ],
    ),
    (
        "RotationMode",
        &[
            ("automatic", "auto automated automatisch yes"),
            ("manual", "manually hand manuell handmatig"),
            ("not-applicable", "na n/a none never notneeded"),
        ],
    ),
    (
        "Autonomy",
        &[
            ("suggest", "advisory readonly propose recommend"),
            (
                "act-with-approval",
                "humanintheloop hitl supervised withapproval approval",
            ),
            ("autonomous", "full auto fullyautonomous unsupervised"),
        ],
    ),
    (
        "ServiceKind",
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
        "Lifecycle",
        &[
            ("experimental", "alpha beta preview poc pilot development"),
            ("production", "live active ga prd productie produktion"),
            ("deprecated", "sunset legacy maintenance endoflife eol"),
            ("retired", "decommissioned archived dead off inactive"),
        ],
    ),
    (
        "Exposure",
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
        "FinancialImpact",
        &[
            ("itgc-only", "itgc"),
            ("none", "no na n/a nein nee aucun geen keine"),
            ("own-books", "ownledger internalreporting"),
        ],
    ),
    (
        "Tenancy",
        &[
            ("shared", "multitenant multi"),
            ("single-purpose", "singletenant single dedicated"),
        ],
    ),
    (
        "Scope",
        &[
            ("in", "yes inscope included true"),
            ("out", "no outofscope excluded false"),
        ],
    ),
    (
        "Purpose",
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
        "Category",
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
        "Influence",
        &[
            ("full", "critical hard strong runtime"),
            ("telemetry", "metrics logs observability monitoring"),
            ("none", "no"),
        ],
    ),
    (
        "Level",
        &[
            ("design", "type1 designonly"),
            ("operating", "type2 operatingeffectiveness operational"),
        ],
    ),
    (
        "Framework",
        &[
            ("soc1", "soc1report ssae16"),
            ("soc2", "soc2report"),
            ("soc3", "soc3report"),
            ("isae3402", "isae3402report"),
            ("iso27001", "27001 isms iso27k iso27001certificate"),
        ],
    ),
    (
        "SubjectMatter",
        &[
            ("financial-reporting", "icfr financial finance"),
            ("trust-services", "tsc soc2"),
            ("security", "infosec informationsecurity cybersecurity"),
        ],
    ),
    (
        "Status",
        &[
            ("issued", "final complete completed done published active valid current"),
            ("in-progress", "ongoing running started fieldwork open wip draft"),
            ("planned", "upcoming scheduled todo future"),
            ("withdrawn", "revoked cancelled canceled"),
        ],
    ),
    (
        "CertificateStatus",
        &[
            ("issued", "final active valid certified current gültig geldig"),
            ("in-progress", "ongoing open draft"),
            ("planned", "upcoming scheduled"),
            ("withdrawn", "revoked cancelled canceled"),
            ("suspended", "onhold"),
        ],
    ),
    (
        "Opinion",
        &[
            ("unmodified", "clean pass unqualifiedopinion passed positive"),
            ("qualified", "qualifiedopinion"),
            ("adverse", "fail failed negative"),
            ("disclaimer", "disclaimed disclaimerofopinion"),
        ],
    ),
    (
        "Audience",
        &[
            ("management", "internal board"),
            ("user-entity", "userentities clients"),
            ("user-auditor", "auditor auditors userauditors externalauditor"),
            ("customer", "customers kunden klanten"),
            ("prospect-nda", "prospects prospect nda undernda"),
            ("regulator", "regulators supervisor"),
            ("public", "everyone website anyone"),
        ],
    ),
    (
        "Section",
        &[
            ("infrastructure", "infra hardware"),
            ("procedures", "procedure processes"),
            ("people", "staff personnel"),
            ("software", "applications"),
        ],
    ),
    (
        "Method",
        &[
            ("carve-out", "carvedout carve exclusive excluded carveoutmethod"),
            ("inclusive", "included inclusivemethod include"),
        ],
    ),
    (
        "LetterIssuer",
        &[
            ("management", "company us serviceorganization"),
            ("auditor", "serviceauditor"),
        ],
    ),
    (
        "Classification",
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
        "DataKind",
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
        "Role",
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
        "CuecStatus",
        &[
            ("implemented", "done yes inplace complete active"),
            ("planned", "todo open inprogress no"),
            ("not-applicable", "na n/a notrelevant"),
        ],
    ),
    (
        "Area",
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
        "EvidenceKind",
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
        "OwnerKind",
        &[
            ("team", "group squad department abteilung afdeling équipe"),
            ("person", "user human individual employee mensch persoon personne"),
        ],
    ),
    (
        "Level",
        &[
            ("warning", "warn"),
            ("note", "info advice"),
            ("error", "err critical high"),
            ("off", "disabled ignore false none"),
        ],
    ),
    (
        "FailOn",
        &[
            ("warning", "warn warnings"),
            ("note", "info notes all"),
            ("error", "err errors"),
            ("never", "none off"),
        ],
    ),
];

/// The word of a closed list that is meant by another one.
pub fn of(list: &str, written: &str, words: &[&'static str]) -> Option<&'static str> {
    if written.len() > 64 {
        return None;
    }
    let plain = folded(written);
    let lists = LISTS.iter().filter(|(name, _)| *name == list);
    let all = lists.flat_map(|(_, synonyms)| synonyms.iter());
    let found = all.filter(|(_, synonyms)| synonyms.split_whitespace().any(|synonym| synonym == plain));
    let mut meant = found.filter_map(|(meant, _)| words.iter().copied().find(|word| word == meant));
    meant.next()
}

/// Every word with what it means, by its list.
pub fn all() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    LISTS.iter().flat_map(|(list, synonyms)| {
        let words = synonyms
            .iter()
            .flat_map(|(meant, words)| words.split_whitespace().map(move |word| (word, *meant)));
        words.map(move |(word, meant)| (*list, word, meant))
    })
}

/// Regions as people call them.
const REGIONS: &[(&str, &str)] = &[
    (
        "us",
        "usa unitedstates unitedstatesofamerica america vereinigtestaaten verenigdestaten étatsunis",
    ),
    ("gb", "uk unitedkingdom greatbritain england"),
    ("de", "germany deutschland duitsland allemagne ger deu"),
    (
        "nl",
        "netherlands thenetherlands nederland niederlande paysbas holland nld",
    ),
    ("fr", "france frankrijk frankreich fra"),
    ("be", "belgium belgië belgien belgique"),
    ("ch", "switzerland schweiz suisse zwitserland"),
    ("at", "austria österreich oostenrijk autriche"),
    ("ca", "canada kanada"),
    ("ie", "ireland irland"),
    ("es", "spain españa spanje spanien espagne"),
    ("it", "italy italia italien italië italie"),
    ("se", "sweden schweden zweden"),
    ("au", "australia"),
    ("jp", "japan"),
    ("in", "india"),
    ("sg", "singapore"),
    ("eu", "europe europeanunion europa ue"),
    (
        "global",
        "world worldwide international all everywhere weltweit wereldwijd monde",
    ),
];

/// The region that is meant by another name.
pub fn region(written: &str) -> Option<&'static str> {
    if written.len() > 64 {
        return None;
    }
    let plain = folded(written);
    let mut found = REGIONS
        .iter()
        .filter(|(_, names)| names.split(' ').any(|name| name == plain));
    found.next().map(|(region, _)| *region)
}

/// The actions that a text names, if it names nothing else: `read-write` is two of them.
pub fn actions(written: &str) -> Option<Vec<&'static str>> {
    if written.len() > 64 {
        return None;
    }
    let known: Vec<&'static str> = crate::manifest::Action::ALL
        .iter()
        .map(|action| action.as_str())
        .collect();
    let one = |text: &str| {
        let plain = folded(text);
        let exact = known.iter().copied().find(|action| folded(action) == plain);
        exact.or_else(|| of("Action", text, &known))
    };
    if let Some(action) = one(written) {
        return Some(vec![action]);
    }
    let parts = written.split(['-', '_', '/', ',', '+', '&', '|', ' ']);
    let parts: Option<Vec<&'static str>> = parts.filter(|part| !part.is_empty()).map(one).collect();
    parts.filter(|parts| !parts.is_empty())
}
