//! `soclint.toml`: what to read, when to fail, and how severe each rule is here.

mod chain;
mod check;
mod discover;
mod error;
mod fixed;
mod known;
mod option;
mod parse;
mod renamed;
mod settings;
mod words;

pub use chain::read_chain;
pub use check::read;
pub use discover::{Discover, Ignored, IgnoredLocator, Meaning};
pub use error::{ConfigError, ConfigProblem, ExtendsFault};
pub use known::{Known, KnownRule};
pub use option::{OptionKind, RuleOption};
pub use parse::parse;
pub use renamed::Renamed;
pub use settings::{Layer, Set, Settings, StatedList};
pub use words::every_word;

use crate::decode::{Entities, Field, List, OneOrTable, Val};
use crate::manifest::Waiver;
use crate::model::{Date, Duration, INVALID_DURATION, IdentityKind, Text, named};
use crate::source::Span;
use serde::{Deserialize, Serialize};

/// A soclint config file. Its folder is the estate's root.
#[derive(Debug, Default, Deserialize, Serialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(default, rename = "Config")
)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, bound(deserialize = "'de: 'a"))]
pub struct Config<'a> {
    /// Globs of the manifests, from the root; `**/scope.toml` and `**/*.scope.toml` if not stated.
    pub include: List<Text<'a>>,
    /// Globs of files and folders to leave out, from the root.
    pub exclude: List<Text<'a>>,
    /// Configs that are read first, as paths from this file; the nearer config wins.
    pub extends: List<Text<'a>>,
    /// Keys that a nearer config may only tighten, such as `fail-on`, `rules.stale-report` or `waiver-policy`.
    #[serde(rename = "final")]
    pub fixed: List<Text<'a>>,
    /// Minimum severity that fails the run; `error` if not stated.
    pub fail_on: Field<FailOn>,
    /// Company-wide policy.
    pub policy: Field<Policy<'a>>,
    /// For each rule, its severity, or a table of its severity and options.
    pub rules: Entities<'a, OneOrTable<RuleSetting>>,
    /// The limits that waivers have to keep.
    pub waiver_policy: Field<WaiverPolicy<'a>>,
    /// Which files beside the manifests show what is used, and what of it is not asked about.
    pub discover: Field<Discover<'a>>,
    /// Findings that are accepted for a time, for the whole estate.
    pub waivers: List<Waiver<'a>>,
    /// Severities by the path of the manifest; later ones win.
    pub overrides: List<Override<'a>>,
    /// Rules that it names as they were called before.
    #[serde(skip)]
    #[cfg_attr(feature = "schema", schemars(skip))]
    pub renamed: Vec<Renamed>,
}

/// Company-wide policy.
#[derive(Debug, Default, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(default))]
#[serde(rename_all = "kebab-case", deny_unknown_fields, bound(deserialize = "'de: 'a"))]
pub struct Policy<'a> {
    /// The only sanctioned secret stores; any if not stated.
    pub secret_stores: List<Text<'a>>,
    /// Keys that must be stated, such as `services.financial-impact`.
    pub require: List<Text<'a>>,
}

/// The limits that waivers have to keep.
#[derive(Debug, Default, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(default))]
#[serde(rename_all = "kebab-case", deny_unknown_fields, bound(deserialize = "'de: 'a"))]
pub struct WaiverPolicy<'a> {
    /// How far ahead a waiver may expire; `12mo` if not stated.
    pub longest_term: Field<Duration>,
    /// Rules whose findings may not be waived.
    pub not_waivable: List<Text<'a>>,
    /// The only owners that may approve a waiver; any if not stated.
    pub approvers: List<Text<'a>>,
    /// Whether a subject may match everything, or a whole table (`*`, `identities.*`); `false` if not stated.
    pub allow_broad: Field<bool>,
    /// The last day (inclusive) on which a baseline may apply.
    pub baseline_until: Field<Date>,
    /// Whether `privilege` and `exclusion` need an end within `longest-term`; `false` if not stated.
    pub exemptions_end: Field<bool>,
}

/// Severities for some manifests.
#[derive(Debug, Default, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(default, extend("required" = ["paths", "rules"])))]
#[serde(rename_all = "kebab-case", deny_unknown_fields, bound(deserialize = "'de: 'a"))]
pub struct Override<'a> {
    /// Globs of the manifests, from the root.
    #[cfg_attr(feature = "schema", schemars(required))]
    pub paths: List<Text<'a>>,
    /// For each rule, its severity there.
    #[cfg_attr(feature = "schema", schemars(required))]
    pub rules: Entities<'a, OneOrTable<RuleSeverity>>,
}

