//! Waivers.

use crate::decode::Field;
use crate::model::{Date, Text};
use serde::{Deserialize, Serialize};

/// A finding that is accepted for a time.
#[derive(Debug, Default, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(default, extend("required" = ["rule", "subject"])))]
#[serde(rename_all = "kebab-case", deny_unknown_fields, bound(deserialize = "'de: 'a"))]
pub struct Waiver<'a> {
    /// The rule whose findings are accepted.
    #[cfg_attr(feature = "schema", schemars(required))]
    pub rule: Field<Text<'a>>,
    /// The entity path, such as `identities.deployer`; `*` stands for any characters but `/`.
    #[cfg_attr(feature = "schema", schemars(required))]
    pub subject: Field<Text<'a>>,
    /// Why.
    pub reason: Field<Text<'a>>,
    /// The owner: a team or a person.
    pub owner: Field<Text<'a>>,
    /// Who accepted it.
    pub approved_by: Field<Text<'a>>,
    /// The last day (inclusive) it applies.
    pub expires: Field<Date>,
    /// Where it was decided.
    pub ticket: Field<Text<'a>>,
}
