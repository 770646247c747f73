//! What surrounds a value, and reporting what is wrong with it.

use crate::decode::near::nearest;
use crate::decode::problem::{DecodeError, Fault, Pending, Problem, Sink};
use crate::decode::shortened;
use crate::source::Span;

/// What surrounds a value, for messages.
#[derive(Clone, Copy)]
pub struct Context<'s> {
    /// The value's own text.
    pub span: Span,
    /// What to point at.
    pub label: Span,
    pub key: Option<&'s str>,
    pub sink: &'s Sink<'s>,
}

impl Context<'_> {
    pub fn named(&self) -> String {
        match self.key {
            Some(key) => format!("`{key}`"),
            None => "this value".to_owned(),
        }
    }

    /// Reports a problem that has not been reported yet, and marks it as done with.
    pub fn report(&self, error: DecodeError, shown: Option<&str>) -> DecodeError {
        let shown = shown.map(shortened);
        let shown = shown.as_deref();
        let DecodeError::Pending(pending) = error else {
            return error;
        };
        let Pending { fault, found, expected } = *pending;
        // "a date, such as .." is a date, for short.
        let noun = expected.split([',', ':']).next().unwrap_or_default();
        let noun = noun.split(" such as").next().unwrap_or_default();
        let (message, label) = match (fault, shown) {
            (Fault::WrongType, _) => (
                format!("{} is {found}, but {expected} is expected here", self.named()),
                format!("{found}, not {noun}"),
            ),
            (_, Some(text)) => (
                format!("{} is \"{text}\", which is not {expected}", self.named()),
                format!("not {noun}"),
            ),
            (_, None) => (format!("{} is not {expected}", self.named()), format!("not {noun}")),
        };
        let help = format!("write {expected}");
        self.sink
            .report(Problem::new(fault, self.label, message, label).with_help(help));
        DecodeError::Reported
    }
}

impl Context<'_> {
    pub fn unknown_value(&self, written: &str, known: &'static [&'static str]) -> DecodeError {
        let near = nearest(written, known.iter().copied());
        let written = &*shortened(written);
        let message = format!("{} has no value \"{written}\"", self.named());
        let label = match near {
            Some(near) => format!("did you mean \"{near}\"?"),
            None => "not a known value".to_owned(),
        };
        let list = known.iter().map(|v| format!("\"{v}\"")).collect::<Vec<_>>().join(", ");
        let mut problem = Problem::new(Fault::UnknownValue, self.label, message, label);
        problem.help = Some(match near {
            Some(near) => format!("write \"{near}\", or another of the known values: {list}"),
            None => format!("write one of the known values: {list}"),
        });
        self.sink.report(problem);
        DecodeError::Reported
    }
}
