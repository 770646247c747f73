//! The closed lists of words that manifests may use.

/// Defines an enum whose variants are written in a manifest as the given text.
macro_rules! vocabulary {
    ($(#[$meta:meta])* pub enum $name:ident { $($(#[$doc:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Deserialize, schemars::JsonSchema)]
        pub enum $name { $($(#[$doc])* #[serde(rename = $text)] $variant,)* }

        impl $name {
            /// Every value, in the order of the reference.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// As it is written in a manifest.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

vocabulary! {
    /// What a service is.
    pub enum ServiceKind {
        Saas = "saas",
        Iaas = "iaas",
        Paas = "paas",
        Datacenter = "datacenter",
        ManagedService = "managed-service",
        PayrollHr = "payroll-hr",
        Billing = "billing",
        Payments = "payments",
        TransactionProcessing = "transaction-processing",
        Fulfilment = "fulfilment",
        FinancialService = "financial-service",
        PensionAdministration = "pension-administration",
        FundAdministration = "fund-administration",
        Custody = "custody",
        Insurance = "insurance",
        Tax = "tax",
        ControlPlane = "control-plane",
        SharedPlatform = "shared-platform",
        InternalTool = "internal-tool",
        AiService = "ai-service",
        DataProvider = "data-provider",
        Software = "software",
    }
}

vocabulary! {
    /// Where a service is in its life.
    pub enum Lifecycle {
        /// Tried out; nothing is promised about it.
        Experimental = "experimental",
        /// In use.
        Production = "production",
        /// Still in use, and on its way out.
        Deprecated = "deprecated",
        /// No longer in use.
        Retired = "retired",
    }
}

vocabulary! {
    /// Who a service is for.
    pub enum Exposure {
        /// Offered to user entities.
        External = "external",
        /// Used inside the organization only.
        Internal = "internal",
        /// Software that customers run themselves: no system of the organization.
        SelfHosted = "self-hosted",
    }
}

vocabulary! {
    /// What a service can do to user entities' financial reporting.
    pub enum FinancialImpact {
        /// It initiates, records or processes their transactions.
        Direct = "direct",
        /// It feeds or supports what does.
        Indirect = "indirect",
        /// It matters only through general IT controls.
        ItgcOnly = "itgc-only",
        /// It affects the organization's own books, not those of user entities.
        OwnBooks = "own-books",
        /// It has none.
        None = "none",
    }
}

vocabulary! {
    /// Whether financial and general operations share a service.
    pub enum Tenancy {
        SinglePurpose = "single-purpose",
        /// Serves financial and general operations together.
        Shared = "shared",
    }
}

vocabulary! {
    /// What a reader needs assurance for.
    pub enum Purpose {
        /// The audit of a user entity's financial statements.
        FinancialStatementAudit = "financial-statement-audit",
        /// Reliance on general IT controls.
        ItgcReliance = "itgc-reliance",
        /// An audit that a law asks for.
        StatutoryAudit = "statutory-audit",
        /// A customer's review of a vendor's security.
        SecurityDueDiligence = "security-due-diligence",
        /// Being allowed to bid or to be listed.
        MarketQualification = "market-qualification",
        /// The organization's own management.
        InternalGovernance = "internal-governance",
    }
}

vocabulary! {
    /// A trust services category.
    pub enum Category {
        Security = "security",
        Availability = "availability",
        ProcessingIntegrity = "processing-integrity",
        Confidentiality = "confidentiality",
        Privacy = "privacy",
    }
}

vocabulary! {
    /// How far one service can reach into another that it depends on.
    pub enum Influence {
        /// Its working depends on it, or it can change it.
        Full = "full",
        /// It only receives measurements from it.
        Telemetry = "telemetry",
        /// None.
        None = "none",
    }
}

vocabulary! {
    /// What a claim says about the controls.
    pub enum Level {
        /// Suitably designed at a moment.
        Design = "design",
        /// Operated effectively over a period.
        Operating = "operating",
    }
}

vocabulary! {
    /// Whether a service is inside the boundary of what the organization reports on.
    pub enum Scope {
        In = "in",
        Out = "out",
    }
}

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

vocabulary! {
    /// How sensitive data is.
    pub enum Classification {
        Public = "public",
        Internal = "internal",
        Confidential = "confidential",
        Restricted = "restricted",
    }
}

vocabulary! {
    /// What data is about.
    pub enum DataKind {
        FinancialRecord = "financial-record",
        Personal = "personal",
        SpecialCategory = "special-category",
        Cardholder = "cardholder",
        Secret = "secret",
    }
}

vocabulary! {
    /// A report's or a certificate's standard, as readers name it.
    pub enum Framework {
        Soc1 = "soc1",
        Soc2 = "soc2",
        Soc3 = "soc3",
        Isae3402 = "isae3402",
        Isae3000 = "isae3000",
        Iso27001 = "iso27001",
        Iso27017 = "iso27017",
        Iso27018 = "iso27018",
        Iso27701 = "iso27701",
        /// Any other, named in `name`: PCI DSS, FedRAMP, TISAX, HITRUST, ISO 42001, ..
        Other = "other",
    }
}

vocabulary! {
    /// What an attestation is about.
    pub enum SubjectMatter {
        /// Controls that matter to user entities' financial reporting.
        FinancialReporting = "financial-reporting",
        /// The trust services criteria.
        TrustServices = "trust-services",
        /// Security, by other criteria.
        Security = "security",
        Other = "other",
    }
}

vocabulary! {
    /// How far the auditor's work goes.
    pub enum AssuranceLevel {
        /// An opinion in positive form; what a SOC report gives.
        Reasonable = "reasonable",
        /// A conclusion that nothing came to the auditor's attention.
        Limited = "limited",
    }
}

vocabulary! {
    /// How far a report or certificate has come.
    pub enum Status {
        Planned = "planned",
        InProgress = "in-progress",
        Issued = "issued",
        Withdrawn = "withdrawn",
    }
}

vocabulary! {
    /// How far a certificate has come.
    pub enum CertificateStatus {
        Planned = "planned",
        InProgress = "in-progress",
        Issued = "issued",
        Withdrawn = "withdrawn",
        /// It stands, and shows nothing until the body lifts the suspension.
        Suspended = "suspended",
    }
}

vocabulary! {
    /// The service auditor's opinion.
    pub enum Opinion {
        /// Also called unqualified.
        Unmodified = "unmodified",
        Qualified = "qualified",
        Adverse = "adverse",
        Disclaimer = "disclaimer",
    }
}

vocabulary! {
    /// Who a report is given to.
    pub enum Audience {
        Management = "management",
        UserEntity = "user-entity",
        UserAuditor = "user-auditor",
        Customer = "customer",
        ProspectNda = "prospect-nda",
        Regulator = "regulator",
        Public = "public",
    }
}

vocabulary! {
    /// A component of the system that a description tells of.
    pub enum Section {
        Infrastructure = "infrastructure",
        Software = "software",
        People = "people",
        Procedures = "procedures",
        Data = "data",
    }
}

vocabulary! {
    /// How a report treats a subservice organization.
    pub enum Method {
        /// Its controls are left out.
        CarveOut = "carve-out",
        /// Its controls are in the report.
        Inclusive = "inclusive",
    }
}

vocabulary! {
    /// Who signed a bridge letter.
    pub enum LetterIssuer {
        Management = "management",
        Auditor = "auditor",
    }
}

vocabulary! {
    /// What a third party is to the organization.
    pub enum Role {
        /// Its controls are not needed to meet the organization's commitments.
        Vendor = "vendor",
        /// Its controls are needed, together with the organization's own.
        SubserviceOrganization = "subservice-organization",
        /// It processes personal data on the organization's behalf.
        SubProcessor = "sub-processor",
    }
}

vocabulary! {
    /// What has come of a provider's CUEC.
    pub enum CuecStatus {
        Implemented = "implemented",
        Planned = "planned",
        NotApplicable = "not-applicable",
    }
}

vocabulary! {
    /// What a control is about.
    pub enum Area {
        LogicalAccess = "logical-access",
        PhysicalAccess = "physical-access",
        Change = "change",
        Operations = "operations",
        Monitoring = "monitoring",
        Processing = "processing",
    }
}

vocabulary! {
    /// What a piece of evidence is. The first five show design, the others operation.
    pub enum EvidenceKind {
        Policy = "policy",
        Procedure = "procedure",
        Ownership = "ownership",
        Description = "description",
        RiskAssessment = "risk-assessment",
        Log = "log",
        Ticket = "ticket",
        Review = "review",
        Exception = "exception",
        Rotation = "rotation",
        Revocation = "revocation",
        Monitoring = "monitoring",
        Approval = "approval",
        Test = "test",
    }
}

vocabulary! {
    /// Whether an owner is one person or several.
    pub enum OwnerKind {
        Team = "team",
        Person = "person",
    }
}

/// The type of a report: 1 is a moment (design), 2 a period (operation).
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
pub enum ReportType {
    #[serde(rename = "1")]
    One,
    #[serde(rename = "2")]
    Two,
}

impl schemars::JsonSchema for ReportType {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "ReportType".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "The type of a report: 1 is a moment (design), 2 a period (operation).",
            "type": "integer",
            "enum": [1, 2]
        })
    }
}

/// A region that is known to the standards of regions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Region<'a>(pub crate::decode::Text<'a>);

impl<'de: 'a, 'a> serde::Deserialize<'de> for Region<'a> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        use serde::de::{Error, Unexpected};
        struct RegionVisitor;
        impl<'de> serde::de::Visitor<'de> for RegionVisitor {
            type Value = crate::decode::Text<'de>;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("text in quotes")
            }
            fn visit_newtype_struct<D: serde::Deserializer<'de>>(self, d: D) -> Result<Self::Value, D::Error> {
                <crate::decode::Text<'de> as serde::Deserialize>::deserialize(d)
            }
        }
        let text = deserializer.deserialize_newtype_struct(crate::decode::REGION_NAME, RegionVisitor)?;
        if crate::standards::regions::is_known(&text) {
            return Ok(Self(text));
        }
        Err(D::Error::invalid_value(
            Unexpected::Other("unknown-value"),
            &"a region: a lower-case ISO 3166-1 alpha-2 code such as \"us\", a part such as \"us-ca\", \"eu\", \"eea\" or \"global\"",
        ))
    }
}

