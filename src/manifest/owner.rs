//! Teams and people.

use crate::decode::{Field, List};
use crate::model::{Date, OwnerKind, Text};
use serde::{Deserialize, Serialize};

/// A team or a person that owns things.
#[derive(Debug, Default, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(default))]
#[serde(rename_all = "kebab-case", deny_unknown_fields, bound(deserialize = "'de: 'a"))]
pub struct Owner<'a> {
    /// Whether it is a team or a person.
    pub kind: Field<OwnerKind>,
    /// The owners that make up a team.
    pub members: List<Text<'a>>,
    /// Contact.
    pub contact: Field<Text<'a>>,
    /// The day a person left or a team was dissolved.
    pub left: Field<Date>,
}
