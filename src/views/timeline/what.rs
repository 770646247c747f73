//! What stands on the axis, how it stands, and where.

use crate::calendar::Period;
use jiff::civil::Date;

/// What an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// The period or the day of a report.
    Report,
    /// Days that no report covers.
    NotCovered,
    /// The days that a bridge letter is about.
    BridgeLetter,
    /// The day on which a report is expected.
    Expected,
    /// The days on which a certificate is valid.
    Certificate,
    /// A surveillance audit that is done or planned.
    Surveillance,
    /// When the next surveillance audit is due.
    SurveillanceDue,
    /// The period or the day of a third party's own report.
    ProviderReport,
    /// The days that a bridge letter of a third party is about.
    ProviderLetter,
    /// Days of ours that no report of a third party covers.
    ProviderDays,
    /// When a third party's review is due.
    ProviderReview,
    /// When a credential's rotation is due.
    Rotation,
    /// When the review of an identity's access is due.
    AccessReview,
    /// The last day on which an identity works.
    Expiry,
    /// The last day of a waiver.
    Waiver,
    /// The last day of an exemption.
    Exemption,
    /// The end of a fiscal year of user entities.
    UserYearEnd,
    /// The end of the organization's own fiscal year.
    OwnYearEnd,
}

/// Under which heading an entry stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    Reports,
    Certificates,
    ThirdParties,
    Identities,
    Exceptions,
    FiscalYears,
}

impl What {
    pub const ALL: [Self; 18] = [
        Self::Report,
        Self::NotCovered,
        Self::BridgeLetter,
        Self::Expected,
        Self::Certificate,
        Self::Surveillance,
        Self::SurveillanceDue,
        Self::ProviderReport,
        Self::ProviderLetter,
        Self::ProviderDays,
        Self::ProviderReview,
        Self::Rotation,
        Self::AccessReview,
        Self::Expiry,
        Self::Waiver,
        Self::Exemption,
        Self::UserYearEnd,
        Self::OwnYearEnd,
    ];

    /// As formats write it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Report => "report",
            Self::NotCovered => "days not covered",
            Self::BridgeLetter => "bridge letter",
            Self::Expected => "report expected",
            Self::Certificate => "certificate",
            Self::Surveillance => "surveillance audit",
            Self::SurveillanceDue => "surveillance audit due",
            Self::ProviderReport => "third party's report",
            Self::ProviderLetter => "third party's bridge letter",
            Self::ProviderDays => "days not covered by a third party's report",
            Self::ProviderReview => "third party review",
            Self::Rotation => "rotation",
            Self::AccessReview => "access review",
            Self::Expiry => "identity expires",
            Self::Waiver => "waiver ends",
            Self::Exemption => "exemption ends",
            Self::UserYearEnd => "fiscal year-end of user entities",
            Self::OwnYearEnd => "own fiscal year-end",
        }
    }

    pub const fn group(self) -> Group {
        match self {
            Self::Report | Self::NotCovered | Self::BridgeLetter | Self::Expected => Group::Reports,
            Self::Certificate | Self::Surveillance | Self::SurveillanceDue => Group::Certificates,
            Self::ProviderReport | Self::ProviderLetter | Self::ProviderDays | Self::ProviderReview => {
                Group::ThirdParties
            }
            Self::Rotation | Self::AccessReview | Self::Expiry => Group::Identities,
            Self::Waiver | Self::Exemption => Group::Exceptions,
            Self::UserYearEnd | Self::OwnYearEnd => Group::FiscalYears,
        }
    }

    /// Whether a subject can have several of one title, which only their days tell apart. What is due has moved when it
    /// has another day, and is still the same.
    pub(super) const fn is_one_of_several(self) -> bool {
        match self {
            Self::NotCovered
            | Self::BridgeLetter
            | Self::Surveillance
            | Self::ProviderReport
            | Self::ProviderLetter
            | Self::ProviderDays
            | Self::UserYearEnd
            | Self::OwnYearEnd => true,
            Self::Report
            | Self::Expected
            | Self::Certificate
            | Self::SurveillanceDue
            | Self::ProviderReview
            | Self::Rotation
            | Self::AccessReview
            | Self::Expiry
            | Self::Waiver
            | Self::Exemption => false,
        }
    }
}

impl Group {
    pub const ALL: [Self; 6] = [
        Self::Reports,
        Self::Certificates,
        Self::ThirdParties,
        Self::Identities,
        Self::Exceptions,
        Self::FiscalYears,
    ];

    pub const fn title(self) -> &'static str {
        match self {
            Self::Reports => "Reports",
            Self::Certificates => "Certificates",
            Self::ThirdParties => "Third parties",
            Self::Identities => "Identities",
            Self::Exceptions => "Waivers and exemptions",
            Self::FiscalYears => "Fiscal years",
        }
    }
}

/// How an entry stands on the as-of date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// It is declared as it is, and nothing is expected of anyone.
    Settled,
    /// It lies ahead, or is under way.
    Ahead,
    /// Something is missing, overdue or over.
    Missing,
}

impl Stage {
    pub const ALL: [Self; 3] = [Self::Settled, Self::Ahead, Self::Missing];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Settled => "settled",
            Self::Ahead => "ahead",
            Self::Missing => "missing",
        }
    }
}

/// Where an entry is on the axis. Ends are inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum When {
    Day(Date),
    /// A side that is not stated is open.
    Days(Option<Date>, Option<Date>),
}

impl When {
    pub const fn period(period: Period) -> Self {
        Self::Days(Some(period.from), Some(period.to))
    }

    /// Its first day; `None` when it is open.
    pub const fn from(self) -> Option<Date> {
        match self {
            Self::Day(day) => Some(day),
            Self::Days(from, _) => from,
        }
    }

    /// Its last day; `None` when it is open.
    pub const fn to(self) -> Option<Date> {
        match self {
            Self::Day(day) => Some(day),
            Self::Days(_, to) => to,
        }
    }

    /// "2026-06-30", "2025-07-01 to 2026-06-30", "from 2025-07-01", "until 2026-06-30".
    pub fn in_words(self) -> String {
        match self {
            Self::Day(day) => day.to_string(),
            Self::Days(Some(from), Some(to)) => format!("{from} to {to}"),
            Self::Days(Some(from), None) => format!("from {from}"),
            Self::Days(None, Some(to)) => format!("until {to}"),
            Self::Days(None, None) => "no day stated".to_owned(),
        }
    }
}
