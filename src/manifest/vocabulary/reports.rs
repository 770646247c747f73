//! Words of reports and certificates.

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
