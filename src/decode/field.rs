//! The field types of a declaration.
//!
//! A field is absent, known, or *unknown*: stated, but not readable. The problem is reported when it is met;
//! what stays behind is the knowledge that something was said there, so that no rule fires on its absence.

use super::protocol::{SHORT_NAME, VAL_NAME, unpack};
use crate::model::Text;
use crate::source::Span;
use serde::de::{Deserialize, Deserializer, Error, SeqAccess, Visitor};
use std::fmt;
use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};

/// A value and where it is.
#[derive(Debug, Clone, Copy)]
pub struct Val<T> {
    /// The value itself if it is short (text, number, date, boolean), else its key.
    pub span: Span,
    pub value: T,
}

/// An optional key.
#[derive(Debug, Clone, Copy, Default)]
pub enum Field<T> {
    #[default]
    Absent,
    Unknown(Span),
    Known(Val<T>),
}

impl<T> Field<T> {
    pub fn known(&self) -> Option<&Val<T>> {
        match self {
            Self::Known(val) => Some(val),
            _ => None,
        }
    }

    pub fn known_mut(&mut self) -> Option<&mut Val<T>> {
        match self {
            Self::Known(val) => Some(val),
            _ => None,
        }
    }

    pub fn get(&self) -> Option<&T> {
        self.known().map(|val| &val.value)
    }

    pub fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    pub fn is_unknown(&self) -> bool {
        matches!(self, Self::Unknown(_))
    }

    pub fn as_ref(&self) -> Field<&T> {
        match self {
            Self::Absent => Field::Absent,
            Self::Unknown(span) => Field::Unknown(*span),
            Self::Known(Val { span, value }) => Field::Known(Val { span: *span, value }),
        }
    }
}

impl<T: Copy> Field<T> {
    pub fn value(&self) -> Option<T> {
        self.get().copied()
    }
}

impl Field<Text<'_>> {
    /// Whether it is stated and not blank; what could not be read counts as said.
    pub fn says_something(&self) -> bool {
        match self {
            Self::Absent => false,
            Self::Unknown(_) => true,
            Self::Known(text) => text.value.says_something(),
        }
    }

    /// Whether it is stated and can excuse something; what could not be read counts as said.
    pub fn explains(&self) -> bool {
        match self {
            Self::Absent => false,
            Self::Unknown(_) => true,
            Self::Known(text) => text.value.explains(),
        }
    }
}

/// A key that few tables state: one word where it is absent. It reads as the field that it stands for.
#[derive(Clone)]
pub struct Rare<T>(Option<Box<Field<T>>>);

impl<'e, T: 'e> Absent<'e> for Field<T> {
    const ABSENT: &'e Self = &Self::Absent;
}

impl<T> Deref for Rare<T> {
    type Target = Field<T>;
    fn deref(&self) -> &Field<T> {
        self.0.as_deref().unwrap_or(Field::ABSENT)
    }
}

impl<T> Default for Rare<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T: fmt::Debug> fmt::Debug for Rare<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

/// One or many values; one value stands for a list of one. Most keys of most tables are not stated: such a list is one word.
#[derive(Clone)]
pub struct List<T>(Option<Box<Listed<T>>>);

/// What is stated under the key of a list.
#[derive(Clone)]
pub struct Listed<T> {
    /// The key.
    pub span: Span,
    pub stated: bool,
    /// Whether the list, or any of its elements, could not be read.
    pub damaged: bool,
    pub items: Items<T>,
}

/// The elements of a list. Most lists that are stated have one, which stands where the list does.
#[derive(Clone, Default)]
pub enum Items<T> {
    #[default]
    None,
    One(Val<T>),
    Many(Box<[Val<T>]>),
}

impl<T> Deref for Items<T> {
    type Target = [Val<T>];
    fn deref(&self) -> &[Val<T>] {
        match self {
            Self::None => &[],
            Self::One(item) => std::slice::from_ref(item),
            Self::Many(items) => items,
        }
    }
}

impl<T> DerefMut for Items<T> {
    fn deref_mut(&mut self) -> &mut [Val<T>] {
        match self {
            Self::None => &mut [],
            Self::One(item) => std::slice::from_mut(item),
            Self::Many(items) => items,
        }
    }
}

/// What is not stated, for as long as its values would live.
trait Absent<'e>: 'e {
    const ABSENT: &'e Self;
}

impl<'e, T: 'e> Absent<'e> for Listed<T> {
    const ABSENT: &'e Self = &Self::NOTHING;
}

