//! What controls are part of.

use crate::decode::Field;
use crate::estate::{ControlRef, Estate, ReportRef, ThirdPartyRef};
use crate::model::{ReportType, Text};
use crate::source::Place;
use jiff::civil::Date;
use std::collections::HashMap;

/// The end of operation of a control that another one replaces.
pub enum Replaced<'e, 'a> {
    /// The day on which the last control that names it as predecessor came into effect, where stated, and that
    /// control.
    From(Date, Place, ControlRef<'e, 'a>),
    /// One of those does not state since when it is in effect.
    SomeDay,
}

impl<'a> Estate<'a> {
    /// The controls that others name as their predecessor.
    pub fn replaced_controls(&self) -> HashMap<ControlRef<'_, 'a>, Replaced<'_, 'a>> {
        let mut replaced: HashMap<ControlRef<'_, 'a>, Replaced<'_, 'a>> = HashMap::new();
        for successor in self.controls() {
            let named = successor.body.predecessor.known();
            let Some(control) = named.and_then(|name| self.control_named(successor.namespace, &name.value)) else {
                continue;
            };
            let from = match successor.body.effective.known() {
                Some(day) => Replaced::From(day.value.0, successor.at(day.span), successor),
                None => Replaced::SomeDay,
            };
            let latest = match (replaced.remove(&control), from) {
                (None, from) => from,
                (Some(known @ Replaced::From(first, ..)), Replaced::From(day, ..)) if day <= first => known,
                (Some(Replaced::From(..)), from @ Replaced::From(..)) => from,
                _ => Replaced::SomeDay,
            };
            replaced.insert(control, latest);
        }
        replaced
    }

    /// Whether some report may have more controls under its objectives than are known.
    pub fn are_objectives_uncertain(&self) -> bool {
        self.may_hide("objectives")
            || self.reports().any(|report| {
                let names_nothing = |name: &str| self.control_named(report.namespace, name).is_none();
                !report.readable
                    || report.body.objectives.iter().any(|objective| {
                        let controls = &objective.body.controls;
                        !objective.readable
                            || controls.damaged
                            || controls.iter().any(|name| names_nothing(&name.value))
                    })
            })
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
        let provider: Option<ThirdPartyRef<'_, '_>> = match &self.body.inherited_from {
            Field::Absent => None,
            Field::Unknown(_) => return None,
            Field::Known(name) => Some(self.estate.third_party_named(self.namespace, &name.value)?),
        };
        let speaking = self.reports().filter(|report| {
            report.is_issued_report()
                && report.assurance().report_type == Some(report_type)
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
