//! Which reports leave a third party's controls out.

use super::Estate;
use crate::manifest::{Method, Subservice};
use crate::source::Place;
use std::collections::BTreeMap;

/// An issued report that carves a third party out, and where that is said.
#[derive(Debug, Clone, Copy)]
pub struct CarveOut {
    pub report: usize,
    pub method: Place,
}

impl<'a> Estate<'a> {
    /// The issued reports that surely carve a third party out, in order.
    pub fn carve_outs(&self, third_party: usize) -> Vec<CarveOut> {
        let entity = self.third_parties.get(third_party);
        let own = entity.body.method.known().map(|method| entity.at(method.span));
        let mut found = BTreeMap::new();
        for (index, entry) in self.treatments(third_party) {
            let report = self.reports.get(index);
            if let Some(method) = entry.method.known().filter(|method| method.value == Method::CarveOut)
                && self.is_issued_report(index)
            {
                found.insert(index, report.at(method.span));
            }
        }
        for (_, report) in self.covering_reports(third_party) {
            if let Some(own) = own
                && !found.contains_key(&report)
                && self.method_in_report(third_party, report).value() == Some(Method::CarveOut)
            {
                found.insert(report, own);
            }
        }
        let all = found.into_iter();
        all.map(|(report, method)| CarveOut { report, method }).collect()
    }

    /// The reports that say for themselves how they treat a third party.
    pub fn treatments(&self, third_party: usize) -> impl Iterator<Item = (usize, &Subservice<'a>)> {
        self.links.subservices[third_party]
            .iter()
            .map(|(report, entry)| (*report, &*self.reports.get(*report).body.subservice.0[*entry].body))
    }
}
