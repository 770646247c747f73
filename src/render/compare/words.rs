//! The words in which people are told what changed.

use crate::finding::{Finding, Severity};
use crate::manifest::as_read::{AsRead, Keys};
use crate::model::{count, counted, list_words};
use crate::views::{Change, Comparison, EntityChange, KeyChange};
use std::collections::{BTreeMap, BTreeSet};

/// What each table's entities are called, one and several, the most important first.
const KINDS: [(&str, &str, &str); 10] = [
    ("services", "service", "services"),
    ("reports", "report", "reports"),
    ("certificates", "certificate", "certificates"),
    ("third-parties", "third party", "third parties"),
    ("identities", "identity", "identities"),
    ("controls", "control", "controls"),
    ("data", "data category", "data categories"),
    ("owners", "owner", "owners"),
    ("evidence", "evidence entry", "evidence entries"),
    ("profiles", "profile", "profiles"),
];

/// The table of a subject; of the organization, and of a file, none.
fn table(subject: &str) -> Option<usize> {
    let rest = subject.split_once('/').map_or(subject, |(_, rest)| rest);
    let (table, _) = rest.split_once('.')?;
    KINDS.iter().position(|(known, ..)| *known == table)
}

/// Where a change belongs among the others: the kinds that bound what is covered come first.
pub fn weight(change: &EntityChange) -> usize {
    let is_file = change.reaches.is_some() && table(&change.subject).is_none();
    if is_file {
        KINDS.len()
    } else {
        table(&change.subject).unwrap_or(0)
    }
}

/// "1 service removed, 2 identities changed".
pub fn scope_line(changes: &[EntityChange]) -> String {
    let mut counts: BTreeMap<(usize, Change), usize> = BTreeMap::new();
    for change in changes {
        *counts.entry((weight(change), change.change)).or_default() += 1;
    }
    let said = counts.into_iter().map(|((kind, change), number)| {
        let named = match KINDS.get(kind) {
            Some((_, one, many)) => format!("{number} {}", if number == 1 { one } else { many }),
            None => count(number, "file"),
        };
        format!("{named} {}", change.as_str())
    });
    let said: Vec<String> = said.collect();
    if said.is_empty() {
        "no change".to_owned()
    } else {
        said.join(", ")
    }
}

/// So many are named in a line.
const MOST_NAMED: usize = 3;

fn named(what: &str, names: &[String]) -> Option<String> {
    let shown: Vec<String> = names.iter().take(MOST_NAMED).map(|name| format!("`{name}`")).collect();
    let more = names.len().saturating_sub(shown.len());
    let more = if more > 0 {
        format!(" and {more} more")
    } else {
        String::new()
    };
    (!names.is_empty()).then(|| format!("{what}: {}{more}", shown.join(", ")))
}

/// What of the scope is not to be missed: which services left it or came into it, and which identities may do more.
pub fn scope_highlights(changes: &[EntityChange]) -> Vec<String> {
    let mut left = Vec::new();
    let mut entered = Vec::new();
    let mut gained = Vec::new();
    for change in changes {
        for key in &change.keys {
            let is = |value: &Option<AsRead>, word: &str| matches!(value, Some(AsRead::Text(text)) if text == word);
            match (change.change, key.key.as_str()) {
                (Change::Changed | Change::Renamed, "scope") if is(&key.after, "out") => {
                    left.push(change.subject.clone());
                }
                (Change::Changed | Change::Renamed, "scope") if is(&key.before, "out") => {
                    entered.push(change.subject.clone());
                }
                (Change::Changed | Change::Renamed, "access") => {
                    let (before, after) = (actions(key.before.as_ref()), actions(key.after.as_ref()));
                    let new: BTreeSet<&str> = after.difference(&before).map(|(_, action)| action.as_str()).collect();
                    let new: Vec<&str> = new.into_iter().collect();
                    if !new.is_empty() {
                        gained.push(format!("{} ({})", change.subject, new.join(", ")));
                    }
                }
                _ => {}
            }
        }
    }
    let said = [
        named("out of scope now", &left),
        named("in scope now", &entered),
        named("may do more", &gained),
    ];
    said.into_iter().flatten().collect()
}

