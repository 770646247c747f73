//! What a config can tell a rule.

use crate::model::Duration;

/// An option of a rule. What holds where no config states it is said here alone: the rule's page, the schema and
/// `cx.longest(&RULE)` take it from here.
#[derive(Debug)]
pub struct RuleOption {
    /// What it is for, without a full stop.
    pub help: &'static str,
    pub(crate) kind: OptionKind,
    /// What holds where no config states it.
    pub(crate) default: Duration,
    /// What holds then, where a duration does not tell; `default` is how much that is of a usual year.
    pub share: Option<&'static str>,
}

/// The key of an option, and the values that it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OptionKind {
    /// `longest`: one duration.
    Longest,
    /// `longest`: a duration, or a table of them by kind of identity.
    LongestByKind,
    /// `tolerate`: a number of days, which may be none.
    Tolerate,
    /// `season`: for how long after its end a fiscal year is judged.
    Season,
    /// `from`: how long after a period's first day it is judged.
    From,
}

impl OptionKind {
    pub const fn key(self) -> &'static str {
        match self {
            Self::Longest | Self::LongestByKind => "longest",
            Self::Tolerate => "tolerate",
            Self::Season => "season",
            Self::From => "from",
        }
    }
}

impl RuleOption {
    pub(crate) const fn longest(help: &'static str, default: Duration) -> Self {
        Self {
            help,
            kind: OptionKind::Longest,
            default,
            share: None,
        }
    }

    pub(crate) const fn longest_by_kind(help: &'static str, default: Duration) -> Self {
        Self {
            help,
            kind: OptionKind::LongestByKind,
            default,
            share: None,
        }
    }

    pub(crate) const fn tolerate(help: &'static str, days: u32) -> Self {
        Self {
            help,
            kind: OptionKind::Tolerate,
            default: Duration::days(days),
            share: None,
        }
    }

    pub(crate) const fn season(default: Duration) -> Self {
        Self {
            help: "How long after a fiscal year's last day it is judged",
            kind: OptionKind::Season,
            default,
            share: None,
        }
    }

    /// A third of the period is a third of a year, as most periods are.
    pub(crate) const fn from_a_third(help: &'static str) -> Self {
        Self {
            help,
            kind: OptionKind::From,
            default: Duration::months(4),
            share: Some("a third of the period"),
        }
    }

    pub(crate) const fn name(&self) -> &'static str {
        self.kind.key()
    }

    /// What it is for, and the effective value without it.
    pub fn help(&self) -> String {
        match self.share {
            Some(share) => format!("{}; {share} if not stated.", self.help),
            None => format!("{}; \"{}\" if not stated.", self.help, self.default.written()),
        }
    }
}
