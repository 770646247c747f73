//! How reports treat the third parties that services rely on.

mod carve_out;
mod cuecs;
mod provider;

pub use carve_out::CarveOut;
pub use provider::{Letters, days_covered, uncovered};

use crate::decode::{FILE_START, Field};
use crate::estate::{Estate, ReportRef, ServiceRef, ThirdPartyRef};
use crate::model::{IdVec, Method, Text};
use crate::source::Place;
use std::collections::BTreeSet;

impl<'e, 'a> ThirdPartyRef<'e, 'a> {
    /// The services that rely on it, or that it operates, stated on either side.
    pub fn services(self) -> impl ExactSizeIterator<Item = ServiceRef<'e, 'a>> + Clone {
        let services = self.estate.links.services_of_third_party[self.index].iter();
        services.map(move |index| self.estate.service(*index))
    }

    /// The issued reports that cover services which rely on it; each once, with the first of those.
    pub fn covering_reports(self) -> Vec<(ServiceRef<'e, 'a>, ReportRef<'e, 'a>)> {
        let estate = self.estate;
        let services = self.services().map(|service| service.index);
        let mut seen = IdVec::filled(false, estate.reports.len());
        let mut covering = Vec::new();
        for (service, by) in estate.links.covered_by.distinct(services) {
            let reports = by.iter().filter_map(|index| estate.assurance(*index).as_report());
            let new = reports.filter(|report| !std::mem::replace(&mut seen[report.index], true));
            let issued = new.filter(|report| report.is_issued_report());
            covering.extend(issued.map(|report| (estate.service(service), report)));
        }
        covering
    }

    /// How a report treats it: as the report states, otherwise the third party. [`Field::Unknown`] when that could not be
    /// read, or when an unresolved name may mean this third party.
    pub fn method_in(self, report: ReportRef<'_, '_>) -> Field<Method> {
        let links = &self.estate.links;
        let mut stated = links.subservices[self.index].iter();
        let stated = stated.find(|(of, _)| *of == report.index);
        match stated.map(|(_, entry)| &report.body.subservice[*entry].body.method) {
            Some(Field::Absent) => self.body.method,
            Some(method) => *method,
            None if links.subservice_unresolved[report.index] => Field::Unknown(FILE_START),
            None => self.body.method,
        }
    }

    /// Where it is stated that it is carved out: by an issued report, or by its own declaration unless every issued report
    /// that relies on it states, or may state, otherwise.
    pub fn carve_out(self) -> Option<(Place, Option<ReportRef<'e, 'a>>)> {
        for (report, entry) in self.treatments() {
            if let Some(method) = entry.method.known().filter(|method| method.value == Method::CarveOut)
                && report.is_issued_report()
            {
                return Some((report.at(method.span), Some(report)));
            }
        }
        let own = self
            .body
            .method
            .known()
            .filter(|method| method.value == Method::CarveOut)?;
        let covering = self.covering_reports();
        let may_differ = |report: ReportRef<'_, '_>| match self.method_in(report) {
            Field::Known(method) => method.value == Method::Inclusive,
            _ => true,
        };
        let all_may_differ = !covering.is_empty() && covering.iter().all(|(_, report)| may_differ(*report));
        (!all_may_differ).then(|| (self.at(own.span), None))
    }

    /// Whether it may be carved out: it is, or its method could not be read.
    pub fn may_be_carved_out(self) -> bool {
        self.body.method.is_unknown() || self.carve_out().is_some()
    }

    /// Whether a report carves it out, or may do so.
    pub fn may_be_carved_out_of(self, report: ReportRef<'_, '_>) -> bool {
        let method = self.method_in(report);
        method.is_unknown() || method.value() == Some(Method::CarveOut)
    }
}

impl Estate<'_> {
    /// The ids of the CSOCs that third parties state themselves.
    pub fn csocs_of_third_parties(&self) -> BTreeSet<&str> {
        let csocs = self.third_parties.iter().flat_map(|of| of.body.csocs.iter());
        csocs.filter_map(|csoc| csoc.value.id.get()).map(Text::as_str).collect()
    }
}
