//! The rules: each in a file of its own, with its page beside it.

pub mod access;
mod asked;
mod context;
pub mod discovery;
mod duties;
pub mod evidence;
pub mod governance;
mod miscited;
pub mod nhi;
pub mod page;
pub mod reading;
mod renamed;
pub mod report_fit;
pub mod report_periods;
mod run;
mod same_evidence;
pub mod scope;
mod seen;
mod stores;
mod successor;
pub mod third_parties;
pub mod third_party_review;
pub(crate) mod words;

pub use asked::{Answer, Question, ask, ask_all};
pub use context::{Context, Limit};
pub use renamed::current;
pub use run::{Check, run};
pub use seen::{ignored_because, is_ignored, may_be_declared, undeclared};

use crate::config::{Known, KnownRule, Level};
pub use crate::config::{OptionKind, RuleOption};
use crate::finding::{Details, Finding, Label, Severity};
use crate::model::Duration;
use crate::source::Place;
use crate::standards::reference;
use hashbrown::HashMap;
use std::borrow::Cow;
use std::sync::LazyLock;

/// A group of rules in the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// What cannot be read, or not as it is written.
    Reading,
    /// Whether the reports are of the kind that is needed.
    ReportFit,
    /// What reports state, and the time they cover.
    ReportPeriods,
    /// What is in scope, and what depends on it.
    Scope,
    /// What shows that a control works.
    Evidence,
    /// Secrets, owners and ends of non-human identities.
    Nhi,
    /// Who can do what.
    Access,
    /// Vendors and subservice organizations, and their reports.
    ThirdParties,
    /// Commitments, agents and policy.
    Governance,
    /// What is used, against what is declared.
    Discovery,
}

impl Group {
    /// As the catalogue calls it.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Reading => "Reading",
            Self::ReportFit => "Report fit",
            Self::ReportPeriods => "Report attributes and periods",
            Self::Scope => "Scope and boundaries",
            Self::Evidence => "Evidence",
            Self::Nhi => "Lifecycle of non-human identities",
            Self::Access => "Access",
            Self::ThirdParties => "Third parties",
            Self::Governance => "Commitments, agents, governance",
            Self::Discovery => "Used and declared",
        }
    }

    /// The folder of its rules' files; also the tag in SARIF.
    pub const fn folder(self) -> &'static str {
        match self {
            Self::Reading => "reading",
            Self::ReportFit => "report_fit",
            Self::ReportPeriods => "report_periods",
            Self::Scope => "scope",
            Self::Evidence => "evidence",
            Self::Nhi => "nhi",
            Self::Access => "access",
            Self::ThirdParties => "third_parties",
            Self::Governance => "governance",
            Self::Discovery => "discovery",
        }
    }
}

/// A rule whose finding takes precedence over another's, where the two share something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct YieldsTo {
    /// The rule that takes precedence.
    pub rule: &'static str,
    /// What the two share.
    pub shares: Shares,
}

impl YieldsTo {
    /// Gives way to a finding of `rule` about the same subject.
    pub(crate) const fn on_subject(rule: &'static str) -> Self {
        Self {
            rule,
            shares: Shares::Subject,
        }
    }

    /// Gives way to a finding of `rule` about an entity that this one names.
    pub(crate) const fn on_named(rule: &'static str) -> Self {
        Self {
            rule,
            shares: Shares::Named,
        }
    }
}

/// What two findings share when one yields to the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shares {
    /// Both are about one subject.
    Subject,
    /// The one that yields names the subject of the other.
    Named,
}

/// A rule: its name, its texts, and its check.
pub struct Rule {
    /// Its name in configs, waivers and every format.
    pub name: &'static str,
    /// The version that introduced it.
    pub since: &'static str,
    /// Its part of the catalogue.
    pub group: Group,
    /// The default severity.
    pub severity: Severity,
    /// One sentence.
    pub summary: &'static str,
    /// Ids that `soclint explain` knows and that it, or one of its cases, is based on. None: practice.
    pub references: &'static [&'static str],
    /// What a config can set of it.
    pub options: &'static [RuleOption],
    /// What its findings yield to, so that one fact is reported once.
    pub yields_to: &'static [YieldsTo],
    /// The page, as Markdown.
    pub page: &'static str,
    pub(crate) check: Check,
}

