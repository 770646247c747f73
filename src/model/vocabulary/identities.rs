//! Words of identities: what they are, and what they may do.

vocabulary! {
    /// What kind of identity it is; all but `human` are non-human identities (NHIs).
    pub enum IdentityKind {
        /// A person; the only kind that is not a non-human identity.
        Human = "human",
        /// An account of a program.
        ServiceAccount = "service-account",
        /// An identity that a platform gives to what runs on it.
        WorkloadIdentity = "workload-identity",
        /// A key that authenticates its bearer.
        ApiKey = "api-key",
        /// An application to which access was granted over OAuth.
        OauthApp = "oauth-app",
        /// A pipeline that builds, tests or deploys.
        CiPipeline = "ci-pipeline",
        /// A program that acts like a user.
        Bot = "bot",
        /// A machine that is known by its certificate.
        Certificate = "certificate",
        /// A program whose actions a model decides; details in `agent`.
        AiAgent = "ai-agent",
    }
}

vocabulary! {
    /// An identity's kind of credential.
    pub enum Credential {
        /// A secret that stays the same until it is rotated.
        StaticSecret = "static-secret",
        /// A private key and its public half; static.
        KeyPair = "key-pair",
        /// A private key and a certificate for it; static.
        Certificate = "certificate",
        /// Trust in another identity provider, such as OIDC.
        Federated = "federated",
        /// Issued for a short time at each use.
        Ephemeral = "ephemeral",
        /// Held and rotated by the provider; name it in `provider`.
        ProviderManaged = "provider-managed",
    }
}

vocabulary! {
    /// The protocol by which an identity authenticates.
    pub enum Authentication {
        /// A password.
        Password = "password",
        /// HTTP basic authentication.
        Basic = "basic",
        /// A key sent with each request.
        ApiKey = "api-key",
        /// A personal access token.
        Pat = "pat",
        /// OAuth 2.0.
        Oauth = "oauth",
        /// OpenID Connect.
        Oidc = "oidc",
        /// TLS with a certificate on both sides.
        Mtls = "mtls",
        /// SSH keys or certificates.
        Ssh = "ssh",
        /// Requests signed as AWS asks (Signature Version 4).
        Sigv4 = "sigv4",
        /// A passkey (WebAuthn).
        Passkey = "passkey",
        /// SAML.
        Saml = "saml",
        /// Kerberos.
        Kerberos = "kerberos",
        /// A signed token (JSON Web Token).
        Jwt = "jwt",
        /// Requests signed with a shared key.
        Hmac = "hmac",
        /// An identity vouched for by the cloud's own identity service.
        Iam = "iam",
        /// A key that cannot leave its device.
        HardwareToken = "hardware-token",
    }
}

vocabulary! {
    /// Where an identity acts.
    pub enum Environment {
        /// What user entities rely on.
        Production = "production" | "prod",
        /// The last stage before production.
        Staging = "staging" | "stage",
        /// Where software is written.
        Development = "development",
        /// Where software is tried.
        Test = "test",
    }
}

vocabulary! {
    /// What an identity may do.
    pub enum Action {
        /// Read data.
        Read = "read",
        /// Change data.
        Write = "write",
        /// Administer; implies none of the others.
        Admin = "admin",
        /// Change what ends up in someone's books.
        ChangeFinancialRecord = "change-financial-record",
        /// Add or change payees.
        CreatePayee = "create-payee",
        /// Release payments.
        ReleasePayment = "release-payment",
        /// Export data from the service.
        Export = "export",
        /// Approve what another prepared.
        Approve = "approve",
        /// Deploy software or configuration to an environment.
        Deploy = "deploy",
        /// Act under another's name.
        Impersonate = "impersonate",
        /// Every action.
        All = "*",
    }
}

vocabulary! {
    /// How a credential is rotated.
    pub enum RotationMode {
        /// By a program, without human action.
        Automatic = "automatic",
        /// By a person.
        Manual = "manual",
        /// It cannot be rotated; state why in `reason`.
        NotApplicable = "not-applicable",
    }
}

vocabulary! {
    /// How autonomous an agent is.
    pub enum Autonomy {
        /// It proposes; people act.
        Suggest = "suggest",
        /// It acts once a person has approved.
        ActWithApproval = "act-with-approval",
        /// It acts by itself.
        Autonomous = "autonomous",
    }
}

impl Action {
    /// The actions that move money or change the books.
    pub const FINANCIAL: [Self; 3] = [Self::ChangeFinancialRecord, Self::CreatePayee, Self::ReleasePayment];
}

impl Credential {
    /// Whether it stays the same until it is rotated.
    pub const fn is_static(self) -> bool {
        matches!(self, Self::StaticSecret | Self::KeyPair | Self::Certificate)
    }
}
