//! What a manifest means, and whether fixing its text leaves it so.

use soclint::internals::fix;
use soclint::internals::manifest::{self, Declaration, Manifest};
use soclint::internals::rules::{self, Group};
use soclint::internals::session::Session;
use soclint::internals::source::Source;
use soclint::internals::triage::Choice;
use std::collections::{BTreeMap, BTreeSet};

/// What one manifest says, in a form that can be compared.
#[derive(Debug, Clone, Default)]
struct Said {
    /// Each entity by its table and id, as it was decoded.
    entities: BTreeMap<(String, String), String>,
    /// Those that are no tables at all.
    unreadable: BTreeSet<(String, String)>,
    references: BTreeSet<String>,
    /// Rule and subject of every error, but for those that a fix is about.
    errors: BTreeSet<(String, String)>,
    /// Faults of values, and how many there are.
    values: BTreeMap<String, usize>,
    /// Whether a table stands where its keys are not judged, and is moved.
    moves: bool,
    unknown_keys: usize,
    /// Whether a key gets its name, and what stands there is read.
    names_keys: bool,
    /// The line of each place that is no TOML and has no fix.
    broken: Vec<usize>,
    /// The line of each key that its table has already.
    twice: Vec<usize>,
    /// The lines about which something is said that keeps them from being read.
    unread: BTreeSet<usize>,
    /// The lines that fixes change.
    changed: BTreeSet<usize>,
}

impl Said {
    /// The lines that stay without TOML: all but those in which something is fixed, which may make them whole. Where a
    /// table gets its name, its keys are no longer those of the table that had the same wrong one.
    fn stays_broken(&self) -> impl Iterator<Item = &usize> {
        let twice = self.twice.iter().filter(|_| !self.names_keys);
        let lines = self.broken.iter().chain(twice);
        lines.filter(|line| !self.changed.contains(line))
    }

    /// Where each line that no fix changes stands in the fixed text; nothing if one is gone, or they change places.
    fn rest(&self, before: &str, after: &str) -> Option<BTreeMap<usize, usize>> {
        let mut after = (1..).zip(after.lines());
        let lines = (1..).zip(before.lines());
        let unchanged = lines.filter(|(line, _)| !self.changed.contains(line));
        let now = |(line, text)| Some((line, after.find(|(_, now)| *now == text)?.0));
        unchanged.map(now).collect()
    }
}

fn folded(text: &str) -> String {
    let plain = text.chars().filter(|c| !matches!(c, '-' | '_'));
    plain.flat_map(char::to_lowercase).collect()
}

/// Reports and certificates change their table; nothing else does.
fn table_of(table: &str) -> String {
    table.replace("certificates", "reports")
}

fn declarations(manifest: &Manifest<'_>, said: &mut Said) {
    macro_rules! each {
        ($($table:ident),*) => {$(
            for entry in &manifest.$table {
                let name = (table_of(stringify!($table)), entry.id.as_str().to_owned());
                entry.body.references(&mut |target, text| {
                    said.references.insert(format!("{} {} {target:?} {}", name.0, name.1, folded(&text.value)));
                });
                if !entry.readable {
                    said.unreadable.insert(name.clone());
                }
                said.entities.insert(name, format!("{:?}", entry.body));
            }
        )*};
    }
    each!(
        owners,
        services,
        profiles,
        identities,
        data,
        reports,
        certificates,
        third_parties,
        controls,
        evidence
    );
}

