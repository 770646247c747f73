//! Which keys of the config changed.

use super::effect::{Effect, effect};
use crate::config::Settings;
use crate::manifest::as_read::{AsRead, Keys};
use std::collections::{BTreeMap, BTreeSet};

/// A key of the config, as it is in the file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ConfigChange {
    pub key: String,
    pub before: Option<AsRead>,
    pub after: Option<AsRead>,
    pub effect: Effect,
}

/// What the configs of a state come to: each key that is stated, by its dotted name.
#[derive(Default)]
pub struct Configured {
    keys: BTreeMap<String, AsRead>,
    /// The rules whose severity is stated as `rule = "off"`.
    short: BTreeSet<String>,
}

impl Configured {
    pub fn of(settings: &Settings<'_>, sources: &crate::source::Sources) -> Self {
        let layers = settings.stated_keys(sources);
        let mut keys = BTreeMap::new();
        for layer in layers.iter().rev() {
            for (key, value) in flat(layer) {
                match keys.get_mut(&key) {
                    // Every config adds to these; of all others, the nearest holds.
                    Some(AsRead::List(items)) if ADDED.contains(&&*key) => {
                        if let AsRead::List(more) = value {
                            items.extend(more);
                        }
                    }
                    _ => drop(keys.insert(key, value)),
                }
            }
        }
        for (key, value) in &mut keys {
            if key != "overrides"
                && let AsRead::List(items) = value
            {
                *value = AsRead::list(std::mem::take(items));
            }
        }
        Self {
            keys,
            short: settings.short_rules(sources),
        }
    }
}

impl Configured {
    fn discovers(&self) -> bool {
        self.keys.contains_key("discover")
    }
}

/// Lists to which every config of a chain adds.
const ADDED: [&str; 4] = ["waivers", "overrides", "discover.ignore", "final"];

/// The keys of a config, those in its tables by dotted names.
fn flat(config: &Keys) -> Vec<(String, AsRead)> {
    let mut all = Vec::new();
    for (key, value) in config {
        match (&**key, value) {
            ("policy" | "waiver-policy", AsRead::Table(keys)) => {
                all.extend(
                    keys.iter()
                        .map(|(name, value)| (format!("{key}.{name}"), value.clone())),
                );
            }
            ("discover", AsRead::Table(keys)) => {
                // The table alone turns it on.
                all.push(("discover".to_owned(), AsRead::Table(Keys::new())));
                all.extend(
                    keys.iter()
                        .map(|(name, value)| (format!("{key}.{name}"), value.clone())),
                );
            }
            ("rules", AsRead::Table(rules)) => {
                for (rule, value) in rules {
                    let named = |name: &str| format!("rules.{rule}.{name}");
                    match value {
                        AsRead::Table(keys) => {
                            all.extend(keys.iter().map(|(name, value)| (named(name), value.clone())));
                        }
                        level => all.push((named("severity"), level.clone())),
                    }
                }
            }
            _ => all.push((key.to_string(), value.clone())),
        }
    }
    all
}

/// What changed in the config.
pub fn config(base: &Configured, head: &Configured) -> Vec<ConfigChange> {
    let keys: BTreeSet<&String> = base.keys.keys().chain(head.keys.keys()).collect();
    let changed = keys.into_iter().filter_map(|key| {
        let (before, after) = (base.keys.get(key), head.keys.get(key));
        let shown = || {
            let rule = key.strip_prefix("rules.")?.strip_suffix(".severity")?;
            let is_short = base.short.contains(rule) || head.short.contains(rule);
            is_short.then(|| format!("rules.{rule}"))
        };
        (before != after).then(|| ConfigChange {
            key: shown().unwrap_or_else(|| key.clone()),
            // What is said of discovery while it is off, or by turning it off, is said by that.
            effect: if key.starts_with("discover.") && !(base.discovers() && head.discovers()) {
                Effect::Other
            } else {
                effect(key, before, after)
            },
            before: before.cloned(),
            after: after.cloned(),
        })
    });
    let mut changed: Vec<ConfigChange> = changed.collect();
    changed.sort_by(|one, other| one.key.cmp(&other.key));
    changed
}
