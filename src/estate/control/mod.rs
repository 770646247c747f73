//! What controls are part of.

use crate::decode::Field;
use crate::estate::{ControlRef, Estate, ReportRef, ThirdPartyRef};
use crate::model::{ReportType, Text};
use crate::source::Place;
use jiff::civil::Date;

/// The end of operation of a control that another one replaces.
pub enum Replaced<'e, 'a> {
    /// The day on which the last control that names it as predecessor came into effect, where stated, and that
    /// control.
    From(Date, Place, ControlRef<'e, 'a>),
    /// One of those does not state since when it is in effect.
    SomeDay,
}

impl Estate<'_> {
    /// Whether some report may have more controls under its objectives than are known.
    pub fn are_objectives_uncertain(&self) -> bool {
        self.naming.objectives_uncertain
    }

    /// Whether some control may be part of more reports than are known.
    pub fn are_memberships_uncertain(&self) -> bool {
        self.naming.memberships_uncertain
    }
}

impl<'e, 'a> ControlRef<'e, 'a> {
    /// The end of its operation, where others name it as their predecessor.
    pub fn replaced(self) -> Option<Replaced<'e, 'a>> {
        let successors = self.estate.naming.replaced_by[self.index].iter();
        let mut replaced = None;
        for successor in successors.map(|index| self.estate.control(*index)) {
            let from = match successor.body.effective.known() {
                Some(day) => Replaced::From(day.value.0, successor.at(day.span), successor),
                None => Replaced::SomeDay,
            };
            replaced = Some(match (replaced, from) {
                (None, from) => from,
                (Some(known @ Replaced::From(first, ..)), Replaced::From(day, ..)) if day <= first => known,
                (Some(Replaced::From(..)), from @ Replaced::From(..)) => from,
                _ => Replaced::SomeDay,
            });
        }
        replaced
    }

    /// Whether an objective of a report lists it.
    pub fn is_under_objectives_of(self, report: ReportRef<'_, '_>) -> bool {
        let reports = &self.estate.naming.under_objectives[self.index];
        reports.binary_search(&report.index).is_ok()
    }
}

impl<'e, 'a> ReportRef<'e, 'a> {
    /// The controls that are part of it, stated on either side.
    pub fn controls(self) -> impl ExactSizeIterator<Item = ControlRef<'e, 'a>> + Clone {
        let controls = self.estate.naming.controls[self.index].iter();
        controls.map(move |index| self.estate.control(*index))
    }

    /// Whether it has objectives, and all controls under them are known.
    pub fn are_objectives_known(self) -> bool {
        self.estate.naming.objectives_known[self.index]
    }
}

impl<'e, 'a> ControlRef<'e, 'a> {
    /// The reports it is part of, stated on either side.
    pub fn reports(self) -> impl ExactSizeIterator<Item = ReportRef<'e, 'a>> + Clone {
        let reports = self.estate.links.control_reports[self.index].iter();
        reports.map(move |index| self.estate.report(*index))
    }

    pub fn is_part_of(self, report: ReportRef<'_, '_>) -> bool {
        self.estate.links.control_reports[self.index].contains(&report.index)
    }

    /// The issued type 2 reports that cover how it operated. One that carves out the organization from which it is
    /// inherited, or may do so, does not. `None` when that organization is not known.
    pub fn reports_on_operation(self) -> Option<Vec<ReportRef<'e, 'a>>> {
        self.reports_on(ReportType::Two)
    }

    /// The issued type 1 reports that cover its design, likewise without those that carve it out.
    pub fn reports_on_design(self) -> Option<Vec<ReportRef<'e, 'a>>> {
        self.reports_on(ReportType::One)
    }

    fn reports_on(self, report_type: ReportType) -> Option<Vec<ReportRef<'e, 'a>>> {
        let provider: Option<ThirdPartyRef<'_, '_>> = match &*self.body.inherited_from {
            Field::Absent => None,
            Field::Unknown(_) => return None,
            Field::Known(name) => Some(self.estate.third_party_named(self.namespace, &name.value)?),
        };
        let speaking = self.reports().filter(|report| {
            report.body.report_type.value() == Some(report_type)
                && report.is_issued_report()
                && !provider.is_some_and(|provider| provider.may_be_carved_out_of(*report))
        });
        Some(speaking.collect())
    }

    /// Whether it may be part of more reports than are known.
    pub fn is_membership_uncertain(self) -> bool {
        let links = &self.body.reports;
        let names_nothing = |report: &Field<Text<'_>>| match report {
            Field::Absent => false,
            Field::Unknown(_) => true,
            Field::Known(name) => self.estate.assurance_named(self.namespace, &name.value).is_none(),
        };
        !self.readable || links.damaged || links.iter().any(|link| names_nothing(&link.value.report))
    }
}
