//! Text that borrows from its file unless it is short, or an escape made that impossible.

use arrayvec::ArrayString;
use serde::de::{self, Deserialize, Deserializer, Visitor};
use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Deref;

/// Text of a manifest. What refers to something else is short, and looked at often: such a text is held itself, since each
/// file's own is far from every other's in memory.
#[derive(Clone)]
pub struct Text<'a>(Held<'a>);

#[derive(Clone)]
enum Held<'a> {
    Short(ArrayString<SHORT>),
    /// Whether anything but white space is said is known of such a one without looking at it.
    Borrowed {
        says_something: bool,
        text: &'a str,
    },
    Owned(Box<str>),
}

/// As much as there is space for anyway, in bytes.
const SHORT: usize = 16;

/// Whether a character is invisible: it controls, joins or directs others, or is blank.
pub fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
            | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// What a message quotes of a text that may be as long as a file.
pub fn shortened(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(80) {
        Some((end, _)) => Cow::Owned(format!("{}...", &text[..end])),
        None => Cow::Borrowed(text),
    }
}

impl Text<'_> {
    pub fn as_str(&self) -> &str {
        match &self.0 {
            Held::Short(text) => text,
            Held::Borrowed { text, .. } => text,
            Held::Owned(text) => text,
        }
    }

    /// Whether anything but white space is said.
    pub fn says_something(&self) -> bool {
        match &self.0 {
            Held::Borrowed { says_something, .. } => *says_something,
            _ => says_something(self.as_str()),
        }
    }

    /// Whether it can be a reason, or any other excuse: a dash, a dot or an invisible character
    /// is none, and two letters may be.
    pub fn explains(&self) -> bool {
        self.chars().filter(|c| c.is_alphabetic()).nth(1).is_some()
    }
}

fn says_something(text: &str) -> bool {
    text.chars().any(|c| !c.is_whitespace())
}

impl<'a> From<&'a str> for Text<'a> {
    fn from(text: &'a str) -> Self {
        Self(match ArrayString::from(text) {
            Ok(short) => Held::Short(short),
            Err(_) => Held::Borrowed {
                says_something: says_something(text),
                text,
            },
        })
    }
}

impl From<String> for Text<'_> {
    fn from(text: String) -> Self {
        Self(match ArrayString::from(&text) {
            Ok(short) => Held::Short(short),
            Err(_) => Held::Owned(text.into_boxed_str()),
        })
    }
}

impl Default for Text<'_> {
    fn default() -> Self {
        Self::from("")
    }
}

impl PartialEq for Text<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for Text<'_> {}

impl PartialOrd for Text<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Text<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.as_str().cmp(other.as_str())
    }
}

impl Hash for Text<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

impl fmt::Debug for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl Deref for Text<'_> {
    type Target = str;
    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Text<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TextVisitor;
        impl<'de> Visitor<'de> for TextVisitor {
            type Value = Text<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("text in quotes")
            }
            fn visit_borrowed_str<E: de::Error>(self, text: &'de str) -> Result<Text<'de>, E> {
                Ok(Text::from(text))
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Text<'de>, E> {
                Ok(Text::from(text.to_owned()))
            }
        }
        deserializer.deserialize_str(TextVisitor)
    }
}

impl serde::Serialize for Text<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Text<'_> {
    fn schema_name() -> Cow<'static, str> {
        "Text".into()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        <String as schemars::JsonSchema>::json_schema(generator)
    }
}

#[cfg(test)]
mod tests {
    use super::Text;

    #[test]
    fn a_text_takes_as_much_space_as_one_that_is_not_held_itself() {
        assert_eq!(size_of::<Text<'_>>(), size_of::<std::borrow::Cow<'_, str>>());
    }

    #[test]
    fn a_text_is_the_same_however_it_is_held() {
        for text in [
            "",
            "ledger",
            "sixteen-letters-",
            "seventeen-letters",
            "ä".repeat(8).as_str(),
            "\u{2003}".repeat(9).as_str(),
        ] {
            let (borrowed, owned) = (Text::from(text), Text::from(text.to_owned()));
            assert_eq!((borrowed.as_str(), owned.as_str()), (text, text));
            assert_eq!(borrowed, owned);
            let is_blank = text.trim().is_empty();
            assert_eq!(
                [borrowed.says_something(), owned.says_something()],
                [!is_blank; 2],
                "{text:?}"
            );
        }
    }
}
