//! What the controls under a report's objectives are about.

use crate::decode::Entry;
use crate::estate::{ControlRef, ReportRef, complementary_controls};
use crate::manifest::Objective;
use crate::model::Area;
use crate::standards::itgc::{self, Criterion, Part};
use std::collections::BTreeSet;

/// What a control states that it is about.
pub struct About {
    area: Option<Area>,
    criteria: Vec<Criterion>,
}

impl About {
    /// Whether it states nothing.
    pub fn is_silent(&self) -> bool {
        self.area.is_none() && self.criteria.is_empty()
    }

    pub fn is_part(&self, part: Part) -> bool {
        self.area.is_some_and(|area| part.is_area(area))
            || self.criteria.iter().any(|criterion| part.is_criterion(*criterion))
    }
}

/// What an objective is met by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Met {
    /// It lists controls.
    ByControls,
    /// Only by complementary controls, which others perform.
    ByOthers,
    ByNothing,
    /// It could not be read, or names what does not exist.
    Unknown,
}

impl ReportRef<'_, '_> {
    /// What one of its objectives is met by; `csocs` are those [that third parties state](crate::estate::Estate).
    pub fn met(self, objective: &Entry<'_, Objective<'_>>, csocs: &BTreeSet<&str>) -> Met {
        let (controls, met_by) = (&objective.body.controls, &objective.body.met_by);
        if !objective.readable || !controls.is_surely_empty() {
            return match controls.items.is_empty() {
                true => Met::Unknown,
                false => Met::ByControls,
            };
        }
        if met_by.is_surely_empty() {
            return Met::ByNothing;
        }
        let own = complementary_controls(&self.entity().body);
        // A name that does not resolve may be something else.
        let is_known = |name: &str| own.contains(name) || csocs.contains(name);
        match !met_by.damaged && met_by.iter().all(|name| is_known(&name.value)) {
            true => Met::ByOthers,
            false => Met::Unknown,
        }
    }

    /// What the controls under its objectives are about; `None` when there are no objectives, or when it cannot
    /// be known: an objective that controls of others meet may be about anything.
    pub fn under_objectives(self) -> Option<Vec<About>> {
        let objectives = &self.body.objectives;
        if objectives.is_empty() || objectives.is_damaged() || self.estate.may_hide("objectives") {
            return None;
        }
        let mut under = Vec::new();
        for objective in objectives {
            let controls = &objective.body.controls;
            let by_others = controls.items.is_empty() && !objective.body.met_by.is_surely_empty();
            if !objective.readable || controls.damaged || by_others {
                return None;
            }
            for name in controls.iter() {
                under.push(about(self.estate.control_named(self.namespace, &name.value)?)?);
            }
        }
        Some(under)
    }
}

/// What a control states that it is about; `None` when it uses other terms than an area or these catalogues, or
/// could not be read.
fn about(control: ControlRef<'_, '_>) -> Option<About> {
    let body = &control.body;
    if !control.readable || body.area.is_unknown() || body.criteria.damaged {
        return None;
    }
    let read = |id: &str| itgc::criterion(id).filter(|_| body.catalogue.is_absent());
    let area = body.area.value();
    let criteria: Vec<Option<Criterion>> = body.criteria.iter().map(|id| read(&id.value)).collect();
    let foreign = criteria.contains(&None);
    (area.is_some() || !foreign).then(|| About {
        area,
        criteria: criteria.into_iter().flatten().collect(),
    })
}
