//! The page of one topic, for a terminal.

use super::takes::{MAX_IN_LINE, code, sentence, takes};
use crate::model::list_words;
use crate::reference::{
    Book, File, Form, Key, Keyed, Of, Table, Topic, Valued,
    glossary::{CHAPTERS, Term},
    hyphenated, key_example, keys_of_form, rules_that_name, table_example,
};
use crate::render::{cited, page};
use crate::rules;
use crate::standards::reference::Entry;
use std::fmt::Write;

/// The first topic's page; of the others a line each.
pub fn terminal(topics: &[Topic], color: bool, width: usize) -> Option<String> {
    let (first, others) = topics.split_first()?;
    let (mut text, under) = match first {
        Topic::Rule(rule) => return Some(page::terminal(rule, color, width)),
        Topic::Id(entry) => return Some(cited::terminal(*entry, color, width)),
        Topic::Retired(catalogue, retired) => return Some(cited::retired_terminal(catalogue, retired, color, width)),
        Topic::Practice => return Some(cited::practice_terminal(color, width)),
        Topic::Table(book, table) => of_table(book, table),
        Topic::Key(keyed) => of_key(keyed),
        Topic::Keys(keys) => of_keys(keys),
        Topic::Term(term) => of_term(term),
        Topic::Series(first) => return Some(cited::series_terminal(*first, color, width)),
        Topic::Form(book, form) => of_form(book, form),
        Topic::Words(words) => of_words(words),
        Topic::Glossary => of_glossary(),
    };
    let others: String = others.iter().filter_map(line).collect();
    if !others.is_empty() {
        let _ = write!(text, "\n## Other meanings\n\n{others}");
    }
    Some(page::set(&text, &under, color, width))
}

fn file(book: &Book) -> &'static str {
    match book.file {
        File::Manifest => "the manifest",
        File::Config => "the config",
    }
}

fn of_table(book: &Book, table: &Table) -> (String, String) {
    let mut text = format!("# {}\n\n{}\n\n## Keys\n\n", table.title(book.file), table.about);
    for key in &table.keys {
        let _ = writeln!(text, "- {}: {}{}", key.name, sentence(book, key), where_to(book, key));
    }
    if table.is_file() && book.file == File::Config {
        text.push_str("\n`soclint explain RULE` lists the options of a rule.\n");
    }
    let mut places: Vec<String> = table
        .places
        .iter()
        .map(|place| format!("- {}\n", place.dotted()))
        .collect();
    if places.len() > 1 {
        places.dedup();
        let _ = write!(text, "\n## Where it is used\n\n{}", places.concat());
    }
    example(&mut text, table_example(&table.name));
    let under = match (table.is_file(), book.file) {
        (true, File::Manifest) => "a file named scope.toml, or *.scope.toml".to_owned(),
        (true, File::Config) => "a file named soclint.toml, or .soclint.toml".to_owned(),
        _ if table.is_shared() => format!("a table of {}, at several places", file(book)),
        _ => format!("{}, a table of {}", table.home().header(), file(book)),
    };
    (text, under)
}

/// Where the table that a key takes is explained.
fn where_to(book: &Book, key: &Key) -> String {
    let inner = book.inner(key).map(|inner| inner.title(book.file));
    inner.map_or_else(String::new, |title| format!(" See {title}."))
}

fn of_key(keyed: &Keyed) -> (String, String) {
    let Keyed { book, table, key } = *keyed;
    let mut text = format!("# {}\n\n{}", keyed.dotted(), key.about);
    match book.words(key) {
        Some(list) => {
            let several = if key.takes.many { ", or several" } else { "" };
            let _ = write!(text, "\n\n## Takes one of these{several}\n\n");
            for word in &list.words {
                let _ = writeln!(text, "- {}: {}", code(&word.written), word.about);
            }
        }
        None => {
            let _ = writeln!(text, " Takes {}.", takes(book, key));
        }
    }
    if let Of::Form(name) = &key.takes.of
        && let Some(form) = book.form(name)
    {
        let _ = write!(text, "\n{}\n", form.about);
    }
    if key.takes.of == Of::Settings {
        text.push_str(&options());
    }
    if let Some(default) = &key.default {
        let _ = write!(text, "\nIf not stated: {default}.\n");
    }
    if key.required {
        text.push_str("\nIt is required.\n");
    }
    example(&mut text, key_example(book, table, key).as_deref());
    let rules = rules_that_name(keyed);
    if !rules.is_empty() {
        text.push_str("\n## Rules whose pages name it\n\n");
        for rule in rules {
            let _ = writeln!(text, "- {} ({}): {}", rule.name, rule.severity, rule.summary);
        }
    }
    let under = match table.is_file() {
        true => format!("a key of {}", file(book)),
        false if table.is_shared() => format!("a key of {}, a table of {}", table.title(book.file), file(book)),
        false => format!("a key of {} in {}", table.home().header(), file(book)),
    };
    (text, under)
}

