//! What controls are part of.

use super::Estate;
use crate::decode::{Field, Text};
use crate::manifest::{Method, ReportType};
use crate::model::{ControlId, ReportId, ThirdPartyId};
use crate::source::Place;
use jiff::civil::Date;
use std::collections::HashMap;

/// Until when a control operated that another one replaces.
pub enum Replaced {
    /// The day on which the last control that names it as predecessor came into effect, where that is said, and which
    /// control that is.
    From(Date, Place, ControlId),
    /// One of those does not say since when it is in effect.
    SomeDay,
}

impl Estate<'_> {
    /// The controls that others name as their predecessor.
    pub fn replaced_controls(&self) -> HashMap<ControlId, Replaced> {
        let mut replaced: HashMap<ControlId, Replaced> = HashMap::new();
        for (index, successor) in self.controls.enumerate() {
            let named = successor.body.predecessor.known();
            let Some(control) = named.and_then(|name| {
                self.controls
                    .resolve(&self.namespaces, successor.namespace, &name.value)
            }) else {
                continue;
            };
            let from = match successor.body.effective.known() {
                Some(day) => Replaced::From(day.value.0, successor.at(day.span), index),
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

    /// The issued type 2 reports that say how a control operated. One that carves out the organization from which
    /// the control is inherited, or may do so, does not say it. `None` when that organization is not known.
    pub fn reports_on_operation(&self, control: ControlId) -> Option<Vec<ReportId>> {
        self.reports_on(control, ReportType::Two)
    }

    /// The issued type 1 reports that say how a control is designed; those that carve it out are left out, as there.
    pub fn reports_on_design(&self, control: ControlId) -> Option<Vec<ReportId>> {
        self.reports_on(control, ReportType::One)
    }

    fn reports_on(&self, control: ControlId, report_type: ReportType) -> Option<Vec<ReportId>> {
        let entity = self.controls.get(control);
        let provider = match &entity.body.inherited_from {
            Field::Absent => None,
            Field::Unknown(_) => return None,
            Field::Known(name) => {
                let named = self
                    .third_parties
                    .resolve(&self.namespaces, entity.namespace, &name.value);
                Some(named?)
            }
        };
        let may_be_carved_out = |provider: ThirdPartyId, report: ReportId| {
            let method = self.method_in_report(provider, report);
            method.is_unknown() || method.value() == Some(Method::CarveOut)
        };
        let reports = self.reports_of_control(control).iter().copied();
        let speaking = reports.filter(|report| {
            self.is_issued_report(*report)
                && self.assurance(*report).report_type == Some(report_type)
                && !provider.is_some_and(|provider| may_be_carved_out(provider, *report))
        });
        Some(speaking.collect())
    }

    /// Whether a control may be part of more reports than it is known to say.
    pub fn is_membership_uncertain(&self, control: ControlId) -> bool {
        let entity = self.controls.get(control);
        let links = &entity.body.reports;
        let names_nothing = |report: &Field<Text<'_>>| match report {
            Field::Absent => false,
            Field::Unknown(_) => true,
            Field::Known(name) => self.assurance_named(entity.namespace, &name.value).is_none(),
        };
        !entity.readable || links.damaged || links.iter().any(|link| names_nothing(&link.value.report))
    }

    /// Whether some report may have more controls under its objectives than are known.
    pub fn are_objectives_uncertain(&self) -> bool {
        self.may_hide("objectives")
            || self.reports.iter().any(|report| {
                let names_nothing = |name: &str| {
                    let found = self.controls.resolve(&self.namespaces, report.namespace, name);
                    found.is_none()
                };
                !report.readable
                    || report.body.objectives.0.iter().any(|objective| {
                        let controls = &objective.body.controls;
                        !objective.readable
                            || controls.damaged
                            || controls.iter().any(|name| names_nothing(&name.value))
                    })
            })
    }
}
