//! Certificates of management systems.

use super::StatedPeriod;
use crate::decode::{Field, List};
use crate::model::{CertificateStatus, Date, Framework, Opinion, Region, ReportType, SubjectMatter, Text};
use serde::{Deserialize, Serialize};

/// A certificate of a management system, such as ISO/IEC 27001. It is not a report.
#[derive(Debug, Default, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(default, extend("required" = ["framework"])))]
#[serde(rename_all = "kebab-case", deny_unknown_fields, bound(deserialize = "'de: 'a"))]
pub struct Certificate<'a> {
    /// The standard. SOC and ISAE reports belong under `reports`.
    #[cfg_attr(feature = "schema", schemars(required))]
    pub framework: Field<Framework>,
    /// With `framework = "other"`, what it is called, such as `ISO 22301`; elsewhere a title.
    pub name: Field<Text<'a>>,
    /// With `framework = "other"`, what it is about: it shows security with `security`.
    pub subject_matter: Field<SubjectMatter>,
    /// The edition of the standard, such as `2022`.
    pub edition: Field<Text<'a>>,
    /// The scope as the certificate states it.
    pub scope_statement: Field<Text<'a>>,
    /// The version of the statement of applicability.
    pub statement_of_applicability: Field<Text<'a>>,
    /// The certification body.
    pub body: Field<Text<'a>>,
    /// Who accredited the body.
    pub accreditation: Field<Text<'a>>,
    /// The day this certificate was issued, not the first of its kind.
    pub issued: Field<Date>,
    /// The last day (inclusive) it is valid.
    pub expires: Field<Date>,
    /// The days of surveillance audits.
    pub surveillance: List<Date>,
    /// The services it covers, as references or globs.
    pub covers: List<Text<'a>>,
    /// The regions it covers.
    pub regions: List<Region<'a>>,
    /// Its status; `issued` if not stated.
    pub status: Field<CertificateStatus>,
    /// Read only to report that a certificate has no type.
    #[serde(rename = "type")]
    pub report_type: Field<ReportType>,
    /// Read only to report that a certificate has no period.
    pub period: Field<StatedPeriod>,
    /// Read only to report that a certificate has no opinion.
    pub opinion: Field<Opinion>,
}
