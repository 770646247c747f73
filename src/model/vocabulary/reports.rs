//! Words of reports and certificates.

vocabulary! {
    /// A report's or a certificate's standard, as readers name it.
    pub enum Framework {
        /// SOC 1: controls relevant to user entities' financial reporting; United States.
        Soc1 = "soc1",
        /// SOC 2: controls relevant to the trust services criteria; restricted use.
        Soc2 = "soc2",
        /// SOC 3: as SOC 2, without the detail, for general use.
        Soc3 = "soc3",
        /// ISAE 3402: as SOC 1, international.
        Isae3402 = "isae3402",
        /// ISAE 3000: assurance other than on historical financial information; its subject matter is in `subject-matter`.
        Isae3000 = "isae3000",
        /// ISO/IEC 27001: an information security management system; a certificate.
        Iso27001 = "iso27001" | "isoiec27001",
        /// ISO/IEC 27017: security controls for cloud services; a certificate.
        Iso27017 = "iso27017" | "isoiec27017",
        /// ISO/IEC 27018: personal data in public clouds; a certificate.
        Iso27018 = "iso27018" | "isoiec27018",
        /// ISO/IEC 27701: privacy management; a certificate.
        Iso27701 = "iso27701" | "isoiec27701",
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
        /// Anything else.
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
    /// The status of a report or certificate.
    pub enum Status {
        /// Agreed, but not begun.
        Planned = "planned",
        /// Its period runs, or the auditor is at work.
        InProgress = "in-progress",
        /// Readers can have it.
        Issued = "issued",
        /// It is no longer to be relied on.
        Withdrawn = "withdrawn",
    }
}

vocabulary! {
    /// The status of a certificate.
    pub enum CertificateStatus {
        /// Agreed, but not begun.
        Planned = "planned",
        /// The audit is under way.
        InProgress = "in-progress",
        /// It is valid.
        Issued = "issued",
        /// It was withdrawn.
        Withdrawn = "withdrawn",
        /// It shows nothing until the body lifts the suspension.
        Suspended = "suspended",
    }
}

vocabulary! {
    /// The service auditor's opinion.
    pub enum Opinion {
        /// As stated, in all material respects; also called unqualified.
        Unmodified = "unmodified" | "unqualified",
        /// As stated, except for what the report names, listed in `affected`.
        Qualified = "qualified",
        /// Not as stated.
        Adverse = "adverse",
        /// The auditor could not form an opinion.
        Disclaimer = "disclaimer",
    }
}

vocabulary! {
    /// Who a report is given to.
    pub enum Audience {
        /// The organization's own management.
        Management = "management",
        /// Those who use the service.
        UserEntity = "user-entity",
        /// The auditors of their financial statements.
        UserAuditor = "user-auditor",
        /// Customers, whatever they need it for.
        Customer = "customer",
        /// Those who may become customers, under a confidentiality agreement.
        ProspectNda = "prospect-nda",
        /// An authority.
        Regulator = "regulator",
        /// The public.
        Public = "public",
    }
}

vocabulary! {
    /// A component of the system that a description covers.
    pub enum Section {
        /// Machines, networks, rooms.
        Infrastructure = "infrastructure",
        /// Programs and platforms.
        Software = "software",
        /// Who runs and uses the system.
        People = "people",
        /// How it is run.
        Procedures = "procedures",
        /// What it holds and processes.
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
        /// The organization itself: management's own assertion.
        Management = "management",
        /// The service auditor.
        Auditor = "auditor",
    }
}

/// The type of a report: 1 is a moment (design), 2 a period (operation).
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub enum ReportType {
    #[serde(rename = "1")]
    One,
    #[serde(rename = "2")]
    Two,
}

crate::model::named! { ReportType }

impl ReportType {
    /// Every value as it is written in a manifest.
    pub const WORDS: &[&str] = &["1", "2"];
    pub(in crate::model) const ALIASES: &[(&str, &str)] = &[
        ("i", "1"),
        ("type1", "1"),
        ("typei", "1"),
        ("ii", "2"),
        ("type2", "2"),
        ("typeii", "2"),
    ];
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for ReportType {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        Self::NAME.into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "The type of a report: 1 is a moment (design), 2 a period (operation).",
            "oneOf": [
                { "description": "Of one day: how controls are designed.", "type": "integer", "const": 1 },
                { "description": "Of a period: how they operated, too.", "type": "integer", "const": 2 }
            ]
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
