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
            fix: None,
            suggestion: None,
        }
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
            fix: problem.fix,
            suggestion: problem.suggestion,
        }
    }
}
