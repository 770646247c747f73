//! Families of frameworks: which readers' question a report answers.

use crate::model::{Framework, SubjectMatter};

/// The question that a report answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// Controls relevant to user entities' internal control over financial reporting: SOC 1, ISAE 3402.
    Icfr,
    /// The trust services criteria: SOC 2, SOC 3, ISAE 3000 on those criteria.
    TrustServices,
}

impl Family {
    pub const ALL: [Self; 2] = [Self::Icfr, Self::TrustServices];

    pub const fn other(self) -> Self {
        match self {
            Self::Icfr => Self::TrustServices,
            Self::TrustServices => Self::Icfr,
        }
    }

    /// The display name of the reports of this family.
    pub const fn reports(self) -> &'static str {
        match self {
            Self::Icfr => "SOC 1 or ISAE 3402",
            Self::TrustServices => "SOC 2, or ISAE 3000 on the trust services criteria",
        }
    }

    /// The subject matter of its reports.
    pub const fn subject_matter(self) -> &'static str {
        match self {
            Self::Icfr => "controls relevant to user entities' financial reporting",
            Self::TrustServices => "the trust services categories",
        }
    }
}

impl SubjectMatter {
    /// The family of an ISAE 3000 report that is about it.
    pub const fn family(self) -> Option<Family> {
        match self {
            Self::FinancialReporting => Some(Family::Icfr),
            Self::TrustServices => Some(Family::TrustServices),
            Self::Security | Self::Other => None,
        }
    }
}

impl Framework {
    /// Whether it is a management system standard, which is certified and not reported on.
    pub const fn is_certificate(self) -> bool {
        matches!(self, Self::Iso27001 | Self::Iso27017 | Self::Iso27018 | Self::Iso27701)
    }

    /// Whether it is reported on by a service auditor, and not certified.
    pub const fn is_report(self) -> bool {
        matches!(
            self,
            Self::Soc1 | Self::Soc2 | Self::Soc3 | Self::Isae3402 | Self::Isae3000
        )
    }

    /// The family, for ISAE 3000 on the trust services criteria.
    pub const fn family(self) -> Option<Family> {
        match self {
            Self::Soc1 | Self::Isae3402 => Some(Family::Icfr),
            Self::Soc2 | Self::Soc3 | Self::Isae3000 => Some(Family::TrustServices),
            _ => None,
        }
    }

    /// The display name.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Soc1 => "SOC 1",
            Self::Soc2 => "SOC 2",
            Self::Soc3 => "SOC 3",
            Self::Isae3402 => "ISAE 3402",
            Self::Isae3000 => "ISAE 3000",
            Self::Iso27001 => "ISO/IEC 27001",
            Self::Iso27017 => "ISO/IEC 27017",
            Self::Iso27018 => "ISO/IEC 27018",
            Self::Iso27701 => "ISO/IEC 27701",
            Self::Other => "other",
        }
    }
}
