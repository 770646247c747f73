//! What there is to name in a config.

use super::{Level, RuleOption};

/// What a rule is called and which options it has, for checking a config against.
pub struct KnownRule {
    pub name: &'static str,
    pub options: &'static [RuleOption],
    /// How severe it is by itself.
    pub level: Level,
    /// Whether it reports parse errors, which cannot be left out.
    pub is_reading_error: bool,
}

/// What there is to name in a config.
pub struct Known {
    pub rules: Vec<KnownRule>,
    /// Keys that can be required, by their tables.
    pub keys: Vec<(&'static str, &'static [&'static str])>,
    /// What rules were called before, and what they are called now.
    pub renamed: &'static [(&'static str, &'static str)],
}

/// Keys that can be fixed, beside `rules.<name>`.
pub const KEYS: [&str; 24] = [
    "include",
    "exclude",
    "fail-on",
    "policy",
    "policy.secret-stores",
    "policy.require",
    "rules",
    "waiver-policy",
    "waiver-policy.longest-term",
    "waiver-policy.not-waivable",
    "waiver-policy.approvers",
    "waiver-policy.allow-broad",
    "waiver-policy.baseline-until",
    "waiver-policy.exemptions-end",
    "discover",
    "discover.sources",
    "discover.exclude",
    "discover.test-folders",
    "discover.well-known",
    "discover.elsewhere",
    "discover.environments",
    "discover.ignore",
    "waivers",
    "overrides",
];
