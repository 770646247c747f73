//! Whether a report that no longer serves those who rely on it has an upcoming successor.

use crate::estate::AssuranceRef;
use crate::finding::{Finding, Severity};

/// The upcoming successors for those who rely on a report.
#[derive(Default)]
pub struct OnItsWay<'e, 'a> {
    /// The first that any of them waits for.
    successor: Option<AssuranceRef<'e, 'a>>,
    /// Whether some of them have none.
    without: bool,
}

impl<'e, 'a> OnItsWay<'e, 'a> {
    /// Adds what one of them waits for.
    pub fn add(&mut self, successor: Option<AssuranceRef<'e, 'a>>) {
        self.without |= successor.is_none();
        self.successor = self.successor.or(successor);
    }

    /// Whether each of them waits for a successor.
    pub fn is_for_all(&self) -> bool {
        self.successor.is_some() && !self.without
    }

    /// Labels the successor; where each of them waits for one, the finding is a note.
    pub fn said_of(&self, finding: Finding) -> Finding {
        let Some(successor) = self.successor else {
            return finding;
        };
        let label = format!("its successor, `{}`, is declared but not issued", successor.name());
        let finding = finding.related(successor.place(), label);
        if self.is_for_all() {
            finding.severity(Severity::Note)
        } else {
            finding
        }
    }
}
