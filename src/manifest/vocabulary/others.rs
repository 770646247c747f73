//! Words of data, third parties, controls, evidence, owners and regions.

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

#[cfg(feature = "schema")]
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

impl EvidenceKind {
    /// Whether it shows how a control is designed, and not how it operated.
    pub const fn shows_design(self) -> bool {
        matches!(
            self,
            Self::Policy | Self::Procedure | Self::Ownership | Self::Description | Self::RiskAssessment
        )
    }
}
