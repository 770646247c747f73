//! Words of data, third parties, controls, evidence and owners.

vocabulary! {
    /// How sensitive data is.
    pub enum Classification {
        /// Anybody may know it.
        Public = "public",
        /// For the organization's own people.
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
        /// What ends up in somebody's books.
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
        /// It is done.
        Implemented = "implemented",
        /// It will be done.
        Planned = "planned",
        /// It does not concern us; say why in `reason`.
        NotApplicable = "not-applicable",
    }
}

vocabulary! {
    /// What a control is about.
    pub enum Area {
        /// Who may reach systems and data.
        LogicalAccess = "logical-access",
        /// Who may enter rooms.
        PhysicalAccess = "physical-access",
        /// How software and its configuration are changed.
        Change = "change",
        /// How systems are run: jobs, backups, incidents.
        Operations = "operations",
        /// How it is watched that controls work.
        Monitoring = "monitoring",
        /// Whether transactions are complete, accurate and authorized.
        Processing = "processing",
    }
}

vocabulary! {
    /// What a piece of evidence is. The first five show design, the others operation.
    pub enum EvidenceKind {
        /// What is to be done, and why; design.
        Policy = "policy",
        /// How it is done; design.
        Procedure = "procedure",
        /// Who is responsible; design.
        Ownership = "ownership",
        /// A description of a system or a control; design.
        Description = "description",
        /// What can go wrong, and what is done about it; design.
        RiskAssessment = "risk-assessment",
        /// What a system recorded; operation.
        Log = "log",
        /// One occurrence, with who did what and when; operation.
        Ticket = "ticket",
        /// A review that was carried out; operation.
        Review = "review",
        /// A deviation, and how it was dealt with; operation.
        Exception = "exception",
        /// The renewal of a credential; operation.
        Rotation = "rotation",
        /// The end of an access; operation.
        Revocation = "revocation",
        /// What watching showed; operation.
        Monitoring = "monitoring",
        /// That someone agreed; operation.
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
    /// Whether it shows how a control is designed, and not how it operated.
    pub const fn shows_design(self) -> bool {
        matches!(
            self,
            Self::Policy | Self::Procedure | Self::Ownership | Self::Description | Self::RiskAssessment
        )
    }
}