/// Each service and what may be done there.
fn actions(access: Option<&AsRead>) -> BTreeSet<(String, String)> {
    let items = match access {
        Some(AsRead::List(items)) => items.as_slice(),
        _ => &[],
    };
    let mut all = BTreeSet::new();
    for item in items {
        if let AsRead::Table(keys) = item
            && let Some(AsRead::List(actions)) = keys.get("actions")
        {
            let service = keys.get("service").map(shown).unwrap_or_default();
            all.extend(actions.iter().map(|action| (service.clone(), shown(action))));
        }
    }
    all
}

/// Which service lost what covers it, and whose need is open.
pub fn coverage_highlights(comparison: &Comparison<'_>) -> Vec<String> {
    let lost = comparison.coverage.iter().filter(|change| !change.is_covered);
    let lost: Vec<String> = lost
        .map(|change| format!("{} by {}", change.service, change.report))
        .collect();
    let open = comparison.needs.iter().filter(|change| change.is_open);
    let open: Vec<String> = open
        .map(|change| format!("{} for {}", change.service, change.purpose))
        .collect();
    let said = [named("no longer covered", &lost), named("newly open", &open)];
    said.into_iter().flatten().collect()
}

/// "1 service newly covered, 2 no longer; 1 need newly open".
pub fn coverage_line(comparison: &Comparison<'_>) -> String {
    let newly = comparison.coverage.iter().filter(|change| change.is_covered).count();
    let lost = comparison.coverage.len() - newly;
    let open = comparison.needs.iter().filter(|change| change.is_open).count();
    let closed = comparison.needs.len() - open;
    let said = [
        (lost, "no longer covered"),
        (newly, "newly covered"),
        (open, "newly open"),
        (closed, "no longer open"),
    ];
    let said = said.iter().zip(["service", "service", "need", "need"]);
    let said = said
        .filter(|((number, _), _)| *number > 0)
        .map(|((number, what), of)| format!("{} {what}", count(*number, of)));
    let said: Vec<String> = said.collect();
    if said.is_empty() {
        "no change".to_owned()
    } else {
        said.join(", ")
    }
}

/// "2 new (1 error, 1 note), 1 resolved".
pub fn findings_line(comparison: &Comparison<'_>) -> String {
    let findings = &comparison.findings;
    let graver = findings
        .changed
        .iter()
        .filter(|(before, now)| now.severity > before.severity)
        .count();
    let changed = match (findings.changed.len(), graver) {
        (0, _) => String::new(),
        (number, 0) => format!("{number} changed"),
        (number, graver) => format!("{number} changed ({graver} more severe)"),
    };
    let said = [
        told(&findings.new, "new"),
        changed,
        told(&findings.hidden, "no longer reported because of the config"),
        said(findings.waived.len(), "newly waived"),
        said(findings.adopted.len(), "newly adopted"),
        told(&findings.resolved, "resolved"),
    ];
    let said: Vec<String> = said.into_iter().filter(|said| !said.is_empty()).collect();
    if said.is_empty() {
        "no change".to_owned()
    } else {
        said.join(", ")
    }
}

fn said(number: usize, what: &str) -> String {
    if number == 0 {
        String::new()
    } else {
        format!("{number} {what}")
    }
}

fn told(findings: &[&Finding], what: &str) -> String {
    let severities = [Severity::Error, Severity::Warning, Severity::Note];
    let by = severities.iter().filter_map(|severity| {
        let number = findings.iter().filter(|finding| finding.severity == *severity).count();
        (number > 0).then(|| count(number, severity.as_str()))
    });
    let by: Vec<String> = by.collect();
    if by.is_empty() {
        return String::new();
    }
    format!("{} {what} ({})", findings.len(), by.join(", "))
}

/// "3 keys: 1 off, 2 other".
pub fn config_line(comparison: &Comparison<'_>) -> String {
    let mut counts = BTreeMap::new();
    for change in &comparison.config {
        *counts.entry(change.effect).or_insert(0_usize) += 1;
    }
    let said = counts
        .into_iter()
        .map(|(effect, number)| format!("{number} {}", effect.as_str()));
    let said: Vec<String> = said.collect();
    format!("{} changed: {}", count(comparison.config.len(), "key"), said.join(", "))
}