impl schemars::JsonSchema for Region<'_> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Region".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "A lower-case ISO 3166-1 alpha-2 code (`us`), a part of a country (`us-ca`), `eu`, `eea` or `global`. A group contains its members.",
            "type": "string",
            "pattern": "^([a-z]{2}(-[a-z0-9]{1,3})?|eea|global)$"
        })
    }
}

impl From<Status> for CertificateStatus {
    fn from(status: Status) -> Self {
        match status {
            Status::Planned => Self::Planned,
            Status::InProgress => Self::InProgress,
            Status::Issued => Self::Issued,
            Status::Withdrawn => Self::Withdrawn,
        }
    }
}

impl ServiceKind {
    /// Whether services of this kind ordinarily are part of user entities' financial reporting.
    pub const fn is_ordinarily_financial(self) -> bool {
        matches!(
            self,
            Self::PayrollHr
                | Self::Billing
                | Self::Payments
                | Self::TransactionProcessing
                | Self::Fulfilment
                | Self::FinancialService
                | Self::PensionAdministration
                | Self::FundAdministration
                | Self::Custody
                | Self::Insurance
                | Self::Tax
        )
    }
}

impl Action {
    /// The actions that move money or change the books.
    pub const FINANCIAL: [Self; 3] = [Self::ChangeFinancialRecord, Self::CreatePayee, Self::ReleasePayment];
}

impl EvidenceKind {
    /// Whether it shows how a control is designed, and not how it operated.
    pub const fn shows_design(self) -> bool {
        matches!(
            self,
            Self::Policy | Self::Procedure | Self::Ownership | Self::Description | Self::RiskAssessment
        )
    }
}

impl Credential {
    /// Whether it stays the same until somebody rotates it.
    pub const fn is_static(self) -> bool {
        matches!(self, Self::StaticSecret | Self::KeyPair | Self::Certificate)
    }
}
