//! Pieces of evidence: what references name, and the days they cover.

mod cadence;

pub use cadence::{Cadence, cadence};

use crate::calendar::Period;
use crate::decode::{Field, List, OneOrTable, Val};
use crate::estate::{ControlRef, Estate, EvidenceEntryRef, ReportRef, period};
use crate::manifest::{EvidenceRef, Reading, StatedPeriod};
use crate::model::{EvidenceKind, NamespaceId, Text};
use crate::source::{Place, Span};
use jiff::civil::Date;

/// What an evidence reference names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named<'e, 'a> {
    Entry(EvidenceEntryRef<'e, 'a>),
    /// A place of its own, without an entry.
    Place,
}

/// The days that a piece of evidence covers, and where they are stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// It may go on: nothing is evidence of future days.
    Over(Period, Place),
    On(Date, Place),
    /// It covers only future days.
    Ahead(Period, Place),
    /// It states no day, or an unknown one.
    Unsaid,
}

/// One piece of evidence that shows how a control operated.
pub struct Instance<'e, 'a> {
    /// The reference, in the control's file.
    pub at: &'e Val<Text<'a>>,
    /// `None` when it does not resolve.
    pub named: Option<Named<'e, 'a>>,
    pub when: When,
    /// The day it was collected, whatever else is stated.
    pub collected: Option<Date>,
}

impl<'a> Estate<'a> {
    /// What an evidence reference names; `None` when it does not resolve.
    pub fn named_evidence(&self, from: NamespaceId, item: &Val<OneOrTable<EvidenceRef<'_>>>) -> Option<Named<'_, 'a>> {
        let at = item.value.at.known()?;
        match self.reading(&at.value) {
            Reading::Path(_) | Reading::Elsewhere { .. } => return Some(Named::Place),
            Reading::Faulty(_) => return None,
            Reading::NoPlace => {}
        }
        // A table has only a place; written as text, the item and its place are one.
        let entry = || self.evidence_entry_named(from, &at.value);
        (at.span == item.span).then(entry).flatten().map(Named::Entry)
    }

    /// Whether a list of evidence may name more than is known.
    pub fn names_more(&self, from: NamespaceId, list: &List<OneOrTable<EvidenceRef<'_>>>) -> bool {
        let names_nothing = |item: &Val<OneOrTable<EvidenceRef<'_>>>| {
            !item.value.at.is_absent() && self.named_evidence(from, item).is_none()
        };
        list.damaged || list.iter().any(names_nothing)
    }
}

impl<'e, 'a> EvidenceEntryRef<'e, 'a> {
    /// The controls that name it, and the reports that do.
    pub fn named_by(
        self,
    ) -> (
        impl Iterator<Item = ControlRef<'e, 'a>>,
        impl Iterator<Item = ReportRef<'e, 'a>>,
    ) {
        let naming = &self.estate.naming;
        let controls = naming.evidence_of_controls[self.index].iter();
        let reports = naming.evidence_of_reports[self.index].iter();
        (
            controls.map(move |index| self.estate.control(*index)),
            reports.map(move |index| self.estate.report(*index)),
        )
    }

    /// Where controls name it as a piece of evidence that shows how they operated.
    pub fn instances(self) -> impl Iterator<Item = (ControlRef<'e, 'a>, Instance<'e, 'a>)> {
        let operating = self.estate.naming.operating[self.index].iter();
        operating.filter_map(move |(control, at)| {
            let control = self.estate.control(*control);
            let item = control.entity().body.operating.items.get(*at as usize)?;
            Some((control, control.instance(item)?))
        })
    }

    /// Whether a control or a report may name it, because something could not be read.
    pub fn may_be_named(self) -> bool {
        self.estate.naming.evidence_uncertain || self.estate.may_hide(self.id.as_str())
    }
}

impl<'e, 'a> ControlRef<'e, 'a> {
    /// The pieces of evidence that show how it operated; those that show a design are left out.
    pub fn instances(self) -> Vec<Instance<'e, 'a>> {
        let items = self.entity().body.operating.iter();
        items.filter_map(|item| self.instance(item)).collect()
    }

    /// Those of them that are places of their own, without an entry.
    pub fn placed_instances(self) -> impl Iterator<Item = Instance<'e, 'a>> {
        let items = self.entity().body.operating.iter();
        let placed = items.filter(move |item| self.estate.named_evidence(self.namespace, item) == Some(Named::Place));
        placed.filter_map(move |item| self.instance(item))
    }

    fn instance(self, item: &'e Val<OneOrTable<EvidenceRef<'a>>>) -> Option<Instance<'e, 'a>> {
        let (control, estate) = (self.entity(), self.estate);
        let at = item.value.at.known()?;
        let named = estate.named_evidence(control.namespace, item);
        let (file, kind, stated, collected) = match named {
            Some(Named::Entry(entry)) => {
                let entry = entry.entity();
                let (kind, stated) = if entry.readable {
                    (entry.body.kind, *entry.body.period)
                } else {
                    (Field::Unknown(entry.span), Field::Absent)
                };
                (entry.file, kind, stated, &entry.body.collected)
            }
            _ => (control.file, Field::Absent, Field::Absent, &*item.value.collected),
        };
        if kind.value().is_some_and(|kind| kind.shows_design()) {
            return None;
        }
        let place = |span| Place { file, span };
        let collected = estate.happened(collected);
        let when = match (stated, collected) {
            _ if kind.is_unknown() => When::Unsaid,
            (Field::Known(stated), _) => match whole(&stated.value) {
                Some(period) if period.from > estate.as_of => When::Ahead(period, place(stated.span)),
                Some(period) => When::Over(period, place(stated.span)),
                None => When::Unsaid,
            },
            (Field::Absent, Field::Known(day)) => When::On(day.value.0, place(day.span)),
            _ => When::Unsaid,
        };
        Some(Instance {
            at,
            named,
            when,
            collected: collected.value().map(|day| day.0),
        })
    }

    /// What it names as evidence of its operation, where each piece shows a design; `None` when one of them shows
    /// operation, or may do so: a place of its own, or an entry without a kind. A risk assessment is operation, too.
    pub fn only_designs(self) -> Option<Vec<(Span, EvidenceEntryRef<'e, 'a>, EvidenceKind)>> {
        if self.body.operating.damaged {
            return None;
        }
        let items = self.entity().body.operating.iter();
        let named = items.filter(|item| item.value.at.says_something());
        named
            .map(|item| {
                let Some(Named::Entry(entry)) = self.estate.named_evidence(self.namespace, item) else {
                    return None;
                };
                let kind = entry.body.kind.value().filter(|_| entry.readable)?;
                let shows_design = kind.shows_design() && kind != EvidenceKind::RiskAssessment;
                shows_design.then_some((item.span, entry, kind))
            })
            .collect()
    }

    /// Whether what it names as evidence of its operation shows, or may show, its design.
    pub fn may_operation_show_design(self) -> bool {
        self.estate.names_more(self.namespace, &self.body.operating)
            || self.body.operating.iter().any(|item| {
                let Some(Named::Entry(entry)) = self.estate.named_evidence(self.namespace, item) else {
                    return false;
                };
                let kind = entry.body.kind;
                !entry.readable || kind.is_unknown() || kind.value().is_some_and(EvidenceKind::shows_design)
            })
    }
}

/// A period with both ends known, and in order.
fn whole(stated: &StatedPeriod) -> Option<Period> {
    period(stated).filter(|period| period.from <= period.to)
}
