//! What surrounds a value, and reporting what is wrong with it.

use crate::decode::dialect::Written;
use crate::decode::error::{DecodeError, Pending};
use crate::decode::problem::{Fault, Problem, Repair, Wanted};
use crate::decode::sink::Sink;
use crate::model::{nearest, shortened};
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
        self.report_with(error, shown, None, None)
    }

    /// The same with a help of its own, where something else is wanted than the type says.
    pub fn report_with(
        &self,
        error: DecodeError,
        shown: Option<&str>,
        help: Option<String>,
        wants: Option<Wanted>,
    ) -> DecodeError {
        let shown = shown.map(shortened);
        let shown = shown.as_deref();
        let DecodeError::Pending(pending) = error else {
            return error;
        };
        let wants = wants.or_else(|| pending.wants());
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
        let help = help.unwrap_or_else(|| format!("write {expected}"));
        let mut problem = Problem::new(fault, self.label, message, label).with_help(help);
        problem.wants = wants;
        self.sink.report(problem);
        DecodeError::Reported
    }
}

impl<'s> Context<'s> {
    /// The value as it is in the file.
    pub fn written(&self) -> Option<&'s str> {
        self.sink.text.get(self.span.range())
    }

    /// Says that a value is read, and how it is written.
    pub fn read_as(&self, shown: &str, canonical: &str, why: &str) {
        let message = format!("{} is written {shown}; it is read as {canonical}", self.named());
        let help = match why {
            "" => format!("write {canonical}"),
            why => format!("write {canonical}: {why}"),
        };
        let problem = Problem::new(
            Fault::NonCanonicalSpelling,
            self.label,
            message,
            format!("read as {canonical}"),
        );
        let problem = problem.with_help(help).with_fix(Repair::Replace(canonical.to_owned()));
        self.sink.report(problem);
    }

    pub fn unknown_value(
        &self,
        name: &'static str,
        written: Written<'_>,
        known: &'static [&'static str],
    ) -> DecodeError {
        let dialect = self.sink.dialect;
        let meant = (dialect.meant_word)(name, written.text, known);
        let near = meant.or_else(|| nearest(written.text, known.iter().copied()));
        let another = (dialect.without_word)(name, written, near);
        let near = near.filter(|_| another.is_none());
        let message = format!("{} has no value {}", self.named(), written.shown);
        let label = match near {
            Some(near) => format!("did you mean \"{near}\"?"),
            None => "not a known value".to_owned(),
        };
        let list = known.iter().map(|v| format!("\"{v}\"")).collect::<Vec<_>>().join(", ");
        let mut problem = Problem::new(Fault::UnknownValue, self.label, message, label);
        problem.help = Some(match near {
            _ if another.is_some() => format!("{}; else one of: {list}", another.unwrap_or_default()),
            Some(near) => format!("write \"{near}\", or another of the known values: {list}"),
            None => format!("write one of the known values: {list}"),
        });
        problem.wants = Some(Wanted::Word {
            list: name,
            words: known,
        });
        self.sink.report(problem);
        DecodeError::Reported
    }
}
