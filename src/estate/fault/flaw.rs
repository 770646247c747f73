//! Errors of the declarations themselves, as opposed to what they declare.

use crate::decode::{Fault, Problem, Repair};
use crate::source::{FileId, Place};
use std::borrow::Cow;

/// A reading error of the estate, with its place.
#[derive(Debug)]
pub struct Flaw<'a> {
    pub fault: Fault,
    pub place: Place,
    /// The entity path, otherwise the file's path.
    pub subject: String,
    pub message: Cow<'a, str>,
    pub label: Cow<'a, str>,
    pub help: Option<Cow<'a, str>>,
    pub related: Option<(Place, String)>,
    /// What it is about, besides the text at its place: the path of keys, or the kind that a name should refer to.
    pub about: Option<String>,
    pub fix: Option<Repair>,
    pub suggestion: Option<Repair>,
}

impl<'a> Flaw<'a> {
    pub fn new(fault: Fault, place: Place, subject: String, message: String, label: String, help: String) -> Self {
        Self {
            fault,
            place,
            subject,
            message: message.into(),
            label: label.into(),
            help: Some(help.into()),
            related: None,
            about: None,
            fix: None,
            suggestion: None,
        }
    }

    pub fn about(mut self, what: &str) -> Self {
        self.about = Some(what.to_owned());
        self
    }

    /// Another name is meant: certainly, or probably.
    pub fn rename(mut self, name: &str, sure: bool) -> Self {
        let rename = Some(Repair::Rename(name.to_owned()));
        if sure {
            self.fix = rename
        } else {
            self.suggestion = rename
        }
        self
    }

    pub fn from_problem(problem: &'a Problem, file: FileId, subject: String) -> Self {
        Self {
            fault: problem.fault,
            place: Place {
                file,
                span: problem.span,
            },
            subject,
            message: problem.message.as_str().into(),
            label: problem.label.as_str().into(),
            help: problem.help.as_deref().map(Cow::Borrowed),
            related: problem
                .related
                .as_ref()
                .map(|(span, text)| (Place { file, span: *span }, text.clone())),
            about: problem.keys.clone(),
            fix: problem.fix.clone(),
            suggestion: problem.suggestion.clone(),
        }
    }
}
