//! What the controls that are part of reports are declared to serve.

use crate::decode::Val;
use crate::estate::{ControlRef, Estate, ReportRef};
use crate::model::Text;
use crate::source::Place;
use std::collections::{BTreeMap, BTreeSet};

/// What the controls that are part of a report are declared to serve.
pub struct Serving<'e, 'a> {
    /// As written, with its first place and control.
    pub criteria: BTreeMap<&'e str, (Place, ControlRef<'e, 'a>)>,
    /// Whether some of it could not be read.
    pub unread: bool,
}

impl<'a> Estate<'a> {
    /// Whether controls or criteria may be declared where it could not be read.
    pub fn may_hide_criteria(&self) -> bool {
        // An organization that supports unknown services may have controls for any of them.
        let mut organizations = self.third_parties();
        ["controls", "criteria", "csocs"].iter().any(|text| self.may_hide(text))
            || organizations.any(|of| of.body.supports.damaged && of.body.csocs.stated)
    }

    /// What the controls of reports serve, by report; `None` when a control may be part of any of them.
    pub fn serving<'e>(
        &'e self,
        reports: &BTreeSet<ReportRef<'e, 'a>>,
    ) -> Option<BTreeMap<ReportRef<'e, 'a>, Serving<'e, 'a>>> {
        let mut serving: BTreeMap<ReportRef<'_, '_>, Serving<'_, '_>> = BTreeMap::new();
        for report in reports {
            let unread = report.may_have_others_under_objectives();
            let criteria = BTreeMap::new();
            serving.insert(*report, Serving { criteria, unread });
        }
        for control in self.controls() {
            let criteria = &control.entity().body.criteria;
            let is_silent = criteria.is_surely_empty() && control.readable;
            // Criteria of another catalogue are not trust services criteria.
            if is_silent || control.has_catalogue() {
                continue;
            }
            if control.is_membership_uncertain() {
                return None;
            }
            for report in control.reports() {
                if let Some(by) = serving.get_mut(&report) {
                    by.unread |= criteria.damaged || control.body.catalogue.is_unknown();
                    for id in criteria.iter() {
                        by.criteria
                            .entry(id.value.as_str())
                            .or_insert((control.at(id.span), control));
                    }
                }
            }
        }
        Some(serving)
    }
}

impl ControlRef<'_, '_> {
    /// Whether its criteria are of a catalogue that it names.
    pub fn has_catalogue(self) -> bool {
        let catalogue = self.body.catalogue.known();
        catalogue.is_some_and(|name| name.value.says_something())
    }
}

impl ReportRef<'_, '_> {
    /// Whether controls that are not known may be under its objectives.
    fn may_have_others_under_objectives(self) -> bool {
        let objectives = &self.body.objectives;
        let is_unknown = |name: &Val<Text<'_>>| self.estate.control_named(self.namespace, &name.value).is_none();
        objectives.is_damaged()
            || objectives.iter().any(|objective| {
                let controls = &objective.body.controls;
                !objective.readable || controls.damaged || controls.iter().any(is_unknown)
            })
    }
}
