//! Values in another form, and keys that are none: what to write in their place.

use super::places::{is_statement, line_end, stands_in_header, statement};
use super::shapes::Beside;
use super::{Answers, Edits, shapes, words};
use crate::decode::days;
use crate::decode::line_start;
use crate::decode::tree::{Item, Key, Stated, Table, Value};
use crate::decode::{Fault, Form, Problem, Repair, Wanted};
use crate::manifest::Privilege;
use crate::model::{Framework, ReportType, nearest};
use crate::source::Span;
use std::collections::HashMap;

impl Answers<'_> {
    /// Proposes what to write for the values that could not be read, and for keys that are none.
    pub(super) fn answer_values(&mut self, root: &Table<'_>, problems: &mut Vec<Problem>) {
        let mut open: HashMap<Span, Vec<usize>> = HashMap::new();
        for (at, problem) in problems.iter().enumerate().take(super::MAX_ANSWERS) {
            if problem.wants.is_some() && problem.suggestion.is_none() && problem.fix.is_none() {
                open.entry(problem.span).or_default().push(at);
            }
        }
        let mut search = Search {
            open,
            problems,
            answers: self,
            done: Vec::new(),
            top: String::new(),
        };
        search.table(root, 0);
        let mut done = search.done;
        done.sort_unstable();
        for at in done.into_iter().rev() {
            problems.remove(at);
        }
    }
}

struct Search<'s, 't> {
    open: HashMap<Span, Vec<usize>>,
    problems: &'s mut Vec<Problem>,
    answers: &'s mut Answers<'t>,
    /// Problems that another one speaks for.
    done: Vec<usize>,
    /// The key at the top of the file under which it is looked at.
    top: String,
}

impl Search<'_, '_> {
    fn table(&mut self, table: &Table<'_>, depth: usize) {
        for (key, item) in table.in_order() {
            if depth == 0 {
                self.top = key.text.to_string();
            }
            for at in self.open.remove(&key.span).unwrap_or_default() {
                match self.problems[at].wants {
                    Some(Wanted::Key { .. }) => self.comment_out(at, key, item),
                    _ => self.value(at, table, Some(key), item),
                }
            }
            self.item(table, key, item, depth);
        }
    }

    /// No deeper than values nest.
    fn item(&mut self, table: &Table<'_>, key: &Key<'_>, item: &Item<'_>, depth: usize) {
        for at in self.open.remove(&item.span).unwrap_or_default() {
            self.value(at, table, Some(key), item);
        }
        match &item.value {
            Value::Table(inner) => self.table(inner, depth + 1),
            Value::List(list) => {
                self.elements(&list.items);
                for element in &list.items {
                    match &element.value {
                        Value::Table(inner) => self.table(inner, depth + 1),
                        _ => {
                            for at in self.open.remove(&element.span).unwrap_or_default() {
                                self.value(at, table, None, element);
                            }
                        }
                    }
                }
            }
            _ => {}
        }
    }

