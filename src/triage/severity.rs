//! How severe a finding is here: its rule's word, the config's, and that of an override for its manifest.

use crate::config::{Level, Settings};
use crate::finding::{Finding, Severity};
use crate::model::Duration;
use crate::rules::{OptionKind, Rule, RuleOption};
use crate::source::Sources;
use crate::workspace::Patterns;
use std::collections::HashMap;

/// What the settings say about severities, ready to be asked for each finding.
pub struct Severities {
    by_rule: HashMap<String, Level>,
    /// In the order in which they apply.
    overrides: Vec<(Patterns, HashMap<String, Level>)>,
}

impl Severities {
    pub fn of(settings: &Settings<'_>) -> Self {
        let rules =
            crate::rules::all().filter_map(|rule| Some((rule.name.to_owned(), settings.level(rule.name)?.value)));
        let overrides = settings.overrides().filter_map(|(_, one)| {
            let globs: Vec<&str> = one.value.paths.iter().map(|glob| glob.value.as_str()).collect();
            let levels = one.value.rules.iter().filter_map(|entry| {
                let level = entry.body.severity.value()?;
                Some((entry.id.as_str().to_owned(), level))
            });
            // Globs were checked when the config was read.
            Some((Patterns::new(settings.root(), &globs).ok()?, levels.collect()))
        });
        Self {
            by_rule: rules.collect(),
            overrides: overrides.collect(),
        }
    }

    /// What is set for a rule, for a manifest at a path.
    fn level(&self, rule: &str, path: &str) -> Option<Level> {
        let set = self.overrides.iter().rev().find_map(|(globs, levels)| {
            let level = levels.get(rule)?;
            globs.take(path).then_some(*level)
        });
        set.or_else(|| self.by_rule.get(rule).copied())
    }

    /// Whether a rule is off for a manifest at a path.
    pub fn is_off(&self, rule: &str, path: &str) -> bool {
        self.level(rule, path) == Some(Level::Off)
    }

    /// How severe a finding is here; `None` when it is off.
    pub fn of_finding(&self, finding: &Finding, sources: &Sources) -> Option<Severity> {
        let path = &sources.get(finding.primary.place.file).path;
        match self.level(finding.rule, path) {
            None => Some(finding.severity),
            Some(Level::Off) => None,
            Some(Level::Note) => Some(Severity::Note),
            Some(Level::Warning) => Some(Severity::Warning),
            Some(Level::Error) => Some(Severity::Error),
        }
    }
}

/// How many rules have an option that accepts more than it does by default.
pub fn stretched(settings: &Settings<'_>) -> usize {
    let is_stretched = |rule: &&Rule| {
        let longer = |option: &RuleOption| {
            let stated = settings.longest_times(rule.name);
            stated.into_iter().any(|time| time.is_longer_than(option.default))
        };
        let tolerated = |option: &RuleOption| {
            let days = settings.tolerate(rule.name).map_or(0, |days| days.value);
            Duration::days(days).is_longer_than(option.default)
        };
        let shorter = |option: &RuleOption| {
            let season = settings.season(rule.name);
            season.is_some_and(|season| option.default.is_longer_than(season.value))
        };
        let later = |option: &RuleOption| {
            let from = settings.from(rule.name);
            from.is_some_and(|from| from.value.is_longer_than(option.default))
        };
        rule.options.iter().any(|option| match option.kind {
            OptionKind::Tolerate => tolerated(option),
            OptionKind::Season => shorter(option),
            OptionKind::From => later(option),
            OptionKind::Longest | OptionKind::LongestByKind => longer(option),
        })
    };
    crate::rules::all().filter(is_stretched).count()
}
