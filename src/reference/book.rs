//! Tables, their keys and what these take, as a JSON Schema says: so that a doc comment is all there is to change.

use super::order;
use serde_json::{Map, Value};

/// Which file is spoken about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum File {
    Manifest,
    Config,
}

/// All that can stand in a file.
#[derive(Debug)]
pub struct Book {
    pub file: File,
    /// The first is the file itself; then each table comes before those in it.
    pub tables: Vec<Table>,
    pub lists: Vec<List>,
    pub forms: Vec<Form>,
}

#[derive(Debug)]
pub struct Table {
    /// As the schema calls it.
    pub name: String,
    pub about: String,
    /// Where it stands. The first is its home: none is nearer to the top.
    pub places: Vec<Place>,
    pub keys: Vec<Key>,
}

/// Where a table stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Place {
    /// The keys that lead to it; none to the file itself.
    pub path: Vec<Step>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    pub key: String,
    /// Whether the tables of this key are told by ids, as `[services.payroll]` is.
    pub by_id: bool,
    pub many: bool,
}

#[derive(Debug)]
pub struct Key {
    pub name: String,
    /// What it says, without its default.
    pub about: String,
    /// What holds where it is not stated.
    pub default: Option<String>,
    pub required: bool,
    pub takes: Takes,
}

/// What a key takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Takes {
    pub of: Of,
    /// Whether it takes a list, too.
    pub many: bool,
    /// Whether a text stands for the table that states only the reference.
    pub shorthand: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Of {
    Text,
    Bool,
    /// A word of the closed list that has this name.
    Word(String),
    /// A value of the form that has this name, such as a date.
    Form(String),
    /// The table that has this name.
    Table(String),
    /// Such tables, by id.
    ById(String),
    /// A rule's name.
    Rule,
    /// Severities, by rule.
    Severities,
}

/// A closed list of words.
#[derive(Debug)]
pub struct List {
    pub name: String,
    pub about: String,
    pub words: Vec<Word>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// As it is written, with quotes if it takes some.
    pub written: String,
    pub about: String,
}

/// A value of a certain form.
#[derive(Debug)]
pub struct Form {
    pub name: String,
    pub about: String,
}

/// No table stands deeper than this. A schema that goes round in a circle ends here.
const MAX_DEPTH: usize = 6;

impl Book {
    pub fn of(file: File, schema: &Value) -> Self {
        let none = Map::new();
        let definitions = schema["definitions"].as_object().unwrap_or(&none);
        let reader = Reader { definitions };
        let mut book = Self {
            file,
            tables: Vec::new(),
            lists: Vec::new(),
            forms: Vec::new(),
        };
        for (name, definition) in definitions {
            let about = text(&definition["description"]);
            let name = name.clone();
            match words(definition) {
                Some(words) => book.lists.push(List { name, about, words }),
                None if definition["properties"].is_null() => book.forms.push(Form { name, about }),
                None => {}
            }
        }
        let name = text(&schema["title"]);
        let mut visited = Vec::new();
        reader.add(&mut book, &mut visited, &name, schema, Place::default());
        for table in &mut book.tables {
            table.places.sort_by_key(|place| place.path.len());
        }
        let order = |table: &Table| visited.iter().position(|place| place == table.home());
        book.tables.sort_by_key(order);
        book
    }

    pub fn table(&self, name: &str) -> Option<&Table> {
        self.tables.iter().find(|table| table.name == name)
    }

    pub fn list(&self, name: &str) -> Option<&List> {
        self.lists.iter().find(|list| list.name == name)
    }

    pub fn form(&self, name: &str) -> Option<&Form> {
        self.forms.iter().find(|form| form.name == name)
    }

    /// The table that a key's values are, if they are tables.
    pub fn inner(&self, key: &Key) -> Option<&Table> {
        match &key.takes.of {
            Of::Table(name) | Of::ById(name) => self.table(name),
            _ => None,
        }
    }

    /// The closed list whose words a key takes.
    pub fn words(&self, key: &Key) -> Option<&List> {
        match &key.takes.of {
            Of::Word(name) => self.list(name),
            _ => None,
        }
    }
}

impl Table {
    pub fn is_file(&self) -> bool {
        self.home().path.is_empty()
    }

    pub fn home(&self) -> &Place {
        &self.places[0]
    }

    pub fn key(&self, name: &str) -> Option<&Key> {
        self.keys.iter().find(|key| key.name == name)
    }

    /// Whether so many other tables have it that it belongs to none of them. A profile is an identity.
    pub fn is_shared(&self) -> bool {
        let roots = self.places.iter().filter_map(|place| place.path.first());
        let mut roots: Vec<&str> = roots
            .map(|step| step.key.as_str())
            .filter(|root| *root != "profiles")
            .collect();
        roots.sort_unstable();
        roots.dedup();
        roots.len() > 2
    }

    /// What it is called: its path, or its name where it is shared.
    pub fn title(&self, file: File) -> String {
        match (self.is_file(), file) {
            (true, File::Manifest) => "manifest".to_owned(),
            (true, File::Config) => "config".to_owned(),
            _ if self.is_shared() => hyphenated(&self.name),
            _ => self.home().dotted(),
        }
    }
}

impl Place {
    /// `identities.rotation`.
    pub fn dotted(&self) -> String {
        let keys: Vec<&str> = self.path.iter().map(|step| step.key.as_str()).collect();
        keys.join(".")
    }

