//! What a change of a key of the config does: what it hides or brings.

use crate::config::{FailOn, Level};
use crate::manifest::as_read::AsRead;
use crate::model::{Duration, SourceKind};
use crate::rules::{self, OptionKind};
use crate::workspace::DEFAULT_INCLUDE;

/// What a change of the config does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effect {
    /// Something is not judged any more.
    Off,
    /// Something counts less, or less is asked for.
    Lowered,
    /// More time is accepted.
    Stretched,
    /// Less is looked at.
    LeftOut,
    Tightened,
    Other,
}

impl Effect {
    pub const ALL: [Self; 6] = [
        Self::Off,
        Self::Lowered,
        Self::Stretched,
        Self::LeftOut,
        Self::Tightened,
        Self::Other,
    ];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Lowered => "lowered",
            Self::Stretched => "stretched",
            Self::LeftOut => "left-out",
            Self::Tightened => "tightened",
            Self::Other => "other",
        }
    }
}

type Stated<'v> = Option<&'v AsRead>;

/// What another value of a key does.
pub fn effect(key: &str, before: Stated<'_>, after: Stated<'_>) -> Effect {
    use Effect::{LeftOut, Lowered, Stretched, Tightened};
    let words = |value: Stated<'_>| value.map_or_else(Vec::new, texts);
    // What is worse when it has more, or less.
    let more = |worse| by_lists(&words(before), &words(after), worse, Tightened);
    let fewer = |worse| by_lists(&words(after), &words(before), worse, Tightened);
    let flag = |worse: bool, by: Effect, otherwise: bool| {
        let is = |value: Stated<'_>| value.map_or(otherwise, |value| *value == AsRead::Boolean(true));
        match (is(before) == worse, is(after) == worse) {
            (false, true) => by,
            (true, false) => Tightened,
            _ => Effect::Other,
        }
    };
    match key {
        "include" => {
            let of = |value: Stated<'_>| value.map_or_else(|| DEFAULT_INCLUDE.map(str::to_owned).to_vec(), texts);
            by_lists(&of(after), &of(before), LeftOut, Tightened)
        }
        "exclude" | "discover.exclude" | "discover.elsewhere" | "discover.ignore" | "discover.environments" => {
            more(LeftOut)
        }
        "discover" => match after {
            Some(_) => Tightened,
            None => Effect::Off,
        },
        "discover.sources" => {
            let all = || SourceKind::ALL.iter().map(|kind| kind.as_str().to_owned()).collect();
            let of = |value: Stated<'_>| value.map_or_else(all, texts);
            by_lists(&of(after), &of(before), LeftOut, Tightened)
        }
        "discover.test-folders" => flag(false, LeftOut, false),
        "discover.well-known" => flag(true, LeftOut, true),
        "fail-on" => {
            let of = |value: Stated<'_>| word(value).unwrap_or(FailOn::Error.as_str()).to_owned();
            ranked(&of(before), &of(after), &["never", "error", "warning", "note"])
        }
        "final" | "policy.require" | "waiver-policy.not-waivable" => fewer(Lowered),
        // None listed means that any will do.
        "policy.secret-stores" | "waiver-policy.approvers" => match (before, after) {
            (None, _) => Tightened,
            (_, None) => Lowered,
            _ => more(Lowered),
        },
        "waiver-policy.longest-term" => {
            let of = |value| duration(value).unwrap_or(Duration::months(12));
            longer(of(before), of(after), Stretched)
        }
        "waiver-policy.allow-broad" => flag(true, Lowered, false),
        "waiver-policy.exemptions-end" => flag(false, Lowered, false),
        "waiver-policy.baseline-until" => match (word(before), word(after)) {
            (None, _) => Tightened,
            (_, None) => Stretched,
            // Days are in the order of their texts.
            (Some(before), Some(after)) if after > before => Stretched,
            _ => Tightened,
        },
        "overrides" => overrides(before, after),
        _ => match key.strip_prefix("rules.").and_then(|rest| rest.rsplit_once('.')) {
            Some((rule, option)) => of_rule(rule, option, before, after),
            None => Effect::Other,
        },
    }
}

