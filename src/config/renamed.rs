//! Rules by the names that they had in earlier versions.

use super::{Config, Known};
use crate::model::Text;
use crate::source::Span;

/// A rule that a config names as it was called before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renamed {
    pub span: Span,
    pub old: String,
    pub now: &'static str,
}

/// Gives every rule that a config names its name of today.
pub fn to_current(config: &mut Config<'_>, known: &Known) {
    let mut renamed = Vec::new();
    let mut rename = |name: &mut Text<'_>, span: Span| {
        let (prefix, rule) = match name.strip_prefix("rules.") {
            Some(rule) => ("rules.", rule),
            None => ("", name.as_str()),
        };
        let Some((_, now)) = known.renamed.iter().find(|(old, _)| *old == rule) else {
            return;
        };
        renamed.push(Renamed {
            span,
            old: rule.to_owned(),
            now,
        });
        *name = Text::from(format!("{prefix}{now}"));
    };
    // A rule under both of its names keeps the old one, which is then reported: neither setting may hide the other.
    let has = |ids: &[String], old: &str| {
        let now = known.renamed.iter().find(|(name, _)| *name == old);
        now.is_some_and(|(_, now)| ids.iter().any(|id| id == now))
    };
    let ids: Vec<String> = config.rules.iter().map(|entry| entry.id.to_string()).collect();
    for entry in config.rules.iter_mut() {
        if !has(&ids, &entry.id) {
            rename(&mut entry.id, entry.span);
        }
    }
    for key in config.fixed.items.iter_mut() {
        rename(&mut key.value, key.span);
    }
    for one in config.overrides.items.iter_mut() {
        let ids: Vec<String> = one.value.rules.iter().map(|entry| entry.id.to_string()).collect();
        for entry in one.value.rules.iter_mut() {
            if !has(&ids, &entry.id) {
                rename(&mut entry.id, entry.span);
            }
        }
    }
    if let Some(policy) = config.waiver_policy.known_mut() {
        for name in policy.value.not_waivable.items.iter_mut() {
            rename(&mut name.value, name.span);
        }
    }
    for waiver in config.waivers.items.iter_mut() {
        if let Some(rule) = waiver.value.rule.known_mut() {
            rename(&mut rule.value, rule.span);
        }
    }
    config.renamed = renamed;
}

#[cfg(test)]
mod tests {
    use crate::config::{self, Known, KnownRule, Level};
    use crate::source::Source;

    const CONFIG: &str = r#"
final = ["rules.old-report"]
rules.old-report = "note"
waiver-policy.not-waivable = ["old-report"]
overrides = [{ paths = "a/*", rules.old-report = "error" }]
[[waivers]]
rule = "old-report"
subject = "reports.a"
"#;

    #[test]
    fn a_rule_is_known_by_its_earlier_name_wherever_a_config_names_one() {
        let source = Source::new("soclint.toml".to_owned(), CONFIG.to_owned());
        let stale_report = KnownRule {
            name: "stale-report",
            options: &[],
            level: Level::Warning,
            is_reading_error: false,
        };
        let mut known = Known {
            rules: vec![stale_report],
            keys: Vec::new(),
            renamed: &[],
        };
        let (_, problems) = config::read(&source, &known);
        assert_eq!(problems.len(), 5, "the name is not known by itself: {problems:?}");

        known.renamed = &[("old-report", "stale-report")];
        let (config, problems) = config::read(&source, &known);
        assert!(problems.is_empty(), "{problems:?}");
        let shown: Vec<_> = config.renamed.iter().map(|one| source.slice(one.span)).collect();
        assert_eq!(shown.len(), 5);
        assert!(shown.iter().all(|text| text.contains("old-report")), "{shown:?}");
        assert!(config.renamed.iter().all(|one| one.now == "stale-report"));
        let sources = [source];
        let settings = config::parse(&sources, &known).unwrap_or_default();
        let level = settings.level("stale-report").map(|set| set.value);
        assert_eq!(level, Some(Level::Note));
        assert!(
            settings
                .not_waivable()
                .and_then(|names| names.find("stale-report"))
                .is_some()
        );

        let both = "rules.old-report = \"note\"\nrules.stale-report = \"error\"\n";
        let source = Source::new("soclint.toml".to_owned(), both.to_owned());
        let (_, problems) = config::read(&source, &known);
        let messages: Vec<&str> = problems.iter().map(|problem| problem.message.as_str()).collect();
        assert_eq!(messages, ["there is no rule `old-report`"]);
    }
}
