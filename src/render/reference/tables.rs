//! `docs/manifest.md` and `docs/config.md`: every table, its keys and what these take.

use super::takes::{MAX_IN_LINE, code, words};
use crate::config::Level;
use crate::model::list_words;
use crate::reference::{Book, CONFIG, File, Key, List, MANIFEST, Of, PROFILE, Table, hyphenated, table_example};
use crate::rules::{self, OptionKind};
use std::fmt::Write;

const MANIFEST_INTRO: &str = "\
# The manifest

What a `scope.toml` or `*.scope.toml` may say: every table, its keys, what each takes, and what holds where it is not stated. \
`soclint explain services`, `soclint explain identities.rotation` and `soclint explain financial-impact` print the same at a \
terminal. [The config](config.md) has its own page; what the words mean that are no plain English is in \
[the glossary](glossary.md).

- `[services.payroll]` declares the service `payroll`. An id begins with a letter or a digit; `.`, `_` and `-` may follow.
- Keys are written with hyphens. Everything is optional but what is marked *required*; a ten-line manifest is a good one.
- **One or several:** where a key takes several values, one value stands for a list of one.
- **A name, or a table:** where a key takes references, a text stands for the table that states only the reference. Both may
  stand in one list.
- A reference `ledger` is the entity of the own namespace, else that of the unnamed one; `payments/ledger` and `/ledger` say
  which.
- Case, blanks, `-` and `_` never matter in a word of a closed list.
";

const CONFIG_INTRO: &str = "\
# The config

What `soclint.toml` (or `.soclint.toml`) may say: one for an estate, whose root is the config's folder. Everything is optional;
an empty file marks the root. What is not known is an error with the nearest name, and the run ends with status 2.
`soclint explain waiver-policy` prints the same at a terminal, and `soclint config` what holds, with where each value comes from.
[The manifest](manifest.md) has its own page; terms are in [the glossary](glossary.md).
";

pub fn manifest_markdown() -> String {
    let mut out = MANIFEST_INTRO.to_owned();
    chapters(&mut out, &MANIFEST);
    out
}

pub fn config_markdown() -> String {
    let mut out = CONFIG_INTRO.to_owned();
    chapters(&mut out, &CONFIG);
    out
}

fn chapters(out: &mut String, book: &Book) {
    let (shared, own): (Vec<&Table>, Vec<&Table>) = book.tables.iter().partition(|table| table.is_shared());
    contents(out, book, &own, &shared);
    for table in own {
        section(out, book, table);
        if table.is_file() && book.file == File::Config {
            options(out);
        }
    }
    if !shared.is_empty() {
        out.push_str("\n## Tables at several places\n");
        for table in shared {
            section(out, book, table);
        }
    }
    let lists: Vec<&List> = book.lists.iter().filter(|list| !users(book, list).is_empty()).collect();
    out.push_str("\n## Closed lists\n");
    for list in lists {
        closed_list(out, book, list);
    }
    out.push_str("\n## Dates, durations and the like\n");
    for form in &book.forms {
        let _ = write!(out, "\n### {}\n\n{}\n", hyphenated(&form.name), form.about);
    }
}

fn contents(out: &mut String, book: &Book, own: &[&Table], shared: &[&Table]) {
    out.push_str("\n## Contents\n\n");
    for table in own {
        let indent = if depth(table) < 2 { "" } else { "  " };
        let title = heading(book, table);
        let _ = writeln!(out, "{indent}- [{title}](#{}): {}", anchor(&title), table.about);
        if table.is_file() && book.file == File::Config {
            out.push_str("- [rules](#rules): Severities and options of rules.\n");
        }
    }
    for table in shared {
        let title = heading(book, table);
        let _ = writeln!(out, "- [{title}](#{}): {}", anchor(&title), table.about);
    }
    out.push_str("- [Closed lists](#closed-lists)\n- [Dates, durations and the like](#dates-durations-and-the-like)\n");
}

