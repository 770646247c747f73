//! What a name means. One may mean several things: `rotation` is a table, a key and a term.

use super::book::{Book, File, Form, Key, List, Of, Table, Word, hyphenated};
use super::glossary::{self, Term};
use super::name::{is_same, is_same_path};
use super::order::PROFILE;
use super::{MANIFEST, books};
use crate::rules::{self, Group, Rule};
use crate::standards::reference::{self, Entry};
use crate::standards::{CATALOGUES, Catalogue, Retired};

pub enum Topic {
    Rule(&'static Rule),
    Id(Entry),
    Retired(&'static Catalogue, &'static Retired),
    /// What stands where there is no id.
    Practice,
    Table(&'static Book, &'static Table),
    Key(Keyed),
    /// A key that several tables have.
    Keys(Vec<Keyed>),
    Term(&'static Term),
    /// Ids that have all but their last number in common, by the first of them.
    Series(Entry),
    Form(&'static Book, &'static Form),
    /// Every term.
    Glossary,
    /// A word of closed lists.
    Words(Vec<Valued>),
}

/// A key in its table.
#[derive(Debug, Clone, Copy)]
pub struct Keyed {
    pub book: &'static Book,
    pub table: &'static Table,
    pub key: &'static Key,
}

/// A word in its list, and a key that takes it.
#[derive(Debug)]
pub struct Valued {
    pub at: Keyed,
    pub word: &'static Word,
}

/// A name that can be asked for.
#[derive(Debug)]
pub struct Name {
    pub text: String,
    pub about: String,
}

impl Keyed {
    /// `identities.rotation.every`.
    pub fn dotted(&self) -> String {
        if self.table.is_file() {
            self.key.name.clone()
        } else {
            format!("{}.{}", self.table.title(self.book.file), self.key.name)
        }
    }

    /// Every path at which it stands.
    fn paths(&self) -> impl Iterator<Item = String> {
        let shared = self.table.is_shared().then(|| self.dotted());
        let places = self.table.places.iter().map(|place| {
            if place.path.is_empty() {
                self.key.name.clone()
            } else {
                format!("{}.{}", place.dotted(), self.key.name)
            }
        });
        shared.into_iter().chain(places)
    }

    /// Whether an identity has the same key: a profile only passes it on.
    fn is_passed_on(&self) -> bool {
        self.table.name == PROFILE
            && MANIFEST
                .table("Identity")
                .is_some_and(|identity| identity.key(&self.key.name).is_some())
    }

    fn topic(self) -> Topic {
        match self.book.inner(self.key) {
            Some(table) => Topic::Table(self.book, table),
            None => Topic::Key(self),
        }
    }
}

/// All that a name means, what is most likely meant first.
pub fn find(name: &str) -> Vec<Topic> {
    let name = name.trim().trim_matches(['[', ']', '`', '"']);
    if name.is_empty() {
        return Vec::new();
    }
    let mut topics: Vec<Topic> = Vec::new();
    topics.extend(rules::find(name.strip_prefix("rules.").unwrap_or(name)).map(Topic::Rule));
    topics.extend(of_reference(name));
    topics.extend(of_path(name, |path, name| path == name));
    topics.extend(of_path(name, is_same_path));
    // A key is written with hyphens, and words of a sentence with blanks.
    let term = glossary::find(name).map(Topic::Term);
    let (sooner, later) = if name.contains(' ') { (term, None) } else { (None, term) };
    topics.extend(sooner);
    let (clear, unclear): (Vec<Topic>, Vec<Topic>) = of_key_name(name)
        .into_iter()
        .partition(|topic| !matches!(topic, Topic::Keys(_)));
    topics.extend(clear);
    topics.extend(later);
    topics.extend(unclear);
    topics.extend(is_same(name, "glossary").then_some(Topic::Glossary));
    topics.extend(of_series(name));
    topics.extend(of_form(name));
    topics.extend(of_word(name));
    let mut seen: Vec<Topic> = Vec::new();
    for mut topic in topics {
        // A key that leads to the table whose page it is says nothing more.
        if let (Some(Topic::Table(_, table)), Topic::Keys(keys)) = (seen.first(), &mut topic) {
            keys.retain(|keyed| {
                keyed
                    .book
                    .inner(keyed.key)
                    .is_none_or(|inner| !std::ptr::eq(inner, *table))
            });
        }
        if !seen.iter().any(|one| is_one(one, &topic)) {
            seen.push(topic);
        }
    }
    seen
}

/// Whether two topics have one page.
fn is_one(one: &Topic, other: &Topic) -> bool {
    match (one, other) {
        (Topic::Table(_, one), Topic::Table(_, other)) => std::ptr::eq(*one, *other),
        (Topic::Key(one), Topic::Key(other)) => std::ptr::eq(one.key, other.key),
        (Topic::Keys(_), Topic::Keys(_)) => true,
        (_, Topic::Keys(keys)) => keys.is_empty(),
        _ => false,
    }
}

fn of_reference(name: &str) -> Option<Topic> {
    if let Some(entry) = reference::locate(name) {
        return Some(Topic::Id(entry));
    }
    if let Some((catalogue, retired)) = reference::locate_retired(name) {
        return Some(Topic::Retired(catalogue, retired));
    }
    name.eq_ignore_ascii_case(reference::PRACTICE)
        .then_some(Topic::Practice)
}

/// A table or a key by its whole path, with or without the ids in it. A key at the top of a file is but one of all that
/// have its name.
fn of_path(name: &str, is_same: impl Fn(&str, &str) -> bool) -> Vec<Topic> {
    let without_id = without_id(name);
    let is_it = |path: &str| is_same(path, name) || without_id.as_deref().is_some_and(|name| is_same(path, name));
    let mut found = Vec::new();
    for book in books() {
        for table in &book.tables {
            let title = table.title(book.file);
            if is_it(&title) || table.places.iter().any(|place| is_it(&place.dotted())) {
                found.push(Topic::Table(book, table));
            }
        }
        let named = keyed_in(book).filter(|keyed| keyed.paths().any(|path| is_it(&path)));
        for keyed in named {
            if keyed.table.is_file() && book.file == File::Manifest && book.inner(keyed.key).is_none() {
                found.extend(of_key_name(&keyed.key.name))
            } else {
                found.push(keyed.topic())
            }
        }
    }
    found
}

/// `identities.deployer.rotation` without the id in it.
fn without_id(name: &str) -> Option<String> {
    let mut parts: Vec<&str> = name.split('.').collect();
    let by_id = |key: &&Key| matches!(key.takes.of, Of::ById(_));
    let root = MANIFEST.tables.first()?.key(parts.first()?).filter(by_id)?;
    let inner = MANIFEST.inner(root)?;
    let is_id = parts.len() > 2 && inner.key(parts[1]).is_none();
    is_id.then(|| {
        parts.remove(1);
        parts.join(".")
    })
}

/// A key by its own name.
fn of_key_name(name: &str) -> Vec<Topic> {
    let all = books().into_iter().flat_map(keyed_in);
    let mut named: Vec<Keyed> = all
        .filter(|keyed| is_same(&keyed.key.name, name) && !keyed.is_passed_on())
        .collect();
    // Who writes a key as it is does not mean its plural.
    if named.iter().any(|keyed| keyed.key.name == name) {
        named.retain(|keyed| keyed.key.name == name);
    }
    let mut topics: Vec<Topic> = Vec::new();
    for topic in named.iter().map(|keyed| keyed.topic()) {
        if !topics.iter().any(|one| is_one(one, &topic)) {
            topics.push(topic);
        }
    }
    match topics.len() {
        0 | 1 => topics,
        _ => vec![Topic::Keys(named)],
    }
}

fn of_form(name: &str) -> Option<Topic> {
    let forms = books()
        .into_iter()
        .flat_map(|book| book.forms.iter().map(move |form| (book, form)));
    let mut named = forms.filter(|(_, form)| is_same(&hyphenated(&form.name), name));
    named.next().map(|(book, form)| Topic::Form(book, form))
}

fn of_word(name: &str) -> Option<Topic> {
    let keys = books()
        .into_iter()
        .flat_map(keyed_in)
        .filter(|keyed| !keyed.is_passed_on());
    let valued = keys.filter_map(|at| {
        let list: &'static List = at.book.words(at.key)?;
        let word = list
            .words
            .iter()
            .find(|word| is_same(word.written.trim_matches('"'), name))?;
        // A number alone says nothing.
        word.written.starts_with('"').then_some(Valued { at, word })
    });
    let valued: Vec<Valued> = valued.collect();
    (!valued.is_empty()).then_some(Topic::Words(valued))
}

fn of_series(name: &str) -> Option<Topic> {
    CATALOGUES.into_iter().find_map(|catalogue| {
        catalogue.without_prefix(name).find_map(|written| {
            // Where ids need a prefix, a series does, too.
            if catalogue.prefix_needed && written.len() == name.len() {
                return None;
            }
            let mut entries = catalogue
                .references
                .iter()
                .map(|reference| Entry { catalogue, reference });
            let first = entries.find(|entry| entry.series().eq_ignore_ascii_case(written))?;
            Some(Topic::Series(first))
        })
    })
}

fn keyed_in(book: &'static Book) -> impl Iterator<Item = Keyed> {
    let tables = book.tables.iter();
    tables.flat_map(move |table| table.keys.iter().map(move |key| Keyed { book, table, key }))
}

/// The rules whose pages name a key, if the key's name is that of one key only.
pub fn rules_that_name(keyed: &Keyed) -> Vec<&'static Rule> {
    let alike = books().into_iter().flat_map(keyed_in);
    let alike = alike.filter(|other| other.key.name == keyed.key.name && !other.is_passed_on());
    if alike.count() > 1 {
        return Vec::new();
    }
    let named = [format!("`{}`", keyed.key.name), format!("`{} =", keyed.key.name)];
    rules::all()
        .filter(|rule| rule.group != Group::Reading && named.iter().any(|named| rule.page.contains(named)))
        .collect()
}

/// The keys of a file that take a form, each at its home.
pub fn keys_of_form(book: &'static Book, form: &Form) -> Vec<Keyed> {
    let of_form = |keyed: &Keyed| keyed.key.takes.of == Of::Form(form.name.clone()) && !keyed.is_passed_on();
    keyed_in(book).filter(of_form).collect()
}

/// Every name that has a page, each once: rules, tables, keys, terms, forms, ids.
pub fn names() -> Vec<Name> {
    let mut names: Vec<Name> = Vec::new();
    let mut add = |text: String, about: &str| {
        names.push(Name {
            text,
            about: about.to_owned(),
        });
    };
    for rule in rules::all() {
        add(rule.name.to_owned(), rule.summary);
    }
    for book in books() {
        for table in &book.tables {
            add(table.title(book.file), &table.about);
        }
        for keyed in keyed_in(book) {
            add(keyed.dotted(), &keyed.key.about);
            add(keyed.key.name.clone(), &keyed.key.about);
        }
        for form in &book.forms {
            add(hyphenated(&form.name), &form.about);
        }
    }
    for term in glossary::all() {
        for name in term.names() {
            add(name.to_owned(), term.means);
        }
    }
    for catalogue in CATALOGUES {
        for reference in catalogue.references {
            add(catalogue.cite(reference.id), reference.title);
        }
    }
    let mut seen = std::collections::BTreeSet::new();
    names.retain(|name| seen.insert(name.text.to_lowercase()));
    names
}