fn of_keys(keys: &[Keyed]) -> (String, String) {
    let name = keys.first().map(|keyed| keyed.key.name.as_str()).unwrap_or_default();
    let mut text = format!("# {name}\n\n");
    for keyed in keys {
        text.push_str(&key_line(keyed));
    }
    (text, format!("a key of {} tables", keys.len()))
}

fn key_line(keyed: &Keyed) -> String {
    let place = match (keyed.table.is_file(), keyed.book.file) {
        (true, File::Manifest) => format!("{} (at the top of a manifest)", keyed.key.name),
        (true, File::Config) => format!("{} (at the top of the config)", keyed.key.name),
        (false, File::Manifest) => keyed.dotted(),
        (false, File::Config) => format!("{} (in the config)", keyed.dotted()),
    };
    format!("- {place}: {}\n", keyed.key.about)
}

fn of_term(term: &'static Term) -> (String, String) {
    let mut text = format!("# {}\n\n{}\n", term.name, term.means);
    if !term.also.is_empty() {
        let _ = write!(text, "\nAlso: {}.\n", term.also.join(", "));
    }
    if !term.see.is_empty() {
        text.push_str("\n## See\n\n");
        for name in term.see {
            let topics = crate::reference::find(name);
            text.push_str(&topics.first().and_then(line).unwrap_or_else(|| format!("- {name}\n")));
        }
    }
    let chapter = term.chapter().map_or("", |chapter| chapter.title);
    (text, format!("a term: {}", chapter.to_lowercase()))
}

fn of_glossary() -> (String, String) {
    let mut text = "# glossary\n".to_owned();
    for chapter in CHAPTERS {
        let names: Vec<&str> = chapter.terms.iter().map(|term| term.name).collect();
        let _ = write!(text, "\n## {}\n\n{}.\n", chapter.title, list_words(&names, "and"));
    }
    (text, "soclint explain TERM explains each".to_owned())
}

fn of_form(book: &'static Book, form: &Form) -> (String, String) {
    let keys: Vec<String> = keys_of_form(book, form).iter().map(Keyed::dotted).collect();
    let text = format!(
        "# {}\n\n{}\n\nKeys that take it: {}.\n",
        hyphenated(&form.name),
        form.about,
        list_words(&keys, "and")
    );
    (text, format!("what keys of {} take", file(book)))
}

fn of_words(words: &[Valued]) -> (String, String) {
    let first = words.first().map(|valued| valued.word.written.trim_matches('"'));
    let mut text = format!("# {}\n\n", first.unwrap_or_default());
    for (keys, about) in by_meaning(words) {
        let _ = writeln!(text, "- {}: {about}", list_words(&keys, "and"));
    }
    (text, "a value that these keys take".to_owned())
}

/// What rules can be told besides their severity.
fn options() -> String {
    let mut text = "\n## Options of rules\n\n".to_owned();
    for rule in rules::all() {
        for option in rule.options {
            let _ = writeln!(text, "- {}.{}: {}", rule.name, option.name(), option.help());
        }
    }
    text
}

/// The keys that take a word, by what it means there.
fn by_meaning(words: &[Valued]) -> Vec<(Vec<String>, &'static str)> {
    let mut meanings: Vec<(Vec<String>, &'static str)> = Vec::new();
    for Valued { at, word } in words {
        match meanings.iter_mut().find(|(_, about)| *about == word.about) {
            Some((keys, _)) => keys.push(at.dotted()),
            None => meanings.push((vec![at.dotted()], &word.about)),
        }
    }
    meanings
}

fn example(text: &mut String, example: Option<&str>) {
    if let Some(example) = example {
        let _ = write!(text, "\n## Example\n\n```toml\n{}```\n", example);
    }
}

/// A topic in a line.
fn line(topic: &Topic) -> Option<String> {
    let of_entry = |entry: &Entry| {
        let id = entry.catalogue.cite(entry.reference.id);
        format!("- {id}: {}.\n", entry.reference.title)
    };
    Some(match topic {
        Topic::Rule(rule) => format!("- {} (a rule): {}\n", rule.name, rule.summary),
        Topic::Id(entry) => of_entry(entry),
        Topic::Retired(..) | Topic::Practice | Topic::Form(..) | Topic::Glossary => return None,
        Topic::Table(book, table) => format!("- {}: {}\n", table.title(book.file), table.about),
        Topic::Key(keyed) => key_line(keyed),
        Topic::Keys(keys) if keys.len() > MAX_IN_LINE => {
            let tables: Vec<String> = keys.iter().map(|keyed| keyed.table.title(keyed.book.file)).collect();
            format!("- a key of {}\n", list_words(&tables, "and"))
        }
        Topic::Keys(keys) => keys.iter().map(key_line).collect(),
        Topic::Term(term) => format!("- {} (a term): {}\n", term.name, term.means),
        Topic::Series(first) => format!("- {} (a series of {})\n", first.series(), first.catalogue.title()),
        Topic::Words(words) => by_meaning(words)
            .into_iter()
            .map(|(keys, about)| format!("- a value of {}: {about}\n", list_words(&keys, "and")))
            .collect(),
    })
}