/// A rule's severity.
#[derive(Debug, Default, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(default))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RuleSeverity {
    /// Severity override for these manifests.
    pub severity: Field<Level>,
}

/// Minimum severity that fails the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum FailOn {
    /// Errors only.
    Error,
    /// Warnings and errors.
    Warning,
    /// Every finding.
    Note,
    /// Findings never fail the run.
    Never,
}

named! { FailOn Level }

impl FailOn {
    /// As it is written.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
            Self::Never => "never",
        }
    }
}

/// A rule's level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Its findings are not reported; the summary counts them.
    Off,
    /// Something a reader should know.
    Note,
    /// Something that should be resolved.
    Warning,
    /// Something that fails the run, unless `fail-on` differs.
    Error,
}

impl Level {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A rule's severity and options.
#[derive(Debug, Default, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(default))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RuleSetting {
    /// Severity override.
    pub severity: Field<Level>,
    /// The longest time that is accepted; a rule about identities takes a table by kind too.
    pub longest: Field<OneOrTable<Longest>>,
    /// How many days may be left uncovered.
    pub tolerate: Field<Days>,
    /// How long after its end a fiscal year is judged.
    pub season: Field<Duration>,
    /// How long after a period's first day it is judged.
    pub from: Field<Duration>,
}

/// The longest time that is accepted.
#[derive(Debug, Default, Clone, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(default))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Longest {
    /// For all kinds without a value of their own.
    pub default: Field<Duration>,
    pub human: Field<Duration>,
    pub service_account: Field<Duration>,
    pub workload_identity: Field<Duration>,
    pub api_key: Field<Duration>,
    pub oauth_app: Field<Duration>,
    pub ci_pipeline: Field<Duration>,
    pub bot: Field<Duration>,
    pub certificate: Field<Duration>,
    pub ai_agent: Field<Duration>,
}

impl Longest {
    /// What is stated for a kind of identity itself, and where.
    pub fn own(&self, kind: IdentityKind) -> Option<(Duration, Span)> {
        self.of_kind(kind).known().map(|val| (val.value, val.span))
    }

    fn of_kind(&self, kind: IdentityKind) -> &Field<Duration> {
        match kind {
            IdentityKind::Human => &self.human,
            IdentityKind::ServiceAccount => &self.service_account,
            IdentityKind::WorkloadIdentity => &self.workload_identity,
            IdentityKind::ApiKey => &self.api_key,
            IdentityKind::OauthApp => &self.oauth_app,
            IdentityKind::CiPipeline => &self.ci_pipeline,
            IdentityKind::Bot => &self.bot,
            IdentityKind::Certificate => &self.certificate,
            IdentityKind::AiAgent => &self.ai_agent,
        }
    }

    fn kinds(&self) -> impl Iterator<Item = (IdentityKind, &Field<Duration>)> {
        let kinds = IdentityKind::ALL.iter().map(|kind| (*kind, self.of_kind(*kind)));
        kinds.filter(|(_, time)| !time.is_absent())
    }

    fn states_kinds(&self) -> bool {
        self.kinds().next().is_some()
    }

    /// Each time that is stated, and for which kind; for all others, if none.
    fn stated(&self) -> impl Iterator<Item = (Option<IdentityKind>, Val<Duration>)> {
        let kinds = self.kinds().map(|(kind, time)| (Some(kind), time));
        let all = std::iter::once((None, &self.default)).chain(kinds);
        all.filter_map(|(kind, time)| Some((kind, *time.known()?)))
    }
}

/// A number of days, which may be none: `"0d"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days(pub u32);

impl<'de> Deserialize<'de> for Days {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        use serde::de::{Error, Unexpected};
        let text = Text::deserialize(deserializer)?;
        let days = match text.as_str() {
            "0d" => Some(0),
            other => Duration::parse(other).filter(|d| d.months == 0).map(|d| d.days),
        };
        days.map(Self).ok_or_else(|| {
            D::Error::invalid_value(
                Unexpected::Other(INVALID_DURATION),
                &"a number of days or weeks, in quotes: \"0d\", \"7d\", \"2w\"",
            )
        })
    }
}

impl Serialize for Days {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{}d", self.0))
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Days {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Days".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "A number of days or weeks: `0d`, `7d`, `2w`.",
            "type": "string",
            "pattern": "^([0-9]+[dw]|P[0-9]+[DW])$"
        })
    }
}
