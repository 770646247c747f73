//! Services, and what is claimed about them.

use crate::decode::{Field, List, OneOrTable, Rare};
use crate::model::{
    Category, Date, Exposure, FinancialImpact, Influence, Level, Lifecycle, MonthDay, Purpose, Region, Scope,
    ServiceKind, Tenancy, Text,
};
use serde::{Deserialize, Serialize};

/// A service: something that is offered to user entities, or that others are built on.
#[derive(Debug, Default, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(default))]
#[serde(rename_all = "kebab-case", deny_unknown_fields, bound(deserialize = "'de: 'a"))]
pub struct Service<'a> {
    /// Display name.
    pub title: Field<Text<'a>>,
    /// What it does.
    pub description: Rare<Text<'a>>,
    /// Who owns it.
    pub owner: Rare<Text<'a>>,
    /// The day it went live.
    pub since: Field<Date>,
    /// What kind of service it is.
    pub kind: Field<ServiceKind>,
    /// Its stage in the lifecycle; `production` if not stated.
    pub lifecycle: Field<Lifecycle>,
    /// Who it is for; `external` if not stated.
    pub exposure: Field<Exposure>,
    /// Its effect on user entities' financial reporting; absent means not stated, which is not `none`.
    pub financial_impact: Field<FinancialImpact>,
    /// How user auditors obtain evidence without a report on controls relevant to financial reporting.
    pub icfr_alternative: Rare<Text<'a>>,
    /// Whether financial and general operations share it; `single-purpose` if not stated.
    pub tenancy: Field<Tenancy>,
    /// The user entities that rely on it.
    pub user_entities: Rare<UserEntities<'a>>,
    /// What its readers need assurance for.
    pub assurance_for: List<Purpose>,
    /// What is promised to its users, as trust services categories.
    pub commitments: List<Category>,
    /// The data categories it holds or processes.
    pub data: List<Text<'a>>,
    /// The services it depends on.
    pub depends_on: List<OneOrTable<Dependency<'a>>>,
    /// The third parties it relies on.
    pub third_parties: List<OneOrTable<Reliance<'a>>>,
    /// The third party that runs it for us.
    pub operated_by: Rare<Text<'a>>,
    /// The reports and certificates that its readers are told cover it.
    pub claims: List<OneOrTable<Claim<'a>>>,
    /// Whether it is inside the boundary; `in` if not stated.
    pub scope: Field<Scope>,
    /// Why it is out of scope, and who approved that.
    pub exclusion: Rare<Exclusion<'a>>,
}

/// The user entities that rely on a service.
#[derive(Debug, Default, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(default))]
#[serde(rename_all = "kebab-case", deny_unknown_fields, bound(deserialize = "'de: 'a"))]
pub struct UserEntities<'a> {
    /// Where they are.
    pub regions: List<Region<'a>>,
    /// Whether issuers registered with the SEC are among them.
    pub sec_issuers: Field<bool>,
    /// The last days of their fiscal years.
    pub fiscal_year_ends: List<MonthDay>,
}

/// A service that another depends on.
#[derive(Debug, Default, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(default))]
#[serde(rename_all = "kebab-case", deny_unknown_fields, bound(deserialize = "'de: 'a"))]
pub struct Dependency<'a> {
    /// The service depended on.
    pub service: Field<Text<'a>>,
    /// How far one can reach into the other; `full` if not stated.
    pub influence: Field<Influence>,
}

/// A third party that a service relies on.
#[derive(Debug, Default, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(default))]
#[serde(rename_all = "kebab-case", deny_unknown_fields, bound(deserialize = "'de: 'a"))]
pub struct Reliance<'a> {
    /// The third party.
    pub third_party: Field<Text<'a>>,
    /// Which of its services are used, in its own words.
    pub uses: List<Text<'a>>,
    /// Where they are used.
    pub regions: List<Region<'a>>,
}

/// A report or certificate that readers are told covers the service.
#[derive(Debug, Default, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(default))]
#[serde(rename_all = "kebab-case", deny_unknown_fields, bound(deserialize = "'de: 'a"))]
pub struct Claim<'a> {
    /// The report or certificate.
    pub report: Field<Text<'a>>,
    /// What readers need it for.
    #[serde(rename = "for")]
    pub purpose: List<Purpose>,
    /// What it is claimed to show.
    pub level: Field<Level>,
    /// The regions it is claimed for.
    pub regions: List<Region<'a>>,
}

/// Why a service is out of scope.
#[derive(Debug, Default, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(default))]
#[serde(rename_all = "kebab-case", deny_unknown_fields, bound(deserialize = "'de: 'a"))]
pub struct Exclusion<'a> {
    /// Why.
    pub reason: Field<Text<'a>>,
    /// The owner that approved it.
    pub approved_by: Field<Text<'a>>,
    /// Where it was decided.
    pub ticket: Field<Text<'a>>,
    /// The last day (inclusive) it applies.
    pub expires: Field<Date>,
}

impl Service<'_> {
    /// Whether it is declared to matter to user entities' financial reporting.
    pub fn has_financial_impact(&self) -> bool {
        matches!(
            self.financial_impact.value(),
            Some(FinancialImpact::Direct | FinancialImpact::Indirect | FinancialImpact::ItgcOnly)
        )
    }

    /// Whether it is declared to affect any books, be it only one's own.
    pub fn has_books(&self) -> bool {
        let impact = self.financial_impact.value();
        impact.is_some_and(|impact| impact != FinancialImpact::None)
    }

    /// Whether it is surely offered to user entities: external, in use and in scope.
    pub fn is_offered(&self) -> bool {
        let external = matches!(self.exposure, Field::Absent) || self.exposure.value() == Some(Exposure::External);
        let in_use = matches!(self.lifecycle, Field::Absent)
            || matches!(
                self.lifecycle.value(),
                Some(Lifecycle::Production | Lifecycle::Deprecated)
            );
        external && in_use && self.is_in_scope()
    }

    /// Whether it is surely in use and in scope, for any audience.
    pub fn is_in_use(&self) -> bool {
        !self.may_be_retired() && self.is_in_scope()
    }

    /// Whether it is retired, or may be so, for its lifecycle could not be read.
    pub fn may_be_retired(&self) -> bool {
        self.lifecycle.is_unknown() || self.lifecycle.value() == Some(Lifecycle::Retired)
    }

    pub fn is_in_scope(&self) -> bool {
        matches!(self.scope, Field::Absent) || self.scope.value() == Some(Scope::In)
    }
}