impl<T> Listed<T> {
    const NOTHING: Self = Self {
        span: Span { start: 0, end: 0 },
        stated: false,
        damaged: false,
        items: Items::None,
    };
}

impl<T> Deref for List<T> {
    type Target = Listed<T>;
    fn deref(&self) -> &Listed<T> {
        self.0.as_deref().unwrap_or(Listed::ABSENT)
    }
}

impl<T> DerefMut for List<T> {
    fn deref_mut(&mut self) -> &mut Listed<T> {
        self.0.get_or_insert_with(|| Box::new(Listed::NOTHING))
    }
}

impl<T> Default for List<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T: fmt::Debug> fmt::Debug for List<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("List")
            .field("span", &self.span)
            .field("stated", &self.stated)
            .field("damaged", &self.damaged)
            .field("items", &&*self.items)
            .finish()
    }
}

impl<T> List<T> {
    fn of(span: Span, damaged: bool, items: Items<T>) -> Self {
        Self(Some(Box::new(Listed {
            span,
            stated: true,
            damaged,
            items,
        })))
    }

    pub fn iter(&self) -> std::slice::Iter<'_, Val<T>> {
        self.items.iter()
    }

    /// Whether nothing is listed, for certain.
    pub fn is_surely_empty(&self) -> bool {
        self.items.is_empty() && !self.damaged
    }
}

impl<T: PartialEq> List<T> {
    pub fn find(&self, wanted: &T) -> Option<&Val<T>> {
        self.iter().find(|item| item.value == *wanted)
    }
}

/// A table whose list entry may be written as the text that is its first key.
#[derive(Debug, Clone, Default)]
pub struct OneOrTable<T>(pub T);

impl<T> Deref for OneOrTable<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.0
    }
}

struct ValVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for ValVisitor<T> {
    type Value = Field<T>;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value with its place")
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Field<T>, A::Error> {
        let span = match seq.next_element::<u64>()? {
            Some(packed) => unpack(packed),
            None => return Err(A::Error::custom("no place")),
        };
        Ok(match seq.next_element::<T>() {
            Ok(Some(value)) => Field::Known(Val { span, value }),
            // Reported where it was met.
            Ok(None) | Err(_) => Field::Unknown(span),
        })
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Field<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct FieldVisitor<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for FieldVisitor<T> {
            type Value = Field<T>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an optional value")
            }
            fn visit_none<E: Error>(self) -> Result<Field<T>, E> {
                Ok(Field::Absent)
            }
            fn visit_some<D: Deserializer<'de>>(self, d: D) -> Result<Field<T>, D::Error> {
                d.deserialize_tuple_struct(VAL_NAME, 2, ValVisitor(PhantomData))
            }
        }
        deserializer.deserialize_option(FieldVisitor(PhantomData))
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Rare<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match Field::deserialize(deserializer)? {
            Field::Absent => Self(None),
            stated => Self(Some(Box::new(stated))),
        })
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for List<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match Field::<Elements<T>>::deserialize(deserializer)? {
            Field::Absent => Self::default(),
            Field::Unknown(span) => Self::of(span, true, Items::None),
            Field::Known(Val { span, value }) => Self::of(span, value.damaged, value.items),
        })
    }
}

struct Elements<T> {
    items: Items<T>,
    damaged: bool,
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Elements<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ItemsVisitor<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for ItemsVisitor<T> {
            type Value = Elements<T>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("one value or a list")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Elements<T>, A::Error> {
                let count = seq.size_hint().filter(|count| *count > 1);
                let (mut only, mut many) = (None, Vec::with_capacity(count.unwrap_or(0)));
                let mut damaged = false;
                while let Some(element) = seq.next_element::<Field<T>>()? {
                    match element {
                        Field::Known(val) if only.is_none() && many.capacity() == 0 => only = Some(val),
                        Field::Known(val) => {
                            many.extend(only.take());
                            many.push(val);
                        }
                        _ => damaged = true,
                    }
                }
                let items = match only {
                    Some(only) => Items::One(only),
                    None => Items::Many(many.into_boxed_slice()),
                };
                Ok(Elements { items, damaged })
            }
        }
        deserializer.deserialize_seq(ItemsVisitor(PhantomData))
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for OneOrTable<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ShortVisitor<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for ShortVisitor<T> {
            type Value = OneOrTable<T>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("text or a table")
            }
            fn visit_newtype_struct<D: Deserializer<'de>>(self, d: D) -> Result<OneOrTable<T>, D::Error> {
                T::deserialize(d).map(OneOrTable)
            }
        }
        deserializer.deserialize_newtype_struct(SHORT_NAME, ShortVisitor(PhantomData))
    }
}
