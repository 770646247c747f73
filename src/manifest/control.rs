//! Controls.

use super::EvidenceRef;
use crate::decode::{Field, List, OneOrTable, Rare};
use crate::model::{Area, Date, Duration, Text};
use serde::{Deserialize, Serialize};

/// A control and what shows its design and operation.
#[derive(Debug, Default, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(default))]
#[serde(rename_all = "kebab-case", deny_unknown_fields, bound(deserialize = "'de: 'a"))]
pub struct Control<'a> {
    /// Display name.
    pub title: Rare<Text<'a>>,
    /// Who performs it.
    pub owner: Rare<Text<'a>>,
    /// Its area.
    pub area: Field<Area>,
    /// The day it came into effect.
    pub effective: Field<Date>,
    /// The control that it replaced.
    pub predecessor: Rare<Text<'a>>,
    /// How often it operates.
    pub every: Field<Duration>,
    /// The criteria it serves, such as `CC6.1`.
    pub criteria: List<Text<'a>>,
    /// The catalogue of the criteria, if not the trust services criteria.
    pub catalogue: Rare<Text<'a>>,
    /// Evidence of its design: policies, procedures.
    pub design: List<OneOrTable<EvidenceRef<'a>>>,
    /// Evidence of its operation: logs, tickets, reviews, exceptions.
    pub operating: List<OneOrTable<EvidenceRef<'a>>>,
    /// Why it did not operate in the period: no occurrence.
    pub did_not_operate: Rare<Text<'a>>,
    /// The third party that performs it.
    pub inherited_from: Rare<Text<'a>>,
    /// The reports it is part of.
    pub reports: List<OneOrTable<ControlLink<'a>>>,
}

/// A report that a control is part of.
#[derive(Debug, Default, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(default))]
#[serde(rename_all = "kebab-case", deny_unknown_fields, bound(deserialize = "'de: 'a"))]
pub struct ControlLink<'a> {
    /// The report.
    pub report: Field<Text<'a>>,
    /// What the control was tested over.
    pub population: Field<Text<'a>>,
    /// The report's result for it.
    pub narrative: Rare<Text<'a>>,
}
