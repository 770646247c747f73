//! Vendors, subservice organizations, sub-processors.

use super::{BridgeLetter, Csoc, EvidenceRef, NotedException, Review, StatedPeriod};
use crate::decode::{Field, List, OneOrTable, Rare, Val};
use crate::model::{CuecStatus, Date, Framework, Method, Opinion, Region, ReportType, Role, SubjectMatter, Text};
use serde::{Deserialize, Serialize};

/// A third party that services rely on.
#[derive(Debug, Default, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(default))]
#[serde(rename_all = "kebab-case", deny_unknown_fields, bound(deserialize = "'de: 'a"))]
pub struct ThirdParty<'a> {
    /// Display name.
    pub title: Field<Text<'a>>,
    /// Who manages the relationship.
    pub owner: Rare<Text<'a>>,
    /// Its role for the organization.
    pub role: List<Role>,
    /// How reports treat it: carved out or inclusive.
    pub method: Field<Method>,
    /// The services that rely on it, as references or globs.
    pub supports: List<Text<'a>>,
    /// The data it holds or processes.
    pub data: List<Text<'a>>,
    /// The day the relationship began.
    pub since: Field<Date>,
    /// The complementary controls that it is expected to have.
    pub csocs: List<OneOrTable<Csoc<'a>>>,
    /// Why none are needed.
    pub csocs_not_needed: Rare<Text<'a>>,
    /// How it is monitored.
    pub review: Rare<Review<'a>>,
    /// Its own reports.
    pub reports: List<ProviderReport<'a>>,
    /// The complementary controls that its reports expect of us.
    pub cuecs: List<ProviderCuec<'a>>,
    /// Why it is declared although nothing refers to it.
    pub keep: Rare<Text<'a>>,
}

/// A report of a third party.
#[derive(Debug, Default, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(default))]
#[serde(rename_all = "kebab-case", deny_unknown_fields, bound(deserialize = "'de: 'a"))]
pub struct ProviderReport<'a> {
    /// What it is.
    pub framework: Field<Framework>,
    /// With `framework = "other"`, what it is called; elsewhere a title.
    pub name: Field<Text<'a>>,
    /// What an ISAE 3000 report is about; an `other` shows security with `security`.
    pub subject_matter: Field<SubjectMatter>,
    /// Further frameworks of one combined report.
    pub also: List<Framework>,
    /// 1 for a moment (design), 2 for a period (operation).
    #[serde(rename = "type")]
    pub report_type: Field<ReportType>,
    /// Its period.
    pub period: Field<StatedPeriod>,
    /// Its day, for type 1.
    pub as_of: Field<Date>,
    /// The auditor's opinion.
    pub opinion: Field<Opinion>,
    /// Which of its services it covers, in its own words.
    pub services: List<Text<'a>>,
    /// The regions it covers.
    pub regions: List<Region<'a>>,
    /// Exceptions that the auditor noted, with its management's response.
    pub exceptions: List<NotedException<'a>>,
    /// Letters that bridge to its next report.
    pub bridge_letter: List<BridgeLetter<'a>>,
    /// The location of the report, or of the notes on its review.
    pub evidence: List<OneOrTable<EvidenceRef<'a>>>,
    /// The alternative procedures, where it is not relied on.
    pub alternative_procedures: Field<Text<'a>>,
}

/// A complementary control that a third party's report expects of us.
#[derive(Debug, Default, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(default))]
#[serde(rename_all = "kebab-case", deny_unknown_fields, bound(deserialize = "'de: 'a"))]
pub struct ProviderCuec<'a> {
    /// Its id.
    pub id: Field<Text<'a>>,
    /// What is expected.
    pub text: Field<Text<'a>>,
    /// Who performs it.
    pub owner: Field<Text<'a>>,
    /// The control that implements it, whose owner and evidence count for it.
    pub control: Field<Text<'a>>,
    /// The evidence.
    pub evidence: List<OneOrTable<EvidenceRef<'a>>>,
    /// The status of the CUEC.
    pub status: Field<CuecStatus>,
    /// Why it does not apply.
    pub reason: Field<Text<'a>>,
}

impl ThirdParty<'_> {
    /// Where it is declared to be something to the organization.
    pub fn role_of(&self, role: Role) -> Option<&Val<Role>> {
        self.role.find(&role)
    }

    /// Whether it is, or may be, something to the organization.
    pub fn may_be(&self, role: Role) -> bool {
        self.role.damaged || self.role_of(role).is_some()
    }
}
