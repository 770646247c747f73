//! Adding text at the end of a manifest, and the proof that this adds declarations and changes none.

use crate::manifest;
use crate::source::Source;
use std::collections::BTreeSet;

/// Ids that were added, with the locator of each identity.
#[derive(Debug, Clone, Default)]
pub struct Added {
    pub identities: Vec<(String, String)>,
    pub profiles: Vec<String>,
    pub controls: Vec<String>,
}

impl Added {
    /// How many entries that is; what they share is none of them.
    pub fn entries(&self) -> usize {
        self.identities.len() + self.controls.len()
    }
}

/// A text with more at its end, in lines that end as its own do.
pub fn append(text: &str, more: &str) -> String {
    let has_returns = text
        .split_inclusive('\n')
        .next()
        .is_some_and(|line| line.ends_with("\r\n"));
    let end = if has_returns { "\r\n" } else { "\n" };
    let mut whole = text.to_owned();
    if !text.trim_start_matches('\u{feff}').is_empty() {
        if !text.ends_with('\n') {
            whole.push_str(end);
        }
        if !text.ends_with("\n\n") && !text.ends_with("\n\r\n") {
            whole.push_str(end);
        }
    }
    for line in more.lines() {
        whole.push_str(line);
        whole.push_str(end);
    }
    whole
}

/// Whether a text declares all that another does, and besides only what was added.
pub fn only_adds(before: &str, after: &str, added: &Added) -> bool {
    let table = |text: &str| text.trim_start_matches('\u{feff}').parse::<toml::Table>().ok();
    let (Some(old), Some(mut new)) = (table(before), table(after)) else {
        return false;
    };
    let identities = added.identities.iter().map(|(id, _)| ("identities", id.as_str()));
    let profiles = added.profiles.iter().map(|id| ("profiles", id.as_str()));
    let controls = added.controls.iter().map(|id| ("controls", id.as_str()));
    for (kind, id) in identities.chain(profiles).chain(controls) {
        let Some(toml::Value::Table(tables)) = new.get_mut(kind) else {
            return false;
        };
        if tables.remove(id).is_none() {
            return false;
        }
        if tables.is_empty() && !old.contains_key(kind) {
            new.remove(kind);
        }
    }
    old == new && after.starts_with(before) && is_read(before, after, added)
}

/// Whether nothing is wrong with a text that was not wrong with the other, and what was added is read as it was meant.
fn is_read(before: &str, after: &str, added: &Added) -> bool {
    let source = |text: &str| Source::new(String::new(), text.to_owned());
    let (before, after) = (source(before), source(after));
    let (old, new) = (manifest::read(&before), manifest::read(&after));
    let known: BTreeSet<&str> = old.manifest.identities.iter().map(|entry| entry.id.as_str()).collect();
    let is_declared = |(id, locator): &(String, String)| {
        let mut entries = new.manifest.identities.iter();
        let entry = entries.find(|entry| entry.id.as_str() == id);
        let mut locators = entry.into_iter().flat_map(|entry| entry.body.locators.iter());
        !known.contains(id.as_str()) && locators.any(|written| written.value.as_str() == locator)
    };
    old.problems.len() == new.problems.len()
        && old.lost.len() == new.lost.len()
        && known.len() + added.identities.len() == new.manifest.identities.iter().count()
        && old.manifest.controls.iter().count() + added.controls.len() == new.manifest.controls.iter().count()
        && added.identities.iter().all(is_declared)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MORE: &str = "[identities.b]\nkind = \"bot\"\nlocators = \"github-secret:B_KEY\"\n";

    fn added() -> Added {
        Added {
            identities: vec![("b".to_owned(), "github-secret:B_KEY".to_owned())],
            ..Added::default()
        }
    }

    #[test]
    fn lines_end_as_the_others_do_and_what_was_there_comes_first() {
        for (text, whole) in [
            ("", "x\ny\n"),
            ("\u{feff}", "\u{feff}x\ny\n"),
            ("a = 1", "a = 1\n\nx\ny\n"),
            ("a = 1\n", "a = 1\n\nx\ny\n"),
            ("a = 1\n\n", "a = 1\n\nx\ny\n"),
            ("a = 1\r\nb = 2", "a = 1\r\nb = 2\r\n\r\nx\r\ny\r\n"),
            ("a = 1\r\n\r\n", "a = 1\r\n\r\nx\r\ny\r\n"),
        ] {
            assert_eq!(append(text, "x\ny\n"), whole, "{text:?}");
        }
    }

    #[test]
    fn only_what_was_added_may_be_new() {
        for before in [
            "",
            "\u{feff}[identities.a]\r\nkind = \"bot\"",
            "identities.a = { kind = \"bot\" }\n",
            "nonsense = 1\n[identities.a]\nkin = \"bot\"\n",
        ] {
            assert!(only_adds(before, &append(before, MORE), &added()), "{before}");
        }
        for (before, after) in [
            ("", String::new()),
            ("identities = {}\n", append("identities = {}\n", MORE)),
            (
                "[identities.b]\nkind = \"bot\"\n",
                append("[identities.b]\nkind = \"bot\"\n", MORE),
            ),
            ("[services.a]\n", append("", MORE)),
            ("", append("owner = \"x\"\n", MORE)),
            ("", append("", &MORE.replace("bot", "no such kind"))),
            ("", append("", &MORE.replace("B_KEY", "C_KEY"))),
        ] {
            assert!(!only_adds(before, &after, &added()), "{before} {after}");
        }
    }
}