impl Rule {
    /// A finding of this rule: its subject, the place of the deciding fact, and its texts.
    pub(crate) fn finding(
        &self,
        subject: String,
        place: Place,
        label: impl Into<Cow<'static, str>>,
        message: impl Into<String>,
    ) -> Finding {
        Details {
            rule: self.name,
            severity: self.severity,
            subject,
            owner: None,
            message: message.into().into_boxed_str(),
            primary: Label {
                place,
                text: label.into(),
            },
            related: Vec::new(),
            beyond: Default::default(),
            help: Default::default(),
            fix: None,
            suggestion: None,
            fact: None,
            from: None,
            names: Default::default(),
            may_yield: true,
            precedes: Default::default(),
            references: self.references,
        }
        .into()
    }

    /// Its page in the project's repository, as it was in this version: later ones may move it.
    pub fn url(&self) -> String {
        format!(
            "{}/blob/v{}/{}",
            env!("CARGO_PKG_REPOSITORY"),
            env!("CARGO_PKG_VERSION"),
            self.file()
        )
    }

    /// The file of its page, from the root of the project's repository.
    pub fn file(&self) -> String {
        format!(
            "src/rules/{}/{}.md",
            self.group.folder(),
            file_stem(self.group, self.name)
        )
    }

    /// Whether waivers and baselines may suppress its findings: not reading errors, nor the findings about waivers that
    /// triage makes.
    pub(crate) fn can_be_suppressed(&self) -> bool {
        self.group != Group::Reading && !matches!(self.check, Check::Triage)
    }

    /// The default of an option.
    pub(crate) fn default_of(&self, kind: OptionKind) -> Duration {
        let option = self.options.iter().find(|option| option.kind == kind);
        option.map_or(Duration::days(0), |option| option.default)
    }

    /// How `references`, its own or a finding's, are shown: the ids, or the word for none.
    /// Nothing for reading errors.
    pub fn resting_on(&self, references: &'static [&'static str]) -> &'static [&'static str] {
        match references {
            [] if self.group != Group::Reading => &[reference::PRACTICE],
            _ => references,
        }
    }

    /// Whether it says that something could not be read, and so that more may be wrong.
    pub fn is_reading_error(&self) -> bool {
        self.group == Group::Reading && self.severity == Severity::Error
    }
}

/// The file stem of a rule; those of non-human identities omit the prefix that their folder already states.
pub fn file_stem(group: Group, name: &str) -> String {
    let stem = name.replace('-', "_");
    match group {
        Group::Nhi => stem.strip_prefix("nhi_").unwrap_or(&stem).to_owned(),
        _ => stem,
    }
}

/// Every rule, in the order of the catalogue.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    let groups = [
        reading::RULES,
        report_fit::RULES,
        report_periods::RULES,
        scope::RULES,
        evidence::RULES,
        nhi::RULES,
        access::RULES,
        third_parties::RULES,
        governance::RULES,
        discovery::RULES,
    ];
    groups.into_iter().flatten().copied()
}

/// The name of every rule.
pub fn names() -> impl Iterator<Item = &'static str> {
    all().map(|rule| rule.name)
}

/// The rule of a name. It is asked for every finding, and more than once.
pub fn find(name: &str) -> Option<&'static Rule> {
    static BY_NAME: LazyLock<HashMap<&str, &Rule>> = LazyLock::new(|| all().map(|rule| (rule.name, rule)).collect());
    BY_NAME.get(name).copied()
}

/// Whether a rule reports that something could not be read.
pub fn is_reading_error(name: &str) -> bool {
    find(name).is_some_and(Rule::is_reading_error)
}

/// What a config file may name.
pub fn known_to_config() -> Known {
    let known = |rule: &'static Rule| KnownRule {
        name: rule.name,
        options: rule.options,
        level: match rule.severity {
            Severity::Note => Level::Note,
            Severity::Warning => Level::Warning,
            Severity::Error => Level::Error,
        },
        is_reading_error: rule.is_reading_error(),
    };
    Known {
        rules: all().map(known).collect(),
        keys: crate::manifest::TABLES_WITH_KEYS.to_vec(),
        renamed: renamed::RENAMED,
    }
}
