//! Every table, key, term and id can be asked for, and what is shown is what is read.

use crate::reference::{Book, File, Key, Place, Table, Topic};
use crate::source::Source;
use crate::{config, manifest, reference, render, rules};
use serde_json::Value;

/// What `explain` prints.
fn explained(name: &str) -> String {
    let page = render::topic_for_terminal(&reference::find(name), false, 100);
    page.unwrap_or_else(|| panic!("{name} is not known"))
}

fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn document(name: &str) -> String {
    let docs = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    std::fs::read_to_string(docs.join(name)).expect("a document")
}

/// Whether a TOML text states a key in a table that stands at one of the places.
fn states(text: &str, places: &[Place], key: &str) -> bool {
    fn at(value: &toml::Value, path: &[reference::Step], key: &str) -> bool {
        if let Some(list) = value.as_array() {
            return list.iter().any(|value| at(value, path, key));
        }
        match path.split_first() {
            None => value.get(key).is_some(),
            Some((step, rest)) => value.get(&step.key).is_some_and(|inner| match step.by_id {
                true => inner
                    .as_table()
                    .is_some_and(|ids| ids.values().any(|value| at(value, rest, key))),
                false => at(inner, rest, key),
            }),
        }
    }
    let value: toml::Value = toml::from_str(text).expect("TOML");
    places.iter().any(|place| at(&value, &place.path, key))
}

fn keys() -> impl Iterator<Item = (&'static Book, &'static Table, &'static Key)> {
    reference::books().into_iter().flat_map(|book| {
        let tables = book.tables.iter();
        tables.flat_map(move |table| table.keys.iter().map(move |key| (book, table, key)))
    })
}

fn dotted(book: &'static Book, table: &'static Table, key: &'static Key) -> String {
    reference::Keyed { book, table, key }.dotted()
}

/// What is wrong with a file of the kind that a book is about.
fn problems(book: &Book, text: &str) -> Vec<String> {
    let source = Source::from_bytes("scope.toml".to_owned(), text.as_bytes().to_vec());
    let problems = match book.file {
        File::Manifest => manifest::read(&source).problems,
        File::Config => config::read(&source, &rules::known_to_config()).1,
    };
    problems.into_iter().map(|problem| problem.message).collect()
}

#[test]
fn each_table_has_an_example_that_reads() {
    for book in reference::books() {
        assert!(book.tables.len() > 4);
        for table in &book.tables {
            let title = table.title(book.file);
            let example = reference::table_example(&table.name).unwrap_or_else(|| panic!("{title} has no example"));
            assert_eq!(problems(book, example), [""; 0], "{title}:\n{example}");
            let stated = table
                .keys
                .iter()
                .filter(|key| states(example, &table.places, &key.name));
            assert!(stated.count() * 3 >= table.keys.len().min(9), "{title}: {example}");
        }
    }
    // What is wrong is seen.
    assert_eq!(
        problems(reference::books()[0], "[services.a]\nkindd = \"saas\"\n").len(),
        1
    );
    assert_eq!(problems(reference::books()[1], "fail-onn = \"error\"\n").len(), 1);
}

#[test]
fn each_key_has_an_example_that_reads_and_states_it() {
    let mut count = 0;
    for (book, table, key) in keys() {
        let name = dotted(book, table, key);
        let example = reference::key_example(book, table, key).unwrap_or_else(|| panic!("{name} has no example"));
        assert_eq!(problems(book, &example), [""; 0], "{name}:\n{example}");
        assert!(
            states(&example, &table.places, &key.name),
            "{name} is not stated in:\n{example}"
        );
        count += 1;
    }
    assert!(count > 300, "{count}");
}

#[test]
fn what_a_doc_comment_says_is_in_the_schema_the_page_and_the_answer() {
    let schemas = [reference::schema::manifest(), reference::schema::config()]
        .map(|schema| serde_json::from_str::<Value>(&schema).expect("JSON"));
    let pages = [flat(&document("manifest.md")), flat(&document("config.md"))];
    for ((book, schema), page) in reference::books().into_iter().zip(&schemas).zip(&pages) {
        let described = |table: &Table, key: &str| {
            let of = if table.is_file() {
                schema
            } else {
                &schema["definitions"][table.name.as_str()]
            };
            of["properties"][key]["description"].as_str().map(str::to_owned)
        };
        for table in &book.tables {
            let shown = flat(&explained(&table.title(book.file)));
            // What a table passes on is told where it comes from.
            let passes_on = table.name == "Profile";
            for key in &table.keys {
                let name = format!("{}.{}", table.name, key.name);
                let comment = described(table, &key.name).unwrap_or_else(|| panic!("{name} is not in the schema"));
                let about = key.about.trim_end_matches('.');
                assert!(comment.starts_with(about), "{name}: {comment}");
                assert!(shown.contains(&flat(about)), "{name}: {shown}");
                assert!(
                    passes_on || page.contains(&about.replace('|', "\\|")),
                    "{name}: {about}"
                );
                if let Some(default) = &key.default {
                    assert!(comment.ends_with(&format!("; {default} if not stated.")), "{name}");
                    assert!(
                        shown.contains(&format!("If not stated: {}.", flat(default))),
                        "{name}: {shown}"
                    );
                    assert!(
                        passes_on || page.contains(&format!("If not stated: {default}.")),
                        "{name}"
                    );
                }
            }
        }
        for list in &book.lists {
            for word in &list.words {
                assert!(
                    !word.about.is_empty(),
                    "{}: {} is not described",
                    list.name,
                    word.written
                );
            }
        }
    }
}