fn depth(table: &Table) -> usize {
    table.home().path.len()
}

/// The file itself is told by what is at its top.
fn heading(book: &Book, table: &Table) -> String {
    if table.is_file() {
        "At the top".to_owned()
    } else {
        table.title(book.file)
    }
}

/// A heading's anchor, as GitHub and most viewers make it.
pub fn anchor(heading: &str) -> String {
    let lower = heading.to_lowercase();
    let kept = lower
        .chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.collect::<String>().replace(' ', "-")
}

fn section(out: &mut String, book: &Book, table: &Table) {
    let level = if depth(table) < 2 && !table.is_shared() {
        "##"
    } else {
        "###"
    };
    let _ = write!(out, "\n{level} {}\n\n", heading(book, table));
    if !table.is_file() && !table.is_shared() {
        let _ = write!(out, "`{}`: ", table.home().header());
    }
    let _ = write!(out, "{}\n\n", table.about);
    let others: Vec<String> = if table.is_shared() {
        table
            .places
            .iter()
            .map(|place| format!("`{}`", place.dotted()))
            .collect()
    } else {
        table.places[1..]
            .iter()
            .map(|place| format!("`{}`", place.dotted()))
            .collect()
    };
    match (others.is_empty(), table.is_shared()) {
        (true, _) => {}
        (_, true) => drop(write!(out, "It is used at {}.\n\n", others.join(", "))),
        (_, false) => drop(write!(out, "The same at {}.\n\n", others.join(", "))),
    }
    match resembled(book, table) {
        Some((like, without)) => {
            let title = heading(book, like);
            let without: Vec<String> = without.iter().map(|key| format!("`{}`", key.name)).collect();
            let _ = write!(
                out,
                "It takes every key of [{title}](#{}) but {}, and besides:\n\n",
                anchor(&title),
                list_words(&without, "and")
            );
            let own = |key: &&Key| like.key(&key.name).is_none_or(|alike| alike.about != key.about);
            keys(out, book, table.keys.iter().filter(own));
        }
        None => keys(out, book, table.keys.iter()),
    }
    if let Some(example) = table_example(&table.name) {
        let _ = write!(out, "\n```toml\n{example}```\n");
    }
}

/// A table before this one that has most of its keys, and those that only the other has.
fn resembled<'b>(book: &'b Book, table: &Table) -> Option<(&'b Table, Vec<&'b Key>)> {
    let before = book.tables.iter().take_while(|other| other.name != table.name);
    let mut alike = before.filter(|other| {
        let same = table
            .keys
            .iter()
            .filter(|key| other.key(&key.name).is_some_and(|known| known.about == key.about));
        let same = same.count();
        same > 10 && table.keys.len() - same < 3
    });
    let like = alike.next()?;
    let without = like.keys.iter().filter(|key| table.key(&key.name).is_none());
    Some((like, without.collect()))
}

fn keys<'b>(out: &mut String, book: &Book, keys: impl Iterator<Item = &'b Key>) {
    out.push_str("| key | takes | meaning |\n| --- | --- | --- |\n");
    for key in keys {
        let required = if key.required { " (required)" } else { "" };
        let default = key
            .default
            .as_ref()
            .map_or_else(String::new, |default| format!(" If not stated: {default}."));
        let _ = writeln!(
            out,
            "| `{}`{required} | {} | {}{} |",
            key.name,
            linked(book, key),
            cell(&key.about),
            cell(&default)
        );
    }
}

