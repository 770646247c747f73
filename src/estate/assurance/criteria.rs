//! What the controls that are part of reports are declared to serve.

use crate::decode::Val;
use crate::estate::{ControlRef, Estate, ReportRef};
use crate::model::Text;
use crate::source::Place;
use std::collections::BTreeMap;

/// What the controls that are part of a report are declared to serve.
pub struct Serving<'e, 'a> {
    /// As written, with its first place and control.
    pub criteria: BTreeMap<&'e str, (Place, ControlRef<'e, 'a>)>,
    /// Whether some of it could not be read.
    pub unread: bool,
}

impl Estate<'_> {
    /// Whether controls or criteria may be declared where it could not be read.
    pub fn may_hide_criteria(&self) -> bool {
        // An organization that supports unknown services may have controls for any of them.
        let mut organizations = self.third_parties();
        ["controls", "criteria", "csocs"].iter().any(|text| self.may_hide(text))
            || organizations.any(|of| of.body.supports.damaged && of.body.csocs.stated)
    }
}

impl<'e, 'a> ReportRef<'e, 'a> {
    /// What its controls serve; `None` when a control that serves something may be part of any report.
    pub fn serving(self) -> Option<Serving<'e, 'a>> {
        if self.estate.naming.criteria_uncertain {
            return None;
        }
        let mut by = Serving {
            criteria: BTreeMap::new(),
            unread: self.may_have_others_under_objectives(),
        };
        for control in self.controls().filter(|control| control.may_serve()) {
            let criteria = &control.entity().body.criteria;
            by.unread |= criteria.damaged || control.body.catalogue.is_unknown();
            for id in criteria.iter() {
                let known = by.criteria.entry(id.value.as_str());
                known.or_insert((control.at(id.span), control));
            }
        }
        Some(by)
    }
}

impl ControlRef<'_, '_> {
    /// Whether its criteria are of a catalogue that it names.
    pub fn has_catalogue(self) -> bool {
        let catalogue = self.body.catalogue.known();
        catalogue.is_some_and(|name| name.value.says_something())
    }

    /// Whether it states, or may state, criteria; those of another catalogue are not trust services criteria.
    pub(in crate::estate) fn may_serve(self) -> bool {
        let is_silent = self.body.criteria.is_surely_empty() && self.readable;
        !is_silent && !self.has_catalogue()
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
