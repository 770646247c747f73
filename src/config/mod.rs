//! `soclint.toml`: what to read, when to fail, and how severe each rule is here.

use crate::decode::{self, Duration, Entities, Field, List, OneOrTable, Problem, Text};
use crate::manifest::IdentityKind;
use crate::source::{Source, Span};
use schemars::JsonSchema;
use serde::Deserialize;

/// The names that a config file may have, in the order of preference.
pub const FILE_NAMES: [&str; 2] = ["soclint.toml", ".soclint.toml"];

/// A soclint config file. Its folder is the estate's root.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, bound(deserialize = "'de: 'a"))]
#[schemars(rename = "Config")]
pub struct Config<'a> {
    /// Globs of the manifests, from the root; `**/scope.toml` and `**/*.scope.toml` if not stated.
    pub include: List<Text<'a>>,
    /// Globs of what is not read, from the root.
    pub exclude: List<Text<'a>>,
    /// The severity from which findings fail the run; `error` if not stated.
    pub fail_on: Field<FailOn>,
    /// What holds for the whole company.
    pub policy: Field<Policy<'a>>,
    /// For each rule, its severity, or a table of its severity and options.
    pub rules: Entities<'a, OneOrTable<RuleSetting>>,
}

/// What holds for the whole company.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, bound(deserialize = "'de: 'a"))]
pub struct Policy<'a> {
    /// The only sanctioned secret stores.
    pub secret_stores: List<Text<'a>>,
}

/// The severity from which findings fail the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum FailOn {
    Error,
    Warning,
    Note,
    /// Findings never fail the run.
    Never,
}

impl FailOn {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
            Self::Never => "never",
        }
    }
}

/// How a rule is to be treated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    Off,
    Note,
    Warning,
    Error,
}

/// A rule's severity and options.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RuleSetting {
    /// How severe its findings are here.
    pub severity: Field<Level>,
    /// The longest time that is accepted; a rule about identities takes a table by kind too.
    pub longest: Field<OneOrTable<Longest>>,
    /// How many days may be left uncovered.
    pub tolerate: Field<Days>,
}

/// The longest time that is accepted.
#[derive(Debug, Default, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Longest {
    /// For everything that has no time of its own.
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
    /// What holds for a kind of identity, and where it is stated.
    pub fn of(&self, kind: IdentityKind) -> Option<(Duration, Span)> {
        let own = match kind {
            IdentityKind::Human => &self.human,
            IdentityKind::ServiceAccount => &self.service_account,
            IdentityKind::WorkloadIdentity => &self.workload_identity,
            IdentityKind::ApiKey => &self.api_key,
            IdentityKind::OauthApp => &self.oauth_app,
            IdentityKind::CiPipeline => &self.ci_pipeline,
            IdentityKind::Bot => &self.bot,
            IdentityKind::Certificate => &self.certificate,
            IdentityKind::AiAgent => &self.ai_agent,
        };
        own.known().or(self.default.known()).map(|val| (val.value, val.span))
    }

    fn states_kinds(&self) -> bool {
        let kinds = [
            &self.human,
            &self.service_account,
            &self.workload_identity,
            &self.api_key,
            &self.oauth_app,
            &self.ci_pipeline,
            &self.bot,
            &self.certificate,
            &self.ai_agent,
        ];
        kinds.iter().any(|kind| !kind.is_absent())
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
                Unexpected::Other("invalid-duration"),
                &"a number of days or weeks, in quotes: \"0d\", \"7d\", \"2w\"",
            )
        })
    }
}

impl JsonSchema for Days {
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

/// What a rule is called and which options it has, for checking a config against.
pub struct KnownRule {
    pub name: &'static str,
    pub options: &'static [&'static str],
    /// Whether it is about what could not be read, which nobody can choose not to see.
    pub is_reading_error: bool,
}

/// Reads a config file. Any problem means that the run cannot be trusted.
pub fn read<'a>(
    source: &'a Source,
    rules: &[KnownRule],
    is_planned: fn(&str) -> bool,
) -> Result<Config<'a>, Vec<Problem>> {
    let decoded = decode::decode::<Config<'_>>(source);
    let mut problems = decoded.problems;
    for entry in &decoded.value.rules.0 {
        check_rule(entry, rules, is_planned, &mut problems);
    }
    for glob in decoded.value.include.iter().chain(decoded.value.exclude.iter()) {
        let text = &*decode::shortened(&glob.value);
        if let Err(error) = globset::Glob::new(&glob.value) {
            let message = format!("\"{text}\" is not a glob: {}", error.kind());
            problems.push(Problem::new(
                decode::Fault::UnknownValue,
                glob.span,
                message,
                "not a glob",
            ));
        }
    }
    problems.sort_by_key(|problem| problem.span);
    if problems.is_empty() {
        Ok(decoded.value)
    } else {
        Err(problems)
    }
}

fn check_rule(
    entry: &decode::Entry<'_, OneOrTable<RuleSetting>>,
    rules: &[KnownRule],
    is_planned: fn(&str) -> bool,
    problems: &mut Vec<Problem>,
) {
    let name = entry.id.as_str();
    if is_planned(name) {
        let message = format!("the rule `{name}` is planned, and not part of this version");
        problems.push(Problem::new(
            decode::Fault::UnknownKey,
            entry.span,
            message,
            "not part of this version",
        ));
        return;
    }
    let Some(rule) = rules.iter().find(|rule| rule.name == name) else {
        let near = decode::nearest(name, rules.iter().map(|rule| rule.name));
        let label = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => "not a rule".to_owned(),
        };
        let problem = Problem::new(
            decode::Fault::UnknownKey,
            entry.span,
            format!("there is no rule `{name}`"),
            label,
        );
        problems.push(problem.with_help("`soclint rules` lists every rule"));
        return;
    };
    let setting = &entry.body;
    if rule.is_reading_error
        && let Some(severity) = setting.severity.known()
        && severity.value != Level::Error
    {
        let message = format!("`{name}` cannot be turned off or lowered: it says what could not be read");
        let label = "only \"error\" is possible";
        problems.push(Problem::new(decode::Fault::UnknownValue, severity.span, message, label));
    }
    let stated = [
        ("longest", setting.longest.known().map(|val| val.span)),
        ("tolerate", setting.tolerate.known().map(|val| val.span)),
    ];
    for (option, span) in stated {
        if let Some(span) = span
            && !rule.options.contains(&option)
        {
            let message = format!("the rule `{name}` has no option `{option}`");
            problems.push(Problem::new(
                decode::Fault::UnknownKey,
                span,
                message,
                "not an option of this rule",
            ));
        }
    }
    if let Some(longest) = setting.longest.known()
        && longest.value.states_kinds()
        && !rule.options.contains(&"longest by kind")
    {
        let message = format!("the option `longest` of `{name}` is one duration");
        problems.push(Problem::new(
            decode::Fault::WrongType,
            longest.span,
            message,
            "not by kind of identity",
        ));
    }
}