/// What could not be read, if anything.
pub fn unread_lines(comparison: &Comparison<'_>) -> Vec<String> {
    let sides = [("the base", &comparison.unread[0]), ("the head", &comparison.unread[1])];
    let unread = sides.iter().filter(|(_, files)| !files.is_empty());
    unread
        .map(|(side, files)| {
            const MOST: usize = 5;
            let mut named: Vec<String> = files.iter().take(MOST).map(|file| format!("`{file}`")).collect();
            if files.len() > MOST {
                named.push(count(files.len() - MOST, "more file"));
            }
            format!(
                "in {side}, {} could not be read completely: what is declared there may be missing here, and what is told as resolved may still be there",
                list_words(&named, "and")
            )
        })
        .collect()
}

/// A key of an entity, or of a table in it, with what it was and what it is.
pub struct Row {
    pub key: String,
    /// Of a list, how many are in it before and after.
    pub stay: usize,
    pub before: String,
    pub after: String,
}

/// What changed of an entity, table by table, and of lists only what came or went. Of one that is gone, that is all.
pub fn rows_of(change: &EntityChange) -> Vec<Row> {
    let mut rows = Vec::new();
    if change.change != Change::Removed {
        for KeyChange { key, before, after } in &change.keys {
            add(&mut rows, key, before.as_ref(), after.as_ref());
        }
    }
    rows
}

fn add(rows: &mut Vec<Row>, key: &str, before: Option<&AsRead>, after: Option<&AsRead>) {
    if before == after {
        return;
    }
    match (before, after) {
        (Some(AsRead::Table(old)), Some(AsRead::Table(new))) => {
            let mut keys: Vec<_> = old.keys().chain(new.keys()).collect();
            keys.sort();
            keys.dedup();
            for name in keys {
                add(rows, &format!("{key}.{name}"), old.get(name), new.get(name));
            }
        }
        (Some(AsRead::List(old)), Some(AsRead::List(new))) => {
            let beyond = |items: &[AsRead], others: &[AsRead]| {
                let left: Vec<String> = items.iter().filter(|item| !others.contains(item)).map(shown).collect();
                left.join(", ")
            };
            let both = old.iter().filter(|item| new.contains(item)).count();
            let (gone, come) = (beyond(old, new), beyond(new, old));
            let or_none = |text: String| if text.is_empty() { "-".to_owned() } else { text };
            rows.push(Row {
                key: key.to_owned(),
                stay: both,
                before: or_none(gone),
                after: or_none(come),
            });
        }
        _ => rows.push(Row {
            key: key.to_owned(),
            stay: 0,
            before: before.map_or_else(|| "-".to_owned(), shown),
            after: after.map_or_else(|| "-".to_owned(), shown),
        }),
    }
}

impl Row {
    /// What it was and what it is; of an entity that is new, only that.
    pub fn said(&self, change: Change) -> String {
        let stay = match self.stay {
            0 => String::new(),
            stay => format!(" (beside {stay} that stay)"),
        };
        match change {
            Change::Added => format!("{}: {}", self.key, self.after),
            _ => format!("{}: {} -> {}{stay}", self.key, self.before, self.after),
        }
    }
}

/// A value in a line.
pub fn shown(value: &AsRead) -> String {
    match value {
        AsRead::Unread(text) => format!("(could not be read) {text}"),
        AsRead::Boolean(value) => value.to_string(),
        AsRead::Number(number) => number.to_string(),
        AsRead::Text(text) | AsRead::Reference(_, text) => text.clone(),
        AsRead::List(items) => items.iter().map(shown).collect::<Vec<String>>().join(", "),
        AsRead::Table(keys) => table_shown(keys),
    }
}

fn table_shown(keys: &Keys) -> String {
    if keys.is_empty() {
        return "{}".to_owned();
    }
    let pairs = keys.iter().map(|(key, value)| match value {
        AsRead::List(_) => format!("{key} = [{}]", shown(value)),
        value => format!("{key} = {}", shown(value)),
    });
    format!("{{ {} }}", pairs.collect::<Vec<String>>().join(", "))
}

/// What was changed, with its former name and how far it reaches.
pub fn change_said(change: &EntityChange) -> String {
    let from = change.from.as_ref().map(|from| format!(" from {from}"));
    let reaches = change.reaches.as_ref().map(|reached| match reached.as_slice() {
        [one] => format!(", reaches {one}"),
        several => format!(", reaches {}", counted(several.len(), "entity", "entities")),
    });
    format!(
        "{}{}{}",
        change.change.as_str(),
        from.unwrap_or_default(),
        reaches.unwrap_or_default()
    )
}