/// What is said, and the text after one round of fixes, if there is anything to fix.
fn said(text: &str) -> (Said, Option<String>) {
    let source = Source::new("scope.toml".to_owned(), text.to_owned());
    let session = Session::of_texts(vec![source], Vec::new()).expect("no config");
    let checked = session.check(jiff::civil::date(2026, 10, 1), &Choice::default());
    let (sources, outcome) = (checked.sources, checked.outcome);
    let mut said = Said::default();
    let read = manifest::read(&sources.as_slice()[0]);
    declarations(&read.manifest, &mut said);
    let line = |at| sources.as_slice()[0].position(at).line;
    let plan = fix::Plan::of(&outcome.findings, &sources);
    for edit in (0..outcome.findings.len()).filter_map(|at| plan.edits(at)).flatten() {
        said.changed.extend(line(edit.span.start)..=line(edit.span.end));
    }
    for finding in &outcome.findings {
        // The namespace may become known.
        said.moves |= matches!(
            finding.fix.as_deref(),
            Some(soclint::internals::finding::Fix::MoveTable { .. })
        );
        said.unknown_keys += usize::from(finding.rule == "unknown-key");
        said.names_keys |= finding.rule == "unknown-key" && finding.fix.is_some();
        if rules::find(finding.rule).is_some_and(|rule| rule.group == Group::Reading) {
            said.unread.insert(line(finding.primary.place.span.start));
        }
        let subject = table_of(finding.subject.rsplit('/').next().unwrap_or_default());
        if matches!(
            finding.rule,
            "wrong-type" | "unknown-value" | "invalid-date" | "invalid-duration"
        ) {
            *said.values.entry(finding.rule.to_owned()).or_default() += 1;
        }
        if finding.rule == "invalid-toml" && finding.fix.is_none() {
            let is_twice = finding.message.contains("duplicate key");
            let lines = if is_twice { &mut said.twice } else { &mut said.broken };
            lines.push(line(finding.primary.place.span.start));
        } else if finding.fix.is_none() && finding.severity == soclint::internals::finding::Severity::Error {
            // What cannot be read belongs to the file until its key is known.
            let subject = if finding.rule == "invalid-date" {
                String::new()
            } else {
                subject
            };
            said.errors.insert((finding.rule.to_owned(), subject));
        }
    }
    let fixed = fix::fix_all(&outcome.findings, &sources);
    (said, fixed.into_iter().next().map(|one| one.text))
}

