//! JSON on one line, written as it comes.
//!
//! Nearly half of a result is keys. serde_json looks at the bytes of keys and texts one by one for what must be escaped,
//! which takes as long as all else about a result.

use serde_json::Value;
use std::fmt::Display;
use std::io::Write as _;

/// A value at the end of what was written.
pub struct Line<'o>(&'o mut Vec<u8>);

impl<'o> Line<'o> {
    pub const fn new(out: &'o mut Vec<u8>) -> Self {
        Self(out)
    }

    pub fn object(&mut self, fields: impl FnOnce(&mut Self)) {
        self.0.push(b'{');
        fields(self);
        self.0.push(b'}');
    }

    /// A field of an object: its value is what is written next. The keys are the standard's, of letters and `/` only.
    pub fn key(&mut self, key: &'static str) -> &mut Self {
        // No value ends so.
        if self.0.last() != Some(&b'{') {
            self.0.push(b',');
        }
        self.0.push(b'"');
        self.0.extend_from_slice(key.as_bytes());
        self.0.extend_from_slice(b"\":");
        self
    }

    pub fn list<T>(&mut self, items: impl IntoIterator<Item = T>, each: impl Fn(&mut Self, T)) {
        self.0.push(b'[');
        for (at, item) in items.into_iter().enumerate() {
            if at > 0 {
                self.0.push(b',');
            }
            each(self, item);
        }
        self.0.push(b']');
    }

    pub fn text(&mut self, text: &str) {
        // Looking at all bytes instead of stopping at the first odd one is what makes it quick.
        let is_plain = text.bytes().fold(true, |plain, byte| {
            plain & (byte >= b' ') & (byte != b'"') & (byte != b'\\')
        });
        if is_plain {
            self.0.push(b'"');
            self.0.extend_from_slice(text.as_bytes());
            self.0.push(b'"');
        } else {
            self.json(Value::from(text).to_string().as_bytes());
        }
    }

    pub fn number(&mut self, number: impl Display) {
        // There is always room.
        let _ = write!(self.0, "{number}");
    }

    /// A value that is JSON already.
    pub fn json(&mut self, json: &[u8]) {
        self.0.extend_from_slice(json);
    }
}

#[cfg(test)]
mod tests {
    use super::Line;
    use serde_json::{Value, json};

    #[test]
    fn what_is_written_is_what_is_read() -> Result<(), Box<dyn std::error::Error>> {
        let texts = [
            "",
            "plain",
            "é \u{1f642}\u{7f}",
            "\"",
            "a\\",
            "{",
            "a\n\u{0}\u{1f}b",
            "[,:",
        ];
        let mut out = Vec::new();
        Line::new(&mut out).object(|line| {
            line.key("none").list([], |line, ()| line.text("no"));
            line.key("nothing").object(|_| {});
            line.key("texts").list(texts, |line, text| line.text(text));
            line.key("in").list([1, -2], |line, number| {
                line.object(|line| {
                    line.key("a").number(number);
                    line.key("b/v1").json(b"[null]");
                });
            });
        });
        let expected = json!({
            "none": [],
            "nothing": {},
            "texts": texts,
            "in": [{ "a": 1, "b/v1": [null] }, { "a": -2, "b/v1": [null] }],
        });
        assert_eq!(serde_json::from_slice::<Value>(&out)?, expected);
        Ok(())
    }

    #[test]
    fn a_text_is_written_as_serde_json_does() -> Result<(), Box<dyn std::error::Error>> {
        for byte in 0..=u8::MAX {
            let text = format!("a{}b", char::from(byte));
            let mut out = Vec::new();
            Line::new(&mut out).text(&text);
            assert_eq!(String::from_utf8(out)?, serde_json::to_string(&text)?);
        }
        Ok(())
    }
}
