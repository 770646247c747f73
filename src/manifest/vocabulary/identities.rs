//! Words of identities: what they are, and what they may do.

vocabulary! {
    /// What kind of identity it is; all but `human` are non-human identities (NHIs).
    pub enum IdentityKind {
        Human = "human",
        ServiceAccount = "service-account",
        WorkloadIdentity = "workload-identity",
        ApiKey = "api-key",
        OauthApp = "oauth-app",
        CiPipeline = "ci-pipeline",
        Bot = "bot",
        Certificate = "certificate",
        AiAgent = "ai-agent",
    }
}

vocabulary! {
    /// How an identity proves itself.
    pub enum Credential {
        /// A secret that stays the same until it is rotated.
        StaticSecret = "static-secret",
        KeyPair = "key-pair",
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
        Password = "password",
        Basic = "basic",
        ApiKey = "api-key",
        Pat = "pat",
        Oauth = "oauth",
        Oidc = "oidc",
        Mtls = "mtls",
        Ssh = "ssh",
        Sigv4 = "sigv4",
        Passkey = "passkey",
        Saml = "saml",
        Kerberos = "kerberos",
        Jwt = "jwt",
        Hmac = "hmac",
        Iam = "iam",
        HardwareToken = "hardware-token",
    }
}

vocabulary! {
    /// Where an identity acts.
    pub enum Environment {
        Production = "production",
        Staging = "staging",
        Development = "development",
        Test = "test",
    }
}

vocabulary! {
    /// What an identity may do.
    pub enum Action {
        Read = "read",
        Write = "write",
        /// Administer; implies none of the others.
        Admin = "admin",
        ChangeFinancialRecord = "change-financial-record",
        CreatePayee = "create-payee",
        ReleasePayment = "release-payment",
        /// Take data out of the service.
        Export = "export",
        Approve = "approve",
        Deploy = "deploy",
        Impersonate = "impersonate",
        /// Every action.
        All = "*",
    }
}

vocabulary! {
    /// How a credential is rotated.
    pub enum RotationMode {
        Automatic = "automatic",
        Manual = "manual",
        /// It cannot be rotated; say why in `reason`.
        NotApplicable = "not-applicable",
    }
}

vocabulary! {
    /// What an agent may do by itself.
    pub enum Autonomy {
        /// It proposes; people act.
        Suggest = "suggest",
        /// It acts once a person approved.
        ActWithApproval = "act-with-approval",
        Autonomous = "autonomous",
    }
}

impl Action {
    /// The actions that move money or change the books.
    pub const FINANCIAL: [Self; 3] = [Self::ChangeFinancialRecord, Self::CreatePayee, Self::ReleasePayment];
}

impl Credential {
    /// Whether it stays the same until somebody rotates it.
    pub const fn is_static(self) -> bool {
        matches!(self, Self::StaticSecret | Self::KeyPair | Self::Certificate)
    }
}
