//! Reads a book from a JSON Schema: so that a doc comment is all there is to change.

use super::book::{Book, File, Form, Key, List, Of, Place, Table, Takes, Word};
use super::order;
use serde_json::{Map, Value};

/// No table stands deeper than this. A schema that goes round in a circle ends here.
const MAX_DEPTH: usize = 6;

impl Book {
    pub fn of(file: File, schema: &str) -> Self {
        let schema: &Value = &serde_json::from_str(schema).unwrap_or_default();
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
                None if schema["properties"].is_null() => {
                    // Names of rules are listed; others may be any.
                    let word = definition(&schema["additionalProperties"]["anyOf"][0]);
                    match word.filter(|_| schema["propertyNames"].is_null()) {
                        Some(word) => Of::WordsByName(word.to_owned()),
                        None => Of::Severities,
                    }
                }
                None => Of::Settings,
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
