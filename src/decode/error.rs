//! What the deserializer says of a value that a type would not take.

use super::problem::{Fault, Form, Wanted};
use crate::model::DATE_NAME;
use serde::de::{Expected, Unexpected};
use std::fmt;

/// serde's error, as far as it is needed: either still to be reported by the value it rose from, or done with.
#[derive(Debug)]
pub enum DecodeError {
    Reported,
    /// In a place of its own, so that the way of a value that is right stays short.
    Pending(Box<Pending>),
}

#[derive(Debug)]
pub struct Pending {
    pub fault: Fault,
    pub found: String,
    pub expected: String,
}

impl Pending {
    pub fn wants(&self) -> Option<Wanted> {
        Form::expected(&self.expected).map(Wanted::Value)
    }
}

impl DecodeError {
    fn pending(fault: Fault, found: String, expected: String) -> Self {
        Self::Pending(Box::new(Pending { fault, found, expected }))
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Reported => f.write_str("already reported"),
            Self::Pending(pending) => f.write_str(&pending.expected),
        }
    }
}

impl std::error::Error for DecodeError {}

impl serde::de::Error for DecodeError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::pending(Fault::UnknownValue, String::new(), message.to_string())
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::pending(Fault::WrongType, describe(found).to_owned(), expected.to_string())
    }

    /// A value type names the fault it stands for with [`Unexpected::Other`]; see `Date` and `Duration`.
    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        let fault = match found {
            Unexpected::Other(name) => Fault::from_name(name).unwrap_or(Fault::UnknownValue),
            _ => Fault::UnknownValue,
        };
        Self::pending(fault, String::new(), expected.to_string())
    }
}

fn describe(found: Unexpected<'_>) -> &'static str {
    match found {
        Unexpected::Bool(_) => "a boolean",
        Unexpected::Unsigned(_) | Unexpected::Signed(_) => "a number",
        Unexpected::Float(_) => "a decimal number",
        Unexpected::Str(_) | Unexpected::Char(_) => "text",
        Unexpected::Seq => "a list",
        Unexpected::Map => "a table",
        Unexpected::Other(other) if other == DATE_NAME => "a date",
        _ => "something else",
    }
}
