//! Words of services, and of what is said and claimed about them.

vocabulary! {
    /// What a service is.
    pub enum ServiceKind {
        /// Software that is offered over the network.
        Saas = "saas",
        /// Computing, storage and networks that customers build on.
        Iaas = "iaas",
        /// A platform on which customers run software of their own.
        Paas = "paas",
        /// Rooms, power and network for machines.
        Datacenter = "datacenter",
        /// Systems of customers that are run for them.
        ManagedService = "managed-service",
        /// Payroll and personnel administration.
        PayrollHr = "payroll-hr",
        /// Invoices and what is due.
        Billing = "billing",
        /// Payments, and the handling of money.
        Payments = "payments",
        /// Processing of transactions for others.
        TransactionProcessing = "transaction-processing",
        /// Storage and delivery of customers' goods.
        Fulfilment = "fulfilment",
        /// Any other financial service.
        FinancialService = "financial-service",
        /// Administration of pensions; judged as `financial-service`.
        PensionAdministration = "pension-administration",
        /// Administration of funds; judged as `financial-service`.
        FundAdministration = "fund-administration",
        /// Safekeeping of assets; judged as `financial-service`.
        Custody = "custody",
        /// Insurance; judged as `financial-service`.
        Insurance = "insurance",
        /// Calculation or filing of taxes; judged as `financial-service`.
        Tax = "tax",
        /// What deploys, configures or grants access to other services.
        ControlPlane = "control-plane",
        /// What several services are built on.
        SharedPlatform = "shared-platform",
        /// A tool of the organization's own people.
        InternalTool = "internal-tool",
        /// A service whose answers come from a model.
        AiService = "ai-service",
        /// Data that others take in.
        DataProvider = "data-provider",
        /// Software that is delivered.
        Software = "software",
    }
}

vocabulary! {
    /// A service's stage in its lifecycle.
    pub enum Lifecycle {
        /// Tried out; nothing is promised about it.
        Experimental = "experimental",
        /// In use.
        Production = "production" | "prod",
        /// Still in use, to be retired.
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
    /// A service's effect on user entities' financial reporting.
    pub enum FinancialImpact {
        /// It initiates, records or processes their transactions.
        Direct = "direct",
        /// It feeds or supports a service that does.
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
        /// Serves one of them.
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
        /// Admission to a tender or a marketplace.
        MarketQualification = "market-qualification",
        /// The organization's own management.
        InternalGovernance = "internal-governance",
    }
}

vocabulary! {
    /// A trust services category.
    pub enum Category {
        /// Protection against unauthorized access; the common criteria.
        Security = "security",
        /// Availability for use as committed.
        Availability = "availability",
        /// Processing that is complete, valid, accurate, timely and authorized.
        ProcessingIntegrity = "processing-integrity",
        /// Protection of what is designated confidential.
        Confidentiality = "confidentiality",
        /// Handling of personal information as committed.
        Privacy = "privacy",
    }
}

vocabulary! {
    /// How far one service can reach into another that it depends on.
    pub enum Influence {
        /// It relies on the other's operation, or can change it.
        Full = "full",
        /// It only receives measurements from it.
        Telemetry = "telemetry",
        /// None.
        None = "none",
    }
}

vocabulary! {
    /// What a claim states about controls.
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
        /// Inside.
        In = "in",
        /// Outside; state why in `exclusion`.
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