/// What a key takes, with a link to where that is told.
fn linked(book: &Book, key: &Key) -> String {
    let link = |text: &str, heading: &str| format!("[{text}](#{})", anchor(heading));
    let one = match &key.takes.of {
        Of::Text => "text".to_owned(),
        Of::Bool => "`true` or `false`".to_owned(),
        Of::WordsByName(name) => format!("{}, by name", link(&hyphenated(name), &hyphenated(name))),
        Of::Rule => "[a rule's name](rules.md)".to_owned(),
        Of::Severities => "[severities](#level), by [rule](rules.md)".to_owned(),
        Of::Settings => "[severities and options](#rules), by [rule](rules.md)".to_owned(),
        Of::Form(name) => {
            let name = hyphenated(name);
            link(&name, &name)
        }
        Of::Word(name) => match book.list(name) {
            Some(list) => {
                let name = hyphenated(name);
                let words = words(book, key, if list.words.len() > MAX_IN_LINE { 3 } else { MAX_IN_LINE });
                format!("{}: {words}", link(&name, &name))
            }
            None => "text".to_owned(),
        },
        Of::Table(_) | Of::ById(_) => {
            let title = book.inner(key).map(|inner| heading(book, inner)).unwrap_or_default();
            match (&key.takes.of, key.takes.shorthand) {
                (Of::ById(_), _) => link("tables by id", &title),
                (_, true) => format!("a name, or {}", link("a table", &title)),
                _ => link("a table", &title),
            }
        }
    };
    if key.takes.many {
        format!("{one}; one or several")
    } else {
        one
    }
}

/// What rules can be told besides their severity.
fn options(out: &mut String) {
    out.push_str(
        "\n## rules\n\n`[rules]`: for each [rule](rules.md), its severity (one of [level](#level)), or a table of its \
         `severity` and its options. `rules` of an [override](#overrides) takes severities only. Of the rules that have \
         options:\n\n| option | takes | what it says |\n| --- | --- | --- |\n",
    );
    for rule in rules::all() {
        for option in rule.options {
            let help = option.help();
            let (says, default) = help.rsplit_once("; ").unwrap_or((help.as_str(), ""));
            let default = default.strip_suffix(" if not stated.").unwrap_or(default);
            let takes = match option.kind {
                OptionKind::Tolerate => "[days](#days)",
                OptionKind::LongestByKind => {
                    "[duration](#duration), or a table of them by kind of identity, and `default`"
                }
                _ => "[duration](#duration)",
            };
            let _ = writeln!(
                out,
                "| `{}.{}` | {takes} | {}. If not stated: {}. |",
                rule.name,
                option.name(),
                cell(says),
                shown(default)
            );
        }
    }
    out.push_str(
        "\n```toml\n[rules]\nreadiness-not-evidenced = \"off\"\nstale-report = { severity = \"error\", longest = \"15mo\" }\n\n\
         [rules.nhi-rotation-overdue]\nlongest = { api-key = \"30d\", default = \"90d\" }\n```\n",
    );
}

/// The keys that take words of a list.
fn users(book: &Book, list: &List) -> Vec<String> {
    let mut users = Vec::new();
    for table in &book.tables {
        for key in &table.keys {
            let is_of_list = match &key.takes.of {
                Of::Word(name) | Of::WordsByName(name) => *name == list.name,
                _ => false,
            };
            if is_of_list && table.name != PROFILE {
                let title = table.title(book.file);
                users.push(if table.is_file() {
                    format!("`{}`", key.name)
                } else {
                    format!("`{title}.{}`", key.name)
                });
            }
        }
    }
    // Rules' severities are not told key by key.
    if book.file == File::Config && list.name == Level::NAME {
        users.push("`rules`".to_owned());
        users.push("`overrides.rules`".to_owned());
    }
    users
}

fn closed_list(out: &mut String, book: &Book, list: &List) {
    let _ = write!(
        out,
        "\n### {}\n\n{} For {}.\n\n| value | what it means |\n| --- | --- |\n",
        hyphenated(&list.name),
        list.about,
        users(book, list).join(", ")
    );
    for word in &list.words {
        let _ = writeln!(out, "| {} | {} |", code(&word.written), cell(&word.about));
    }
}

/// A default as code, where it is a value and no sentence.
fn shown(default: &str) -> String {
    if default.starts_with('"') {
        code(default)
    } else {
        cell(default)
    }
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}
