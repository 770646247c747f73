//! What controls are part of.

use super::Estate;
use crate::decode::{Field, Text};
use crate::manifest::{Method, ReportType};

impl Estate<'_> {
    /// The issued type 2 reports that say how a control operated. One that carves out the organization from which
    /// the control is inherited, or may do so, does not say it. `None` when that organization is not known.
    pub fn reports_on_operation(&self, control: usize) -> Option<Vec<usize>> {
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
        let may_be_carved_out = |provider: usize, report: usize| {
            let method = self.method_in_report(provider, report);
            method.is_unknown() || method.value() == Some(Method::CarveOut)
        };
        let reports = self.reports_of_control(control).iter().copied();
        let on_operation = reports.filter(|report| {
            self.is_issued_report(*report)
                && self.assurance(*report).report_type == Some(ReportType::Two)
                && !provider.is_some_and(|provider| may_be_carved_out(provider, *report))
        });
        Some(on_operation.collect())
    }

    /// Whether a control may be part of more reports than it is known to say.
    pub fn is_membership_uncertain(&self, control: usize) -> bool {
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
