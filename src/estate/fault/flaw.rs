//! What is wrong with the declarations themselves, as against with what they say.

use crate::decode::{Fault, Problem, Repair};
use crate::source::{FileId, Place};

/// A reading problem of the estate, at its place.
#[derive(Debug)]
pub struct Flaw {
    pub fault: Fault,
    pub place: Place,
    /// The entity path, else the file's path.
    pub subject: String,
    pub message: String,
    pub label: String,
    pub help: Option<String>,
    pub related: Option<(Place, String)>,
    /// What it is about, beside the text at its place: the keys that lead there, or what a name should have named.
    pub about: Option<String>,
    pub fix: Option<Repair>,
    pub suggestion: Option<Repair>,
}

impl Flaw {
    pub fn new(fault: Fault, place: Place, subject: String, message: String, label: String, help: String) -> Self {
        Self {
            fault,
            place,
            subject,
            message,
            label,
            help: Some(help),
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

    /// Another name is meant: surely, or likely.
    pub fn rename(mut self, name: &str, sure: bool) -> Self {
        let rename = Some(Repair::Rename(name.to_owned()));
        match sure {
            true => self.fix = rename,
            false => self.suggestion = rename,
        }
        self
    }

    pub fn from_problem(problem: Problem, file: FileId, subject: String) -> Self {
        Self {
            fault: problem.fault,
            place: Place {
                file,
                span: problem.span,
            },
            subject,
            message: problem.message,
            label: problem.label,
            help: problem.help,
            related: problem.related.map(|(span, text)| (Place { file, span }, text)),
            about: problem.keys,
            fix: problem.fix,
            suggestion: problem.suggestion,
        }
    }
}
