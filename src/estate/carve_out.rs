//! Which reports leave a third party's controls out.

use super::Estate;
use crate::decode::{List, OneOrTable};
use crate::manifest::{Csoc, Method, Subservice};
use crate::source::Place;
use std::collections::{BTreeMap, BTreeSet};

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
    /// The controls that a report expects of the organizations that it leaves out: those that an organization states
    /// itself, and those of the report. An organization is left out unless the report surely includes it. `None` when
    /// some of them may not be known.
    pub fn csocs_of_report(&self, report: usize) -> Option<Vec<&Csoc<'a>>> {
        let entity = self.reports.get(report);
        let mut lists = Vec::new();
        let mut organizations = BTreeSet::new();
        for entry in &entity.body.subservice.0 {
            let third_party = self
                .third_parties
                .resolve(&self.namespaces, entity.namespace, &entry.id)?;
            if !entry.readable {
                return None;
            }
            organizations.insert(third_party);
            if self.method_in_report(third_party, report).value() != Some(Method::Inclusive) {
                lists.push(&entry.body.csocs);
            }
        }
        let services = self.services_spoken_of(report);
        if services.iter().any(|service| self.relies_on_unknown(*service)) {
            return None;
        }
        organizations.extend(self.third_parties_of_all(services.into_iter()));
        for third_party in organizations {
            let organization = self.third_parties.get(third_party);
            if !organization.readable {
                return None;
            }
            if self.method_in_report(third_party, report).value() != Some(Method::Inclusive) {
                lists.push(&organization.body.csocs);
            }
        }
        let unread =
            |list: &List<OneOrTable<Csoc<'_>>>| list.damaged || list.iter().any(|csoc| csoc.value.criteria.damaged);
        if entity.body.subservice.is_damaged() || lists.iter().any(|list| unread(list)) {
            return None;
        }
        let csocs = lists.into_iter().flat_map(List::iter);
        Some(csocs.map(|csoc| &*csoc.value).collect())
    }

    /// Whether a service may rely on third parties that are not known.
    fn relies_on_unknown(&self, service: usize) -> bool {
        let entity = self.services.get(service);
        let stated = entity.body.third_parties.iter();
        let mut named = stated
            .map(|reliance| &reliance.value.third_party)
            .chain([&entity.body.operated_by]);
        !entity.readable
            || entity.body.third_parties.damaged
            || named.any(|name| match name.known() {
                Some(name) => {
                    let found = self
                        .third_parties
                        .resolve(&self.namespaces, entity.namespace, &name.value);
                    found.is_none()
                }
                None => name.is_unknown(),
            })
    }
}
