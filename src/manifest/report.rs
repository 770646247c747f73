//! Reports of service auditors.

use super::{EvidenceRef, StatedPeriod};
use crate::decode::{Entities, Field, List, OneOrTable, Rare};
use crate::model::{
    AssuranceLevel, Audience, Category, Date, Framework, LetterIssuer, Method, Opinion, Region, ReportType, Section,
    Status, SubjectMatter, Text,
};
use crate::standards::criteria;
use serde::{Deserialize, Serialize};

/// A report of a service auditor: SOC 1, SOC 2, SOC 3, ISAE 3402 or ISAE 3000; or another attestation, by its name.
#[derive(Debug, Default, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(default, extend("required" = ["framework"])))]
#[serde(rename_all = "kebab-case", deny_unknown_fields, bound(deserialize = "'de: 'a"))]
pub struct Report<'a> {
    /// What it is. ISO standards are certificates and belong under `certificates`.
    #[cfg_attr(feature = "schema", schemars(required))]
    pub framework: Field<Framework>,
    /// With `framework = "other"`, what it is called, such as `PCI DSS 4.0.1`; elsewhere a title.
    pub name: Field<Text<'a>>,
    /// What an ISAE 3000 report is about, which decides what it can show (an `other` shows security with `security`); `trust-services` (nothing where `suitable-criteria` is stated) if not stated.
    pub subject_matter: Field<SubjectMatter>,
    /// How far the auditor's work goes; `reasonable` if not stated.
    pub assurance: Field<AssuranceLevel>,
    /// Further frameworks of one combined report, in the same family.
    pub also: List<Framework>,
    /// The standard it is issued under, for example `SSAE 18`.
    pub issued_under: Field<Text<'a>>,
    /// 1 for a moment (design), 2 for a period (operation).
    #[serde(rename = "type")]
    pub report_type: Field<ReportType>,
    /// Its status; `issued` if not stated.
    pub status: Field<Status>,
    /// The period of a type 2 report.
    pub period: Field<StatedPeriod>,
    /// The day of a type 1 report.
    pub as_of: Field<Date>,
    /// The day it was issued.
    pub issued: Field<Date>,
    /// Who issued it.
    pub auditor: Field<Text<'a>>,
    /// The auditor's opinion.
    pub opinion: Field<Opinion>,
    /// The criteria or objectives that a qualified opinion is about.
    pub affected: List<Text<'a>>,
    /// The response to a qualified opinion.
    pub remediation: Field<Text<'a>>,
    /// The trust services categories it covers.
    pub categories: List<Category>,
    /// Ids of criteria, such as `CC6.1`.
    pub criteria: List<Text<'a>>,
    /// For ISAE 3000 on other criteria, their name, such as `C5:2026`.
    pub suitable_criteria: List<Text<'a>>,
    /// The services it covers, as references or globs.
    pub covers: List<Text<'a>>,
    /// Criteria of its categories that the description declares not relevant.
    pub not_relevant: List<NotRelevant<'a>>,
    /// Exceptions that the auditor noted, with management's response.
    pub exceptions: List<NotedException<'a>>,
    /// The regions in which the system that it covers is offered; no statement if absent.
    pub regions: List<Region<'a>>,
    /// Who it is given to.
    pub audience: List<Audience>,
    /// The description of the system it is about.
    pub system_description: Rare<SystemDescription<'a>>,
    /// Control objectives, by id.
    pub objectives: Entities<'a, Objective<'a>>,
    /// The complementary controls it expects of user entities.
    pub cuecs: List<Cuec<'a>>,
    /// How it treats each subservice organization, by the third party's id.
    pub subservice: Entities<'a, Subservice<'a>>,
    /// The report before it, or several that it replaces.
    pub predecessor: List<Text<'a>>,
    /// Why its period is short.
    pub short_period_reason: Field<Text<'a>>,
    /// Evidence of readiness.
    pub readiness: List<OneOrTable<EvidenceRef<'a>>>,
    /// The day on which it is expected.
    pub expected: Field<Date>,
    /// Letters that bridge to the next report.
    pub bridge_letter: List<BridgeLetter<'a>>,
}

