//! What a key takes, in words.

use crate::model::list_words;
use crate::reference::{Book, Key, Of, Takes, hyphenated};

/// So many words are listed beside a key; more have a place of their own.
pub const MAX_IN_LINE: usize = 6;

/// "text, or several", "one of `in` and `out`", "a table".
pub fn takes(book: &Book, key: &Key) -> String {
    let Takes { of, many, shorthand } = &key.takes;
    let one = match of {
        Of::Text => "text".to_owned(),
        Of::Bool => "`true` or `false`".to_owned(),
        Of::Word(_) => words(book, key, usize::MAX),
        Of::Form(name) => format!("a {}", hyphenated(name)),
        Of::Table(_) if *shorthand => "a name, or a table".to_owned(),
        Of::Table(_) => "a table".to_owned(),
        Of::ById(_) => "tables by id".to_owned(),
        Of::WordsByName(name) => format!("names, each with its {}", hyphenated(name)),
        Of::Rule => "a rule's name".to_owned(),
        Of::Severities => "severities, by rule".to_owned(),
        Of::Settings => "severities, or tables of a severity and options, by rule".to_owned(),
    };
    if *many { format!("{one}; one or several") } else { one }
}

/// The words of a key's closed list, as a sentence lists them.
pub fn words(book: &Book, key: &Key, most: usize) -> String {
    let Some(list) = book.words(key) else {
        return String::new();
    };
    let mut words: Vec<String> = list.words.iter().take(most).map(|word| code(&word.written)).collect();
    if list.words.len() > most {
        words.push("others".to_owned());
    }
    list_words(&words, "or")
}

/// A word as it is written, without its quotes.
pub fn code(written: &str) -> String {
    format!("`{}`", written.trim_matches('"'))
}

/// What a key says, what it takes, and the effective value without it.
pub fn sentence(book: &Book, key: &Key) -> String {
    let mut out = format!("{} Takes {}.", key.about, takes(book, key));
    if let Some(default) = &key.default {
        out.push_str(&format!(" If not stated: {default}."));
    }
    if key.required {
        out.push_str(" Required.");
    }
    out
}
