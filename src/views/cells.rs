//! Cells of what is declared.

use super::{Cell, SeenPlace, Word};
use crate::decode::{Field, List, Val};
use crate::estate::StatedAt;
use crate::model::Date;
use crate::source::Place;
use std::fmt::Display;

/// What is stated and could not be read.
pub fn unknown() -> Cell {
    Cell::Standing(Word::Unknown)
}

pub fn text(text: impl Display) -> Cell {
    match text.to_string() {
        empty if empty.trim().is_empty() => Cell::Nothing,
        text => Cell::Text(text),
    }
}

pub fn field<T: Display>(field: &Field<T>) -> Cell {
    match field {
        Field::Absent => Cell::Nothing,
        Field::Unknown(_) => unknown(),
        Field::Known(known) => text(&known.value),
    }
}

pub fn day(field: &Field<Date>) -> Cell {
    match field {
        Field::Absent => Cell::Nothing,
        Field::Unknown(_) => unknown(),
        Field::Known(day) => Cell::Day(day.value.0),
    }
}

pub fn stated<T: Display>(stated: StatedAt<'_, T>) -> Cell {
    match stated {
        StatedAt::Absent => Cell::Nothing,
        StatedAt::Unknown => unknown(),
        StatedAt::Known(known) => text(known.value),
    }
}

pub fn stated_day(stated: StatedAt<'_, Date>) -> Cell {
    match stated {
        StatedAt::Absent => Cell::Nothing,
        StatedAt::Unknown => unknown(),
        StatedAt::Known(day) => Cell::Day(day.value.0),
    }
}

/// A list in its own order; nothing if there is none.
pub fn list(items: impl IntoIterator<Item = impl Display>) -> Cell {
    let items = items.into_iter().map(|item| item.to_string());
    let items: Vec<String> = items.filter(|item| !item.trim().is_empty()).collect();
    if items.is_empty() {
        Cell::Nothing
    } else {
        Cell::List(items)
    }
}

/// A list, of which a part may not have been read.
pub fn listed<T>(stated: &List<T>, item: impl Fn(&Val<T>) -> String) -> Cell {
    let unread = stated.damaged.then(|| Word::Unknown.as_str().to_owned());
    list(stated.iter().map(item).chain(unread))
}

/// The place of a declaration.
pub fn place(place: Place) -> Cell {
    Cell::Places(vec![SeenPlace {
        place,
        locator: String::new(),
    }])
}