fn of_rule(rule: &str, option: &str, before: Stated<'_>, after: Stated<'_>) -> Effect {
    if option == "severity" {
        let of = |value: Stated<'_>| word(value).map_or_else(|| default_level(rule).to_owned(), str::to_owned);
        return severity(&of(before), &of(after));
    }
    let default = |kinds: &[OptionKind]| {
        let rule = rules::find(rule)?;
        let option = rule.options.iter().find(|option| kinds.contains(&option.kind))?;
        Some(option.default)
    };
    match option {
        "longest" => {
            let default = default(&[OptionKind::Longest, OptionKind::LongestByKind]);
            let time = |value: Stated<'_>, kind: &str| {
                let own = match value {
                    Some(AsRead::Table(kinds)) => kinds.get(kind).or_else(|| kinds.get("default")),
                    value => value,
                };
                duration(own).or(default)
            };
            let kinds = [before, after].into_iter().flatten().flat_map(|value| match value {
                AsRead::Table(kinds) => kinds.keys().map(|kind| kind.to_string()).collect(),
                _ => vec!["default".to_owned()],
            });
            let effects =
                kinds.filter_map(|kind| Some(longer(time(before, &kind)?, time(after, &kind)?, Effect::Stretched)));
            effects.min().unwrap_or(Effect::Other)
        }
        "tolerate" => {
            let of = |value| duration(value).unwrap_or(Duration { months: 0, days: 0 });
            longer(of(before), of(after), Effect::Stretched)
        }
        "season" => match (
            duration(before).or(default(&[OptionKind::Season])),
            duration(after).or(default(&[OptionKind::Season])),
        ) {
            // What is judged for a shorter time is judged less.
            (Some(before), Some(after)) => longer(after, before, Effect::Stretched),
            _ => Effect::Other,
        },
        "from" => match (
            duration(before).or(default(&[OptionKind::From])),
            duration(after).or(default(&[OptionKind::From])),
        ) {
            (Some(before), Some(after)) => longer(before, after, Effect::Stretched),
            _ => Effect::Other,
        },
        _ => Effect::Other,
    }
}

fn default_level(rule: &str) -> &'static str {
    rules::find(rule).map_or(Level::Error.as_str(), |rule| rule.severity.as_str())
}

fn severity(before: &str, after: &str) -> Effect {
    match (before, after) {
        (before, "off") if before != "off" => Effect::Off,
        _ => ranked(before, after, &["off", "note", "warning", "error"]),
    }
}

/// By the order of words, from the mildest on.
fn ranked(before: &str, after: &str, words: &[&str]) -> Effect {
    let rank = |word: &str| words.iter().position(|known| *known == word);
    match rank(after).cmp(&rank(before)) {
        std::cmp::Ordering::Less => Effect::Lowered,
        std::cmp::Ordering::Greater => Effect::Tightened,
        std::cmp::Ordering::Equal => Effect::Other,
    }
}

fn longer(before: Duration, after: Duration, worse: Effect) -> Effect {
    if after.is_longer_than(before) {
        worse
    } else if before.is_longer_than(after) {
        Effect::Tightened
    } else {
        Effect::Other
    }
}

/// Worse when a list has something new; else better when something is missing.
fn by_lists(before: &[String], after: &[String], worse: Effect, better: Effect) -> Effect {
    if after.iter().any(|item| !before.contains(item)) {
        worse
    } else if before.iter().any(|item| !after.contains(item)) {
        better
    } else {
        Effect::Other
    }
}

/// Overrides that are there and were not, or the other way round, by what they do to their rules.
fn overrides(before: Stated<'_>, after: Stated<'_>) -> Effect {
    let items = |value: Stated<'_>| match value {
        Some(AsRead::List(items)) => items.clone(),
        _ => Vec::new(),
    };
    let (before, after) = (items(before), items(after));
    let effects = |items: &[AsRead], others: &[AsRead]| -> Vec<Effect> {
        let new = items.iter().filter(|item| !others.contains(item));
        let rules = new.filter_map(|item| match item {
            AsRead::Table(keys) => match keys.get("rules") {
                Some(AsRead::Table(rules)) => Some(rules),
                _ => None,
            },
            _ => None,
        });
        rules
            .flatten()
            .filter_map(|(rule, level)| {
                let level = match level {
                    AsRead::Table(keys) => word(keys.get("severity")),
                    level => word(Some(level)),
                };
                Some(severity(default_level(rule), level?))
            })
            .collect()
    };
    let (new, gone) = (effects(&after, &before), effects(&before, &after));
    let is_milder = |effect: &Effect| matches!(effect, Effect::Off | Effect::Lowered);
    let worst = new.iter().copied().filter(is_milder).min();
    worst.unwrap_or_else(|| {
        if gone.contains(&Effect::Tightened) {
            Effect::Lowered
        } else if gone.iter().any(is_milder) || new.contains(&Effect::Tightened) {
            Effect::Tightened
        } else {
            Effect::Other
        }
    })
}

fn word(value: Stated<'_>) -> Option<&str> {
    match value? {
        AsRead::Text(text) => Some(text),
        _ => None,
    }
}

fn duration(value: Stated<'_>) -> Option<Duration> {
    let text = match value? {
        AsRead::Table(keys) => return duration(keys.get("default")),
        AsRead::Text(text) => text,
        _ => return None,
    };
    if text == "0d" {
        return Some(Duration { months: 0, days: 0 });
    }
    Duration::parse(text)
}

/// The items of a list, each as a text.
fn texts(value: &AsRead) -> Vec<String> {
    let one = |value: &AsRead| match value {
        AsRead::Text(text) => text.clone(),
        other => format!("{other:?}"),
    };
    match value {
        AsRead::List(items) => items.iter().map(one).collect(),
        AsRead::Table(keys) => keys
            .iter()
            .map(|(key, value)| format!("{key} {}", one(value)))
            .collect(),
        other => vec![one(other)],
    }
}
