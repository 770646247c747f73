//! How reports treat the third parties that services rely on.

use super::{Estate, Standing};
use crate::decode::Field;
use crate::manifest::{Method, Subservice};
use crate::source::Place;

impl<'a> Estate<'a> {
    /// The services that rely on a third party and are covered by an issued report, each with that report.
    pub fn covering_reports(&self, third_party: usize) -> Vec<(usize, usize)> {
        let services =
            (0..self.services.len()).filter(|service| self.third_parties_of(*service).contains(&third_party));
        let reports = (0..self.reports.len()).filter(|report| {
            self.assurance(*report).standing == Standing::Issued && !self.reports.get(*report).body.is_misfiled()
        });
        let reports: Vec<usize> = reports.collect();
        services
            .flat_map(|service| {
                reports
                    .iter()
                    .filter(move |report| self.covers(**report, service))
                    .map(move |report| (service, *report))
            })
            .collect()
    }

    fn subservice(&self, third_party: usize, report: usize) -> Option<&Subservice<'a>> {
        let report = self.reports.get(report);
        let entries = report.body.subservice.0.iter();
        let names = &self.namespaces;
        let mut own =
            entries.filter(|entry| self.third_parties.resolve(names, report.namespace, &entry.id) == Some(third_party));
        own.next().map(|entry| &entry.body)
    }

    /// Whether a report says, or may say, how it treats a third party.
    pub fn states_method(&self, third_party: usize, report: usize) -> bool {
        self.subservice(third_party, report)
            .is_some_and(|subservice| !subservice.method.is_absent())
    }

    /// How a report treats a third party: its own word, else the third party's.
    pub fn method_in_report(&self, third_party: usize, report: usize) -> Option<Method> {
        match self
            .subservice(third_party, report)
            .map(|subservice| &subservice.method)
        {
            Some(Field::Known(method)) => Some(method.value),
            Some(Field::Unknown(_)) => None,
            _ => self.third_parties.get(third_party).body.method.value(),
        }
    }

    /// Where it is said that a third party is carved out: of an issued report, or by its own declaration unless
    /// every issued report that could rely on it says otherwise.
    pub fn carve_out(&self, third_party: usize) -> Option<Place> {
        for report in 0..self.reports.len() {
            let entity = self.reports.get(report);
            if self.assurance(report).standing != Standing::Issued || entity.body.is_misfiled() {
                continue;
            }
            if let Some(subservice) = self.subservice(third_party, report)
                && let Some(method) = subservice.method.known()
                && method.value == Method::CarveOut
            {
                return Some(entity.at(method.span));
            }
        }
        let entity = self.third_parties.get(third_party);
        let own = entity
            .body
            .method
            .known()
            .filter(|method| method.value == Method::CarveOut)?;
        let covering = self.covering_reports(third_party);
        let all_inclusive = !covering.is_empty()
            && covering
                .iter()
                .all(|(_, report)| self.method_in_report(third_party, *report) == Some(Method::Inclusive));
        (!all_inclusive).then(|| entity.at(own.span))
    }
}