    /// Elements of a list that are not tables for one reason are one problem.
    fn elements(&mut self, items: &[Item<'_>]) {
        let of = |item: &Item<'_>, open: &HashMap<Span, Vec<usize>>, problems: &[Problem]| {
            let at = *open.get(&item.span)?.first()?;
            matches!(problems[at].wants, Some(Wanted::Table { .. })).then_some(at)
        };
        let all: Vec<(usize, &Item<'_>)> = items
            .iter()
            .filter_map(|item| Some((of(item, &self.open, self.problems)?, item)))
            .collect();
        let Some((first, _)) = all.first().copied().filter(|_| all.len() > 1) else {
            return;
        };
        let Some(Wanted::Table { table, known }) = self.problems[first].wants else {
            return;
        };
        let mut edits = Edits::new();
        for (_, item) in &all {
            let Some(new) = shapes::table(self.answers.text, (table, known), item) else {
                return;
            };
            edits.push((item.span, new));
        }
        for (at, item) in &all {
            self.open.remove(&item.span);
            if *at != first {
                self.done.push(*at);
            }
        }
        let shown = edits[0].1.clone();
        self.propose(first, &shown, edits.clone());
        if let Some(help) = &mut self.problems[first].help {
            help.push_str(", and so for each of them");
        }
    }

    fn value(&mut self, at: usize, table: &Table<'_>, key: Option<&Key<'_>>, item: &Item<'_>) {
        let text = self.answers.text;
        if let Some(Wanted::Table {
            table: Privilege::NAME, ..
        }) = self.problems[at].wants
            && let (Value::Text(written), Some(key)) = (&item.value, key)
            && words::actions(written).is_some()
            && table.find("access").is_none()
            && is_statement(text, key.span)
        {
            let help = "actions belong in `access.actions`; `privilege` is the justification, `{ reason = .., approved-by = .., expires = .. }`";
            self.problems[at].help = Some(help.to_owned());
            self.problems[at].suggestion = Some(Repair::Edits(vec![(key.span, "access.actions".to_owned())]));
            return;
        }
        if let (Some(Wanted::Table { known, .. }), Value::List(list)) = (self.problems[at].wants, &item.value)
            && !known.is_empty()
            && let [one] = list.items.as_slice()
            && let Some(inner) = text.get(one.span.range()).and_then(|header| header.strip_prefix("[["))
            && let Some(inner) = inner.strip_suffix("]]")
        {
            self.problems[at].suggestion = Some(Repair::Edits(vec![(one.span, format!("[{inner}]"))]));
            return;
        }
        let (new, beside) = match self.problems[at].wants {
            Some(Wanted::Table { table, known }) if !known.is_empty() => {
                (shapes::table(text, (table, known), item), Vec::new())
            }
            Some(Wanted::Word { list, words }) => match framework(list, item) {
                Some((framework, beside)) => (Some(framework), beside),
                None => (word(list, words, item), Vec::new()),
            },
            Some(Wanted::Value(form)) => (value(text, form, item), Vec::new()),
            _ => (None, Vec::new()),
        };
        let Some(new) = new else {
            return;
        };
        // A value under another key is answered with its key.
        if let Some(moved) = self.answers.values.get(&item.span).copied()
            && beside.is_empty()
        {
            let moved = &mut self.answers.moved[moved];
            moved.value = Some((item.span, new.clone()));
            if let Some(help) = &mut moved.problem.help
                && let Some((before, after)) = help.split_once(" = ")
                && let Some((_, rest)) = after.split_once('`')
            {
                *help = format!("{before} = {new}`{rest}");
            }
            self.done.push(at);
            return;
        }
        let mut edits = vec![(item.span, new.clone())];
        let mut shown = new;
        for (name, value) in beside {
            let is_known = name != "issued-under" || self.top == "reports";
            let name = if is_known { name } else { "name" };
            if table.find(name).is_none()
                && let Some(key) = key
            {
                edits.extend(shapes::beside(text, key, item, name, &value));
                shown = format!("{shown}, and `{name} = {value}` beside it");
            }
        }
        self.propose(at, &shown, edits);
    }

    fn propose(&mut self, at: usize, shown: &str, edits: Edits) {
        let problem = &mut self.problems[at];
        let shown = match (shown.len() > 120, shown.starts_with('{')) {
            (true, _) => "what is proposed".to_owned(),
            (false, true) => format!("`{shown}`"),
            (false, false) => shown.to_owned(),
        };
        let list = match (&problem.wants, problem.fault) {
            (Some(Wanted::Word { words, .. }), Fault::UnknownValue) => {
                let list = words.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>();
                format!(", or another of the known values: {}", list.join(", "))
            }
            (Some(Wanted::Table { known, .. }), _) if known.len() > 2 => format!("; its keys: {}", known.join(", ")),
            _ => String::new(),
        };
        problem.help = Some(match problem.help.take() {
            // The header that is its own comes first.
            Some(help) if help.starts_with("write `[") => format!("{help}, or {shown} here"),
            _ => format!("write {shown}{list}"),
        });
        let mut edits = edits;
        edits.sort_by_key(|(span, _)| *span);
        problem.suggestion = Some(Repair::Edits(edits));
    }

    /// What is not a key belongs in a comment.
    fn comment_out(&mut self, at: usize, key: &Key<'_>, item: &Item<'_>) {
        let text = self.answers.text;
        let Some(range) = lines_of(text, key, item) else {
            return;
        };
        let mut edits = Edits::new();
        let mut start = range.start;
        while start < range.end {
            let end = line_end(text, start);
            if !text[start..end].trim().is_empty() {
                edits.push((Span::new(start..start), "# ".to_owned()));
            }
            match text[end..].find('\n') {
                Some(newline) => start = end + newline + 1,
                None => break,
            }
        }
        self.problems[at].suggestion = Some(Repair::Edits(edits));
    }
}

/// The lines that say nothing but a key and its value, from the key on; or a header with all below it.
fn lines_of(text: &str, key: &Key<'_>, item: &Item<'_>) -> Option<std::ops::Range<usize>> {
    let start = key.span.range().start;
    if stands_in_header(text, key.span) {
        let has_own = item.span.range().start < start && key.span.range().end < item.span.range().end;
        let Value::Table(table) = &item.value else {
            return None;
        };
        let inner = |(inner, _): &(Key<'_>, Item<'_>)| stands_in_header(text, inner.span);
        if !has_own || table.entries.iter().any(inner) {
            return None;
        }
        let line = line_start(text, start);
        let line = line + (text[line..].len() - text[line..].trim_start_matches('\u{feff}').len());
        let last = table.entries.iter().map(|(_, item)| item.span.range().end).max();
        let end = line_end(text, last.unwrap_or(item.span.range().end));
        return (line < end).then_some(line..end);
    }
    let range = statement(text, key, item)?;
    let line = line_start(text, start);
    let is_own_line = text[line..start].trim_start_matches('\u{feff}').trim().is_empty();
    let end = item.span.range().end;
    let behind = text[end..line_end(text, end)].trim();
    let ends = behind.is_empty() || behind.starts_with('#');
    let is_in_braces = text[end..].trim_start().starts_with([',', '}']);
    (is_own_line && ends && !is_in_braces && range.end > start && is_statement(text, key.span)).then_some(start..end)
}

/// The word of a closed list that is likely meant.
fn word(list: &str, known: &[&'static str], item: &Item<'_>) -> Option<String> {
    let written = match &item.value {
        Value::Text(text) => text.to_string(),
        Value::Boolean(value) => value.to_string(),
        Value::List(items) => match items.items.as_slice() {
            [one] => return word(list, known, one).or_else(|| exact(known, one)),
            _ => return None,
        },
        _ => return None,
    };
    let is_text = matches!(item.value, Value::Text(_));
    let meant = words::of(list, &written, known).or_else(|| {
        let near = nearest(&written, known.iter().copied())?;
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
        (is_text && digits(near) == digits(&written)).then_some(near)
    })?;
    Some(match list {
        ReportType::NAME => meant.to_owned(),
        _ => format!("\"{meant}\""),
    })
}

fn exact(known: &[&'static str], item: &Item<'_>) -> Option<String> {
    match &item.value {
        Value::Text(text) => known.contains(&&**text).then(|| format!("\"{text}\"")),
        _ => None,
    }
}

/// An attestation that has no word of its own, and what to write beside it.
fn framework(list: &str, item: &Item<'_>) -> Option<(String, Beside)> {
    let Value::Text(written) = &item.value else {
        return None;
    };
    (list == Framework::NAME)
        .then(|| shapes::other_framework(written))
        .flatten()
}

/// A value of one form, written in the one that is read.
fn value(text: &str, form: Form, item: &Item<'_>) -> Option<String> {
    let raw = text.get(item.span.range())?;
    if let Value::List(list) = &item.value
        && let [one] = list.items.as_slice()
    {
        let raw = text.get(one.span.range())?;
        let fits = matches!(
            (form, &one.value),
            (Form::Text, Value::Text(_))
                | (Form::Date, Value::Date(Stated::Day(_)))
                | (Form::Boolean, Value::Boolean(_))
        );
        return if fits {
            Some(raw.to_owned())
        } else {
            value(text, form, one)
        };
    }
    match (form, &item.value) {
        (Form::Text, Value::Integer { .. } | Value::Float | Value::Date(_)) => Some(format!("\"{raw}\"")),
        (Form::Text, Value::Table(table)) => match table.entries.as_slice() {
            [(_, one)] if matches!(one.value, Value::Text(_)) => text.get(one.span.range()).map(str::to_owned),
            _ => None,
        },
        (Form::Date, Value::Text(written)) => days::day(written),
        (Form::Date, Value::Date(Stated::Time) | Value::Integer { .. }) => days::day(raw),
        (Form::DayOfYear, Value::Text(written)) => days::day_of_year(written).map(|day| format!("\"{day}\"")),
        (Form::DayOfYear, Value::Date(Stated::Day(_))) => days::day_of_year(raw).map(|day| format!("\"{day}\"")),
        (Form::Duration, Value::Text(written)) => days::duration(written).map(|one| format!("\"{one}\"")),
        (Form::Duration, Value::Integer { .. }) => days::duration(raw).map(|one| format!("\"{one}\"")),
        (Form::Boolean, Value::Text(written)) => {
            let plain = written.trim().to_lowercase();
            match plain.as_str() {
                "true" | "yes" | "y" | "ja" | "oui" | "on" | "1" => Some("true".to_owned()),
                "false" | "no" | "n" | "nein" | "nee" | "non" | "off" | "0" => Some("false".to_owned()),
                _ => None,
            }
        }
        (Form::Boolean, Value::Integer { digits, .. }) => match &**digits {
            "1" => Some("true".to_owned()),
            "0" => Some("false".to_owned()),
            _ => None,
        },
        (Form::Region, Value::Text(written)) => words::region(written).map(|region| format!("\"{region}\"")),
        _ => None,
    }
}
