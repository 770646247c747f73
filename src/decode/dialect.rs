//! What the deserializer is told of the files that it reads: decoding knows values, the rooms above know their words and
//! keys.

/// How the files of a room are read, and what people write in them in place of what is meant.
pub struct Dialect {
    /// Whether words and days are read in the other spellings that people use, and not only reported.
    pub lenient: bool,
    /// Whether people write a key for another one of a table, told by the type that the table is read as.
    pub is_other_key: fn(table: &str, key: &str) -> bool,
    /// The word of a closed list that is meant by another one.
    pub meant_word: fn(list: &str, written: &str, words: &[&'static str]) -> Option<&'static str>,
    /// What to write where a list has no word for what is meant, nor the one that is nearest to it.
    pub without_word: fn(list: &str, written: Written<'_>, near: Option<&str>) -> Option<String>,
}

/// A value as it is written.
#[derive(Clone, Copy)]
pub struct Written<'t> {
    pub text: &'t str,
    /// The same with its quotes, if it has any.
    pub shown: &'t str,
}
