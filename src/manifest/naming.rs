//! Which lists of evidence a declaration has.

use super::{Control, EvidenceRef, Identity, Profile, Report, ThirdParty};
use crate::decode::{Field, List, OneOrTable, Rare};

/// The lists of evidence of one declaration.
#[derive(Default)]
pub struct EvidenceLists<'m, 'a> {
    pub lists: Vec<&'m List<OneOrTable<EvidenceRef<'a>>>>,
    /// Whether there may be one that could not be read.
    pub unread: bool,
}

impl<'m, 'a> EvidenceLists<'m, 'a> {
    fn add(&mut self, list: &'m List<OneOrTable<EvidenceRef<'a>>>) {
        self.lists.push(list);
    }

    fn within<T>(&mut self, table: &'m Rare<T>, list: impl Fn(&'m T) -> &'m List<OneOrTable<EvidenceRef<'a>>>) {
        match &**table {
            Field::Absent => {}
            Field::Unknown(_) => self.unread = true,
            Field::Known(table) => self.add(list(&table.value)),
        }
    }

    fn elements<T>(&mut self, list: &'m List<T>, mut each: impl FnMut(&mut Self, &'m T)) {
        self.unread |= list.damaged;
        for element in list.iter() {
            each(self, &element.value);
        }
    }
}

/// A declaration that names evidence.
pub trait NamesEvidence<'a> {
    fn evidence_lists(&self) -> EvidenceLists<'_, 'a>;
}

impl<'a> NamesEvidence<'a> for Control<'a> {
    fn evidence_lists(&self) -> EvidenceLists<'_, 'a> {
        let mut all = EvidenceLists::default();
        all.add(&self.design);
        all.add(&self.operating);
        all
    }
}

impl<'a> NamesEvidence<'a> for Identity<'a> {
    fn evidence_lists(&self) -> EvidenceLists<'_, 'a> {
        let mut all = EvidenceLists::default();
        all.within(&self.rotation, |rotation| &rotation.evidence);
        all.within(&self.review, |review| &review.evidence);
        all.within(&self.offboarding, |offboarding| &offboarding.evidence);
        all.within(&self.monitoring, |monitoring| &monitoring.evidence);
        all.within(&self.approval, |approval| &approval.evidence);
        all.within(&self.agent, |agent| &agent.evidence);
        all
    }
}

impl<'a> NamesEvidence<'a> for Profile<'a> {
    fn evidence_lists(&self) -> EvidenceLists<'_, 'a> {
        self.0.evidence_lists()
    }
}

impl<'a> NamesEvidence<'a> for Report<'a> {
    fn evidence_lists(&self) -> EvidenceLists<'_, 'a> {
        let mut all = EvidenceLists::default();
        all.within(&self.system_description, |description| &description.evidence);
        all.add(&self.readiness);
        all.elements(&self.bridge_letter, |all, letter| all.add(&letter.evidence));
        all.elements(&self.exceptions, |all, noted| all.add(&noted.evidence));
        all
    }
}

impl<'a> NamesEvidence<'a> for ThirdParty<'a> {
    fn evidence_lists(&self) -> EvidenceLists<'_, 'a> {
        let mut all = EvidenceLists::default();
        all.within(&self.review, |review| &review.evidence);
        all.elements(&self.reports, |all, report| {
            all.add(&report.evidence);
            all.elements(&report.bridge_letter, |all, letter| all.add(&letter.evidence));
            all.elements(&report.exceptions, |all, noted| all.add(&noted.evidence));
        });
        all.elements(&self.cuecs, |all, cuec| all.add(&cuec.evidence));
        all
    }
}
