//! How reports treat the third parties that services rely on.

use super::{Estate, Standing};
use crate::decode::Field;
use crate::manifest::Method;
use crate::source::Place;

impl<'a> Estate<'a> {
    /// Whether a report is issued, and of no framework that is certified.
    pub(super) fn is_issued_report(&self, report: usize) -> bool {
        self.assurance(report).standing == Standing::Issued && !self.reports.get(report).body.is_misfiled()
    }

    /// The services that rely on a third party, or are run by it, said from either side.
    pub fn services_relying_on(&self, third_party: usize) -> &[usize] {
        &self.links.services_of_third_party[third_party]
    }

    /// The issued reports that cover services which rely on a third party; each once, with the first of those.
    pub fn covering_reports(&self, third_party: usize) -> Vec<(usize, usize)> {
        let services = self.services_relying_on(third_party).iter().copied();
        let mut seen = vec![false; self.reports.len()];
        let mut covering = Vec::new();
        for (service, by) in self.links.covered_by.distinct(services) {
            let reports = by.iter().copied().filter(|id| *id < self.reports.len());
            let new = reports.filter(|report| !std::mem::replace(&mut seen[*report], true));
            let issued = new.filter(|report| self.is_issued_report(*report));
            covering.extend(issued.map(|report| (service, report)));
        }
        covering
    }

    /// How a report treats a third party: its own word, else the third party's. [`Field::Unknown`] when that could
    /// not be read, or when a name that nothing has may stand for this third party.
    pub fn method_in_report(&self, third_party: usize, report: usize) -> Field<Method> {
        let stated = self.links.subservices[third_party].iter().find(|(of, _)| *of == report);
        match stated.map(|(_, entry)| &self.reports.get(report).body.subservice.0[*entry].body.method) {
            Some(Field::Absent) => self.third_parties.get(third_party).body.method,
            Some(method) => *method,
            None if self.links.subservice_unresolved[report] => Field::Unknown(crate::decode::FILE_START),
            None => self.third_parties.get(third_party).body.method,
        }
    }

    /// Where it is said that a third party is carved out: of an issued report, or by its own declaration unless
    /// every issued report that relies on it says, or may say, otherwise.
    pub fn carve_out(&self, third_party: usize) -> Option<(Place, Option<usize>)> {
        for (report, entry) in self.treatments(third_party) {
            if let Some(method) = entry.method.known().filter(|method| method.value == Method::CarveOut)
                && self.is_issued_report(report)
            {
                return Some((self.reports.get(report).at(method.span), Some(report)));
            }
        }
        let entity = self.third_parties.get(third_party);
        let own = entity
            .body
            .method
            .known()
            .filter(|method| method.value == Method::CarveOut)?;
        let covering = self.covering_reports(third_party);
        let may_differ = |report: usize| match self.method_in_report(third_party, report) {
            Field::Known(method) => method.value == Method::Inclusive,
            _ => true,
        };
        let all_may_differ = !covering.is_empty() && covering.iter().all(|(_, report)| may_differ(*report));
        (!all_may_differ).then(|| (entity.at(own.span), None))
    }

    /// Whether a third party may be carved out: it is, or its method could not be read.
    pub fn may_be_carved_out(&self, third_party: usize) -> bool {
        self.third_parties.get(third_party).body.method.is_unknown() || self.carve_out(third_party).is_some()
    }
}