/// A decoded value as its name and its parts.
fn parts_of(text: &str) -> Option<(&str, Vec<&str>)> {
    let open = text.find(['{', '(', '['])?;
    if text.starts_with('"') {
        return None;
    }
    let inner = text.get(open + 1..text.len() - 1)?;
    let mut parts = Vec::new();
    let (mut depth, mut start, mut quoted, mut escaped) = (0_i32, 0, false, false);
    for (at, c) in inner.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            _ if quoted => {}
            '{' | '(' | '[' => depth += 1,
            '}' | ')' | ']' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(inner[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(inner[start..].trim());
    Some((text[..open].trim(), parts))
}

/// Whether nothing that was known is now another: what was unknown may be known, and lists may grow where a key that was
/// not known gets its name.
fn keeps(before: &str, after: &str, grows: bool) -> bool {
    let (before, after) = (before.trim(), after.trim());
    let field = |text: &str| {
        text.find(": ")
            .filter(|at| text[..*at].chars().all(|c| c.is_ascii_lowercase() || c == '_'))
    };
    if let Some(at) = field(before).filter(|at| after.starts_with(&before[..*at])) {
        // Which keys are stated may be more.
        let is_count = before.starts_with("stated: ") && before.ends_with(|c: char| c.is_ascii_digit());
        return is_count || keeps(&before[at + 1..], after.get(at + 1..).unwrap_or_default(), grows);
    }
    if before == after || before == "Absent" || before.starts_with("Unknown(") || before.contains("damaged: true") {
        return true;
    }
    if before.starts_with("List {") && before.contains("stated: false") {
        return true;
    }
    if before.starts_with('"') {
        return folded(before) == folded(after);
    }
    match (parts_of(before), parts_of(after)) {
        (Some((name, _)), Some(_)) if name.ends_with("Span") => true,
        // Entries may be added by a header whose name becomes known.
        (Some(("Entities", old)), Some(("Entities", new))) => {
            let entries = |parts: &[&'_ str]| {
                parts
                    .first()
                    .and_then(|list| parts_of(list))
                    .map(|(_, entries)| entries.join("\n"))
            };
            let (old, new) = (entries(&old).unwrap_or_default(), entries(&new).unwrap_or_default());
            old.lines().all(|old| new.lines().any(|new| keeps(old, new, grows)))
        }
        // So may tables of a list, each with a header of its own.
        (Some(("", old)), Some(("", new))) if grows && before.starts_with('[') && old.len() < new.len() => {
            let mut new = new.iter();
            old.iter().all(|old| new.any(|new| keeps(old, new, grows)))
        }
        (Some((name, old)), Some((other, new))) => {
            let mut pairs = old.iter().zip(&new);
            name == other && old.len() == new.len() && pairs.all(|(old, new)| keeps(old, new, grows))
        }
        _ => false,
    }
}

/// Fixes a text until there is nothing left to fix, and sees that it means what it meant.
pub fn keeps_meaning(text: &str) -> Result<bool, String> {
    let (before, mut fixed) = said(text);
    if fixed.is_none() {
        return Ok(false);
    }
    let mut last = text.to_owned();
    let (mut moved, mut names_keys) = (before.moves, before.names_keys);
    let mut round = 0;
    let mut latest = before.clone();
    while let Some(next) = fixed {
        round += 1;
        if round > 30 {
            return Err("fixing does not end".to_owned());
        }
        let (between, then) = said(&next);
        let shown = |what: &str| format!("{what}\n{last}\n-- became --\n{next}");
        let Some(rest) = latest.rest(&last, &next) else {
            return Err(shown("lines change that no fix is about"));
        };
        let is_unread = |line: &usize| rest.get(line).is_none_or(|now| between.unread.contains(now));
        if let Some(line) = latest.stays_broken().find(|line| !latest.moves && !is_unread(line)) {
            return Err(shown(&format!("what is no TOML in line {line} passes now")));
        }
        moved |= between.moves;
        names_keys |= between.names_keys;
        (latest, fixed, last) = (between, then, next);
    }
    let after = latest;
    let shown = |what: &str| format!("{what}\n{text}\n-- became --\n{last}");
    let is_twice = after.errors.iter().any(|(rule, _)| rule == "duplicate-id");
    for (name, body) in &before.entities {
        let Some(now) = after.entities.get(name) else {
            // Under a table that gets its name, what was taken for an entity may be a key of one without an id.
            if names_keys && before.unreadable.contains(name) {
                continue;
            }
            return Err(shown(&format!("{name:?} is gone")));
        };
        let is_moved = body.split(' ').next() != now.split(' ').next();
        // Of what is declared twice, one is judged, and it stays an error; which keys are read of it may change. What
        // stands under another word for a key is read in its place only until the key itself gets its name.
        let is_guessed = names_keys && after.unknown_keys > 0;
        if !is_moved && !is_twice && !is_guessed && !keeps(body, now, names_keys) {
            return Err(shown(&format!("{name:?}\n{body}\nis now\n{now}")));
        }
    }
    if let Some(gone) = before.references.difference(&after.references).next() {
        return Err(shown(&format!("the reference {gone} is gone")));
    }
    for (rule, count) in &after.values {
        // What stands under a name that was not known is read once it is.
        let reads_more = names_keys || after.entities.len() > before.entities.len();
        if !moved && !reads_more && before.values.get(rule).is_none_or(|was| was < count) {
            return Err(shown(&format!("more findings of {rule}")));
        }
    }
    // A waiver that has expired and waives nothing may go, and what it says with it. What rests on a key that could not
    // be read may pass once it can.
    let unread = |subject: &str| {
        let of_subject = |(table, id): &(String, String)| format!("{}.{id}", table.replace('_', "-")) == subject;
        let body = before.entities.iter().find(|(name, _)| of_subject(name));
        body.is_some_and(|(name, body)| {
            names_keys && before.unreadable.contains(name)
                || ["Unknown(", "damaged: true"].iter().any(|sign| body.contains(sign))
        })
    };
    // So may, once a key gets its name, a reference to what stands under it, a key that is missing elsewhere, and what a
    // rule finds: it knows more.
    let is_judged = |rule: &str| rules::find(rule).is_some_and(|rule| rule.group != Group::Reading);
    // What is said of what stands under a wrong name is a guess as long as there are such names, of which one may get the
    // right one and the other not.
    let is_guessed = after.unknown_keys > 0;
    let may_pass = |rule: &str| {
        let knows_more = matches!(rule, "unknown-reference" | "missing-key") || is_judged(rule) || is_guessed;
        rule == "waiver-invalid" || names_keys && knows_more
    };
    // An id that gets its quotes is longer: of a table that is declared twice, it was taken for a part of one.
    let has_grown = |rule: &str, subject: &str| {
        let mut errors = after.errors.iter();
        let longer = |now: &str| now.strip_prefix(subject).is_some_and(|rest| rest.starts_with('.'));
        rule == "duplicate-id" && errors.any(|(now, of)| now == rule && longer(of))
    };
    let mut gone = before.errors.difference(&after.errors);
    let passes = |(rule, subject): &&(String, String)| {
        !may_pass(rule) && !moved && !unread(subject) && !has_grown(rule, subject)
    };
    if let Some(gone) = gone.find(passes) {
        return Err(shown(&format!("{gone:?} passes now")));
    }
    Ok(true)
}
