//! Which reports carve a third party out.

use crate::decode::{List, OneOrTable};
use crate::estate::{ReportRef, ServiceRef, ThirdPartyRef};
use crate::manifest::{Csoc, Subservice};
use crate::model::Method;
use crate::source::Place;
use std::collections::{BTreeMap, BTreeSet};

/// An issued report that carves a third party out, and where that is stated.
#[derive(Debug, Clone, Copy)]
pub struct CarveOut<'e, 'a> {
    pub report: ReportRef<'e, 'a>,
    pub method: Place,
}

impl<'e, 'a> ThirdPartyRef<'e, 'a> {
    /// The issued reports that are known to carve it out, in order.
    pub fn carve_outs(self) -> Vec<CarveOut<'e, 'a>> {
        let own = self.body.method.known().map(|method| self.at(method.span));
        let mut found = BTreeMap::new();
        for (report, entry) in self.treatments() {
            if let Some(method) = entry.method.known().filter(|method| method.value == Method::CarveOut)
                && report.is_issued_report()
            {
                found.insert(report, report.at(method.span));
            }
        }
        for (_, report) in self.covering_reports() {
            if let Some(own) = own
                && !found.contains_key(&report)
                && self.method_in(report).value() == Some(Method::CarveOut)
            {
                found.insert(report, own);
            }
        }
        let all = found.into_iter();
        all.map(|(report, method)| CarveOut { report, method }).collect()
    }

    /// The reports that state by themselves how they treat it.
    pub fn treatments(self) -> impl Iterator<Item = (ReportRef<'e, 'a>, &'e Subservice<'a>)> {
        self.estate.links.subservices[self.index]
            .iter()
            .map(move |(report, entry)| {
                let report = self.estate.report(*report);
                (report, &*report.entity().body.subservice[*entry].body)
            })
    }
}

impl<'e, 'a> ReportRef<'e, 'a> {
    /// The controls that it expects of the organizations that it carves out: those that an organization states itself,
    /// and those of the report. An organization is carved out unless the report is known to include it. `None` when some of
    /// them may not be known.
    pub fn csocs(self) -> Option<Vec<&'e Csoc<'a>>> {
        let entity = self.entity();
        let mut lists = Vec::new();
        let mut organizations = BTreeSet::new();
        for entry in &entity.body.subservice {
            let third_party = self.estate.third_party_named(entity.namespace, &entry.id)?;
            if !entry.readable {
                return None;
            }
            organizations.insert(third_party);
            if third_party.method_in(self).value() != Some(Method::Inclusive) {
                lists.push(&entry.body.csocs);
            }
        }
        let services = self.assurance().services();
        if services.iter().any(|service| service.relies_on_unknown()) {
            return None;
        }
        organizations.extend(self.estate.third_parties_of_all(services.into_iter()));
        for third_party in organizations {
            if !third_party.readable {
                return None;
            }
            if third_party.method_in(self).value() != Some(Method::Inclusive) {
                lists.push(&third_party.entity().body.csocs);
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
}

impl ServiceRef<'_, '_> {
    /// Whether it may rely on third parties that are not known.
    fn relies_on_unknown(self) -> bool {
        let body = &self.body;
        let stated = body.third_parties.iter();
        let mut named = stated
            .map(|reliance| &reliance.value.third_party)
            .chain([&*body.operated_by]);
        !self.readable
            || body.third_parties.damaged
            || named.any(|name| match name.known() {
                Some(name) => self.estate.third_party_named(self.namespace, &name.value).is_none(),
                None => name.is_unknown(),
            })
    }
}
