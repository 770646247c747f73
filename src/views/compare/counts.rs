//! Which keys count: not those that only explain.

use crate::manifest::as_read::{AsRead, Keys};
use crate::model::Text;
use std::borrow::Cow;

/// Keys that say nothing that is judged.
const TEXTS: [&str; 4] = ["title", "description", "contact", "ticket"];

/// Keys that excuse. Their wording says nothing that is judged; whether they are given does.
const REASONS: [&str; 9] = [
    "reason",
    "did-not-operate",
    "csocs-not-needed",
    "icfr-alternative",
    "alternative-procedures",
    "authentication-reason",
    "short-period-reason",
    "assurance-note",
    "keep",
];

/// Whether two values are the same in what counts; in everything, if `all`.
pub fn same(key: &str, one: Option<&AsRead>, other: Option<&AsRead>, all: bool) -> bool {
    one == other || (!all && counted(key, one) == counted(key, other))
}

/// Whether a key is told at all where an entity comes or goes.
pub fn is_told(key: &str, all: bool) -> bool {
    all || !TEXTS.contains(&key)
}

fn counted<'v>(key: &str, value: Option<&'v AsRead>) -> Option<Cow<'v, AsRead>> {
    let value = value?;
    if TEXTS.contains(&key) {
        return None;
    }
    if REASONS.contains(&key) {
        return match value {
            AsRead::Text(text) => Text::from(text.as_str())
                .explains()
                .then_some(Cow::Owned(AsRead::Boolean(true))),
            other => Some(Cow::Borrowed(other)),
        };
    }
    Some(match value {
        AsRead::Table(keys) => {
            let counted = keys
                .iter()
                .filter_map(|(key, value)| Some((key.clone(), counted(key, Some(value))?.into_owned())));
            Cow::Owned(AsRead::Table(counted.collect::<Keys>()))
        }
        AsRead::List(items) => {
            let items = items.iter().filter_map(|item| counted("", Some(item)));
            Cow::Owned(AsRead::list(items.map(Cow::into_owned).collect()))
        }
        other => Cow::Borrowed(other),
    })
}
