//! Values as tables: the keys that a table knows are read, others are reported.

use super::keys::KeyDeserializer;
use super::{Context, ValueDeserializer};
use crate::decode::error::DecodeError;
use crate::decode::problem::{Fault, Problem, Repair, Wanted};
use crate::decode::sink::Sink;
use crate::decode::tree::{Entries, Item, Key, Value};
use crate::model::{nearest, slip_of};
use crate::source::Span;
use serde::de::value::{StrDeserializer, U64Deserializer};
use serde::de::{DeserializeSeed, IntoDeserializer, MapAccess};

pub enum Next<'de, 's> {
    Value(&'s Key<'de>, &'s Item<'de>),
    Misspelt(Span),
}

pub struct TableAccess<'de, 's> {
    /// The type that it is read as.
    pub name: &'static str,
    /// The keys of a struct; `None` when any key will do.
    pub known: Option<&'static [&'static str]>,
    pub entries: Entries<'de, 's>,
    pub value: Option<Next<'de, 's>>,
    /// Which of the known keys were there, a bit each.
    pub delivered: u64,
    /// Known keys that misspelt ones probably mean.
    pub misspelt: Vec<(&'static str, Span)>,
    /// The name of the table of entities that this is.
    pub entities: Option<&'s str>,
    pub depth: u8,
    pub sink: &'s Sink<'s>,
}

/// The value of a key that was misspelt.
static NOTHING: Value<'static> = Value::Boolean(false);

/// Most names differ in their length or their first letter, which is seen without a call.
fn position(known: &[&str], key: &str) -> Option<usize> {
    let first = key.as_bytes().first();
    known
        .iter()
        .position(|known| known.len() == key.len() && known.as_bytes().first() == first && *known == key)
}

/// Reports a key that is not known, and says which known one it probably means.
fn report_unknown_key(
    sink: &Sink<'_>,
    (table, known): (&'static str, &'static [&'static str]),
    key: &str,
    span: Span,
) -> Option<&'static str> {
    if sink.is_damaged(span) {
        return None;
    }
    // A word that people use for another key is not a slip.
    let is_word = (sink.dialect.is_other_key)(table, key);
    let near = nearest(key, known.iter().copied()).filter(|_| !is_word);
    let label = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => "not a known key".to_owned(),
    };
    let mut problem = Problem::new(Fault::UnknownKey, span, format!("unknown key `{key}`"), label);
    problem.help = Some(match near {
        Some(near) => format!("write `{near}` if that is what is meant; other notes belong in a comment"),
        None => {
            let mut keys = known.to_vec();
            keys.sort_unstable();
            format!("use one of: {}; other notes belong in a comment", keys.join(", "))
        }
    });
    let slip = slip_of(key, known.iter().copied()).filter(|_| !is_word);
    problem.fix = slip.map(|slip| Repair::Rename(slip.to_owned()));
    problem.suggestion = near
        .filter(|_| slip.is_none())
        .map(|near| Repair::Rename(near.to_owned()));
    problem.wants = Some(Wanted::Key { table, known });
    sink.report(problem);
    near
}

impl<'de> MapAccess<'de> for TableAccess<'de, '_> {
    type Error = DecodeError;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, DecodeError> {
        for (key, value) in self.entries.by_ref() {
            if let Some(known) = self.known {
                let Some(at) = position(known, &key.text) else {
                    let near = report_unknown_key(self.sink, (self.name, known), &key.text, key.span);
                    self.misspelt.extend(near.map(|near| (near, key.span)));
                    if self.depth == 0 {
                        self.sink.lose_table(near.unwrap_or_default(), &value.value);
                    }
                    continue;
                };
                self.delivered |= 1 << at.min(63);
                // Derived structs know their keys by number too, which spares them comparing names again.
                let number: U64Deserializer<DecodeError> = (at as u64).into_deserializer();
                let name = seed.deserialize(number)?;
                self.value = Some(Next::Value(key, value));
                return Ok(Some(name));
            }
            let name = seed.deserialize(KeyDeserializer(key))?;
            self.value = Some(Next::Value(key, value));
            return Ok(Some(name));
        }
        // What a misspelt key meant to say is unknown rather than absent.
        while let Some((key, span)) = self.misspelt.pop() {
            let at = self.known.and_then(|known| position(known, key)).unwrap_or(63).min(63);
            if self.delivered & (1 << at) != 0 {
                continue;
            }
            self.delivered |= 1 << at;
            let key: StrDeserializer<'_, DecodeError> = key.into_deserializer();
            self.value = Some(Next::Misspelt(span));
            return seed.deserialize(key).map(Some);
        }
        // Tables within were done before, so that what is here last is said of the outermost.
        self.sink.stated.set(self.delivered);
        Ok(None)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, DecodeError> {
        let (key, value) = match self.value.take() {
            Some(Next::Value(key, value)) => (key, value),
            Some(Next::Misspelt(span)) => {
                let context = Context {
                    span,
                    label: span,
                    key: None,
                    sink: self.sink,
                };
                return seed.deserialize(ValueDeserializer {
                    value: &NOTHING,
                    context,
                    depth: self.depth,
                    shorthand: false,
                    poisoned: true,
                });
            }
            // No key was asked for.
            None => return Err(DecodeError::Reported),
        };
        if let Some(table) = self.entities {
            self.sink.enter(table, &key.text);
        }
        let child = ValueDeserializer::child(value, Some(key), self.depth.saturating_add(1), self.sink);
        let result = seed.deserialize(child);
        if self.entities.is_some() {
            self.sink.leave();
        }
        result
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.entries.len())
    }
}

/// A table written as the text that is its first key.
pub struct OnlyKey<'de, 's> {
    pub key: Option<&'static str>,
    pub value: Option<ValueDeserializer<'de, 's>>,
}

impl<'de> MapAccess<'de> for OnlyKey<'de, '_> {
    type Error = DecodeError;
    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, DecodeError> {
        let key = self
            .key
            .take()
            .map(|key| -> StrDeserializer<'_, DecodeError> { key.into_deserializer() });
        key.map(|key| seed.deserialize(key)).transpose()
    }
    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, DecodeError> {
        match self.value.take() {
            Some(value) => seed.deserialize(value),
            None => Err(DecodeError::Reported),
        }
    }
}
