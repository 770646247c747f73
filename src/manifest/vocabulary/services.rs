//! Words of services, and of what is said and claimed about them.

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
