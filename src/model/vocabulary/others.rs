//! Words of data, third parties, controls, evidence and owners.

vocabulary! {
    /// How sensitive data is.
    pub enum Classification {
        /// Public.
        Public = "public",
        /// Internal to the organization.
        Internal = "internal",
        /// For those who need it.
        Confidential = "confidential",
        /// The most sensitive: for few, by name.
        Restricted = "restricted",
    }
}

vocabulary! {
    /// What data is about.
    pub enum DataKind {
        /// Data that enters someone's books.
        FinancialRecord = "financial-record",
        /// About people.
        Personal = "personal",
        /// About people, of the kinds that law protects most, such as health.
        SpecialCategory = "special-category",
        /// Of payment cards.
        Cardholder = "cardholder",
        /// Keys, tokens and passwords.
        Secret = "secret",
    }
}

vocabulary! {
    /// A third party's role for the organization.
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
    /// The status of a provider's CUEC.
    pub enum CuecStatus {
        /// It is implemented.
        Implemented = "implemented",
        /// It is planned.
        Planned = "planned",
        /// It does not apply; state why in `reason`.
        NotApplicable = "not-applicable",
    }
}

vocabulary! {
    /// A control's area.
    pub enum Area {
        /// Logical access to systems and data.
        LogicalAccess = "logical-access",
        /// Physical access.
        PhysicalAccess = "physical-access",
        /// Changes to software and configuration.
        Change = "change",
        /// Operation of systems: jobs, backups, incidents.
        Operations = "operations",
        /// Monitoring of controls.
        Monitoring = "monitoring",
        /// Whether transactions are complete, accurate and authorized.
        Processing = "processing",
    }
}

vocabulary! {
    /// What a piece of evidence is. The first five show design, the others operation.
    pub enum EvidenceKind {
        /// A policy: what is to be done, and why; design.
        Policy = "policy",
        /// A procedure: how it is done; design.
        Procedure = "procedure",
        /// Who is responsible; design.
        Ownership = "ownership",
        /// A description of a system or a control; design.
        Description = "description",
        /// Risks and their treatment; design.
        RiskAssessment = "risk-assessment",
        /// A system's records; operation.
        Log = "log",
        /// One occurrence, with who did what and when; operation.
        Ticket = "ticket",
        /// A review that was carried out; operation.
        Review = "review",
        /// A deviation and its handling; operation.
        Exception = "exception",
        /// The renewal of a credential; operation.
        Rotation = "rotation",
        /// The removal of access; operation.
        Revocation = "revocation",
        /// Monitoring results; operation.
        Monitoring = "monitoring",
        /// An approval; operation.
        Approval = "approval",
        /// A test and its result; operation.
        Test = "test",
    }
}

vocabulary! {
    /// Whether an owner is one person or several.
    pub enum OwnerKind {
        /// Several people.
        Team = "team",
        /// One person.
        Person = "person",
    }
}

impl EvidenceKind {
    /// Whether it shows a control's design rather than its operation.
    pub const fn shows_design(self) -> bool {
        matches!(
            self,
            Self::Policy | Self::Procedure | Self::Ownership | Self::Description | Self::RiskAssessment
        )
    }
}
