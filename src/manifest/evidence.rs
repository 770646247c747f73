//! Evidence, and references to it.

use crate::decode::{Field, Rare};
use crate::model::{Date, Duration, EvidenceKind, Text};
use serde::{Deserialize, Serialize};

/// A piece of evidence that several declarations may cite.
#[derive(Debug, Default, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(default))]
#[serde(rename_all = "kebab-case", deny_unknown_fields, bound(deserialize = "'de: 'a"))]
pub struct Evidence<'a> {
    /// Its kind.
    pub kind: Field<EvidenceKind>,
    /// Where it is: a path that begins with `./`, `../` or `/`, or an address with its scheme (`https://..`, `jira:SEC-1`, `s3://..`).
    pub at: Field<Text<'a>>,
    /// Who maintains it.
    pub owner: Rare<Text<'a>>,
    /// The day it was collected.
    pub collected: Field<Date>,
    /// The days it covers.
    pub period: Rare<StatedPeriod>,
    /// How long after its collection it is valid.
    pub valid_for: Rare<Duration>,
    /// The SHA-256 digest of the file, or of its text with LF line ends, in hexadecimal.
    pub sha256: Rare<Text<'a>>,
    /// Why it is declared although nothing refers to it.
    pub keep: Rare<Text<'a>>,
}

/// Evidence by its id or by its place.
#[derive(Debug, Default, Deserialize, Serialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(default, rename = "EvidenceReference")
)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, bound(deserialize = "'de: 'a"))]
pub struct EvidenceRef<'a> {
    /// The id of an evidence entry, or a place: a path that begins with `./`, `../` or `/`, or an address with its scheme (`https://..`, `jira:SEC-1`, `s3://..`).
    pub at: Field<Text<'a>>,
    /// The day it was collected.
    pub collected: Rare<Date>,
}

/// A period; both days are included.
#[derive(Debug, Clone, Copy, Default, Deserialize, Serialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(default, rename = "Period")
)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct StatedPeriod {
    /// The first day.
    pub from: Field<Date>,
    /// The last day.
    pub to: Field<Date>,
}