#[test]
fn a_changed_comment_changes_what_is_told() {
    let mut schema: Value = serde_json::from_str(&reference::schema::manifest()).expect("JSON");
    let service = &mut schema["definitions"]["Service"];
    service["properties"]["lifecycle"]["description"] = Value::from("How old it is; `young` if not stated.");
    service["description"] = Value::from("A thing.");
    schema["definitions"]["Lifecycle"]["oneOf"][0]["description"] = Value::from("Brand new.");
    let book = Book::of(File::Manifest, &schema.to_string());
    let table = book.table("Service").expect("a table");
    let key = table.key("lifecycle").expect("a key");
    assert_eq!(table.about, "A thing.");
    assert_eq!(
        (key.about.as_str(), key.default.as_deref()),
        ("How old it is.", Some("`young`"))
    );
    assert_eq!(book.words(key).expect("a list").words[0].about, "Brand new.");
    let unchanged = reference::books()[0].table("Service").expect("a table");
    assert_ne!(unchanged.key("lifecycle").expect("a key").about, key.about);
}

#[test]
fn keys_are_told_in_the_order_of_their_type() {
    for book in reference::books() {
        for table in &book.tables {
            let told: Vec<&str> = table.keys.iter().map(|key| key.name.as_str()).collect();
            let mut sorted = told.clone();
            sorted.sort_unstable();
            let is_sorted = ["Waiver", "Period", "Owner"].contains(&table.name.as_str());
            assert!(
                told != sorted || told.len() < 4 || is_sorted,
                "{} has lost its order",
                table.name
            );
        }
    }
    let service = reference::books()[0].table("Service").expect("a table");
    assert_eq!(service.keys[0].name, "title");
}

#[test]
fn a_key_that_many_tables_have_is_listed_with_each_of_them() {
    let shown = explained("owner");
    assert_eq!(shown.lines().next(), Some("owner"));
    let having = keys().filter(|(_, table, key)| key.name == "owner" && table.name != "Profile");
    let mut count = 0;
    for (book, table, key) in having {
        let line = format!("\n- {}", dotted(book, table, key));
        assert!(shown.contains(&line), "{line} in {shown}");
        count += 1;
    }
    assert!(count > 8, "{count}");
    assert!(
        !shown.contains("profiles.owner"),
        "a profile only passes it on: {shown}"
    );
    let alone = explained("icfr-alternative");
    assert!(alone.starts_with("services.icfr-alternative\n"), "{alone}");
}

#[test]
fn every_name_that_is_offered_is_answered() {
    let names = reference::names();
    assert!(names.len() > 800, "{}", names.len());
    for name in names {
        assert!(!reference::find(&name.text).is_empty(), "{}", name.text);
        let joined = name.text.replace(' ', "-");
        let is_term = reference::glossary::find(&name.text).is_some();
        assert!(!is_term || !reference::find(&joined).is_empty(), "{joined}");
    }
    for name in [
        "no-such-thing",
        "",
        ".",
        "services.",
        "services.nothing",
        "<id>",
        "rules.nothing",
    ] {
        assert!(reference::find(name).is_empty(), "{name}");
    }
}

#[test]
fn terms_point_at_what_there_is_and_none_is_told_twice() {
    let mut seen: Vec<&str> = Vec::new();
    for term in reference::glossary::all() {
        for name in term.names() {
            let found = reference::glossary::find(name).expect("a term");
            assert!(std::ptr::eq(found, term), "{name} is {} and {}", found.name, term.name);
            assert!(!seen.contains(&name), "{name} is told twice");
            seen.push(name);
            let topics = reference::find(name);
            assert!(
                topics
                    .iter()
                    .any(|topic| matches!(topic, Topic::Term(one) if std::ptr::eq(*one, term))
                        || matches!(topic, Topic::Practice)),
                "{name}"
            );
        }
        for name in term.see {
            assert!(!reference::find(name).is_empty(), "{}: {name}", term.name);
        }
        assert!(
            term.means.ends_with('.') && (20..600).contains(&term.means.len()),
            "{}",
            term.name
        );
        assert!(
            flat(&document("glossary.md")).contains(&flat(term.means)),
            "{}",
            term.name
        );
    }
    assert!(reference::glossary::all().count() >= 60);
}