/// The description of the system that a report is about.
#[derive(Debug, Default, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(default))]
#[serde(rename_all = "kebab-case", deny_unknown_fields, bound(deserialize = "'de: 'a"))]
pub struct SystemDescription<'a> {
    /// The components of a system (DC 3) that it describes.
    pub sections: List<Section>,
    /// The identities it describes.
    pub agents: List<Text<'a>>,
    /// Its location.
    pub evidence: List<OneOrTable<EvidenceRef<'a>>>,
}

/// A criterion that is not relevant to the system.
#[derive(Debug, Default, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(default))]
#[serde(rename_all = "kebab-case", deny_unknown_fields, bound(deserialize = "'de: 'a"))]
pub struct NotRelevant<'a> {
    /// The criterion, such as `P6.4`.
    pub id: Field<Text<'a>>,
    /// Why it is not relevant.
    pub reason: Field<Text<'a>>,
}

/// An exception that an auditor noted; it does not by itself modify the opinion.
#[derive(Debug, Default, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(default))]
#[serde(rename_all = "kebab-case", deny_unknown_fields, bound(deserialize = "'de: 'a"))]
pub struct NotedException<'a> {
    /// The controls, criteria or objectives that it is about.
    pub about: List<Text<'a>>,
    /// What was found.
    pub text: Field<Text<'a>>,
    /// Management's response.
    pub response: Field<Text<'a>>,
    /// The evidence of the remediation.
    pub evidence: List<OneOrTable<EvidenceRef<'a>>>,
}

/// A control objective.
#[derive(Debug, Default, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(default))]
#[serde(rename_all = "kebab-case", deny_unknown_fields, bound(deserialize = "'de: 'a"))]
pub struct Objective<'a> {
    /// The objective.
    pub text: Field<Text<'a>>,
    /// The controls that achieve it.
    pub controls: List<Text<'a>>,
    /// The ids of CUECs of this report, or of CSOCs, that achieve it together with the controls.
    pub met_by: List<Text<'a>>,
}

/// A complementary user entity control.
#[derive(Debug, Default, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(default))]
#[serde(rename_all = "kebab-case", deny_unknown_fields, bound(deserialize = "'de: 'a"))]
pub struct Cuec<'a> {
    /// Its id.
    pub id: Field<Text<'a>>,
    /// What user entities are expected to do.
    pub text: Field<Text<'a>>,
}

/// How a report treats a subservice organization.
#[derive(Debug, Default, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(default))]
#[serde(rename_all = "kebab-case", deny_unknown_fields, bound(deserialize = "'de: 'a"))]
pub struct Subservice<'a> {
    /// Carved out or inclusive; the third party's own if not stated.
    pub method: Field<Method>,
    /// The complementary controls that it is expected to have.
    pub csocs: List<OneOrTable<Csoc<'a>>>,
}

/// A letter for the time after a report's period.
#[derive(Debug, Default, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(default))]
#[serde(rename_all = "kebab-case", deny_unknown_fields, bound(deserialize = "'de: 'a"))]
pub struct BridgeLetter<'a> {
    /// The days it covers.
    pub period: Field<StatedPeriod>,
    /// Who signed it.
    pub issued_by: Field<LetterIssuer>,
    /// Its location.
    pub evidence: List<OneOrTable<EvidenceRef<'a>>>,
}

/// A complementary subservice organization control.
#[derive(Debug, Default, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(default))]
#[serde(rename_all = "kebab-case", deny_unknown_fields, bound(deserialize = "'de: 'a"))]
pub struct Csoc<'a> {
    /// Its id.
    pub id: Field<Text<'a>>,
    /// What the subservice organization is expected to do.
    pub text: Field<Text<'a>>,
    /// The criteria it serves.
    pub criteria: List<Text<'a>>,
}

impl NotRelevant<'_> {
    /// Whether it states why; a value that could not be read counts as stated.
    pub fn excuses(&self) -> bool {
        self.reason.explains()
    }

    /// Whether it is, or may be, about a trust services criterion.
    pub fn names(&self, listed: &str) -> bool {
        match self.id.known() {
            Some(id) => criteria::may_be(&id.value, listed),
            None => self.id.is_unknown(),
        }
    }
}
