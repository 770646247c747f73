//! The organization that the manifests speak for.

use crate::decode::{Field, List};
use crate::model::{MonthDay, Region, Text};
use serde::{Deserialize, Serialize};

/// The organization whose manifests these are.
#[derive(Debug, Default, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(default))]
#[serde(rename_all = "kebab-case", deny_unknown_fields, bound(deserialize = "'de: 'a"))]
pub struct Organization<'a> {
    /// Its name.
    pub name: Field<Text<'a>>,
    /// Where it operates.
    pub regions: List<Region<'a>>,
    /// The last day of its fiscal year.
    pub fiscal_year_end: Field<MonthDay>,
}