    /// `[identities.<id>.rotation]`, `[[waivers]]`.
    pub fn header(&self) -> String {
        let mut parts = Vec::new();
        for step in &self.path {
            parts.push(step.key.as_str());
            if step.by_id {
                parts.push("<id>");
            }
        }
        let path = parts.join(".");
        match self.path.last().is_some_and(|step| step.many) {
            true => format!("[[{path}]]"),
            false => format!("[{path}]"),
        }
    }

    fn then(&self, key: &Key) -> Self {
        let mut path = self.path.clone();
        path.push(Step {
            key: key.name.clone(),
            by_id: matches!(key.takes.of, Of::ById(_)),
            many: key.takes.many,
        });
        Self { path }
    }
}

struct Reader<'s> {
    definitions: &'s Map<String, Value>,
}

impl Reader<'_> {
    /// Adds a table, or one more place of it, and the tables in it.
    fn add(&self, book: &mut Book, visited: &mut Vec<Place>, name: &str, schema: &Value, place: Place) {
        if place.path.len() > MAX_DEPTH {
            return;
        }
        visited.push(place.clone());
        let keys = self.keys(name, schema);
        let inner: Vec<(String, Place)> = keys
            .iter()
            .filter_map(|key| match &key.takes.of {
                Of::Table(name) | Of::ById(name) => Some((name.clone(), place.then(key))),
                _ => None,
            })
            .collect();
        match book.tables.iter_mut().find(|table| table.name == name) {
            Some(known) => known.places.push(place),
            None => book.tables.push(Table {
                name: name.to_owned(),
                about: text(&schema["description"]),
                places: vec![place],
                keys,
            }),
        }
        for (name, place) in inner {
            if let Some(definition) = self.definitions.get(&name) {
                self.add(book, visited, &name, definition, place);
            }
        }
    }

    fn keys(&self, name: &str, schema: &Value) -> Vec<Key> {
        let none = Map::new();
        let properties = schema["properties"].as_object().unwrap_or(&none);
        let order = order::keys(name);
        let required = schema["required"].as_array();
        let mut keys: Vec<Key> = properties
            .iter()
            .map(|(name, property)| {
                let (about, default) = told(&text(&property["description"]));
                let is_it = |one: &Value| one.as_str() == Some(name);
                Key {
                    name: name.clone(),
                    about,
                    default,
                    required: required.is_some_and(|required| required.iter().any(is_it)),
                    takes: self.takes(property),
                }
            })
            .collect();
        let place = |key: &Key| order.iter().position(|name| *name == key.name);
        keys.sort_by_key(|key| place(key).unwrap_or(usize::MAX));
        keys
    }

    fn takes(&self, schema: &Value) -> Takes {
        let one = |of| Takes {
            of,
            many: false,
            shorthand: false,
        };
        if let Some(name) = definition(schema) {
            return one(self.named(name));
        }
        if let Some(forms) = schema["anyOf"].as_array() {
            let many = forms.iter().any(|form| form["type"] == "array");
            let single: Vec<&Value> = forms.iter().filter(|form| form["type"] != "array").collect();
            return match single.as_slice() {
                [form] => Takes {
                    many,
                    ..self.takes(form)
                },
                [text, table] if text["type"] == "string" => Takes {
                    many,
                    shorthand: true,
                    ..self.takes(table)
                },
                _ => Takes {
                    many,
                    ..one(Of::Severities)
                },
            };
        }
        one(match schema["type"].as_str() {
            Some("boolean") => Of::Bool,
            Some("object") => match definition(&schema["additionalProperties"]) {
                Some(name) => Of::ById(name.to_owned()),
                None => Of::Severities,
            },
            // Only the names of rules are listed where they are used.
            Some("string") if !schema["enum"].is_null() => Of::Rule,
            _ => match self.same_list(schema) {
                Some(name) => Of::Word(name.to_owned()),
                None => Of::Text,
            },
        })
    }

    fn named(&self, name: &str) -> Of {
        let definition = &self.definitions.get(name).unwrap_or(&Value::Null);
        let name = name.to_owned();
        if words(definition).is_some() {
            Of::Word(name)
        } else if definition["properties"].is_null() {
            Of::Form(name)
        } else {
            Of::Table(name)
        }
    }

    /// The closed list whose words are written out in place.
    fn same_list(&self, schema: &Value) -> Option<&str> {
        let listed = words(schema)?;
        let mut definitions = self.definitions.iter();
        let found = definitions.find(|(_, definition)| words(definition).is_some_and(|words| words == listed));
        found.map(|(name, _)| name.as_str())
    }
}

/// The definition that is referred to, directly or as the only form.
fn definition(schema: &Value) -> Option<&str> {
    schema["$ref"].as_str()?.rsplit('/').next()
}

/// The words of a closed list.
fn words(schema: &Value) -> Option<Vec<Word>> {
    let forms = schema["oneOf"].as_array()?;
    let words = forms.iter().map(|form| {
        let written = match &form["const"] {
            Value::String(word) => format!("\"{word}\""),
            Value::Number(number) => number.to_string(),
            _ => return None,
        };
        let about = text(&form["description"]);
        Some(Word { written, about })
    });
    words.collect()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// What a description says, and what it says holds where the key is not stated.
fn told(description: &str) -> (String, Option<String>) {
    let split = description
        .strip_suffix(" if not stated.")
        .and_then(|rest| rest.rsplit_once("; "));
    match split {
        Some((about, default)) => (format!("{about}."), Some(default.to_owned())),
        None => (description.to_owned(), None),
    }
}

/// `EvidenceReference` as `evidence-reference`.
pub fn hyphenated(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        if c.is_ascii_uppercase() && !out.is_empty() {
            out.push('-');
        }
        out.push(c.to_ascii_lowercase());
    }
    out
}
