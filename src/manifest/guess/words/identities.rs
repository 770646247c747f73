//! Words of identities.

use super::Lists;
use crate::model::{Action, Authentication, Autonomy, Credential, Environment, IdentityKind, RotationMode};

pub const LISTS: Lists = &[
    (
        IdentityKind::NAME,
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
        Credential::NAME,
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
        Authentication::NAME,
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
        Environment::NAME,
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
        Action::NAME,
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
        RotationMode::NAME,
        &[
            ("automatic", "auto automated automatisch yes"),
            ("manual", "manually hand manuell handmatig"),
            ("not-applicable", "na n/a none never notneeded"),
        ],
    ),
    (
        Autonomy::NAME,
        &[
            ("suggest", "advisory readonly propose recommend"),
            (
                "act-with-approval",
                "humanintheloop hitl supervised withapproval approval",
            ),
            ("autonomous", "full auto fullyautonomous unsupervised"),
        ],
    ),
];
