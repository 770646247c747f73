//! Data categories.

use crate::decode::{Field, List, Rare};
use crate::model::{Classification, DataKind, Text};
use serde::{Deserialize, Serialize};

/// A category of data.
#[derive(Debug, Default, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(default))]
#[serde(rename_all = "kebab-case", deny_unknown_fields, bound(deserialize = "'de: 'a"))]
pub struct Data<'a> {
    /// Display name.
    pub title: Field<Text<'a>>,
    /// Who owns it.
    pub owner: Rare<Text<'a>>,
    /// How sensitive it is.
    pub classification: Field<Classification>,
    /// What it is about.
    pub kinds: List<DataKind>,
    /// Why it is declared although nothing refers to it.
    pub keep: Rare<Text<'a>>,
}
